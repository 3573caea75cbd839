"""Reading level from prepared text: the formulas, each for the language that it was made for (R43).

English: SMOG (McLaughlin, J Reading 1969;12:639-646) is the grade that a reader needs to understand all of a text;
Flesch–Kincaid (Kincaid and others, Naval Technical Training Command, report 8-75, 1975) the grade to follow most of it.
Every word of three syllables counts, a glossary word that the sheet explains as well.

Spanish: INFLESZ is the ease of Szigriszt-Pazos (thesis, Madrid 1993) on the scale that Barrio-Cantalejo and others
validated for texts that patients read (An Sist Sanit Navar 2008;31:135-152); Crawford ("Fórmula y gráfico para
determinar la comprensibilidad de textos del nivel primario en castellano", Lectura y Vida) is a grade of primary
school, and was made for grades one to six only.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from math import sqrt
from typing import TYPE_CHECKING

from msgspec import Struct

from handouts.quality.reading.words import LanguageNotMeasuredError, syllables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handouts.quality.reading.prepared import Prepared, Sentence

SMALL_SAMPLE = 30  # sentences; SMOG was made from samples of thirty
LONG_WORD = 3  # syllables


class Counts(Struct, frozen=True):
    """What the formulas need; `long_words` have three syllables or more, each as often as it stands there."""

    sentences: int
    words: int
    syllables: int
    long_words: int

    @property
    def is_small(self) -> bool:
        """Whether there are too few sentences for a figure to rely on."""
        return self.sentences < SMALL_SAMPLE


class Figure(Struct, frozen=True):
    """One formula's result. `limit` is the most it may be, or the least where `more_is_easier`; `rule` asks for it."""

    name: str
    value: float
    limit: float
    rule: str
    more_is_easier: bool = False

    @property
    def passes(self) -> bool:
        """Whether the text is easy enough, judged on the figure as it is shown: with one decimal."""
        shown = round(self.value, 1)
        return shown >= self.limit if self.more_is_easier else shown <= self.limit


def count(sentences: Sequence[Sentence], language: str) -> Counts:
    """Count sentences, words and syllables."""
    lengths = [syllables(word, language) for sentence in sentences for word in sentence.words]
    return Counts(len(sentences), len(lengths), sum(lengths), sum(length >= LONG_WORD for length in lengths))


def measure(prepared: Prepared) -> tuple[Figure, ...]:
    """The figures of a text in its language; none for a text without sentences."""
    counts = count(prepared.sentences, prepared.language)
    if not counts.sentences:
        return ()
    if prepared.language == "en":
        return (
            Figure("SMOG", smog(counts), 8.0, "R01"),
            Figure("Flesch–Kincaid", flesch_kincaid(counts), 6.0, "R02"),
        )
    if prepared.language == "es":
        return (
            Figure("INFLESZ", inflesz(counts), 65.0, "R01", more_is_easier=True),
            Figure("Crawford", crawford(counts), 6.0, "R02"),
        )
    raise LanguageNotMeasuredError(prepared.language)


def long_words(prepared: Prepared) -> Counter[str]:
    """The words of three syllables and more, in small letters, with how often each stands in the text."""
    everything = chain.from_iterable(sentence.words for sentence in prepared.sentences)
    return Counter(word.casefold() for word in everything if syllables(word, prepared.language) >= LONG_WORD)


def smog(counts: Counts) -> float:
    """SMOG grade: 1.0430 √(long words × 30 / sentences) + 3.1291."""
    return 1.0430 * sqrt(counts.long_words * 30 / counts.sentences) + 3.1291


def flesch_kincaid(counts: Counts) -> float:
    """Flesch–Kincaid grade: 0.39 words/sentences + 11.8 syllables/words − 15.59."""
    return 0.39 * counts.words / counts.sentences + 11.8 * counts.syllables / counts.words - 15.59


def inflesz(counts: Counts) -> float:
    """Ease of Spanish, 0 to 100: 206.835 − 62.3 syllables/words − words/sentences.

    Under 40 very hard, to 55 rather hard, to 65 normal, to 80 rather easy, above very easy.
    """
    return 206.835 - 62.3 * counts.syllables / counts.words - counts.words / counts.sentences


def crawford(counts: Counts) -> float:
    """Crawford's grade for Spanish, each per 100 words: −0.205 sentences + 0.049 syllables − 3.407."""
    hundreds = counts.words / 100
    return -0.205 * counts.sentences / hundreds + 0.049 * counts.syllables / hundreds - 3.407
