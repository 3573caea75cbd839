"""The fixed words of the page in a language. Phase 1, LOAD.

A translation that loses a placeholder prints all the same, but without the number of repetitions or without the
emergency number. So each text that takes a value is checked for its placeholders, and no urgency and no line of
the personal panel may lack its words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from handouts.errors import ContentError, Diagnostic
from handouts.library.models import LanguageFile, LogWord, PanelField, Urgency, VisitWord
from handouts.library.validation import read_model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.library.yaml_source import YamlSource

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_PLACEHOLDERS: dict[tuple[str, ...], set[str]] = {
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
