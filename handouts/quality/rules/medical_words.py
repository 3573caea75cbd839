"""R19: medical words are explained where they are first used, in what is selected (PEMAT 4, CDC Index 7).

Composing puts a glossary word's meaning in brackets at its first use in running text. What can still go wrong: a word
that stands only in headings, labels and captions here, because the section that used it in a sentence was left out;
a word that an author set in bold for stress, which composing takes for an explanation; a word that no glossary has.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from handouts.document import Emphasis, Heading, Link, Span, Strong, Text, plain_text
from handouts.quality.rules.rule import Fault, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.composing.glossary import Glossary
    from handouts.document import Inline
    from handouts.library.models import Term
    from handouts.quality.rules.leaves import Leaf
    from handouts.quality.rules.subjects import ComposedSheet, WrittenTopic

# A sentence of fewer words names the word in bold and does not explain it.
SHORTEST_EXPLANATION = 5
# Endings of words that patients know only from a clinic.
_MEDICAL = {
    "en": re.compile(
        r"\b[a-z]{2,}(?:itis|ectom(?:y|ies)|otom(?:y|ies)|ostom(?:y|ies)|oscop(?:y|ies|ic)|plast(?:y|ies)|algia"
        r"|[a-z]{3}opath(?:y|ies|ic)|opathic|[aei]?emia|uria|plegia|paresis|omegaly|orrh(?:ea|age)|sclerosis|stenosis|trophy"
        r"|ectasis|desis|olysis|spasmodics?|otropic)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b[a-záéíóúñ]{2,}(?:itis|ectom[ií]as?|otom[ií]as?|ostom[ií]as?|oscop[ií]as?|oscópic[oa]s?|plastias?|algias?"
        r"|opat[ií]as?|emia|uria|plej[ií]a|paresia|megalia|rragia|rrea|esclerosis|estenosis|trofia|ólisis)\b",
        re.IGNORECASE,
    ),
}
_KNOWN = frozenset({"trophy", "atrophy", "diarrhea", "diarrea"})


class _Use(Struct, frozen=True):
    """A medical word somewhere on the sheet. `explains` is whether this place says what it means."""

    term: str
    word: str
    leaf: int
    explains: bool


@rule("R19", "page")
def explained_words(sheet: ComposedSheet) -> Iterator[Fault]:
    """Each word of the glossary that is on the sheet is explained on it, in the same section or before.

    The title only warns: it names what the visit was about.
    """
    uses = [
        use
        for index, leaf in enumerate(sheet.leaves)
        if not leaf.is_fine
        for use in _uses(leaf, index, sheet.written.glossary)
    ]
    explained: dict[str, int] = {}
    for use in uses:
        if use.explains:
            explained.setdefault(use.term, use.leaf)
    reported: set[str] = set()
    for use in uses:
        leaf = sheet.leaves[use.leaf]
        where = explained.get(use.term)
        if use.term in reported or (where is not None and (where <= use.leaf or _close(leaf, sheet.leaves[where]))):
            continue
        reported.add(use.term)
        message = f'"{use.word}" is not explained where it is printed'
        if where is not None:
            message = f'"{use.word}" is explained only further down'
        title = isinstance(leaf.holder, Heading) and leaf.holder.level == 1
        yield Fault(sheet.whence(leaf.unexplained), message, _remedy(leaf), "warning" if title else None)


def _close(leaf: Leaf, explanation: Leaf) -> bool:
    """Whether a heading, a label or the title is near enough to the sentence below it that explains its word."""
    return not leaf.is_running and leaf.section in {"", explanation.section}


def _remedy(leaf: Leaf) -> str:
    if leaf.is_running:
        return "set the word alone in **bold**, in a sentence that says what it means, or do not set it in bold"
    where = "heading" if isinstance(leaf.holder, Heading) else "label"
    return (
        f"a {where} is too short to hold a meaning: use the word in a sentence of this section, or a plainer one here"
    )


def _uses(leaf: Leaf, index: int, glossary: Glossary) -> Iterator[_Use]:
    parts = list(_parts(leaf.children))
    for number, (text, part) in enumerate(parts):
        following = parts[number + 1][1] if number + 1 < len(parts) else None
        for term, start, end in glossary.find(text):
            alone = isinstance(part, Strong) and (start, end) == (0, len(text.strip()))
            bracket = re.match(r"\s*\(", text[end:]) is not None
            gloss = isinstance(following, Span) and following.role == "gloss" and not text[end:].strip()
            yield _Use(term, text[start:end], index, bracket or gloss or (alone and _explains(leaf, text)))


def _parts(children: tuple[Inline, ...]) -> Iterator[tuple[str, Inline]]:
    """The runs of text, each with the element that says what it is; no meanings in brackets."""
    for child in children:
        match child:
            case Text(text):
                yield text, child
            case Span(role="gloss"):
                yield "", child
            case Strong(children=inner):
                yield plain_text(inner), child
            case Emphasis(children=inner) | Link(children=inner) | Span(children=inner):
                yield from _parts(inner)
            case _:
                yield " ", child


def _explains(leaf: Leaf, word: str) -> bool:
    """Whether the sentence around a word in bold is long enough to say what it means."""
    sentences = re.split(r"(?<=[.!?])\s+", leaf.unexplained)
    return any(word in each and len(each.split()) >= SHORTEST_EXPLANATION for each in sentences)


@rule("R19", "words", severity="warning")
def known_words(written: WrittenTopic) -> Iterator[Fault]:
    """A word that looks medical is in the glossary, or its sentence explains it: in bold, or with brackets after it."""
    pattern = _MEDICAL.get(written.language)
    if pattern is None:
        return
    known = {part.casefold() for term in written.library.glossary(written.language) for part in _words_of(term)}
    seen: set[str] = set()
    for each in written.texts:
        if each.field == "author":
            continue
        for match in pattern.finditer(each.text):
            word = match[0].casefold()
            if word in known or word in seen or word in _KNOWN or _is_explained(each.text, match):
                continue
            seen.add(word)
            yield Fault(each.where, f'"{match[0]}" is a medical word that the glossary does not have', _GLOSSARY)


_GLOSSARY = "say it in plain words, add it to the glossary, or set it in **bold** in a sentence that explains it"


def _words_of(term: Term) -> list[str]:
    return [part for form in (term.term, *term.forms) for part in re.split(r"[\s-]+", form)]


def _is_explained(text: str, match: re.Match[str]) -> bool:
    after = text[match.end() :]
    return after.startswith("**") or re.match(r"\w*\s*\(", after) is not None
