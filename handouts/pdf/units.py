"""What a page is stacked from. Phase 4, LAY OUT.

A `Unit` is the least that stays on one page: two lines of a paragraph, a list item, a row, a warning box. It knows its
height and how to draw itself; pagination only decides where it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from handouts.pdf.canvas import circle, open_box, polygon, rounded_box
from handouts.pdf.stylesheet import HAIRLINE, WHITE
from handouts.pdf.tagging import DECORATION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handouts.library.colour import Colour
    from handouts.pdf.canvas import SheetCanvas
    from handouts.pdf.stylesheet import TextStyle
    from handouts.pdf.tagging import Owner, StructureElement
    from handouts.pdf.typesetting import Line


class Drawable(Protocol):
    """Something that draws itself with its top left corner at a point."""

    def draw(self, canvas: SheetCanvas, x: float, top: float) -> None:
        """Draw."""


class Part(Struct, frozen=True):
    """A drawable, from the unit's left and top."""

    x: float
    y: float
    drawable: Drawable


class Frame(Struct, frozen=True):
    """A box around units that follow one another; on each page around those that stand there. `x` is from the left."""

    width: float
    colour: Colour
    thickness: float = 0.9
    x: float = 0.0

    def draw(
        self,
        canvas: SheetCanvas,
        left: float,
        top: float,
        bottom: float,
        *,
        open_top: bool = False,
        open_bottom: bool = False,
    ) -> None:
        """Draw from `top` down to `bottom`; an end that is open has no line: the box goes on there."""
        path = open_box(self.width, top - bottom, 5, top=open_top, bottom=open_bottom)
        canvas.shape(path, left + self.x, bottom, stroke=self.colour, width=self.thickness)


class Unit(Struct, frozen=True):
    """The least that stays on one page. `before` is the space above it, dropped at the top of a page.

    `keep` ties it to the next unit, `together` less firmly (`pagination.py`). `header` is repeated when a page breaks
    before this unit.
    """

    height: float
    parts: tuple[Part, ...] = ()
    before: float = 0.0
    keep: bool = False
    together: bool = False
    frames: tuple[Frame, ...] = ()
    header: Unit | None = None
    new_page: bool = False

    def draw(self, canvas: SheetCanvas, left: float, top: float) -> None:
        """Draw the parts with the unit's upper left corner at (left, top)."""
        for part in self.parts:
            part.drawable.draw(canvas, left + part.x, top - part.y)


def shifted(parts: Iterable[Part], x: float, y: float) -> tuple[Part, ...]:
    """The parts, moved right and down."""
    return tuple(Part(part.x + x, part.y + y, part.drawable) for part in parts)


def stacked(units: Iterable[Unit]) -> Unit:
    """The units as one that does not break; frames inside it become parts."""
    parts: list[Part] = []
    y = 0.0
    spans: dict[int, tuple[Frame, float, float]] = {}
    for index, unit in enumerate(units):
        if index:
            y += unit.before
        parts.extend(shifted(unit.parts, 0, y))
        for frame in unit.frames:
            first = spans.get(id(frame), (frame, y, 0.0))[1]
            spans[id(frame)] = (frame, first, y + unit.height)
        y += unit.height
    framed = tuple(Part(0, first, _FrameDrawing(frame, last - first)) for frame, first, last in spans.values())
    return Unit(y, framed + tuple(parts))


def framed(units: Iterable[Unit], frames: tuple[Frame, ...], pad: float) -> list[Unit]:
    """The units, with the frames that they have, moved right by `pad` inside other frames."""
    moved: dict[int, Frame] = {}  # units of one box share its frame
    found: list[Unit] = []
    for unit in units:
        inner = [moved.setdefault(id(each), replace(each, x=each.x + pad)) for each in unit.frames]
        found.append(replace(unit, parts=shifted(unit.parts, pad, 0), frames=(*frames, *inner)))
    return found


def kept(units: list[Unit]) -> list[Unit]:
    """The units tied together, so that they stay on one page when they fit on one."""
    return [replace(unit, keep=True) for unit in units[:-1]] + units[-1:]


def gathered(units: list[Unit], first: int = 2, last: int = 2) -> list[Unit]:
    """The units loosely tied, and the first and the last of them firmly: none of these stands alone."""
    ends = {*range(first - 1), *range(len(units) - last, len(units) - 1)}
    return [
        replace(unit, together=index < len(units) - 1, keep=unit.keep or index in ends)
        for index, unit in enumerate(units)
    ]


def without_elements(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The same parts as decoration: a repeated table header is read once."""
    return tuple(
        replace(part, drawable=replace(part.drawable, owner=DECORATION))
        if isinstance(part.drawable, TextLines)
        else part
        for part in parts
    )


# ------------------------------------------------------------------ drawables


class TextLines(Struct, frozen=True):
    """Lines of one paragraph."""

    lines: tuple[Line, ...]
    style: TextStyle
    owner: Owner
    centred: bool = False

    def draw(self, canvas: SheetCanvas, x: float, top: float) -> None:
        """Draw the lines downwards, from `x` or around it."""
        canvas.draw_lines(self.lines, x, top, self.style, self.owner, centred=self.centred)


class RuleLine(Struct, frozen=True):
    """A horizontal rule."""

    length: float
    colour: Colour = HAIRLINE
    width: float = 0.7

    def draw(self, canvas: SheetCanvas, x: float, top: float) -> None:
        """Draw it at the top."""
        canvas.rule(x, top, self.length, self.colour, self.width)


class Bullet(Struct, frozen=True):
    """A dot before a list item, centred on the first line."""

    style: TextStyle
    colour: Colour

    def draw(self, canvas: SheetCanvas, x: float, top: float) -> None:
        """Draw it; the list structure says what it is, so the dot itself is decoration."""
        canvas.shape(circle(0.15 * self.style.size), x + 4, top - self.style.leading / 2 - 0.3, fill=self.colour)


class NumberDisc(Struct, frozen=True):
    """The number of a step, white on a disc of the brand's colour."""

    lines: tuple[Line, ...]
    style: TextStyle
    colour: Colour
    element: StructureElement

    def draw(self, canvas: SheetCanvas, x: float, top: float) -> None:
        """Draw the disc as decoration and the number as the item's label."""
        radius = 0.66 * self.style.size
        canvas.shape(circle(radius), x + radius, top - self.style.leading / 2, fill=self.colour)
        width = self.lines[0].width
        canvas.draw_lines(self.lines, x + radius - width / 2, top, self.style, self.element)


class Band(Struct, frozen=True):
    """A filled box behind words set in white."""

    width: float
    height: float
    colour: Colour

    def draw(self, canvas: SheetCanvas, x: float, top: float) -> None:
        """Draw it as decoration."""
        canvas.shape(rounded_box(self.width, self.height, 4), x, top - self.height, fill=self.colour)


class CheckBox(Struct, frozen=True):
    """A box to tick, with a pen or, when it is given an element, on a screen; `tooltip` says what it stands for."""

    size: float
    colour: Colour
    element: StructureElement | None = None
    tooltip: str = ""

    def draw(self, canvas: SheetCanvas, x: float, top: float) -> None:
        """Draw the box."""
        bottom = top - self.size
        canvas.shape(rounded_box(self.size, self.size, 2), x, bottom, stroke=self.colour, width=0.08 * self.size)
        if self.element is not None:
            canvas.forms.check_box(self.element, (x, bottom, x + self.size, top), self.tooltip)


class WritingRoom(Struct, frozen=True):
    """Ruled lines to write on, with a pen or, when they are given an element, on a screen."""

    width: float
    count: int
    spacing: float
    colour: Colour
    size: float
    element: StructureElement | None = None
    tooltip: str = ""

    def draw(self, canvas: SheetCanvas, x: float, top: float) -> None:
        """Draw the lines."""
        bottom = top - self.count * self.spacing
        for index in range(self.count):
            canvas.rule(x, top - (index + 1) * self.spacing, self.width, self.colour)
        if self.element is not None:
            box = (x, bottom - 1, x + self.width, top - 4)
            canvas.forms.text_field(self.element, box, self.tooltip, self.size, multiline=self.count > 1)


class WritingBox(Struct, frozen=True):
    """A box to write in, a cell of a table: with a pen or, when it is given an element, on a screen."""

    width: float
    height: float
    colour: Colour
    size: float
    element: StructureElement | None = None
    tooltip: str = ""
    multiline: bool = False

    def draw(self, canvas: SheetCanvas, x: float, top: float) -> None:
        """Draw the box."""
        bottom = top - self.height
        canvas.shape(rounded_box(self.width, self.height, 2), x, bottom, stroke=self.colour, width=0.8)
        if self.element is not None:
            box = (x + 2, bottom + 2, x + self.width - 2, top - 2)
            canvas.forms.text_field(self.element, box, self.tooltip, self.size, multiline=self.multiline)


class Bookmark(Struct, frozen=True):
    """A place that the file's outline leads to."""

    title: str

    def draw(self, canvas: SheetCanvas, x: float, top: float) -> None:  # noqa: ARG002  a Drawable has both
        """Set the bookmark; nothing is painted."""
        canvas.bookmark(self.title, 0, top + 6)


class Icon(Struct, frozen=True):
    """The sign of an urgency: a triangle, a telephone, a calendar. Its meaning stands beside it in words."""

    kind: Literal["emergency", "same-day", "routine"]
    size: float
    colour: Colour
    ground: Colour = WHITE

    def draw(self, canvas: SheetCanvas, x: float, top: float) -> None:
        """Draw the sign in a square of `size`."""
        size = self.size
        line = 0.1 * size

        def shape(path: str, at: tuple[float, float] = (0, 0), **paint: Any) -> None:
            canvas.shape(path, x + size * at[0], top - size + size * at[1], **paint)

        def along(*points: tuple[float, float], close: bool = False) -> str:
            return polygon([(size * across, size * up) for across, up in points], close=close)

        if self.kind == "emergency":
            shape(along((0, 0.05), (1, 0.05), (0.5, 1), close=True), fill=self.colour, stroke=self.colour, width=1)
            shape(along((0.5, 0.66), (0.5, 0.4)), stroke=self.ground, width=1.2 * line)
            shape(circle(0.07 * size), (0.5, 0.2), fill=self.ground)
        elif self.kind == "same-day":
            shape(rounded_box(0.56 * size, size, 0.13 * size), (0.22, 0), stroke=self.colour, width=line)
            shape(along((0.42, 0.16), (0.58, 0.16)), stroke=self.colour, width=line)
        else:
            shape(rounded_box(0.88 * size, 0.86 * size, 0.1 * size), (0.06, 0), stroke=self.colour, width=line)
            for ends in (((0.06, 0.58), (0.94, 0.58)), ((0.3, 0.78), (0.3, 1)), ((0.7, 0.78), (0.7, 1))):
                shape(along(*ends), stroke=self.colour, width=line)


class _FrameDrawing(Struct, frozen=True):
    frame: Frame
    height: float

    def draw(self, canvas: SheetCanvas, x: float, top: float) -> None:
        self.frame.draw(canvas, x, top, top - self.height)


class PlacedUnit(Struct):
    """A unit at its place: `top` in points from the lower edge of the page."""

    unit: Unit
    top: float


class Page(Struct):
    """The units of one page, in order."""

    units: list[PlacedUnit] = field(default_factory=list)

    def frames(self) -> frozenset[int]:
        """The identities of the frames that stand on this page."""
        return frozenset(id(frame) for placed in self.units for frame in placed.unit.frames)
