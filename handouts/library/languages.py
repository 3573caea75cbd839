"""The fixed words of the page in a language. Phase 1, LOAD.

A translation that loses a placeholder prints all the same, but without the number of repetitions or without the
emergency number. So each text that takes a value is checked for its placeholders, and no urgency and no line of
the personal panel may lack its words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from msgspec import Meta

from handouts.errors import ContentError, Diagnostic
from handouts.library.models import Model, PanelField, Urgency, Words
from handouts.library.validation import read_model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.library.yaml_source import YamlSource

LogWord = Literal[
    "exercises",
    "exercises-intro",
    "diary",
    "diary-intro",
    "day",
    "scale",
    "pain",
    "worst-pain",
    "activity",
    "sleep",
    "medicine",
]
VisitWord = Literal[
    "pain", "where", "began", "worse", "better", "tried", "own", "own-hint", "agreed", "do", "medicine", "next"
]


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
    quotes: Annotated[
        tuple[Words, ...],
        Meta(min_length=4, max_length=4, description="What straight quotes become: for \" both, then for ' both."),
    ]
    list_separator: Annotated[str, Meta(min_length=1)]
    date: Annotated[Words, Meta(description="How a whole date is written, as the Unicode CLDR's long form has it.")]
    months: Annotated[
        tuple[Words, ...], Meta(min_length=12, max_length=12, description="As a whole date has them, January first.")
    ]
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
    log: Annotated[dict[LogWord, Words], Meta(description="What is written down week by week.")]
    visit: Annotated[dict[VisitWord, Words], Meta(description="What is written down for a visit.")]
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


def read_language(source: YamlSource) -> LanguageFile:
    """The language's words. Raises ContentError for keys and placeholders that are missing or not known."""
    language = read_model(source, LanguageFile)
    problems = [*_missing_words(source, language), *_wrong_placeholders(source)]
    if problems:
        raise ContentError(problems)
    return language


def _missing_words(source: YamlSource, language: LanguageFile) -> Iterator[Diagnostic]:
    for key, words, names in (
        ("panel", set(language.panel), get_args(PanelField)),
        ("urgency", set(language.urgency), get_args(Urgency)),
        ("log", set(language.log), get_args(LogWord)),
        ("visit", set(language.visit), get_args(VisitWord)),
    ):
        for name in names:
            if name not in words:
                yield source.diagnostic((key,), "C202", f'the key "{name}" is missing', f"add {name}:")


def _wrong_placeholders(source: YamlSource) -> Iterator[Diagnostic]:
    for path, wanted in _PLACEHOLDERS.items():
        text = source.value
        for key in path:
            text = text.get(key) if isinstance(text, dict) else None
        if not isinstance(text, str):
            continue  # an urgency without words, said above
        found = set(_PLACEHOLDER.findall(text))
        if found != wanted:
            known = " and ".join(sorted(wanted))
            wrong = [f"{name} is missing" for name in sorted(wanted - found)]
            wrong += [f"{name} is not filled in here" for name in sorted(found - wanted)]
            yield source.diagnostic(path, "C213", "; ".join(wrong), f"write {known} where the value goes")
