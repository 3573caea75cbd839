"""The pictures for a sore lower back."""

from __future__ import annotations

from figure import THIGH, Limb, Pose
from ink import Picture, toward
from poses import FLAT, LYING, person
from props import chair, floor, mat

KNEE = 0.26j  # a knee that someone kneels on
PALM_DOWN = 0.17j  # a wrist over its palm on the floor


def on_all_fours(pelvis: float, chest: float, neck: float, head: float, hand: float, lift: float = 0) -> Pose:
    """Someone on hands and knees, the knee at x = 0, the palms at x = `hand`."""
    leg = Limb(186, 272 + lift, 182, toes=178)
    arm = Limb(0, end=hand + PALM_DOWN)
    return Pose(KNEE + toward(92 + lift, THIGH), pelvis, chest, neck, head, leg, leg, arm, arm)


def cat_camel() -> Picture:
    """On hands and knees; the back rounds up and the head hangs, then the back sinks and the head comes up."""
    picture = Picture(410, 138, 32)
    round_back = on_all_fours(54, -30, -10, -44, 1.84)
    hollow = on_all_fours(-14, 54, 34, 34, 1.92)._replace(belly=0.14, hollow=0.08)
    for left, pose, lift in ((92, round_back, 1), (300, hollow, -1)):
        picture.at(left)
        floor(picture, -2.7, 3.2)
        person(picture, pose)
        along = [pose.spine(0.42)[0] + 0.66j, pose.spine(0.42)[0] + 1.4j]
        picture.arrow(*along[::lift])
    return picture


def bird_dog() -> Picture:
    """On hands and knees; then one arm and the leg of the other side are straight and level."""
    picture = Picture(446, 120, 27)
    start = on_all_fours(14, 12, 5, 15, 2.02)
    picture.at(79)
    floor(picture, -2.7, 3)
    person(picture, start)
    picture.at(295)
    floor(picture, -4.2, 5.3)
    person(picture, start._replace(near_leg=Limb(272, 181, 181), far_arm=Limb(6, 8, 6)))
    picture.arrow(-3.1 + 0.9j, -3.1 + 1.75j)
    picture.arrow(4.6 + 1.3j, 4.6 + 2.15j)
    return picture


def press_up() -> Picture:
    """Face down, propped on the forearms; then the arms press the chest higher, the hips stay on the floor."""
    picture = Picture(456, 105, 27)
    leg = Limb(186, 180, 180)
    arm = Limb(0, middle=1.72 + 0.2j, end=2.78 + PALM_DOWN)
    propped = Pose(0.42j, 12, 54, 56, 80, leg, leg, arm, arm)
    arm = Limb(0, middle=1.4 + 0.95j, end=2 + PALM_DOWN)
    pressed = Pose(0.42j, 22, 74, 72, 86, leg, leg, arm, arm)
    for left, pose in ((128, propped), (364, pressed)):
        picture.at(left)
        floor(picture, -4.3, 3.1)
        person(picture, pose)
    picture.arrow(0.25 + 1.7j, 0.25 + 2.9j)
    return picture


def sit_to_stand() -> Picture:
    """On the front of a chair, feet under the knees, leaning forward; then standing in front of it."""
    picture = Picture(252, 170, 21.5, 5)
    leg = Limb(0, end=1.3 + FLAT, crease=(0.3, 0.8))
    arm = Limb(345, 312, 352)
    sit = Pose(2.3j, 60, 56, 58, 78, leg, leg, arm, arm)
    picture.at(34)
    floor(picture, -1.3, 3.5)
    chair(picture, -1)
    person(picture, sit)
    picture.at(169)
    floor(picture, -1.3, 3.5)
    chair(picture, -1)
    leg = Limb(0, end=1.3 + FLAT)
    arm = Limb(285, 280, 290)
    person(picture, Pose(1.35 + 3.93j, 90, 90, 82, 88, leg, leg, arm, arm))
    picture.arrow(2.9 + 2.4j, 2.9 + 4.6j)
    return picture


def sitting_tilt() -> Picture:
    """On the front of a chair, hands on the thighs: the hips rolled forward; then back, so that the back rounds."""
    picture = Picture(252, 136, 21.5, 5)
    leg = Limb(0, end=1.3 + FLAT, crease=(0.3, 0.8))
    arm = Limb(345, end=1.05 + 2.75j)
    for left, pelvis, chest, hollow, way in ((40, 72, 97, 0.12, 1), (172, 112, 74, 0, -1)):
        picture.at(left)
        floor(picture, -1.3, 3.5)
        chair(picture, -1)
        person(picture, Pose(2.3j, pelvis, chest, 84, 90, leg, leg, arm, arm, 0, hollow))
        picture.arrow(-1.45 - 0.35 * way + 2.9j, -1.45 + 0.35 * way + 2.9j)
    return picture


def knee_rolls() -> Picture:
    """Lying, seen from the side and above, arms spread; then both knees are rolled over to one side."""
    picture = Picture(480, 146, 34, 70)
    pose = LYING._replace(
        near_leg=Limb(0, middle=1.05 + 1.5j, end=1.5 + 0.08j),
        far_leg=Limb(0, middle=1.15 + 1.78j, end=1.72 + 0.36j),
        near_arm=Limb(-52, middle=-1.42 - 0.4j, end=-0.82 - 1.05j),
        far_arm=Limb(28, middle=-1.45 + 1.18j, end=-0.85 + 1.5j),
    )
    rolled = pose._replace(
        near_leg=Limb(-8, middle=1.22 - 0.58j, end=1.58 + 0.48j, mirrored=True),
        far_leg=Limb(-10, middle=1.15 - 0.98j, end=1.55 + 0.12j, mirrored=True),
    )
    for left, position in ((133, pose), (375, rolled)):
        picture.at(left)
        mat(picture, -3.38, 2.6, -1.75, 1.8)
        person(picture, position)
    picture.arrow(0.2 + 1.5j, 0.8 + 1.3j, 1 + 0.6j)
    return picture


PICTURES = (knee_rolls, cat_camel, bird_dog, press_up, sit_to_stand, sitting_tilt)
