"""What stands on every handout whatever its template: footer, provenance and the full disclaimer. Phase 3, COMPOSE.

The words come from the content library. No template and no brand can lose them.
"""

from __future__ import annotations

import datetime as dt
import re
from itertools import groupby
from typing import TYPE_CHECKING

from handouts.document import (
    Block,
    Furniture,
    Heading,
    Paragraph,
    Section,
    Span,
    Text,
)
from handouts.library.languages import NO_TIME

if TYPE_CHECKING:
    from collections.abc import Callable

    from handouts.library import Brand
    from handouts.library.languages import LanguageFile
    from handouts.library.models import DisclaimerFile, Source
    from handouts.library.reviews import Review
    from handouts.selection import Selection


# A patient needs to know what a sheet rests on, not two pages of references; all of them stand in the topic.
MAIN_SOURCES = 3


def long_date(date: dt.date, words: LanguageFile) -> str:
    """A date as the language writes it: `3 de enero de 2026`."""
    month = words.months[date.month - 1]
    return words.date.replace("{day}", str(date.day)).replace("{month}", month).replace("{year}", str(date.year))


_TYPED = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:(?:T(?P<hour>\d{2}):(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?"
    r"| +(?P<hour_24>\d{2}):(?P<minute_24>\d{2})(?::\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?)"
    rf"(?![^\s,;])(?!{NO_TIME}))?(?=[\s,;]|$)"
)


def spoken_date(text: str, words: LanguageFile) -> str:
    """A date that was typed as year-month-day (spreadsheets and other programs do) as the language writes it.

    So is a time of day with it (`2026-12-09 14:30`, `2026-12-09T14:30:00Z`), but for midnight, by which programs mean
    none. What follows stays, and so does any other text.
    """
    typed = _TYPED.match(text)
    if typed is None:
        return text
    try:
        spoken = long_date(dt.date.fromisoformat(typed["day"]), words)
        hour, minute = typed["hour"] or typed["hour_24"], typed["minute"] or typed["minute_24"]
        time = dt.time(int(hour or 0), int(minute or 0))
    except ValueError:  # February 30
        return text
    if time != dt.time():
        spoken = _with_time(spoken, time, words)
    return f"{spoken}{text[typed.end() :]}"


def _with_time(date: str, time: dt.time, words: LanguageFile) -> str:
    """A date and a time of day as the language writes them: `December 9, 2026, 2:30 pm`."""
    hour, half = time.hour, ""
    if words.halves:
        hour, half = (time.hour - 1) % 12 + 1, words.halves[time.hour >= 12]
    written = words.date_time.replace("{hour}", str(hour)).replace("{minute}", f"{time.minute:02}")
    return written.replace("{half}", half).replace("{date}", date)


def review_lines(selection: Selection, words: LanguageFile, review: Review) -> list[str]:
    """Who reviewed the text and when, or that nobody has yet (R29); that it is a draft (R42), or old (R30).

    A translator and a reviewer are two roles: a signature does not end a draft. Nor is a reviewer named for a dose that
    was chosen later, by the clinician who hands the sheet out.
    """
    topic = selection.topic
    lines = [words.not_reviewed]
    if review.signature:
        date = long_date(review.signature.signed, words)
        pattern = words.text_reviewed_by if selection.dosed else words.reviewed_by
        lines = [pattern.replace("{date}", date).replace("{reviewer}", review.signature.reviewer)]
    if topic.file.draft:
        lines.append(words.draft_topic)
    if topic.translation and topic.translation.draft:
        lines.append(words.draft)
    if review.outdated:
        lines.append(words.outdated.replace("{date}", long_date(review.since, words)))
    return lines


def furniture(
    selection: Selection, words: LanguageFile, disclaimer: DisclaimerFile, brand: Brand, review: Review
) -> Furniture:
    """Header and footer of every page."""
    topic = selection.topic
    version = words.version.replace("{version}", topic.file.version)
    lines = [version, *(line.rstrip(".") for line in review_lines(selection, words, review))]
    version_line = words.list_separator.join(lines)
    for day in (review.signature.signed if review.signature else review.since, review.since):
        date = long_date(day, words)  # it never breaks in the narrow footer
        version_line = version_line.replace(date, date.replace(" ", "\N{NO-BREAK SPACE}"))
    names = (topic.title, selection.audience.label, words.sheet_name(selection.template))
    return Furniture(
        disclaimer=disclaimer.short.replace("{emergency}", brand.emergency),
        version_line=version_line,
        page_label=words.page,
        running_title=words.list_separator.join(name for name in names if name),
        skip_link=words.skip,
        picture_label=words.picture,
    )


def about(
    selection: Selection,
    words: LanguageFile,
    disclaimer: DisclaimerFile,
    brand: Brand,
    review: Review,
    parse: Callable[[str], tuple[Block, ...]],
) -> tuple[Block, ...]:
    """The closing part: who wrote it, when, from what, and the full disclaimer."""
    topic = selection.topic
    provenance = topic.provenance
    translator = topic.translation.translator if topic.translation else None
    lines = [
        words.author.replace("{author}", provenance.author),
        *([words.translated_by.replace("{translator}", translator)] if translator else ()),
        *review_lines(selection, words, review),
        words.published.replace("{date}", long_date(provenance.published, words)),
        words.review_due.replace("{date}", long_date(review.due, words)),
        f"{words.version.replace('{version}', topic.file.version)}.",
    ]
    blocks: list[Block] = [Heading(2, (Text(words.about),)), Paragraph((Text(" ".join(lines)),), "fine")]
    if selection.sources:
        blocks.append(_source_list(selection.sources, words, topic.translation.original if topic.translation else None))
    full = list(parse(disclaimer.full.replace("{emergency}", brand.emergency)))
    lead_in = Span((Text(f"{disclaimer.title}. "),), "lead-in")
    if full and isinstance(full[0], Paragraph):
        full[0] = Paragraph((lead_in, *full[0].children))
    else:
        full.insert(0, Paragraph((lead_in,)))
    fine = tuple(Paragraph(block.children, "fine") if isinstance(block, Paragraph) else block for block in full)
    return (Section("about", (*blocks, *fine)),)


def _source_list(sources: tuple[Source, ...], words: LanguageFile, language: str | None) -> Paragraph:
    """The most cited sources in one paragraph, by publisher: title and year of each.

    `language` is theirs when it is not the sheet's.
    """
    parts: list[Text] = []
    ordered = sorted(sources[:MAIN_SOURCES], key=lambda source: source.publisher.casefold())
    for index, (publisher, group) in enumerate(groupby(ordered, key=lambda source: source.publisher)):
        titles = "; ".join(source.title + (f" ({str(source.date)[:4]})" if source.date else "") for source in group)
        parts.append(Text(f"{' ' if index else ''}{publisher}: {titles}."))
    lead_in = Span((Text(f"{words.sources} "),), "lead-in")
    return Paragraph((lead_in, *([Span(tuple(parts), language=language)] if language else parts)), "fine")
