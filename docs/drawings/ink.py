"""Ink on a picture: smooth outlines, lines and arrows, written as plain SVG.

Points are complex numbers in head heights, x to the right and y up, the ground at 0. A picture turns them into
pixels; widths of strokes are pixels from the start. A column of a page shrinks what is wider than it, and the wider a
picture is, the thicker are its strokes, so that every picture has the same line on paper. An angle is in degrees,
anticlockwise from "to the right". The SVG has paths and presentation attributes only, which every reader understands.
"""

from __future__ import annotations

import cmath
from math import radians
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

INK = "#17191c"
PAPER = "#fff"
NEAR, FAR, DETAIL, ARROW = 1.7, 1.3, 1.0, 3.4  # pixels; 4 pixels are 3 points on paper
ARROW_HEAD = 10.5  # pixels
COLUMN = 300  # pixels: what is wider is shrunk

# A straight piece with round ends: its start, the radius there, its end, the radius there.
Tube = tuple[complex, float, complex, float]


def toward(angle: float, length: float = 1) -> complex:
    """The step of that length in that direction."""
    return cmath.rect(length, radians(angle))


class Picture:
    """A sheet of paper, the ground `ground` pixels above its lower edge; `scale` pixels are the height of a head."""

    def __init__(self, width: int, height: int, scale: float, ground: float = 6) -> None:
        self.width, self.height, self.scale, self.ground = width, height, scale, ground
        self.weight = max(1, width / COLUMN)
        self.left = 0.0
        self.marks: list[str] = []

    def at(self, left: float, scale: float | None = None) -> None:
        """What is drawn next has its origin that many pixels from the left, and from now on another scale."""
        self.left = left
        self.scale = scale or self.scale

    def outline(self, points: Sequence[complex], width: float = NEAR, fill: str = PAPER) -> None:
        """A shape with a smooth outline; without a width it hides the seam where two parts of a body meet."""
        self._path(self._smooth(points, closed=True), fill, width)

    def union(
        self,
        parts: Sequence[Sequence[complex]],
        width: float = NEAR,
        tubes: Sequence[Tube] = (),
        open_parts: Sequence[tuple[Sequence[complex], Sequence[complex]]] = (),
    ) -> None:
        """Parts that are one body, with one line around them: their lines twice as thick, then all of them in white.

        An open part has corners: it is its shape and the stretch of it that has a line.
        """
        shapes = [self._smooth(_turned(part), closed=True) for part in parts] + [self._tube(*tube) for tube in tubes]
        lines = [self._straight(line) for _, line in open_parts]
        if lines:
            self._path("".join(lines), "none", 2 * width)
        self._path("".join(shapes), PAPER, 2 * width)
        shapes += [self._straight(_turned(shape)) + "z" for shape, _ in open_parts]
        self._path("".join(shapes), PAPER, 0)

    def corners(self, points: Sequence[complex], width: float = NEAR, fill: str = PAPER) -> None:
        """A shape with straight edges."""
        self._path(self._straight(points) + "z", fill, width)

    def curve(self, *points: complex, width: float = DETAIL) -> None:
        """A smooth line."""
        self._path(self._smooth(points, closed=False), "none", width)

    def line(self, *points: complex, width: float = NEAR) -> None:
        """A line with corners."""
        self._path(self._straight(points), "none", width)

    def bezier(self, points: Sequence[complex], width: float, fill: str) -> None:
        """A shape of a start and then two handles and an end for each piece."""
        start, *dots = map(self._dot, points)
        d = f"M{_pair(start)}c"
        for first, second, end in zip(dots[::3], dots[1::3], dots[2::3], strict=True):
            d += " ".join(_pair(dot, start) for dot in (first, second, end)) + " "
            start = end
        self._path(d.rstrip() + "z", fill, width)

    def arrow(self, *points: complex, both: bool = False, bold: float = 1) -> None:
        """A movement: a bold line through the points with a head at its end, or at both ends."""
        along = list(points)
        size = bold * ARROW_HEAD * self.weight / self.scale
        for tip, before, place in [(along[-1], along[-2], -1), (along[0], along[1], 0)][: 1 + both]:
            back = (before - tip) / abs(before - tip) * size
            self.corners([tip, tip + back + back * 0.55j, tip + back - back * 0.55j], 0, INK)
            along[place] = tip + back * 0.8
        self._path(self._smooth(along, closed=False), "none", bold * ARROW, cap="butt")

    def svg(self) -> str:
        """The whole file."""
        size = f'width="{self.width}" height="{self.height}" viewBox="0 0 {self.width} {self.height}"'
        stroke = f'stroke="{INK}" stroke-width="{self._wide(NEAR)}"'
        shared = f'fill="{PAPER}" {stroke} stroke-linecap="round" stroke-linejoin="round"'
        body = "\n".join(self.marks)
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n<g {shared}>\n{body}\n</g>\n</svg>\n'

    def _path(self, d: str, fill: str, width: float, cap: str = "") -> None:
        painted = f' fill="{fill}"' if fill != PAPER else ""
        if width != NEAR:
            painted += f' stroke-width="{self._wide(width)}"' if width else ' stroke="none"'
        if cap:
            painted += f' stroke-linecap="{cap}"'
        self.marks.append(f'<path{painted} d="{d}"/>')

    def _wide(self, width: float) -> str:
        return _number(round(10 * width * self.weight))

    def _straight(self, points: Iterable[complex]) -> str:
        start, *dots = map(self._dot, points)
        d = f"M{_pair(start)}l"
        for dot in dots:
            d += _pair(dot, start) + " "
            start = dot
        return d.rstrip()

    def _smooth(self, points: Sequence[complex], *, closed: bool) -> str:
        """A path through the points, parallel at each to the line between its neighbours (Catmull and Rom)."""
        around = [points[-1], *points, points[0], points[1]] if closed else [points[0], *points, points[-1]]
        dot = self._dot(points[0])
        d = f"M{_pair(dot)}"
        for before, start, end, after in zip(around, around[1:], around[2:], around[3:], strict=False):
            steps = [end - (after - start) / 6, end]
            # The first handle of a later piece mirrors the one before it, which "s" says without numbers.
            d += "s" if "c" in d else "c" + _pair(self._dot(start + (end - before) / 6), dot) + " "
            d += " ".join(_pair(self._dot(step), dot) for step in steps)
            dot = self._dot(end)
        return d + "z" * closed

    def _tube(self, start: complex, thick: float, end: complex, thin: float) -> str:
        """A straight piece with round ends of those radii."""
        side = (end - start) / abs(end - start) * 1j
        one, two, three, four = map(
            self._dot, (start + side * thick, end + side * thin, end - side * thin, start - side * thick)
        )

        def arc(radius: float, here: tuple[int, int], there: tuple[int, int]) -> str:
            size = _number(round(10 * radius * self.scale))
            return f"a{size} {size} 0 0 1 {_pair(there, here)}"

        return f"M{_pair(one)}l{_pair(two, one)}{arc(thin, two, three)}l{_pair(four, three)}{arc(thick, four, one)}z"

    def _dot(self, point: complex) -> tuple[int, int]:
        """Where a point is, in tenths of a pixel from the upper left corner."""
        x = self.left + point.real * self.scale
        y = self.height - self.ground - point.imag * self.scale
        return round(10 * x), round(10 * y)


def _turned(points: Sequence[complex]) -> Sequence[complex]:
    """The same shape, run through clockwise: overlapping shapes of one path fill each other only if all turn alike."""
    area = sum((a.conjugate() * b).imag for a, b in zip(points, [*points[1:], points[0]], strict=True))
    return points if area < 0 else points[::-1]


def _pair(dot: tuple[int, int], origin: tuple[int, int] = (0, 0)) -> str:
    return " ".join(_number(value - zero) for value, zero in zip(dot, origin, strict=True))


def _number(tenths: int) -> str:
    whole, rest = divmod(abs(tenths), 10)
    return f"{'-' * (tenths < 0)}{whole}" + f".{rest}" * bool(rest)
