"""Files made to hang, crash or fill the memory of whoever opens them: they are described as far as it goes."""

import struct
import time
import zlib

import pytest
from pdf_files import packed, raw, raw_page
from pikepdf.settings import get_qpdf_limits, set_qpdf_limits

from handouts.errors import UsageError
from handouts.inspecting import Element, inspect

# Seconds on a busy machine; each takes 0.1 to 2 on an idle one, and for ever without its limit.
LONGEST = 60

_ONE_PAGE = {
    2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
    3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>>>",
}


@pytest.fixture
def read(tmp_path):
    """Inspects a file's bytes, in time."""

    def read(data):
        file = tmp_path / "a.pdf"
        file.write_bytes(data)
        start = time.monotonic()
        found = inspect(file)
        assert time.monotonic() - start < LONGEST
        return found

    return read


def tree(body, more=None):
    """A file with one page and this structure tree."""
    return raw({1: b"<</Type/Catalog/Pages 2 0 R/StructTreeRoot %s>>" % body, **_ONE_PAGE, **(more or {})})


def depth(elements):
    below = [depth(each.kids) for each in elements if isinstance(each, Element)]
    return 1 + max(below) if below else 0


def count(elements):
    return sum(1 + count(each.kids) for each in elements if isinstance(each, Element))


def noted(found, words):
    return any(words in note for note in found.notes)


# ------------------------------------------------------------------ trees


def test_a_tree_that_goes_in_circles_is_read_once(read):
    found = read(tree(b"<</K 10 0 R>>", {10: b"<</S/Div/K[11 0 R 10 0 R]>>", 11: b"<</S/P/K[10 0 R 11 0 R]>>"}))
    assert found.outline == (Element("Div", kids=(Element("P"),)),)
    assert noted(found, "stands twice")


def test_a_tree_a_hundred_thousand_deep_is_cut(read):
    last = 100_010
    chain = {number: b"<</S/Div/K %d 0 R>>" % (number + 1) for number in range(10, last)}
    found = read(tree(b"<</K 10 0 R>>", {**chain, last: b"<</S/P>>"}))
    assert depth(found.outline) == 64
    assert noted(found, "deeper")


def test_a_tree_of_very_many_elements_is_cut(read):
    found = read(tree(b"<</K[%s]>>" % (b"<</S/P>>" * 60_000)))
    assert count(found.outline) == 50_000
    assert noted(found, "more elements")


def test_dictionaries_nested_without_end_are_damage(read):
    with pytest.raises(UsageError, match="U123"):
        read(tree(b"<</S/P/K" * 100_000 + b"0" + b">>" * 100_000))


@pytest.mark.parametrize(
    "body",
    [
        b"<</K[5 (x) null true /N 1.5 [[[]]] <<>> <</MCID 0>> <</MCID(x)>> <</Type/OBJR>> <</Type/OBJR/Obj 5>>]>>",
        b"<</K[<</S 5/K 0/Pg 5>> <</S/P/K -1/Pg 3 0 R>> <</S/P/K 9223372036854775807/Pg 3 0 R>>]>>",
        b"<</K<</S/P/Alt 5/E[]/Lang<<>>/ActualText 7/A[5 <</Scope 5>>]/Pg 2 0 R/K 0>>/RoleMap[5]>>",
        b"<</K<</S/P/K[<</MCID 0/Pg 3 0 R/Stm 3 0 R>> <</MCID 0/Pg(x)/Stm 5>>]>>/RoleMap<</P 5>>>>",
        b"<</K<</S/#ff#fe/Alt<feffd800>/Pg 3 0 R>>>>",
        b"<</K 3 0 R>>",
    ],
    ids=["things of any kind", "numbers", "wrong types", "places", "broken text", "a page"],
)
def test_a_tree_of_anything_is_read_as_far_as_it_goes(read, body):
    assert read(tree(body)).structured


# ------------------------------------------------------------------ pages


@pytest.mark.parametrize(
    "content",
    [
        b"EMC EMC Q Q Q (a) Tj /P BMC 5 Tf /F Tf Tj TJ ' \" Do BDC BMC",
        b"/P 5 BDC EMC /P <</MCID 99999999999999999999>> BDC (a) Tj EMC /P <</MCID 1.5>> BDC EMC",
        b"<</MCID 0>> /P BDC 5 Tj [5 [(a)] <<>>] TJ (a) Do /Lost Do EMC",
        b"/P <</MCID 0>> BDC " + b"[" * 5000 + b"(a)" + b"]" * 5000 + b" TJ EMC",
        b"/P <</MCID 0>> BDC " + b"9" * 100_000 + b" Tj (unfinished",
        bytes(range(256)) * 50,
    ],
    ids=["unbalanced", "marks", "wrong types", "nested", "a long number", "noise"],
)
def test_a_page_of_anything_is_read_as_far_as_it_goes(read, content):
    assert read(raw_page(content, resources=b"<</Font 5/XObject[5]/Properties(x)>>")).pages == 1


def test_a_page_that_unfolds_into_a_hundred_megabytes_is_left_out(read):
    found = read(raw_page(b"q Q " * 25_000_000))
    assert noted(found, "unfolds into more")


def test_a_page_that_paints_very_much_is_left_out(read):
    assert noted(read(raw_page(b"q Q " * 400_000)), "more page content")


def test_many_pages_that_paint_much_are_read_until_it_is_enough(read):
    pages = range(10, 20)
    elements = b"".join(b"<</S/P/K 0/Pg %d 0 R>>" % number for number in pages)
    found = read(
        raw(
            {
                1: b"<</Type/Catalog/Pages 2 0 R/StructTreeRoot<</K[%s]>>>>" % elements,
                2: b"<</Type/Pages/Count 10/Kids[%s]>>" % b" ".join(b"%d 0 R" % number for number in pages),
                3: packed(b" " * 990_000),
                **dict.fromkeys(pages, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 3 0 R/Resources<<>>>>"),
            }
        )
    )
    assert noted(found, "more page content")


def test_forms_that_paint_ten_forms_each_are_read_until_it_is_enough(read):
    forms = {
        number: packed(b"/F Do " * 10, b"/Subtype/Form/Resources<</XObject<</F %d 0 R>>>>" % (number + 1))
        for number in range(10, 30)
    }
    found = read(raw_page(b"/P<</MCID 0>>BDC /F Do EMC", resources=b"<</XObject<</F 10 0 R>>>>", more=forms))
    assert noted(found, "forms")


def test_a_form_that_paints_itself_ends(read):
    form = {10: packed(b"/F Do /F Do", b"/Subtype/Form/Resources<</XObject<</F 10 0 R>>>>")}
    read(raw_page(b"/P<</MCID 0>>BDC /F Do EMC", resources=b"<</XObject<</F 10 0 R>>>>", more=form))


def test_a_map_of_four_billion_codes_is_not_unfolded(read):
    cmap = b"beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange beginbfrange <00> <FF> [ endbfrange <zz> " * 500
    found = read(
        raw_page(
            b"/P<</MCID 0>>BDC /F 1 Tf (abcdefgh) Tj EMC",
            resources=b"<</Font<</F<</Subtype/Type0/ToUnicode 5 0 R>>>>>>",
            more={5: packed(cmap)},
        )
    )
    assert noted(found, "character codes")


def test_a_code_that_stands_for_very_much_text_is_cut(read):
    cmap = b"beginbfchar <41> <%s> endbfchar" % (b"0042" * 50_000)
    found = read(
        raw_page(
            b"/P<</MCID 0>>BDC /F 1 Tf (%s) Tj EMC" % (b"A" * 900_000),
            resources=b"<</Font<</F<</Subtype/Type1/ToUnicode 5 0 R>>>>>>",
            more={5: packed(cmap)},
        )
    )
    assert noted(found, "more text")


def test_content_in_an_old_packing_that_knows_no_limit_is_not_read(read):
    page = {4: b"<</Filter[/LZWDecode]/Length 9>>stream\n\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01\nendstream"}
    assert noted(read(raw_page(more=page)), "LZW")


def test_an_object_stream_that_unfolds_into_a_hundred_megabytes_is_not_unfolded(read):
    """The objects in it are not found: qpdf is told how much a stream may unfold into."""
    whole = zlib.compress(b"3 0 <</K[]>>" + b" " * 100_000_000, 1)
    found = bytearray(b"%PDF-1.7\n")
    places = {0: (0, 0, 65535), 3: (2, 4, 0)}
    for number, body in {
        1: b"<</Type/Catalog/Pages 2 0 R/StructTreeRoot 3 0 R>>",
        2: b"<</Type/Pages/Count 1/Kids[6 0 R]>>",
        4: b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(whole), whole),
        6: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>>>",
    }.items():
        places[number] = (1, len(found), 0)
        found += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    places[5] = (1, len(found), 0)
    table = b"".join(struct.pack(">BIH", *places[number]) for number in range(7))
    found += b"5 0 obj\n<</Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Length %d>>stream\n" % len(table)
    found += table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % places[5][1]
    result = read(bytes(found))
    assert not result.structured
    assert noted(result, "not quite in order")


# ------------------------------------------------------------------ the rest


@pytest.mark.parametrize(
    ("catalog", "one", "many"),
    [
        (b"/StructTreeRoot<</K 8 0 R>>", b"<</S/P/A 9 0 R>>", b"<<>>"),
        (b"/StructTreeRoot<</K 8 0 R>>", b"<</S/P/K 9 0 R>>", b"<</Type/OBJR>>"),
        (b"/AcroForm<</Fields 8 0 R>>", b"<</T(a)/Kids 9 0 R>>", b"<</T(b)>>"),
    ],
    ids=["attributes", "objects", "fields"],
)
def test_a_long_array_that_very_many_share_is_not_walked_for_each(read, catalog, one, many):
    found = read(
        raw(
            {
                1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
                2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
                3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>>>",
                8: b"[%s]" % (one * 5_000),
                9: b"[%s]" % (many * 100_000),
            }
        )
    )
    assert found.pages == 1


def test_a_page_of_many_streams_is_one(read):
    """Each is short enough; together they are not."""
    page = {4: b"[%s]" % (b"5 0 R " * 3), 5: packed(b"q Q " * 240_000)}
    assert noted(read(raw_page(more=page)), "more page content")


def test_bookmarks_and_fields_that_go_in_circles_are_counted_once(read):
    found = read(
        raw_page(
            catalog=b"/Outlines 5 0 R/AcroForm<</Fields[7 0 R 7 0 R]>>",
            more={
                5: b"<</First 6 0 R>>",
                6: b"<</Next 6 0 R/First 6 0 R>>",
                7: b"<</T(a)/FT/Btn/Kids[7 0 R 8 0 R]>>",
                8: b"<</T(b)/Parent 8 0 R/Kids[7 0 R 8 0 R]>>",
            },
        )
    )
    assert (found.bookmarks, found.check_boxes) == (1, 0)


def test_a_hundred_thousand_bookmarks_are_counted_until_it_is_enough(read):
    last = 100_010
    chain = {number: b"<</First %d 0 R/Next %d 0 R>>" % (number + 1, number + 1) for number in range(10, last)}
    found = read(raw_page(catalog=b"/Outlines<</First 10 0 R>>", more={**chain, last: b"<<>>"}))
    assert noted(found, "counted")


_RDF = (
    "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
    "<r:Description><dc:title>Title %s</dc:title></r:Description></r:RDF>"
)
_ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def test_the_metadata_that_the_next_test_spoils_is_read(read):
    assert read(raw_page(catalog=b"/Metadata 5 0 R", more={5: packed((_RDF % "one").encode())})).title == "Title one"


@pytest.mark.parametrize(
    "packet",
    [
        (_ENTITIES + _RDF % "&b;").encode(),
        ("\ufeff" + _ENTITIES + _RDF % "&b;").encode("utf-16"),
        (_RDF % "&lost;").encode(),
        (_RDF % "\ufeff").encode("utf-16-le"),
        b"<a>" * 300_000,
        (_RDF % "\xe9").encode("latin-1"),
        b"no XML",
    ],
    ids=["entities", "entities in UTF-16", "an unknown entity", "no mark of its coding", "nested", "not UTF-8", "text"],
)
def test_metadata_that_is_not_valid_or_unfolds_is_left_out(read, packet):
    found = read(raw_page(catalog=b"/Metadata 5 0 R", more={5: packed(packet)}))
    assert found.title == ""
    assert noted(found, "XMP")


@pytest.mark.parametrize(
    "catalog",
    [
        b"/Metadata 3 0 R/AcroForm 5/Outlines[5]/Lang 5/MarkInfo 7",
        b"/AcroForm<</Fields 1 0 R/DR 1 0 R>>/Outlines 1 0 R/Metadata 1 0 R/Lang<feff00>",
        b"/AcroForm<</Fields[<</FT 5/Ff 1.5/Kids 5>> 5 (x)]/DR<</Font<</A 5/B<</BaseFont 5/DescendantFonts 5>>>>>>>>",
    ],
)
def test_a_catalog_of_anything_is_described(read, catalog):
    assert read(raw_page(catalog=catalog)).pages == 1


@pytest.mark.parametrize("box", [b"[0 0 1e9 1e9]", b"[0 0 99999999999 5]", b"[0 0 5]", b"5", b"[/A(b)<<>>[]]"])
def test_a_page_of_a_size_that_makes_no_sense_has_none(read, box):
    data = raw({1: b"<</Type/Catalog/Pages 2 0 R>>", **_ONE_PAGE, 3: b"<</Type/Page/Parent 2 0 R/MediaBox%s>>" % box})
    assert read(data).page_sizes in ((), ((612.0, 792.0),))  # qpdf mends some as Letter


def test_a_page_tree_that_doubles_at_each_level_is_damage(read):
    levels = {
        number: b"<</Type/Pages/Count 2/Kids[%d 0 R %d 0 R]>>" % (number + 1, number + 1) for number in range(2, 40)
    }
    with pytest.raises(UsageError, match="U123"):
        read(raw({1: b"<</Type/Catalog/Pages 2 0 R>>", **levels, 40: b"<</Type/Page/MediaBox[0 0 9 9]>>"}))


def test_text_cannot_command_the_terminal(read):
    found = read(
        raw_page(
            b"/P<</MCID 0>>BDC /F 1 Tf (\x1b[2J) Tj EMC",
            resources=b"<</Font<</F<</Encoding/WinAnsiEncoding>>>>>>",
            catalog=b"/Lang<feff001b005d0030003b00780007>",
            tree=b"<</K<</S/P#1b/Pg 3 0 R/K 0/Alt<feff202e0061>>>>>",
        )
    )
    assert found.language == "\ufffd]0;x\ufffd"
    assert found.outline == (Element("P\ufffd", alternate="\ufffda", kids=("\ufffd[2J",)),)


def test_the_limits_that_qpdf_keeps_for_the_process_are_put_back(read):
    before = set_qpdf_limits(flate_max_memory=123_456_789)
    try:
        read(raw_page())
        assert get_qpdf_limits()["flate_max_memory"] == 123_456_789
    finally:
        set_qpdf_limits(**before)
