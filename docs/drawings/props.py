"""The things around the person. Lengths are head heights, heights are above the floor."""

from __future__ import annotations

from ink import DETAIL, FAR, NEAR, Picture, toward


def floor(picture: Picture, left: float, right: float) -> None:
    """The ground under one figure."""
    picture.line(complex(left, -0.03), complex(right, -0.03), width=DETAIL)


def mat(picture: Picture, left: float, right: float, near: float, far: float) -> None:
    """A mat on the floor, seen from its side and from above."""
    slant = 0.22 * (far - near) / 2
    edge = [complex(left - slant, near), complex(right - slant, near)]
    picture.corners([*edge, complex(right + slant, far), complex(left + slant, far)], FAR)
    picture.corners([*edge, edge[1] - 0.12j, edge[0] - 0.12j], FAR)


def mat_above(picture: Picture, left: float, right: float, half: float) -> None:
    """A mat on the floor, seen from above, its middle at 0."""
    _block(picture, left, right, -half, half)


def cushion(picture: Picture, left: float, right: float, low: float, high: float) -> None:
    """A cushion, a pillow or a mattress."""
    width, height, middle = right - left, high - low, (low + high) / 2
    half = ((0.03, -0.42), (0.25, -0.5), (0.75, -0.5), (0.97, -0.42), (1, 0))
    round_edge = [*half, *((1 - x, -y) for x, y in half)]
    picture.outline([complex(left + width * x, middle + height * y) for x, y in round_edge], FAR)


def chair(picture: Picture, back: float) -> None:
    """A sturdy chair whose back is at x = `back`; its seat lies to the right."""
    for leg in (back + 0.1, back + 1.64):
        _block(picture, leg, leg + 0.16, 0, 1.9)
    _block(picture, back, back + 0.17, 1.7, 3.9)
    _block(picture, back, back + 1.8, 1.7, 1.9)


def wall(picture: Picture, left: float, high: float) -> None:
    """The corner of a wall, cut through."""
    _block(picture, left, left + 0.3, 0, high)


def towel(picture: Picture, hold: complex, low: complex, high: complex) -> None:
    """A folded towel from a hand at `hold` to the edge of a sole between `low` and `high`."""
    picture.corners([hold + 0.12j, high, low, hold - 0.14j], FAR)


def stool(picture: Picture, left: float, right: float, high: float) -> None:
    """A low stool with a cushion on it."""
    for leg in (left + 0.1, right - 0.24):
        _block(picture, leg, leg + 0.14, 0, high - 0.4)
    _block(picture, left, right, high - 0.45, high - 0.3)
    cushion(picture, left, right, high - 0.32, high)


def sofa(picture: Picture, left: float, right: float, seat: float) -> None:
    """A sofa, seen from the front."""
    for leg in (left + 0.3, right - 0.5):
        _block(picture, leg, leg + 0.2, 0, 0.3)
    cushion(picture, left + 0.1, right - 0.1, 0.6, seat + 1.5)
    _block(picture, left + 0.2, right - 0.2, 0.25, seat - 0.35)
    cushion(picture, left + 0.4, right - 0.4, seat - 0.4, seat)
    for arm in (left, right - 0.55):
        cushion(picture, arm, arm + 0.55, 0.22, seat + 0.65)


def step(picture: Picture, left: float, right: float, high: float) -> None:
    """A low step."""
    _block(picture, left, right, 0, high)


def hand_rail(picture: Picture, start: complex, end: complex) -> None:
    """A rail to hold, on two posts, on the far side of what is drawn later."""
    for share in (0.4, 0.92):
        post = start + (end - start) * share
        _block(picture, post.real - 0.06, post.real + 0.06, 0, post.imag)
    picture.corners([start, end, end - 0.2j, start - 0.2j], FAR)


def stairs(picture: Picture, left: float, step_by: complex, count: int) -> None:
    """Steps up from x = `left`, each by `step_by`."""
    across, rise = step_by.real, step_by.imag * 1j
    treads = [left + number * step_by + rise for number in range(count)]
    corners = [point for tread in treads for point in (tread, tread + across)]
    picture.corners([complex(left), *corners, complex(left + count * across)], FAR)


def bed_side(picture: Picture, left: float, right: float, top: float) -> None:
    """A whole bed, seen from its long side."""
    for leg in (left + 0.3, right - 0.55):
        _block(picture, leg, leg + 0.25, 0, 0.6)
    _block(picture, left + 0.05, right - 0.05, 0.55, 0.95)
    cushion(picture, left, right, 0.95, top)


def work_chair(picture: Picture, seat: float) -> None:
    """An office chair that faces right, for a hip at x = 0; its backrest meets the lower back."""
    picture.line(0.2 + 0.35j, complex(0.2, seat - 0.2), width=3.6)
    picture.line(-0.7 + 0.1j, 0.2 + 0.35j, 1.1 + 0.1j)
    for wheel in (-0.7 + 0.1j, 1.1 + 0.1j):
        _circle(picture, wheel, 0.1, FAR)
    picture.line(complex(-0.2, seat - 0.2), complex(-0.85, seat - 0.1), complex(-0.8, seat + 0.7), width=3.6)
    cushion(picture, -0.6, 1.3, seat - 0.28, seat)
    front = (-0.62 + 0.35j, -0.47 + 0.75j, -0.5 + 1.2j, -0.62 + 1.75j)
    back = (-0.72 + 1.9j, -0.8 + 1.75j, -0.72 + 1.2j, -0.7 + 0.75j, -0.8 + 0.4j, -0.72 + 0.28j)
    picture.outline([point + seat * 1j for point in (*front, *back)], FAR)


def desk(picture: Picture, left: float, right: float, top: float) -> None:
    """A desk."""
    _block(picture, right - 0.4, right - 0.22, 0, top - 0.14)
    _block(picture, left, right, top - 0.16, top)


def keyboard(picture: Picture, left: float, low: float) -> None:
    """A keyboard on the desk."""
    _block(picture, left, left + 0.95, low, low + 0.1)


def screen(picture: Picture, x: float, low: float, high: float) -> None:
    """A screen on its stand, which faces left."""
    _block(picture, x - 0.15, x + 0.55, low, low + 0.1)
    _block(picture, x + 0.15, x + 0.3, low + 0.1, high - 0.8)
    _block(picture, x, x + 0.16, low + 0.45, high, NEAR)


def roller(picture: Picture, x: float, radius: float) -> None:
    """A foam roller on the floor, seen from its end."""
    for size, width in ((radius, NEAR), (radius / 2, DETAIL)):
        _circle(picture, complex(x, radius), size, width)


def carton(picture: Picture, left: float, low: float) -> None:
    """A box to lift."""
    _block(picture, left, left + 1.4, low, low + 1.2, NEAR)
    picture.line(complex(left, low + 0.95), complex(left + 1.4, low + 0.95), width=DETAIL)


def _block(picture: Picture, left: float, right: float, low: float, high: float, width: float = FAR) -> None:
    corners = (complex(left, low), complex(right, low), complex(right, high), complex(left, high))
    picture.corners(corners, width)


def _circle(picture: Picture, centre: complex, radius: float, width: float) -> None:
    picture.outline([centre + toward(angle, radius) for angle in range(0, 360, 45)], width)
