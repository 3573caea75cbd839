"""PDF/UA-1 and PDF/A-2a, and what no validator sees: that the tree says what the Document says.

A validator passes a document that is wholly marked as an artifact, and one whose parent tree is rotated
(tests/pdf/test_tagging.py shows that the checks here do not).
"""

import numpy as np
import page as page_validation
import pytest
from matrix import MERGED, SHEETS, Matrix, merged_name, name
from pdf_reading import Tagged, folded, rendered
from small_documents import document, paragraph

from handouts import lay_out
from handouts.document import texts


@pytest.fixture(scope="module")
def matrix():
    made = Matrix()
    yield made
    made.close()


def is_value(leaf):
    """Whether the leaf is a value that was filled in when the sheet was issued."""
    return leaf.element.tag == "Span" and leaf.element.parent.tag == "P"


def is_number(leaf):
    above = leaf.element.parent
    return leaf.element.tag == "Lbl" and above.parent.attribute("/ListNumbering") == "Decimal"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: name(*sheet))
def test_a_sheet_conforms_and_its_tree_says_what_its_document_says(matrix, sheet):
    wanted, data = matrix.make(*sheet)
    require(data, [wanted])


@pytest.mark.parametrize("kind", MERGED, ids=lambda kind: merged_name(*kind))
def test_a_merged_file_conforms_and_its_tree_says_what_its_documents_say_in_their_order(matrix, kind):
    wanted, data = matrix.merge(*kind)
    require(data, wanted)


def require(data, wanted):
    """Both standards, and the texts of the Documents as a screen reader reads them."""
    for profile in ("ua1", "2a"):
        assert page_validation.validate_pdf_bytes(data, profile=profile).failures == []
    tagged = Tagged(data)
    said = [leaf.text for leaf in tagged.leaves if not is_number(leaf) and not is_value(leaf)]
    assert said == [folded(text) for document in wanted for text in texts(document.blocks) if folded(text)]
    assert tagged.problems() == []
    assert tagged.outside() == []


def test_the_validator_finds_what_is_missing(brand):
    """The same sheet without tags fails: a validator that says yes to everything would be noticed here."""
    data = lay_out(document(paragraph("Words.")), brand, tagged=False).base
    assert page_validation.validate_pdf_bytes(data, profile="ua1").failures
    assert page_validation.validate_pdf_bytes(data, profile="2a").failures


@pytest.mark.parametrize("template", ["handout", "checklist", "diary"])
@pytest.mark.parametrize("edition", ["standard", "large-print"])
def test_tagged_and_untagged_pages_are_alike_to_the_pixel(matrix, template, edition):
    wanted, _ = matrix.make("athlete", template, edition, "letter", True, "clinic")
    brand = matrix.clinic.brand(None)
    pages = [rendered(lay_out(wanted, brand, edition, tagged=tagged).base) for tagged in (True, False)]
    assert len(pages[0]) == len(pages[1]) > 1
    for one, other in zip(*pages, strict=True):
        assert np.array_equal(one, other)
        assert (one < 128).sum() > 1000
