"""A brand's typeface: the file of each face, from the clinic's folder or from a font package. Phase 1, LOAD.

The files are only found here. What draws opens them: `handouts.pdf.fonts` for paper, a browser for a page.
"""

from __future__ import annotations

import importlib.util
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from handouts.errors import MissingResourceError

if TYPE_CHECKING:
    from handouts.library.brands import Brand

DEFAULT_FAMILY = "Atkinson Hyperlegible"
# Asked in this order for what the brand's family lacks: Greek, Cyrillic and Vietnamese; Arabic; Hebrew.
FALLBACK_FAMILIES = ("Fira Sans", "IBM Plex Sans Arabic", "Heebo")

FaceName = Literal["regular", "bold", "italic", "bold-italic"]
FACES: dict[FaceName, tuple[int, str]] = {
    "regular": (400, "normal"),
    "bold": (700, "normal"),
    "italic": (400, "italic"),
    "bold-italic": (700, "italic"),
}
# The files of the shipped families. A variable font shows its default weight; Arabic and Hebrew have no italics.
_SHIPPED: dict[str, tuple[str, str, str, str]] = {
    family: (f"{stem}{regular}.ttf", f"{stem}{bold}.ttf", f"{stem}{italic}.ttf", f"{stem}{bold_italic}.ttf")
    for family, stem, regular, bold, italic, bold_italic in (
        ("Atkinson Hyperlegible", "AtkinsonHyperlegible-", "Regular", "Bold", "Italic", "BoldItalic"),
        ("Fira Sans", "FiraSans-", "Regular", "Bold", "Italic", "BoldItalic"),
        ("IBM Plex Sans Arabic", "IBMPlexSansArabic-", "Regular", "Bold", "Regular", "Bold"),
        ("Heebo", "Heebo", "[wght]", "[wght]", "[wght]", "[wght]"),
    )
}
# A clinic's own font may be large (a CJK face has 20 MB), but not without end.
MAX_FONT_BYTES = 60_000_000


def face_file(brand: Brand, name: FaceName, family: str | None = None) -> Path:
    """The file of a face of the brand's typeface, or of another family.

    Raises MissingResourceError when the family is not installed, or when there is no such file or it is too large.
    """
    typeface = family or brand.font or DEFAULT_FAMILY
    if isinstance(typeface, str):
        found = _family_file(typeface, name)
        if found is None:
            package = f"fontpkg-{typeface.lower().replace(' ', '-')}"
            raise MissingResourceError(
                brand.diagnostic(
                    "font",
                    "F101",
                    f'the typeface "{typeface}" is not installed',
                    f"pip install {package}, or name the font's files",
                )
            )
        file = found
    else:
        file = typeface[list(FACES).index(name)]
    try:
        reason = "is not a font file" if file.exists() else "there is no such file"
        if file.is_file() and file.stat().st_size <= MAX_FONT_BYTES:
            return file
    except OSError:
        reason = "cannot be read"
    raise font_refused(brand, file, reason)


def font_refused(brand: Brand, file: Path, reason: str) -> MissingResourceError:
    """The error for a font file that cannot be used."""
    return MissingResourceError(
        brand.diagnostic("font", "F102", f"{file.name}: {reason}", "use a .ttf file with TrueType outlines")
    )


@lru_cache(maxsize=64)
def _family_file(family: str, face: FaceName) -> Path | None:
    """The family's file for a face, from its fontpkg distribution.

    Why not `fontpkg.path()`: it reads the metadata of every installed font package, 60 ms for each start. The
    shipped families' files have known places; other families are asked of fontpkg.
    """
    if family in _SHIPPED:
        spec = importlib.util.find_spec(f"fontpkg_{family.lower().replace(' ', '_')}")
        if spec and spec.origin:
            file = Path(spec.origin).parent / "files" / _SHIPPED[family][list(FACES).index(face)]
            if file.is_file():
                return file
    import fontpkg

    try:
        return Path(fontpkg.path(family, *FACES[face], nearest=True))
    except fontpkg.FontpkgError:
        return None
