"""Names in every script: what runs from right to left is drawn in its order and shapes, and read as it was written."""

import io

import arabic_reshaper
import bidi
import pikepdf
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pdf_reading import Tagged, folded, pdfium_text, read_pages, rendered
from small_documents import PANEL, clinic_brand, document, paragraph

from handouts import Library, Person, issue, lay_out
from handouts.document import Field, Link, Paragraph, PersonalPanel, Strong, Text
from handouts.errors import MissingResourceError, UsageError
from handouts.pdf.fonts import Fonts
from handouts.pdf.scripts import drawn, joined, levels, shapes, stretches, turns, visual_order
from handouts.pdf.stylesheet import TextStyle, make_stylesheet
from handouts.pdf.typesetting import Typesetter

PROPERTY = settings(deadline=None, derandomize=True, max_examples=400)
NAMES = {
    "Arabic": "محمد علي",
    "Arabic with a ligature": "فاطمة الزهراء الآن",
    "Arabic with vowel signs": "محمّد مُصْطَفَى",
    "Persian": "پروانه گلچین ژاله کیان",
    "Urdu": "ہاجرہ گیلانی ٹیپو ڈار",
    "Hebrew": "יעל כהן",
    "Hebrew with points": "שָׁרָה לֵוִי",
    "Vietnamese": "Nguyễn Thị Hương",
    "Polish": "Łukasz Żółć",
    "Greek": "Γιώργος Παπαδόπουλος",
    "Cyrillic": "Екатерина Щербакова",
    "mixed": "Dr. محمد Smith 12",
    "mixed with brackets": "Dr. محمد (علي) Smith",
    "mixed with a number": "شارع 123 (יעל) 45",
}
BRAND = Library().brand("plain")
TYPESETTER = Typesetter(Fonts(BRAND), make_stylesheet(BRAND))
BODY = TextStyle(12, 15)
each_name = pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)


def shown(text):
    """The text in the order it is drawn, by the engine's own parts."""
    parts = stretches(text)
    found = []
    for index in visual_order([part.level for part in parts]):
        letters = drawn(parts[index].text, parts[index].level)
        found.extend(reversed(letters) if parts[index].level % 2 else letters)
    return "".join(found)


def body(data):
    """The characters of the first page's body."""
    return read_pages(data)[0].body


def left_to_right(data):
    """The characters of the body's rows as they stand on the page."""
    rows = {}
    for char in body(data):
        rows.setdefault(round(char.baseline), []).append(char)
    return ["".join(char.text for char in sorted(rows[key], key=lambda char: char.x0)) for key in sorted(rows)[::-1]]


# ------------------------------------------------------------------ against the libraries

LETTERS = "ab אב حمد 012 ٣٤ ()[]{}<>«»|.,:/+-%$#&'\"–؛،؟\u0301\u05b4"


@given(st.text(LETTERS, max_size=16))
@PROPERTY
def test_text_is_ordered_as_the_bidirectional_algorithm_says(text):
    order = [place for part in levels_in_order(text) for place in part]
    assert "".join(text[place] for place in order) == bidi.get_display(text, base_dir="L")


def levels_in_order(text):
    return [visual_order(levels(text))]


@given(st.text("ابتسللمهيءةىوآأإپچژگکیہھےںٹ ـ\u064e\u0651\u200ca1", max_size=10))
@PROPERTY
def test_letters_are_joined_as_arabic_reshaper_joins_them(text):
    reshaper = arabic_reshaper.ArabicReshaper({"delete_harakat": False, "use_unshaped_instead_of_isolated": True})
    try:
        wanted = reshaper.reshape(text).replace("\u200c", "")
    except IndexError:  # its mistake with signs before the first letter
        assume(False)
    assert "".join(joined(text)) == wanted


# ------------------------------------------------------------------ order and shapes


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("אב", "בא"),
        ("a אב גד b", "a דג בא b"),
        ("אב 12 גד", "דג 12 בא"),
        ("a (אב) b", "a (בא) b"),
        ("אב (גד)", "(דג) בא"),
        ("אב, a", "בא, a"),
    ],
)
def test_what_runs_from_right_to_left_is_turned_and_numbers_and_brackets_stay(text, wanted):
    assert shown(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("محمد", ["\ufee3", "\ufea4", "\ufee4", "\ufeaa"]),
        ("دار", ["د", "ا", "ر"]),
        ("لا", ["\ufefb", ""]),
        ("سلام", ["\ufeb3", "\ufefc", "", "م"]),
        ("می\u200cخ", ["\ufee3", "\ufbfd", "", "خ"]),
        ("ه\u200d", ["\ufeeb", ""]),
        ("بَت", ["\ufe91", "\u064e", "\ufe96"]),
    ],
)
def test_arabic_letters_take_the_shape_of_their_place(text, wanted):
    assert joined(text) == wanted


def test_latin_text_is_left_alone():
    assert not turns("Fever ≥ 38.5 “é” Ω ж ễ")
    assert shapes(frozenset("abc(")) == set("abc(")


# ------------------------------------------------------------------ in running text


@each_name
def test_a_name_in_the_text_is_read_as_it_is_written(name):
    tagged = Tagged(lay_out(document(paragraph(f"For {name}, today.")), BRAND).base)
    assert [leaf.text for leaf in tagged.leaves] == [folded(f"For {name}, today.")]
    assert not tagged.problems()


@pytest.mark.parametrize("kind", ["Arabic", "Arabic with a ligature", "Persian", "Urdu", "Hebrew", "Cyrillic", "mixed"])
def test_a_viewer_finds_the_name(kind):
    """pdfium is the reader of two web browsers: search, copying and their screen readers see this."""
    (text,) = pdfium_text(lay_out(document(paragraph(NAMES[kind])), BRAND).base)
    assert NAMES[kind] in text


def test_the_first_letter_of_a_hebrew_name_is_the_rightmost():
    chars = [char for char in body(lay_out(document(paragraph("Name: יעל כהן.")), BRAND).base) if turns(char.text)]
    assert "".join(char.text for char in sorted(chars, key=lambda char: -char.x0)) == "יעלכהן"


def test_brackets_are_mirrored_and_digits_are_not_turned():
    (row,) = left_to_right(lay_out(document(paragraph("אב (גד) 123 הו")), BRAND).base)
    assert row.replace(" ", "") == "וה123(דג)בא"


def test_arabic_is_drawn_with_joined_shapes():
    """Joined, the name leaves no white between its letters; apart from one another they would."""
    columns = {}
    for name, text in {"joined": "سسس", "apart": "س\u200cس\u200cس"}.items():
        data = lay_out(document(paragraph(text)), BRAND).base
        chars = body(data)
        picture = rendered(data, 6, [0])[0]
        top = picture.shape[0] - round(6 * (chars[0].baseline + 10))
        left, right = (round(6 * edge) for edge in (min(c.x0 for c in chars), max(c.x1 for c in chars)))
        inked = (picture[top : top + 90, left:right] < 128).any(axis=0)
        first, last = inked.nonzero()[0][[0, -1]]
        columns[name] = int((~inked[first:last]).sum())
    assert columns["joined"] == 0
    assert columns["apart"] > 4


@pytest.mark.parametrize(("name", "half"), [("יעל", 0), ("לעי", 1)])
def test_the_tall_letter_of_a_hebrew_name_is_where_a_reader_looks_for_it(name, half):
    """Lamed alone reaches above the others: last of its name it is the leftmost, first of its name the rightmost."""
    data = lay_out(document(paragraph(name)), BRAND).base
    chars = body(data)
    picture = rendered(data, 6, [0])[0]
    top = picture.shape[0] - round(6 * (chars[0].baseline + 10))
    left, right = (round(6 * edge) for edge in (min(c.x0 for c in chars), max(c.x1 for c in chars)))
    rows = (picture[top : top + 66, left:right] < 128).nonzero()
    highest = rows[1][rows[0] <= rows[0].min() + 3]
    assert {int(2 * column / (right - left)) for column in highest} == {half}


def test_joined_letters_are_found_as_letters():
    """A search for the name finds it: no reader has to know the shapes."""
    data = lay_out(document(PANEL, paragraph("محمد گلچین ٹیپو")), BRAND, characters=Person("فاطمة").characters).base
    assert {char.text for char in body(data) if turns(char.text)} == set("محمدگلچینٹیپو")


def test_words_are_read_in_order_when_their_letters_are_in_two_parts_of_a_font():
    """A font in a PDF holds 256 shapes; what a sheet needs beyond them comes from another part."""
    letters = "بتثجحخسشصضطظعغفقكلمنهيپچکگیٹہھئادذرزوآأإؤةىژڈڑںے"
    every = " ".join(f"ب{letter}ب {letter}ب ب{letter} {letter} {letter}لا" for letter in letters)
    latin = " ".join(chr(code) for code in [*range(0x41, 0x7F), *range(0xC0, 0x100)])
    text = f"{latin} {every} ٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ {every}"
    brand = replace(BRAND, font="IBM Plex Sans Arabic")
    data = lay_out(document(paragraph(text)), brand).base
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert sum("IBMPlex" in str(font.BaseFont) for font in pdf.pages[0].resources.Font.values()) > 1
    assert [leaf.text for leaf in Tagged(data).leaves] == [text]


def test_a_phrase_that_breaks_keeps_its_words_on_their_lines():
    text = "فاطمة محمد علي حسن يوسف، عمر"
    lines = TYPESETTER.lines((Text(text),), BODY, 80)
    assert len(lines) > 1
    assert "".join(run.text for line in lines for run in line.runs) == text
    for line in lines:  # the first word of each line is the rightmost
        turned = [run for run in line.runs if run.turned]
        assert [run.x for run in turned] == sorted((run.x for run in turned), reverse=True)
        assert line.width <= 80.01


def test_a_comma_at_the_end_of_a_broken_line_stays_with_its_phrase():
    lines = TYPESETTER.lines((Text("אבגדה, והזחט"),), BODY, 45)
    word, comma = lines[0].runs[:2]
    assert (word.text, comma.text) == ("אבגדה", ",")
    assert comma.x < word.x


@given(st.text("אבגד حمدلا ab 12 (),", min_size=1, max_size=60), st.floats(20, 200))
@settings(deadline=None, derandomize=True, max_examples=100)
def test_no_character_is_lost_and_the_runs_fill_their_line(text, width):
    lines = TYPESETTER.lines((Text(text[: len(text) // 2]), Strong((Text(text[len(text) // 2 :]),))), BODY, width)
    assert "".join("".join(run.text for line in lines for run in line.runs).split()) == "".join(text.split())
    for line in lines:
        x = 0.0
        for run in sorted(line.runs, key=lambda run: (run.x, run.width)):
            assert run.x == pytest.approx(x, abs=0.02)
            x += run.width
        assert line.width <= width + 0.02 or len("".join(run.text for run in line.runs).strip()) == 1


def test_bold_and_links_follow_their_words():
    children = (Text("a אב "), Strong((Text("גד"),)), Text(" "), Link("https://a.b", (Text("הו"),)), Text(" b"))
    (line,) = TYPESETTER.lines(children, BODY, 500)
    placed = {run.text.strip(): run for run in line.runs}
    assert placed["גד"].ink.face == "bold"
    assert placed["הו"].ink.phrase.address == "https://a.b"
    assert placed["a"].x < placed["הו"].x < placed["גד"].x < placed["אב"].x < placed["b"].x
    assert all(run.ink.phrase is None for run in line.runs if run.text.strip() != "הו")


def test_a_bold_arabic_name_is_drawn_in_a_bold_face():
    data = lay_out(document(Paragraph((Strong((Text("محمد"),)),))), BRAND).base
    assert {char.font for char in body(data)} == {"IBMPlexSansArabic-Bold"}


def test_a_word_is_never_drawn_in_two_faces():
    (line,) = TYPESETTER.lines((Text("پیغمبرزاده"),), BODY, 500)
    assert len(line.runs) == 1


def test_the_clinic_s_name_and_address_can_be_in_arabic(tmp_path):
    own = clinic_brand(tmp_path, name="عيادة السلام", address="شارع 12 (يافا)", phone="555-0100")
    tagged = Tagged(lay_out(document(paragraph("Text.")), own).base)
    assert "عيادة السلام" in tagged.artifacts(0)
    assert "شارع 12 (يافا)" in tagged.artifacts(0)


def test_a_phone_number_beside_an_arabic_address_keeps_its_order(tmp_path):
    own = clinic_brand(tmp_path, name="Clinic", address="شارع يافا", phone="555-0100", web="a.example")
    chars = read_pages(lay_out(document(paragraph("Text.")), own).base)[0].chars
    (row,) = {char.baseline for char in chars if char.text == "ش"}
    line = "".join(char.text for char in sorted(chars, key=lambda char: char.x0) if char.baseline == row)
    assert "555-0100" in line
    assert line.index("ش") < line.index("555-0100") < line.index("a.example")


# ------------------------------------------------------------------ in the personal panel


def panel(person):
    return issue(lay_out(document(PANEL), BRAND, characters=person.characters), person)


@each_name
def test_a_person_s_name_is_read_as_it_was_typed(name):
    tagged = Tagged(panel(Person(name, clinician=name)))
    assert [leaf.text for leaf in tagged.leaves if leaf.element.tag == "Span"] == [name, name]


@each_name
def test_a_person_s_name_is_drawn_as_the_same_name_in_the_text(name):
    person = Person(name)
    label = PersonalPanel((Field("patient", "Q"),))
    value = body(issue(lay_out(document(label), BRAND, characters=person.characters), person))
    text = body(lay_out(document(paragraph(f"Q {name}")), BRAND).base)
    assert [each[:2] for each in in_order(value)] == [each[:2] for each in in_order(text)]
    assert [each[2] for each in in_order(value)] == pytest.approx([each[2] for each in in_order(text)], abs=0.03)


def in_order(chars):
    """The characters with ink from left to right, each with the share of its size that it takes."""
    found = sorted((char for char in chars if char.text.strip()), key=lambda char: (round(char.x0, 1), char.text))
    return [(char.text, char.font, (char.x1 - char.x0) / char.size) for char in found]


def test_a_name_in_a_sheet_made_for_many_characters_is_joined():
    """A batch lays a sheet out once, for all its patients' characters."""
    sheet = lay_out(document(PANEL), BRAND, characters=set("ابتثجحخدذرزسشصضطظعغفقكلمنهوىيةآأإء ()"))
    assert {"\ufefb", "\ufee4", "\ufed3"} <= sheet.glyphs.keys()
    name = "عبد السلام (طلال)"
    assert name in [leaf.text for leaf in Tagged(issue(sheet, Person(name))).leaves]


def test_a_joining_sign_in_a_persian_name_is_honoured_and_leaves_no_glyph():
    widths = {}
    for name in ("می\u200cخ", "میخ"):
        value = [char for char in body(panel(Person(name))) if turns(char.text)]
        assert len(value) == 3
        widths[name] = {char.text: char.x1 - char.x0 for char in value}
    assert widths["می\u200cخ"] != widths["میخ"]


@pytest.mark.parametrize("sign", ["\u202a", "\u202e", "\u2066", "\u2069", "\u200f", "\u061c"])
def test_a_sign_that_turns_text_is_refused_in_a_value_and_in_the_text(sign):
    with pytest.raises(UsageError, match="--patient") as caught:
        panel(Person(f"Ada{sign}Bee"))
    assert "Ada" not in str(caught.value)
    with pytest.raises(MissingResourceError, match="F104"):
        lay_out(document(paragraph(f"Ada{sign}Bee")), BRAND)


@pytest.mark.parametrize("name", ["สมชาย ใจดี", "王小明", "राम", "ڕۆژان"], ids=["Thai", "Chinese", "Hindi", "Kurdish"])
def test_a_script_without_a_face_is_refused_without_the_name(name):
    with pytest.raises(MissingResourceError) as caught:
        panel(Person(name))
    assert caught.value.exit_code == 6
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "F103"
    assert not any(letter in str(caught.value) for letter in name if letter != " ")
    with pytest.raises(MissingResourceError, match="F103"):
        lay_out(document(paragraph(name)), BRAND)


# ------------------------------------------------------------------ what Latin text does not pay for


def test_the_faces_of_other_scripts_are_opened_only_for_them():
    fonts = Fonts(BRAND)
    Typesetter(fonts, make_stylesheet(BRAND)).lines((Text("Latin Ω ж 漢"[:9]),), BODY, 200)
    assert {family for family, _ in fonts._faces} == {"", "Fira Sans"}
