"""A clinic's overlay: changes, hides and adds by id; says what it gets wrong; a warning sign stays."""

import pytest

from handouts.errors import ContentError
from handouts.library.overlays import fingerprint, section_fingerprint
from handouts.library.topics import items_by_reference
from handouts.selection import select

OVERLAY = "content/overlays/knee.yaml"


@pytest.fixture
def knee(workspace):
    def knee(overlay):
        workspace.write(OVERLAY, overlay)
        return workspace.library().topic("knee")

    return knee


@pytest.fixture
def problems(workspace, knee):
    def problems(overlay):
        with pytest.raises(ContentError) as caught:
            knee(overlay)
        return caught.value.diagnostics

    return problems


def item(topic, reference):
    return items_by_reference(topic.sections).get(reference)


def for_reader(workspace, topic, audience):
    return select(topic, workspace.library().audience(audience))


def test_a_changed_item_has_the_clinics_words_and_keeps_the_rest(knee):
    changed = item(knee("change: [{item: causes/stairs, text: Our stairs are steep.}]"), "causes/stairs")
    assert changed.text == "Our stairs are steep."
    assert (changed.term, changed.priority, changed.source) == ("Stairs", {"reader": 3}, "article/causes/1")


def test_the_clinics_words_hold_for_every_audience(workspace, knee):
    topic = knee("change: [{item: causes/running, text: Ask us about your shoes.}]")
    selection = for_reader(workspace, topic, "runner")
    texts = {each.id: each.text for section in selection.sections for group in section.groups for each in group.items}
    assert texts["running"] == "Ask us about your shoes."


def test_a_changed_priority_changes_what_comes_first(workspace, knee):
    topic = knee("change: [{item: causes/swimming, priority: 1}, {item: causes/kneeling, priority: 9}]")
    selection = for_reader(workspace, topic, "reader")
    causes = next(section for section in selection.sections if section.id == "causes")
    assert {each.id for group in causes.groups for each in group.items} == {"swimming", "running", "cycling"}


def test_a_changed_section_has_the_clinics_heading_for_every_audience(workspace, knee):
    topic = knee("change: [{section: causes, title: Why it hurts, intro: We see this often.}]")
    for audience in ("reader", "runner"):
        causes = next(section for section in for_reader(workspace, topic, audience).sections if section.id == "causes")
        assert (causes.title, causes.intro) == ("Why it hurts", "We see this often.")


def test_a_hidden_item_is_gone_and_its_group_with_it_when_it_was_the_last(knee):
    topic = knee("hide: [causes/stairs, causes/kneeling]")
    assert item(topic, "causes/stairs") is None
    assert [group.id for group in topic.section("causes").file.groups] == ["sport"]


def test_an_added_item_stands_last_in_its_group(knee):
    topic = knee("add: [{section: causes, group: home, item: {id: garden, term: Garden, text: Digging strains it.}}]")
    assert [each.id for group, each in topic.section("causes").grouped_items() if group.id == "home"] == [
        "stairs",
        "kneeling",
        "garden",
    ]


def test_a_warning_sign_cannot_be_hidden(workspace, problems):
    (problem,) = problems("hide:\n  - warnings/hot\n")
    assert (problem.code, problem.file, problem.line) == ("C304", workspace.shown(OVERLAY), 2)
    assert "change" in problem.hint


def test_a_warning_sign_can_be_said_in_other_words(knee):
    changed = item(knee("change: [{item: warnings/hot, term: Hot and red knee}]"), "warnings/hot")
    assert (changed.term, changed.urgency) == ("Hot and red knee", "same-day")


def test_the_urgency_of_a_warning_sign_cannot_be_changed(problems):
    (problem,) = problems("change: [{item: warnings/hot, urgency: routine}]")
    assert problem.code == "C203"


WRONG = {
    "an item that no longer exists": ("change:\n  - {item: causes/stair, text: A.}\n", "C301", 2, "causes/stairs"),
    "a hidden item that no longer exists": ("hide:\n  - causes/stair\n", "C301", 2, "causes/stairs"),
    "a section that does not exist": ("change:\n  - {section: cause, title: A}\n", "C302", 2, "causes"),
    "an addition to no section": (
        "add:\n  - {section: cause, group: home, item: {id: a, term: A, text: A.}}\n",
        "C302",
        2,
        "causes",
    ),
    "an addition to no group": (
        "add:\n  - {section: causes, group: hom, item: {id: a, term: A, text: A.}}\n",
        "C302",
        2,
        "home",
    ),
    "an addition with a shipped id": (
        "add:\n  - {section: causes, group: sport, item: {id: stairs, term: A, text: A.}}\n",
        "C206",
        2,
        "change",
    ),
    "an addition without what its kind needs": (
        "add:\n  - {section: care, group: first, item: {id: a, term: A, text: A.}}\n",
        "C202",
        2,
        "why",
    ),
    "a change of neither": ("change:\n  - {text: A.}\n", "C303", 2, "item"),
    "a change of both": ("change:\n  - {item: causes/stairs, section: causes}\n", "C303", 2, "section"),
    "a misspelt key": ("change:\n  - {item: causes/stairs, tetx: A.}\n", "C203", 2, "text"),
    "a reference without its section": ("hide:\n  - stairs\n", "C201", 2, ""),
}


@pytest.mark.parametrize(("overlay", "code", "line", "word"), WRONG.values(), ids=WRONG.keys())
def test_wrong_at_its_place_with_the_nearest_name(workspace, problems, overlay, code, line, word):
    (problem,) = problems(overlay)
    assert (problem.code, problem.file, problem.line) == (code, workspace.shown(OVERLAY), line)
    assert word in problem.message + problem.hint


def test_everything_that_an_overlay_gets_wrong_is_said_at_once(problems):
    found = problems("""
        change:
          - {item: causes/stair, text: A.}
          - {section: cause, title: A}
        hide:
          - warnings/hot
          - causes/runing
        """)
    assert [each.code for each in found] == ["C301", "C302", "C304", "C301"]


@pytest.mark.parametrize(
    "overlay",
    [
        "add: [{section: causes, group: home, item: {id: a, term: A, text: A., sources: [nowhere]}}]",
        "add: [{section: causes, group: home, item: {id: a, term: A, text: A., priority: {nobody: 1}}}]",
        "add: [{section: causes, group: home, item: {id: a, term: A, text: A., for: {nobody: {text: B.}}}}]",
        "add: [{section: causes, group: home, item: {id: a, term: A, text: A., urgency: routine}}]",
        "change: [{item: causes/stairs, priority: {nobody: 1}}]",
        "change: [{item: causes/stairs, benefit: It helps.}]",
    ],
    ids=["source", "priority", "wording", "urgency", "changed priority", "a key of another kind"],
)
def test_the_references_of_an_overlay_are_checked_like_those_of_a_topic(workspace, problems, overlay):
    (problem,) = problems(overlay)
    assert (problem.file, problem.line) == (workspace.shown(OVERLAY), 1)


@pytest.mark.parametrize("change", ["term: Fold it", "text: Fold it often.", "why: It stays soft."])
def test_the_fingerprint_changes_with_the_words(workspace, knee, change):
    before = fingerprint(item(workspace.library().topic("knee"), "care/bend"))
    after = fingerprint(item(knee(f"change: [{{item: care/bend, {change}}}]"), "care/bend"))
    assert before != after
    assert before.isalpha()  # YAML takes 12345678 and 1234e567 for numbers


def test_the_fingerprint_does_not_change_with_priority_or_sources(workspace, knee):
    before = fingerprint(item(workspace.library().topic("knee"), "causes/stairs"))
    after = fingerprint(item(knee("change: [{item: causes/stairs, priority: 7}]"), "causes/stairs"))
    assert before == after


def test_a_sections_fingerprint_changes_with_its_heading(workspace, knee):
    before = section_fingerprint(workspace.library().topic("knee").section("causes").file)
    after = section_fingerprint(knee("change: [{section: causes, title: Why}]").section("causes").file)
    assert before != after


def test_the_topic_remembers_what_was_shipped(knee):
    topic = knee("change: [{item: causes/stairs, text: Ours.}]")
    assert next(each for each in topic.shipped if each.id == "causes").file.groups[0].items[0].text == (
        "Many stairs load the knee."
    )


def test_a_topic_may_have_hyphens_and_an_overlay_is_found_by_its_name(workspace):
    workspace.write("content/overlays/psoas-muscle-spasm.yaml", "hide: [self-care/acupuncture]")
    topic = workspace.library().topic("psoas-muscle-spasm")
    assert item(topic, "self-care/acupuncture") is None
    assert item(topic, "self-care/physical-therapy") is not None
