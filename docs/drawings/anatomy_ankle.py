"""Draw the outer side of a right ankle with its three outer ligaments: `python docs/drawings/anatomy_ankle.py`.

Writes `ankle-where.svg` into the topic's figures. The same data always make the same bytes.

Shapes are in centimetres, x to the toes and y up from the middle of the talus's roll; the skin is that of the large
foot in `foot`. The thin bone (fibula) is the nearest to the eye and lies before the shin bone (tibia) and the talus.

The ligaments, after dissections (Cureus 2024;16(2):e53826; Bulletin of the NYU Hospital for Joint Diseases
2011;69(1):17): the front one from the fore edge of the outer ankle bone, 1 cm above its tip, to the neck of the talus,
1.4 cm long and 0.8 cm wide, nearly level; the middle one from the tip down and back to the heel bone, 2 cm long and
0.5 cm wide, 130° from the thin bone; the back one from 1 cm above the tip level to the back of the talus. They are
drawn half as wide again and more, and black, to be found at the size of a column. The small toes hide their bones.
"""

from __future__ import annotations

from pathlib import Path

from bones import BODY_LINE, INK, THIN_LINE, Sheet, View, curve, smooth
from foot import SIDE as SKIN
from foot import TOES_SIDE

FILE = Path(__file__).parents[2] / "content/topics/ankle-sprain/figures/ankle-where.svg"

WIDTH, HEIGHT = 340, 228
SCALE = 13.8  # px to the centimetre
TALUS_HEIGHT = 114.0  # px from the top
TALUS = 82.5  # px from the left
TOP = 7.9  # where the leg ends

SHIN_BONE = "2.05,7.9 2.1,5 2.4,3 2.5,2 2.15,1.35! 1.4,2.05 0.3,2.45 -0.8,2.2 -1.9,1.35! -2.1,2.2 -1.7,4 -1.15,7.9"
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
    # Metatarsals and the big toe, from the far side to the near one.
    "8,-1.7 10,-2.7 12.6,-4.3 13.1,-5.1 12.5,-5.6 10,-3.9 7.9,-2.9",
    "13.5,-4.9 15.4,-5.4 17.2,-5.6 17.4,-6.2 15.4,-6.3 13.4,-5.9",
    "6.8,-3.2 8.4,-3.9 9.7,-4.8 10.2,-5.6 9.6,-6.2 8.2,-5.5 6.5,-4.7",
)
THIN_BONE = (
    "0,7.9 0.15,5 0.4,3 0.75,1.6 0.85,0.5 0.7,-0.6 0.3,-1.5 -0.3,-1.9 -1,-1.5 -1.4,-0.5 -1.5,0.6 -1.35,2 -1.15,4 "
    "-1.1,7.9"
)
# Each by its two edges.
BACK_LIGAMENT = ("-1,0.5 -1.8,0.35 -2.55,0.1", "-0.9,-0.6 -1.8,-0.7 -2.5,-0.9")
MIDDLE_LIGAMENT = ("0.45,-1.7 -0.4,-2.65 -1.25,-3.5", "-0.5,-1.05 -1.3,-1.95 -2.2,-2.75")
FRONT_LIGAMENT = ("0.65,0.6 1.5,0.4 2.5,0.1", "0.4,-0.75 1.4,-0.9 2.35,-1.1")


def ligament(view: View, edges: tuple[str, str]) -> None:
    """A dark band between its two edges."""
    first, second = (curve(edge) for edge in edges)
    corners = {0, len(first) - 1}
    around = [(point, place in corners) for line in (first, second) for place, (point, _) in enumerate(line)]
    view.shape([*around[: len(first)], *around[: len(first) - 1 : -1]], THIN_LINE, INK)


def draw() -> str:
    """The picture, as SVG."""
    sheet = Sheet(WIDTH, HEIGHT, SCALE, TALUS_HEIGHT)
    view = View(sheet, TALUS)
    for bone in RAYS:
        view.shape(curve(bone))
    for toe in reversed(TOES_SIDE):
        view.draw(view.path(smooth([(point.real, point.imag) for point in toe])))
    skin = [(point.real, point.imag) for point, _ in SKIN if point.imag < TOP]
    view.draw(view.path(smooth([(2.95, TOP), *skin, (-3.9, TOP)])), BODY_LINE, fill="none")
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
