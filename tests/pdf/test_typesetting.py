"""Words into lines: nothing is lost, nothing is wider than its column, and each role has its face and colour."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_reading import squeezed

from handouts import Library
from handouts.document import Emphasis, LineBreak, Link, Span, Strong, Text, plain_text
from handouts.errors import MissingResourceError
from handouts.pdf.fonts import Fonts
from handouts.pdf.stylesheet import INK, MUTED, TextStyle, make_stylesheet
from handouts.pdf.typesetting import Typesetter

BRAND = Library().brand("plain")
FONTS = Fonts(BRAND)
STANDARD = Typesetter(FONTS, make_stylesheet(BRAND))
LARGE = Typesetter(FONTS, make_stylesheet(BRAND, "large-print"))
BODY = TextStyle(12, 15)
# Letters of the brand's face, letters that only the fallback face has, spaces of three kinds, and signs.
LETTERS = "abcdefgilmnorstuwxyzABMTW éßąż ≥½°–“’.,;()-/\\<>&{} αΩБжễ→ "
ALPHABET = LETTERS + "\u00a0\u2009"
UNSEEN = "\u00ad\u200b\u2060\ufeff"  # characters that take no ink

PROPERTY = settings(deadline=None, derandomize=True, max_examples=60)


def paragraphs(alphabet=ALPHABET):
    """Inline content of every kind, nested."""

    def nested(inner):
        some = st.lists(inner, max_size=3).map(tuple)
        roles = st.sampled_from([None, "label", "lead-in", "gloss", "muted"])
        return st.one_of(
            st.builds(Strong, some),
            st.builds(Emphasis, some),
            st.builds(Link, st.just("https://example.org"), some),
            st.builds(Span, some, roles, st.sampled_from([None, "la"])),
        )

    texts = st.builds(Text, st.text(alphabet, max_size=40))
    return st.lists(st.recursive(st.one_of(texts, st.just(LineBreak())), nested, max_leaves=8), max_size=6).map(tuple)


widths = st.floats(30, 500)


def text_of(lines):
    return "".join(run.text for line in lines for run in line.runs)


def advance(run, size):
    """What a run really takes, by the widths of the face that draws it."""
    return run.face.width(run.text, size)


def inked(line, size):
    """The width of a line without the space at its end."""
    width = sum(advance(run, size) for run in line.runs)
    last = line.runs[-1]
    return width - (last.face.width(" ", size) if last.text.endswith(" ") else 0.0)


# ------------------------------------------------------------------ nothing is lost


@given(paragraphs(), widths)
@PROPERTY
def test_no_character_is_lost_or_added(children, width):
    assert squeezed(text_of(STANDARD.lines(children, BODY, width))) == squeezed(plain_text(children))


@given(st.lists(st.text("abc αБ", min_size=1, max_size=12), min_size=1, max_size=12), widths)
@PROPERTY
def test_words_that_fit_stay_words(words, width):
    text = " ".join(words)
    lines = STANDARD.lines((Text(text),), BODY, max(width, 120))
    assert text_of(lines).split() == text.split()


@given(st.text(ALPHABET + UNSEEN, max_size=40), st.integers(0, 3))
@PROPERTY
def test_characters_without_ink_do_no_harm(text, cut):
    children = (Text(text[:cut]), Strong((Text(text[cut:]),)))
    wanted = "".join(character for character in text if character not in UNSEEN)
    got = "".join(each for each in text_of(STANDARD.lines(children, BODY, 200)) if each not in UNSEEN)
    assert squeezed(got) == squeezed(wanted)


@pytest.mark.parametrize("character", [pytest.param(each, id=f"U+{ord(each):04X}") for each in UNSEEN])
@pytest.mark.parametrize("text", ["{} word", "word {}", "wo{}rd", "{}"])
def test_a_character_without_ink_can_stand_anywhere_and_leaves_none(text, character):
    lines = STANDARD.lines((Text(text.replace("{}", character)),), BODY, 200)
    assert text_of(lines).split() == text.replace("{}", "").split()


def test_a_line_that_just_fits_is_not_wider_than_its_column():
    """The space after a bold word is as wide as the face that draws it."""
    children = (Span((Text("Pain in the back."),), "label"), Text(" It is common."))
    (line,) = STANDARD.lines(children, BODY, 999)
    for narrower in (0.0, 0.2, 0.4):
        for each in STANDARD.lines(children, BODY, line.width - narrower):
            assert inked(each, 12) <= line.width - narrower + 0.02


def test_a_word_split_between_bold_and_plain_stays_one_word():
    lines = STANDARD.lines((Strong((Text("A"),)), Text("TP test")), BODY, 500)
    assert text_of(lines) == "ATP test"
    assert [run.text for run in lines[0].runs] == ["A", "TP test"]


# ------------------------------------------------------------------ no line is too wide


@given(paragraphs(), widths)
@PROPERTY
def test_no_line_is_wider_than_its_column(children, width):
    for line in STANDARD.lines(children, BODY, width):
        assert inked(line, 12) <= width + 0.05


@given(paragraphs(LETTERS), widths)
@PROPERTY
def test_a_line_knows_its_width_and_where_its_runs_stand(children, width):
    for line in STANDARD.lines(children, BODY, width):
        x = 0.0
        for run in line.runs:
            assert run.x == pytest.approx(x, abs=0.02)
            assert run.width == pytest.approx(advance(run, 12), abs=0.02)
            x += advance(run, 12)
        assert line.width == pytest.approx(inked(line, 12), abs=0.02)


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=2, max_size=30), widths)
@PROPERTY
def test_a_line_ends_only_where_the_next_word_does_not_fit(words, width):
    width = max(width, 80)
    lines = STANDARD.lines((Text(" ".join(words)),), BODY, width)
    regular = FONTS.face("regular")
    # The line before the last may give a word away, so that the last is not a single word.
    for line, following in itertools.pairwise(lines[:-1]):
        first = following.runs[0].text.split()[0]
        assert line.width + regular.width(f" {first}", 12) > width


def test_a_long_word_is_broken_and_not_lost():
    word = "Pneumonoultramicroscopicsilicovolcanoconiosis"
    lines = STANDARD.lines((Text(f"a {word} b"),), BODY, 90)
    assert len(lines) > 3
    assert squeezed(text_of(lines)) == f"a{word}b"
    assert all(inked(line, 12) <= 90 for line in lines)


def test_a_broken_word_is_read_as_one_word():
    word = "Pneumonoultramicroscopicsilicovolcanoconiosis"
    assert text_of(STANDARD.lines((Text(f"a {word} b"),), BODY, 90)).split() == ["a", word, "b"]


def test_a_long_word_in_two_faces_is_broken_and_not_lost():
    children = (Strong((Text("Boldboldboldboldbold"),)), Text("plainplainplainplain"))
    lines = STANDARD.lines(children, BODY, 60)
    assert squeezed(text_of(lines)) == "Boldboldboldboldboldplainplainplainplain"
    assert lines[0].runs[0].ink.face == "bold"
    assert lines[-1].runs[-1].ink.face == "regular"


def test_a_column_narrower_than_a_letter_holds_one_letter_a_line():
    lines = STANDARD.lines((Text("abc"),), BODY, 1)
    assert [squeezed(text_of([line])) for line in lines] == ["a", "b", "c"]


# ------------------------------------------------------------------ where words part


def test_every_line_but_the_last_ends_in_a_space():
    lines = STANDARD.lines((Text("some words that need more than one line to stand on"),), BODY, 90)
    assert len(lines) > 2
    assert all(line.runs[-1].text.endswith(" ") for line in lines[:-1])
    assert not lines[-1].runs[-1].text.endswith(" ")


def test_spaces_are_folded_and_no_line_begins_with_one():
    lines = STANDARD.lines((Text("  a   b "), Strong((Text(" c  "),)), Text("  d")), BODY, 500)
    assert text_of(lines) == "a b c d"


def test_a_line_break_starts_a_line():
    lines = STANDARD.lines((Text("one"), LineBreak(), Text("two")), BODY, 500)
    assert [text_of([line]).strip() for line in lines] == ["one", "two"]


def test_words_around_a_line_break_are_read_as_two():
    assert text_of(STANDARD.lines((Text("one"), LineBreak(), Text("two")), BODY, 500)).split() == ["one", "two"]


def test_a_no_break_space_does_not_end_a_line():
    width = STANDARD.lines((Text("take 5\u00a0mg"),), BODY, 999)[0].width - 1
    lines = STANDARD.lines((Text("take 5\u00a0mg"),), BODY, width)
    assert squeezed(text_of(lines[1:])) == "5mg"


def test_nothing_is_no_line():
    assert STANDARD.lines((), BODY, 100) == STANDARD.lines((Text("  "),), BODY, 100) == ()


# ------------------------------------------------------------------ faces and colours


@pytest.mark.parametrize(
    ("children", "wanted"),
    [
        pytest.param((Text("w"),), ("regular", INK), id="text"),
        pytest.param((Strong((Text("w"),)),), ("bold", INK), id="strong"),
        pytest.param((Emphasis((Text("w"),)),), ("italic", INK), id="stressed"),
        pytest.param((Strong((Emphasis((Text("w"),)),)),), ("bold-italic", INK), id="strong and stressed"),
        pytest.param((Emphasis((Strong((Text("w"),)),)),), ("bold-italic", INK), id="stressed and strong"),
        pytest.param((Span((Text("w"),), "label"),), ("bold", INK), id="label"),
        pytest.param((Span((Text("w"),), "lead-in"),), ("bold", INK), id="lead-in"),
        pytest.param((Span((Text("w"),), "gloss"),), ("regular", MUTED), id="gloss"),
        pytest.param((Strong((Span((Text("w"),), "gloss"),)),), ("regular", MUTED), id="gloss of a strong word"),
        pytest.param((Span((Text("w"),), "muted"),), ("regular", MUTED), id="muted"),
        pytest.param((Link("https://a.b", (Text("w"),)),), ("regular", BRAND.accent), id="link"),
    ],
)
def test_a_role_has_its_face_and_colour(children, wanted):
    ((run,),) = [line.runs for line in STANDARD.lines(children, BODY, 500)]
    assert (run.ink.face, run.ink.colour) == wanted
    assert run.face is FONTS.face(wanted[0])


def test_a_gloss_keeps_to_its_own_run():
    children = (Text("the psoas "), Span((Text("(a muscle)"),), "gloss"), Text(" hurts"))
    runs = [(run.text.strip(), run.ink.colour) for run in STANDARD.lines(children, BODY, 500)[0].runs]
    assert runs == [("the psoas", INK), ("(a muscle)", MUTED), ("hurts", INK)]


def test_a_bold_style_sets_everything_in_bold_but_the_gloss():
    children = (Text("word "), Span((Text("(meaning)"),), "gloss"))
    runs = STANDARD.lines(children, TextStyle(12, 15, bold=True), 500)[0].runs
    assert [run.ink.face for run in runs] == ["bold", "regular"]


@given(paragraphs())
@PROPERTY
def test_large_print_is_never_italic_and_never_grey(children):
    for line in LARGE.lines(children, TextStyle(18, 23), 400):
        for run in line.runs:
            assert "italic" not in run.ink.face
            assert run.ink.colour != MUTED


def test_stressed_words_in_large_print_are_set_apart_or_plain():
    ((run,),) = [line.runs for line in LARGE.lines((Strong((Emphasis((Text("w"),)),)),), BODY, 500)]
    assert run.ink.face == "bold"


def test_a_link_s_address_stays_with_its_words():
    runs = STANDARD.lines((Text("see "), Link("https://a.b", (Text("this page"),)), Text(".")), BODY, 500)[0].runs
    addresses = [(run.text.strip(), run.ink.phrase.address if run.ink.phrase else "") for run in runs]
    assert addresses == [("see", ""), ("this page", "https://a.b"), (".", "")]


def test_words_in_another_language_are_marked():
    runs = STANDARD.lines((Text("in "), Span((Text("vivo"),), language="la")), BODY, 500)[0].runs
    languages = [(run.text.strip(), run.ink.phrase.language if run.ink.phrase else "") for run in runs]
    assert languages == [("in", ""), ("vivo", "la")]


def test_neighbours_in_the_same_ink_are_one_run():
    (line,) = STANDARD.lines((Text("one "), Text("two "), Text("three")), BODY, 500)
    assert [run.text for run in line.runs] == ["one two three"]


def test_a_character_that_no_face_has_stops_with_its_name_and_place():
    typesetter = Typesetter(FONTS, make_stylesheet(BRAND))
    typesetter.place = "causes"
    with pytest.raises(MissingResourceError, match=r"causes: .*U\+1F600 \(grinning face\)"):
        typesetter.lines((Text("Smile 😀"),), BODY, 100)
