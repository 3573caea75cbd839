"""5 ISSUE: a laid-out sheet becomes one person's PDF.

The values go into the panel's own content stream by an incremental update (ISO 32000-1, 7.5.6): the sheet's bytes
stay as they are, and new versions of a few objects follow them. No value appears in metadata or anywhere else.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from handouts.errors import Diagnostic, LayoutError, MissingResourceError
from handouts.pdf.canvas import REVERSED, literal
from handouts.pdf.fonts import alphabet_of
from handouts.pdf.scripts import drawn, stretches, visual_order
from handouts.pdf.tagging import number, stream, update

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.pdf.panel import PanelField, PanelPlace
    from handouts.pdf.tagging import Ending, Metadata
    from handouts.person import Person


# Where a value has two lines: from one to the next, and how much lower they stand than one, in the letters' size.
_LINE_OF_TWO, _LOWER = 1.02, 0.08


class Glyph(Struct, frozen=True):
    """How the panel writes a character: a font resource, its code, and its advance in ems."""

    font: str
    code: int
    advance: float


class Sheet(Struct, frozen=True):
    """A handout laid out, with an empty personal panel: ready to be issued any number of times.

    `pages` counts those with something on them; `metadata` is what the file says of itself.
    """

    base: bytes
    ending: Ending
    pages: int
    glyphs: Mapping[str, Glyph]
    metadata: Metadata
    panel: PanelPlace | None = None

    @property
    def fields(self) -> frozenset[str]:
        """The values that the sheet has a line for."""
        return frozenset(field.name for field in self.panel.fields) if self.panel else frozenset()


def issue(sheet: Sheet, person: Person | None = None) -> bytes:
    """The sheet for a person: the bytes of a PDF file.

    Raises LayoutError for a value too long for its line, MissingResourceError for a character that no face has, and
    UsageError for a value that the template has no line for.
    Lay the sheet out with the person's characters to be sure of them (`lay_out(…, characters=…)`).
    """
    known = {field.name: field for field in sheet.panel.fields} if sheet.panel else {}
    values = person.values_for(known) if person else {}
    if sheet.panel is None or not values:
        return sheet.base
    contents = [
        _value(field, values[field.name], sheet.glyphs) if field.name in values else field.empty
        for field in sheet.panel.fields
    ]
    content = "\n".join(contents)
    objects = sheet.panel.without_fields(values)
    objects[sheet.panel.stream] = stream(f"q 0.09 0.1 0.11 rg\n{content}\nQ".encode("ascii"))
    return update(sheet.base, sheet.ending, objects)


def _value(field: PanelField, value: str, glyphs: Mapping[str, Glyph]) -> str:
    """The operators that write a value: smaller where it must be, and on two lines where that is too small."""
    rows = [_pieces(field, value, glyphs)]
    ems = _ems(rows[0])
    size = min(field.size, field.width / ems if ems else field.size)
    if size < field.least_size:
        size = field.least_size
        rows = _two_rows(field, value, glyphs)
    operators = [f"{field.opening} BT"]
    for index, row in enumerate(rows):
        lower = _LOWER * size if len(rows) > 1 else 0.0
        baseline = field.baseline - lower + (len(rows) - 1 - index) * _LINE_OF_TWO * size
        operators.extend(_shown(row, field.x, baseline, size))
    operators.append("ET EMC")
    return "\n".join(operators)


def _shown(pieces: list[tuple[int, list[Glyph]]], x: float, baseline: float, size: float) -> list[str]:
    """The operators that show one line, in reading order."""
    starts = [0.0] * len(pieces)
    for index in visual_order([level for level, _ in pieces]):
        starts[index] = x
        x += _ems(pieces[index : index + 1]) * size
    operators: list[str] = []
    for x, (level, row) in zip(starts, pieces, strict=True):
        turned = level % 2 == 1
        codes = bytes([glyph.code for glyph in (reversed(row) if turned else row)])
        show = f"1 0 0 1 {number(x)} {number(baseline)} Tm {row[0].font} {number(size)} Tf {literal(codes)} Tj"
        operators.append(f"{REVERSED} {show} EMC" if turned else show)
    return operators


def _ems(pieces: list[tuple[int, list[Glyph]]]) -> float:
    return sum([glyph.advance for _, row in pieces for glyph in row])


def _two_rows(field: PanelField, value: str, glyphs: Mapping[str, Glyph]) -> list[list[tuple[int, list[Glyph]]]]:
    """The value on two lines of about the same length, of the least size. Raises LayoutError where they do not fit."""
    room = field.width / field.least_size
    places = [place for place, character in enumerate(value, 1) if character == " "] if field.holds_two else []
    both = [[_pieces(field, part, glyphs) for part in (value[:place], value[place:])] for place in places]
    best = min(both, key=lambda rows: max(map(_ems, rows)), default=None)
    if best is not None and max(map(_ems, best)) <= room:
        return best
    fits = int(len(value) * room / _ems(_pieces(field, value, glyphs)))
    lines = " on each of its two lines" if field.holds_two else ""
    raise LayoutError(
        Diagnostic(
            "L103",
            f"--{field.name}: the value is too long for its line ({len(value)} characters; about {fits} fit{lines})",
            "leave out middle names" if field.name == "patient" else "shorten it, or put it into the note",
        )
    )


def _pieces(field: PanelField, value: str, glyphs: Mapping[str, Glyph]) -> list[tuple[int, list[Glyph]]]:
    """The value in reading order, in pieces of one level and one font. Raises MissingResourceError."""
    if value.isascii() and glyphs.keys() >= set(value):  # most are
        return [(0, list(run)) for _, run in groupby([glyphs[each] for each in value], key=attrgetter("font"))]
    pieces: list[tuple[int, list[Glyph]]] = []
    for part in stretches(value):
        shown: list[Glyph] = []
        for place, character in enumerate(drawn(part.text, part.level), part.start + 1):
            glyph = glyphs.get(character)
            if glyph is not None:
                shown.append(glyph)
            elif character:
                raise MissingResourceError(_no_glyph(field.name, character, place))
        pieces.extend((part.level, list(run)) for _, run in groupby(shown, key=attrgetter("font")))
    return pieces


def _no_glyph(field: str, character: str, place: int) -> Diagnostic:
    """What is said of a character that cannot be shown: whose letters they are, not which."""
    alphabet = alphabet_of(character)
    if not alphabet:
        message = f"no typeface here has character {place} of the value"
        return Diagnostic("F103", f"--{field}: {message}", "leave it out, or write it with plain letters")
    message = f"no typeface here has character {place} of the value, which is {alphabet}"
    hint = "write it in Latin letters, or name a font that has them in the brand (docs/content.md says how)"
    return Diagnostic("F103", f"--{field}: {message}", hint)
