"""Whom a topic's sections, paragraphs and items reach: what prints by default, for whom, and what on no sheet at all.

No rule: a topic may well hold more than any sheet prints, for a clinician to ask for. Whoever writes it should see
which part that is (`handouts list sections`, `handouts list items`, the report).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.quality.rules.written_texts import beginning
from handouts.selection import select

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handouts.library import Library, Section, Topic
    from handouts.library.models import Group


def reach(library: Library, topic: Topic) -> dict[str, tuple[str, ...]]:
    """The audiences that get a section (`section`), a paragraph or an item on one of their sheets by default.

    A paragraph is `section.group`, an item `section/item`. Of the topic as it is written; what nobody gets has no
    audiences.
    """
    found: dict[str, dict[str, None]] = {}
    for section in topic.sections:
        found[section.id] = {}
        found |= {f"{section.id}.{group.id}": {} for group in paragraphs(section)}
        found |= {f"{section.id}/{item.id}": {} for _, item in section.grouped_items()}
    for name in library.audience_ids:
        for template in library.template_ids:
            for selected in select(topic, library.audience(name), template=template).sections:
                items = [f"{selected.id}/{item.id}" for group in selected.groups for item in group.items]
                alone = [f"{selected.id}.{group.id}" for group in selected.groups if not group.items]
                for reference in (selected.id, *alone, *items):
                    found[reference][name] = None
    return {reference: tuple(names) for reference, names in found.items()}


def paragraphs(section: Section) -> Iterator[Group]:
    """The groups that are a paragraph: they print, or do not, without any items."""
    return (group for group in section.file.groups if not group.items)


def unprinted_parts(topic: Topic, reached: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """What prints nowhere of sections that print, paragraphs first: a name for it, and its section's title."""
    nowhere = {reference for reference, names in reached.items() if not names}
    printing = [section for section in topic.sections if section.id not in nowhere]
    for section in printing:
        for group in paragraphs(section):
            if f"{section.id}.{group.id}" in nowhere:
                yield paragraph_name(group), section.file.title
    for section in printing:
        for _, item in section.grouped_items():
            if f"{section.id}/{item.id}" in nowhere:
                yield beginning(item.term), section.file.title


def paragraph_name(group: Group) -> str:
    """The paragraph's title, or how it begins."""
    return group.title or beginning(group.text or "") or group.id
