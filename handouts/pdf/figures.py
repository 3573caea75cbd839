"""Figures with their captions, and codes that a telephone's camera reads. Phase 4, LAY OUT."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from handouts.errors import Diagnostic
from handouts.pdf.pictures import open_picture
from handouts.pdf.tagging import number
from handouts.pdf.units import Part, Unit, shifted, stacked

if TYPE_CHECKING:
    from handouts.document import Figure, QRCode
    from handouts.pdf.blocks import BlockLayouter
    from handouts.pdf.canvas import SheetCanvas
    from handouts.pdf.tagging import StructureElement

# Pictures are drawn for text of this size; in larger type they grow as the type does.
_DRAWN_FOR = 12.0
# A code stands in a white margin of this many modules (ISO/IEC 18004, 6.3.8).
_QUIET_ZONE = 4
# At body type of 12 points: a code is at least 0.9 inches wide without its margin, and a module 0.5 millimetres.
_LEAST_WIDTH = 65.0
_LEAST_MODULE = 1.42
_BLACK = (0.0, 0.0, 0.0)


def figure_unit(layouter: BlockLayouter, block: Figure, parent: StructureElement, width: float) -> Unit:
    """A picture, at most a third of a page high, with its caption below. Raises MissingResourceError."""
    file = Path(block.source)
    most = layouter.stylesheet.style("body").size / _DRAWN_FOR
    picture = open_picture(file, (width, layouter.page_room / 3), partial(_diagnostic, block), most)
    picture = replace(picture, owner=parent.add("Figure", alternate=block.alternate))
    units = [Unit(picture.height, (Part(0, 0, picture),))]
    if block.caption:
        style = replace(layouter.stylesheet.style("note"), before=3.0)
        units += layouter.text(block.caption, style, parent.add("Caption"), width)
    return replace(stacked(units), before=8.0)


def _diagnostic(block: Figure, code: str, message: str, hint: str) -> Diagnostic:
    """At the place that names the picture, as far as known."""
    file, line = block.place
    return Diagnostic(code, message, hint, file or Path(block.source).name, line)


class Code(Struct, frozen=True):
    """A QR code: rows of dark and light modules, `module` points each."""

    rows: tuple[bytes, ...]
    module: float
    element: StructureElement

    @property
    def size(self) -> float:
        """Its width and its height, with the quiet zone."""
        return (len(self.rows) + 2 * _QUIET_ZONE) * self.module

    def draw(self, canvas: SheetCanvas, x: float, top: float) -> None:
        """Draw the dark modules as one path: shapes of their own would show the paper between them."""
        self.element.box = (x, top - self.size, x + self.size, top)
        runs: list[str] = []
        for index, row in enumerate(self.rows):
            y = -(index + 1 + _QUIET_ZONE) * self.module
            start = 0
            while (start := row.find(1, start)) >= 0:
                end = row.find(0, start) if 0 in row[start:] else len(row)
                left = (start + _QUIET_ZONE) * self.module
                runs.append(" ".join(map(number, (left, y, (end - start) * self.module, self.module))) + " re")
                start = end
        canvas.shape(" ".join(runs), x, top, fill=_BLACK, owner=self.element)


def code_unit(layouter: BlockLayouter, block: QRCode, parent: StructureElement, width: float) -> Unit:
    """The code, and beside it the words."""
    import segno

    # Level M bears stains on 15 % of the code; more when it costs no room.
    rows = tuple(bytes(row) for row in segno.make(block.address, error="m", micro=False).matrix)
    scale = layouter.stylesheet.style("body").size / _DRAWN_FOR
    module = scale * max(_LEAST_WIDTH / len(rows), _LEAST_MODULE)
    code = Code(rows, module, parent.add("Figure", alternate=block.alternate))
    # In the page's column the margin of the paper is the code's, and its dark part stands where text begins.
    hang = _QUIET_ZONE * module if width == layouter.stylesheet.text_width else 0.0
    left = code.size - hang + 4.0
    whole = stacked(layouter.text(block.children, layouter.stylesheet.style("body"), parent.add("P"), width - left))
    height = max(code.size, whole.height)
    words = shifted(whole.parts, left, (height - whole.height) / 2)
    return Unit(height, (Part(-hang, (height - code.size) / 2, code), *words), before=4.0)
