"""How hard words are to read: text made ready, its sentences and words, and the formulas that grade it.

    prepared = prepare_document(document)                # or prepare(["A paragraph.", Passage("A line", "item")], "en")
    for figure in measure(prepared): …                   # SMOG and Flesch–Kincaid, or INFLESZ and Crawford
    count(prepared.sentences, prepared.language)         # sentences, words, syllables, long words
    measure(prepared.by_section()["overview"])           # a section alone

A text in a language without rules raises LanguageNotMeasuredError (R43). This room knows words, nothing of topics or
files: a Passage carries whatever its caller wants to find it by.
"""

from handouts.quality.reading.formulas import SMALL_SAMPLE, Counts, Figure, count, long_words, measure
from handouts.quality.reading.passages import passages, prepare_document
from handouts.quality.reading.prepared import (
    Match,
    Passage,
    Prepared,
    Sentence,
    prepare,
)
from handouts.quality.reading.words import LanguageNotMeasuredError, syllables, words

__all__ = [
    "SMALL_SAMPLE",
    "Counts",
    "Figure",
    "LanguageNotMeasuredError",
    "Match",
    "Passage",
    "Prepared",
    "Sentence",
    "count",
    "long_words",
    "measure",
    "passages",
    "prepare",
    "prepare_document",
    "syllables",
    "words",
]
