"""What a clinician reads before a sheet is handed out: its words measured, the rules' findings, and what is left to do.

Gathered here, worded in `templates/_report.xml.jinja`. It is about one sheet: a topic's, for an audience, by a
template, in a language. Nothing here is a score.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, to_builtins

from handouts.composing import compose
from handouts.composing.reports import compose_report
from handouts.errors import ContentError
from handouts.library.reviews import Review
from handouts.quality import reading
from handouts.quality.findings import Baseline, Finding, file_of
from handouts.quality.judging import judged
from handouts.quality.reach import reach, unprinted_parts
from handouts.quality.reading.terms import long_forms
from handouts.quality.reviews import standing_of
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
    from handouts.quality.rules.rule import Subject
    from handouts.selection import Selection

MOST_SENTENCES = 3
MOST_WORDS = 8
MOST_SOURCES = 2
MOST_PARTS = 3
# So many syllables make a word long: English words are shorter than Spanish ones.
_LONG = {"en": 3, "es": 4}


class Grade(Struct, frozen=True):
    """A formula's figure, with one decimal; `most` is the end of its scale. `is_wrong` when a rule objects to it."""

    name: str
    value: float
    limit: float
    most: float
    is_wrong: bool
    more_is_easier: bool


class Level(Struct, frozen=True):
    """The figures of a section, or of the sheet (`title` is empty). `is_small`: too few sentences to rely on them."""

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


class RuleResults(Struct, frozen=True):
    """The rules by what came of them, as ranges of ids ("R01–R04, R06").

    passed: nothing found · error, warning: the worst that is open · accepted: all of it is in the baseline ·
    engine, person: not for `check` to decide · not_judged: nothing that this sheet could break, or no way to tell.
    """

    passed: str = ""
    error: str = ""
    warning: str = ""
    accepted: str = ""
    engine: str = ""
    person: str = ""
    not_judged: str = ""


class OpenFinding(Struct, frozen=True):
    """The first that a rule found, and where; `more` is how many others of the same severity it found."""

    rule: str
    severity: str
    message: str
    file: str
    line: int
    more: int


class InstrumentResult(Struct, frozen=True):
    """How many items of an instrument a program looks at, wholly or in part, and how many only a person does.

    `person` are those with something left for a person, `touched` those with findings.
    """

    name: str
    machine: int
    partly: int
    person_alone: int
    person: tuple[Item, ...]
    touched: tuple[int, ...]


class Sources(Struct, frozen=True):
    """What the sheet rests on: how many sources, the `main` ones, the year of the oldest (empty when none says so)."""

    total: int
    main: tuple[Source, ...]
    oldest: str
    undated: int


class SheetReport(Struct, frozen=True):
    """Everything that the report says, about a sheet on a day.

    `unprinted` has the titles of the topic's sections that stand on no sheet by default, of any audience,
    `unprinted_parts` the first paragraphs and items of the others that do, each with its section's title, and
    `unprinted_more` how many there are beyond those.
    """

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
    few_on_sheet: int
    levels: tuple[Level, ...]
    longest: tuple[LongSentence, ...]
    hard_words: tuple[HardWord, ...]
    findings: tuple[OpenFinding, ...]
    errors: int
    warnings: int
    accepted: int
    rules: RuleResults
    instruments: tuple[InstrumentResult, ...]
    unprinted: tuple[str, ...]
    unprinted_parts: tuple[tuple[str, str], ...]
    unprinted_more: int
    sources: Sources


def report_document(
    library: Library, topic_id: str, audience_id: str, template: str, language: str | None, today: dt.date
) -> Document:
    """The report about a sheet, ready to be laid out. Raises UsageError for names that do not exist."""
    selection = _selection(library, topic_id, audience_id, template, language)
    report = _report_on(library, selection, today)
    return compose_report(to_builtins(report), selection, library)  # a template prints words and numbers: no dates


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
    reached = reach(library, library.topic(topic.id))
    parts = tuple(unprinted_parts(topic, reached))
    sheet = _sheet(library, selection)
    signature, last = covering(library, selection)
    review = Review.of(topic.provenance, signature, last, today)
    found = _judged(library, sheet, review, today)
    open_findings = [each for each in found if each.reason is None]
    errors = sum(each.diagnostic.severity == "error" for each in open_findings)
    touched = {each.diagnostic.code for each in open_findings}
    return SheetReport(
        title=topic.title,
        topic=topic.id,
        version=topic.file.version,
        audience=audience.label,
        template=selection.template,
        sheet_name=library.language(topic.language).sheet_name(selection.template),
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
        few_on_sheet=reading.SMALL_SAMPLE,
        levels=tuple(_levels(sheet)),
        longest=tuple(_longest(sheet)),
        hard_words=tuple(_hard_words(sheet)),
        findings=tuple(_shown(open_findings)),
        errors=errors,
        warnings=len(open_findings) - errors,
        accepted=len(found) - len(open_findings),
        rules=_results(sheet, found),
        instruments=tuple(_instruments(touched)),
        unprinted=tuple(section.file.title for section in topic.sections if not reached[section.id]),
        unprinted_parts=parts[:MOST_PARTS],
        unprinted_more=len(parts[MOST_PARTS:]),
        sources=_sources(selection.sources),
    )


# ------------------------------------------------------------------ what the words are like


def _levels(sheet: ComposedSheet) -> Iterator[Level]:
    """Of the sheet, then of each of its sections that has sentences."""
    if sheet.prepared is None:
        return
    sections = [each for each in sheet.selection.sections if each.id in sheet.parts]
    for title, part in [("", sheet.prepared), *((each.title, sheet.parts[each.id]) for each in sections)]:
        sentences = len(part.sentences)
        judged_by_rule = not title or sentences >= FEW_SENTENCES
        grades = tuple(
            Grade(
                figure.name,
                round(figure.value, 1) + 0.0,  # no minus before a zero
                figure.limit,
                100.0 if figure.more_is_easier else 2 * figure.limit,
                judged_by_rule and not figure.passes,
                figure.more_is_easier,
            )
            for figure in reading.measure(part)
        )
        if grades:
            yield Level(title, sentences, grades, sentences < (FEW_SENTENCES if title else reading.SMALL_SAMPLE))


def _longest(sheet: ComposedSheet) -> Iterator[LongSentence]:
    if sheet.prepared is None:
        return
    titles = {section.id: section.title for section in sheet.selection.sections}
    by_length = sorted(sheet.prepared.sentences, key=lambda each: -len(each.words))
    for sentence in by_length[:MOST_SENTENCES]:
        section = sheet.said[sentence.passage_index].section
        yield LongSentence(sentence.text, len(sentence.words), titles.get(section, ""))


def _hard_words(sheet: ComposedSheet) -> Iterator[HardWord]:
    """Words that have a plainer one, then the long ones that stand there most often."""
    library, language = sheet.written.library, sheet.document.language
    glossary = {form.casefold() for term in library.glossary(language) for form in (term.term, *term.forms)}
    swaps = {word: plain for word, plain in library.plain_words(language).swaps.items() if word not in glossary}
    found: dict[str, HardWord] = {}
    said = [passage for passage in sheet.said if passage.kind != "label"]  # titles of sources are no words of the sheet
    for match in long_forms(said, swaps):
        word = match.text.casefold()
        count = found[word].count + 1 if word in found else 1
        found[word] = HardWord(word, count, match.instead, explained=False)
    prepared = sheet.prepared
    for word, count in reading.long_words(prepared).most_common() if prepared else ():
        if prepared and reading.syllables(word, prepared.language) < _LONG[prepared.language]:
            continue
        found.setdefault(word, HardWord(word, count, "", explained=word in glossary))
    yield from sorted(found.values(), key=lambda each: (not each.instead, -each.count))[:MOST_WORDS]


# ------------------------------------------------------------------ what the rules say


def _judged(library: Library, sheet: ComposedSheet, review: Review, today: dt.date) -> list[Finding]:
    """What the rules find in the topic and on this sheet, accepted or not; each finding once.

    Of signatures, what is true of this sheet: one may cover it while another of the topic is old. A translation has its
    original's parts: what only the original's sheet can show is looked for there.
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
    of_sheet = {"R29": review.signature is None, "R30": review.overdue or review.outdated}
    for each in standing_of(library, written.topic, today, selection.audience.id):
        if of_sheet[each.code]:
            signed = Finding(each, ContentError.exit_code, *file_of(each, library.path), each.message)
            found[signed.key] = signed
    return Baseline(library.path).applied(found.values())


def _results(sheet: ComposedSheet, found: Iterable[Finding]) -> RuleResults:
    severities: dict[str, set[str]] = {}
    for each in found:
        severity = each.diagnostic.severity if each.reason is None else "accepted"
        severities.setdefault(each.diagnostic.code, set()).add(severity)
    unmeasured, original = sheet.prepared is None, sheet.written.topic.translation is None
    active = [
        each
        for each in RULES
        if not (unmeasured and each.measures) and not (original and set(each.subjects) == {"translation"})
    ]
    idle = {each.id for each in RULES} - {each.id for each in active}
    states: dict[str, list[int]] = {}
    for place, criterion in enumerate(CATALOGUE):
        state: str = "passed" if criterion.decided_by == "check" else criterion.decided_by
        if criterion.id in severities:
            state = next(each for each in ("error", "warning", "accepted") if each in severities[criterion.id])
        elif criterion.id in idle:
            state = "not_judged"
        states.setdefault(state, []).append(place)
    return RuleResults(**{state: _ranges(places) for state, places in states.items()})


def _ranges(places: list[int]) -> str:
    """The ids at these places of the catalogue, neighbours joined."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    ids = [each.id for each in CATALOGUE]
    return ", ".join(ids[first] if first == last else f"{ids[first]}–{ids[last]}" for first, last in runs)


def _shown(findings: Iterable[Finding]) -> Iterator[OpenFinding]:
    """One for each rule that found something, errors first."""
    grouped: dict[tuple[str, str], list[Finding]] = {}
    for each in findings:
        grouped.setdefault((each.diagnostic.severity, each.diagnostic.code), []).append(each)
    for (severity, rule), group in sorted(grouped.items()):
        first = group[0]
        yield OpenFinding(rule, severity, first.said, first.name, first.diagnostic.line, len(group) - 1)


def _instruments(touched: set[str]) -> Iterator[InstrumentResult]:
    for instrument in INSTRUMENTS:
        looked_at = [item for item in instrument.items if item.rules]
        partly = sum(item.person for item in looked_at)
        yield InstrumentResult(
            instrument.name,
            len(looked_at) - partly,
            partly,
            len(instrument.items) - len(looked_at),
            tuple(item for item in instrument.items if item.person),
            tuple(item.number for item in instrument.items if touched.intersection(item.rules)),
        )


# ------------------------------------------------------------------ what it rests on


def _sources(sources: tuple[Source, ...]) -> Sources:
    """Those that the sheet cites, the most cited first."""
    years = [str(each.date)[:4] for each in sources if each.date]
    return Sources(len(sources), sources[:MOST_SOURCES], min(years, default=""), len(sources) - len(years))
