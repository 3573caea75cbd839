"""What a clinician is asked to read: a topic's text under its headings, or what has changed since it was signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from handouts.library.reviews import OLDEST
from handouts.reviewing import standing, text_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from handouts.library import Audience, Library, Topic
    from handouts.library.reviews import Signature
    from handouts.reviewing import Standing

_CLOSING = """
A signature covers these words and the pictures. It does not cover the disclaimer, the fixed words of the
page, what a template adds, your clinic's name and numbers, or what a clinician types for one patient."""


class Reading(Struct, frozen=True):
    """The lines to read. `of_whole`: the audience was not signed alone, so they are about the topic, which was."""

    lines: tuple[str, ...]
    of_whole: bool


def to_read(library: Library, topic: Topic, audience: Audience | None, today: dt.date, *, full: bool) -> Reading:
    """What there is to read of a topic, or of an audience's sheets of it: all of it when it is `full` or unsigned."""
    found = standing(library, topic, audience, today)
    whole = standing(library, topic, None, today)
    of_whole = found.signature is None and whole.signature is not None
    if of_whole:
        found, audience = whole, None
    now = text_of(library, topic, audience)
    lines = list(_opening(library, topic, found))
    if found.signature is None or full:
        lines += _with_headings(now, topic, _boxes(library, topic))
    else:
        lines += _difference(library.signed_text(found.signature.hash), now, found.signature)
    return Reading((*lines, _CLOSING), of_whole)


def _opening(library: Library, topic: Topic, standing: Standing) -> Iterator[str]:
    """What this is, and who has signed it."""
    whose = library.audience(standing.audience, topic.language).label if standing.audience else "for all readers"
    language = library.language(topic.language).name
    yield f"{topic.title} ({topic.id}), {whose}, {language}, version {topic.file.version}"
    signature = standing.signature
    if signature is None:
        yield "Not signed yet."
        return
    signed, due = signature.signed.isoformat(), signature.due.isoformat()
    yield f"Signed by {signature.reviewer} on {signed}, to be read again by {due}."
    if not standing.same:
        yield "Words have changed since: pages that hold them say that no clinician has reviewed them."
    elif standing.state == "due":
        yield "The words are as they were signed. It is time to read them again."
    if standing.state == "outdated":
        yield f"The text is more than {OLDEST} years old: it prints with --allow-outdated only."


def _boxes(library: Library, topic: Topic) -> dict[str, str]:
    """What stands above the warning signs of each urgency, as the page has it."""
    called = library.language(topic.language).urgency
    emergency = library.brand(None).emergency
    return {urgency: words.replace("{emergency}", emergency) for urgency, words in called.items()}


def _with_headings(lines: tuple[str, ...], topic: Topic, boxes: dict[str, str]) -> Iterator[str]:
    """The text, each section under its title, each urgency with the words of its box."""
    titles = {section.id: section.file.title for section in topic.sections} | {"glossary": "Medical words"}
    before = ""
    for line in lines:
        name = line.partition(": ")[0].partition(".")[0].partition("/")[0]
        if name != before:
            heading = titles.get(name, topic.title)
            yield from ("", heading, "-" * len(heading))
            before = name
        urgency = line.rpartition(".urgency: ")[2]
        yield f"{line} ({boxes[urgency]})" if urgency != line and urgency in boxes else line


def _difference(signed: tuple[str, ...], now: tuple[str, ...], signature: Signature) -> Iterator[str]:
    """What was taken away (-) and what came (+) since the signature."""
    import difflib

    difference = list(
        difflib.unified_diff(signed, now, f"signed {signature.signed.isoformat()}", "now", lineterm="", n=1)
    )
    yield "" if difference else "No word has changed since (--full shows the text)."
    yield from difference
