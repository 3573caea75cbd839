"""The passages of a Document, in reading order, each with its kind and the section that it stands in.

Not measured: the sheet's own lines on who wrote it, its sources and its disclaimer (paragraphs of role "fine" are
labels), telephone numbers, and the text in place of a picture.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from handouts import document as d
from handouts.quality.reading.prepared import Passage, Prepared, prepare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handouts.quality.reading.prepared import PassageKind

_SPACE = re.compile(r" +(?=[ .,;:!?])")  # what a gloss leaves behind
_LABEL_ROLES = frozenset({"eyebrow", "dose", "fine"})


def prepare_document(document: d.Document, *, glosses: bool = True) -> Prepared:
    """The document's text ready to be measured. Raises LanguageNotMeasuredError.

    `glosses`: with the meanings in brackets that the page adds to medical words, as the reader meets them.
    """
    return prepare(passages(document.blocks, glosses=glosses), document.language)


def passages(blocks: Iterable[d.Block], *, glosses: bool = True) -> tuple[Passage, ...]:
    """Every passage of the blocks. Labels and lead-ins within a paragraph are passages of their own."""
    return tuple(_Walk(glosses).blocks(blocks, "", "paragraph"))


class _Walk:
    """Goes through blocks in reading order."""

    def __init__(self, glosses: bool) -> None:  # noqa: FBT001
        self.left_out = set() if glosses else {"gloss"}

    def blocks(self, blocks: Iterable[d.Block], section: str, kind: PassageKind) -> Iterator[Passage]:
        for block in blocks:
            match block:
                case d.Heading(children=children):
                    yield from self.inline(children, "heading", section)
                case d.Paragraph(children=children, role=role):
                    yield from self.inline(children, "label" if role in _LABEL_ROLES else kind, section)
                case d.List(items=items):
                    for item in items:
                        yield from self.blocks(item.blocks, section, "item")
                case d.DescriptionList(items=descriptions):
                    for description in descriptions:
                        yield from self.inline(description.term, "label", section)
                        yield from self.blocks(description.blocks, section, kind)
                case d.Table(rows=rows, header_rows=header_rows):
                    for index, row in enumerate(rows):
                        for cell in row:
                            head = index < header_rows or cell.scope
                            yield from self.inline(cell.children, "label" if head else "cell", section)
                case d.Figure(caption=caption):
                    yield from self.inline(caption, "caption", section)
                case d.QRCode(children=children):
                    yield from self.inline(children, kind, section)
                case d.Contacts(label=label):
                    yield from self.inline(label, "label", section)
                case d.Callout(label=label, blocks=inner):
                    yield from self.inline(label, "label", section)
                    yield from self.blocks(inner, section, kind)
                case d.Checklist(groups=groups, columns=columns, label=label):
                    yield from (Passage(text, "label", section) for text in (label, *columns) if text)
                    for group in groups:
                        yield from self.inline(group.title, "heading", section)
                        for check in group.checks:
                            yield from self.inline(check.children, "item", section)
                case d.PersonalPanel(fields=fields):
                    yield from (Passage(field.label, "label", section) for field in fields)
                case d.Columns(columns=sides):
                    for side in sides:
                        yield from self.blocks(side, section, kind)
                case d.Keep(blocks=inner):
                    yield from self.blocks(inner, section, kind)
                case d.Section(id=name, blocks=inner):
                    yield from self.blocks(inner, name, kind)
                case d.PageBreak():
                    pass
                case _:
                    assert_never(block)

    def inline(self, children: tuple[d.Inline, ...], kind: PassageKind, section: str) -> Iterator[Passage]:
        """A paragraph's text, in pieces where a label or a lead-in stands in it."""
        piece: list[d.Inline] = []
        for child in (*children, None):
            apart = isinstance(child, d.Span) and child.role in {"label", "lead-in"}
            if child is not None and not apart:
                piece.append(child)
                continue
            text = _SPACE.sub("", self.text(piece)).strip()
            if text:
                yield Passage(text, kind, section)
            piece = []
            if isinstance(child, d.Span):
                yield Passage(d.plain_text(child.children).strip(), "label", section)

    def text(self, children: Iterable[d.Inline]) -> str:
        """The characters of inline content."""
        parts: list[str] = []
        for child in children:
            match child:
                case d.Text(text):
                    parts.append(text)
                case d.LineBreak():
                    parts.append(" ")
                case d.Span(role=role) if role in self.left_out:
                    pass
                case _:
                    parts.append(self.text(child.children))
        return "".join(parts)
