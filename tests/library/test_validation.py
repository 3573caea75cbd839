"""Wrong content files: every problem at once, each at its place, with the nearest name."""

import pytest

from handouts.errors import ContentError
from handouts.library.clinic import ClinicFile
from handouts.library.models import AudienceFile, SectionFile, TopicFile
from handouts.library.validation import read_model
from handouts.library.yaml_source import YamlSource

SECTION = """\
title: Causes
kind: list
groups:
  - id: home
    items:
      - id: stairs
        term: Stairs
        text: Many stairs load the knee.
"""


@pytest.fixture
def problems(tmp_path):
    def problems(text, model):
        file = tmp_path / "a.yaml"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ContentError) as caught:
            read_model(YamlSource(file, "a.yaml"), model)
        return caught.value.diagnostics

    return problems


def changed(old, new):
    assert SECTION.count(old) == 1
    return SECTION.replace(old, new)


def test_a_right_file_becomes_a_record(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text(SECTION)
    section = read_model(YamlSource(file, "a.yaml"), SectionFile)
    assert section.groups[0].items[0].text == "Many stairs load the knee."


CASES = {
    "a misspelt key": (
        changed("text:", "tetx:"),
        "C203",
        (8, 9),
        "groups[0].items[0].tetx: this key is not known here",
        'did you mean "text"?',
    ),
    "a misspelt key at the top": (
        changed("title:", "titel:"),
        "C203",
        (1, 1),
        "titel: this key is not known here",
        'did you mean "title"?',
    ),
    "a missing key": (
        changed("        term: Stairs\n", ""),
        "C202",
        (6, 9),
        'groups[0].items[0]: the key "term" is missing',
        "add term:",
    ),
    "a number for text": (
        changed("Stairs\n", "5\n"),
        "C201",
        (7, 15),
        "groups[0].items[0].term: expected text, found a whole number",
        "put it in quotes",
    ),
    "a list for text": (
        changed("Stairs\n", "[a, b]\n"),
        "C201",
        (7, 15),
        "groups[0].items[0].term: expected text, found a list",
        "",
    ),
    "text for a list": (
        changed("groups:\n", "groups: none\nx:\n"),
        "C201",
        (3, 9),
        "groups: expected a list, found text",
        'make it a list: each on a line of its own that begins with "- "',
    ),
    "text for a mapping": (
        changed("  - id: home\n", "  - home\n  - id: home\n"),
        "C201",
        (4, 5),
        "groups[0]: expected a mapping (key: value), found text",
        "",
    ),
    "nothing for text": (
        changed("Stairs\n", "\n"),
        "C201",
        (7, 14),
        "groups[0].items[0].term: expected text, found nothing",
        "",
    ),
    "empty text": (changed("Stairs\n", '""\n'), "C201", (7, 15), "groups[0].items[0].term: must not be empty", ""),
    "a kind that does not exist": (
        changed("kind: list", "kind: lists"),
        "C201",
        (2, 7),
        "kind: 'lists' is not one of the values allowed here",
        'did you mean "list"?',
    ),
    "an id in capitals": (
        changed("id: stairs", "id: The Stairs"),
        "C201",
        (6, 13),
        "groups[0].items[0].id: expected lower-case letters, digits and hyphens (a-name-like-this)",
        "",
    ),
    "no groups": (SECTION.split("groups:")[0] + "groups: []\n", "C201", (3, 9), "groups: must not be empty", ""),
    "a priority in words": (
        changed("Stairs\n", "Stairs\n        priority: high\n"),
        "C201",
        (8, 19),
        "groups[0].items[0].priority: expected a whole number or a mapping (key: value), found text",
        "",
    ),
    "a priority in words for one audience": (
        changed("Stairs\n", "Stairs\n        priority: {patient: high}\n"),
        "C201",
        (8, 29),
        "groups[0].items[0].priority.patient: expected a whole number, found text",
        "",
    ),
    "a misspelt key in the words for an audience": (
        changed("Stairs\n", "Stairs\n        for: {patient: {tetx: Word.}}\n"),
        "C203",
        (8, 25),
        "groups[0].items[0].for.patient.tetx: this key is not known here",
        'did you mean "text"?',
    ),
}


@pytest.mark.parametrize(("text", "code", "place", "message", "hint"), CASES.values(), ids=CASES.keys())
def test_wrong_at_its_place_in_plain_words(problems, text, code, place, message, hint):
    found = problems(text, SectionFile)
    problem = next(each for each in found if each.code == code and (each.line, each.column) == place)
    assert (problem.message, problem.hint) == (message, hint)
    assert problem.file == "a.yaml"
    assert problem.source_line == text.split("\n")[place[0] - 1]


def test_every_problem_of_a_file_is_reported_at_once_in_the_order_of_the_schema_or_file(problems):
    text = """\
titel: Causes
kind: lists
groups:
  - id: home
    items:
      - id: Stairs
        tetx: Many stairs load the knee.
      - id: steps
        term: 5
        sources: leaflet
  - title: Away
"""
    found = {(each.code, each.line) for each in problems(text, SectionFile)}
    assert found == {
        ("C203", 1),  # titel
        ("C202", 1),  # title is missing
        ("C201", 2),  # lists
        ("C201", 6),  # Stairs
        ("C203", 7),  # tetx
        ("C202", 6),  # term is missing
        ("C201", 9),  # 5
        ("C201", 10),  # leaflet
        ("C202", 11),  # id is missing
    }


@pytest.mark.parametrize("text", ["", "# a remark\n"], ids=["empty", "#"])
def test_a_file_that_says_nothing_lacks_what_it_must_say(problems, text):
    assert {problem.code for problem in problems(text, SectionFile)} == {"C202"}


@pytest.mark.parametrize("text", ["- a\n- b\n", "only words\n"], ids=["list", "text"])
def test_a_file_that_is_no_mapping_is_refused(problems, text):
    (problem,) = problems(text, SectionFile)
    assert problem.code == "C201"
    assert "expected a mapping (key: value), found" in problem.message


def test_a_date_that_does_not_exist_is_refused_at_its_place(problems):
    text = """\
title: Knee
version: "1"
main-message: Move.
key-points: [a, b, c]
provenance:
  author: us
  published: 2026-02-31
  review-due: soon
sections: [causes]
"""
    found = problems(text, TopicFile)
    assert [(each.code, each.line, each.column) for each in found] == [("C201", 7, 14), ("C201", 8, 15)]
    assert all("date" in each.message for each in found)


@pytest.mark.parametrize("points", ["[a, b]", "[a, b, c, d, e, f]"], ids=["two", "six"])
def test_a_topic_has_three_to_five_key_points(problems, points):
    text = f"""\
title: Knee
version: "1"
main-message: Move.
key-points: {points}
provenance: {{author: us, published: 2026-01-01, review-due: 2027-01-01}}
sections: [causes]
"""
    (problem,) = problems(text, TopicFile)
    assert (problem.line, problem.column) == (4, 13)
    assert "3" in problem.message or "5" in problem.message


def test_a_version_without_quotes_is_refused_with_the_remedy(problems):
    text = """\
title: Knee
version: 1.0
main-message: Move.
key-points: [a, b, c]
provenance: {author: us, published: 2026-01-01, review-due: 2027-01-01}
sections: [causes]
"""
    (problem,) = problems(text, TopicFile)
    assert (problem.line, problem.hint) == (2, "put it in quotes")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("colours: {accent: red}\n", (1, 19)),
        ('colours: {accent: "#12"}\n', (1, 19)),
        ("defaults: {paper: a5}\n", (1, 19)),
        ("defaults: {audience: The Patient}\n", (1, 22)),
        ("font: {regular: a.ttf}\n", (1, 7)),
        ("font: [a, b]\n", (1, 7)),
        ("phone: 5550100\n", (1, 8)),
    ],
    ids=["a colour by name", "half a colour", "a paper", "an audience", "a font without bold", "a list", "a number"],
)
def test_a_wrong_clinic_file_is_refused_at_its_place(problems, text, place):
    (problem,) = problems(text, ClinicFile)
    assert (problem.line, problem.column) == place


def test_a_section_of_an_audience_limits_to_a_number_or_all(problems):
    text = """\
title: Readers
label: For readers
sheets:
  handout:
    - {section: causes, items: 0}
    - {section: causes, items: some}
    - {section: causes, items: all}
    - {section: causes, itmes: 3}
"""
    found = problems(text, AudienceFile)
    assert [(each.line, each.column) for each in found] == [(5, 32), (6, 32), (8, 25)]
    assert found[2].hint == 'did you mean "items"?'
