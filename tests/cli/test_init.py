"""`handouts init`: a workspace that checks, renders, and shows each thing that a clinic can change."""

import re

import pytest

from handouts.library import Library, SearchPath
from handouts.library.topics import items_by_reference


@pytest.fixture
def clinic(run, here, monkeypatch):
    """A new workspace, and the shell inside it."""
    result = run("init", "my-clinic")
    assert result.exit_code == 0, result.stderr
    assert result.stdout == "my-clinic\n"
    monkeypatch.chdir(here / "my-clinic")
    return here / "my-clinic"


def test_a_new_workspace_is_right(run, clinic):
    """Not even a warning: its overlay names the fingerprint of today's shipped text."""
    result = run("check", clinic)
    assert (result.exit_code, result.stdout) == (0, "")


def test_a_new_workspace_renders_with_its_name_and_no_words_that_nobody_asked_for(run, clinic, text_of):
    result = run("render", "psoas-muscle-spasm", "--sections", "self-care", "--items", "all")
    assert (result.exit_code, result.stdout) == (0, "output/psoas-muscle-spasm.patient.handout.pdf\n"), result.stderr
    text = text_of((clinic / "output/psoas-muscle-spasm.patient.handout.pdf").read_bytes())
    assert "Example Clinic" in text
    assert "Thank you" not in text


def test_the_example_s_block_is_printed_once_its_marks_are_taken_away(run, clinic, text_of):
    file = clinic / "templates/handout.xml.jinja"
    lines = file.read_text(encoding="utf-8").splitlines()
    mark = next(number for number, line in enumerate(lines) if "delete this line and the last one" in line)
    file.write_text("\n".join([*lines[:mark], *lines[mark + 1 : -1]]) + "\n", encoding="utf-8")
    for language, words in (
        ("en", "Thank you for coming to Example Clinic"),
        ("es", "Gracias por venir a Example Clinic"),
    ):
        result = run("render", "psoas-muscle-spasm", "--language", language, "-o", "a.pdf")
        assert result.exit_code == 0, result.stderr
        assert words in text_of((clinic / "a.pdf").read_bytes())


def test_the_example_s_numbers_and_web_page_are_printed_once_their_marks_are_taken_away(run, clinic, text_of):
    """Nobody has that number and that address: they must not stand on a patient's sheet by oversight."""
    file = clinic / "clinic.yaml"
    head, hidden = file.read_text(encoding="utf-8").split("# numbers:\n")
    shown = re.sub("(?m)^# (topics:|roster:| )", r"\1", f"# numbers:\n{hidden}".replace("# numbers:", "numbers:"))

    def printed():
        result = run("render", "psoas-muscle-spasm", "-o", "a.pdf")
        assert result.exit_code == 0, result.stderr
        return text_of((clinic / "a.pdf").read_bytes())

    parts = ("Numbers to call", "Nurse line", "nights and weekends", "Read this page on the web:", "example.org/psoas")
    text = printed()
    assert [part for part in parts if part in text] == []
    file.write_text(head + shown, encoding="utf-8")
    text = printed()
    assert [part for part in parts if part not in text] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_example_s_overlay_changes_nothing_until_its_marks_are_taken_away(clinic, language):
    """What nobody asked for must not print; what an author asks for does, and its `add:` is an item of its own."""

    def items(library):
        return items_by_reference(library.topic("psoas-muscle-spasm", language).sections)

    shipped = items(Library())
    assert items(Library(SearchPath.of(clinic))) == shipped
    ending = "" if language == "en" else ".es"
    file = clinic / f"content/overlays/psoas-muscle-spasm{ending}.yaml"
    _, marked = file.read_text(encoding="utf-8").split("#\n")
    file.write_text(re.sub("(?m)^# ", "", marked), encoding="utf-8")
    changed = items(Library(SearchPath.of(clinic)))
    assert set(shipped) - set(changed) == {"self-care/acupuncture"}
    assert set(changed) - set(shipped) == ({"self-care/our-class"} if language == "en" else set())
    both = set(changed) & set(shipped)
    assert [name for name in changed if name in both and changed[name].text != shipped[name].text] == ["self-care/rest"]


def test_the_example_audience_can_be_printed(run, clinic):
    result = run("render", "psoas-muscle-spasm", "--audience", "dancer", "--template", "checklist")
    assert result.stdout == "output/psoas-muscle-spasm.dancer.checklist.pdf\n", result.stderr


def test_the_new_folder_holds_what_the_readme_in_it_names(clinic):
    readme = (clinic / "README.md").read_text(encoding="utf-8")
    for name in (
        "clinic.yaml",
        "content/overlays/psoas-muscle-spasm.yaml",
        "content/audiences/dancer.yaml",
        "bundles/acute-athlete.yaml",
        "plans/first-weeks.yaml",
        "templates/handout.xml.jinja",
    ):
        assert (clinic / name).is_file()
        assert f"`{name}`" in readme
    assert (clinic / "logo.svg").is_file()


def test_nothing_that_is_there_is_overwritten(run, here, tree):
    (here / "mine").mkdir()
    (here / "mine" / "clinic.yaml").write_text("name: Mine\n")
    before = tree(here)
    result = run("init", "mine")
    assert (result.exit_code, result.stdout) == (7, "")
    assert "mine/clinic.yaml: error[O102]" in result.stderr
    assert tree(here) == before


def test_a_folder_with_other_files_can_become_a_workspace(run, here):
    (here / "mine").mkdir()
    (here / "mine" / "notes.txt").write_text("keep")
    assert run("init", "mine").exit_code == 0
    assert (here / "mine" / "notes.txt").read_text() == "keep"
    assert (here / "mine" / "clinic.yaml").is_file()


def test_a_folder_that_cannot_be_made_is_refused(run, here):
    (here / "file").write_text("old")
    result = run("init", "file/clinic")
    assert (result.exit_code, result.stdout) == (7, "")
    assert "O101" in result.stderr


def test_what_to_do_next_is_said_on_stderr(run, here):
    result = run("init", "my-clinic")
    assert "clinic.yaml" in result.stderr
    assert "handouts render psoas-muscle-spasm" in result.stderr
