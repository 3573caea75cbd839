"""Draw the lower spine with one disc and the nerve that leaves beside it: `python docs/drawings/anatomy_back.py`.

Writes `low-back-where.svg` into the topic's figures. The same data always make the same bytes.

On the left the side view of `anatomy`, where the nerve runs to the leg: out of the spine beside the lowest disc,
before the sacrum, through the notch below the wing of the hip bone (the wing lies nearer to the eye), between the seat
bone and the thigh bone, down the back of the thigh.

On the right the same place 4 times as large: the 4th and the 5th lumbar vertebra and the top of the sacrum. The upper
joint process of the lower bone lies nearer to the eye than the lower process of the upper one. Before them is the hole
through which the 5th nerve leaves, below the arch root of the 5th vertebra, to run down beside the sacrum.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from anatomy import (
    BODY_SIDE,
    FEMUR_SIDE,
    HIP_LOWER_SIDE,
    HIP_WING_SIDE,
    OBTURATOR_SIDE,
    SACRUM_SIDE,
    SACRUM_TOP_SIDE,
    SOCKET_SIDE,
    SPINOUS_PROCESS,
    VERTEBRAE_SIDE,
)
from bones import BODY_LINE, MUSCLE, PAPER, THIN_LINE, Curve, Sheet, Vertebra, View, body, curve, disc, placed, smooth

FILE = Path(__file__).parents[2] / "content/topics/low-back-pain/figures/low-back-where.svg"

WIDTH, HEIGHT = 410, 260
SCALE = 4.65  # px to the centimetre
HIP_HEIGHT = 156.0  # px from the top
WHOLE, LARGE = 78.0, 312.0  # px: the hip joint on the left, the middle of the vertebrae on the right

GREY_DISC = 6  # below the 5th lumbar vertebra, counted from the 11th thoracic one
NERVE = "-3.45,12.7 -3.5,11.4 -3.5,10 -3.9,8 -4.7,5.5 -5.2,3.2 -5.6,1 -5.6,-1 -5.2,-4 -4.6,-8 -4.1,-14 -3.9,-21.8"

ENLARGED, LENS = 4, (-3.0, 11.6)  # how many times, around which place of the whole
# A lumbar vertebra's arch, and the sacrum behind and below its upper end, from the middle of the body.
ARCH = (
    "-1.6,1 -2.2,0.95 -2.65,1.4 -2.95,1.95 -3.3,1.7 -3.45,0.8 -4.2,0.55 -5.6,0.3 -6.4,-0.1 -6.5,-1.2 -5.8,-1.6 "
    "-4.6,-1.1 -4.05,-1.3 -4.05,-2.2 -3.75,-2.6 -3.35,-2.3 -3.2,-1.2 -2.8,-0.3 -2.2,0 -1.6,-0.1"
)
SACRUM_LARGE = (
    "1.1,-3.6 1.4,-1 1.8,1.3! -1.8,1.3! -2.3,1.2 -2.65,1.6 -2.95,2.1 -3.3,1.8 -3.5,0.8 -4.2,0.3 -4.6,-0.4 -4.3,-1.2 "
    "-4.3,-2.2 -4.8,-3.2 -4.6,-4.4"
)
NERVE_LARGE = "-3.5,12.25 -3.6,11.4 -3.5,10 -3.9,8 -4.5,6.4"


def enlarged(points: Curve) -> Curve:
    """The same curve 4 times as large, in the middle of the picture's height."""
    middle = (HIP_HEIGHT - HEIGHT / 2) / SCALE
    return [(((x - LENS[0]) * ENLARGED, (y - LENS[1]) * ENLARGED + middle), corner) for (x, y), corner in points]


def tilted(bone: Vertebra, text: str) -> Curve:
    """A curve that is given around the middle of a vertebra, where that stands."""
    x, y, tilt, _, _ = bone
    points = curve(text)
    return [
        (place, corner) for place, (_, corner) in zip(placed(x, y, tilt, [p for p, _ in points]), points, strict=True)
    ]


def full_disc(upper: Vertebra, lower: Vertebra) -> Curve:
    """A disc with the corners of its bones, which swells a little before and behind them."""
    (a, _), (b, _), (c, _), (d, _) = disc(upper, lower)
    forward = (a[0] - b[0]) * 0.04, (a[1] - b[1]) * 0.04
    back = (b[0] + c[0]) / 2 - forward[0], (b[1] + c[1]) / 2 - forward[1]
    front = (a[0] + d[0]) / 2 + forward[0], (a[1] + d[1]) / 2 + forward[1]
    return [(a, True), (b, True), (back, False), (c, True), (d, True), (front, False)]


def draw_whole(view: View) -> None:
    """The lower trunk from its side."""
    for text in BODY_SIDE:
        view.line(text, BODY_LINE)
    for x, y, tilt, w, _ in VERTEBRAE_SIDE:
        view.shape(smooth(placed(x, y, tilt, [(a - w, b) for a, b in SPINOUS_PROCESS])))
    view.spine(list(VERTEBRAE_SIDE), SACRUM_TOP_SIDE, GREY_DISC)
    view.shape(curve(SACRUM_SIDE))
    view.line(HIP_LOWER_SIDE)
    view.shape(curve(OBTURATOR_SIDE), THIN_LINE)
    view.line(FEMUR_SIDE)
    view.nerve(curve(NERVE), 4.8)
    view.line(HIP_WING_SIDE, edge=True)
    view.line(SOCKET_SIDE, THIN_LINE)
    view.line(FEMUR_SIDE, edge=True)


def draw_large(view: View) -> None:
    """Two vertebrae and the top of the sacrum, with their discs."""
    bones = [*VERTEBRAE_SIDE[-2:], SACRUM_TOP_SIDE]
    for bone in bones[:2]:
        view.shape(enlarged(tilted(bone, ARCH)))
    view.draw(view.path(enlarged(tilted(SACRUM_TOP_SIDE, SACRUM_LARGE))))
    for (upper, lower), fill in zip(pairwise(bones), (PAPER, MUSCLE), strict=True):
        view.shape(enlarged(full_disc(upper, lower)), fill=fill)
    for bone in bones[:2]:
        view.shape(enlarged(body(bone)))
    view.nerve(enlarged(curve(NERVE_LARGE)), 10)


def draw() -> str:
    """The picture, as SVG."""
    sheet = Sheet(WIDTH, HEIGHT, SCALE, HIP_HEIGHT)
    draw_whole(View(sheet, WHOLE))
    draw_large(View(sheet, LARGE))
    return sheet.svg()


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(draw(), encoding="ascii", newline="\n")
