"""`handouts list`: what there is, as a table or as JSON."""

import json
from collections import Counter

import pytest

from handouts import Library

PSOAS = "psoas-muscle-spasm"
KINDS = ["topics", "audiences", "templates", "brands", "editions"]
OF_A_TOPIC = ["sections", "items", "sources"]


@pytest.fixture
def listed(run, workspace):
    """The rows of a list, from its JSON."""

    def listed(*arguments):
        result = run("list", *arguments, "--json", "--workspace", workspace.folder)
        assert (result.exit_code, result.stderr) == (0, "")
        return json.loads(result.stdout)

    return listed


@pytest.mark.parametrize("arguments", [*((kind,) for kind in KINDS), *((kind, "knee") for kind in OF_A_TOPIC)])
def test_the_table_has_a_line_for_each_row_of_the_json(run, workspace, listed, arguments):
    result = run("list", *arguments, "--workspace", workspace.folder)
    assert result.exit_code == 0
    rows = listed(*arguments)
    lines = result.stdout.splitlines()
    assert len(lines) == len(rows) > 0
    assert [line.split()[0] for line in lines] == [row["id"] for row in rows]


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (("topics",), {"knee", *Library().topic_ids}),
        (("audiences",), {"reader", "runner", "patient", "athlete", "office-worker"}),
        (("templates",), set(Library().template_ids)),
        (("brands",), {"clinic", "plain"}),
        (("editions",), {"standard", "large-print"}),
        (("sections", "knee"), {"warnings", "story", "causes", "care", "day"}),
        (("sources", "knee"), {"book", "leaflet"}),
    ],
)
def test_everything_there_is_is_listed(listed, arguments, ids):
    assert {row["id"] for row in listed(*arguments)} == ids


def test_an_item_is_listed_with_section_group_term_source_and_its_priority_for_each_audience(listed):
    rows = listed("items", "knee")
    assert all(list(row) == ["id", "section", "group", "term", "source", "priority", "prints_for"] for row in rows)
    (stairs,) = (row for row in rows if row["id"] == "stairs")
    assert stairs == {
        "id": "stairs",
        "section": "causes",
        "group": "home",
        "term": "Stairs",
        "source": "article/causes/1",
        "priority": {"athlete": 50, "office-worker": 50, "patient": 50, "reader": 3, "runner": 3},
        "prints_for": ["office-worker", "runner"],
    }
    (running,) = (row for row in rows if row["id"] == "running")
    assert running["priority"]["runner"] == 1
    assert running["source"] is None


def test_the_items_of_the_article_are_as_many_as_its_table_says(run):
    rows = json.loads(run("list", "items", PSOAS, "--json").stdout)
    assert Counter(row["source"].split("/")[1] for row in rows if row["source"]) == {
        "anatomy": 3,
        "types": 6,
        "causes": 20,
        "symptoms": 20,
        "tests": 20,
        "self-care": 30,
        "medicines": 20,
        "surgery": 10,
        "prevention": 10,
        "when-to-get-help": 7,
        "questions": 15,
    }
    assert all(set(row["priority"]) == {"patient", "athlete", "office-worker"} for row in rows if row["group"])


def test_a_paragraph_is_listed_with_the_items(workspace, listed):
    workspace.replace("content/audiences/reader.yaml", "section: story", "section: story\n      items: 1")
    rows = {row["id"]: row for row in listed("items", "knee")}
    assert (rows["load"]["section"], rows["load"]["group"], rows["load"]["term"]) == ("story", None, "A load")
    assert {"reader", "runner"} <= set(rows["hinge"]["prints_for"])
    assert rows["load"]["prints_for"] == []


def test_an_overlay_shows_in_the_list(workspace, listed):
    workspace.write(
        "content/overlays/knee.yaml", "change: [{item: causes/stairs, term: Steep stairs}]\nhide: [causes/cycling]\n"
    )
    terms = {row["id"]: row["term"] for row in listed("items", "knee")}
    assert terms["stairs"] == "Steep stairs"
    assert "cycling" not in terms


def test_a_part_of_a_template_is_not_listed_and_a_clinics_template_is(workspace, listed):
    workspace.write("templates/own.xml.jinja", "{# Our own sheet,\n   in two lines. #}<handout/>")
    workspace.write("templates/_part.xml.jinja", "<p/>")
    rows = {row["id"]: row["description"] for row in listed("templates")}
    assert set(rows) == {"own", *Library().template_ids}
    assert rows["own"] == "Our own sheet, in two lines."


def test_the_glossary_shows_each_word_as_it_prints_at_its_first_use(workspace, listed):
    workspace.write(
        "content/glossary.yaml", "terms: [{term: kneecap, forms: [kneecaps], meaning: the bone in front of your knee}]"
    )
    rows = {row["term"]: row for row in listed("glossary")}
    assert rows["kneecap"] == {
        "term": "kneecap",
        "forms": ["kneecaps"],
        "meaning": "the bone in front of your knee",
        "prints": "kneecap (the bone in front of your knee)",
    }
    assert {term.term for term in Library().glossary("en")} < set(rows)
    assert list(rows) == sorted(rows, key=str.casefold)


def test_the_glossary_of_another_language_is_listed(listed):
    rows = listed("glossary", "--language", "es")
    assert {row["term"] for row in rows} == {term.term for term in Library().glossary("es")}
    assert all(row["prints"] == f"{row['term']} ({row['meaning']})" for row in rows)


def test_a_glossary_in_a_language_that_is_not_there_is_refused_with_the_nearest(run):
    result = run("list", "glossary", "--language", "ess")
    assert result.exit_code == 2
    assert 'did you mean "es"?' in result.stderr


def test_the_items_of_a_topic_are_listed_in_another_language(run):
    rows = json.loads(run("list", "items", PSOAS, "--language", "es", "--json").stdout)
    assert "orina" in " ".join(row["term"] for row in rows)


def test_a_list_that_is_the_same_in_every_language_takes_none(run):
    result = run("list", "brands", "--language", "es")
    assert (result.exit_code, "U107" in result.stderr) == (2, True)


@pytest.mark.parametrize("kind", OF_A_TOPIC)
def test_a_list_of_a_topics_things_needs_the_topic(run, kind):
    result = run("list", kind)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"whose {kind}?" in result.stderr
    assert PSOAS in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("items", "psoas"), PSOAS), (("itmes",), "items"), (("sections", "psoas-muscle-spasn"), PSOAS)],
)
def test_an_unknown_name_is_answered_with_what_there_is(run, arguments, said):
    result = run("list", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_wrong_content_is_reported_with_its_place(run, workspace):
    workspace.replace("content/topics/knee/causes.yaml", "text: Many", "tetx: Many")
    result = run("list", "items", "knee", "--workspace", workspace.folder)
    assert (result.exit_code, result.stdout) == (3, "")
    assert f"{workspace.shown('content/topics/knee/causes.yaml')}:" in result.stderr


def test_topics_sections_and_audiences_say_in_which_languages_they_are(run, spanish):
    def rows(*arguments):
        return json.loads(run("list", *arguments, "--json", "--workspace", spanish.folder).stdout)

    (knee,) = (row for row in rows("topics") if row["id"] == "knee")
    assert (knee["language"], knee["translations"]) == ("en", ["es"])
    sections = {row["id"]: row["translations"] for row in rows("sections", "knee")}
    assert sections == {"warnings": ["es"], "story": [], "causes": ["es"], "care": ["es"], "day": ["es"]}
    audiences = {row["id"]: row["languages"] for row in rows("audiences")}
    assert (audiences["reader"], audiences["runner"]) == (["en", "es"], ["en"])


def test_what_prints_on_no_sheet_unless_it_is_asked_for_says_so(run, workspace, listed):
    by_id = {row["id"]: row for row in listed("items", "knee")}
    assert {"reader", "runner"} <= set(by_id["walk"]["prints_for"])
    assert by_id["cool"]["prints_for"] == []
    lines = run("list", "items", "knee", "--workspace", workspace.folder).stdout.splitlines()
    assert [line.split()[0] for line in lines if line.endswith("(only when it is asked for)")] == ["swimming", "cool"]
    workspace.replace("content/audiences/reader.yaml", "    - section: story\n", "")
    lines = run("list", "sections", "knee", "--workspace", workspace.folder).stdout.splitlines()
    assert [line.split()[0] for line in lines if line.endswith("(only when it is asked for)")] == ["story"]


@pytest.mark.parametrize("kind", ["bundles", "plans"])
def test_an_empty_list_outside_of_a_workspace_says_that_no_workspace_was_looked_at(run, here, kind):
    result = run("list", kind)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "--workspace" in result.stderr
    assert "handouts init" in result.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("render", "--bundle", "ours"),
        ("render", PSOAS, "--template", "exercise-plan", "--plan", "ours"),
        ("render", PSOAS, "--audience", "dancer"),
        ("render", PSOAS, "--brand", "clinic"),
        ("render", "foot-blister"),
        ("check", "foot-blister"),
    ],
    ids=" ".join,
)
def test_what_only_a_workspace_has_is_answered_with_where_to_look(run, here, command):
    result = run(*command)
    assert result.exit_code == 2
    assert "no clinic's workspace was looked at" in result.stderr
    assert "--workspace" in result.stderr


def test_a_slip_in_a_shipped_name_is_answered_with_the_name_alone(run, here):
    result = run("render", "psos-muscle-spasm")
    assert f'hint: did you mean "{PSOAS}"?\n' in result.stderr
    assert "--workspace" not in result.stderr
