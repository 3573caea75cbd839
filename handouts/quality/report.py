"""What a clinician reads before a sheet is handed out: its words measured, the rules' findings, and what is left to do.

Gathered here, worded in `templates/_report.xml.jinja`. It is about one sheet: a topic's, for an audience, by a
template, in a language. Nothing here is a score.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from handouts.composing import compose
from handouts.composing.reports import compose_report
from handouts.library.reviews import Review
from handouts.quality import reading
from handouts.quality.findings import Baseline
from handouts.quality.judging import judged
from handouts.quality.reading.terms import long_forms
from handouts.quality.rules import CATALOGUE, RULES, ComposedSheet, WrittenTopic
from handouts.quality.rules.instruments import INSTRUMENTS, Item
from handouts.quality.rules.reading_level import FEW_SENTENCES
from handouts.reviewing import covering
from handouts.selection import Choices, select

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from handouts.document import Document
    from handouts.library import Library
    from handouts.library.models import Provenance, Source
    from handouts.quality.findings import Finding
    from handouts.quality.rules.rule import Subject
    from handouts.selection import Selection

MOST_SENTENCES = 3
MOST_WORDS = 12
MOST_FINDINGS = 6
# They look at prepared text, which there is none of in a language without rules of reading (R43).
_NEED_PREPARED_TEXT = frozenset({"R01", "R02", "R03", "R04", "R17", "R18", "R23", "R24"})

# pass: nothing found · error, warning: the worst that is open · accepted: all of it is in the baseline ·
# engine, person: not for `check` to decide · not-judged: nothing that this sheet could break, or no way to tell.
State = Literal["pass", "error", "warning", "accepted", "engine", "person", "not-judged"]


class Grade(Struct, frozen=True):
    """A formula's figure, with one decimal; `most` is the end of its scale."""

    name: str
    value: float
    limit: float
    most: float
    passes: bool
    more_is_easier: bool


class Level(Struct, frozen=True):
    """The figures of a section, or of the sheet (`title` is empty). `is_small`: too few sentences to be judged by."""

    title: str
    sentences: int
    grades: tuple[Grade, ...]
    is_small: bool


class LongSentence(Struct, frozen=True):
    """A sentence, how many words it has, and the title of its section."""

    text: str
    words: int
    section: str


class HardWord(Struct, frozen=True):
    """A word of three syllables or more, or one that has a plainer one (`instead`). `explained`: on the sheet."""

    word: str
    count: int
    instead: str
    explained: bool


class RuleResult(Struct, frozen=True):
    """A rule and what came of it."""

    id: str
    title: str
    state: State


class OpenFinding(Struct, frozen=True):
    """What a rule found, and where."""

    rule: str
    severity: str
    message: str
    file: str
    line: int


class InstrumentResult(Struct, frozen=True):
    """Which items of an instrument a program looked at, and which are for a person. `touched`: those with findings."""

    name: str
    items: int
    machine: int
    partly: int
    person: tuple[Item, ...]
    touched: tuple[int, ...]


class PublisherSources(Struct, frozen=True):
    """A publisher's sources that the sheet rests on, and the years that they are from (empty when none says so)."""

    publisher: str
    count: int
    years: str


class SheetReport(Struct, frozen=True):
    """Everything that the report says, about a sheet on a day."""

    title: str
    topic: str
    version: str
    audience: str
    template: str
    sheet_name: str
    language: str
    language_name: str
    today: dt.date
    provenance: Provenance
    review: Review
    draft: bool
    is_translation: bool
    translator: str | None
    measured: bool
    few: int
    levels: tuple[Level, ...]
    longest: tuple[LongSentence, ...]
    hard_words: tuple[HardWord, ...]
    findings: tuple[OpenFinding, ...]
    more_findings: int
    errors: int
    warnings: int
    accepted: int
    rules: tuple[RuleResult, ...]
    instruments: tuple[InstrumentResult, ...]
    sources: int
    publishers: tuple[PublisherSources, ...]
    looked_up: str


def report_document(
    library: Library, topic_id: str, audience_id: str, template: str, language: str | None, today: dt.date
) -> Document:
    """The report about a sheet, ready to be laid out. Raises UsageError for names that do not exist."""
    selection = _selection(library, topic_id, audience_id, template, language)
    report = _report_on(library, selection, today)
    return compose_report({name: getattr(report, name) for name in report.__struct_fields__}, selection, library)


def report_on(
    library: Library, topic_id: str, audience_id: str, template: str, language: str | None, today: dt.date
) -> SheetReport:
    """Measure and judge a sheet as it prints by default. Raises UsageError for names that do not exist."""
    return _report_on(library, _selection(library, topic_id, audience_id, template, language), today)


def _selection(library: Library, topic_id: str, audience_id: str, template: str, language: str | None) -> Selection:
    library.require_template(template)
    topic = library.topic(topic_id, language)
    return select(topic, library.audience(audience_id, topic.language), Choices(), template)


def _sheet(library: Library, selection: Selection) -> ComposedSheet:
    brand = library.brand(None)
    written = WrittenTopic(selection.topic, library)
    return ComposedSheet(written, selection, compose(selection, library, brand), brand)


def _report_on(library: Library, selection: Selection, today: dt.date) -> SheetReport:
    topic, audience = selection.topic, selection.audience
    sheet = _sheet(library, selection)
    signature, last = covering(library, selection)
    review = Review.of(topic.provenance, signature, last, today)
    found = tuple(_judged(library, sheet))
    open_findings = sorted((each for each in found if each.reason is None), key=lambda each: each.diagnostic.severity)
    errors = sum(each.diagnostic.severity == "error" for each in open_findings)
    results = tuple(_results(sheet, found, review))
    touched = {each.diagnostic.code for each in open_findings}
    return SheetReport(
        title=topic.title,
        topic=topic.id,
        version=topic.file.version,
        audience=audience.label,
        template=selection.template,
        sheet_name=library.language(topic.language).templates.get(selection.template, ""),
        language=topic.language,
        language_name=library.language(topic.language).name,
        today=today,
        provenance=topic.provenance,
        review=review,
        draft=topic.file.draft or bool(topic.translation and topic.translation.draft),
        is_translation=topic.translation is not None,
        translator=topic.translation.translator if topic.translation else None,
        measured=sheet.prepared is not None,
        few=FEW_SENTENCES,
        levels=tuple(_levels(sheet)),
        longest=tuple(_longest(sheet)),
        hard_words=tuple(_hard_words(sheet)),
        findings=tuple(_shown(each) for each in open_findings[:MOST_FINDINGS]),
        more_findings=max(0, len(open_findings) - MOST_FINDINGS),
        errors=errors,
        warnings=len(open_findings) - errors,
        accepted=len(found) - len(open_findings),
        rules=results,
        instruments=tuple(_instruments(touched)),
        sources=len(selection.sources),
        publishers=tuple(_publishers(selection.sources)),
        looked_up=max((str(each.accessed) for each in selection.sources if each.accessed), default=""),
    )


# ------------------------------------------------------------------ what the words are like


def _levels(sheet: ComposedSheet) -> Iterator[Level]:
    """Of the sheet, then of each of its sections that has sentences."""
    if sheet.prepared is None:
        return
    titles = {"": "", **{section.id: section.title for section in sheet.selection.sections}}
    for name, title in titles.items():
        part = sheet.prepared.only(name) if name else sheet.prepared
        grades = tuple(
            Grade(
                figure.name,
                round(figure.value, 1),
                figure.limit,
                100.0 if figure.more_is_easier else 2 * figure.limit,
                figure.passes,
                figure.more_is_easier,
            )
            for figure in sheet.figures[name]
        )
        if grades:
            yield Level(title, len(part.sentences), grades, is_small=len(part.sentences) < FEW_SENTENCES)


def _longest(sheet: ComposedSheet) -> Iterator[LongSentence]:
    if sheet.prepared is None:
        return
    titles = {section.id: section.title for section in sheet.selection.sections}
    by_length = sorted(sheet.prepared.sentences, key=lambda each: -len(each.words))
    for sentence in by_length[:MOST_SENTENCES]:
        section = sheet.said[sentence.passage].section
        yield LongSentence(sentence.text, len(sentence.words), titles.get(section, ""))


def _hard_words(sheet: ComposedSheet) -> Iterator[HardWord]:
    """Words that have a plainer one, then the long ones that stand there most often."""
    library, language = sheet.written.library, sheet.document.language
    glossary = {form.casefold() for term in library.glossary(language) for form in (term.term, *term.forms)}
    swaps = {word: plain for word, plain in library.plain_words(language).swaps.items() if word not in glossary}
    found: dict[str, HardWord] = {}
    for match in long_forms(sheet.said, swaps):
        word = match.text.casefold()
        count = found[word].count + 1 if word in found else 1
        found[word] = HardWord(word, count, match.instead, explained=False)
    frequent = reading.long_words(sheet.prepared).most_common() if sheet.prepared else ()
    for word, count in frequent:
        found.setdefault(word, HardWord(word, count, "", explained=word in glossary))
    yield from sorted(found.values(), key=lambda each: (not each.instead, -each.count))[:MOST_WORDS]


# ------------------------------------------------------------------ what the rules say


def _judged(library: Library, sheet: ComposedSheet) -> list[Finding]:
    """What the rules find in the topic and on this sheet, accepted or not; each finding once.

    A translation has its original's parts: what only the original's sheet can show is looked for there.
    """
    written, selection = sheet.written, sheet.selection
    everything = Choices(sections=tuple(section.id for section in written.topic.sections), items="all")
    whole = _sheet(library, select(written.topic, selection.audience, everything))
    subjects: list[tuple[Subject, WrittenTopic | ComposedSheet]] = [("words", written), ("whole", whole)]
    if written.topic.translation:
        original = library.topic(written.topic.id)
        audience = library.audience(selection.audience.id, original.language)
        first = _sheet(library, select(original, audience, Choices(), selection.template))
        subjects += [("translation", written), ("topic", first.written), ("sheet", first)]
    else:
        subjects += [("topic", written), ("sheet", sheet)]
    subjects.append(("page", sheet))
    found = {each.key: each for subject, what in subjects for each in judged(subject, what, library.path)}
    return Baseline(library.path).applied(found.values())


def _results(sheet: ComposedSheet, found: Iterable[Finding], review: Review) -> Iterator[RuleResult]:
    severities: dict[str, set[str]] = {}
    for each in found:
        severity = each.diagnostic.severity if each.reason is None else "accepted"
        severities.setdefault(each.diagnostic.code, set()).add(severity)
    signatures = {"R29": review.signature is None, "R30": review.overdue or review.outdated}
    severities.update({name: {"warning"} for name, wrong in signatures.items() if wrong})
    only_of_translations = {each.id for each in RULES} - {
        each.id for each in RULES if set(each.subjects) != {"translation"}
    }
    for criterion in CATALOGUE:
        state: State = "pass"
        if criterion.decided_by != "check":
            state = criterion.decided_by
        elif criterion.id in severities:
            state = next(each for each in ("error", "warning", "accepted") if each in severities[criterion.id])
        elif (criterion.id in only_of_translations and not sheet.written.topic.translation) or (
            criterion.id in _NEED_PREPARED_TEXT and sheet.prepared is None
        ):
            state = "not-judged"
        yield RuleResult(criterion.id, criterion.title, state)


def _shown(finding: Finding) -> OpenFinding:
    diagnostic = finding.diagnostic
    return OpenFinding(diagnostic.code, diagnostic.severity, finding.said, finding.name, diagnostic.line or 0)


def _instruments(touched: set[str]) -> Iterator[InstrumentResult]:
    for instrument in INSTRUMENTS:
        looked_at = [item for item in instrument.items if item.rules]
        yield InstrumentResult(
            instrument.name,
            len(instrument.items),
            len(looked_at),
            sum(item.person for item in looked_at),
            tuple(item for item in instrument.items if item.person),
            tuple(item.number for item in instrument.items if touched.intersection(item.rules)),
        )


# ------------------------------------------------------------------ what it rests on


def _publishers(sources: Iterable[Source]) -> Iterator[PublisherSources]:
    """By publisher, those with the most sources first."""
    ordered = sorted(sources, key=lambda source: source.publisher.casefold())
    grouped = [(name, list(group)) for name, group in groupby(ordered, key=lambda source: source.publisher)]
    for name, group in sorted(grouped, key=lambda each: -len(each[1])):
        years = sorted({str(source.date)[:4] for source in group if source.date})
        shown = years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}" if years else ""
        yield PublisherSources(name, len(group), shown)
