"""The pieces of text of a Document with what they stand in: running text, a heading, a label."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from handouts.document import (
    Check,
    Emphasis,
    LineBreak,
    Link,
    Paragraph,
    Section,
    Span,
    Strong,
    Text,
    plain_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handouts.document import Inline

_INLINES = (Text, Strong, Emphasis, Link, Span, LineBreak)
# As in composing/glossary.py: where a word gets its meaning in brackets.
_NOT_RUNNING = frozenset({"eyebrow", "dose", "fine"})


class Leaf(Struct, frozen=True, dict=True):
    """Inline content with the element that holds it (`holder`, in its field `field`) and the section it is in."""

    children: tuple[Inline, ...]
    holder: Struct
    field: str
    section: str = ""

    @property
    def is_running(self) -> bool:
        """Whether it is running text, and no heading or label."""
        match self.holder:
            case Paragraph(role=role):
                return role not in _NOT_RUNNING
            case Check():
                return True
            case _:
                return False

    @property
    def begins_with_label(self) -> bool:
        """Whether the name of an item stands before the text, set off from it."""
        return isinstance(self.children[0], Span) and self.children[0].role == "label"

    @property
    def is_fine(self) -> bool:
        """Whether it is about the sheet: sources, dates, the disclaimer."""
        return isinstance(self.holder, Paragraph) and self.holder.role in {"fine", "eyebrow"}

    @cached_property
    def unexplained(self) -> str:
        """The characters without the meanings that composing put in brackets."""
        return plain_text(_without_glosses(self.children))

    @cached_property
    def words(self) -> int:
        """How many words these are."""
        return len(self.unexplained.split())


def leaves(value: Any, holder: Struct | None = None, field: str = "", section: str = "") -> Iterator[Leaf]:
    """Every leaf of blocks, in reading order. Looks into records by their fields: a new element needs no case here."""
    match value:
        case tuple() if value and isinstance(value[0], _INLINES):
            if holder is not None:
                yield Leaf(value, holder, field, section)
        case tuple():
            for each in value:
                yield from leaves(each, holder, field, section)
        case Struct():
            inside = value.id if isinstance(value, Section) else section
            for name in value.__struct_fields__:
                yield from leaves(getattr(value, name), value, name, inside)


def _without_glosses(children: Iterable[Inline]) -> tuple[Inline, ...]:
    found: list[Inline] = []
    for child in children:
        match child:
            case Span(role="gloss"):
                if found and isinstance(found[-1], Text):  # the space before the bracket
                    found[-1] = Text(found[-1].text.removesuffix(" "))
            case Text() | LineBreak():
                found.append(child)
            case _:
                found.append(Span(_without_glosses(child.children)))
    return tuple(found)


def elements(value: Any) -> Iterator[Struct]:
    """Every element of blocks, each before what is in it."""
    if isinstance(value, tuple):
        for each in value:
            yield from elements(each)
    elif isinstance(value, Struct):
        yield value
        for name in value.__struct_fields__:
            yield from elements(getattr(value, name))
