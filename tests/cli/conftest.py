"""Commands run in an empty folder; what they write, print and say is looked at."""

import io

import pypdfium2
import pytest
from typer.testing import CliRunner

from handouts.cli import app


@pytest.fixture
def here(tmp_path, monkeypatch):
    """The empty folder that the command runs in."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def run(here):
    """Runs a command in this process: run("render", "knee") has exit_code, stdout and stderr."""

    def run(*arguments):
        return CliRunner().invoke(app, [str(each) for each in arguments], prog_name="handouts")

    return run


@pytest.fixture
def render(run, workspace):
    """Runs `handouts render knee` in the clinic's workspace."""

    def render(*arguments, topic="knee"):
        return run("render", topic, "--workspace", workspace.folder, *arguments)

    return render


@pytest.fixture
def refused(render, here, workspace):
    """Runs `handouts render knee`, which must fail with this exit code, say why, and write nothing."""

    def refused(exit_code, *arguments, topic="knee"):
        before = tree(here.parent)
        result = render(*arguments, topic=topic)
        assert result.exit_code == exit_code, result.stderr
        assert result.stdout == ""
        assert "Traceback" not in result.stderr
        assert result.stderr.strip()
        assert tree(here.parent) == before
        return result.stderr

    return refused


def tree(folder):
    """Everything below a folder, with its content."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() if file.is_file() else None
        for file in sorted(folder.rglob("*"))
    }


def text_of(pdf):
    """The text of all pages, as PDFium reads it, with single spaces."""
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


@pytest.fixture(name="tree")
def _tree():
    return tree


@pytest.fixture(name="text_of")
def _text_of():
    return text_of
