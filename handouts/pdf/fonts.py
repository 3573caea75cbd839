"""Typefaces: found by family or file, measured, with a fallback for what they lack. Phase 4, LAY OUT.

A glyph is never silently dropped: a character that the brand's face lacks comes from the fallback family, and one
that no face has stops the layout with the character and its place (`Fever ≥ 38.5` without its ≥ is a medical error).

ReportLab reads TrueType outlines only (no CFF, no WOFF2) and knows no fallback; its global font registry is not used.
"""

from __future__ import annotations

import importlib.util
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from handouts.errors import Diagnostic, MissingResourceError

if TYPE_CHECKING:
    from handouts.library import Brand

DEFAULT_FAMILY = "Atkinson Hyperlegible"
FALLBACK_FAMILY = "Fira Sans"

FaceName = Literal["regular", "bold", "italic", "bold-italic"]
FACES: dict[FaceName, tuple[int, str]] = {
    "regular": (400, "normal"),
    "bold": (700, "normal"),
    "italic": (400, "italic"),
    "bold-italic": (700, "italic"),
}
# Characters that take no ink and need no glyph of their own.
_SPACES = {"\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2002": " ", "\u2003": " ", "\t": " "}
_INVISIBLE = {"\u00ad", "\u200b", "\u2060", "\ufeff"}


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

    def has(self, character: str) -> bool:
        """Whether the face has a glyph for the character."""
        return ord(character) in self.glyphs or character == " "

    def ems(self, text: str) -> float | None:
        """The advance of a text at size 1, or None when the face lacks one of its characters. Kept for each word."""
        try:
            return self._ems[text]
        except KeyError:
            codes = [ord(character) for character in text]
            known = self.glyphs.keys() >= set(codes)
            ems = sum([self._widths.get(code, self._default) for code in codes]) / 1000 if known else None
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


def _family_file(family: str, face: FaceName) -> Path | None:
    """The family's file for a face, from its fontpkg distribution.

    Why not `fontpkg.path()`: it reads the metadata of every installed font package, 60 ms for each start. The
    shipped families' files have known places; other families are asked of fontpkg.
    """
    weight, style = FACES[face]
    known = {DEFAULT_FAMILY: "AtkinsonHyperlegible", FALLBACK_FAMILY: "FiraSans"}
    if family in known:
        spec = importlib.util.find_spec(f"fontpkg_{family.lower().replace(' ', '_')}")
        if spec and spec.origin:
            suffix = {"regular": "Regular", "bold": "Bold", "italic": "Italic", "bold-italic": "BoldItalic"}[face]
            file = Path(spec.origin).parent / "files" / f"{known[family]}-{suffix}.ttf"
            if file.is_file():
                return file
    import fontpkg

    try:
        return Path(fontpkg.path(family, weight, style, nearest=True))
    except fontpkg.FontpkgError:
        return None


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
        family = FALLBACK_FAMILY if fallback else self.brand.font or DEFAULT_FAMILY
        if isinstance(family, str):
            file = _family_file(family, name)
            if file is None:
                package = f"fontpkg-{family.lower().replace(' ', '-')}"
                raise MissingResourceError(
                    self.brand.diagnostic(
                        "font",
                        "F101",
                        f'the typeface "{family}" is not installed',
                        f"pip install {package}, or name the font's files",
                    )
                )
        else:
            file = family[list(FACES).index(name)]
        try:
            return _open_face(file)
        except (TTFError, OSError, ValueError, KeyError, IndexError, AssertionError) as error:
            missing = not file.is_file()
            reason = "there is no such file" if missing else f"not a TrueType font that can be embedded ({error})"
            raise MissingResourceError(
                self.brand.diagnostic(
                    "font", "F102", f"{file.name}: {reason}", "use a .ttf file with TrueType outlines"
                )
            ) from None

    def pieces(self, text: str, name: FaceName, place: str) -> list[Piece]:
        """The text split by the face that has its characters.

        `place` says in the message where the text stands. Raises MissingResourceError for a character that no
        face has.
        """
        face = self.face(name)
        if face.ems(text) is not None:
            return [Piece(face, text)]
        pieces: list[Piece] = []
        for character in unicodedata.normalize("NFC", text):
            shown = _SPACES.get(character, character)
            if shown in _INVISIBLE:
                continue
            chosen = face if face.has(shown) else self.face(name, fallback=True)
            if not chosen.has(shown):
                raise MissingResourceError(missing_glyph(shown, place))
            if pieces and pieces[-1].face is chosen:
                pieces[-1] = Piece(chosen, pieces[-1].text + shown)
            else:
                pieces.append(Piece(chosen, shown))
        return pieces


def missing_glyph(character: str, place: str) -> Diagnostic:
    """The message for a character that no face has."""
    name = unicodedata.name(character, "a character without a name")
    return Diagnostic(
        "F103",
        f"{place}: no typeface here has U+{ord(character):04X} ({name.lower()})",
        "leave the character out, or set a font that has it in the brand",
    )
