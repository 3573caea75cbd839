"""Audiences: whom a sheet is for, and what one audience takes from another."""

import pytest
from msgspec.structs import replace

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


def test_a_clinics_file_of_a_shipped_name_changes_one_list_and_leaves_the_rest(workspace, shipped):
    before = shipped.audience("patient")
    workspace.write(
        f"{AUDIENCES}/patient.yaml",
        "sheets:\n  handout: [{section: when-to-get-help}, {section: questions, items: 2}]\n",
    )
    patient = workspace.library().audience("patient")
    assert sections(patient) == ["when-to-get-help", "questions"]
    assert {**patient.sheets, "handout": before.sheets["handout"]} == before.sheets
    assert (patient.title, patient.label, patient.lineage) == (before.title, before.label, before.lineage)
    assert workspace.library().audience("patient", "es") == replace(
        shipped.audience("patient", "es"), sheets=patient.sheets
    )


def test_a_clinics_own_name_for_a_shipped_audience_leaves_its_lists(workspace, shipped):
    workspace.write(
        f"{AUDIENCES}/athlete.yaml", "label: For our team\nin: {es: {title: Equipo, label: Para el equipo}}\n"
    )
    athlete = workspace.library().audience("athlete")
    assert (athlete.title, athlete.label) == (shipped.audience("athlete").title, "For our team")
    assert athlete.sheets == shipped.audience("athlete").sheets
    assert workspace.library().audience("athlete", "es").label == "Para el equipo"


def test_what_extends_a_shipped_audience_gets_what_the_clinic_changed_in_it(workspace):
    workspace.write(f"{AUDIENCES}/athlete.yaml", "sheets: {diary: [{section: causes}]}")
    workspace.write(f"{AUDIENCES}/dancer.yaml", "title: Dancers\nlabel: For dancers\nextends: athlete\n")
    assert sections(workspace.library().audience("dancer"), "diary") == ["causes"]


def test_a_list_for_a_template_that_is_not_there_is_refused_with_the_nearest(workspace):
    workspace.write(f"{AUDIENCES}/patient.yaml", "sheets:\n  handuot: [{section: questions}]\n")
    with pytest.raises(ContentError) as caught:
        workspace.library().audience("patient")
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.file, problem.line) == ("C211", workspace.shown(f"{AUDIENCES}/patient.yaml"), 2)
    assert problem.hint == 'did you mean "handout"?'


def test_a_file_of_a_shipped_name_that_extends_itself_is_told_that_it_need_not(workspace):
    workspace.write(f"{AUDIENCES}/patient.yaml", "extends: patient\n")
    with pytest.raises(ContentError) as caught:
        workspace.library().audience("patient")
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.line) == ("C212", 1)
    assert "delete this line" in problem.hint


@pytest.mark.parametrize("key", ["title", "label"])
def test_an_audience_of_the_clinics_own_needs_its_names(workspace, key):
    names = {"title": "Dancers", "label": "For dancers"} | {key: None}
    text = "".join(f"{name}: {said}\n" for name, said in names.items() if said)
    workspace.write(f"{AUDIENCES}/dancer.yaml", f"{text}extends: athlete\n")
    with pytest.raises(ContentError) as caught:
        workspace.library().audience("dancer")
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.message) == ("C202", f'the key "{key}" is missing')


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
