"""Long words and what most people say instead, and the acronyms that need no explaining. Phase 1, LOAD."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from handouts.library.models import Model, Words

if TYPE_CHECKING:
    from collections.abc import Iterable


class PlainWord(Model, frozen=True, kw_only=True):
    """A long or formal word or phrase, its other forms, and plainer words for it."""

    word: Words
    forms: tuple[Words, ...] = ()
    use: Annotated[Words, Meta(description="What to say instead; several ways with commas between them.")]


class PlainWordsFile(Model, frozen=True, kw_only=True):
    """The file `content/plain-words.yaml`; `content/plain-words.LANGUAGE.yaml` for another language than English."""

    acronyms: Annotated[tuple[Words, ...], Meta(description="Known to everybody: not to be spelled out.")] = ()
    words: tuple[PlainWord, ...] = ()


class PlainWords(Struct, frozen=True):
    """Every long form, in small letters, with what to say instead, and the acronyms that everybody knows."""

    swaps: dict[str, str]
    acronyms: frozenset[str]


def joined(lists: Iterable[PlainWordsFile]) -> PlainWords:
    """Several files as one; what a later one says of a word counts."""
    swaps: dict[str, str] = {}
    acronyms: set[str] = set()
    for each in lists:
        acronyms.update(each.acronyms)
        for entry in each.words:
            swaps.update(dict.fromkeys((form.casefold() for form in (entry.word, *entry.forms)), entry.use))
    return PlainWords(swaps, frozenset(acronyms))
