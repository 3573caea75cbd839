"""The text of a document: its words in order, a paragraph a line, for a field that knows nothing of looks."""

import pytest
from small_documents import DISCLAIMER, PANEL, VERSION_LINE, document, every_block, item, paragraph
from small_documents import words as run

from handouts import Library, Order, Person, make_document
from handouts.document import (
    Callout,
    Cell,
    Check,
    CheckGroup,
    Checklist,
    Columns,
    Contact,
    Contacts,
    Figure,
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
    Table,
    Text,
    texts,
)
from handouts.errors import UsageError
from handouts.plain import to_text

END = f"{DISCLAIMER}\n{VERSION_LINE}\n"


def body(*blocks, person=None):
    """The text before the disclaimer."""
    text = to_text(document(*blocks), person)
    assert text.endswith(END)
    return text.removesuffix(END).rstrip("\n")


def checks(*names, **settings):
    return Checklist((CheckGroup(run("At home"), tuple(Check(run(name)) for name in names)),), **settings)


@pytest.mark.parametrize(
    ("block", "text"),
    [
        (Heading(1, run("Sore knee")), "Sore knee\n========="),
        (Heading(2, run("To do")), "To do\n-----"),
        (Heading(3, run("First days")), "First days"),
        (List((item("Walk."), item("Rest."))), "- Walk.\n- Rest."),
        (List((item("Walk."), item("Rest.")), "numbered", 9), "9. Walk.\n10. Rest."),
        (List((item("Walk.", "Why: it helps."),), "steps"), "1. Walk.\n   Why: it helps."),
        (List((ListItem((paragraph("a"), List((item("b"),)))),)), "- a\n  - b"),
        (Callout("emergency", run("Call 911 now"), (List((item("You faint."),)),)), "Call 911 now\n- You faint."),
        (checks("Walk", "Rest"), "At home\n[ ] Walk\n[ ] Rest"),
        (checks("Walk", columns=("Day 1", "Day 2")), "At home\nWalk\n  [ ] Day 1  [ ] Day 2"),
        (checks("May I run?", answer_lines=2), f"At home\nMay I run?\n{'_' * 40}\n{'_' * 40}"),
        (
            checks("Day 1", columns=("Pain", "Sleep"), answer_lines=2, numbers=(0,)),
            f"At home\nDay 1\n  Pain: {'_' * 20}\n  Sleep: {'_' * 20}",
        ),
        (
            Table(
                (
                    (Cell(run("When"), "column"), Cell(run("What"), "column")),
                    (Cell(run("Noon"), "row"), Cell(run("Walk"))),
                )
            ),
            "When: Noon\nWhat: Walk",
        ),
        (Table(((Cell(run("a")), Cell(run("b"))),), header_rows=0), "a\nb"),
        (Table(((Cell(run("a"), "column"),),)), "a"),
        (Contacts(run("Whom to call"), (Contact("Desk", "555-0100", "by day"), Contact("Night", "555-0101"))),
         "Whom to call\n- Desk: 555-0100 by day\n- Night: 555-0101"),
        (QRCode("https://example.org/a", "code", run("Read on")), "Read on (https://example.org/a)"),
        (QRCode("https://example.org/a", "code", run("Read on: example.org/a")), "Read on: example.org/a"),
        (Paragraph((Link("https://example.org/", run("example.org")),)), "example.org"),
        (Paragraph((Link("mailto:a@example.org", run("Write")), Text("."))), "Write (mailto:a@example.org)."),
        (Paragraph((Text("a"), LineBreak(), Text("b"))), "a b"),
        (Columns(((paragraph("left"),), (paragraph("right"),))), "left\n\nright"),
        (Section("s", (paragraph("a"), PageBreak(), paragraph("b"))), "a\n\nb"),
    ],
)  # fmt: skip
def test_each_kind_of_block_has_its_shape(block, text):
    assert body(block) == text


def test_a_picture_is_told_in_the_words_of_the_language(shipped):
    made = make_document(shipped, Order("psoas-muscle-spasm"))
    figure = Figure("leg.svg", "A leg", run("How to lie"))
    made = type(made)(made.title, "en", (figure,), made.furniture, "t", "a", "h", "1")
    assert to_text(made).startswith("[Picture: A leg]\nHow to lie\n\n")


def test_values_stand_beside_their_labels_and_empty_lines_are_left_out():
    assert body(PANEL, person=Person("Ada  Example", phone="555-0100")) == "Name: Ada Example\nPhone: 555-0100"
    assert body(PANEL, paragraph("a")) == "a"


def test_a_value_without_a_line_is_refused_without_repeating_it():
    with pytest.raises(UsageError) as raised:
        body(paragraph("a"), person=Person("Zyxwvut"))
    assert "Zyxwvut" not in str(raised.value.diagnostics[0])


def test_white_space_is_spaces_and_line_feeds_and_nothing_invisible_stays():
    text = body(paragraph("10\u00a0mg\u202fa\u00adb\u200bc\td\u2028e"))
    assert text == "10 mg abc d e"


def checklists(blocks):
    for block in blocks:
        if isinstance(block, Checklist):
            yield block
        elif isinstance(block, Section | Keep):
            yield from checklists(block.blocks)


def spaced(text):
    """The text as plain text has it: with ordinary spaces."""
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize("template", Library().template_ids)
def test_every_text_of_a_shipped_document_stands_in_it_in_order(shipped, template):
    made = make_document(shipped, Order("psoas-muscle-spasm", "office-worker", template))
    text = to_text(made)
    place = 0
    lists = list(checklists(made.blocks))
    columns = {spaced(column) for each in lists for column in each.columns}
    assert columns or template not in {"checklist", "exercise-plan", "diary"}
    ticked = {spaced(column) for each in lists if not each.answer_lines for column in each.columns}
    assert all(f"[ ] {column}" in text for column in ticked)
    assert all(f"  {column}: ____" in text for column in columns - ticked)
    for each in map(spaced, texts([block for block in made.blocks if not isinstance(block, PersonalPanel)])):
        if each in columns:
            continue
        assert each in text[place:], each
        place = text.index(each, place) + len(each)
    assert text.endswith(f"\n{made.furniture.disclaimer}\n{made.furniture.version_line}\n")
    assert "\n\n\n" not in text


def test_the_text_is_the_same_each_time():
    assert to_text(document(*every_block())) == to_text(document(*every_block()))
