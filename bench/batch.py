"""A personalized batch to disk: a handout for each row of a roster.

Ours is `make_batch`, from the roster's bytes to files and manifest, tagged and conformant. A peer makes and writes row
by row with a name that changes; Typst once from its cache, and once without, as with a name that is given as an input.
All are told per handout.
"""

from __future__ import annotations

import io
import itertools
import shutil
import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

from bench.table import Side, alternate
from handouts import Person
from handouts.batch.batching import make_batch
from handouts.batch.columns import meanings
from handouts.batch.journal import Heading
from handouts.batch.roster import Roster
from handouts.batch.rows import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bench.examples import Example
    from bench.table import Comparison

ROWS = 2000
# Enough for one call to last about a third of a second.
THEIR_ROWS = {"plain ReportLab": 10, "WeasyPrint": 2, "Typst": 40, "Typst afresh": 15}
ROUNDS_SHORT, ROUNDS_LONG = 9, 4
TARGETS = {"plain ReportLab": 1 / 50, "WeasyPrint": 1 / 200, "Typst": 1 / 25, "Typst afresh": 1 / 25}
# The start of two processes takes a second of these: a fresh Python, its imports, a layout in each.
ROWS_PROCESSES, ROUNDS_PROCESSES = 10_000, 4
TARGET_PROCESSES = 1 / 1.7


def batch_to_disk(example: Example) -> list[Comparison]:
    """Time one process of each in turn."""
    with _batches(example, ROWS) as batch, tempfile.TemporaryDirectory(prefix="handouts-bench-") as place:
        folder = Path(place) / "theirs"
        numbers = itertools.count()

        def theirs(make: Callable[[Mapping[str, str]], bytes], count: int) -> None:
            folder.mkdir()
            for _ in range(count):
                number = next(numbers)
                values = Person(patient=f"Person {number}", date="November 25, 2026").values()
                (folder / f"{number}.pdf").write_bytes(make(values))

        def side(name: str, make: Callable[[Mapping[str, str]], bytes]) -> Side:
            count = THEIR_ROWS[name]
            return Side(name, partial(theirs, make, count), count, partial(shutil.rmtree, folder))

        sides = [side(peer.name, peer.make) for peer in example.peers]
        sides += [side(f"{peer.name} afresh", peer.afresh) for peer in example.peers if peer.afresh != peer.make]
        rounds = ROUNDS_SHORT if example.short else ROUNDS_LONG
        return alternate(f"batch, {example.name}", batch(1), sides, rounds, TARGETS if example.short else None)


def two_processes(example: Example) -> list[Comparison]:
    """Time two processes and one in turn."""
    with _batches(example, ROWS_PROCESSES) as batch:
        return alternate(
            f"batch, {example.name}, two processes",
            batch(2), [batch(1)], ROUNDS_PROCESSES, {"one process": TARGET_PROCESSES},
        )  # fmt: skip


@contextmanager
def _batches(example: Example, count: int) -> Iterator[Callable[[int], Side]]:
    """Batches of so many rows, by the number of processes."""
    with tempfile.TemporaryDirectory(prefix="handouts-bench-") as place, tempfile.TemporaryFile() as roster:
        folder = Path(place) / "ours"
        write_roster(roster, count)

        def make(processes: int) -> None:
            rows = Roster(roster, "csv", "roster")
            job = Job(None, example.order, Person(), meanings(rows), folder.as_posix(), "bench")
            tally = make_batch(rows, job, Heading("bench", "", ""), lambda _: None, processes)
            assert tally.made == count  # noqa: S101

        def batch(processes: int) -> Side:
            name = "one process" if processes == 1 else f"{processes} processes"
            return Side(name, partial(make, processes), count, partial(shutil.rmtree, folder))

        yield batch


def write_roster(stream: IO[bytes], rows: int) -> None:
    """A roster of so many people with names of their own."""
    text = io.StringIO()
    text.write("topic,patient,date\n")
    for number in range(rows):
        text.write(f'psoas-muscle-spasm,Person {number},"November 25, 2026"\n')
    stream.write(text.getvalue().encode())
    stream.flush()
