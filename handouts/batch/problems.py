"""What a row's handout failed on, in words for a front desk that hold nothing of its cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handouts.batch.headers import COLUMNS
from handouts.batch.roster import RowProblem
from handouts.person import FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.errors import Diagnostic

# The person's, whom the values must not leave.
PERSONAL = (*FIELDS, "note", "password", "patient-reference")
# What a row chooses by a name that was looked up: such names are in the library, and no secret.
NAMED = ("topic", "bundle", "audience", "template", "edition", "paper", "language", "brand", "plan")
_OPTION = re.compile(r"--([a-z][a-z-]*)[:\s]\s*")
# The column that a problem is of, and what to say where the message itself repeats a part of the row.
_OF: dict[str, tuple[str, str, str]] = {
    "U101": ("", "names what there is not", "look at topic, sections, skip and exercises of this row"),
    "U102": ("skip", "warning signs cannot be left out", "leave their section out of this cell"),
    "U104": ("max-pages", "is too small", "a whole number from 1"),
    "U106": ("items", "cannot be read", "a number, all, or causes=10,symptoms=all"),
    "U111": ("exercises", "cannot be read", "bridge:2x10,cat-camel or half-kneeling-stretch:3x30s@2/day"),
    "U112": ("exercises", "exercises are picked twice, or their section is left out", "empty one of the two cells"),
    "U113": ("plan", "this plan is for another topic", "empty the cell, or choose another plan"),
    "U118": ("note", "holds what a handout cannot show: a title, a picture, a table", "write plain words and lists"),
    "U119": ("template", "the topic has nothing for this template", "choose another template"),
    "C222": ("audience", "this audience has no name in the language", "choose another audience, or language"),
    "C313": ("language", "a part of this handout is not translated", "empty the cell, or leave the part out"),
    "F105": ("note", "no typeface here has one of its characters", "write it in letters, without pictures"),
    "U103": ("", "holds a sign that nobody sees, or is too long", "delete it all, and type it"),
    "F103": ("", "no typeface here has one of its letters", "write it in Latin letters"),
    "L103": ("", "is too long for its line", "shorten it"),
    "L104": ("max-pages", "is too small for the warning signs", "a larger number, or empty the cell"),
    "R38": ("exercises", "are more than anybody does", "pick those that matter most"),
}
# Their own messages repeat nothing but what the library has, and say more; those of some repeat nothing at all.
_AS_IT_IS = frozenset({"U101", "U103", "F103", "L103", "L104"})
_REPEAT_NOTHING = _AS_IT_IS - {"U101"}


class RowError(Exception):
    """A row that cannot be made, and all that is wrong with it."""

    def __init__(self, *problems: RowProblem) -> None:
        self.problems = problems
        super().__init__(*(problem.code for problem in problems))


def problem_of(diagnostic: Diagnostic, cells: Mapping[str, str]) -> RowProblem:
    """What a row's handout failed on, in words that hold nothing of its cells.

    Messages put what they repeat into quotation marks: one that repeats a part of a cell, or a person's value anywhere,
    gives way to the words for its code. The names that a row chooses by were looked up before, and are no secret.
    """
    option = _OPTION.match(diagnostic.message)
    column = option[1] if option and option[1] in COLUMNS else ""
    message = diagnostic.message[option.end() :] if option and column else diagnostic.message
    place = f"{diagnostic.place}: " if diagnostic.place else ""
    if diagnostic.code not in _REPEAT_NOTHING:
        message, hint = (_without_cells(text, cells) for text in (f"{place}{message}", diagnostic.hint))
    else:
        hint = diagnostic.hint
    of, said, advice = _OF.get(diagnostic.code, ("", f"see {diagnostic.code} in docs/errors.md", ""))
    column = column or (of if not of or cells.get(of, "").strip() else "")
    if diagnostic.code in _OF and (not message or diagnostic.code not in _AS_IT_IS):
        message, hint = said, advice
    return RowProblem(diagnostic.code, message or said, column, hint or advice)


def _without_cells(text: str, cells: Mapping[str, str]) -> str:
    """The text, or "" when a part of a cell is in it."""
    lowered = text.casefold()
    quoted = re.findall(r'"([^"]*)"', lowered)
    for column, cell in cells.items():
        value = cell.casefold()
        if column not in NAMED and any(each and (each in value or (value and value in each)) for each in quoted):
            return ""
        if column in PERSONAL and column != "note" and any(part in lowered for part in re.findall(r"\w{3,}", value)):
            return ""
    return text
