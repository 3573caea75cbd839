"""Rules about how hard the words are to read: grades, sentences, paragraphs.

`quality/reading` measures; here stand the limits, and what is said about them. A language without formulas is not
judged (R43).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.quality import reading
from handouts.quality.rules.passages import beginning
from handouts.quality.rules.rule import Fault, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.quality.reading import Figure, Prepared
    from handouts.quality.rules.rule import Where
    from handouts.quality.rules.subjects import ComposedSheet, WrittenTopic

LONG_SENTENCE = 20
LONGEST_SENTENCE = 25
MEAN_SENTENCE = 15
MOST_SENTENCES = 4
LONGEST_PARAGRAPH = 60
# Of a section of fewer sentences the grade only warns: a single word moves it by half a grade.
FEW_SENTENCES = 10


@rule("R01", "page")
def first_grade_of_sheet(sheet: ComposedSheet) -> Iterator[Fault]:
    """A sheet's SMOG grade is 8 at most; in Spanish its ease (INFLESZ) is 65 at least."""
    yield from _sheet_level(sheet, "R01")


@rule("R02", "page")
def second_grade_of_sheet(sheet: ComposedSheet) -> Iterator[Fault]:
    """A sheet's Flesch–Kincaid grade is 6 at most; in Spanish Crawford's is."""
    yield from _sheet_level(sheet, "R02")


@rule("R01", "whole")
def first_grade_of_sections(sheet: ComposedSheet) -> Iterator[Fault]:
    """So is each section's, with everything in it."""
    yield from _section_levels(sheet, "R01")


@rule("R02", "whole")
def second_grade_of_sections(sheet: ComposedSheet) -> Iterator[Fault]:
    """So is each section's, with everything in it."""
    yield from _section_levels(sheet, "R02")


def _sheet_level(sheet: ComposedSheet, rule_id: str) -> Iterator[Fault]:
    if sheet.prepared:
        where = (sheet.written.topic.source, ("title",))
        yield from _level(sheet.prepared, rule_id, where, f"the sheet {sheet.name}")


def _section_levels(sheet: ComposedSheet, rule_id: str) -> Iterator[Fault]:
    if sheet.prepared is None:
        return
    for section in sheet.selection.sections:
        part = sheet.prepared.only(section.id)
        yield from _level(part, rule_id, sheet.section(section.id), f'"{section.title}"')


def _level(prepared: Prepared, rule_id: str, where: Where, what: str) -> Iterator[Fault]:
    for figure in reading.measure(prepared):
        if figure.rule == rule_id and not figure.passes:
            sentences = len(prepared.sentences)
            small = f" (a small sample: {sentences} sentences)" if sentences < reading.SMALL_SAMPLE else ""
            message = f"{figure.name} {figure.value:.1f} for {what}{small}"
            yield Fault(where, message, _remedy(prepared, figure), "warning" if sentences < FEW_SENTENCES else None)


def _remedy(prepared: Prepared, figure: Figure) -> str:
    """What to change first."""
    limit = f"at {'least' if figure.more_is_easier else 'most'} {figure.limit:.0f}"
    frequent = ", ".join(word for word, _ in reading.long_words(prepared).most_common(6))
    longest = max(prepared.sentences, key=lambda each: len(each.words))
    return f'{limit}: shorter words for {frequent}; a shorter sentence for "{beginning(longest.text)}"'


@rule("R03", "words", "warning")
def short_sentences(written: WrittenTopic) -> Iterator[Fault]:
    """A sentence has at most 20 words; more than 25 are an error."""
    prepared = written.prepared
    if prepared is None:
        return
    for sentence in (*prepared.sentences, *prepared.fragments):
        count = len(sentence.words)
        if count > LONG_SENTENCE:
            where = prepared.passages[sentence.passage].origin.where
            message = f'{count} words in a sentence: "{beginning(sentence.text)}"'
            hint = f"make two of it: at most {LONG_SENTENCE} words"
            yield Fault(where, message, hint, "error" if count > LONGEST_SENTENCE else None)


@rule("R03", "page")
def short_on_average(sheet: ComposedSheet) -> Iterator[Fault]:
    """The sentences of a sheet have at most 15 words on average."""
    sentences = sheet.prepared.sentences if sheet.prepared else ()
    mean = sum(len(each.words) for each in sentences) / len(sentences) if sentences else 0
    if mean > MEAN_SENTENCE:
        where = (sheet.written.topic.source, ("title",))
        message = f"{mean:.1f} words in a sentence on average on the sheet {sheet.name}"
        yield Fault(where, message, f"at most {MEAN_SENTENCE}: divide the longest")


@rule("R04", "words")
def short_paragraphs(written: WrittenTopic) -> Iterator[Fault]:
    """A paragraph has at most four sentences and 60 words."""
    prepared = written.prepared
    if prepared is None:
        return
    counts: dict[int, list[int]] = {}
    for sentence in (*prepared.sentences, *prepared.fragments):
        counts.setdefault(sentence.passage, []).append(len(sentence.words))
    for index, lengths in counts.items():
        if len(lengths) > MOST_SENTENCES or sum(lengths) > LONGEST_PARAGRAPH:
            passage = prepared.passages[index]
            message = f'{len(lengths)} sentences, {sum(lengths)} words in a paragraph: "{beginning(passage.text)}"'
            hint = f"at most {MOST_SENTENCES} sentences and {LONGEST_PARAGRAPH} words: divide it, or say less"
            yield Fault(passage.origin.where, message, hint)
