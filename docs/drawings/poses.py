"""The pictures: which poses, where, among which things, and how they move.

Every function draws one picture, the start on the left and the end on the right.
"""

from __future__ import annotations

from figure import THIGH, Limb, Pose, draw_arm, draw_body, draw_far, draw_palm
from ink import DETAIL, FAR, Picture, toward
from props import bed, carton, chair, cushion, desk, floor, roller, screen, work_chair

# Arms at rest beside someone who lies on the back.
REST = Limb(2, 352, 357)
FLAT = 0.31j  # an ankle over the sole that stands on the floor


def supine(**changes: object) -> Pose:
    """On the back, knees bent, feet flat, arms beside the body."""
    usual = Pose(
        hip=0.5j, pelvis=178.5, chest=181, neck=193, head=182,
        near_leg=Limb(0, end=1.2 + FLAT), far_leg=Limb(0, end=1.9 + FLAT),
        near_arm=REST, far_arm=REST,
    )  # fmt: skip
    return usual._replace(**changes)


def person(picture: Picture, pose: Pose) -> None:
    draw_far(picture, pose)
    draw_body(picture, pose)
    draw_arm(picture, pose)


def person_near(picture: Picture, pose: Pose) -> None:
    draw_body(picture, pose)
    draw_arm(picture, pose)


def knee_to_chest() -> Picture:
    picture = Picture(480, 125, 35)
    picture.at(134)
    floor(picture, -3.7, 2.85)
    person(picture, supine())
    picture.at(375)
    floor(picture, -3.7, 2.85)
    hip = 0.5j
    thigh = 121
    hold = hip + toward(thigh, 1.0) + toward(thigh - 90, 0.2)
    person(picture, supine(
        near_leg=Limb(85, thigh, 4),
        near_arm=Limb(20, end=hold, hand="curled"), far_arm=Limb(20, end=hold, hand="curled"),
    ))  # fmt: skip
    picture.arrow(0.35 + 2.5j, -0.35 + 2.8j, -1.2 + 2.65j)
    return picture


def pelvic_tilt() -> Picture:
    picture = Picture(480, 105, 35)
    for left, pose in ((134, supine(pelvis=161, chest=197, hollow=0.16, hip=0.46j)), (375, supine(pelvis=181, hollow=-0.05))):
        picture.at(left)
        floor(picture, -3.7, 2.85)
        arm = Limb(15, 6, 12, short=0.68)
        person(picture, pose._replace(near_arm=arm, far_arm=arm))
    picture.arrow(-0.95 + 1.75j, -0.95 + 1.05j)
    return picture


def bridge() -> Picture:
    picture = Picture(480, 112, 35)
    picture.at(134)
    floor(picture, -3.7, 2.85)
    person(picture, supine())
    picture.at(375)
    floor(picture, -3.7, 2.85)
    arm = Limb(2, 350, 357)
    person(picture, supine(hip=-0.19+1.35j, pelvis=207, chest=196, neck=188, near_arm=arm, far_arm=arm))
    picture.arrow(-0.3 + 2.05j, -0.3 + 2.85j)
    return picture


def belly_breathing() -> Picture:
    picture = Picture(480, 105, 35)
    for left, pose in ((134, supine(belly=-0.06)), (375, supine(belly=0.3))):
        picture.at(left)
        floor(picture, -3.7, 2.85)
        cushion(picture, -3.65, -2.45, 0, 0.34)
        pose = pose._replace(neck=172, head=170)
        belly = pose.spine(0.33)[0] + (0.5 + pose.belly) * 1j
        breast = pose.spine(0.68)[0] + 0.52j
        pose = pose._replace(near_arm=Limb(358 if pose.belly < 0 else 347, end=belly - 0.3, short=0.72 if pose.belly < 0 else 0.84))
        draw_far(picture, pose._replace(far_arm=pose.near_arm))
        draw_body(picture, pose)
        draw_palm(picture, breast + 0.04j, 278)
        draw_arm(picture, pose)
        if pose.belly > 0:
            picture.arrow(belly+0.3j, belly + 1.05j)
    return picture


def half_kneeling() -> Picture:
    picture = Picture(480, 165, 26, 5)
    for left, shift in ((95, 0), (330, 0.75)):
        picture.at(left)
        floor(picture, -2.9, 4.4)
        knee = 0.55j
        thigh = 270 if not shift else 247
        hip = knee - toward(thigh, THIGH)
        chair(picture, 2.35)
        pose = Pose(hip, 90, 90, 80, 88,
            near_leg=Limb(184, thigh, 188), far_leg=Limb(0, end=1.75 + FLAT),
            near_arm=Limb(350, end=2.0 + 4.05j), far_arm=Limb(350, end=2.0 + 4.05j))
        cushion(picture, -0.6, 0.6, 0, 0.34)
        person(picture, pose)
        if shift:
            picture.arrow(hip - 1.5, hip - 0.62)
    return picture


def bed_edge() -> Picture:
    picture = Picture(480, 165, 30.5, 5)
    hip = -0.1 + 2.82j
    thigh = 121
    knee = hip + toward(thigh, THIGH)
    hold = knee + toward(340, 0.35) + 0.15j
    arm = Limb(20, end=hold - 0.35, hand="curled")
    up = Limb(80, thigh, 355)
    for left, leg in ((148, Limb(60, thigh, 335)), (390, Limb(350, 347, 272))):
        picture.at(left)
        floor(picture, -4.4, 2.9)
        bed(picture, -4.1, 0.2, 2.32)
        cushion(picture, -3.9, -2.5, 2.32, 2.62)
        person(picture, supine(hip=hip, near_leg=leg, far_leg=up, near_arm=arm, far_arm=arm, neck=174, head=172))
    picture.arrow(1.5+3.75j, 2.1 + 3.4j, 2.25+2.7j)
    return picture


def childs_pose() -> Picture:
    picture = Picture(480, 118, 32)
    picture.at(100)
    floor(picture, -2.9, 4)
    knee = 0.24j
    hip = knee + toward(92, THIGH)
    legs = Limb(182, 272, 181)
    arm = Limb(0, 272, 270)
    person(picture, Pose(hip, 14, 6, 5, 15, legs, legs, arm, arm))
    picture.at(345)
    floor(picture, -2.9, 4)
    hip = knee + toward(150, THIGH)
    cushion(picture, -2.3, -1.1, 0.42, 0.85)
    legs = Limb(182, 330, 181)
    arm = Limb(0, end=2.65 + 0.13j)
    pose = Pose(hip, 18, -10, -2, -8, legs, legs, arm, arm)
    person(picture, pose)
    picture.arrow(0.6+2.1j, -0.2 + 2.4j, -1.1 + 2.3j)
    return picture


def sitting() -> Picture:
    picture = Picture(240, 170, 27, 5)
    picture.at(60)
    floor(picture, -1.6, 5.2)
    hip = 2.33j
    work_chair(picture, 1.9)
    arm = Limb(355, end=1.4 + 3.1j)
    pose = Pose(hip, 94, 90, 82, 90, Limb(0, end=1.85 + FLAT), Limb(0, end=2.3 + FLAT), arm, arm)
    draw_far(picture, pose)
    desk(picture, 1.1, 4.8, 2.9)
    screen(picture, 3.6, 2.9, 5.4)
    person_near(picture, pose)
    for x in range(6):
        picture.line(complex(1.05 + 0.42 * x, 5.4), complex(1.25 + 0.42 * x, 5.4), width=DETAIL)
    return picture


def lifting() -> Picture:
    picture = Picture(420, 170, 21.5, 5)
    picture.at(90)
    floor(picture, -2.2, 3.2)
    hip = -1.08 + 1.5j
    arm = Limb(280, end=1.15 + 1.0j)
    pose = Pose(hip, 52, 50, 55, 75, Limb(0, end=FLAT), Limb(0, end=FLAT), arm, arm)
    draw_far(picture, pose)
    carton(picture, 0.6, 0, 1.3)
    person_near(picture, pose)
    picture.at(290)
    floor(picture, -2.2, 3.2)
    arm = Limb(10, end=0.85 + 3.78j)
    pose = Pose(3.95j, 90, 90, 82, 88, Limb(0, 271, 269), Limb(0, 271, 269), arm, arm)
    draw_body(picture, pose)
    carton(picture, 0.5, 3.9, 1.4)
    draw_arm(picture, pose)
    picture.arrow(2.7 + 1.5j, 2.7 + 4j)
    return picture


def rolling() -> Picture:
    picture = Picture(480, 90, 26.5)
    for left, spot in ((126, -0.6), (368, -1.4)):
        picture.at(left)
        floor(picture, -4.5, 3.9)
        leg, arm = Limb(192, 182, 184), Limb(0, 270, 0)
        pose = Pose(1.02j, 10, 12, 25, 45, leg, leg, arm, arm)
        roller(picture, spot + 0.33j, 0.33)
        person(picture, pose)
    picture.arrow(-1.9 + 2j, -0.3 + 2j, both=True)
    return picture


def standing_stretch() -> Picture:
    picture = Picture(420, 170, 21.5, 5)
    for left, hip, heel, shift in ((100, -0.3 + 3.74j, -1.5 + FLAT, 0), (300, 0.45 + 3.65j, -1.4 + 0.64j, 1)):
        picture.at(left)
        floor(picture, -2.6, 4.2)
        chair(picture, 1.9)
        arm = Limb(350, end=1.6 + 4.05j)
        pose = Pose(hip, 91, 90, 82, 88, Limb(330 if shift else 0, end=heel, toes=0), Limb(0, end=0.9 + FLAT), arm, arm)
        person(picture, pose)
        if shift:
            picture.arrow(hip - 1.6, hip - 0.62)
    return picture


PICTURES = {
    "half-kneeling-stretch": half_kneeling,
    "knee-to-chest": knee_to_chest,
    "bed-edge-stretch": bed_edge,
    "pelvic-tilt": pelvic_tilt,
    "bridge": bridge,
    "belly-breathing": belly_breathing,
    "childs-pose": childs_pose,
    "sitting-posture": sitting,
    "safe-lifting": lifting,
    "foam-rolling": rolling,
    "standing-hip-stretch": standing_stretch,
}
