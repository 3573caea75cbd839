"""Errors become messages and exit codes; the workspace is found."""

from __future__ import annotations

import codecs
import io
import os
import sys
import traceback
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from handouts.errors import Diagnostic, ExitCode, HandoutError, OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from handouts.library import Library

C = TypeVar("C", bound="Callable[..., None]")

Workspace = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        help="The clinic's folder (with a clinic.yaml). The current folder, if it has one.",
        envvar="HANDOUTS_WORKSPACE",
        show_default=False,
    ),
]


def open_library(workspace: Path | None) -> Library:
    """The library, with the clinic's workspace before it: the one named, or the current folder if it is one."""
    from handouts.library import Library, SearchPath
    from handouts.library.search_path import CLINIC_FILE, is_file, is_folder

    if workspace is None and is_file(Path(CLINIC_FILE)):
        workspace = Path()
    if workspace is not None and not is_folder(workspace):
        raise UsageError(Diagnostic("U105", f"there is no folder {workspace}", f"handouts init {workspace} makes one"))
    return Library(SearchPath.of(workspace))


def _require_place() -> None:
    """Raise UsageError in a folder that was deleted: ReportLab asks for its name while it is imported."""
    try:
        Path.cwd()
    except FileNotFoundError:
        message = "the folder that you are in does not exist any more"
        raise UsageError(Diagnostic("U105", message, "go to another folder")) from None


def show(result: str | bytes) -> None:
    """A result on stdout: a line, or a file's bytes. Raises OutputError when it cannot be written."""
    if sys.stdout is None and isinstance(result, bytes):  # a line that nobody wants to see may get lost
        raise _unwritable("it is closed")
    try:
        typer.echo(result, nl=isinstance(result, str))
    except BrokenPipeError:
        raise
    except OSError as error:
        _close(sys.stdout)
        raise _unwritable(error.strerror) from None


def _unwritable(reason: str | None) -> OutputError:
    return OutputError(
        Diagnostic(
            "O101",
            f"cannot be written: {reason}",
            "let it go to a file: add > FILE, or -o FILE where the command has it",
            "stdout",
        )
    )


def _close(stream: TextIO | None) -> None:
    """What Python still holds for the stream goes nowhere: it must not complain while it exits."""
    if stream is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def say(message: str) -> None:
    """A message on stderr. Where that is full or closed there is nobody to tell: the command goes on."""
    try:
        typer.echo(message, err=True)
    except OSError:
        _close(sys.stderr)


def write_in_any_encoding() -> None:
    r"""Let stdout write what its encoding has not as `\u00e9`, which JSON reads, too. stderr does by itself."""

    def escaped(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        import json

        return json.dumps(error.object[error.start : error.end])[1:-1], error.end

    codecs.register_error("handouts.escaped", escaped)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="handouts.escaped")


def table(rows: list[dict[str, Any]]) -> None:
    """Columns of plain text, as wide as they need to be."""
    if not rows:
        return
    lines = [[_cell(value) for value in row.values()] for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        show("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(f"{key}={inner}" for key, inner in value.items())
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "" if value is None else str(value)


def reporting(command: C) -> C:
    """Run the command; report what went wrong, and exit with its code."""

    @wraps(command)
    def wrapper(*args: Any, **kwargs: Any) -> None:
        try:
            _require_place()
            command(*args, **kwargs)
        except HandoutError as error:
            for diagnostic in error.diagnostics:
                say(str(diagnostic))
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            say("interrupted")
            raise typer.Exit(ExitCode.INTERRUPTED) from None
        except BrokenPipeError:
            _close(sys.stdout)  # the reader of our output went away; nothing is wrong
            raise typer.Exit(ExitCode.DONE) from None
        except typer.Exit:
            raise
        except Exception as error:  # noqa: BLE001  the last resort: say that it is our fault
            # A traceback's last line may hold a patient's value; the frames do not.
            frames = "".join(traceback.format_tb(error.__traceback__))
            say(f"{frames}{type(error).__name__}\nThis is a bug in handouts. Please report it with the lines above.")
            raise typer.Exit(ExitCode.BUG) from None

    return wrapper  # type: ignore[return-value]
