"""Characters that nobody sees and words that nobody was meant to read (R39)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from handouts.quality.reading.prepared import Match

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handouts.quality.reading.prepared import Passage

# Marks and overrides of direction, characters without width, the soft hyphen, and the tags of Unicode.
_HIDDEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f]"
)
_JOINERS = "\u200c\u200d"  # needed in the spelling of some languages, such as Persian and Hindi
# A text that is nothing but a bracket, as `handouts new` leaves it for the author; a link is none.
_WAITING = re.compile(r"^\s*\[[^\[\]]+\]\s*[.:]?\s*$")
_UNFINISHED = re.compile(
    r"\b(?:TODO|FIXME|XXX+|TBD|TBC|TBA)\b|\b[Ll]orem [Ii]psum\b|\{\{|\}\}|\{%|%\}|\$\{|<<|>>|\?\?\?"
    r"|\{[A-Za-z_][\w.-]*\}|\[(?i:insert|name|date|phone|your|fecha|nombre|clinic)\b[^\]]*\](?!\()"
)


def hidden_characters(passages: Sequence[Passage]) -> Iterator[Match]:
    """Characters that do not show and change what is read, searched for or copied; named as Unicode names them."""
    for index, passage in enumerate(passages):
        for found in _HIDDEN.finditer(passage.text):
            before, after = passage.text[: found.start()][-1:], passage.text[found.end() :][:1]
            if found[0] in _JOINERS and _joins(before) and _joins(after):
                continue
            name = unicodedata.name(found[0], "a hidden character")
            yield Match(index, f"U+{ord(found[0]):04X} {name}", "nothing")


def _joins(letter: str) -> bool:
    """Whether a letter, or a mark on one, belongs to a script that has joiners."""
    if unicodedata.category(letter or " ")[0] not in "LM":
        return False
    return not unicodedata.name(letter, "LATIN").startswith(("LATIN", "GREEK", "CYRILLIC"))


def waiting(passages: Sequence[Passage]) -> Iterator[Match]:
    """Texts in [brackets] that wait for the author's words."""
    for index, passage in enumerate(passages):
        if _WAITING.match(passage.text):
            yield Match(index, passage.text.strip(), "your words, without the brackets")


def unfinished(passages: Sequence[Passage]) -> Iterator[Match]:
    """Notes to oneself, and places of a template that nothing filled in."""
    for index, passage in enumerate(passages):
        for found in _UNFINISHED.finditer(passage.text):
            yield Match(index, found[0], "the words themselves, or nothing")
