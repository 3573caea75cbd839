"""A clinic's plans: what they choose, and what is wrong with one is told with its place."""

import re

import pytest

from handouts import Order, make_document
from handouts.document import texts
from handouts.errors import ContentError, UsageError
from handouts.library.models import Dose
from handouts.library.plans import Prescription
from handouts.quality import check_library
from handouts.selection import Choices

PLAN = "plans/first.yaml"
MOVES = """
    title: Moves
    kind: exercises
    sources: [book]
    groups:
      - id: easy
        title: Easy
        items:
          - id: bend
            term: Bend
            steps: [Sit.]
            stop: if it hurts.
            dose: {repetitions: 3, hold: 10 seconds}
            priority: 2
          - {id: reach, term: Reach, steps: [Stand.], dose: {repetitions: 5}, stop: if it hurts., priority: 1}
          - {id: roll, term: Roll, steps: [Lie.], dose: {sets: 2, time: a minute}, stop: if it hurts., priority: 3}
    """


@pytest.fixture
def clinic(workspace):
    """The workspace with exercises in its topic, and a plan."""
    workspace.write("content/topics/knee/story.yaml", MOVES)
    workspace.replace("content/audiences/reader.yaml", "- section: story", "- {section: story, items: 1}")
    workspace.write(
        PLAN,
        """
        topic: knee
        title: First weeks
        weeks: 4
        exercises:
          - {id: roll, time: 2min}
          - {id: bend, hold: 30s, times-a-day: 2}
        """,
    )
    return workspace


def words(clinic, **order):
    return list(texts(make_document(clinic.library(), Order("knee", **order)).blocks))


def test_a_plan_prints_its_exercises_in_their_order_with_their_doses(clinic):
    found = words(clinic, plan="first")
    doses = [text for text in found if re.match(r"[0-9] (sets|times) · ", text)]
    assert doses == ["2 sets · for 2 minutes", "3 times · hold 30 seconds · 2 times a day"]
    assert found.index("Roll") < found.index("Bend")
    assert "Reach" not in found
    assert "First weeks" not in found, "what the clinic calls it has no language"


def test_a_plan_says_how_long_the_log_is_unless_the_command_does(clinic):
    assert "Week 4" in words(clinic, plan="first", template="exercise-plan")
    found = words(clinic, plan="first", template="exercise-plan", choices=Choices(weeks=1))
    assert "Week 1" in found
    assert "Week 2" not in found


def test_a_plan_for_another_topic_is_refused(clinic):
    with pytest.raises(UsageError) as caught:
        make_document(clinic.library(), Order("psoas-muscle-spasm", plan="first"))
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.hint) == ("U113", "handouts render knee --plan first")


def test_a_plan_and_picked_exercises_together_are_refused(clinic):
    choices = Choices(exercises=(Prescription(id="bend"),))
    with pytest.raises(UsageError) as caught:
        make_document(clinic.library(), Order("knee", plan="first", choices=choices))
    assert [each.code for each in caught.value.diagnostics] == ["U112"]


def test_a_plan_that_is_not_there_is_refused_with_the_nearest(clinic):
    with pytest.raises(UsageError) as caught:
        clinic.library().plan("frist")
    assert caught.value.diagnostics[0].hint == 'did you mean "first"?'


WRONG = {
    "an exercise that the topic has not": ("id: roll,", "id: rol,", "C301", 'did you mean "roll"?'),
    "an exercise twice": ("id: bend,", "id: roll, rest: 5s,", "C206", "name it once"),
    "a topic that is not there": ("topic: knee", "topic: kne", "C302", 'did you mean "knee"?'),
    "a time in words": ("hold: 30s", "hold: half a minute", "C201", ""),
    "too many weeks": ("weeks: 4", "weeks: 5", "C201", ""),
    "too many sets": ("time: 2min", "sets: 11", "C201", ""),
    "sets of an exercise that goes on for a time": ("time: 2min", "repetitions: 11, hold: 5s", "C201", "10 sets"),
    "a hold of a quarter of an hour": ("hold: 30s", "hold: 15min", "C201", "30s"),
    "a hold that the pattern of times does not know": ("hold: 30s", "hold: 61min", "C201", ""),
    "a rest of a quarter of an hour": ("hold: 30s", "rest: 15min", "C201", ""),
    "a key that no dose has": ("time: 2min", "tine: 2min", "C203", 'did you mean "time"?'),
}


@pytest.mark.parametrize("case", WRONG)
def test_check_names_what_is_wrong_with_a_plan(clinic, case):
    old, new, code, hint = WRONG[case]
    clinic.replace(PLAN, old, new)
    errors = [
        each.diagnostic for each in check_library(clinic.library()).findings if each.diagnostic.severity == "error"
    ]
    assert [(each.code, each.file, each.line) for each in errors] == [
        (code, clinic.shown(PLAN), clinic.line(PLAN, new))
    ]
    assert hint in errors[0].hint


@pytest.mark.parametrize(
    ("said", "bound"),
    [
        ("sets: 11", "sets: must be at most 10"),
        ("sets: 0", "sets: must be at least 1"),
        ("repetitions: 101", "repetitions: must be at most 100"),
        ("times-a-day: 25", "times-a-day: must be at most 24"),
        ("days-a-week: 8", "days-a-week: must be at most 7"),
        ("hold: 61min", "hold: expected a time of 60 minutes at most"),
        ("rest: 11min", "rest: expected a time of 10 minutes at most"),
        ("rest: 601s", "rest: expected a time of 10 minutes at most"),
    ],
)
def test_a_dose_out_of_bounds_is_refused_with_the_bound(clinic, said, bound):
    clinic.replace(PLAN, "hold: 30s, times-a-day: 2", said)
    with pytest.raises(ContentError) as caught:
        clinic.library().plan("first")
    (problem,) = caught.value.diagnostics
    assert bound in problem.message


@pytest.mark.parametrize(
    ("said", "bound"),
    [
        ("sets: 11", "dose.sets: must be at most 10"),
        ("repetitions: 101", "dose.repetitions: must be at most 100"),
        ("time: 61min", "dose.time: expected a time of 60 minutes at most"),
        ("hold: 11min", "dose.hold: expected a time of 10 minutes at most"),
        ("hold: ' '", "dose.hold: expected a time of 10 minutes at most"),
    ],
)
def test_a_topics_dose_has_the_same_bounds(clinic, said, bound):
    clinic.replace("content/topics/knee/story.yaml", "{repetitions: 3, hold: 10 seconds}", f"{{{said}}}")
    with pytest.raises(ContentError) as caught:
        clinic.library().topic("knee")
    (problem,) = caught.value.diagnostics
    assert bound in problem.message
    assert problem.line


@pytest.mark.parametrize("said", ["30s", "10min", "600s", "up to 30 seconds", "30s each time"])
def test_a_topic_says_a_hold_as_a_time_or_in_words(clinic, said):
    clinic.replace("content/topics/knee/story.yaml", "hold: 10 seconds", f"hold: {said}")
    assert clinic.library().topic("knee")


def test_what_goes_on_for_a_time_may_take_an_hour(clinic):
    clinic.replace(PLAN, "time: 2min", "hold: 60min")
    assert "2 sets · for 60 minutes" in words(clinic, plan="first")


def written(clinic, count):
    """The workspace's topic and plan with so many exercises."""
    items = "\n".join(
        f"          - {{id: m{number}, term: Move {number}, steps: [Go.], dose: {{sets: 1}}, stop: if it hurts.}}"
        for number in range(7)
    )
    clinic.write("content/topics/knee/story.yaml", f"{MOVES.rstrip()}\n{items}\n")
    names = ["bend", "reach", "roll", *(f"m{number}" for number in range(7))][:count]
    lines = "\n".join(f"  - id: {name}" for name in names)
    clinic.write(PLAN, f"topic: knee\nexercises:\n{lines}\n")


@pytest.mark.parametrize(("count", "severity"), [(4, None), (5, "warning"), (8, "warning"), (9, "error")])
def test_more_exercises_than_people_do_are_told(clinic, count, severity):
    written(clinic, count)
    found = [each.diagnostic for each in check_library(clinic.library()).findings if each.diagnostic.code == "R38"]
    assert [each.severity for each in found] == ([severity] if severity else [])
    assert all(each.file == clinic.shown(PLAN) and each.line for each in found)


def test_a_plan_with_too_many_exercises_is_not_printed(clinic):
    written(clinic, 9)
    with pytest.raises(ContentError) as caught:
        make_document(clinic.library(), Order("knee", plan="first"))
    assert [each.code for each in caught.value.diagnostics] == ["R38"]


# ------------------------------------------------------------------ a dose over a dose


def test_what_a_dose_does_not_say_stays():
    whole = Dose(sets=1, repetitions=8, hold="6 seconds", rest="10s", times_a_day=1, days_a_week=3, side="each")
    changed = whole.with_changes(Dose(repetitions=10))
    assert changed == Dose(
        sets=1, repetitions=10, hold="6 seconds", rest="10s", times_a_day=1, days_a_week=3, side="each"
    )


def test_a_time_takes_the_place_of_repetitions_and_they_of_a_time():
    counted, timed = Dose(sets=2, repetitions=8, hold="6 seconds"), Dose(sets=2, time="30s")
    assert counted.with_changes(Dose(time="1min")) == Dose(sets=2, time="1min")
    assert timed.with_changes(Dose(repetitions=5)) == Dose(sets=2, repetitions=5)
    assert timed.with_changes(Dose(sets=3)) == Dose(sets=3, time="30s")


def test_of_an_exercise_that_goes_on_for_a_time_a_prescribed_time_is_that_time():
    timed = Dose(sets=2, time="30 to 60 seconds", times_a_day=1)
    assert Prescription(id="roll", repetitions=3, hold="45s").over(timed) == Dose(sets=3, time="45s", times_a_day=1)
    assert Prescription(id="roll", hold="45s").over(timed) == Dose(sets=2, time="45s", times_a_day=1)
    assert Prescription(id="roll", sets=3).over(timed) == Dose(sets=3, time="30 to 60 seconds", times_a_day=1)


def test_the_words_for_one_audience_may_change_a_part_of_the_dose(clinic):
    old = "{repetitions: 5}, stop: if it hurts., priority: 1}"
    new = "{repetitions: 5, times-a-day: 2}, stop: if it hurts., priority: 1, for: {runner: {dose: {repetitions: 9}}}}"
    clinic.replace("content/topics/knee/story.yaml", old, new)
    assert "9 times · 2 times a day" in words(clinic, audience="runner")
    assert "5 times · 2 times a day" in words(clinic, audience="reader")


# ------------------------------------------------------------------ a clinic's defaults, in its overlay


def test_an_overlay_changes_a_part_of_a_dose_for_every_audience_and_its_rank(clinic):
    clinic.replace("content/topics/knee/story.yaml", "priority: 2", "for: {runner: {dose: {sets: 3}}}")
    assert "Bend" not in words(clinic)
    clinic.write(
        "content/overlays/knee.yaml", "change: [{item: story/bend, dose: {repetitions: 4, rest: 30s}, priority: 1}]\n"
    )
    clinic.replace("content/topics/knee/story.yaml", "priority: 1}", "priority: 9}")
    assert "4 times · hold 10 seconds · rest 30 seconds" in words(clinic)
    assert "3 sets · 4 times · hold 10 seconds · rest 30 seconds" in words(clinic, audience="runner")


def test_an_overlay_s_dose_gives_way_to_what_is_picked(clinic):
    clinic.write("content/overlays/knee.yaml", "change: [{item: story/bend, dose: {repetitions: 4}}]\n")
    choices = Choices(exercises=(Prescription(id="bend", repetitions=6),))
    assert "6 times · hold 10 seconds" in words(clinic, choices=choices)
