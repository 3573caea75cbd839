"""The person of the drawings: one adult of 7.5 head heights in profile, bent into a pose and drawn from far to near.

The person faces right when standing. Lying on the back with the head to the left, or face down with the head to the
right, is the same figure turned. Lengths are head heights.
"""

from __future__ import annotations

import cmath
from math import acos, degrees
from typing import NamedTuple

from ink import DETAIL, FAR, INK, NEAR, PAPER, Picture, toward

THIGH, SHANK, UPPER_ARM, FOREARM, SPINE, NECK = 1.85, 1.8, 1.3, 1.1, 2.35, 0.42
SHOULDER = 0.85  # where along the spine the arms begin

# A part's outline: how far along it (0 to 1), then how thick on the front and on the back of its axis.
Profile = tuple[tuple[float, float, float], ...]
THIGH_PROFILE: Profile = ((0, 0.25, 0.31), (0.12, 0.36, 0.4), (0.3, 0.38, 0.37), (0.6, 0.31, 0.29), (0.88, 0.25, 0.22), (1, 0.24, 0.21))
HIP_PROFILE: Profile = ((0, 0.25, 0.31), (0.06, 0.31, 0.36))  # the part of the thigh that lies in the trunk
SHANK_PROFILE: Profile = (
    (0, 0.24, 0.2), (0.12, 0.21, 0.23), (0.32, 0.19, 0.3), (0.6, 0.17, 0.23), (0.86, 0.17, 0.18), (0.97, 0.18, 0.19),
)  # fmt: skip
UPPER_ARM_PROFILE: Profile = ((0, 0.22, 0.23), (0.3, 0.21, 0.2), (0.8, 0.16, 0.17), (1, 0.15, 0.15))
FOREARM_PROFILE: Profile = ((0, 0.15, 0.15), (0.2, 0.18, 0.15), (0.7, 0.12, 0.12), (1, 0.1, 0.1))
SLEEVE_PROFILE: Profile = ((0, 0.23, 0.24), (0.3, 0.24, 0.23), (0.55, 0.23, 0.23))
TORSO_PROFILE: Profile = (
    (0, 0.41, 0.47), (0.18, 0.42, 0.42), (0.4, 0.39, 0.34), (0.62, 0.44, 0.4),
    (0.8, 0.42, 0.43), (0.92, 0.28, 0.34), (1, 0.18, 0.24),
)  # fmt: skip
# From the ankle, x to the toes and y up the shank.
FOOT = (
    -0.15 + 0.12j, -0.2 - 0.06j, -0.27 - 0.18j, -0.2 - 0.3j, 0.2 - 0.28j, 0.55 - 0.3j, 0.82 - 0.29j,
    0.86 - 0.19j, 0.6 - 0.09j, 0.36 + 0.03j, 0.18 + 0.14j,
)  # fmt: skip
BALL = 0.5 - 0.2j  # where the toes bend
# From the wrist, x to the fingertips, y to the back of the hand.
HANDS = {
    "flat": (0.1j, 0.2 + 0.13j, 0.45 + 0.1j, 0.68 + 0.03j, 0.72 - 0.04j, 0.5 - 0.08j, 0.2 - 0.12j, -0.1j),
    "curled": (0.1j, 0.2 + 0.14j, 0.42 + 0.1j, 0.55 - 0.02j, 0.5 - 0.2j, 0.38 - 0.22j, 0.2 - 0.14j, -0.1j),
}

SPREAD = (0.14j, 0.15 + 0.2j, 0.3 + 0.21j, 0.39 + 0.14j, 0.43, 0.39 - 0.15j, 0.3 - 0.22j, 0.15 - 0.2j, -0.14j)


class Limb(NamedTuple):
    """A leg or an arm: the angles of its two parts, or the place of its ankle or wrist; then that of foot or hand.

    A leg's `tip` is the way the toes point; an arm's `tip` the way the fingers point.
    """

    tip: float
    upper: float = 0
    lower: float = 0
    end: complex | None = None
    toes: float | None = None
    short: float = 1
    hand: str = "flat"
    palm: int = 1

    def joints(self, start: complex, lengths: tuple[float, float], bend: int) -> tuple[complex, complex]:
        """Its middle and its end joint. With an `end`, the middle joint goes to the side `bend` (1 left, -1 right)."""
        first, second = lengths
        if self.end is None:
            middle = start + toward(self.upper, first)
            return middle, middle + toward(self.lower, second)
        reach = self.end - start
        distance = min(abs(reach), 0.999 * (first + second))
        turn = degrees(acos((first**2 + distance**2 - second**2) / (2 * first * distance)))
        middle = start + toward(degrees(cmath.phase(reach)) + bend * turn, first)
        return middle, middle + (self.end - middle) / abs(self.end - middle) * second


class Pose(NamedTuple):
    """Where the hip is, how the spine leaves it (`pelvis`) and ends (`chest`), and where each part points."""

    hip: complex
    pelvis: float
    chest: float
    neck: float
    head: float
    near_leg: Limb
    far_leg: Limb
    near_arm: Limb
    far_arm: Limb
    belly: float = 0
    hollow: float = 0

    def spine(self, along: float) -> tuple[complex, complex]:
        """The point that far along the spine (0 hip, 1 base of the neck) and the direction there."""
        third = SPINE / 3
        a = self.hip
        b = a + toward(self.pelvis, third)
        c = b + toward((self.pelvis + self.chest) / 2, third)
        d = c + toward(self.chest, third)
        t, u = along, 1 - along
        slope = 3 * (u * u * (b - a) + 2 * u * t * (c - b) + t * t * (d - c))
        return u**3 * a + 3 * u * u * t * b + 3 * u * t * t * c + t**3 * d, slope / abs(slope)

    @property
    def shoulder(self) -> complex:
        """The joint where both arms begin."""
        return self.spine(SHOULDER)[0]


def draw_far(picture: Picture, pose: Pose) -> None:
    """The arm and the leg of the side away from us."""
    _arm(picture, pose, pose.far_arm, FAR)
    _leg(picture, pose, pose.far_leg, FAR)


def draw_body(picture: Picture, pose: Pose) -> None:
    """The trunk, the leg on our side and the head."""
    _torso(picture, pose)
    _leg(picture, pose, pose.near_leg, NEAR)
    knee, _ = pose.near_leg.joints(pose.hip, (THIGH, SHANK), 1)
    stroke = 0.55 * NEAR / picture.scale
    top = tuple((t, front + stroke, back + stroke) for t, front, back in HIP_PROFILE)
    _hide(picture, _part(pose.hip, knee, top, 1j, cut=True))
    _head(picture, pose)


def draw_arm(picture: Picture, pose: Pose) -> None:
    """The arm on our side."""
    _arm(picture, pose, pose.near_arm, NEAR)


def _part(a: complex, b: complex, profile: Profile, front: complex, *, cut: bool = False) -> list[complex]:
    """The outline of a part from joint to joint; `front` turns its direction to its front; `cut`: without a round end."""
    axis = b - a
    step = axis / abs(axis)
    fronts = [a + axis * t + step * front * thick for t, thick, _ in profile]
    backs = [a + axis * t - step * front * thick for t, _, thick in profile]
    first, last = (profile[0][1] + profile[0][2]) / 2, (profile[-1][1] + profile[-1][2]) / 2
    top = [backs[0] - step * first * 0.6 + step * front * first * 0.22, (fronts[0] + backs[0]) / 2 - step * first]
    top.append(fronts[0] - step * first * 0.6 - step * front * first * 0.22)
    if cut:
        return [*fronts, *reversed(backs), *top]
    bottom = [fronts[-1] + step * last * 0.6 - step * front * last * 0.22, (fronts[-1] + backs[-1]) / 2 + step * last]
    bottom.append(backs[-1] + step * last * 0.6 + step * front * last * 0.22)
    return [*fronts, *bottom, *reversed(backs), *top]


def _hide(picture: Picture, points: list[complex]) -> None:
    """Paint over the seam where two parts of one body meet."""
    picture.outline(points, 0)


def _disc(centre: complex, radius: float) -> list[complex]:
    return [centre + toward(angle, radius) for angle in range(0, 360, 45)]


def _joint(picture: Picture, a: complex, b: complex, radius: float, share: float = 0.3) -> None:
    """Hide the seam at joint `b` of the part that comes from `a`."""
    radius -= NEAR / 2 / picture.scale
    start = b + (a - b) * share
    side = (b - a) / abs(b - a) * 1j * radius
    _hide(picture, [start + side, b + side, b + side * -1j, b - side, start - side])


def _leg(picture: Picture, pose: Pose, leg: Limb, width: float) -> None:
    knee, ankle = leg.joints(pose.hip, (THIGH, SHANK), 1)
    tip = toward(leg.tip)
    bend = 1 if leg.toes is None else toward(leg.toes) / tip
    foot = [p if p.real < BALL.real else BALL + (p - BALL) * bend for p in FOOT]
    picture.outline([ankle + tip * p for p in foot], width)
    picture.outline(_part(knee, ankle, SHANK_PROFILE, 1j, cut=True), width)
    picture.outline(_part(pose.hip, knee, THIGH_PROFILE, 1j), width)
    _joint(picture, ankle, knee, 0.2, 0.17)


def _arm(picture: Picture, pose: Pose, arm: Limb, width: float) -> None:
    shoulder = pose.shoulder
    elbow, wrist = arm.joints(shoulder, (UPPER_ARM * arm.short, FOREARM * arm.short), -1)
    _hand(picture, wrist, arm, width)
    picture.outline(_part(elbow, wrist, FOREARM_PROFILE, 1j), width)
    _joint(picture, wrist + toward(arm.tip, 0.2), wrist, 0.1, 1)
    picture.outline(_part(shoulder, elbow, UPPER_ARM_PROFILE, 1j), width)
    _joint(picture, wrist, elbow, 0.15)
    picture.outline(_part(shoulder, elbow, SLEEVE_PROFILE, 1j, cut=True), width)
    if width == NEAR:
        _hide(picture, _disc(shoulder, 0.26 + NEAR / 2 / picture.scale))


def _hand(picture: Picture, wrist: complex, arm: Limb, width: float) -> None:
    tip = toward(arm.tip)
    picture.outline([wrist + tip * complex(p.real, p.imag * arm.palm) for p in HANDS[arm.hand]], width)


def draw_palm(picture: Picture, wrist: complex, tip: float) -> None:
    """A hand seen from its back, with four fingers: that of the far arm where it reaches over the body to us."""
    step = toward(tip)
    picture.outline([wrist + step * p for p in SPREAD])
    for y in (0.1, 0, -0.1):
        picture.line(wrist + step * complex(0.2, y), wrist + step * complex(0.37, y * 1.15), width=DETAIL)


def _torso(picture: Picture, pose: Pose) -> None:
    fronts, backs = [], []
    for along, front, back in TORSO_PROFILE:
        point, step = pose.spine(along)
        middle = max(0.0, 1 - abs(along - 0.38) / 0.3)
        fronts.append(point - step * 1j * (front + pose.belly * middle))
        backs.append(point + step * 1j * (back - pose.hollow * middle))
    down = -pose.spine(0)[1]
    seat = [pose.hip + down * p for p in (0.3 - 0.36j, 0.45, 0.3 + 0.3j)]
    end, step = pose.spine(1)
    neck = end + toward(pose.neck, NECK)
    along = toward(pose.neck)
    low = end - step * 0.15
    picture.outline([
        low - step * 0.2, low - along * 0.2j, end - along * 0.17j, neck - along * 0.17j, neck + along * 0.1,
        neck + along * 0.25j, end + along * 0.22j + step * 0.1, low + along * 0.3j,
    ])  # fmt: skip
    picture.outline([*fronts, end + step * 0.06, *reversed(backs), *seat])
    hem, step = pose.spine(0.21)
    picture.curve(hem - step * 0.4j, hem - step * 0.06, hem + step * 0.38j)


def _head(picture: Picture, pose: Pose) -> None:
    end, _ = pose.spine(1)
    neck = end + toward(pose.neck, NECK)
    turn = toward(pose.head - 90)
    centre = neck - turn * (-0.1 - 0.27j)

    def place(*points: complex) -> list[complex]:
        return [centre + turn * point for point in points]

    face = place(
        -0.02 + 0.5j,
        0.2 + 0.5j, 0.36 + 0.36j, 0.37 + 0.17j,
        0.37 + 0.12j, 0.355 + 0.09j, 0.365 + 0.05j,
        0.4 - 0.02j, 0.47 - 0.07j, 0.49 - 0.11j,
        0.49 - 0.16j, 0.43 - 0.16j, 0.385 - 0.16j,
        0.4 - 0.2j, 0.4 - 0.24j, 0.375 - 0.27j,
        0.4 - 0.32j, 0.38 - 0.48j, 0.24 - 0.49j,
        0.1 - 0.49j, -0.04 - 0.4j, -0.1 - 0.28j,
        -0.3 - 0.25j, -0.43 - 0.08j, -0.43 + 0.1j,
        -0.43 + 0.36j, -0.24 + 0.5j, -0.02 + 0.5j,
    )  # fmt: skip
    hair = place(
        0.32 + 0.34j,
        0.22 + 0.5j, 0.05 + 0.53j, -0.06 + 0.51j,
        -0.28 + 0.5j, -0.44 + 0.34j, -0.44 + 0.1j,
        -0.44 - 0.08j, -0.38 - 0.2j, -0.28 - 0.28j,
        -0.2 - 0.26j, -0.2 - 0.15j, -0.17 - 0.08j,
        -0.13 + 0.1j, -0.02 + 0.1j, 0.02 + 0.02j,
        0.1 + 0.06j, 0.06 + 0.24j, 0.32 + 0.34j,
    )  # fmt: skip
    picture.bezier(face, NEAR, PAPER)
    picture.bezier(hair, DETAIL, INK)
    picture.outline(place(-0.07 + 0.06j, -0.13 - 0.02j, -0.08 - 0.13j, 0.01 - 0.04j, 0.01 + 0.04j), DETAIL)
