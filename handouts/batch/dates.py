"""Dates as rosters have them, read strictly: a 3/4/2026 that is guessed wrong is a visit that a patient misses."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from handouts.library.languages import NO_TIME

if TYPE_CHECKING:
    from collections.abc import Callable

    from handouts.library.clinic import DateOrder

# Dates of a visit and of the next one that are further away are slips of the keyboard, or not dates at all.
MOST_YEARS = 2
_CENTURY = 2000
# A time of day that is certain: with am or pm, or of 24 hours (two digits), and nothing behind it that says otherwise,
# as the end of a slot does. Another one stays as it is written. Only a program's own form has a time zone.
_TIME = (
    r"(?:(?:"
    r"T(?P<hour>\d{2}):(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?"
    r"|,? +(?P<hour_24>\d{2}):(?P<minute_24>\d{2})(?::\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?"
    r"|,? +(?P<hour_12>\d{1,2}):(?P<minute_12>\d{2})(?::\d{2})? ?(?P<half>[AaPp])(?:[Mm]|\.[Mm]\.)"
    rf")(?![^\s,;])(?!{NO_TIME}))?"
)
_REST = r"(?P<rest>[\s,;].*)?"
_YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})([-./])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}}){_TIME}{_REST}")
_NUMBERS = re.compile(rf"(?P<first>\d{{1,4}})([-./])(?P<second>\d{{1,2}})\2(?P<third>\d{{1,4}}){_TIME}{_REST}")
# A month by its name, in any language of the library: 26-Nov-2026, November 26th, 2026, 26 de noviembre de 2026.
_NAME = r"(?P<name>[^\W\d_]{3,})\.?"
_NAMED = [
    re.compile(rf"(?P<day>\d{{1,2}})\.?(?: de)?[ /-]?{_NAME}(?: de)?,?[ /-]?(?P<year>\d{{4}}|\d{{2}}){_TIME}{_REST}"),
    re.compile(rf"{_NAME}[ -](?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? |-)(?P<year>\d{{4}}){_TIME}{_REST}"),
]
_NO_YEAR = re.compile(r"\d{1,2}[-./]\d{1,2}[-./]?")
_COUNT = re.compile(r"\d+(?:[.,]\d+)?")
_ORDERS = {"mdy": "month, day, year", "dmy": "day, month, year", "ymd": "year, month, day"}
_WRITE = "write it as 2026-11-26"


class NoDateError(ValueError):
    """A date that cannot be printed: why, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def read_date(
    text: str, order: DateOrder | None, today: dt.date, month_of: Callable[[str], int | None] = lambda _: None
) -> str | None:
    """The date of a cell as `2026-11-26` or `2026-11-26 14:30`; what follows it in the cell stays behind it.

    `month_of` knows the months' names. None for words ("tomorrow"), which print as they are. Raises NoDateError for
    numbers that are no date, or one that is not `order` though nobody knows another, and for a date more than
    MOST_YEARS years away.
    """
    text = " ".join(text.split())
    found = _YEAR_FIRST.fullmatch(text)
    if found:
        numbers = (found["year"], found["month"], found["day"])
        wrong = "is no day of the calendar"
    elif found := _NUMBERS.fullmatch(text):
        if order is None:
            hint = "say how the roster writes dates: --dates mdy for 11/26/2026, dmy for 26.11.2026"
            raise NoDateError("is a date in numbers whose order nobody knows", f"{hint}; or {_WRITE}")
        given = dict(zip(order, (found["first"], found["second"], found["third"]), strict=True))
        numbers = (given["y"], given["m"], given["d"])
        wrong = f"is no date in the order {_ORDERS[order]}"
    elif (found := _named(text)) and (month := month_of(found["name"])):
        year, day = found["year"], found["day"]
        if len(year) == 2:  # not surely a year
            if found["rest"]:
                return None
            year, day = (day, year) if order == "ymd" else (year, day)
        numbers = (year, str(month), day)
        wrong = "is no day of the calendar"
    elif _NO_YEAR.fullmatch(text):
        raise NoDateError("is a date without its year", _WRITE)
    elif _COUNT.fullmatch(text):
        raise NoDateError("is a number: spreadsheets count days so", f"format the column as a date, or {_WRITE}")
    else:
        return None
    try:
        day = _day(*numbers)
        time = _time(found)
    except ValueError:
        raise NoDateError(wrong, _WRITE) from None
    if abs((day - today).days) > MOST_YEARS * 366:
        raise NoDateError(f"is more than {MOST_YEARS} years away from today", f"look at its year, and {_WRITE}")
    return f"{day.isoformat()}{time}{found['rest'] or ''}"


def _named(text: str) -> re.Match[str] | None:
    return next(filter(None, (pattern.fullmatch(text) for pattern in _NAMED)), None)


def _day(year: str, month: str, day: str) -> dt.date:
    """The day. Raises ValueError for one that there is not, or for a year of neither 2 nor 4 digits."""
    if len(year) not in {2, 4} or len(month) > 2 or len(day) > 2:
        raise ValueError(year)
    return dt.date(int(year) + (_CENTURY if len(year) == 2 else 0), int(month), int(day))


def _time(found: re.Match[str]) -> str:
    """The time of day behind a date, or "". Raises ValueError for one that there is not."""
    if found["half"]:
        hour = int(found["hour_12"])
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour, minute = hour % 12 + 12 * (found["half"] in "Pp"), found["minute_12"]
    else:
        given, minute = found["hour"] or found["hour_24"], found["minute"] or found["minute_24"]
        if given is None:
            return ""
        hour = int(given)
    return f" {dt.time(hour, int(minute)).isoformat('minutes')}"
