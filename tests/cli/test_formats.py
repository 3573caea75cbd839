"""`handouts render --format`: the same order as a sheet, a page, a text and pictures."""

import io
import os
import stat
import subprocess
import sys
from pathlib import Path

import html5lib
import pytest
from PIL import Image

import handouts
from handouts import Order, make_document
from handouts.document import texts

NAME = "output/knee.reader.handout"


def text_of_page(data):
    body = html5lib.parse(data, namespaceHTMLElements=False).find("body")
    return " ".join(" ".join(body.itertext()).split())


def picture(data):
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("name", ["html", "txt", "pdf"])
def test_a_format_has_one_file_of_its_usual_name(render, here, tree, name):
    result = render("--format", name)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{NAME}.{name}\n", "")
    assert set(tree(here)) == {"output", f"{NAME}.{name}"}


def test_the_page_and_the_text_hold_what_the_document_says(render, here, workspace):
    render("--format", "html")
    render("--format", "txt")
    page, text = text_of_page((here / f"{NAME}.html").read_bytes()), (here / f"{NAME}.txt").read_text(encoding="utf-8")
    for words in texts(make_document(workspace.library(), Order("knee")).blocks):
        assert words in page
        assert words in text or words in {"Name", "Date", "Clinician", "Next visit"}
    assert "Clinic phone: 555-0199" in text


def test_a_page_picture_has_the_number_of_its_page(render, here, tree):
    result = render("--format", "png", "--edition", "large-print")
    names = result.stdout.split()
    assert len(names) > 1
    assert names == [f"{NAME}.large-print.page-{number}.png" for number in range(1, len(names) + 1)]
    assert set(tree(here)) == {"output", *names}
    assert {picture((here / name).read_bytes()).size for name in names} == {(1275, 1650)}


def test_a_named_picture_of_one_page_has_that_name_and_several_have_their_numbers(render, here, tree):
    assert render("-o", "one.png", "--max-pages", "1").stdout == "one.png\n"
    result = render("-o", "many.png", "--edition", "large-print")
    assert result.stdout.split()[:2] == ["many.page-1.png", "many.page-2.png"]
    assert not (here / "many.png").exists()


def test_the_only_page_picture_goes_to_stdout(render, here, tree):
    result = render("--format", "png", "-o", "-", "--max-pages", "1")
    assert picture(result.stdout_bytes).format == "PNG"
    assert tree(here) == {}


def test_several_page_pictures_cannot_go_to_stdout(refused):
    assert "U110" in refused(2, "--format", "png", "-o", "-", "--edition", "large-print")


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.html", b"<!DOCTYPE html>"), ("a.txt", b"For readers"), ("A.PDF", b"%PDF-"), ("a.doc", b"%PDF-")],
)
def test_a_files_ending_says_the_format(render, here, name, start):
    assert render("-o", name).stdout == f"{name}\n"
    assert (here / name).read_bytes().startswith(start)


def test_the_format_that_is_named_comes_before_the_ending(render, here):
    render("-o", "a.txt", "--format", "html")
    assert (here / "a.txt").read_bytes().startswith(b"<!DOCTYPE html>")


def test_text_goes_to_stdout_as_it_is(render, here, tree):
    result = render("--format", "txt", "-o", "-")
    assert result.stdout_bytes.decode().startswith("For readers")
    assert result.stdout_bytes.decode().endswith("Reviewed by A. Reviewer, January 3, 2026\n")
    assert tree(here) == {}


@pytest.mark.parametrize("name", ["html", "txt", "png"])
def test_a_file_about_a_person_can_be_read_by_its_owner_only(render, here, name):
    result = render("--format", name, "--patient", "Zyxwvut")
    files = [here / each for each in result.stdout.split()]
    assert files
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert "Zyxwvut" not in result.stdout + result.stderr
    if name != "png":
        assert files[0].read_text(encoding="utf-8").count("Zyxwvut") == 1


@pytest.mark.parametrize("name", ["html", "txt"])
def test_what_has_no_pages_leaves_out_what_the_paper_would(render, here, workspace, text_of, name):
    items = "\n".join(
        f"      - {{id: c{n}, term: Cause {n}x, text: {'A long tale of a knee. ' * 12}, priority: {n}}}"
        for n in range(1, 31)
    )
    workspace.write(
        "content/topics/knee/causes.yaml",
        f"title: Causes\nkind: list\nsources: [book]\ngroups:\n  - id: all\n    items:\n{items}\n",
    )
    arguments = ("--items", "all", "--max-pages", "2")
    result = render("--format", name, *arguments)
    paper = render(*arguments)
    assert result.stderr == paper.stderr
    assert "causes/c30" in result.stderr
    sheet = text_of((here / f"{NAME}.pdf").read_bytes())
    written = (here / f"{NAME}.{name}").read_text(encoding="utf-8")
    causes = [f"Cause {number}x" for number in range(1, 31)]
    assert [cause for cause in causes if cause in written] == [cause for cause in causes if cause in sheet] != causes


def test_the_clinics_phone_is_left_out_where_it_has_no_line_and_a_typed_one_is_refused(render, workspace, refused):
    workspace.write("templates/bare.xml.jinja", BARE)
    for name in ("html", "txt", "pdf"):
        assert render("--template", "bare", "--format", name).exit_code == 0
        assert "U108" in refused(2, "--template", "bare", "--format", name, "--phone", "555-0777")


BARE = """
<handout>
{% for section in sections %}{% include '_' ~ section.kind ~ '.xml.jinja' %}{% endfor %}
</handout>
"""


def test_large_print_and_paper_reach_the_page(render, here):
    render("-o", "a.html", "--edition", "large-print", "--paper", "a4")
    page = (here / "a.html").read_text(encoding="utf-8")
    assert 'class="large-print"' in page
    assert "size:595.276pt 841.89pt" in page


def test_a_page_and_a_text_are_made_without_the_library_that_draws():
    """A clinician waits for what is imported."""
    script = (
        "import sys\n"
        "from handouts import Library, Order, Person\n"
        "from handouts.making import make_for\n"
        "for name in ('html', 'txt'):\n"
        "    make_for(Library(), Order('psoas-muscle-spasm'), Person(), name)\n"
        "print({'reportlab', 'svglib', 'PIL', 'pypdfium2'} & set(sys.modules))\n"
    )
    root = str(Path(handouts.__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": root},
    )
    assert done.stdout == "set()\n"
