"""The rules between rooms, read from the source: who may import whom, and how long a module may be."""

import ast
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "handouts"
MODULES = sorted(HOUSE.rglob("*.py"))

# cli → batch, previewing → making → quality → reviewing, composing, pdf, html, plain → selection, document, person
# → library → looks, errors.
# Inspecting reads finished files and knows nothing of how they were made.
# Composing takes a selection; quality reads what the phases before it make; nothing after the waist knows of topics.
# What no import needs is not allowed: an arrow goes when its last import does.
ARROWS = {
    "errors": set(),
    "document": set(),
    "files": {"errors"},
    "kept": set(),
    "library": {"looks", "kept", "errors"},
    "selection": {"library", "errors"},
    "composing": {"selection", "document", "library", "kept", "errors"},
    "looks": set(),
    "person": {"errors"},
    "pdf": {"looks", "person", "document", "library", "errors"},
    "html": {"looks", "person", "document", "library", "errors"},
    "plain": {"person", "document"},
    "reviewing": {"selection", "composing", "files", "library", "errors"},
    "quality": {"selection", "reviewing", "composing", "pdf", "document", "library", "errors"},
    "inspecting": {"errors"},
    "prescriptions": {"library", "errors"},
    "making": {
        "quality",
        "reviewing",
        "composing",
        "pdf",
        "html",
        "plain",
        "selection",
        "document",
        "looks",
        "person",
        "library",
        "errors",
    },
    "bundling": {"making", "pdf", "selection", "looks", "person", "library", "errors"},
    "batch": {
        "bundling",
        "making",
        "prescriptions",
        "pdf",
        "selection",
        "looks",
        "person",
        "files",
        "library",
        "errors",
        "__init__",
    },
    "scaffolding": {"files", "person", "library", "errors"},
    "previewing": {"making", "reviewing", "files", "person", "library", "errors"},
    "cli": {
        "batch",
        "bundling",
        "previewing",
        "making",
        "quality",
        "reviewing",
        "scaffolding",
        "prescriptions",
        "inspecting",
        "composing",
        "selection",
        "files",
        "looks",
        "person",
        "library",
        "errors",
        "__init__",
    },
    "__main__": {"cli"},
    "__init__": {"making", "pdf", "html", "plain", "selection", "document", "person", "library", "errors"},
}
HOMES = {
    "openpyxl": {"batch"},
    "rich": {"cli"},
    "distributed": {"cli"},
    "reportlab": {"pdf"},
    "svglib": {"pdf"},
    "fontpkg": {"library"},
    "PIL": {"pdf"},
    "segno": {"pdf"},
    "pypdfium2": {"pdf"},
    "jinja2": {"composing"},
    "markdown_it": {"composing"},
    "yaml": {"library"},
    "pikepdf": {"inspecting", "pdf"},
    "typer": {"cli"},
    "watchfiles": {"previewing"},
}
AT_HOME_EVERYWHERE = {"msgspec"}  # records, as dataclasses are, and faster to start
NETWORK = {"socket", "ssl", "urllib", "http", "ftplib", "smtplib", "requests", "httpx", "aiohttp", "xmlrpc"}


def room(file):
    part = file.relative_to(HOUSE).parts[0]
    return part.removesuffix(".py")


def imports(file):
    """Every module that a file imports, at the top, in a function or for its types, with the line."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file}:{node.lineno}: imports are absolute"
            yield node.module, node.lineno
            if node.module == "handouts":
                for alias in node.names:
                    yield f"handouts.{alias.name}", node.lineno


def rooms_imported(file):
    """Every other room that a file imports from, with the line."""
    for name, line in imports(file):
        top, _, rest = name.partition(".")
        if top == "handouts" and rest:
            other = rest.split(".")[0]
            other = other if other in ARROWS else "__init__"
            if other != room(file):
                yield other, line


def show(file):
    return file.relative_to(HOUSE.parent).as_posix()


@pytest.mark.parametrize("file", MODULES, ids=show)
def test_imports_run_one_way(file):
    wrong = [
        f"{show(file)}:{line}: {room(file)} imports {other}"
        for other, line in rooms_imported(file)
        if other not in ARROWS[room(file)]
    ]
    assert wrong == []


def test_every_arrow_is_one_that_an_import_goes_along():
    used = {(room(file), other) for file in MODULES for other, _ in rooms_imported(file)}
    assert {(one, other) for one, others in ARROWS.items() for other in others} - used == set()


def test_every_library_is_imported_in_each_of_its_rooms():
    used = {(name.partition(".")[0], room(file)) for file in MODULES for name, _ in imports(file)}
    assert {(name, home) for name, homes in HOMES.items() for home in homes} - used == set()


@pytest.mark.parametrize("file", MODULES, ids=show)
def test_each_library_is_imported_in_its_own_room_only(file):
    wrong = []
    for name, line in imports(file):
        top = name.partition(".")[0]
        if top in sys.stdlib_module_names | {"handouts"} | AT_HOME_EVERYWHERE:
            continue
        assert top in HOMES, f"{show(file)}:{line}: say here which room {top} belongs to"
        if room(file) not in HOMES[top]:
            wrong.append(f"{show(file)}:{line}: {top}")
    assert wrong == []


def test_the_waist_needs_no_third_party_but_its_records():
    """msgspec's records start faster than dataclasses; document.py says why."""
    for module, _ in imports(HOUSE / "document.py"):
        assert module.partition(".")[0] in sys.stdlib_module_names | {"msgspec"}


def test_what_draws_knows_nothing_of_topics():
    known = {"handouts.library", *(f"handouts.library.{name}" for name in ("colour", "typefaces", "pictures"))}
    needed = set()
    for file in [*HOUSE.glob("pdf/*.py"), *HOUSE.glob("html/*.py")]:
        named = {name for name, _ in imports(file) if name.startswith("handouts.library")}
        assert named <= known, show(file)
        needed |= named
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "handouts.library":
                assert {alias.name for alias in node.names} == {"Brand"}, show(file)
    assert known == needed


@pytest.mark.parametrize("file", MODULES, ids=show)
def test_nothing_reads_the_network(file):
    assert not {name for name, _ in imports(file) if name.partition(".")[0] in NETWORK}


@pytest.mark.parametrize("file", MODULES, ids=show)
def test_a_module_has_one_idea(file):
    """Over 400 lines: find the second idea in it and give it a room."""
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("file", MODULES, ids=show)
def test_a_module_has_a_name_and_says_what_it_is_for(file):
    assert file.stem not in {"utils", "util", "helpers", "common", "base", "manager", "core", "misc"}
    assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))), f"{show(file)} has no docstring"


@pytest.mark.parametrize("file", MODULES, ids=show)
def test_only_the_command_line_prints_and_looks_at_the_working_directory(file):
    if room(file) == "cli":
        return
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in {"print", "os.getcwd"}, f"{show(file)}:{node.lineno}"


def test_the_rooms_of_the_rules_are_those_of_the_house():
    assert {room(file) for file in MODULES} == set(ARROWS)
