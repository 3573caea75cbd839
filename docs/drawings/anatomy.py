"""Draw where the psoas muscle lies, from the front and from the side: `python docs/drawings/anatomy.py`.

Writes `psoas-where.svg` into the topic's figures. The same data always make the same bytes.

All shapes are in centimetres of an adult of middle height, y up from the height of the hip joints. In the front view
x = 0 is the middle of the body, and the left half is the right half mirrored. In the side view x = 0 is the hip joint,
and the person faces right.

What lies deep is seen through what lies before it. From the side, the muscle runs behind the wing of the hip bone (on
its inner side), before the pubic bone, and behind the thigh bone to its inner bump: bones that are nearer to the eye
than the muscle have their outlines drawn over it, with a white edge.

Proportions: hip joints 18 cm apart, upper front points of the hip bones 26 cm; 20 cm from the sacrum to the top of the
12th thoracic vertebra; the sacrum's upper end slopes 40°, the third lumbar vertebra lies level.
"""

from __future__ import annotations

from pathlib import Path

from bones import BODY_LINE, THIN_LINE, Sheet, View, curve, mirrored, placed, smooth

FILE = Path(__file__).parents[2] / "content/topics/psoas-muscle-spasm/figures/psoas-where.svg"

WIDTH, HEIGHT = 420, 260
SCALE = 4.65  # px to the centimetre
HIP_HEIGHT = 156.0  # px from the top
FRONT, SIDE = 120.0, 334.0  # px: the middle of the front view, the hip joint of the side view


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


def draw_front(picture: Sheet) -> None:
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


def draw_side(picture: Sheet) -> None:
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
    picture = Sheet(WIDTH, HEIGHT, SCALE, HIP_HEIGHT)
    draw_front(picture)
    draw_side(picture)
    return picture.svg()


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(draw(), encoding="ascii", newline="\n")
