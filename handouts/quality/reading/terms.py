"""Words that could be plainer (R21), and acronyms that nobody explained (R20)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handouts.quality.reading.prepared import Match
from handouts.quality.reading.words import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from handouts.quality.reading.prepared import Passage

_ACRONYM = re.compile(r"(?<![\w-])(?:[A-Z]{2,6}|[A-Z]\d?[A-Z]{1,4})(?=s?(?![\w-]))")
_ROMAN = re.compile(r"[IVXLC]+$")
_SHOUTED = listed(  # words set in capitals, not acronyms
    "NOT NO DO STOP NEVER ALWAYS ONLY AND OR CALL NOW IF SI NUNCA SIEMPRE LLAME PARE SOLO"
)


def long_forms(passages: Sequence[Passage], swaps: Mapping[str, str]) -> Iterator[Match]:
    """Words and phrases that have a plainer form. `swaps`: what to say instead, by the word in small letters."""
    if not swaps:
        return
    longest_first = sorted(swaps, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)
    for index, passage in enumerate(passages):
        for found in pattern.finditer(" ".join(passage.text.split())):
            yield Match(index, found[0], swaps[found[0].casefold()])


def unexplained_acronyms(passages: Sequence[Passage], known: Collection[str] = ()) -> Iterator[Match]:
    """Acronyms whose first use is not spelled out, before or after it in brackets. Headings and labels do not count.

    `known` needs no explaining: what everybody knows, and what the caller explains elsewhere.
    """
    seen = {*known, *_SHOUTED}
    for index, passage in enumerate(passages):
        if passage.kind in {"heading", "label"} or passage.text.isupper():
            continue
        for found in _ACRONYM.finditer(passage.text):
            name = found[0]
            if name in seen or name.casefold() in seen or _ROMAN.match(name):
                continue
            seen.add(name)
            after = passage.text[found.end() :].removeprefix("s").lstrip("*_")
            before = passage.text[: found.start()]
            in_brackets = before.endswith(("(", "(*", "(**")) and len(before.split()) > 1
            if not in_brackets and not after.startswith((" (", "\u00a0(")):
                yield Match(index, name, "the words it stands for, in brackets")
