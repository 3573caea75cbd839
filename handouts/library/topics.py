"""A topic: its folder read and its references checked. Phase 1, LOAD."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from handouts.errors import ContentError, Diagnostic, nearest
from handouts.library.models import (
    Code,
    Group,
    Item,
    Provenance,
    SectionFile,
    SectionKind,
    Source,
    SourcesFile,
    TopicFile,
)
from handouts.library.search_path import is_file
from handouts.library.validation import read_model
from handouts.library.yaml_source import MAX_PROBLEMS, YamlSource

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from handouts.library.clinic import Change, OverlayFile
    from handouts.library.models import ItemWording, SectionWording
    from handouts.library.search_path import Root
    from handouts.library.yaml_source import Path_

# The article that a topic is made from is a source of every item that has a place in it.
ARTICLE = "article"

REQUIRED_KEYS: dict[SectionKind, tuple[str, ...]] = {
    "list": ("text",),
    "steps": ("text", "why"),
    "treatments": ("text", "benefit", "risk"),
    "warning-signs": ("urgency",),
    "exercises": ("steps", "dose", "stop"),
    "questions": ("text",),
}
# A key that no other kind of section prints: it is refused there, not dropped.
_ONLY: dict[str, SectionKind] = {
    "why": "steps",
    "urgency": "warning-signs",
    "benefit": "treatments",
    "risk": "treatments",
    "steps": "exercises",
    "dose": "exercises",
    "feel": "exercises",
    "stop": "exercises",
    "mistakes": "exercises",
}
# What no picture may push from the first page, and a line that is ticked.
_ITEMS_WITHOUT_PICTURE: frozenset[SectionKind] = frozenset({"warning-signs", "checklist"})
_ONLY_CHECKLISTS = ("days", "columns", "answer-lines")


class Section(Struct, frozen=True):
    """A section of a topic, with its id and the file it came from."""

    id: str
    file: SectionFile
    source: YamlSource

    def grouped_items(self) -> Iterator[tuple[Group, Item]]:
        """Each item with its group, in the file's order."""
        for group in self.file.groups:
            for item in group.items:
                yield group, item

    @property
    def is_warning(self) -> bool:
        """Whether the section holds warning signs, which no choice leaves out."""
        return self.file.kind == "warning-signs"


class Translation(Struct, frozen=True):
    """What is known of a translation of a topic: who made it, whether it is a draft, and what it leaves out.

    `texts` are its files, each with the fingerprint of the text it was made from and the one of the text as it is now.
    `missing` are the sections that nobody has translated, each with the name of the file that would.
    """

    original: str
    translator: str | None
    draft: bool
    texts: tuple[tuple[YamlSource, str, str], ...]
    missing: dict[str, str]


class Topic(Struct, frozen=True):
    """A topic with all its sections; checklists are sections too and come last.

    With a clinic's overlay, `sections` are as the clinic wants them and `shipped` as they were before.
    In another language than its own it has a `translation` and the sections that are translated.
    """

    id: str
    file: TopicFile
    source: YamlSource
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    overlay: tuple[OverlayFile, YamlSource] | None = None
    shipped: tuple[Section, ...] | None = None
    translation: Translation | None = None

    @property
    def language(self) -> str:
        """The language of its words."""
        return self.file.language

    @property
    def title(self) -> str:
        """The topic's name as the page shows it."""
        return self.file.title

    @property
    def provenance(self) -> Provenance:
        """Who wrote it, and when."""
        return self.file.provenance

    @property
    def codes(self) -> tuple[Code, ...]:
        """Diagnosis codes."""
        return self.file.codes

    def section(self, section_id: str) -> Section | None:
        """The section of that id."""
        return next((section for section in self.sections if section.id == section_id), None)


def items_by_reference(sections: Iterable[Section]) -> dict[str, Item]:
    """The items by the name that the command line and overlays give them: `section/item`."""
    return {f"{section.id}/{item.id}": item for section in sections for _, item in section.grouped_items()}


def read_topic(topic_id: str, root: Root, folder: Path, audiences: Collection[str]) -> Topic:
    """Read a topic's folder. Raises ContentError with every problem of every file."""
    problems: list[Diagnostic] = []

    def read(name: str, model: type[Any]) -> tuple[Any, YamlSource] | None:
        file = folder / name
        if not is_file(file, root):
            problems.append(
                Diagnostic("C204", "this file is missing", f"topic.yaml of {topic_id} asks for it", root.show(file))
            )
            return None
        try:
            source = YamlSource(file, root.show(file))
            return read_model(source, model), source
        except ContentError as error:
            problems.extend(error.diagnostics)
            return None

    found = read("topic.yaml", TopicFile)
    if found is None:
        raise ContentError(problems)
    topic_file, topic_source = found
    found_sources = read("sources.yaml", SourcesFile)
    sections: list[Section] = []
    names = [(name, f"{name}.yaml") for name in topic_file.sections]
    names += [(name, f"checklists/{name}.yaml") for name in topic_file.checklists]
    for section_id, name in names:
        found_section = read(name, SectionFile)
        if found_section:
            sections.append(Section(section_id, *found_section))
    listed = {name for _, name in names} | {"topic.yaml", "sources.yaml"}
    for file in sorted([*folder.glob("*.yaml"), *folder.glob("checklists/*.yaml")]):
        name = file.relative_to(folder).as_posix()
        if name not in listed:
            problems.append(
                topic_source.diagnostic(
                    ("checklists" if "/" in name else "sections",),
                    "C205",
                    f"{name} is in the folder but not in this list",
                    f"add {file.stem} to the list, or move the file away",
                )
            )
    if problems:
        raise ContentError(problems)
    sources = found_sources[0].sources if found_sources else ()
    topic = Topic(topic_id, topic_file, topic_source, tuple(sections), sources)
    problems = list(islice(_broken_references(topic, audiences), MAX_PROBLEMS))
    if problems:
        raise ContentError(problems)
    return topic


class References(Struct, frozen=True):
    """What a topic's files may refer to: the sources of its own list, and every audience."""

    sources: Collection[str]
    audiences: Collection[str]

    @classmethod
    def of(cls, topic: Topic, audiences: Collection[str]) -> References:
        """Those of a topic."""
        return cls({source.id for source in topic.sources} | {ARTICLE}, audiences)

    def unknown_audiences(self, source: YamlSource, path: Path_, names: Iterable[str]) -> Iterator[Diagnostic]:
        """Keys of a mapping by audience that are no audience."""
        for name in names:
            if name not in self.audiences:
                hint = nearest(name, self.audiences)
                yield source.diagnostic((*path, name), "C207", "no audience has this name", hint, key=True)

    def unknown_sources(self, source: YamlSource, path: Path_, names: Iterable[str]) -> Iterator[Diagnostic]:
        """Entries of a `sources:` list that sources.yaml does not have."""
        for index, name in enumerate(names):
            if name not in self.sources:
                hint = nearest(name, self.sources)
                yield source.diagnostic((*path, "sources", index), "C208", f'"{name}" is not in sources.yaml', hint)


def _broken_references(topic: Topic, audiences: Collection[str]) -> Iterator[Diagnostic]:
    references = References.of(topic, audiences)
    yield from references.unknown_audiences(topic.source, ("for",), topic.file.tailored)
    if not any(section.is_warning for section in topic.sections):
        hint = "list a section of kind: warning-signs; every handout says when to get help"
        yield topic.source.diagnostic(("sections",), "C226", "this topic has no warning signs", hint)
    seen_sections: set[str] = set()
    for section in topic.sections:
        if section.id in seen_sections:
            yield topic.source.diagnostic(("sections",), "C206", f'the section "{section.id}" stands here twice')
        seen_sections.add(section.id)
        yield from _broken_section(section, references)


def _broken_section(section: Section, references: References) -> Iterator[Diagnostic]:
    source, file = section.source, section.file
    say = source.diagnostic
    yield from references.unknown_audiences(source, ("for",), file.tailored)
    yield from references.unknown_sources(source, (), file.sources)
    for index, name in enumerate(file.audiences):
        if name not in references.audiences:
            hint = nearest(name, references.audiences)
            yield say(("audiences", index), "C207", "no audience has this name", hint)
    for key in _ONLY_CHECKLISTS:
        if getattr(file, key.replace("-", "_")) and file.kind != "checklist":
            yield say((key,), "C209", "only a checklist has this key", key=True)
    if file.days and file.columns:
        yield say(("columns",), "C209", 'the columns are the days already; leave out "days" or "columns"', key=True)
    yield from section_figure_problems(file, file.kind, source, ())
    for audience, wording in file.tailored.items():
        yield from section_figure_problems(wording, file.kind, source, ("for", audience))
    ids: set[str] = set()
    for group_index, group in enumerate(file.groups):
        for index, item in enumerate(group.items):
            path = ("groups", group_index, "items", index)
            if item.id in ids:
                yield say((*path, "id"), "C206", f'the id "{item.id}" stands in this file twice')
            ids.add(item.id)
            yield from item_problems(item, file.kind, source, path, references)
        if group.figure and file.kind != "prose":
            place = ("groups", group_index, "figure")
            yield say(place, "C209", "only prose prints a group's picture", "give it to an item", key=True)
        if not group.items and not group.text and not group.figure:
            yield say(("groups", group_index), "C210", "this group has neither items nor text")


def section_figure_problems(
    wording: SectionFile | SectionWording | Change, kind: SectionKind, source: YamlSource, path: Path_
) -> Iterator[Diagnostic]:
    """A section's picture where none is printed."""
    if wording.figure and kind == "warning-signs":
        yield source.diagnostic((*path, "figure"), "C209", "warning signs print no picture", key=True)


def item_problems(
    item: Item, kind: SectionKind, source: YamlSource, path: Path_, references: References
) -> Iterator[Diagnostic]:
    """What is wrong with an item of a section of this kind; the item stands at `path` of the file."""
    yield from references.unknown_audiences(source, (*path, "for"), item.tailored)
    yield from references.unknown_sources(source, path, item.sources)
    for key in REQUIRED_KEYS.get(kind, ()):
        if getattr(item, key) is None:
            yield source.diagnostic(path, "C202", f'the key "{key}" is missing ({kind} need it)', f"add {key}:")
    yield from wording_problems(item, kind, source, path, references)
    for audience, wording in item.tailored.items():
        yield from wording_problems(wording, kind, source, (*path, "for", audience), references)


def wording_problems(
    wording: Item | ItemWording | Change, kind: SectionKind, source: YamlSource, path: Path_, references: References
) -> Iterator[Diagnostic]:
    """Keys that a section of this kind does not print, and priorities for audiences that do not exist."""
    priority = getattr(wording, "priority", None)
    if isinstance(priority, dict):
        yield from references.unknown_audiences(source, (*path, "priority"), priority)
    for key, only in _ONLY.items():
        if getattr(wording, key, None) is not None and kind != only:
            yield source.diagnostic((*path, key), "C209", f"only {only} have this key", key=True)
    if wording.figure and kind in _ITEMS_WITHOUT_PICTURE:
        message = f"an item of {kind} prints no picture"
        yield source.diagnostic((*path, "figure"), "C209", message, key=True)
