"""Pictures that content names: found along the search path, worded for an audience, refused where none is printed."""

import pytest

from handouts.document import Columns, Figure, Keep, List, ListItem, Paragraph, Section, plain_text, texts
from handouts.errors import ContentError, MissingResourceError, TemplateError
from handouts.library.overlays import fingerprint, section_fingerprint
from handouts.library.topics import items_by_reference
from handouts.making import Order, make_document
from handouts.selection import Choices

TOPIC = "content/topics/knee"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
WALK = "- {id: walk, term: Walk, text: Walk a little., why: It stays strong., priority: 1}"


def figure(file, caption="A *bent* knee.", alt="Somebody bends a knee."):
    return f'{{file: {file}, alt: "{alt}", caption: "{caption}"}}'


@pytest.fixture
def figures(workspace):
    """The figures of a handout, in order."""

    def figures(audience="reader", template="handout", **choices):
        order = Order("knee", audience, template=template, choices=Choices(**choices))
        return list(walk(make_document(workspace.library(), order).blocks))

    return figures


def walk(blocks):
    for block in blocks:
        if isinstance(block, Figure):
            yield block
        inner = getattr(block, "blocks", ())
        if isinstance(block, Columns):
            inner += sum(block.columns, ())
        for each in getattr(block, "items", ()):
            inner += each.blocks
        yield from walk(inner)


def give(workspace, name, old, new, *files):
    workspace.replace(f"{TOPIC}/{name}", old, new)
    for file in files:
        workspace.write(f"{TOPIC}/figures/{file}", SVG)


def problems(workspace, error=ContentError, **order):
    with pytest.raises(error) as caught:
        make_document(workspace.library(), Order("knee", "reader", **order))
    return caught.value.diagnostics


# ------------------------------------------------------------------ what is printed


def test_an_item_s_figure_stands_in_the_item_with_its_words_and_its_place(workspace, figures):
    give(workspace, "care.yaml", WALK, WALK.replace("priority", f"figure: {figure('walk.svg')}, priority"), "walk.svg")
    (found,) = figures()
    assert found.source == str(workspace.folder.resolve() / TOPIC / "figures/walk.svg")
    assert (found.alternate, plain_text(found.caption)) == ("Somebody bends a knee.", "A bent knee.")
    assert found.place == (workspace.shown(f"{TOPIC}/care.yaml"), workspace.line(f"{TOPIC}/care.yaml", "id: walk"))


def test_a_picture_for_every_topic_is_found_after_the_topic_s_own(workspace, figures):
    give(workspace, "care.yaml", WALK, WALK.replace("priority", f"figure: {figure('walk.svg')}, priority"), "walk.svg")
    workspace.write("content/figures/walk.svg", SVG)
    assert figures()[0].source == str(workspace.folder.resolve() / TOPIC / "figures/walk.svg")
    (workspace.folder / TOPIC / "figures/walk.svg").unlink()
    assert figures()[0].source == str(workspace.folder.resolve() / "content/figures/walk.svg")


@pytest.mark.parametrize(
    ("kind", "rest"),
    [
        ("list", "text: T."),
        ("prose", "text: T."),
        ("steps", "text: T., why: W."),
        ("treatments", "text: T., benefit: B., risk: R."),
        ("questions", "text: T."),
        ("exercises", "steps: [S.], dose: {sets: 1}, stop: if it hurts."),
    ],
)
def test_every_kind_of_section_that_may_prints_its_own_figure_and_those_of_its_items(workspace, figures, kind, rest):
    text = f"""
        title: Care
        kind: {kind}
        sources: [book]
        intro: An opening.
        figure: {figure("section.svg")}
        groups:
          - id: one
            text: Words of the group.
            items:
              - {{id: a, term: A, {rest}, figure: {figure("item.svg")}}}
        """
    workspace.write(f"{TOPIC}/care.yaml", text)
    for name in ("section", "item"):
        workspace.write(f"{TOPIC}/figures/{name}.svg", SVG)
    assert [each.source.rpartition("/")[2] for each in figures()] == ["section.svg", "item.svg"]


@pytest.mark.parametrize("with_figure", [True, False])
def test_an_exercise_has_its_steps_its_figure_and_how_it_feels_side_by_side(workspace, with_figure):
    more = f", figure: {figure('bend.svg')}" if with_figure else ""
    item = "{id: bend, term: Bend, steps: [Sit., Bend.], dose: {sets: 1}, feel: You feel a pull., stop: if it hurts."
    workspace.write(
        f"{TOPIC}/care.yaml",
        f"title: Care\nkind: exercises\nsources: [book]\ngroups:\n- id: a\n  items:\n  - {item}{more}}}\n",
    )
    workspace.write(f"{TOPIC}/figures/bend.svg", SVG)
    document = make_document(workspace.library(), Order("knee", "reader"))
    (section,) = (block for block in document.blocks if isinstance(block, Section) and block.id == "care")
    (card,) = (block for block in section.blocks if isinstance(block, Keep))
    assert "Bend 1 set Sit. Bend." in " ".join(texts(card.blocks))
    assert " ".join(texts(card.blocks)).count("You feel a pull.") == 1
    sides = [block for block in card.blocks if isinstance(block, Columns)]
    assert len(sides) == with_figure
    for side in sides:
        assert [[type(block) for block in column] for column in side.columns] == [[List], [Figure, Paragraph]]


def test_a_checklist_has_a_figure_above_its_lines(workspace, figures):
    give(workspace, "checklists/day.yaml", "days: 3", f"days: 3\nfigure: {figure('day.svg')}", "day.svg")
    assert [each.source.rpartition("/")[2] for each in figures(template="checklist")] == ["day.svg"]


def test_a_paragraph_of_prose_has_a_figure_with_or_without_words(workspace, figures):
    old = "- {id: load, title: A load, text: It carries you all day.}"
    new = (
        f"- {{id: load, figure: {figure('load.svg')}}}\n  - {{id: rest, text: It rests., figure: {figure('rest.svg')}}}"
    )
    give(workspace, "story.yaml", old, new, "load.svg", "rest.svg")
    assert [each.source.rpartition("/")[2] for each in figures()] == ["load.svg", "rest.svg"]


def test_each_audience_has_the_figure_for_it(workspace, figures):
    give(
        workspace,
        "causes.yaml",
        "for:\n          runner: {text: A jump in distance tires it.}",
        f"figure: {figure('run.svg')}\n        for:\n          runner: {{figure: {figure('race.svg')}}}",
        "run.svg",
        "race.svg",
    )
    give(
        workspace,
        "causes.yaml",
        "runner: {title: What in your running brings it on}",
        f"runner: {{figure: {figure('shoes.svg')}}}",
        "shoes.svg",
    )
    assert [each.source.rpartition("/")[2] for each in figures("reader")] == ["run.svg"]
    assert [each.source.rpartition("/")[2] for each in figures("runner")] == ["shoes.svg", "race.svg"]


def test_without_figures_a_document_has_none(figures):
    assert figures(items="all") == []


def test_a_figure_is_no_words_for_a_line(workspace):
    give(workspace, "care.yaml", WALK, WALK.replace("priority", f"figure: {figure('walk.svg')}, priority"), "walk.svg")
    workspace.write(
        "templates/own.xml.jinja",
        "<handout>{% for s in sections %}{% for i in s.items %}\n<p>{{ i.term }} {{ i.figure }}</p>"
        "{% endfor %}{% endfor %}</handout>",
    )
    (problem,) = problems(workspace, TemplateError, template="own")
    assert (problem.code, problem.line) == ("T211", 2)
    assert "picture" in problem.message


def test_a_template_that_prints_a_figure_its_own_way_keeps_its_words(workspace):
    give(workspace, "care.yaml", WALK, WALK.replace("priority", f"figure: {figure('walk.svg')}, priority"), "walk.svg")
    workspace.write(
        "templates/own.xml.jinja",
        "<handout>{% for s in sections %}{% for i in s.items %}<p>{{ i.term }} {{ i.text or '' }}</p>"
        "{% if i.figure %}<ul><li>{{ i.figure }}</li></ul>{% endif %}{% endfor %}{% endfor %}</handout>",
    )
    document = make_document(workspace.library(), Order("knee", "reader", template="own"))
    (found,) = (
        item.blocks for block in document.blocks for item in getattr(block, "items", ()) if isinstance(item, ListItem)
    )
    assert [(each.alternate, plain_text(each.caption)) for each in found] == [
        ("Somebody bends a knee.", "A bent knee.")
    ]


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        ("{file: a.svg, caption: A knee.}", "C202", '"alt" is missing'),
        ("{file: a.svg, alt: A knee}", "C202", '"caption" is missing'),
        ('{file: a.svg, alt: " ", caption: A knee.}', "C201", "must not be empty"),
        ("{file: ../a.svg, alt: A, caption: A.}", "C201", "without a folder"),
        ("{file: /etc/hostname, alt: A, caption: A.}", "C201", "without a folder"),
        ("{file: figures/a.svg, alt: A, caption: A.}", "C201", "without a folder"),
        ("{file: a.gif, alt: A, caption: A.}", "C201", "SVG, PNG or JPEG"),
        ("{file: .svg, alt: A, caption: A.}", "C201", "SVG, PNG or JPEG"),
        ("{file: a.svg, alt: A, caption: A., scale: 2}", "C203", "not known"),
    ],
)
def test_a_figure_says_what_it_shows_and_names_a_file_of_the_folder(workspace, value, code, words):
    give(workspace, "care.yaml", WALK, WALK.replace("priority", f"figure: {value}, priority"))
    (problem,) = problems(workspace)
    assert (problem.code, problem.line) == (code, workspace.line(f"{TOPIC}/care.yaml", "id: walk"))
    assert words in problem.message


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("warnings.yaml", "term: The knee is locked and cold", "term: The knee is locked and cold, figure: F"),
        ("warnings.yaml", "kind: warning-signs", "kind: warning-signs\nfigure: F"),
        ("warnings.yaml", "kind: warning-signs", "kind: warning-signs\nfor: {runner: {figure: F}}"),
        ("checklists/day.yaml", "term: Bend my knee", "term: Bend my knee, figure: F"),
        ("checklists/day.yaml", "term: Bend my knee", "term: Bend my knee, for: {runner: {figure: F}}"),
        ("care.yaml", "- id: first", "- id: first\n    figure: F"),
    ],
    ids=["a sign", "signs", "signs, worded", "a line to tick", "a line, worded", "a group of steps"],
)
def test_a_figure_where_none_is_printed_is_refused(workspace, name, old, new):
    give(workspace, name, old, new.replace("figure: F", f"figure: {figure('a.svg')}"), "a.svg")
    (problem,) = problems(workspace)
    assert (problem.code, problem.line) == ("C209", workspace.line(f"{TOPIC}/{name}", "figure:"))


def test_a_figure_whose_file_is_not_there_is_refused_at_its_name(workspace):
    give(workspace, "care.yaml", WALK, WALK.replace("priority", f"figure: {figure('gone.svg')}, priority"))
    (problem,) = problems(workspace, MissingResourceError)
    assert (problem.code, problem.file, problem.line) == (
        "F201",
        workspace.shown(f"{TOPIC}/care.yaml"),
        workspace.line(f"{TOPIC}/care.yaml", "gone.svg"),
    )
    assert f"{TOPIC}/figures/" in problem.hint


def test_a_caption_that_is_no_line_of_words_is_refused_at_its_place(workspace):
    give(
        workspace,
        "care.yaml",
        WALK,
        WALK.replace("priority", f"figure: {figure('walk.svg', caption='- a list')}, priority"),
        "walk.svg",
    )
    (problem,) = problems(workspace)
    assert (problem.code, problem.line) == ("C240", workspace.line(f"{TOPIC}/care.yaml", "id: walk"))


# ------------------------------------------------------------------ a clinic's own


def test_a_clinic_replaces_a_shipped_picture_with_a_file_of_its_name(workspace, make_workspace, tmp_path):
    from handouts.library import Library
    from handouts.library.search_path import Root, SearchPath, shipped_root

    give(workspace, "care.yaml", WALK, WALK.replace("priority", f"figure: {figure('walk.svg')}, priority"), "walk.svg")
    mine = tmp_path / "mine"
    (mine / TOPIC / "figures").mkdir(parents=True)
    (mine / "clinic.yaml").write_text("name: Mine\n")

    def source():
        roots = (Root(mine), Root(workspace.folder), Root(shipped_root()))
        document = make_document(Library(SearchPath(roots)), Order("knee", "reader"))
        (found,) = walk(document.blocks)
        return found.source

    assert source() == str(workspace.folder / TOPIC / "figures/walk.svg")
    (mine / TOPIC / "figures/walk.svg").write_text(SVG)
    assert source() == str(mine / TOPIC / "figures/walk.svg")


def test_an_overlay_gives_items_and_sections_a_figure_for_every_audience(workspace, figures):
    for name in ("own", "story", "garden"):
        workspace.write(f"{TOPIC}/figures/{name}.svg", SVG)
    workspace.write(
        "content/overlays/knee.yaml",
        f"change:\n"
        f"  - {{item: care/walk, figure: {figure('own.svg')}}}\n"
        f"  - {{section: story, figure: {figure('story.svg')}}}\n"
        f"add:\n"
        f"  - section: causes\n    group: home\n"
        f"    item: {{id: garden, priority: 1, term: G, text: T., figure: {figure('garden.svg')}}}\n",
    )
    for audience in ("reader", "runner"):
        found = figures(audience)
        assert [each.source.rpartition("/")[2] for each in found] == ["own.svg", "garden.svg", "story.svg"]
        assert [each.place[1] for each in found] == [2, 7, 3]


def test_an_overlay_gives_warning_signs_no_figure(workspace):
    workspace.write("content/overlays/knee.yaml", f"change: [{{section: warnings, figure: {figure('a.svg')}}}]\n")
    (problem,) = problems(workspace)
    assert problem.code == "C209"


def test_a_fingerprint_changes_with_the_figure_and_not_by_the_key_alone(workspace):
    """Clinics' overlays hold the fingerprints of items that had no figure when the key was unknown."""
    before = workspace.library().topic("knee")
    give(workspace, "care.yaml", WALK, WALK.replace("priority", f"figure: {figure('walk.svg')}, priority"))
    give(workspace, "story.yaml", "kind: prose", f"kind: prose\nfigure: {figure('walk.svg')}")
    after = workspace.library().topic("knee")
    (old, new) = (items_by_reference(topic.sections) for topic in (before, after))
    assert fingerprint(old["care/walk"]) != fingerprint(new["care/walk"])
    assert fingerprint(old["care/walk"]) == "jmkecmne"
    sections = [section_fingerprint(topic.section("story").file) for topic in (before, after)]
    assert sections[0] != sections[1]
    assert sections[0] == "haldaemf"
