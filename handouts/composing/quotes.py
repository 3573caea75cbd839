"""Straight quotes and apostrophes become the language's own. Phase 3, COMPOSE.

Authors type `"` and `'`; a page prints “ and ’, or « and ’. Done once, on the finished Document, for each paragraph,
label or cell as a whole, because whether a mark opens or closes shows only from the characters on both sides of it,
and these may stand in another inline element. Feet and inches (5'10", a 6" step) keep their straight marks, and
so does an address.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from handouts.document import Emphasis, LineBreak, Link, Span, Strong, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handouts.document import Document, Inline

_INLINES = (Text, Strong, Emphasis, Link, Span, LineBreak)
# Plain strings of the Document that a reader sees or hears; the others are names and addresses.
_WORDS = frozenset(
    {"title", "subject", "label", "columns", "alternate", "note", "disclaimer", "version_line", "running_title"}
)
APOSTROPHE = "’"
# What is left alone, then the marks.
_MARKS = re.compile(
    r"""(?P<kept>(?:https?://|www\.|mailto:|tel:)[^\s"]*[^\s"'.,;:!?)\]]|[\w.+-]+@[\w.-]+|\d'[ ]?\d+"?)|["']"""
)
_CLOSERS = frozenset(".,;:!?…)]}%")


def with_quotes(document: Document, quotes: Sequence[str]) -> Document:
    """The document with typographic quotes: `quotes` are the pair for `"`, then the pair for `'`."""
    quoted: Document = _Quoter(quotes).typeset(document, "")
    return quoted


class _Quoter:
    def __init__(self, quotes: Sequence[str]) -> None:
        self.pairs = {'"': (quotes[0], quotes[1]), "'": (quotes[2], quotes[3])}

    def typeset(self, value: Any, name: str) -> Any:
        """A part of the document, which stands in the field `name`; itself when nothing in it changes."""
        match value:
            case tuple() if value and isinstance(value[0], _INLINES):
                return self.leaf(value)
            case tuple():
                parts = tuple(self.typeset(each, name) for each in value)
                return value if all(new is old for new, old in zip(parts, value, strict=True)) else parts
            case Struct():
                fields = {field: getattr(value, field) for field in value.__struct_fields__}
                new = {field: self.typeset(old, field) for field, old in fields.items()}
                changed = {field: part for field, part in new.items() if part is not fields[field]}
                return replace(value, **changed) if changed else value
            case str() if name in _WORDS:
                return self.text(value)
            case _:
                return value

    def text(self, text: str) -> str:
        """A text that stands alone."""
        changes = self.changes(text)
        return "".join(changes.get(index, character) for index, character in enumerate(text)) if changes else text

    def leaf(self, children: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """One paragraph's inline content."""
        changes = self.changes("".join(_characters(children)))
        return _changed(children, changes, 0)[0] if changes else children

    def changes(self, text: str) -> dict[int, str]:
        """The marks of a text by their place, and what each becomes."""
        found: dict[int, str] = {}
        if '"' not in text and "'" not in text:
            return found
        opened: list[str] = []
        opening: set[int] = set()
        for match in _MARKS.finditer(text):
            mark, at = match[0], match.start()
            if match["kept"]:
                continue
            before, after = text[at - 1 : at], text[at + 1 : at + 2]
            if before.isdigit() and mark not in opened and not after.isalpha():
                continue  # feet, inches, minutes
            first, last = self.pairs[mark]
            closes = before.isalnum() or before in _CLOSERS or (before in self.pairs and at - 1 not in opening)
            opens = not (before and closes) and not (after + " ").isspace()
            if mark == "'" and (_is_apostrophe(text, at) or (not opens and mark not in opened)):
                found[at] = APOSTROPHE
            elif opens:
                found[at] = first
                opened.append(mark)
                opening.add(at)
            else:
                found[at] = last
                if mark in opened:
                    opened.remove(mark)
        return found


def _is_apostrophe(text: str, at: int) -> bool:
    """Whether a single mark stands for letters left out: in a word (don't), before a year ('90s), or never closed."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before.isalnum():
        return after.isalpha()
    return after.isdigit() or re.search(r"(?<![\s'(])'(?![^\W\d_])", text[at + 1 :]) is None


def _characters(children: Sequence[Inline]) -> Iterator[str]:
    for child in children:
        match child:
            case Text(text):
                yield text
            case LineBreak():
                yield "\n"
            case _:
                yield from _characters(child.children)


def _changed(children: tuple[Inline, ...], changes: dict[int, str], start: int) -> tuple[tuple[Inline, ...], int]:
    """The children with the marks at these places of the whole text changed, and the place after them."""
    result: list[Inline] = []
    for child in children:
        match child:
            case Text(text):
                result.append(Text("".join(changes.get(start + index, each) for index, each in enumerate(text))))
                start += len(text)
            case LineBreak():
                result.append(child)
                start += 1
            case _:
                inner, start = _changed(child.children, changes, start)
                result.append(replace(child, children=inner))
    return tuple(result), start
