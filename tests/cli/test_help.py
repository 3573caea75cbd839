"""Help, version, schema and completion: quick, with examples."""

import importlib.metadata
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import handouts
from handouts.library.schema import SCHEMAS

COMMANDS = ["render", "list", "check", "inspect", "init", "review", "schema"]
OPTIONS = [
    *("--audience", "--sections", "--skip", "--items", "--max-pages", "--template", "--brand", "--edition", "--paper"),
    *("--patient", "--date", "--clinician", "--phone", "--next-visit", "--note", "--format", "--output", "--workspace"),
]
ROOT = Path(handouts.__file__).parent.parent


def process(*arguments, environment=()):
    return subprocess.run(
        arguments,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT), **dict(environment)},
    )


# ------------------------------------------------------------------ help


@pytest.mark.parametrize("arguments", [("--help",), ("render", "--help"), ("--version",)], ids=" ".join)
@pytest.mark.parametrize(
    "library", ["reportlab", "jinja2", "yaml", "markdown_it", "PIL", "svglib", "pikepdf", "handouts.library"]
)
def test_help_answers_without_the_heavy_libraries(imported, arguments, library):
    assert not [name for name in imported(arguments) if name == library or name.startswith(f"{library}.")]


@pytest.fixture(scope="module")
def imported():
    """The modules that a command imports, told by the interpreter."""
    known = {}

    def imported(arguments):
        if arguments not in known:
            done = process(sys.executable, "-X", "importtime", "-m", "handouts", *arguments)
            assert done.returncode == 0
            known[arguments] = [line.rpartition("|")[2].strip() for line in done.stderr.splitlines()]
            assert "typer" in known[arguments]
        return known[arguments]

    return imported


@pytest.mark.parametrize("command", COMMANDS)
def test_every_commands_help_has_an_example_that_runs(run, here, monkeypatch, command):
    """The example is run as it stands, in a folder where it makes sense."""
    shown = " ".join(run(command, "--help").stdout.split())
    example = re.search(r"Example: (handouts .*?) (?:Arguments|Options|╭|Exits)", shown)
    assert example, shown
    words = shlex.split(example[1].partition(" >")[0])
    assert words[:2] == ["handouts", command]
    if command == "check":
        run("init", "my-clinic")
    if command == "inspect":
        run("render", "psoas-muscle-spasm")
    result = run(*words[1:])
    assert result.exit_code == 0, result.stderr


def test_the_program_says_what_it_is_for_with_an_example(run):
    result = run("--help")
    assert result.exit_code == 0
    assert "Example: handouts render psoas-muscle-spasm --audience athlete" in " ".join(result.stdout.split())
    assert set(COMMANDS) <= set(re.findall(r"^  (\w+)  ", result.stdout, re.MULTILINE))


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_has_a_short_form(run, flag):
    assert run("render", flag).stdout == run("render", "--help").stdout


def test_without_a_command_the_help_is_shown(run):
    result = run()
    assert "Usage: handouts" in result.output
    assert result.exit_code in {0, 2}


def test_an_unknown_command_is_answered_with_the_nearest(run):
    result = run("rendr")
    assert result.exit_code == 2
    assert "render" in result.stderr


def test_every_option_of_the_issue_is_in_the_help_of_render(run):
    shown = run("render", "--help").stdout
    for option in OPTIONS:
        assert option in shown
    assert "-o" in shown


# ------------------------------------------------------------------ version


def test_the_version_is_the_packages(run):
    result = run("--version")
    assert (result.exit_code, result.stdout) == (0, f"handouts {handouts.__version__}\n")


def test_the_version_is_that_of_the_project_file():
    found = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert found[1] == handouts.__version__


# ------------------------------------------------------------------ schema


@pytest.mark.parametrize(
    "kind", ["topic", "audience", "clinic", *sorted(set(SCHEMAS) - {"topic", "audience", "clinic"})]
)
def test_a_schema_is_printed_and_valid(run, kind):
    result = run("schema", kind)
    assert (result.exit_code, result.stderr) == (0, "")
    schema = json.loads(result.stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def test_a_kind_of_file_that_has_no_schema_is_refused(run):
    result = run("schema", "topics")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "topic" in result.stderr


# ------------------------------------------------------------------ completion


def complete(run, monkeypatch, line):
    """What Bash offers at the end of a command line."""
    words = line.split(" ")
    monkeypatch.setenv("_HANDOUTS_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
    return run().stdout.split()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("handouts ren", {"render"}),
        ("handouts render ", set(handouts.Library().topic_ids)),
        ("handouts render psoas-muscle-spasm --audience of", {"office-worker"}),
        ("handouts render psoas-muscle-spasm --template ", set(handouts.Library().template_ids)),
        ("handouts render psoas-muscle-spasm --brand ", {"plain"}),
        ("handouts render psoas-muscle-spasm --edition la", {"large-print"}),
        ("handouts list ite", {"items"}),
        ("handouts list items ps", {"psoas-muscle-spasm"}),
    ],
)
def test_tab_offers_what_there_is(run, monkeypatch, line, offered):
    assert set(complete(run, monkeypatch, line)) == offered


def test_tab_offers_a_clinics_own_in_its_workspace(run, workspace, monkeypatch):
    monkeypatch.chdir(workspace.folder)
    assert set(complete(run, monkeypatch, "handouts render ")) == {"knee", *handouts.Library().topic_ids}


def test_tab_stays_silent_when_the_content_is_broken(run, workspace, monkeypatch):
    workspace.write("clinic.yaml", "nmae: [\n")
    monkeypatch.chdir(workspace.folder)
    assert complete(run, monkeypatch, "handouts render psoas-muscle-spasm --brand ") in (["plain"], [])


# ------------------------------------------------------------------ the package


def test_importing_the_package_imports_none_of_its_rooms():
    done = process(sys.executable, "-c", "import sys, handouts; print([m for m in sys.modules if 'handouts.' in m])")
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("name", handouts.__all__)
def test_every_public_name_is_there(name):
    assert getattr(handouts, name)


def test_a_name_that_is_not_public_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'rendr'"):
        _ = handouts.rendr


def test_the_versions_of_what_is_installed_are_those_that_the_project_allows():
    """The tests ran with these: a dependency that is out of range would prove nothing."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for name, low, high in re.findall(r'"([\w.-]+)>=([\d.]+),<([\d.]+)"', text):
        try:
            found = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        parts = [tuple(int(part) for part in re.findall(r"\d+", version)[:3]) for version in (low, found, high)]
        assert parts[0] <= parts[1] < parts[2], f"{name} {found}"
