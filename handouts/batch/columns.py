"""What the columns of a roster mean, and what a row asks for.

A column that nobody knows stops the batch before anything is written: a misspelled `pateint` must not print two hundred
sheets without a name. What a row leaves empty comes from the options of the command and from the clinic's defaults.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, get_args

from msgspec import Struct
from msgspec.structs import replace

from handouts.batch.roster import RowProblem
from handouts.errors import Diagnostic, UsageError, nearest
from handouts.library.shapes import MOST_WEEKS
from handouts.looks import EditionName, PaperName
from handouts.person import unprintable
from handouts.prescriptions import parse_prescriptions
from handouts.selection import read_limits, read_names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handouts.batch.roster import Roster
    from handouts.library import Library
    from handouts.making import Order
    from handouts.person import Person

# The person's, whom the values must not leave.
PERSONAL = ("patient", "date", "clinician", "phone", "next-visit", "note", "password", "patient-reference")
_CHOICES = ("sections", "skip", "items", "exercises", "weeks")
_NAMED = ("topic", "audience", "template", "edition", "paper", "language", "brand", "plan")
COLUMNS = (*_NAMED, *_CHOICES, "max-pages", *PERSONAL)
_MOST_CHARACTERS = 10_000
_OPTION = re.compile(r"--([a-z][a-z-]*)[:\s]\s*")


class RowError(Exception):
    """A row that cannot be made, and why."""

    def __init__(self, problem: RowProblem) -> None:
        self.problem = problem
        super().__init__(problem.code)


class Wish(Struct, frozen=True):
    """What a row asks for: an order, and what belongs to one person alone."""

    order: Order
    person: Person
    password: str = ""
    reference: str = ""
    bundle: str = ""


def meanings(roster: Roster) -> dict[str, str]:
    """The column of `COLUMNS` that each of the roster's own names; capitals, spaces and underscores do not matter.

    Raises UsageError for those that name none, or one twice.
    """
    found: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for number, name in enumerate(roster.header, 1):
        column = re.sub(r"[\s_]+", "-", name.strip().casefold())
        if column not in COLUMNS:
            shown = f'"{name[:40]}"' if name.strip() else f"number {number}, without a name,"
            hint = f"{nearest(column, COLUMNS)}; the columns are {', '.join(COLUMNS)}"
            problems.append(Diagnostic("U144", f"the column {shown} is not known", hint, roster.shown_as))
        elif column in found.values():
            problems.append(Diagnostic("U144", f'the column "{column}" is there twice', "", roster.shown_as))
        found[name] = column
    if problems:
        raise UsageError(problems)
    return found


def wish(library: Library, base: Order, person: Person, cells: Mapping[str, str]) -> Wish:
    """What a row asks for: `base` and `person` (of the command's options) with the row's cells before them.

    `cells` are by column. Raises RowError.
    """
    given = {column: value.strip() for column, value in cells.items() if value.strip()}
    for column, value in given.items():
        if unprintable(value):
            raise RowError(RowProblem("B205", "holds a control character, or a sign that turns the text", column))
        if len(value) > _MOST_CHARACTERS:
            raise RowError(RowProblem("B205", f"is longer than {_MOST_CHARACTERS:,} characters", column))
    named = _named(library, given)
    order = replace(base, **named, **{key: given[key] for key in ("note",) if key in given})
    order = replace(order, choices=replace(base.choices, **_choices(given)))
    if not order.topic:
        raise RowError(RowProblem("B204", "is empty", "topic", "fill it in, or name a --topic for all"))
    values = {
        key.replace("-", "_"): given[key]
        for key in ("patient", "date", "clinician", "phone", "next-visit")
        if key in given
    }
    return Wish(order, replace(person, **values), given.get("password", ""), given.get("patient-reference", ""))


def _named(library: Library, given: Mapping[str, str]) -> dict[str, Any]:
    """What a row chooses by a name that must be there. The name itself is not repeated: it may be a person's."""
    known: dict[str, Callable[[], Any]] = {
        "topic": lambda: library.topic_ids,
        "audience": lambda: library.audience_ids,
        "template": lambda: library.template_ids,
        "brand": lambda: library.brand_ids,
        "plan": lambda: library.plan_ids,
        "language": lambda: library.language_ids,
        "edition": lambda: [each for each in get_args(EditionName) if each != "report"],
        "paper": lambda: get_args(PaperName),
    }
    found: dict[str, Any] = {}
    for column, names in known.items():
        if column in given:
            if given[column] not in names():
                hint = f"one of {', '.join(sorted(names()))}"
                raise RowError(RowProblem("B204", f"there is no {column} of the name given", column, hint))
            found[column] = given[column]
    if "max-pages" in given:
        found["max_pages"] = _number(given, "max-pages", 100)
    return found


def _number(given: Mapping[str, str], column: str, most: int) -> int:
    text = given[column]
    if not re.fullmatch(r"[0-9]{1,6}", text) or not 1 <= int(text) <= most:
        raise RowError(RowProblem("B204", f"is no whole number from 1 to {most}", column))
    return int(text)


def _choices(given: Mapping[str, str]) -> dict[str, Any]:
    read: dict[str, Callable[[str], Any]] = {
        "sections": read_names,
        "skip": read_names,
        "items": read_limits,
        "exercises": parse_prescriptions,
        "weeks": lambda _: _number(given, "weeks", MOST_WEEKS),
    }
    found: dict[str, Any] = {}
    for column in _CHOICES:
        if column in given:
            try:
                found[column] = read[column](given[column])
            except UsageError as error:
                problem = error.diagnostics[0]
                hint = problem.hint
                raise RowError(RowProblem(problem.code, "cannot be read", column, hint)) from None
    return found


def problem_of(diagnostic: Diagnostic, cells: Mapping[str, str]) -> RowProblem:
    """What a row's handout failed on, in words that hold nothing of its cells.

    Messages put what they repeat into quotation marks: one that repeats a part of a cell, or a person's value anywhere,
    is left out for its code. The names that a row chooses by were looked up before, and are no secret.
    """
    option = _OPTION.match(diagnostic.message)
    column = option[1] if option and option[1] in COLUMNS else ""
    message = diagnostic.message[option.end() :] if option and column else diagnostic.message
    place = f"{diagnostic.place}: " if diagnostic.place else ""
    message, hint = (_without_cells(text, cells) for text in (f"{place}{message}", diagnostic.hint))
    return RowProblem(diagnostic.code, message or f"see {diagnostic.code} in docs/errors.md", column, hint)


def _without_cells(text: str, cells: Mapping[str, str]) -> str:
    """The text, or "" when a part of a cell is in it."""
    folded = text.casefold()
    quoted = re.findall(r'"([^"]*)"', folded)
    for column, cell in cells.items():
        value = cell.casefold()
        if column not in _NAMED and any(each and (each in value or (value and value in each)) for each in quoted):
            return ""
        if column in PERSONAL and column != "note" and any(part in folded for part in re.findall(r"\w{3,}", value)):
            return ""
    return text
