"""Objects as a file, and a later version of some of them: read back by pikepdf, which follows every offset."""

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.pdf.tagging.file import assemble, ending_of, stream, text_string, update

CATALOG = b"<< /Type /Catalog /Pages 2 0 R /Extra [3 0 R 4 0 R] >>"
PAGES = b"<< /Type /Pages /Kids [5 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << >> >>"


def made(count=0):
    """A file with a catalog, a stream, an Info dictionary and more objects."""
    objects = [CATALOG, PAGES, stream(b"stream content\nendstream?"), b"<< /Title (x) >>", PAGE]
    objects += [b"<< /Number %d >>" % number for number in range(count)]
    return assemble(objects, 1, 4)


def updated(base, objects):
    return update(base, ending_of(base), objects)


def opened(data):
    pdf = pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=False)
    assert pdf.get_warnings() == []
    assert pdf.check_pdf_syntax() == []
    return pdf


@pytest.mark.parametrize("count", [0, 1, 194, 195, 196, 197, 900])
def test_every_object_is_found_however_many_there_are(count):
    pdf = opened(made(count))
    for number in range(count):
        assert int(pdf.get_object(6 + number, 0).Number) == number
    assert pdf.Root.Extra[0].read_raw_bytes() == b"stream content\nendstream?"


def test_small_objects_are_packed():
    assert b"/Number" not in made(50)
    assert len(made(900)) < 900 * 12


def test_the_same_objects_make_the_same_bytes_and_others_another_identity():
    assert made(5) == made(5)
    identities = {bytes(opened(made(count)).trailer.ID[0]) for count in (5, 6)}
    assert len(identities) == 2


def test_an_update_replaces_packed_objects_and_streams_and_keeps_the_rest():
    base = made(300)
    later = updated(base, {3: stream(b"new"), 7: b"<< /Number (seven) >>", 250: b"null"})
    assert later.startswith(base)
    pdf = opened(later)
    assert pdf.Root.Extra[0].read_raw_bytes() == b"new"
    assert str(pdf.get_object(7, 0).Number) == "seven"
    assert int(pdf.get_object(8, 0).Number) == 2
    assert bytes(pdf.trailer.ID[0]) == bytes(opened(base).trailer.ID[0])


def test_an_update_can_be_updated():
    pdf = opened(updated(updated(made(9), {6: b"(one)", 7: b"(one)"}), {7: b"(two)"}))
    assert (str(pdf.get_object(6, 0)), str(pdf.get_object(7, 0))) == ("one", "two")


def test_what_is_no_file_cannot_be_updated():
    with pytest.raises(ValueError, match="cross-references"):
        ending_of(b"%PDF-1.7\nwords")


@given(st.text(max_size=40))
@settings(deadline=None, derandomize=True, max_examples=200)
def test_a_text_string_reads_as_the_text_it_was_made_of(text):
    text = text.encode("utf-16", "ignore").decode("utf-16")
    assert str(pikepdf.Object.parse(text_string(text).encode("ascii"))) == text
