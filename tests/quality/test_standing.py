"""What `check` says of signatures (R29, R30): warnings for what nobody has read, errors for records that are wrong."""

import datetime as dt
import re

import pytest

from handouts.quality import Scope, check_library, within

RECORD = "reviews/knee.yaml"
TODAY = dt.date(2026, 6, 1)


@pytest.fixture
def found(workspace):
    """What there is to say of the clinic's own topic on a day."""

    def found(today=TODAY):
        report = check_library(workspace.library(), Scope(topics=("knee",)), today)
        return [each.diagnostic for each in report.findings if within(each, [workspace.folder])]

    return found


def said(findings):
    return [(each.code, each.severity) for each in findings]


def test_a_signed_topic_has_nothing_to_report(found):
    assert found() == []


def test_a_topic_that_nobody_reviewed_is_a_warning(workspace, found):
    workspace.unsign()
    (problem,) = found()
    assert (problem.code, problem.severity) == ("R29", "warning")
    assert problem.file == workspace.shown("content/topics/knee/topic.yaml")
    assert "handouts review show knee" in problem.hint


def test_words_that_changed_since_they_were_signed_are_a_warning(workspace, found):
    workspace.replace("content/topics/knee/care.yaml", "Bend it each hour.", "Bend it each day.")
    (problem,) = found()
    assert (problem.code, problem.severity) == ("R29", "warning")
    assert (problem.file, problem.line) == (workspace.shown(RECORD), workspace.line(RECORD, "hash:"))


def test_readers_that_nobody_signed_for_are_named(workspace, found):
    workspace.unsign()
    workspace.sign(audience="reader")
    (problem,) = found()
    assert "runner" in problem.message
    assert "reader" not in problem.message
    workspace.sign(audience="runner")
    assert not [each for each in found() if "knee" in each.file and "runner" in each.message]


def test_when_each_audience_is_signed_for_nothing_is_missing(workspace):
    workspace.unsign()
    for name in workspace.library().audience_ids:
        workspace.sign(audience=name)
    report = check_library(workspace.library(), Scope(topics=("knee",)), TODAY)
    assert [each.diagnostic.code for each in report.findings if each.diagnostic.code == "R29"] == []


def test_a_review_that_is_due_is_a_warning(workspace, found):
    workspace.sign(due=dt.date(2026, 5, 31))
    (problem,) = found()
    assert (problem.code, problem.severity) == ("R30", "warning")
    assert problem.line == workspace.line(RECORD, "due: 2026-05-31")
    assert "2026-05-31" in problem.message


def test_a_topic_that_nobody_signed_is_due_when_its_author_says(workspace, found):
    workspace.unsign()
    workspace.replace("content/topics/knee/topic.yaml", "2099-01-02", "2026-02-02")
    problem = next(each for each in found() if each.code == "R30")
    assert problem.line == workspace.line("content/topics/knee/topic.yaml", "review-due")


def test_a_text_of_more_than_five_years_is_a_warning_that_says_what_render_does(found):
    (problem,) = found(dt.date(2031, 1, 4))
    assert (problem.code, problem.severity) == ("R30", "warning")
    assert "--allow-outdated" in problem.message


def test_a_translation_is_reviewed_on_its_own(spanish):
    report = check_library(spanish.library(), Scope(topics=("knee",)), TODAY)
    assert "R29" not in {each.diagnostic.code for each in report.findings}
    spanish.replace("content/topics/knee/es/care.yaml", "Camine un poco.", "Camine mucho.")
    report = check_library(spanish.library(), Scope(topics=("knee",)), TODAY)
    (problem,) = (each.diagnostic for each in report.findings if each.diagnostic.code == "R29")
    assert "--language es" in problem.hint


def test_a_signed_text_that_was_tampered_with_is_an_error_at_its_record(workspace, found):
    (file,) = (workspace.folder / "reviews/texts").iterdir()
    file.write_text(file.read_text(encoding="utf-8").replace("each hour", "each day"), encoding="utf-8")
    problem = next(each for each in found() if each.file == workspace.shown(RECORD))
    assert (problem.code, problem.severity, problem.line) == ("C332", "error", workspace.line(RECORD, "hash:"))


def test_a_hash_that_was_changed_by_hand_is_an_error(workspace, found):
    text = (workspace.folder / RECORD).read_text(encoding="utf-8")
    (digits,) = re.findall(r'hash: "(.+)"', text)
    workspace.replace(RECORD, digits, digits[::-1])
    assert ("C332", "error") in said(found())
    workspace.replace(RECORD, digits[::-1], "../../clinic")
    assert ("C201", "error") in said(found())


def test_a_signature_of_a_day_to_come_is_an_error_at_its_line(workspace, found):
    workspace.sign(signed=dt.date(2026, 6, 2))
    (problem,) = found()
    assert (problem.code, problem.severity) == ("C333", "error")
    assert problem.line == workspace.line(RECORD, "signed: 2026-06-02")
    assert found(dt.date(2026, 6, 2)) == []


@pytest.mark.parametrize(("key", "value"), [("language", "fr"), ("audience", "walker")])
def test_a_signature_for_what_does_not_exist_is_an_error(workspace, found, key, value):
    workspace.sign(audience="runner")
    text = (workspace.folder / RECORD).read_text(encoding="utf-8")
    first, second = text.split("  - reviewer:")[1:]
    second = second.replace('"runner"' if key == "audience" else '"en"', f'"{value}"')
    workspace.write(RECORD, f"signatures:\n  - reviewer:{first}  - reviewer:{second}")
    problem = next(each for each in found() if each.code == "C334")
    assert problem.line == workspace.line(RECORD, f'"{value}"')


def test_signatures_of_a_topic_that_is_not_there_any_more_are_an_error(workspace, found):
    (workspace.folder / RECORD).rename(workspace.folder / "reviews/elbow.yaml")
    problem = next(each for each in found() if each.code == "C334")
    assert problem.file == workspace.shown("reviews/elbow.yaml")


def test_the_shipped_topics_say_that_nobody_has_signed_them(shipped, shipped_report):
    """No person is invented. Every language of every topic says so."""
    unsigned = [each.diagnostic for each in shipped_report.findings if each.diagnostic.code == "R29"]
    languages = sum(1 + len(shipped.translations(name)) for name in shipped.topic_ids)
    assert len(unsigned) == languages


# ------------------------------------------------------------------ days to come


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("topic.yaml", "published: 2026-01-02", "published: 2026-06-02"),
        ("sources.yaml", "date: 2024", "date: 2027"),
        ("sources.yaml", "date: 2024", "date: 2026-07"),
        ("sources.yaml", "date: 2024", "date: 2026-06-02"),
        ("sources.yaml", "date: 2024", "accessed: 2026-06-02"),
    ],
    ids=["a version", "a year", "a month", "a day", "a reading"],
)
def test_what_is_published_or_read_on_a_day_to_come_is_an_error_at_its_line(workspace, found, file, old, new):
    name = f"content/topics/knee/{file}"
    workspace.replace(name, old, new)
    problems = [each for each in found() if each.code != "R29"]
    assert said(problems) == [("C333", "error")]
    assert (problems[0].file, problems[0].line) == (workspace.shown(name), workspace.line(name, new))


@pytest.mark.parametrize("date", ["2026", "2026-06", "2026-06-01"])
def test_what_is_published_and_read_today_is_right(workspace, found, date):
    workspace.replace("content/topics/knee/sources.yaml", "date: 2024", f"date: {date}, accessed: 2026-06-01")
    workspace.replace("content/topics/knee/topic.yaml", "published: 2026-01-02", "published: 2026-06-01")
    assert [each.code for each in found() if each.code != "R29"] == []
