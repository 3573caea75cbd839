"""The person of the drawings seen from above: lying on the back, the head to the left, the knees bent.

Lengths are head heights; the middle between the hips is at 0. Limbs that point up at us look short.
"""

from __future__ import annotations

from ink import DETAIL, FAR, INK, Picture, Tube, toward

# fmt: off
# One half of an outline, from the head to the feet; the other half mirrors it.
NECK = (-2.75 + 0.2j, -2.3 + 0.24j, -2 + 0.3j)
TRUNK = (
    -2.36 + 0.26j, -2.26 + 0.55j, -2.12 + 0.84j, -1.85 + 0.88j, -1.6 + 0.74j, -1.1 + 0.66j, -0.7 + 0.63j, -0.3 + 0.69j,
    0 + 0.73j, 0.2 + 0.6j,
)
HEAD = (-3.52 + 0j, -3.42 + 0.25j, -3.1 + 0.37j, -2.78 + 0.32j, -2.56 + 0.17j, -2.5 + 0j)
HAIR = (-3.54 + 0j, -3.44 + 0.27j, -3.1 + 0.4j, -2.98 + 0.37j, -3.12 + 0.24j, -3.24 + 0.1j, -3.26 + 0j)
SHOULDER, ELBOW = -1.9 + 0.66j, -1.5 + 1.72j
FOOT = (-0.2 + 0.1j, -0.1 + 0.17j, 0.2 + 0.17j, 0.5 + 0.21j, 0.76 + 0.17j, 0.87 + 0j)
# A foot on its side, from the ankle: x to the toes, y to the sole.
FOOT_ON_SIDE = (
    -0.14 - 0.17j, -0.24 + 0.02j, -0.25 + 0.2j, -0.19 + 0.27j, 0 + 0.275j, 0.5 + 0.275j, 0.76 + 0.27j, 0.85 + 0.2j,
    0.79 + 0.09j, 0.58 + 0.01j, 0.34 - 0.06j, 0.16 - 0.18j,
)
# fmt: on
HIPS = (-0.34j, 0.34j)
HIP, KNEE, CALF, ANKLE = 0.4, 0.27, 0.22, 0.16  # radii


def lying_above(
    picture: Picture, knees: tuple[complex, complex], ankles: tuple[complex, complex], *, rolled: bool = False
) -> None:
    """Both arms out on the floor; where the lower and the upper knee and ankle are on the picture.

    Rolled down the picture, the upper leg lies on the lower one and the feet are on their sides.
    """
    thighs: list[Tube] = [(hip, HIP, knee, KNEE) for hip, knee in zip(HIPS, knees, strict=True)]
    for thigh, knee, ankle in zip(thighs, knees, ankles, strict=True):
        foot = FOOT_ON_SIDE if rolled else _whole(FOOT)
        picture.union([[ankle + point for point in foot]], tubes=[(knee, CALF, ankle, ANKLE)])
        step = (knee - ankle) / abs(knee - ankle)
        hem = ankle + step * 0.14
        picture.line(hem + step * 0.17j, hem - step * 0.17j, width=DETAIL)
        if rolled:
            picture.union([], tubes=[thigh])
    arms = (SHOULDER, ELBOW, 1), (SHOULDER.conjugate(), ELBOW.conjugate(), -1)
    for shoulder, elbow, side in arms:
        _arm(picture, elbow, side, [(shoulder, 0.24, elbow, 0.16)])
    picture.union([_whole(NECK)])
    sleeves = [_sleeve(shoulder, elbow) for shoulder, elbow, _ in arms]
    picture.union(
        [_whole(TRUNK)],
        tubes=thighs[1:] if rolled else thighs,
        open_parts=[(sleeve, [sleeve[1], sleeve[0], sleeve[3], sleeve[2]]) for sleeve in sleeves],
    )
    for sleeve in sleeves:
        picture.line(*sleeve[1:3], width=DETAIL)
    picture.curve(-0.32 + 0.68j, -0.26 + 0j, -0.32 - 0.68j)
    picture.curve(*(-2.36 + point for point in (-0.26j, 0.16 - 0.13j, 0.2, 0.16 + 0.13j, 0.26j)))
    if not rolled:
        picture.line(0.3, (knees[0] + knees[1]) / 2 + 0.2, width=FAR)
        for knee in knees:
            picture.curve(*(knee + toward(angle, 0.15) for angle in range(-70, 71, 35)))
    for side in (1, -1):
        picture.outline([-2.98 + side * 0.38j + point for point in (-0.1, side * 0.07j, 0.12)], DETAIL)
    picture.outline(_whole(HEAD))
    picture.outline(_whole(HAIR), DETAIL, INK)
    picture.curve(-2.96 + 0.03j, -2.8 + 0.07j, -2.78 - 0.03j)


def _arm(picture: Picture, elbow: complex, side: int, upper: list[Tube]) -> None:
    """An arm on the floor, its elbow bent, the palm up beside the head."""
    wrist = elbow + toward(side * 172, 1.02)
    knuckles, thumb = wrist + toward(side * 172, 0.36), wrist + toward(side * 172, 0.14)
    hand: list[Tube] = [
        (elbow, 0.17, wrist, 0.1),
        (wrist, 0.1, knuckles, 0.15),
        (knuckles, 0.15, knuckles + toward(side * 174, 0.38), 0.09),
        (thumb, 0.08, thumb + toward(side * 215, 0.3), 0.06),
    ]
    picture.union([], tubes=[*upper, *hand])


def _sleeve(shoulder: complex, elbow: complex) -> list[complex]:
    """The corners of a sleeve."""
    hem, across = shoulder + (elbow - shoulder) * 0.5, (elbow - shoulder) / abs(elbow - shoulder) * 1j
    return [shoulder + across * 0.28, hem + across * 0.27, hem - across * 0.27, shoulder - across * 0.28]


def _whole(half: tuple[complex, ...]) -> list[complex]:
    """An outline from its half."""
    return [*half, *(point.conjugate() for point in half[::-1] if point.imag)]
