"""Draw where the psoas muscle lies, from the front and from the side: `python docs/drawings/anatomy.py`.

Writes `psoas-where.svg` into the topic's figures. The same data always make the same bytes.

All shapes are in centimetres of an adult of middle height, y up from the height of the hip joints. In the front view
x = 0 is the middle of the body, and the left half is the right half mirrored. In the side view x = 0 is the hip joint,
and the person faces right. A curve is a text of points `x,y` that it runs through smoothly; `!` makes a corner.

What lies deep is seen through what lies before it. From the side, the muscle runs behind the wing of the hip bone (on
its inner side), before the pubic bone, and behind the thigh bone to its inner bump: bones that are nearer to the eye
than the muscle have their outlines drawn over it, with a white edge.

Proportions: hip joints 18 cm apart, upper front points of the hip bones 26 cm; 20 cm from the sacrum to the top of the
12th thoracic vertebra; the sacrum's upper end slopes 40°, the third lumbar vertebra lies level.
"""

from __future__ import annotations

from math import cos, radians, sin
from pathlib import Path

FILE = Path(__file__).parents[2] / "content/topics/psoas-muscle-spasm/figures/psoas-where.svg"

WIDTH, HEIGHT = 420, 260
SCALE = 4.65  # px to the centimetre
HIP_HEIGHT = 156.0  # px from the top
FRONT, SIDE = 120.0, 334.0  # px: the middle of the front view, the hip joint of the side view

INK, MUSCLE, PAPER = "#17191c", "#8a8f93", "#ffffff"
BODY_LINE, BONE_LINE, THIN_LINE, FIBRE_LINE, EDGE = 2.2, 1.5, 1.2, 1.0, 4.5  # px
FIBRES = 5

# ------------------------------------------------------------------ front view, its right half

BODY_FRONT = (
    "14.6,33 14.4,28 13.7,22 13.5,18.5 14.3,14 16,8 17.4,2 18,-4 18,-10 17.4,-16 16.6,-22",
    "1.9,-22 1.6,-16 1,-11.5 0,-9.6",
)
# The ligament from the hip bone's upper front point to the pubic bone: the groin crease lies along it.
GROIN = "13.1,6.9 10.4,4 9,2.7 7,1.3 5.4,0.4 3,-0.8"
RIBS_FRONT = (
    "2.7,28.9 5,27.6 7,25.4",
    "2.5,32 6,31.2 9.2,28.6 11.2,25",
)
# Half the width, height of the middle, half the height, reach of the transverse process; T11 to L5.
VERTEBRAE_FRONT = (
    (1.75, 30.9, 1.1, 0.0),
    (1.9, 27.9, 1.2, 2.9),
    (2.05, 24.7, 1.25, 4.2),
    (2.15, 21.4, 1.3, 4.8),
    (2.25, 18.0, 1.3, 5.4),
    (2.4, 14.5, 1.3, 5.1),
    (2.5, 11.0, 1.3, 5.0),
)
SACRUM_TOP_FRONT = (0.0, 7.5, 0.0, 2.5, 1.3)
SACRUM_FRONT = "0,8.6 2.3,8.7 3.4,9.5 4.9,9.4 5.3,8.2 4.9,6.2 3.9,4.2 2.7,2.6 1.7,1.2 0.8,0.7 0.5,0 0,-0.2"
SYMPHYSIS_FRONT = "0,-0.9 0.5,-1! 0.35,-3 0.6,-4.9! 0,-5"
SACRAL_HOLES = ((2.1, 7.3), (1.9, 5.6), (1.6, 4), (1.3, 2.6))
HIP_BONE_FRONT = (
    "4.7,9.6! 6.2,11.3 8.6,12.7 11,12.8 13.2,11.6 14.1,9.8 13.9,8.2 13.1,6.9! 12.3,5.9 12,5 12.2,4.1 11.9,3.2 "
    "11.2,2.5! 10,1.7 9.1,0.4 8.5,-1.2 8.2,-2.8! 8.5,-4.2 8.4,-6.2 7.4,-8.2 5.9,-8.5 4.4,-7.4 2.6,-6 0.6,-4.9! "
    "0.35,-3 0.5,-1! 1.6,-0.5 2.8,-0.6 4.6,0.7 6.2,2 6.9,3.1 6.4,4.6 5.5,6.2 4.6,7.4 4.3,8.6"
)
OBTURATOR_FRONT = "3.2,-2.3 4.9,-1.4 6.5,-2 6.8,-3.8 6.2,-5.7 5.1,-6 3.8,-4.7"
FEMUR_FRONT = (
    "13.3,-22 13.9,-14 14.6,-8 15.4,-4.8 16.1,-2.6 16.2,-0.8 15.4,0.7 14.2,0.9 13.3,0 12.3,0 11.2,1 "
    "10,2.2 8.4,2.4 6.7,1.2 "
    "6.5,-0.6 7.4,-2 9,-2.5 9.6,-2.7 9.8,-3.5 9.9,-4.4 9.7,-5.2 9.2,-6 9.4,-6.9 10.5,-7.9 11.2,-9.4 10.9,-14 10.4,-22"
)
HEAD_FRONT = "10.4,1.9 11.2,0.8 11.3,-0.5 10.8,-1.6 9.6,-2.7"
MUSCLE_FRONT = (
    "1.5,27.6 1.55,24.8 1.65,21.4 1.75,18 1.95,14.5 2.7,11 4,7.6 5.4,4.2 6.7,1 7.5,-1.2 8.6,-3.5 9.6,-5.3 10.1,-6.3",
    "1.9,27.8 2.9,24.8 3.8,21.4 4.6,18 5.4,14.5 6.2,11 7.2,7.6 8.2,4.2 9,1 9.5,-1.2 10,-3.5 10.5,-5.3 10.5,-6.2",
)

# ------------------------------------------------------------------ side view

BODY_SIDE = (
    "-11.4,33 -11,29 -9.8,24 -9,19.5 -9.2,16 -10.4,11.6 -12.6,7 -14.2,2 -14.2,-2.6 -12.8,-6.6 -10.6,-8.9 -8.6,-9.6",
    "-10,-9.2! -9.5,-13 -8.8,-22",
    "9.6,33 10,27 10.3,21 10.9,15 10.9,10 10.2,5 9.2,1 8.2,-1.6 7.1,-2.9",
    "8.3,-1.4! 8.9,-5 9.2,-10 8.9,-16 8.2,-22",
)
# Middle (two numbers), tilt in degrees, forward positive, half the depth, half the height; T11 to L5.
VERTEBRAE_SIDE = (
    (-2.9, 31.9, -17.0, 1.5, 1.1),
    (-2.0, 28.9, -15.0, 1.6, 1.2),
    (-1.15, 25.6, -12.0, 1.7, 1.25),
    (-0.5, 22.2, -7.0, 1.75, 1.3),
    (-0.2, 18.7, 0.0, 1.8, 1.3),
    (-0.45, 15.2, 10.0, 1.8, 1.3),
    (-1.35, 11.9, 25.0, 1.8, 1.3),
)
SACRUM_TOP_SIDE = (-3.4, 8.6, 40.0, 1.8, 1.3)
SPINOUS_PROCESS = (
    (0.2, 0.9),
    (-1.5, 0.8),
    (-2.6, 0.5),
    (-4.2, 0.2),
    (-4.9, -0.3),
    (-4.9, -1.4),
    (-4.3, -1.7),
    (-2.7, -1.2),
    (-1.5, -0.2),
    (0.2, 0),
)
SACRUM_SIDE = (
    "-1.2,8.4! -3.6,6.4 -6.2,4 -7.4,1.4 -7.3,-0.8 -6.3,-2.6 -7.2,-2.9 -8.6,-1.2 -9.3,1.4 -9.1,4 -7.8,7 "
    "-6,9.4 -4.1,10.8!"
)
HIP_WING_SIDE = (
    "2.2,2.3 3.4,3.1 4.3,4.3 4.1,5.4 4.2,6.6 4.9,8! 4.6,9.8 3,12 0.4,13.4 -3.2,13.9 -7,13 -9.6,10.8 "
    "-10,9.2! -9,8.2 -8.6,7 "
    "-6.8,6.2 -4.9,5 -4.2,3 -4.5,1.2 -5.4,-0.2!"
)
HIP_LOWER_SIDE = (
    "-5.4,-0.2! -4.6,-1.2 -4.5,-3 -5.2,-5 -5.2,-7 -4.2,-8.3 -2.6,-8.2 -0.6,-7.3 2,-6.6 4.4,-5.9 5.9,-4.6 "
    "6.2,-2.6 5.6,-1! "
    "4.4,0.2 3.4,1.2 3.1,2.2"
)
SOCKET_SIDE = "-3.6,1.6 -2.4,3.1 -0.4,3.6 1.2,3.1 2.2,2.3"
OBTURATOR_SIDE = "-1.8,-4 0.4,-3.3 3,-2.4 4.3,-2.6 4.1,-4 2.4,-5.2 0.2,-5.9 -1.6,-5.6"
FEMUR_SIDE = (
    "-1.6,-22 -1.4,-15 -1.8,-10 -2.2,-7.9 -3,-6.9 -3.2,-6 -2.8,-5 -3.1,-3.4 -3.6,-1.4 -3.2,0.2 -2.4,0.8 "
    "-2,1.7 -0.9,2.5 0.5,2.6 1.9,1.9 "
    "2.6,0.6 2.5,-0.8 1.6,-2.2 1.2,-3.4 1.2,-5.4 1.5,-9 1.8,-15 1.5,-22"
)
MUSCLE_SIDE = (
    (
        "-2.7,28.3 -2.2,25.6 -1.5,22.2 -1.1,18.7 -1,15.2 -0.7,11.9 0.2,8.4 1.4,5.2 2.6,2.6 2.8,0.4 2,-1.8 "
        "0.6,-3.7 -1.2,-5.2 -2.6,-6"
    ),
    (
        "-2.3,28.6 -0.9,25.6 0.4,22.2 1.4,18.7 2.2,15.2 2.8,11.9 3.5,8.4 4.2,5.2 4.9,2.6 4.8,0.2 3.7,-2.4 "
        "1.8,-4.6 -0.5,-5.9 -2.5,-6.5"
    ),
)

# ------------------------------------------------------------------ drawing

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


class View:
    """One of the two views, or its mirrored half: it adds SVG elements to a picture."""

    def __init__(self, picture: list[str], middle: float, *, mirror: bool = False) -> None:
        self.picture, self.middle, self.sign = picture, middle, -1 if mirror else 1

    def tenths(self, point: Point) -> tuple[int, int]:
        """A point in tenths of a px."""
        x, y = self.middle + self.sign * SCALE * point[0], HIP_HEIGHT - SCALE * point[1]
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
        self.picture.append(f"<path {' '.join(words)}/>")

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
        self.picture.append(
            f'<ellipse cx="{cx / 10:g}" cy="{cy / 10:g}" rx="1.8" ry="1.4" stroke-width="{THIN_LINE}"/>'
        )

    def rod(self, text: str) -> None:
        """Draw a slender bone along a curve."""
        path = self.path(curve(text))
        self.draw(path, 4.2, fill="none")
        self.draw(path, 2.0, stroke=PAPER, fill="none")

    def spine(self, vertebrae: list[Vertebra], sacrum: Vertebra) -> None:
        """Draw the discs and the vertebrae's bodies: blocks with round corners and a waist."""
        for upper, lower in zip(vertebrae, [*vertebrae[1:], sacrum], strict=True):
            around = []
            for (x, y, tilt, w, h), end in ((upper, -1), (lower, 1)):
                around += placed(x, y, tilt, [(-w * end, h * end), (w * end, h * end)])
            self.shape(smooth(around), THIN_LINE)
        for x, y, tilt, w, h in vertebrae:
            half = [(w, h - 0.3), (w - 0.3, h), (-w + 0.3, h), (-w, h - 0.3), (-w + 0.25, 0)]
            self.shape(smooth(placed(x, y, tilt, [*half, *((-a, -b) for a, b in half)])))

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


def draw_front(picture: list[str]) -> None:
    """Draw the front view, from far to near."""
    middle = View(picture, FRONT)
    halves = (middle, View(picture, FRONT, mirror=True))
    for half in halves:
        for text in BODY_FRONT:
            half.line(text, BODY_LINE)
        for text in RIBS_FRONT:
            half.rod(text)
        for w, y, _, reach in VERTEBRAE_FRONT:
            if reach:
                half.rod(f"{w},{y + 0.4} {reach - 0.4},{y + 0.5}")
    middle.spine([(0.0, y, 0.0, w, h) for w, y, h, _ in VERTEBRAE_FRONT], SACRUM_TOP_FRONT)
    middle.shape(mirrored(curve(SACRUM_FRONT)))
    middle.shape(mirrored(curve(SYMPHYSIS_FRONT)), THIN_LINE)
    for half in halves:
        for x, y in SACRAL_HOLES:
            half.hole(x, y)
        half.draw(half.path(curve(FEMUR_FRONT)))
        half.line(HEAD_FRONT, THIN_LINE)
        half.shape(curve(HIP_BONE_FRONT))
        half.shape(curve(OBTURATOR_FRONT), THIN_LINE)
        half.muscle(MUSCLE_FRONT)
        half.line(GROIN, THIN_LINE, edge=True)


def draw_side(picture: list[str]) -> None:
    """Draw the side view, from far to near."""
    view = View(picture, SIDE)
    for text in BODY_SIDE:
        view.line(text, BODY_LINE)
    for x, y, tilt, w, _ in VERTEBRAE_SIDE:
        view.shape(smooth(placed(x, y, tilt, [(a - w, b) for a, b in SPINOUS_PROCESS])))
    view.spine(list(VERTEBRAE_SIDE), SACRUM_TOP_SIDE)
    view.shape(curve(SACRUM_SIDE))
    view.line(HIP_LOWER_SIDE)
    view.shape(curve(OBTURATOR_SIDE), THIN_LINE)
    view.muscle(MUSCLE_SIDE)
    view.line(HIP_WING_SIDE, edge=True)
    view.line(SOCKET_SIDE, THIN_LINE)
    view.line(FEMUR_SIDE, edge=True)


def draw() -> str:
    """The picture, as SVG."""
    picture = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">',
        f'<g fill="{PAPER}" stroke="{INK}" stroke-width="{BONE_LINE}" stroke-linecap="round" stroke-linejoin="round">',
    ]
    draw_front(picture)
    draw_side(picture)
    return "\n".join([*picture, "</g>", "</svg>", ""])


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(draw(), encoding="ascii", newline="\n")
