"""What `handouts new` writes: right as it is, free of what is taken, whole or not at all."""

import datetime as dt

import pytest

from handouts.document import texts
from handouts.errors import HandoutError, OutputError, UsageError
from handouts.library import Library, SearchPath
from handouts.making import Order, make_document
from handouts.scaffolding import scaffold

TODAY = dt.date(2026, 2, 3)


@pytest.fixture
def make(workspace):
    def make(kind, name, title=None):
        return scaffold(Library(SearchPath.of(workspace.folder)), kind, name, title, TODAY)

    return make


def test_a_topic_renders_for_every_shipped_audience_with_its_brackets_and_says_that_it_is_a_draft(make, workspace):
    make("topic", "tennis-elbow")
    library = Library(SearchPath.of(workspace.folder))
    for audience in ("patient", "athlete", "office-worker"):
        document = make_document(library, Order("tennis-elbow", audience))
        assert document.title == "Tennis elbow"
        assert "[Do this first]" in " ".join(texts(document.blocks))
        assert "Draft, not ready for patients" in document.furniture.version_line


def test_a_topic_holds_the_clinic_s_name_and_the_dates(make, workspace):
    make("topic", "tennis-elbow")
    provenance = Library(SearchPath.of(workspace.folder)).topic("tennis-elbow").provenance
    assert (provenance.author, provenance.published) == ("Hill Clinic", TODAY)
    assert provenance.review_due == dt.date(2027, 2, 3)


@pytest.mark.parametrize("title", ['Say "ah": a throat', "Ärzte & Co", "no", "12:30", "#1 {x} $id"])
def test_a_title_is_taken_as_it_is(make, workspace, title):
    make("topic", "throat", title)
    make("audience", "singers", title)
    make("brand", "north", title)
    library = Library(SearchPath.of(workspace.folder))
    assert library.topic("throat").title == title
    assert library.audience("singers").title == title
    assert library.brand("north").name == title


def test_a_template_prints_the_topic_with_its_own_line(make, workspace):
    make("template", "short")
    library = Library(SearchPath.of(workspace.folder))
    text = " ".join(texts(make_document(library, Order("knee", template="short")).blocks))
    assert "Bring this sheet to your next visit at Hill Clinic." in text


@pytest.mark.parametrize("name", ["A b", "a_b", "", "../x", "x/y", "é", "-a", "a\n"])
@pytest.mark.parametrize("kind", ["topic", "audience", "template", "brand"])
def test_what_is_no_name_is_refused(make, workspace, kind, name):
    before = sorted(workspace.folder.rglob("*"))
    with pytest.raises(UsageError, match="is no name"):
        make(kind, name)
    assert sorted(workspace.folder.rglob("*")) == before


@pytest.mark.parametrize(("kind", "name"), [("topic", "knee"), ("audience", "patient"), ("brand", "plain")])
def test_what_there_is_already_is_not_hidden_by_a_new_one(make, kind, name):
    with pytest.raises(UsageError, match="there is already"):
        make(kind, name)


def test_a_file_that_is_there_stays_and_nothing_else_is_written(make, workspace):
    workspace.write("content/topics/elbow/overview.yaml", "mine: yes\n")
    before = sorted(workspace.folder.rglob("*"))
    with pytest.raises(OutputError) as caught:
        make("topic", "elbow")
    assert caught.value.diagnostics[0].file.endswith("content/topics/elbow/overview.yaml")
    assert sorted(workspace.folder.rglob("*")) == before


def test_without_a_workspace_there_is_nowhere_to_write():
    with pytest.raises(HandoutError, match="handouts init"):
        scaffold(Library(), "topic", "elbow", None, TODAY)


@pytest.mark.parametrize("title", [" ", "\u200b", "A\x1b[31mB", "A\u202eB", "x\udcff", "A\nB"])
def test_a_title_that_cannot_be_printed_is_refused(make, title):
    with pytest.raises(UsageError, match="--title"):
        make("audience", "singers", title)


def test_a_template_with_the_name_of_a_shipped_one_extends_that(make, workspace):
    make("template", "diary")
    library = Library(SearchPath.of(workspace.folder))
    text = " ".join(texts(make_document(library, Order("knee", template="diary")).blocks))
    assert "My diary" in text
    assert "Bring this sheet" in text
