"""The command line: parse arguments, call the API, print. No logic.

What a command makes goes to stdout, what it has to say goes to stderr. Exit codes stand in `handouts.errors` and
docs/errors.md. `--help` imports nothing but Typer.
"""

from __future__ import annotations

import gc
import importlib
import signal
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup
from typer.main import get_command

from handouts.cli.reporting import write_in_any_encoding

if TYPE_CHECKING:
    from collections.abc import Iterator

# The commands, in the order of `--help`, and what Click has to know of them. Each is a module here with a function, or
# a Typer application of its own, of the same name (with _ behind it where Python has that name).
# Words that no option took are refused by `render` itself, which does not repeat them: they may be a patient's.
_COMMANDS: dict[str, dict[str, Any]] = {
    "render": {"allow_extra_args": True},
    "batch": {},
    "list": {},
    "check": {},
    "inspect": {},
    "init": {},
    "new": {},
    "preview": {},
    "schema": {},
    "review": {},
}


class _Commands(Mapping[str, Any]):
    """The commands by name, each imported when it is asked for: reading all their options takes as long as a layout."""

    def __getitem__(self, name: str) -> Any:
        settings = _COMMANDS[name]
        module = importlib.import_module(f"handouts.cli.{name}")
        found = getattr(module, name, None) or getattr(module, f"{name}_")
        if isinstance(found, typer.Typer):
            return get_command(found)
        alone = typer.Typer(rich_markup_mode=None, add_completion=False)
        alone.command(name, context_settings=settings)(found)
        return get_command(alone)

    def __iter__(self) -> Iterator[str]:
        return iter(_COMMANDS)

    def __len__(self) -> int:
        return len(_COMMANDS)


class _Group(TyperGroup):
    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = _Commands()  # type: ignore[assignment]  # nobody adds to it


app = typer.Typer(
    name="handouts",
    help="Prints what a patient should take home.\n\nExample: handouts render psoas-muscle-spasm --audience athlete",
    cls=_Group,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(*, wanted: bool) -> None:
    if wanted:
        from handouts import __version__

        typer.echo(f"handouts {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=lambda value: _version(wanted=value), help="Show the version."
        ),
    ] = False,
) -> None:
    """Prints what a patient should take home.

    Example: handouts render psoas-muscle-spasm --audience athlete
    """


def _stop(number: int, _: object) -> NoReturn:
    sys.exit(128 + number)


def _tidy_when_stopped() -> None:
    """Let `kill` and a closed terminal unwind the program, so that no half-written file stays behind."""
    for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:  # nohup ignores it: so do we
            signal.signal(number, _stop)


def main() -> None:
    """Run the command line; the entry point of the `handouts` script."""
    try:
        _tidy_when_stopped()
        write_in_any_encoding()
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        gc.freeze()  # or Python looks through all of it once more on its way out
