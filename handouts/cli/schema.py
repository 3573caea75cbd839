"""`handouts schema`: JSON Schemas, for editors that complete and check YAML."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from handouts.cli.reporting import reporting, show


class Kind(StrEnum):
    """A kind of YAML file."""

    topic = "topic"
    section = "section"
    translation = "translation"
    topic_translation = "topic-translation"
    sources = "sources"
    audience = "audience"
    clinic = "clinic"
    brand = "brand"
    overlay = "overlay"
    bundle = "bundle"
    plan = "plan"
    glossary = "glossary"
    plain_words = "plain-words"
    disclaimer = "disclaimer"
    language = "language"
    reviews = "reviews"
    baseline = "baseline"


@reporting
def schema(kind: Annotated[Kind, typer.Argument(help="The kind of file.")]) -> None:
    """Print the JSON Schema of a kind of file.

    Example: handouts schema clinic > clinic.schema.json
    """
    from handouts.library.schema import json_schema

    show(json.dumps(json_schema(kind.value), ensure_ascii=False, indent=2))
