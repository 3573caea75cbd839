"""Plain SVG as PDF operators: paths and shapes in plain colours, and nothing else. Phase 4, LAY OUT.

Why not svglib for these: a start that needs it takes twice as long (0.4 s), and every handout with an exercise would.
What is not plain (a transform, a style sheet, a gradient, text …) is left to svglib, which knows much more of SVG;
tests compare the two dot by dot.
"""

from __future__ import annotations

import re
import xml.parsers.expat
from functools import lru_cache
from math import isfinite, sqrt
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from handouts.pdf.svg_paths import NotPlainError, Point, SvgPath, shortened

if TYPE_CHECKING:
    from collections.abc import Callable

_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_NAMES = {"black": "#000000", "white": "#ffffff"}
_BEFORE_MOVE = re.compile(r"(?=M)")
_CAPS = {"butt": 0, "round": 1, "square": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2}
_PAINT = frozenset({"fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"})
_DEFAULTS = {
    "fill": "black",
    "stroke": "none",
    "stroke-width": "1",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
}
_SHAPES: dict[str, frozenset[str]] = {
    "path": frozenset({"d"}),
    "circle": frozenset({"cx", "cy", "r"}),
    "ellipse": frozenset({"cx", "cy", "rx", "ry"}),
    "rect": frozenset({"x", "y", "width", "height", "rx", "ry"}),
    "line": frozenset({"x1", "y1", "x2", "y2"}),
    "polyline": frozenset({"points"}),
    "polygon": frozenset({"points"}),
}
# The width of a view box in which two decimals are enough and a point is no million.
_LEAST_ACROSS, _MOST_ACROSS = 50, 100_000
_KAPPA = 4 / 3 * (sqrt(2) - 1)


class LineDrawing(Struct, frozen=True):
    """A drawing of that width and height in SVG's units: operators in those of its view box, y downwards.

    `left`, `top` and `across` are the view box's corner and its width.
    """

    width: float
    height: float
    left: float
    top: float
    across: float
    operators: str


@lru_cache(maxsize=64)
def read_line_drawing(data: bytes) -> LineDrawing | None:
    """The drawing, or None when it is not plain enough."""
    reader = _Reader()
    parser = xml.parsers.expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.ProcessingInstructionHandler = reader.refuse
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(data, True)  # noqa: FBT003  expat's own way
        return reader.drawing()
    except (NotPlainError, xml.parsers.expat.ExpatError, ValueError, OverflowError, ZeroDivisionError):
        return None


class _Reader:
    """Reads elements in their order; each inherits its paint from what it stands in."""

    def __init__(self) -> None:
        self.paints: list[dict[str, str]] = []
        self.page: LineDrawing | None = None
        self.parts: list[str] = ["4 M"]  # SVG's miter limit
        self.state = ""
        self.paths: dict[str, str] = {}

    def refuse(self, *_: object) -> None:
        raise NotPlainError

    def text(self, text: str) -> None:
        if text.strip():
            raise NotPlainError

    def start(self, name: str, attributes: dict[str, str]) -> None:
        geometry = {key: value for key, value in attributes.items() if key not in _PAINT}
        outer = self.paints[-1] if self.paints else _DEFAULTS
        paint = {**outer, **{key: value for key, value in attributes.items() if key in _PAINT}}
        if not self.paints:
            self._page(name, geometry)
        elif name == "g":
            if geometry:
                raise NotPlainError
        elif name in _SHAPES and geometry.keys() <= _SHAPES[name]:
            self._shape(self._outline(name, geometry), paint)
        else:
            raise NotPlainError
        self.paints.append(paint)

    def end(self, _name: str) -> None:
        self.paints.pop()

    def _page(self, name: str, geometry: dict[str, str]) -> None:
        if name != "svg" or geometry.keys() - {"xmlns", "width", "height", "viewBox", "version"}:
            raise NotPlainError
        width, height = (float(geometry.get(key, "").removesuffix("px")) for key in ("width", "height"))
        left, top, across, down = map(float, geometry.get("viewBox", f"0 0 {width} {height}").replace(",", " ").split())
        scale = width / across
        sizes = (width, height, across, down)
        if not all(isfinite(size) and size > 0 for size in sizes) or abs(scale - height / down) > 1e-3 * scale:
            raise NotPlainError
        if not _LEAST_ACROSS <= across <= _MOST_ACROSS:
            raise NotPlainError
        self.page = LineDrawing(width, height, left, top, across, "")

    def _outline(self, name: str, geometry: dict[str, str]) -> str:
        """The shape's operators. A drawing draws many a piece twice, its line and then its inside: read it once.

        A piece from one absolute move to the next stands for itself.
        """
        if name != "path":
            return _OUTLINES[name](geometry)
        pieces = [piece for piece in _BEFORE_MOVE.split(geometry.get("d", "")) if piece]
        for piece in pieces:
            if piece not in self.paths:
                self.paths[piece] = " ".join(SvgPath(piece).operators())
        return " ".join(self.paths[piece] for piece in pieces)

    def _shape(self, outline: str, paint: dict[str, str]) -> None:
        fill, stroke = _colour(paint["fill"]), _colour(paint["stroke"])
        width = float(paint["stroke-width"].removesuffix("px"))
        if width < 0 or paint["stroke-linecap"] not in _CAPS or paint["stroke-linejoin"] not in _JOINS:
            raise NotPlainError
        stroke = stroke if width else ""
        if not outline or not (fill or stroke):
            return
        state: list[str] = []
        if fill:
            state.append(f"{fill} rg")
        if stroke:
            cap, join = _CAPS[paint["stroke-linecap"]], _JOINS[paint["stroke-linejoin"]]
            state.append(f"{stroke} RG {shortened(width)} w {cap} J {join} j")
        wanted = " ".join(state)
        if wanted != self.state:
            self.parts.append(wanted)
            self.state = wanted
        self.parts.append(f"{outline} {'B' if fill and stroke else 'f' if fill else 'S'}")

    def drawing(self) -> LineDrawing:
        if self.page is None:
            raise NotPlainError
        return replace(self.page, operators="\n".join(self.parts))


def _colour(text: str) -> str:
    """Red, green and blue as operands; "" for none."""
    text = _NAMES.get(text, text)
    if text == "none":
        return ""
    if not _COLOUR.fullmatch(text):
        raise NotPlainError
    digits = text[1:] if len(text) == 7 else "".join(digit * 2 for digit in text[1:])
    return " ".join(f"{int(digits[place : place + 2], 16) / 255:.3f}".rstrip("0").rstrip(".") for place in (0, 2, 4))


# ------------------------------------------------------------------ shapes


def _length(geometry: dict[str, str], key: str) -> float:
    return float(geometry.get(key, "0").removesuffix("px"))


def _points(geometry: dict[str, str]) -> list[Point]:
    numbers = list(map(float, geometry.get("points", "").replace(",", " ").split()))
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _ellipse(x: float, y: float, rx: float, ry: float) -> str:
    if rx <= 0 or ry <= 0:
        return ""
    return _rounded(x - rx, y - ry, 2 * rx, 2 * ry, rx, ry)


def _rounded(x: float, y: float, width: float, height: float, rx: float, ry: float) -> str:
    """A box whose corners are quarters of an ellipse."""
    kx, ky = rx * (1 - _KAPPA), ry * (1 - _KAPPA)
    right, low = x + width, y + height
    steps: list[tuple[str, tuple[float, ...]]] = [
        ("m", (x + rx, y)),
        ("l", (right - rx, y)),
        ("c", (right - kx, y, right, y + ky, right, y + ry)),
        ("l", (right, low - ry)),
        ("c", (right, low - ky, right - kx, low, right - rx, low)),
        ("l", (x + rx, low)),
        ("c", (x + kx, low, x, low - ky, x, low - ry)),
        ("l", (x, y + ry)),
        ("c", (x, y + ky, x + kx, y, x + rx, y)),
    ]
    return " ".join(f"{' '.join(map(shortened, numbers))} {operator}" for operator, numbers in steps) + " h"


def _rect(geometry: dict[str, str]) -> str:
    x, y, width, height = (_length(geometry, key) for key in ("x", "y", "width", "height"))
    if width <= 0 or height <= 0:
        return ""
    rx = _length(geometry, "rx" if "rx" in geometry else "ry")
    ry = _length(geometry, "ry" if "ry" in geometry else "rx")
    rx, ry = min(max(rx, 0), width / 2), min(max(ry, 0), height / 2)
    if not rx or not ry:
        return f"{shortened(x)} {shortened(y)} {shortened(width)} {shortened(height)} re"
    return _rounded(x, y, width, height, rx, ry)


def _line(points: list[Point], *, close: bool = False) -> str:
    if not points:
        return ""
    first, *rest = [f"{shortened(x)} {shortened(y)}" for x, y in points]
    return " ".join([f"{first} m", *(f"{point} l" for point in rest), *(["h"] if close else [])])


_OUTLINES: dict[str, Callable[[dict[str, str]], str]] = {
    "circle": lambda geometry: _ellipse(
        _length(geometry, "cx"), _length(geometry, "cy"), _length(geometry, "r"), _length(geometry, "r")
    ),
    "ellipse": lambda geometry: _ellipse(*(_length(geometry, key) for key in ("cx", "cy", "rx", "ry"))),
    "rect": _rect,
    "line": lambda geometry: _line(
        [(_length(geometry, "x1"), _length(geometry, "y1")), (_length(geometry, "x2"), _length(geometry, "y2"))]
    ),
    "polyline": lambda geometry: _line(_points(geometry)),
    "polygon": lambda geometry: _line(_points(geometry), close=True),
}
