"""The page writer: ReportLab's canvas, speaking in lines of text, boxes and structure elements. Phase 4, LAY OUT.

Everything in this project that touches ReportLab's private names is in this file and in `fonts.py`;
tests/pdf/test_reportlab_private.py has a test for each name, so that an upgrade fails loudly.

Coordinates are points from the lower left corner of the page. What is drawn inside `element()` belongs to that
structure element; everything else is marked as an artifact (a frame, a rule, a running footer).
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from handouts.pdf.tagging import write_structure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.library.colour import Colour
    from handouts.pdf.fonts import Face
    from handouts.pdf.structure import StructureElement
    from handouts.pdf.stylesheet import TextStyle
    from handouts.pdf.typesetting import Line, Run

PANEL_OBJECT = "PersonalPanel"

# Opens marked content whose strings are drawn in reverse, each one word (ISO 32000-1, 14.8.2.3.3). Not ActualText: for
# text from right to left, the readers in web browsers turn it round once more.
REVERSED = "/ReversedChars BMC"

# One byte of a PDF string literal (ISO 32000-1, 7.3.4.2): printable ASCII stands for itself, all else is octal.
_ESCAPES = [chr(code) if 32 <= code < 127 and chr(code) not in "()\\" else f"\\{code:03o}" for code in range(256)]


def literal(codes: bytes) -> str:
    """A PDF string literal of these character codes."""
    return f"({''.join([_ESCAPES[code] for code in codes])})"


def number(value: float) -> str:
    """A number as PDF writes it: at most three decimals, no exponent."""
    return f"{value:.3f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


class SheetCanvas(Canvas):  # type: ignore[misc,unused-ignore]  # ReportLab has no types
    """A canvas for one sheet."""

    def __init__(self, page_size: tuple[float, float], language: str) -> None:
        self._buffer = io.BytesIO()
        self._panel: Any = None
        self._panel_page = -1
        self.marks: dict[int, list[StructureElement]] = {}
        self.page_objects: list[Any] = []
        # Same input, same bytes: ReportLab's fixed dates instead of the clock.
        super().__init__(self._buffer, pagesize=page_size, pageCompression=1, invariant=1, lang=language)

    def _make_preamble(self) -> None:
        """ReportLab would set unembedded Helvetica on each page (ISO 14289-1, 7.21.4 forbids it)."""
        self._preamble = "1 0 0 1 0 0 cm"

    def setFont(self, *_: Any) -> None:  # noqa: N802  ReportLab's name
        """Nothing: text is set by `draw_lines` alone, and a picture must not bring unembedded Helvetica."""

    @property
    def page_index(self) -> int:
        """The page being drawn, from 0."""
        return int(self._pageNumber) - 1

    # -------------------------------------------------------------- marked content

    @contextmanager
    def element(self, element: StructureElement | None) -> Iterator[None]:
        """What is drawn inside belongs to the element, or is an artifact when there is none."""
        if element is None:
            self._code.append("/Artifact BMC")
        else:
            mark = self.reserve_mark(element)
            self._code.append(f"/{element.tag} <</MCID {mark}>> BDC")
        yield
        self._code.append("EMC")

    def reserve_mark(self, element: StructureElement) -> int:
        """A marked-content id on this page for the element."""
        marks = self.marks.setdefault(self.page_index, [])
        marks.append(element)
        element.marks.append((self.page_index, len(marks) - 1))
        return len(marks) - 1

    # -------------------------------------------------------------- text

    def codes(self, face: Face, text: str) -> list[tuple[str, bytes]]:
        """The text as font resource names and character codes; the face's subset grows as needed."""
        font, document = face.font, self._doc
        return [
            (font.getSubsetInternalName(subset, document), codes) for subset, codes in font.splitString(text, document)
        ]

    def draw_lines(
        self,
        lines: tuple[Line, ...],
        x: float,
        top: float,
        style: TextStyle,
        element: StructureElement | None,
        *,
        centred: bool = False,
    ) -> None:
        """Lines of text below `top`, from `x` or centred on it.

        The first baseline stands so that leading is shared above and below.
        """
        if not lines:
            return
        drop = (style.leading - style.size) / 2 + 0.8 * style.size
        with self.element(element):
            operators = ["BT"]
            font_set = ""
            colour_set: Colour | None = None
            size = number(style.size)
            for index, line in enumerate(lines):
                baseline = top - drop - index * style.leading
                left = x - line.width / 2 if centred else x
                operators.append(f"1 0 0 1 {number(left)} {number(baseline)} Tm")
                for run in line.runs:
                    if run.ink.colour != colour_set:
                        colour_set = run.ink.colour
                        operators.append(f"{' '.join(map(number, colour_set))} rg")
                    if line.directed:
                        operators.extend(self._placed(run, left + run.x, baseline, style.size))
                        font_set = ""
                    else:
                        for font, codes in self.codes(run.face, run.text):
                            if font != font_set:
                                font_set = font
                                operators.append(f"{font} {size} Tf")
                            operators.append(f"{literal(codes)} Tj")
                    if run.ink.link:
                        corner = (left + run.x, baseline - 0.25 * style.size)
                        self.linkURL(run.ink.link, (*corner, corner[0] + run.width, baseline + 0.8 * style.size))
            operators.append("ET")
            self._code.append("\n".join(operators))

    def _placed(self, run: Run, x: float, baseline: float, size: float) -> list[str]:
        """A run at its own place: strings in reading order, those from right to left marked as reversed."""
        shown, start = run.shown, 0
        operators: list[str] = []
        for font, codes in self.codes(run.face, shown):
            show = f"1 0 0 1 {number(x)} {number(baseline)} Tm {font} {number(size)} Tf {literal(codes)} Tj"
            operators.append(f"{REVERSED} {show} EMC" if run.turned else show)
            end = start + len(codes)
            x += run.face.drawn_width(shown[start:end], size)
            start = end
        return operators[::-1] if run.turned else operators

    # -------------------------------------------------------------- shapes

    def shape(
        self,
        path: str,
        *,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        width: float = 1.0,
        element: StructureElement | None = None,
    ) -> None:
        """A path of PDF operators, filled or stroked."""
        operators = [f"q {number(width)} w 1 J 1 j"]
        if fill:
            operators.append(f"{' '.join(map(number, fill))} rg")
        if stroke:
            operators.append(f"{' '.join(map(number, stroke))} RG")
        paint = "B" if fill and stroke else ("f" if fill else "S")
        with self.element(element):
            self._code.append(f"{' '.join(operators)} {path} {paint} Q")

    def rule(self, x: float, y: float, length: float, colour: Colour, width: float = 0.7) -> None:
        """A horizontal rule."""
        self.shape(f"{number(x)} {number(y)} m {number(x + length)} {number(y)} l", stroke=colour, width=width)

    # -------------------------------------------------------------- pages and bytes

    def reserve_panel(self) -> None:
        """This page has the personal panel: a content stream of its own that issuing replaces."""
        self._panel = pdfdoc.PDFStream(content="q Q")
        self._panel_page = self.page_index

    def finish_page(self) -> None:
        """Close the page."""
        index = self.page_index
        self.showPage()
        page = self._doc.Pages.pages[-1]
        self.page_objects.append(page)
        # A stream of our own: ReportLab would write the page as ASCII85, a quarter larger and slow.
        streams = [self._doc.Reference(pdfdoc.PDFStream(content=page.stream, filters=[pdfdoc.PDFZCompress]))]
        if index == self._panel_page:
            streams.append(self._doc.Reference(self._panel, PANEL_OBJECT))
        page.Contents = pdfdoc.PDFArray(streams)

    def finish(self, root: StructureElement) -> bytes:
        """The whole file, with the structure tree below `root`."""
        write_structure(self._doc, root, self.page_objects, self.marks)
        return bytes(self.getpdfdata())

    def object_number(self, name: str) -> int:
        """The number of a named object, once the file is written."""
        return int(self._doc.idToObjectNumberAndVersion[name][0])


# ------------------------------------------------------------------ paths

_KAPPA = 0.5523


def rounded_box(x: float, y: float, width: float, height: float, radius: float) -> str:
    """The path of a box with rounded corners; (x, y) is its lower left."""
    radius = min(radius, width / 2, height / 2)
    k = radius * (1 - _KAPPA)
    right, top = x + width, y + height
    curves: list[tuple[str, tuple[float, ...]]] = [
        ("m", (x + radius, y)),
        ("l", (right - radius, y)),
        ("c", (right - k, y, right, y + k, right, y + radius)),
        ("l", (right, top - radius)),
        ("c", (right, top - k, right - k, top, right - radius, top)),
        ("l", (x + radius, top)),
        ("c", (x + k, top, x, top - k, x, top - radius)),
        ("l", (x, y + radius)),
        ("c", (x, y + k, x + k, y, x + radius, y)),
    ]
    return " ".join(f"{' '.join(map(number, points))} {operator}" for operator, points in curves) + " h"


def circle(x: float, y: float, radius: float) -> str:
    """The path of a circle around (x, y)."""
    return rounded_box(x - radius, y - radius, 2 * radius, 2 * radius, radius)


def polygon(points: list[tuple[float, float]], *, close: bool = True) -> str:
    """The path along the points."""
    first, *rest = points
    path = f"{number(first[0])} {number(first[1])} m " + " ".join(f"{number(x)} {number(y)} l" for x, y in rest)
    return path + (" h" if close else "")
