"""5 ISSUE: a laid-out sheet becomes one person's PDF.

The values go into the panel's own content stream by an incremental update (ISO 32000-1, 7.5.6): the sheet's bytes
stay as they are, and a new version of one object follows them. No value appears in metadata or anywhere else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from handouts.errors import Diagnostic, LayoutError, MissingResourceError
from handouts.pdf.canvas import literal, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.pdf.panel import PanelField
    from handouts.person import Person

_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s*(\d+)\s*%%EOF\s*\Z", re.DOTALL)


class Glyph(Struct, frozen=True):
    """How the panel writes a character: a font resource, its code, and its advance in ems."""

    font: str
    code: int
    advance: float


class Sheet(Struct, frozen=True):
    """A handout laid out, with an empty personal panel: ready to be issued any number of times."""

    base: bytes
    pages: int
    panel_object: int
    panel_fields: tuple[PanelField, ...]
    glyphs: Mapping[str, Glyph]


def issue(sheet: Sheet, person: Person | None = None) -> bytes:
    """The sheet for a person: the bytes of a PDF file.

    Raises LayoutError for a value too long for its line, MissingResourceError for a character that no face has, and
    UsageError for a value that the template has no line for.
    Lay the sheet out with the person's characters to be sure of them (`lay_out(…, characters=…)`).
    """
    known: dict[str, PanelField] = {field.name: field for field in sheet.panel_fields}
    values = person.values_for(known) if person else {}
    filled = [(known[name], value) for name, value in values.items()]
    if not filled:
        return sheet.base
    content = "\n".join(_value(field, value, sheet.glyphs) for field, value in filled)
    return _updated(sheet, f"q 0.09 0.1 0.11 rg\n{content}\nQ".encode("ascii"))


def _value(field: PanelField, value: str, glyphs: Mapping[str, Glyph]) -> str:
    """The operators that write a value onto its line."""
    shown: list[Glyph] = []
    for place, character in enumerate(value, 1):
        glyph = glyphs.get(character)
        if glyph is None:
            raise MissingResourceError(
                Diagnostic(
                    "F103",
                    f"--{field.name}: no typeface here has character {place} of the value",
                    "write it in letters that the typeface has, or set a font that has them in the brand",
                )
            )
        shown.append(glyph)
    ems = sum(glyph.advance for glyph in shown)
    size = min(field.size, field.width / ems if ems else field.size)
    if size < field.least_size:
        fits = int(len(value) * field.width / (ems * field.least_size))
        raise LayoutError(
            Diagnostic(
                "L103",
                f"--{field.name}: the value is too long for its line ({len(value)} characters; about {fits} fit)",
                "shorten it, or put it into the note",
            )
        )
    operators = [f"/Span <</MCID {field.mark}>> BDC BT 1 0 0 1 {number(field.x)} {number(field.baseline)} Tm"]
    font = ""
    codes = bytearray()

    def flush() -> None:
        if codes:
            operators.append(f"{font} {number(size)} Tf {literal(bytes(codes))} Tj")
            codes.clear()

    for glyph in shown:
        if glyph.font != font:
            flush()
            font = glyph.font
        codes.append(glyph.code)
    flush()
    operators.append("ET EMC")
    return "\n".join(operators)


def _updated(sheet: Sheet, content: bytes) -> bytes:
    """The sheet's bytes with a new version of the panel's stream after them."""
    match = _TRAILER.search(sheet.base)
    if match is None:
        raise AssertionError("a sheet's bytes end in a trailer")
    entries, start = match[1].strip(), int(match[2])
    offset = len(sheet.base)
    body = b"%d 0 obj\n<< /Length %d >>\nstream\n%b\nendstream\nendobj\n" % (
        sheet.panel_object,
        len(content),
        content,
    )
    xref = offset + len(body)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (sheet.panel_object, offset)
    trailer = b"trailer\n<< %b /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (entries, start, xref)
    return sheet.base + body + table + trailer
