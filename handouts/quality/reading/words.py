"""Words of a sentence as they are said: numbers, abbreviations and letters in full, addresses left out.

SMOG's instructions: words with hyphens are one word, numbers and abbreviations are read aloud, proper nouns count.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from handouts.quality.reading import english, numbers, spanish

if TYPE_CHECKING:
    from collections.abc import Callable

LANGUAGES = ("en", "es")

# Abbreviations with a stop, as they are said. A stop in one of these ends no sentence, but for those in `MAY_END`.
ABBREVIATIONS: dict[str, dict[str, str]] = {
    "en": {
        "dr.": "doctor",
        "mr.": "mister",
        "mrs.": "missis",
        "ms.": "miz",
        "st.": "saint",
        "vs.": "versus",
        "no.": "number",
        "fig.": "figure",
        "approx.": "approximately",
        "e.g.": "for example",
        "i.e.": "that is",
        "etc.": "et cetera",
        "a.m.": "a-m",
        "p.m.": "p-m",
        "u.s.": "u-s",
        "u.s.a.": "u-s-a",
        "u.k.": "u-k",
        "p.": "page",
    },
    "es": {
        "dr.": "doctor",
        "dra.": "doctora",
        "sr.": "señor",
        "sra.": "señora",
        "ud.": "usted",
        "uds.": "ustedes",
        "p. ej.": "por ejemplo",
        "etc.": "etcétera",
        "a. m.": "a-m",
        "p. m.": "p-m",
        "a.m.": "a-m",
        "p.m.": "p-m",
        "ee. uu.": "estados unidos",
        "núm.": "número",
        "pág.": "página",
    },
}
MAY_END = frozenset({"a.m.", "p.m.", "a. m.", "p. m.", "etc."})  # they end a sentence when a capital follows

_UNITS: dict[str, dict[str, str]] = {
    "en": {
        "mg": "milligrams",
        "mcg": "micrograms",
        "g": "grams",
        "kg": "kilograms",
        "ml": "milliliters",
        "cm": "centimeters",
        "mm": "millimeters",
        "m": "meters",
        "km": "kilometers",
        "lb": "pounds",
        "lbs": "pounds",
        "oz": "ounces",
        "ft": "feet",
        "%": "percent",
        "°f": "degrees fahrenheit",
        "°c": "degrees celsius",
        "°": "degrees",
    },
    "es": {
        "mg": "miligramos",
        "mcg": "microgramos",
        "g": "gramos",
        "kg": "kilogramos",
        "ml": "mililitros",
        "cm": "centímetros",
        "mm": "milímetros",
        "m": "metros",
        "km": "kilómetros",
        "%": "por ciento",
        "°f": "grados fahrenheit",
        "°c": "grados celsius",
        "°": "grados",
    },
}
_SIGNS = {"en": {"&": " and ", "=": " equals ", "½": " one-half ", "¼": " one-quarter ", "¾": " three-quarters "},
          "es": {"&": " y ", "=": " igual ", "½": " medio ", "¼": " un-cuarto ", "¾": " tres-cuartos "}}  # fmt: skip
_TO = {"en": " to ", "es": " a "}
_ORDINALS = {"1st": "first", "2nd": "second", "3rd": "third", "5th": "fifth", "8th": "eighth", "9th": "ninth"}
_ORDINALS |= {"12th": "twelfth", "20th": "twentieth"}

_ADDRESS = re.compile(r"\S+@\S+\.\w+|(?:https?://|www\.)\S+|\b[\w-]+\.(?:org|com|gov|net|edu)\b\S*", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\d-])(?:\+?\d{1,3}[ -])?(?:\(\d{3}\) ?|\d{3}[ -])?\d{3}-\d{4}(?![\d-])")
_EMERGENCY = re.compile(r"(?<![\d.,])(?:911|112|988|999|061|811)(?![\d.,]\d|\d|-\d)")
_CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})\b")
_RANGE = re.compile(r"(?<=\d) ?[–-] ?(?=\d)")
_ORDINAL = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b")
_NUMBER = {
    "en": re.compile(r"(?<![\w.])(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?|(?<![\w.])()\.(\d+)"),
    "es": re.compile(r"(?<![\w.,])(\d{1,3}(?:\.\d{3})+|\d+)(?:[,.](\d+))?|(?<![\w.,])()[,.](\d+)"),
}
_UNIT = re.compile(r"(?<=\d) ?(°[CF]|mcg|mg|kg|ml|mL|cm|mm|km|lbs?|oz|ft|g|m|%|°)(?![^\W\d_])")
_LETTERS = re.compile(r"(?<![\w-])[A-Z]{2,4}(?=s?(?![\w-]))")
# Written in capitals and read as a word. Others of up to four letters are read letter by letter.
_READ_AS_WORDS = frozenset({"TENS", "AIDS", "NSAID", "RICE", "CAT", "PIN", "SARS", "TAC", "SIDA", "AINE"})
_WORD = re.compile(r"[^\W\d_]+(?:[’'‑-][^\W\d_]+)*")

_COUNTERS: dict[str, Callable[[str], int]] = {"en": english.syllables, "es": spanish.syllables}


class LanguageNotMeasuredError(ValueError):
    """There are no rules for this language (R43: a formula holds only for the language that it was made for)."""

    def __init__(self, language: str) -> None:
        super().__init__(f"no reading formula for the language {language!r}; there are some for {', '.join(LANGUAGES)}")


def base_language(language: str) -> str:
    """The language of a tag ("en" of "en-US"). Raises LanguageNotMeasuredError for one without rules."""
    base = language.partition("-")[0].casefold()
    if base not in LANGUAGES:
        raise LanguageNotMeasuredError(language)
    return base


def listed(text: str) -> frozenset[str]:
    """A set of words, written one after the other."""
    return frozenset(text.split())


def spoken(text: str, language: str) -> str:
    """The text with everything that is written short said in full."""
    text = text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u00ad", "")
    text = _ADDRESS.sub(" ", text)
    for short, full in ABBREVIATIONS[language].items():
        if short in text.casefold():
            text = re.sub(rf"(?<!\w){re.escape(short)}", full + " ", text, flags=re.IGNORECASE)
    text = _LETTERS.sub(lambda match: match[0] if match[0] in _READ_AS_WORDS else "-".join(match[0]), text)
    if not any(map(str.isdigit, text)) and not any(sign in text for sign in _SIGNS[language]):
        return text
    units = _UNITS[language]
    text = _UNIT.sub(lambda match: f" {units.get(match[1].lower(), match[1])} ", text)
    text = _PHONE.sub(lambda match: f" {numbers.digits(match[0], language)} ", text)
    text = _EMERGENCY.sub(lambda match: numbers.digits(match[0], language), text)
    text = _CLOCK.sub(lambda match: _clock(match, language), text)
    text = _RANGE.sub(_TO[language], text)
    if language == "en":
        text = _ORDINAL.sub(_ordinal, text)
    text = _NUMBER[language].sub(lambda match: _number(match, language), text)
    for sign, said in _SIGNS[language].items():
        text = text.replace(sign, said)
    return text


def words(text: str, language: str) -> tuple[str, ...]:
    """The words of a text as they are said, as they are written (capitals stay)."""
    return tuple(_WORD.findall(spoken(text, language)))


@lru_cache(maxsize=8192)
def syllables(word: str, language: str) -> int:
    """The syllables of a word, the parts of one with hyphens together."""
    count = _COUNTERS[base_language(language)]
    return sum(count(part) for part in re.split(r"[‑-]", word.casefold().replace("’", "'")) if part)


def _clock(match: re.Match[str], language: str) -> str:
    minutes = int(match[2])
    return numbers.said(int(match[1]), language) + (f"-{numbers.said(minutes, language)}" if minutes else "")


def _ordinal(match: re.Match[str]) -> str:
    last = f"{int(match[1]) % 10}{match[0].lstrip('0123456789')}"
    return _ORDINALS.get(match[0]) or (
        numbers.said(int(match[1]), "en") if last in {"1st", "2nd", "3rd"} else f"{numbers.said(int(match[1]), 'en')}th"
    )


def _number(match: re.Match[str], language: str) -> str:
    whole, fraction = re.sub(r"[.,]", "", match[1] or ""), match[2] or match[4]
    if fraction:
        return numbers.decimal(whole, fraction, language)
    return numbers.said(int(whole), language)
