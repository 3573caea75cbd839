"""Markup that is escaped by construction: only `text` and `element` make it. Phase 4, the page."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NewType, TypeAlias

from handouts.document import Emphasis, Inline, LineBreak, Link, Span, Strong, Text

Html = NewType("Html", str)
# None leaves an attribute out, an empty text writes its bare name (`checked`).
Attributes: TypeAlias = Mapping[str, str | None]

NOTHING = Html("")
_VOID = frozenset({"br", "img", "input", "meta"})
_FOLLOWED = re.compile(r"(?:https?://|mailto:|tel:)\S+", re.IGNORECASE)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
# A telephone number alone: one with hours or two numbers would be dialled wrong.
_DIALLED = re.compile(r"\+?[\d(][\d\s().\u2011\u2013/-]*")
_MOST_DIGITS = 15  # ITU-T E.164


def text(words: str) -> Html:
    """Words as they are."""
    return Html(html.escape(words))


def joined(parts: Iterable[Html]) -> Html:
    """Markup one after the other."""
    return Html("".join(parts))


def element(name: str, attributes: Attributes, *content: Html) -> Html:
    """An element with its attributes and content."""
    shown = "".join(
        f' {key}="{html.escape(value)}"' if value else f" {key}"
        for key, value in attributes.items()
        if value is not None
    )
    opening = f"<{name}{shown}>"
    return Html(opening if name in _VOID else f"{opening}{''.join(content)}</{name}>")


def inlines(children: Iterable[Inline]) -> Html:
    """Inline content. A link to anything but a web page, a mailbox or a telephone stays text."""
    return joined(_inline(child) for child in children)


def _inline(child: Inline) -> Html:
    match child:
        case Text(words):
            return text(words)
        case LineBreak():
            return element("br", {})
        case Strong(children):
            return element("strong", {}, inlines(children))
        case Emphasis(children):
            return element("em", {}, inlines(children))
        case Link(address, children):
            return link(address, inlines(children))
        case Span(children, role, language):
            return element("span", {"class": role, "lang": language}, inlines(children))


def link(address: str, words: Html) -> Html:
    """Words that lead to an address, if it is one to follow."""
    return element("a", {"href": address}, words) if _FOLLOWED.fullmatch(address) else words


def telephone(number: str, words: Html | None = None) -> Html:
    """A telephone number to tap on, if it is one number and nothing else."""
    shown = text(number) if words is None else words
    digits = re.sub(r"\D", "", number)
    if not _DIALLED.fullmatch(number) or len(digits) > _MOST_DIGITS:
        return shown
    return element("a", {"href": f"tel:{'+' if number.startswith('+') else ''}{digits}"}, shown)


def site(address: str) -> Html:
    """A web address as people write it, to follow."""
    whole = f"https://{address}" if _DOMAIN.fullmatch(address) else address
    return link(whole, text(address))


def with_telephone(children: Iterable[Inline], number: str) -> Html:
    """Inline content in which a telephone number can be tapped on."""
    return joined(_ringing(child, number) for child in children)


def _ringing(child: Inline, number: str) -> Html:
    match = (
        re.search(rf"(?<![\w+-]){re.escape(number)}(?![\w-])", child.text)
        if isinstance(child, Text) and number
        else None
    )
    if match is None:
        return _inline(child)
    before, after = match.string[: match.start()], match.string[match.end() :]
    return joined((text(before), telephone(number), text(after)))


def direction(words: str) -> str | None:
    """`rtl` for words whose first letter runs from right to left (UAX 9, P2 and P3); else nothing."""
    strong = (unicodedata.bidirectional(character) for character in words)
    return "rtl" if next((kind for kind in strong if kind in {"L", "R", "AL"}), "L") != "L" else None


class Identifiers:
    """Names for the elements of one page, each given once."""

    def __init__(self, *taken: str) -> None:
        self._taken = set(taken)

    def named(self, name: str) -> str:
        """The name, or the name with a number when it is taken."""
        stem = re.sub(r"\s+", "-", name) or "part"
        found, count = stem, 1
        while found in self._taken:
            count += 1
            found = f"{stem}-{count}"
        self._taken.add(found)
        return found
