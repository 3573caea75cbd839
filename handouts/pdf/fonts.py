"""Typefaces: found by family or file, measured, with a fallback for what they lack. Phase 4, LAY OUT.

A glyph is never silently dropped: a character that the brand's face lacks comes from the first fallback family that
has it, and one that no face has stops the layout with the character and its place (`Fever ≥ 38.5` without its ≥ is a
medical error).

ReportLab reads TrueType outlines only (no CFF, no WOFF2) and knows no fallback; its global font registry is not used.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct

from handouts.errors import Diagnostic, MissingResourceError
from handouts.library.typefaces import FALLBACK_FAMILIES, FaceName, face_file, font_refused
from handouts.pdf.scripts import JOINERS, company, drawn, letters, turns, without_stray_joiners
from handouts.pdf.tagging import EmbeddedFont
from handouts.person import INVISIBLE, TURNING_SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handouts.library import Brand

# Characters that take no ink and need no glyph of their own.
_SPACES = {"\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2002": " ", "\u2003": " "}
# What takes no ink is left out, and white space of every kind that a line may break at becomes a space.
_PLAIN = {
    **dict.fromkeys(map(ord, INVISIBLE)),
    **dict.fromkeys(map(ord, "\t\n\r\v\f\u2028\u2029"), " "),
}
# Longer runs of letters are not words, and are not kept.
LONGEST_WORD = 64


class _Font(EmbeddedFont):
    """A font whose joined letters are read and searched as the letters that they are.

    But for two letters in one shape, which a reader that turns text round would turn, too.
    """

    def spelled(self, character: int) -> int:
        """The letter that a presentation form is a shape of."""
        letter = letters(chr(character)) if 0xFB00 <= character <= 0xFEFF else ""
        return ord(letter) if len(letter) == 1 else character


class Face:
    """One font file, ready to measure and to draw. Widths are in points."""

    def __init__(self, file: Path) -> None:
        self.font = _Font(str(file))
        face = self.font.face
        self.glyphs: dict[int, int] = face.charToGlyph
        self._widths: dict[int, float] = face.charWidths
        self._default = float(face.defaultWidth)
        self.ascent = face.ascent / 1000
        self.descent = -face.descent / 1000
        self._ems: dict[str, float | None] = {}
        # A damaged file may show it only when its outlines are read.
        self.font.face.makeSubset([code for code in map(ord, "Aa0") if code in self.glyphs])

    def has(self, character: str) -> bool:
        """Whether the face can show the character, in every shape that it may have in a word."""
        needed = company(character)
        return character == " " or (needed is not None and self.glyphs.keys() >= set(map(ord, needed)))

    @lru_cache(maxsize=32)  # noqa: B019  open faces are kept anyway
    def shown(self, characters: frozenset[str]) -> str:
        """Those of the characters that the face can show, in order."""
        return "".join(sorted(filter(self.has, characters)))

    def ems(self, text: str) -> float | None:
        """The advance of a text at size 1. Kept for each word.

        None when the face lacks one of its characters, or when one runs from right to left: `pieces` sees to those.
        """
        try:
            return self._ems[text]
        except KeyError:
            codes = [ord(character) for character in text]
            known = self.glyphs.keys() >= set(codes) and not turns(text)
            ems = sum([self._widths.get(code, self._default) for code in codes]) / 1000 if known else None
            if len(text) < LONGEST_WORD:
                if len(self._ems) > 20_000:
                    self._ems.clear()
                self._ems[text] = ems
            return ems

    def width(self, text: str, size: float) -> float:
        """The advance of a text; a missing character takes the room of the face's empty box."""
        ems = self.ems(text)
        if ems is None:
            return self.drawn_width("".join(drawn(text, 1)) if turns(text) else text, size)
        return ems * size

    def drawn_width(self, shapes: str, size: float) -> float:
        """The advance of characters as they are drawn: Arabic letters already in their joined shapes."""
        return sum([self._widths.get(ord(shape), self._default) for shape in shapes]) / 1000 * size


@cache
def _open_face(file: Path) -> Face:
    return Face(file)


class Piece(Struct, frozen=True):
    """A stretch of text in one face."""

    face: Face
    text: str


class Fonts:
    """The faces of one brand, with the fallback families behind them. Opened when first needed."""

    def __init__(self, brand: Brand) -> None:
        self.brand = brand
        self._faces: dict[tuple[str, FaceName], Face] = {}

    def face(self, name: FaceName, fallback: str = "") -> Face:
        """A face of the brand or of a fallback family. Raises MissingResourceError when there is none."""
        key = (fallback, name)
        found = self._faces.get(key)
        if found is None:
            found = self._faces[key] = self._open(name, fallback)
        return found

    def chain(self, name: FaceName) -> Iterator[Face]:
        """The faces to ask for a character, the brand's first; each is opened when it is reached."""
        yield self.face(name)
        for family in FALLBACK_FAMILIES:
            yield self.face(name, family)

    def _open(self, name: FaceName, fallback: str) -> Face:
        file = face_file(self.brand, name, fallback or None)
        try:
            face = _open_face(file)
        except Exception:  # noqa: BLE001  ReportLab's parser fails in a dozen ways on a damaged file
            raise font_refused(self.brand, file, "is not a TrueType font that can be embedded") from None
        if ord(" ") not in face.glyphs:
            raise font_refused(self.brand, file, "has no space: is it a font of signs?")
        return face

    def pieces(self, text: str, name: FaceName, place: str) -> list[Piece]:
        """The text, in reading order, split by the face that has its characters.

        `place` says in the message where the text stands. Raises MissingResourceError for a character that no
        face has.
        """
        face = self.face(name)
        text = plain(text)
        if not text:
            return []
        if face.ems(text) is not None:
            return [Piece(face, text)]
        chosen: list[tuple[Face, str]] = []
        for character in text:
            shown = _SPACES.get(character, character)
            if shown in JOINERS:  # goes with the letter before it
                holder: Face | None = chosen[-1][0]
            else:
                holder = next((each for each in self.chain(name) if each.has(shown)), None)
            if holder is None:
                raise MissingResourceError(missing_glyph(shown, place))
            chosen.append((holder, shown))
        return [
            Piece(holder, "".join(shown for _, shown in run))
            for holder, run in groupby(chosen, key=lambda each: each[0])
        ]


def plain(text: str) -> str:
    """The text without what takes no ink, with plain spaces where a line may break, and each letter as one sign."""
    if text.isascii() and text.isprintable():  # most is
        return text
    return without_stray_joiners(unicodedata.normalize("NFC", text).translate(_PLAIN))


# What people call letters whose first word in Unicode is another.
_ALPHABETS = {"CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}
# First words of letters that name no alphabet, or the one that everybody is asked to write in.
_NO_ALPHABET = frozenset({"COMBINING", "FULLWIDTH", "HALFWIDTH", "LATIN", "MATHEMATICAL", "MODIFIER", "VARIATION"})


def alphabet_of(character: str) -> str:
    """The alphabet of a letter that is not Latin, in English: `Thai`; nothing for other characters."""
    first = unicodedata.name(character, "").partition(" ")[0].partition("-")[0]
    if not unicodedata.category(character).startswith(("L", "M")) or first in _NO_ALPHABET:
        return ""
    return _ALPHABETS.get(first, first.capitalize())


def missing_glyph(character: str, place: str) -> Diagnostic:
    """The message for a character that no face has, or for a sign that turns text by hand.

    What a clinician wrote of a patient in a note is not repeated.
    """
    if place == "--note":
        return Diagnostic(
            "F105", f"{place}: no typeface here has one of its characters", "write it in letters that the typeface has"
        )
    if character in TURNING_SIGNS:
        return Diagnostic(
            "F104",
            f"{place}: a sign that nobody sees turns the direction of the text",
            "type the text again; letters from right to left need no such sign",
        )
    name = unicodedata.name(character, "a character without a name")
    return Diagnostic(
        "F103",
        f"{place}: no typeface here has U+{ord(character):04X} ({name.lower()})",
        "leave the character out, or set a font that has it in the brand",
    )
