"""Sentences and paragraphs that are too long (R03, R04)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from handouts.quality.reading.prepared import Match

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.quality.reading.prepared import Prepared

LONG_SENTENCE = 20
TOO_LONG_SENTENCE = 25
LONGEST_MEAN = 15
MOST_SENTENCES = 4
MOST_WORDS = 60


def long_sentences(prepared: Prepared, most: int = LONG_SENTENCE) -> Iterator[Match]:
    """Sentences of more than `most` words (CMS Toolkit): how many is in the match's sentence."""
    for sentence in prepared.sentences:
        if len(sentence.words) > most:
            yield Match(sentence.passage_index, sentence.text, "two shorter sentences", sentence)


def mean_length(prepared: Prepared) -> float:
    """Words a sentence; 0 without sentences."""
    lengths = [len(sentence.words) for sentence in prepared.sentences]
    return sum(lengths) / len(lengths) if lengths else 0.0


def long_paragraphs(prepared: Prepared) -> Iterator[tuple[Match, int, int]]:
    """Passages of more than 4 sentences or 60 words (PEMAT 8), with their sentences and words."""
    sentences = Counter(sentence.passage_index for sentence in prepared.sentences)
    words: Counter[int] = Counter()
    for sentence in (*prepared.sentences, *prepared.fragments):
        words[sentence.passage_index] += len(sentence.words)
    for index, count in sorted(words.items()):
        if sentences[index] > MOST_SENTENCES or count > MOST_WORDS:
            yield Match(index, prepared.passages[index].text, "two paragraphs, or a list"), sentences[index], count
