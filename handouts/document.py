"""The waist: what a handout says, and nothing of how it looks.

Everything before the Document (loading, selecting, composing) knows nothing of paper; everything after it
(PDF, web page, the text that checks read) knows nothing of topics. Plain frozen dataclasses, no third party.

The vocabulary is HTML's where HTML has a word for it. `docs/templates.md` lists the elements for people who
write templates; `handouts.composing.vocabulary` turns them into these classes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# ------------------------------------------------------------------ inline


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Text of strong importance."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stressed text."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an address outside the document."""

    address: str
    children: tuple[Inline, ...]


SpanRole = Literal["label", "lead-in", "gloss", "muted"]


@dataclass(frozen=True, slots=True)
class Span:
    """Text with a role, or in another language (`language`, a BCP 47 tag).

    label: the name of the item that follows · lead-in: a fixed word before a sentence ("Why:") ·
    gloss: a word's plain meaning, in brackets · muted: a hint of lesser weight.
    """

    children: tuple[Inline, ...]
    role: SpanRole | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line break inside a paragraph."""


Inline: TypeAlias = Text | Strong | Emphasis | Link | Span | LineBreak

# ------------------------------------------------------------------ blocks


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, level 1 (the handout's title) to 3."""

    level: int
    children: tuple[Inline, ...]


ParagraphRole = Literal["body", "lead", "eyebrow", "note", "dose", "fine"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `role` says what kind of paragraph, never how it looks.

    body: running text · lead: the main message · eyebrow: the line above the title · note: an aside ·
    dose: how much and how often · fine: sources, versions and the disclaimer.
    """

    children: tuple[Inline, ...]
    role: ParagraphRole = "body"


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list or a step: it never splits over two pages."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class List:
    """A list; `kind` "numbered" for an order that matters, "steps" for numbered actions."""

    items: tuple[ListItem, ...]
    kind: Literal["bulleted", "numbered", "steps"] = "bulleted"


@dataclass(frozen=True, slots=True)
class Description:
    """A term and what is said of it."""

    term: tuple[Inline, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class DescriptionList:
    """Terms with their descriptions (treatments, questions and answers)."""

    items: tuple[Description, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; `scope` makes it a header of its column or row (WCAG 1.3.1)."""

    children: tuple[Inline, ...]
    scope: Literal["column", "row"] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A simple table: rows of cells, no spans; header rows are repeated on each page."""

    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 1


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture (`source` is its file) with alternate text and caption."""

    source: str
    alternate: str
    caption: tuple[Inline, ...] = ()


CalloutKind = Literal["emergency", "same-day", "routine", "key-points", "note", "about"]


@dataclass(frozen=True, slots=True)
class Callout:
    """A box that stands out: a level of urgency, the key points, a clinician's note."""

    kind: CalloutKind
    label: tuple[Inline, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A line to tick, or a question to write an answer to."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """Lines to tick under a sub-heading (empty when there is none)."""

    title: tuple[Inline, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """Lines to tick: one box each, or one for each column (days, for example).

    `answer_lines` rules that many lines to write on under each line instead of a box.
    """

    groups: tuple[CheckGroup, ...]
    columns: tuple[str, ...] = ()
    answer_lines: int = 0
    label: str = ""


FieldName = Literal["patient", "date", "clinician", "phone", "next-visit"]


@dataclass(frozen=True, slots=True)
class Field:
    """A write-in line of the personal panel. The value is filled in when a sheet is issued, not before."""

    name: FieldName
    label: str


@dataclass(frozen=True, slots=True)
class PersonalPanel:
    """The fields that belong to one person. A document has at most one panel."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks side by side; read column by column."""

    columns: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Keep:
    """Blocks that stay on one page when they fit on one."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document under its heading; `id` is the section's id in the topic."""

    id: str
    blocks: tuple[Block, ...]


Block: TypeAlias = (
    Heading
    | Paragraph
    | List
    | DescriptionList
    | Table
    | Figure
    | Callout
    | Checklist
    | PersonalPanel
    | Columns
    | Keep
    | PageBreak
    | Section
)


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on every page around the text. `page_label` has the places {page} and {pages}."""

    disclaimer: str
    version_line: str
    page_label: str
    running_title: str

    def __post_init__(self) -> None:
        if not self.disclaimer.strip():
            raise ValueError("a document cannot be without its disclaimer")


@dataclass(frozen=True, slots=True)
class Document:
    """A handout's whole content, ready to become a sheet, a web page or plain text."""

    title: str
    language: str
    blocks: tuple[Block, ...]
    furniture: Furniture
    topic: str
    audience: str
    template: str
    version: str
    subject: str = ""
    keywords: tuple[str, ...] = field(default=())


# ------------------------------------------------------------------ reading


def plain_text(children: Iterable[Inline]) -> str:
    """The characters of inline content, without its roles."""
    parts: list[str] = []
    for child in children:
        match child:
            case Text(text):
                parts.append(text)
            case LineBreak():
                parts.append(" ")
            case _:
                parts.append(plain_text(child.children))
    return "".join(parts)


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    """Every piece of text of the blocks, in reading order: one string for each paragraph-like leaf."""
    for block in blocks:
        match block:
            case Heading(children=children) | Paragraph(children=children):
                yield plain_text(children)
            case List(items=items):
                for item in items:
                    yield from texts(item.blocks)
            case DescriptionList(items=descriptions):
                for description in descriptions:
                    yield plain_text(description.term)
                    yield from texts(description.blocks)
            case Table(rows=rows):
                for row in rows:
                    for cell in row:
                        yield plain_text(cell.children)
            case Figure(caption=caption):
                yield plain_text(caption)
            case Callout(label=label, blocks=inner):
                yield plain_text(label)
                yield from texts(inner)
            case Checklist(groups=groups, columns=columns, label=label):
                yield from (text for text in (label, *columns) if text)
                for group in groups:
                    if group.title:
                        yield plain_text(group.title)
                    for check in group.checks:
                        yield plain_text(check.children)
            case PersonalPanel(fields=fields):
                yield from (each.label for each in fields)
            case Columns(columns=sides):
                for side in sides:
                    yield from texts(side)
            case Keep(blocks=inner) | Section(blocks=inner):
                yield from texts(inner)
            case PageBreak():
                pass
