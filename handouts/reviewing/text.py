"""The text that a clinician signs: every word of content that a reader can see, a line for each.

    care/bend.text: Bend it each hour.
    care/bend.text@runner: Bend it after each run.

A line says where its words stand (`unit.field`), for which audience if they are not for all, and then the words. A
unit is what stands or falls as one: an item, the opening of a group, of a section, of the topic (with the names of all
warning signs), a glossary word. A page is covered by a text when each of its units stands there whole, in the same
words: a page with fewer items is, one whose item has lost its caution is not.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from handouts.composing.glossary import Glossary
from handouts.composing.views import dose_line
from handouts.errors import Diagnostic
from handouts.library.figures import find_picture
from handouts.library.models import Dose, Illustration
from handouts.library.pictures import read_picture
from handouts.library.translations import word_fields
from handouts.selection import select

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from handouts.library import Audience, Library, Section, Topic
    from handouts.selection import Selection

    Lines = tuple[str, ...]
    # The words of each field, by unit.
    Reading = dict[str, dict[str, list[str]]]

# Fields that hold other records: those are written on their own.
_INNER = frozenset({"tailored", "groups", "items", "provenance"})
_KEY = re.compile(r"(?P<unit>.+)\.(?P<field>[a-z-]+)(\[[0-9]+\])?(@(?P<audience>[a-z0-9-]+))?")


def text_of(library: Library, topic: Topic, audience: Audience | None = None) -> Lines:
    """The topic's text; with an audience, what its sheets print by default, whatever the template.

    Raises ContentError for a sheet that asks for a section that is not translated.
    """
    writer = _Writer(library, topic)
    lines = writer.content()
    if audience is not None:
        units = set[str]()
        for template in audience.sheets:
            units |= printed_units(select(topic, audience, template=template))
        lines = tuple(_heard_by(lines, audience.lineage, units))
    return lines + writer.glossary(lines)


def printed(library: Library, selection: Selection) -> Reading:
    """What a selection prints of the topic's text, as the audience reads it."""
    units = printed_units(selection)
    writer = _Writer(library, selection.topic)
    lines = tuple(_heard_by(writer.content(units), selection.audience.lineage, units))
    return reading(lines + writer.glossary(lines), selection.audience.lineage)


def covers(signed: Lines, page: Reading, lineage: Iterable[str]) -> bool:
    """Whether each unit of a page stands in the signed text as this reader reads it."""
    then = reading(signed, lineage)
    return all(then.get(unit) == words for unit, words in page.items())


def unchanged(signed: Lines, now: Lines) -> bool:
    """Whether every unit of the text of now, in the words for every audience, stands in the signed text."""
    then = _units(signed)
    return all(sorted(then.get(unit, ())) == sorted(lines) for unit, lines in _units(now).items())


def printed_units(selection: Selection) -> set[str]:
    """The units of content that a selection prints."""
    units = {"topic"}
    for section in selection.sections:
        units.add(section.id)
        for group in section.groups:
            units.add(f"{section.id}.{group.id}")
            units.update(f"{section.id}/{item.id}" for item in group.items)
    return units


def reading(lines: Iterable[str], lineage: Iterable[str]) -> Reading:
    """What an audience reads: its own words before those for all."""
    for_all: Reading = {}
    tailored: dict[str, Reading] = {}
    for line in lines:
        unit, field, audience, words = _parts(line)
        target = for_all if audience is None else tailored.setdefault(audience, {})
        target.setdefault(unit, {}).setdefault(field, []).append(words)
    found: Reading = {}
    for unit in for_all.keys() | {unit for inner in tailored.values() for unit in inner}:
        own = next((tailored[name][unit] for name in lineage if unit in tailored.get(name, {})), {})
        found[unit] = {**for_all.get(unit, {}), **own}
    return found


def _heard_by(lines: Iterable[str], lineage: tuple[str, ...], units: set[str]) -> Iterator[str]:
    """The lines of the units that an audience reads."""
    parts = [(line, *_parts(line)) for line in lines]
    voices: dict[str, set[str]] = {}
    for _, unit, _, audience, _ in parts:
        if audience is not None:
            voices.setdefault(unit, set()).add(audience)
    voice = {unit: next((name for name in lineage if name in known), None) for unit, known in voices.items()}
    own = {(unit, field) for _, unit, field, audience, _ in parts if audience is not None and audience == voice[unit]}
    for line, unit, field, audience, _ in parts:
        wanted = (unit, field) not in own if audience is None else audience == voice[unit]
        if unit in units and wanted:
            yield line


def _parts(line: str) -> tuple[str, str, str | None, str]:
    """Unit, field, audience and words of a line."""
    key, _, words = line.partition(": ")
    found = _KEY.fullmatch(key)
    return (found["unit"], found["field"], found["audience"], words) if found else (key, "", None, words)


def _units(lines: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault(_parts(line)[0], []).append(line)
    return found


def _term_unit(term: str) -> str:
    return f"glossary/{term.replace(': ', ' ')}"


class _Writer:
    """Writes a topic's text."""

    def __init__(self, library: Library, topic: Topic) -> None:
        self.library = library
        self.topic = topic
        self.words = library.language(topic.language)

    def content(self, units: Container[str] | None = None) -> Lines:
        """The text of the sections that are among the units, or of all."""
        file = self.topic.file
        lines = [*self.record("topic", file, file.tailored), *self.warning_signs()]
        for section in self.topic.sections:
            if units is None or section.id in units:
                lines += self.section(section)
        return tuple(lines)

    def warning_signs(self) -> Iterator[str]:
        """Each warning sign by name: every page holds the topic's opening, so one that is gone is missed on all."""
        for section in sorted(self.topic.sections, key=lambda section: section.id):
            if section.is_warning:
                signs = sorted(f"{item.id} ({item.urgency})" for _, item in section.grouped_items())
                yield f"topic.warning-signs: {section.id}: {', '.join(signs)}"

    def section(self, section: Section) -> Iterator[str]:
        file = section.file
        yield from self.record(section.id, file, file.tailored, ("days", "answer_lines"))
        for group in file.groups:
            shown = replace(group, title=None) if section.is_warning else group  # its urgency is printed in its place
            yield from self.record(f"{section.id}.{group.id}", shown, {})
            for item in group.items:
                unit = f"{section.id}/{item.id}"
                if shown.title or shown.text:  # what stands above it: "do" or "avoid"
                    yield from self.field(f"{unit}.group", shown.title or group.id, "")
                yield from self.record(unit, item, item.tailored, ("urgency",))

    def record(self, unit: str, record: Any, tailored: Mapping[str, Any], more: tuple[str, ...] = ()) -> Iterator[str]:
        """The words of a record, and other fields of it that a reader sees; each followed by those for one audience.

        An audience's wording that a clinic's overlay took all words from keeps its place: it hides what an audience
        that this one extends would read.
        """
        names = [name for name in word_fields(type(record)) if name not in _INNER]
        voices = {
            audience: wording if any(getattr(wording, name, None) for name in names) else record
            for audience, wording in tailored.items()
        }
        for name in (*names, *more):
            key = f"{unit}.{name.replace('_', '-')}"
            value = getattr(record, name)
            yield from self.field(key, value, "")
            if name not in more:
                for audience, voice in voices.items():
                    own = getattr(voice, name, None)
                    if isinstance(own, Dose) and isinstance(value, Dose):
                        own = value.with_changes(own)  # as it prints: what is not said anew stays
                    yield from self.field(key, own, f"@{audience}")

    def field(self, key: str, value: Any, of: str) -> Iterator[str]:
        match value:
            case tuple():
                for number, each in enumerate(value, 1):
                    yield from self.field(f"{key}[{number}]", each, of)
            case Dose():
                yield from self.field(key, dose_line(value, self.words), of)
            case Illustration():
                yield from self.field(key, self.picture(value.file), of)
                yield from self.field(f"{key}-alt", value.alt, of)
                yield from self.field(f"{key}-caption", value.caption, of)
            case str() | int() if value:
                yield f"{key}{of}: {' '.join(str(value).split())}"

    def picture(self, name: str) -> str:
        """The picture's name with the SHA-256 of its file: another picture is another instruction.

        The whole of it: of a shorter one, two pictures can be made that have it in common. Raises MissingResourceError
        for a picture that cannot be read or is too large to print.
        """
        file = find_picture(self.library.path, self.topic.id, name)
        if file is None:
            return name
        shown = next(root.show(file) for root in self.library.path.roots if file.is_relative_to(root.folder))
        data = read_picture(file, lambda code, message, hint: Diagnostic(code, message, hint, shown))
        if file.suffix.lower() == ".svg":
            data = data.replace(b"\r\n", b"\n")  # as some version controls write it
        return f"{name} ({hashlib.sha256(data).hexdigest()})"

    def glossary(self, lines: Iterable[str]) -> Lines:
        """What the page says in brackets after the medical words of the lines."""
        words = "\n".join(_parts(line)[3] for line in lines)
        found = Glossary(self.library.glossary(self.topic.language)).words_in(words)
        return tuple(f"{_term_unit(term)}.meaning: {' '.join(found[term].split())}" for term in sorted(found))
