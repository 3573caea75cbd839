"""Tables; a cell's number can have a bar beside it. Phase 4, LAY OUT.

The number stands in words in its cell, under the headers of its row and column, and is what a screen reader says.
The bar is decoration: a filled box, and a line through all rows where the limit is. It needs no colour to be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from handouts.pdf.canvas import polygon
from handouts.pdf.stylesheet import INK
from handouts.pdf.units import Part, TextLines, Unit, without_elements

if TYPE_CHECKING:
    from handouts.document import Bar, Table
    from handouts.library.colour import Colour
    from handouts.pdf.blocks import BlockLayouter
    from handouts.pdf.canvas import SheetCanvas
    from handouts.pdf.tagging import StructureElement

# Columns with bars share this part of the width; of such a column, the words take a share and the longest bar the rest.
_BARRED = 0.6
_WORDS = 0.32
_GAP = 10.0
_BAR_HEIGHT = 0.62  # of the size of the type
_LIMIT_LINE = 1.1


class BarDrawing(Struct, frozen=True):
    """A bar in a row of `height`; the longest would be `length` wide. Its limit's line runs from row to row."""

    bar: Bar
    length: float
    height: float
    thickness: float
    colour: Colour

    def draw(self, canvas: SheetCanvas, x: float, top: float) -> None:
        """Draw it as decoration, from `x` on."""
        scale = self.length / self.bar.most
        width = scale * min(max(self.bar.value, 0.0), self.bar.most)
        if width:
            lower = top - (self.height + self.thickness) / 2
            corners = [(0, 0), (width, 0), (width, self.thickness), (0, self.thickness)]
            canvas.shape(polygon(corners), x, lower, fill=self.colour)
        limit = polygon([(0, 0), (0, self.height)], close=False)
        canvas.shape(limit, x + scale * self.bar.limit, top - self.height, stroke=INK, width=_LIMIT_LINE)


def table_units(layouter: BlockLayouter, block: Table, parent: StructureElement, width: float) -> list[Unit]:
    """A row for each of the table's; header rows are repeated on each page."""
    sheet = layouter.stylesheet
    pad = sheet.table_pad
    element = parent.add("Table")
    starts, widths = _columns(block, width)
    units: list[Unit] = []
    header: Unit | None = None
    for index, row in enumerate(block.rows):
        holder = element.add("TR")
        leaves: list[tuple[TextLines, float]] = []
        for cell, column in zip(row, widths, strict=False):
            style = sheet.style("label" if cell.scope else "body")
            cell_element = holder.add("TH" if cell.scope else "TD", scope=(cell.scope or "").title())
            room = (_WORDS if cell.bar else 1) * column - _GAP
            leaves.append(layouter.leaf(cell.children, style, cell_element, room))
        height = max((height for _, height in leaves), default=0.0) + 2 * pad
        parts: list[Part] = []
        for cell, (leaf, leaf_height), start, column in zip(row, leaves, starts, widths, strict=False):
            if cell.bar is None:
                parts.append(Part(start, pad, leaf))
                continue
            drawing = BarDrawing(
                cell.bar,
                length=(1 - _WORDS) * column - _GAP,
                height=height,
                thickness=_BAR_HEIGHT * sheet.style("body").size,
                colour=sheet.accent,
            )
            parts += [Part(start, (height - leaf_height) / 2, leaf), Part(start + _WORDS * column, 0, drawing)]
        unit = layouter.row(parts, height, width, before=6.0 if index == 0 else 0.0)
        if index < block.header_rows:
            header = replace(unit, parts=without_elements(unit.parts), before=0.0)
            units.append(replace(unit, keep=True))
        else:
            units.append(replace(unit, header=header))
    return units


def _columns(block: Table, width: float) -> tuple[list[float], list[float]]:
    """Where each column starts, and how wide it is: all alike, but for the room that bars leave to the others."""
    count = max((len(row) for row in block.rows), default=0)
    barred = {place for row in block.rows for place, cell in enumerate(row) if cell.bar}
    others = count - len(barred)
    if barred and others:
        shares = [_BARRED / len(barred) if place in barred else (1 - _BARRED) / others for place in range(count)]
    else:
        shares = [1 / max(1, count)] * count
    widths = [share * width for share in shares]
    return [sum(widths[:place]) for place in range(count)], widths
