"""A topic in another language: its words, by id, over the original's structure. Phase 1, LOAD.

A translation is a folder `content/topics/TOPIC/LANGUAGE/` with a `topic.yaml` and a file for each translated section.
It holds words and nothing else; order, priorities, urgency, numbers and sources are the original's, so that
the two cannot come apart. Each file says by a fingerprint which text it translates (`of:`), and `handouts check` says
when that text has changed since (R42). A word that is missing is an error: nothing prints in the wrong language.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from handouts.errors import ContentError, Diagnostic, nearest
from handouts.library import models
from handouts.library.models import Identifier, ItemWording, Model, SectionWording, TopicWording, Words
from handouts.library.overlays import digest
from handouts.library.search_path import is_file
from handouts.library.topics import Section, Topic, Translation
from handouts.library.validation import read_model
from handouts.library.yaml_source import MAX_PROBLEMS, YamlSource

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handouts.library.search_path import Root
    from handouts.library.yaml_source import Path_

    R = TypeVar("R", bound=msgspec.Struct)

# What of a record is words. The rest is the original's.
_WORDS: dict[type[msgspec.Struct], tuple[str, ...]] = {
    models.TopicFile: ("title", "main_message", "key_points", "tailored", "provenance"),
    models.Provenance: ("author",),
    models.TopicWording: ("main_message", "key_points"),
    models.SectionFile: ("title", "intro", "figure", "tailored", "columns", "groups"),
    models.SectionWording: ("title", "intro", "figure"),
    models.Group: ("title", "text", "figure", "items"),
    models.Item: (*ItemWording.__struct_fields__, "tailored"),
    models.ItemWording: ItemWording.__struct_fields__,
    models.Dose: ("time", "hold", "rest"),
    models.Illustration: ("alt", "caption"),
}

Fingerprint = Annotated[Words, Meta(description="Of the text that this translates; handouts check tells it.")]


class FigureTranslation(Model, frozen=True, kw_only=True):
    """A picture's words in another language."""

    alt: Words
    caption: Words


class ItemWordingTranslation(ItemWording, frozen=True, kw_only=True):
    """An item's words for one audience in another language."""

    figure: FigureTranslation | None = None  # type: ignore[assignment]  # of the original's, the words


class SectionWordingTranslation(SectionWording, frozen=True, kw_only=True):
    """A section's words for one audience in another language."""

    figure: FigureTranslation | None = None  # type: ignore[assignment]


class ItemTranslation(ItemWordingTranslation, frozen=True, kw_only=True):
    """An item's words in another language."""

    tailored: dict[str, ItemWordingTranslation] = msgspec.field(name="for", default_factory=dict)


class GroupTranslation(Model, frozen=True, kw_only=True):
    """A group's words in another language; its items by id."""

    title: Words | None = None
    text: Words | None = None
    figure: FigureTranslation | None = None
    items: dict[Identifier, ItemTranslation] = msgspec.field(default_factory=dict)


class SectionTranslation(Model, frozen=True, kw_only=True):
    """A file `content/topics/TOPIC/LANGUAGE/SECTION.yaml`: a section's words; its groups by id."""

    of: Fingerprint | None = None
    title: Words
    intro: Words | None = None
    figure: FigureTranslation | None = None
    tailored: dict[str, SectionWordingTranslation] = msgspec.field(name="for", default_factory=dict)
    columns: tuple[Words, ...] = ()
    groups: dict[Identifier, GroupTranslation]


class ProvenanceTranslation(Model, frozen=True, kw_only=True):
    """What the author is called: in other words, or by the same name."""

    author: Words


class TopicTranslation(Model, frozen=True, kw_only=True):
    """A file `content/topics/TOPIC/LANGUAGE/topic.yaml`: who translated, and the topic's own words."""

    of: Fingerprint | None = None
    translator: Annotated[Words, Meta(description="Who translated, or who checked the draft.")] | None = None
    draft: Annotated[bool, Meta(description="Nobody has checked this translation yet; every page says so.")] = False
    title: Words
    main_message: Words
    key_points: tuple[Words, ...]
    tailored: dict[str, TopicWording] = msgspec.field(name="for", default_factory=dict)
    provenance: ProvenanceTranslation


def translate(topic: Topic, language: str, root: Root, folder: Path) -> Topic:
    """The topic in the words of the translation in `folder`, without the sections that have no file there.

    Raises ContentError with every problem of every file.
    """
    reader = _Reader(root, folder)
    head = reader.read("topic.yaml", TopicTranslation, topic.file)
    sections: list[Section] = []
    missing: dict[str, str] = {}
    for section in topic.sections:
        name = f"checklists/{section.id}.yaml" if section.id in topic.file.checklists else f"{section.id}.yaml"
        if not is_file(folder / name, root):
            missing[section.id] = root.show(folder / name)
            if section.is_warning:
                hint = "no handout goes without its warning signs"
                reader.problems.append(Diagnostic("C313", "this file is missing", hint, missing[section.id]))
            continue
        found = reader.read(name, SectionTranslation, section.file)
        if found:
            sections.append(Section(section.id, with_words(section.file, found.value), found))
    reader.refuse_strangers(topic)
    if head is None or reader.problems:
        raise ContentError(reader.problems[:MAX_PROBLEMS])
    said = msgspec.convert(head.value, TopicTranslation)
    return replace(
        topic,
        file=replace(with_words(topic.file, head.value), language=language),
        source=head,
        sections=tuple(sections),
        translation=Translation(topic.language, said.translator, said.draft, tuple(reader.texts), missing),
    )


class _Reader:
    """Reads a translation's files; collects every problem."""

    def __init__(self, root: Root, folder: Path) -> None:
        self.root = root
        self.folder = folder
        self.problems: list[Diagnostic] = []
        self.texts: list[tuple[YamlSource, str, str]] = []
        self.read_names: set[str] = set()

    def read(self, name: str, model: type[Any], original: msgspec.Struct) -> YamlSource | None:
        """A file with every word of the original, or None with its problems collected."""
        self.read_names.add(name)
        file = self.folder / name
        wanted = words_of(original)
        now = digest(wanted)
        try:
            source = YamlSource(file, self.root.show(file))
            said = read_model(source, model)
        except ContentError as error:
            self.problems.extend(error.diagnostics)
            return None
        self.texts.append((source, said.of or "", now))
        given = {key: value for key, value in _mapping(source.value).items() if key not in _ABOUT}
        found = list(islice(_differences(source, wanted, given, ()), MAX_PROBLEMS))
        if said.of is None:
            hint = f"when it says the same as the original, add of: {now}"
            found.append(source.diagnostic((), "R42", "says not which text it translates", hint))
        if isinstance(said, TopicTranslation) and not (said.translator or said.draft):
            hint = "add translator: and a name, or draft: true"
            found.append(source.diagnostic((), "R42", "says not who translated it", hint))
        self.problems.extend(found)
        return None if found else source

    def refuse_strangers(self, topic: Topic) -> None:
        """Files that no section of the original stands behind."""
        known = {section.id for section in topic.sections}
        for file in sorted([*self.folder.glob("*.yaml"), *self.folder.glob("checklists/*.yaml")]):
            name = file.relative_to(self.folder).as_posix()
            if name not in self.read_names:
                source = YamlSource(file, self.root.show(file))
                message = f"{topic.id} has no section that {name} could translate"
                self.problems.append(source.diagnostic((), "C205", message, nearest(file.stem, known)))


# How a translation came about, which is not a translation of anything.
_ABOUT = frozenset({"of", "translator", "draft"})


def word_fields(record: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields of a record of content that hold words."""
    return _WORDS[record]


def words_of(value: Any) -> Any:
    """The words of a record of content in the shape of a translation: mappings by key and by id, and texts."""
    match value:
        case msgspec.Struct():
            found = {_key(value, name): words_of(getattr(value, name)) for name in _WORDS[type(value)]}
            return {key: words for key, words in found.items() if words}
        case dict():
            return {key: words for key, inner in value.items() if (words := words_of(inner))}
        case tuple() if value and isinstance(value[0], msgspec.Struct):
            return {each.id: words for each in value if (words := words_of(each))}
        case tuple():
            return list(value)
        case _:
            return value


def with_words(value: R, words: Any) -> R:
    """The record with other words, which are complete: `words_of` gives the same shape for both."""
    changes: dict[str, Any] = {}
    for name in _WORDS[type(value)]:
        key = _key(value, name)
        if key in words:
            changes[name] = _replaced(getattr(value, name), words[key])
    return replace(value, **changes)


def _replaced(value: Any, words: Any) -> Any:
    match value:
        case msgspec.Struct():
            return with_words(value, words)
        case dict():
            return {key: _replaced(inner, words[key]) if key in words else inner for key, inner in value.items()}
        case tuple() if value and isinstance(value[0], msgspec.Struct):
            return tuple(with_words(each, words[each.id]) if each.id in words else each for each in value)
        case tuple():
            return tuple(words)
        case _:
            return words


def _key(record: msgspec.Struct, name: str) -> str:
    """The YAML key of a record's field."""
    return record.__struct_encode_fields__[record.__struct_fields__.index(name)]


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _differences(source: YamlSource, wanted: Any, given: Any, path: Path_) -> Iterator[Diagnostic]:
    """Words of the original that the translation lacks, and those that it has too many."""
    if isinstance(wanted, dict):
        given = _mapping(given)
        for key in wanted:
            if key not in given:
                yield source.diagnostic(path, "C310", f'"{key}" is not translated', f"add {key}:")
            else:
                yield from _differences(source, wanted[key], given[key], (*path, key))
        for key in given:
            if key not in wanted:
                message = "the original has no such words"
                yield source.diagnostic((*path, key), "C311", message, nearest(key, wanted), key=True)
    elif isinstance(wanted, list) and isinstance(given, list) and len(wanted) != len(given):
        message = f"the original has {len(wanted)} of these, this has {len(given)}"
        yield source.diagnostic(path, "C312", message, "translate each of them, in the same order")
