"""Errors become messages and exit codes; the workspace is found."""

from __future__ import annotations

import os
import sys
import traceback
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from handouts.errors import Diagnostic, ExitCode, HandoutError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

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
    from handouts.library.search_path import CLINIC_FILE

    if workspace is None and Path(CLINIC_FILE).is_file():
        workspace = Path()
    if workspace is not None and not workspace.is_dir():
        raise UsageError(Diagnostic("U105", f"there is no folder {workspace}", f"handouts init {workspace} makes one"))
    return Library(SearchPath.of(workspace))


def say(message: str) -> None:
    """A message on stderr."""
    typer.echo(message, err=True)


def reporting(command: C) -> C:
    """Run the command; report what went wrong, and exit with its code."""

    @wraps(command)
    def wrapper(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except HandoutError as error:
            for diagnostic in error.diagnostics:
                say(str(diagnostic))
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            say("interrupted")
            raise typer.Exit(ExitCode.INTERRUPTED) from None
        except BrokenPipeError:
            # The reader of our output went away; nothing is wrong. Python must not complain while it exits.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(ExitCode.DONE) from None
        except typer.Exit:
            raise
        except Exception as error:  # noqa: BLE001  the last resort: say that it is our fault
            # A traceback's last line may hold a patient's value; the frames do not.
            frames = "".join(traceback.format_tb(error.__traceback__))
            say(f"{frames}{type(error).__name__}\nThis is a bug in handouts. Please report it with the lines above.")
            raise typer.Exit(ExitCode.BUG) from None

    return wrapper  # type: ignore[return-value]
