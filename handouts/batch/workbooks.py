"""Rows of a workbook, as its reader sees them."""

from __future__ import annotations

import datetime as dt
import warnings
import zipfile
from typing import TYPE_CHECKING, Any

from handouts.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

_MOST_UNPACKED = 2_000_000_000
_MOST_ROWS = 1_048_576  # of a sheet, as Excel has it
_PARTS = ("xl/workbook.xml", "xl/workbook.bin")


class SpreadsheetError(str):
    """A cell whose formula went wrong."""

    __slots__ = ()


class Workbook:
    """The sheet of a workbook that was asked for, or the one that it opens with.

    `sheets` are the names of those that are not hidden. Raises UsageError for what is no workbook.
    """

    def __init__(
        self, bytes_of: Callable[[], BinaryIO], sheet: str | None, error: Callable[[str, str, str], UsageError]
    ) -> None:
        self._bytes = bytes_of
        self._sheet = sheet
        self._error = error
        self.sheets: tuple[str, ...] = ()
        self.sheet = ""
        self.rows = 0

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Each row's number and cells. Raises UsageError."""
        # openpyxl warns with what a cell holds.
        with self._bytes() as stream, self._bytes() as second, warnings.catch_warnings(action="ignore"):
            try:
                sheet = self._opened(stream)
                self.sheet, self.rows = sheet.title, sheet.max_row or 0  # what the file says of itself
                sheet.reset_dimensions()  # some programs write them wrong: cells beyond would be left out
                formulas = self._opened(second, values=False)
                formulas.reset_dimensions()
                both = zip(sheet.iter_rows(max_row=_MOST_ROWS), formulas.iter_rows(max_row=_MOST_ROWS), strict=True)
                for number, (row, written) in enumerate(both, 1):
                    yield number, [_text(*cells) for cells in zip(row, written, strict=True)]
            except UsageError:
                raise
            except Exception:  # noqa: BLE001  a damaged workbook fails in many ways, with a patient's words in some
                raise self._error(
                    "U142", "cannot be read as a workbook", "open it, and save it anew or as CSV"
                ) from None

    def _opened(self, stream: BinaryIO, *, values: bool = True) -> Any:
        """The sheet, with the values of its formulas or the formulas themselves."""
        import openpyxl

        with zipfile.ZipFile(stream) as parts:
            names = parts.namelist()
            if not any(part in names for part in _PARTS):
                raise self._error("U142", "is a zip file, and no workbook", "unpack it, and name the file in it")
            if _PARTS[1] in names:
                raise self._error("U142", "is a binary workbook (.xlsb)", "open it, and save it as .xlsx or CSV")
            if sum(part.file_size for part in parts.infolist()) > _MOST_UNPACKED:
                raise self._error("U142", "is too large a workbook", "save it as CSV")
        stream.seek(0)
        book = openpyxl.load_workbook(stream, read_only=True, data_only=values, keep_links=False)
        self.sheets = tuple(each.title for each in book.worksheets if each.sheet_state == "visible")
        if self._sheet is None:
            return book.active
        if self._sheet not in book.sheetnames:
            raise self._error("U142", "has no sheet of the name that --sheet says", f"it has {', '.join(self.sheets)}")
        return book[self._sheet]


def _text(cell: Any, written: Any) -> str:
    """A cell as its reader sees it: whole numbers without a decimal point, dates as year-month-day.

    A program that does not calculate writes formulas without their values: nobody knows what is in such a cell.
    """
    value = cell.value
    if value is None:
        return SpreadsheetError() if written.value is not None else ""
    if cell.data_type == "e":
        return SpreadsheetError(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        # Spreadsheets count in days: a time of day is a fraction that is a hair off.
        value = (value + dt.timedelta(milliseconds=500)).replace(microsecond=0)
    if isinstance(value, dt.date | dt.time):
        return str(value).removesuffix(" 00:00:00").removesuffix(":00")
    return str(value).replace("_x000D_", "").strip()
