"""The fixed words of the page in a language. Phase 1, LOAD.

A translation that loses a placeholder prints all the same, but without the number of repetitions or without the
emergency number. So each text that takes a value is checked for its placeholders, and no urgency, no line of the
personal panel and no shipped template may lack its words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, get_args

from msgspec import Meta

from handouts.errors import ContentError, Diagnostic
from handouts.library.models import Identifier, Model, PanelField, Urgency, Words
from handouts.library.validation import read_model

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from handouts.library.yaml_source import YamlSource
# Behind a time of day that is read, what says that it is another one, or not all of it: am, pm, the end of a slot.
NO_TIME = r"\s*(?:[AaPp]\.? ?[Mm]\b|[-–—/]|to\b|bis\b|a las\b)"


class DoseWords(Model, frozen=True, kw_only=True):
    """How a dose is said. `{n}` stands for the number, `{text}` for the author's words."""

    set: Words
    sets: Words
    repetition: Words
    repetitions: Words
    second: Words
    seconds: Words
    minute: Words
    minutes: Words
    time: Words
    hold: Words
    rest: Words
    once_a_day: Words
    times_a_day: Words
    day_a_week: Words
    days_a_week: Words
    each_side: Words
    both_sides: Words


class LanguageFile(Model, frozen=True, kw_only=True):
    """A file `content/languages/LANGUAGE.yaml`: the fixed words of the page."""

    name: Words
    name_in_english: Annotated[Words, Meta(description="As a calendar that speaks English has it.")] | None = None
    quotes: Annotated[
        tuple[Words, ...],
        Meta(min_length=4, max_length=4, description="What straight quotes become: for \" both, then for ' both."),
    ]
    list_separator: Annotated[str, Meta(min_length=1)]
    date: Annotated[Words, Meta(description="How a whole date is written, as the Unicode CLDR's long form has it.")]
    months: Annotated[
        tuple[Words, ...], Meta(min_length=12, max_length=12, description="As a whole date has them, January first.")
    ]
    date_time: Annotated[Words, Meta(description="A date with a time of day; {half} is for a clock of 12 hours.")]
    halves: (
        Annotated[
            tuple[Words, ...], Meta(min_length=2, max_length=2, description="Of the day, for a clock of 12 hours.")
        ]
        | None
    ) = None
    panel: dict[PanelField, Words]
    urgency: dict[Urgency, Words]
    templates: Annotated[dict[str, Words], Meta(description="What a sheet of a template is called.")]
    key_points: Words
    numbers: Annotated[Words, Meta(description="Above the clinic's telephone numbers.")]
    web_page: Annotated[Words, Meta(description="Before the address of the page on the web.")]
    qr_code: Annotated[Words, Meta(description="What the code is, for screen readers.")]
    note: Words
    why: Words
    benefit: Words
    risk: Words
    stop: Words
    mistakes: Annotated[Words, Meta(description="Before the common mistakes of an exercise.")]
    dose: DoseWords
    sheets: Annotated[
        dict[Identifier, dict[Identifier, Words]],
        Meta(description="What only sheets of some templates say, in groups: templates have it as words.sheets."),
    ]
    week: Words
    day: Words
    tick: Words
    about: Words
    sources: Words
    author: Words
    reviewed_by: Words
    text_reviewed_by: Annotated[Words, Meta(description="Where a clinician chose another dose than was reviewed.")]
    not_reviewed: Words
    translated_by: Words
    draft: Annotated[Words, Meta(description="Said of a translation that nobody has checked yet.")]
    draft_topic: Annotated[Words, Meta(description="Said of a topic that is not ready yet.")]
    published: Words
    review_due: Words
    outdated: Annotated[Words, Meta(description="Said of a text that nobody has read again for five years.")]
    version: Words
    page: Words
    skip: Annotated[Words, Meta(description="The link to the text of a web page, past its header.")]
    picture: Annotated[Words, Meta(description="What stands for a picture in plain text.")]

    def sheet_name(self, template: str) -> str:
        """What a sheet of a template is called; nothing for a clinic's own that has no name here."""
        return self.templates.get(template, "")


_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_PLACEHOLDERS: dict[tuple[str, ...], set[str]] = {
    ("date",): {"{day}", "{month}", "{year}"},
    ("date-time",): {"{date}", "{hour}", "{minute}"},
    ("urgency", "emergency"): {"{emergency}"},
    ("dose", "sets"): {"{n}"},
    ("dose", "repetitions"): {"{n}"},
    ("dose", "seconds"): {"{n}"},
    ("dose", "minutes"): {"{n}"},
    ("dose", "time"): {"{text}"},
    ("dose", "hold"): {"{text}"},
    ("dose", "rest"): {"{text}"},
    ("dose", "times-a-day"): {"{n}"},
    ("dose", "days-a-week"): {"{n}"},
    ("week",): {"{n}"},
    ("day",): {"{n}"},
    ("author",): {"{author}"},
    ("reviewed-by",): {"{reviewer}", "{date}"},
    ("text-reviewed-by",): {"{reviewer}", "{date}"},
    ("translated-by",): {"{translator}"},
    ("published",): {"{date}"},
    ("review-due",): {"{date}"},
    ("outdated",): {"{date}"},
    ("version",): {"{version}"},
    ("page",): {"{page}", "{pages}"},
    ("picture",): {"{text}"},
}


def read_language(source: YamlSource, pattern: LanguageFile | None = None) -> LanguageFile:
    """The language's words. Raises ContentError for keys and placeholders that are missing or not known.

    `pattern` is the language that the shipped templates were written in: what it calls a sheet, and says on sheets of
    some templates, no other may lack.
    """
    language = read_model(source, LanguageFile)
    problems = [*_missing_words(source, language, pattern or language), *_wrong_placeholders(source)]
    if problems:
        raise ContentError(problems)
    return language


def _missing_words(source: YamlSource, language: LanguageFile, pattern: LanguageFile) -> Iterator[Diagnostic]:
    wanted: list[tuple[tuple[str, ...], Iterable[str], Collection[str]]] = [
        (("panel",), get_args(PanelField), language.panel),
        (("urgency",), get_args(Urgency), language.urgency),
        (("templates",), pattern.templates, language.templates),
        (("sheets",), pattern.sheets, language.sheets),
        *((("sheets", name), words, language.sheets.get(name, words)) for name, words in pattern.sheets.items()),
    ]
    for place, names, words in wanted:
        for name in names:
            if name not in words:
                yield source.diagnostic(place, "C202", f'the key "{name}" is missing', f"add {name}:")


def _wrong_placeholders(source: YamlSource) -> Iterator[Diagnostic]:
    for path, wanted in _PLACEHOLDERS.items():
        text = source.value
        for key in path:
            text = text.get(key) if isinstance(text, dict) else None
        if not isinstance(text, str):
            continue  # an urgency without words, said above
        if path == ("date-time",) and isinstance(source.value, dict) and source.value.get("halves"):
            wanted = wanted | {"{half}"}
        found = set(_PLACEHOLDER.findall(text))
        if found != wanted:
            known = " and ".join(sorted(wanted))
            wrong = [f"{name} is missing" for name in sorted(wanted - found)]
            wrong += [f"{name} is not filled in here" for name in sorted(found - wanted)]
            yield source.diagnostic(path, "C213", "; ".join(wrong), f"write {known} where the value goes")
