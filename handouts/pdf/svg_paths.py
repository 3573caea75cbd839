"""The data of SVG paths as PDF operators (SVG 1.1, 8.3). Phase 4, LAY OUT."""

from __future__ import annotations

import re
from math import acos, cos, hypot, pi, sin, sqrt, tan
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMAND = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)")
# Possessive: a number is read one way only, however long it is.
_NUMBER = re.compile(r"[-+]?(?:\d++\.?\d*+|\.\d++)(?:[eE][-+]?\d++)?")
_DATA = re.compile(rf"(?:[MmLlHhVvCcSsQqTtAaZz\s,]|{_NUMBER.pattern})*+")
# An arc: three numbers, two flags that need no space behind them, and its end.
_ARC = re.compile(
    rf"((?:[\s,]*+{_NUMBER.pattern}){{3}})[\s,]*+([01])[\s,]*+([01])((?:[\s,]*+{_NUMBER.pattern}){{2}})[\s,]*+"
)

Point = tuple[float, float]


class NotPlainError(Exception):
    """The picture has something that this reader does not know."""


def shortened(value: float) -> str:
    """A number with two decimals: in a view box that is not tiny, less than a printer's dot."""
    if not -1e6 < value < 1e6:
        raise NotPlainError
    return f"{value:.2f}"


class SvgPath:
    """The data of a path (SVG 1.1, 8.3), step by step."""

    def __init__(self, data: str) -> None:
        self.data = data
        self.at: Point = (0.0, 0.0)
        self.first: Point = (0.0, 0.0)
        self.control: tuple[str, Point] = ("", (0.0, 0.0))  # the last curve's kind and its last control point

    def operators(self) -> Iterator[str]:
        """The path's operators. Raises NotPlainError for data that is wrong, or too large for a picture."""
        if not _DATA.fullmatch(self.data) or _COMMAND.sub("", self.data).strip():
            raise NotPlainError
        for index, (command, text) in enumerate(_COMMAND.findall(self.data)):
            if not index and command not in "Mm":
                raise NotPlainError
            if command in "Zz":
                if text.strip():
                    raise NotPlainError
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
            raise NotPlainError
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
            yield f"{shortened(self.at[0])} {shortened(self.at[1])} {kind.lower()}"
        elif kind in "HV":
            self.at = (x + numbers[0], self.at[1]) if kind == "H" else (self.at[0], y + numbers[0])
            yield f"{shortened(self.at[0])} {shortened(self.at[1])} l"
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
            raise NotPlainError
        return f"{a:.2f} {b:.2f} {c:.2f} {d:.2f} {x:.2f} {y:.2f} c"

    def _arc(self, numbers: list[float], end: Point) -> Iterator[str]:
        """An elliptical arc as cubic curves, a quarter turn at most each (SVG 1.1, F.6)."""
        rx, ry, turn, large, sweep = abs(numbers[0]), abs(numbers[1]), numbers[2] * pi / 180, numbers[3], numbers[4]
        start, self.at = self.at, end
        if start == end:
            return
        if not rx or not ry:
            yield f"{shortened(end[0])} {shortened(end[1])} l"
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
            yield " ".join(f"{shortened(x)} {shortened(y)}" for x, y in curve) + " c"


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
    try:
        numbers = list(map(float, text.replace(",", " ").split()))
    except ValueError:  # numbers that stand together, as in 1-2
        numbers = list(map(float, _NUMBER.findall(text)))
    if not numbers or len(numbers) % count:
        raise NotPlainError
    for place in range(0, len(numbers), count):
        yield numbers[place : place + count]


def _spaced_arcs(text: str) -> str:
    """The numbers of arcs with a space behind each flag."""
    arcs: list[str] = []
    place = 0
    while place < len(text):
        arc = _ARC.match(text, place)
        if arc is None:
            raise NotPlainError
        arcs.append(" ".join(arc.groups()))
        place = arc.end()
    return " ".join(arcs)
