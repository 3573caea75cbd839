"""`handouts inspect`: facts, then the outline; messages for what cannot be read."""

import json
from pathlib import Path

import pikepdf
import pytest

MARKER = "Zyxwvut"


@pytest.fixture
def sheet(render, here):
    """A patient's sheet."""
    assert render("-o", "a.pdf", "--patient", MARKER).exit_code == 0
    return here / "a.pdf"


@pytest.fixture
def described(sheet):
    """It, with the metadata of a handout whatever the writer wrote."""
    space = "urn:handouts:document:1.0"
    with pikepdf.open(sheet, allow_overwriting_input=True) as pdf:
        pikepdf.models.PdfMetadata.register_xml_namespace(space, "handouts")
        with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
            meta["pdfuaid:part"] = "1"
            for key, value in {
                "topic": "knee",
                "version": "1.0",
                "audience": "reader",
                "reviewDue": "2099-01-02",
            }.items():
                meta[f"{{{space}}}{key}"] = value
        pdf.save()
    return sheet


def test_facts_come_first_and_then_what_a_screen_reader_reads(run, described):
    result = run("inspect", described)
    assert (result.exit_code, result.stderr) == (0, "")
    facts, outline = result.stdout.split("\n\n")
    rows = dict(line.split("  ", 1) for line in facts.splitlines() if not line.startswith(" "))
    told = {label: value.strip() for label, value in rows.items()}
    assert told["topic"] == "knee"
    assert told["review due"] == "2099-01-02"
    assert told["claims"].startswith("PDF/UA-1")
    assert told["tagged"] == "yes"
    assert "612 × 792 pt (Letter)" in told["pages"]
    assert "embedded, subset" in told["fonts"]
    lines = outline.splitlines()
    assert lines[0] == "Document"
    assert "  H1 Sore knee" in lines
    assert "  Sect" in lines
    assert "    H2 When to get help" in lines
    assert any(line.endswith(f"Span {MARKER}") for line in lines)


def test_each_line_is_indented_by_its_place_in_the_tree(run, sheet):
    outline = run("inspect", sheet).stdout.split("\n\n")[1].splitlines()
    place = next(number for number, line in enumerate(outline) if line.strip() == "L")
    depth = len(outline[place]) - len(outline[place].lstrip())
    assert outline[place + 1] == " " * (depth + 2) + "LI"


def test_no_outline_shows_no_value_of_a_patient(run, sheet):
    for arguments in (("--no-outline",), ("--no-outline", "--json")):
        result = run("inspect", sheet, *arguments)
        assert result.exit_code == 0
        assert "Sore knee" in result.stdout
        assert MARKER not in result.stdout


def test_json_is_for_machines(run, described):
    found = json.loads(run("inspect", described, "--json").stdout)
    assert (found["topic"], found["pages"] >= 1, found["structured"]) == ("knee", True, True)
    assert found["fonts"][0].keys() == {"name", "embedded", "subset"}
    (document,) = found["outline"]
    assert document["role"] == "Document"
    assert {"role": "H1", "kids": ["Sore knee"]} in document["kids"]


def test_a_pdf_of_another_maker_is_described(run, here):
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.docinfo["/Title"] = "A letter"
    pdf.save(here / "letter.pdf")
    result = run("inspect", "letter.pdf")
    assert (result.exit_code, result.stderr) == (0, "")
    told = {line[:9].strip(): line[9:].strip() for line in result.stdout.splitlines()}
    assert told["title"] == "A letter"
    assert told["topic"] == "none is named"
    assert told["tagged"] == "no"


def test_what_was_not_read_is_said_on_stderr(run, here):
    pdf = pikepdf.new()
    pdf.add_blank_page()
    twice = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.P))
    pdf.Root.StructTreeRoot = pikepdf.Dictionary(K=pikepdf.Array([twice, twice]))
    pdf.save(here / "a.pdf")
    result = run("inspect", "a.pdf")
    assert result.exit_code == 0
    assert "note: an element stands twice in the tree" in result.stderr


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("missing.pdf", None, "U105"),
        (".", None, "U105"),
        ("letter.pdf", b"Dear patient,", "U121"),
        ("half.pdf", b"%PDF-1.7\n1 0 obj\n<<", "U123"),
    ],
    ids=["missing", "a folder", "no PDF", "damaged"],
)
def test_what_cannot_be_read_gets_a_message_and_exit_code_2(run, here, name, data, code):
    if data is not None:
        (here / name).write_bytes(data)
    result = run("inspect", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"error[{code}]" in result.stderr
    assert name in result.stderr
    assert "Traceback" not in result.stderr


def test_a_file_that_nobody_can_read_is_said_so(run, here):
    """Where there is one that not even root can read, that one; else a file without the right to read it."""
    file = Path("/proc/self/mem")
    if not file.exists():
        file = here / "a.pdf"
        file.write_bytes(b"%PDF-1.7")
        file.chmod(0)
    result = run("inspect", str(file))
    assert result.exit_code == 2
    assert "error[U120]" in result.stderr
