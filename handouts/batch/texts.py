"""Rows of text: CSV as spreadsheets and other programs write it, and objects of JSON on lines of their own."""

from __future__ import annotations

import csv
import json
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Any

from handouts.batch.roster import MOST_LINE, RowProblem, header_score, is_text, named
from handouts.library.clinic import folded_header

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handouts.batch.headers import Naming
    from handouts.batch.roster import Record

SEPARATORS = ",;\t|"
# A quoted cell goes on over so many lines at most: beyond, its quotation mark was never closed.
_MOST_LINES = 100
# Columns that hold several names: a list in JSON is as good as commas.
_LISTS = frozenset({"exercises", "sections", "skip", "items"})


def separator_of(lines: Iterator[str], head: int, names: Naming) -> str:
    """What stands between the cells: what makes a header of one of the first lines, or else the most cells of them.

    A first line that tells it to Excel (`sep=;`) is believed.
    """
    first = list(islice(lines, head))
    if first and (told := _told_separator(first[0])):
        return told

    def worth(separator: str) -> tuple[int, int]:
        rows = [named(_cells(line, separator)) for line in first]
        return max((header_score(row, names), len(row)) for row in rows)

    return max(SEPARATORS, key=worth) if first else SEPARATORS[0]


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:  # a cell that is too long
        return []


def _told_separator(line: str) -> str:
    told = line.strip("\r\n")
    return told[-1] if told[:-1].casefold() == "sep=" else ""


def text_records(
    lines_of: Callable[[], Iterator[str]], separator: str, columns: int = 0, header_row: int = 0
) -> Iterator[Record]:
    """Each record with its number; the line in which Excel is told the separator is none.

    A quotation mark that is never closed costs its own row and no other. `columns` is how many a row below the header
    has, where that is known.
    """
    lines = lines_of()
    first = next(lines, "")
    ahead: deque[str] = deque([] if _told_separator(first) or not first else [first])
    number = 0
    while line := ahead.popleft() if ahead else next(lines, ""):
        number += 1
        taken = [line]
        quotes = line.count('"')
        while quotes % 2 and len(taken) < _MOST_LINES and (more := ahead.popleft() if ahead else next(lines, "")):
            taken.append(more)
            quotes += more.count('"')
        found = _record(taken, separator)
        if isinstance(found, RowProblem):
            wrong = True
        elif columns and number > header_row and len(found) < columns:  # cut, or did a cell swallow whole rows?
            wrong = any(more.count(separator) >= columns - 1 for more in taken[1:])
        else:
            wrong = bool(columns) and number > header_row and not _fits(found, columns)
        if len(taken) > 1 and wrong:
            ahead.extendleft(reversed(taken[1:]))
            found = _record([line], separator)
        yield number, found


def _record(lines: list[str], separator: str) -> list[str] | RowProblem:
    if len(lines[0]) == MOST_LINE:
        return RowProblem("B202", f"is longer than {MOST_LINE:,} characters")
    try:
        rows = list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error:
        hint = 'a cell with a quotation mark in it is written "so ""and"" so"'
        return RowProblem("B202", "a quotation mark is not closed, or a cell is too long", hint=hint)
    return rows[0] if len(rows) == 1 else RowProblem("B202", "a quotation mark is not closed")


def _fits(cells: list[str], columns: int) -> bool:
    """Whether there is a cell for each column, and none behind the last but empty ones."""
    return len(cells) >= columns and not any(cell.strip() for cell in cells[columns:])


def json_cells(line: str) -> dict[str, str] | RowProblem:
    """The cells of an object on one line."""
    try:
        found = json.loads(line, object_pairs_hook=_unique, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return RowProblem("B202", "is no JSON object on a line of its own", hint='{"patient": "…"}')
    if not isinstance(found, dict):
        return RowProblem("B202", "is no JSON object", hint='{"patient": "…"}')
    cells: dict[str, str] = {}
    for name, value in found.items():
        if isinstance(value, list) and folded_header(name) in _LISTS and all(isinstance(each, str) for each in value):
            cells[name] = ",".join(value)
        elif isinstance(value, dict | list):
            return RowProblem("B202", "holds more than a text or a number", name)
        else:
            cells[name] = "" if value is None else str(value)
    broken = next((name for name, cell in cells.items() if not is_text(cell)), None)
    return cells if broken is None else RowProblem("B203", "holds what is no text", broken, "save it as UTF-8")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a key stands there twice")
    return dict(pairs)


def _no_constant(name: str) -> None:
    raise ValueError(name)
