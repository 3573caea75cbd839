"""One batch from its roster to its manifest."""

from __future__ import annotations

import os
import pickle
import re
from collections import Counter
from functools import partial
from itertools import islice, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from handouts.batch.failures import FAILURES, write_failures
from handouts.batch.journal import Heading, Journal, is_begun, prints_in, written_to
from handouts.batch.printing import Printing, placed, print_files
from handouts.batch.problems import PERSONAL
from handouts.batch.rows import layout_of
from handouts.batch.running import Hands, processes
from handouts.errors import Diagnostic, OutputError, UsageError
from handouts.files import delete_halves
from handouts.library.reviews import today

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Executor

    from handouts.batch.roster import Row
    from handouts.batch.rows import Job, Outcome

_FEW = 10
_IN_NAMES = ("batch", "row", "topic", "audience", "template", "edition", "language", "brand")
# What tells who a patient is, and may stand in a name only where somebody says so.
_IDENTIFIERS = tuple(name for name in PERSONAL if name not in {"note", "password"})


class Tally(Struct):
    """How a batch went: handouts by what they are, rows that failed and notes on rows by code, and the paper it takes.

    `sheets` are of paper, printed on two sides or one; `papers` are handouts by their paper. `deleted` are files that
    earlier runs made and no row has any more. `drafts` are handouts of a text or a translation that is a draft.
    """

    duplex: bool = False
    made: int = 0
    kept: int = 0
    pages: int = 0
    sheets: int = 0
    deleted: int = 0
    drafts: int = 0
    kinds: Counter[tuple[str, ...]] = field(default_factory=Counter)
    papers: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    noted: Counter[str] = field(default_factory=Counter)
    printed: tuple[str, ...] = ()

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
        self.sheets += (outcome.pages + 1) // 2 if self.duplex else outcome.pages
        self.kinds[outcome.topic, outcome.audience, outcome.template, outcome.edition, outcome.language] += 1
        self.papers[outcome.paper] += 1
        self.drafts += outcome.draft
        self.noted.update(note.code for note in outcome.notes)


class Watcher:
    """Hears how a batch goes on; this one does not mind."""

    def done(self, rows: int) -> None:
        """So many more rows are done, of whichever."""

    def told(self, outcomes: Sequence[Outcome]) -> None:
        """What became of the next rows, in the roster's order."""


def check_pattern(pattern: str, *, identifiers: bool = False) -> None:
    """Raise UsageError for a pattern of file names that says more than it may, or does not tell rows apart.

    With `identifiers` it may say who a patient is.
    """
    names = re.findall(r"\{([^{}]*)\}", pattern)
    allowed = (*_IN_NAMES, *(_IDENTIFIERS if identifiers else ()))
    wrong = [name for name in names if name not in allowed]
    if wrong:
        hint = f"it may hold {', '.join(f'{{{name}}}' for name in allowed)}"
        if wrong[0] in _IDENTIFIERS:
            hint = (
                f"it tells who the patient is to whoever sees the folder: --allow-identifiers permits it; else {hint}"
            )
        raise UsageError(Diagnostic("U145", f"--file-name cannot hold {{{wrong[0]}}}", hint))
    sides = pattern.partition("{row}")[::2]
    if all(any(f"{{{name}}}" in side for name in _IDENTIFIERS) for side in sides):
        message = "--file-name can hold what tells who the patient is before {row} or behind it, and not both"
        raise UsageError(Diagnostic("U145", message, "{row}-{patient}-{date}"))
    between = re.sub(r"\{[^{}]*\}", "", pattern)
    if names.count("row") != 1 or re.search(r"[^\w -]", between) or pattern[0] in "- ":
        message = "--file-name must hold {row} once, and else letters, digits, - and _; .pdf follows by itself"
        raise UsageError(Diagnostic("U145", message, "{batch}-{row}-{topic}-{audience}"))


def names_of(job: Job) -> re.Pattern[str]:
    """What the names of the batch's files match, with the row's number as a group."""
    parts = re.split(r"\{([^{}]*)\}", job.pattern)
    said = {"batch": re.escape(job.batch), "row": "([0-9]{5,9})", **dict.fromkeys(_IDENTIFIERS, r"[^\s./]+")}
    shown = [re.escape(part) if place % 2 == 0 else said.get(part, "[a-z0-9-]+") for place, part in enumerate(parts)]
    return re.compile(f"{''.join(shown)}\\.(?:pdf|fhir\\.json)")


def selected(rows: Iterable[Row], only: Sequence[range], limit: int | None) -> Iterator[Row]:
    """The rows to make: those with a number in `only`, the first ones, or all."""
    if only:
        last = max(each[-1] for each in only)
        rows = takewhile(lambda row: row.number <= last, rows)
        rows = (row for row in rows if any(row.number in each for each in only))
    return islice(rows, limit)


def require_same_roster(job: Job, about: int) -> None:
    """Raise UsageError when the folder holds handouts of far more rows than the roster has: it may be another day's."""
    folder = Path(job.folder or "")
    if not job.keep or job.layout != "flat" or not folder.is_dir():
        return
    names = names_of(job)
    with written_to(folder), os.scandir(folder) as entries:
        there = sum(1 for entry in entries if names.fullmatch(entry.name) and entry.name.endswith(".pdf"))
    if there > _FEW and about < there / 2:
        message = f"there are handouts of {there} rows in this folder, and the roster has about {about}: is it another?"
        hint = "choose another folder; what is no row's any more would be deleted here"
        raise UsageError(Diagnostic("U151", message, hint, folder.as_posix()))


def require_no_batch(job: Job) -> None:
    """Raise UsageError where a preview would stand among the files of a batch, past its manifest."""
    if job.folder is not None and is_begun(Path(job.folder)):
        hint = "choose another folder for the preview"
        raise UsageError(Diagnostic("U146", "there is a batch in this folder", hint, job.folder))


def try_batch(rows: Iterable[Row], job: Job, workers: int, watcher: Watcher, printing: Printing | None = None) -> Tally:
    """Make every row without a manifest: into the job's folder, or nowhere when it has none.

    What is to be printed stays in memory: these are few rows.
    """
    tally = Tally(duplex=job.order.duplex)
    printed: list[Outcome] = []
    folder = Path(job.folder or "")
    for outcomes in _outcomes(rows, job, lambda: processes(workers), workers, watcher):
        _require_written(outcomes, folder)
        for outcome in outcomes:
            tally.count(outcome)
        watcher.told(outcomes)
        printed.extend(outcomes if printing else ())
    if printing and job.folder is not None:
        tally.printed = print_files(folder, printed, printing, lambda _: None)
        if printing.alone:
            for outcome in printed:
                _delete(folder, outcome.files)
    return tally


def _outcomes(
    rows: Iterable[Row], job: Job, start: Callable[[], Executor], workers: int, watcher: Watcher
) -> Iterator[list[Outcome]]:
    job = replace(job, order=replace(job.order, today=job.order.today or today()))  # one day, past midnight too
    hands = Hands(pickle.dumps(job), start, workers, watcher.done)
    return hands.outcomes_of(rows, partial(layout_of, job))


def make_batch(
    rows: Iterable[Row],
    job: Job,
    heading: Heading,
    watcher: Watcher,
    workers: int,
    start: Callable[[], Executor] | None = None,
    *,
    printing: Printing | None = None,
) -> Tally:
    """Make every row into the job's folder and write its manifest there, and a table of the rows that failed.

    `start` makes an executor with so many workers, processes of this machine by default. What earlier runs made for
    rows that are gone is deleted. Raises UsageError for a folder that has a batch already, unless the job keeps what is
    there; OutputError when it cannot be written to any more: what is done stays, and can be gone on with.
    """
    folder = Path(job.folder or "")
    if is_begun(folder) and not job.keep:
        hint = "--resume goes on with it: makes what is missing or has changed, and deletes what is no row's any more"
        raise UsageError(Diagnostic("U146", "there is a batch in this folder already", hint, folder.as_posix()))
    if job.keep and not printing and (there := prints_in(folder)):
        message = f"there is a file to print of this batch: {', '.join(sorted(there))}"
        hint = "say --merge again, with --duplex and --split as before; or move it away"
        raise UsageError(Diagnostic("U152", message, hint, folder.as_posix()))
    flat = job.layout == "flat"  # every name has its row's number in it
    if not job.keep:
        _require_free(folder, job, printing)
    journal = Journal(folder, replace(heading, names=names_of(job).pattern if flat else ""))
    try:
        tally = Tally(duplex=job.order.duplex)
        for outcomes in _outcomes(rows, job, start or (lambda: processes(workers)), workers, watcher):
            journal.add(outcome for outcome in outcomes if outcome.status != "unwritten")
            _require_written(outcomes, folder)
            for outcome in outcomes:
                tally.count(outcome)
            watcher.told(outcomes)
        tally.deleted = _delete_outlived(journal) if flat else _delete_others(journal)
        done = journal.outcomes()
        if printing:
            tally.printed = print_files(folder, journal.outcomes(), printing, journal.announce)
            done = placed(done, printing)
            if printing.alone:
                done = _deleted(folder, done)
        tally.deleted += _delete(folder, {old.printed for old in journal.earlier() if old.printed} - {*tally.printed})
        write_failures(folder, journal.outcomes())
        journal.finish(done)
    finally:
        delete_halves(folder)  # of workers that were stopped
        journal.close()
    return tally


def _require_written(outcomes: Iterable[Outcome], folder: Path) -> None:
    """Raise OutputError when a row could not be written: those behind it could not, either."""
    for outcome in outcomes:
        if outcome.status == "unwritten":
            hint = "make room or choose another folder, then go on with --resume"
            problem = outcome.problems[0]
            raise OutputError(Diagnostic(problem.code, problem.message, hint, folder.as_posix()))


def _delete_outlived(journal: Journal) -> int:
    """Delete what earlier runs made for rows that have another file now, or none: it could be handed out. How many."""
    deleted = 0
    now = journal.outcomes()
    current = next(now, None)
    last = 0
    for old in journal.earlier():
        if not old.row:
            continue
        if old.row < last:  # the next run begins
            now, current = journal.outcomes(), None
            current = next(now, None)
        last = old.row
        while current is not None and current.row < old.row:
            current = next(now, None)
        kept = current.files if current is not None and current.row == old.row else ()
        deleted += _delete(journal.folder, (name for name in old.files if name not in kept))
    return deleted


def _delete_others(journal: Journal) -> int:
    """As `_delete_outlived`, where names do not tell rows: these are few."""
    now = {name for outcome in journal.outcomes() for name in outcome.files}
    return _delete(journal.folder, {name for old in journal.earlier() for name in old.files} - now)


def _require_free(folder: Path, job: Job, printing: Printing | None) -> None:
    """Raise UsageError when a file stands where the batch would put its own: it may be somebody's."""
    names = names_of(job)
    if not folder.is_dir():
        return
    with written_to(folder), os.scandir(folder) as entries:
        for entry in entries:
            ours = entry.name == FAILURES or (printing and entry.name == printing.name)
            if ours or names.fullmatch(entry.name):
                message = "a file of that name is there already, and no batch here has made it"
                hint = "move it away, or choose another folder or --name"
                raise UsageError(Diagnostic("U146", message, hint, (folder / entry.name).as_posix()))


def _deleted(folder: Path, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The outcomes without files of their own: they are in a file to print."""
    for outcome in outcomes:
        _delete(folder, outcome.files)
        yield replace(outcome, file="", also=())


def _delete(folder: Path, names: Iterable[str]) -> int:
    """Delete files of the folder; how many there were. A manifest that somebody changed deletes nothing else."""
    deleted = 0
    for name in names:
        if re.fullmatch(r"[^\s./\\][^/\\]*\.(?:pdf|fhir\.json)", name):
            file = folder / name
            deleted += file.is_file()
            file.unlink(missing_ok=True)
    return deleted
