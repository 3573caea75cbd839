"""The command line: parse arguments, call the API, print. No logic.

What a command makes goes to stdout, what it has to say goes to stderr. Exit codes stand in `handouts.errors` and
docs/errors.md. `--help` imports nothing but Typer.
"""

from __future__ import annotations

import gc
import signal
import sys
from typing import Annotated, NoReturn

import typer

from handouts.cli.batch import batch
from handouts.cli.check import check
from handouts.cli.init import init
from handouts.cli.inspect import inspect
from handouts.cli.list import list_
from handouts.cli.new import new
from handouts.cli.preview import preview
from handouts.cli.render import render
from handouts.cli.reporting import write_in_any_encoding
from handouts.cli.review import review
from handouts.cli.schema import schema

app = typer.Typer(
    name="handouts",
    help="Prints what a patient should take home.\n\nExample: handouts render psoas-muscle-spasm --audience athlete",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
# Words that no option took are refused by the command itself, which does not repeat them: they may be a patient's.
app.command(context_settings={"allow_extra_args": True})(render)
app.command()(batch)
app.command("list")(list_)
app.command()(check)
app.command()(inspect)
app.command()(init)
app.command()(new)
app.command()(preview)
app.command()(schema)
app.add_typer(review, name="review")


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
    # One process for one command: what it imports stays to the end, and looking through it for garbage finds none.
    gc.set_threshold(50_000, 20, 100)
    try:
        _tidy_when_stopped()
        write_in_any_encoding()
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        gc.freeze()  # or Python looks through all of it once more on its way out
