"""The pictures: which poses, among which things, and how they move.

Every function draws one picture, the start on the left and the end with its arrow on the right.
"""

from __future__ import annotations

from figure import THIGH, Limb, Pose, draw_arm, draw_body, draw_far, draw_hand
from ink import DETAIL, INK, Picture, toward
from props import bed_side, carton, chair, cushion, desk, floor, keyboard, mat, roller, screen, work_chair

FLAT = 0.31j  # an ankle over its sole on the floor

REST = Limb(0, middle=-0.98 + 0.22j, end=0.05 + 0.17j)  # an arm on the floor beside someone who lies
LYING = Pose(
    hip=0.5j,
    pelvis=178.5,
    chest=181,
    neck=191,
    head=182,
    near_leg=Limb(0, end=1.35 + FLAT, crease=(0.15, 0.4)),
    far_leg=Limb(0, middle=0.94 + 2.01j, end=1.72 + FLAT),
    near_arm=REST,
    far_arm=REST,
)
LYING_STARTS = (134, 375)  # where the hips of the two figures are, in pixels


def person(picture: Picture, pose: Pose) -> None:
    """One figure with nothing between its far and its near limbs."""
    draw_far(picture, pose)
    draw_body(picture, pose)
    draw_arm(picture, pose, pose.near_arm)


def lie_down(picture: Picture, left: float) -> None:
    """The floor under someone who lies on the back."""
    picture.at(left)
    floor(picture, -3.7, 2.95)


def half_kneeling_stretch() -> Picture:
    """Kneeling on the sore side, hands on a chair; the hips move forward, the trunk stays upright."""
    picture = Picture(480, 165, 26, 5)
    hands = Limb(350, end=2.84 + 4.07j, curl=50, thumb=50)
    for left, thigh in ((84, 260), (326, 243)):
        picture.at(left)
        floor(picture, -2.9, 5.2)
        chair(picture, 3.12)
        cushion(picture, -0.65, 0.65, 0, 0.28)
        hip = 0.53j - toward(thigh, THIGH)
        kneeling, front = Limb(194, thigh, 188, toes=183), Limb(0, end=1.6 + FLAT)
        person(picture, Pose(hip, 89, 89, 80, 88, kneeling, front, hands, hands))
    picture.arrow(hip - 1.7, hip - 0.72)
    return picture


def knee_to_chest() -> Picture:
    """Lying; both hands behind one thigh draw it to the chest."""
    picture = Picture(480, 150, 35)
    start, end = LYING_STARTS
    lie_down(picture, start)
    person(picture, LYING)
    lie_down(picture, end)
    thigh = 133
    wrist = LYING.hip + toward(thigh, 1.05) + toward(thigh - 90, 0.02)
    hands = Limb(30, end=wrist, curl=40)
    leg = Limb(120, thigh, 30, crease=(0.3, 1))
    person(picture, LYING._replace(near_leg=leg, far_leg=Limb(0, end=2.02 + FLAT), near_arm=hands, far_arm=hands))
    picture.arrow(-0.3 + 3.1j, -0.95 + 3.05j, -1.75 + 2.5j)
    return picture


def bed_side_stretch() -> Picture:
    """Lying near the side of a bed, feet flat; then the near leg hangs over the edge, its thigh on the bed."""
    picture = Picture(480, 160, 28, 5)
    lift = 2.02j
    arm = Limb(0, middle=-0.98 + 0.22j + lift, end=0.02 + 0.17j + lift)
    start = LYING._replace(
        hip=LYING.hip + lift,
        neck=176,
        head=174,
        near_leg=LYING.near_leg._replace(end=1.35 + FLAT + lift),
        far_leg=Limb(0, middle=0.94 + 2.01j + lift, end=1.72 + FLAT + lift),
        near_arm=arm,
        far_arm=arm,
    )
    hanging = Limb(340, middle=1.55 + 0.12j + lift, end=1.62 + 0.86j)
    for left, pose in ((128, start), (368, start._replace(near_leg=hanging))):
        picture.at(left)
        floor(picture, -4.1, 3.8)
        bed_side(picture, -3.9, 3.6, 2)
        cushion(picture, -3.65, -2.4, 2, 2.3)
        person(picture, pose)
    picture.arrow(2.35 + 1.85j, 2.35 + 1.02j)
    return picture


def pelvic_tilt() -> Picture:
    """Lying, arms at the sides, a dark gap under the lower back; then the lower back is pressed flat."""
    picture = Picture(480, 105, 30, 31)
    arched = LYING._replace(hip=0.47j, pelvis=163, chest=197, hollow=0.18)
    flat = LYING._replace(hip=0.5j, pelvis=181, hollow=-0.06)
    arm = Limb(-6, middle=-1.15 - 0.26j, end=-0.12 - 0.5j)
    for left, pose in zip((115, 366), (arched, flat), strict=True):
        picture.at(left)
        mat(picture, -3.5, 2.8, -0.8, 0.6)
        if pose is arched:
            picture.corners([-1.7 + 0.4j, -1.7 + 0.02j, 0.02j, 0.4j], 0, INK)
        person(picture, pose._replace(near_arm=arm, far_arm=arm))
    picture.arrow(-0.8 + 0.88j, -0.8 + 0.08j, bold=0.7)
    return picture


def bridge() -> Picture:
    """Lying; then shoulders, hips and knees make a straight line."""
    picture = Picture(480, 112, 35)
    start, end = LYING_STARTS
    lie_down(picture, start)
    person(picture, LYING)
    lie_down(picture, end)
    lifted = LYING._replace(hip=-0.15 + 1.35j, pelvis=206, chest=199, neck=186, near_leg=Limb(0, end=1.35 + FLAT))
    lifted = lifted._replace(far_leg=Limb(0, end=1.72 + FLAT))
    person(picture, lifted)
    picture.arrow(-0.3 + 2.05j, -0.3 + 2.85j)
    return picture


def belly_breathing() -> Picture:
    """Lying on a pillow, one hand on the chest, one on the belly; then the belly has risen with its hand."""
    picture = Picture(480, 110, 35)
    rest = LYING._replace(neck=174, head=172)
    for left, belly, rise in zip(LYING_STARTS, (-0.04, 0.44), (22, 40), strict=True):
        lie_down(picture, left)
        cushion(picture, -3.65, -2.45, 0, 0.34)
        pose = rest._replace(belly=belly, near_leg=Limb(0, end=1.35 + FLAT, crease=(0.24, 0.4)))
        top = pose.spine(0.31)[0] + (0.41 + belly) * 1j
        near = Limb(rise, middle=-1.45 + 0.21j, end=top + 0.3 - toward(rise, 0.78), curl=6)
        far = Limb(190, middle=-0.9 + 0.4j, end=-1.42 + 1.0j)
        pose = pose._replace(near_arm=near, far_arm=far)
        draw_far(picture, pose)
        draw_body(picture, pose)
        draw_hand(picture, far.end, far)
        draw_arm(picture, pose, near)
    picture.arrow(top + 0.4j, top + 1.05j)
    return picture


def childs_pose() -> Picture:
    """On hands and knees, a cushion on the calves; then sitting back on it, arms forward."""
    picture = Picture(480, 118, 32)
    knee = 0.26j
    arm = Limb(0, end=2.02 + 0.17j)
    picture.at(100)
    floor(picture, -2.9, 4)
    cushion(picture, -2.2, -0.75, 0.43, 0.88)
    leg = Limb(186, 272, 182, toes=178)
    person(picture, Pose(knee + toward(92, THIGH), 14, 12, 5, 15, leg, leg, arm, arm))
    picture.at(345)
    floor(picture, -2.9, 4)
    cushion(picture, -2.4, -0.9, 0.43, 0.88)
    leg = Limb(186, 330, 182, toes=178, crease=(0.3, 0.9), fold=(0.45, 0.97))
    arm = Limb(0, middle=0.66 + 0.2j, end=1.75 + 0.17j)
    person(picture, Pose(knee + toward(150, THIGH), 12, -3, -10, -27, leg, leg, arm, arm))
    picture.arrow(0.6 + 2.1j, -0.2 + 2.4j, -1.1 + 2.3j)
    return picture


def sitting_posture() -> Picture:
    """At a desk: feet flat, lower back against the chair, the screen's top level with the eyes."""
    picture = Picture(240, 170, 27, 5)
    picture.at(60)
    floor(picture, -1.6, 5.2)
    work_chair(picture, 1.9)
    arm = Limb(0, end=1.45 + 3.2j, curl=12)
    pose = Pose(2.29j, 92, 90, 82, 90, Limb(0, end=1.85 + FLAT, crease=(0.2, 0.5)), Limb(0, end=2.3 + FLAT), arm, arm)
    draw_far(picture, pose)
    desk(picture, 1.1, 4.8, 2.92)
    keyboard(picture, 1.6, 2.92)
    screen(picture, 3.6, 2.92, 5.38)
    draw_body(picture, pose)
    draw_arm(picture, pose, pose.near_arm)
    for dash in range(6):
        x = 1.05 + 0.42 * dash
        picture.line(complex(x, 5.38), complex(x + 0.2, 5.38), width=DETAIL)
    return picture


def safe_lifting() -> Picture:
    """Squatting with a straight back, the box close; then standing with the box held at the waist."""
    picture = Picture(420, 170, 21.5, 5)
    picture.at(90)
    floor(picture, -2.2, 3.2)
    leg, arm = Limb(0, end=-0.25 + FLAT, crease=(0.3, 1)), Limb(292, end=1.28 + 0.9j, curl=15)
    pose = Pose(-1.05 + 1.9j, 50, 50, 55, 75, leg, leg, arm, arm)
    draw_far(picture, pose)
    draw_body(picture, pose)
    carton(picture, 0.85, 0)
    draw_arm(picture, pose, arm)
    picture.at(290)
    floor(picture, -2.2, 3.2)
    leg, arm = Limb(0, 271, 269), Limb(0, end=0.75 + 3.75j, curl=-20, thumb=-60)
    pose = Pose(3.95j, 90, 90, 82, 88, leg, leg, arm, arm)
    draw_body(picture, pose)
    carton(picture, 0.5, 3.9)
    draw_arm(picture, pose, arm)
    picture.arrow(2.25 + 1.2j, 2.25 + 3.4j)
    return picture


def foam_rolling() -> Picture:
    """Face down on the forearms and the toes, the thighs on a roller; an arrow along the thigh."""
    picture = Picture(320, 115, 33)
    leg, arm = Limb(264, 188, 188, toes=358), Limb(0, end=3 + 0.17j)
    pose = Pose(1.17j, 10, 14, 22, 42, leg, leg, arm, arm)
    picture.at(150)
    floor(picture, -4.2, 4.6)
    roller(picture, -0.95, 0.34)
    person(picture, pose)
    picture.arrow(-1.7 + 1.75j, -0.2 + 2.05j, both=True)
    return picture


def standing_hip_stretch() -> Picture:
    """One foot behind the other, hands on a chair; the hips move forward and the back heel lifts."""
    picture = Picture(420, 170, 21.5, 5)
    front, hands = Limb(0, end=0.9 + FLAT), Limb(350, end=1.88 + 4.07j, curl=50, thumb=50)
    start = (95, -0.25 + 3.78j, Limb(0, end=-1.5 + FLAT))
    end = (300, 0.45 + 3.6j, Limb(325, end=-1.65 + 0.58j, toes=0))
    for left, hip, back in (start, end):
        picture.at(left)
        floor(picture, -2.6, 4.7)
        chair(picture, 2.1)
        person(picture, Pose(hip, 91, 90, 82, 88, back, front, hands, hands))
    picture.arrow(hip - 1.7, hip - 0.72)
    return picture


PICTURES = (
    half_kneeling_stretch,
    knee_to_chest,
    bed_side_stretch,
    pelvic_tilt,
    bridge,
    belly_breathing,
    childs_pose,
    sitting_posture,
    safe_lifting,
    foam_rolling,
    standing_hip_stretch,
)
