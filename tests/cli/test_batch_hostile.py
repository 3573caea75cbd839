"""Ten thousand rows, some hostile: every good one is made, every bad one told, and no value is anywhere else."""

import csv
import io
import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2

import handouts

ROOT = Path(handouts.__file__).parent.parent
ROWS = 10_000
MARK = "Zyx"
NAMES = ("NAME", "<b>NAME</b> & {{ 7*7 }}", '=HYPERLINK("NAME")', "Łukasz NAME", "Иван NAME")


def hostile(number, chance):
    """A bad row; every value in it has the mark."""
    name = f"{MARK}{number:05}"
    return chance.choice(
        [
            {"topic": f"../../{name}"},
            {"topic": "knee", "audience": f"{name}<b>"},
            {"topic": "knee", "patient": f"{name}\x00\x1b[2J"},
            {"topic": "knee", "patient": f"{name}\u202egnp.exe"},
            {"topic": "knee", "patient": f"{name} " * 1200},
            {"topic": "knee", "note": f"<script>{name}</script>" * 500},
            {"topic": "knee", "note": f"![{name}](https://{name}.example/x.png)"},
            {"topic": "knee", "exercises": f"{name}:3x10"},
            {"topic": "knee", "sections": f"{name},$(reboot)"},
            {"topic": "knee", "max-pages": f"={name}+1"},
            {"topic": "knee", "patient": f"{name} \U0001f600"},
        ]
    )


def good(number, chance):
    name = f"{MARK}{number:05}"
    return {
        "topic": "knee",
        "audience": chance.choice(["reader", "runner"]),
        "template": chance.choice(["handout", "checklist", "diary"]),
        "patient": chance.choice(
            [name, f"<b>{name}</b> & {{{{ 7*7 }}}}", f'=HYPERLINK("{name}")', f"Łukasz {name}", f"Иван {name}"]
        ),
        "note": f"See {name}" if number % 500 == 0 else "",
    }


def test_ten_thousand_rows_of_which_some_are_hostile(workspace, tmp_path):
    chance = random.Random(20261125)  # noqa: S311
    bad = set(chance.sample(range(2, ROWS + 2), ROWS * 3 // 100))
    columns = ["topic", "audience", "template", "patient", "note", "sections", "exercises", "max-pages"]
    roster = tmp_path / "roster.csv"
    with roster.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, quoting=csv.QUOTE_ALL)
        writer.writeheader()
        for number in range(2, ROWS + 2):
            writer.writerow((hostile if number in bad else good)(number, chance))
    lines = roster.read_bytes().split(b"\r\n")
    damaged = dict(zip(sorted(set(range(2, ROWS + 2)) - bad)[5:9000:1500], range(6), strict=True))
    for number, kind in damaged.items():  # what no writer of CSV writes
        name = f"{MARK}{number:05}".encode()
        line = (b'knee,"' + name, b"knee," + name, b'"knee","' + name + b'\xff\xfe"' + b",x" * 6)[kind % 3]
        lines[number - 1] = line
    roster.write_bytes(b"\r\n".join(lines))
    bad |= set(damaged)

    out = tmp_path / "out"
    before = sorted(each.name for each in tmp_path.iterdir())
    done = subprocess.run(
        [sys.executable, "-m", "handouts", "batch", roster, "-o", out, "--jobs", "2", "--workspace", workspace.folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 8, done.stderr[-2000:]
    manifest = (out / "manifest.jsonl").read_text(encoding="utf-8")
    rows = {row["row"]: row for row in map(json.loads, manifest.splitlines()[1:])}
    assert list(rows) == list(range(2, ROWS + 2))
    failed = {number for number, row in rows.items() if row["status"] == "failed"}
    assert [sorted(failed - bad), sorted(bad - failed)] == [[], []]
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted([*before, "out"])
    names = sorted(each.name for each in out.iterdir())
    made = [row["file"] for row in rows.values() if "file" in row]
    assert names == sorted([*made, "failed-rows.csv", "manifest.jsonl"])
    failures = (out / "failed-rows.csv").read_text(encoding="utf-8-sig")
    assert {int(row["row"]) for row in csv.DictReader(io.StringIO(failures))} == failed
    for said in (done.stdout, done.stderr, manifest, failures, " ".join(names)):
        assert MARK.casefold() not in said.casefold()
    for number in chance.sample(sorted(set(rows) - bad), 150):
        file = out / rows[number]["file"]
        text = " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(file))
        assert set(re.findall(rf"{MARK}(\d{{5}})", text)) == {f"{number:05}"}
        with pikepdf.open(file) as pdf:
            assert MARK.encode() not in pdf.Root.Metadata.read_bytes() + str(pdf.docinfo).encode()
