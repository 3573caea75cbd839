"""`handouts batch`: a handout for each row of a roster."""

from __future__ import annotations

import contextlib
import gc
import os
import re
import shutil
import sys
import tempfile
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from handouts.cli import destinations, wishes
from handouts.cli.reporting import Workspace, open_library, reporting, say, show
from handouts.errors import Diagnostic, ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Executor

    from handouts.batch.roster import Kind
    from handouts.batch.rows import Job
    from handouts.library import Library
    from handouts.making import Order

# Other commands leave what they no longer need to their end; this one may run for hours.
_TIDY = (700, 10, 10)


class LayoutName(StrEnum):
    """What files are called."""

    flat = "flat"
    openemr = "openemr"


class DateOrderName(StrEnum):
    """The order of day, month and year."""

    mdy = "mdy"
    dmy = "dmy"
    ymd = "ymd"


class RosterFormat(StrEnum):
    """How the roster is written."""

    csv = "csv"
    xlsx = "xlsx"
    jsonl = "jsonl"


@reporting
def batch(
    roster: Annotated[str, typer.Argument(help="The roster: a .csv, .xlsx or .jsonl file, or - for stdin.")],
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="The folder for the handouts.", show_default=False)
    ] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Try every row, and write nothing.")] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the batch in the folder; make again what has changed.")
    ] = False,
    row: Annotated[
        str | None, typer.Option(help="Only these rows, as a preview: 17, or 3-6,9", show_default=False)
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first so many rows.", show_default=False)] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", "-j", min=1, help="Worker processes; as many as there are processors.", show_default=False
        ),
    ] = None,
    topic: Annotated[str | None, typer.Option(help="What rows are about that do not say.", show_default=False)] = None,
    audience: wishes.Audience = None,
    sections: wishes.Sections = None,
    skip: wishes.Skip = None,
    exercises: wishes.Exercises = None,
    plan: wishes.Plan = None,
    weeks: wishes.Weeks = None,
    items: wishes.Items = None,
    max_pages: wishes.MaxPages = None,
    template: wishes.Template = None,
    brand: wishes.Brand = None,
    edition: wishes.Edition = None,
    paper: wishes.Paper = None,
    language: wishes.Language = None,
    date: Annotated[str, typer.Option(help="The date of the visit.", show_default=False)] = "",
    clinician: Annotated[str, typer.Option(help="Who saw the patients.", show_default=False)] = "",
    phone: Annotated[str, typer.Option(help="The phone to call; the clinic's by default.", show_default=False)] = "",
    note: Annotated[str, typer.Option(help="Your own words for all, in a box (Markdown).", show_default=False)] = "",
    bundle: Annotated[
        str | None, typer.Option(help="A bundle of bundles/, for rows that name no topic.", show_default=False)
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(help='What the roster calls a column: patient="First name,Last name"', show_default=False),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(help="Columns of the roster to pass over: DOB,Room", show_default=False)
    ] = None,
    dates: Annotated[
        DateOrderName | None, typer.Option(help="How the roster writes dates: mdy is 11/26/2026.", show_default=False)
    ] = None,
    require: Annotated[
        str | None, typer.Option(help="Columns that no row may leave empty: patient,date", show_default=False)
    ] = None,
    forms: Annotated[
        bool, typer.Option("--forms/--no-forms", help="Boxes and lines that work on a screen, or for a pen alone.")
    ] = True,
    duplex: Annotated[
        bool, typer.Option("--duplex", help="For two sides: an empty page after an odd number of them.")
    ] = False,
    allow_outdated: Annotated[
        bool, typer.Option("--allow-outdated", help="Print a text that nobody has read again for five years.")
    ] = False,
    merge: Annotated[
        str | None,
        typer.Option(help="One file to print in the roster's order, in the folder: print.pdf", show_default=False),
    ] = None,
    split: Annotated[
        int | None, typer.Option(min=1, help="Files to print of so many sheets of paper.", show_default=False)
    ] = None,
    merge_only: Annotated[
        bool, typer.Option("--merge-only", help="Keep no single files beside the one to print.")
    ] = False,
    encrypt: Annotated[
        bool, typer.Option("--encrypt", help="Files that open with the password in the row's password column.")
    ] = False,
    fhir: Annotated[
        bool, typer.Option("--fhir", help="A FHIR R4 bundle for the record system beside each file.")
    ] = False,
    layout: Annotated[
        LayoutName, typer.Option(help="What files are called: as --file-name says, or as OpenEMR looks for them.")
    ] = LayoutName.flat,
    dask: Annotated[
        str | None, typer.Option(help="A Dask scheduler whose workers do it: tcp://HOST:8786", show_default=False)
    ] = None,
    file_name: Annotated[
        str, typer.Option(help="What the files are called; a name tells nothing of a patient.")
    ] = "{batch}-{row}-{topic}-{audience}",
    allow_identifiers: Annotated[
        bool, typer.Option("--allow-identifiers", help="Let --file-name say who a patient is: {row}-{patient}")
    ] = False,
    name: Annotated[
        str | None, typer.Option(help="What {batch} stands for; the folder's name by default.", show_default=False)
    ] = None,
    roster_format: Annotated[
        RosterFormat | None, typer.Option("--format", help="How the roster is written.", show_default=False)
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help="How its letters are written, where it is not found out.", show_default=False)
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet of a workbook.", show_default=False)] = None,
    workspace: Workspace = None,
) -> None:
    """Make a handout for each row of a roster, and a manifest of what became of each row.

    The first row names the columns: topic, audience, template, patient, date, clinician, phone, next-visit, note,
    exercises … What a row leaves empty comes from the options. A row that cannot be made is reported by its number,
    never by what it holds, and the others are made; the exit code is 8 then.

    Example: handouts batch monday.csv -o output/monday --topic psoas-muscle-spasm
    """
    from handouts import __version__
    from handouts.batch import batching
    from handouts.batch.columns import Terms
    from handouts.batch.headers import COLUMNS, meanings, naming, require_own_phone
    from handouts.batch.journal import MANIFEST, Heading
    from handouts.batch.printing import Printing
    from handouts.batch.roster import Roster
    from handouts.batch.rows import Job
    from handouts.cli.batch_progress import Progress
    from handouts.library.clinic import folded_header
    from handouts.library.reviews import today
    from handouts.making import Order
    from handouts.person import Person

    gc.set_threshold(*_TIDY)
    library = open_library(workspace)
    batching.check_pattern(file_name, identifiers=allow_identifiers)
    required = tuple(folded_header(part) for part in (require or "").split(",") if part.strip())
    if unknown := [each for each in required if each not in COLUMNS]:
        raise UsageError(Diagnostic("U144", f'--require: the column "{unknown[0]}" is not known', ", ".join(COLUMNS)))
    names = naming(library.roster, column or (), ignore or ())
    only = _ranges(row)
    folder = _folder(output, dry_run=dry_run, preview=bool(only))
    day = today()
    order = Order(
        topic=topic or "",
        audience=audience,
        template=template,
        brand=brand,
        edition=edition,
        paper=paper,
        language=language,
        choices=wishes.choices_of(sections, skip, items, exercises, weeks),
        plan=plan,
        max_pages=max_pages,
        note=note,
        forms=forms,
        duplex=duplex,
        today=day,
        allow_outdated=allow_outdated,
    )
    _require_names(library, order)
    with _opened(roster) as stream:
        kind: Kind | None = roster_format.value if roster_format else None
        shown_as = "stdin" if roster == "-" else roster
        rows = Roster(stream, kind, shown_as, encoding=encoding, sheet=sheet, names=names)
        columns = meanings(rows, names)
        if not topic and not bundle and not {"topic", "bundle"} & {*columns.values()}:
            hint = 'name it in the roster, or say what it is called: --column topic="…"; or choose one for all: --topic'
            raise UsageError(Diagnostic("U144", "no column says what the handouts are about", hint, shown_as))
        require_own_phone(rows, columns, names, library.brand(brand).phone)
        workspace = library.path.workspace.folder if library.path.workspace else None
        if dask is not None:  # its workers stand in folders of their own
            folder, workspace = (each and each.absolute() for each in (folder, workspace))
        job = Job(
            workspace=None if workspace is None else workspace.as_posix(),
            order=order,
            person=Person(date=date, clinician=clinician, phone=phone),
            columns=columns,
            folder=None if folder is None else folder.as_posix(),
            batch=_slug(name or (folder.resolve().name if folder else "batch")),
            pattern=file_name,
            terms=Terms(
                required,
                bundle or "",
                dates.value if dates else library.roster.dates,
                encrypt=encrypt,
                fhir=fhir,
                clinics_phones="phone" in names.columns,
            ),
            keep=resume,
            encrypt=encrypt,
            fhir=fhir,
            layout=layout.value,
            moment=datetime.now().astimezone().isoformat(timespec="seconds"),
        )
        _require_sense(job, job.columns.values(), merge, split, merge_only=merge_only)
        _require_whole(bool(only) or limit is not None, resume=resume, dry_run=dry_run)
        for note_on_roster in rows.notes:
            say(f"note: {note_on_roster}")
        if library.path.workspace is None:
            say("note: no clinic's workspace is here: sheets print without a clinic's name, logo and phone")
        about = max(1, rows.about - (rows.kind != "jsonl"))
        if rows.about > 1:  # some workbooks do not say
            batching.require_same_roster(job, about)
        wanted = batching.selected(rows, only, limit)
        workers = 1 if only or layout is LayoutName.openemr else jobs or os.cpu_count() or 1
        total = sum(map(len, only)) if only else about if limit is None else min(about, limit)
        trial = dry_run or bool(only)
        printing = None
        if merge:
            said = (job.batch, language or library.defaults.language or "en", library.brand(brand).name)
            printing = Printing(merge, *said, sheets=split, duplex=duplex, alone=merge_only)
        with Progress(total, trial=trial) as progress:
            if trial:
                batching.require_no_batch(job)
                tally = batching.try_batch(wanted, job, workers, progress, printing)
            else:
                heading = Heading(job.batch, __version__, day.isoformat())
                with _cluster(dask, workers) as (start, hands):
                    tally = batching.make_batch(wanted, job, heading, progress, hands, start, printing=printing)
    if not tally.rows:
        hint = "the header is row 1" if only else "rows stand below the header"
        raise UsageError(Diagnostic("U147", f"the roster has no row{f' {row}' if only else 's'}", hint))
    progress.sum_up(tally, dry_run=dry_run)
    if folder is not None:
        for each in (*tally.printed, *(() if merge_only else progress.files)) if only else (*tally.printed, MANIFEST):
            show((folder / each).as_posix())
    if tally.failed:
        raise typer.Exit(ExitCode.ROWS_FAILED)


def _ranges(row: str | None) -> tuple[range, ...]:
    """`3-6,9` as ranges of row numbers. Raises UsageError."""
    found: list[range] = []
    for part in (row or "").split(",") if row is not None else ():
        match = re.fullmatch(r"\s*([0-9]{1,9})(?:\s*-\s*([0-9]{1,9}))?\s*", part)
        numbers = range(int(match[1]), int(match[2] or match[1]) + 1) if match else range(0)
        if not numbers:
            raise UsageError(Diagnostic("U147", "--row: cannot be read", "for example 17, or 3-6,9"))
        found.append(numbers)
    return tuple(found)


def _require_names(library: Library, order: Order) -> None:
    """Raise what is wrong for all rows at once: a name of the options, or a file of the clinic's own."""
    settled = order.settled(library) if order.topic else order
    if order.topic:
        library.topic(order.topic, settled.language)
    library.require_audience(settled.audience or library.defaults.audience)
    library.require_template(settled.template or library.defaults.template)
    library.brand(order.brand)


def _require_sense(job: Job, columns: Iterable[str], merge: str | None, split: int | None, *, merge_only: bool) -> None:
    """Raise UsageError for options that do not go together."""
    from handouts.batch.batching import names_of

    wrong = ""
    if merge is not None and (job.encrypt or job.layout == "openemr"):
        wrong = "--merge does not go with --encrypt or --layout openemr"
    elif merge is not None and (not re.fullmatch(r"[\w][\w. -]*\.pdf", merge) or names_of(job).fullmatch(merge)):
        wrong = "--merge needs a name that ends in .pdf, without a folder, for example print.pdf"
    elif merge is None and (split is not None or merge_only):
        wrong = "--split and --merge-only are for --merge"
    elif job.encrypt and "password" not in columns:
        wrong = "--encrypt needs a password column in the roster"
    elif not job.encrypt and "password" in columns:
        wrong = "a password column is for --encrypt"
    elif job.fhir and (job.layout == "openemr" or merge_only):
        wrong = "--fhir does not go with --layout openemr or --merge-only"
    if wrong:
        raise UsageError(Diagnostic("U149", wrong, "handouts batch --help"))


def _require_whole(part: bool, *, resume: bool, dry_run: bool) -> None:  # noqa: FBT001
    """Raise UsageError for a look at a part of the roster that asks for what only all of it can be."""
    if part and resume and not dry_run:
        wrong = "--row and --limit look at a part of the roster: they do not go with --resume"
        raise UsageError(Diagnostic("U149", wrong, "leave one of them out"))


@contextlib.contextmanager
def _cluster(dask: str | None, workers: int) -> Iterator[tuple[Callable[[], Executor] | None, int]]:
    """What makes an executor, and how many workers it has: None stands for processes of this machine."""
    if dask is None:
        yield None, workers
        return
    try:
        from distributed import Client
    except ImportError:
        hint = "pip install 'handouts[dask]'"
        raise UsageError(Diagnostic("U150", "--dask needs the library distributed", hint)) from None
    try:
        client: Any = Client(dask, timeout=10)  # type: ignore[no-untyped-call]
    except (OSError, ValueError):
        hint = "tcp://HOST:8786, as the scheduler says when it starts"
        raise UsageError(Diagnostic("U150", "no Dask scheduler answers at the address given", hint)) from None
    with client:
        workers = sum(client.nthreads().values())
        if not workers:
            say("note: the cluster has no worker yet; the batch waits for one")
        yield client.get_executor, max(1, workers)


@contextlib.contextmanager
def _opened(roster: str) -> Iterator[BinaryIO]:
    """The roster as a file that can be read more than once: what comes from a pipe is kept in a file without a name."""
    with tempfile.TemporaryFile(prefix="handouts-") as kept:
        if roster != "-":
            with _file(roster) as stream:
                if stream.seekable():
                    yield stream
                    return
                shutil.copyfileobj(stream, kept)
        elif sys.stdin is not None:
            shutil.copyfileobj(sys.stdin.buffer, kept)
        kept.flush()
        yield kept


def _file(roster: str) -> BinaryIO:
    try:
        return Path(roster).open("rb")
    except OSError as error:
        raise UsageError(Diagnostic("U141", f"cannot be read: {error.strerror}", "", roster)) from None


def _folder(output: str | None, *, dry_run: bool, preview: bool) -> Path | None:
    if dry_run:
        return None
    if output is None and preview:
        return Path(destinations.FOLDER)
    if output is None:
        raise UsageError(Diagnostic("U148", "where to?", "name a folder with -o, or try the rows with --dry-run"))
    return Path(output)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-") or "batch"
