"""The pictures for a sore lower back."""

from __future__ import annotations

from above import lying_above
from figure import THIGH, Limb, Pose
from ink import Picture, toward
from poses import FLAT, person
from props import chair, floor, mat_above

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
    """On hands and knees; then one arm and the leg of the other side reach out, straight and level."""
    picture = Picture(478, 126, 26)
    start = on_all_fours(13, 11, 0, 10, 2.02)
    picture.at(76)
    floor(picture, -2.7, 3)
    person(picture, start)
    picture.at(322)
    floor(picture, -4.1, 5.6)
    reaching = on_all_fours(13, 11, -19, -11, 2.02)
    person(picture, reaching._replace(near_leg=Limb(272, 180, 180), far_arm=Limb(17, 22, 18)))
    picture.arrow(-1.6 + 3.1j, -3.4 + 3.1j)
    picture.arrow(3.2 + 3.85j, 4.9 + 4.35j)
    return picture


def press_up() -> Picture:
    """Lying face down, the forearms flat; then propped on the forearms, the hips still on the floor."""
    picture = Picture(480, 105, 28)
    leg = Limb(186, 180, 180)
    arm = Limb(0, middle=1.2 + 0.2j, end=2.28 + PALM_DOWN)
    lying = Pose(0.42j, 1, 4, 30, 56, leg, leg, arm, arm)
    arm = Limb(0, middle=1.62 + 0.2j, end=2.68 + PALM_DOWN)
    propped = Pose(0.42j, 12, 54, 56, 80, leg, leg, arm, arm)
    for left, pose in ((131, lying), (376, propped)):
        picture.at(left)
        floor(picture, -4.3, 3.5)
        person(picture, pose)
    picture.arrow(3.2 + 0.8j, 3.2 + 1.4j, 3.05 + 2.3j)
    return picture


def sit_to_stand() -> Picture:
    """On the front edge of a chair by a wall, feet back, leaning forward; then standing in front of it."""
    picture = Picture(300, 170, 21.5, 5)
    feet = 1.02 + FLAT
    for left in (47, 203):
        picture.at(left)
        floor(picture, -2.1, 3.6)
        picture.line(-1.95 - 0.03j, -1.95 + 7j)
        chair(picture, -1.6)
        if left == 47:
            leg = Limb(0, end=feet, crease=(0.3, 0.8))
            arm = Limb(345, 312, 352)
            person(picture, Pose(2.3j, 60, 56, 58, 78, leg, leg, arm, arm))
            picture.arrow(*(2.3j + toward(angle, 2.9) for angle in (120, 109, 98, 87, 76)))
        else:
            leg = Limb(0, end=feet)
            arm = Limb(285, 280, 290)
            person(picture, Pose(1.07 + 3.93j, 90, 90, 82, 88, leg, leg, arm, arm))
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
    """Lying, seen from above, arms out, knees bent and together; then both knees are rolled over to one side."""
    picture = Picture(480, 146, 33, 73)
    middle = (0.95 - 0.29j, 0.95 + 0.29j), (1.42 - 0.26j, 1.42 + 0.26j)
    aside = (1.12 - 1.5j, 0.9 - 1.3j), (1.72 - 0.3j, 1.55 + 0.02j)
    for left, joints in ((133, middle), (383, aside)):
        picture.at(left)
        mat_above(picture, -3.75, 2.7, 1.5)
        lying_above(picture, *joints, rolled=joints is aside)
    picture.arrow(2.38 - 0.45j, 2.25 - 0.95j, 1.72 - 1.3j)
    return picture


PICTURES = (knee_rolls, cat_camel, bird_dog, press_up, sit_to_stand, sitting_tilt)
