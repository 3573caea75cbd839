"""Form fields that conform: check boxes and lines to write on.

ReportLab's own text fields allow only typefaces that are not embedded, which PDF/UA and PDF/A forbid. A field here
brings the appearance of each of its states (ISO 19005-2, 6.3.3), and text fields are written in a face of the pages
that holds the letters of Western languages, in the order of Windows code page 1252, which is what a reader writes with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.pdfbase import pdfdoc

from handouts.pdf.tagging.file import stream, text_string
from handouts.pdf.tagging.internals import Written

if TYPE_CHECKING:
    from handouts.pdf.tagging.canvas import Annotation, Rectangle, TaggedCanvas
    from handouts.pdf.tagging.embedding import EmbeddedFont
    from handouts.pdf.tagging.structure import StructureElement

_MULTILINE = 1 << 12
_FIELD_FONT = "Written"


class Forms:
    """The fields of one file."""

    def __init__(self, canvas: TaggedCanvas) -> None:
        self.canvas = canvas
        self._font: EmbeddedFont | None = None
        self._fields: list[Annotation] = []
        self._list = Written()
        self._shared: dict[tuple[Any, ...], str] = {}

    def use(self, font: EmbeddedFont) -> None:
        """Say what is written in, on a screen or by an update of the file: before any page is drawn."""
        font.make_writable(self.canvas)
        self._font = font

    def check_box(self, element: StructureElement, box: Rectangle, tooltip: str) -> Annotation:
        """A check box over the box that the page shows; `tooltip` says what it stands for.

        Its appearance when ticked is a tick alone; when not ticked it shows nothing, since the page has the box.
        """
        width, height = box[2] - box[0], box[3] - box[1]
        states = f"<< /Yes {self._tick(width, height)} /Off {self._nothing(width, height)} >>"
        return self._field(element, box, "Btn", tooltip, f"/V /Off /AS /Off /AP << /N {states} >>")

    def text_field(
        self, element: StructureElement, box: Rectangle, tooltip: str, size: float, *, multiline: bool = False
    ) -> Annotation:
        """A line, or several, to type on, at that size in points.

        What is typed is set in the font that `use` named.
        """
        width, height = box[2] - box[0], box[3] - box[1]
        entries = f"/DA (/{_FIELD_FONT} {size:g} Tf 0.09 0.1 0.11 rg) /AP << /N {self._nothing(width, height)} >>"
        if multiline:  # what is typed stands on white, not across the ruled lines
            entries += f" /Ff {_MULTILINE} /MK << /BG [1 1 1] >>"
        return self._field(element, box, "Tx", tooltip, entries)

    def _field(self, element: StructureElement, box: Rectangle, kind: str, tooltip: str, entries: str) -> Annotation:
        name = text_string(f"field-{len(self._fields) + 1}")
        whole = f"/Subtype /Widget /FT /{kind} /T {name} /TU {text_string(tooltip)} {entries}"
        annotation = self.canvas.annotate(element, box, whole)
        self._fields.append(annotation)
        return annotation

    def listed(self) -> tuple[int, list[Annotation]]:
        """The object that lists the fields, once the file is written, and what it lists."""
        return self.canvas.object_number(self._list), self._fields

    # -------------------------------------------------------------- appearances

    def _tick(self, width: float, height: float) -> str:
        points = [(0.2, 0.52), (0.42, 0.26), (0.82, 0.8)]
        path = " ".join(
            f"{width * x:.2f} {height * y:.2f} {operator}" for (x, y), operator in zip(points, "mll", strict=True)
        )
        return self._appearance(f"0.09 0.1 0.11 RG {0.13 * height:.2f} w 1 J 1 j {path} S", width, height)

    def _nothing(self, width: float, height: float) -> str:
        return self._appearance("/Tx BMC EMC", width, height)

    def _appearance(self, operators: str, width: float, height: float) -> str:
        """A reference to the drawing; the same drawing serves every field of its size."""
        key = (operators, round(width, 2), round(height, 2))
        if key not in self._shared:
            entries = f"/Type /XObject /Subtype /Form /BBox [0 0 {width:.2f} {height:.2f}] /Resources << >> "
            drawing = Written(stream(operators.encode("ascii"), entries.encode("ascii")))
            self._shared[key] = self.canvas.reference(drawing)
        return self._shared[key]

    # -------------------------------------------------------------- the file

    def finish(self) -> None:
        """Put the form into the file, if there are fields."""
        if not self._fields:
            return
        references = " ".join(self.canvas.reference(each.written) for each in self._fields)
        self._list.text = f"[{references}]"
        document = self.canvas.document
        form = pdfdoc.PDFDictionary({"Fields": document.Reference(self._list)})
        if self._font is not None:
            font = pdfdoc.PDFObjectReference(self._font.writable_name(self.canvas))
            form["DR"] = pdfdoc.PDFDictionary({"Font": pdfdoc.PDFDictionary({_FIELD_FONT: font})})
        document.Catalog.AcroForm = form
