"""What the columns of a roster mean.

A column that nobody knows stops the batch before anything is written: a misspelled `pateint` must not print two hundred
sheets without a name. What a column may mean is suggested, never taken for granted.
"""

from __future__ import annotations

import csv
import json
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, get_args

from msgspec import Struct

from handouts.errors import Diagnostic, UsageError
from handouts.library.clinic import RosterColumn, RosterWords, folded_header, headers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from handouts.batch.roster import Roster

COLUMNS: tuple[str, ...] = get_args(RosterColumn)
# What calendars and record systems call a column.
_USUAL = {
    "patient": "name, patient name, full name, client, client name, pt name, paciente, nombre completo, "
    "nombre del paciente, prénom nom, nom du patient, patientenname, pacjent",
    "clinician": "provider, therapist, doctor, seen by, practitioner, physician, clinician name, provider name, with, "
    "profesional, praticien, behandler",
    "date": "appt date, appointment date, visit date, appointment, date of visit, visit, day, appt, fecha, "
    "fecha de la cita, date du rendez-vous, termin, data wizyty",
    "next-visit": "next appointment, next appt, follow up, followup, follow up date, return visit, next visit date, "
    "próxima cita, prochain rendez-vous, nächster termin, następna wizyta",
    "note": "notes, comment, comments, remark, remarks, message, instructions, message to patient, "
    "patient message, nota, notas, remarque, notiz, uwagi",
    "language": "lang, preferred language, spoken language, idioma, langue, sprache, język",
    "topic": "condition, diagnosis, reason, reason for visit, handout, subject, complaint, chief complaint, "
    "visit type, appointment type, appt type, diagnóstico, motivo, motif, diagnose, rozpoznanie",
    "audience": "reader, for whom",
    "template": "sheet, kind, type of handout",
    "edition": "print size, text size, type size",
    "phone": "clinic phone, clinic telephone",
    "exercises": "exercise",
    "password": "pass word, pin",
    "patient-reference": "fhir reference, patient id reference",
}
_SYNONYMS = {folded_header(name): column for column, names in _USUAL.items() for name in names.split(",")} | {
    f"clinic's-{name}": "phone" for name in ("phone", "telephone")
}
_NAMES = (
    "first-name",
    "given-name",
    "firstname",
    "forename",
    "middle-name",
    "last-name",
    "surname",
    "family-name",
    "lastname",
    "nombre",
    "apellido",
    "apellidos",
    "prénom",
    "nom",
    "vorname",
    "nachname",
    "imię",
    "nazwisko",
)
_LIKE = 0.8
# A first row with fewer names that mean something may be a patient's: what else stands in it is not repeated.
_SURELY_A_HEADER = 2
_MOST_SHOWN = 40
# So many rows show whether a column of telephone numbers is the clinic's, or has each patient's own.
_LOOKED_AT = 20


class Naming(Struct, frozen=True):
    """What a clinic calls the columns: each of ours by the headers that make it, and headers that are passed over."""

    columns: Mapping[str, tuple[str, ...]] = {}
    ignored: frozenset[str] = frozenset()

    def knows(self, name: str) -> bool:
        """Whether a header with this name is likely to be one."""
        folded = folded_header(name)
        return folded in self.ignored or folded in self._meant or _guess(folded) is not None or folded in COLUMNS

    @property
    def _meant(self) -> dict[str, str]:
        return {name: column for column, names in self.columns.items() for name in names}


def naming(roster: RosterWords, columns: Sequence[str] = (), ignore: Sequence[str] = ()) -> Naming:
    """What clinic.yaml says of its rosters, with what the command says (`--column`, `--ignore`) before it.

    Raises UsageError for a --column that is none.
    """
    typed: dict[str, tuple[str, ...]] = {}
    for each in columns:
        ours, equals, theirs = each.partition("=")
        names = tuple(name for name in _names_in(theirs) if name)
        if folded_header(ours) not in COLUMNS or not equals or not names:
            hint = f'--column patient="First name,Last name"; the columns are {", ".join(COLUMNS)}'
            raise UsageError(Diagnostic("U144", "--column names no column of ours, or no header for it", hint))
        typed[folded_header(ours)] = tuple(map(folded_header, names))
    passed = {folded_header(name) for each in ignore for name in _names_in(each)}
    written: dict[str, tuple[str, ...]] = {
        column: tuple(map(folded_header, headers_of(names))) for column, names in roster.columns.items()
    }
    now = {name for names in typed.values() for name in names}
    kept = {column: names for column, names in written.items() if not {*names} & (now | passed) and column not in typed}
    passed |= {folded_header(name) for name in roster.ignore} - now
    return Naming({**kept, **typed}, frozenset(passed))


def _names_in(text: str) -> list[str]:
    """`First name,"Last, all of it"` as names."""
    return [name.strip() for row in csv.reader([text], skipinitialspace=True) for name in row]


def meanings(roster: Roster, names: Naming | None = None) -> dict[str, str]:
    """The column of `COLUMNS` that each of the roster's own names; capitals, spaces and underscores do not matter.

    Several names of one column stand in the order in which they make it; what is passed over is not there. Raises
    UsageError, one for all names that mean nothing, one for each meaning that is there twice or in part.
    """
    names = names or Naming()
    theirs = [(folded_header(name), name) for name in roster.header]
    there = {folded for folded, _ in theirs} - names.ignored
    problems: list[Diagnostic] = []
    found: dict[str, str] = {}
    mapped: set[str] = set()
    for column, parts in names.columns.items():
        missing = [part for part in parts if part not in there]
        if missing and len(missing) < len(parts):
            message = f"the column {column} is made of {_listed(parts)}, and the roster has no {_listed(missing)}"
            hint = f"mend the header, or say what makes it: --column {column}=…"
            problems.append(Diagnostic("U144", message, hint, roster.shown_as))
        if len(missing) == len(parts) and column == "patient" and column not in there:
            message = f"the column {column} is made of {_listed(parts)}, and the roster has none of them"
            hint = (
                f"say what makes it here: --column {column}=…; or, where nobody is to be named, pass over it: "
                f"--ignore {_quoted(','.join(parts))}"
            )
            problems.append(Diagnostic("U144", message, hint, roster.shown_as))
        if not missing:
            found.update((name, column) for part in parts for folded, name in theirs if folded == part)
        mapped.update(parts)
    unknown: list[tuple[int, str]] = []
    for number, (folded, name) in enumerate(theirs, 1):
        if folded in mapped or folded in names.ignored:
            continue
        if folded in COLUMNS:
            found[name] = folded
        else:
            unknown.append((number, name))
    problems += _twice(roster, theirs, found, names)
    if unknown:
        if roster.kind != "jsonl" and sum(names.knows(name) for name in roster.header if name) < _SURELY_A_HEADER:
            unknown = [(number, name if names.knows(name) else "") for number, name in unknown]
        problems.append(_unknown(roster, unknown, set(found.values())))
    if problems:
        raise UsageError(problems)
    return found


def _twice(
    roster: Roster, theirs: Iterable[tuple[str, str]], found: Mapping[str, str], names: Naming
) -> list[Diagnostic]:
    """Columns that the roster has more than once: the second would take the place of the first."""
    of: dict[str, list[str]] = {}
    for _, name in theirs:
        if name in found:
            of.setdefault(found[name], []).append(name)
    problems: list[Diagnostic] = []
    for column, given in of.items():
        if len(given) > len(names.columns.get(column, ())) and len(given) > 1:
            message = f'the column "{column}" is there twice: {_listed(given)}'
            hint = "delete one of them, or give it the name of what it holds"
            if len({folded_header(name) for name in given}) > 1:
                hint += f"; or pass over one: --ignore {_quoted(given[-1])}"
            problems.append(Diagnostic("U144", message, hint, roster.shown_as))
    return problems


def _unknown(roster: Roster, unknown: Sequence[tuple[int, str]], taken: set[str]) -> Diagnostic:
    """One message for all columns that mean nothing, with the words that make the roster one."""
    nameless = [number for number, name in unknown if not name]
    named = list(dict.fromkeys(name for _, name in unknown if name))
    likely: dict[str, list[str]] = {}
    rest: list[str] = []
    whole_name = [name for name in named if folded_header(name) in _NAMES]
    for name in named:
        column = _guess(folded_header(name))
        if column is None or column in taken or (column in likely and name not in whole_name):
            rest.append(name)
        else:
            likely.setdefault(column, []).append(name)
    said = [f"{_one_line(_listed(named[:_MOST_SHOWN]))}{_place(roster, named)}"] if named else []
    said += [f"number {number}, without a name of ours," for number in nameless]
    many = len(named) + len(nameless) > 1
    message = f"the column{'s' if many else ''} {' and '.join(said)} {'are' if many else 'is'} not known"
    hints: list[str] = []
    slips = [
        (name, close[0])
        for name in named
        if folded_header(name) not in _SYNONYMS | dict.fromkeys(_NAMES)
        and (close := get_close_matches(folded_header(name), COLUMNS, 1, _LIKE))
    ]
    if len(slips) == 1 and len(named) == 1:
        hints.append(f'did you mean "{slips[0][1]}"?')
    if named:
        options = [f"--column {column}={_quoted(','.join(given))}" for column, given in likely.items()]
        options += [f"--ignore {_quoted(','.join(rest))}"] if rest else []
        lines = [f"columns: {{{', '.join(f'{column}: {_yaml(given)}' for column, given in likely.items())}}}"]
        lines = (lines if likely else []) + ([f"ignore: [{', '.join(map(_yaml_text, rest))}]"] if rest else [])
        hints.append(f"add {' '.join(options)} to the command if that is what they hold")
        hints.append(f"to keep it, write under roster: in clinic.yaml  {'  and  '.join(lines)}")
    by_number = "give it one of our names in the first row, pass it over with --ignore, or delete it"
    hints.append("or delete them in the roster" if named else by_number)
    hints.append(f"the columns are {', '.join(COLUMNS)}")
    return Diagnostic("U144", message, "; ".join(hints), roster.shown_as)


def _guess(folded: str) -> str | None:
    """The column that a name is likely to mean."""
    if folded in _NAMES:
        return "patient"
    if folded in _SYNONYMS:
        return _SYNONYMS[folded]
    close = get_close_matches(folded, COLUMNS, 1, _LIKE)
    return close[0] if close else None


def _place(roster: Roster, names: Sequence[str]) -> str:
    """Where keys of JSON stand, each for the first time."""
    lines = sorted({roster.lines[name] for name in names if name in roster.lines})
    return f" (line {', '.join(map(str, lines[:5]))}{', …' if lines[5:] else ''})" if lines else ""


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name[:_MOST_SHOWN]}"' for name in names)


def _quoted(text: str) -> str:
    return f'"{_one_line(text)}"'


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _yaml(names: Sequence[str]) -> str:
    return _yaml_text(names[0]) if len(names) == 1 else f"[{', '.join(map(_yaml_text, names))}]"


def _yaml_text(name: str) -> str:
    return json.dumps(_one_line(name), ensure_ascii=False)


def require_own_phone(roster: Roster, columns: Mapping[str, str], names: Naming, phone: str) -> None:
    """Raise UsageError for a column `phone` that has the patients' own numbers: the sheet says "Clinic phone".

    That is a column that nobody has said to be the clinic's, whose numbers differ from the clinic's and from one
    another in most of the first rows.
    """
    if "phone" in names.columns or "phone" not in columns.values():
        return
    name = next(name for name, column in columns.items() if column == "phone")
    rows = [digits(row.cells.get(name, "")) for row in islice(roster, _LOOKED_AT)]
    others = [number for number in rows if number and number != digits(phone)]
    if len(others) < 2 or 2 * len(others) <= len([number for number in rows if number]):
        return
    if 2 * len(set(others)) > len(others):
        message = f"the column {_listed([name])} has another number in most rows: is it the patients' own?"
        hint = (
            "a handout prints it as the clinic's phone, the one to call. Pass it over: "
            f"--ignore {_quoted(name)}; or, if the numbers are the clinic's, say so: --column phone={_quoted(name)}"
        )
        raise UsageError(Diagnostic("U144", message, hint, roster.shown_as))


def digits(number: str) -> str:
    """A telephone number without what people write between its digits."""
    return "".join(filter(str.isdecimal, number))
