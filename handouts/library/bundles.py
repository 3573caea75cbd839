"""Bundles: sets of handouts that a clinic prints together. Phase 1, LOAD.

A bundle is a file `bundles/BUNDLE.yaml` in a clinic's workspace: which handouts, with which choices, in which order.
What it names is looked up when it is read, so that a mistake has its file and line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from handouts.errors import ContentError, nearest
from handouts.library.models import Identifier, Model, Words
from handouts.library.plans import Prescription, Weeks, exercise_problems
from handouts.library.shapes import LANGUAGE_CODE
from handouts.library.validation import read_model
from handouts.looks import PatientEdition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handouts.errors import Diagnostic, HandoutError
    from handouts.library import Library
    from handouts.library.topics import Topic
    from handouts.library.yaml_source import Path_, YamlSource

# One patient takes a few home. Each is laid out whole, so that a thousand by mistake would take minutes and the memory.
MOST_HANDOUTS = 50
# Codes of what is wrong with a note alone (docs/errors.md).
_OF_THE_NOTE = frozenset({"U118", "F105"})

Count = Annotated[int, Meta(ge=1, le=1000)] | Literal["all"]


class SharedChoices(Model, frozen=True, kw_only=True):
    """What all handouts of a bundle take, unless one of them says otherwise."""

    topic: Identifier | None = None
    audience: Identifier | None = None
    edition: PatientEdition | None = None
    language: Annotated[str, Meta(pattern=LANGUAGE_CODE)] | None = None


class BundledHandout(SharedChoices, frozen=True, kw_only=True):
    """One handout of a bundle, with the choices of `handouts render`."""

    template: Identifier | None = None
    sections: Annotated[tuple[Identifier, ...], Meta(min_length=1)] | None = None
    skip: tuple[Identifier, ...] = ()
    items: Count | dict[Identifier, Count] | None = None
    exercises: Annotated[tuple[Prescription, ...], Meta(description="These, in this order, with their doses.")] = ()
    plan: Annotated[Identifier, Meta(description="The exercises of one of the clinic's plans.")] | None = None
    weeks: Weeks | None = None
    max_pages: Annotated[int, Meta(ge=1)] | None = None
    note: Annotated[Words, Meta(description="The clinic's own words, in a box (Markdown).")] | None = None


class BundleFile(SharedChoices, frozen=True, kw_only=True):
    """A file `bundles/BUNDLE.yaml` in a clinic's workspace: handouts that are printed together."""

    title: Annotated[Words, Meta(description="The title of the file to print.")]
    handouts: Annotated[
        tuple[BundledHandout, ...], Meta(min_length=1, max_length=MOST_HANDOUTS, description="In this order.")
    ]


class Bundle(Struct, frozen=True):
    """A bundle that was read; its handouts have what the bundle says for all of them."""

    id: str
    title: str
    handouts: tuple[BundledHandout, ...]
    source: YamlSource

    def placed(self, index: int, error: HandoutError, *, note_was_typed: bool = False) -> HandoutError:
        """An error about what this file asks for, at its place in it; any other as it is.

        Why: whoever makes a handout takes its choices for options that were typed.
        """
        problems: list[Diagnostic] = []
        for each in error.diagnostics:
            if each.code in _OF_THE_NOTE and not note_was_typed:
                error = ContentError(())
                key, message, hint = "note", each.message.removeprefix("--note").lstrip(": "), each.hint
            elif each.code == "L104":
                key, message, hint = "max-pages", each.message, each.hint.replace("--max-pages ", "max-pages: ")
            elif each.code == "U119":
                error = ContentError(())
                key, message, hint = "template", each.message, each.hint.replace(" here", " in topic.yaml")
            else:
                problems.append(each)
                continue
            problems.append(self.source.diagnostic(("handouts", index, key), each.code, message, hint))
        return type(error)(problems)


def read_bundle(name: str, source: YamlSource, library: Library) -> Bundle:
    """The bundle. Raises ContentError with everything that it names and that does not exist, or is wrong there."""
    file = read_model(source, BundleFile)
    problems = list(_names_of(source, file, (), library))
    handouts: list[BundledHandout] = []
    for index, each in enumerate(file.handouts):
        path: Path_ = ("handouts", index)
        problems += _names_of(source, each, path, library)
        said = {key: getattr(each, key) or getattr(file, key) for key in SharedChoices.__struct_fields__}
        whole = replace(each, **said)
        if whole.topic is None:
            hint = "add topic: here, or once for all at the top"
            problems.append(source.diagnostic(path, "C202", 'the key "topic" is missing', hint))
        elif whole.topic in library.topic_ids:
            problems += _choices_of(source, whole, path, library)
            problems += _exercises_of(source, whole, path, library)
        handouts.append(whole)
    if problems:
        raise ContentError(problems)
    return Bundle(name, file.title, tuple(handouts), source)


def _names_of(source: YamlSource, part: SharedChoices, path: Path_, library: Library) -> Iterator[Diagnostic]:
    """What stands there by name, and does not exist."""
    template, plan = (part.template, part.plan) if isinstance(part, BundledHandout) else (None, None)
    for key, code, name, known in (
        ("topic", "C218", part.topic, library.topic_ids),
        ("audience", "C207", part.audience, library.audience_ids),
        ("template", "C211", template, library.template_ids),
        ("plan", "C225", plan, library.plan_ids),
        ("language", "C214", part.language, library.language_ids),
    ):
        if name is not None and name not in known:
            yield source.diagnostic((*path, key), code, f'no {key} is called "{name}"', nearest(name, known))


def _choices_of(source: YamlSource, handout: BundledHandout, path: Path_, library: Library) -> Iterator[Diagnostic]:
    """What is chosen of a topic that does not have it, or cannot do without it."""
    topic = library.topic(handout.topic or "")
    known = (topic.language, *library.translations(topic.id))
    if handout.language in library.language_ids and handout.language not in known:
        message = f"{topic.id} is not translated to {handout.language}"
        place = (*path, "language") if "language" in _at(source, path) else ("language",)
        yield source.diagnostic(place, "C219", message, f"it is there in {', '.join(known)}")
    sections = {section.id for section in topic.sections}
    for place, name in _chosen(handout):
        if name not in sections:
            message = f'{topic.id} has no section "{name}"'
            yield source.diagnostic((*path, *place), "C215", message, nearest(name, sections))
        elif place[0] == "skip" and _is_warning(topic, name):
            hint = "warning signs are on every handout; skip something else"
            yield source.diagnostic((*path, *place), "C304", f'"{name}" cannot be skipped', hint)


def _exercises_of(source: YamlSource, handout: BundledHandout, path: Path_, library: Library) -> Iterator[Diagnostic]:
    """Exercises that the topic does not have, and a plan that is not for this handout."""
    yield from exercise_problems(source, handout.exercises, library.topic(handout.topic or ""), path)
    if handout.plan not in library.plan_ids:
        return
    plan = library.plan(handout.plan or "")
    if plan.file.topic != handout.topic:
        hint = f"choose a plan for {handout.topic}"
        yield source.diagnostic((*path, "plan"), "C225", f'the plan "{plan.id}" is for {plan.file.topic}', hint)
    elif handout.exercises:
        message = f'exercises are picked, and the plan "{plan.id}" picks them, too'
        yield source.diagnostic((*path, "plan"), "C225", message, "leave one of the two out")


def _chosen(handout: BundledHandout) -> Iterable[tuple[Path_, str]]:
    """The sections that a handout names, each with its place in it."""
    for key in ("sections", "skip"):
        for index, name in enumerate(getattr(handout, key) or ()):
            yield (key, index), name
    if isinstance(handout.items, dict):
        for name in handout.items:
            yield ("items", name), name


def _is_warning(topic: Topic, name: str) -> bool:
    section = topic.section(name)
    return section is not None and section.is_warning


def _at(source: YamlSource, path: Path_) -> dict[str, object]:
    """The mapping at a place in the file."""
    value: object = source.value
    for key in path:
        value = value[key]  # type: ignore[index]  # read_model has seen that it is there
    return value if isinstance(value, dict) else {}
