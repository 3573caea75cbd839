"""Tagged PDF from ReportLab: files that conform to PDF/UA-1 and PDF/A-2a. A module of its own that needs no other.

    root = StructureElement("Document")
    canvas = TaggedCanvas((612, 792), Metadata("A title", "en"), root)
    with canvas.element(root.add("H1")):
        canvas.write(...)                      # whatever is painted here is the heading
    with canvas.element(DECORATION):
        canvas.write("72 700 m 540 700 l S")   # a rule says nothing
    canvas.finish_page()
    data = canvas.finish()

`structure` is the tree, in plain Python; `canvas` draws and remembers who owns what; `forms` has check boxes and text
fields; `writing`, `metadata` and `file` turn all of it into bytes; `internals` holds every inner name of ReportLab.
"""

from handouts.pdf.tagging.canvas import Annotation, TaggedCanvas, number
from handouts.pdf.tagging.file import stream, update
from handouts.pdf.tagging.metadata import Metadata, Property, Schema
from handouts.pdf.tagging.structure import DECORATION, FOOTER, HEADER, Artifact, Owner, StructureElement

__all__ = [
    "DECORATION",
    "FOOTER",
    "HEADER",
    "Annotation",
    "Artifact",
    "Metadata",
    "Owner",
    "Property",
    "Schema",
    "StructureElement",
    "TaggedCanvas",
    "number",
    "stream",
    "update",
]
