"""QR codes: an independent reader finds the address on the page, and a screen reader what the code is."""

import io

import numpy as np
import pikepdf
import pytest
import zxingcpp
from pdf_reading import Tagged, read_pages, rendered
from small_documents import document, paragraph, words

from handouts import lay_out
from handouts.document import Callout, Link, QRCode, Strong
from handouts.library.clinic import LONGEST_WEB_PAGE

SHORT = "https://example.org/psoas"
LONG = "https://example.org/" + "Aa0-_~!$&'()*+,;=:@%/?#[]" * 4
LONG = LONG[:LONGEST_WEB_PAGE]


def code(address):
    return QRCode(address, "A code for a telephone", (Strong(words("On the web:")), Link(address, words("here"))))


def pixels(sheet, scale=4):
    return rendered(sheet.base, scale, pages=[0])[0]


def decoded(picture):
    return [(each.text, each.ec_level) for each in zxingcpp.read_barcodes(picture, zxingcpp.BarcodeFormat.QRCode)]


def box(picture):
    """The box of the code: left, top, right and bottom of what is black above the words' size."""
    found = zxingcpp.read_barcodes(picture, zxingcpp.BarcodeFormat.QRCode)[0].position
    corners = [found.top_left, found.top_right, found.bottom_left, found.bottom_right]
    xs, ys = [each.x for each in corners], [each.y for each in corners]
    return min(xs), min(ys), max(xs), max(ys)


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("edition", ["standard", "large-print"])
@pytest.mark.parametrize("address", [SHORT, "http://a.example", LONG])
def test_another_program_reads_the_address_from_the_page(brand, address, edition, paper):
    sheet = lay_out(document(paragraph("Before."), code(address), paragraph("After.")), brand, edition, paper)
    ((text, level),) = decoded(pixels(sheet, 3))
    assert text == address
    assert level in {"M", "Q", "H"}


@pytest.mark.parametrize("address", [SHORT, LONG])
@pytest.mark.parametrize(("edition", "least"), [("standard", 65), ("large-print", 97)])
def test_a_code_is_large_enough_for_a_telephone(brand, address, edition, least):
    """0.9 inches for type of 12 points; a module of at least half a millimetre."""
    picture = pixels(lay_out(document(code(address)), brand, edition))
    left, top, right, bottom = box(picture)
    assert (right - left) / 4 >= least - 1
    assert (bottom - top) == pytest.approx(right - left, abs=4)
    modules = 25 if address == SHORT else 45
    assert (right - left) / 4 / modules >= 1.4


@pytest.mark.parametrize("boxed", [False, True])
def test_nothing_is_printed_in_the_quiet_zone(brand, boxed):
    qr = code(SHORT)
    blocks = (Callout("key-points", words("Look"), (qr,)),) if boxed else (paragraph("Words " * 40), qr, paragraph("x"))
    picture = pixels(lay_out(document(*blocks), brand))
    left, top, right, bottom = (round(value) for value in box(picture))
    quiet = round(4 * (right - left) / 25) - 3
    around = picture[top - quiet : bottom + quiet, left - quiet : right + quiet].copy()
    around[quiet - 2 : -quiet + 2, quiet - 2 : -quiet + 2] = 255
    assert np.count_nonzero(around < 250) == 0


def test_a_code_is_black_and_one_path(brand):
    with pikepdf.open(io.BytesIO(lay_out(document(code(SHORT)), brand).base)) as pdf:
        page = pikepdf.parse_content_stream(pdf.pages[0])
        assert not pdf.pages[0].get_images()
    inside, fills, rectangles, colours = False, 0, 0, []
    for operands, operator in page:
        match str(operator):
            case "BDC":
                inside = operands[0] == "/Figure"
            case "EMC":
                inside = False
            case "rg" if inside:
                colours.append([float(each) for each in operands])
            case "re" if inside:
                rectangles += 1
            case "f" if inside:
                fills += 1
    assert (fills, colours) == (1, [[0, 0, 0]])
    assert rectangles > 100


def test_a_screen_reader_hears_what_the_code_is_and_then_the_words_and_the_link(brand):
    sheet = lay_out(document(paragraph("Before."), code(SHORT), paragraph("After.")), brand)
    tagged = Tagged(sheet.base)
    assert tagged.problems() == []
    figure = next(element for element in tagged.root.walk() if element.tag == "Figure")
    assert str(figure.object.Alt) == "A code for a telephone"
    assert len(figure.all_marks()) == 1
    assert [leaf.text for leaf in tagged.leaves] == ["Before.", "On the web:here", "After."]
    links = [str(note.A.URI) for note in tagged.pdf.pages[0].obj.Annots]
    assert links == [SHORT]


def test_the_words_stand_beside_the_code(brand):
    sheet = lay_out(document(code(SHORT)), brand)
    page = read_pages(sheet.base)[0]
    _, top, right, bottom = (value / 4 for value in box(pixels(sheet)))
    for char in page.body:
        assert char.x0 > right + 8
        assert top < page.height - char.baseline < bottom


def test_a_code_draws_the_same_bytes_each_time(brand):
    assert lay_out(document(code(SHORT)), brand).base == lay_out(document(code(SHORT)), brand).base
