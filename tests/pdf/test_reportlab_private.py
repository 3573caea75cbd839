"""ReportLab's inner names, which tagging/internals.py alone may use: one test each; an upgrade fails loudly.

When one of these fails, ReportLab has changed: look at what handouts does with the name before mending the test.
"""

import ast
import io
from pathlib import Path

import pytest
import reportlab
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFont, TTFontParser
from reportlab.pdfgen.canvas import Canvas

from handouts import pdf
from handouts.pdf.fonts import Fonts

FOLDER = Path(pdf.__file__).parent
MODULE = FOLDER / "tagging" / "internals.py"
# Names with an underscore that belong to ReportLab; each has a test below.
TESTED = {
    "_code",
    "_doc",
    "_pageNumber",
    "_make_preamble",
    "_preamble",
    "_restartAccumulators",
    "__RefOnly__",
    "__NoDefault__",
}


@pytest.fixture
def canvas():
    return Canvas(io.BytesIO(), pagesize=(200, 100), pageCompression=0, invariant=1, lang="en")


@pytest.fixture
def font(brand):
    file = Fonts(brand).face("regular").font.face.filename
    return TTFont("tested", file, shapable=False)


def gone(name):
    """The message of a test that fails."""
    return f"ReportLab {reportlab.__version__} no longer has {name} as handouts uses it"


# ------------------------------------------------------------------ which names there are


def underscored(module):
    """The names with a leading underscore that a module reads, sets or overrides, but for its own functions."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            names |= {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
            names |= {
                target.id
                for each in node.body
                if isinstance(each, ast.Assign)
                for target in each.targets
                if isinstance(target, ast.Name)
            }
    return {name for name in names if name.startswith("_")}


def test_every_underscored_name_of_reportlab_that_is_used_is_tested_here(canvas, font):
    canvas.showPage()
    page = canvas._doc.Pages.pages[0]
    theirs = set()
    for thing in (canvas, canvas._doc, canvas._doc.Catalog, page, pdfdoc.PDFDictionary({}), font, font.face):
        theirs |= {name for name in dir(thing) if name.startswith("_")}
    used = underscored(MODULE) & theirs - set(dir(object))
    used |= {"__RefOnly__"} & underscored(MODULE)
    assert used == TESTED, f"add or remove a test for {sorted(used ^ TESTED)}"


def test_no_other_module_reads_reportlab_s_underscored_names():
    for file in FOLDER.rglob("*.py"):
        if file != MODULE:
            assert not underscored(file) & TESTED, file


# ------------------------------------------------------------------ the canvas


def test_canvas_code(canvas):
    canvas._code.append("1 2 m")
    canvas.showPage()
    assert "1 2 m" in canvas._doc.Pages.pages[0].stream, gone("Canvas._code, the list of a page's operators")
    assert canvas._code == [], gone("Canvas._code, emptied by showPage")


def test_canvas_restart_accumulators():
    class Watched(Canvas):
        called = 0

        def _restartAccumulators(self):  # noqa: N802  ReportLab's name
            super()._restartAccumulators()
            type(self).called += 1

    watched = Watched(io.BytesIO())
    assert Watched.called == 1, gone("Canvas._restartAccumulators, called when a canvas is made")
    watched.showPage()
    assert Watched.called == 2, gone("Canvas._restartAccumulators, called for each new page")


def test_what_reportlab_draws_is_appended_to_code(canvas):
    seen = []

    class Operators(list):
        def append(self, operators):
            seen.append(operators)
            super().append(operators)

        extend = None  # unused

    canvas._code = Operators()
    canvas.line(1, 2, 3, 4)
    canvas.rect(1, 2, 3, 4, fill=1)
    canvas.drawPath(canvas.beginPath())
    canvas.drawString(1, 2, "Text")
    assert len(seen) >= 4, gone("Canvas._code.append, through which everything is painted")


def test_canvas_doc(canvas):
    assert isinstance(canvas._doc, pdfdoc.PDFDocument), gone("Canvas._doc, the document that is written")


def test_canvas_page_number(canvas):
    assert canvas._pageNumber == 1, gone("Canvas._pageNumber, counted from 1")
    canvas.showPage()
    assert canvas._pageNumber == 2, gone("Canvas._pageNumber, counted by showPage")


def test_canvas_make_preamble_and_preamble():
    class Bare(Canvas):
        called = 0

        def _make_preamble(self):
            type(self).called += 1
            self._preamble = "1 0 0 1 0 0 cm"

    bare = Bare(io.BytesIO(), pageCompression=0)
    assert Bare.called >= 1, gone("Canvas._make_preamble, called when a canvas is made")
    bare._code.append("n")
    bare.showPage()
    stream = bare._doc.Pages.pages[0].stream
    assert stream.startswith("1 0 0 1 0 0 cm"), gone("Canvas._preamble, the first operators of each page")
    assert "Tf" not in stream, gone("Canvas._make_preamble, the only place that sets a font on an empty page")


def test_the_preamble_that_is_replaced_still_sets_helvetica(canvas):
    """If not, `_make_preamble` need not be overridden any more."""
    assert "Tf" in canvas._preamble, gone("Canvas._preamble with a font")


def test_canvas_link_url(canvas):
    canvas.linkURL("https://example.org", (1, 2, 3, 4))
    canvas.showPage()
    assert b"https://example.org" in canvas.getpdfdata(), gone("Canvas.linkURL(address, rectangle)")


def test_canvas_invariant_and_lang():
    made = []
    for _ in range(2):
        canvas = Canvas(io.BytesIO(), invariant=1, lang="pl")
        canvas.showPage()
        made.append(canvas.getpdfdata())
    assert made[0] == made[1], gone("Canvas(invariant=1), which fixes dates and identifiers")
    assert b"/Lang (pl)" in made[0], gone("Canvas(lang=…)")


# ------------------------------------------------------------------ the document


def test_document_pages(canvas):
    canvas.showPage()
    canvas.showPage()
    pages = canvas._doc.Pages.pages
    assert len(pages) == 2, gone("PDFDocument.Pages.pages")
    assert all(isinstance(page, pdfdoc.PDFPage) for page in pages), gone("PDFDocument.Pages.pages of PDFPage")


def test_page_stream_and_contents(canvas):
    canvas._code.append("5 6 m")
    canvas.showPage()
    page = canvas._doc.Pages.pages[0]
    assert isinstance(page.stream, str), gone("PDFPage.stream, a page's operators as text")
    own = pdfdoc.PDFStream(content="7 8 m")
    page.Contents = pdfdoc.PDFArray([canvas._doc.Reference(own)])
    data = canvas.getpdfdata()
    assert b"7 8 m" in data, gone("PDFPage.Contents, written instead of the page's own stream when set")
    assert b"5 6 m" not in data, gone("PDFPage.Contents, written instead of the page's own stream when set")


def test_document_reference_and_id_to_object_number(canvas):
    canvas.showPage()
    canvas._doc.Reference(pdfdoc.PDFStream(content="q Q"), "Named")
    canvas._doc.Catalog.Extra = canvas._doc.Reference(pdfdoc.PDFDictionary({}))
    data = canvas.getpdfdata()
    number, version = canvas._doc.idToObjectNumberAndVersion["Named"]
    assert version == 0, gone("PDFDocument.idToObjectNumberAndVersion")
    assert b"\n%d 0 obj" % number in data, gone("PDFDocument.Reference(object, name)")


def test_reference_format(canvas):
    reference = canvas._doc.Reference(pdfdoc.PDFDictionary({}))
    text = reference.format(canvas._doc)
    assert text.endswith(b" 0 R"), gone("PDFObjectReference.format(document), as bytes")


def test_ref_only(canvas):
    class Written(pdfdoc.PDFObject):
        __RefOnly__ = 1

        def format(self, _document):
            return b"<< /Marker /Here >>"

    canvas.showPage()
    canvas._doc.Catalog.StructTreeRoot = Written()
    data = canvas.getpdfdata()
    assert b"<< /Marker /Here >>" in data, gone("__RefOnly__, which makes an object of its own of a value")
    assert b"/StructTreeRoot <<" not in data, gone(
        "__RefOnly__, which refers to a value instead of writing it in place"
    )


def test_catalog_struct_tree_root_and_mark_info(canvas):
    canvas.showPage()
    canvas._doc.Catalog.StructTreeRoot = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("StructTreeRoot")})
    canvas._doc.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
    data = canvas.getpdfdata()
    assert b"/StructTreeRoot" in data, gone("PDFCatalog.StructTreeRoot")
    assert b"/Marked true" in data, gone("PDFCatalog.MarkInfo")


def test_no_default(canvas):
    canvas.showPage()
    page = canvas._doc.Pages.pages[0]
    page.StructParents = 3
    assert b"/StructParents" not in bytes(page.format(canvas._doc)), "pages now write StructParents by themselves"
    page.__NoDefault__ = [*page.__NoDefault__, "StructParents"]
    assert b"/StructParents 3" in canvas.getpdfdata(), gone("__NoDefault__, the keys that a page may have")


def test_pdf_string_name_array_and_dictionary(canvas):
    value = pdfdoc.PDFDictionary({"A": pdfdoc.PDFArray([1, pdfdoc.PDFName("B")]), "C": pdfdoc.PDFString("Łódź (x)")})
    assert b"/A [ 1 /B ]" in value.format(canvas._doc), gone("PDFArray and PDFName")
    assert isinstance(pdfdoc.PDFString("x").format(canvas._doc), bytes), gone("PDFString.format, as bytes")


def test_formatting_one_object_after_the_other(canvas):
    """What `formatted` does in place of PDFDocument.format."""
    canvas.drawString(1, 2, "Text")
    canvas.showPage()
    document = canvas._doc
    for name in ("delayedFonts", "info", "Catalog", "Outlines", "numberToId", "idToObject"):
        assert hasattr(document, name), gone(f"PDFDocument.{name}")
    document.Reference(document.Catalog)
    document.Reference(document.info)
    document.Outlines.prepare(document, canvas)
    assert document.Outlines.ready < 0, gone("PDFOutlines.ready, negative without bookmarks")
    assert document.numberToId[1] in document.idToObject, gone("PDFDocument.numberToId, counted from 1")
    stream = pdfdoc.PDFStream(content="q Q")
    assert pdfdoc.format(stream, document, toplevel=1).endswith(b"endstream\n"), gone("the end of PDFStream.format")
    assert b" 0 R" in pdfdoc.format(document.Catalog, document, toplevel=1), gone("pdfdoc.format(object, document)")


def test_catalog_keys(canvas):
    canvas.showPage()
    catalog = canvas._doc.Catalog
    assert "OutputIntents" not in catalog.__NoDefault__, "the catalog now writes OutputIntents by itself"
    for name in ("AcroForm", "Metadata", "StructTreeRoot", "MarkInfo"):
        assert name in catalog.__NoDefault__, gone(f"the catalog's {name}")


def test_bookmarks(canvas):
    canvas.bookmarkPage("one", fit="XYZ", left=0, top=50, zoom=0)
    canvas.addOutlineEntry("Words", "one", 0)
    canvas.showPage()
    assert b"/Title (Words)" in canvas.getpdfdata(), gone("Canvas.bookmarkPage and addOutlineEntry")


def test_pdf_stream_and_filter(canvas):
    stream = pdfdoc.PDFStream(content="q Q " * 100, filters=[pdfdoc.PDFZCompress])
    assert b"/FlateDecode" in stream.format(canvas._doc), gone("PDFStream(content, filters=[PDFZCompress])")


# ------------------------------------------------------------------ fonts


def test_face_char_to_glyph(font):
    assert ord("A") in font.face.charToGlyph, gone("TTFontFace.charToGlyph, by code point")
    assert ord("א") not in font.face.charToGlyph, gone("TTFontFace.charToGlyph, by code point")


def test_face_char_widths_and_default_width(font):
    assert 400 < font.face.charWidths[ord("A")] < 900, gone("TTFontFace.charWidths, in thousandths of an em")
    assert float(font.face.defaultWidth) > 0, gone("TTFontFace.defaultWidth")


def test_face_ascent_and_descent(font):
    assert 500 < font.face.ascent < 1500, gone("TTFontFace.ascent, in thousandths of an em")
    assert -600 < font.face.descent < 0, gone("TTFontFace.descent, in thousandths of an em")


def test_font_split_string(font, canvas):
    pieces = font.splitString("Aé½", canvas._doc)
    assert all(isinstance(subset, int) and isinstance(codes, bytes) for subset, codes in pieces), gone(
        "TTFont.splitString(text, document), subsets and codes"
    )
    assert sum(len(codes) for _, codes in pieces) == 3, gone("TTFont.splitString, one byte for each character")


def test_font_get_subset_internal_name(font, canvas):
    font.splitString("A", canvas._doc)
    name = font.getSubsetInternalName(0, canvas._doc)
    assert name.startswith("/"), gone("TTFont.getSubsetInternalName(subset, document), a resource's name")


def test_font_shapable(brand):
    file = Fonts(brand).face("regular").font.face.filename
    assert not TTFont("one", file, shapable=False).shapable, gone("TTFont(shapable=False), which needs no shaper")


def test_face_make_subset_and_what_describes_it(font):
    face = font.face
    content = face.makeSubset((0, ord("A"), ord("é")))
    tables = TTFontParser(io.BytesIO(content)).table
    assert {"glyf", "loca", "hmtx", "cmap"} <= set(tables), gone("TTFontFace.makeSubset(characters by code)")
    assert face.name.startswith(b"Atkinson"), gone("TTFontFace.name, the font's PostScript name")
    assert face.getCharWidth(ord("A")) == face.charWidths[ord("A")], gone("TTFontFace.getCharWidth")
    assert len(face.bbox) == 4, gone("TTFontFace.bbox")
    for name in ("flags", "capHeight", "italicAngle", "stemV"):
        assert isinstance(getattr(face, name), int | float), gone(f"TTFontFace.{name}")


def test_document_writes_delayed_fonts_among_the_basic_ones(canvas):
    class Font:
        def addObjects(self, document):  # noqa: N802  ReportLab's name
            document.idToObject["BasicFonts"].dict["F9+0"] = pdfdoc.PDFDictionary({"Marker": pdfdoc.PDFName("Here")})

    canvas.showPage()
    canvas._doc.delayedFonts.append(Font())
    data = canvas.getpdfdata()
    assert b"/F9+0 <<" in data, gone("idToObject['BasicFonts'], the resources that delayedFonts add themselves to")


def test_a_font_serves_two_documents(font):
    """An open face is kept for all sheets; what one document uses does not show in another."""
    one, other, fresh = (Canvas(io.BytesIO()) for _ in range(3))
    first = font.splitString("éà½", one._doc)
    font.splitString("zyxüß", other._doc)
    assert font.splitString("éà½", one._doc) == first, gone("TTFont with a subset for each document")
    assert font.splitString("éà½", fresh._doc) == first, gone("TTFont with a subset for each document")


def test_font_state(brand):
    """What `make_writable` sets, and our `addObjects` reads."""
    font = TTFont("state", Fonts(brand).face("regular").font.face.filename, asciiReadable=0, shapable=False)
    document = Canvas(io.BytesIO())._doc
    state = font.state[document] = TTFont.State(0)
    state.subsets = [[0] * 32 + list(range(32, 256))]
    state.assignments = {ord("A"): 65}
    state.nextCode = 256
    assert font.splitString("A", document) == [(0, b"A")], gone("TTFont.State.assignments")
    ((subset, _),) = font.splitString("Ł", document)
    assert subset == 1, gone("TTFont.State.nextCode, a further subset from 256 on")
    name = font.getSubsetInternalName(1, document)
    assert name == f"/{state.internalName}+1", gone("TTFont.State.internalName")
    assert document.delayedFonts == [font], gone("PDFDocument.delayedFonts, those that text was set in")
    assert [len(subset) for subset in state.subsets] == [256, 2], gone("TTFont.State.subsets, characters by code")
