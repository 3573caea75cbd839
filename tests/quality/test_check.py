"""What `check` reads: every problem of a library at once, and the rules that a topic's content keeps."""

import re

import pytest

from handouts.errors import Diagnostic, ExitCode
from handouts.library.overlays import fingerprint, section_fingerprint
from handouts.library.topics import items_by_reference
from handouts.quality import Finding, Scope, check_library, find_workspace, within

TOPIC = "content/topics/knee"
OVERLAY = "content/overlays/knee.yaml"


def test_a_right_workspace_has_nothing_to_report(findings):
    assert findings() + findings("R29") == []


def test_the_shipped_library_has_no_errors(shipped_report):
    errors = [
        each.diagnostic
        for each in shipped_report.findings
        if each.diagnostic.severity == "error" and each.reason is None
    ]
    assert [str(each) for each in errors] == []
    assert shipped_report.files > 30


def test_problems_of_every_kind_of_file_come_at_once(workspace, findings):
    workspace.write("content/audiences/broken.yaml", "title: [\n")
    workspace.write("content/glossary.yaml", "terms: no\n")
    workspace.write("content/disclaimer.yaml", "title: A\nshort: B\n")
    workspace.replace(f"{TOPIC}/causes.yaml", "term: Stairs", "tern: Stairs")
    workspace.write("templates/brands/pale.yaml", 'colours: {accent: "#ffffff"}\n')
    workspace.write("content/overlays/elbow.yaml", "hide: []\n")
    workspace.write("content/languages/de.yaml", "name: Deutsch\n")
    files = {each.file.removeprefix(workspace.shown("")) for each in findings()}
    assert files == {
        "content/audiences/broken.yaml",
        "content/glossary.yaml",
        "content/disclaimer.yaml",
        f"{TOPIC}/causes.yaml",
        "templates/brands/pale.yaml",
        "content/overlays/elbow.yaml",
        "content/languages/de.yaml",
    }


def test_a_problem_that_is_met_twice_is_reported_once(workspace, findings):
    workspace.write("templates/own.xml.jinja", "<handout>\n{{ topik }}\n</handout>")
    assert len(findings("T102")) == 1


def test_a_problem_without_a_file_is_about_every_path(workspace):
    diagnostic = Diagnostic("C240", "a problem without a place")
    assert within(Finding(diagnostic, ExitCode.CONTENT, None), [workspace.folder])


def test_a_template_that_loses_warning_signs_is_found(workspace, findings):
    workspace.write("templates/own.xml.jinja", "<handout><h1>{{ topic.title }}</h1></handout>")
    assert {each.code for each in findings()} == {"T301"}


def test_markdown_that_prints_only_for_one_audience_is_found(workspace, findings):
    workspace.replace(f"{TOPIC}/causes.yaml", "A jump in distance tires it.", "'# Jump'")
    (problem,) = findings("C240")
    assert "heading" in problem.message


def test_a_section_of_an_audience_that_no_topic_has_is_reported(workspace, findings):
    """A slip in a section's name must not make the section vanish from the sheet without a word."""
    workspace.replace("content/audiences/reader.yaml", "section: causes", "section: cuases")
    assert [each for each in findings() if "cuases" in each.message]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("missing.png", None, "F201"),
        ("broken.png", b"not a picture", "F202"),
        ("empty.svg", b"", "F202"),
    ],
)
def test_a_logo_that_cannot_be_printed_is_found(workspace, name, text, code):
    if text is not None:
        workspace.write(name, text)
    workspace.write("clinic.yaml", f"name: Hill\nlogo: {name}\n")
    (finding,) = (each for each in check_library(workspace.library()).findings if each.diagnostic.code.startswith("F"))
    assert (finding.diagnostic.code, finding.exit_code) == (code, ExitCode.MISSING_RESOURCE)
    assert (finding.diagnostic.file, finding.diagnostic.line) == (workspace.shown("clinic.yaml"), 2)


WALK = "{id: walk, term: Walk,"


def pictured(workspace, file="walk.svg", caption="A knee."):
    workspace.replace(
        f"{TOPIC}/care.yaml", WALK, f"{WALK} figure: {{file: {file}, alt: Somebody walks, caption: {caption}}},"
    )


@pytest.mark.parametrize(
    ("file", "data", "code"),
    [
        ("gone.svg", None, "F201"),
        ("broken.png", b"not a picture", "F202"),
        ("empty.svg", b"", "F202"),
        ("large.jpg", bytes(5_000_001), "F203"),
        (
            "text.svg",
            b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text x="1" y="8">a</text></svg>',
            "F204",
        ),
    ],
)
def test_a_figure_that_cannot_be_printed_is_found_where_it_is_named(workspace, findings, file, data, code):
    pictured(workspace, file)
    if data is not None:
        workspace.write(f"{TOPIC}/figures/{file}", data)
    (problem,) = findings()
    assert (problem.code, problem.file) == (code, workspace.shown(f"{TOPIC}/care.yaml"))
    assert problem.line == workspace.line(f"{TOPIC}/care.yaml", file)
    assert file in problem.message


def test_a_figure_that_only_an_overlay_or_another_audience_names_is_read_too(workspace, findings):
    workspace.replace(
        f"{TOPIC}/causes.yaml",
        "{text: A jump in distance tires it.}",
        "{figure: {file: gone.svg, alt: A, caption: A.}}",
    )
    workspace.write(OVERLAY, "change: [{item: care/walk, figure: {file: lost.svg, alt: A, caption: A.}}]\n")
    assert {(each.file, each.message.split(": ")[1]) for each in findings("F201")} == {
        (workspace.shown(f"{TOPIC}/causes.yaml"), "gone.svg"),
        (workspace.shown(OVERLAY), "lost.svg"),
    }


def test_a_picture_that_nothing_names_is_a_warning(workspace, findings):
    """A clinic's own drawing under a misspelled name would not be printed, and nobody would know."""
    good = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    pictured(workspace)
    workspace.write(f"{TOPIC}/figures/walk.svg", good)
    assert findings() == []
    workspace.write(f"{TOPIC}/figures/wlak.svg", good)
    (problem,) = findings()
    assert (problem.code, problem.severity) == ("C217", "warning")
    assert problem.file == workspace.shown(f"{TOPIC}/figures/wlak.svg")
    assert "walk.svg" in problem.hint


def test_a_picture_for_every_topic_that_no_topic_names_is_a_warning(workspace, findings):
    good = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    pictured(workspace)
    workspace.write("content/figures/walk.svg", good)
    assert findings() == []
    workspace.write("content/figures/wlak.svg", good)
    (problem,) = findings()
    assert (problem.code, problem.file) == ("C217", workspace.shown("content/figures/wlak.svg"))


def test_a_typeface_that_is_not_there_is_found(workspace, findings):
    workspace.write("clinic.yaml", "name: Hill\nfont: {regular: gone.ttf, bold: gone.ttf}\n")
    assert {(each.code, each.line) for each in findings()} == {("F102", 2)}


# ------------------------------------------------------------------ overlays and what they replace


def shipped_fingerprint(workspace, reference):
    topic = workspace.library().topic("knee")
    if "/" in reference:
        return fingerprint(items_by_reference(topic.sections)[reference])
    return section_fingerprint(topic.section(reference).file)


@pytest.mark.parametrize(
    ("reference", "change", "slip"),
    [
        ("causes/stairs", "item: causes/stairs, text: Ours.", "Many stairs load the knee."),
        ("causes", "section: causes, title: Ours", "One thing rarely explains it."),
    ],
    ids=["an item", "a section"],
)
def test_a_change_whose_shipped_text_has_changed_since_is_reported(workspace, findings, reference, change, slip):
    workspace.write(OVERLAY, f"change:\n  - {{{change}, replaces: {shipped_fingerprint(workspace, reference)}}}\n")
    assert findings() == []
    workspace.replace(f"{TOPIC}/causes.yaml", slip, f"{slip} More.")
    (problem,) = findings()
    assert (problem.code, problem.severity) == ("C305", "warning")
    assert (problem.file, problem.line) == (workspace.shown(OVERLAY), 2)
    (workspace.folder / OVERLAY).unlink()
    assert shipped_fingerprint(workspace, reference) in problem.hint


def test_a_change_that_does_not_say_what_it_replaces_is_told_how(workspace, findings):
    now = shipped_fingerprint(workspace, "causes/stairs")
    workspace.write(OVERLAY, "change:\n  - {item: causes/stairs, text: Ours.}\n")
    (problem,) = findings()
    assert (problem.code, problem.severity, problem.line) == ("C306", "warning", 2)
    assert f"replaces: {now}" in problem.hint


def test_an_overlay_without_its_topic_is_an_error(workspace, findings):
    workspace.write("content/overlays/elbow.yaml", "hide: []\n")
    (problem,) = findings()
    assert (problem.code, problem.file) == ("C302", workspace.shown("content/overlays/elbow.yaml"))


# ------------------------------------------------------------------ paths


def test_the_workspace_of_a_file_is_the_nearest_folder_above_it_with_a_clinic_file(workspace, tmp_path):
    assert find_workspace(workspace.folder / TOPIC / "topic.yaml") == workspace.folder.resolve()
    assert find_workspace(tmp_path) is None


def test_a_finding_is_within_its_file_and_the_folders_above_it(workspace, check_clinic):
    workspace.replace(f"{TOPIC}/story.yaml", "sources: [book]\n", "")
    (finding,) = (each for each in check_clinic().findings if each.diagnostic.code == "R31")
    assert within(finding, [workspace.folder / TOPIC / "story.yaml"])
    assert within(finding, [workspace.folder / "content"])
    assert not within(finding, [workspace.folder / TOPIC / "causes.yaml"])


# ------------------------------------------------------------------ translations


def test_check_tells_which_texts_changed_since_they_were_translated(spanish, findings):
    assert [each.message for each in findings("R42")] == ["draft: this translation is a draft; every page says so"]
    spanish.replace("content/topics/knee/care.yaml", "Walk a little.", "Walk a lot.")
    stale, draft = findings("R42")
    assert (stale.severity, stale.file) == ("warning", spanish.shown("content/topics/knee/es/care.yaml"))
    assert "changed since it was translated" in stale.message
    now = stale.hint.rpartition(" ")[2]
    file = spanish.folder / "content/topics/knee/es/care.yaml"
    file.write_text(re.sub("of: .*", f"of: {now}", file.read_text(encoding="utf-8")), encoding="utf-8")
    assert findings("R42") == [draft]


def test_check_finds_the_mistakes_of_a_translation(spanish, findings):
    spanish.replace("content/topics/knee/es/care.yaml", ", why: Sigue suelta.", "")
    (problem,) = findings("C310")
    assert problem.line == spanish.line("content/topics/knee/es/care.yaml", "bend")


def test_check_composes_translations(spanish, findings):
    spanish.replace("content/topics/knee/es/care.yaml", "text: Camine un poco.", "text: '# Camine'")
    (problem,) = findings("C240")
    assert problem.file == spanish.shown("content/topics/knee/es/care.yaml")


def test_check_says_that_an_overlay_holds_for_one_language(spanish, findings):
    spanish.write("content/overlays/knee.yaml", "hide: [causes/stairs]\n")
    (problem,) = findings("C307")
    assert problem.severity == "warning"
    spanish.write("content/overlays/knee.es.yaml", "hide: [causes/stairs]\n")
    assert findings("C307") == []
    spanish.write("content/overlays/knee.fr.yaml", "hide: []\n")
    (problem,) = findings("C302")
    assert problem.message == 'there is no topic "knee" in fr to change'


def test_a_clinics_own_audience_on_a_shipped_topic_warns_but_for_its_warning_signs(workspace):
    """Neither was written for the other; what the clinic writes is held to the rules as ever."""
    listed = "title: Dancers\nlabel: For dancers\nsheets:\n  handout:\n    - section: medicines\n"
    workspace.write("content/audiences/dancer.yaml", f"{listed}    - section: when-to-get-help\n")
    found = check_library(workspace.library(), Scope(("ankle-sprain",), ("dancer",))).findings
    severities = {each.diagnostic.code: each.diagnostic.severity for each in found}
    assert severities["R12"] == "warning"
    assert severities["R15"] == "error"


def test_a_clinics_file_that_nothing_reads_is_a_warning_with_the_name_that_would_be_read(workspace, findings):
    written = {
        "content/overlays/knee.yml": "call it knee.yaml",
        "content/overlay/knee.yaml": "move it",
        "content/topics/hip/care.yaml": "move it",
        "content/topics/knee/checklists/night.YAML": "call it night.yaml",
        "content/topics/knee/old/care.yaml": "move it",
        "content/topics/knee/picture.png": "move it",
        "plans/mine.yml": "call it mine.yaml",
        "reviews/texts/copy.doc": "move it",
        "templates/handout.jinja": "move it",
        "bundles/old/first.yaml": "move it",
    }
    for name in written:
        workspace.write(name, "title: Words\n")
    read = ("README.md", "templates/logos/hill.svg", "content/.DS_Store", "plans/mine.yaml~", "content/README.txt")
    for name in read:
        workspace.write(name, "words\n")
    found = [each for each in findings() if each.code == "C227"]
    assert {each.file: (each.message, each.severity) for each in found} == {
        workspace.shown(name): ("nothing reads this file", "warning") for name in written
    }
    for each in found:
        assert written[each.file.removeprefix(workspace.shown(""))] in each.hint


def test_a_link_to_a_file_that_is_gone_is_a_warning(workspace, findings):
    (workspace.folder / "content/overlays").mkdir()
    (workspace.folder / "content/overlays/knee.yaml").symlink_to("gone.yaml")
    assert [(each.code, each.message) for each in findings()] == [("C227", "this link leads to no file")]


def test_a_section_that_no_topic_has_is_told_when_one_topic_is_checked(workspace):
    workspace.replace("content/audiences/reader.yaml", "section: story", "section: storry")
    found = check_library(workspace.library(), Scope(("knee",))).findings
    assert [each.diagnostic.hint for each in found if each.diagnostic.code == "C215"] == ['did you mean "story"?']
