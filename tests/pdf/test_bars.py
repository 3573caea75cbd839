"""Numbers in a table drawn as bars: read as words, seen as lengths, the limit as a line through all rows."""

import io

import numpy as np
import pypdfium2
import pytest
from pdf_reading import Tagged
from small_documents import document, words

from handouts import lay_out
from handouts.document import Bar, Cell, Heading, Table

EDITIONS = ("standard", "large-print", "report")


def chart(*values):
    """A table of one bar a row, from 0 to 16 with its limit at 8."""
    rows = [(Cell(words(f"Part {n}"), "row"), Cell(words(str(v)), bar=Bar(v, 8, 16))) for n, v in enumerate(values)]
    header = (Cell(words("Part"), "column"), Cell(words("SMOG, at most 8"), "column"))
    return document(Heading(1, words("Levels")), Table((header, *rows), 1))


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_screen_reader_hears_each_number_under_its_headers(brand, edition):
    tagged = Tagged(lay_out(chart(6.3, 9.1), brand, edition, forms=False).base)
    assert tagged.problems() == []
    assert tagged.outside() == []
    cells = [(leaf.element.tag, leaf.text) for leaf in tagged.leaves if leaf.element.tag in {"TH", "TD"}]
    assert cells == [
        ("TH", "Part"),
        ("TH", "SMOG, at most 8"),
        ("TH", "Part 0"),
        ("TD", "6.3"),
        ("TH", "Part 1"),
        ("TD", "9.1"),
    ]


def accent_widths(brand, *values):
    """The width of each row's bar, in points, found by the brand's colour on the page."""
    data = lay_out(chart(*values), brand, "report", forms=False).base
    with pypdfium2.PdfDocument(io.BytesIO(data)) as pdf:
        page = np.asarray(pdf[0].render(scale=2).to_pil().convert("RGB"))
    accent = np.array([round(255 * part) for part in brand.accent])
    filled = (np.abs(page[:, :, :3].astype(int) - accent) < 12).all(axis=2).sum(axis=1)
    widths, inside = [], False
    for count in filled:
        if count > 2 and not inside:
            widths.append(0)
        inside = count > 2
        if inside:
            widths[-1] = max(widths[-1], int(count))
    return widths


def test_a_bar_is_as_long_as_its_number_and_never_longer_than_its_scale(brand):
    two, four, sixteen, beyond = accent_widths(brand, 2, 4, 16, 99)
    assert four == pytest.approx(2 * two, abs=3)
    # The line of the limit covers a part of the bars that reach beyond it.
    assert sixteen == beyond == pytest.approx(8 * two, rel=0.03)


def test_nothing_is_drawn_for_a_number_of_nought_or_less(brand):
    assert len(accent_widths(brand, 0, -3, 4)) == 1
