"""Memory: the peak of whole processes, one after the other.

Each is started by a small Python of its own that reports its child: what a large process starts would be told as at
least as large.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench.batch import write_roster
from bench.cold import command

if TYPE_CHECKING:
    from bench.examples import Example

ROWS = (200, 20_000)
TARGET = 1.1
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak(arguments: tuple[str, ...]) -> float:
    """The most memory that a Python process with these arguments takes, in MB."""
    done = subprocess.run(
        (sys.executable, "-I", "-c", PEAK, sys.executable, *arguments),
        cwd=Path(__file__).resolve().parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout.split()[-1]) / (1000 if sys.platform != "darwin" else 1_000_000)


def batch_memory(example: Example) -> str:
    """The peak of a batch of many rows beside that of one of few."""
    peaks = []
    for count in ROWS:
        with tempfile.TemporaryDirectory(prefix="handouts-bench-") as folder:
            with (Path(folder) / "roster.csv").open("wb") as stream:
                write_roster(stream, count)
            given = (f"{folder}/roster.csv", "-o", f"{folder}/out", "--jobs", "1")
            peaks.append(peak(("-m", "handouts", "batch", *given, *example.options)))
    few, many = peaks
    met = "yes" if many / few <= TARGET else "NO"
    return (
        f"memory: {ROWS[1]:,} rows in one process take {many / few:.2f} × the peak of {ROWS[0]} "
        f"({many:.0f} and {few:.0f} MB); target ≤ {TARGET}, met: {met}"
    )


def makers(example: Example) -> list[tuple[str, ...]]:
    """Who makes the example: pages, kilobytes, and the peak of a process that makes one, a row each."""
    with tempfile.TemporaryDirectory(prefix="handouts-bench-") as folder:
        ours = ("handouts", str(example.pages), f"{example.size / 1000:.0f} kB", f"{peak(command(example)):.0f} MB")
        rows: list[tuple[str, ...]] = [ours]
        for peer in example.peers:
            size = len(peer.make(example.values)) / 1000
            once = peer.once(Path(folder), example.values)
            rows.append((peer.name, str(peer.pages), f"{size:.0f} kB", f"{peak(once):.0f} MB"))
        return rows
