"""Markdown fields: what they become, and what they may not hold (markdown.spec)."""

import re
from pathlib import Path

import pytest
import specification
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from handouts.composing.markdown import as_inlines, parse_blocks
from handouts.document import LineBreak, Link, Paragraph, Text, plain_text, texts


@pytest.mark.parametrize(("field", "expected"), specification.cases(Path(__file__).parent / "markdown.spec"))
def test_a_field_becomes(field, expected):
    if expected.startswith("refused: "):
        with pytest.raises(ValueError, match=f"cannot hold {expected.removeprefix('refused: ')}$"):
            parse_blocks(field)
    else:
        assert specification.outline(parse_blocks(field)) == expected.strip("\n")


_WORDS = st.text(st.characters(categories=["L", "N", "Zs"], exclude_characters="\x85"), min_size=1)


@settings(deadline=None)
@given(_WORDS)
def test_words_and_spaces_alone_are_never_changed(text):
    assert " ".join(" ".join(texts(parse_blocks(text))).split()) == " ".join(text.split())


@settings(deadline=None, max_examples=200)
@given(st.text("ab *_<>&[]()!`#-+1.:\\{}\"'|~\n", max_size=40))
def test_no_letter_of_any_field_is_lost(text):
    try:
        blocks = parse_blocks(text)
    except ValueError:
        return
    kept = "".join([*texts(blocks), *addresses(blocks)])
    assert [kept.count(letter) for letter in "ab"] == [text.count(letter) for letter in "ab"]


def addresses(node):
    """The addresses of all links in a piece of content."""
    if isinstance(node, Link):
        yield node.address
    for inner in (
        node if isinstance(node, tuple) else (getattr(node, name, ()) for name in ("blocks", "items", "children"))
    ):
        if isinstance(inner, tuple) or hasattr(inner, "__slots__"):
            yield from addresses(inner)


_PIECES = ["**", "*", "a", "b", "1", " ", "  ", "\n", "\n\n", ".", ",", "(", ")", "-", "–", "“", "é", "'"]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_a_field_is_read_as_commonmark_reads_it(text):
    """What is read without the parser, to save time, is read as the parser reads it."""
    text = text.strip()
    try:
        blocks = parse_blocks(text)
    except ValueError:
        return
    if all(isinstance(block, Paragraph) for block in blocks):
        ours = "".join(f"<p>{specification.inlines(block.children)}</p>" for block in blocks)
        sums = re.sub(r"(?<=1)\*(?=1)", r"\\*", text)  # 1*1 is a sum
        theirs = MarkdownIt("commonmark", {"html": False}).render(sums)
        assert ours.replace("<br>", " ") == re.sub("<br />\n|\n(?=[^<])|\n(?=<[se])", " ", theirs).replace("\n", "")


@pytest.mark.parametrize(
    ("field", "word"),
    [
        ("- " * 30 + "deep", "deep"),
        ("**a " * 3000 + "deep", "deep"),
        ("- " * 3000 + "deep", "deep"),
        ("*" * 3000 + "deep" + "*" * 3000, "deep"),
    ],
    ids=["a deep list", "much emphasis", "a very deep list", "emphasis in emphasis"],
)
def test_what_a_handout_cannot_show_is_refused_and_not_dropped(field, word):
    try:
        blocks = parse_blocks(field)
    except ValueError:
        return
    assert word in " ".join(texts(blocks))


@pytest.mark.parametrize(("field", "start"), [("3. Rest\n4. Walk", 3), ("24. December: come back", 24), ("0. Wait", 0)])
def test_a_numbered_list_begins_with_the_number_that_was_typed(field, start):
    (found,) = parse_blocks(field)
    assert (found.kind, found.start) == ("numbered", start)


def test_the_numbers_of_a_list_may_all_be_the_same_as_markdown_allows():
    (found,) = parse_blocks("1. Rest\n1. Walk")
    assert (found.start, len(found.items)) == (1, 2)


def test_numbers_that_do_not_follow_are_refused_and_not_changed():
    with pytest.raises(ValueError, match="the number 24 of a list does not follow"):
        parse_blocks("3. July: a visit\n24. December: come back")


@pytest.mark.parametrize("field", ["\u200b", "-", "1.", "&nbsp;", "**\u2060**", "\u00ad"])
def test_a_field_that_would_print_nothing_is_refused(field):
    with pytest.raises(ValueError, match="this prints nothing"):
        parse_blocks(field)


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n", "\u2028", "\x85", "\v", "\f"])
def test_a_line_end_of_any_system_is_a_space(end):
    assert parse_blocks(f"One{end}two.") == (Paragraph((Text("One two."),)),)


def test_paragraphs_inside_a_line_stand_on_lines_of_their_own():
    assert as_inlines(parse_blocks("One.\n\nTwo.")) == (Text("One."), LineBreak(), Text("Two."))


def test_a_list_has_no_place_inside_a_line():
    with pytest.raises(ValueError, match="a list has no place here"):
        as_inlines(parse_blocks("- one"))


def test_a_plain_text_and_a_marked_one_are_read_alike():
    assert parse_blocks("One two.") == (Paragraph((Text("One two."),)),)
    assert parse_blocks("One two.\n") == parse_blocks("One two.")


@pytest.mark.parametrize("address", ["sms:5550100", "psoas.html", "//example.org", "ftp://a.b"])
def test_a_link_that_nobody_can_follow_is_refused(address):
    with pytest.raises(ValueError, match="a link leads to"):
        parse_blocks(f"See [our page]({address}).")


def test_a_link_without_its_beginning_leads_to_the_web():
    (paragraph,) = parse_blocks("See [our page](www.example.org/psoas).")
    assert paragraph.children[1].address == "https://www.example.org/psoas"


def test_a_star_between_digits_is_no_stress():
    (paragraph,) = parse_blocks("Take 2*3*4 mg and **rest**.")
    assert plain_text(paragraph.children) == "Take 2*3*4 mg and rest."
