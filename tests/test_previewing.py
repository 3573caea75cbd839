"""The preview: new pages after each save, and what is wrong in their place; nothing ends it."""

import json
import time
from threading import Event, Timer

import pytest

from handouts import previewing
from handouts.errors import OutputError
from handouts.library import SearchPath
from handouts.making import Order
from handouts.previewing import preview

CARE = "content/topics/knee/care.yaml"


def rounds_within(seconds, made, stop):
    """The rounds of a preview until it is stopped after so long."""
    timer = Timer(seconds, stop.set)
    timer.start()
    try:
        return list(made)
    finally:
        timer.join()


@pytest.fixture
def rounds(workspace, tmp_path):
    """The rounds of a preview of the knee topic; its folder is `rounds.folder`."""
    stop = Event()

    class Rounds:
        folder = tmp_path / "preview"
        made = preview(SearchPath.of(workspace.folder), Order("knee"), folder, stop)

        def __next__(self):
            return next(self.made)

        def state(self):
            text = (self.folder / "state.js").read_text(encoding="ascii")
            assert "<" not in text
            return json.loads(text.removeprefix("show(").removesuffix(");\n"))

        def pages(self):
            return sorted(file.name for file in self.folder.glob("*.png"))

    yield Rounds()
    stop.set()


def test_the_first_round_writes_the_pages_and_the_page_that_shows_them(rounds):
    first = next(rounds)
    assert first.problems == ()
    assert rounds.pages() == [f"page-{number}.png" for number in range(1, first.pages + 1)]
    assert (rounds.folder / "index.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    state = rounds.state()
    assert (state["topic"], state["pages"], state["problems"]) == ("knee", first.pages, [])


def test_a_save_makes_the_pages_anew_within_a_second(rounds, workspace):
    next(rounds)
    before = (rounds.folder / "page-1.png").read_bytes()
    workspace.replace("content/topics/knee/topic.yaml", "title: Sore knee", "title: Stiff knee")
    saved = time.perf_counter()
    assert next(rounds).problems == ()
    assert time.perf_counter() - saved < 5  # a second on an idle machine: bench/preview.py measures it
    assert (rounds.folder / "page-1.png").read_bytes() != before


def test_what_is_wrong_is_told_with_its_place_and_the_next_save_mends_it(rounds, workspace):
    first = next(rounds)
    before = (rounds.folder / "page-1.png").read_bytes()
    workspace.replace(CARE, "kind: steps", "kind: stpes")
    (problem,) = next(rounds).problems
    assert workspace.shown(CARE) in problem
    assert rounds.state()["problems"] == [problem]
    assert rounds.state()["pages"] == first.pages
    assert (rounds.folder / "page-1.png").read_bytes() == before
    workspace.replace(CARE, "kind: stpes", "kind: steps")
    assert next(rounds).problems == ()
    assert rounds.state()["problems"] == []


def test_it_can_begin_with_files_that_are_wrong_and_with_a_topic_that_is_not_there_yet(workspace, tmp_path):
    stop = Event()
    made = preview(SearchPath.of(workspace.folder), Order("elbow"), tmp_path / "preview", stop)
    first = next(made)
    assert first.pages == 0
    assert "elbow" in first.problems[0]
    stop.set()


def test_what_it_writes_itself_does_not_wake_it(workspace):
    """The folder is in the workspace, as output/ is."""
    stop = Event()
    made = preview(SearchPath.of(workspace.folder), Order("knee"), workspace.folder / "output" / "preview", stop)
    next(made)
    workspace.write("output/notes.yaml", "a: 1\n")
    assert rounds_within(0.8, made, stop) == []


EDITORS_OWN = (f"{CARE}~", "content/topics/knee/.care.yaml.swp", "content/topics/knee/.#care.yaml", ".git/index")


def test_what_an_editor_keeps_beside_a_file_does_not_wake_it(workspace, tmp_path):
    stop = Event()
    made = preview(SearchPath.of(workspace.folder), Order("knee"), tmp_path / "preview", stop)
    next(made)
    for name in EDITORS_OWN:
        workspace.write(name, "an editor's own\n")
    assert rounds_within(0.8, made, stop) == []


@pytest.mark.parametrize("name", [*EDITORS_OWN, "output/notes.yaml"])
def test_each_of_them_is_no_part_of_a_handout(workspace, tmp_path, name):
    roots, own = [workspace.folder], tmp_path / "preview"
    assert previewing._is_part(str(workspace.folder / CARE), roots, own)
    assert not previewing._is_part(str(workspace.folder / name), roots, own)


def test_a_save_of_the_content_wakes_it_within_that_time(workspace, tmp_path):
    """What the tests of silence rest on."""
    stop = Event()
    made = preview(SearchPath.of(workspace.folder), Order("knee"), tmp_path / "preview", stop)
    next(made)
    workspace.replace(CARE, "Bend it each hour.", "Bend it each day.")
    assert len(rounds_within(0.8, made, stop)) == 1


def test_markup_in_a_message_ends_no_script_and_is_shown_as_it_is(rounds, workspace):
    next(rounds)
    workspace.replace(CARE, "kind: steps", "kind: </script><b>")
    next(rounds)
    (problem,) = rounds.state()["problems"]
    assert "</script><b>" in problem


def test_a_lost_signature_is_a_note_of_the_round(rounds, workspace):
    assert next(rounds).notes == ()
    workspace.replace(CARE, "Bend it each hour.", "Bend it each day.")
    (note,) = next(rounds).notes
    assert "handouts review show knee" in note


def test_a_page_of_somebody_else_s_is_not_replaced(workspace, tmp_path):
    (tmp_path / "index.html").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError):
        next(preview(SearchPath.of(workspace.folder), Order("knee"), tmp_path, Event()))
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "mine"


def test_a_preview_among_the_content_does_not_wake_itself(workspace):
    stop = Event()
    made = preview(SearchPath.of(workspace.folder), Order("knee"), workspace.folder / "content" / "preview", stop)
    next(made)
    assert rounds_within(0.8, made, stop) == []


def test_a_workspace_that_goes_away_is_told_and_may_come_back(rounds, workspace):
    next(rounds)
    away = workspace.folder.with_name("away")
    workspace.folder.rename(away)
    assert next(rounds).problems
    away.rename(workspace.folder)


def test_the_folder_of_the_workspace_is_no_folder_for_the_preview(workspace):
    for folder in (workspace.folder, workspace.folder.parent):
        with pytest.raises(OutputError) as caught:
            next(preview(SearchPath.of(workspace.folder), Order("knee"), folder, Event()))
        assert caught.value.diagnostics[0].code == "O102"
        assert not (folder / "index.html").exists()


def test_a_folder_that_is_a_link_to_itself_is_an_error_of_the_output(workspace, tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(OutputError):
        next(preview(SearchPath.of(workspace.folder), Order("knee"), tmp_path / "loop", Event()))


def test_a_folder_that_comes_later_is_watched_too(workspace, tmp_path):
    stop = Event()
    made = preview(SearchPath.of(workspace.folder), Order("knee"), tmp_path / "preview", stop)
    next(made)
    workspace.write("plans/mine.yaml", "title: Mine\n")
    next(made)
    workspace.write("plans/mine.yaml", "title: Ours\n")
    assert next(made)
    stop.set()
