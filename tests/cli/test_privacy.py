"""A patient's values are on the paper and nowhere else; an interrupted command leaves nothing."""

import fcntl
import os
import re
import select
import signal
import stat
import subprocess
import sys
import zlib
from pathlib import Path
from typing import get_args

import pikepdf
import pytest

import handouts
from handouts.batch.headers import COLUMNS
from handouts.batch.problems import PERSONAL
from handouts.document import FieldName
from handouts.library.models import PanelField
from handouts.person import FIELDS, Person

ROOT = Path(handouts.__file__).parent.parent
MARKER = "Zyxwvut"
OPTIONS = ["--patient", "--date", "--clinician", "--phone", "--next-visit", "--note"]
VALUES = [part for option in OPTIONS for part in (option, f"{MARKER}{option.removeprefix('--')[:4]}")]

# Runs the command line and tells every file name and folder that Python touched.
_WATCHED = """
import sys
touched = []
def watch(event, arguments):
    if event == "open" or event.split(".")[0] in {"os", "tempfile", "shutil", "pathlib", "glob"}:
        touched.append(f"{event} {arguments!r}")
sys.addaudithook(watch)
from handouts.cli import main
try:
    main()
finally:
    with open(REPORT, "w") as report:
        report.write("\\n".join(touched))
"""


@pytest.fixture
def environment(tmp_path):
    (tmp_path / "tmp").mkdir()
    return {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path / "tmp")}


def left_in(folder):
    """What a process left among temporary files, but for compiled templates, in which no value is."""
    kept = list(folder.glob("handouts-*/*"))
    assert [file for file in kept if MARKER.encode() in file.read_bytes()] == []
    return [file for file in folder.rglob("*") if file not in kept and not file.is_dir()]


# ------------------------------------------------------------------ where values go


def test_a_value_is_in_no_file_name_that_the_process_touches(workspace, here, environment, tree):
    place = ("--workspace", str(workspace.folder))
    read, write = os.pipe()
    done = subprocess.run(
        [sys.executable, "-c", _WATCHED.replace("REPORT", str(write)), "render", "knee", *place, *VALUES],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=here,
        env=environment,
        pass_fds=(write,),
    )
    os.close(write)
    with open(read) as report:  # noqa: PTH123  a file descriptor
        touched = report.read()
    assert done.returncode == 0, done.stderr
    assert ".handouts-" in touched
    assert "os.rename" in touched
    assert MARKER not in touched
    assert MARKER not in done.stdout + done.stderr
    assert not [name for name in tree(here.parent) if MARKER in name]


def test_a_value_is_in_no_metadata(render, here):
    assert render("-o", "a.pdf", *VALUES).exit_code == 0
    with pikepdf.open(here / "a.pdf") as pdf:
        about = [str(value) for value in pdf.docinfo.values()]
        if "/Metadata" in pdf.Root:
            about.append(pdf.Root.Metadata.read_bytes().decode())
        outlines = str(pdf.Root.get("/Outlines", ""))
    assert any("Sore knee" in text for text in about)
    assert MARKER not in " ".join([*about, outlines])


def test_a_value_is_on_the_paper(render, here, text_of):
    """Without this the tests above could pass by printing nothing."""
    assert render("-o", "a.pdf", *VALUES).exit_code == 0
    text = text_of((here / "a.pdf").read_bytes())
    for value in VALUES[1::2]:
        assert value in text


def test_one_patients_name_is_not_on_the_next_ones_sheet(render, here, text_of):
    for name, value in (("a.pdf", MARKER), ("b.pdf", "B. Other")):
        assert render("-o", name, "--patient", value).exit_code == 0
    sheets = [(here / name).read_bytes() for name in ("a.pdf", "b.pdf")]
    assert MARKER not in text_of(sheets[1])
    assert "B. Other" in text_of(sheets[1])


# ------------------------------------------------------------------ where they must not show


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (("--sections", "nowhere"), 2),
        (("--template", "broken"), 4),
        (("--template", "lost"), 4),
        (("--brand", "faceless"), 6),
        (("-o", "/proc/handouts/a.pdf"), 7),
    ],
)
def test_no_message_repeats_a_value(render, workspace, here, tree, arguments, exit_code):
    workspace.write("templates/broken.xml.jinja", "<handout>\n{{ note }}\n{{ noet }}\n</handout>")
    workspace.write(
        "templates/lost.xml.jinja", "<handout><callout kind='note' label='a'>{{ note }}</callout></handout>"
    )
    workspace.write("templates/brands/faceless.yaml", "font: Nowhere\n")
    result = render(*VALUES, *arguments)
    assert result.exit_code == exit_code, result.stderr
    assert MARKER not in result.stdout + result.stderr
    assert not [name for name in tree(here.parent) if MARKER in name]


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("bad", ["🙂", "\x07"], ids=["emoji", "control character"])
def test_no_message_about_a_value_repeats_it(render, option, bad):
    result = render(option, f"{MARKER} {bad}")
    assert result.exit_code in {2, 6}, result.stderr
    assert MARKER not in result.stderr
    assert option.removeprefix("--") in result.stderr


def test_a_value_in_the_place_of_an_option_of_ours_is_only_repeated_by_us_when_it_is_not_the_patients(render):
    """What was typed for --audience is shown (it may be misspelt); what was typed for --patient never is."""
    result = render("--audience", "runer", "--patient", MARKER)
    assert "runer" in result.stderr
    assert MARKER not in result.stderr


@pytest.mark.parametrize("option", OPTIONS)
def test_words_beside_any_value_are_not_repeated(render, option):
    """`--patient Ada Example` without quotes: each value makes what is left over a person's."""
    result = render(option, "A", MARKER)
    assert result.exit_code == 2
    assert MARKER not in result.stderr


@pytest.mark.parametrize("option", OPTIONS)
def test_a_file_with_any_value_can_be_read_by_its_owner_only(render, here, option):
    assert render("-o", "a.pdf", option, "A").exit_code == 0
    assert stat.S_IMODE((here / "a.pdf").stat().st_mode) == 0o600


def test_what_belongs_to_a_person_has_one_name_everywhere():
    names = tuple(field.replace("_", "-") for field in Person.__struct_fields__)
    assert names == FIELDS == get_args(FieldName) == get_args(PanelField)
    assert {*names} < {*PERSONAL} <= {*COLUMNS}
    assert [option.removeprefix("--") for option in OPTIONS] == [*names, "note"]


def test_a_bug_of_ours_shows_no_value(render, monkeypatch):
    """The last line of a traceback may hold a value: it is not printed."""

    def fails(*_):
        raise RuntimeError(MARKER)

    monkeypatch.setattr(zlib, "compress", fails)
    monkeypatch.setattr(zlib, "compressobj", fails)
    result = render("--patient", MARKER)
    assert result.exit_code == 1
    assert "RuntimeError" in result.stderr
    assert "bug in handouts" in result.stderr
    assert MARKER not in result.stdout + result.stderr


# ------------------------------------------------------------------ Ctrl-C


# A process started in the background may have been told to ignore Ctrl-C: ours listens.
_LISTENING = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from handouts.cli import main
main()
"""


def test_ctrl_c_while_a_process_writes_ends_with_130(workspace, environment, here, tree):
    """The pipe is too small for the PDF: the process waits for its reader, who presses Ctrl-C."""
    read, write = os.pipe()
    fcntl.fcntl(write, fcntl.F_SETPIPE_SZ, 4096)
    with subprocess.Popen(
        [sys.executable, "-c", _LISTENING, "render", "knee", "--workspace", str(workspace.folder), "-o", "-", *VALUES],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        cwd=here,
        env=environment,
    ) as process:
        os.close(write)
        waiting, _, _ = select.select([read], [], [], 60)
        assert waiting, "nothing was written"
        process.send_signal(signal.SIGINT)
        with open(read, "rb") as output:  # noqa: PTH123  a file descriptor
            received = output.read()
        assert process.wait(60) == 130
        assert process.stderr.read() == "interrupted\n"
    assert received.startswith(b"%PDF-")
    assert tree(here) == {}
    assert left_in(here.parent / "tmp") == []


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_ctrl_c_while_a_file_is_written_leaves_the_old_one_and_nothing_else(render, here, tree, monkeypatch, step):
    (here / "a.pdf").write_bytes(b"old")
    monkeypatch.setattr(os, step, lambda *_: signal.raise_signal(signal.SIGINT))
    result = render("-o", "a.pdf", *VALUES)
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "interrupted\n")
    assert tree(here) == {"a.pdf": b"old"}


def test_ctrl_c_while_the_program_starts_ends_with_130(environment):
    script = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "import handouts.cli as cli\n"
        "def app(): signal.raise_signal(signal.SIGINT)\n"
        "cli.app = app\n"
        "cli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60, env=environment
    )
    assert done.returncode == 130
    assert not re.search("Traceback", done.stderr)
