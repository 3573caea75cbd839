"""Plain SVG as PDF operators: paths and shapes in plain colours, and nothing else. Phase 4, LAY OUT.

Why not svglib for these: a start that needs it takes twice as long (0.4 s), and every handout with an exercise would.
What is not plain (a transform, a style sheet, a gradient, text …) is left to svglib, which knows much more of SVG;
tests compare the two dot by dot.
"""

from __future__ import annotations

import re
import xml.parsers.expat
from functools import lru_cache
from math import acos, cos, hypot, isfinite, pi, sin, sqrt, tan
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_COMMAND = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)")
# Possessive: a number is read one way only, however long it is.
_NUMBER = re.compile(r"[-+]?(?:\d++\.?\d*+|\.\d++)(?:[eE][-+]?\d++)?")
# An arc: three numbers, two flags that need no space behind them, and its end.
_ARC = re.compile(
    rf"((?:[\s,]*+{_NUMBER.pattern}){{3}})[\s,]*+([01])[\s,]*+([01])((?:[\s,]*+{_NUMBER.pattern}){{2}})[\s,]*+"
)
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_NAMES = {"black": "#000000", "white": "#ffffff"}
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

Point = tuple[float, float]


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


class _NotPlainError(Exception):
    """The picture has something that this reader does not know."""


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
    except (_NotPlainError, xml.parsers.expat.ExpatError, ValueError, OverflowError, ZeroDivisionError):
        return None


class _Reader:
    """Reads elements in their order; each inherits its paint from what it stands in."""

    def __init__(self) -> None:
        self.paints: list[dict[str, str]] = []
        self.page: LineDrawing | None = None
        self.parts: list[str] = ["4 M"]  # SVG's miter limit
        self.state = ""

    def refuse(self, *_: object) -> None:
        raise _NotPlainError

    def text(self, text: str) -> None:
        if text.strip():
            raise _NotPlainError

    def start(self, name: str, attributes: dict[str, str]) -> None:
        geometry = {key: value for key, value in attributes.items() if key not in _PAINT}
        outer = self.paints[-1] if self.paints else _DEFAULTS
        paint = {**outer, **{key: value for key, value in attributes.items() if key in _PAINT}}
        if not self.paints:
            self._page(name, geometry)
        elif name == "g":
            if geometry:
                raise _NotPlainError
        elif name in _SHAPES and geometry.keys() <= _SHAPES[name]:
            self._shape(_OUTLINES[name](geometry), paint)
        else:
            raise _NotPlainError
        self.paints.append(paint)

    def end(self, _name: str) -> None:
        self.paints.pop()

    def _page(self, name: str, geometry: dict[str, str]) -> None:
        if name != "svg" or geometry.keys() - {"xmlns", "width", "height", "viewBox", "version"}:
            raise _NotPlainError
        width, height = (float(geometry.get(key, "").removesuffix("px")) for key in ("width", "height"))
        left, top, across, down = map(float, geometry.get("viewBox", f"0 0 {width} {height}").replace(",", " ").split())
        scale = width / across
        sizes = (width, height, across, down)
        if not all(isfinite(size) and size > 0 for size in sizes) or abs(scale - height / down) > 1e-3 * scale:
            raise _NotPlainError
        if not _LEAST_ACROSS <= across <= _MOST_ACROSS:
            raise _NotPlainError
        self.page = LineDrawing(width, height, left, top, across, "")

    def _shape(self, outline: str, paint: dict[str, str]) -> None:
        fill, stroke = _colour(paint["fill"]), _colour(paint["stroke"])
        width = float(paint["stroke-width"].removesuffix("px"))
        if width < 0 or paint["stroke-linecap"] not in _CAPS or paint["stroke-linejoin"] not in _JOINS:
            raise _NotPlainError
        stroke = stroke if width else ""
        if not outline or not (fill or stroke):
            return
        state: list[str] = []
        if fill:
            state.append(f"{fill} rg")
        if stroke:
            cap, join = _CAPS[paint["stroke-linecap"]], _JOINS[paint["stroke-linejoin"]]
            state.append(f"{stroke} RG {_n(width)} w {cap} J {join} j")
        wanted = " ".join(state)
        if wanted != self.state:
            self.parts.append(wanted)
            self.state = wanted
        self.parts.append(f"{outline} {'B' if fill and stroke else 'f' if fill else 'S'}")

    def drawing(self) -> LineDrawing:
        if self.page is None:
            raise _NotPlainError
        return replace(self.page, operators="\n".join(self.parts))


def _n(value: float) -> str:
    """A number with two decimals: in a view box that is not tiny, less than a printer's dot."""
    if not -1e6 < value < 1e6:
        raise _NotPlainError
    return f"{value:.2f}"


def _colour(text: str) -> str:
    """Red, green and blue as operands; "" for none."""
    text = _NAMES.get(text, text)
    if text == "none":
        return ""
    if not _COLOUR.fullmatch(text):
        raise _NotPlainError
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
    return " ".join(f"{' '.join(map(_n, numbers))} {operator}" for operator, numbers in steps) + " h"


def _rect(geometry: dict[str, str]) -> str:
    x, y, width, height = (_length(geometry, key) for key in ("x", "y", "width", "height"))
    if width <= 0 or height <= 0:
        return ""
    rx = _length(geometry, "rx" if "rx" in geometry else "ry")
    ry = _length(geometry, "ry" if "ry" in geometry else "rx")
    rx, ry = min(max(rx, 0), width / 2), min(max(ry, 0), height / 2)
    if not rx or not ry:
        return f"{_n(x)} {_n(y)} {_n(width)} {_n(height)} re"
    return _rounded(x, y, width, height, rx, ry)


def _line(points: list[Point], *, close: bool = False) -> str:
    if not points:
        return ""
    first, *rest = [f"{_n(x)} {_n(y)}" for x, y in points]
    return " ".join([f"{first} m", *(f"{point} l" for point in rest), *(["h"] if close else [])])


_OUTLINES: dict[str, Callable[[dict[str, str]], str]] = {
    "path": lambda geometry: " ".join(_Path(geometry.get("d", "")).operators()),
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


# ------------------------------------------------------------------ paths


class _Path:
    """The data of a path (SVG 1.1, 8.3), step by step."""

    def __init__(self, data: str) -> None:
        self.data = data
        self.at: Point = (0.0, 0.0)
        self.first: Point = (0.0, 0.0)
        self.control: tuple[str, Point] = ("", (0.0, 0.0))  # the last curve's kind and its last control point

    def operators(self) -> Iterator[str]:
        if _COMMAND.sub("", self.data).strip():
            raise _NotPlainError
        for index, (command, text) in enumerate(_COMMAND.findall(self.data)):
            if not index and command not in "Mm":
                raise _NotPlainError
            if command in "Zz":
                if text.strip():
                    raise _NotPlainError
                self.at, self.control = self.first, ("", self.first)
                yield "h"
                continue
            if command in "csl":  # nearly all of a drawing that a program wrote
                yield from self._relative(command, text)
                continue
            for place, numbers in enumerate(_arguments(text, command)):
                # After the first pair, what follows a move is a line.
                step = {"M": "L", "m": "l"}.get(command, command) if place else command
                yield from self._step(step, numbers)

    def _relative(self, command: str, text: str) -> Iterator[str]:
        """Curves and lines from where the path is: what `_step` does, sooner."""
        x, y = self.at
        kind, (last_x, last_y) = self.control
        if kind != "C":
            last_x, last_y = x, y
        for numbers in _arguments(text, command):
            if command == "l":
                x, y = x + numbers[0], y + numbers[1]
                yield f"{x:.2f} {y:.2f} l"
                continue
            if command == "c":
                across, down, *numbers = numbers
                a, b = x + across, y + down
            else:
                a, b = 2 * x - last_x, 2 * y - last_y
            last_x, last_y = x + numbers[0], y + numbers[1]
            x, y = x + numbers[2], y + numbers[3]
            yield f"{a:.2f} {b:.2f} {last_x:.2f} {last_y:.2f} {x:.2f} {y:.2f} c"
        if not -1e6 < x + y + last_x + last_y < 1e6:
            raise _NotPlainError
        self.at = (x, y)
        self.control = ("", self.at) if command == "l" else ("C", (last_x, last_y))

    def _step(self, command: str, numbers: list[float]) -> Iterator[str]:
        x, y = self.at if command.islower() else (0.0, 0.0)
        kind = command.upper()
        control: tuple[str, Point] = ("", (0.0, 0.0))
        if kind in "ML":
            self.at = (x + numbers[0], y + numbers[1])
            if kind == "M":
                self.first = self.at
            yield f"{_n(self.at[0])} {_n(self.at[1])} {kind.lower()}"
        elif kind in "HV":
            self.at = (x + numbers[0], self.at[1]) if kind == "H" else (self.at[0], y + numbers[0])
            yield f"{_n(self.at[0])} {_n(self.at[1])} l"
        elif kind == "A":
            yield from self._arc(numbers, (x + numbers[5], y + numbers[6]))
        else:
            points = [(x + across, y + down) for across, down in zip(numbers[::2], numbers[1::2], strict=True)]
            if kind in "ST":  # the first control point mirrors the last curve's last one
                family = "C" if kind == "S" else "Q"
                last = self.control[1] if self.control[0] == family else self.at
                points.insert(0, (2 * self.at[0] - last[0], 2 * self.at[1] - last[1]))
            control = ("C" if kind in "CS" else "Q", points[-2])
            yield self._curve(points)
        self.control = control

    def _curve(self, points: list[Point]) -> str:
        if len(points) == 2:  # a quadratic curve as a cubic one
            (cx, cy), end = points
            first, last = [(x + 2 / 3 * (cx - x), y + 2 / 3 * (cy - y)) for x, y in (self.at, end)]
            points = [first, last, end]
        self.at = points[-1]
        (a, b), (c, d), (x, y) = points
        if not -1e6 < a + b + c + d + x + y < 1e6:
            raise _NotPlainError
        return f"{a:.2f} {b:.2f} {c:.2f} {d:.2f} {x:.2f} {y:.2f} c"

    def _arc(self, numbers: list[float], end: Point) -> Iterator[str]:
        """An elliptical arc as cubic curves, a quarter turn at most each (SVG 1.1, F.6)."""
        rx, ry, turn, large, sweep = abs(numbers[0]), abs(numbers[1]), numbers[2] * pi / 180, numbers[3], numbers[4]
        start, self.at = self.at, end
        if start == end:
            return
        if not rx or not ry:
            yield f"{_n(end[0])} {_n(end[1])} l"
            return
        co, si = cos(turn), sin(turn)
        dx, dy = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
        px, py = co * dx + si * dy, co * dy - si * dx
        grow = max(1.0, hypot(px / rx, py / ry))
        rx, ry = rx * grow, ry * grow
        square = (rx * ry) ** 2 - (rx * py) ** 2 - (ry * px) ** 2
        factor = sqrt(max(0.0, square / ((rx * py) ** 2 + (ry * px) ** 2))) * (-1 if large == sweep else 1)
        qx, qy = factor * rx * py / ry, -factor * ry * px / rx
        cx, cy = co * qx - si * qy + (start[0] + end[0]) / 2, si * qx + co * qy + (start[1] + end[1]) / 2
        first = _angle((1, 0), ((px - qx) / rx, (py - qy) / ry))
        swept = _angle(((px - qx) / rx, (py - qy) / ry), ((-px - qx) / rx, (-py - qy) / ry))
        swept += (2 * pi if sweep and swept < 0 else 0) - (2 * pi if not sweep and swept > 0 else 0)
        pieces = max(1, int(abs(swept) / (pi / 2) - 1e-9) + 1)
        step = swept / pieces
        reach = 4 / 3 * tan(step / 4)

        def at(x: float, y: float) -> Point:
            return cx + co * rx * x - si * ry * y, cy + si * rx * x + co * ry * y

        for piece in range(pieces):
            one, two = first + piece * step, first + (piece + 1) * step
            curve = [
                at(cos(one) - reach * sin(one), sin(one) + reach * cos(one)),
                at(cos(two) + reach * sin(two), sin(two) - reach * cos(two)),
                at(cos(two), sin(two)),
            ]
            yield " ".join(f"{_n(x)} {_n(y)}" for x, y in curve) + " c"


def _angle(one: Point, other: Point) -> float:
    """The angle from one direction to another, from -pi to pi."""
    cosine = (one[0] * other[0] + one[1] * other[1]) / (hypot(*one) * hypot(*other))
    angle = acos(max(-1.0, min(1.0, cosine)))
    return -angle if one[0] * other[1] - one[1] * other[0] < 0 else angle


def _arguments(text: str, command: str) -> Iterator[list[float]]:
    """The command's numbers, as many at a time as it takes."""
    count = {"H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "A": 7}.get(command.upper(), 2)
    if command in "Aa":
        text = _spaced_arcs(text)
    numbers = list(map(float, _NUMBER.findall(text)))
    if _NUMBER.sub("", text).strip(" \t\r\n,") or not numbers or len(numbers) % count:
        raise _NotPlainError
    for place in range(0, len(numbers), count):
        yield numbers[place : place + count]


def _spaced_arcs(text: str) -> str:
    """The numbers of arcs with a space behind each flag."""
    arcs: list[str] = []
    place = 0
    while place < len(text):
        arc = _ARC.match(text, place)
        if arc is None:
            raise _NotPlainError
        arcs.append(" ".join(arc.groups()))
        place = arc.end()
    return " ".join(arcs)
