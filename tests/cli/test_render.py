"""`handouts render`: one file, its path on stdout and nothing else, replaced whole or not at all."""

import io
import os
import stat
import subprocess
import sys

import pikepdf
import pytest


@pytest.fixture
def rendered(render, here):
    """The PDF that a command wrote to a file of its own."""

    def rendered(*arguments):
        result = render("-o", here / "a.pdf", *arguments)
        assert result.exit_code == 0, result.stderr
        return (here / "a.pdf").read_bytes()

    return rendered


# ------------------------------------------------------------------ where it goes


def test_by_default_the_file_goes_to_the_folder_output_and_its_path_to_stdout(render, here, tree):
    result = render()
    assert result.exit_code == 0
    assert result.stdout == "output/knee.reader.handout.pdf\n"
    assert result.stderr == ""
    assert set(tree(here)) == {"output", "output/knee.reader.handout.pdf"}
    assert (here / "output/knee.reader.handout.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("--audience", "runner"), "knee.runner.handout.pdf"),
        (("--template", "checklist"), "knee.reader.checklist.pdf"),
        (("--edition", "large-print"), "knee.reader.handout.large-print.pdf"),
        (("--paper", "a4"), "knee.reader.handout.pdf"),
    ],
)
def test_the_name_says_what_it_is(render, arguments, name):
    assert render(*arguments).stdout == f"output/{name}\n"


def test_a_named_file_is_written_under_its_name(render, here, tree):
    assert render("-o", "sub/mine.pdf").stdout == "sub/mine.pdf\n"
    assert set(tree(here)) == {"sub", "sub/mine.pdf"}


@pytest.mark.parametrize("folder", ["there", "there/", "new/", "new/deep/"])
def test_in_a_named_folder_the_file_has_its_usual_name(render, here, folder):
    (here / "there").mkdir()
    assert render("-o", folder).stdout == f"{folder.rstrip('/')}/knee.reader.handout.pdf\n"
    assert (here / folder / "knee.reader.handout.pdf").is_file()


def test_a_hyphen_writes_the_pdf_to_stdout_and_no_file(render, here, tree):
    result = render("-o", "-")
    assert result.exit_code == 0
    assert result.stdout_bytes.startswith(b"%PDF-")
    assert result.stdout_bytes.rstrip().endswith(b"%%EOF")
    assert tree(here) == {}
    with pikepdf.open(io.BytesIO(result.stdout_bytes)) as pdf:
        assert len(pdf.pages) >= 1


def test_the_same_order_makes_the_same_bytes(rendered):
    assert rendered("--patient", "A. Example") == rendered("--patient", "A. Example")


def test_an_existing_file_is_replaced(render, here):
    (here / "a.pdf").write_bytes(b"old")
    assert render("-o", "a.pdf").exit_code == 0
    assert (here / "a.pdf").read_bytes().startswith(b"%PDF-")


def test_a_failed_rendering_leaves_the_existing_file(render, here):
    (here / "a.pdf").write_bytes(b"old")
    assert render("-o", "a.pdf", "--sections", "nowhere").exit_code == 2
    assert (here / "a.pdf").read_bytes() == b"old"
    assert [file.name for file in here.iterdir()] == ["a.pdf"]


@pytest.mark.parametrize("arguments", [("--patient", "A. Example"), ("--note", "Come back.")])
def test_a_file_about_a_person_can_be_read_by_its_owner_only(render, here, arguments):
    render("-o", "a.pdf", *arguments)
    assert stat.S_IMODE((here / "a.pdf").stat().st_mode) == 0o600


# ------------------------------------------------------------------ what is in it


def test_the_sheet_holds_the_words_of_its_reader_the_warnings_and_the_disclaimer(rendered, text_of, workspace):
    text = text_of(rendered("--audience", "runner"))
    short = workspace.library().disclaimer("en").short.replace("{emergency}", "911")
    for part in ("For runners", "A jump in distance tires it.", "The knee is locked and cold", " ".join(short.split())):
        assert part in text


def test_sections_skip_and_items_choose(rendered, text_of):
    text = text_of(rendered("--sections", "causes, story", "--skip", "story", "--items", "causes=1"))
    assert "Long kneeling presses on it." in text
    assert "Long runs tire it." not in text
    assert "hinge" not in text
    assert "The knee is hot and red" in text


def test_items_all_prints_every_item(rendered, text_of):
    text = text_of(rendered("--items", "all"))
    for name in ("Stairs", "Kneeling", "Running", "Cycling", "Swimming"):
        assert name in text


@pytest.mark.parametrize(("paper", "size"), [("letter", (612, 792)), ("a4", (595.28, 841.89))])
def test_the_paper_is_the_one_asked_for(rendered, paper, size):
    with pikepdf.open(io.BytesIO(rendered("--paper", paper))) as pdf:
        box = [float(number) for number in pdf.pages[0].mediabox]
    assert box == pytest.approx([0, 0, *size], abs=0.5)


def test_large_print_is_another_sheet(rendered):
    assert rendered("--edition", "large-print") != rendered()


def test_what_belongs_to_the_person_is_printed(rendered, text_of):
    text = text_of(
        rendered(
            *("--patient", "Ada Example", "--date", "Monday 3", "--clinician", "Dr Hill"),
            *("--phone", "555-0777", "--next-visit", "in two weeks"),
        )
    )
    for value in ("Ada Example", "Monday 3", "Dr Hill", "555-0777", "in two weeks"):
        assert value in text


def test_the_phone_is_the_clinics_unless_another_is_given(rendered, text_of):
    clinics, another = text_of(rendered()), text_of(rendered("--phone", "555-0777"))
    assert "555-0777" in another
    assert "555-0777" not in clinics
    assert clinics.count("555-0199") == another.count("555-0199") + 1


def test_a_note_is_printed_with_its_emphasis_and_list(rendered, text_of):
    text = text_of(rendered("--note", "Come **back** soon.\n\n- bring shoes"))
    assert "Come back soon." in text
    assert "bring shoes" in text


def test_what_was_left_out_to_fit_is_said_on_stderr(render, workspace):
    items = "\n".join(
        f"      - {{id: c{n}, term: Cause {n}, text: {'A long tale of a knee. ' * 12}, priority: {n}}}"
        for n in range(1, 31)
    )
    workspace.write(
        "content/topics/knee/causes.yaml",
        f"title: Causes\nkind: list\nsources: [book]\ngroups:\n  - id: all\n    items:\n{items}\n",
    )
    result = render("--items", "all", "--max-pages", "2")
    assert result.exit_code == 0
    assert result.stdout == "output/knee.reader.handout.pdf\n"
    assert "left out to fit 2 pages" in result.stderr
    assert "causes/c30: Cause 30" in result.stderr
    assert "causes/c1:" not in result.stderr


# ------------------------------------------------------------------ the workspace


def test_in_its_folder_a_workspace_is_found(run, workspace, monkeypatch):
    monkeypatch.chdir(workspace.folder)
    assert run("render", "knee").stdout == "output/knee.reader.handout.pdf\n"


def test_a_workspace_can_be_named_by_the_environment(run, workspace, monkeypatch):
    monkeypatch.setenv("HANDOUTS_WORKSPACE", str(workspace.folder))
    assert run("render", "knee").exit_code == 0


def test_without_a_workspace_the_shipped_topic_is_printed(run, here):
    result = run("render", "psoas-muscle-spasm")
    assert (result.exit_code, result.stdout) == (0, "output/psoas-muscle-spasm.patient.handout.pdf\n")


def test_the_clinics_name_is_on_the_sheet_and_another_brand_can_be_asked_for(rendered, text_of):
    assert "Hill Clinic" in text_of(rendered())
    assert "Hill Clinic" not in text_of(rendered("--brand", "plain"))


# ------------------------------------------------------------------ as a process of its own


def command(*arguments, **keywords):
    return subprocess.run(
        [sys.executable, "-m", "handouts", *map(str, arguments)],
        capture_output=True,
        check=False,
        timeout=60,
        **keywords,
    )


@pytest.fixture
def importable(monkeypatch):
    """The package, for a process that starts in another folder."""
    import handouts

    root = os.path.dirname(os.path.dirname(handouts.__file__))  # noqa: PTH120  an entry of a path list
    monkeypatch.setenv("PYTHONPATH", root)


def test_a_process_prints_the_path_and_nothing_else(workspace, here, importable):
    done = command("render", "knee", "--workspace", workspace.folder, "--patient", "A. Example")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"output/knee.reader.handout.pdf\n", b"")


def test_a_process_writes_the_pdf_and_nothing_else_to_stdout(workspace, here, importable):
    done = command("render", "knee", "--workspace", workspace.folder, "-o", "-")
    assert (done.returncode, done.stderr) == (0, b"")
    with pikepdf.open(io.BytesIO(done.stdout)) as pdf:
        assert pdf.check_pdf_syntax() == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")  # noqa: PTH110
@pytest.mark.parametrize(("topic", "code"), [("no-topic", 2), ("knee", 0)])
def test_where_nobody_hears_its_messages_a_process_ends_as_it_would(workspace, here, importable, topic, code):
    arguments = ["render", topic, "--workspace", workspace.folder, "--weeks", "2", "-o", here / "a.pdf"]
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [sys.executable, "-m", "handouts", *arguments], stdout=subprocess.DEVNULL, stderr=full, check=False
        )
    assert done.returncode == code
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "handouts", *arguments], stdout=subprocess.DEVNULL, stderr=writer, check=False
    )
    os.close(writer)
    assert done.returncode == code


@pytest.mark.parametrize(
    ("encoding", "printed"),
    [
        ("latin-1", b"\\u0142\xf3d\\u017a.txt\n"),
        ("cp1252", b"\\u0142\xf3d\\u017a.txt\n"),
        ("utf-8", "łódź.txt\n".encode()),
    ],
)
def test_a_letter_that_the_encoding_of_stdout_has_not_is_written_out(
    workspace, here, importable, monkeypatch, encoding, printed
):
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    done = command("render", "knee", "--workspace", workspace.folder, "-o", "łódź.txt")
    assert (done.returncode, done.stdout, done.stderr) == (0, printed, b"")


def test_a_process_whose_reader_goes_away_ends_in_silence(workspace, here, importable):
    with subprocess.Popen(
        [sys.executable, "-m", "handouts", "list", "items", "psoas-muscle-spasm", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 0


# ------------------------------------------------------------------ another language


def test_a_translated_sheet_has_its_language_in_its_name_and_in_the_file(render, spanish, here):
    result = render("--language", "es")
    assert (result.exit_code, result.stdout) == (0, "output/knee.reader.handout.es.pdf\n")
    with pikepdf.open(here / "output/knee.reader.handout.es.pdf") as pdf:
        assert str(pdf.Root.Lang) == "es"
    assert render("--language", "en").stdout == "output/knee.reader.handout.pdf\n"
    assert render("--language", "es", "--edition", "large-print").stdout == (
        "output/knee.reader.handout.es.large-print.pdf\n"
    )


def test_a_clinic_s_default_language_is_in_the_name_too(render, spanish):
    spanish.replace("clinic.yaml", "{audience: reader}", "{audience: reader, language: es}")
    assert render().stdout == "output/knee.reader.handout.es.pdf\n"


def test_a_language_that_is_not_there_is_refused_with_the_nearest(render, spanish):
    result = render("--language", "esp")
    assert result.exit_code == 2
    assert 'error[U101] there is no language "esp"' in result.stderr
    assert 'did you mean "es"?' in result.stderr


def test_a_section_that_is_not_translated_names_the_file_to_add(render, spanish):
    result = render("--language", "es", "--sections", "story")
    assert result.exit_code == 3
    assert f"{spanish.shown('content/topics/knee/es/story.yaml')}: error[C313]" in result.stderr


def test_a_section_that_no_topic_has_is_told_though_the_sheet_is_made(workspace, run, here):
    workspace.replace("content/audiences/reader.yaml", "section: story", "section: storry")
    result = run("render", "knee", "--workspace", workspace.folder)
    assert result.exit_code == 0
    assert 'note: no topic has a section "storry", which the list of reader names' in result.stderr
    assert "story" in result.stderr


def test_a_draft_says_how_many_places_still_wait_for_words(workspace, run, here):
    workspace.replace("content/topics/knee/topic.yaml", 'version: "1.0"', 'version: "1.0"\ndraft: true')
    assert "wait for your words" not in run("render", "knee", "--workspace", workspace.folder).stderr
    workspace.replace("content/topics/knee/story.yaml", "It carries you all day.", '"[Say what it carries.]"')
    assert "1 place in brackets in knee still wait" in run("render", "knee", "--workspace", workspace.folder).stderr
