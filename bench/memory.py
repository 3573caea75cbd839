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

from bench.cold import HERE, command

if TYPE_CHECKING:
    from bench.examples import Example

PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak(arguments: tuple[str, ...]) -> float:
    """The most memory that a Python process with these arguments takes, in MB."""
    done = subprocess.run(
        (sys.executable, "-I", "-c", PEAK, sys.executable, *arguments),
        cwd=HERE,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout.split()[-1]) / (1000 if sys.platform != "darwin" else 1_000_000)


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
