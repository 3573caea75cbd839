"""Rows of a roster: CSV, XLSX or JSONL, from a file or from stdin, a row at a time.

A row that cannot be read is a row with a problem, and the ones behind it are read all the same. Rows have the numbers
that a spreadsheet shows: the header is row 1. Those of JSONL have the numbers of their lines.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import os
import zipfile
from collections import deque
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from msgspec import Struct

from handouts.errors import Diagnostic, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Kind = Literal["csv", "xlsx", "jsonl"]

SEPARATORS = ",;\t|"
# A quoted cell goes on over so many lines at most: beyond, its quotation mark was never closed.
_MOST_LINES = 100
_MOST_LINE = 1_000_000
_MOST_COLUMNS = 200
_MOST_UNPACKED = 2_000_000_000


class RowProblem(Struct, frozen=True):
    """What is wrong with a row: a code of docs/errors.md, a column, words. A value of the row is in none of them."""

    code: str
    message: str
    column: str = ""
    hint: str = ""


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

    `header` has the columns as the roster names them (for JSONL: the keys of all its lines); `encoding` is how its
    bytes are read; `about` is how many rows it has, more or less. Raises UsageError for what is no roster at all.
    """

    def __init__(
        self, stream: BinaryIO, kind: Kind, shown_as: str, *, encoding: str | None = None, sheet: str | None = None
    ) -> None:
        self._stream = stream
        self._sheet = sheet
        self.kind = kind
        self.shown_as = shown_as
        self.encoding = ""
        self.about = 0
        self._separator = ","
        if kind == "xlsx":
            self.header = self._first_of_sheet()
        else:
            self.encoding = self._encoding(encoding)
            try:
                self.header = self._keys() if kind == "jsonl" else self._first_of_text()
            except UnicodeDecodeError:  # of UTF-16; elsewhere what cannot be decoded is a row's problem
                raise self.error("U142", f"is not text in {self.encoding}", "save it as UTF-8") from None
        if not self.header:
            raise self.error("U142", "is empty", "the first row names the columns: topic, audience, patient …")

    def __iter__(self) -> Iterator[Row]:
        rows = {"csv": self._csv_rows, "jsonl": self._jsonl_rows, "xlsx": self._xlsx_rows}[self.kind]()
        return (row for row in rows if not row.is_empty)

    def error(self, code: str, message: str, hint: str = "") -> UsageError:
        """A problem of the roster as a whole."""
        return UsageError(Diagnostic(code, message, hint, self.shown_as))

    # ------------------------------------------------------------------ text

    def _encoding(self, wanted: str | None) -> str:
        """How the bytes are read: as asked for, by their mark, as UTF-8, or as Windows writes Western text.

        Counts the lines by the way. Where more of them are not UTF-8 than are, it was Windows, or else single rows are
        damaged.
        """
        if wanted:
            try:
                return codecs.lookup(wanted).name
            except LookupError:
                raise self.error("U143", "there is no such --encoding", "for example utf-8 or cp1252") from None
        right = wrong = 0
        with self._bytes() as stream:
            mark = stream.read(2)
            if mark in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
                return "utf-16"
            while line := stream.readline(_MOST_LINE):
                self.about += 1
                if not line.isascii():
                    try:
                        line.decode()
                        right += 1
                    except UnicodeDecodeError:
                        wrong += 1
        return "cp1252" if wrong > right else "utf-8-sig"

    def _bytes(self) -> BinaryIO:
        """The file from its beginning; closing it leaves the roster's own stream open."""
        stream = os.fdopen(os.dup(self._stream.fileno()), "rb")
        stream.seek(0)
        return stream

    def _lines(self) -> Iterator[str]:
        """The lines with their ends. What cannot be decoded becomes surrogates, which no text of worth has."""
        with io.TextIOWrapper(self._bytes(), self.encoding, errors="surrogateescape", newline="") as text:
            while line := text.readline(_MOST_LINE):
                yield line

    # ------------------------------------------------------------------ CSV

    def _first_of_text(self) -> tuple[str, ...]:
        """The header; finds the separator that makes the most columns of it."""
        for _, cells in self._records(self._lines_below_mark()):
            if isinstance(cells, RowProblem):
                raise self.error("U142", f"row 1: {cells.message}", cells.hint)
            return _named(cells)
        return ()

    def _lines_below_mark(self) -> Iterator[str]:
        """The lines, without the one in which Excel is told the separator; sets the separator."""
        lines = self._lines()
        first = next(lines, "")
        if first.casefold().startswith("sep=") and len(first.strip()) == len("sep=") + 1:
            self._separator = first[len("sep=")]
            first = next(lines, "")
        else:
            self._separator = max(SEPARATORS, key=lambda each: len(next(csv.reader([first], delimiter=each), ())))
        yield first
        yield from lines

    def _records(self, lines: Iterator[str]) -> Iterator[tuple[int, list[str] | RowProblem]]:
        """Each record with its number. A quotation mark that is never closed costs its own row and no other."""
        ahead: deque[str] = deque()
        number = 0
        columns = len(getattr(self, "header", ()))
        while line := ahead.popleft() if ahead else next(lines, ""):
            number += 1
            taken = [line]
            quotes = line.count('"')
            while quotes % 2 and len(taken) < _MOST_LINES and (more := ahead.popleft() if ahead else next(lines, "")):
                taken.append(more)
                quotes += more.count('"')
            found = self._record(taken)
            if len(taken) > 1 and (isinstance(found, RowProblem) or (columns and not _fits(found, columns))):
                ahead.extendleft(reversed(taken[1:]))
                found = self._record([line])
            yield number, found

    def _record(self, lines: list[str]) -> list[str] | RowProblem:
        if len(lines[0]) == _MOST_LINE:
            return RowProblem("B202", f"is longer than {_MOST_LINE:,} characters")
        try:
            rows = list(csv.reader(lines, delimiter=self._separator, strict=True))
        except csv.Error:
            hint = 'a cell with a quotation mark in it is written "so ""and"" so"'
            return RowProblem("B202", "a quotation mark is not closed, or a cell is too long", hint=hint)
        return rows[0] if len(rows) == 1 else RowProblem("B202", "a quotation mark is not closed")

    def _csv_rows(self) -> Iterator[Row]:
        for number, found in self._records(self._lines_below_mark()):
            if number > 1:
                yield self._row(number, found) if isinstance(found, list) else Row(number, problem=found)

    def _row(self, number: int, cells: list[str]) -> Row:
        if cells and not _fits(cells, len(self.header)):
            message = f"has {len(cells)} cells, and the header has {len(self.header)}"
            hint = f'a cell that holds "{self._separator}" stands in quotation marks'
            return Row(number, problem=RowProblem("B202", message, hint=hint))
        for name, cell in zip(self.header, cells, strict=False):
            if not _is_text(cell):
                message = f"holds bytes that are no text in {self.encoding.removesuffix('-sig')}"
                return Row(number, problem=RowProblem("B203", message, name, "save the roster as UTF-8"))
        return Row(number, dict(zip(self.header, cells, strict=False)))

    # ------------------------------------------------------------------ JSON lines

    def _keys(self) -> tuple[str, ...]:
        keys: dict[str, None] = {}
        for row in self._jsonl_rows():
            keys.update(dict.fromkeys(row.cells))
            if len(keys) > _MOST_COLUMNS:
                raise self.error("U142", f"has more than {_MOST_COLUMNS} different keys")
        return tuple(keys)

    def _jsonl_rows(self) -> Iterator[Row]:
        for number, line in enumerate(self._lines(), 1):
            if not line.strip():
                continue
            try:
                found = json.loads(line, object_pairs_hook=_unique, parse_constant=_no_constant)
            except (ValueError, RecursionError):
                problem = RowProblem("B202", "is no JSON object on a line of its own", hint='{"patient": "…"}')
                yield Row(number, problem=problem)
                continue
            if not isinstance(found, dict):
                yield Row(number, problem=RowProblem("B202", "is no JSON object"))
                continue
            yield self._json_row(number, found)

    def _json_row(self, number: int, found: dict[str, Any]) -> Row:
        cells: dict[str, str] = {}
        for name, value in found.items():
            if isinstance(value, dict | list):
                return Row(number, problem=RowProblem("B202", "holds more than a text or a number", name))
            cells[name] = "" if value is None else str(value)
        broken = next((name for name, cell in cells.items() if not _is_text(cell)), None)
        if broken is not None:
            return Row(number, problem=RowProblem("B203", "holds what is no text", broken, "save it as UTF-8"))
        return Row(number, cells)

    # ------------------------------------------------------------------ XLSX

    def _sheet_rows(self) -> Iterator[tuple[Any, ...]]:
        with self._bytes() as stream:
            try:
                yield from self._opened_sheet(stream).iter_rows()
            except UsageError:
                raise
            except Exception:  # noqa: BLE001  a damaged workbook fails in many ways, with a patient's words in some
                hint = "open it, and save it anew or as CSV"
                raise self.error("U142", "cannot be read as a workbook", hint) from None

    def _opened_sheet(self, stream: BinaryIO) -> Any:
        import openpyxl

        with zipfile.ZipFile(stream) as parts:
            if sum(part.file_size for part in parts.infolist()) > _MOST_UNPACKED:
                raise self.error("U142", "is too large a workbook", "save it as CSV")
        stream.seek(0)
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        if self._sheet is None:
            return book.active
        if self._sheet not in book.sheetnames:
            raise self.error("U142", "has no sheet of the name that --sheet says")
        return book[self._sheet]

    def _first_of_sheet(self) -> tuple[str, ...]:
        rows = self._sheet_rows()
        first = next(rows, ())
        self.about = (first[0].parent.max_row or 0) if first else 0
        return _named([_cell_text(cell) for cell in first[:_MOST_COLUMNS]])

    def _xlsx_rows(self) -> Iterator[Row]:
        rows = self._sheet_rows()
        next(rows, None)
        for number, row in enumerate(rows, 2):
            named = list(zip(self.header, row, strict=False))
            broken = next((name for name, cell in named if cell.data_type == "e"), None)
            if broken is not None:
                yield Row(number, problem=RowProblem("B202", "holds an error of the spreadsheet", broken))
            elif any(_cell_text(cell) for cell in row[len(self.header) :]):
                yield Row(number, problem=RowProblem("B202", "has cells behind the last column of the header"))
            else:
                yield Row(number, {name: _cell_text(cell) for name, cell in named})


def _named(cells: list[str]) -> tuple[str, ...]:
    """A header, without empty columns at its end, as spreadsheets write them."""
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _fits(cells: list[str], columns: int) -> bool:
    """Whether there is a cell for each column, and none behind the last but empty ones."""
    return len(cells) >= columns and not any(cell.strip() for cell in cells[columns:])


def _is_text(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a key stands there twice")
    return dict(pairs)


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _cell_text(cell: Any) -> str:
    """A cell as its reader sees it: whole numbers without a decimal point, dates as year-month-day."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value).removesuffix(" 00:00:00").removesuffix(":00")
    return str(value).strip()
