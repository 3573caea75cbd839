"""Findings as other programs read them, and findings that were accepted."""

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from handouts.errors import Diagnostic, ExitCode
from handouts.library import Library, SearchPath
from handouts.library.search_path import Root, shipped_root
from handouts.library.yaml_source import YamlSource
from handouts.quality import Finding, Scope, baseline_entries, check_library, within
from handouts.quality.findings import file_of
from handouts.quality.formats import as_github, as_rows, as_sarif

TOPIC = "content/topics/knee"
PATIENT = "content/audiences/patient.yaml"
BASELINE = "content/check-baseline.yaml"
OTHERS = ", ".join(f"{name}: [{{section: warnings}}]" for name in ("exercise-plan", "diary", "visit-plan"))
# What SARIF 2.1.0 asks of the parts that are written here (its §3.13, 3.14, 3.18–3.19, 3.27–3.30, 3.35, 3.49).
TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
PLACE = {
    "type": "object",
    "required": ["artifactLocation"],
    "additionalProperties": False,
    "properties": {
        "artifactLocation": {"type": "object", "properties": {"uri": {"type": "string", "format": "uri-reference"}}},
        "region": {
            "type": "object",
            "required": ["startLine"],
            "additionalProperties": False,
            "properties": {"startLine": {"minimum": 1}, "startColumn": {"minimum": 1}},
        },
    },
}
RESULT = {
    "type": "object",
    "required": ["ruleId", "message"],
    "additionalProperties": False,
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": {"enum": ["none", "note", "warning", "error"]},
        "message": TEXT,
        "locations": {"items": {"type": "object", "properties": {"physicalLocation": PLACE}}},
        "partialFingerprints": {"additionalProperties": {"type": "string"}},
        "suppressions": {
            "items": {
                "type": "object",
                "required": ["kind"],
                "properties": {"kind": {"enum": ["inSource", "external"]}, "justification": {"type": "string"}},
            }
        },
    },
}
DESCRIPTOR = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "shortDescription": TEXT,
        "fullDescription": TEXT,
        "help": TEXT,
        "defaultConfiguration": {"properties": {"level": {"enum": ["none", "note", "warning", "error"]}}},
    },
}
DRIVER = {"type": "object", "required": ["name"], "properties": {"rules": {"items": DESCRIPTOR, "uniqueItems": True}}}
RUN = {
    "type": "object",
    "required": ["tool"],
    "additionalProperties": False,
    "properties": {
        "tool": {"type": "object", "required": ["driver"], "properties": {"driver": DRIVER}},
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": {"items": RESULT},
    },
}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {"version": {"const": "2.1.0"}, "runs": {"type": "array", "items": RUN}},
}


def finding(message="a message", reason=None, **place):
    diagnostic = Diagnostic("R21", message, "a hint", **{"file": "content/a b.yaml", "line": 3, "column": 7, **place})
    return Finding(diagnostic, ExitCode.CONTENT, None, diagnostic.file, message, reason)


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (finding(), "::error file=content/a b.yaml,line=3,col=7,title=R21::a message%0Aa hint"),
        (
            finding("50% of: a,b\nc", file="a,b:c%.yaml"),
            "::error file=a%2Cb%3Ac%25.yaml,line=3,col=7,title=R21::50%25 of: a,b%0Ac%0Aa hint",
        ),
        (
            finding(line=0, column=0, severity="warning"),
            "::warning file=content/a b.yaml,title=R21::a message%0Aa hint",
        ),
        (finding(file="", line=0, column=0), "::error title=R21::a message%0Aa hint"),
        (finding(reason="it stays"), "::notice file=content/a b.yaml,line=3,col=7,title=R21::a message%0Aa hint"),
    ],
    ids=["all", "signs that mean something", "a file without a line", "no file", "accepted"],
)
def test_a_workflow_command_is_escaped_as_github_reads_it(given, line):
    assert as_github([given]) == line


def test_a_sarif_log_has_what_the_standard_asks_for():
    findings = [finding(), finding(line=0, column=0), finding(file=""), finding(reason="it stays", file="ä/%.yaml")]
    log = as_sarif([*findings, Finding(Diagnostic("C203", "no"), ExitCode.CONTENT, None)], "1.0")
    jsonschema.validate(json.loads(json.dumps(log)), SARIF)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert result["ruleId"] == (rules[result["ruleIndex"]]["id"] if "ruleIndex" in result else "C203")
    accepted = run["results"][3]
    assert accepted["suppressions"] == [{"kind": "external", "justification": "it stays"}]
    assert accepted["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "%C3%A4/%25.yaml"
    assert run["results"][0]["partialFingerprints"] == run["results"][1]["partialFingerprints"]


def test_a_row_of_an_accepted_finding_has_its_reason():
    assert "accepted" not in as_rows([finding()])[0]
    assert as_rows([finding(reason="it stays")])[0]["accepted"] == "it stays"


# ------------------------------------------------------------------ baseline


@pytest.fixture
def ours(workspace, check_clinic):
    def ours():
        found = [each for each in check_clinic().findings if within(each, [workspace.folder])]
        return [each for each in found if each.diagnostic.code != "R29"]  # words that change here are not signed again

    return ours


def accept(workspace, reason, finding='"utilize"'):
    entry = f"{{rule: R21, file: {TOPIC}/story.yaml, finding: '{finding}', reason: {reason}}}"
    workspace.write(BASELINE, f"accepted:\n  - {entry}\n")


@pytest.fixture
def long_word(workspace):
    workspace.replace(f"{TOPIC}/story.yaml", "It carries you all day.", "You can utilize a stick.")
    return workspace


def test_an_accepted_finding_has_its_reason_and_stays_accepted_when_its_line_moves(long_word, ours):
    accept(long_word, "they know it")
    assert [each.reason for each in ours()] == ["they know it"]
    long_word.replace(f"{TOPIC}/story.yaml", "title: What", "\n\ntitle: What")
    assert [each.reason for each in ours()] == ["they know it"]


def test_an_entry_that_matches_nothing_any_more_is_a_warning_where_it_stands(long_word, ours):
    accept(long_word, "they know it")
    long_word.replace(f"{TOPIC}/story.yaml", "utilize", "use")
    (left,) = ours()
    assert (left.diagnostic.code, left.diagnostic.severity) == ("C320", "warning")
    assert (left.name, left.diagnostic.line) == (BASELINE, 2)


@pytest.mark.parametrize("reason", ['""', '" "', "null"])
def test_an_entry_without_a_reason_is_an_error_and_accepts_nothing(long_word, ours, reason):
    accept(long_word, reason)
    assert {(each.diagnostic.code, each.diagnostic.severity, each.reason) for each in ours()} == {
        ("C201", "error", None),
        ("R21", "warning", None),
    }


def test_what_stops_a_handout_cannot_be_accepted(workspace, ours):
    workspace.replace(f"{TOPIC}/causes.yaml", "text: Many", "tetx: Many")
    entry = f"{{rule: C203, file: {TOPIC}/causes.yaml, finding: 'this key is not known here', reason: it is mine}}"
    workspace.write(BASELINE, f"accepted:\n  - {entry}\n")
    assert {each.diagnostic.code for each in ours() if each.diagnostic.severity == "error"} == {"C203"}


def test_entries_that_check_writes_accept_what_is_there_once_they_have_a_reason(long_word, ours, check_clinic):
    library_path = long_word.library().path
    written = baseline_entries(ours(), library_path)
    long_word.write(BASELINE, written + "\n")
    assert {each.diagnostic.code for each in ours()} == {"C201", "R21"}
    long_word.write(BASELINE, written.replace('reason: ""', "reason: they know it") + "\n")
    assert [each.reason for each in ours()] == ["they know it"]
    assert baseline_entries(ours(), library_path) == ""


# ------------------------------------------------------------------ the clinic's, and the shipped


@pytest.fixture
def knee_is_shipped(bare, workspace, tmp_path):
    """A library whose knee is shipped, with a baseline that has outlived something; the folder of the knee."""
    home = tmp_path / "shipped"
    shutil.copytree(bare, home)
    for name in ("topics", "audiences"):
        shutil.move(workspace.folder / "content" / name, home / "content" / name)
    story = home / TOPIC / "story.yaml"
    story.write_text(story.read_text(encoding="utf-8").replace("It carries you", "You utilize it"), encoding="utf-8")
    entry = "{rule: R21, file: content/gone.yaml, finding: 'x', reason: it was so}"
    (home / BASELINE).write_text(f"accepted:\n  - {entry}\n", encoding="utf-8")
    return home


@pytest.fixture
def beside(workspace, knee_is_shipped):
    """What check finds in the clinic's workspace before that library."""

    def beside():
        path = SearchPath((Root(workspace.folder, workspace.shown("")), Root(knee_is_shipped)))
        return check_library(Library(path)).findings

    return beside


def test_a_warning_about_a_shipped_file_is_not_the_clinic_s_but_an_error_is(knee_is_shipped, beside):
    assert {each.diagnostic.code: each.of_clinic for each in beside()} == {"R21": False, "R29": True}
    (knee_is_shipped / TOPIC / "story.yaml").write_text("title: [\n", encoding="utf-8")
    assert {each.of_clinic for each in beside() if each.diagnostic.severity == "error"} == {True}


def test_without_a_workspace_everything_is_shown_outlived_entries_too(knee_is_shipped):
    found = check_library(Library(SearchPath((Root(knee_is_shipped),)))).findings
    assert {each.diagnostic.code for each in found} == {"R21", "R29", "C320"}
    assert all(each.of_clinic for each in found)


@pytest.mark.usefixtures("knee_is_shipped")
def test_what_comes_of_an_item_that_a_clinic_added_is_the_clinic_s(workspace, beside):
    def sides():
        return {each.of_clinic for each in beside() if each.diagnostic.code == "R37" and "reader" in each.name}

    text = "It is so. " * 1500
    longer = f"change: [{{item: causes/kneeling, text: {text}}}]\n"
    workspace.write("content/overlays/knee.yaml", longer)
    assert sides() == {False}
    item = "{id: box, term: Boxes, text: Lift little., priority: 1}"
    workspace.write("content/overlays/knee.yaml", f"{longer}add: [{{section: causes, group: home, item: {item}}}]\n")
    assert sides() == {True}


# ------------------------------------------------------------------ a part of the library


def test_only_a_topic_and_its_sheets_are_looked_at_when_one_is_named(workspace, check_clinic):
    workspace.write("content/overlays/elbow.yaml", "hide: []\n")
    workspace.write(f"{TOPIC}/../elbow/topic.yaml", "title: [\n")
    workspace.unsign()
    assert [each.diagnostic.code for each in check_clinic(Scope(topics=("knee",))).findings] == ["R29"]


def test_only_an_audience_s_sheets_are_looked_at_when_one_is_named(workspace, check_clinic):
    workspace.write(
        "content/audiences/reader.yaml",
        f"title: R\nlabel: R\nsheets: {{handout: [{{section: causes}}], checklist: [{{section: day}}], {OTHERS}}}\n",
    )
    workspace.write(
        "content/audiences/runner.yaml",
        f"title: R\nlabel: R\nsheets: {{handout: [{{section: care}}], checklist: [{{section: day}}], {OTHERS}}}\n",
    )
    assert [each.diagnostic.code for each in check_clinic(Scope(audiences=("reader",))).findings] == ["R10"]
    assert check_clinic(Scope(audiences=("runner",))).findings == ()


# ------------------------------------------------------------------ where words stand


def test_a_finding_in_words_that_a_clinic_changed_names_its_overlay(workspace, ours):
    workspace.write("content/overlays/knee.yaml", "change:\n  - {item: causes/stairs, text: You utilize stairs.}\n")
    found = [each.diagnostic for each in ours() if each.diagnostic.code == "R21"]
    assert [(each.file, each.line) for each in found] == [(workspace.shown("content/overlays/knee.yaml"), 2)]


def test_a_finding_in_an_item_that_a_clinic_added_names_its_overlay(workspace, ours):
    added = "{id: box, term: Boxes, text: You utilize boxes.}"
    workspace.write("content/overlays/knee.yaml", f"add:\n  - {{section: causes, group: home, item: {added}}}\n")
    found = [each.diagnostic for each in ours() if each.diagnostic.code == "R21"]
    assert [(each.file, each.line) for each in found] == [(workspace.shown("content/overlays/knee.yaml"), 2)]


def test_a_finding_in_a_translation_names_its_file_and_line(spanish, ours):
    spanish.replace(f"{TOPIC}/es/causes.yaml", "Muchas escaleras cargan la rodilla.", "TODO")
    found = {(each.diagnostic.file, each.diagnostic.line) for each in ours() if each.diagnostic.code == "R39"}
    assert found == {(spanish.shown(f"{TOPIC}/es/causes.yaml"), spanish.line(f"{TOPIC}/es/causes.yaml", "TODO"))}


def test_a_list_of_the_shipped_audience_is_not_looked_for_in_the_clinic_s_file_of_the_same_name(workspace, monkeypatch):
    monkeypatch.chdir(workspace.folder)
    workspace.write("content/audiences/patient.yaml", "title: Our patients\n")
    library = Library(SearchPath.of(Path()))
    shipped = YamlSource(shipped_root() / PATIENT, library.path.roots[-1].show(shipped_root() / PATIENT))
    found = shipped.diagnostic(("sheets", "handout"), "R37", "five sides")
    assert file_of(found, library.path) == (shipped_root() / PATIENT, PATIENT)
    assert found.file == f"shipped/{PATIENT}"
