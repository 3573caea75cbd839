"""The pictures for an ankle that was sprained."""

from __future__ import annotations

from math import cos, radians, sin

from figure import SHANK, THIGH, Limb, Pose, draw_arm, draw_body, draw_far
from foot import BALL, foot_above, foot_side, wrap_side
from ink import ARROW, DETAIL, FAR, INK, NEAR, Picture, toward
from poses import FLAT, LYING, person
from props import chair, cushion, floor, hand_rail, sofa, stairs, step, stool, towel, wall

STANDING = Pose(3.95j, 90, 90, 82, 88, Limb(0, 270, 270), Limb(0, 270, 270), Limb(280, 275, 285), Limb(280, 275, 285))


def heel_raises() -> Picture:
    """Standing behind a chair, hands on its back, heels up; the sore foot large, flat and then on its ball."""
    picture = Picture(300, 170, 20.6, 5)
    picture.at(30)
    floor(picture, -1.3, 4.3)
    chair(picture, 2.3)
    hands = Limb(350, end=2.08 + 4.07j, curl=50, thumb=50)
    leg = Limb(308, end=0.12 + 0.66j, toes=0)
    far = leg._replace(end=0.52 + 0.66j)
    pose = STANDING._replace(hip=0.25 + 4.28j, near_leg=leg, far_leg=far, near_arm=hands, far_arm=hands)
    person(picture, pose)
    wrap(picture, pose)
    for left, tilt in ((144, 0), (231, -38)):
        picture.at(left, 3.1)
        floor(picture, -6, 20)
        ball = 12.6 + 0.3j
        wrap_side(picture, foot_side(picture, ball - toward(tilt) * BALL, tilt=tilt, shin=9, on_ball=True))
    picture.arrow(-2.6 + 0.4j, -2.6 + 8.5j)
    return picture


def one_leg_stand() -> Picture:
    """Standing on both feet, hands on a chair, the sore ankle wrapped; then the good foot is off the floor."""
    picture = Picture(300, 170, 21.5, 5)
    hand = Limb(350, end=1.88 + 4.07j, curl=50, thumb=50)
    stand = STANDING._replace(
        hip=0.15 + 3.95j, near_leg=Limb(0, end=FLAT), far_leg=Limb(0, end=0.45 + FLAT), near_arm=hand, far_arm=hand
    )
    lifted = stand._replace(near_leg=Limb(0, end=0.1 + FLAT), far_leg=Limb(305, 296, 208))
    for left, pose in ((36, stand), (200, lifted)):
        picture.at(left)
        floor(picture, -1.4, 4.2)
        chair(picture, 2.1)
        person(picture, pose)
        wrap(picture, pose)
    picture.arrow(-1.85 + 0.6j, -1.85 + 2j)
    return picture


def towel_calf_stretch() -> Picture:
    """Sitting on the floor, leg straight, a towel round the ball of the foot; then the towel pulls the toes closer."""
    picture = Picture(362, 135, 30.5)
    for left, lean, foot, wrist in ((34, 91, 76, 2.2 + 1.6j), (218, 95, 104, 1.9 + 1.7j)):
        picture.at(left)
        floor(picture, -0.9, 4.5)
        ankle = 3.62 + 0.28j
        leg = Limb(foot, end=ankle, crease=(0.2, 0.4))
        hand = Limb(-20, end=wrist, curl=50, thumb=30)
        pose = Pose(0.45j, lean, lean - 4, 82, 90, leg, leg, hand, hand)
        draw_far(picture, pose)
        draw_body(picture, pose)
        hold = wrist + 0.24 - 0.14j
        ball, across, sole = ankle + toward(foot, 0.62), toward(foot, 0.16), toward(foot - 90, 0.33)
        towel(picture, hold, ball - across + sole, ball + across + sole)
        draw_arm(picture, pose, hand)
    picture.arrow(3.4 + 2.05j, 2.3 + 2.45j)
    return picture


def wall_calf_stretch() -> Picture:
    """Hands on a wall, one foot behind; then the front knee bends and the hips move forward, both heels down."""
    picture = Picture(256, 170, 21.5, 5)
    start = (52, -0.3 + 3.8j, 86)
    end = (184, 0.35 + 3.42j, 80)
    for left, hip, lean in (start, end):
        picture.at(left)
        floor(picture, -2.1, 3)
        wall(picture, 2.52, 6.9)
        front, back = Limb(0, end=0.9 + FLAT), Limb(0, end=-1.6 + FLAT)
        hand = Limb(80, end=2.36 + 5.3j)
        person(picture, Pose(hip, lean, lean, lean - 6, 86, back, front, hand, hand))
    picture.arrow(hip - 1.7, hip - 0.72)
    return picture


def step_up() -> Picture:
    """The sore foot, wrapped, on a low step, a hand on a rail; then both feet on the step, standing tall."""
    picture = Picture(258, 170, 19.6, 5)
    high = 0.7j
    below = (36, -0.2 + 3.96j, Limb(0, end=0.75 + FLAT + high), Limb(0, end=-0.95 + FLAT), 84)
    above = (168, 0.85 + 3.95j + high, Limb(0, end=0.75 + FLAT + high), Limb(0, end=1.15 + FLAT + high), 90)
    for left, hip, near, far, lean in (below, above):
        picture.at(left)
        floor(picture, -1.5, 4.2)
        hand_rail(picture, 0.9 + 4.5j, 4 + 4.5j)
        step(picture, 0.1, 3.1, high.imag)
        hold = Limb(350, end=hip.real + 1.75 + 4.68j, curl=40, thumb=40)
        pose = Pose(hip, lean, lean, lean - 6, 88, near, far, Limb(285, 265, 285), hold)
        person(picture, pose)
        wrap(picture, pose)
    picture.arrow(-0.9 + 1.6j, -0.9 + 3.4j)
    return picture


def raise_the_foot() -> Picture:
    """Lying on a sofa, the head on a pillow, one foot on two cushions and higher than the chest."""
    picture = Picture(400, 150, 40, 6)
    picture.at(190)
    floor(picture, -4.4, 5)
    lift = 1.1j
    sofa(picture, -4.2, 4.6, 1.1)
    cushion(picture, -3.7, -2.4, 1.1, 1.45)
    leg = Limb(80, end=3.55 + 2.3j, crease=(0.1, 0.3))
    pose = LYING._replace(hip=0.47j + lift, neck=172, head=170, near_leg=leg, far_leg=Limb(80, 359, 0))
    arm = Limb(0, middle=-0.98 + 0.22j + lift, end=0.02 + 0.17j + lift)
    pose = pose._replace(near_arm=arm, far_arm=arm)
    draw_far(picture, pose)
    cushion(picture, 2.2, 3.9, 1.1, 1.62)
    cushion(picture, 2.3, 3.8, 1.62, 2.1)
    draw_body(picture, pose)
    draw_arm(picture, pose, arm)
    return picture


def stairs_with_rail() -> Picture:
    """A hand on the rail: up with the good foot first, down with the sore one first, whose ankle is wrapped."""
    picture = Picture(332, 170, 20.8, 5)
    rise, run, count = 0.7j, 1.2, 3
    up, down = run + rise, run - rise
    walking = STANDING._replace(near_arm=Limb(285, 262, 285))
    picture.at(60)
    floor(picture, -2.5, 0.3)
    hand_rail(picture, 0.3 + 3.8j - up / 2, 0.3 + 3.8j + up * count)
    stairs(picture, 0.3, up, count)
    climb = walking._replace(
        hip=-0.1 + 3.88j,
        pelvis=84,
        chest=84,
        neck=76,
        near_leg=Limb(0, end=-0.8 + FLAT),
        far_leg=Limb(0, end=0.62 + FLAT + rise),
        far_arm=Limb(10, end=1.3 + 4.58j, curl=40, thumb=40),
    )
    person(picture, climb)
    wrap(picture, climb)
    picture.arrow(-2.5 + 1.9j, -2.5 + 1.9j + up * 1.1)
    picture.at(236)
    floor(picture, 0.4, 4.2)
    hand_rail(picture, 0.4 + 3.8j - down * count, 0.4 + 3.8j + down * 1.5)
    stairs(picture, 0.4, -down, count)
    descend = walking._replace(
        hip=-0.1 + 3.8j,
        pelvis=86,
        chest=86,
        neck=80,
        head=84,
        near_leg=Limb(0, end=0.95 + FLAT),
        far_leg=Limb(0, end=-0.46 + FLAT + rise),
        far_arm=Limb(330, end=1.3 + 3.4j, curl=40, thumb=40),
    )
    person(picture, descend)
    wrap(picture, descend)
    picture.arrow(2.75 + 2.6j, 2.75 + 2.6j + down * 1.1)
    return picture


def wrap(picture: Picture, pose: Pose) -> None:
    """A dark wrap round the ankle of the leg on our side."""
    knee, ankle = pose.near_leg.joints(pose.hip, THIGH, SHANK, 1)
    up = (knee - ankle) / abs(knee - ankle)
    cuff = [ankle + up * (0.5 + 0.19j), ankle + up * (0.5 - 0.18j)]
    foot = (0.18 + 0.2j, 0.47 + 0.02j, 0.42 - 0.29j, 0.16 - 0.29j, -0.22 - 0.02j)
    picture.corners([*cuff, *(ankle + toward(pose.near_leg.tip) * point for point in foot)], DETAIL, INK)


def toe_raises() -> Picture:
    """Feet flat on the floor; then their toes and balls are up, the heels stay down."""
    picture = Picture(436, 165, 6)
    for left, tilt in ((60, 0), (274, 20)):
        picture.at(left)
        floor(picture, -9, 23)
        ankle = (8 + tilt / 40) * 1j
        foot_side(picture, ankle + 3.5, tilt=tilt, width=FAR)
        foot_side(picture, ankle, tilt=tilt)
    picture.arrow(24.6 + 3j, 24.6 + 9j)
    return picture


def ankle_circles() -> Picture:
    """Sitting, one calf on a stool, its toes going up and down; that foot large, whose toes draw a circle."""
    picture = Picture(384, 165, 23.5, 5)
    picture.at(40)
    floor(picture, -1.4, 5.1)
    chair(picture, -1)
    leg = Limb(78, end=3.62 + 1.95j, crease=(0.2, 0.5))
    arm = Limb(300, end=0.4 + 2.55j)
    pose = Pose(2.3j, 92, 90, 82, 88, leg, Limb(0, end=1.5 + FLAT), arm, arm)
    draw_far(picture, pose)
    stool(picture, 2.45, 3.45, 1.72)
    draw_body(picture, pose)
    draw_arm(picture, pose, arm)
    picture.arrow(4.75 + 1.75j, 4.95 + 2.75j, 4.6 + 3.75j, both=True)
    picture.at(270, 5.6)
    ankle = 8 + 6.6j
    toes = ankle + toward(74, 18.4)
    ring = [toes + complex(5.4 * cos(radians(angle)), 1.9 * sin(radians(angle))) for angle in range(170, -181, -10)]
    picture.curve(*ring[:21], width=ARROW)
    foot_side(picture, ankle, lean=86, shin=14.5)
    picture.arrow(*ring[17:34])
    return picture


def band_turn_out() -> Picture:
    """Both feet from above in a loop of elastic band; then one foot turns out and stretches it, the heel stays."""
    picture = Picture(342, 160, 5, 27)
    for left, turn in ((66, 0), (224, 28)):
        picture.at(left)
        picture.line(-9.6 + 9.9j, 6.6 + toward(-turn) * (3 + 9.9j), width=2 * ARROW)  # under the soles
        still, moved = foot_above(picture, -6.6, left=True), foot_above(picture, 6.6, turn)
        loop = [still(5.7 + 12.2j), still(5.6 + 15.2j), moved(5.6 + 15.2j), moved(5.7 + 12.2j)]
        picture.corners(loop, NEAR, INK)
    picture.arrow(*(6.6 + toward(angle, 24.4) for angle in (80, 71, 62, 53)))
    return picture


PICTURES = (
    ankle_circles,
    heel_raises,
    one_leg_stand,
    towel_calf_stretch,
    wall_calf_stretch,
    band_turn_out,
    toe_raises,
    step_up,
    raise_the_foot,
    stairs_with_rail,
)
