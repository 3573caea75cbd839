"""JSON Schemas: valid themselves, up to date on disk, and true of every shipped file."""

import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from handouts.library.schema import SCHEMAS, json_schema
from handouts.library.search_path import shipped_root

SHIPPED = shipped_root()
CONTENT = sorted(file for file in SHIPPED.glob("content/**/*.yaml"))
BRANDS = sorted(SHIPPED.glob("templates/brands/*.yaml"))
WORKSPACE = {
    "clinic.yaml": "clinic",
    "bundles/acute-athlete.yaml": "bundle",
    "content/audiences/dancer.yaml": "audience",
    "content/overlays/psoas-muscle-spasm.yaml": "overlay",
    "content/overlays/psoas-muscle-spasm.es.yaml": "overlay",
}


class PlainLoader(yaml.SafeLoader):
    """Reads what an editor reads: YAML 1.2 has no dates."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(file):
    return yaml.load(file.read_text(encoding="utf-8"), Loader=PlainLoader)  # noqa: S506  a safe loader of our own


def named_schema(file):
    """The schema that the file names in its first line."""
    found = re.match(r"# yaml-language-server: \$schema=(\S+)\n", file.read_text(encoding="utf-8"))
    assert found, f"{file} names no schema"
    return (file.parent / found[1]).resolve()


def ids(files):
    return [file.relative_to(SHIPPED).as_posix() for file in files]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_is_valid(kind):
    Draft202012Validator.check_schema(json_schema(kind))


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_schema_on_disk_is_up_to_date(kind):
    on_disk = json.loads((SHIPPED / f"content/schemas/{kind}.json").read_text(encoding="utf-8"))
    assert on_disk == json.loads(json.dumps(json_schema(kind)))


def test_no_schema_on_disk_is_left_over():
    assert {file.stem for file in (SHIPPED / "content/schemas").iterdir()} == set(SCHEMAS)


@pytest.mark.parametrize("file", CONTENT + BRANDS, ids=ids(CONTENT + BRANDS))
def test_a_shipped_file_names_its_schema_and_obeys_it(file):
    schema = named_schema(file)
    assert schema.parent == SHIPPED / "content/schemas"
    kind = "brand" if "brands" in file.parts else _kind(file.relative_to(SHIPPED / "content"))
    assert schema.stem == kind
    Draft202012Validator(json_schema(kind)).validate(load(file))


def _kind(file: Path) -> str:
    match file.parts:
        case ("check-baseline.yaml",):
            return "baseline"
        case ("audiences", _):
            return "audience"
        case ("languages", _):
            return "language"
        case ("topics", _, "topic.yaml" | "sources.yaml"):
            return file.stem
        case ("topics", _, "es", "topic.yaml"):
            return "topic-translation"
        case ("topics", _, "es", *_):
            return "translation"
        case ("topics", *_):
            return "section"
    return file.stem.removesuffix(".es")


@pytest.mark.parametrize(("name", "kind"), WORKSPACE.items())
def test_a_file_of_the_example_workspace_obeys_its_schema(name, kind):
    value = load(SHIPPED / "templates/workspace" / name)
    Draft202012Validator(json_schema(kind)).validate({} if value is None else value)  # remarks alone say nothing


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("section", {"title": "A", "kind": "list", "groups": [{"id": "a", "tilte": "B"}]}),
        ("section", {"title": "A", "kind": "lists", "groups": [{"id": "a"}]}),
        ("section", {"title": "A", "kind": "list", "groups": []}),
        ("clinic", {"name": 5}),
        ("clinic", {"colours": {"accent": "red"}}),
        ("audience", {"title": ""}),
        ("bundle", {"title": "A", "handouts": []}),
        ("bundle", {"title": "A", "handouts": [{"items": 0}]}),
        ("overlay", {"hide": ["no-section"]}),
        ("translation", {"title": "A", "groups": [{"id": "a"}]}),
        ("translation", {"title": "A", "groups": {"No Id": {}}}),
        ("topic-translation", {"title": "A", "draft": "yes"}),
    ],
)
def test_a_schema_refuses_what_the_loader_refuses(kind, value):
    assert not Draft202012Validator(json_schema(kind)).is_valid(value)
