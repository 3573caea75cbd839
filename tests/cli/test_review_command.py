"""`handouts review`: what to read, what has changed since, and signing; and what `render` says of it."""

import datetime as dt
import json
import re
import shlex
from pathlib import Path

import pytest

import handouts

NAME = "A. Example, PT"
CARE = "content/topics/knee/care.yaml"


@pytest.fixture
def review(run, workspace):
    """Runs `handouts review` in the clinic's workspace."""
    workspace.unsign()

    def review(*arguments):
        return run("review", *arguments, "--workspace", workspace.folder)

    return review


def sign(review, *arguments):
    result = review("sign", "knee", "--reviewer", NAME, *arguments)
    assert result.exit_code == 0, result.stderr
    return result


def test_from_nobody_to_signed_to_changed_to_signed_again(review, render, workspace):
    assert "Not yet reviewed by a clinician" in render("--format", "txt", "-o", "-").stdout
    shown = review("show", "knee").stdout
    assert "Not signed yet." in shown
    assert "care/bend.text: Bend it each hour." in shown
    assert "What to do\n----------\n" in shown

    assert sign(review).stdout.strip() == (workspace.folder / "reviews/knee.yaml").resolve().as_posix()
    assert f"Reviewed by {NAME}" in render("--format", "txt", "-o", "-").stdout
    assert "No word has changed since" in review("show", "knee").stdout
    assert "Bend it each hour." in review("show", "knee", "--full").stdout

    workspace.replace(CARE, "Bend it each hour.", "Bend it each day.")
    assert "Not yet reviewed by a clinician" in render("--format", "txt", "-o", "-").stdout
    lines = review("show", "knee").stdout.splitlines()
    assert "-care/bend.text: Bend it each hour." in lines
    assert "+care/bend.text: Bend it each day." in lines
    assert len([line for line in lines if line.startswith(("+", "-")) and not line.startswith(("+++", "---"))]) == 2

    sign(review)
    assert f"Reviewed by {NAME}" in render("--format", "txt", "-o", "-").stdout
    assert (workspace.folder / "reviews/knee.yaml").read_text(encoding="utf-8").count(NAME) == 2


def test_the_page_and_the_files_properties_say_who_reviewed_it(review, render, here, text_of, run):
    sign(review, "--date", "2026-11-02")
    assert render("-o", "a.pdf").exit_code == 0
    assert "Reviewed by A. Example, PT, November 2, 2026" in text_of((here / "a.pdf").read_bytes())
    assert f"Reviewed by {NAME}" in run("inspect", "a.pdf").stdout


def test_a_signature_is_of_today_and_due_in_a_year_unless_told(review):
    sign(review)
    sign(review, "--date", "2026-01-02", "--due", "2028-01-02", "--audience", "runner")
    rows = {row["audience"]: row for row in json.loads(review("list", "--json").stdout) if row["topic"] == "knee"}
    today = dt.datetime.now().astimezone().date()
    assert rows[None]["signed"] == today.isoformat()
    assert dt.date.fromisoformat(rows[None]["due"]) - today in (dt.timedelta(365), dt.timedelta(366))
    assert (rows["runner"]["signed"], rows["runner"]["due"]) == ("2026-01-02", "2028-01-02")
    assert (rows[None]["state"], rows[None]["reviewer"]) == ("signed", NAME)


def test_the_list_has_every_topic_in_every_language(review, shipped):
    rows = json.loads(review("list", "--json").stdout)
    assert {(row["topic"], row["language"]) for row in rows} >= {("knee", "en"), ("psoas-muscle-spasm", "es")}
    assert {row["state"] for row in rows} == {"never"}
    heading, *table = review("list").stdout.splitlines()
    assert heading.split() == [key.upper() for key in rows[0]]
    assert len(table) == len(rows)
    assert {line.index("never") for line in table} == {heading.index("STATE")}


def test_show_of_an_audience_is_what_its_sheets_print(review):
    shown = review("show", "knee", "--audience", "runner").stdout
    assert "For runners" in shown
    assert "Swimming" not in shown
    assert "Swimming" in review("show", "knee").stdout


def test_show_of_an_audience_that_was_signed_with_the_topic_says_so(review):
    sign(review)
    result = review("show", "knee", "--audience", "runner")
    assert "whole topic" in result.stderr
    assert NAME in result.stdout


def test_a_signed_draft_is_told_what_the_page_still_says(run, spanish):
    spanish.unsign()
    where = ("--workspace", spanish.folder)
    result = run("review", "sign", "knee", "--language", "es", "--reviewer", NAME, *where)
    assert (result.exit_code, "draft" in result.stderr) == (0, True)


# ------------------------------------------------------------------ refused


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--reviewer", " "), "U132"),
        (("--reviewer", "\u200b\u2060\ufeff"), "U132"),
        (("--reviewer", "A. Example\nnot yet reviewed"), "U132"),
        (("--reviewer", "A. Example\u2028PT"), "U132"),
        (("--reviewer", "A" * 121), "U132"),
        (("--reviewer", "A\x07B"), "U132"),
        (("--reviewer", "A. Example\tPT"), "U132"),
        (("--reviewer", "A. \u202eelpmaxE"), "U132"),
        (("--reviewer", NAME, "--date", "yesterday"), "U132"),
        (("--reviewer", NAME, "--date", "2999-01-01"), "U132"),
        (("--reviewer", NAME, "--date", "2026-01-02", "--due", "2026-01-02"), "U132"),
        (("--reviewer", NAME, "--audience", "walker"), "U101"),
        (("--reviewer", NAME, "--audience", ""), "U101"),
        (("--reviewer", NAME, "--language", "es"), "U101"),
    ],
)
def test_a_signature_that_makes_no_sense_is_refused(review, workspace, arguments, code):
    result = review("sign", "knee", *arguments)
    assert (result.exit_code, f"[{code}]" in result.stderr) == (2, True), result.stderr
    assert not (workspace.folder / "reviews").exists()


def test_a_name_that_no_typeface_can_print_is_not_signed(review, workspace):
    result = review("sign", "knee", "--reviewer", "A. Example \U0001f642")
    assert (result.exit_code, "[F103] --reviewer: no typeface here has U+1F642" in result.stderr) == (6, True)
    assert not (workspace.folder / "reviews").exists()


def test_a_name_in_letters_of_another_script_is_signed_and_printed(review, render):
    name = "Ольга Приклад, Łódź"
    assert review("sign", "knee", "--reviewer", name).exit_code == 0
    assert f"Reviewed by {name}" in render("--format", "txt", "-o", "-").stdout
    assert render("-o", "a.pdf").exit_code == 0


def test_a_name_by_hand_that_no_typeface_can_print_is_told_at_its_line_by_render_and_check(
    review, render, run, workspace
):
    sign(review)
    record = "reviews/knee.yaml"
    workspace.replace(record, NAME, f"{NAME} \U0001f642")
    said = f"reviews/knee.yaml:{workspace.line(record, NAME)}:"
    for result, code in (
        (render("-o", "a.pdf"), 6),
        (run("check", "--workspace", workspace.folder), 3),
    ):
        assert result.exit_code == code
        (line,) = [line for line in (result.stdout + result.stderr).splitlines() if "[F103]" in line]
        assert said in line
        assert "signatures[0].reviewer: no typeface here has U+1F642" in line


def test_the_name_of_no_audience_is_not_all_of_them(review):
    result = review("show", "knee", "--audience", "")
    assert (result.exit_code, "[U101]" in result.stderr) == (2, True), result.stderr


def test_a_signature_needs_a_workspace(run):
    result = run("review", "sign", "psoas-muscle-spasm", "--reviewer", NAME)
    assert (result.exit_code, "[U131]" in result.stderr) == (2, True)
    assert "handouts init" in result.stderr


def test_what_check_finds_wrong_is_not_signed(review, workspace):
    workspace.replace("content/topics/knee/story.yaml", "sources: [book]\n", "")
    result = review("sign", "knee", "--reviewer", NAME)
    assert result.exit_code == 3
    assert "[R31]" in result.stderr
    assert "[C335]" in result.stderr
    assert not (workspace.folder / "reviews").exists()


def test_a_topic_that_says_that_it_is_a_draft_is_not_signed(review, workspace):
    workspace.replace("content/topics/knee/topic.yaml", 'version: "1.0"', 'version: "1.0"\ndraft: true')
    result = review("sign", "knee", "--reviewer", NAME)
    assert (result.exit_code, "[C335]" in result.stderr) == (3, True)
    assert not (workspace.folder / "reviews").exists()


def test_a_mistake_in_another_topic_does_not_stop_a_signature(review, workspace):
    workspace.write("content/topics/elbow/topic.yaml", "title: Elbow\n")
    sign(review)


# ------------------------------------------------------------------ a signature that was lost


def test_a_signature_that_was_lost_is_told_once_with_the_way_to_what_has_changed(review, render, run, workspace):
    sign(review)
    assert render("-o", "a.pdf").stderr == ""
    workspace.replace(CARE, "Bend it each hour.", "Bend it each day.")
    (line,) = render("-o", "a.pdf").stderr.splitlines()
    assert line.startswith("note: knee was signed, but not with all the words of these pages")
    assert line.endswith("(handouts review show knee)")
    assert NAME not in line
    workspace.write("bundles/two.yaml", "title: Two\ntopic: knee\nhandouts: [{audience: reader}, {audience: runner}]\n")
    bundled = run("render", "--bundle", "two", "-o", "b.pdf", "--workspace", workspace.folder)
    assert bundled.exit_code == 0
    assert bundled.stderr.splitlines() == [line]


def test_pages_that_hold_no_changed_word_have_lost_no_signature(review, render, workspace):
    sign(review)
    workspace.replace(CARE, "Bend it each hour.", "Bend it each day.")
    assert render("--sections", "causes", "-o", "a.pdf").stderr == ""


def test_pages_that_print_more_than_was_signed_for_their_reader_say_so_too(review, render):
    sign(review, "--audience", "runner")
    assert render("--audience", "runner", "-o", "a.pdf").stderr == ""
    assert (
        "handouts review show knee --audience runner)"
        in render("--audience", "runner", "--items", "all", "-o", "a.pdf").stderr
    )


def test_a_topic_that_nobody_signed_has_lost_no_signature(review, render):
    assert render("-o", "a.pdf").stderr == ""


def test_the_language_of_a_lost_signature_is_named(run, spanish):
    spanish.replace("content/topics/knee/es/care.yaml", "cada hora", "cada día")
    result = run("render", "knee", "--language", "es", "-o", "a.pdf", "--workspace", spanish.folder)
    assert result.exit_code == 0
    assert "handouts review show knee --language es)" in result.stderr


# ------------------------------------------------------------------ age


def test_a_review_that_is_due_is_one_line_on_stderr(review, render):
    sign(review, "--date", "2026-01-02", "--due", "2026-02-02")
    result = render("-o", "a.pdf")
    assert result.exit_code == 0
    (line,) = result.stderr.splitlines()
    assert "2026-02-02" in line


def test_a_text_of_more_than_five_years_prints_only_when_it_is_allowed(
    review, render, refused, workspace, text_of, here
):
    workspace.replace("content/topics/knee/topic.yaml", "published: 2026-01-02", "published: 2015-01-02")
    sign(review, "--date", "2016-03-04")
    assert "[C331]" in refused(3)
    assert render("--allow-outdated", "-o", "a.pdf").exit_code == 0
    text = text_of((here / "a.pdf").read_bytes())
    assert text.count("Old text (March 4, 2016): ask if it still holds") >= 2
    assert render("--allow-outdated", "--edition", "large-print", "--format", "html", "-o", "a.html").exit_code == 0
    assert "Old text (March 4, 2016)" in (here / "a.html").read_text(encoding="utf-8")


# ------------------------------------------------------------------ docs/review.md


def test_the_commands_of_the_documentation_run_as_they_stand(run, here, monkeypatch):
    text = (Path(handouts.__file__).parent.parent / "docs/review.md").read_text(encoding="utf-8")
    commands = re.findall(r"^    handouts (.+)$", text, re.MULTILINE)
    assert len(commands) == 4
    assert run("init", "our-clinic").exit_code == 0
    monkeypatch.chdir(here / "our-clinic")
    for command in commands:
        result = run(*shlex.split(command))
        assert result.exit_code == 0, (command, result.stderr)
    page = run("render", "psoas-muscle-spasm", "--audience", "athlete", "--format", "txt", "-o", "-").stdout
    assert "Reviewed by A. Example, PT" in page
