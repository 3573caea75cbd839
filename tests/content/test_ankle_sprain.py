"""The ankle topic: signs that must not be missed have their urgency, and each exercise has its time."""

import pytest

AUDIENCES = ("patient", "athlete", "office-worker")


@pytest.fixture(scope="module")
def ankle(shipped):
    return shipped.topic("ankle-sprain")


def signs(topic, urgency, audience):
    """What the signs of one urgency say to an audience."""
    said = []
    for _, item in topic.section("when-to-get-help").grouped_items():
        if item.urgency == urgency:
            own = item.tailored.get(audience)
            said += [(own and own.term) or item.term, (own and own.text) or item.text or ""]
    return " ".join(said)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize(
    ("urgency", "sign"),
    [
        ("emergency", "see bone"),  # an open fracture
        ("emergency", "out of shape"),
        ("emergency", "cold, pale, gray-blue or newly numb"),  # blood flow and nerves
        ("emergency", "A bruise on warm toes is common"),  # and what looks like it
        ("emergency", "hit your head, and take a blood thinner"),  # the fall itself
        ("emergency", "fainted before you fell"),
        ("emergency", "hip and cannot stand"),
        ("emergency", "tight, hard lower leg"),  # compartment syndrome
        ("emergency", "Chest pain, trouble breathing"),  # a clot in the lungs
        ("same-day", "cannot take four steps"),  # the Ottawa ankle rules: weight, the ankle bones, the midfoot
        ("same-day", "back edge or tip of an ankle bone"),
        ("same-day", "outer edge of the foot"),  # base of the fifth metatarsal
        ("same-day", "inner top"),  # navicular
        ("same-day", "above the ankle"),  # a high sprain
        ("same-day", "rise on your toes"),  # the Achilles tendon
        ("same-day", "calf"),
        ("same-day", "Fever"),
        ("same-day", "Under 18"),  # the growth plate
        ("same-day", "65 or older"),
        ("same-day", "fell for no clear reason"),
        ("routine", "gives way"),
    ],
)
def test_a_sign_that_must_not_be_missed_has_its_urgency_for_every_audience(ankle, urgency, sign, audience):
    assert sign in signs(ankle, urgency, audience)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_first_exercise_of_a_sheet_is_one_for_the_first_days_and_the_second_waits_for_walking(ankle, audience):
    ranked = sorted(ankle.section("exercises").grouped_items(), key=lambda pair: pair[1].priority_for((audience,)))
    (first_group, _), (_, second) = ranked[:2]
    assert first_group.id == "first-days"
    text = (second.tailored[audience].text if audience in second.tailored else None) or second.text
    assert "when you can walk without much pain" in text


def test_every_exercise_is_done_a_number_of_times_and_as_often_as_it_says(ankle):
    for _, item in ankle.section("exercises").grouped_items():
        assert item.dose, item.id
        assert item.dose.repetitions, item.id
        assert item.dose.times_a_day, item.id
