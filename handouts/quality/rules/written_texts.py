"""Everything a topic says, each text with its place in the file that says it.

One walk for all rules: the original's files, a translation's (which have their words by id), and a clinic's overlay,
whose words stand for the shipped ones.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from handouts.composing.markdown import parse_blocks
from handouts.document import texts
from handouts.library.translations import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.library import Section, Topic
    from handouts.library.clinic import OverlayFile
    from handouts.library.models import SectionKind
    from handouts.library.yaml_source import Path_, YamlSource
    from handouts.quality.reading.prepared import PassageKind

# Marks that a page prints in place of the straight ones (composing/quotes.py).
_QUOTES = str.maketrans("“”„«»‘’‚‹›", "\"\"\"\"\"'''''")


class WrittenText(Struct, frozen=True, dict=True):
    """A text with its place, and whose it is. `field` is the YAML key.

    `section` and `item` are ids, empty outside of any; `audience` is None for words that are for everyone.
    What is read out of the text is kept: many rules and sheets ask for it.
    """

    text: str
    source: YamlSource
    path: Path_
    field: str
    section: str = ""
    kind: SectionKind | None = None
    item: str = ""
    audience: str | None = None

    @property
    def where(self) -> tuple[YamlSource, Path_]:
        """The place, for a fault."""
        return self.source, self.path

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs and list items of the text, without its Markdown."""
        return paragraphs(self.text)

    @cached_property
    def normal(self) -> tuple[str, ...]:
        """The same as they compare with what a sheet says."""
        return tuple(filter(None, map(normal, self.paragraphs)))


def paragraphs(markdown: str) -> tuple[str, ...]:
    """The paragraphs and list items of a field. Empty for Markdown that a handout refuses: composing reports it."""
    try:
        return tuple(texts(parse_blocks(markdown)))
    except ValueError:
        return ()


def normal(text: str) -> str:
    """A text as it compares: straight quotes, single spaces."""
    return " ".join(text.translate(_QUOTES).split())


# Words that name something, and are read by themselves.
_LABELS = frozenset({"alt", "author", "columns", "hold", "rest"})
_LINES = frozenset({"key-points", "mistakes", "steps"})


def reading_kind(text: WrittenText) -> PassageKind:
    """What a text is to a reading formula: a heading and a label are not measured, a line of a list may be."""
    if text.field == "title":
        return "heading"
    if text.field == "term":
        return "item" if text.kind in {"warning-signs", "checklist"} else "label"
    if text.field in _LABELS:
        return "label"
    return "caption" if text.field == "caption" else "item" if text.field in _LINES else "paragraph"


def beginning(text: str) -> str:
    """The first words of a text, to know it by in a message."""
    words = text.split()
    return " ".join(words[:6]) + (" …" if len(words) > 6 else "")


def written_texts(topic: Topic) -> Iterator[WrittenText]:
    """Every text of the topic as it prints, for whichever audience."""
    for path, text in _leaves(words_of(topic.file), ()):
        yield WrittenText(text, topic.source, path, _field(path), audience=_audience(path))
    for section in topic.sections:
        places = _Places(topic, section)
        for path, text in _leaves(words_of(section.file), ()):
            source, place = places.of(path)
            item = str(path[3]) if path[2:3] == ("items",) else ""
            yield WrittenText(text, source, place, _field(path), section.id, section.file.kind, item, _audience(path))


def _leaves(words: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    """The texts of `words_of` a record, each with its keys and ids."""
    match words:
        case dict():
            for key, inner in words.items():
                yield from _leaves(inner, (*path, key))
        case list():
            for index, inner in enumerate(words):
                yield from _leaves(inner, (*path, index))
        case str():
            yield path, words


def _field(path: Path_) -> str:
    return next(part for part in reversed(path) if isinstance(part, str))


def _audience(path: Path_) -> str | None:
    return str(path[path.index("for") + 1]) if "for" in path else None


class _Places:
    """Where the words of a section stand: their keys and ids as a place in a file."""

    def __init__(self, topic: Topic, section: Section) -> None:
        self.by_id = topic.translation is not None
        self.section = section
        shipped = next((each for each in topic.shipped or () if each.id == section.id), section)
        self.groups = {group.id: index for index, group in enumerate(shipped.file.groups)}
        self.items = {item.id: index for group in shipped.file.groups for index, item in enumerate(group.items)}
        self.overlay = topic.overlay

    def of(self, path: Path_) -> tuple[YamlSource, Path_]:
        """The file and the place of a text."""
        if self.overlay:
            overlay, source = self.overlay
            changed = self._changed(overlay, path)
            if changed:
                return source, changed
        if self.by_id or path[:1] != ("groups",):
            return self.section.source, path
        place: Path_ = ("groups", self.groups[str(path[1])], *path[2:])
        if path[2:3] == ("items",):
            place = (*place[:3], self.items[str(path[3])], *path[4:])
        return self.section.source, place

    def _changed(self, overlay: OverlayFile, path: Path_) -> Path_ | None:
        """The place in the overlay of a text that the clinic wrote, or None."""
        item = path[3] if path[2:3] == ("items",) else None
        rest = path[4:] if item else path
        for index, addition in enumerate(overlay.add):
            if item and (addition.section, addition.item.id) == (self.section.id, item):
                return ("add", index, "item", *rest)
        target = f"{self.section.id}/{item}" if item else self.section.id
        for index, change in reversed(list(enumerate(overlay.change))):
            if target in {change.item, change.section} and getattr(change, re.sub("-", "_", str(rest[0])), None):
                return ("change", index, *rest)
        return None
