"""Small documents, brands and topics for tests, and a Document's text in reading order with what it stands in."""

import re
from dataclasses import dataclass
from functools import cache
from html import unescape

import yaml
from markdown_it import MarkdownIt

from handouts import Library, SearchPath
from handouts.document import (
    Bar,
    Callout,
    Cell,
    Check,
    CheckGroup,
    Checklist,
    Columns,
    Contact,
    Contacts,
    Description,
    DescriptionList,
    Document,
    Emphasis,
    Field,
    Figure,
    Furniture,
    Heading,
    Keep,
    LineBreak,
    Link,
    List,
    ListItem,
    PageBreak,
    Paragraph,
    PersonalPanel,
    QRCode,
    Section,
    Span,
    Strong,
    Table,
    Text,
    plain_text,
)

TOPIC = "psoas-muscle-spasm"
MARKDOWN = MarkdownIt("commonmark", {"html": False})
DISCLAIMER = "This sheet is a test and advises nobody."
VERSION_LINE = "Version 7.3 · Reviewed by nobody"
TITLE = "A small document"


def words(text):
    """Inline content of one run."""
    return (Text(text),)


def paragraph(text, role="body"):
    return Paragraph(words(text), role)


def item(*texts):
    return ListItem(tuple(paragraph(text) for text in texts))


PANEL = PersonalPanel(
    (
        Field("patient", "Name"),
        Field("date", "Date"),
        Field("clinician", "Clinician"),
        Field("phone", "Phone"),
        Field("next-visit", "Next visit"),
    )
)


def document(*blocks, title=TITLE):
    """A document of these blocks."""
    return Document(
        title=title,
        language="en",
        blocks=blocks,
        furniture=Furniture(DISCLAIMER, VERSION_LINE, "Page {page} of {pages}", title),
        topic="small",
        audience="reader",
        template="handout",
        version="7.3",
        subject="For readers",
        keywords=("TEST 1",),
    )


def every_block():
    """Each kind of block but figures, which need a file; every string of it different."""
    return (
        paragraph("An eyebrow above the title", "eyebrow"),
        Heading(1, words(TITLE)),
        paragraph("A lead sentence.", "lead"),
        PANEL,
        Callout("note", words("A note"), (paragraph("The noted words."),)),
        Callout("key-points", words("Key points"), (List((item("Point one."), item("Point two."))),)),
        Section(
            "help",
            (
                Heading(2, words("When to get help")),
                Callout("emergency", words("Call 911 now"), (List((item("You faint."), item("You fall."))),)),
                Callout("same-day", words("Call us today"), (List((item("You have a fever."),)),)),
                Callout("routine", words("Book a visit"), (List((item("It still hurts."),)),)),
            ),
        ),
        Section(
            "text",
            (
                Heading(2, words("Running text")),
                Paragraph(
                    (
                        Text("Plain, "),
                        Strong(words("strong")),
                        Text(", "),
                        Emphasis(words("stressed")),
                        Text(" and "),
                        Link("https://example.org/", words("linked")),
                        Text(" words"),
                        Span(words(" (explained)"), "gloss"),
                        Text("."),
                        Span(words(" Et cetera."), language="la"),
                    )
                ),
                Heading(3, words("A long paragraph")),
                paragraph("Many words make a paragraph that has several lines of text. " * 6),
                List((item("First of a numbered list."), item("Second of it.")), "numbered"),
                List((item("Do this.", "Because it helps."), item("Then do that.")), "steps"),
                DescriptionList((Description(words("A term"), (paragraph("What is said of it."),)),)),
                Table(
                    (
                        (Cell(words("When"), "column"), Cell(words("What"), "column")),
                        (Cell(words("Morning"), "row"), Cell(words("One walk"), bar=Bar(1, 2, 4))),
                        (Cell(words("Evening"), "row"), Cell(words("Two walks"))),
                    )
                ),
                Columns(((paragraph("Left side."),), (paragraph("Right side."),))),
                Keep((Heading(3, words("Kept together")), paragraph("With its heading."))),
                Contacts(
                    words("Whom to call"),
                    (Contact("Front desk", "555-0100"), Contact("Nurse line", "555-0101", "nights only")),
                ),
                QRCode(
                    "https://example.org/psoas",
                    "A code",
                    (Strong(words("On the web:")), LineBreak(), Link("https://example.org/psoas", words("the page"))),
                ),
                paragraph("Small print.", "fine"),
            ),
        ),
        Section(
            "ticks",
            (
                Heading(2, words("To tick")),
                Checklist((CheckGroup((), (Check(words("Drink water.")), Check(words("Walk."))),),)),
                Checklist(
                    (CheckGroup(words("At home"), (Check(words("Stretch.")), Check(words("Rest.")))),),
                    columns=("Mon", "Tue", "Wed"),
                    label="Tick each day",
                ),
                Checklist((CheckGroup(words("To ask"), (Check(words("May I run?")),)),), answer_lines=2),
                Checklist(
                    (CheckGroup((), (Check(words("Monday")), Check(words("Tuesday")))),),
                    columns=("Pain", "Sleep", "Walks"),
                    answer_lines=2,
                    numbers=(0,),
                ),
                Checklist(
                    (CheckGroup((), (Check(words("Hop.")), Check(words("How bad it was"), answer_lines=1))),),
                    columns=("Thu", "Fri"),
                    label="Tick and write",
                ),
            ),
        ),
    )  # fmt: skip


# ------------------------------------------------------------------ a document's text, with what it stands in


@dataclass(frozen=True)
class DocumentLeaf:
    """A paragraph-like piece of a document; `within` holds what it stands in, the outermost first."""

    text: str
    within: tuple

    def inside(self, kind):
        return any(isinstance(block, kind) for block in self.within)


def leaves(blocks, within=()):
    """Every piece of text with what it stands in, in the order of `handouts.document.texts`."""
    for block in blocks:
        path = (*within, block)
        match block:
            case Heading(children=children) | Paragraph(children=children):
                yield DocumentLeaf(plain_text(children), path)
            case List(items=items):
                for each in items:
                    yield from leaves(each.blocks, (*path, each))
            case DescriptionList(items=items):
                for each in items:
                    yield DocumentLeaf(plain_text(each.term), (*path, each))
                    yield from leaves(each.blocks, (*path, each))
            case Table(rows=rows):
                for row in rows:
                    for cell in row:
                        yield DocumentLeaf(plain_text(cell.children), (*path, row, cell))
            case Figure(caption=caption):
                yield DocumentLeaf(plain_text(caption), path)
            case QRCode(children=children):
                yield DocumentLeaf(plain_text(children), path)
            case Contacts(label=label, contacts=contacts):
                yield DocumentLeaf(plain_text(label), path)
                for each in contacts:
                    for text in (each.name, each.phone, each.note):
                        if text:
                            yield DocumentLeaf(text, (*path, each))
            case Callout(label=label, blocks=inner):
                yield DocumentLeaf(plain_text(label), path)
                yield from leaves(inner, path)
            case Checklist(groups=groups, columns=columns, label=label):
                for text in (label, *columns):
                    if text:
                        yield DocumentLeaf(text, path)
                for group in groups:
                    if group.title:
                        yield DocumentLeaf(plain_text(group.title), (*path, group))
                    for check in group.checks:
                        yield DocumentLeaf(plain_text(check.children), (*path, group, check))
            case PersonalPanel(fields=fields):
                for each in fields:
                    yield DocumentLeaf(each.label, (*path, each))
            case Columns(columns=sides):
                for side in sides:
                    yield from leaves(side, path)
            case Keep(blocks=inner) | Section(blocks=inner):
                yield from leaves(inner, path)
            case PageBreak():
                pass
            case other:
                raise NotImplementedError(f"this walk does not know {type(other).__name__}")


@cache
def plain(markdown):
    """A Markdown field as the words a reader sees; of quotes, the shipped content has apostrophes only."""
    html = MARKDOWN.render(markdown.replace("'", "’"))
    html = re.sub(r"</?(strong|em|a)\b[^>]*>", "", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


# ------------------------------------------------------------------ workspaces


def write_yaml(file, value):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(value, sort_keys=False, allow_unicode=True), encoding="utf-8")


def clinic_brand(folder, **entries):
    """The brand of a workspace whose clinic.yaml has these entries."""
    write_yaml(folder / "clinic.yaml", entries)
    return Library(SearchPath.of(folder)).brand(None)


SIGNS = {"faint": "You faint", "fever": "You have a fever", "ache": "It aches for two weeks"}


def write_topic(folder, sections):
    """A topic `small` in a workspace: three warning signs, and the sections given as `{id: file content}`."""
    topic = folder / "content/topics/small"
    write_yaml(folder / "clinic.yaml", {"name": "Small Clinic", "phone": "555-0100"})
    write_yaml(
        topic / "topic.yaml",
        {
            "title": "Small topic",
            "version": "7.3",
            "main-message": "Read the signs first.",
            "key-points": ["Point one.", "Point two.", "Point three."],
            "provenance": {
                "author": "a test",
                "published": yaml.safe_load("2026-01-02"),
                "review-due": yaml.safe_load("2027-01-02"),
            },
            "sections": ["signs", *sections],
        },
    )
    write_yaml(topic / "sources.yaml", {"sources": []})
    urgencies = ("emergency", "same-day", "routine")
    signs = [
        {"id": name, "term": term, "urgency": urgency}
        for (name, term), urgency in zip(SIGNS.items(), urgencies, strict=True)
    ]
    write_yaml(
        topic / "signs.yaml",
        {"title": "Signs", "kind": "warning-signs", "groups": [{"id": "all", "items": signs}]},
    )
    for name, content in sections.items():
        write_yaml(topic / f"{name}.yaml", content)
    write_yaml(
        folder / "content/audiences/reader.yaml",
        {
            "title": "Readers",
            "label": "For readers",
            "sheets": {"handout": [{"section": name} for name in ("signs", *sections)]},
        },
    )
    return Library(SearchPath.of(folder))


def list_section(title, priorities):
    """A section of one-line items in three groups; `priorities` maps an item's id to its rank."""
    groups = [{"id": f"group-{number}", "title": f"{title}, part {number}", "items": []} for number in range(3)]
    for number, (name, rank) in enumerate(priorities.items()):
        item = {"id": name, "term": f"Tip {name}", "text": f"What tip {name} says.", "priority": rank}
        groups[number % 3]["items"].append(item)
    return {"title": title, "kind": "list", "groups": groups}
