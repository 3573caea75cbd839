"""What the rules look at: a topic as it is written, and a sheet as it is composed and laid out."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from handouts.composing.glossary import Glossary
from handouts.library import DEFAULT_SHEET
from handouts.quality import reading
from handouts.quality.rules.leaves import elements, leaves
from handouts.quality.rules.written_texts import normal, reading_kind, written_texts

if TYPE_CHECKING:
    from msgspec import Struct

    from handouts.document import Block, Document
    from handouts.library import Audience, Brand, Library, Topic
    from handouts.library.yaml_source import YamlSource
    from handouts.quality.reading import Figure, Prepared
    from handouts.quality.reading.prepared import Match
    from handouts.quality.rules.leaves import Leaf
    from handouts.quality.rules.rule import Where
    from handouts.quality.rules.written_texts import WrittenText
    from handouts.selection import Selection

# So many words of a text are seldom those of another text as well.
_TELLING = 4


def is_meant(audience: Audience, template: str, topic: Topic) -> bool:
    """Whether the audience's profile was written for such a topic: at least half of the sections it lists are there.

    A clinic has topics and audiences of its own beside the shipped ones; what only happens to have a section in common
    is no sheet that anybody thought of.
    """
    listed = {part.section for part in audience.parts(template)}
    found = [section for section in topic.sections if section.id in listed]
    if len(found) == len(listed):  # a diary lists the warning signs alone
        return bool(found)
    return 2 * len(found) >= len(listed) and not all(section.is_warning for section in found)


class WrittenTopic:
    """A topic with its texts and their places. `library` has what belongs to every topic."""

    def __init__(self, topic: Topic, library: Library) -> None:
        self.topic = topic
        self.library = library

    @property
    def language(self) -> str:
        """The language of its words."""
        return self.topic.language

    @cached_property
    def texts(self) -> tuple[WrittenText, ...]:
        """Every text, for whichever audience."""
        return tuple(written_texts(self.topic))

    @cached_property
    def prepared(self) -> Prepared | None:
        """What is said, ready to be measured; None in a language without rules (R43)."""
        try:
            return reading.prepare(self.said, self.language)
        except reading.LanguageNotMeasuredError:
            return None

    @cached_property
    def said(self) -> tuple[reading.Passage, ...]:
        """The paragraphs and list items of the texts, each with the written text as `origin`."""
        return tuple(
            reading.Passage(part, reading_kind(each), each.section, each)
            for each in self.texts
            if each.field != "author"
            for part in each.paragraphs
        )

    def place(self, match: Match) -> Where:
        """The place of something that was found in what is said."""
        found: Where = self.said[match.passage_index].origin.where
        return found

    @cached_property
    def glossary(self) -> Glossary:
        """The medical words that are explained on a sheet in this language."""
        return Glossary(self.library.glossary(self.language))


class ComposedSheet:
    """What an audience gets from a template when nothing else is asked for."""

    def __init__(self, written: WrittenTopic, selection: Selection, document: Document, brand: Brand) -> None:
        self.written = written
        self.selection = selection
        self.document = document
        self.brand = brand

    @property
    def name(self) -> str:
        """The sheet's name in messages."""
        named = f"{self.document.topic}, {self.document.audience}, {self.document.template}"
        return f"{named}, {self.document.language}" if self.written.topic.translation else named

    @property
    def short_name(self) -> str:
        """The same without the audience, where the place says whose it is."""
        return self.name.replace(f", {self.document.audience}, ", ", ", 1)

    @property
    def has_additions(self) -> bool:
        """Whether it prints an item that a clinic added: what is wrong with the sheet may come of it."""
        overlay = self.written.topic.overlay
        added = {(each.section, each.item.id) for each in overlay[0].add} if overlay else set()
        sections = self.selection.sections
        return any((each.id, item.id) in added for each in sections for part in each.groups for item in part.items)

    @cached_property
    def elements(self) -> tuple[Struct, ...]:
        """Every element of the document, each before what is in it."""
        return tuple(elements(self.document.blocks))

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Every piece of text of the document, in reading order."""
        return tuple(leaves(self.document.blocks))

    @cached_property
    def prepared(self) -> Prepared | None:
        """What is said, ready to be measured; None in a language without rules (R43)."""
        try:
            return reading.prepare(self.said, self.document.language)
        except reading.LanguageNotMeasuredError:
            return None

    @cached_property
    def said(self) -> tuple[reading.Passage, ...]:
        """The document's passages, as a reading formula takes them."""
        return tuple(reading.passages(self.document.blocks))

    def place(self, match: Match) -> Where:
        """The place that something was written at that was found in what is said."""
        return self.whence(self.said[match.passage_index].text)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The reading figures of the whole; none in a language without rules."""
        return reading.measure(self.prepared) if self.prepared else ()

    @cached_property
    def parts(self) -> dict[str, Prepared]:
        """What each section says, ready to be measured, by its id. Empty in a language without rules."""
        return {} if self.prepared is None else self.prepared.by_section()

    @cached_property
    def printed(self) -> str:
        """All that the sheet says, as it compares with a written text."""
        return "\n".join(normal(leaf.unexplained) for leaf in self.leaves)

    @cached_property
    def pages(self) -> int:
        """How many sides the sheet has: standard edition, the paper of the clinic."""
        return self._pages(self.document.blocks)

    def fits_first_page(self, blocks: tuple[Block, ...]) -> bool:
        """Whether these blocks, which the document begins with, end on its first page."""
        return self._pages(blocks) == 1

    def _pages(self, blocks: tuple[Block, ...]) -> int:
        from handouts.pdf import count_pages

        paper = self.written.library.defaults.paper
        document = replace(self.document, blocks=blocks)
        return count_pages(document, self.brand, "standard", paper)

    # -------------------------------------------------------------- places

    @cached_property
    def _listing(self) -> tuple[YamlSource, str]:
        """The audience's file that lists this sheet's sections, and the template under whose name it does."""
        from handouts.library.audiences import audience_sources

        path = self.written.library.path
        sources = [source for name in self.lineage for source in audience_sources(path, name)]
        for template in (self.document.template, DEFAULT_SHEET):
            for source in sources:
                value = source.value
                sheets = value.get("sheets") if isinstance(value, dict) else None
                if isinstance(sheets, dict) and template in sheets:
                    return source, template
        return sources[0], DEFAULT_SHEET

    @property
    def lineage(self) -> tuple[str, ...]:
        """The audience and those that it extends."""
        return self.selection.audience.lineage

    @property
    def profile(self) -> Where:
        """The place in the audience's file that lists the sections of this sheet."""
        source, template = self._listing
        return source, ("sheets", template)

    @property
    def sheets(self) -> Where:
        """The place in the audience's file that lists all its sheets."""
        return self._listing[0], ("sheets",)

    @property
    def template(self) -> Where:
        """The template's file."""
        found = self.written.library.path.find(f"templates/{self.document.template}.xml.jinja")
        return found[0].show(found[1]) if found else self.document.template

    def part(self, *names: str) -> Where:
        """The first of these parts of templates (named after a kind of section) of which a clinic has its own.

        When it has none, the template.
        """
        workspace = self.written.library.path.workspace
        for name in names:
            found = self.written.library.path.find(f"templates/_{name}.xml.jinja")
            if found and found[0] == workspace:
                return found[0].show(found[1])
        return self.template

    def section(self, section_id: str) -> Where:
        """The file of a section."""
        section = self.written.topic.section(section_id)
        return (section.source, ()) if section else self.template

    def whence(self, text: str) -> Where:
        """The place that a text of the sheet was written at; the template's, when no content file holds it."""
        wanted = normal(text)
        found = next((each for each in self._readable if any(wanted in part for part in each.normal)), None)
        if found is None:  # a leaf that several texts stand in: the longest of them
            inside = [
                each
                for each in self._readable
                if (part := " ".join(each.normal)) in wanted and len(part.split()) >= _TELLING
            ]
            found = max(inside, key=lambda each: len(each.text), default=None)
        return found.where if found else self.template

    @cached_property
    def _readable(self) -> list[WrittenText]:
        """The texts that this reader can get, the reader's own words first."""
        readable = [each for each in self.written.texts if each.audience in {None, *self.lineage}]
        return sorted(readable, key=lambda each: each.audience is None)
