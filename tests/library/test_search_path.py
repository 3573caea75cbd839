"""What is not there is passed over; what nobody can tell is an error, never taken for what is not there."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from handouts.errors import ContentError
from handouts.library import search_path
from handouts.library.search_path import is_file, is_folder

OVERLAY = "change: [{item: care/bend, text: Bend it twice an hour.}]\n"


def read_all(library):
    """Everything whose folders the test shuts."""
    return library.path.names("content/overlays", ".yaml"), library.topic("knee"), library.reviews("knee")


@pytest.fixture
def open_to_all(make_workspace, monkeypatch):
    """A workspace, and a shipped library, that everybody may read, looked at by somebody who is not root."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        shipped = Path(name) / "shipped"
        shutil.copytree(search_path.shipped_root() / "content", shipped / "content")
        monkeypatch.setattr(search_path, "shipped_root", lambda: shipped)
        workspace = make_workspace(Path(name) / "clinic")
        read_all(workspace.library())  # and whatever Python has to import for it
        root = os.geteuid() == 0
        shut = []

        def shut_folder(inside):
            """Who reads it sees its names, and may not enter it."""
            folder = workspace.folder / inside
            folder.chmod(0o644)
            shut.append(folder)
            if root:
                os.seteuid(65534)

        workspace.shut_folder = shut_folder
        yield workspace
        if root:
            os.seteuid(0)
        for folder in shut:
            folder.chmod(0o755)


@pytest.mark.parametrize(
    ("folder", "file"),
    [
        ("content/overlays", "content/overlays/knee.yaml"),
        ("content", "content/overlays"),
        ("content/topics/knee", "content/topics/knee/topic.yaml"),
        ("reviews", "reviews/knee.yaml"),
    ],
)
def test_what_stands_in_a_folder_that_may_not_be_entered_is_not_taken_for_missing(open_to_all, folder, file):
    open_to_all.write("content/overlays/knee.yaml", OVERLAY)
    library = open_to_all.library()
    open_to_all.shut_folder(folder)
    with pytest.raises(ContentError) as caught:
        read_all(library)
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.file) == ("Y101", open_to_all.shown(file))


@pytest.mark.parametrize("name", ["no", "file.txt/inside", "n" * 300, "a\0b"])
def test_what_is_not_there_and_a_name_that_no_file_can_have_are_nothing(tmp_path, name):
    (tmp_path / "file.txt").write_text("text")
    assert not is_file(tmp_path / name)
    assert not is_folder(tmp_path / name)


def test_a_link_that_leads_to_itself_is_an_error(tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(ContentError) as caught:
        is_file(tmp_path / "loop")
    assert caught.value.diagnostics[0].code == "Y101"
