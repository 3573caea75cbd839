"""A medical word is explained where it first appears in what was selected, once, and never in the wrong place."""

import pytest
import specification

from handouts.composing.glossary import Glossary
from handouts.composing.markdown import parse_blocks
from handouts.document import (
    Callout,
    Cell,
    Check,
    CheckGroup,
    Checklist,
    Columns,
    Description,
    DescriptionList,
    Heading,
    Keep,
    List,
    ListItem,
    Paragraph,
    Section,
    Span,
    Table,
    Text,
    texts,
)
from handouts.library.models import Term
from handouts.making import Order, make_document
from handouts.selection import Choices

GLOSSARY = Glossary(
    [
        Term(term="spasm", forms=("spasms",), meaning="a muscle tightening by itself"),
        Term(term="hip flexor", meaning="a muscle that lifts the knee"),
        Term(term="flexor", meaning="a muscle that bends"),
        Term(term="MRI", meaning="a picture made with magnets"),
        Term(term="core", meaning="the muscles around the belly"),
        Term(term="core strength", meaning="how well the belly holds you"),
    ]
)


def explained(*fields):
    blocks = tuple(block for field in fields for block in parse_blocks(field))
    return specification.outline(GLOSSARY.explain(blocks))


def paragraph(text, role="body"):
    return Paragraph((Text(text),), role)


def glosses(blocks):
    return "\n".join(texts(GLOSSARY.explain(blocks))).count("(a muscle tightening by itself)")


CASES = {
    "at its first use": (
        "A spasm hurts. A spasm ends.",
        "p: A spasm <span gloss>(a muscle tightening by itself)</span> hurts. A spasm ends.",
    ),
    "in any of its forms": (
        "Spasms hurt. A spasm ends.",
        "p: Spasms <span gloss>(a muscle tightening by itself)</span> hurt. A spasm ends.",
    ),
    "at the end of a sentence": (
        "You feel a spasm.",
        "p: You feel a spasm <span gloss>(a muscle tightening by itself)</span>.",
    ),
    "the longer word before the shorter one in it": (
        "The hip flexor is sore.",
        "p: The hip flexor <span gloss>(a muscle that lifts the knee)</span> is sore.",
    ),
    "the longer word before the shorter one that begins it": (
        "Your core strength matters.",
        "p: Your core strength <span gloss>(how well the belly holds you)</span> matters.",
    ),
    "inside stressed words": (
        "It is *a spasm* now.",
        "p: It is <em>a spasm <span gloss>(a muscle tightening by itself)</span></em> now.",
    ),
    "not inside another word": ("A spasmodic score.", "p: A spasmodic score."),
    "not as a part of a joined word": ("A spasm-like pain.", "p: A spasm-like pain."),
    "an abbreviation only in capitals": (
        "The mri and the MRI.",
        "p: The mri and the MRI <span gloss>(a picture made with magnets)</span>.",
    ),
    "not when the author explains it in brackets": (
        "A spasm (cramp) hurts. A spasm ends.",
        "p: A spasm (cramp) hurts. A spasm ends.",
    ),
    "not when its own sentence explains it": (
        "A **spasm** is a cramp. A spasm ends.",
        "p: A <strong>spasm</strong> is a cramp. A spasm ends.",
    ),
    "not in the words of a link": (
        "See [spasm](https://example.org).",
        "p: See <a https://example.org>spasm (https://example.org)</a>.",
    ),
}


@pytest.mark.parametrize(("field", "expected"), CASES.values(), ids=CASES.keys())
def test_a_word_is_explained(field, expected):
    assert explained(field) == expected


def test_two_words_in_one_sentence_are_both_explained():
    assert explained("Your core may spasm.") == (
        "p: Your core <span gloss>(the muscles around the belly)</span> "
        "may spasm <span gloss>(a muscle tightening by itself)</span>."
    )


def test_a_word_is_explained_once_in_the_whole_document_in_reading_order():
    assert explained("One spasm.", "- two spasms\n- three") == (
        "p: One spasm <span gloss>(a muscle tightening by itself)</span>.\n"
        "bulleted\n  item\n    p: two spasms\n  item\n    p: three"
    )


@pytest.mark.parametrize(
    "block",
    [
        List((ListItem((paragraph("a spasm"),)),)),
        DescriptionList((Description((Text("term"),), (paragraph("a spasm"),)),)),
        Callout("key-points", (Text("label"),), (paragraph("a spasm"),)),
        Keep((paragraph("a spasm"),)),
        Section("s", (paragraph("a spasm"),)),
        Columns(((paragraph("a spasm"),),)),
        Checklist((CheckGroup((), (Check((Text("no spasm today"),)),)),)),
        paragraph("a spasm", "lead"),
        paragraph("a spasm", "note"),
        Paragraph((Span((Text("a spasm"),), role="muted"),)),
    ],
    ids=lambda block: type(block).__name__,
)
def test_words_are_explained_in_every_kind_of_block_that_holds_sentences(block):
    assert glosses((block, paragraph("another spasm"))) == 1
    assert "(a muscle tightening by itself)" in "".join(texts(GLOSSARY.explain((block,))))


@pytest.mark.parametrize(
    "block",
    [
        Heading(2, (Text("The spasm"),)),
        Callout("note", (Text("label"),), (paragraph("a spasm"),)),
        paragraph("A spasm sheet", "eyebrow"),
        paragraph("10 times a spasm", "dose"),
        paragraph("The spasm book", "fine"),
        Paragraph((Span((Text("Spasm."),), role="label"),)),
        Paragraph((Span((Text("Spasm:"),), role="lead-in"),)),
        Callout("note", (Text("A spasm"),), ()),
        DescriptionList((Description((Text("Spasm"),), ()),)),
        Table(((Cell((Text("spasm"),), "column"),),)),
    ],
    ids=lambda block: type(block).__name__,
)
def test_in_headings_labels_and_small_print_a_word_waits_for_the_next_sentence(block):
    shown = GLOSSARY.explain((block, paragraph("A spasm hurts.")))
    assert shown[0] == block
    assert "(a muscle tightening by itself)" in "".join(texts(shown[1:]))


def test_one_document_does_not_know_what_another_explained():
    assert explained("A spasm.") == explained("A spasm.")


def test_a_library_without_a_glossary_explains_nothing():
    blocks = parse_blocks("A spasm.")
    assert Glossary([]).explain(blocks) == blocks


def test_a_word_with_signs_of_its_own_is_taken_as_it_is_written():
    glossary = Glossary([Term(term="C. diff (bug)", meaning="a germ")])
    assert specification.outline(glossary.explain(parse_blocks("A C. diff (bug) hit. A Cx diff hit."))) == (
        "p: A C. diff (bug) <span gloss>(a germ)</span> hit. A Cx diff hit."
    )


def test_a_letter_that_only_looks_the_same_is_another_word():
    glossary = Glossary([Term(term="arthritis", meaning="sore joints")])
    assert (
        specification.outline(glossary.explain(parse_blocks("No arthr\u0131tis here."))) == "p: No arthr\u0131tis here."
    )


def test_where_a_word_is_explained_depends_on_what_was_selected(workspace):
    workspace.write("content/glossary.yaml", "terms:\n  - {term: hinge, meaning: a turning joint}\n")
    workspace.replace("content/topics/knee/care.yaml", "Walk a little.", "Walk until the hinge moves.")

    def first(*sections):
        document = make_document(workspace.library(), Order("knee", choices=Choices(sections=sections, items="all")))
        return [text for text in texts(document.blocks) if "(a turning joint)" in text]

    assert first("care", "story") == ["Walk. Walk until the hinge (a turning joint) moves."]
    assert first("story", "care") == ["The knee bends like a hinge (a turning joint)."]
    assert first("story") == ["The knee bends like a hinge (a turning joint)."]
    assert first("causes") == []
