"""The things around the person: floor, mat, cushion, chair, bed, desk and the like. Lengths are head heights."""

from __future__ import annotations

from ink import DETAIL, FAR, NEAR, Picture, toward


def floor(picture: Picture, left: float, right: float) -> None:
    """The ground under one figure."""
    picture.line(complex(left, -0.03), complex(right, -0.03), width=DETAIL)


def _box(left: float, right: float, low: float, high: float) -> list[complex]:
    return [complex(left, low), complex(right, low), complex(right, high), complex(left, high)]


def cushion(picture: Picture, left: float, right: float, low: float, high: float) -> None:
    """A soft cushion or pillow."""
    middle, width, height = (low + high) / 2, right - left, high - low
    picture.outline(
        [
            complex(left + width * x, middle + height * y)
            for x, y in ((0.03, -0.42), (0.25, -0.5), (0.75, -0.5), (0.97, -0.42), (1, 0), (0.97, 0.42), (0.75, 0.5), (0.25, 0.5), (0.03, 0.42), (0, 0))
        ],
        FAR,
    )


def chair(picture: Picture, back: float, *, seat: float = 1.9, top: float = 3.9, depth: float = 1.8) -> None:
    """A plain sturdy chair that faces right, its back at x = `back`."""
    for x in (back + 0.1, back + depth - 0.16):
        picture.corners(_box(x, x + 0.16, 0, seat), FAR)
    picture.corners(_box(back, back + 0.17, seat - 0.2, top), FAR)
    picture.corners(_box(back, back + depth, seat - 0.2, seat), FAR)


def bed(picture: Picture, left: float, right: float, top: float) -> None:
    """A bed with its headboard on the left and nothing above the mattress at its foot end."""
    picture.corners(_box(right - 0.4, right - 0.2, 0, 0.7), FAR)
    picture.corners(_box(left, right - 0.05, 0.65, 1.05), FAR)
    picture.corners(_box(left - 0.2, left, 0, top + 1.3), FAR)
    cushion(picture, left, right, 1.05, top)


def work_chair(picture: Picture, seat: float) -> None:
    """An office chair that faces right, for a hip at x = 0: its backrest meets the lower back."""
    picture.line(0.2 + 0.35j, complex(0.2, seat - 0.2), width=4.4)
    picture.line(-0.7 + 0.1j, 0.2 + 0.35j, 1.1 + 0.1j, width=NEAR)
    for x in (-0.7, 1.1):
        picture.outline([complex(x, 0.1) + toward(angle, 0.1) for angle in range(0, 360, 60)], FAR)
    picture.line(complex(-0.2, seat - 0.2), complex(-0.85, seat - 0.1), complex(-0.8, seat + 0.7), width=4.4)
    cushion(picture, -0.6, 1.3, seat - 0.28, seat)
    back = [-0.62 + 0.35j, -0.47 + 0.75j, -0.5 + 1.2j, -0.62 + 1.75j, -0.72 + 1.9j, -0.8 + 1.75j, -0.72 + 1.2j, -0.7 + 0.75j, -0.8 + 0.4j, -0.72 + 0.28j]
    picture.outline([point + seat * 1j for point in back], FAR)


def desk(picture: Picture, left: float, right: float, top: float) -> None:
    """A desk from the side."""
    picture.corners(_box(right - 0.4, right - 0.22, 0, top - 0.14), FAR)
    picture.corners(_box(left, right, top - 0.16, top), FAR)


def screen(picture: Picture, x: float, low: float, high: float) -> None:
    """A screen on its stand, seen from the side; it faces left."""
    picture.corners(_box(x - 0.15, x + 0.55, low, low + 0.1), FAR)
    picture.corners(_box(x + 0.15, x + 0.3, low + 0.1, high - 0.8), FAR)
    picture.corners(_box(x, x + 0.16, low + 0.45, high), NEAR)


def roller(picture: Picture, centre: complex, radius: float) -> None:
    """A foam roller seen from its end."""
    for r in (radius, radius * 0.5):
        picture.outline([centre + toward(angle, r) for angle in range(0, 360, 30)], NEAR if r == radius else DETAIL)


def carton(picture: Picture, left: float, low: float, size: float) -> None:
    """A box to lift."""
    picture.corners(_box(left, left + size, low, low + size * 0.8), NEAR)
    picture.line(complex(left, low + size * 0.6), complex(left + size, low + size * 0.6), width=DETAIL)
