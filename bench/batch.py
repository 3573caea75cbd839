"""A personalized batch to disk: a handout for each row of a roster.

Ours is `make_batch`, from the roster's bytes to files and manifest, tagged and conformant. A peer makes and writes row
by row with a name that changes; Typst once from its cache, and once without, as with a name that is given as an input.
All are told per handout.
"""

from __future__ import annotations

import itertools
from functools import partial
from typing import TYPE_CHECKING

from bench.examples import TOPIC
from bench.memory import peak
from bench.table import Side, alternate
from handouts import Person
from handouts.batch.batching import Watcher, make_batch
from handouts.batch.headers import meanings
from handouts.batch.journal import Heading
from handouts.batch.roster import Roster
from handouts.batch.rows import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from bench.examples import Example
    from bench.table import Comparison

ROWS = 2000
# Enough for one call to last about a third of a second.
THEIR_ROWS = {"plain ReportLab": 10, "WeasyPrint": 2, "Typst": 40, "Typst afresh": 15}
ROUNDS_SHORT, ROUNDS_LONG = 7, 3
TARGETS = {"plain ReportLab": 1 / 50, "WeasyPrint": 1 / 200, "Typst": 1 / 25, "Typst afresh": 1 / 25}
# Whole processes. So many rows that the start of two workers, a second of Python's and of layout, is a small part.
FEW_ROWS, MANY_ROWS, ROUNDS_PROCESSES = 200, 20_000, 3
TARGET_PROCESSES, TARGET_MEMORY = 1 / 1.7, 1.1
_FOLDERS = itertools.count(1)


def batch_to_disk(example: Example, place: Path) -> list[Comparison]:
    """Time one process of each in turn. Files go into new folders of that place."""
    roster = _roster(place, ROWS)
    numbers = itertools.count()

    def ours() -> None:
        with roster.open("rb") as stream:
            rows = Roster(stream, "csv", "roster")
            job = Job(None, example.order, Person(), meanings(rows), _folder(place).as_posix(), "bench")
            tally = make_batch(rows, job, Heading("bench", "", ""), Watcher(), 1)
        assert tally.made == ROWS  # noqa: S101

    def theirs(make: Callable[[Mapping[str, str]], bytes], count: int) -> None:
        made = _folder(place)
        made.mkdir()
        for _ in range(count):
            number = next(numbers)
            values = Person(patient=f"Person {number}", date="November 25, 2026").values()
            (made / f"{number}.pdf").write_bytes(make(values))

    def side(name: str, make: Callable[[Mapping[str, str]], bytes]) -> Side:
        count = THEIR_ROWS[name]
        return Side(name, partial(theirs, make, count), count)

    sides = [side(peer.name, peer.make) for peer in example.peers]
    sides += [side(f"{peer.name} afresh", peer.afresh) for peer in example.peers if peer.afresh != peer.make]
    made = Side("handouts", ours, ROWS)
    rounds = ROUNDS_SHORT if example.short else ROUNDS_LONG
    return alternate(f"batch, {example.name}", made, sides, rounds, TARGETS if example.short else None)


def two_processes(example: Example, place: Path) -> tuple[list[Comparison], str]:
    """Time `handouts batch` with two worker processes and without in turn, from its start to its end.

    Files go into new folders of that place. Also says how the peak of memory without grows with the rows.
    """

    def make(roster: Path, processes: int) -> float:
        given = ("batch", str(roster), "-o", str(_folder(place)), "--jobs", str(processes))
        return peak(("-m", "handouts", *given, *example.options))

    few, many = make(_roster(place, FEW_ROWS), 1), 0.0
    roster = _roster(place, MANY_ROWS)

    def one() -> None:
        nonlocal many
        many = max(many, make(roster, 1))

    compared = alternate(
        f"batch, {example.name}, two processes",
        Side("two processes", partial(make, roster, 2), MANY_ROWS),
        [Side("one process", one, MANY_ROWS)],
        ROUNDS_PROCESSES,
        {"one process": TARGET_PROCESSES},
        untimed=0,
    )
    met = "yes" if many / few <= TARGET_MEMORY else "NO"
    return compared, (
        f"memory: {MANY_ROWS:,} rows in one process take {many / few:.2f} × the peak of {FEW_ROWS} "
        f"({many:.0f} and {few:.0f} MB); target ≤ {TARGET_MEMORY}, met: {met}"
    )


def _folder(place: Path) -> Path:
    """A new one: ext4 looks long for room among what was deleted a moment ago, which no batch has to."""
    return place / f"made-{next(_FOLDERS)}"


def _roster(place: Path, rows: int) -> Path:
    """A roster of so many people with names of their own."""
    file = place / f"roster-{rows}.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        stream.write("topic,patient,date\n")
        stream.writelines(f"{TOPIC},Person {number},2026-11-25\n" for number in range(rows))
    return file
