"""`handouts check TOPIC --report`: on the terminal, or as a file whose path is printed."""

import pytest


@pytest.fixture
def report(run, workspace):
    def report(*arguments, topic="knee"):
        return run("check", topic, "--report", "--workspace", workspace.folder, *arguments)

    return report


def test_it_is_shown_on_the_terminal(report, here):
    result = report()
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Report: Sore knee\n=================\n" in result.stdout
    assert "SMOG, at most 8: " in result.stdout
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("--format", "pdf"), "output/knee.reader.handout.report.pdf"),
        (("--audience", "runner", "--format", "html"), "output/knee.runner.handout.report.html"),
        (("--template", "checklist", "--format", "txt"), "output/knee.reader.checklist.report.txt"),
        (("-o", "mine.html"), "mine.html"),
        (("-o", "mine.report"), "mine.report"),
        (("-o", "there/"), "there/knee.reader.handout.report.pdf"),
    ],
)
def test_it_is_written_and_its_path_is_printed(report, here, arguments, name):
    result = report(*arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{name}\n", "")
    data = (here / name).read_bytes()
    begins = {".html": b"<!DOCTYPE html>", ".txt": b"For clinicians"}.get((here / name).suffix, b"%PDF-")
    assert data.startswith(begins)


def test_a_translation_s_file_says_its_language(report, spanish):
    assert report("--language", "es", "--format", "pdf").stdout == "output/knee.reader.handout.es.report.pdf\n"


def test_it_goes_to_stdout_when_asked(report, here):
    result = report("-o", "-", "--format", "pdf")
    assert result.stdout_bytes.startswith(b"%PDF-")
    assert list(here.iterdir()) == []


def test_a_report_is_made_whatever_it_says(report, workspace):
    workspace.replace("content/topics/knee/story.yaml", "It carries you all day.", "You may take 5.0 mg.")
    result = report()
    assert result.exit_code == 0
    assert "Error: “5.0 mg” can be read wrong (rule R22, story.yaml, line " in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("check", "--report"), "U117"),
        (("check", "knee", "elbow", "--report"), "U117"),
        (("check", "knee", "--report", "--audience", "reader", "--audience", "runner"), "U117"),
        (("check", "knee", "--report", "--json"), "U117"),
        (("check", "knee", "--report", "--all"), "U117"),
        (("check", "knee", "--report", "--format", "sarif"), "U117"),
        (("check", "knee", "--format", "pdf"), "U117"),
        (("check", "knee", "--template", "handout"), "U117"),
        (("check", "knee", "--language", "en"), "U117"),
        (("check", "knee", "-o", "a.pdf"), "U117"),
        (("check", "knie", "--report"), "U101"),
        (("check", "knee", "--report", "--audience", "raeder"), "U101"),
        (("check", "knee", "--report", "--template", "_report"), "U101"),
    ],
)
def test_what_makes_no_report_is_refused(run, workspace, here, arguments, code):
    result = run(*arguments, "--workspace", workspace.folder)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"error[{code}]" in result.stderr
    assert list(here.iterdir()) == []
