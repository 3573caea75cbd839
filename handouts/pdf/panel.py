"""The personal panel: lines for what belongs to one person. Phases 4 and 5.

Layout draws the labels and the rules, and fixes the size of each field. The values come when the sheet is issued,
into a content stream of their own, so that one laid-out sheet serves every patient.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from handouts.document import FieldName, PersonalPanel, Text
from handouts.errors import Diagnostic, LayoutError
from handouts.pdf.canvas import rounded_box
from handouts.pdf.stylesheet import HAIRLINE, MUTED, Stylesheet
from handouts.pdf.units import TextLines

if TYPE_CHECKING:
    from handouts.pdf.canvas import SheetCanvas
    from handouts.pdf.structure import StructureElement
    from handouts.pdf.typesetting import Typesetter

# How a row of two fields is divided: a name needs more room than a date.
_SHARES = (0.6, 0.4)
_PAD = 10.0


class PanelField(Struct, frozen=True):
    """Where a value goes: `x` and `baseline` in points, its room, its size, and its marked-content id."""

    name: FieldName
    x: float
    baseline: float
    width: float
    size: float
    least_size: float
    mark: int


class PanelDrawing:
    """The panel as laid out; after drawing, `fields` says where the values go."""

    def __init__(
        self,
        panel: PersonalPanel,
        typesetter: Typesetter,
        stylesheet: Stylesheet,
        element: StructureElement,
        width: float,
    ) -> None:
        self.width = width
        self.style = stylesheet.style("panel")
        self.sheet = stylesheet
        self.row_height = self.style.leading + 8
        self.fields: list[PanelField] = []
        self.page = -1
        per_row = 1 if stylesheet.edition == "large-print" else 2
        self._cells: list[tuple[FieldName, int, float, float, TextLines, StructureElement]] = []
        inner = width - 2 * _PAD
        for index, field in enumerate(panel.fields):
            row, place = divmod(index, per_row)
            alone = per_row == 1 or (place == 0 and index == len(panel.fields) - 1)
            x = _PAD + (0.0 if place == 0 else inner * _SHARES[0])
            room = inner if alone else inner * _SHARES[place] - (14 if place == 0 else 0)
            holder = element.add("P")
            lines = typesetter.lines((Text(f"{field.label} "),), self.style, room)
            if len(lines) != 1 or lines[0].width > 0.6 * room:
                raise LayoutError(
                    Diagnostic(
                        "L105",
                        f'the panel has no room to write beside its label "{field.label}"',
                        "shorten the label in the language file or the template",
                    )
                )
            label = TextLines(lines, self.style, holder)
            self._cells.append((field.name, row, x, room, label, holder))
        rows = 1 + max((cell[1] for cell in self._cells), default=-1)
        self.height = rows * self.row_height + 10

    def draw(self, canvas: SheetCanvas, x: float, top: float) -> None:
        """Draw the box, the labels and the rules; reserve the values' place."""
        self.page = canvas.page_index
        canvas.reserve_panel()
        canvas.shape(rounded_box(x, top - self.height, self.width, self.height, 5), stroke=HAIRLINE, width=0.9)
        for name, row, left, room, label, holder in self._cells:
            line_top = top - 5 - row * self.row_height - (self.row_height - self.style.leading) / 2
            label.draw(canvas, x + left, line_top)
            start = x + left + label.lines[0].width + 6
            end = x + left + room
            baseline = line_top - (self.style.leading - self.style.size) / 2 - 0.8 * self.style.size
            canvas.rule(start, baseline - 3.5, end - start, MUTED, 0.6)
            value = holder.add("Span")
            self.fields.append(
                PanelField(
                    name,
                    start + 3,
                    baseline,
                    end - start - 6,
                    self.style.size,
                    self.sheet.smallest_value,
                    canvas.reserve_mark(value),
                )
            )
