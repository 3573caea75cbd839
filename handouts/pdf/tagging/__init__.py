"""Tagged PDF from ReportLab: files that conform to PDF/UA-1 and PDF/A-2a. A module of its own that needs no other.

    root = StructureElement("Document")
    canvas = TaggedCanvas((612, 792), Metadata("A title", "en"), root)
    font = EmbeddedFont("Body.ttf")
    with canvas.element(root.add("H1")):       # whatever is painted here is the heading
        for name, codes in canvas.codes(font, "A heading"):
            canvas.write(f"BT {name} 20 Tf 72 720 Td <{codes.hex()}> Tj ET")
    with canvas.element(DECORATION):
        canvas.write("72 700 m 540 700 l S")   # a rule says nothing
    canvas.finish_page()
    data = canvas.finish()

`structure` is the tree, in plain Python; `canvas` draws and remembers who owns what; `forms` has check boxes and text
fields; `embedding` has the fonts; `writing`, `metadata` and `file` turn all of it into bytes; `internals` holds every
inner name of ReportLab.
"""

from handouts.pdf.tagging.canvas import Annotation, TaggedCanvas, number
from handouts.pdf.tagging.embedding import EmbeddedFont
from handouts.pdf.tagging.file import Ending, compressed, ending_of, stream, update
from handouts.pdf.tagging.internals import UntaggedContentError
from handouts.pdf.tagging.metadata import Metadata, Property, Schema
from handouts.pdf.tagging.structure import DECORATION, FOOTER, HEADER, Artifact, Owner, StructureElement

__all__ = [
    "DECORATION",
    "FOOTER",
    "HEADER",
    "Annotation",
    "Artifact",
    "EmbeddedFont",
    "Ending",
    "Metadata",
    "Owner",
    "Property",
    "Schema",
    "StructureElement",
    "TaggedCanvas",
    "UntaggedContentError",
    "compressed",
    "ending_of",
    "number",
    "stream",
    "update",
]
