"""Cold start: whole processes that make one handout.

All run with compiled modules at hand, as after `pip install`: bytecode is kept in a temporary folder, filled by the
untimed first call, whatever the environment says about writing it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench.table import Side, alternate

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.examples import Example
    from bench.table import Comparison

HERE = Path(__file__).resolve().parent.parent
ROUNDS, ROUNDS_SHORT, ROUNDS_LONG = 25, 9, 5
TARGET = 2.0
OURS = ("-m", "handouts", "render", "psoas-muscle-spasm", "-o", "-")
THEIRS = ("-c", "import reportlab.platypus")


def cold_start() -> list[Comparison]:
    """Time one `render` of the default handout and the import of ReportLab's page layout in turn."""
    with tempfile.TemporaryDirectory(prefix="handouts-bench-") as folder:
        process = _processes(folder)
        ours, theirs = Side("handouts", process(OURS)), Side("import of ReportLab", process(THEIRS))
        return alternate("cold, `render`", ours, [theirs], ROUNDS, {theirs.name: TARGET})


def cold_makers(example: Example) -> list[Comparison]:
    """Time all makers of the example in turn, each with what it needs and no more."""
    with tempfile.TemporaryDirectory(prefix="handouts-bench-") as folder:
        process = _processes(folder)
        peers = [Side(peer.name, process(peer.once(Path(folder), example.values))) for peer in example.peers]
        rounds = ROUNDS_SHORT if example.short else ROUNDS_LONG
        return alternate(f"cold, {example.name}", Side("handouts", process(command(example))), peers, rounds)


def command(example: Example) -> tuple[str, ...]:
    """What makes the example from the command line."""
    person = (part for name, value in example.values.items() for part in (f"--{name}", value))
    return (*OURS, *example.options, *person)


def _processes(folder: str) -> Callable[[tuple[str, ...]], Callable[[], object]]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = f"{folder}/bytecode"
    return lambda arguments: partial(
        subprocess.run,
        (sys.executable, *arguments),
        cwd=HERE,
        env=environment,
        stdout=subprocess.DEVNULL,
        check=True,
    )
