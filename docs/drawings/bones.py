"""Bones, muscles and skin in lines: smooth curves through points in centimetres, written as plain SVG.

A curve is a text of points `x,y` that it runs through smoothly; `!` makes a corner.
"""

from __future__ import annotations

from math import cos, radians, sin

INK, MUSCLE, PAPER = "#17191c", "#8a8f93", "#ffffff"
BODY_LINE, BONE_LINE, THIN_LINE, FIBRE_LINE, EDGE = 2.2, 1.5, 1.2, 1.0, 4.5  # px
FIBRES = 5

Point = tuple[float, float]
Curve = list[tuple[Point, bool]]
Vertebra = tuple[float, float, float, float, float]


def curve(text: str) -> Curve:
    """The points of a text, each with whether it is a corner."""
    points = []
    for word in text.split():
        x, y = word.rstrip("!").split(",")
        points.append(((float(x), float(y)), word.endswith("!")))
    return points


def smooth(points: list[Point]) -> Curve:
    """A curve without corners."""
    return [(point, False) for point in points]


def mirrored(points: Curve) -> Curve:
    """A curve and its mirror image, which meet at x = 0."""
    return [*points, *(((-x, y), corner) for (x, y), corner in points[-2:0:-1])]


def placed(x: float, y: float, tilt: float, points: list[Point]) -> list[Point]:
    """Points tilted forward by some degrees, around (0, 0), which then comes to (x, y)."""
    c, s = cos(radians(tilt)), sin(radians(tilt))
    return [(x + a * c + b * s, y - a * s + b * c) for a, b in points]


def disc(upper: Vertebra, lower: Vertebra) -> Curve:
    """The disc between the bodies of two vertebrae."""
    around = []
    for (x, y, tilt, w, h), end in ((upper, -1), (lower, 1)):
        around += placed(x, y, tilt, [(-w * end, h * end), (w * end, h * end)])
    return smooth(around)


def body(bone: Vertebra) -> Curve:
    """The body of a vertebra: a block with round corners and a waist."""
    x, y, tilt, w, h = bone
    half = [(w, h - 0.3), (w - 0.3, h), (-w + 0.3, h), (-w, h - 0.3), (-w + 0.25, 0)]
    return smooth(placed(x, y, tilt, [*half, *((-a, -b) for a, b in half)]))


class Sheet:
    """A sheet of paper: `scale` px are a centimetre, and what has the height 0 is `zero` px from the top."""

    def __init__(self, width: int, height: int, scale: float, zero: float) -> None:
        self.width, self.height, self.scale, self.zero = width, height, scale, zero
        self.marks: list[str] = []

    def svg(self) -> str:
        """The whole file."""
        size = f'width="{self.width}" height="{self.height}" viewBox="0 0 {self.width} {self.height}"'
        shared = (
            f'fill="{PAPER}" stroke="{INK}" stroke-width="{BONE_LINE}" stroke-linecap="round" stroke-linejoin="round"'
        )
        return "\n".join(
            [f'<svg xmlns="http://www.w3.org/2000/svg" {size}>', f"<g {shared}>", *self.marks, "</g>", "</svg>", ""]
        )


class View:
    """A view, or its mirrored half: it adds SVG elements to a sheet."""

    def __init__(self, sheet: Sheet, middle: float, *, mirror: bool = False) -> None:
        self.sheet, self.middle, self.sign = sheet, middle, -1 if mirror else 1

    def tenths(self, point: Point) -> tuple[int, int]:
        """A point in tenths of a px."""
        scale = self.sheet.scale
        x, y = self.middle + self.sign * scale * point[0], self.sheet.zero - scale * point[1]
        return round(10 * x), round(10 * y)

    def path(self, points: Curve, *, closed: bool = False) -> str:
        """Run through the points (Catmull-Rom, as cubic Béziers); a curve leaves a corner without a direction."""
        count = len(points)

        def tangent(index: int) -> Point:
            if points[index][1] or (not closed and index in {0, count - 1}):
                return 0.0, 0.0
            (before, _), (after, _) = points[index - 1], points[(index + 1) % count]
            return (after[0] - before[0]) / 6, (after[1] - before[1]) / 6

        here = self.tenths(points[0][0])
        parts = [f"M{here[0] / 10:g} {here[1] / 10:g}c"]
        for index in range(count if closed else count - 1):
            following = (index + 1) % count
            (start, _), (end, _) = points[index], points[following]
            out, into = tangent(index), tangent(following)
            controls = (start[0] + out[0], start[1] + out[1]), (end[0] - into[0], end[1] - into[1])
            numbers = [
                f"{(there - origin) / 10:g}"
                for point in (*controls, end)
                for there, origin in zip(self.tenths(point), here, strict=True)
            ]
            parts.append(" ".join(numbers) + " ")
            here = self.tenths(end)
        return "".join(parts).rstrip() + ("z" if closed else "")

    def draw(self, path: str, width: float = BONE_LINE, *, stroke: str = INK, fill: str = PAPER) -> None:
        """Draw a path; what is said once for the whole picture is not said again."""
        words = [f'd="{path}"']
        words += [f'fill="{fill}"'] * (fill != PAPER)
        words += [f'stroke="{stroke}"'] * (stroke != INK)
        words += [f'stroke-width="{width}"'] * (width != BONE_LINE)
        self.sheet.marks.append(f"<path {' '.join(words)}/>")

    def line(self, text: str, width: float = BONE_LINE, *, edge: bool = False) -> None:
        """Draw an open curve; with a white edge where it passes over what was drawn before."""
        points = curve(text)
        if edge:
            self.draw(self.path(points[1:-1]), EDGE, stroke=PAPER, fill="none")
        self.draw(self.path(points), width, fill="none")

    def shape(self, points: Curve, width: float = BONE_LINE, fill: str = PAPER) -> None:
        """Draw a closed curve."""
        self.draw(self.path(points, closed=True), width, fill=fill)

    def hole(self, x: float, y: float) -> None:
        """Draw one of the sacrum's holes."""
        cx, cy = self.tenths((x, y))
        self.sheet.marks.append(
            f'<ellipse cx="{cx / 10:g}" cy="{cy / 10:g}" rx="1.8" ry="1.4" stroke-width="{THIN_LINE}"/>'
        )

    def rod(self, text: str) -> None:
        """Draw a slender bone along a curve."""
        path = self.path(curve(text))
        self.draw(path, 4.2, fill="none")
        self.draw(path, 2.0, stroke=PAPER, fill="none")

    def spine(self, vertebrae: list[Vertebra], sacrum: Vertebra, grey: int | None = None) -> None:
        """Draw the discs and the bodies of the vertebrae. One disc may be grey."""
        for number, (upper, lower) in enumerate(zip(vertebrae, [*vertebrae[1:], sacrum], strict=True)):
            self.shape(disc(upper, lower), THIN_LINE, MUSCLE if number == grey else PAPER)
        for bone in vertebrae:
            self.shape(body(bone))

    def nerve(self, points: Curve, width: float) -> None:
        """Draw a nerve along a curve, that many px wide."""
        path = self.path(points)
        self.draw(path, width, fill="none")
        self.draw(path, width - 2 * THIN_LINE, stroke=MUSCLE, fill="none")

    def muscle(self, edges: tuple[str, str]) -> None:
        """Draw a muscle between its two edges, with fibres that run along it."""
        first, second = curve(edges[0]), curve(edges[1])
        self.shape([*first, *second[::-1]], fill=MUSCLE)
        for number in range(1, FIBRES):
            share = number / FIBRES
            fibre = [
                (a + share * (c - a), b + share * (d - b))
                for ((a, b), _), ((c, d), _) in zip(first, second, strict=True)
            ]
            outer = number in {1, FIBRES - 1}
            self.draw(self.path(smooth(fibre[2:-3] if outer else fibre[1:-2])), FIBRE_LINE, fill="none")
