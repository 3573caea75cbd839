"""Texts of content as a template sees them: under numbers, never as text. Phase 3, COMPOSE.

`{{ item.text }}` writes `<slot id="7"/>`. The text itself does not pass through the template: it is parsed on its own
and takes the slot's place when the template's XML is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handouts.composing.markdown import as_inlines, parse_blocks
from handouts.document import Figure, texts
from handouts.errors import Diagnostic
from handouts.library.figures import find_picture, named_figures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.document import Block
    from handouts.library import SearchPath, Topic
    from handouts.library.models import Illustration
    from handouts.library.yaml_source import Path_, YamlSource


class Slot:
    """A text of content or a note, standing in a template under a number.

    Why the text is not in it: what a template can read, it can drop a part of, put into a message or print as markup.
    """

    __slots__ = ("filled", "number")

    def __init__(self, number: int, *, filled: bool) -> None:
        self.number = number
        self.filled = filled

    def __html__(self) -> str:
        return f'<slot id="{self.number}"/>'

    def __str__(self) -> str:
        raise TypeError("a text of content cannot be changed or looked into; print it as it is")

    def __eq__(self, other: object) -> bool:
        raise TypeError("a text of content cannot be compared; {% if item.text %} asks whether there is one")

    def __bool__(self) -> bool:
        return self.filled


class SlotTable:
    """The slots of one document: hands them out, reads them when they are used, and knows which were.

    What cannot be read is collected in `problems`, each at its place in a content file.
    """

    def __init__(self, topic: Topic, path: SearchPath) -> None:
        """For a topic whose pictures are found along `path`."""
        self.topic = topic
        self.path = path
        self.texts: list[str] = []
        self.figures: dict[int, Illustration] = {}
        self.parsed: dict[int, tuple[Block, ...]] = {}
        self.note: Slot | None = None
        self.problems: list[Diagnostic] = []

    def slot(self, text: str) -> Slot:
        """A slot for the text."""
        self.texts.append(text)
        return Slot(len(self.texts) - 1, filled=bool(text.strip()))

    def optional(self, text: str | None) -> Slot | None:
        """A slot, or None for no text."""
        return None if text is None else self.slot(text)

    def figure(self, figure: Illustration | None) -> Slot | None:
        """A slot for a picture and its caption, or None for no picture."""
        if figure is None:
            return None
        slot = self.slot(figure.caption)
        self.figures[slot.number] = figure
        return slot

    def is_used(self, slot: Slot) -> bool:
        """Whether the template printed the slot."""
        return slot.number in self.parsed

    def text_of(self, slot: Slot) -> str:
        """The characters that a slot prints, in one line."""
        return " ".join(" ".join(texts(self.parsed.get(slot.number, ()))).split())

    # -------------------------------------------------------------- reading

    def read(self, slot_id: str) -> tuple[Block, ...]:
        """The content of the slot that a template's XML names. Raises LookupError for a number we did not give out."""
        number = self._number(slot_id)
        if number is None:
            raise LookupError(slot_id)
        if number not in self.parsed:
            try:
                blocks: tuple[Block, ...] = parse_blocks(self.texts[number])
                if number in self.figures:
                    blocks = self._pictured(self.figures[number], blocks)
                self.parsed[number] = blocks
            except ValueError as error:
                self.problems.append(self._wrong(number, str(error)))
                self.parsed[number] = ()
        return self.parsed[number]

    def _pictured(self, figure: Illustration, caption: tuple[Block, ...]) -> tuple[Block, ...]:
        """The picture over its caption; a missing one is a problem. Raises ValueError for a list."""
        named = next(each for each in named_figures(self.topic) if each.figure is figure)
        file = find_picture(self.path, self.topic.id, figure.file)
        if file is None:
            self.problems.append(named.missing(self.topic.id))
        place = (named.source.shown_as, named.line)
        return (Figure(str(file or ""), figure.alt, as_inlines(caption), place),)

    def whence(self, slot_id: str) -> str:
        """Where the slot's text stands, for a hint."""
        number = self._number(slot_id)
        found = None if number is None or self._is_note(number) else self._find(self.texts[number])
        return f"the text is in {found[0].diagnostic(found[1], '', '').place}" if found else ""

    def _number(self, slot_id: str) -> int | None:
        number = int(slot_id) if slot_id.isdecimal() and len(slot_id) < 8 else -1
        return number if 0 <= number < len(self.texts) else None

    def _is_note(self, number: int) -> bool:
        return self.note is not None and self.note.number == number

    def _wrong(self, number: int, message: str) -> Diagnostic:
        hint = "write plain sentences or a list"
        if self._is_note(number):
            return Diagnostic("U118", f"--note: {message}", hint)
        found = self._find(self.texts[number])
        if found is None:
            return Diagnostic("C240", message, hint, self.topic.source.shown_as)
        return found[0].diagnostic(found[1], "C240", message, hint)

    def _find(self, text: str) -> tuple[YamlSource, Path_] | None:
        """The file that a text is from, and its place there. Looked for only when there is something to report."""
        sources = [section.source for section in self.topic.sections]
        sources += [self.topic.overlay[1]] if self.topic.overlay else []
        for source in (*sources, self.topic.source):
            for path, value in _leaves(source.value, ()):
                if value == text:
                    return source, path
        return None


def _leaves(value: Any, path: Path_) -> Iterator[tuple[Path_, Any]]:
    match value:
        case dict():
            for key, inner in value.items():
                yield from _leaves(inner, (*path, key))
        case list():
            for index, inner in enumerate(value):
                yield from _leaves(inner, (*path, index))
        case _:
            yield path, value
