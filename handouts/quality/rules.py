"""Rules that a topic's content keeps. Each has its id from docs/rules and says where, what and what to do.

A rule is a function from a topic to diagnostics. Severity "warning" is for what only a person can judge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.library.figures import named_figures
from handouts.library.overlays import fingerprint, section_fingerprint
from handouts.library.topics import ARTICLE, items_by_reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handouts.errors import Diagnostic
    from handouts.library import Topic

LONGEST_LIST = 7
LONGEST_CAPTION = 20


def short_groups(topic: Topic) -> Iterator[Diagnostic]:
    """R05: no list over seven items without sub-headings (CDC Clear Communication Index 8)."""
    for section in topic.sections:
        for index, group in enumerate(section.file.groups):
            if len(group.items) > LONGEST_LIST:
                yield section.source.diagnostic(
                    ("groups", index, "items"),
                    "R05",
                    f"{len(group.items)} items in one group",
                    f"split the group: at most {LONGEST_LIST} under one sub-heading",
                )


def cited_claims(topic: Topic) -> Iterator[Diagnostic]:
    """R31: each section that claims cites a source (JAMA benchmarks)."""
    for section in topic.sections:
        if section.file.kind == "checklist" and section.file.answer_lines:
            continue
        cited = section.file.sources or any(item.sources or item.source for _, item in section.grouped_items())
        if not cited:
            yield section.source.diagnostic((), "R31", "no source is cited in this section", "add sources: […]")


def used_sources(topic: Topic) -> Iterator[Diagnostic]:
    """R31: a source that nothing cites is a slip. What a clinic hid still counts."""
    used = {ARTICLE}
    for section in topic.shipped or topic.sections:
        used.update(section.file.sources)
        for _, each in section.grouped_items():
            used.update(each.sources)
    unused = sorted(source.id for source in topic.sources if source.id not in used)
    if unused and topic.sections:
        shown = ", ".join(unused[:5]) + (", …" if len(unused) > 5 else "")
        yield topic.source.diagnostic(
            (),
            "R31",
            f"nothing cites these sources: {shown}",
            "cite them, or delete them",
            severity="warning",
        )


def short_captions(topic: Topic) -> Iterator[Diagnostic]:
    """R27: a caption has at most 20 words (PEMAT 17). The models see to it that it is there, and alternate text."""
    for named in named_figures(topic):
        count = len(named.figure.caption.split())
        if count > LONGEST_CAPTION:
            yield named.source.diagnostic(
                (*named.path, "figure", "caption"),
                "R27",
                f"this caption has {count} words",
                f"at most {LONGEST_CAPTION}: say what the picture shows, and leave the rest to the text",
            )


def fresh_overlay(topic: Topic) -> Iterator[Diagnostic]:
    """C305: a clinic's words replace the shipped text that the clinic read, not one that changed since."""
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


def fresh_translation(topic: Topic) -> Iterator[Diagnostic]:
    """R42: a translation holds the fingerprint of the text it translates, and says when nobody has checked it."""
    if topic.translation is None:
        return
    for source, of, now in topic.translation.texts:
        if of != now:
            yield source.diagnostic(
                ("of",),
                "R42",
                "the text has changed since it was translated",
                f"read the text again, mend the translation, then set of: {now}",
                severity="warning",
            )
    if topic.translation.draft:
        yield topic.source.diagnostic(
            ("draft",),
            "R42",
            "this translation is a draft; every page says so",
            "have a translator check it, then write translator: and delete draft:",
            severity="warning",
        )


# The other rules are about the original's structure, which a translation does not touch.
TRANSLATION_RULES: tuple[Callable[[Topic], Iterator[Diagnostic]], ...] = (fresh_overlay, fresh_translation)
RULES: tuple[Callable[[Topic], Iterator[Diagnostic]], ...] = (
    short_groups,
    cited_claims,
    used_sources,
    short_captions,
    fresh_overlay,
)
