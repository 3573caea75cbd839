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

# fmt: off
# A part's outline: how far along it (0 to 1), then how thick on the front and on the back of its axis.
Profile = tuple[tuple[float, float, float], ...]
TORSO_PROFILE: Profile = (
    (0, 0.41, 0.47), (0.18, 0.42, 0.42), (0.4, 0.39, 0.34), (0.62, 0.44, 0.4),
    (0.8, 0.42, 0.43), (0.92, 0.28, 0.34), (1, 0.18, 0.24),
)
THIGH_PROFILE: Profile = (
    (0, 0.25, 0.31), (0.11, 0.37, 0.385), (0.3, 0.38, 0.37), (0.6, 0.31, 0.29), (0.88, 0.25, 0.22), (1, 0.24, 0.21),
)
SHANK_PROFILE: Profile = (
    (0, 0.24, 0.2), (0.12, 0.21, 0.23), (0.32, 0.19, 0.3), (0.6, 0.17, 0.23), (0.86, 0.17, 0.18), (0.97, 0.18, 0.19),
)
SLEEVE_PROFILE: Profile = ((0, 0.22, 0.23), (0.2, 0.24, 0.23), (0.35, 0.24, 0.23), (0.55, 0.23, 0.23))
UPPER_ARM_PROFILE: Profile = ((0.4, 0.19, 0.19), (0.8, 0.16, 0.17), (1, 0.15, 0.15))
FOREARM_PROFILE: Profile = ((0, 0.15, 0.15), (0.2, 0.18, 0.15), (0.7, 0.12, 0.12), (1, 0.1, 0.1))
# From the ankle: x to the toes, y up the shank.
FOOT = (
    -0.15 + 0.12j, -0.2 - 0.06j, -0.27 - 0.18j, -0.2 - 0.3j, 0.2 - 0.28j, 0.55 - 0.3j, 0.82 - 0.29j,
    0.86 - 0.19j, 0.6 - 0.09j, 0.36 + 0.03j, 0.18 + 0.14j,
)
BALL = 0.5 - 0.2j  # where the toes bend
# From the wrist: x to the fingertips, y to the back of the hand.
HANDS = {
    "flat": (0.1j, 0.2 + 0.13j, 0.45 + 0.1j, 0.68 + 0.03j, 0.72 - 0.04j, 0.5 - 0.08j, 0.2 - 0.12j, -0.1j),
    "curled": (0.1j, 0.2 + 0.14j, 0.42 + 0.1j, 0.55 - 0.02j, 0.5 - 0.2j, 0.38 - 0.22j, 0.2 - 0.14j, -0.1j),
}
FINGERS = (0.14j, 0.15 + 0.2j, 0.3 + 0.21j, 0.39 + 0.14j, 0.43, 0.39 - 0.15j, 0.3 - 0.22j, 0.15 - 0.2j, -0.14j)
# Bezier pieces from the middle of the head, x to the nose, y to the crown.
FACE = (
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
)
HAIR = (
    0.32 + 0.34j,
    0.22 + 0.5j, 0.05 + 0.53j, -0.06 + 0.51j,
    -0.28 + 0.5j, -0.44 + 0.34j, -0.44 + 0.1j,
    -0.44 - 0.08j, -0.38 - 0.2j, -0.28 - 0.28j,
    -0.2 - 0.26j, -0.2 - 0.15j, -0.17 - 0.08j,
    -0.13 + 0.1j, -0.02 + 0.1j, 0.02 + 0.02j,
    0.1 + 0.06j, 0.06 + 0.24j, 0.32 + 0.34j,
)
EAR = (-0.07 + 0.06j, -0.13 - 0.02j, -0.08 - 0.13j, 0.01 - 0.04j, 0.01 + 0.04j)
# fmt: on


class Limb(NamedTuple):
    """A leg or an arm, by the angles of its two parts (`upper`, `lower`) or by the place of its ankle or wrist (`end`).

    `tip` is the way the toes or fingers point, `toes` the way of the toes alone where the foot bends at its ball.
    `short` draws an arm shorter whose elbow points at us.
    """

    tip: float
    upper: float = 0
    lower: float = 0
    end: complex | None = None
    toes: float | None = None
    hand: str = "flat"
    short: float = 1

    def joints(self, start: complex, first: float, second: float, bend: int) -> tuple[complex, complex]:
        """Its middle and its end joint, for parts of those lengths.

        With an `end`, the middle joint goes to the side `bend` of the way there (1 left, -1 right).
        """
        if self.end is None:
            middle = start + toward(self.upper, first)
            return middle, middle + toward(self.lower, second)
        reach = self.end - start
        distance = min(abs(reach), 0.999 * (first + second))
        turn = degrees(acos((first**2 + distance**2 - second**2) / (2 * first * distance)))
        middle = start + toward(degrees(cmath.phase(reach)) + bend * turn, first)
        return middle, middle + (self.end - middle) / abs(self.end - middle) * second


class Pose(NamedTuple):
    """Where the hip is, and the angles of the spine there (`pelvis`) and at its upper end (`chest`), of neck and head.

    `head` is the way the crown points; `belly` and `hollow` swell the belly and hollow the lower back.
    """

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
        """The point that far along the spine (0 hip, 1 base of the neck), and the step up the spine there."""
        third = SPINE / 3
        a = self.hip
        b = a + toward(self.pelvis, third)
        c = b + toward((self.pelvis + self.chest) / 2, third)
        d = c + toward(self.chest, third)
        t, u = along, 1 - along
        slope = u * u * (b - a) + 2 * u * t * (c - b) + t * t * (d - c)
        return u**3 * a + 3 * u * u * t * b + 3 * u * t * t * c + t**3 * d, slope / abs(slope)


def draw_far(picture: Picture, pose: Pose) -> None:
    """The arm and the leg of the side away from us."""
    _arm(picture, pose, pose.far_arm, FAR)
    _leg(picture, pose, pose.far_leg, FAR)


def draw_body(picture: Picture, pose: Pose) -> None:
    """The trunk, the leg on our side and the head."""
    _trunk(picture, pose)
    _leg(picture, pose, pose.near_leg, NEAR)
    _head(picture, pose)


def draw_arm(picture: Picture, pose: Pose) -> None:
    """The arm on our side."""
    _arm(picture, pose, pose.near_arm, NEAR)


def draw_fingers(picture: Picture, wrist: complex, tip: float) -> None:
    """The fingers of the far hand where it reaches over the body to us, seen from their back."""
    step = toward(tip)
    picture.outline([wrist + step * point for point in FINGERS])
    for y in (0.1, 0, -0.1):
        picture.line(wrist + step * complex(0.2, y), wrist + step * complex(0.37, y * 1.15), width=DETAIL)


def _trunk(picture: Picture, pose: Pose) -> None:
    base, up = pose.spine(1)
    neck = toward(pose.neck)
    top = base + neck * NECK
    fronts = [base - up * 0.35, base - up * 0.15 - neck * 0.2j, base - neck * 0.17j, top - neck * 0.17j]
    backs = [top + neck * 0.1, top + neck * 0.25j, base + neck * 0.22j + up * 0.1, base - up * 0.15 + neck * 0.3j]
    picture.outline([*fronts, *backs])

    def sides(along: float, front: float, back: float) -> tuple[complex, complex]:
        point, step = pose.spine(along)
        waist = max(0, 1 - abs(along - 0.38) / 0.3)
        return point - step * 1j * (front + pose.belly * waist), point + step * 1j * (back - pose.hollow * waist)

    fronts, backs = map(list, zip(*(sides(*station) for station in TORSO_PROFILE), strict=True))
    down = -pose.spine(0)[1]
    seat = [pose.hip + down * point for point in (0.3 - 0.36j, 0.45, 0.3 + 0.3j)]
    picture.outline([*fronts, base + up * 0.06, *reversed(backs), *seat])
    front, back = sides(0.21, 0.4, 0.38)
    picture.curve(front, (front + back) / 2 + down * 0.06, back)


def _head(picture: Picture, pose: Pose) -> None:
    turn = toward(pose.head - 90)
    centre = pose.spine(1)[0] + toward(pose.neck, NECK) + turn * (0.1 + 0.27j)
    picture.bezier([centre + turn * point for point in FACE], NEAR, PAPER)
    picture.bezier([centre + turn * point for point in HAIR], DETAIL, INK)
    picture.outline([centre + turn * point for point in EAR], DETAIL)


def _leg(picture: Picture, pose: Pose, leg: Limb, width: float) -> None:
    knee, ankle = leg.joints(pose.hip, THIGH, SHANK, 1)
    tip = toward(leg.tip)
    bend = 1 if leg.toes is None else toward(leg.toes) / tip
    foot = [point if point.real < BALL.real else BALL + (point - BALL) * bend for point in FOOT]
    picture.outline([ankle + tip * point for point in foot], width)
    picture.outline(_part(knee, ankle, SHANK_PROFILE, cut=True), width)
    _grow(picture, _part(pose.hip, knee, THIGH_PROFILE), width)
    _hide_seam(picture, knee, ankle, 0.2, 0.17)


def _arm(picture: Picture, pose: Pose, arm: Limb, width: float) -> None:
    shoulder, _ = pose.spine(SHOULDER)
    elbow, wrist = arm.joints(shoulder, UPPER_ARM * arm.short, FOREARM * arm.short, -1)
    tip = toward(arm.tip)
    picture.outline([wrist + tip * point for point in HANDS[arm.hand]], width)
    picture.outline(_part(elbow, wrist, FOREARM_PROFILE), width)
    _hide_seam(picture, wrist, wrist + tip * 0.2, 0.1, 1)
    picture.outline(_part(shoulder, elbow, UPPER_ARM_PROFILE), width)
    _hide_seam(picture, elbow, wrist, 0.15, 0.3)
    _grow(picture, _part(shoulder, elbow, SLEEVE_PROFILE, cut=True), width)


def _part(start: complex, end: complex, profile: Profile, *, cut: bool = False) -> list[complex]:
    """The outline of a part from joint to joint: its front, its far end, its back, and three points of its first end.

    `cut` leaves out the far end's three points: a sleeve or a trouser leg ends straight.
    """
    axis = end - start
    step = axis / abs(axis)
    fronts = [start + axis * along + step * 1j * front for along, front, _ in profile]
    backs = [start + axis * along - step * 1j * back for along, _, back in profile]

    def cap(one: complex, other: complex, outward: complex) -> list[complex]:
        radius = abs(one - other) / 2
        inward = (other - one) / 2 * 0.22
        return [
            one + outward * radius * 0.6 + inward,
            (one + other) / 2 + outward * radius,
            other + outward * radius * 0.6 - inward,
        ]

    far_end = [] if cut else cap(fronts[-1], backs[-1], step)
    return [*fronts, *far_end, *reversed(backs), *cap(backs[0], fronts[0], -step)]


def _grow(picture: Picture, part: list[complex], width: float) -> None:
    """Draw a part that grows out of the trunk: no line where it begins."""
    picture.outline(part, 0)
    picture.curve(*part[1:-4], width=width)


def _hide_seam(picture: Picture, joint: complex, end: complex, radius: float, share: float) -> None:
    """Paint over the line between two parts: at the joint, along that share of the part that goes on to `end`."""
    radius -= NEAR / 2 / picture.scale
    along = joint + (end - joint) * share
    side = (joint - end) / abs(joint - end) * 1j * radius
    picture.outline([along + side, joint + side, joint - side * 1j, joint - side, along - side], 0)
