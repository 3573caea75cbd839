"""Whom a topic's sections and items reach: what prints by default, for which audiences, and what on no sheet at all.

No rule: a topic may well hold more than any sheet prints, for a clinician to ask for. Whoever writes it should see
which part that is (`handouts list sections`, `handouts list items`, the report).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.selection import select

if TYPE_CHECKING:
    from handouts.library import Library, Topic


def reach(library: Library, topic: Topic) -> dict[str, tuple[str, ...]]:
    """The audiences that get a section (`section`) or an item (`section/item`) on one of their sheets by default.

    Of the topic as it is written; what nobody gets has no audiences.
    """
    found: dict[str, dict[str, None]] = {}
    for section in topic.sections:
        found[section.id] = {}
        found |= {f"{section.id}/{item.id}": {} for _, item in section.grouped_items()}
    for name in library.audience_ids:
        for template in library.template_ids:
            for selected in select(topic, library.audience(name), template=template).sections:
                items = (f"{selected.id}/{item.id}" for group in selected.groups for item in group.items)
                for reference in (selected.id, *items):
                    found[reference][name] = None
    return {reference: tuple(names) for reference, names in found.items()}
