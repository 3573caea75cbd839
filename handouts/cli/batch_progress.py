"""How a batch goes on, told on stderr: a line that moves on a terminal, or one now and then; rows that failed."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, Self

from handouts.batch.batching import Watcher
from handouts.cli.reporting import say
from handouts.errors import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handouts.batch.batching import Tally
    from handouts.batch.roster import RowProblem
    from handouts.batch.rows import Outcome

# How often a log hears how far a batch is.
_STEP = 1000
# The same thing is told in full of so many rows, the others by their numbers: as ranges, and so many of these.
_IN_FULL = 5
_MOST_RANGES = 40
_MOST_KINDS = 200
_MOST_FILES = 20


class _Rows:
    """Numbers of rows, as ranges, no more of them than are told."""

    def __init__(self) -> None:
        self.count = 0
        self._ranges: list[range] = []

    def add(self, row: int) -> None:
        """A row behind those that are there."""
        self.count += 1
        if self._ranges and self._ranges[-1].stop == row:
            self._ranges[-1] = range(self._ranges[-1].start, row + 1)
        elif len(self._ranges) <= _MOST_RANGES:
            self._ranges.append(range(row, row + 1))

    def __str__(self) -> str:
        rows = [f"{each.start}-{each[-1]}" if len(each) > 1 else f"{each.start}" for each in self._ranges]
        return ",".join(rows[:_MOST_RANGES]) + (", …" if len(rows) > _MOST_RANGES else "")


class Progress(Watcher):
    """Hears of a batch of about `total` rows; tells what is wrong with them, the same thing in full a few times only.

    `trial` is one that writes no manifest: it cannot be gone on with.
    """

    def __init__(self, total: int, *, trial: bool) -> None:
        self._trial = trial
        self._total = total
        self._start = time.monotonic()
        self._told: dict[tuple[str, str, str, str], _Rows] = {}
        self._done = 0
        self.files: tuple[str, ...] = ()  # of the rows
        self._made = _Rows()
        self._bar: Any = None

    def __enter__(self) -> Self:
        if sys.stderr is not None and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            rate = TextColumn("{task.fields[rate]:,.0f} a second,")
            columns = (BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn(), TextColumn("left"))
            self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task("handouts", total=self._total, rate=0)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._bar:
            self._bar.stop()
        if kind in {KeyboardInterrupt, SystemExit}:
            goes_on = "" if self._trial else "; --resume goes on"
            say(f"stopped after {_counted(self._done, 'row')}{goes_on}")

    def done(self, rows: int) -> None:
        """So many more rows are done."""
        before, self._done = self._done, self._done + rows
        rate = self._done / (time.monotonic() - self._start)
        if self._bar:
            self._bar.update(self._task, completed=self._done, total=max(self._total, self._done), rate=rate)
        elif self._done // _STEP > before // _STEP:
            left = max(0, self._total - self._done) / rate
            say(f"{self._done:,} rows, {rate:,.0f} a second, about {left:,.0f} s left")

    def told(self, outcomes: Sequence[Outcome]) -> None:
        """What became of rows."""
        for outcome in outcomes:
            if len(self.files) < _MOST_FILES:
                self.files += outcome.files
            if outcome.status == "made":
                self._made.add(outcome.row)
            for problem in outcome.problems if outcome.status == "failed" else ():
                self._tell(outcome.row, problem, "error")
            for note in outcome.notes:
                self._tell(outcome.row, note, "warning")

    def _tell(self, row: int, problem: RowProblem, severity: str) -> None:
        key = (severity, problem.column, problem.code, problem.message)
        rows = self._told.get(key)
        if rows is None and len(self._told) < _MOST_KINDS:
            rows = self._told[key] = _Rows()
        if rows is not None:
            rows.add(row)
            if rows.count <= _IN_FULL:
                say(str(_shown(row, problem, severity)))

    def sum_up(self, tally: Tally, *, dry_run: bool) -> None:
        """What more rows have, then counts by kind, then what needs a person, then all in one line."""
        for (severity, column, code, message), rows in self._told.items():
            if rows.count > _IN_FULL:
                where = f", {column}" if column else ""
                say(f"{rows.count:,} rows{where}: {severity}[{code}] {message} (row {rows})")
        for kind, count in sorted(tally.kinds.items()):
            say(f"{count:7,} {' '.join(part for part in kind if part != 'standard')}")
        for code, count in sorted(tally.noted.items()):
            say(f"{count:7,} to look at: {code}")
        for code, count in sorted(tally.failed.items()):
            say(f"{count:7,} failed: {code}")
        if tally.failed and not self._trial:
            say("failed-rows.csv has each row that failed")
        if len(tally.papers) > 1:
            say(f"note: for {' and '.join(sorted(tally.papers))} paper: print them apart, or name one --paper")
        if tally.drafts:
            say(f"note: {_counted(tally.drafts, 'handout')} of a text or a translation that is a draft, and says so")
        if tally.deleted:
            say(f"{_counted(tally.deleted, 'file')} of an earlier run deleted: no row has them any more")
        done = f"{tally.made:,} can be made" if dry_run else f"{tally.made:,} made"
        kept = f", {tally.kept:,} were there already" if tally.kept else ""
        say(f"{_counted(tally.rows, 'row')}: {done}{kept}, {tally.failed.total():,} failed")
        if tally.kept and tally.made:
            say(f"made now: row {self._made}")
        sides = ", on two sides" if tally.duplex else ""
        say(f"{_counted(tally.pages, 'page')}, {_counted(tally.sheets, 'sheet')} of paper{sides}")


def _shown(row: int, problem: RowProblem, severity: str) -> Diagnostic:
    column = f", {problem.column}" if problem.column else ""
    place = f"row {row}{column}"
    return Diagnostic(problem.code, problem.message, problem.hint, place, severity=severity)  # type: ignore[arg-type]


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
