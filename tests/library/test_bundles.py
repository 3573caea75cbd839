"""Bundles: what is said for all handouts, what one of them says, and every mistake at its line."""

import pytest

from handouts.errors import ContentError, UsageError

FILE = "bundles/visit.yaml"
RIGHT = """
    title: After the visit
    topic: knee
    audience: runner
    edition: large-print
    handouts:
      - template: handout
        sections: [care, causes]
        items: {care: 2, causes: all}
      - {template: checklist, audience: reader, edition: standard, skip: [story], max-pages: 2, note: Ours.}
    """


def bundle(workspace, text):
    workspace.write(FILE, text)
    return workspace.library().bundle("visit")


@pytest.fixture
def problems(workspace):
    """The problems of a right bundle with one thing changed: their codes, and the text of their lines."""

    def problems(old, new):
        assert RIGHT.count(old) == 1
        with pytest.raises(ContentError) as caught:
            bundle(workspace, RIGHT.replace(old, new))
        lines = (workspace.folder / FILE).read_text(encoding="utf-8").splitlines()
        assert {each.file for each in caught.value.diagnostics} == {workspace.shown(FILE)}
        return [(each.code, lines[each.line - 1].strip()) for each in caught.value.diagnostics]

    return problems


def test_a_handout_takes_what_the_bundle_says_unless_it_says_otherwise(workspace):
    found = bundle(workspace, RIGHT)
    assert (found.id, found.title) == ("visit", "After the visit")
    said = [(each.topic, each.audience, each.template, each.edition) for each in found.handouts]
    assert said == [("knee", "runner", "handout", "large-print"), ("knee", "reader", "checklist", "standard")]
    first, second = found.handouts
    assert (first.sections, first.items, first.max_pages) == (("care", "causes"), {"care": 2, "causes": "all"}, None)
    assert (second.skip, second.note, second.max_pages) == (("story",), "Ours.", 2)


EXERCISES = """
    title: Easy exercises
    kind: exercises
    sources: [book]
    groups:
      - id: easy
        items:
          - {id: bend, term: Bend, steps: [Sit.], dose: {repetitions: 3}, stop: if it hurts.}
          - {id: roll, term: Roll, steps: [Lie.], dose: {sets: 2}, stop: if it hurts.}
    """


@pytest.fixture
def exercising(workspace):
    """The workspace with exercises in its topic, and a plan of them."""
    workspace.write("content/topics/knee/moves.yaml", EXERCISES)
    workspace.replace("content/topics/knee/topic.yaml", "causes, care]", "causes, care, moves]")
    workspace.write("plans/easy.yaml", "topic: knee\nweeks: 2\nexercises: [{id: bend}]\n")
    return workspace


def test_a_handout_picks_exercises_by_hand_or_by_a_plan(exercising):
    first, second = bundle(
        exercising,
        """
        title: A
        topic: knee
        handouts:
          - {template: exercise-plan, exercises: [{id: roll, sets: 3}, {id: bend}], weeks: 3}
          - {template: exercise-plan, plan: easy}
        """,
    ).handouts
    assert [(each.id, each.sets) for each in first.exercises] == [("roll", 3), ("bend", None)]
    assert (first.weeks, first.plan, second.plan) == (3, None, "easy")


@pytest.mark.parametrize(
    ("handout", "code", "place"),
    [
        ("exercises: [{id: bend}, {id: jump}]", "C301", "handouts[0].exercises[1].id"),
        ("exercises: [{id: bend}, {id: bend}]", "C206", "handouts[0].exercises[1].id"),
        ("exercises: [{id: bend, holds: 3s}]", "C203", "handouts[0].exercises[0].holds"),
        ("plan: hard", "C225", "handouts[0].plan"),
        ("plan: easy, topic: psoas-muscle-spasm", "C225", "handouts[0].plan"),
        ("plan: easy, exercises: [{id: roll}]", "C225", "handouts[0].plan"),
        ("weeks: 9", "C201", "handouts[0].weeks"),
    ],
)
def test_an_exercise_or_a_plan_that_is_not_there_has_its_place(exercising, handout, code, place):
    with pytest.raises(ContentError) as caught:
        bundle(exercising, f"title: A\ntopic: knee\nhandouts: [{{{handout}}}]\n")
    (found,) = caught.value.diagnostics
    assert (found.code, found.line) == (code, 3)
    assert found.message.startswith(f"{place}: ")


def test_each_handout_can_have_a_topic_of_its_own(workspace):
    found = bundle(workspace, "title: A\nhandouts: [{topic: knee}, {topic: psoas-muscle-spasm}]\n")
    assert [each.topic for each in found.handouts] == ["knee", "psoas-muscle-spasm"]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("topic: knee", "topic: kneee", "C218", "topic: kneee"),
        ("audience: runner", "audience: runer", "C207", "audience: runer"),
        ("template: handout", "template: handuot", "C211", "- template: handuot"),
        ("edition: large-print", "language: xx", "C214", "language: xx"),
        ("edition: large-print", "language: es", "C219", "language: es"),
        ("- template: handout", "- language: es", "C219", "- language: es"),
        ("[care, causes]", "[care, cuases]", "C215", "sections: [care, cuases]"),
        ("{care: 2,", "{caer: 2,", "C215", "items: {caer: 2, causes: all}"),
        ("    sections:", "    skip: [elbow]\n        sections:", "C215", "skip: [elbow]"),
        ("    sections:", "    skip: [warnings]\n        sections:", "C304", "skip: [warnings]"),
        ("    sections:", "    section:", "C203", "section: [care, causes]"),
        ("title: After the visit", "", "C202", "topic: knee"),
        ("{care: 2,", "{care: none,", "C201", "items: {care: none, causes: all}"),
        ("[care, causes]", "[]", "C201", "sections: []"),
        ("audience: runner", "paper: a4", "C203", "paper: a4"),
    ],
)
def test_a_mistake_has_its_line(problems, old, new, code, line):
    found = problems(old, new)
    assert (code, line) in found
    assert {each for each, _ in found} == {code}


def test_a_handout_without_a_topic_is_refused(problems):
    assert problems("topic: knee", "") == [
        ("C202", "- template: handout"),
        (
            "C202",
            "- {template: checklist, audience: reader, edition: standard, skip: [story], max-pages: 2, note: Ours.}",
        ),
    ]


def test_all_mistakes_come_at_once(workspace):
    with pytest.raises(ContentError) as caught:
        bundle(workspace, "title: A\ntopic: knee\nhandouts:\n  - {template: a}\n  - {audience: b, skip: [c]}\n")
    assert [each.code for each in caught.value.diagnostics] == ["C211", "C207", "C215"]


def test_a_bundle_without_handouts_is_refused(workspace):
    with pytest.raises(ContentError):
        bundle(workspace, "title: A\ntopic: knee\nhandouts: []\n")


def test_an_unknown_bundle_is_answered_with_what_there_is(workspace):
    workspace.write(FILE, RIGHT)
    assert workspace.library().bundle_ids == ("visit",)
    with pytest.raises(UsageError, match='did you mean "visit"'):
        workspace.library().bundle("visti")


def test_without_bundles_the_answer_says_what_one_is(shipped):
    assert shipped.bundle_ids == ()
    with pytest.raises(UsageError, match=r"bundles/NAME\.yaml"):
        shipped.bundle("visit")


def test_a_bundle_has_fifty_handouts_at_most(workspace):
    head = "title: Many\ntopic: knee\nhandouts:\n"
    assert len(bundle(workspace, head + "  - {template: handout}\n" * 50).handouts) == 50
    with pytest.raises(ContentError) as caught:
        bundle(workspace, head + "  - {template: handout}\n" * 51)
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.file) == ("C201", workspace.shown(FILE))
    assert "50" in problem.message
