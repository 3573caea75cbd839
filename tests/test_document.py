"""The waist: a document cannot be without its disclaimer, and all of its words can be read."""

import pytest

from handouts.document import (
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
    texts,
)


def words(text):
    return (Text(text),)


@pytest.mark.parametrize("disclaimer", ["", "  \n"], ids=["empty", "blank"])
def test_a_document_cannot_be_without_its_disclaimer(disclaimer):
    with pytest.raises(ValueError, match="disclaimer"):
        Furniture(disclaimer, "1.0", "{page}", "Title")


def test_plain_text_is_every_character_of_every_kind_of_inline_content():
    children = (
        Text("a "),
        Strong((Text("b "), Emphasis(words("c ")))),
        Link("https://example.org", words("d")),
        LineBreak(),
        Span(words("e"), role="gloss"),
    )
    assert plain_text(children) == "a b c d e"


def test_texts_come_in_reading_order_from_every_kind_of_block():
    blocks = (
        Heading(1, words("heading")),
        Section("s", (Paragraph(words("in section")), Keep((Paragraph(words("in keep")),)))),
        List((ListItem((Paragraph(words("item")), List((ListItem((Paragraph(words("inner")),)),)))),)),
        DescriptionList((Description(words("term"), (Paragraph(words("said of it")),)),)),
        Table(((Cell(words("head"), "column"),), (Cell(words("cell")),))),
        Figure("a.svg", "alternate", words("caption")),
        QRCode("https://example.org", "code", words("web")),
        Contacts(words("call"), (Contact("desk", "555", "mornings"), Contact("emergency", "911"))),
        Callout("note", words("label"), (Paragraph(words("boxed")),)),
        Checklist((CheckGroup(words("group"), (Check(words("check")),)),), ("Mon", "Tue"), label="tick"),
        PersonalPanel((Field("patient", "Name"), Field("date", "Date"))),
        PageBreak(),
        Columns(((Paragraph(words("left")),), (Paragraph(words("right")),))),
    )
    assert " ".join(texts(blocks)) == (
        "heading in section in keep item inner term said of it head cell caption web "
        "call desk 555 mornings emergency 911 label boxed tick Mon Tue group check Name Date left right"
    )
