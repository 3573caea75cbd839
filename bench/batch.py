"""A personalized batch to disk: a handout of two pages for each row of a roster, one process.

Ours is `make_batch`, from the roster's bytes to files and manifest, tagged and conformant. Theirs is
`bench.plain_reportlab` with a name that changes, made and written row by row. Both are told per handout.
"""

from __future__ import annotations

import io
import itertools
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

from msgspec.structs import replace

from bench.plain_reportlab import PlainHandout
from bench.table import Comparison, alternate
from handouts import Library, Order, Person, make_document
from handouts.batch.batching import Watcher, make_batch
from handouts.batch.columns import meanings
from handouts.batch.journal import Heading
from handouts.batch.roster import Roster
from handouts.batch.rows import Job
from handouts.making import make_sheet

ROWS, THEIR_ROWS, ROUNDS = 2000, 10, 9
TARGET = 1 / 50
MEMORY_ROWS = (200, 20_000)
MEMORY_TARGET = 1.1
ORDER = Order("psoas-muscle-spasm", template="checklist", max_pages=2, forms=False)


def batch_to_disk() -> tuple[Comparison, str]:
    """Time the two in turn. Also says what each makes."""
    library = Library()
    order = ORDER.settled(library)
    sheet, cut = make_sheet(library, order)
    document = make_document(library, order, replace(order.choices, cut=frozenset(cut)))
    plain = PlainHandout(document, library.brand(None), sheet.pages, Person(patient="A. Example"))
    with tempfile.TemporaryDirectory(prefix="handouts-bench-") as place, tempfile.TemporaryFile() as roster:
        folder = Path(place)
        _write_roster(roster, ROWS)
        numbers = itertools.count()

        def ours() -> None:
            rows = Roster(roster, "csv", "roster")
            job = Job(None, order, Person(), meanings(rows), (folder / f"ours-{next(numbers)}").as_posix(), "bench")
            tally = make_batch(rows, job, Heading("bench", "", ""), Watcher(), 1)
            assert tally.made == ROWS  # noqa: S101

        def theirs() -> None:
            (folder / "theirs").mkdir(exist_ok=True)
            for _ in range(THEIR_ROWS):
                number = next(numbers)
                plain.values = Person(patient=f"Person {number}", date="November 25, 2026").values()
                (folder / f"theirs/{number}.pdf").write_bytes(plain.make())

        found = alternate("batch of a two-page handout, each", ours, theirs, ROUNDS, TARGET)
    each = _each(found)
    return each, f"{sheet.pages} pages, {len(sheet.base) / 1000:.0f} kB, tagged; plain ReportLab {plain.pages} pages"


def _each(found: Comparison) -> Comparison:
    """Seconds of a handout instead of those of all."""
    ours = tuple(seconds / ROWS for seconds in found.ours)
    return Comparison(found.name, ours, tuple(seconds / THEIR_ROWS for seconds in found.theirs), found.target)


def memory() -> str:
    """The most memory that a batch of many rows takes beside one of few: whole processes, one after the other."""
    peaks = []
    for count in MEMORY_ROWS:
        with tempfile.TemporaryDirectory(prefix="handouts-bench-") as folder:
            with (Path(folder) / "roster.csv").open("wb") as stream:
                _write_roster(stream, count)
            program = (
                "import resource, sys; from handouts.cli import main\n"
                "try: main()\n"
                "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.__stdout__)"
            )
            options = ("--jobs", "1", "--template", "checklist", "--max-pages", "2", "--no-forms")
            done = subprocess.run(
                (sys.executable, "-c", program, "batch", f"{folder}/roster.csv", "-o", f"{folder}/out", *options),
                capture_output=True,
                text=True,
                check=True,
            )
            peaks.append(int(done.stdout.split()[-1]))
    few, many = peaks
    unit = 1000 if sys.platform != "darwin" else 1_000_000
    return (
        f"memory: {MEMORY_ROWS[1]:,} rows take {many / few:.2f} times the peak of {MEMORY_ROWS[0]} "
        f"({many / unit:.0f} and {few / unit:.0f} MB; target ≤ {MEMORY_TARGET})"
    )


def _write_roster(stream: IO[bytes], rows: int) -> None:
    text = io.StringIO()
    text.write("topic,patient,date\n")
    for number in range(rows):
        text.write(f'psoas-muscle-spasm,Person {number},"November 25, 2026"\n')
    stream.write(text.getvalue().encode())
    stream.flush()
