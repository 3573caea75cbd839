"""`handouts render --bundle`: several handouts in one file, and what the command line still decides."""

import io
import re

import pikepdf
import pypdfium2
import pytest

from handouts import Library, SearchPath
from handouts.bundling import make_bundle
from handouts.making import Order
from handouts.person import Person

BUNDLE = """
    title: After the visit
    topic: knee
    audience: reader
    handouts:
      - {template: handout, sections: [care]}
      - {template: checklist, audience: runner, sections: [day]}
    """
ADA = ("--patient", "Ada Example")


@pytest.fixture
def bundle(run, workspace, here):
    """Runs `handouts render --bundle visit` in the clinic's workspace."""
    workspace.write("bundles/visit.yaml", BUNDLE)

    def bundle(*arguments, name="visit"):
        return run("render", "--bundle", name, "--workspace", workspace.folder, *arguments)

    return bundle


@pytest.fixture
def made(bundle, here):
    """The file that the command wrote."""

    def made(*arguments):
        result = bundle("-o", "a.pdf", *arguments)
        assert (result.exit_code, result.stdout) == (0, "a.pdf\n"), result.stderr
        return (here / "a.pdf").read_bytes()

    return made


def pages(data):
    with pypdfium2.PdfDocument(io.BytesIO(data)) as pdf:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


def bookmarks(data):
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        return [(entry.title, [each.title for each in entry.children]) for entry in outline.root]


# ------------------------------------------------------------------ one file


def test_a_bundle_is_one_file_of_its_name_with_its_handouts_in_order(bundle, here, tree):
    result = bundle()
    assert (result.exit_code, result.stdout, result.stderr) == (0, "output/visit.bundle.pdf\n", "")
    assert set(tree(here)) == {"output", "output/visit.bundle.pdf"}
    first, second = pages((here / "output/visit.bundle.pdf").read_bytes())
    assert "For readers" in first
    assert "Bend it each hour." in first
    assert "For runners" in second
    assert "Bend my knee" in second


def test_its_bookmarks_name_each_handout_and_it_has_the_bundles_title(made):
    data = made()
    (first, below), (second, _) = bookmarks(data)
    assert (first, second) == ("Sore knee – Handout", "Sore knee – Checklist")
    assert "What to do" in below
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.trailer.Info.Title) == "After the visit"


def test_the_same_bundle_makes_the_same_bytes(made):
    assert made(*ADA) == made(*ADA)


def test_values_stand_on_every_handout_that_has_a_line_for_them(made):
    assert ["Ada Example" in page for page in pages(made(*ADA))] == [True, True]


def test_a_value_that_only_one_handout_has_a_line_for_stands_there(bundle, made, workspace):
    workspace.write(
        "templates/slip.xml.jinja",
        "<handout>{% for section in sections if section.kind == 'warning-signs' %}"
        "{% include '_warning-signs.xml.jinja' %}{% endfor %}"
        "<fields><field name='phone' label='Phone'/></fields></handout>",
    )
    workspace.replace("bundles/visit.yaml", "handouts:", "handouts:\n  - {template: slip}")
    slip, *others = pages(made(*ADA))
    assert ["Ada Example" in page for page in (slip, *others)] == [False, True, True]
    assert slip.count("555-0199") == 3  # in the head, with the warning signs, and on the slip's one line
    workspace.write("bundles/visit.yaml", "title: A\ntopic: knee\nhandouts: [{template: slip}]\n")
    result = bundle(*ADA)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "U108" in result.stderr
    assert "Ada" not in result.stderr


def test_a_file_with_a_name_in_it_is_private(bundle, here):
    bundle(*ADA)
    assert (here / "output/visit.bundle.pdf").stat().st_mode & 0o077 == 0


def test_a_clinics_phone_that_no_line_can_show_is_left_out(made, workspace):
    workspace.replace("clinic.yaml", "555-0199", f"{'555-0199 ' * 12}mornings".strip())
    text = " ".join(pages(made()))
    assert text.count("mornings") == 4  # in each head and with the warning signs; in neither panel


# ------------------------------------------------------------------ what the command line decides


def test_looks_and_language_of_the_command_come_before_the_bundle_s(bundle, here, spanish, workspace):
    workspace.write("bundles/visit.yaml", "title: A\ntopic: knee\naudience: reader\nhandouts: [{edition: standard}]\n")
    result = bundle("--language", "es", "--edition", "large-print", "--paper", "a4")
    assert result.stdout == "output/visit.bundle.es.large-print.pdf\n", result.stderr
    data = (here / "output/visit.bundle.es.large-print.pdf").read_bytes()
    assert "Rodilla adolorida" in pages(data)[0]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang) == "es"
        assert [float(side) for side in pdf.pages[0].MediaBox][2:] == pytest.approx([595.276, 841.89], abs=0.01)


def test_a_note_goes_onto_the_first_handout_before_its_own(made, workspace):
    workspace.replace("bundles/visit.yaml", "sections: [care]", "sections: [care], note: The bundle's words.")
    workspace.replace("bundles/visit.yaml", "sections: [day]", "sections: [day], note: The second's words.")
    text = " ".join(pages(made()))
    assert 0 < text.index("The bundle’s words.") < text.index("For runners") < text.index("The second’s words.")
    text = " ".join(pages(made("--note", "Typed words.")))
    assert 0 < text.index("Typed words.") < text.index("For runners") < text.index("The second’s words.")
    assert "The bundle’s words." not in text


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--audience", "runner"),
        ("--template", "checklist"),
        ("--sections", "care"),
        ("--sections", ""),
        ("--skip", "story"),
        ("--items", "all"),
        ("--max-pages", "1"),
        ("--exercises", "bridge"),
        ("--plan", "easy"),
        ("--weeks", "2"),
    ],
)
def test_what_the_bundle_decides_cannot_be_given_too(bundle, here, tree, option, value):
    result = bundle(option, value)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"U115] the bundle decides: {option}" in result.stderr
    assert "bundles/visit.yaml" in result.stderr
    assert tree(here) == {}


def test_a_topic_cannot_be_named_too_and_is_not_repeated_where_it_may_be_a_name(bundle):
    assert "U115" in bundle("knee").stderr
    result = bundle("--patient", "Ada", "Example")
    assert result.exit_code == 2
    assert "Example" not in result.stderr.replace('"A. Example"', "")


def test_neither_a_topic_nor_a_bundle_is_refused(run, workspace):
    result = run("render", "--workspace", workspace.folder)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "U107" in result.stderr


@pytest.mark.parametrize("name", ["visti", "../visit", "visit.yaml", ""])
def test_a_bundle_that_is_not_there_is_refused(bundle, name):
    result = bundle(name=name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "U101" in result.stderr


def test_a_wrong_bundle_is_refused_with_its_line(bundle, workspace):
    workspace.replace("bundles/visit.yaml", "sections: [care]", "sections: [caer]")
    result = bundle()
    assert (result.exit_code, result.stdout) == (3, "")
    assert re.search(rf"{workspace.shown('bundles/visit.yaml')}:5:\d+: error\[C215\]", result.stderr)


def test_what_was_left_out_is_told_for_each_handout(bundle, workspace):
    lines = "\n".join(f"      - {{id: c{n}, term: Cause {n}, text: {'Long words. ' * 20}}}" for n in range(30))
    workspace.write(
        "content/topics/knee/causes.yaml",
        f"title: Causes\nkind: list\nsources: [book, leaflet]\ngroups:\n  - id: all\n    items:\n{lines}\n",
    )
    workspace.replace("bundles/visit.yaml", "sections: [care]", "sections: [causes], items: all, max-pages: 1")
    result = bundle()
    assert result.exit_code == 0, result.stderr
    assert "left out of knee (handout) to fit 1 page:" in result.stderr
    assert "checklist" not in result.stderr


def test_a_page_limit_that_cannot_be_met_has_its_line_in_the_bundle(bundle, workspace):
    workspace.replace("bundles/visit.yaml", "sections: [care]", "max-pages: 1, edition: large-print")
    result = bundle()
    assert (result.exit_code, result.stdout) == (5, "")
    assert re.search(r"bundles/visit\.yaml:5:\d+: error\[L104\] handouts\[0\]\.max-pages: 1 page cannot", result.stderr)
    assert re.search(r"hint: max-pages: \d", result.stderr)


# ------------------------------------------------------------------ two sides, other formats


def test_for_two_sides_each_handout_starts_on_a_fresh_sheet(made):
    shown = pages(made("--duplex"))
    assert [bool(page) for page in shown] == [True, False, True, False]


def test_for_two_sides_a_handout_by_itself_has_an_even_number_of_pages(render, here):
    assert render("--duplex", "-o", "a.pdf").exit_code == 0
    assert render("-o", "b.pdf").exit_code == 0
    shown = pages((here / "a.pdf").read_bytes())
    assert len(shown) % 2 == 0
    assert [page for page in shown if page] == pages((here / "b.pdf").read_bytes())


@pytest.mark.parametrize("name", ["html", "txt", "png"])
def test_what_has_no_two_sides_refuses_them(render, bundle, name):
    for result in (render("--duplex", "--format", name), bundle("--duplex", "--format", name)):
        assert (result.exit_code, result.stdout) == (2, "")
        assert "U116" in result.stderr


def test_a_bundle_as_text_is_its_handouts_one_after_the_other(bundle, render, here):
    assert bundle("--format", "txt", *ADA).stdout == "output/visit.bundle.txt\n"
    text = (here / "output/visit.bundle.txt").read_text(encoding="utf-8")
    render("--format", "txt", "--sections", "care", *ADA, "-o", "first.txt")
    assert text.startswith((here / "first.txt").read_text(encoding="utf-8") + "\n\n")
    assert text.count("Ada Example") == 2
    assert "Bend my knee" in text


def test_a_bundle_as_pictures_has_one_for_each_page(bundle):
    names = bundle("--format", "png").stdout.split()
    assert names == ["output/visit.bundle.page-1.png", "output/visit.bundle.page-2.png"]


def test_a_bundle_is_no_web_page(bundle, here, tree):
    result = bundle("--format", "html")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "U116" in result.stderr
    assert tree(here) == {}


# ------------------------------------------------------------------ beside it


def test_a_bundle_is_listed_with_its_topics_and_templates(run, workspace, bundle):
    result = run("list", "bundles", "--workspace", workspace.folder)
    assert result.stdout == "visit  After the visit  knee  handout checklist\n"


def test_check_reads_bundles_with_file_and_line(run, workspace, bundle):
    workspace.write("bundles/other.yaml", "title: Other\ntopic: knee\nhandouts: [{template: nosuch}]\n")
    result = run("check", workspace.folder)
    assert result.exit_code == 3
    assert re.search(r"bundles/other\.yaml:3:\d+: error\[C211\]", result.stdout)
    assert "visit.yaml" not in result.stdout


def test_check_composes_what_a_bundle_asks_for(run, workspace, bundle):
    workspace.write("bundles/visit.yaml", "title: A\ntopic: knee\nhandouts: [{note: '# A heading'}]\n")
    result = run("check", workspace.folder)
    said = r"bundles/visit\.yaml:3:\d+: error\[U118\] handouts\[0\]\.note: Markdown here cannot hold a heading"
    assert result.exit_code == 3
    assert re.search(said, result.stdout)
    result = bundle()
    assert result.exit_code == 3
    assert re.search(said, result.stderr)
    assert bundle("--note", "Typed.").exit_code == 0
    assert "--note: Markdown" in bundle("--note", "# Typed").stderr


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("Come \U0001f642 back", r"error\[F105\] handouts\[0\]\.note: no typeface here has"),
        ("Come \u202eback", r"error\[Y113\]"),
    ],
)
def test_a_bundles_note_that_cannot_be_printed_has_its_line(bundle, workspace, note, said):
    workspace.write("bundles/visit.yaml", f"title: A\ntopic: knee\nhandouts: [{{note: '{note}'}}]\n")
    result = bundle()
    assert result.exit_code == 3
    assert re.search(rf"bundles/visit\.yaml:3:\d+: {said}", result.stderr)


def test_a_value_that_cannot_be_printed_is_not_taken_for_the_bundles_note(bundle, workspace):
    workspace.write("bundles/visit.yaml", "title: A\ntopic: knee\nhandouts: [{note: Come back.}]\n")
    result = bundle("--patient", "A\x07B")
    assert result.exit_code == 2
    assert "[U103] --patient" in result.stderr


def test_inspect_shows_what_a_bundle_is(run, made, here):
    made(*ADA)
    shown = run("inspect", "a.pdf").stdout
    for line in (
        r"topic +knee",
        r"audience +reader, runner",
        r"template +handout, checklist",
        r"title +After the visit",
        r"claims +PDF/UA-1, PDF/A-2a",
        r"form +6 check boxes",
    ):
        assert re.search(rf"^{line}", shown, re.MULTILINE), line
    assert shown.count("\n  Document\n") == 2


def test_the_example_of_a_new_workspace_renders(run, here, monkeypatch):
    assert run("init", "clinic").exit_code == 0
    monkeypatch.chdir(here / "clinic")
    result = run("render", "--bundle", "acute-athlete", "--duplex")
    assert (result.exit_code, result.stdout) == (0, "output/acute-athlete.bundle.pdf\n"), result.stderr


def test_the_interface_makes_a_bundle_without_the_command_line(workspace, bundle):
    library = Library(SearchPath.of(workspace.folder))
    (data,), told = make_bundle(library, "visit", Order(""), Person(patient="Ada"))
    assert len(pages(data)) == 2
    assert [(order.template, left_out) for order, left_out in told] == [("handout", ()), ("checklist", ())]
