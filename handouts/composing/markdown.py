"""Markdown fields become document content, on their own, before anything is put together. Phase 3, COMPOSE.

A content field is never parsed again after it was joined with something else, so a value cannot become markup.
Allowed: paragraphs, bulleted and numbered lists, **strong**, *emphasis*, links, hard line breaks. Raw HTML is off:
it prints as it was typed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from handouts.document import Emphasis, LineBreak, Link, List, ListItem, Paragraph, Strong, Text

if TYPE_CHECKING:
    from handouts.document import Block, Inline

# Bold words without any other markup between spaces or punctuation: **psoas**. Group 1 is what is bold.
_STRONG = re.compile(r"(?<![*\w])\*\*([^\W_](?:[^*_`\[\]\\<>&#|~\n]*[^\W_])?)\*\*(?![*\w])")
# What may mean something else than itself. A text without any of it is plain paragraphs: all shipped fields are, but
# for bold words, and so the parser is hardly ever imported.
_MARKUP = re.compile(r"[*_`\[\]\\<>&#|~\t]|^ *(?:[-+=]|\d+[.)])|^ {4}|  $", re.MULTILINE)


def parse_blocks(text: str) -> tuple[Paragraph | List, ...]:
    """The field as blocks.

    Raises ValueError, with words for the author, for Markdown that a handout does not use.
    """
    text = text.strip()
    if not _MARKUP.search(_STRONG.sub("x", text)):
        return tuple(Paragraph(_plain(paragraph)) for paragraph in re.split(r"\n\s*\n", text) if paragraph)
    reader = _Reader(_parser().parse(text))
    return reader.blocks()


def _plain(text: str) -> tuple[Inline, ...]:
    """A paragraph whose only markup is bold words; its lines are joined."""
    line = " ".join(part.strip() for part in text.split("\n"))
    parts = _STRONG.split(line)  # plain, bold, plain, …
    found = [Strong((Text(part),)) if index % 2 else Text(part) for index, part in enumerate(parts)]
    return tuple(each for each in found if not isinstance(each, Text) or each.text)


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).disable(["html_block", "html_inline"])


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
                    found.append(List(self._items("ordered_list_close"), kind="numbered"))
                case other:
                    raise ValueError(_refusal(other))
        return tuple(found)

    def _items(self, until: str) -> tuple[ListItem, ...]:
        items: list[ListItem] = []
        while self.tokens[self.index].type != until:
            self.index += 1  # list_item_open
            items.append(ListItem(self.blocks("list_item_close")))
        self.index += 1
        return tuple(items)


def _inlines(tokens: list[Any]) -> tuple[Inline, ...]:
    stack: list[list[Inline]] = [[]]
    addresses: list[str] = []
    for token in tokens:
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
                stack[-1].append(Link(addresses.pop(), inner))
            case other:
                raise ValueError(_refusal(other))
    return _joined(stack[0])


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

    Raises ValueError for a list, which has no place inside a line.
    """
    inlines: list[Inline] = []
    for block in blocks:
        if not isinstance(block, Paragraph):
            raise ValueError("a list has no place here; write a sentence")  # noqa: TRY004
        if inlines:
            inlines.append(LineBreak())
        inlines.extend(block.children)
    return tuple(inlines)
