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
from handouts.pdf.units import Part, Unit, without_elements

if TYPE_CHECKING:
    from handouts.document import Bar, Table
    from handouts.library.colour import Colour
    from handouts.pdf.blocks import BlockLayouter
    from handouts.pdf.canvas import SheetCanvas
    from handouts.pdf.tagging import StructureElement

# Of a column with bars, the words take this share and the longest bar the rest.
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
        middle = top - self.height / 2
        upper, lower = middle + self.thickness / 2, middle - self.thickness / 2
        if width:
            corners = [(x, lower), (x + width, lower), (x + width, upper), (x, upper)]
            canvas.shape(polygon(corners), fill=self.colour)
        limit = x + scale * self.bar.limit
        canvas.shape(polygon([(limit, top), (limit, top - self.height)], close=False), stroke=INK, width=_LIMIT_LINE)


def table_units(layouter: BlockLayouter, block: Table, parent: StructureElement, width: float) -> list[Unit]:
    """A row for each of the table's; header rows are repeated on each page."""
    sheet = layouter.stylesheet
    pad = sheet.table_pad
    element = parent.add("Table")
    column = width / max(1, max((len(row) for row in block.rows), default=0))
    barred = {place for row in block.rows for place, cell in enumerate(row) if cell.bar}
    units: list[Unit] = []
    header: Unit | None = None
    for index, row in enumerate(block.rows):
        holder = element.add("TR")
        parts: list[Part] = []
        height = 0.0
        for place, cell in enumerate(row):
            style = sheet.style("label" if cell.scope else "body")
            cell_element = holder.add("TH" if cell.scope else "TD", scope=(cell.scope or "").title())
            narrow = place in barred and not cell.scope
            room = (_WORDS if narrow else 1) * column - _GAP
            leaf, leaf_height = layouter.leaf(cell.children, style, cell_element, room)
            parts.append(Part(place * column, pad, leaf))
            height = max(height, leaf_height)
        height += 2 * pad
        for place, cell in enumerate(row):
            if cell.bar:
                thickness = _BAR_HEIGHT * sheet.style("body").size
                length = (1 - _WORDS) * column - _GAP
                drawing = BarDrawing(cell.bar, length, height, thickness, sheet.accent)
                parts.append(Part((place + _WORDS) * column, 0, drawing))
        unit = layouter.row(parts, height, width, before=6.0 if index == 0 else 0.0)
        if index < block.header_rows:
            header = replace(unit, parts=without_elements(unit.parts), before=0.0)
            units.append(replace(unit, keep=True))
        else:
            units.append(replace(unit, header=header))
    return units
