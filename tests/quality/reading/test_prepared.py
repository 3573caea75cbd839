"""Text made ready to be measured (prepared.spec), and a Document's passages."""

from pathlib import Path

import pytest
import specification

from handouts import document as d
from handouts.quality.reading import LanguageNotMeasuredError, Passage, passages, prepare, prepare_document


@pytest.mark.parametrize(("text", "expected"), specification.cases(Path(__file__).parent / "prepared.spec"))
def test_prepared(text, expected):
    lines = text.split("\n")
    language = lines.pop(0) if lines[0] == "es" else "en"
    taken = [Passage(line.partition(":")[2].strip(), line.partition(":")[0]) for line in lines]
    prepared = prepare(taken, language)
    found = [("S", each) for each in prepared.sentences] + [("F", each) for each in prepared.fragments]
    found.sort(key=lambda pair: pair[1].passage_index)
    assert "\n".join(f"{kind}: {' '.join(each.words)}" for kind, each in found) == expected


def test_a_sentence_tells_where_it_came_from():
    taken = [Passage("One rests.", origin=("a.yaml", 3)), Passage("Title", "heading"), Passage("Two walk. Three sit.")]
    prepared = prepare(taken, "en")
    assert [each.passage_index for each in prepared.sentences] == [0, 2, 2]
    assert prepared.passages[prepared.sentences[0].passage_index].origin == ("a.yaml", 3)
    assert prepared.sentences[1].text == "Two walk."


def test_a_string_is_a_paragraph():
    assert prepare(["Sit tall."], "en").passages == (Passage("Sit tall.", "paragraph"),)


@pytest.mark.parametrize("language", ["nl", "fr-CA", ""])
def test_a_language_without_rules_is_refused(language):
    with pytest.raises(LanguageNotMeasuredError, match="no reading formula"):
        prepare(["Rust goed uit."], language)


def test_a_regional_tag_takes_its_languages_rules():
    assert prepare(["Sit tall."], "en-US").language == "en"


def test_a_section_alone():
    prepared = prepare([Passage("Sit tall.", section="care"), Passage("It hurts.", section="causes")], "en")
    assert [each.text for each in prepared.by_section()["causes"].sentences] == ["It hurts."]


def text(*words):
    return tuple(d.Text(word) for word in words)


BLOCKS = (
    d.Heading(1, text("Sore knee")),
    d.Paragraph(text("For patients"), "eyebrow"),
    d.Callout("emergency", text("Call 911 now"), (d.List((d.ListItem((d.Paragraph(text("You faint")),)),)),)),
    d.Section(
        "care",
        (
            d.Paragraph(
                (
                    d.Span(text("Rest."), "label"),
                    *text(" Sit "),
                    d.Strong((*text("down "), d.Span(text("(not up)"), "gloss"))),
                    *text(". "),
                    d.Span(text("Why:"), "lead-in"),
                    *text(" It helps."),
                )
            ),
            d.Paragraph(text("3 times a day"), "dose"),
            d.Table(((d.Cell(text("Day"), "column"),), (d.Cell(text("You rest.")),))),
            d.Figure("a.svg", "A knee.", text("This is a knee.")),
            d.Checklist((d.CheckGroup(text("Today"), (d.Check(text("I rest")),)),), ("Day 1",), 0, "Check the box"),
            d.Contacts(text("Numbers"), (d.Contact("Nurse", "555-0101"),)),
            d.PersonalPanel((d.Field("patient", "Name"),)),
        ),
    ),
    d.Paragraph(text("Written by the tests."), "fine"),
)
DOCUMENT = d.Document(
    title="Sore knee",
    language="en",
    blocks=BLOCKS,
    furniture=d.Furniture("Not advice.", "v1", "Page {page}", "Sore knee"),
    topic="knee",
    audience="patient",
    template="handout",
    version="1",
)


def test_a_documents_passages_know_what_they_are():
    assert [(each.kind, each.text, each.section) for each in passages(BLOCKS)] == [
        ("heading", "Sore knee", ""),
        ("label", "For patients", ""),
        ("label", "Call 911 now", ""),
        ("item", "You faint", ""),
        ("label", "Rest.", "care"),
        ("paragraph", "Sit down (not up).", "care"),
        ("label", "Why:", "care"),
        ("paragraph", "It helps.", "care"),
        ("label", "3 times a day", "care"),
        ("label", "Day", "care"),
        ("cell", "You rest.", "care"),
        ("caption", "This is a knee.", "care"),
        ("label", "Check the box", "care"),
        ("label", "Day 1", "care"),
        ("heading", "Today", "care"),
        ("item", "I rest", "care"),
        ("label", "Numbers", "care"),
        ("label", "Name", "care"),
        ("label", "Written by the tests.", ""),
    ]


def test_a_document_is_measured_without_its_labels():
    assert [each.text for each in prepare_document(DOCUMENT).sentences] == [
        "You faint",
        "Sit down (not up).",
        "It helps.",
        "You rest.",
        "This is a knee.",
        "I rest",
    ]


def test_the_meanings_that_the_page_adds_can_be_left_out():
    assert "Sit down." in [each.text for each in prepare_document(DOCUMENT, glosses=False).sentences]
