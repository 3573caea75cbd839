"""Files are written whole or not at all."""

import errno
import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from handouts.errors import OutputError
from handouts.files import write_new, write_whole


def names(folder):
    return sorted(file.name for file in folder.iterdir())


@pytest.fixture
def read_only_folder():
    """A folder that may be read and not written, for everybody but root, whom we stop being."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)
        yield folder
        if root:
            os.seteuid(0)
        folder.chmod(0o755)


def test_folders_on_the_way_are_made(tmp_path):
    write_whole(tmp_path / "a" / "b" / "c.pdf", b"data")
    assert (tmp_path / "a" / "b" / "c.pdf").read_bytes() == b"data"


def test_an_existing_file_is_replaced_by_another_file_and_not_overwritten(tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(b"old, and longer than new")
    with file.open("rb") as reader:
        write_whole(file, b"new")
        assert reader.read() == b"old, and longer than new"
    assert file.read_bytes() == b"new"
    assert names(tmp_path) == ["a.pdf"]


@pytest.mark.parametrize("step", ["replace", "fsync", "chmod"])
def test_a_disk_error_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, step):
    file = tmp_path / "a.pdf"
    file.write_bytes(b"old")

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OutputError) as caught:
        write_whole(file, b"new")
    monkeypatch.undo()
    assert file.read_bytes() == b"old"
    assert names(tmp_path) == ["a.pdf"]
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.file) == ("O101", str(file))
    assert "No space left on device" in problem.message
    assert "-o" in problem.hint


def test_an_interruption_while_writing_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    file = tmp_path / "a.pdf"
    file.write_bytes(b"old")

    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_whole(file, b"new")
    monkeypatch.undo()
    assert file.read_bytes() == b"old"
    assert names(tmp_path) == ["a.pdf"]


def test_a_target_that_is_a_folder_is_refused_and_left_alone(tmp_path):
    target = tmp_path / "folder"
    target.mkdir()
    (target / "inside").touch()
    with pytest.raises(OutputError, match="O101"):
        write_whole(target, b"data")
    assert names(tmp_path) == ["folder"]
    assert names(target) == ["inside"]


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(OutputError, match="O101"):
        write_whole(tmp_path / "file" / "a.pdf", b"data")
    assert (tmp_path / "file").read_bytes() == b"old"


def test_a_read_only_folder_is_refused(read_only_folder):
    with pytest.raises(OutputError) as caught:
        write_whole(read_only_folder / "a.pdf", b"data")
    assert "Permission denied" in caught.value.diagnostics[0].message
    assert names(read_only_folder) == []


@pytest.mark.parametrize(("private", "mode"), [(True, 0o600), (False, 0o644)])
def test_a_file_with_a_patients_name_can_be_read_by_its_owner_only(tmp_path, private, mode):
    before = os.umask(0o022)
    try:
        write_whole(tmp_path / "a.pdf", b"data", private=private)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.pdf").stat().st_mode) == mode


def test_the_umask_is_as_it_was(tmp_path):
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "a.pdf", b"data")
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)


def test_the_temporary_file_stands_beside_the_target_under_a_name_that_says_nothing(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(os, "fsync", lambda _: seen.extend(names(tmp_path)))
    write_whole(tmp_path / "marker-patient.pdf", b"data")
    assert len(seen) == 1
    assert "marker" not in seen[0]
    assert seen[0].startswith(".")


def test_who_wants_to_be_alone_in_a_folder_waits_for_who_is(tmp_path):
    counter = tmp_path / "counter"
    counter.write_text("0")
    program = (
        "import sys; from pathlib import Path; from handouts.files import alone_in\n"
        "file = Path(sys.argv[1])\n"
        "for _ in range(200):\n"
        "    with alone_in(file.parent):\n"
        "        file.write_text(str(int(file.read_text()) + 1))\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", program, counter]) for _ in range(3)]
    assert [run.wait(60) for run in runs] == [0, 0, 0]
    assert counter.read_text() == "600"


def test_new_files_are_written_with_their_folders(tmp_path):
    write_new({tmp_path / "a" / "one": b"1", tmp_path / "a" / "b" / "two": b"2"})
    assert (tmp_path / "a" / "one").read_bytes() == b"1"
    assert (tmp_path / "a" / "b" / "two").read_bytes() == b"2"


@pytest.mark.parametrize("make", [Path.touch, Path.mkdir, lambda file: file.symlink_to("nowhere")])
def test_where_one_file_is_there_already_none_is_written(tmp_path, make):
    make(tmp_path / "two")
    with pytest.raises(OutputError) as caught:
        write_new({tmp_path / "one": b"1", tmp_path / "two": b"2"})
    assert [(each.code, each.file) for each in caught.value.diagnostics] == [("O102", str(tmp_path / "two"))]
    assert names(tmp_path) == ["two"]


def test_where_one_file_cannot_be_written_none_is_left_and_no_folder_either(tmp_path):
    (tmp_path / "old").write_bytes(b"old")
    with pytest.raises(OutputError, match="O101"):
        write_new({tmp_path / "a" / "b" / "one": b"1", tmp_path / "c": b"3", tmp_path / "old" / "two": b"2"})
    assert names(tmp_path) == ["old"]
