"""Straight quotes become the language's own; feet and inches, addresses and values do not."""

import pytest

from handouts.composing.quotes import with_quotes
from handouts.document import (
    Check,
    CheckGroup,
    Checklist,
    Contact,
    Contacts,
    Document,
    Emphasis,
    Furniture,
    Heading,
    LineBreak,
    Link,
    Paragraph,
    QRCode,
    Section,
    Strong,
    Text,
    plain_text,
)

ENGLISH = ("“", "”", "‘", "’")
SPANISH = ("«", "»", "“", "”")


def document(*blocks, title="A title", label="Page {page} of {pages}"):
    return Document(
        title=title,
        language="en",
        blocks=blocks,
        furniture=Furniture('Ask "us".', "Version 1.0", label, title),
        topic="t",
        audience="a",
        template="handout",
        version="1.0",
    )


def quoted(text, quotes=ENGLISH):
    (paragraph,) = with_quotes(document(Paragraph((Text(text),))), quotes).blocks
    return plain_text(paragraph.children)


@pytest.mark.parametrize(
    ("typed", "english", "spanish"),
    [
        ('He said "no".', "He said “no”.", "He said «no»."),
        ("\"He said 'yes' twice,\" she said.", "“He said ‘yes’ twice,” she said.", "«He said “yes” twice,» she said."),
        ("say \"'hi'\"", "say “‘hi’”", "say «“hi”»"),
        ('("in brackets")', "(“in brackets”)", "(«in brackets»)"),
        ('¿"Qué"?', "¿“Qué”?", "¿«Qué»?"),
        ('He said: "Go." "Why?"', "He said: “Go.” “Why?”", "He said: «Go.» «Why?»"),
        ('no—"really"—no', "no—“really”—no", "no—«really»—no"),
        ("don't, the patients' beds, the '90s", *["don’t, the patients’ beds, the ’90s"] * 2),
        ('5\'10" and a 6" step', *['5\'10" and a 6" step'] * 2),
        ('"She is 5\'10" tall"', "“She is 5'10\" tall”", "«She is 5'10\" tall»"),
        ('"Walk 6" or "7"', "“Walk 6” or “7”", "«Walk 6» or «7»"),
        (
            "https://example.org/o'brien's \"page\"",
            "https://example.org/o'brien's “page”",
            "https://example.org/o'brien's «page»",
        ),
        ("nothing to do", *["nothing to do"] * 2),
    ],
)
def test_quotes_are_those_of_the_language(typed, english, spanish):
    assert quoted(typed, ENGLISH) == english
    assert quoted(typed, SPANISH) == spanish


def test_a_quotation_goes_over_the_borders_of_inline_elements():
    children = (Text('Say "'), Strong((Text("stop"),)), Text('" or "'), Emphasis((Text('go"'),)), Text(" now."))
    (paragraph,) = with_quotes(document(Paragraph(children)), ENGLISH).blocks
    assert plain_text(paragraph.children) == "Say “stop” or “go” now."
    assert paragraph.children[1] == Strong((Text("stop"),))
    assert paragraph.children[3] == Emphasis((Text("go”"),))


def test_a_quotation_begins_after_a_line_break():
    (paragraph,) = with_quotes(document(Paragraph((Text("Say:"), LineBreak(), Text('"stop"')))), ENGLISH).blocks
    assert paragraph.children == (Text("Say:"), LineBreak(), Text("“stop”"))


def test_a_pair_may_be_more_than_a_character():
    assert quoted('Dire "oui".', ("«\u00a0", "\u00a0»", "“", "”")) == "Dire «\u00a0oui\u00a0»."


def test_every_text_of_a_document_is_reached_and_no_address():
    address = "https://example.org/it's"
    blocks = (
        Section("it's", (Heading(2, (Text("It's"),)), Paragraph((Link(address, (Text("it's"),)),)))),
        Checklist((CheckGroup((Text("It's"),), (Check((Text("it's"),)),)),), columns=("it's",), label="it's"),
        QRCode(address, "it's", (Text("it's"),)),
        Contacts((Text("it's"),), (Contact("Us", "555'1", "it's"),)),
    )
    result = with_quotes(document(*blocks, title="It's"), ENGLISH)
    section, checklist, code, contacts = result.blocks
    assert section.id == "it's"
    assert section.blocks == (Heading(2, (Text("It’s"),)), Paragraph((Link(address, (Text("it’s"),)),)))
    assert (checklist.columns, checklist.label) == (("it’s",), "it’s")
    assert checklist.groups == (CheckGroup((Text("It’s"),), (Check((Text("it’s"),)),)),)
    assert code == QRCode(address, "it’s", (Text("it’s"),))
    assert contacts == Contacts((Text("it’s"),), (Contact("Us", "555'1", "it’s"),))
    assert (result.title, result.furniture.running_title) == ("It’s", "It’s")
    assert result.furniture.disclaimer == "Ask “us”."


def test_a_document_without_quotes_is_left_as_it_is():
    plain = Document(
        title="A",
        language="en",
        blocks=(Paragraph((Text("A"),)),),
        furniture=Furniture("A", "B", "C", "D"),
        topic="t",
        audience="a",
        template="handout",
        version="1",
    )
    assert with_quotes(plain, ENGLISH) is plain
