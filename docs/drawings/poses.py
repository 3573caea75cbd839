"""The pictures: which poses, among which things, and how they move.

Every function draws one picture, the start on the left and the end with its arrow on the right.
"""

from __future__ import annotations

from figure import THIGH, Limb, Pose, draw_arm, draw_body, draw_far, draw_fingers
from ink import DETAIL, Picture, toward
from props import bed, carton, chair, cushion, desk, floor, roller, screen, work_chair

FLAT = 0.31j  # an ankle over its sole on the floor

LYING = Pose(
    hip=0.5j,
    pelvis=178.5,
    chest=181,
    neck=193,
    head=182,
    near_leg=Limb(0, end=1.2 + FLAT),
    far_leg=Limb(0, end=1.9 + FLAT),
    near_arm=Limb(2, 352, 357),
    far_arm=Limb(2, 352, 357),
)
LYING_STARTS = (134, 375)  # where the hips of the two figures are, in pixels


def person(picture: Picture, pose: Pose) -> None:
    """One figure with nothing between its far and its near limbs."""
    draw_far(picture, pose)
    draw_body(picture, pose)
    draw_arm(picture, pose)


def lie_down(picture: Picture, left: float) -> None:
    """The floor under someone who lies on the back."""
    picture.at(left)
    floor(picture, -3.7, 2.85)


def half_kneeling_stretch() -> Picture:
    """Kneeling on the sore side, hands on a chair; the hips move forward, the trunk stays upright."""
    picture = Picture(480, 165, 26, 5)
    hands = Limb(350, end=2 + 4.05j)
    for left, thigh in ((95, 270), (330, 247)):
        picture.at(left)
        floor(picture, -2.9, 4.4)
        chair(picture, 2.35)
        cushion(picture, -0.6, 0.6, 0, 0.34)
        hip = 0.55j - toward(thigh, THIGH)
        kneeling, front = Limb(184, thigh, 188), Limb(0, end=1.75 + FLAT)
        person(picture, Pose(hip, 90, 90, 80, 88, kneeling, front, hands, hands))
    picture.arrow(hip - 1.6, hip - 0.62)
    return picture


def knee_to_chest() -> Picture:
    """Lying; both hands behind one thigh draw it to the chest."""
    picture = Picture(480, 125, 35)
    start, end = LYING_STARTS
    lie_down(picture, start)
    person(picture, LYING)
    lie_down(picture, end)
    thigh = 121
    wrist = LYING.hip + toward(thigh) + toward(thigh - 90, 0.2)
    hands = Limb(20, end=wrist, hand="curled")
    person(picture, LYING._replace(near_leg=Limb(85, thigh, 4), near_arm=hands, far_arm=hands))
    picture.arrow(0.35 + 2.5j, -0.35 + 2.8j, -1.2 + 2.65j)
    return picture


def bed_edge_stretch() -> Picture:
    """Lying at the foot of a bed, both knees held; then one thigh hangs over the edge."""
    picture = Picture(480, 165, 30.5, 5)
    hip, thigh = -0.1 + 2.82j, 121
    hands = Limb(20, end=hip + toward(thigh, THIGH) + toward(340, 0.35) - 0.35 + 0.15j, hand="curled")
    held = LYING._replace(hip=hip, neck=174, head=172, far_leg=Limb(80, thigh, 355), near_arm=hands, far_arm=hands)
    for left, leg in ((148, Limb(60, thigh, 335)), (390, Limb(350, 347, 272))):
        picture.at(left)
        floor(picture, -4.4, 2.85)
        bed(picture, -4.1, 0.2, 2.32)
        cushion(picture, -3.9, -2.5, 2.32, 2.62)
        person(picture, held._replace(near_leg=leg))
    picture.arrow(1.5 + 3.75j, 2.1 + 3.4j, 2.25 + 2.7j)
    return picture


def pelvic_tilt() -> Picture:
    """Lying, a gap under the lower back; then the lower back is pressed flat."""
    picture = Picture(480, 105, 35)
    arched = LYING._replace(hip=0.46j, pelvis=160, chest=205, neck=181, hollow=0.2)
    flat = LYING._replace(hip=0.48j, pelvis=180, hollow=-0.12)
    hands = Limb(12, 9, 14, short=0.66)
    for left, pose in zip(LYING_STARTS, (arched, flat), strict=True):
        lie_down(picture, left)
        person(picture, pose._replace(near_arm=hands, far_arm=hands))
    picture.arrow(-0.95 + 1.75j, -0.95 + 1.05j)
    return picture


def bridge() -> Picture:
    """Lying; then shoulders, hips and knees make a straight line."""
    picture = Picture(480, 112, 35)
    start, end = LYING_STARTS
    lie_down(picture, start)
    person(picture, LYING)
    lie_down(picture, end)
    arms = Limb(2, 350, 357)
    lifted = LYING._replace(hip=-0.19 + 1.35j, pelvis=207, chest=196, neck=188)
    person(picture, lifted._replace(near_arm=arms, far_arm=arms))
    picture.arrow(-0.3 + 2.05j, -0.3 + 2.85j)
    return picture


def belly_breathing() -> Picture:
    """Lying on a pillow, one hand on the chest, one on the belly; then the belly has risen with its hand."""
    picture = Picture(480, 105, 35)
    rest = LYING._replace(neck=172, head=170)
    for left, belly, tip, short in zip(LYING_STARTS, (-0.06, 0.3), (358, 347), (0.72, 0.84), strict=True):
        lie_down(picture, left)
        cushion(picture, -3.65, -2.45, 0, 0.34)
        pose = rest._replace(belly=belly)
        top = pose.spine(0.33)[0] + (0.5 + belly) * 1j
        arm = Limb(tip, end=top - 0.3, short=short)
        pose = pose._replace(near_arm=arm, far_arm=arm)
        draw_far(picture, pose)
        draw_body(picture, pose)
        draw_fingers(picture, pose.spine(0.68)[0] + 0.56j, 278)
        draw_arm(picture, pose)
    picture.arrow(top + 0.3j, top + 1.05j)
    return picture


def childs_pose() -> Picture:
    """On hands and knees; then sitting back on a cushion over the heels, arms forward."""
    picture = Picture(480, 118, 32)
    knee = 0.24j
    picture.at(100)
    floor(picture, -2.9, 4)
    leg, arm = Limb(182, 272, 181), Limb(0, 272, 271)
    person(picture, Pose(knee + toward(92, THIGH), 15, 7, 5, 15, leg, leg, arm, arm))
    picture.at(345)
    floor(picture, -2.9, 4)
    cushion(picture, -2.5, -1, 0.42, 0.92)
    leg, arm = Limb(182, 330, 181), Limb(0, end=2.65 + 0.13j)
    person(picture, Pose(knee + toward(150, THIGH), 18, -10, -2, -8, leg, leg, arm, arm))
    picture.arrow(0.6 + 2.1j, -0.2 + 2.4j, -1.1 + 2.3j)
    return picture


def sitting_posture() -> Picture:
    """At a desk: feet flat, lower back against the chair, the screen's top level with the eyes."""
    picture = Picture(240, 170, 27, 5)
    picture.at(60)
    floor(picture, -1.6, 5.2)
    work_chair(picture, 1.9)
    arm = Limb(355, end=1.4 + 3.1j)
    pose = Pose(2.33j, 94, 90, 82, 90, Limb(0, end=1.85 + FLAT), Limb(0, end=2.3 + FLAT), arm, arm)
    draw_far(picture, pose)
    desk(picture, 1.1, 4.8, 2.9)
    screen(picture, 3.6, 2.9, 5.4)
    draw_body(picture, pose)
    draw_arm(picture, pose)
    for dash in range(6):
        x = 1.05 + 0.42 * dash
        picture.line(complex(x, 5.4), complex(x + 0.2, 5.4), width=DETAIL)
    return picture


def safe_lifting() -> Picture:
    """Squatting with a straight back, the box close; then standing with the box held at the waist."""
    picture = Picture(420, 170, 21.5, 5)
    picture.at(90)
    floor(picture, -2.2, 3.2)
    leg, arm = Limb(0, end=FLAT), Limb(280, end=1.15 + 1j)
    pose = Pose(-1.08 + 1.5j, 52, 50, 55, 75, leg, leg, arm, arm)
    draw_far(picture, pose)
    carton(picture, 0.6, 0)
    draw_body(picture, pose)
    draw_arm(picture, pose)
    picture.at(290)
    floor(picture, -2.2, 3.2)
    leg, arm = Limb(0, 271, 269), Limb(10, end=0.85 + 3.78j)
    pose = Pose(3.95j, 90, 90, 82, 88, leg, leg, arm, arm)
    draw_body(picture, pose)
    carton(picture, 0.5, 3.9)
    draw_arm(picture, pose)
    picture.arrow(2.7 + 1.5j, 2.7 + 4j)
    return picture


def foam_rolling() -> Picture:
    """Face down on the forearms, a roller under the thighs: first below the hips, then above the knees."""
    picture = Picture(480, 90, 26.5)
    leg, arm = Limb(192, 182, 184), Limb(0, 270, 0)
    for left, spot in ((126, -0.6), (368, -1.4)):
        picture.at(left)
        floor(picture, -4.5, 3.9)
        roller(picture, spot, 0.33)
        person(picture, Pose(1.02j, 11, 13, 25, 45, leg, leg, arm, arm))
    picture.arrow(-1.9 + 2j, -0.3 + 2j, both=True)
    return picture


def standing_hip_stretch() -> Picture:
    """One foot behind the other, hands on a chair; the hips move forward and the back heel lifts."""
    picture = Picture(420, 170, 21.5, 5)
    front, hands = Limb(0, end=0.9 + FLAT), Limb(350, end=1.6 + 4.05j)
    start = (100, -0.3 + 3.74j, Limb(0, end=-1.5 + FLAT))
    end = (300, 0.45 + 3.65j, Limb(330, end=-1.4 + 0.64j, toes=0))
    for left, hip, back in (start, end):
        picture.at(left)
        floor(picture, -2.6, 4.2)
        chair(picture, 1.9)
        person(picture, Pose(hip, 91, 90, 82, 88, back, front, hands, hands))
    picture.arrow(hip - 1.7, hip - 0.62)
    return picture


PICTURES = (
    half_kneeling_stretch,
    knee_to_chest,
    bed_edge_stretch,
    pelvic_tilt,
    bridge,
    belly_breathing,
    childs_pose,
    sitting_posture,
    safe_lifting,
    foam_rolling,
    standing_hip_stretch,
)
