"""Draw the outer side of a right ankle with its three outer ligaments: `python docs/drawings/anatomy_ankle.py`.

Writes `ankle-where.svg` into the topic's figures. The same data always make the same bytes.

Shapes are in centimetres, x to the toes and y up from the middle of the talus's roll; the skin is that of the large
foot in `foot`. The thin bone (fibula) is the nearest to the eye and lies before the shin bone (tibia) and the talus.

The ligaments, after dissections (Cureus 2024;16(2):e53826; Bulletin of the NYU Hospital for Joint Diseases
2011;69(1):17): the front one from the fore edge of the outer ankle bone, 1 cm above its tip, to the neck of the talus,
1.4 cm long and 0.8 cm wide, nearly level; the middle one from the tip down and back to the heel bone, 2 cm long and
0.5 cm wide, 130° from the thin bone; the back one from 1 cm above the tip level to the back of the talus.
"""

from __future__ import annotations

from pathlib import Path

from bones import BODY_LINE, FIBRE_LINE, MUSCLE, THIN_LINE, Sheet, View, curve, smooth
from foot import SIDE as SKIN

FILE = Path(__file__).parents[2] / "content/topics/ankle-sprain/figures/ankle-where.svg"

WIDTH, HEIGHT = 340, 262
SCALE = 12.6  # px to the centimetre
TALUS_HEIGHT = 157.0  # px from the top
TALUS = 82.0  # px from the left

SHIN_BONE = (
    "2.15,12 2.05,8 2.1,5 2.4,3 2.5,2 2.15,1.35! 1.4,2.05 0.3,2.45 -0.8,2.2 -1.9,1.35! -2.1,2.2 -1.7,4 -1.2,6.5 -1,9 "
    "-0.8,11"
)
TALUS_BONE = (
    "-1.7,0.85 -1.1,1.7 0.2,2.15 1.3,1.8 2,0.95 2.5,0.4 3,0.45 3.6,0.4 4,-0.2 3.95,-1 3.3,-1.5 2.5,-1.25 1.9,-1.5 "
    "1.2,-1.95 0.5,-1.6 -0.5,-0.85 -1.5,-0.6 -2.4,-0.7 -2.5,-0.1 -1.95,0.2"
)
HEEL_BONE = (
    "1.15,-2.3 1.8,-2.5 2.5,-1.9 3.15,-2.1 3.35,-3 3.3,-4.6 2.8,-5.2 0.9,-5.4 -1,-6 -2.8,-6.8 -4.1,-6.6 -4.8,-5.2 "
    "-4.9,-3.4 -4.4,-1.9 -3.4,-1.5 -2.4,-1.15 -1.5,-0.9 -0.4,-1.2 0.5,-1.95"
)
MIDDLE_BONES = (
    "4.3,0.3 5.2,0.1 5.5,-0.7 5.3,-1.7 4.6,-2 4.1,-1.7 4.25,-0.7",  # navicular
    "5.65,-0.1 6.6,-0.75 7.8,-1.5 7.6,-2.9 6.4,-2.7 5.5,-2 5.7,-1",  # cuneiforms
    "3.6,-2.2 4.6,-2.3 6.3,-2.9 6.6,-3.6 6.3,-4.9 4.8,-5.4 3.6,-4.9 3.6,-3.5",  # cuboid
)
RAYS = (
    # A metatarsal and its toe: from the far side to the near one.
    (
        "8,-1.7 10,-2.7 12.6,-4.3 13.1,-5.1 12.5,-5.6 10,-3.9 7.9,-2.9",
        "13.5,-4.9 15.4,-5.4 17.2,-5.6 17.4,-6.2 15.4,-6.3 13.4,-5.9",
    ),
    (
        "6.8,-3.2 9,-4 11.6,-5.4 12.2,-6.1 11.5,-6.7 9,-5.5 6.5,-4.7",
        "12.6,-5.9 14,-6.1 15.2,-6.3 15.3,-6.8 14,-7 12.4,-6.9",
    ),
)
THIN_BONE = (
    "0,12 0,8 0.15,5 0.4,3 0.75,1.6 0.85,0.5 0.7,-0.6 0.3,-1.5 -0.3,-1.9 -1,-1.5 -1.4,-0.5 -1.5,0.6 -1.35,2 -1.15,4 "
    "-1.1,8 -1.1,12"
)
# Each by its two edges.
BACK_LIGAMENT = ("-1.1,0.3 -1.8,0.15 -2.5,-0.05", "-1,-0.5 -1.8,-0.55 -2.45,-0.7")
MIDDLE_LIGAMENT = ("0.25,-1.65 -0.6,-2.55 -1.45,-3.35", "-0.3,-1.2 -1.1,-2.05 -1.95,-2.85")
FRONT_LIGAMENT = ("0.6,0.4 1.4,0.2 2.35,-0.05", "0.4,-0.5 1.3,-0.65 2.25,-0.85")


def ligament(view: View, edges: tuple[str, str]) -> None:
    """A grey band between its two edges, with fibres along it."""
    first, second = (curve(edge) for edge in edges)
    corners = {0, len(first) - 1}
    around = [(point, place in corners) for line in (first, second) for place, (point, _) in enumerate(line)]
    view.shape([*around[: len(first)], *around[: len(first) - 1 : -1]], THIN_LINE, MUSCLE)
    for share in (1 / 3, 2 / 3):
        fibre = [
            (a + share * (c - a), b + share * (d - b)) for ((a, b), _), ((c, d), _) in zip(first, second, strict=True)
        ]
        view.draw(view.path(smooth(fibre)), FIBRE_LINE, fill="none")


def draw() -> str:
    """The picture, as SVG."""
    sheet = Sheet(WIDTH, HEIGHT, SCALE, TALUS_HEIGHT)
    view = View(sheet, TALUS)
    skin = [(point.real, point.imag) for point, _ in SKIN if point.imag < 11.5 or abs(point.real) > 1]
    view.draw(view.path(smooth(skin)), BODY_LINE, fill="none")
    for ray in RAYS:
        for bone in ray:
            view.shape(curve(bone))
    for bone in MIDDLE_BONES:
        view.shape(curve(bone))
    view.shape(curve(HEEL_BONE))
    view.shape(curve(TALUS_BONE))
    view.line(SHIN_BONE)
    ligament(view, BACK_LIGAMENT)
    view.draw(view.path(curve(THIN_BONE)))
    ligament(view, MIDDLE_LIGAMENT)
    ligament(view, FRONT_LIGAMENT)
    return sheet.svg()


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(draw(), encoding="ascii", newline="\n")
