"""The library: the clinic's files before the shipped ones; the disclaimer that cannot be lost; the glossary."""

import pytest

from handouts.errors import ContentError, UsageError
from handouts.library import Library, SearchPath
from handouts.library.search_path import Root, shipped_root

DISCLAIMER = "content/disclaimer.yaml"


# ------------------------------------------------------------------ names


def test_the_shipped_library_has_what_the_project_promises(shipped):
    assert "psoas-muscle-spasm" in shipped.topic_ids
    assert set(shipped.audience_ids) >= {"patient", "athlete", "office-worker"}
    assert set(shipped.template_ids) >= {"handout", "checklist"}
    assert shipped.brand_ids == ("plain",)
    assert "en" in shipped.language_ids


def test_a_part_of_a_template_is_not_a_template(shipped):
    assert not [name for name in shipped.template_ids if name.startswith("_")]


def test_a_workspace_adds_its_names_to_the_shipped_ones(workspace):
    workspace.write("templates/own.xml.jinja", "<handout/>")
    workspace.write("templates/brands/festive.yaml", "name: Festive")
    library = workspace.library()
    assert set(library.topic_ids) == {"knee", "psoas-muscle-spasm"}
    assert {"own", "handout"} <= set(library.template_ids)
    assert library.brand_ids == ("clinic", "festive", "plain")


def test_what_is_read_does_not_depend_on_the_working_directory(workspace, tmp_path, monkeypatch):
    here = Library().topic_ids
    monkeypatch.chdir(workspace.folder)
    assert Library().topic_ids == here


def test_two_libraries_never_see_each_others_files(workspace):
    first = workspace.library()
    assert first.topic("knee").title == "Sore knee"
    workspace.replace("content/topics/knee/topic.yaml", "title: Sore knee", "title: Stiff knee")
    assert workspace.library().topic("knee").title == "Stiff knee"
    assert first.topic("knee").title == "Sore knee"


@pytest.mark.parametrize(
    ("kind", "name", "nearest"), [("brand", "plian", "plain"), ("language", "eng", "en"), ("brand", "clinc", "clinic")]
)
def test_an_unknown_name_is_answered_with_the_nearest(workspace, kind, name, nearest):
    with pytest.raises(UsageError) as caught:
        getattr(workspace.library(), kind)(name)
    (problem,) = caught.value.diagnostics
    assert problem.message == f'there is no {kind} "{name}"'
    assert nearest in problem.hint


# ------------------------------------------------------------------ search path


def test_files_are_named_in_messages_as_the_clinic_named_its_folder(tmp_path):
    root = Root(tmp_path, "my-clinic/")
    assert root.show(tmp_path / "content" / "a.yaml") == "my-clinic/content/a.yaml"


def test_shipped_files_are_named_without_a_path_of_the_machine(shipped):
    assert shipped.topic("psoas-muscle-spasm").source.shown_as == "content/topics/psoas-muscle-spasm/topic.yaml"


def test_a_hidden_file_is_not_content(workspace):
    workspace.write("content/audiences/.reader.yaml.swp.yaml", "not: content")
    assert workspace.library().audience("reader")
    assert not [name for name in workspace.library().audience_ids if name.startswith(".")]


def test_the_shipped_folder_is_no_workspace():
    assert SearchPath.of(shipped_root()).workspace is None


# ------------------------------------------------------------------ the clinic


def test_a_workspace_needs_its_clinic_file(workspace):
    (workspace.folder / "clinic.yaml").unlink()
    with pytest.raises(ContentError) as caught:
        _ = workspace.library().clinic
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.file) == ("C221", workspace.shown("clinic.yaml"))
    assert "handouts init" in problem.hint


def test_without_a_workspace_the_defaults_are_those_of_a_patient_on_letter_paper(shipped):
    defaults = shipped.defaults
    assert (defaults.audience, defaults.template, defaults.edition, defaults.paper) == (
        "patient",
        "handout",
        "standard",
        "letter",
    )


# ------------------------------------------------------------------ the disclaimer


def test_the_shipped_disclaimer_is_there(shipped):
    assert shipped.disclaimer("en").short.strip()
    assert shipped.disclaimer("en").full.strip()


def test_a_clinic_may_word_the_disclaimer(workspace):
    workspace.write(DISCLAIMER, "title: Ours\nshort: Ask us.\nfull: Ask us first.\n")
    assert workspace.library().disclaimer("en").short == "Ask us."


@pytest.mark.parametrize("key", ["title", "short", "full"])
@pytest.mark.parametrize("value", ['""', '"  "', ""], ids=["empty", "blank", "nothing"])
def test_an_empty_disclaimer_is_an_error_at_its_line(workspace, key, value):
    texts = {"title": "Ours", "short": "Ask us.", "full": "Ask us first."} | {key: value}
    workspace.write(DISCLAIMER, "".join(f"{name}: {text}\n" for name, text in texts.items()))
    with pytest.raises(ContentError) as caught:
        _ = workspace.library().disclaimer("en")
    (problem,) = caught.value.diagnostics
    assert (problem.file, problem.line) == (workspace.shown(DISCLAIMER), list(texts).index(key) + 1)
    assert "empty" in problem.message or "nothing" in problem.message


def test_a_disclaimer_without_its_full_form_is_an_error(workspace):
    workspace.write(DISCLAIMER, "title: Ours\nshort: Ask us.\n")
    with pytest.raises(ContentError, match='"full" is missing'):
        _ = workspace.library().disclaimer("en")


def test_a_missing_disclaimer_is_an_error(workspace):
    library = Library(SearchPath((Root(workspace.folder),)))
    with pytest.raises(ContentError) as caught:
        _ = library.disclaimer("en")
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.file) == ("C220", "content/disclaimer.yaml")


# ------------------------------------------------------------------ the glossary


def test_a_clinics_glossary_adds_to_the_shipped_one_and_wins(workspace, shipped):
    taken = shipped.glossary("en")[0]
    workspace.write(
        "content/glossary.yaml",
        f"terms:\n  - {{term: {taken.term.upper()}, meaning: ours}}\n  - {{term: knurl, meaning: a small ridge}}\n",
    )
    terms = workspace.library().glossary("en")
    meanings = {term.term.casefold(): term.meaning for term in terms}
    assert meanings[taken.term.casefold()] == "ours"
    assert meanings["knurl"] == "a small ridge"
    assert len(terms) == len(shipped.glossary("en")) + 1


def test_a_broken_glossary_is_an_error_at_its_line(workspace):
    workspace.write("content/glossary.yaml", "terms:\n  - {term: knurl, meening: a small ridge}\n")
    with pytest.raises(ContentError) as caught:
        _ = workspace.library().glossary("en")
    assert [(each.code, each.line) for each in caught.value.diagnostics] == [("C203", 2), ("C202", 2)]


# ------------------------------------------------------------------ plain words


def test_a_clinics_plain_words_add_to_the_shipped_ones_and_win(workspace, shipped):
    workspace.write(
        "content/plain-words.yaml",
        "acronyms: [HCC]\nwords:\n  - {word: Utilize, use: take up}\n  - {word: knurl, forms: [knurls], use: ridge}\n",
    )
    ours, theirs = workspace.library().plain_words("en"), shipped.plain_words("en")
    assert (theirs.swaps["utilize"], ours.swaps["utilize"]) == ("use", "take up")
    assert ours.swaps["utilizes"] == "use"
    assert (ours.swaps["knurl"], ours.swaps["knurls"]) == ("ridge", "ridge")
    assert ours.acronyms == theirs.acronyms | {"HCC"}


def test_a_language_without_plain_words_has_none(shipped):
    assert shipped.plain_words("nl").swaps == {}


def test_a_broken_list_of_plain_words_is_an_error_at_its_line(workspace):
    workspace.write("content/plain-words.yaml", "words:\n  - {word: knurl, uze: ridge}\n")
    with pytest.raises(ContentError) as caught:
        workspace.library().plain_words("en")
    assert [(each.code, each.line) for each in caught.value.diagnostics] == [("C203", 2), ("C202", 2)]
