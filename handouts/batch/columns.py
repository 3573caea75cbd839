"""What a row asks for: its cells before the options of the command, and all that is wrong with them at once."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, get_args

from msgspec import Struct
from msgspec.structs import replace

from handouts.batch.dates import NoDateError, read_date
from handouts.batch.headers import digits
from handouts.batch.health_records import REFERENCE
from handouts.batch.names import NoNameError, folded, id_of, month_of
from handouts.batch.problems import NAMED, RowError
from handouts.batch.roster import RowProblem
from handouts.errors import HandoutError, UsageError
from handouts.library.clinic import ValueColumn
from handouts.library.plans import exercise_ids, prescription_problems
from handouts.library.reviews import today
from handouts.library.shapes import MOST_WEEKS
from handouts.person import FIELDS, unprintable
from handouts.prescriptions import parse_prescriptions
from handouts.selection import Choices, read_limits, read_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handouts.library import Library, Topic
    from handouts.library.clinic import DateOrder
    from handouts.making import Order
    from handouts.person import Person

_CHOICES = ("sections", "skip", "items", "exercises", "weeks", "max-pages")
_DECIDED = ("topic", "audience", "template", "plan")
_MOST_CHARACTERS = 10_000
_MOST_PAGES = 100
_MOST_DAYS_AGO = 31
_LEAST_PASSWORD = 8
_MOST_PASSWORD = 127  # bytes (ISO 32000-2, 7.6.4.3.3)
# A line of a note that goes on as a list, a title or another thing of Markdown's, not as the line above.
_OWN_LINE = re.compile(r"\s*(?:[-+*]\s|\d{1,9}[.)]\s|#|>|```|~~~|\||$)| {4}|\t|(?:\s*[-*_]){3,}\s*$|\s*=+\s*$")
_HOW_EXERCISES = (
    "write ID:SETSxREPEATS, with commas between: bridge:2x10,cat-camel or half-kneeling-stretch:3x30s@2/day"
)


class Wish(Struct, frozen=True):
    """What a row asks for: an order, and what belongs to one person alone.

    `notes` are what somebody should look at, and stop nothing.
    """

    order: Order
    person: Person
    password: str = ""
    reference: str = ""
    bundle: str = ""
    notes: tuple[RowProblem, ...] = ()


class Terms(Struct, frozen=True):
    """What holds for all rows: columns that none may leave empty, a bundle for rows without a topic, how dates are.

    `clinics_phones`: somebody has said that the telephone numbers are the clinic's.
    """

    required: tuple[str, ...] = ()
    bundle: str = ""
    dates: DateOrder | None = None
    encrypt: bool = False
    fhir: bool = False
    clinics_phones: bool = False


def cells_of(columns: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """A row's cells by our columns (`headers.meanings`); several that make one are joined with a space."""
    cells: dict[str, str] = {}
    for name, column in columns.items():
        if name in given:
            cells[column] = f"{cells[column]} {given[name]}".strip() if column in cells else given[name]
    return cells


def wish(library: Library, base: Order, person: Person, cells: Mapping[str, str], terms: Terms | None = None) -> Wish:
    """What a row asks for: `base` and `person` (of the command's options) with the row's cells before them.

    `cells` are by column. Raises RowError with all that is wrong.
    """
    terms = terms or Terms()
    given = {column: value.strip() for column, value in cells.items() if value.strip()}
    problems = [*_missing(given, base, terms), *_unreadable(given)]
    notes: list[RowProblem] = []
    read = {
        **_values(library, given, base, terms, problems, notes),
        **_named(library, given, problems),
        **_choices(given, problems),
    }
    bundle = read.pop("bundle", "") or ("" if "topic" in given else terms.bundle)
    if bundle:
        base = replace(base, topic="", audience=None, template=None, plan=None, max_pages=None, choices=Choices())
        problems += [
            RowProblem("U115", "the bundle decides this", column, "empty the cell, or that of the bundle")
            for column in (*_DECIDED, *_CHOICES)
            if column in given
        ]
    asked = {key: value for key, value in read.items() if key in base.__struct_fields__}
    choices = {key: value for key, value in read.items() if key in base.choices.__struct_fields__}
    if choices:
        asked["choices"] = replace(base.choices, **choices)
    order = replace(base, **asked)
    if order.topic and not any(problem.column == "topic" for problem in problems):
        problems += _against_topic(library, order, given)
    if problems:
        raise RowError(*problems)
    whose = replace(person, **{key: read[key] for key in person.__struct_fields__ if key in read})
    notes += _notes(library, order, cells, given, terms)
    notes += _notes_on_days(whose, base.today or today())
    return Wish(order, whose, given.get("password", ""), given.get("patient-reference", ""), bundle, tuple(notes))


def _missing(given: Mapping[str, str], base: Order, terms: Terms) -> Iterator[RowProblem]:
    if "topic" not in given and not base.topic and "bundle" not in given and not terms.bundle:
        yield RowProblem("B204", "is empty", "topic", "fill it in, or name a --topic for all")
    for column in terms.required:
        if column not in given and (column != "topic" or base.topic):
            yield RowProblem("B204", "is empty", column, "fill it in: --require asks for it")
    if terms.encrypt and "password" not in given and "password" not in terms.required:
        yield RowProblem("B204", "is empty", "password", "--encrypt needs one for each row")
    if len(given.get("password", "").encode()) > _MOST_PASSWORD:
        yield RowProblem("B204", f"is longer than {_MOST_PASSWORD} bytes", "password", "no more of it counts in a PDF")
    if "patient-reference" in given and not REFERENCE.match(given["patient-reference"]):
        yield RowProblem("B204", "is no reference", "patient-reference", "for example Patient/123")


def _unreadable(given: Mapping[str, str]) -> Iterator[RowProblem]:
    for column, value in given.items():
        if unprintable(value):
            hint = "delete what is in the cell, and type it again"
            message = "holds a sign that nobody sees: a control character, or one that turns the text"
            yield RowProblem("B205", message, column, hint)
        elif len(value) > _MOST_CHARACTERS:
            yield RowProblem("B205", f"is longer than {_MOST_CHARACTERS:,} characters", column, "shorten it")


def _values(
    library: Library,
    given: Mapping[str, str],
    base: Order,
    terms: Terms,
    problems: list[RowProblem],
    notes: list[RowProblem],
) -> dict[str, str]:
    """A person's values, with dates as `spoken_date` takes them, and the note."""
    found = {column.replace("-", "_"): given[column] for column in FIELDS if column in given}
    for column in ("date", "next-visit"):
        if column in given:
            try:
                date = read_date(given[column], terms.dates, base.today or today(), partial(month_of, library))
            except NoDateError as error:
                problems.append(RowProblem("B207", error.message, column, error.hint))
                continue
            if date is None:
                hint = "2026-11-26 prints as the language writes it"
                notes.append(RowProblem("B301", "is no date, and prints as it is written", column, hint))
            found[column.replace("-", "_")] = date or given[column]
    if "note" in given:
        found["note"] = with_its_lines(given["note"])
    return found


def with_its_lines(note: str) -> str:
    """A note as Markdown that keeps the lines of its cell: Alt+Enter in a spreadsheet is a new line on paper.

    Lists, and paragraphs after an empty line, are Markdown as ever.
    """
    lines = note.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    after = [*lines[1:], ""]
    return "\n".join(
        f"{line.rstrip()}\\"
        if line.strip() and not line.rstrip().endswith("\\") and not _OWN_LINE.match(next_)
        else line
        for line, next_ in zip(lines, after, strict=True)
    )


def _named(library: Library, given: Mapping[str, str], problems: list[RowProblem]) -> dict[str, Any]:
    """What a row chooses by a name that must be there. The name itself is not repeated: it may be a person's."""
    found: dict[str, Any] = {}
    for column in NAMED:
        if column in given:
            try:
                found[column] = id_of(library, column, given[column])
            except NoNameError as error:
                hint = f"one of {', '.join(error.known)}" if error.known else f"there is no {column} at all"
                if column in get_args(ValueColumn) and error.known:
                    hint += (
                        f"; what your calendar says instead can stand under roster: values: {column}: in clinic.yaml"
                    )
                problems.append(RowProblem("B204", error.message, column, hint))
    return found


def _choices(given: Mapping[str, str], problems: list[RowProblem]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column in _CHOICES:
        if column in given:
            try:
                found[column.replace("-", "_")] = _choice(column, given[column])
            except UsageError as error:
                hint = _HOW_EXERCISES if column == "exercises" else "a number, all, or causes=10,symptoms=all"
                problems.append(RowProblem(error.diagnostics[0].code, "cannot be read", column, hint))
            except ValueError as error:
                problems.append(RowProblem("B204", str(error), column))
    return found


def _choice(column: str, text: str) -> Any:
    """What is chosen. Raises UsageError, or ValueError for what is no number."""
    if column in {"sections", "skip"}:
        return tuple(map(folded, read_names(text)))
    if column == "items":
        limits = read_limits(text.casefold())
        return {folded(name): limit for name, limit in limits.items()} if isinstance(limits, dict) else limits
    if column == "exercises":
        return parse_prescriptions(text)
    most = MOST_WEEKS if column == "weeks" else _MOST_PAGES
    if not re.fullmatch(r"[0-9]{1,6}", text) or not 1 <= int(text) <= most:
        raise ValueError(f"is no whole number from 1 to {most}")
    return int(text)


def _against_topic(library: Library, order: Order, given: Mapping[str, str]) -> Iterator[RowProblem]:
    """What the row asks of a topic that the topic has not. Ids that are in the library are no secrets."""
    language = order.language or library.defaults.language
    try:
        topic = library.topic(order.topic)
        there = (topic.language,) if language in {None, topic.language} else _languages(library, order.topic)
        if language is not None and language not in there:
            where = "" if "language" in given else ", which the command or clinic.yaml asks for"
            hint = f"choose one that there is, or another topic; {order.topic} is there in {', '.join(there)}"
            yield RowProblem("U101", f"this topic is not there in {language}{where}", "language", hint)
        if order.plan and "plan" in given:
            if (plan := library.plan(order.plan).file).topic != order.topic:
                yield RowProblem("U113", f"the plan is for {plan.topic}", "plan", "empty the cell, or choose another")
            elif order.choices.exercises:
                yield RowProblem("U112", "exercises are picked, and a plan picks them, too", "plan", "empty one cell")
    except HandoutError:  # a file of the topic or the plan is wrong: making the row tells it
        return
    yield from _sections(topic, order, given)
    yield from _exercises(topic, order, given)


@lru_cache(maxsize=64)
def _languages(library: Library, topic: str) -> tuple[str, ...]:
    """The languages that a topic is there in: looked for on the disk once, not for every row."""
    return (library.topic(topic).language, *library.translations(topic))


def _sections(topic: Topic, order: Order, given: Mapping[str, str]) -> Iterator[RowProblem]:
    if not {"sections", "skip", "items"} & given.keys():
        return
    known = [section.id for section in topic.sections]
    items = order.choices.items
    asked = {
        "sections": order.choices.sections or (),
        "skip": order.choices.skip,
        "items": tuple(items) if items is not None and not isinstance(items, int | str) else (),
    }
    for column, names in asked.items():
        if column in given and not {*names} <= {*known}:
            message = f"there is no section of the name given (the topic has: {', '.join(known)})"
            yield RowProblem("U101", message, column)
    warnings = [section.id for section in topic.sections if section.is_warning and section.id in asked["skip"]]
    if warnings and "skip" in given:
        message = f"warning signs are on every handout: {', '.join(warnings)} cannot be left out"
        yield RowProblem("U102", message, "skip", "take it out of the cell")


def _exercises(topic: Topic, order: Order, given: Mapping[str, str]) -> Iterator[RowProblem]:
    if "exercises" not in given:
        return
    for kind in dict.fromkeys(each.kind for each in prescription_problems(order.choices.exercises, topic)):
        match kind:
            case "unknown":
                known = ", ".join(exercise_ids(topic)) or "none"
                message = f"there is no exercise of the name given (the topic has: {known})"
                yield RowProblem("U101", message, "exercises", _HOW_EXERCISES)
            case "twice":
                yield RowProblem("U111", "an exercise is named twice", "exercises", "name it once")
            case "many":
                yield RowProblem("R38", "are more than anybody does", "exercises", "pick those that matter most")
            case _:
                hint = "10 sets at most, held for 10 minutes at most"
                yield RowProblem("U111", "a dose is more than anybody does", "exercises", hint)


def _notes_on_days(person: Person, today: dt.date) -> Iterator[RowProblem]:
    """Days that can hardly be meant. Only what was read as a date begins with one."""
    days: dict[str, dt.date] = {}
    for column, value in (("date", person.date), ("next-visit", person.next_visit)):
        with suppress(ValueError):
            days[column] = dt.date.fromisoformat(value[:10])
    for column, day in days.items():
        if (today - day).days > _MOST_DAYS_AGO:
            yield RowProblem("B306", f"is more than {_MOST_DAYS_AGO} days ago", column, "is it the right one?")
    if len(days) == 2 and days["next-visit"] < days["date"]:
        yield RowProblem("B306", "is before the date of this visit", "next-visit", "is it the right one?")


def _notes(
    library: Library, order: Order, cells: Mapping[str, str], given: Mapping[str, str], terms: Terms
) -> Iterator[RowProblem]:
    """What somebody should look at."""
    if "patient" not in given and ("patient" in cells or any(column in given for column in (*FIELDS, "note"))):
        yield RowProblem("B303", "is empty: whose handout is it?", "patient", "--require patient refuses such a row")
    if "phone" in given and not terms.clinics_phones:
        own = library.brand(order.brand).phone
        if own and digits(own) != digits(given["phone"]):
            hint = "the handout says that this is the number to call: no patient's own; --column says that it is right"
            yield RowProblem("B302", "is not the clinic's own", "phone", hint)
    if terms.encrypt and len(given["password"]) < _LEAST_PASSWORD:
        hint = "one that is guessed opens the file for everybody; a day of birth is guessed first"
        yield RowProblem("B304", f"is shorter than {_LEAST_PASSWORD} characters", "password", hint)
    if terms.fhir and "patient-reference" not in given:
        hint = "the record system must be told whose it is: Patient/123"
        yield RowProblem("B305", "is empty: the bundle says of nobody that it is theirs", "patient-reference", hint)
