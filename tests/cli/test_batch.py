"""`handouts batch`: each row's handout, and each row's values on its own pages only."""

import csv
import datetime as dt
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pikepdf
import pypdfium2
import pytest
from distributed import LocalCluster
from fhir.resources.R4B.bundle import Bundle

import handouts
from handouts.batch import journal

ROOT = Path(handouts.__file__).parent.parent
HEADER = ("topic", "audience", "template", "edition", "language", "patient", "date", "note", "exercises")


def folded(text):
    """Text with white space folded."""
    return " ".join(text.split())


def text_of(file, password=None, *, lines=False):
    document = pypdfium2.PdfDocument(file, password=password)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return text if lines else folded(text)


def manifest(folder):
    heading, *rows = map(json.loads, (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines())
    assert heading["handouts"] == handouts.__version__
    return {row["row"]: row for row in rows}


def files(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.suffix == ".pdf"}


@pytest.fixture
def roster(here):
    """Writes a roster of rows; a row is a dict of what it says."""

    def roster(*rows, header=None, name="roster.csv"):
        columns = header or list(dict.fromkeys(key for row in rows for key in row))
        with (here / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns)
            writer.writeheader()
            writer.writerows(rows)
        return name

    return roster


@pytest.fixture
def batch(run, workspace, here):
    """Runs `handouts batch` with one worker in the clinic's workspace, into the folder `out`."""

    def batch(name, *arguments, into="out"):
        target = () if into is None else ("-o", into)
        return run("batch", name, "--workspace", workspace.folder, *target, "--jobs", 1, *arguments)

    return batch


# ------------------------------------------------------------------ what is made


def test_each_row_has_a_handout_of_its_own_and_a_line_in_the_manifest(roster, batch, here):
    result = batch(
        roster(
            {"topic": "knee", "audience": "reader", "patient": "Ada One", "note": ""},
            {"topic": "knee", "audience": "runner", "patient": "Bo Two", "note": "Ice **twice** a day"},
        )
    )
    assert (result.exit_code, result.stdout) == (0, "out/manifest.jsonl\n")
    out = here / "out"
    made = manifest(out)
    assert sorted(files(out)) == [made[2]["file"], made[3]["file"]]
    assert made[2]["file"] == "out-00002-knee-reader.pdf"
    texts = {row: text_of(out / made[row]["file"]) for row in made}
    assert "Ada One" in texts[2]
    assert "Bo" not in texts[2]
    assert "Bo Two" in texts[3]
    assert "Ice twice a day" in texts[3]
    for row in made.values():
        data = (out / row["file"]).read_bytes()
        assert (row["status"], row["sha256"], row["bytes"]) == ("made", hashlib.sha256(data).hexdigest(), len(data))
        assert row["pages"] == len(pypdfium2.PdfDocument(data))
    assert {file.stat().st_mode & 0o777 for file in out.iterdir()} == {0o600}
    assert out.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "row",
    [
        {"patient": "Ada One", "date": "May 1"},
        {"template": "checklist", "edition": "large-print", "patient": "Ada One"},
        {"audience": "runner", "note": "Call me"},
        {"patient": "Иван Петров"},
        {},
    ],
    ids=str,
)
def test_a_row_looks_dot_by_dot_as_a_single_render_of_it(roster, batch, run, here, workspace, row):
    assert batch(roster({"topic": "knee", **row}, {"topic": "knee", "patient": "Somebody Else"})).exit_code == 0
    options = [part for key, value in row.items() for part in (f"--{key}", value)]
    alone = run("render", "knee", "--workspace", workspace.folder, "-o", "alone.pdf", *options)
    assert alone.exit_code == 0, alone.stderr
    issued = here / "out" / manifest(here / "out")[2]["file"]
    one, other = (pypdfium2.PdfDocument(file) for file in (issued, here / "alone.pdf"))
    assert len(one) == len(other)
    for ours, theirs in zip(one, other, strict=True):
        assert ours.render(scale=1).to_pil().tobytes() == theirs.render(scale=1).to_pil().tobytes()
    assert text_of(issued) == text_of(here / "alone.pdf")


def test_what_a_row_leaves_empty_comes_from_the_options(roster, batch, here):
    rows = roster({"patient": "Ada One", "audience": "", "date": ""}, {"audience": "runner", "date": "May 9"})
    assert batch(rows, "--topic", "knee", "--audience", "reader", "--date", "May 1").exit_code == 0
    made = manifest(here / "out")
    assert [made[row]["audience"] for row in (2, 3)] == ["reader", "runner"]
    first, second = (text_of(here / "out" / made[row]["file"]) for row in (2, 3))
    assert "May 1" in first
    assert "May 9" in second
    assert "May 1" not in second


def test_headers_are_read_as_people_write_them(roster, batch, here):
    assert batch(roster({"Topic": "knee", "PATIENT": "Ada One", "Next visit": "May 9"})).exit_code == 0
    assert "May 9" in text_of(here / "out" / manifest(here / "out")[2]["file"])


def test_a_roster_may_come_from_stdin(here, workspace):
    done = subprocess.run(
        [sys.executable, "-m", "handouts", "batch", "-", "-o", "out", "--format", "jsonl", "--jobs", "1"],
        input='{"topic": "knee", "patient": "Ada One"}\n',
        env={**os.environ, "PYTHONPATH": str(ROOT), "HANDOUTS_WORKSPACE": str(workspace.folder)},
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Ada One" in text_of(here / "out" / manifest(here / "out")[1]["file"])


def test_a_date_as_programs_write_it_is_printed_as_people_do(roster, batch, here):
    rows = roster(
        {"topic": "psoas-muscle-spasm", "date": "2026-11-05", "next-visit": "2026-12-01 09:30", "language": "en"},
        {"topic": "psoas-muscle-spasm", "date": "2026-11-05", "next-visit": "2026-12-01 14:30", "language": "Español"},
        {"topic": "psoas-muscle-spasm", "date": "2026-11-05", "next-visit": "in two weeks", "language": "en-US"},
    )
    result = batch(rows, "--audience", "patient")
    assert result.exit_code == 0, result.stderr
    texts = [text_of(here / "out" / row["file"]) for row in manifest(here / "out").values()]
    assert "November 5, 2026" in texts[0]
    assert "December 1, 2026, 9:30 am" in texts[0]
    assert "5 de noviembre de 2026" in texts[1]
    assert "1 de diciembre de 2026, 14:30" in texts[1]
    assert "in two weeks" in texts[2]
    assert "row 4, next-visit: warning[B301]" in result.stderr


@pytest.mark.parametrize("date", ["11/25/2026", "3.4.26", "2026-02-30", "46352", "1926-11-26", "11/26"])
def test_a_date_that_nobody_can_be_sure_of_fails_its_row(roster, batch, here, date):
    result = batch(roster({"topic": "knee", "date": date}, {"topic": "knee", "date": "2026-11-26"}))
    assert result.exit_code == 8
    assert "row 2, date: error[B207]" in result.stderr
    assert date not in result.stderr
    assert [row["status"] for row in manifest(here / "out").values()] == ["failed", "made"]


@pytest.mark.parametrize(
    ("order", "date"), [("mdy", "11/26/2026"), ("mdy", "11/26/26"), ("dmy", "26.11.2026"), ("ymd", "26-11-26")]
)
def test_a_date_in_the_order_that_was_told_is_read(roster, batch, here, order, date):
    assert batch(roster({"topic": "knee", "date": date}), "--dates", order).exit_code == 0
    (row,) = manifest(here / "out").values()
    assert "November 26, 2026" in text_of(here / "out" / row["file"])


# ------------------------------------------------------------------ as calendars export them

CALENDAR = [
    {"First name": "Ada", "Last name": "One", "Appt date": "11/26/2026", "Provider": "M. Two", "DOB": "1950-01-01"},
    {"First name": "Bo", "Last name": "Three", "Appt date": "11/27/2026", "Provider": "M. Two", "DOB": "1951-01-01"},
]


def test_a_calendars_columns_are_named_on_the_command_line(roster, batch, here):
    names = ("--column", "patient=First name,Last name", "--column", "date=Appt date", "--column", "clinician=provider")
    rows = roster(*CALENDAR)
    assert batch(rows, "--topic", "knee", *names, "--ignore", "dob", "--dates", "mdy").exit_code == 0
    (first, _) = manifest(here / "out").values()
    text = text_of(here / "out" / first["file"])
    assert "Ada One" in text
    assert "November 26, 2026" in text
    assert "1950" not in text


def test_a_calendars_columns_are_named_in_the_workspace(roster, batch, here, workspace):
    file = workspace.folder / "clinic.yaml"
    file.write_text(
        file.read_text(encoding="utf-8")
        + "roster:\n"
        + "  columns: {patient: [First name, Last name], date: Appt date, clinician: Provider}\n"
        + "  ignore: [DOB]\n  dates: mdy\n",
        encoding="utf-8",
    )
    assert batch(roster(*CALENDAR), "--topic", "knee").exit_code == 0
    assert "Bo Three" in text_of(here / "out" / manifest(here / "out")[3]["file"])


def test_columns_that_nobody_knows_are_told_at_once_with_what_to_add(roster, batch, here):
    result = batch(roster(*CALENDAR), "--topic", "knee")
    assert result.exit_code == 2
    assert result.stderr.count("error[U144]") == 1
    for part in ('--column patient="First name,Last name"', '--column clinician="Provider"', '--ignore "DOB"'):
        assert part in result.stderr
    assert not (here / "out").exists()


def test_a_roster_without_a_header_is_refused_without_a_word_of_it(batch, here):
    (here / "roster.csv").write_text("Ada One,2026-11-26,knee\nBo Two,2026-11-27,knee\n", encoding="utf-8")
    result = batch("roster.csv")
    assert result.exit_code == 2
    assert "U142" in result.stderr
    assert "Ada" not in result.stderr


@pytest.mark.parametrize("first", ["Ada One,note", "Reason,Ada One,Hill", "Ada One,Hill,visit,knee"])
def test_a_first_row_that_may_be_a_patient_is_not_repeated(batch, here, first):
    (here / "roster.csv").write_text(f"{first}\n{first}\n", encoding="utf-8")
    result = batch("roster.csv")
    assert result.exit_code == 2
    assert not any(word in result.stderr for word in ("Ada", "Hill", "knee"))


def test_a_title_above_the_header_is_passed_over(batch, here):
    (here / "roster.csv").write_text("Thursday's visits\n\ntopic,patient\nknee,Ada One\n", encoding="utf-8")
    result = batch("roster.csv")
    assert result.exit_code == 0, result.stderr
    assert "row 3 names the columns" in result.stderr
    assert list(manifest(here / "out")) == [4]


def test_a_workbook_is_known_by_its_bytes(batch, here):
    book = openpyxl.Workbook()
    for row in (("topic", "patient"), ("knee", "Ada One")):
        book.active.append(row)
    book.save(here / "roster.xlsx")
    (here / "roster.xlsx").rename(here / "roster.csv")
    assert batch("roster.csv").exit_code == 0
    assert "Ada One" in text_of(here / "out" / manifest(here / "out")[2]["file"])


def test_names_are_taken_as_people_write_them(roster, batch, here):
    rows = roster({"topic": "Sore knee", "audience": "READER", "template": "Check list", "edition": "Large print"})
    result = batch(rows)
    assert result.exit_code in {0, 8}, result.stderr
    rows = roster({"topic": "Sore knee", "audience": "READER", "template": "Checklist", "edition": "Large print"})
    assert batch(rows, into="second").exit_code == 0
    (row,) = manifest(here / "second").values()
    assert (row["topic"], row["audience"], row["template"], row["edition"]) == (
        "knee",
        "reader",
        "checklist",
        "large-print",
    )


def test_a_column_of_the_patients_own_phones_is_refused(roster, batch, here):
    rows = roster(*({"topic": "knee", "patient": f"P{n}x", "phone": f"555-01{n:02}"} for n in range(6)))
    result = batch(rows)
    assert result.exit_code == 2
    assert '--ignore "phone"' in result.stderr
    assert not (here / "out").exists()


def test_a_phone_that_is_not_the_clinic_s_is_noted_until_somebody_says_that_it_is_right(roster, batch, here):
    rows = roster({"topic": "knee", "phone": "555-0177"}, {"topic": "knee", "phone": "555-0177"}, {"topic": "knee"})
    noted = batch(rows)
    assert noted.stderr.count("warning[B302]") == 2
    assert "555" not in noted.stderr
    said = batch(rows, "--column", "phone=phone", into="second")
    assert (said.exit_code, "B302" in said.stderr) == (0, False)
    assert "555-0177" in text_of(here / "second" / manifest(here / "second")[2]["file"])


def test_what_a_calendar_calls_a_topic_and_a_language_is_said_once(roster, batch, workspace, here):
    text = (workspace.folder / "clinic.yaml").read_text(encoding="utf-8")
    said = f"{text}\nroster:\n  values: {{topic: {{Sore joint: knee}}, language: {{Polish: en}}}}\n"
    (workspace.folder / "clinic.yaml").write_text(said, encoding="utf-8")
    rows = roster({"topic": "SORE  joint", "language": "polish"}, {"topic": "knee"}, {"topic": "Sore toe"})
    result = batch(rows)
    assert result.exit_code == 8
    assert [row["status"] for row in manifest(here / "out").values()] == ["made", "made", "failed"]
    assert "roster: values: topic:" in result.stderr
    assert "toe" not in result.stderr


def test_a_roster_without_the_columns_that_make_the_patient_is_refused_as_a_whole(roster, batch, workspace, here):
    """Not a nameless sheet for each row."""
    text = (workspace.folder / "clinic.yaml").read_text(encoding="utf-8")
    said = f"{text}\nroster:\n  columns: {{patient: [First name, Last name]}}\n"
    (workspace.folder / "clinic.yaml").write_text(said, encoding="utf-8")
    result = batch(roster({"topic": "knee", "date": "2026-11-26"}))
    assert (result.exit_code, result.stderr.count("error[U144]")) == (2, 1)
    assert '"first-name", "last-name"' in result.stderr
    assert not (here / "out").exists()
    assert batch(roster({"topic": "knee", "patient": "Ada"}), into="own").exit_code == 0
    nobody = roster({"topic": "knee"})
    assert '--ignore "first-name,last-name"' in batch(nobody, into="nobody").stderr
    assert batch(nobody, "--ignore", "first-name,last-name", into="nobody").exit_code == 0


def test_a_roster_that_says_nowhere_what_it_is_about_is_refused_as_a_whole(roster, batch, here):
    result = batch(roster(*({"patient": f"P{n}"} for n in range(5))))
    assert (result.exit_code, result.stderr.count("error[U144]")) == (2, 1)
    assert batch("roster.csv", "--topic", "knee").exit_code == 0


def test_days_that_can_hardly_be_meant_are_noted(roster, batch):
    day = [(dt.date.today() + dt.timedelta(days)).isoformat() for days in range(-100, 101)]  # noqa: DTZ011
    days = [
        (day[101], day[95]),
        (day[2], day[110]),
        ("", day[3]),
        (day[95], day[101]),
        (day[101], "in two weeks"),
        ("today", day[101]),
    ]
    rows = [{"topic": "knee", "date": date, "next-visit": following} for date, following in days]
    result = batch(roster(*rows))
    assert result.exit_code == 0
    noted = re.findall(r"row (\d), ([a-z-]+): warning\[B306\]", result.stderr)
    assert noted == [("2", "next-visit"), ("3", "date"), ("4", "next-visit")]


def test_what_many_rows_have_is_told_a_few_times_and_then_by_their_numbers(roster, batch):
    rows = [{"topic": "knee", "patient": "" if n % 10 else "Ada"} for n in range(60)]
    result = batch(roster(*rows, {"topic": "elbow", "patient": "Bo"}), "--dry-run", into=None)
    assert result.stderr.count("whose handout is it") == 6
    assert "54 rows, patient: warning[B303]" in result.stderr
    assert "(row 3-11,13-21,23-31,33-41,43-51,53-61)" in result.stderr
    assert "row 62, topic: error[B204]" in result.stderr


def test_handouts_of_a_draft_are_told(roster, batch, here):
    rows = [{"topic": "psoas-muscle-spasm", "audience": "patient", "language": each} for each in ("es", "en", "es")]
    result = batch(roster(*rows))
    assert "note: 2 handouts of a text or a translation that is a draft" in result.stderr
    assert [row.get("draft", False) for row in manifest(here / "out").values()] == [True, False, True]


def test_a_note_stands_as_it_was_written(roster, batch, here):
    """The glossary explains the clinic's texts, not what a clinician wrote."""
    words = "Ask about the MRI & the X-ray, and about the psoas."
    batch(roster({"topic": "psoas-muscle-spasm", "audience": "patient", "note": words}))
    assert words in text_of(here / "out" / manifest(here / "out")[2]["file"])


def test_all_that_is_wrong_with_a_row_is_told_at_once(roster, batch):
    result = batch(roster({"topic": "knee", "audience": "nobody", "exercises": "fly:2x10", "date": "soon 3/4/26"}))
    assert "row 2, audience: error[B204]" in result.stderr
    assert "row 2, exercises: error[U101]" in result.stderr
    assert "fly" not in result.stderr


def test_lines_of_a_cell_are_lines_on_paper(roster, batch, here):
    batch(roster({"topic": "knee", "note": "Line one\nLine two"}))
    text = text_of(here / "out" / manifest(here / "out")[2]["file"], lines=True)
    assert re.search(r"Line one\s*\n\s*Line two", text)


# ------------------------------------------------------------------ bundles


BUNDLE = """
title: For the knee
handouts:
  - {topic: knee, audience: reader, template: handout}
  - {topic: knee, audience: reader, template: checklist}
"""


def test_a_row_may_have_a_bundle(roster, batch, here, workspace):
    workspace.write("bundles/both.yaml", BUNDLE)
    rows = roster(
        {"bundle": "both", "topic": "", "patient": "Ada One"},
        {"bundle": "", "topic": "knee", "patient": "Bo Two"},
        {"bundle": "both", "topic": "knee", "patient": "Cy Three"},
    )
    result = batch(rows, "--merge", "print.pdf", "--duplex")
    assert result.exit_code == 8, result.stderr
    made = manifest(here / "out")
    assert [row["status"] for row in made.values()] == ["made", "made", "failed"]
    assert (made[2]["topic"], made[2]["title"]) == ("both", "For the knee")
    assert "row 4, topic: error[U115]" in result.stderr
    pdf = pypdfium2.PdfDocument(here / "out" / made[2]["file"])
    assert len(pdf) == made[2]["pages"]
    text = text_of(here / "out" / made[2]["file"])
    assert text.count("Ada One") == 2
    assert "Bo Two" not in text
    assert len(pypdfium2.PdfDocument(here / "out" / "print.pdf")) == made[3]["first_page"] - 1 + len(
        pypdfium2.PdfDocument(here / "out" / made[3]["file"])
    )


def test_a_bundle_for_all_rows_that_name_no_topic(roster, batch, here, workspace):
    workspace.write("bundles/both.yaml", BUNDLE)
    assert batch(roster({"patient": "Ada One"}), "--bundle", "both").exit_code == 0
    assert manifest(here / "out")[2]["audience"] == "bundle"


# ------------------------------------------------------------------ what is in the folder


def test_files_of_rows_that_are_gone_are_deleted_and_counted(roster, batch, here):
    batch(roster(*({"topic": "knee", "patient": f"P{n}x"} for n in range(8))))
    result = batch(roster(*({"topic": "knee", "patient": f"P{n}x"} for n in range(6))), "--resume")
    assert "2 files of an earlier run deleted" in result.stderr
    assert len(files(here / "out")) == 6


def test_a_roster_that_seems_to_be_another_is_refused(roster, batch, here):
    batch(roster(*({"topic": "knee", "patient": f"P{n}x"} for n in range(30))))
    result = batch(roster({"topic": "knee", "patient": "P1x"}), "--resume")
    assert result.exit_code == 2
    assert "U151" in result.stderr
    assert len(files(here / "out")) == 30


def test_rows_that_failed_stand_in_a_table(roster, batch, here):
    batch(roster({"topic": "knee"}, {"topic": "nothing"}))
    with (here / "out" / "failed-rows.csv").open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["row"], row["column"], row["code"]) == ("3", "topic", "B204")
    batch(roster({"topic": "knee"}, {"topic": "knee"}), "--resume")
    assert not (here / "out" / "failed-rows.csv").exists()


def test_what_is_to_print_is_counted(roster, batch):
    result = batch(roster({"topic": "knee"}, {"topic": "knee", "patient": "Ada"}), "--dry-run", "--duplex")
    assert re.search(r"[0-9]+ pages, [0-9]+ sheets of paper, on two sides", result.stderr)


def test_somebodys_table_of_failed_rows_is_not_deleted(roster, batch, here):
    (here / "out").mkdir()
    (here / "out" / "failed-rows.csv").write_bytes(b"mine")
    result = batch(roster({"topic": "knee"}))
    assert (result.exit_code, "error[U146]" in result.stderr) == (2, True)
    assert (here / "out" / "failed-rows.csv").read_bytes() == b"mine"


def test_somebodys_file_of_the_same_name_is_not_written_over(roster, batch, here):
    (here / "out").mkdir()
    (here / "out" / "print.pdf").write_bytes(b"mine")
    result = batch(roster({"topic": "knee"}), "--merge", "print.pdf")
    assert result.exit_code == 2
    assert (here / "out" / "print.pdf").read_bytes() == b"mine"


def test_no_link_leads_out_of_the_folder(roster, batch, here):
    (here / "out").mkdir()
    (here / "target").write_bytes(b"mine")
    for name in (".print.tmp", ".manifest.tmp"):
        (here / "out" / name).symlink_to("../target")
    assert batch(roster({"topic": "knee"}), "--merge", "print.pdf").exit_code == 0
    assert (here / "target").read_bytes() == b"mine"
    assert not (here / "out" / "print.pdf").is_symlink()


def test_a_journal_that_is_taken_away_costs_no_file(roster, batch, here, monkeypatch):
    batch(roster(*({"topic": "knee", "patient": f"P{n}x"} for n in range(4))))
    before = files(here / "out")
    add = journal.Journal.add

    def taken(self, outcomes):
        add(self, outcomes)
        (self.folder / journal.JOURNAL).unlink(missing_ok=True)

    monkeypatch.setattr(journal.Journal, "add", taken)
    assert batch("roster.csv", "--resume").exit_code == 7
    assert files(here / "out") == before


def test_after_a_kill_and_another_name_no_page_of_the_first_run_is_left(roster, batch, here, workspace):
    roster(*({"topic": "knee", "patient": f"P{n}x"} for n in range(3000)))
    process = command(here, workspace, "--jobs", 2)
    while len(list((here / "out").glob("*.pdf"))) < 100:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert batch(roster({"topic": "knee", "patient": "Ada"}), "--resume", "--name", "other").exit_code == 0
    assert list(files(here / "out")) == ["other-00002-knee-reader.pdf"]


def test_rows_may_be_chosen_for_a_look(roster, batch, here):
    rows = roster(*({"topic": "knee", "patient": f"P{n}x"} for n in range(9)))
    result = batch(rows, "--row", "3-4,8", into="look")
    assert result.exit_code == 0, result.stderr
    assert [name[5:10] for name in sorted(files(here / "look"))] == ["00003", "00004", "00008"]
    assert batch(rows, "--row", "3", "--resume").exit_code == 2
    assert batch(rows, "--limit", "3", "--resume").exit_code == 2


def test_the_manifest_names_the_versions_of_text_templates_and_brand(roster, batch, here, workspace):
    def versions(folder):
        assert batch(roster({"topic": "knee"}), into=folder).exit_code == 0
        return manifest(here / folder)[2]["versions"]

    first = versions("a")
    assert versions("b") == first
    workspace.write("templates/own.xml.jinja", "{% extends 'shipped/handout.xml.jinja' %}\n")
    second = versions("c")
    assert (second["templates"] != first["templates"], second["brand"]) == (True, first["brand"])
    workspace.replace("clinic.yaml", "555-0199", "555-0198")
    assert versions("d")["brand"] != first["brand"]


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("header", "said"),
    [({"pateint": "Ada"}, 'did you mean "patient"?'), ({"": "x", "topic": "knee"}, "without a name of ours")],
    ids=["a slip", "no name"],
)
def test_a_column_that_nobody_knows_stops_the_batch_before_anything_is_written(roster, batch, here, header, said):
    result = batch(roster(header))
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (here / "out").exists()


def test_a_column_that_is_there_twice_is_refused(batch, here):
    (here / "roster.csv").write_text("topic,Patient,patient\nknee,a,b\n", encoding="utf-8")
    assert batch("roster.csv").exit_code == 2


HOSTILE = {
    "no such topic": {"topic": "Zyxwvut-secret"},
    "no such audience": {"audience": "Zyxwvut secret"},
    "no such section": {"sections": "Zyxwvut-secret"},
    "no such exercise": {"exercises": "zyxwvut-secret:3x10"},
    "unreadable exercise": {"exercises": "Zyxwvut!!"},
    "too many weeks": {"weeks": "Zyxwvut"},
    "control character": {"patient": "Zyxwvut\x07"},
    "turned name": {"patient": "Zyxwvut\u202etxt.exe"},
    "too long a name": {"patient": "Zyxwvut " * 2000},
    "name too long for its line": {"patient": "Zyxwvut " * 60},
    "markdown that is none": {"note": "# Zyxwvut"},
    "a picture in the note": {"note": "![Zyxwvut](http://zyxwvut.example/x.png)"},
    "no glyph": {"patient": "Zyxwvut \U0001f600"},
    "no such plan": {"plan": "Zyxwvut"},
    "no such edition": {"edition": "Zyxwvut"},
    "a path as a topic": {"topic": "../../Zyxwvut"},
}


@pytest.mark.parametrize("bad", HOSTILE.values(), ids=HOSTILE)
def test_a_bad_row_is_reported_without_its_value_and_the_others_are_made(roster, batch, here, bad):
    good = {"topic": "knee", "patient": "Ada One"}
    columns = [*dict.fromkeys([*good, *bad])]
    result = batch(roster(good, {**good, **bad}, good, header=columns))
    assert result.exit_code == 8
    made = manifest(here / "out")
    assert [made[row]["status"] for row in (2, 3, 4)] == ["made", "failed", "made"]
    (problem, *_) = made[3]["problems"]
    assert problem["column"] in {"", *bad}
    assert problem["code"] != "B299"
    said = result.stderr + (here / "out" / "manifest.jsonl").read_text(encoding="utf-8")
    assert "row 3" in result.stderr
    assert "zyxwvut" not in said.casefold()
    assert "ada one" not in said.casefold()
    assert len(files(here / "out")) == 2


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ({"patient": "李小龍"}, "patient", ("is Chinese", "Latin letters")),
        ({"patient": "Long Character " * 8}, "patient", ("too long for its line", "middle names")),
        ({"patient": "Anna Maria Theresa Josepha " * 4}, "patient", ("fit", "middle names")),
        (
            {"max-pages": "1", "edition": "large-print", "audience": "patient"},
            "max-pages",
            ("cannot hold", "--max-pages"),
        ),
    ],
    ids=["letters", "a name of words that the message has", "a long name", "pages"],
)
def test_a_row_that_cannot_be_laid_out_says_what_a_front_desk_can_do(roster, batch, here, row, column, said):
    assert batch(roster({"topic": "psoas-muscle-spasm" if "max-pages" in row else "knee", **row})).exit_code == 8
    (problem,) = manifest(here / "out")[2]["problems"]
    assert problem["column"] == column
    for part in said:
        assert part in problem["message"] + problem["hint"]


HARMLESS = {
    "markup": "<b>Bo</b> &amp; <img src='/etc/hostname'>",
    "formula": '=HYPERLINK("http://x")',
    "path": "../../etc/passwd",
    "template": "{{ 7*7 }} {% raw %}",
    "quotes": 'O\'Brien "Bo"',
}


@pytest.mark.parametrize("value", HARMLESS.values(), ids=HARMLESS)
def test_a_value_that_means_something_elsewhere_prints_as_it_is(roster, batch, here, value):
    result = batch(roster({"topic": "knee", "patient": value}))
    assert result.exit_code == 0, result.stderr
    assert folded(value).replace('"', "").replace("'", "") in text_of(
        here / "out" / manifest(here / "out")[2]["file"]
    ).replace('"', "").replace("'", "")
    assert sorted(each.name for each in here.iterdir()) == ["out", "roster.csv"]


def test_a_required_column_that_is_empty_fails_its_row(roster, batch, here):
    result = batch(
        roster({"topic": "knee", "patient": "Ada"}, {"topic": "knee", "patient": " "}), "--require", "patient"
    )
    assert result.exit_code == 8
    assert manifest(here / "out")[3]["problems"][0]["column"] == "patient"


@pytest.mark.parametrize(
    "pattern", ["{patient}-{row}", "{topic}", "{row}/../x", "../{row}", "{row.__class__}", "{row!r}", "{row:>99999}"]
)
def test_a_file_name_tells_nothing_of_a_patient_and_leaves_the_folder_nowhere(roster, batch, here, pattern):
    result = batch(roster({"topic": "knee", "patient": "Ada"}), "--file-name", pattern)
    assert result.exit_code == 2
    assert not (here / "out").exists()


@pytest.mark.parametrize(
    "pattern", ["{note}-{row}", "{row}-{password}", "{patient}", "{patient}/{row}", "{patient}-{row}-{date}"]
)
def test_what_no_file_name_can_say_is_refused_though_identifiers_are_allowed(roster, batch, here, pattern):
    result = batch(roster({"topic": "knee", "patient": "Ada"}), "--file-name", pattern, "--allow-identifiers")
    assert (result.exit_code, "error[U145]" in result.stderr) == (2, True)
    assert not (here / "out").exists()


def test_a_file_name_says_who_it_is_where_that_is_allowed(roster, batch, here):
    """With no more than letters and digits of a value: no folder, no hidden file, no name that is too long."""
    names = {
        2: ("Ada Ślązak", "Ada-Ślązak"),
        3: ("../../etc/passwd", "etc-passwd"),
        4: ("", "none"),
        5: ("<b>O'Neil</b> & Co.", "b-O-Neil-b-Co"),
        6: ("i" * 60, "i" * 48),
    }
    rows = [{"topic": "knee", "patient": name, "date": "2026-11-26 14:30"} for name, _ in names.values()]
    chosen = ("--file-name", "{row}-{patient}-{date}", "--allow-identifiers", "--fhir")
    result = batch(roster(*rows), *chosen)
    assert result.exit_code == 0, result.stderr
    said = {number: row["file"] for number, row in manifest(here / "out").items()}
    for number in names:
        assert said[number] == f"{number:05}-{names[number][1]}-2026-11-26-14-30.pdf"
        bundle = Bundle.model_validate_json((here / "out" / f"{said[number][:-4]}.fhir.json").read_bytes())
        url = bundle.entry[0].resource.content[0].attachment.url
        assert unquote(str(url)) == said[number]
    assert sorted(each.name for each in here.iterdir()) == ["out", "roster.csv"]

    # A name that was mended: the file with the old one is not left behind.
    rows[0]["patient"] = "Ada Slazak"
    assert batch(roster(*rows), *chosen, "--resume").exit_code == 0
    assert (here / "out" / "00002-Ada-Slazak-2026-11-26-14-30.pdf").exists()
    assert not (here / "out" / said[2]).exists()


# ------------------------------------------------------------------ a try


def test_a_dry_run_counts_by_kind_and_writes_nothing(roster, batch, here):
    rows = [{"topic": "knee", "audience": each} for each in ("reader", "reader", "runner", "nobody")]
    result = batch(roster(*rows), "--dry-run", into=None)
    assert result.exit_code == 8
    assert re.search(r"^ +2 knee reader handout en$", result.stderr, re.MULTILINE)
    assert re.search(r"^ +1 knee runner handout en$", result.stderr, re.MULTILINE)
    assert "4 rows: 3 can be made, 1 failed" in result.stderr
    assert [each.name for each in here.iterdir()] == ["roster.csv"]


def test_a_row_is_previewed_alone(roster, batch, here):
    rows = roster({"topic": "knee", "patient": "Ada One"}, {"topic": "knee", "patient": "Bo Two"})
    result = batch(rows, "--row", 3, into=None)
    assert (result.exit_code, result.stdout) == (0, "output/output-00003-knee-reader.pdf\n")
    assert "Bo Two" in text_of(here / result.stdout.strip())
    assert [each.name for each in (here / "output").iterdir()] == ["output-00003-knee-reader.pdf"]
    assert batch(rows, "--row", 4, into=None).exit_code == 2


def test_the_first_rows_are_made_and_then_all(roster, batch, here):
    rows = roster(*({"topic": "knee", "patient": f"P{n}"} for n in range(5)))
    assert batch(rows, "--limit", 2).exit_code == 0
    assert list(manifest(here / "out")) == [2, 3]
    assert batch(rows, "--resume").exit_code == 0
    assert [row["status"] for row in manifest(here / "out").values()] == ["kept"] * 2 + ["made"] * 3


# ------------------------------------------------------------------ again


def test_a_second_batch_in_a_folder_is_refused_unless_it_goes_on(roster, batch, here):
    rows = roster({"topic": "knee", "patient": "Ada"})
    assert batch(rows).exit_code == 0
    before = files(here / "out")
    assert batch(rows).exit_code == 2
    assert "2 rows" not in batch(rows, "--resume").stderr
    assert files(here / "out") == before


def test_going_on_makes_again_what_has_changed_and_deletes_what_no_row_has(roster, batch, here):
    rows = [{"topic": "knee", "audience": "reader", "patient": name} for name in ("Ada", "Bo", "Cy", "Di")]
    assert batch(roster(*rows)).exit_code == 0
    old = files(here / "out")
    rows[1]["patient"] = "Bob"
    rows[2]["audience"] = "runner"
    result = batch(roster(*rows[:3]), "--resume")
    assert result.exit_code == 0, result.stderr
    made = manifest(here / "out")
    assert [made[row]["status"] for row in made] == ["kept", "made", "made"]
    new = files(here / "out")
    assert sorted(new) == sorted(row["file"] for row in made.values())
    assert new[made[2]["file"]] == old[made[2]["file"]]
    assert "Bob" in text_of(here / "out" / made[3]["file"])


def test_a_file_that_somebody_damaged_is_made_again(roster, batch, here):
    rows = roster({"topic": "knee", "patient": "Ada"})
    batch(rows)
    (file,) = (here / "out").glob("*.pdf")
    whole = file.read_bytes()
    file.write_bytes(whole[:-100])
    batch(rows, "--resume")
    assert file.read_bytes() == whole


# A process started in the background may have been told to ignore Ctrl-C: ours listens.
_LISTENING = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from handouts.cli import main
main()
"""


def command(here, workspace, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", _LISTENING, "batch", "roster.csv", "-o", "out", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "HANDOUTS_WORKSPACE": str(workspace.folder)},
        cwd=here,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def test_killed_again_and_again_it_ends_with_one_right_file_for_each_row(roster, batch, here, workspace):
    kinds = ["reader", "runner"]
    rows = [{"topic": "knee", "audience": kinds[n % 2], "patient": f"Person{n:04}x"} for n in range(1500)]
    roster(*rows)
    batch("roster.csv", into="whole")
    right = {name.removeprefix("whole"): data for name, data in files(here / "whole").items()}
    kills = 0
    for wait in (0.8, 1.0, 1.2, 1.4, 1.6, 1.8):
        process = command(here, workspace, "--jobs", 2, "--resume")
        time.sleep(wait)
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
            kills += 1
        process.communicate()
    assert kills
    process = command(here, workspace, "--jobs", 2, "--resume")
    _, said = process.communicate()
    assert process.returncode == 0, said
    made = manifest(here / "out")
    assert list(made) == list(range(2, 1502))
    found = {name.removeprefix("out"): data for name, data in files(here / "out").items()}
    assert found == right
    assert all(
        row["sha256"] == hashlib.sha256((here / "out" / row["file"]).read_bytes()).hexdigest() for row in made.values()
    )
    assert sorted(file.name for file in (here / "out").iterdir() if file.suffix != ".pdf") == ["manifest.jsonl"]


def test_a_batch_that_has_a_file_to_print_is_not_gone_on_with_as_if_it_had_none(roster, batch, here):
    rows = [{"topic": "knee", "patient": f"P{n}x"} for n in range(3)]
    assert batch(roster(*rows), "--merge", "print.pdf").exit_code == 0
    before = (here / "out" / "print.pdf").read_bytes()
    result = batch("roster.csv", "--resume")
    assert (result.exit_code, "error[U152]" in result.stderr, "print.pdf" in result.stderr) == (2, True, True)
    assert (here / "out" / "print.pdf").read_bytes() == before
    assert batch("roster.csv", "--resume", "--merge", "print.pdf").exit_code == 0
    (here / "out" / "print.pdf").unlink()  # it is at the printer's
    assert batch("roster.csv", "--resume").exit_code == 0


def test_the_rows_that_were_made_now_are_told_and_can_be_printed_alone(roster, batch, here):
    rows = [{"topic": "knee", "patient": f"P{n}x"} for n in range(8)]
    batch(roster(*rows))
    for changed in (1, 4, 5):
        rows[changed]["patient"] = f"Q{changed}x"
    result = batch(roster(*rows), "--resume")
    assert "made now: row 3,6-7" in result.stderr
    assert "Q4x" not in result.stderr
    printed = batch("roster.csv", "--row", "3,6-7", "--merge", "changed.pdf", "--merge-only", into="changed")
    assert printed.exit_code == 0, printed.stderr
    assert sorted(each.name for each in (here / "changed").iterdir()) == ["changed.pdf"]
    text = text_of(here / "changed" / "changed.pdf")
    assert [name for name in (f"{letter}{n}x" for n in range(8) for letter in "PQ") if name in text] == [
        "Q1x",
        "Q4x",
        "Q5x",
    ]


@pytest.fixture(scope="module")
def cluster():
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster:
        yield cluster


def test_a_cluster_makes_the_batch_that_this_machine_makes(roster, batch, here, cluster):
    rows = roster(*({"topic": "knee", "patient": f"P{n}x", "audience": "nobody" if n == 7 else ""} for n in range(90)))
    made = batch(rows, "--dask", cluster.scheduler_address, "--merge", "print.pdf")
    alone = batch(rows, "--merge", "print.pdf", "--name", "out", into="alone")
    assert (made.exit_code, alone.exit_code) == (8, 8), made.stderr
    on_cluster, at_home = (
        {file.name: file.read_bytes() for file in (here / each).iterdir()} for each in ("out", "alone")
    )
    assert on_cluster.keys() == at_home.keys() >= {"print.pdf", "manifest.jsonl", "failed-rows.csv"}
    assert [name for name in at_home if on_cluster[name] != at_home[name]] == []


@pytest.mark.parametrize("address", ["nonsense", "tcp://127.0.0.1", "moon://127.0.0.1:8786", "", "tcp://127.0.0.1:1"])
def test_a_cluster_that_does_not_answer_is_told_before_anything_is_written(roster, batch, here, address):
    result = batch(roster({"topic": "knee"}), "--dask", address)
    assert (result.exit_code, "error[U150]" in result.stderr) == (2, True), result.stderr
    assert not (here / "out").exists()


def test_a_disk_that_is_full_is_told_and_the_batch_can_go_on(roster, batch, here, workspace):
    """The limit of a file's size stands for the disk: both are an OSError of writing."""
    rows = [{"topic": "knee", "patient": f"P{n}"} for n in range(40)]
    roster(*rows, {"topic": "psoas-muscle-spasm", "audience": "patient"}, header=["topic", "audience", "patient"])
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, "batch", "roster.csv", "-o", "out", "--jobs", "1"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "HANDOUTS_WORKSPACE": str(workspace.folder)},
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 7, done.stderr
    assert "--resume" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (here / "out" / "manifest.jsonl").exists()
    assert len(files(here / "out")) == 40
    assert batch("roster.csv", "--resume").exit_code == 0
    assert [row["status"] for row in manifest(here / "out").values()] == ["kept"] * 40 + ["made"]


_LIMITED = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (55_000, resource.RLIM_INFINITY))
from handouts.cli import main
main()
"""


def test_a_folder_that_vanishes_is_told_and_the_batch_can_go_on(roster, here, workspace):
    roster(*({"topic": "knee", "patient": f"P{n}"} for n in range(3000)))
    process = command(here, workspace, "--jobs", 1)
    while not list((here / "out").glob("*.pdf")):
        time.sleep(0.01)
    (here / "out").rename(here / "away")
    _, said = process.communicate()
    assert (process.returncode, b"Traceback" in said) == (7, False), said
    process = command(here, workspace, "--jobs", 1, "--resume")
    _, said = process.communicate()
    assert process.returncode == 0, said
    assert sorted(files(here / "out")) == [row["file"] for row in manifest(here / "out").values()]


def test_two_programs_do_not_make_a_batch_in_one_folder(roster, batch, here):
    fcntl = pytest.importorskip("fcntl")
    rows = roster({"topic": "knee"})
    (here / "out").mkdir()
    with (here / "out" / ".manifest.part").open("wb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        result = batch(rows, "--resume")
        assert result.exit_code == 7
        assert "O103" in result.stderr
    assert batch(rows, "--resume").exit_code == 0


def test_ctrl_c_ends_a_batch_with_130_and_it_can_go_on(roster, here, workspace):
    roster(*({"topic": "knee", "patient": f"P{n}"} for n in range(4000)))
    process = command(here, workspace, "--jobs", 2)
    while not list((here / "out").glob("*.pdf")):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, b"Traceback" in said) == (130, False), said
    process = command(here, workspace, "--jobs", 2, "--resume")
    process.communicate()
    assert process.returncode == 0
    assert len(files(here / "out")) == 4000


# ------------------------------------------------------------------ in many hands


def test_every_name_is_on_its_own_pages_and_on_no_others(roster, here, workspace, run):
    rows = [
        {
            "topic": "knee",
            "audience": ("reader", "runner")[n % 2],
            "template": ("handout", "checklist", "diary")[n % 3],
            "edition": ("standard", "large-print")[n % 5 == 0],
            "patient": f"Person{n:04}x",
            "note": f"Note{n:04}x" if n % 7 == 0 else "",
        }
        for n in range(300)
    ]
    name = roster(*rows)
    result = run("batch", name, "-o", "out", "--workspace", workspace.folder, "--jobs", 3)
    assert result.exit_code == 0, result.stderr
    for number, row in manifest(here / "out").items():
        found = re.findall(r"(?:Person|Note)(\d{4})x", text_of(here / "out" / row["file"]))
        assert set(found) == {f"{number - 2:04}"}
        with pikepdf.open(here / "out" / row["file"]) as pdf:
            said = str(pdf.docinfo) + str(pdf.Root.get("/Metadata").read_bytes())
            assert "Person" not in said


def test_the_same_roster_makes_the_same_files_with_one_worker_and_with_three(roster, here, workspace, run):
    name = roster(*({"topic": "knee", "patient": f"P{n}", "note": "x" * (n % 3)} for n in range(60)))
    for jobs in (1, 3):
        assert (
            run("batch", name, "-o", f"j{jobs}", "--name", "b", "--workspace", workspace.folder, "-j", jobs).exit_code
            == 0
        )
    assert files(here / "j1") == files(here / "j3")
    assert (here / "j1" / "manifest.jsonl").read_bytes() == (here / "j3" / "manifest.jsonl").read_bytes()


# ------------------------------------------------------------------ for the printer, the inbox, the record


def test_files_to_print_hold_all_handouts_in_order_with_their_rows_as_bookmarks(roster, batch, here):
    rows = roster(
        *(
            {"topic": "knee", "template": each, "patient": f"P{n}x"}
            for n, each in enumerate(["handout", "checklist"] * 2)
        )
    )
    result = batch(rows, "--merge", "print.pdf", "--duplex")
    assert result.exit_code == 0, result.stderr
    made = manifest(here / "out")
    whole = pypdfium2.PdfDocument(here / "out" / "print.pdf")
    titles = [(item.get_title(), item.get_dest().get_index()) for item in whole.get_toc(max_depth=1)]
    names = ["Handout", "Checklist"] * 2
    assert titles == [
        (f"{row} – Sore knee – {name}", made[row]["first_page"] - 1) for row, name in zip(made, names, strict=True)
    ]
    for row in made.values():
        assert row["printed"] == "print.pdf"
        assert row["first_page"] % 2 == 1
        first = folded(whole[row["first_page"] - 1].get_textpage().get_text_bounded())
        assert first == folded(pypdfium2.PdfDocument(here / "out" / row["file"])[0].get_textpage().get_text_bounded())
    with pikepdf.open(here / "out" / "print.pdf") as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert len(pdf.pages) % 2 == 0


def test_files_to_print_are_cut_after_so_many_sheets_and_may_stand_alone(roster, batch, here):
    rows = roster(*({"topic": "knee", "patient": f"P{n}x"} for n in range(5)))
    assert batch(rows, "--merge", "print.pdf", "--split", "2", "--merge-only").exit_code == 0
    made = manifest(here / "out")
    assert all("file" not in row for row in made.values())
    names = dict.fromkeys(row["printed"] for row in made.values())
    assert sorted(files(here / "out")) == list(names) == [f"print-{n:03}.pdf" for n in range(1, len(names) + 1)]
    assert len(names) > 1
    for name in names:
        assert len(pypdfium2.PdfDocument(here / "out" / name)) <= max(2, made[2]["pages"])


def test_an_encrypted_handout_opens_with_its_rows_password_only(roster, batch, here):
    rows = roster(
        {"topic": "knee", "patient": "Ada One", "password": "sésame"},
        {"topic": "knee", "patient": "Bo", "password": ""},
    )
    result = batch(rows, "--encrypt")
    assert result.exit_code == 8
    made = manifest(here / "out")
    assert made[3]["problems"][0]["column"] == "password"
    file = here / "out" / made[2]["file"]
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(file)
    assert "Ada One" in text_of(file, password="sésame")  # noqa: S106
    with pikepdf.open(file, password="sésame") as pdf:  # noqa: S106
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
        assert pdf.allow.accessibility
    assert "sésame" not in (here / "out" / "manifest.jsonl").read_text(encoding="utf-8")
    assert hashlib.sha256(file.read_bytes()).hexdigest() == made[2]["sha256"]


def test_a_password_column_without_encrypt_is_refused(roster, batch, here):
    assert batch(roster({"topic": "knee", "password": "x"})).exit_code == 2
    assert not (here / "out").exists()


def test_fhir_says_what_was_given_and_whose_it_is_by_reference_only(roster, batch, here):
    rows = roster(
        {"topic": "knee", "patient": "Ada One", "patient-reference": "Patient/123"},
        {"topic": "knee", "patient": "Bo Two", "patient-reference": ""},
        {"topic": "knee", "patient": "Cy", "patient-reference": "Cy Example"},
    )
    assert batch(rows, "--fhir").exit_code == 8
    made = manifest(here / "out")
    bundles = {row: json.loads((here / "out" / made[row]["also"][0]).read_text()) for row in (2, 3)}
    for row, bundle in bundles.items():
        assert Bundle.model_validate(bundle)
        reference, communication, provenance = (entry["resource"] for entry in bundle["entry"])
        assert [target["reference"] for target in provenance["target"]] == [
            entry["fullUrl"] for entry in bundle["entry"][:2]
        ]
        assert made[row]["versions"]["text"] in provenance["entity"][0]["what"]["display"]
        attachment = reference["content"][0]["attachment"]
        data = (here / "out" / attachment["url"]).read_bytes()
        assert (attachment["url"], attachment["size"]) == (made[row]["file"], len(data))
        assert communication["payload"][0]["contentReference"]["reference"] == bundle["entry"][0]["fullUrl"]
        assert "Ada" not in json.dumps(bundle)
    assert bundles[2]["entry"][0]["resource"]["subject"] == {"reference": "Patient/123"}
    assert "subject" not in bundles[3]["entry"][0]["resource"]
    assert made[4]["status"] == "failed"


def test_openemr_finds_handouts_by_code_and_language(run, here, roster):
    rows = roster({"topic": "psoas-muscle-spasm"}, {"topic": "psoas-muscle-spasm", "audience": "athlete"})
    result = run("batch", rows, "-o", "education", "--layout", "openemr")
    assert result.exit_code == 8
    names = sorted(files(here / "education"))
    assert "icd10_m62.838_en.pdf" in names
    assert all(re.fullmatch(r"icd10_[a-z0-9.]+_en\.pdf", name) for name in names)
    assert not any("k68" in name for name in names)
    assert len(set(map(bytes, files(here / "education").values()))) == 1


def test_openemr_gets_no_persons_values(run, here, roster):
    rows = roster({"topic": "psoas-muscle-spasm", "patient": "Ada One"})
    assert run("batch", rows, "-o", "education", "--layout", "openemr").exit_code == 8
    assert files(here / "education") == {}
