"""Exercises as a clinician types them: what is understood, what is refused and why."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.cli import wishes
from handouts.errors import UsageError
from handouts.library import shapes
from handouts.library.plans import Prescription
from handouts.prescriptions import parse_prescriptions

READ = {
    "bridge": {},
    "bridge:10": {"repetitions": 10},
    "bridge:2x10": {"sets": 2, "repetitions": 10},
    "bridge:3x30s": {"repetitions": 3, "hold": "30s"},
    "bridge:2x10x5s": {"sets": 2, "repetitions": 10, "hold": "5s"},
    "bridge:2min": {"hold": "2min"},
    "bridge:10x100x60min@24/day": {"sets": 10, "repetitions": 100, "hold": "60min", "times_a_day": 24},
    "bridge@2/day": {"times_a_day": 2},
    "bridge@3/week": {"days_a_week": 3},
    "bridge:3x1min@2/day@7/week": {"repetitions": 3, "hold": "1min", "times_a_day": 2, "days_a_week": 7},
    " bridge:2x10 ": {"sets": 2, "repetitions": 10},
}
REFUSED = {
    "": "it names no exercise",
    "Bridge": "small letters",
    "bridge:": "no dose after the colon",
    "bridge:0x10": '"0" is neither a number',
    "bridge:2x": '"" is neither a number',
    "bridge:2*10": '"2*10" is neither a number',
    "bridge:30sx3": '"30s" is neither a number',
    "bridge:2x10x3": "more numbers than sets and repetitions",
    "bridge:2x3x10x5s": "more numbers than sets and repetitions",
    "bridge:101": "101 repetitions are more than 100",
    "bridge:11x10": "11 sets are more than 10",
    "bridge:99999": '"99999" is neither a number',
    "bridge:61min": "61min is longer than 60 minutes",
    "bridge:2x999min": "999min is longer than 60 minutes",
    "bridge:30sec": '"30sec" is neither a number',
    "bridge@day": '"@day" is not how often',
    "bridge@2/month": '"@2/month" is not how often',
    "bridge@25/day": "more than 24",
    "bridge@8/week": "a week has 7 days",
    "bridge@2/day@3/day": "said twice",
    "bridge:2x10:3": '"10:3" is neither a number',
}


@pytest.mark.parametrize("text", READ)
def test_a_dose_is_read(text):
    assert parse_prescriptions(text) == (Prescription(id="bridge", **READ[text]),)


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_read_is_refused_with_the_reason_and_an_example(text):
    with pytest.raises(UsageError) as caught:
        parse_prescriptions(text)
    (problem,) = caught.value.diagnostics
    assert problem.code == "U111"
    assert REFUSED[text] in problem.message
    assert "bridge:2x10" in problem.hint


def test_exercises_keep_their_order():
    assert [each.id for each in parse_prescriptions("c,a:2x3, b@2/day")] == ["c", "a", "b"]


def test_every_mistake_is_told_at_once():
    with pytest.raises(UsageError) as caught:
        parse_prescriptions("a:x,b:2x3,c@often")
    assert [each.message.split(":")[0] for each in caught.value.diagnostics] == ['"a', '"c@often"']


def test_the_examples_of_a_mistake_can_be_read():
    with pytest.raises(UsageError) as caught:
        parse_prescriptions("?")
    examples = caught.value.diagnostics[0].hint.removeprefix("for example ").replace(" or ", ", ")
    assert len(parse_prescriptions(examples)) == 3


def test_the_weeks_of_the_command_are_those_of_a_plan():
    assert wishes.MOST_WEEKS == shapes.MOST_WEEKS


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused(text):
    with suppress(UsageError):
        assert len(parse_prescriptions(text)) == text.count(",") + 1
