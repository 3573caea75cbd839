"""Rules about how hard the words are to read: grades, sentences, paragraphs.

`quality/reading` measures; here stand the limits, and what is said about them. A language without formulas is not
judged (R43).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.quality import reading
from handouts.quality.reading import length
from handouts.quality.rules.rule import Fault, rule
from handouts.quality.rules.written_texts import beginning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.errors import Severity
    from handouts.quality.reading import Figure, Prepared
    from handouts.quality.rules.rule import Where
    from handouts.quality.rules.subjects import ComposedSheet, WrittenTopic

# A section of fewer sentences is not graded by itself: a single word would move its grade by half a year.
FEW_SENTENCES = 10


@rule("R01", "page", measures=True)
def first_grade_of_sheet(sheet: ComposedSheet) -> Iterator[Fault]:
    """A sheet's SMOG grade is 8 at most; in Spanish its ease (INFLESZ) is 65 at least."""
    yield from _sheet_level(sheet, "R01")


@rule("R02", "page", measures=True)
def second_grade_of_sheet(sheet: ComposedSheet) -> Iterator[Fault]:
    """A sheet's Flesch–Kincaid grade is 6 at most; in Spanish Crawford's is."""
    yield from _sheet_level(sheet, "R02")


@rule("R01", "whole", measures=True)
def first_grade_of_sections(sheet: ComposedSheet) -> Iterator[Fault]:
    """So is that of each section of ten sentences or more, with everything in it."""
    yield from _section_levels(sheet, "R01")


@rule("R02", "whole", measures=True)
def second_grade_of_sections(sheet: ComposedSheet) -> Iterator[Fault]:
    """So is that of each section of ten sentences or more, with everything in it."""
    yield from _section_levels(sheet, "R02")


def _sheet_level(sheet: ComposedSheet, rule_id: str) -> Iterator[Fault]:
    if sheet.prepared:
        where = (sheet.written.topic.source, ("title",))
        yield from _level(sheet.prepared, sheet.figures, rule_id, where, f"the sheet {sheet.name}")


def _section_levels(sheet: ComposedSheet, rule_id: str) -> Iterator[Fault]:
    for section in sheet.selection.sections:
        part = sheet.parts.get(section.id)
        if part and len(part.sentences) >= FEW_SENTENCES:
            yield from _level(part, reading.measure(part), rule_id, sheet.section(section.id), f'"{section.title}"')


def _level(prepared: Prepared, figures: tuple[Figure, ...], rule_id: str, where: Where, what: str) -> Iterator[Fault]:
    for figure in figures:
        if figure.rule == rule_id and not figure.passes:
            sentences = len(prepared.sentences)
            small = f" (a small sample: {sentences} sentences)" if sentences < reading.SMALL_SAMPLE else ""
            message = f"{figure.name} {figure.value:.1f} for {what}{small}"
            yield Fault(where, message, _remedy(prepared, figure))


def _remedy(prepared: Prepared, figure: Figure) -> str:
    """What to change first."""
    limit = f"at {'least' if figure.more_is_easier else 'most'} {figure.limit:.0f}"
    frequent = ", ".join(word for word, _ in reading.long_words(prepared).most_common(6))
    longest = max(prepared.sentences, key=lambda each: len(each.words))
    return f'{limit}: shorter words for {frequent}; a shorter sentence for "{beginning(longest.text)}"'


@rule("R03", "words", severity="warning", measures=True)
def short_sentences(written: WrittenTopic) -> Iterator[Fault]:
    """A sentence has at most 20 words; more than 25 are an error. R27 counts those of a caption."""
    for match in length.long_sentences(written.prepared) if written.prepared else ():
        if written.said[match.passage_index].kind == "caption":
            continue
        count = len(match.sentence.words) if match.sentence else 0
        message = f'{count} words in a sentence: "{beginning(match.text)}"'
        severity: Severity | None = "error" if count > length.TOO_LONG_SENTENCE else None
        yield Fault(written.place(match), message, f"at most {length.LONG_SENTENCE}: make two of it", severity)


@rule("R03", "page", measures=True)
def short_on_average(sheet: ComposedSheet) -> Iterator[Fault]:
    """The sentences of a sheet have at most 15 words on average."""
    mean = length.mean_length(sheet.prepared) if sheet.prepared else 0
    if mean > length.LONGEST_MEAN:
        where = (sheet.written.topic.source, ("title",))
        message = f"{mean:.1f} words in a sentence on average on the sheet {sheet.name}"
        yield Fault(where, message, f"at most {length.LONGEST_MEAN}: divide the longest")


@rule("R04", "words", measures=True)
def short_paragraphs(written: WrittenTopic) -> Iterator[Fault]:
    """A paragraph has at most four sentences and 60 words."""
    for match, sentences, words in length.long_paragraphs(written.prepared) if written.prepared else ():
        message = f'{sentences} sentences, {words} words in a paragraph: "{beginning(match.text)}"'
        hint = f"at most {length.MOST_SENTENCES} sentences and {length.MOST_WORDS} words: divide it, or say less"
        yield Fault(written.place(match), message, hint)
