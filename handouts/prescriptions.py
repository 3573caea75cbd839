"""Exercises and their doses as a clinician types them: `half-kneeling-stretch:3x30s@2/day,bridge:2x10`.

    ID[:DOSE][@N/day][@N/week]

DOSE is a number of repetitions (`10`), a time (`30s`, `5min`), or several of them with an x between:
SETSxREPETITIONS (`2x10`), REPETITIONSxTIME (`3x30s`), SETSxREPETITIONSxTIME (`2x10x5s`). What is not said stays as the
topic has it. A time is how long each repetition is held; for an exercise that goes on for a time (`time:` in its dose)
it is that time, and a number before it counts the sets. The bounds are those of every dose (`library.models.Dose`).
"""

from __future__ import annotations

import re
from typing import Any

from handouts.errors import Diagnostic, UsageError
from handouts.library.plans import Prescription
from handouts.library.shapes import DAYS_A_WEEK, DURATION, MOST_REPETITIONS, MOST_SETS, MOST_TIMES_A_DAY, NAME, TIME

_NUMBER = re.compile(r"[1-9][0-9]{0,3}\Z")
_OFTEN = re.compile(r"([1-9][0-9]?)/(day|week)\Z")
_EXAMPLE = "for example bridge:2x10, half-kneeling-stretch:3x30s@2/day or bridge:2x10x5s@3/week"


def parse_prescriptions(text: str) -> tuple[Prescription, ...]:
    """The exercises in the text, in its order. Raises UsageError with everything that cannot be read."""
    found: list[Prescription] = []
    problems: list[Diagnostic] = []
    for part in (part.strip() for part in text.split(",")):
        try:
            found.append(_prescription(part))
        except ValueError as error:
            problems.append(Diagnostic("U111", f'"{part[:60]}": {error}', _EXAMPLE))
    if problems:
        raise UsageError(problems)
    return tuple(found)


def _prescription(part: str) -> Prescription:
    head, *often = part.split("@")
    name, colon, dose = head.partition(":")
    if not re.fullmatch(NAME, name):
        raise ValueError("an exercise's name has small letters, digits and hyphens" if name else "it names no exercise")
    if colon and not dose:
        raise ValueError("there is no dose after the colon")
    given = _amount(dose) if dose else {}
    for each in often:
        key, count = _frequency(each)
        if key in given:
            raise ValueError("how often is said twice")
        given[key] = count
    return Prescription(id=name, **given)


def _amount(dose: str) -> dict[str, Any]:
    *counts, last = dose.split("x")
    time = last if re.fullmatch(TIME, last) else None
    if time is None:
        counts.append(last)
    if time and not re.fullmatch(DURATION, time):
        raise ValueError(f"{time} is longer than 60 minutes")
    for each in counts:
        if not _NUMBER.fullmatch(each):
            raise ValueError(f'"{each[:20]}" is neither a number (1 and up) nor a time such as 30s or 2min')
    if len(counts) > 2:
        raise ValueError("there are more numbers than sets and repetitions")
    repetitions = int(counts[-1]) if counts else None
    sets = int(counts[0]) if len(counts) == 2 else None
    if repetitions and repetitions > MOST_REPETITIONS:
        raise ValueError(f"{repetitions} repetitions are more than {MOST_REPETITIONS}")
    if sets and sets > MOST_SETS:
        raise ValueError(f"{sets} sets are more than {MOST_SETS}")
    given = {"sets": sets, "repetitions": repetitions, "hold": time}
    return {key: value for key, value in given.items() if value is not None}


def _frequency(text: str) -> tuple[str, int]:
    match = _OFTEN.fullmatch(text)
    if match is None:
        raise ValueError(f'"@{text[:20]}" is not how often: write @2/day or @3/week')
    count = int(match[1])
    if match[2] == "day":
        if count > MOST_TIMES_A_DAY:
            raise ValueError(f"{count} times a day are more than {MOST_TIMES_A_DAY}")
        return "times_a_day", count
    if count > DAYS_A_WEEK:
        raise ValueError(f"a week has {DAYS_A_WEEK} days")
    return "days_a_week", count
