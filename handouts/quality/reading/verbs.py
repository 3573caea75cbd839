"""Verbs, as far as a list can tell them: whether words make a sentence, whether a line starts with an action.

A list is no grammar. Where a form is a noun as well ("rest", "walk") it counts as a verb only at the start of a line,
where it asks for an action, or after a word that calls for a verb ("you rest", "do not walk").
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Sequence

# fmt: off
_CALLS_FOR_A_VERB = {
    "en": frozenset((
        "you", "i", "we", "they", "it", "he", "she", "who", "that", "which",
        "not", "never", "always", "please", "don't", "then", "only", "just",
    )),
    "es": frozenset((
        "usted", "ustedes", "se", "no", "le", "lo", "la", "les", "los", "las", "me", "que", "quien", "nunca", "si",
        "siempre",
    )),
}
_CONTRACTED = re.compile(r"(?:n't|'(?:re|ve|ll|m))$|^(?:it|that|there|what|he|she|who|here|let)'s$")
# fmt: on


class Lexicon(Struct, frozen=True):
    """The forms of a language's verbs: what is surely a verb, what may be a noun as well, and what is asked of one."""

    finite: frozenset[str]
    ambiguous: frozenset[str]
    asking: frozenset[str]
    participles: frozenset[str]


@cache
def lexicon(language: str) -> Lexicon:
    """The verbs of a language, from its list."""
    text = (files(__package__) / f"{_LISTS[language]}.txt").read_text(encoding="utf-8")
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return _english(lines) if language == "en" else _spanish(lines)


_LISTS = {"en": "english-verbs", "es": "spanish-verbs"}


def has_verb(words: Sequence[str], language: str) -> bool:
    """Whether the words have a verb that makes them a sentence."""
    verbs = lexicon(language)
    before = ""
    for index, word in enumerate(word.casefold().replace("’", "'") for word in words):
        if word in verbs.finite and before != "to":
            return True
        if word in verbs.ambiguous and (index == 0 or before in _CALLS_FOR_A_VERB[language]):
            return True
        if language == "en" and (_CONTRACTED.search(word) or (before in _SUBJECTS and word in verbs.participles)):
            return True
        before = word
    return False


_SUBJECTS = frozenset(("you", "i", "we", "they", "it", "he", "she", "who"))


def _english(lines: list[list[str]]) -> Lexicon:
    finite: set[str] = set()
    ambiguous: set[str] = set()
    asking: set[str] = set()
    participles: set[str] = set()
    for base, *irregular in lines:
        if not irregular or len(irregular) == 2:
            verb = base.rstrip("*")
            (ambiguous if base.endswith("*") else finite).update((verb, _third(verb)))
            past, participle = irregular or (_past(verb), _past(verb))
            asking.add(verb)
            participles.add(participle)
            if irregular:
                (ambiguous if past == verb else finite).add(past)
        elif base in {"be", "have", "do"}:
            finite.update((*irregular, *(() if base == "be" else (base,))))
            asking.add(base)
            participles.add(irregular[-1])
        else:
            finite.update((base, *irregular))
    finite -= {"been", "done", "had"} | ambiguous
    return Lexicon(frozenset(finite), frozenset(ambiguous), frozenset(asking), frozenset(participles))


def _third(verb: str) -> str:
    """He, she or it does it."""
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ies"
    return verb + ("es" if re.search(r"(?:s|x|z|ch|sh|o)$", verb) else "s")


def _past(verb: str) -> str:
    """The regular past, which is the participle as well."""
    if verb.endswith("e"):
        return verb + "d"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ied"
    if re.search(r"^[^aeiou]*[aeiou][bdgklmnprt]$|[^aeiou](?:fer|trol|mit)$", verb):
        return verb + verb[-1] + "ed"
    return verb + "ed"


_ENDINGS = {
    "ar": ("o", "a", "as", "amos", "an", "e", "es", "emos", "en", "ó", "aron", "ará", "arán", "aba", "aban", "ando"),
    "er": ("o", "e", "es", "emos", "en", "a", "as", "amos", "an", "ió", "ieron", "erá", "erán", "ía", "ían", "iendo"),
    "ir": ("o", "e", "es", "imos", "en", "a", "as", "amos", "an", "ió", "ieron", "irá", "irán", "ía", "ían", "iendo"),
}


def _spanish(lines: list[list[str]]) -> Lexicon:
    finite: set[str] = set()
    ambiguous: set[str] = set()
    asking: set[str] = set()
    participles: set[str] = set()
    for base, *irregular in lines:
        verb = base.rstrip("*")
        stem, ending = verb[:-2], verb[-2:]
        polite = irregular[0] if irregular else stem + ("e" if ending == "ar" else "a")
        regular = (stem + each for each in _ENDINGS[ending]) if len(stem) > 1 else ()  # not for ir, dar, ser
        forms = {*irregular, polite, polite + "n", *regular}
        (ambiguous if base.endswith("*") else finite).update(forms)
        asking.update((verb, polite, *(polite_with(polite, each) for each in ("se", "lo", "la", "los", "las", "le"))))
        participles.add(stem + ("ado" if ending == "ar" else "ido"))
    finite -= ambiguous
    return Lexicon(frozenset(finite), frozenset(ambiguous), frozenset(asking), frozenset(participles))


_ACCENTS = str.maketrans("aeiou", "áéíóú")


def polite_with(polite: str, pronoun: str) -> str:
    """An imperative with a pronoun behind it: "ponga" and "se" make "póngase"."""
    syllable = list(re.finditer(r"[aeo]|(?<![qg])u|i(?![aeo])", polite[:-1]))
    if any(letter in "áéíóú" for letter in polite) or not syllable:
        return polite + pronoun
    place = syllable[-1].start()
    return polite[:place] + polite[place].translate(_ACCENTS) + polite[place + 1 :] + pronoun
