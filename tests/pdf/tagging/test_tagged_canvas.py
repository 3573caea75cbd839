"""The tagging module by itself: a stranger's file made with nothing else of handouts, read back by pikepdf."""

import ast
import io
import sys
from pathlib import Path

import page as page_validation
import pikepdf
import pytest
from pdf_reading import Tagged

from handouts.pdf import tagging
from handouts.pdf.fonts import Fonts
from handouts.pdf.tagging import (
    DECORATION,
    FOOTER,
    EmbeddedFont,
    Metadata,
    Property,
    Schema,
    StructureElement,
    TaggedCanvas,
    UntaggedContentError,
)

ROOM = Path(tagging.__file__).parent


@pytest.fixture
def font(brand):
    return EmbeddedFont(Fonts(brand).face("regular").font.face.filename)


class Sketch:
    """A file being drawn."""

    def __init__(self, font, metadata=None):
        self.font = font
        self.root = StructureElement("Document")
        self.canvas = TaggedCanvas((300, 200), metadata or Metadata("A title", "en"), self.root)

    def text(self, words, y=100):
        parts = [f"{name} 12 Tf <{codes.hex()}> Tj" for name, codes in self.canvas.codes(self.font, words)]
        return f"BT 1 0 0 1 20 {y} Tm {' '.join(parts)} ET"

    def paragraph(self, words, y=100, tag="P"):
        element = self.root.add(tag)
        with self.canvas.element(element):
            self.canvas.write(self.text(words, y))
        return element

    def read(self):
        self.canvas.finish_page()
        self.data = self.canvas.finish()
        return Tagged(self.data)


@pytest.fixture
def sketch(font):
    return Sketch(font)


# ------------------------------------------------------------------ a module that a stranger could take


@pytest.mark.parametrize("file", sorted(ROOM.glob("*.py")), ids=lambda file: file.name)
def test_it_needs_reportlab_and_records_and_nothing_else_of_handouts(file):
    allowed = {"reportlab", "msgspec", "handouts"} | sys.stdlib_module_names
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom):
            names = [node.module]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            assert name.partition(".")[0] in allowed
            assert not name.startswith("handouts") or name.startswith("handouts.pdf.tagging")


def test_the_tree_and_the_file_know_nothing_of_reportlab():
    for name in ("structure.py", "file.py"):
        assert "import reportlab" not in (ROOM / name).read_text(encoding="utf-8")
        assert "from reportlab" not in (ROOM / name).read_text(encoding="utf-8")


def test_a_stranger_s_file_conforms(sketch):
    sketch.paragraph("A heading", 150, "H1")
    sketch.paragraph("Some words.")
    with sketch.canvas.element(FOOTER):
        sketch.canvas.write(sketch.text("Page 1", 20))
    with sketch.canvas.element(DECORATION):
        sketch.canvas.write("20 40 m 280 40 l S")
    tagged = sketch.read()
    assert [(leaf.element.tag, leaf.text) for leaf in tagged.leaves] == [("H1", "A heading"), ("P", "Some words.")]
    assert tagged.artifacts(0) == "Page 1"
    for profile in ("ua1", "2a"):
        assert page_validation.validate_pdf_bytes(sketch.data, profile=profile).failures == []


# ------------------------------------------------------------------ nothing is painted outside


@pytest.mark.parametrize(
    "paint",
    [
        lambda canvas: canvas.line(0, 0, 10, 10),
        lambda canvas: canvas.rect(0, 0, 10, 10, fill=1, stroke=0),
        lambda canvas: canvas.circle(5, 5, 5),
        lambda canvas: canvas.write("BT (words) Tj ET"),
        lambda canvas: canvas.write("/Im1 Do"),
        lambda canvas: canvas.write("0 0 m 9 9 l 9 0 l f*"),
    ],
)
def test_what_is_painted_outside_an_element_is_an_error(sketch, paint):
    with pytest.raises(UntaggedContentError):
        paint(sketch.canvas)


def test_what_does_not_paint_may_stand_outside(sketch):
    sketch.canvas.saveState()
    sketch.canvas.translate(1, 2)
    sketch.canvas.setLineWidth(3)
    sketch.canvas.restoreState()
    sketch.paragraph("Words")
    assert [leaf.text for leaf in sketch.read().leaves] == ["Words"]


def test_it_is_an_error_on_the_second_page_too(sketch):
    sketch.paragraph("Words")
    sketch.canvas.finish_page()
    with pytest.raises(UntaggedContentError):
        sketch.canvas.line(0, 0, 10, 10)


def test_one_element_s_content_cannot_stand_inside_another_s(sketch):
    outer, inner = sketch.canvas.element(sketch.root.add("P")), sketch.canvas.element(DECORATION)
    with outer, pytest.raises(ValueError, match="inside"), inner:
        pass


# ------------------------------------------------------------------ the tree


def test_marks_count_from_nought_on_each_page(sketch):
    first, second = sketch.paragraph("one"), sketch.paragraph("two", 80)
    sketch.canvas.finish_page()
    third = sketch.paragraph("three")
    tagged = sketch.read()
    assert [(mark.page, mark.number) for each in (first, second, third) for mark in each.kids] == [
        (0, 0),
        (0, 1),
        (1, 0),
    ]
    assert tagged.problems() == []


def test_an_element_over_two_pages_is_read_once(sketch):
    element = sketch.root.add("P")
    for words in ("first half ", "second half"):
        with sketch.canvas.element(element):
            sketch.canvas.write(sketch.text(words))
        if words == "first half ":
            sketch.canvas.finish_page()
    (leaf,) = sketch.read().leaves
    assert (leaf.text, leaf.pages) == ("first half second half", (0, 1))


def test_attributes_are_written(sketch):
    row = sketch.root.add("Table").add("TR")
    cell = row.add("TH", scope="Row", columns=3)
    with sketch.canvas.element(cell):
        sketch.canvas.write(sketch.text("Cell"))
    figure = sketch.root.add("Figure", alternate="A (round) shape: “○”")
    figure.box = (1, 2, 3, 4)
    with sketch.canvas.element(figure):
        sketch.canvas.circle(10, 10, 5)
    item = sketch.root.add("L", list_numbering="Decimal").add("LI").add("LBody", language="pl")
    with sketch.canvas.element(item):
        sketch.canvas.write(sketch.text("x", 40))
    tagged = sketch.read()
    elements = {element.tag: element for element in tagged.root.walk()}
    assert elements["TH"].attribute("/Scope") == "Row"
    assert elements["TH"].attribute("/ColSpan") == "3"
    assert elements["L"].attribute("/ListNumbering") == "Decimal"
    assert str(elements["LBody"].object.Lang) == "pl"
    assert str(elements["Figure"].object.Alt) == "A (round) shape: “○”"
    assert [float(value) for value in elements["Figure"].object.A.BBox] == [1, 2, 3, 4]


def test_elements_that_own_nothing_are_left_out_but_cells_stay(sketch):
    row = sketch.root.add("Table").add("TR")
    row.add("TD")
    sketch.root.add("Sect").add("P")
    sketch.paragraph("Words")
    assert [element.tag for element in sketch.read().root.walk()] == ["Document", "Table", "TR", "TD", "P"]


def test_a_note_has_a_name_by_which_it_is_found(sketch):
    for number in (2, 1):
        with sketch.canvas.element(sketch.root.add("Note", identity=f"note-{number}").add("P")):
            sketch.canvas.write(sketch.text("Words", 40 * number))
    tagged = sketch.read()
    tree = pikepdf.NameTree(tagged.pdf.Root.StructTreeRoot.IDTree)
    notes = {str(each.object.ID): each.object.objgen for each in tagged.root.walk() if each.tag == "Note"}
    assert {key: value.objgen for key, value in tree.items()} == notes
    assert sorted(notes) == ["note-1", "note-2"]
    assert page_validation.validate_pdf_bytes(sketch.data, profile="ua1").failures == []


# ------------------------------------------------------------------ links, bookmarks, metadata


def test_a_link_belongs_to_its_element_and_says_where_it_leads(sketch):
    element = sketch.root.add("P").add("Link")
    with sketch.canvas.element(element):
        sketch.canvas.write(sketch.text("here"))
    sketch.canvas.link(element, "https://example.org/(a)", (20, 95, 60, 112), "here")
    tagged = sketch.read()
    (note,) = tagged.pdf.pages[0].Annots
    assert str(note.A.URI) == "https://example.org/(a)"
    assert (str(note.Contents), int(note.F)) == ("here", 4)
    assert tagged.problems() == []


def test_a_link_without_a_parent_is_found(sketch):
    element = sketch.paragraph("here", tag="Link")
    sketch.canvas.link(element, "https://example.org", (20, 95, 60, 112), "here")
    pdf = sketch.read().pdf
    pdf.pages[0].Annots[0].StructParent = 7
    assert Tagged(pdf).problems() == ["an annotation on page 1 has no parent, or another in the parent tree"]


def test_bookmarks_lead_to_their_pages(sketch):
    sketch.paragraph("one")
    sketch.canvas.bookmark("One", 0, 150)
    sketch.canvas.bookmark("Inside", 1, 120)
    sketch.canvas.finish_page()
    sketch.paragraph("two")
    sketch.canvas.bookmark("Two – “zwei”", 0, 140)
    sketch.read()
    with pikepdf.open(io.BytesIO(sketch.data)) as pdf, pdf.open_outline() as outline:
        one, two = outline.root
        assert [one.title, two.title, *[child.title for child in one.children]] == ["One", "Two – “zwei”", "Inside"]
    with pytest.raises(ValueError, match="level"):
        sketch.canvas.bookmark("Too deep", 4, 10)


def test_metadata_stands_in_xmp_and_in_the_information_dictionary(font):
    schema = Schema("urn:example:1", "ex", "Mine", (Property("colour", "blue & <green>", "A colour"),))
    metadata = Metadata("T & <t>", "pl", "An author", "Ł", "k1, k2", "creator", "producer", schema)
    sketch = Sketch(font, metadata)
    sketch.paragraph("Words")
    pdf = sketch.read().pdf
    with pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == "T & <t>"
        assert list(xmp["dc:creator"]) == ["An author"]
        assert xmp["dc:description"] == "Ł"
        assert xmp["pdf:Keywords"] == "k1, k2"
        assert set(xmp["dc:language"]) == {"pl"}
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("2", "A", "1")
        assert xmp["{urn:example:1}colour"] == "blue & <green>"
    assert str(pdf.docinfo["/Title"]) == "T & <t>"
    assert str(pdf.docinfo["/Subject"]) == "Ł"
    assert str(pdf.Root.Lang) == "pl"
    for profile in ("ua1", "2a"):
        assert page_validation.validate_pdf_bytes(sketch.data, profile=profile).failures == []


def test_control_characters_do_not_break_the_metadata(font):
    sketch = Sketch(font, Metadata("A\x00\x0b\ufffeB\ufffftitle", "en"))
    sketch.paragraph("Words")
    with sketch.read().pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == "ABtitle"


# ------------------------------------------------------------------ a stranger's mistakes


def test_a_page_that_was_not_finished_is_said(sketch):
    sketch.paragraph("Words")
    with pytest.raises(ValueError, match="finish_page"):
        sketch.canvas.finish()


def test_an_element_outside_of_the_tree_is_said(sketch):
    with sketch.canvas.element(StructureElement("P")):
        sketch.canvas.write(sketch.text("Words"))
    sketch.canvas.finish_page()
    with pytest.raises(ValueError, match="not below the root"):
        sketch.canvas.finish()


def test_after_an_error_inside_an_element_the_guard_still_stands(sketch):
    with pytest.raises(RuntimeError), sketch.canvas.element(DECORATION):
        raise RuntimeError
    with pytest.raises(UntaggedContentError):
        sketch.canvas.line(0, 0, 1, 1)
