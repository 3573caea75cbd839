"""Blocks side by side; in large print, which has one column (American Council of the Blind), below one another."""

import pytest
from pdf_reading import Tagged, read_pages
from small_documents import document, paragraph

from handouts import lay_out
from handouts.document import Columns


@pytest.mark.parametrize(("edition", "beside"), [("standard", True), ("large-print", False)])
def test_columns_stand_side_by_side_but_in_large_print(brand, edition, beside):
    columns = Columns(((paragraph("Left one."), paragraph("Left two.")), (paragraph("Right."),)))
    sheet = lay_out(document(columns), brand, edition)
    first = {char.text: char for char in reversed(read_pages(sheet.base)[0].body)}
    left, right = first["L"], first["R"]
    assert (right.x0 > left.x0 + 50, right.baseline == left.baseline) == (beside, beside)
    tagged = Tagged(sheet.base)
    assert tagged.problems() == []
    assert [leaf.text for leaf in tagged.leaves] == ["Left one.", "Left two.", "Right."]
