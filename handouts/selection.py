"""2 SELECT: which sections and items of a topic this reader gets, in which order and in which words.

Pure functions: a topic, an audience and the clinician's choices give a Selection. Whatever is chosen,
warning signs stay: they are never skipped, limited or cut for length.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from handouts.errors import ContentError, Diagnostic, UsageError, nearest
from handouts.library import DEFAULT_SHEET
from handouts.library.models import Group, Illustration, Item, SectionKind, Source, TopicWording
from handouts.library.topics import ARTICLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handouts.library import Audience, Section, Topic
    from handouts.library.bundles import BundledHandout
    from handouts.library.plans import Prescription

Limit = int | Literal["all"]

_MOST_ITEMS = 1000

# Kinds whose order carries meaning keep the file's order; the others put what matters most to the reader first.
_KEEP_ORDER: frozenset[SectionKind] = frozenset({"prose", "warning-signs", "checklist"})


class Choices(Struct, frozen=True):
    """What the clinician asked for beyond the audience's profile.

    `items` limits all sections ("all" or a number) or some (a mapping by section id).
    `exercises` replaces the audience's choice of exercises, in this order and with these doses.
    `weeks` is how long a sheet's log or diary goes on.
    `cut` names items (`section/item`) and whole sections (`section`) to leave out so that a page limit is met.
    """

    sections: tuple[str, ...] | None = None
    skip: tuple[str, ...] = ()
    items: Limit | Mapping[str, Limit] | None = None
    exercises: tuple[Prescription, ...] = ()
    weeks: int | None = None
    cut: frozenset[str] = frozenset()


def read_names(text: str) -> tuple[str, ...]:
    """`a, b,c` as names."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def read_limits(text: str) -> Limit | dict[str, Limit]:
    """`all`, `7`, or `causes=10,symptoms=all` as a limit of items. Raises UsageError for anything else."""
    if "=" not in text:
        return _read_limit(text)
    limits: dict[str, Limit] = {}
    for part in read_names(text):
        name, equals, value = part.partition("=")
        if not equals:
            raise UsageError(Diagnostic("U106", f'--items: "{part}" has no number', "write causes=10,symptoms=all"))
        limits[name.strip()] = _read_limit(value)
    return limits


def _read_limit(text: str) -> Limit:
    text = text.strip()
    if text == "all":
        return "all"
    if text.isdecimal() and len(text) <= len(str(_MOST_ITEMS)) and 1 <= int(text) <= _MOST_ITEMS:
        return int(text)
    raise UsageError(
        Diagnostic("U106", f'--items: "{text[:40]}" is not a number', f'a number from 1 to {_MOST_ITEMS}, or "all"')
    )


def bundled_choices(handout: BundledHandout) -> Choices:
    """What a bundle asks for of one of its handouts."""
    return Choices(handout.sections, handout.skip, handout.items, handout.exercises, handout.weeks)


class SelectedSection(Struct, frozen=True):
    """A section in the reader's words, with the items that were chosen. `ranks` are the items' priorities.

    `picked` says that the clinician named its items one by one, `dosed` that one of them has another dose than the
    topic's.
    """

    id: str
    title: str
    kind: SectionKind
    intro: str | None
    groups: tuple[Group, ...]
    figure: Illustration | None = None
    days: int | None = None
    columns: tuple[str, ...] = ()
    answer_lines: int = 0
    sources: tuple[str, ...] = ()
    ranks: Mapping[str, int] = field(default_factory=dict)
    picked: bool = False
    dosed: bool = False


class Selection(Struct, frozen=True):
    """What goes onto the sheet, and whose it is."""

    topic: Topic
    audience: Audience
    template: str
    main_message: str
    key_points: tuple[str, ...]
    sections: tuple[SelectedSection, ...]
    sources: tuple[Source, ...]
    weeks: int | None = None

    @property
    def dosed(self) -> bool:
        """Whether a clinician chose another dose than the topic's for an exercise on it."""
        return any(section.dosed for section in self.sections)

    def cuttable(self) -> tuple[str, ...]:
        """What may be left out to meet a page limit, the least important first.

        Items go by priority, from the last section to the first; a section whose items are all gone, and a section
        without items, goes after every item that is not among the two most important of its section. What the
        clinician picked by name stays.
        """
        ranked: list[tuple[float, int, int, str]] = []
        for position, section in enumerate(self.sections):
            if section.picked:
                continue
            if section.kind in {"warning-signs", "checklist"}:
                if section.kind == "checklist":
                    ranked.append((2.5, position, 0, section.id))
                continue
            items = sorted(
                (section.ranks[item.id], index, item.id)
                for index, item in enumerate(item for group in section.groups for item in group.items)
            )
            for place, (_, _, item_id) in enumerate(items):
                if place:
                    ranked.append((1 + place, position, place, f"{section.id}/{item_id}"))
            ranked.append((1.5, position, 0, section.id))
        ranked.sort(key=lambda entry: (-entry[0], -entry[1], -entry[2]))
        return tuple(reference for *_, reference in ranked)


def select(
    topic: Topic, audience: Audience, choices: Choices | None = None, template: str = DEFAULT_SHEET
) -> Selection:
    """Choose.

    Raises UsageError when the choices name what the topic does not have, ContentError for a section that is asked for
    and not translated.
    """
    choices = choices or Choices()
    problems = list(_impossible(topic, choices))
    if problems:
        raise UsageError(problems)
    limits = {part.section: part.items for part in audience.parts(template)}
    untranslated = list(_untranslated(topic, limits, choices))
    if untranslated:
        raise ContentError(untranslated)
    sections: list[SelectedSection] = []
    for section_id in _section_ids(topic, limits, choices):
        section = topic.section(section_id)
        if section is None or section_id in choices.cut:
            continue
        limit = _limit(section, limits.get(section_id, "all"), choices)
        selected = _select_section(section, audience, limit, choices.cut)
        if choices.exercises and section.file.kind == "exercises":
            selected = _with_picks(selected, section, audience, choices.exercises)
        if selected.groups:
            sections.append(selected)
    opening = _first_wording(topic, audience)
    return Selection(
        topic=topic,
        audience=audience,
        template=template,
        main_message=opening.main_message or topic.file.main_message,
        key_points=opening.key_points or topic.file.key_points,
        sections=tuple(sections),
        sources=_sources(topic, sections),
        weeks=choices.weeks,
    )


def _impossible(topic: Topic, choices: Choices) -> Iterator[Diagnostic]:
    known = {section.id for section in topic.sections}
    known.update(topic.translation.missing if topic.translation else ())
    named = [*(choices.sections or ()), *choices.skip]
    if not isinstance(choices.items, int | str | None):
        named += choices.items
    for name in dict.fromkeys(named):
        if name not in known:
            yield Diagnostic("U101", f'{topic.id} has no section "{name}"', nearest(name, known))
    for name in choices.skip:
        section = topic.section(name)
        if section and section.is_warning:
            yield Diagnostic(
                "U102",
                f'"{name}" cannot be skipped',
                "warning signs are on every handout; skip something else",
            )
    yield from _impossible_exercises(topic, choices)


def _impossible_exercises(topic: Topic, choices: Choices) -> Iterator[Diagnostic]:
    if not choices.exercises:
        return
    from handouts.library.plans import prescription_problems

    codes = {"unknown": "U101", "twice": "U111", "many": "R38", "dose": "U111"}
    for problem in prescription_problems(choices.exercises, topic):
        yield Diagnostic(codes[problem.kind], problem.message, problem.hint)
    for section in _picked_sections(topic, choices):
        if section.id in choices.skip:
            yield Diagnostic(
                "U112", f'exercises of "{section.id}" are picked, and the section is skipped', "skip another one"
            )


def _picked_sections(topic: Topic, choices: Choices) -> list[Section]:
    """The sections that hold the exercises that were picked."""
    names = {each.id for each in choices.exercises}
    sections = (section for section in topic.sections if section.file.kind == "exercises")
    return [section for section in sections if names.intersection(item.id for _, item in section.grouped_items())]


def _untranslated(topic: Topic, limits: Mapping[str, Limit], choices: Choices) -> Iterator[Diagnostic]:
    """Sections that would be on the sheet if somebody had translated them: never silently left out."""
    if topic.translation is None:
        return
    there = ", ".join(section.id for section in topic.sections)
    for name in dict.fromkeys(limits if choices.sections is None else choices.sections):
        file = topic.translation.missing.get(name)
        if file and name not in choices.skip:
            message = f'"{name}" is not translated to {topic.language}'
            yield Diagnostic("C313", message, f"add this file, or choose from {there}", file)


def _section_ids(topic: Topic, limits: Mapping[str, Limit], choices: Choices) -> list[str]:
    """The ids of the sections to print, in order; warning signs always among them."""
    profile = [name for name in limits if topic.section(name)]
    ids = list(dict.fromkeys(choices.sections)) if choices.sections is not None else profile
    ids = [name for name in ids if name not in choices.skip]
    ids += [section.id for section in _picked_sections(topic, choices) if section.id not in ids]
    warnings = [section.id for section in topic.sections if section.is_warning and section.id not in ids]
    return warnings + ids


def _limit(section: Section, profile: Limit, choices: Choices) -> Limit:
    if section.is_warning:
        return "all"
    match choices.items:
        case None:
            return profile
        case int() | "all":
            return choices.items
        case _:
            return choices.items.get(section.id, profile)


def _select_section(section: Section, audience: Audience, limit: Limit, cut: frozenset[str]) -> SelectedSection:
    file = section.file
    parts = file.groups
    if file.kind == "prose" and limit != "all":
        parts = parts[:limit]  # prose is limited by its paragraphs; the first ones matter most
        limit = "all"
    ranks = {item.id: item.priority_for(audience.lineage) for _, item in section.grouped_items()}
    by_rank = sorted(ranks, key=ranks.__getitem__)  # stable: ties keep the file's order
    if file.kind in _KEEP_ORDER:
        by_rank = list(ranks)
    chosen = set(by_rank if limit == "all" else by_rank[:limit])
    chosen -= {item_id for item_id in chosen if f"{section.id}/{item_id}" in cut}
    groups: list[Group] = []
    for group in parts:
        items = [worded(item, audience) for item in group.items if item.id in chosen]
        if file.kind not in _KEEP_ORDER:
            items.sort(key=lambda item: ranks[item.id])
        if items or ((group.text or group.figure) and not group.items):
            groups.append(replace(group, items=tuple(items)))
    if file.kind not in _KEEP_ORDER:
        groups.sort(key=lambda group: min((ranks[item.id] for item in group.items), default=0))
    wording = next((file.tailored[name] for name in audience.lineage if name in file.tailored), None)
    return SelectedSection(
        id=section.id,
        title=(wording and wording.title) or file.title,
        kind=file.kind,
        intro=(wording and wording.intro) or file.intro,
        groups=tuple(groups),
        figure=(wording and wording.figure) or file.figure,
        days=file.days,
        columns=file.columns,
        answer_lines=file.answer_lines,
        sources=file.sources,
        ranks=ranks,
    )


def _with_picks(
    selected: SelectedSection, section: Section, audience: Audience, prescriptions: tuple[Prescription, ...]
) -> SelectedSection:
    """The section with the exercises that were picked, in their order; each group's text stands once."""
    found = {item.id: (group, item) for group, item in section.grouped_items()}
    groups: list[Group] = []
    opened: set[str] = set()
    dosed = False
    for each in prescriptions:
        if each.id not in found:
            continue  # of another section
        group, item = found[each.id]
        item = worded(item, audience)
        dose = each.over(item.dose)
        dosed = dosed or dose != item.dose
        item = replace(item, dose=dose)
        if groups and groups[-1].id == group.id:
            groups[-1] = replace(groups[-1], items=(*groups[-1].items, item))
        else:
            groups.append(replace(group, items=(item,), text=None if group.id in opened else group.text))
            opened.add(group.id)
    return replace(selected, groups=tuple(groups), picked=True, dosed=dosed)


def worded(item: Item, audience: Audience) -> Item:
    """The item in the words for this audience; what is not worded for it stays as it is."""
    wording = next((item.tailored[name] for name in audience.lineage if name in item.tailored), None)
    if wording is None:
        return item
    words = {name: value for name in wording.__struct_fields__ if (value := getattr(wording, name)) is not None}
    if item.dose and wording.dose:
        words["dose"] = item.dose.with_changes(wording.dose)
    return replace(item, **words)


def _first_wording(topic: Topic, audience: Audience) -> TopicWording:
    tailored = topic.file.tailored
    return next((tailored[name] for name in audience.lineage if name in tailored), TopicWording())


def _sources(topic: Topic, sections: list[SelectedSection]) -> tuple[Source, ...]:
    """The sources of what was selected, the most cited first."""
    used: Counter[str] = Counter()
    for section in sections:
        used.update(section.sources)
        for group in section.groups:
            for item in group.items:
                used.update(item.sources)
                used[ARTICLE] += item.source is not None
    return tuple(sorted((source for source in topic.sources if used[source.id]), key=lambda source: -used[source.id]))
