"""Text made ready to be measured: which sentences it has, and which words are in them.

A formula counts words per sentence, so the sentences decide. What is no sentence is left out, by these rules:

- Headings and labels (a fixed word such as "Why:", the name before an item, a table's headers, a field's name) never
  count.
- What has a stop at its end is a sentence. A line of a list, or anything else, without one is a sentence if it has a
  verb (`verbs.py`); a fragment ("Fever or chills") is not.
- A full stop ends a sentence where space and no small letter follow; not in a decimal ("2.5"), an abbreviation
  ("Dr. Ruiz", "e.g.") or the number of a list ("1. Sit"). A colon and a semicolon end none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from handouts.quality.reading.verbs import has_verb
from handouts.quality.reading.words import ABBREVIATIONS, MAY_END, base_language, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PassageKind = Literal["paragraph", "item", "caption", "cell", "heading", "label"]

_END = re.compile(r"[.!?…]+[\"'”’»)\]*_]*(?=\s|$)")
_CLOSED = re.compile(r"[.!?…][\"'”’»)\]*_]*$")
_ENDLESS = re.compile(r"\S{100,}")  # an address, or no word at all
_NUMBERED = re.compile(r"\d+\.$")


class Passage(Struct, frozen=True):
    """A paragraph, a line of a list, a heading …: text without a break in it.

    `section` is the id of the section that it stands in; `origin` is the caller's own (a file and a place in it, say):
    whoever finds something in the passage can tell where that is.
    """

    text: str
    kind: PassageKind = "paragraph"
    section: str = ""
    origin: Any = None


class Sentence(Struct, frozen=True):
    """A sentence, its words as they are said, and the index of the passage it stands in."""

    text: str
    words: tuple[str, ...]
    passage_index: int


class Prepared(Struct, frozen=True):
    """Passages, their sentences, and the fragments that are not measured."""

    language: str
    passages: tuple[Passage, ...]
    sentences: tuple[Sentence, ...]
    fragments: tuple[Sentence, ...]

    def by_section(self) -> dict[str, Prepared]:
        """The same for each section that has passages; sentences keep the index of their passage among all."""
        found: dict[str, tuple[list[Sentence], list[Sentence]]] = {each.section: ([], []) for each in self.passages}
        for kind, part in enumerate((self.sentences, self.fragments)):
            for each in part:
                found[self.passages[each.passage_index].section][kind].append(each)
        return {name: Prepared(self.language, self.passages, *map(tuple, parts)) for name, parts in found.items()}


class Match(Struct, frozen=True):
    """Something found in a text: in which passage (its index), the words, what to say instead, and the sentence."""

    passage_index: int
    text: str
    instead: str = ""
    sentence: Sentence | None = None


def prepare(passages: Iterable[Passage | str], language: str) -> Prepared:
    """Find the sentences. A plain string is a paragraph. Raises LanguageNotMeasuredError."""
    base = base_language(language)
    taken = tuple(_manageable(Passage(each) if isinstance(each, str) else each) for each in passages)
    sentences: list[Sentence] = []
    fragments: list[Sentence] = []
    for index, passage in enumerate(taken):
        if passage.kind in {"heading", "label"}:
            continue
        for text, found, whole in _found(passage.text, base):
            (sentences if whole else fragments).append(Sentence(text, found, index))
    return Prepared(base, taken, tuple(sentences), tuple(fragments))


@lru_cache(maxsize=8192)  # the same paragraph stands on many sheets
def _found(text: str, language: str) -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    """Each sentence or fragment of a passage that has words: its text, its words, and whether it is a sentence."""
    parts = ((part, words(part, language)) for part in split(text, language))
    return tuple((part, each, bool(_CLOSED.search(part)) or has_verb(each, language)) for part, each in parts if each)


def _manageable(passage: Passage) -> Passage:
    """The passage without what is no word: expressions look back from each character of a run without a space."""
    return replace(passage, text=_ENDLESS.sub(" ", passage.text)) if _ENDLESS.search(passage.text) else passage


def split(text: str, language: str) -> Iterator[str]:
    """The sentences of a text, with their marks."""
    text = " ".join(text.split())
    start = 0
    for end in _END.finditer(text):
        if end.end() < len(text) and not _ends(text[start : end.end()], text[end.end() :].lstrip(), language):
            continue
        yield text[start : end.end()].strip()
        start = end.end()
    if text[start:].strip():
        yield text[start:].strip()


def _ends(before: str, after: str, language: str) -> bool:
    """Whether a sentence ends between these two."""
    if after[:1].islower():
        return False
    if not before.endswith("."):
        return True
    if _NUMBERED.fullmatch(before.strip()):
        return False
    short = before.casefold()
    for abbreviation in ABBREVIATIONS[language]:
        if short.endswith(abbreviation) and not short[: -len(abbreviation)][-1:].isalnum():
            return abbreviation in MAY_END and after[:1].isupper()
    return not re.search(r"\b[A-Z]\.$", before)  # an initial: "J. Smith"
