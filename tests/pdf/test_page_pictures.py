"""Pictures of pages: one PNG for each, of the page's size and looks."""

import io

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from small_documents import document, paragraph

from handouts import issue, lay_out
from handouts.document import Heading, PageBreak, Text
from handouts.pdf.page_pictures import page_pictures


@pytest.fixture(scope="module")
def pdf(brand):
    blocks = (Heading(1, (Text("First"),)), paragraph("a"), PageBreak(), paragraph("b " * 400))
    return issue(lay_out(document(*blocks), brand))


@pytest.mark.parametrize(("dots", "size"), [(150, (1275, 1650)), (72, (612, 792))])
def test_there_is_a_picture_of_each_page_at_the_dots_asked_for(pdf, dots, size):
    pictures = [Image.open(io.BytesIO(data)) for data in page_pictures(pdf, dots)]
    assert [(each.format, each.size) for each in pictures] == [("PNG", size)] * 2
    assert all(round(each.info["dpi"][0]) == dots for each in pictures)


def test_a_picture_looks_like_its_page(pdf):
    ink = [(np.asarray(Image.open(io.BytesIO(data)).convert("L")) < 128).mean() for data in page_pictures(pdf)]
    with pypdfium2.PdfDocument(pdf) as read:
        signs = [len(page.get_textpage().get_text_range()) for page in read]
    assert signs[1] > signs[0]
    assert ink[1] > ink[0] > 0.001


def test_the_same_pages_make_the_same_bytes(pdf):
    assert page_pictures(pdf) == page_pictures(pdf)
