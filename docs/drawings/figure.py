"""The person of the drawings: one adult of 7.5 head heights in profile, bent into a pose and drawn from far to near.

The person faces right when standing. Lying on the back with the head to the left, or face down with the head to the
right, is the same figure turned. Lengths are head heights.
"""

from __future__ import annotations

import cmath
from itertools import pairwise
from math import acos, degrees
from typing import NamedTuple

from ink import DETAIL, FAR, INK, NEAR, PAPER, Picture, Tube, toward

THIGH, SHANK, UPPER_ARM, FOREARM, SPINE, NECK = 1.85, 1.8, 1.3, 1.1, 2.35, 0.42
SHOULDER = 0.85  # where along the spine the arms begin

# fmt: off
# A part's outline: how far along it (0 to 1), then how thick on the front and on the back of its axis.
Profile = tuple[tuple[float, float, float], ...]
TORSO_PROFILE: Profile = (
    (0, 0.39, 0.45), (0.2, 0.41, 0.42), (0.4, 0.39, 0.36), (0.62, 0.44, 0.4), (0.8, 0.42, 0.43), (0.92, 0.28, 0.34),
    (1, 0.2, 0.26),
)
THIGH_PROFILE: Profile = ((0, 0.35, 0.42), (0.25, 0.385, 0.4), (0.6, 0.31, 0.3), (0.88, 0.25, 0.23), (1, 0.24, 0.21))
SHANK_PROFILE: Profile = ((0, 0.23, 0.2), (0.3, 0.2, 0.28), (0.6, 0.18, 0.23), (0.9, 0.165, 0.17), (1, 0.16, 0.165))
SLEEVE_PROFILE: Profile = ((0, 0.22, 0.23), (0.2, 0.24, 0.23), (0.55, 0.235, 0.235))
UPPER_ARM_PROFILE: Profile = ((0.4, 0.18, 0.18), (0.8, 0.16, 0.17), (1, 0.15, 0.15))
FOREARM_PROFILE: Profile = ((0, 0.15, 0.15), (0.25, 0.175, 0.15), (0.7, 0.125, 0.12), (1, 0.095, 0.095))
# From the ankle: x to the toes, y up the shank.
FOOT = (
    -0.16 + 0.1j, -0.22 - 0.08j, -0.25 - 0.2j, -0.19 - 0.27j, 0 - 0.275j, 0.5 - 0.275j, 0.76 - 0.27j,
    0.85 - 0.2j, 0.79 - 0.09j, 0.58 - 0.01j, 0.34 + 0.06j, 0.16 + 0.18j,
)
BALL = 0.5 - 0.2j  # where the toes bend
PALM, FINGER, THUMB = 0.36, 0.21, 0.27  # a hand's lengths; a finger has two such pieces
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
    -0.21 - 0.26j, -0.2 - 0.1j, -0.17 + 0.02j,
    -0.14 + 0.12j, -0.05 + 0.1j, 0 + 0.12j,
    0.1 + 0.14j, 0.1 + 0.28j, 0.32 + 0.34j,
)
EAR = (-0.06 + 0.11j, -0.17 + 0.1j, -0.2 - 0.03j, -0.14 - 0.16j, -0.08 - 0.14j, -0.02 + 0.01j)
# fmt: on


class Limb(NamedTuple):
    """A leg or an arm, by the angles of its two parts (`upper`, `lower`) or by the place of its ankle or wrist (`end`).

    With the place of its knee or elbow too (`middle`), its parts are as long as they look: they point at us a little.

    `tip` is the way the toes or the palm point, `toes` the way of the toes alone where the foot bends at its ball.
    `curl` bends the fingers at each of their joints toward the palm, `thumb` is the thumb's angle from the palm,
    `crease` is how much of the thigh's front is seen before
    the trunk, `fold` how much of its back before the shank. A `mirrored` leg has its front on the other side.
    """

    tip: float
    upper: float = 0
    lower: float = 0
    end: complex | None = None
    middle: complex | None = None
    toes: float | None = None
    curl: float = 0
    thumb: float | None = None
    crease: tuple[float, float] | None = None
    fold: tuple[float, float] | None = None
    mirrored: bool = False

    def joints(self, start: complex, first: float, second: float, bend: int) -> tuple[complex, complex]:
        """Its middle and its end joint, for parts of those lengths.

        With an `end`, the middle joint goes to the side `bend` of the way there (1 left, -1 right).
        """
        if self.end is None:
            middle = start + toward(self.upper, first)
            return middle, middle + toward(self.lower, second)
        if self.middle is not None:
            return self.middle, self.end
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
    draw_arm(picture, pose, pose.far_arm, FAR)
    _leg(picture, pose, pose.far_leg, FAR)


def draw_body(picture: Picture, pose: Pose) -> None:
    """The trunk with the leg on our side, and the head."""
    base, up = pose.spine(1)
    neck = toward(pose.neck)
    top = base + neck * NECK
    throat = [base - up * 0.35, base - neck * 0.2j, top - neck * 0.2j]
    nape = [top + neck * 0.1, top + neck * 0.27j, base + neck * 0.27j, base - up * 0.25 + neck * 0.2j]
    fronts, backs = map(list, zip(*(_sides(pose, *station) for station in TORSO_PROFILE), strict=True))
    down = -pose.spine(0)[1]
    seat = [pose.hip + down * point for point in (0.26 - 0.33j, 0.4, 0.1 + 0.33j)]
    buttock = pose.hip - down * 0.05j
    trunk = [*fronts, base + up * 0.06, *reversed(backs), *seat]
    front, back = _sides(pose, 0.21, 0.4, 0.38)
    leg = _leg_parts(pose, pose.near_leg)
    picture.union([[*throat, *nape], trunk, *leg], tubes=[(buttock, 0.41, buttock + down * 0.02, 0.41)])
    picture.curve(fronts[-2] + up * 0.13, base + up * 0.02, backs[-2] + up * 0.16)
    if pose.near_leg.crease is None or pose.near_leg.crease[0] < 0.3:  # a thigh on the belly hides the hem
        picture.curve(front, (front + back) / 2 + down * 0.06, back)
        picture.outline(leg[-1], 0)
    _leg_details(picture, pose, pose.near_leg, NEAR)
    _head(picture, pose)


def draw_arm(picture: Picture, pose: Pose, arm: Limb, width: float = NEAR) -> None:
    """An arm, by default the one on our side."""
    shoulder, _ = pose.spine(SHOULDER)
    elbow, wrist = arm.joints(shoulder, UPPER_ARM, FOREARM, -1)
    count = len(SLEEVE_PROFILE)
    sleeve = _part(shoulder, elbow, SLEEVE_PROFILE)
    del sleeve[count]  # its end is straight
    bare = [_part(shoulder, elbow, UPPER_ARM_PROFILE), _part(elbow, wrist, FOREARM_PROFILE, round_start=True)]
    picture.union(bare, width, tubes=_hand(wrist, arm), open_parts=[(sleeve, sleeve[1:-2])])
    picture.line(sleeve[count - 1], sleeve[count], width=DETAIL)
    if arm.middle is not None and width == NEAR:  # a forearm that lies before its sleeve
        picture.outline(bare[1], 0)
    _fingers(picture, wrist, arm)


def draw_hand(picture: Picture, wrist: complex, hand: Limb, width: float = NEAR) -> None:
    """A hand alone, whose arm is hidden."""
    picture.union([], width, tubes=_hand(wrist, hand))
    _fingers(picture, wrist, hand)


def _sides(pose: Pose, along: float, front: float, back: float) -> tuple[complex, complex]:
    """The points of the trunk's front and back there."""
    point, step = pose.spine(along)
    waist = max(0, 1 - ((along - 0.31) / 0.4) ** 2) ** 2
    return point - step * 1j * (front + pose.belly * waist), point + step * 1j * (back - pose.hollow * waist)


def _head(picture: Picture, pose: Pose) -> None:
    turn = toward(pose.head - 90)
    centre = pose.spine(1)[0] + toward(pose.neck, NECK) + turn * (0.1 + 0.27j)
    picture.bezier([centre + turn * point for point in FACE], NEAR, PAPER)
    picture.bezier([centre + turn * point for point in HAIR], DETAIL, INK)
    picture.outline([centre + turn * point for point in EAR], DETAIL)


def _hand(wrist: complex, limb: Limb) -> list[Tube]:
    step = toward(limb.tip)
    knuckles = wrist + step * PALM
    middle = knuckles + step * toward(-limb.curl, FINGER)
    tip = middle + step * toward(-2 * limb.curl, FINGER)
    tubes = [(wrist, 0.095, knuckles, 0.13), (knuckles, 0.12, middle, 0.095), (middle, 0.095, tip, 0.06)]
    if limb.thumb is not None:
        root = wrist + step * 0.14
        tubes.append((root, 0.08, root + step * toward(-limb.thumb, THUMB), 0.055))
    return tubes


def _fingers(picture: Picture, wrist: complex, limb: Limb) -> None:
    """A line between the fingers."""
    tubes = _hand(wrist, limb)
    picture.line(tubes[1][0], tubes[2][0], tubes[2][0] + (tubes[2][2] - tubes[2][0]) * 0.6, width=DETAIL)


def _leg_parts(pose: Pose, leg: Limb) -> list[list[complex]]:
    knee, ankle = leg.joints(pose.hip, THIGH, SHANK, 1)
    tip = toward(leg.tip)
    bend = 1 if leg.toes is None else toward(leg.toes) / tip
    foot = [point if point.real < BALL.real else BALL + (point - BALL) * bend for point in FOOT]
    thigh, shank = THIGH_PROFILE, SHANK_PROFILE
    if leg.mirrored:
        foot = [point.conjugate() for point in foot]
        thigh, shank = (tuple((x, back, front) for x, front, back in profile) for profile in (thigh, shank))
    sole = [ankle + tip * point for point in foot]
    return [sole, _part(knee, ankle, shank), _part(pose.hip, knee, thigh, round_end=True)]


def _leg_details(picture: Picture, pose: Pose, leg: Limb, width: float) -> None:
    """The hem of the trousers, and the folds at hip and knee."""
    knee, ankle = leg.joints(pose.hip, THIGH, SHANK, 1)
    front, back = _edge(knee, ankle, SHANK_PROFILE, 0.93)
    picture.line(front, back, width=DETAIL)
    away = width * picture.weight / 2 / picture.scale
    for side, span in enumerate((leg.crease, leg.fold)):
        if span is not None:
            stations = [span[0], *(x for x, _, _ in THIGH_PROFILE if span[0] < x < span[1]), span[1]]
            picture.curve(*(_edge(pose.hip, knee, THIGH_PROFILE, x, away)[side] for x in stations), width=width)


def _leg(picture: Picture, pose: Pose, leg: Limb, width: float) -> None:
    picture.union(_leg_parts(pose, leg), width)
    _leg_details(picture, pose, leg, width)


def _edge(start: complex, end: complex, profile: Profile, along: float, away: float = 0) -> tuple[complex, complex]:
    """The points on a part's front and back there, or that much outside."""
    for (x, *one), (y, *two) in pairwise(profile):
        if x <= along <= y:
            share = (along - x) / (y - x)
            front, back = (a + (b - a) * share + away for a, b in zip(one, two, strict=True))
            break
    point, step = start + (end - start) * along, (end - start) / abs(end - start)
    return point + step * 1j * front, point - step * 1j * back


def _part(
    start: complex, end: complex, profile: Profile, *, round_start: bool = False, round_end: bool = False
) -> list[complex]:
    """The outline of a part from joint to joint: its front, its far end, its back, its first end.

    An end is round, or it is hidden in the next part and has a single point.
    """
    axis = end - start
    step = axis / abs(axis)
    fronts = [start + axis * along + step * 1j * front for along, front, _ in profile]
    backs = [start + axis * along - step * 1j * back for along, _, back in profile]

    def cap(one: complex, other: complex, outward: complex, *, fully: bool) -> list[complex]:
        radius = abs(one - other) / 2
        tip = [(one + other) / 2 + outward * radius]
        if not fully:
            return tip
        inward = (other - one) / 2 * 0.22
        return [one + outward * radius * 0.6 + inward, *tip, other + outward * radius * 0.6 - inward]

    far_end = cap(fronts[-1], backs[-1], step, fully=round_end)
    return [*fronts, *far_end, *reversed(backs), *cap(backs[0], fronts[0], -step, fully=round_start)]
