"""`handouts list`: what there is to choose from."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from handouts.cli import completion
from handouts.cli.reporting import Workspace, open_library, reporting, say, show, table
from handouts.errors import Diagnostic, UsageError, nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from handouts.library import Library, Topic

Row = dict[str, Any]


class Kind(StrEnum):
    """What can be listed."""

    topics = "topics"
    sections = "sections"
    items = "items"
    sources = "sources"
    glossary = "glossary"
    audiences = "audiences"
    templates = "templates"
    plans = "plans"
    brands = "brands"
    bundles = "bundles"
    editions = "editions"


@reporting
def list_(
    kind: Annotated[Kind, typer.Argument(help="What to list.")],
    topic: Annotated[
        str | None,
        typer.Argument(help="The topic, for sections, items and sources.", autocompletion=completion.topics),
    ] = None,
    *,
    language: Annotated[
        str | None,
        typer.Option(
            "--language",
            help="The language of a topic's sections, items and sources, or of the glossary.",
            autocompletion=completion.languages,
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    workspace: Workspace = None,
) -> None:
    """List what there is to choose from. The glossary shows each word as it prints at its first use on a sheet.

    Example: handouts list items psoas-muscle-spasm --json
    """
    from handouts.library import NO_WORKSPACE

    library = open_library(workspace)
    if kind == Kind.glossary:
        rows = _glossary(library, language or library.defaults.language)
    elif kind in _OF_TOPIC:
        if topic is None:
            raise UsageError(
                Diagnostic("U107", f"whose {kind.value}?", f"name a topic: {nearest('', library.topic_ids)}")
            )
        rows = _OF_TOPIC[kind](library, library.topic(topic, language))
    elif language:
        hint = "leave --language out; it is for the glossary, and for sections, items and sources of a topic"
        raise UsageError(Diagnostic("U107", f"{kind.value} are the same in every language", hint))
    else:
        rows = _OF_LIBRARY[kind](library)
    if not rows and library.path.workspace is None:
        say(f"no {kind.value}: {NO_WORKSPACE}")
    if as_json:
        show(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        table([_shown(row) for row in rows])


def _shown(row: Row) -> Row:
    """A row as a person reads it: a glossary word as it prints, and how to have what prints nowhere by default."""
    if "prints" in row:
        return {name: row[name] for name in ("prints", "forms")}
    if "prints_for" in row and not row["prints_for"]:
        return row | {"prints_for": "(only when it is asked for)"}
    return row


def _topics(library: Library) -> list[Row]:
    rows = []
    for name in library.topic_ids:
        topic = library.topic(name)
        rows.append(
            {
                "id": name,
                "title": topic.title,
                "language": topic.language,
                "translations": list(library.translations(name)),
                "version": topic.file.version,
            }
        )
    return rows


def _sections(library: Library, topic: Topic) -> list[Row]:
    from handouts.quality.reach import reach

    reached = reach(library, topic)
    translated = {
        language: {section.id for section in library.topic(topic.id, language).sections}
        for language in library.translations(topic.id)
    }
    return [
        {
            "id": section.id,
            "kind": section.file.kind,
            "items": sum(1 for _ in section.grouped_items()),
            "title": section.file.title,
            "translations": [language for language, ids in translated.items() if section.id in ids],
            "prints_for": list(reached[section.id]),
        }
        for section in topic.sections
    ]


def _items(library: Library, topic: Topic) -> list[Row]:
    """The items of each section, and its paragraphs, which are chosen as items are."""
    from handouts.quality.reach import paragraph_name, paragraphs, reach

    lineages = {name: library.audience(name).lineage for name in library.audience_ids}
    reached = reach(library, topic)
    rows: list[Row] = []
    for section in topic.sections:
        rows += (
            {
                "id": group.id,
                "section": section.id,
                "group": None,
                "term": paragraph_name(group),
                "source": None,
                "priority": {},  # the first ones print first
                "prints_for": list(reached[f"{section.id}.{group.id}"]),
            }
            for group in paragraphs(section)
        )
        rows += (
            {
                "id": item.id,
                "section": section.id,
                "group": group.id,
                "term": item.term,
                "source": item.source,
                "priority": {name: item.priority_for(lineage) for name, lineage in lineages.items()},
                "prints_for": list(reached[f"{section.id}/{item.id}"]),
            }
            for group, item in section.grouped_items()
        )
    return rows


def _sources(_: Library, topic: Topic) -> list[Row]:
    return [
        {
            "id": source.id,
            "publisher": source.publisher,
            "title": source.title,
            "date": None if source.date is None else str(source.date),
            "accessed": source.accessed.isoformat() if source.accessed else None,
            "address": source.address,
        }
        for source in topic.sources
    ]


def _glossary(library: Library, chosen: str | None) -> list[Row]:
    """Each medical word with its meaning, and as a sentence has both: the place to see whether it reads well there."""
    from handouts.composing.glossary import Glossary
    from handouts.library import PLAIN_LANGUAGE

    language = chosen or PLAIN_LANGUAGE
    if language not in library.language_ids:
        raise UsageError(
            Diagnostic("U101", f'there is no language "{language}"', nearest(language, library.language_ids))
        )
    terms = sorted(library.glossary(language), key=lambda each: each.term.casefold())
    glossary = Glossary(terms)
    return [
        {
            "term": term.term,
            "forms": list(term.forms),
            "meaning": term.meaning,
            "prints": glossary.explained(term.term),
        }
        for term in terms
    ]


def _audiences(library: Library) -> list[Row]:
    return [
        {
            "id": name,
            "title": library.audience(name).title,
            "label": library.audience(name).label,
            "languages": list(library.audience(name).languages),
        }
        for name in library.audience_ids
    ]


def _templates(library: Library) -> list[Row]:
    rows = []
    for name in library.template_ids:
        found = library.path.find(f"templates/{name}.xml.jinja")
        text = found[1].read_text(encoding="utf-8", errors="replace") if found else ""
        rows.append({"id": name, "description": _opening_comment(text)})
    return rows


def _opening_comment(template: str) -> str:
    """The words of the {# comment #} that a template begins with."""
    opening, closed, _ = template.lstrip().partition("#}")
    if not closed or not opening.startswith("{#"):
        return ""
    return " ".join(opening.removeprefix("{#").strip("-").split())


def _plans(library: Library) -> list[Row]:
    rows = []
    for name in library.plan_ids:
        plan = library.plan(name).file
        exercises = [each.id for each in plan.exercises]
        rows.append({"id": name, "topic": plan.topic, "title": plan.title, "weeks": plan.weeks, "exercises": exercises})
    return rows


def _brands(library: Library) -> list[Row]:
    return [{"id": name, "name": library.brand(name).name} for name in library.brand_ids]


def _bundles(library: Library) -> list[Row]:
    rows = []
    for name in library.bundle_ids:
        bundle = library.bundle(name)
        templates = [each.template or library.defaults.template for each in bundle.handouts]
        topics = list(dict.fromkeys(each.topic for each in bundle.handouts))
        rows.append({"id": name, "title": bundle.title, "topics": topics, "templates": templates})
    return rows


def _editions(_: Library) -> list[Row]:
    from handouts.looks import EDITIONS

    about = {
        "standard": "12 pt text",
        "large-print": "18 pt, for people who see less well",
    }
    return [{"id": name, "description": about[name]} for name in EDITIONS]


_OF_TOPIC: dict[Kind, Callable[[Library, Topic], list[Row]]] = {
    Kind.sections: _sections,
    Kind.items: _items,
    Kind.sources: _sources,
}
_OF_LIBRARY: dict[Kind, Callable[[Library], list[Row]]] = {
    Kind.topics: _topics,
    Kind.audiences: _audiences,
    Kind.templates: _templates,
    Kind.plans: _plans,
    Kind.brands: _brands,
    Kind.bundles: _bundles,
    Kind.editions: _editions,
}
