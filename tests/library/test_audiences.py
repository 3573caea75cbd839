"""Audiences: whom a sheet is for, and what one audience takes from another."""

import pytest

from handouts.errors import ContentError, UsageError

AUDIENCES = "content/audiences"


def sections(audience, template="handout"):
    return [part.section for part in audience.parts(template)]


def test_an_audience_takes_the_sheets_of_the_one_it_extends(workspace):
    library = workspace.library()
    runner = library.audience("runner")
    assert (runner.title, runner.label) == ("Runners", "For runners")
    assert runner.lineage == ("runner", "reader")
    assert runner.sheets == library.audience("reader").sheets


def test_its_own_sheet_replaces_the_one_it_would_take_and_leaves_the_others(workspace):
    workspace.replace(
        f"{AUDIENCES}/runner.yaml", "extends: reader", "extends: reader\nsheets: {handout: [{section: causes}]}"
    )
    runner = workspace.library().audience("runner")
    assert sections(runner) == ["causes"]
    assert sections(runner, "checklist") == ["day"]


def test_a_template_that_is_not_named_takes_the_list_of_the_handout(workspace):
    reader = workspace.library().audience("reader")
    assert sections(reader, "own") == sections(reader) == ["warnings", "care", "causes", "story"]


def test_an_audience_can_extend_one_that_extends_another(workspace):
    workspace.write(f"{AUDIENCES}/sprinter.yaml", "title: Sprinters\nlabel: For sprinters\nextends: runner\n")
    sprinter = workspace.library().audience("sprinter")
    assert sprinter.lineage == ("sprinter", "runner", "reader")
    assert sections(sprinter, "checklist") == ["day"]


def test_a_clinics_audience_can_extend_a_shipped_one(workspace):
    workspace.write(f"{AUDIENCES}/dancer.yaml", "title: Dancers\nlabel: For dancers\nextends: athlete\n")
    library = workspace.library()
    assert library.audience("dancer").sheets == library.audience("athlete").sheets


def test_a_clinics_audience_of_a_shipped_name_comes_before_the_shipped_one(workspace):
    workspace.write(f"{AUDIENCES}/athlete.yaml", "title: Ours\nlabel: For ours\nextends: reader\n")
    assert workspace.library().audience("athlete").title == "Ours"


def test_an_unknown_audience_is_answered_with_the_nearest(workspace):
    with pytest.raises(UsageError) as caught:
        workspace.library().audience("runer")
    assert caught.value.diagnostics[0].hint == 'did you mean "runner"?'


def test_an_audience_that_extends_nobody_known_is_refused_at_its_line(workspace):
    workspace.replace(f"{AUDIENCES}/runner.yaml", "extends: reader", "extends: raeder")
    with pytest.raises(ContentError) as caught:
        workspace.library().audience("runner")
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.file, problem.line) == ("C207", workspace.shown(f"{AUDIENCES}/runner.yaml"), 3)
    assert problem.hint == 'did you mean "reader"?'


@pytest.mark.parametrize("name", ["runner", "sprinter"], ids=["itself", "its child"])
def test_audiences_that_extend_each_other_are_refused(workspace, name):
    workspace.write(f"{AUDIENCES}/sprinter.yaml", "title: S\nlabel: S\nextends: runner\n")
    workspace.replace(f"{AUDIENCES}/runner.yaml", "extends: reader", f"extends: {name}")
    with pytest.raises(ContentError, match="C212"):
        workspace.library().audience("runner")


def test_an_audience_without_a_sheet_is_refused(workspace):
    workspace.write(f"{AUDIENCES}/nobody.yaml", "title: Nobody\nlabel: For nobody\n")
    with pytest.raises(ContentError) as caught:
        workspace.library().audience("nobody")
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.file) == ("C202", workspace.shown(f"{AUDIENCES}/nobody.yaml"))
    assert "sheets.handout" in problem.message
