"""The personal panel: lines for what belongs to one person. Phases 4 and 5.

Layout draws the labels and the rules, and fixes the size of each field. The values come when the sheet is issued,
into a content stream of their own, so that one laid-out sheet serves every patient.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from handouts.document import FieldName, PersonalPanel, Text
from handouts.errors import Diagnostic, LayoutError
from handouts.pdf.canvas import rounded_box
from handouts.pdf.stylesheet import HAIRLINE, MUTED, Stylesheet
from handouts.pdf.units import TextLines

if TYPE_CHECKING:
    from collections.abc import Container

    from handouts.pdf.canvas import SheetCanvas
    from handouts.pdf.tagging import Annotation, StructureElement
    from handouts.pdf.typesetting import Typesetter

# How a row of two fields is divided: a name needs more room than a date.
_SHARES = (0.6, 0.4)
_PAD = 10.0
# How far below the baseline the rule is, in points.
_RULE = 3.5
# How high two lines of capital letters are, in their size.
_TWO_LINES = 1.8


class PanelField(Struct, frozen=True):
    """Where a value goes: `x` and `baseline` in points, its room, its size, and the operator that begins its content.

    `holds_two` says that two lines of the least size have room. `holder` is the object of the field's paragraph,
    `filled` its text when there is a value, and `widget` a reference to the form field that is there when there is
    none.
    """

    name: FieldName
    x: float
    baseline: float
    width: float
    size: float
    least_size: float
    opening: str
    holds_two: bool = False
    holder: int = 0
    filled: bytes = b""
    widget: str = ""

    @property
    def empty(self) -> str:
        """The content of a line without a value."""
        return f"{self.opening} EMC" if self.opening != "n" else ""


class PanelPlace(Struct, frozen=True):
    """The panel in a sheet's file: what issuing writes anew.

    `stream` is the object of the values' content; `lists` are the objects that list form fields (the page's
    annotations, the form), each with the references that it holds.
    """

    stream: int
    fields: tuple[PanelField, ...]
    lists: tuple[tuple[int, tuple[str, ...]], ...]

    def without_fields(self, names: Container[str]) -> dict[int, bytes]:
        """The file's objects, without the form fields of the lines that are filled in."""
        gone = {field.widget for field in self.fields if field.name in names and field.widget}
        if not gone:
            return {}
        objects = {field.holder: field.filled for field in self.fields if field.widget in gone}
        for number, references in self.lists:
            left = " ".join([reference for reference in references if reference not in gone])
            objects[number] = f"[{left}]".encode("ascii")
        return objects


class PanelDrawing:
    """The panel as laid out; after drawing, `fields` says where the values go.

    `holders` has for each field its paragraph, and the form field that is there while the line is empty.
    """

    def __init__(
        self,
        panel: PersonalPanel,
        typesetter: Typesetter,
        stylesheet: Stylesheet,
        element: StructureElement,
        width: float,
        *,
        forms: bool,
    ) -> None:
        self.width = width
        self.forms = forms
        self.style = stylesheet.style("panel")
        self.sheet = stylesheet
        self.row_height = self.style.leading + 7
        self.fields: list[PanelField] = []
        self.holders: list[tuple[StructureElement, Annotation | None]] = []
        self.page = -1
        per_row = 1 if stylesheet.edition == "large-print" else 2
        self._cells: list[tuple[FieldName, str, int, float, float, TextLines, StructureElement]] = []
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
            # A space that is read and not seen: "Name Ada", not "NameAda".
            *runs, last = lines[0].runs
            spaced = replace(lines[0], runs=(*runs, replace(last, text=f"{last.text} ")))
            label = TextLines((spaced,), self.style, holder)
            self._cells.append((field.name, field.label, row, x, room, label, holder))
        rows = 1 + max((cell[2] for cell in self._cells), default=-1)
        self.height = rows * self.row_height + 8

    def draw(self, canvas: SheetCanvas, x: float, top: float) -> None:
        """Draw the box, the labels and the rules; reserve the values' places, each with a line to type on."""
        self.page = canvas.page_index
        canvas.shape(rounded_box(self.width, self.height, 5), x, top - self.height, stroke=HAIRLINE, width=0.9)
        for name, words, row, left, room, label, holder in self._cells:
            line_top = top - 4 - row * self.row_height - (self.row_height - self.style.leading) / 2
            label.draw(canvas, x + left, line_top)
            start = x + left + label.lines[0].width + 6
            end = x + left + room
            baseline = line_top - (self.style.leading - self.style.size) / 2 - 0.8 * self.style.size
            canvas.rule(start, baseline - _RULE, end - start, MUTED, 0.6)
            value = holder.add("Span")
            self.fields.append(
                PanelField(
                    name,
                    start + 3,
                    baseline,
                    end - start - 6,
                    self.style.size,
                    self.sheet.smallest_value,
                    canvas.opening(value),
                    holds_two=_TWO_LINES * self.sheet.smallest_value <= self.row_height - _RULE,
                )
            )
            annotation = None
            if self.forms:
                box = (start + 1, baseline - _RULE, end, baseline + self.style.size + 1)
                annotation = canvas.forms.text_field(holder.add("Form"), box, words, self.style.size)
            self.holders.append((holder, annotation))


class PanelValues:
    """The values' place in the file while it is written: an empty content stream on the panel's page."""

    def __init__(self, canvas: SheetCanvas, panel: PanelDrawing) -> None:
        self.canvas = canvas
        self.panel = panel
        self.stream = canvas.content_stream("\n".join(["q Q", *(field.empty for field in panel.fields)]))

    def place(self) -> PanelPlace:
        """Where everything is, once the file is written."""
        canvas = self.canvas
        fields: list[PanelField] = []
        for field, (holder, annotation) in zip(self.panel.fields, self.panel.holders, strict=True):
            if annotation is None:
                fields.append(field)
                continue
            number, text = canvas.element_version(holder, annotation.element)
            widget = canvas.reference(annotation.written)
            fields.append(replace(field, holder=number, filled=text.encode("latin-1"), widget=widget))
        lists = [canvas.annotations_of(self.panel.page), canvas.forms.listed()] if self.panel.forms else []
        return PanelPlace(
            stream=canvas.object_number(self.stream),
            fields=tuple(fields),
            lists=tuple((number, tuple(canvas.reference(each.written) for each in listed)) for number, listed in lists),
        )
