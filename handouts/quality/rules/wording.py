"""Rules about the choice of words: who acts, who is spoken to, long words, acronyms, doses and odds, leftovers.

`quality/reading` finds them; here stands what is said about it. Where a language has no detection, nothing is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from handouts.quality import reading
from handouts.quality.reading import quantities, signs, terms, voice
from handouts.quality.rules.reading_level import FEW_SENTENCES
from handouts.quality.rules.rule import Fault, rule
from handouts.quality.rules.written_texts import beginning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.errors import Severity
    from handouts.quality.reading import Prepared
    from handouts.quality.reading.prepared import Match
    from handouts.quality.rules.rule import Where
    from handouts.quality.rules.subjects import ComposedSheet, WrittenTopic

MOST_PASSIVES = 0.1


@rule("R10", "words", severity="warning", measures=True)
def actions_begin_with_a_verb(written: WrittenTopic) -> Iterator[Fault]:
    """An action, and each step of an exercise, begins with a verb or with "you"."""
    if written.prepared is None:
        return
    language = written.prepared.language
    for each in written.texts:
        is_action = each.field == "steps" or (each.kind == "steps" and each.item and each.field == "text")
        text = " ".join(each.paragraphs)
        if is_action and text and not text.startswith("[") and not voice.begins_with_action(text, language):
            yield Fault(each.where, f'"{beginning(text)}" does not begin with what to do', "begin with the verb")


@rule("R17", "page", severity="warning", measures=True)
def few_passives(sheet: ComposedSheet) -> Iterator[Fault]:
    """At most one sentence of ten on a sheet is in the passive voice."""
    if sheet.prepared:
        where = (sheet.written.topic.source, ("title",))
        yield from _passives(sheet.prepared, where, f"the sheet {sheet.name}")


@rule("R17", "whole", severity="warning", measures=True)
def few_passives_in_sections(sheet: ComposedSheet) -> Iterator[Fault]:
    """Nor in a section, with everything in it."""
    for section in sheet.selection.sections:
        if section.id in sheet.parts:
            yield from _passives(sheet.parts[section.id], sheet.section(section.id), f'"{section.title}"')


def _passives(prepared: Prepared, where: Where, what: str) -> Iterator[Fault]:
    found = list(voice.passives(prepared))
    count = len(prepared.sentences)
    if count >= FEW_SENTENCES and len(found) > MOST_PASSIVES * count:
        shown = ", ".join(f'"{match.text}"' for match in found[:4])
        message = f"{len(found)} of {count} sentences of {what} are in the passive voice"
        yield Fault(where, message, f"say who does it: {shown}")


@rule("R18", "words", severity="warning", measures=True)
def speaks_to_the_reader(written: WrittenTopic) -> Iterator[Fault]:
    """It says "you", never "the patient should"."""
    for match in voice.third_person(written.prepared) if written.prepared else ():
        yield _swap(written, match)


@rule("R20", "page", "whole")
def spelled_out_acronyms(sheet: ComposedSheet) -> Iterator[Fault]:
    """An acronym on a sheet is spelled out at its first use, but for those that everybody knows."""
    library, language = sheet.written.library, sheet.document.language
    explained = {form for term in library.glossary(language) for form in (term.term, *term.forms)}  # R19 sees to them
    for match in terms.unexplained_acronyms(sheet.said, explained | library.plain_words(language).acronyms):
        if next(signs.unfinished([reading.Passage(match.text)]), None):
            continue  # TODO is no acronym (R39)
        hint = "write it out and put the acronym in brackets, or add it to the glossary"
        yield Fault(sheet.place(match), f'the acronym "{match.text}" is not spelled out', hint)


@rule("R21", "words", severity="warning")
def plain_words(written: WrittenTopic) -> Iterator[Fault]:
    """A long word that has a plain one gives way to it. The list is content/plain-words.yaml; the glossary's stay."""
    library = written.library
    explained = {form.casefold() for term in library.glossary(written.language) for form in (term.term, *term.forms)}
    swaps = library.plain_words(written.language).swaps
    wanted = {word: plain for word, plain in swaps.items() if word not in explained}
    said = [replace(passage, text=_without_terms(passage.text, written)) for passage in written.said]
    for match in terms.long_forms(said, wanted):
        yield _swap(written, match)


def _without_terms(text: str, written: WrittenTopic) -> str:
    """The text with the glossary's words blotted out: what stands inside one is explained by it."""
    for _, start, end in reversed(list(written.glossary.find(text))):
        text = f"{text[:start]}{'_' * (end - start)}{text[end:]}"
    return text


def _swap(written: WrittenTopic, match: Match) -> Fault:
    return Fault(written.place(match), f'"{match.text}"', f"say: {match.instead}")


@rule("R22", "words")
def safe_doses(written: WrittenTopic) -> Iterator[Fault]:
    """No token of the "Do Not Use" list, no 5.0 mg, no .5 mg, no < or > before a number."""
    for match in quantities.forbidden_doses(written.said):
        yield Fault(written.place(match), f'"{match.text}" can be read wrong', f"write {match.instead}")


@rule("R22", "words", severity="warning")
def no_doses_of_medicines(written: WrittenTopic) -> Iterator[Fault]:
    """How much of a medicine to take, the clinician and the package say: it is not the same for everybody."""
    for match in quantities.medicine_doses(written.said):
        hint = "leave it out: the clinician and the package say how much"
        yield Fault(written.place(match), f'"{match.text}" is a dose of a medicine', hint)


@rule("R23", "words", severity="warning", measures=True)
def no_sums(written: WrittenTopic) -> Iterator[Fault]:
    """Nobody is asked to calculate."""
    for match in quantities.sums(written.prepared) if written.prepared else ():
        yield Fault(written.place(match), f'"{match.text}" asks the reader to calculate', f"give {match.instead}")


@rule("R24", "words", severity="warning", measures=True)
def odds_in_words(written: WrittenTopic) -> Iterator[Fault]:
    """Odds and percentages come with words, and all are out of the same number."""
    if written.prepared is None:
        return
    for match in quantities.odds_without_words(written.prepared):
        yield Fault(written.place(match), f'"{match.text}" stands without words', f"say {match.instead}")
    for match in quantities.mixed_denominators(written.prepared):
        yield Fault(written.place(match), f'"{match.text}" is out of another number', f"say it {match.instead}")


@rule("R39", "topic", severity="warning")
def no_draft(written: WrittenTopic) -> Iterator[Fault]:
    """A topic that says that it is a draft is not ready for patients."""
    if written.topic.file.draft:
        message = "this topic is a draft; every page says so"
        yield Fault((written.topic.source, ("draft",)), message, "when it is ready, delete this line")


@rule("R39", "words")
def nothing_waits(written: WrittenTopic) -> Iterator[Fault]:
    """No text in brackets waits for the author's words; in a draft, that is a warning."""
    severity: Severity = "warning" if written.topic.file.draft else "error"
    for match in signs.waiting(written.said):
        yield Fault(written.place(match), f'"{match.text}" is left over', f"write {match.instead}", severity)


@rule("R39", "words", "page")
def nothing_left_over(text: WrittenTopic | ComposedSheet) -> Iterator[Fault]:
    """No note to oneself, no place that nothing filled in, no character that does not show; a template's words, too."""
    for match in signs.unfinished(text.said):
        yield Fault(text.place(match), f'"{match.text}" is left over', f"write {match.instead}")
    for match in signs.hidden_characters(text.said):
        yield Fault(text.place(match), f"{match.text} does not show", "delete it")
