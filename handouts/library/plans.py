"""Exercises that a clinician picks and doses, and plans that a clinic keeps of them. Phase 1, LOAD.

A plan is a file `plans/PLAN.yaml` in a clinic's workspace. It names its topic, so that an exercise of the same name in
another topic is never printed by mistake. It holds numbers and times but no words: it prints in every language.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from handouts.errors import ContentError, Diagnostic, nearest
from handouts.library.models import Dose, Identifier, Model, Words
from handouts.library.shapes import DURATION, HOLD, MOST_SETS, MOST_WEEKS
from handouts.library.validation import read_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handouts.library.models import Item
    from handouts.library.topics import Topic
    from handouts.library.yaml_source import Path_, YamlSource

# R38: people keep up four exercises, and lose count of more than eight.
MANY_EXERCISES = 4
MOST_EXERCISES = 8

Time = Annotated[str, Meta(pattern=DURATION, description="30s or 2min.")]
Weeks = Annotated[int, Meta(ge=1, le=MOST_WEEKS, description="How many weeks there are to write in.")]


class Prescription(Dose, frozen=True, kw_only=True):
    """An exercise that was picked, and what of its dose is another than the topic's.

    A hold may be as long as a time, since for some exercises it is one (`over`); `prescription_problems` knows which.
    """

    id: Annotated[Identifier, Meta(description="Of an exercise of the topic: handouts list items TOPIC.")]
    time: Time | None = None
    hold: Time | None = None
    rest: Annotated[str, Meta(pattern=HOLD, description="30s or 2min.")] | None = None

    def over(self, dose: Dose | None) -> Dose:
        """The topic's dose with what is prescribed in its place.

        Of an exercise that goes on for a time, "3x30s" means sets and that time: nothing in it is held.
        """
        said = {name: getattr(self, name) for name in Dose.__struct_fields__}
        if dose and dose.time and self.hold and not self.time:
            said |= {"sets": self.sets or self.repetitions, "repetitions": None, "time": self.hold, "hold": None}
        return dose.with_changes(Dose(**said)) if dose else Dose(**said)


class PlanFile(Model, frozen=True, kw_only=True):
    """A file `plans/PLAN.yaml` in a clinic's workspace: exercises in their order, each with its dose."""

    topic: Identifier
    title: Annotated[Words, Meta(description="What the clinic calls it; it is not printed.")] | None = None
    weeks: Weeks | None = None
    exercises: Annotated[tuple[Prescription, ...], Meta(min_length=1)]


class Plan(Struct, frozen=True):
    """A plan that was read, and its file."""

    id: str
    file: PlanFile
    source: YamlSource


class PrescriptionProblem(Struct, frozen=True):
    """What is wrong with the exercise in that place of a list."""

    place: int
    kind: str
    message: str
    hint: str


def read_plan(name: str, source: YamlSource) -> Plan:
    """A plan, by itself. Raises ContentError for a file that is wrong."""
    return Plan(name, read_model(source, PlanFile), source)


def require_exercises(plan: Plan, topic: Topic) -> None:
    """Raise ContentError with every exercise of the plan that the topic cannot print."""
    problems = list(exercise_problems(plan.source, plan.file.exercises, topic))
    if problems:
        raise ContentError(problems)


def exercise_problems(
    source: YamlSource, exercises: Sequence[Prescription], topic: Topic, path: Path_ = ()
) -> Iterator[Diagnostic]:
    """What the topic cannot print of the list `exercises:` at that place of a file."""
    codes = {"unknown": "C301", "twice": "C206", "many": "R38", "dose": "C201"}
    keys = {"unknown": ("id",), "twice": ("id",)}
    for each in prescription_problems(exercises, topic):
        place = (*path, "exercises", each.place, *keys.get(each.kind, ()))
        yield source.diagnostic(place, codes[each.kind], each.message, each.hint)


def prescription_problems(prescriptions: Sequence[Prescription], topic: Topic) -> Iterator[PrescriptionProblem]:
    """Exercises that the topic does not have, that are named twice, and those that are too many (R38).

    So are doses out of bounds: a number of repetitions that is one of sets (`Prescription.over`), or a hold too long.
    """
    known = _exercises(topic)
    seen: set[str] = set()
    for place, each in enumerate(prescriptions):
        if each.id not in known:
            hint = nearest(each.id, known) or "this topic has no exercises"
            yield PrescriptionProblem(place, "unknown", f'{topic.id} has no exercise "{each.id}"', hint)
        elif each.id in seen:
            yield PrescriptionProblem(place, "twice", f'the exercise "{each.id}" is named twice', "name it once")
        else:
            dose = each.over(known[each.id].dose)
            if each.hold and dose.hold and not re.fullmatch(HOLD, dose.hold):
                message = f'"{each.id}" is not held for longer than 10 minutes'
                yield PrescriptionProblem(place, "dose", message, "write a time such as 30s or 2min")
            if dose.sets and dose.sets > MOST_SETS:
                message = f'"{each.id}" goes on for a time, and {dose.sets} sets of it are more than {MOST_SETS}'
                yield PrescriptionProblem(place, "dose", message, f"{MOST_SETS} sets at most")
        seen.add(each.id)
    if len(prescriptions) > MOST_EXERCISES:
        message = f"{len(prescriptions)} exercises are more than anybody does; {MOST_EXERCISES} at most"
        yield PrescriptionProblem(MOST_EXERCISES, "many", message, f"{MANY_EXERCISES} are enough for most people")


def many_exercises(prescriptions: Sequence[Prescription]) -> Diagnostic | None:
    """A warning when they are more than most people keep up (R38)."""
    if len(prescriptions) <= MANY_EXERCISES:
        return None
    message = f"{len(prescriptions)} exercises; most people keep up {MANY_EXERCISES} at most"
    return Diagnostic("R38", message, "pick those that matter most", severity="warning")


def many_in_plan(plan: Plan) -> Diagnostic | None:
    """The same of a plan, with its place."""
    many = many_exercises(plan.file.exercises)
    if many is None:
        return None
    return plan.source.diagnostic(("exercises",), many.code, many.message, many.hint, key=True, severity=many.severity)


def exercise_ids(topic: Topic) -> tuple[str, ...]:
    """The exercises that a topic has."""
    return tuple(_exercises(topic))


def _exercises(topic: Topic) -> dict[str, Item]:
    sections = (section for section in topic.sections if section.file.kind == "exercises")
    return {item.id: item for section in sections for _, item in section.grouped_items()}
