"""What is kept for the next start: whole, its user's alone, and never in the way."""

import os
import stat
import sys
import tempfile

import pytest

from handouts.kept import Kept
from handouts.library.yaml_source import YamlSource

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps it in the user's own folder for temporary files")


@pytest.fixture
def place(tmp_path, monkeypatch):
    """The folder of temporary files, of its own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def kept(kind="thing", made_by=(__file__,)):
    return Kept(kind, made_by)


def files(place):
    return sorted(file for file in place.rglob("*") if file.is_file())


def test_what_is_kept_is_found_by_the_next_start(place):
    kept().put("key", b"data")
    assert kept().get("key") == b"data"
    assert kept().get("other") is None
    assert kept("another kind").get("key") is None


def test_only_its_user_can_read_it(place):
    kept().put("key", b"data")
    (file,) = files(place)
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_another_version_of_what_made_it_does_not_find_it(place, tmp_path):
    module = tmp_path / "module.py"
    module.write_text("old")
    kept(made_by=(str(module),)).put("key", b"data")
    module.write_text("newer")
    assert kept(made_by=(str(module),)).get("key") is None


@pytest.mark.parametrize("damage", [lambda _: b"", lambda data: data[:-1], lambda data: data[:-1] + b"?"])
def test_what_is_damaged_is_not_taken(place, damage):
    kept().put("key", b"data")
    (file,) = files(place)
    file.write_bytes(damage(file.read_bytes()))
    assert kept().get("key") is None


def test_a_folder_that_others_may_write_into_is_not_used(place):
    folder = place / f"handouts-{os.getuid()}"
    folder.mkdir()
    folder.chmod(0o777)
    kept().put("key", b"data")
    assert kept().get("key") is None
    assert files(place) == []


def test_a_link_in_place_of_the_folder_is_not_followed(place):
    (place / "elsewhere").mkdir(mode=0o700)
    (place / f"handouts-{os.getuid()}").symlink_to("elsewhere")
    kept().put("key", b"data")
    assert files(place) == []


def test_a_full_disk_is_no_error(place, monkeypatch):
    def full(*_):
        raise OSError

    thing = kept()
    thing.put("key", b"old")
    monkeypatch.setattr(os, "replace", full)
    thing.put("key", b"new")
    assert kept().get("key") == b"old"
    assert len(files(place)) == 1


def test_of_yaml_only_what_is_shipped_is_kept(place, workspace):
    source = workspace.library().topic("psoas-muscle-spasm").source
    assert YamlSource(source.file, "file").value == source.value
    before = files(place)
    assert before
    assert YamlSource(source.file, "file").value == source.value
    assert YamlSource(workspace.folder / "clinic.yaml", "clinic.yaml").value
    assert files(place) == before
