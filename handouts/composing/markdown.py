"""Markdown fields become document content, on their own, before anything is put together. Phase 3, COMPOSE.

A content field is never parsed again after it was joined with something else, so a value cannot become markup.
Allowed: paragraphs, bulleted and numbered lists, **strong**, *emphasis*, links, hard line breaks. Raw HTML and
definitions of links (`[word]: address`, which print nothing) are off: they print as they were typed. Whatever a
handout cannot show is refused, never dropped.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from handouts.document import (
    Emphasis,
    Figure,
    LineBreak,
    Link,
    List,
    ListItem,
    Paragraph,
    Strong,
    Text,
    plain_text,
    texts,
)
from handouts.library.shapes import VISIBLE

if TYPE_CHECKING:
    from handouts.document import Block, Inline

# Bold words without any other markup between spaces or punctuation: **psoas**. Group 1 is what is bold.
_STRONG = re.compile(r"(?<![*\w])\*\*([^\W_](?:[^*_`\[\]\\<>&#|~\n]*[^\W_])?)\*\*(?![*\w])")
# What may mean something else than itself. A text without any of it is plain paragraphs: all shipped fields are, but
# for bold words, and so the parser is hardly ever imported.
_MARKUP = re.compile(r"[*_`\[\]\\<>&#|~\t]|^ *(?:[-+=]|\d+[.)])|^ {4}|  $", re.MULTILINE)


# Addresses that a reader of the paper can use.
_PRINTED = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_VISIBLE = re.compile(VISIBLE)
# 2*3 is a sum, and no stress on 3: a dose must not lose its signs.
_TIMES = re.compile(r"(?<=\d)\*(?=\d)")
_MAX_LISTS = 4
_MAX_STRESS = 6


def parse_blocks(text: str) -> tuple[Paragraph | List, ...]:
    """The field as blocks.

    Raises ValueError, with words for the author, for Markdown that a handout does not use.
    """
    text = _LINE_END.sub("\n", text).strip()
    text = _TIMES.sub(r"\*", text)
    blocks = _read(text)
    if text and not any(map(_VISIBLE.search, texts(blocks))):
        raise ValueError("this prints nothing")
    return blocks


def _read(text: str) -> tuple[Paragraph | List, ...]:
    if not _MARKUP.search(_STRONG.sub("x", text)):
        return tuple(Paragraph(_plain(paragraph)) for paragraph in re.split(r"\n\s*\n", text) if paragraph)
    tokens = _parser().parse(text)
    if any(token.level > 2 * _MAX_LISTS for token in tokens):  # a list and its item are a level each
        raise ValueError(f"Markdown here cannot hold lists more than {_MAX_LISTS} deep")
    return _Reader(tokens).blocks()


def _plain(text: str) -> tuple[Inline, ...]:
    """A paragraph whose only markup is bold words; its lines are joined."""
    line = " ".join(part.strip() for part in text.split("\n"))
    parts = _STRONG.split(line)  # plain, bold, plain, …
    found = [Strong((Text(part),)) if index % 2 else Text(part) for index, part in enumerate(parts)]
    return tuple(each for each in found if not isinstance(each, Text) or each.text)


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt

    # Beyond maxNesting the parser drops what it reads: it is more than the lists that are taken.
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 20})
    return parser.disable(["html_block", "html_inline", "reference"])


_REFUSED = {
    "heading_open": "a heading",
    "blockquote_open": "a quotation",
    "code_block": "a code block",
    "fence": "a code block",
    "hr": "a rule",
    "image": "a picture",
    "code_inline": "code",
}


class _Reader:
    """Reads markdown-it's flat token list into nested content."""

    def __init__(self, tokens: list[Any]) -> None:
        self.tokens = tokens
        self.index = 0

    def blocks(self, until: str = "") -> tuple[Paragraph | List, ...]:
        found: list[Paragraph | List] = []
        while self.index < len(self.tokens):
            token = self.tokens[self.index]
            self.index += 1
            if token.type == until:
                break
            match token.type:
                case "paragraph_open":
                    found.append(Paragraph(_inlines(self.tokens[self.index].children)))
                    self.index += 2
                case "bullet_list_open":
                    found.append(List(self._items("bullet_list_close")))
                case "ordered_list_open":
                    start = int(token.attrGet("start") or 0) if "start" in token.attrs else 1
                    found.append(List(self._items("ordered_list_close", start), "numbered", start))
                case other:
                    raise ValueError(_refusal(other))
        return tuple(found)

    def _items(self, until: str, start: int | None = None) -> tuple[ListItem, ...]:
        """The items up to the list's end. Numbers count on by one, or are all the same as Markdown allows."""
        items: list[ListItem] = []
        while self.tokens[self.index].type != until:
            number = self.tokens[self.index].info
            self.index += 1  # list_item_open
            if start is not None and int(number) not in {start, start + len(items)}:
                raise ValueError(
                    f'the number {number} of a list does not follow: write "{number}\\." for a number that stays'
                )
            items.append(ListItem(self.blocks("list_item_close")))
        self.index += 1
        return tuple(items)


def _inlines(tokens: list[Any]) -> tuple[Inline, ...]:
    stack: list[list[Inline]] = [[]]
    addresses: list[str] = []
    for token in tokens:
        if len(stack) > _MAX_STRESS:
            raise ValueError(f"Markdown here cannot hold stress in stress more than {_MAX_STRESS} deep")
        match token.type:
            case "text" | "text_special" | "html_inline":
                if token.content:
                    stack[-1].append(Text(token.content))
            case "softbreak":
                stack[-1].append(Text(" "))
            case "hardbreak":
                stack[-1].append(LineBreak())
            case "strong_open" | "em_open":
                stack.append([])
            case "link_open":
                addresses.append(str(token.attrGet("href") or ""))
                stack.append([])
            case "strong_close":
                inner = tuple(stack.pop())
                stack[-1].append(Strong(inner))
            case "em_close":
                inner = tuple(stack.pop())
                stack[-1].append(Emphasis(inner))
            case "link_close":
                inner = tuple(stack.pop())
                stack[-1].append(linked(addresses.pop(), inner))
            case other:
                raise ValueError(_refusal(other))
    return _joined(stack[0])


def linked(address: str, words: tuple[Inline, ...]) -> Link:
    """A link that can be followed from paper, too: the address stands after the words when they are others.

    Raises ValueError for an address that neither a reader of paper nor a program can follow.
    """
    if address.startswith("www."):
        address = f"https://{address}"
    if not _PRINTED.match(address):
        raise ValueError("a link leads to https://…, mailto:… or tel:…")
    shown = address.removeprefix("mailto:").removeprefix("tel:")
    spoken = plain_text(words).strip()
    if spoken in {shown, shortened(shown)}:
        return Link(address, words)
    return Link(address, (*words, Text(f" ({shown})" if spoken else shown)))


def shortened(address: str) -> str:
    """A web address as people type it: without https:// and without the slash at its end."""
    return re.sub(r"^https?://|/$", "", address)


def _joined(inlines: list[Inline]) -> tuple[Inline, ...]:
    """Neighbouring texts as one."""
    joined: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text) and joined and isinstance(joined[-1], Text):
            joined[-1] = Text(joined[-1].text + inline.text)
        else:
            joined.append(inline)
    return tuple(joined)


def _refusal(token: str) -> str:
    return f"Markdown here cannot hold {_REFUSED.get(token, token.removesuffix('_open'))}"


def as_inlines(blocks: tuple[Block, ...]) -> tuple[Inline, ...]:
    """Paragraphs as one run of inline content, a line break between them.

    Raises ValueError for a list or a picture, which has no place inside a line.
    """
    inlines: list[Inline] = []
    for block in blocks:
        if isinstance(block, Figure):
            raise ValueError("a picture has no place here; print it outside the <p>")  # noqa: TRY004
        if not isinstance(block, Paragraph):
            raise ValueError("a list has no place here; write a sentence")  # noqa: TRY004
        if inlines:
            inlines.append(LineBreak())
        inlines.extend(block.children)
    return tuple(inlines)
