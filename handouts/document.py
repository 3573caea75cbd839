"""The waist: what a handout says, and nothing of how it looks.

Everything before the Document (loading, selecting, composing) knows nothing of paper; everything after it
(PDF, web page, the text that checks read) knows nothing of topics. Frozen records with nothing but data in them.

Why msgspec's Struct and not a dataclass: Python compiles a dataclass anew at each start, 0.6 ms for each of these,
and a clinician waits for it.

The vocabulary is HTML's where HTML has a word for it. `docs/templates.md` lists the elements for people who
write templates; `handouts.composing.building` turns them into these classes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, assert_never

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# ------------------------------------------------------------------ inline


class Text(Struct, frozen=True):
    """A run of characters."""

    text: str


class Strong(Struct, frozen=True):
    """Text of strong importance."""

    children: tuple[Inline, ...]


class Emphasis(Struct, frozen=True):
    """Stressed text."""

    children: tuple[Inline, ...]


class Link(Struct, frozen=True):
    """A link to an address outside the document."""

    address: str
    children: tuple[Inline, ...]


SpanRole = Literal["label", "lead-in", "gloss", "muted"]


class Span(Struct, frozen=True):
    """Text with a role, or in another language (`language`, a BCP 47 tag).

    label: the name of the item that follows · lead-in: a fixed word before a sentence ("Why:") ·
    gloss: a word's plain meaning, in brackets · muted: a hint of lesser weight.
    """

    children: tuple[Inline, ...]
    role: SpanRole | None = None
    language: str | None = None


class LineBreak(Struct, frozen=True):
    """A line break inside a paragraph."""


Inline: TypeAlias = Text | Strong | Emphasis | Link | Span | LineBreak

# ------------------------------------------------------------------ blocks


class Heading(Struct, frozen=True):
    """A heading, level 1 (the handout's title) to 3."""

    level: int
    children: tuple[Inline, ...]


ParagraphRole = Literal["body", "lead", "eyebrow", "note", "dose", "fine"]


class Paragraph(Struct, frozen=True):
    """A paragraph; `role` says what kind of paragraph, never how it looks.

    body: running text · lead: the main message · eyebrow: the line above the title · note: an aside ·
    dose: how much and how often · fine: sources, versions and the disclaimer.
    """

    children: tuple[Inline, ...]
    role: ParagraphRole = "body"


class ListItem(Struct, frozen=True):
    """An item of a list or a step: it stays on one page, unless it takes most of one."""

    blocks: tuple[Block, ...]


class List(Struct, frozen=True):
    """A list; `kind` "numbered" for an order that matters, "steps" for numbered actions.

    `start` is the first number.
    """

    items: tuple[ListItem, ...]
    kind: Literal["bulleted", "numbered", "steps"] = "bulleted"
    start: int = 1


class Description(Struct, frozen=True):
    """A term and what is said of it."""

    term: tuple[Inline, ...]
    blocks: tuple[Block, ...]


class DescriptionList(Struct, frozen=True):
    """Terms with their descriptions (treatments, questions and answers)."""

    items: tuple[Description, ...]


class Bar(Struct, frozen=True):
    """A number as a bar from 0 to `most`, with a line at `limit`. What it says stands in its cell's words."""

    value: float
    limit: float
    most: float


class Cell(Struct, frozen=True):
    """A table cell; `scope` makes it a header of its column or row (WCAG 1.3.1), `bar` draws its number beside it."""

    children: tuple[Inline, ...]
    scope: Literal["column", "row"] | None = None
    bar: Bar | None = None


class Table(Struct, frozen=True):
    """A simple table: rows of cells, no spans; header rows are repeated on each page."""

    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 1


class Figure(Struct, frozen=True):
    """A picture (`source` is its file) with alternate text and caption.

    `place` is the file and line that name it, for messages.
    """

    source: str
    alternate: str
    caption: tuple[Inline, ...] = ()
    place: tuple[str, int] = ("", 0)


class QRCode(Struct, frozen=True):
    """A square code that a telephone's camera reads: it leads to `address`.

    `children` say so in words beside it, with a short form of the address to type.
    """

    address: str
    alternate: str
    children: tuple[Inline, ...]


class Contact(Struct, frozen=True):
    """Whom to call: a name, a telephone number, and when or what for."""

    name: str
    phone: str
    note: str = ""


class Contacts(Struct, frozen=True):
    """Telephone numbers to keep at hand, each on a card of its own."""

    label: tuple[Inline, ...]
    contacts: tuple[Contact, ...]


CalloutKind = Literal["emergency", "same-day", "routine", "key-points", "note", "about"]


class Callout(Struct, frozen=True):
    """A box that stands out: a level of urgency, the key points, a clinician's note."""

    kind: CalloutKind
    label: tuple[Inline, ...]
    blocks: tuple[Block, ...]


class Check(Struct, frozen=True):
    """A line to tick, or a question to write an answer to; `answer_lines` is its own when the others' are not."""

    children: tuple[Inline, ...]
    answer_lines: int = 0


class CheckGroup(Struct, frozen=True):
    """Lines to tick under a sub-heading (empty when there is none)."""

    title: tuple[Inline, ...]
    checks: tuple[Check, ...]


class Checklist(Struct, frozen=True):
    """Lines to tick: one box each, or one for each column (days, for example).

    `answer_lines` gives room to write in instead of a box, so many lines high: below each line, or in each column.
    `numbers` are the places of the columns that a number is written in, which takes less room than words.
    """

    groups: tuple[CheckGroup, ...]
    columns: tuple[str, ...] = ()
    answer_lines: int = 0
    label: str = ""
    numbers: tuple[int, ...] = ()


FieldName = Literal["patient", "date", "clinician", "phone", "next-visit"]


class Field(Struct, frozen=True):
    """A write-in line of the personal panel. The value is filled in when a sheet is issued, not before."""

    name: FieldName
    label: str


class PersonalPanel(Struct, frozen=True):
    """The fields that belong to one person. A document has at most one panel."""

    fields: tuple[Field, ...]


class Columns(Struct, frozen=True):
    """Blocks side by side; read column by column."""

    columns: tuple[tuple[Block, ...], ...]


class Keep(Struct, frozen=True):
    """Blocks that stay on one page when they fit on one, unless that takes a page more or leaves half of one empty."""

    blocks: tuple[Block, ...]


class PageBreak(Struct, frozen=True):
    """What follows starts on a new page."""


class Section(Struct, frozen=True):
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
    | QRCode
    | Contacts
    | Callout
    | Checklist
    | PersonalPanel
    | Columns
    | Keep
    | PageBreak
    | Section
)


class Furniture(Struct, frozen=True):
    """What stands on every page around the text. `page_label` has the places {page} and {pages}.

    `skip_link` leads past a web page's header; `picture_label` tells of a picture where none can be shown, and has the
    place {text}.
    """

    disclaimer: str
    version_line: str
    page_label: str
    running_title: str
    skip_link: str = ""
    picture_label: str = ""

    def __post_init__(self) -> None:
        if not self.disclaimer.strip():
            raise ValueError("a document cannot be without its disclaimer")


class Document(Struct, frozen=True):
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
    keywords: tuple[str, ...] = ()
    review: str = ""
    review_due: str = ""


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
            case QRCode(children=children):
                yield plain_text(children)
            case Contacts(label=label, contacts=contacts):
                yield plain_text(label)
                for contact in contacts:
                    yield from (text for text in (contact.name, contact.phone, contact.note) if text)
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
            case _:
                assert_never(block)
