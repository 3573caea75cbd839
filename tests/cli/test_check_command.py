"""`handouts check`: every problem at once, as text or JSON, of all or of some files; its exit code."""

import datetime as dt
import json
import re

import pytest

TOPIC = "content/topics/knee"


def three_slips(workspace):
    workspace.replace(f"{TOPIC}/causes.yaml", "text: Many", "tetx: Many")
    workspace.replace("content/audiences/runner.yaml", "extends: reader", "extends: raeder")
    workspace.write("content/overlays/elbow.yaml", "hide: []\n")


def test_all_problems_are_shown_with_place_caret_and_hint(run, workspace):
    three_slips(workspace)
    result = run("check", workspace.folder)
    assert result.exit_code == 3
    for name, said in (
        (f"{TOPIC}/causes.yaml", "tetx: this key is not known here"),
        ("content/audiences/runner.yaml", 'no audience is called "raeder"'),
        ("content/overlays/elbow.yaml", 'there is no topic "elbow" to change'),
    ):
        assert workspace.shown(name) in result.stdout
        assert said in result.stdout
    assert 'hint: did you mean "text"?' in result.stdout
    assert "      |         ^" in result.stdout


def test_json_has_a_row_for_each_problem(run, workspace):
    three_slips(workspace)
    result = run("check", workspace.folder, "--json")
    assert result.exit_code == 3
    rows = json.loads(result.stdout)
    assert all(set(row) == {"severity", "code", "file", "line", "column", "message", "hint"} for row in rows)
    (slip,) = (row for row in rows if row["code"] == "C203")
    causes = f"{TOPIC}/causes.yaml"
    assert (slip["file"], slip["line"], slip["column"]) == (
        workspace.shown(causes),
        workspace.line(causes, "tetx"),
        9,
    )


@pytest.mark.parametrize("path", ["content/audiences", "content/audiences/runner.yaml"])
def test_only_what_is_under_the_path_is_shown(run, workspace, path):
    three_slips(workspace)
    result = run("check", workspace.folder / path)
    assert result.exit_code == 3
    assert "runner.yaml" in result.stdout
    assert "causes.yaml" not in result.stdout
    assert "elbow.yaml" not in result.stdout


def test_a_path_with_no_problem_under_it_is_right_whatever_stands_elsewhere(run, workspace):
    three_slips(workspace)
    result = run("check", workspace.folder / "clinic.yaml")
    assert (result.exit_code, result.stdout) == (0, "")


def test_a_file_of_the_shipped_topic_that_a_slip_hides_behind_is_still_named(run, workspace):
    workspace.write("content/overlays/psoas-muscle-spasm.yaml", "hide: [self-care/acupunture]\n")
    result = run("check", workspace.folder)
    assert result.exit_code == 3
    assert "content/overlays/psoas-muscle-spasm.yaml" in result.stdout
    assert "self-care/acupuncture" in result.stdout


def test_a_warning_alone_exits_with_zero_and_is_shown_and_no_file_is_written(run, workspace, here, tree):
    workspace.sign(signed=dt.date(2026, 2, 1), due=dt.date(2026, 2, 2))
    before = tree(here.parent)
    result = run("check", "knee", "--workspace", workspace.folder)
    assert tree(here.parent) == before
    assert result.exit_code == 0
    assert "warning[R30]" in result.stdout
    assert "0 errors, 1 warnings" in result.stderr


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("templates/own.xml.jinja", "<handout>\n{{ topik }}\n</handout>", 4),
        ("clinic.yaml", "name: Hill\nlogo: gone.png\n", 6),
        ("clinic.yaml", "nmae: Hill\n", 3),
    ],
    ids=["template", "logo", "content"],
)
def test_the_exit_code_says_what_is_wrong(run, workspace, name, text, code):
    workspace.write(name, text)
    result = run("check", "knee", "--workspace", workspace.folder)
    assert result.exit_code == code
    assert workspace.shown(name) in result.stdout


def test_of_several_things_that_are_wrong_the_content_gives_the_exit_code(run, workspace):
    workspace.write("clinic.yaml", "name: Hill\nlogo: gone.png\n")
    workspace.replace(f"{TOPIC}/causes.yaml", "text: Many", "tetx: Many")
    result = run("check", workspace.folder)
    assert result.exit_code == 3
    assert "gone.png" in result.stdout
    assert "tetx" in result.stdout


def test_a_path_that_does_not_exist_is_refused(run):
    result = run("check", "nowhere")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no file, folder or topic nowhere" in result.stderr


def test_the_shipped_library_is_right(run):
    result = run("check", "--json")
    assert [row for row in json.loads(result.stdout) if row["severity"] == "error"] == []
    assert result.exit_code == 0


def test_a_topic_may_be_named_and_an_audience(run, workspace):
    workspace.unsign()
    workspace.write("content/overlays/elbow.yaml", "hide: []\n")
    result = run("check", "knee", "--audience", "reader", "--workspace", workspace.folder)
    assert result.exit_code == 0
    assert "warning[R29]" in result.stdout
    assert "elbow" not in result.stdout
    result = run("check", "knee", "--audience", "raeder", "--workspace", workspace.folder)
    assert (result.exit_code, result.stdout) == (2, "")
    assert 'did you mean "reader"?' in result.stderr


def test_a_path_that_exists_wins_over_a_topic_of_that_name(run, workspace, here):
    (here / "knee").write_text("", encoding="utf-8")
    result = run("check", "knee", "--workspace", workspace.folder)
    assert result.exit_code == 2
    assert "knee is in no workspace" in result.stderr


def test_a_topic_with_a_slip_in_its_name_is_told_the_nearest(run, workspace):
    result = run("check", "knees", "--workspace", workspace.folder)
    assert result.exit_code == 2
    assert 'did you mean "knee"?' in result.stderr


@pytest.mark.parametrize("choice", ["github", "sarif"])
def test_other_programs_get_the_same_findings_and_the_same_exit_code(run, workspace, choice):
    three_slips(workspace)
    rows = json.loads(run("check", workspace.folder, "--json").stdout)
    result = run("check", workspace.folder, "--format", choice)
    assert result.exit_code == 3
    if choice == "github":
        found = [line.partition("title=")[2][:4] for line in result.stdout.splitlines() if line.startswith("::error ")]
    else:
        found = [each["ruleId"] for each in json.loads(result.stdout)["runs"][0]["results"]]
    assert found == [row["code"] for row in rows]


def test_json_is_a_format_of_its_own(run):
    result = run("check", "--json", "--format", "sarif")
    assert (result.exit_code, result.stdout) == (2, "")


def test_an_accepted_finding_is_counted_not_shown_and_fails_nothing(run, workspace):
    workspace.replace(f"{TOPIC}/story.yaml", "It carries you all day.", "You may take 5.0 mg.")
    assert run("check", "knee", "--workspace", workspace.folder).exit_code == 3
    entries = run("check", "knee", "--workspace", workspace.folder, "--format", "baseline")
    assert entries.exit_code == 0
    text = entries.stdout.replace('reason: ""', "reason: the label says so")
    workspace.write("content/check-baseline.yaml", text)
    result = run("check", "knee", "--workspace", workspace.folder)
    assert (result.exit_code, result.stdout) == (0, "")
    # The dose, and that the words are not those that were signed any more.
    assert "0 errors, 0 warnings, 2 accepted" in result.stderr
    result = run("check", "knee", "--workspace", workspace.folder, "--all")
    assert result.exit_code == 0
    assert "error[R22]" in result.stdout
    assert "accepted: the label says so" in result.stdout


def test_in_a_workspace_warnings_about_shipped_files_are_counted_and_shown_when_they_are_asked_for(run, workspace):
    plain = ("check", "--audience", "reader", "--workspace", workspace.folder)
    result = run(*plain)
    assert result.exit_code == 0
    assert "warning[R29]" in result.stdout
    assert "warning[R42]" not in result.stdout
    assert re.search(r"0 errors, 4 warnings, \d+ about shipped files \(--all shows them\)$", result.stderr.strip())
    assert "warning[R42]" in run(*plain, "--all").stdout


def test_a_shipped_topic_that_is_named_shows_its_warnings(run, workspace):
    result = run("check", "psoas-muscle-spasm", "--audience", "athlete", "--workspace", workspace.folder)
    assert "warning[R42]" in result.stdout
    assert "shipped files" not in result.stderr
