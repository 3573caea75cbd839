"""A topic's folder: every file read, every reference checked, all problems at once."""

import pytest

from handouts.errors import ContentError, UsageError

TOPIC = "content/topics/knee"


@pytest.fixture
def problems(workspace):
    def problems():
        with pytest.raises(ContentError) as caught:
            workspace.library().topic("knee")
        return caught.value.diagnostics

    return problems


def test_a_topic_holds_its_sections_in_order_and_its_checklists_last(workspace):
    topic = workspace.library().topic("knee")
    assert [section.id for section in topic.sections] == ["warnings", "story", "causes", "care", "day"]
    assert topic.title == "Sore knee"
    assert [source.id for source in topic.sources] == ["book", "leaflet"]


def test_an_unknown_topic_is_answered_with_the_nearest(workspace):
    with pytest.raises(UsageError) as caught:
        workspace.library().topic("kne")
    (problem,) = caught.value.diagnostics
    assert problem.message == 'there is no topic "kne"'
    assert problem.hint == 'did you mean "knee"?'


@pytest.mark.parametrize("name", ["..", "../knee", "knee/", ".", "knee/../knee", ""])
def test_a_topic_is_found_by_its_name_and_never_by_a_path(workspace, name):
    with pytest.raises(UsageError):
        workspace.library().topic(name)


BROKEN = {
    "a section without its file": (
        ("topic.yaml", "story, causes", "story, effects, causes"),
        ("C204", "effects.yaml", 0, "missing"),
    ),
    "a file that no list names": (
        ("topic.yaml", "story, causes", "causes"),
        ("C205", "topic.yaml", "sections: [", "story.yaml"),
    ),
    "a checklist that no list names": (
        ("topic.yaml", "checklists: [day]", ""),
        ("C205", "topic.yaml", 1, "checklists/day.yaml"),
    ),
    "a section named twice": (
        ("topic.yaml", "story, causes", "story, causes, causes"),
        ("C206", "topic.yaml", "sections: [", "causes"),
    ),
    "an item id that stands twice": (
        ("causes.yaml", "id: cycling", "id: running"),
        ("C206", "causes.yaml", 30, "running"),
    ),
    "a source that does not exist": (
        ("causes.yaml", "[leaflet]", "[leaflets]"),
        ("C208", "causes.yaml", "[leaflets]", "leaflet"),
    ),
    "a section's source that does not exist": (
        ("story.yaml", "[book]", "[books]"),
        ("C208", "story.yaml", "[books]", "book"),
    ),
    "words for an audience that does not exist": (
        ("causes.yaml", "runner: {text", "runers: {text"),
        ("C207", "causes.yaml", "runers", "runner"),
    ),
    "a heading for an audience that does not exist": (
        ("causes.yaml", "  runner: {title", "  runers: {title"),
        ("C207", "causes.yaml", "runers", "runner"),
    ),
    "a priority for an audience that does not exist": (
        ("causes.yaml", "{reader: 3}", "{readers: 3}"),
        ("C207", "causes.yaml", "readers", "reader"),
    ),
    "a topic's words for an audience that does not exist": (
        ("topic.yaml", "  runner:", "  runers:"),
        ("C207", "topic.yaml", "runers", "runner"),
    ),
    "a step without its why": (
        ("care.yaml", ", why: It stays strong.", ""),
        ("C202", "care.yaml", "id: walk", "why"),
    ),
    "a warning sign without its urgency": (
        ("warnings.yaml", "urgency: emergency, ", ""),
        ("C202", "warnings.yaml", "locked", "urgency"),
    ),
    "an urgency outside the warning signs": (
        ("causes.yaml", "term: Stairs", "term: Stairs\n        urgency: routine"),
        ("C209", "causes.yaml", "urgency: routine", "warning-signs"),
    ),
    "a group with nothing in it": (
        ("story.yaml", ", text: It carries you all day.", ""),
        ("C210", "story.yaml", "id: load", "neither items nor text"),
    ),
    "a checklist for an audience that does not exist": (
        ("checklists/day.yaml", "days: 3", "days: 3\naudiences: [runners]"),
        ("C207", "checklists/day.yaml", "runners", "runner"),
    ),
}


@pytest.mark.parametrize(("change", "expected"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_at_its_place(workspace, problems, change, expected):
    name, old, new = change
    workspace.replace(f"{TOPIC}/{name}", old, new)
    code, file, line, word = expected
    file = f"{TOPIC}/{file}"
    if isinstance(line, str):
        line = workspace.line(file, line)
    (problem,) = problems()
    assert (problem.code, problem.file) == (code, workspace.shown(file))
    assert problem.line == line
    assert word in problem.message + problem.hint


@pytest.mark.parametrize(
    ("kind", "keys"),
    [("treatments", ("text", "benefit", "risk")), ("exercises", ("steps", "dose", "stop")), ("questions", ("text",))],
)
def test_each_kind_of_section_has_keys_that_its_items_need(workspace, problems, kind, keys):
    workspace.write(
        f"{TOPIC}/story.yaml",
        f"title: T\nkind: {kind}\nsources: [book]\ngroups:\n  - {{id: g, items: [{{id: one, term: One}}]}}\n",
    )
    found = problems()
    assert [each.code for each in found] == ["C202"] * len(keys)
    assert all(f'"{key}"' in each.message and each.line == 5 for key, each in zip(keys, found, strict=True))


def test_the_problems_of_all_files_come_at_once(workspace, problems):
    workspace.replace(f"{TOPIC}/causes.yaml", "term: Stairs", "tern: Stairs")
    workspace.replace(f"{TOPIC}/care.yaml", "kind: steps", "kind: step")
    workspace.replace(f"{TOPIC}/story.yaml", "id: hinge", "id: no")
    workspace.write(f"{TOPIC}/sources.yaml", "sources: [\n")
    assert {each.file.rpartition("/")[2] for each in problems()} == {
        "causes.yaml",
        "care.yaml",
        "story.yaml",
        "sources.yaml",
    }


def test_a_broken_topic_file_does_not_hide_what_is_wrong_with_it(workspace, problems):
    workspace.replace(f"{TOPIC}/topic.yaml", "title: Sore knee", "titel: Sore knee")
    assert [(each.code, each.line) for each in problems()] == [("C203", 1), ("C202", 1)]


def test_the_article_is_a_source_of_every_topic(workspace):
    workspace.replace(f"{TOPIC}/causes.yaml", "[leaflet]", "[article]")
    assert workspace.library().topic("knee")


def test_a_topic_without_warning_signs_is_refused(workspace):
    workspace.replace("content/topics/knee/topic.yaml", "[warnings, ", "[")
    (workspace.folder / "content/topics/knee/warnings.yaml").unlink()
    with pytest.raises(ContentError) as caught:
        workspace.library().topic("knee")
    (problem,) = caught.value.diagnostics
    assert problem.code == "C226"
    assert problem.line == workspace.line("content/topics/knee/topic.yaml", "sections:")
