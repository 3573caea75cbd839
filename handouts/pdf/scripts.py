"""Writing from right to left: in the order and the shapes that it is drawn in. Phases 4 and 5.

Text is stored as it is read. Hebrew and Arabic are drawn from right to left, numbers among them from left to right:
the Unicode bidirectional algorithm says how (Unicode Standard Annex 9). Arabic letters join, each in one of four
shapes (The Unicode Standard, 9.2), which fonts hold at the code points of the presentation forms.

Paragraphs run from left to right, and the signs that turn text by hand are refused, so the rules for those are not
needed. Why no library for it: python-bidi gives back an ordered string, but each character's face, colour and link
must follow it, so its level is needed; the letters' shapes are in Python's own Unicode tables. The tests hold both
against the libraries.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct

from handouts.person import TURNING_SIGNS

if TYPE_CHECKING:
    from collections.abc import Sequence

# Joining is forbidden (U+200C) or asked for (U+200D); without ink.
JOINERS = "\u200c\u200d"
_STRAY_JOINERS = re.compile(f"(?<![\u0620-\u065f\u066e-\u06ef\u06fa-\u08ff{JOINERS}])[{JOINERS}]+")
# The blocks of the scripts that run from right to left, and the signs.
_TURNED = re.compile(
    f"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff{''.join(sorted(TURNING_SIGNS))}]"
)
_BRACKETS = dict(zip("([{⟨⟦⁅⁽₍", ")]}⟩⟧⁆⁾₎", strict=True))
_MIRRORED = {**_BRACKETS, "<": ">", "«": "»", "‹": "›", "≤": "≥"}
_MIRRORED |= {right: left for left, right in _MIRRORED.items()}
_SEPARATOR = " · "
_TATWEEL = "\u0640"
_LAM = "\u0644"
_ALEFS = "\u0622\u0623\u0625\u0627"


def turns(text: str) -> bool:
    """Whether the text has characters from right to left, or signs that turn it."""
    return not text.isascii() and _TURNED.search(text) is not None


def without_stray_joiners(text: str) -> str:
    """The text with the joining signs that follow an Arabic letter, and no others."""
    return _STRAY_JOINERS.sub("", text) if "\u200c" in text or "\u200d" in text else text


# ------------------------------------------------------------------ the order


class Stretch(Struct, frozen=True):
    """Characters of one level, from a place in the text on; an odd level runs from right to left."""

    text: str
    level: int
    start: int


def stretches(text: str) -> list[Stretch]:
    """The text, in reading order, in stretches of one level; those from right to left are words, with their space."""
    if not turns(text):
        return [Stretch(text, 0, 0)]
    found: list[Stretch] = []
    start = 0
    every = levels(text)
    for end in range(1, len(text) + 1):
        if end == len(text) or every[end] != every[start] or (every[start] % 2 and text[end - 1] == " "):
            found.append(Stretch(text[start:end], every[start], start))
            start = end
    return found


def visual_order(levels: Sequence[int]) -> list[int]:
    """The indices of neighbours of these levels, from left to right as they are drawn (UAX 9, L2)."""
    order = list(range(len(levels)))
    for least in range(max(levels, default=0), 0, -1):
        start = 0
        for inside, run in groupby(levels, key=lambda level: level >= least):
            end = start + len(list(run))
            if inside:
                order[start:end] = reversed(order[start:end])
            start = end
    return order


def levels(text: str) -> list[int]:
    """The level of each character in a paragraph from left to right: 0, 1 from right to left, 2 a number there.

    What stands between middle dots is text by itself (UAX 9, HL4): an address does not turn the phone number after it.
    """
    if _SEPARATOR in text:
        first, *others = [levels(part) for part in text.split(_SEPARATOR)]
        return first + [level for other in others for level in [0] * len(_SEPARATOR) + other]
    classes = [unicodedata.bidirectional(character) or "L" for character in text]
    places = [place for place, each in enumerate(classes) if each != "BN"]
    types = _weak([classes[place] for place in places])
    _pair_brackets(types, [text[place] for place in places])
    _neutral(types)
    level = {"L": 0, "R": 1, "EN": 2, "AN": 2}
    resolved = {place: level[each] for place, each in zip(places, types, strict=True)}
    found: list[int] = []
    for place in range(len(text)):  # what has no direction of its own goes with what is before it
        found.append(resolved.get(place, found[-1] if found else 0))
    return found


def _weak(types: list[str]) -> list[str]:
    """Numbers, and the signs in and around them (UAX 9, W1 to W7)."""
    strong = previous = "L"
    for index, each in enumerate(types):
        if each == "NSM":
            each = types[index] = previous
        previous = each
        if each in {"L", "R", "AL"}:
            strong = each
        elif each == "EN" and strong == "AL":
            types[index] = "AN"
    types = ["R" if each == "AL" else each for each in types]
    for index in range(1, len(types) - 1):
        before, each, after = types[index - 1 : index + 2]
        if before == after and ((each == "CS" and before in {"EN", "AN"}) or (each == "ES" and before == "EN")):
            types[index] = before
    start = 0
    for is_sign, run in groupby(list(types), key=lambda each: each == "ET"):
        end = start + len(list(run))
        if is_sign and "EN" in {*types[max(start - 1, 0) : start], *types[end : end + 1]}:
            types[start:end] = ["EN"] * (end - start)
        start = end
    strong = "L"
    for index, each in enumerate(types):
        if each in {"L", "R"}:
            strong = each
        elif each == "EN" and strong == "L":
            types[index] = "L"
        elif each in {"ES", "ET", "CS"}:
            types[index] = "ON"
    return types


_STRONG = {"L": "L", "R": "R", "EN": "R", "AN": "R"}


def _pair_brackets(types: list[str], characters: list[str]) -> None:
    """Two brackets take one direction (UAX 9, N0)."""
    pairs: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for index, character in enumerate(characters):
        if types[index] != "ON":
            continue
        if character in _BRACKETS:
            opened.append((_BRACKETS[character], index))
        else:
            for depth in reversed(range(len(opened))):
                if opened[depth][0] == character:
                    pairs.append((opened[depth][1], index))
                    del opened[depth:]
                    break
    for start, end in sorted(pairs):
        inside = {_STRONG[each] for each in types[start + 1 : end] if each in _STRONG}
        if inside:
            before = next((_STRONG[each] for each in reversed(types[:start]) if each in _STRONG), "L")
            direction = "R" if "L" not in inside and before == "R" else "L"
            for bracket in (start, end):
                types[bracket] = direction
                for mark in range(bracket + 1, len(types)):  # an accent goes with what it stands on
                    if unicodedata.bidirectional(characters[mark]) != "NSM":
                        break
                    types[mark] = direction


def _neutral(types: list[str]) -> None:
    """What has no direction goes with its neighbours when they agree, else with the paragraph (UAX 9, N1 and N2)."""
    start, before = 0, "L"
    for is_neutral, run in groupby(list(types), key=lambda each: each not in _STRONG):
        end = start + len(list(run))
        if is_neutral:
            after = _STRONG[types[end]] if end < len(types) else "L"
            types[start:end] = ["R" if before == after == "R" else "L"] * (end - start)
        else:
            before = _STRONG[types[end - 1]]
        start = end


# ------------------------------------------------------------------ the shapes


def drawn(text: str, level: int) -> list[str]:
    """What is drawn for each character of a stretch, in reading order: its shape, or nothing."""
    if level % 2 == 0:
        return list(text)
    return [_MIRRORED.get(shape, shape) for shape in joined(text)]


def joined(text: str) -> list[str]:
    """The shape of each character among its neighbours; nothing for what has become part of the one before it."""
    shapes = list(text)
    forms = _forms()
    # A vowel sign is no neighbour: the letters around it join over it.
    places = [place for place, each in enumerate(text) if unicodedata.category(each) != "Mn"]
    before = False  # the letter before holds out its hand
    for index, place in enumerate(places):
        each = text[place]
        following = places[index + 1] if index + 1 < len(places) else None
        taken = before and _joins(each, "<final>")
        before = _joins(each, "<initial>")
        given = before and following is not None and _joins(text[following], "<final>")
        if each in JOINERS:
            shapes[place] = ""
        elif shapes[place] and each in forms:
            kind = {(0, 0): "<isolated>", (0, 1): "<initial>", (1, 1): "<medial>", (1, 0): "<final>"}[taken, given]
            shapes[place] = forms[each].get(kind, each)
            if each == _LAM and following is not None and each + text[following] in forms:
                shapes[place] = forms[each + text[following]]["<final>" if taken else "<isolated>"]
                shapes[following] = ""
    return shapes


def _joins(character: str, form: str) -> bool:
    """Whether the letter has the form that joins it to its neighbour on one side."""
    return character in {_TATWEEL, "\u200d"} or form in _forms().get(character, ())


@cache
def _forms() -> dict[str, dict[str, str]]:
    """The presentation forms of each Arabic letter, and of lam with each alef, as Unicode names them.

    A letter by itself is drawn as the letter: not every face has a second code point for that.
    """
    forms: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)):
        form, *codes = unicodedata.decomposition(chr(code)).split() or [""]
        of = "".join(chr(int(each, 16)) for each in codes)
        if len(of) == 1:
            forms.setdefault(of, {}).setdefault(form, of if form == "<isolated>" else chr(code))
        elif len(of) == 2 and of[0] == _LAM and of[1] in _ALEFS:
            forms.setdefault(of, {})[form] = chr(code)
    return forms


@lru_cache(maxsize=32)
def shapes(characters: frozenset[str]) -> frozenset[str]:
    """Every character that a text of these can be drawn with."""
    found = set(characters)
    if not any(map(turns, found)):
        return characters
    for of, forms in _forms().items():
        if found.issuperset(of):
            found.update(forms.values())
    found.update([_MIRRORED[each] for each in found if each in _MIRRORED])
    return frozenset(found - set(JOINERS))


def letters(form: str) -> str:
    """The letters that a presentation form stands for; every other character is itself."""
    return unicodedata.normalize("NFKC", form) if "\ufb50" <= form <= "\ufefc" else form


@cache
def company(character: str) -> frozenset[str] | None:
    """What a face must have to draw the character; None for a turning sign, and when its joined shapes are not known.

    An Arabic letter comes with all its forms, so that no word is drawn in two faces.
    """
    if not turns(character):
        return frozenset(character)
    if character in TURNING_SIGNS:
        return None
    read = letters(character)
    if unicodedata.bidirectional(character) == "AL" and unicodedata.category(character) == "Lo":
        known = _forms()
        if read == character and read not in known:
            return None
        wanted = {*read, *(_LAM + alef for alef in _ALEFS if _LAM in read)}
        return frozenset({form for each in wanted for form in known.get(each, {each: each}).values()} | {character})
    return frozenset(character)
