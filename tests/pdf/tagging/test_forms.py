"""Check boxes and lines to type on: what they are, and that a file stays whole when somebody fills them in."""

import ctypes
import io

import numpy as np
import page as page_validation
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from fontTools.ttLib import TTFont
from pdf_reading import Tagged, rendered, to_unicode
from small_documents import PANEL, document, paragraph, words

from handouts import Order, Person, issue, lay_out, make_sheet
from handouts.document import Check, CheckGroup, Checklist
from handouts.pdf.fonts import Fonts

DAYS = Checklist((CheckGroup(words("At home"), (Check(words("Walk")), Check(words("Rest")))),), ("Mon", "Tue"))
PLAIN = Checklist((CheckGroup((), (Check(words("Drink water (8 cups)")), Check(words("Stretch")))),))
QUESTIONS = Checklist((CheckGroup((), (Check(words("What helped?")),)),), answer_lines=2)


@pytest.fixture(scope="module")
def sheet(brand):
    return lay_out(document(PANEL, DAYS, PLAIN, QUESTIONS), brand)


@pytest.fixture
def pdf(sheet):
    return pikepdf.open(io.BytesIO(sheet.base))


def saved(pdf):
    data = io.BytesIO()
    pdf.save(data)
    return data.getvalue()


def fields(pdf, kind):
    return [field for field in pdf.Root.AcroForm.Fields if kind == field.FT]


# How qpdf ends a stream when it saves a file anew: not ours to mend.
QPDF_RULES = {"PDFA2A-STREAM-LENGTH-001"}


def failures(data, but=frozenset()):
    found = {
        failure.rule_id
        for profile in ("ua1", "2a")
        for failure in page_validation.validate_pdf_bytes(data, profile=profile).failures
    }
    return found - but


# ------------------------------------------------------------------ what there is


def test_every_box_says_what_it_stands_for(pdf):
    tooltips = [str(box.TU) for box in fields(pdf, "/Btn")]
    assert tooltips == [
        "Mon: Walk",
        "Tue: Walk",
        "Mon: Rest",
        "Tue: Rest",
        "Drink water (8 cups)",
        "Stretch",
    ]


def test_every_line_to_write_on_says_what_belongs_there(pdf):
    lines = fields(pdf, "/Tx")
    assert [str(line.TU) for line in lines] == ["Name", "Date", "Clinician", "Phone", "Next visit", "What helped?"]
    assert [int(line.get("/Ff", 0)) for line in lines] == [0, 0, 0, 0, 0, 1 << 12]


def test_fields_have_names_of_their_own(pdf):
    names = [str(field.T) for field in pdf.Root.AcroForm.Fields]
    assert len(set(names)) == len(names) == 12


def test_fields_are_printed_and_lie_in_the_tree_where_they_stand(sheet):
    tagged = Tagged(sheet.base)
    assert tagged.problems() == []
    forms = [element for element in tagged.root.walk() if element.tag == "Form"]
    assert [str(note.TU) for form in forms for note in form.annotations] == [
        str(note.TU) for page in tagged.pdf.pages for note in page.get("/Annots", [])
    ]
    assert {form.parent.tag for form in forms} == {"TD", "Lbl", "LBody", "P"}
    assert all(int(note.F) == 4 for form in forms for note in form.annotations)


def test_a_box_lies_over_the_box_that_is_drawn(brand):
    """Ticked, the box has ink inside; without fields the page looks the same as with fields that are empty."""
    wanted = document(PLAIN)
    with_forms, without = lay_out(wanted, brand), lay_out(wanted, brand, forms=False)
    assert np.array_equal(rendered(with_forms.base)[0], rendered(without.base)[0])
    pdf = pikepdf.open(io.BytesIO(with_forms.base))
    before = drawn_with_fields(saved(pdf))
    for box in fields(pdf, "/Btn"):
        box.V = box.AS = pikepdf.Name.Yes
    after = drawn_with_fields(saved(pdf))
    changed = np.argwhere(before != after)
    assert len(changed) > 50
    height = before.shape[0] / 2
    boxes = [[float(value) for value in box.Rect] for box in fields(pdf, "/Btn")]
    for y, x in changed:
        assert any(left <= x / 2 <= right and low <= height - y / 2 <= top for left, low, right, top in boxes)


def test_without_forms_there_is_no_form(brand):
    pdf = pikepdf.open(io.BytesIO(lay_out(document(PANEL, DAYS, PLAIN, QUESTIONS), brand, forms=False).base))
    assert "/AcroForm" not in pdf.Root
    assert not any("/Annots" in page for page in pdf.pages)


def test_a_sheet_without_boxes_has_no_form(brand):
    pdf = pikepdf.open(io.BytesIO(lay_out(document(paragraph("Words.")), brand).base))
    assert "/AcroForm" not in pdf.Root


# ------------------------------------------------------------------ filled in


def test_a_ticked_and_saved_file_conforms_and_keeps_its_text(sheet, pdf):
    assert failures(sheet.base) == set()
    for box in fields(pdf, "/Btn"):
        box.V = box.AS = pikepdf.Name.Yes
    data = saved(pdf)
    assert failures(data, but=QPDF_RULES) == set()
    assert [leaf.text for leaf in Tagged(data).leaves] == [leaf.text for leaf in Tagged(sheet.base).leaves]


def test_an_issued_file_can_be_ticked_too(library):
    sheet, _ = make_sheet(library, Order("psoas-muscle-spasm", template="checklist"))
    pdf = pikepdf.open(io.BytesIO(issue(sheet, Person("Ada Example"))))
    boxes = fields(pdf, "/Btn")
    assert len(boxes) > 10
    for box in boxes:
        box.V = box.AS = pikepdf.Name.Yes
    data = saved(pdf)
    assert failures(data, but=QPDF_RULES) == set()
    assert Tagged(data).problems() == []


def drawn_with_fields(data, scale=2):
    """The first page as pdfium shows it in a reader: with its form fields."""
    with pypdfium2.PdfDocument(data) as file:
        file.init_forms()
        return file[0].render(scale=scale, grayscale=True, may_draw_forms=True).to_numpy().copy()


def typed(data, text):
    """The file as a reader saves it after somebody typed into its first line."""
    with pypdfium2.PdfDocument(data) as file:
        file.init_forms()
        page = file[0]
        with pikepdf.open(io.BytesIO(data)) as pdf:
            left, low, right, top = (float(value) for value in fields(pdf, "/Tx")[0].Rect)
        form = file.formenv
        x, y = (left + right) / 2, (low + top) / 2
        pdfium.FORM_OnMouseMove(form, page, 0, x, y)
        assert pdfium.FORM_OnLButtonDown(form, page, 0, x, y)
        pdfium.FORM_OnLButtonUp(form, page, 0, x, y)
        encoded = (text + "\0").encode("utf-16-le")
        buffer = ctypes.cast(ctypes.create_string_buffer(encoded), ctypes.POINTER(ctypes.c_ushort))
        pdfium.FORM_ReplaceSelection(form, page, buffer)
        pdfium.FORM_ForceToKillFocus(form)
        out = io.BytesIO()
        file.save(out)
        return out.getvalue()


def test_what_somebody_types_is_saved_and_shown_in_the_embedded_face(sheet):
    data = typed(sheet.base, "Zoë Ångström")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(fields(pdf, "/Tx")[0].V) == "Zoë Ångström"
    changed = np.argwhere(drawn_with_fields(sheet.base) != drawn_with_fields(data))
    assert len(changed) > 200
    assert Tagged(data).problems() == []


def test_the_face_of_text_fields_is_embedded_and_has_the_letters_of_western_languages(pdf):
    (font,) = pdf.Root.AcroForm.DR.Font.values()
    assert font.Encoding == "/WinAnsiEncoding"
    assert int(font.FontDescriptor.Flags) == 32
    assert "/FontFile2" in font.FontDescriptor
    letters = to_unicode(font)
    for code in range(33, 256):
        character = bytes([code]).decode("cp1252", "ignore")
        if character and character not in "\x7f\xa0\xad":
            assert letters[code] == character, code


def test_a_letter_that_is_typed_looks_like_the_same_letter_on_the_page(brand):
    """The face's character map leads to the right glyphs: a typed A is an A."""
    with pikepdf.open(io.BytesIO(lay_out(document(PANEL), brand).base)) as pdf:
        (font,) = pdf.Root.AcroForm.DR.Font.values()
        made = TTFont(io.BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
    whole = TTFont(Fonts(brand).face("regular").font.face.filename)
    (table,) = made["cmap"].tables
    assert (table.platformID, table.platEncID, table.format) == (3, 1, 4)
    for character in "AZaz09éß€–":
        name, other = table.cmap[ord(character)], whole.getBestCmap()[ord(character)]
        assert made["hmtx"][name] == whole["hmtx"][other]
        assert made["glyf"][name].numberOfContours == whole["glyf"][other].numberOfContours
