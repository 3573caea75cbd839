"""The passages of a Document, in reading order, each with its kind and the section that it stands in.

Not measured: the sheet's own lines on who wrote it, its sources and its disclaimer (paragraphs of role "fine" are labels),
telephone numbers, and the text in place of a picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from handouts import document as d
from handouts.quality.reading.prepared import Passage, Prepared, prepare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handouts.quality.reading.prepared import PassageKind

_LABEL_ROLES = frozenset({"eyebrow", "dose", "fine"})


def prepare_document(document: d.Document) -> Prepared:
    """The document's text ready to be measured. Raises LanguageNotMeasuredError."""
    return prepare(passages(document.blocks), document.language)


def passages(blocks: Iterable[d.Block], section: str = "", kind: PassageKind = "paragraph") -> Iterator[Passage]:
    """Every passage of the blocks. Labels and lead-ins within a paragraph are passages of their own."""
    for block in blocks:
        match block:
            case d.Heading(children=children):
                yield from _inline(children, "heading", section)
            case d.Paragraph(children=children, role=role):
                yield from _inline(children, "label" if role in _LABEL_ROLES else kind, section)
            case d.List(items=items):
                for item in items:
                    yield from passages(item.blocks, section, "item")
            case d.DescriptionList(items=descriptions):
                for description in descriptions:
                    yield from _inline(description.term, "label", section)
                    yield from passages(description.blocks, section, kind)
            case d.Table(rows=rows, header_rows=header_rows):
                for index, row in enumerate(rows):
                    for cell in row:
                        head = index < header_rows or cell.scope
                        yield from _inline(cell.children, "label" if head else "cell", section)
            case d.Figure(caption=caption):
                yield from _inline(caption, "caption", section)
            case d.QRCode(children=children):
                yield from _inline(children, kind, section)
            case d.Contacts(label=label):
                yield from _inline(label, "label", section)
            case d.Callout(label=label, blocks=inner):
                yield from _inline(label, "label", section)
                yield from passages(inner, section, kind)
            case d.Checklist(groups=groups, columns=columns, label=label):
                yield from (Passage(text, "label", section) for text in (label, *columns) if text)
                for group in groups:
                    yield from _inline(group.title, "heading", section)
                    for check in group.checks:
                        yield from _inline(check.children, "item", section)
            case d.PersonalPanel(fields=fields):
                yield from (Passage(field.label, "label", section) for field in fields)
            case d.Columns(columns=sides):
                for side in sides:
                    yield from passages(side, section, kind)
            case d.Keep(blocks=inner):
                yield from passages(inner, section, kind)
            case d.Section(id=name, blocks=inner):
                yield from passages(inner, name, kind)
            case d.PageBreak():
                pass
            case _:
                assert_never(block)


def _inline(children: tuple[d.Inline, ...], kind: PassageKind, section: str) -> Iterator[Passage]:
    """A paragraph's text, in pieces where a label or a lead-in stands in it."""
    piece: list[d.Inline] = []
    for child in (*children, None):
        apart = isinstance(child, d.Span) and child.role in {"label", "lead-in"}
        if child is not None and not apart:
            piece.append(child)
            continue
        text = d.plain_text(piece).strip()
        if text:
            yield Passage(text, kind, section)
        piece = []
        if isinstance(child, d.Span):
            yield Passage(d.plain_text(child.children).strip(), "label", section)
