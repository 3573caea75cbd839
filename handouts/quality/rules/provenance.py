"""Rules about where a topic comes from: its sources, its review, its translation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.library.topics import ARTICLE
from handouts.quality.rules.rule import Fault, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.quality.rules.subjects import WrittenTopic


@rule("R31", "topic")
def cited_claims(written: WrittenTopic) -> Iterator[Fault]:
    """Each section that claims cites a source; questions to ask claim nothing."""
    for section in written.topic.sections:
        if section.file.kind == "checklist" and section.file.answer_lines:
            continue
        if not (section.file.sources or any(item.sources or item.source for _, item in section.grouped_items())):
            yield Fault((section.source, ()), "no source is cited in this section", "add sources: […]")


@rule("R31", "topic", severity="warning")
def used_sources(written: WrittenTopic) -> Iterator[Fault]:
    """A source that nothing cites is a slip. What a clinic hid still counts."""
    topic = written.topic
    used = {ARTICLE}
    for section in topic.shipped or topic.sections:
        used.update(section.file.sources)
        for _, each in section.grouped_items():
            used.update(each.sources)
    unused = sorted(source.id for source in topic.sources if source.id not in used)
    if unused and topic.sections:
        shown = ", ".join(unused[:5]) + (", …" if len(unused) > 5 else "")
        yield Fault((topic.source, ()), f"nothing cites these sources: {shown}", "cite them, or delete them")


@rule("R42", "translation", severity="warning")
def fresh_translation(written: WrittenTopic) -> Iterator[Fault]:
    """A translation is of the text as it is now, and somebody has checked it. That it says so is required (R42)."""
    translation = written.topic.translation
    if translation is None:
        return
    for source, of, now in translation.texts:
        if of != now:
            message = "the text has changed since it was translated"
            hint = f"read the text again, mend the translation, then set of: {now}"
            yield Fault((source, ("of",)), message, hint)
    if translation.draft:
        yield Fault(
            (written.topic.source, ("draft",)),
            "this translation is a draft; every page says so",
            "have a translator check it, then write translator: and delete draft:",
        )
