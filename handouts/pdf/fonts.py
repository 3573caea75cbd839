"""Typefaces: found by family or file, measured, with a fallback for what they lack. Phase 4, LAY OUT.

A glyph is never silently dropped: a character that the brand's face lacks comes from the fallback family, and one
that no face has stops the layout with the character and its place (`Fever ≥ 38.5` without its ≥ is a medical error).

ReportLab reads TrueType outlines only (no CFF, no WOFF2) and knows no fallback; its global font registry is not used.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from reportlab.pdfbase.ttfonts import TTFont

from handouts.errors import Diagnostic, MissingResourceError
from handouts.library.typefaces import FALLBACK_FAMILY, FaceName, face_file, font_refused

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.library import Brand

# Characters that take no ink and need no glyph of their own.
_SPACES = {"\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2002": " ", "\u2003": " "}
# What takes no ink is left out, and white space of every kind that a line may break at becomes a space.
PLAIN = {
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff")),
    **dict.fromkeys(map(ord, "\t\n\r\v\f\u2028\u2029"), " "),
}
_RIGHT_TO_LEFT = {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "PDF", "PDI", "FSI"}

# Longer runs of letters are not words, and are not kept.
LONGEST_WORD = 64


class Face:
    """One font file, ready to measure and to draw. Widths are in points."""

    def __init__(self, file: Path) -> None:
        # The name is ReportLab's key inside one document; the file's own name would clash between families.
        self.font: Any = TTFont(f"face-{file}", str(file), shapable=False)
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
        """Whether the face can show the character."""
        return (ord(character) in self.glyphs or character == " ") and not right_to_left(character)

    def ems(self, text: str) -> float | None:
        """The advance of a text at size 1, or None when the face lacks one of its characters. Kept for each word."""
        try:
            return self._ems[text]
        except KeyError:
            codes = [ord(character) for character in text]
            known = self.glyphs.keys() >= set(codes) and not any(map(right_to_left, text))
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
            ems = sum([self._widths.get(ord(character), self._default) for character in text]) / 1000
        return ems * size


@cache
def _open_face(file: Path) -> Face:
    return Face(file)


class Piece(Struct, frozen=True):
    """A stretch of text in one face."""

    face: Face
    text: str


class Fonts:
    """The faces of one brand, with the fallback family behind them. Opened when first needed."""

    def __init__(self, brand: Brand) -> None:
        self.brand = brand
        self._faces: dict[tuple[bool, FaceName], Face] = {}

    def face(self, name: FaceName, *, fallback: bool = False) -> Face:
        """A face of the brand or of the fallback family. Raises MissingResourceError when there is none."""
        key = (fallback, name)
        found = self._faces.get(key)
        if found is None:
            found = self._faces[key] = self._open(name, fallback=fallback)
        return found

    def _open(self, name: FaceName, *, fallback: bool) -> Face:
        file = face_file(self.brand, name, FALLBACK_FAMILY if fallback else None)
        try:
            return _open_face(file)
        except Exception:  # noqa: BLE001  ReportLab's parser fails in a dozen ways on a damaged file
            raise font_refused(self.brand, file, "is not a TrueType font that can be embedded") from None

    def pieces(self, text: str, name: FaceName, place: str) -> list[Piece]:
        """The text split by the face that has its characters.

        `place` says in the message where the text stands. Raises MissingResourceError for a character that no
        face has.
        """
        face = self.face(name)
        text = text.translate(PLAIN)
        if not text:
            return []
        if face.ems(text) is not None:
            return [Piece(face, text)]
        chosen: list[tuple[Face, str]] = []
        for character in unicodedata.normalize("NFC", text):
            shown = _SPACES.get(character, character)
            holder = face if face.has(shown) else self.face(name, fallback=True)
            if not holder.has(shown):
                turned = ord(shown) in face.glyphs or ord(shown) in holder.glyphs
                raise MissingResourceError(missing_glyph(shown, place, turned=turned))
            chosen.append((holder, shown))
        return [
            Piece(holder, "".join(shown for _, shown in run))
            for holder, run in groupby(chosen, key=lambda each: each[0])
        ]


def right_to_left(character: str) -> bool:
    """Whether the character runs from right to left, or turns the direction of others: such text cannot be set yet."""
    return character > "\u0590" and unicodedata.bidirectional(character) in _RIGHT_TO_LEFT


def missing_glyph(character: str, place: str, *, turned: bool = False) -> Diagnostic:
    """The message for a character that no face has, or that is `turned`: has a glyph, but runs from right to left.

    What a clinician wrote of a patient is not repeated.
    """
    if place.startswith("--"):
        return Diagnostic(
            "F103", f"{place}: no typeface here has one of its characters", "write it in letters that the typeface has"
        )
    if turned:
        return Diagnostic(
            "F104", f"{place}: text from right to left cannot be printed yet", "write it in letters from left to right"
        )
    name = unicodedata.name(character, "a character without a name")
    return Diagnostic(
        "F103",
        f"{place}: no typeface here has U+{ord(character):04X} ({name.lower()})",
        "leave the character out, or set a font that has it in the brand",
    )
