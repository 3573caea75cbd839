"""Files to print: the handouts of a batch one after the other, in the roster's order.

Each is still tagged and conformant, with a bookmark for each row by its number and title. Which pages are whose stands
in the manifest.
"""

from __future__ import annotations

import os
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from handouts.batch.journal import PRINT_TEMPORARY
from handouts.errors import Diagnostic, OutputError
from handouts.pdf.merging import Part, merge
from handouts.pdf.tagging import Metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from handouts.batch.rows import Outcome


class Printing(Struct, frozen=True):
    """What is printed how: into `name`, cut after so many sheets of paper, on two sides or one.

    `title` and `language` are what the file says of itself, `author` whose it is. `alone` says that the single files
    go when it is done.
    """

    name: str
    title: str
    language: str
    author: str
    sheets: int | None = None
    duplex: bool = False
    alone: bool = False


def placed(outcomes: Iterable[Outcome], printing: Printing) -> Iterator[Outcome]:
    """The outcomes, each that has a file with its place in a file to print: the name, and the page it begins on.

    A file to print ends before the handout that would make it more sheets than are wanted; one handout with more has a
    file of its own.
    """
    number, pages, taken = 1, 0, 0
    for outcome in outcomes:
        if not outcome.file:
            yield outcome
            continue
        own = outcome.pages + (outcome.pages % 2 if printing.duplex else 0)
        sheets = own // 2 if printing.duplex else own
        if printing.sheets is not None and taken and taken + sheets > printing.sheets:
            number, pages, taken = number + 1, 0, 0
        yield replace(outcome, printed=_name(printing, number), first_page=pages + 1)
        pages, taken = pages + own, taken + sheets


def _name(printing: Printing, number: int) -> str:
    if printing.sheets is None:
        return printing.name
    return f"{printing.name.removesuffix('.pdf')}-{number:03}.pdf"


def print_files(
    folder: Path, outcomes: Iterable[Outcome], printing: Printing, announce: Callable[[str], None]
) -> tuple[str, ...]:
    """Write the files to print into the folder, each whole, and return their names; `announce` hears of each before.

    Raises OutputError.
    """
    names: list[str] = []
    made = (outcome for outcome in placed(outcomes, printing) if outcome.file)
    metadata = Metadata(
        title=printing.title,
        language=printing.language,
        author=printing.author or "handouts",
        subject=printing.title,
        creator="handouts",
        producer="handouts (ReportLab)",
    )
    temporary = folder / PRINT_TEMPORARY
    for name, group in groupby(made, key=lambda outcome: outcome.printed):
        parts = (Part((folder / outcome.file).read_bytes(), _bookmark(outcome)) for outcome in group)
        announce(name)
        try:
            temporary.unlink(missing_ok=True)
            with os.fdopen(os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as target:
                merge(parts, metadata, target)
                target.flush()
                os.fsync(target.fileno())
            temporary.replace(folder / name)
            names.append(name)
        except OSError as error:
            hint = "make room, then go on with --resume"
            problem = Diagnostic("O101", f"cannot be written: {error.strerror}", hint, (folder / name).as_posix())
            raise OutputError(problem) from None
        finally:
            temporary.unlink(missing_ok=True)
    return tuple(names)


def _bookmark(outcome: Outcome) -> str:
    return f"{outcome.row} – {outcome.title}" if outcome.title else f"{outcome.row}"
