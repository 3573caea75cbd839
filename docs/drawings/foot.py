"""A bare foot seen large: from its outer side, the toes to the right, or from above, the toes up.

Lengths are centimetres.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ink import DETAIL, INK, NEAR, Picture, Tube, toward

if TYPE_CHECKING:
    from collections.abc import Callable

# fmt: off
# The outline from the shin round the toes, the sole and the heel to the calf, seen from the outer side; the ankle's
# axis is at 0. The number is how much of the foot's tilt a point follows.
SIDE = (
    (3 + 12j, 0), (2.9 + 7j, 0), (3.1 + 4j, 0.15), (4.3 + 1.4j, 0.6), (6.6 - 0.4j, 1), (9.6 - 2j, 1), (12.8 - 3.6j, 1),
    (15.2 - 4.5j, 1), (16.9 - 4.6j, 1), (18.2 - 5.2j, 1), (18.5 - 6.5j, 1), (17.6 - 7.4j, 1), (15.6 - 7.5j, 1),
    (13.4 - 7.5j, 1), (11 - 7.9j, 1), (8 - 7.8j, 1), (4 - 7.5j, 1), (0 - 7.8j, 1), (-3.2 - 7.9j, 1), (-5.2 - 6.8j, 1),
    (-5.7 - 4.8j, 1), (-5.1 - 2.4j, 0.9), (-4.2 - 0.2j, 0.6), (-3.7 + 3j, 0.2), (-3.8 + 7j, 0), (-4.3 + 12j, 0),
    (-0.6 + 11.5j, 0),
)
TOES_SIDE = (
    (9.8 - 6.6j, 10.6 - 5.4j, 12.2 - 5.5j, 12.6 - 6.7j, 11.8 - 7.6j),
    (12.2 - 5.5j, 13.2 - 5j, 14.3 - 5.6j, 14.5 - 6.7j, 13.8 - 7.4j),
    (14.2 - 5.5j, 15.1 - 5j, 16.1 - 5.6j, 16.2 - 6.7j, 15.6 - 7.4j),
)
ANKLE_BONE = (1.5 + 0.9j, 1.7 - 0.5j, 0.7 - 1.7j, -0.5 - 1.5j, -0.9 - 0.4j)
TROUSERS = (4.6, 5 + 8.4j, -6 + 8.4j, -5.4)
# The outline's part that a wrap covers, with how much of the foot's tilt each point follows.
WRAP_SIDE = (
    (3.1 + 4j, 0.15), (4.3 + 1.4j, 0.6), (7.6 - 0.9j, 1), (6.6 - 7.7j, 1), (1 - 7.75j, 1), (-5.1 - 2.4j, 0.9),
    (-4.2 - 0.2j, 0.6), (-3.8 + 4j, 0.15),
)
# fmt: on
BALL = 12.6 - 7.5j  # the sole where the toes bend


def foot_side(
    picture: Picture,
    ankle: complex,
    lean: float = 0,
    tilt: float = 0,
    width: float = NEAR,
    shin: float = 7.6,
    *,
    on_ball: bool = False,
) -> Callable[[complex, float], complex]:
    """A foot from its outer side: its leg leans to the left by `lean` degrees, its toes are up by `tilt`.

    The leg is bare to `shin` centimetres above the ankle. A foot that stands on its ball has its toes flat. A foot of
    the far side, whose lines have the `width` FAR, shows neither its outer side nor its calf.

    The answer finds a place of the outline above on the picture.
    """
    turn = toward(lean)

    def place(point: complex, share: float = 1) -> complex:
        if on_ball and point.real > BALL.real:
            return place(BALL) + turn * (point - BALL)
        return ankle + turn * toward(tilt * share) * point

    longer = max(0, shin - 10) * 1j
    skin = [(point + longer if point.imag > 11 else point, share) for point, share in SIDE]
    picture.outline([place(point, share) for point, share in skin], width)
    if width == NEAR:
        for toe in TOES_SIDE:
            picture.curve(*(place(point) for point in toe))
        picture.curve(*(place(point, 0.4) for point in ANKLE_BONE))
    front, knee_front, knee_back, back = (place(point + shin * 1j, 0) for point in TROUSERS)
    picture.corners([knee_front, front, back, knee_back], 0)
    picture.line(knee_front, front, back, *([knee_back] if width == NEAR else []), width=width)
    return place


def wrap_side(picture: Picture, place: Callable[[complex, float], complex]) -> None:
    """A dark wrap round the ankle of such a foot."""
    picture.corners([place(point, share) for point, share in WRAP_SIDE], DETAIL, INK)


# fmt: off
# A right foot from above, the middle of its heel at 0: its outline without the toes, then the toes from the big one.
ABOVE = (
    0 - 4.4j, -2.6 - 3.4j, -3.2 + 0j, -3 + 5j, -3.5 + 10j, -4.3 + 13.5j, -4 + 16j, -1.5 + 16.8j, 1 + 16.3j, 3.2 + 15.2j,
    4.9 + 13.2j, 5.1 + 11j, 4.4 + 6j, 3.6 + 1j, 2.8 - 3.2j,
)
TOES_ABOVE: tuple[Tube, ...] = (
    (-2.6 + 15.6j, 1.55, -2.2 + 19.6j, 1.35), (-0.1 + 16j, 1, 0.3 + 19.9j, 0.9), (1.6 + 15.4j, 0.95, 2.1 + 18.8j, 0.85),
    (3 + 14.4j, 0.9, 3.6 + 17.3j, 0.8), (4.1 + 13j, 0.85, 4.9 + 15.5j, 0.75),
)
LEG_ABOVE = 0.1 + 1.2j  # the middle of the leg, cut above the ankle
NAILS = (0.85, 0.5, 0.45, 0.4, 0.4)
# fmt: on


def foot_above(picture: Picture, heel: complex, turn: float = 0, *, left: bool = False) -> Callable[[complex], complex]:
    """A foot seen from above, the heel behind its leg, which is cut off; the toes turned outward by `turn` degrees.

    The answer finds a place of the outline above on the picture.
    """
    out = toward(-turn)

    def place(point: complex) -> complex:
        point *= out
        return heel + (-point.conjugate() if left else point)

    tubes = [(place(a), thick, place(b), thin) for a, thick, b, thin in TOES_ABOVE]
    picture.union([[place(point) for point in ABOVE]], tubes=tubes)
    for (low, _, tip, thin), size in zip(TOES_ABOVE, NAILS, strict=True):
        along = (tip - low) / abs(tip - low)
        nail = tip + along * thin * 0.35
        picture.outline([place(nail + along * step * size) for step in (1, 0.75j, -1, -0.75j)], DETAIL)
    for size, width in ((1, NEAR), (0.8, DETAIL)):
        ring = [size * complex(3 * x, 3.3 * y) for x, y in ((1, 0), (0.7, 0.7), (0, 1), (-0.7, 0.7))]
        picture.outline([place(LEG_ABOVE + point) for point in (*ring, *(-point for point in ring))], width)
    return place
