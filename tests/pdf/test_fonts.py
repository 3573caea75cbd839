"""Typefaces: what the brand's face lacks comes from the fallback face, and what no face has stops the layout."""

import io
import shutil
import unicodedata

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pdf_reading import Tagged, read_pages, squeezed
from small_documents import clinic_brand, document, paragraph

from handouts import lay_out
from handouts.errors import MissingResourceError
from handouts.library.typefaces import FACES, FALLBACK_FAMILIES
from handouts.pdf.fonts import Fonts, missing_glyph

FALLBACK = FALLBACK_FAMILIES[0]
MEDICAL = "Fever ≥ 38.5 °C, ≤ 5 µg, ½ tablet, 2 × 10 mg, −3, ±1, x², 3 → 4, “yes” – ‘no’ … é"


def base_fonts(data):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return {
            str(font.BaseFont).lstrip("/").partition("+")[2]
            for page in pdf.pages
            for font in page.resources.get("/Font", {}).values()
        }


@pytest.fixture(scope="module")
def fonts(brand):
    return Fonts(brand)


def files(fonts):
    """The files of the brand's four faces."""
    return {name: fonts.face(name).font.face.filename for name in FACES}


# ------------------------------------------------------------------ coverage


def test_no_sign_of_a_medical_sentence_is_lost(brand):
    data = lay_out(document(paragraph(MEDICAL)), brand).base
    assert [leaf.text for leaf in Tagged(data).leaves] == [MEDICAL]
    body = [char for page in read_pages(data) for char in page.body]
    assert squeezed("".join(char.text for char in body)) == squeezed(MEDICAL)
    assert all(char.x1 > char.x0 for char in body)


@pytest.mark.parametrize("name", FACES)
def test_every_face_has_the_letters_and_signs_of_english(fonts, name):
    face = fonts.face(name)
    wanted = [chr(code) for code in range(0x20, 0x7F)] + list("–—‘’“”…°µ½×≤≥é")
    assert [character for character in wanted if not face.has(character)] == []


@pytest.mark.parametrize("name", FACES)
def test_the_fallback_face_has_greek_cyrillic_and_vietnamese_letters(fonts, name):
    face = fonts.face(name, FALLBACK)
    assert [character for character in "αΩжЯїѣễựĐ→" if not face.has(character)] == []


def test_a_text_that_the_brand_s_face_has_is_one_piece(fonts):
    (piece,) = fonts.pieces("Fever ≥ 38.5 é", "bold", "text")
    assert piece.face is fonts.face("bold")


def test_characters_that_the_face_lacks_come_from_the_fallback_in_the_same_weight(fonts):
    pieces = fonts.pieces("beta βήτα ok", "bold", "text")
    assert [(piece.text, piece.face) for piece in pieces] == [
        ("beta ", fonts.face("bold")),
        ("βήτα", fonts.face("bold", FALLBACK)),
        (" ok", fonts.face("bold")),
    ]


def test_rare_spaces_become_spaces(fonts):
    assert "".join(piece.text for piece in fonts.pieces("5\u2009mg β", "regular", "text")) == "5 mg β"


@pytest.mark.parametrize("character", ["\u00ad", "\u200b", "\u2060", "\ufeff"], ids=lambda value: f"U+{ord(value):04X}")
def test_characters_without_ink_are_not_drawn(fonts, character):
    assert "".join(piece.text for piece in fonts.pieces(f"ab{character}cd", "regular", "text")) == "abcd"


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("😀", "U+1F600 (grinning face)"),
        ("ก", "U+0E01 (thai character ko kai)"),
        ("漢", "U+6F22 (cjk unified ideograph"),
    ],
)
def test_a_character_that_no_face_has_is_named_with_its_place(fonts, character, name):
    with pytest.raises(MissingResourceError) as caught:
        fonts.pieces(f"ab {character}", "regular", "causes")
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "F103"
    assert diagnostic.message.startswith("causes: ")
    assert name in diagnostic.message
    assert diagnostic.hint


def test_a_character_without_a_name_is_named_by_its_number():
    assert "U+E123" in missing_glyph("\ue123", "text").message


def test_a_document_with_a_character_that_no_face_has_is_refused(brand):
    with pytest.raises(MissingResourceError, match=r"U\+0E01"):
        lay_out(document(paragraph("A letter: ก")), brand)


def test_a_character_that_no_face_has_is_refused_in_the_footer_too(brand, tmp_path):
    with pytest.raises(MissingResourceError, match=r"header: .*U\+1F3E5"):
        lay_out(document(paragraph("Text.")), clinic_brand(tmp_path, name="Clinic 🏥"))


# ------------------------------------------------------------------ measuring


def test_a_text_is_as_wide_as_its_characters(fonts):
    face = fonts.face("regular")
    assert face.width("spasm", 12) == pytest.approx(sum(face.width(letter, 12) for letter in "spasm"))
    assert face.width("spasm", 24) == pytest.approx(2 * face.width("spasm", 12))


def test_measured_widths_are_the_widths_on_the_page(brand, fonts):
    text = "Measured words ½ ≥ with some length"
    chars = read_pages(lay_out(document(paragraph(text)), brand).base)[0].body
    assert chars[-1].x1 - chars[0].x0 == pytest.approx(fonts.face("regular").width(text, 12), abs=0.05)


# ------------------------------------------------------------------ which fonts are found


def test_the_shipped_families_are_embedded_as_subsets(brand):
    data = lay_out(document(paragraph("Latin and Ελληνικά")), brand).base
    assert base_fonts(data) == {"AtkinsonHyperlegible-Regular", "FiraSans-Regular"}
    assert len(data) < 60_000


def test_a_brand_can_name_another_family(tmp_path):
    data = lay_out(document(paragraph("Words.")), clinic_brand(tmp_path, font="Fira Sans")).base
    assert base_fonts(data) == {"FiraSans-Regular"}


def test_a_brand_can_name_the_files_of_its_typeface(fonts, tmp_path):
    for name, file in files(fonts).items():
        shutil.copy(file, tmp_path / f"own-{name}.ttf")
    entries = {name: f"own-{name}.ttf" for name in FACES}
    data = lay_out(document(paragraph("Words.")), clinic_brand(tmp_path, font=entries)).base
    assert base_fonts(data) == {"AtkinsonHyperlegible-Regular"}


def test_two_files_of_the_same_typeface_do_not_mix(fonts, brand, tmp_path):
    shutil.copy(fonts.face("regular", FALLBACK).font.face.filename, tmp_path / "AtkinsonHyperlegible-Regular.ttf")
    shutil.copy(files(fonts)["bold"], tmp_path / "bold.ttf")
    own = clinic_brand(tmp_path, font={"regular": "AtkinsonHyperlegible-Regular.ttf", "bold": "bold.ttf"})
    assert base_fonts(lay_out(document(paragraph("Words.")), own).base) == {"FiraSans-Regular"}
    assert base_fonts(lay_out(document(paragraph("Words.")), brand).base) == {"AtkinsonHyperlegible-Regular"}


def changed_font(fonts, folder, change):
    """The shipped face, changed, as a clinic's own."""
    font = TTFont(files(fonts)["regular"])
    change(font)
    font.save(folder / "own.ttf")
    return {"regular": "own.ttf", "bold": "own.ttf"}


def test_the_glyphs_of_a_font_of_one_width_have_the_width_that_the_page_gives_them(fonts, tmp_path):
    """In such a font most glyphs share the one advance that its table has."""

    def one_width(font):
        font["head"].unitsPerEm = 2048
        for name, (_, bearing) in font["hmtx"].metrics.items():
            font["hmtx"].metrics[name] = (1229, bearing)

    own = clinic_brand(tmp_path, name="C", font=changed_font(fonts, tmp_path, one_width))
    with pikepdf.open(io.BytesIO(lay_out(document(paragraph("Wide words.")), own).base)) as pdf:
        font = pdf.pages[0].resources["/Font"]["/F1+0"]
        embedded = TTFont(io.BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
        widths = {float(font.Widths[ord(letter)]) for letter in "Wide words."}
    assert all(width == pytest.approx(600, abs=1) for width in widths)
    assert {advance for advance, _ in embedded["hmtx"].metrics.values()} == {1229}


def test_a_font_without_a_space_is_refused(fonts, tmp_path):
    def no_space(font):
        for table in font["cmap"].tables:
            for code in (0x20, 0xA0):
                table.cmap.pop(code, None)

    diagnostic = refused(tmp_path, changed_font(fonts, tmp_path, no_space))
    assert (diagnostic.code, "space" in diagnostic.message) == ("F102", True)


@pytest.mark.parametrize("text", ["re\u0301pe\u0301ter", "Mu\u0308ller"])
def test_a_letter_and_its_accent_are_one_sign(brand, text):
    tagged = Tagged(lay_out(document(paragraph(text)), brand).base)
    assert [leaf.text for leaf in tagged.leaves] == [unicodedata.normalize("NFC", text)]


def refused(folder, font):
    with pytest.raises(MissingResourceError) as caught:
        lay_out(document(paragraph("Words.")), clinic_brand(folder, name="C", font=font))
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.file.endswith("clinic.yaml")
    assert diagnostic.line in {2, 3}
    assert diagnostic.hint
    return diagnostic


def test_a_family_that_is_not_installed_is_an_error_that_says_what_to_install(tmp_path):
    diagnostic = refused(tmp_path, "Nosuch Sans")
    assert diagnostic.code == "F101"
    assert "Nosuch Sans" in diagnostic.message
    assert "pip install fontpkg-nosuch-sans" in diagnostic.hint


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: data[:0], id="empty"),
        pytest.param(lambda data: data[:0] + b"not a font at all", id="text"),
        pytest.param(lambda data: data[:400], id="cut short in the tables"),
        pytest.param(lambda data: data[: len(data) // 2], id="cut in half"),
        pytest.param(lambda data: b"OTTO" + data[4:], id="OpenType with PostScript outlines"),
        pytest.param(lambda data: b"wOF2" + data[4:], id="web font"),
        pytest.param(lambda data: data.replace(b"glyf", b"glyx", 1), id="without outlines"),
        pytest.param(lambda data: data.replace(b"cmap", b"cmax", 1), id="without characters"),
        pytest.param(lambda data: data[:12] + bytes(200) + data[212:], id="tables overwritten"),
    ],
)
def test_a_broken_font_file_is_an_error_with_its_name_and_place(fonts, tmp_path, damage):
    with open(files(fonts)["regular"], "rb") as stream:  # noqa: PTH123  ReportLab gives the name as text
        data = stream.read()
    (tmp_path / "own.ttf").write_bytes(damage(data))
    shutil.copy(files(fonts)["bold"], tmp_path / "bold.ttf")
    diagnostic = refused(tmp_path, {"regular": "own.ttf", "bold": "bold.ttf"})
    assert diagnostic.code == "F102"
    assert diagnostic.message.partition("own.ttf")[1]


def test_a_font_file_that_is_not_there_is_an_error_with_its_name_and_place(tmp_path):
    diagnostic = refused(tmp_path, {"regular": "gone.ttf", "bold": "gone.ttf"})
    assert diagnostic.code == "F102"
    assert "gone.ttf: there is no such file" in diagnostic.message
