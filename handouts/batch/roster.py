"""Rows of a roster: CSV, XLSX or JSONL, from a file or from stdin, a row at a time.

What it is tell its bytes, not its name. The header is found below titles that programs write above it. A row that
cannot be read is a row with a problem, and the ones behind it are read all the same. Rows have the numbers that a
spreadsheet shows; those of JSONL have the numbers of their lines.
"""

from __future__ import annotations

import codecs
import io
import os
import re
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, Literal, TypeAlias

from msgspec import Struct

from handouts.batch.headers import Naming
from handouts.batch.workbooks import SpreadsheetError, Workbook
from handouts.errors import Diagnostic, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

Kind = Literal["csv", "xlsx", "jsonl"]

MOST_LINE = 1_000_000
_MOST_COLUMNS = 200
# The header is looked for in so many rows.
_HEAD = 20
_ZIP = b"PK"
_NO_ROSTERS = {
    b"\xd0\xcf\x11\xe0": ("is an old workbook (.xls)", "open it, and save it as .xlsx or CSV"),
    b"%PDF": ("is a PDF", "export the list as CSV or as a workbook"),
    b"<": ("is a web page, whatever it is called", "open it in a spreadsheet, and save it as .xlsx or CSV"),
}
# In text that was taken for Western: bytes that mean nothing there, and signs that stand in no word (£ukasz, AndrŽ).
_LETTER = rb"A-Za-z\xc0-\xff"
_NOT_WESTERN = re.compile(
    rb"[\x81\x8d\x8f\x90\x9d]|["
    + _LETTER
    + rb"][\xa3\xa5\xaf\xb9\xbc\xbe\xbf]|[\xa3\xa5\xaf\xb3]["
    + _LETTER
    + rb"]|[A-LN-Za-ln-z\xc0-\xff]\xb3|[a-z][\x87\x8e]|[A-Za-z][\x82\xa4]"
)
# What no header has for a name.
_NO_NAME = re.compile(r"(?=.*\d)[\d\s.,/:+()-]+")


class RowProblem(Struct, frozen=True):
    """What is wrong with a row: a code of docs/errors.md, a column, words. A value of the row is in none of them."""

    code: str
    message: str
    column: str = ""
    hint: str = ""


Record: TypeAlias = "tuple[int, list[str] | RowProblem]"


class Row(Struct, frozen=True):
    """A row's cells by the roster's own header, or what is wrong with it."""

    number: int
    cells: Mapping[str, str] = {}
    problem: RowProblem | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it, not even a problem."""
        return not self.problem and not any(value.strip() for value in self.cells.values())


class Roster:
    """A roster, read from the first row on each time that it is iterated over. The stream is a real file.

    `header` has the columns as the roster names them (for JSONL: the keys of all its lines, and in `lines` where each
    stands first); `encoding` is how its bytes are read; `about` is how many rows it has, more or less; `notes` are what
    whoever prints it should look at. A `kind` of text is taken as it is said, or else found out. Raises UsageError for
    what is no roster at all.
    """

    def __init__(
        self,
        stream: BinaryIO,
        kind: Kind | None,
        shown_as: str,
        *,
        encoding: str | None = None,
        sheet: str | None = None,
        names: Naming | None = None,
    ) -> None:
        self._stream = stream
        self._names = names or Naming()
        self.shown_as = shown_as
        self.kind = self._kind(kind)
        self.encoding = ""
        self.about = 0
        self.notes: tuple[str, ...] = ()
        self.lines: dict[str, int] = {}
        self.header: tuple[str, ...] = ()
        self._header_row = 0
        self._separator = ""
        self._book = Workbook(self._bytes, sheet, self.error) if self.kind == "xlsx" else None
        if not self._book:
            self.encoding = self._encoding(encoding)
        try:
            self._find_header()
        except UnicodeError:  # not in that encoding at all; elsewhere what cannot be decoded is a row's problem
            raise self.error("U142", f"is not text in {self.encoding}", "save it as UTF-8") from None
        if not self._has_rows():
            raise self.error("U142", "names columns, and has no row below them", "is it the file that was meant?")
        if self._book and sheet is None and len(self._book.sheets) > 1:
            there = ", ".join(f'"{name}"' for name in self._book.sheets)
            self.notes += (f'the sheet "{self._book.sheet}" is read, of {there}; --sheet chooses another',)
        if self.encoding == "cp1252" and not encoding:
            self.notes += (self._about_encoding(),)

    def __iter__(self) -> Iterator[Row]:
        rows = self._jsonl_rows() if self.kind == "jsonl" else self._table_rows()
        return (row for row in rows if not row.is_empty)

    def error(self, code: str, message: str, hint: str = "") -> UsageError:
        """A problem of the roster as a whole."""
        return UsageError(Diagnostic(code, message, hint, self.shown_as))

    # ------------------------------------------------------------------ bytes

    def _kind(self, wanted: Kind | None) -> Kind:
        with self._bytes() as stream:
            start = stream.read(100).removeprefix(codecs.BOM_UTF8).lstrip()
        if start.startswith(_ZIP):
            return "xlsx"
        for mark, (message, hint) in _NO_ROSTERS.items():
            if start.startswith(mark):
                raise self.error("U142", message, hint)
        if wanted == "xlsx":
            raise self.error("U142", "is no workbook", "leave --format out: what it is, is found out")
        is_json = start.startswith(b"{") or self.shown_as.casefold().endswith(".jsonl")
        return wanted or ("jsonl" if is_json else "csv")

    def _encoding(self, wanted: str | None) -> str:
        """How the bytes are read: as asked for, by their mark, as UTF-8, or as Windows writes Western text.

        Counts the lines by the way. Where more of them are not UTF-8 than are, it was Windows, or else single rows are
        damaged. Raises UsageError where it was not Western text either: names would be others.
        """
        right = wrong = odd = 0
        with self._bytes() as stream:
            mark = stream.read(2)
            stream.seek(0)
            while line := stream.readline(MOST_LINE):
                self.about += max(1, line.count(b"\r"))  # some programs end lines in these alone
                if not line.isascii():
                    try:
                        line.decode()
                        right += 1
                    except UnicodeDecodeError:
                        wrong += 1
                        odd = odd or (self.about if _NOT_WESTERN.search(line) else 0)
        if wanted:
            try:
                "a".encode(wanted)  # not every codec is one of text
                name = codecs.lookup(wanted).name
            except (LookupError, UnicodeError):
                raise self.error("U143", "there is no such --encoding", "for example utf-8 or cp1252") from None
            return "utf-8-sig" if name == "utf-8" else name
        if mark in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
            return "utf-16"
        if wrong <= right:
            return "utf-8-sig"
        if odd:
            message = f"is not UTF-8, and line {odd} is not as Windows writes Western names: they would print wrong"
            hint = (
                "save it as CSV UTF-8; or name what it was saved in: --encoding cp1250 (Central Europe), cp1254 "
                "(Turkey), cp1251 (Cyrillic), mac-roman or cp850 (DOS), or cp1252 where it is right all the same"
            )
            raise self.error("U143", message, hint)
        return "cp1252"

    def _about_encoding(self) -> str:
        """What to look at where the encoding is a guess."""
        accented = (row.number for row in self if not all(map(str.isascii, row.cells.values())))
        row = next(accented, None)
        where = f", row {row} for example" if row else ""
        return (
            f"the roster is read as {self.encoding}: look at a name with an accent{where}; if it is wrong there, save "
            "the roster as CSV UTF-8, or name what it was saved in: --encoding cp1250 or mac-roman"
        )

    def _bytes(self) -> BinaryIO:
        """The file from its beginning; closing it leaves the roster's own stream open."""
        stream = os.fdopen(os.dup(self._stream.fileno()), "rb")
        stream.seek(0)
        return stream

    def _lines(self) -> Iterator[str]:
        """The lines with their ends. What cannot be decoded becomes what `is_text` knows for none."""
        errors = "replace" if self.encoding.startswith("utf-16") else "surrogateescape"
        with io.TextIOWrapper(self._bytes(), self.encoding, errors=errors, newline="") as text:
            while line := text.readline(MOST_LINE):
                yield line
                while len(line) == MOST_LINE and not line.endswith("\n"):  # the rest of it is no row
                    line = text.readline(MOST_LINE)

    # ------------------------------------------------------------------ the header

    def _find_header(self) -> None:
        """Set the header, and the separator of text. Raises UsageError where there is none."""
        if self.kind == "jsonl":
            self._find_keys()
        elif self._book:
            self._use_header(self._book.records)
            self.about = self._book.rows
        else:
            from handouts.batch.texts import separator_of, text_records

            self._separator = separator_of(self._lines(), _HEAD, self._names)
            self._use_header(partial(text_records, self._lines, self._separator))

    def _use_header(self, records: Callable[[], Iterator[Record]]) -> None:
        head = list(islice(records(), _HEAD))
        rows = [(number, named(cells)) for number, cells in head if isinstance(cells, list)]
        rows = [(number, names) for number, names in rows if names]
        if not rows:
            problem = next((found for _, found in head if isinstance(found, RowProblem)), None)
            if problem:
                raise self.error("U142", f"row 1: {problem.message}", problem.hint)
            raise self._without_header("is empty")
        # The first row may name many columns that nobody knows; one further down is the header only when it has most.
        scores = [header_score(names, self._names) for _, names in rows]
        likely = [
            index
            for index, (_, names) in enumerate(rows)
            if scores[index]
            and (not index or (2 * scores[index] >= len(names) and scores[index] >= min(2, len(names))))
        ]
        if not likely:
            raise self._without_header("has no row that names the columns")
        number, header = rows[max(likely, key=lambda index: (scores[index], -index))]
        self.header, self._header_row = header[:_MOST_COLUMNS], number
        if number > rows[0][0]:
            self.notes += (f"row {number} names the columns; what stands above it is passed over",)

    def _without_header(self, message: str) -> UsageError:
        """What to do is said without a word of the first row: it may be a patient."""
        hint = (
            "the first row says what each column holds: patient, date, topic …; if yours has other names, say what "
            'they mean: --column patient="Name in your roster"'
        )
        if self._book and len(self._book.sheets) > 1:
            message = f'the sheet "{self._book.sheet}" {message}'
            hint = f"choose one with --sheet: {', '.join(self._book.sheets)}; {hint}"
        return self.error("U142", message, hint)

    def _find_keys(self) -> None:
        for row in self._jsonl_rows():
            for key in row.cells:
                self.lines.setdefault(key, row.number)
            if len(self.lines) > _MOST_COLUMNS:
                raise self.error("U142", f"has more than {_MOST_COLUMNS} different keys")
        self.header = tuple(self.lines)
        if not self.header:
            raise self.error("U142", "is empty", 'a JSON object on each line: {"patient": "…", "topic": "…"}')

    def _has_rows(self) -> bool:
        return next(iter(self), None) is not None

    # ------------------------------------------------------------------ rows

    def _table_rows(self) -> Iterator[Row]:
        if self._book:
            records: Iterator[Record] = iter(self._book.records())
        else:
            from handouts.batch.texts import text_records

            records = text_records(self._lines, self._separator, len(self.header), self._header_row)
        for number, found in records:
            if number > self._header_row:
                yield self._row(number, found) if isinstance(found, list) else Row(number, problem=found)

    def _row(self, number: int, cells: list[str]) -> Row:
        columns = len(self.header)
        if any(cell.strip() for cell in cells[columns:]):
            hint = f"the header has {columns} columns: delete what stands to the right of them, or name its column"
            if self._separator:
                hint += f'; a cell that holds "{self._separator}" stands in quotation marks'
            return Row(number, problem=RowProblem("B202", "has a cell beside the table", hint=hint))
        if cells and len(cells) < columns and not self._book:
            message = f"has {len(cells)} cells, and the header has {columns}"
            hint = "is the row cut, or a line end in a cell that is not in quotation marks?"
            return Row(number, problem=RowProblem("B202", message, hint=hint))
        cells = [*cells, *[""] * (columns - len(cells))]
        for name, cell in zip(self.header, cells, strict=False):
            if isinstance(cell, SpreadsheetError):
                hint = "mend the formula, or write the value"
                return Row(number, problem=RowProblem("B202", "holds an error of the spreadsheet", name, hint))
            if not is_text(cell):
                message = f"holds bytes that are no text in {self.encoding.removesuffix('-sig')}"
                return Row(number, problem=RowProblem("B203", message, name, "save the roster as CSV UTF-8"))
        return Row(number, dict(zip(self.header, cells, strict=False)))

    def _jsonl_rows(self) -> Iterator[Row]:
        from handouts.batch.texts import json_cells

        for number, line in enumerate(self._lines(), 1):
            if line.strip():
                found = json_cells(line)
                yield Row(number, problem=found) if isinstance(found, RowProblem) else Row(number, found)


def named(cells: Sequence[str]) -> tuple[str, ...]:
    """A header, without empty columns at its end, as spreadsheets write them."""
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def header_score(names: Sequence[str], known: Naming) -> int:
    """How many of a row's cells name columns; none where one is a number or a date."""
    if any(_NO_NAME.fullmatch(name) for name in names):
        return 0
    return sum(known.knows(name) for name in names if name)


def is_text(text: str) -> bool:
    """Whether all of its bytes could be read."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" or character == "\ufffd" for character in text)
