"""Numbers as they are said: "20" is read "twenty", and so is its length.

SMOG's instructions ask to pronounce a number to find its syllables. A number is one word, joined with hyphens
("twenty-five"); the digits of a telephone number are said one by one.
"""

from __future__ import annotations

from msgspec import Struct


class _Names(Struct, frozen=True):
    """The names of numbers in a language: the first ones, the tens, the hundreds, and what joins them."""

    small: tuple[str, ...]
    tens: tuple[str, ...]
    hundreds: tuple[str, ...]
    thousand: str
    tens_and_ones: str
    point: str


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ENGLISH_SMALL = _listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_SPANISH_SMALL = _listed(
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
    "dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete "
    "veintiocho veintinueve"
)
NAMES = {
    "en": _Names(
        small=_ENGLISH_SMALL,
        tens=_listed("twenty thirty forty fifty sixty seventy eighty ninety"),
        hundreds=tuple(f"{digit}-hundred" for digit in _ENGLISH_SMALL[1:10]),
        thousand="thousand",
        tens_and_ones="-",
        point="point",
    ),
    "es": _Names(
        small=_SPANISH_SMALL,
        tens=_listed("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa"),
        hundreds=_listed(
            "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
        ),
        thousand="mil",
        tens_and_ones="-y-",
        point="coma",
    ),
}


def said(number: int, language: str) -> str:
    """A whole number in words. From a million on, digit by digit."""
    names = NAMES[language]
    if number >= 1_000_000:
        return digits(str(number), language)
    if number < len(names.small):
        return names.small[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return names.tens[tens - 2] + (names.tens_and_ones + names.small[rest] if rest else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        if language == "es" and number == 100:
            return "cien"
        return "-".join(filter(None, (names.hundreds[hundreds - 1], said(rest, language) if rest else "")))
    thousands, rest = divmod(number, 1000)
    count = "" if language == "es" and thousands == 1 else said(thousands, language)
    return "-".join(filter(None, (count, names.thousand, said(rest, language) if rest else "")))


def digits(text: str, language: str) -> str:
    """Digits said one by one."""
    return "-".join(NAMES[language].small[int(digit)] for digit in text if digit.isdecimal())


def decimal(whole: str, fraction: str, language: str) -> str:
    """A number with a decimal part, said digit by digit after the point (English) or the comma (Spanish)."""
    return f"{said(int(whole or 0), language)}-{NAMES[language].point}-{digits(fraction, language)}"
