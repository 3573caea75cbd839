"""A clinic's overlay beside the topic that it changes: what came apart since it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.errors import Diagnostic
from handouts.library.overlays import fingerprint, section_fingerprint
from handouts.library.topics import items_by_reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handouts.library import Library, Topic


def fresh_overlay(topic: Topic) -> Iterator[Diagnostic]:
    """A clinic's words replace the shipped text that the clinic read, not one that changed since."""
    if topic.overlay is None or topic.shipped is None:
        return
    overlay, source = topic.overlay
    items = {name: fingerprint(item) for name, item in items_by_reference(topic.shipped).items()}
    sections = {section.id: section_fingerprint(section.file) for section in topic.shipped}
    for index, change in enumerate(overlay.change):
        now = items.get(change.item or "") or sections.get(change.section or "")
        if now is None or change.replaces == now:
            continue
        if change.replaces is None:
            yield source.diagnostic(
                ("change", index),
                "C306",
                "says not which shipped text it replaces",
                f"add replaces: {now}, and check will tell you when the shipped text changes",
                severity="warning",
            )
        else:
            yield source.diagnostic(
                ("change", index, "replaces"),
                "C305",
                "the shipped text has changed since you replaced it",
                f"read the new text, mend yours if need be, then set replaces: {now}",
                severity="warning",
            )


def overlay_of_one_language(topic: Topic, translated: Iterable[Topic]) -> Iterator[Diagnostic]:
    """What a clinic changed in one language prints as it is shipped in another."""
    for each in translated:
        if topic.overlay and not each.overlay:
            message = f"in {each.language} the topic prints as it is shipped: this file changes {topic.language} only"
            hint = f"write {topic.id}.{each.language}.yaml beside it if you print in {each.language}"
            yield topic.overlay[1].diagnostic((), "C307", message, hint, severity="warning")


def overlays_without_topic(library: Library) -> Iterator[Diagnostic]:
    """Overlays whose topic, or its translation, does not exist."""
    for name, (root, file) in library.path.names("content/overlays", ".yaml").items():
        topic, dot, language = name.partition(".")
        if topic in library.topic_ids and (not dot or language in library.translations(topic)):
            continue
        message = f'there is no topic "{topic}"{f" in {language}" if dot else ""} to change'
        hint = "name the file after its topic (TOPIC.yaml, or TOPIC.es.yaml for a translation)"
        yield Diagnostic("C302", message, hint, root.show(file))
