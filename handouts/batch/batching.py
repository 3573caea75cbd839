"""One batch from its roster to its manifest."""

from __future__ import annotations

import pickle
import re
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from handouts.batch.columns import PERSONAL
from handouts.batch.journal import Heading, Journal, is_begun
from handouts.batch.printing import Printing, placed, print_files
from handouts.batch.running import outcomes_of, processes
from handouts.errors import Diagnostic, OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Executor

    from handouts.batch.roster import Row
    from handouts.batch.rows import Job, Outcome

_IN_NAMES = ("batch", "row", "topic", "audience", "template", "edition", "language", "brand")


class Tally(Struct):
    """How a batch went: handouts by what they are, and rows that failed by code."""

    made: int = 0
    kept: int = 0
    pages: int = 0
    kinds: Counter[tuple[str, ...]] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        """All rows."""
        return self.made + self.kept + self.failed.total()

    def count(self, outcome: Outcome) -> None:
        """Count a row."""
        if outcome.status == "failed":
            self.failed[outcome.problems[0].code] += 1
            return
        self.made += outcome.status == "made"
        self.kept += outcome.status == "kept"
        self.pages += outcome.pages
        self.kinds[outcome.topic, outcome.audience, outcome.template, outcome.edition, outcome.language] += 1


def check_pattern(pattern: str) -> None:
    """Raise UsageError for a pattern of file names that says more than it may, or does not tell rows apart."""
    names = re.findall(r"\{([^{}]*)\}", pattern)
    wrong = [name for name in names if name not in _IN_NAMES]
    if wrong:
        known = ", ".join(f"{{{name}}}" for name in _IN_NAMES)
        personal = "it tells who the patient is; " if wrong[0] in PERSONAL else ""
        raise UsageError(
            Diagnostic("U145", f"--file-name cannot hold {{{wrong[0]}}}", f"{personal}it may hold {known}")
        )
    if "row" not in names or re.search(r"[^\w{}. -]|\.\.|^[.-]", pattern):
        hint = "{batch}-{row}-{topic}-{audience}"
        raise UsageError(Diagnostic("U145", "--file-name must hold {row}, and else letters, digits, - and _", hint))


def selected(rows: Iterable[Row], only: int | None, limit: int | None) -> Iterator[Row]:
    """The rows to make: one, the first ones, or all."""
    if only is not None:
        rows = (row for row in rows if row.number == only)
        limit = 1
    return islice(rows, limit)


def try_batch(rows: Iterable[Row], job: Job, jobs: int, told: Callable[[list[Outcome]], None]) -> Tally:
    """Make every row without a manifest: into the job's folder, or nowhere when it has none."""
    tally = Tally()
    for outcomes in outcomes_of(rows, pickle.dumps(job), lambda: processes(jobs), jobs):
        _require_written(outcomes, Path(job.folder or ""))
        for outcome in outcomes:
            tally.count(outcome)
        told(outcomes)
    return tally


def make_batch(
    rows: Iterable[Row],
    job: Job,
    heading: Heading,
    told: Callable[[list[Outcome]], None],
    workers: int,
    start: Callable[[], Executor] | None = None,
    *,
    printing: Printing | None = None,
    whole: bool = True,
) -> Tally:
    """Make every row into the job's folder and write its manifest there.

    `told` hears of rows as they are done; `start` makes an executor with so many workers, processes of this machine by
    default. What earlier runs made for rows that are gone is deleted when these rows are the `whole` roster. Raises
    UsageError for a folder that has a batch already, unless the job keeps what is there; OutputError when it cannot be
    written to any more: what is done stays, and can be gone on with.
    """
    folder = Path(job.folder or "")
    if is_begun(folder) and not job.keep:
        hint = "--resume goes on with it and makes again what has changed; or choose another folder"
        raise UsageError(Diagnostic("U146", "there is a batch in this folder already", hint, folder.as_posix()))
    journal = Journal(folder, heading)
    try:
        tally = Tally()
        for outcomes in outcomes_of(rows, pickle.dumps(job), start or (lambda: processes(workers)), workers):
            journal.add(outcome for outcome in outcomes if outcome.status != "unwritten")
            _require_written(outcomes, folder)
            for outcome in outcomes:
                tally.count(outcome)
            told(outcomes)
        if whole and job.layout == "flat":  # every name has its row's number in it
            _delete_outlived(journal)
        done = journal.outcomes()
        printed: set[str] = set()
        if printing:
            printed = print_files(folder, journal.outcomes(), printing)
            done = placed(done, printing)
            if printing.alone:
                done = _deleted(folder, done)
        _delete(folder, {old.printed for old in journal.earlier() if old.printed} - printed)
        journal.finish(done)
    finally:
        journal.close()
    return tally


def _require_written(outcomes: Iterable[Outcome], folder: Path) -> None:
    """Raise OutputError when a row could not be written: those behind it could not, either."""
    for outcome in outcomes:
        if outcome.status == "unwritten":
            hint = "make room or choose another folder, then go on with --resume"
            problem = outcome.problems[0]
            raise OutputError(Diagnostic(problem.code, problem.message, hint, folder.as_posix()))


def _delete_outlived(journal: Journal) -> None:
    """Delete what earlier runs made for rows that have another file now, or none: it could be handed out."""
    now = journal.outcomes()
    current = next(now, None)
    last = 0
    for old in journal.earlier():
        if old.row < last:  # the next run begins
            now, current = journal.outcomes(), None
            current = next(now, None)
        last = old.row
        while current is not None and current.row < old.row:
            current = next(now, None)
        kept = current.files if current is not None and current.row == old.row else ()
        _delete(journal.folder, (name for name in old.files if name not in kept))


def _deleted(folder: Path, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The outcomes without files of their own: they are in a file to print."""
    for outcome in outcomes:
        _delete(folder, outcome.files)
        yield replace(outcome, file="", also=())


def _delete(folder: Path, names: Iterable[str]) -> None:
    for name in names:
        (folder / Path(name).name).unlink(missing_ok=True)
