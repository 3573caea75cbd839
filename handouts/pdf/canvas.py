"""The page writer: a tagged canvas that speaks in lines of text, boxes and pictures. Phase 4, LAY OUT.

Coordinates are points from the lower left corner of the page.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from handouts.pdf.tagging import DECORATION, StructureElement, TaggedCanvas, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handouts.library.colour import Colour
    from handouts.pdf.stylesheet import TextStyle
    from handouts.pdf.tagging import Metadata, Owner
    from handouts.pdf.typesetting import Line, Phrase, Run

# Opens marked content whose strings are drawn in reverse, each one word (ISO 32000-1, 14.8.2.3.3). Not ActualText: for
# text from right to left, the readers in web browsers turn it round once more.
REVERSED = "/ReversedChars BMC"

# Bytes of a PDF string literal (ISO 32000-1, 7.3.4.2): printable ASCII stands for itself, all else is octal.
_ESCAPES = {code: f"\\{code:03o}" for code in range(256) if not 32 <= code < 127 or chr(code) in "()\\"}


def literal(codes: bytes) -> str:
    """A PDF string literal of these character codes."""
    return f"({str(codes, 'latin-1').translate(_ESCAPES)})"


class SheetCanvas(TaggedCanvas):
    """A canvas for one sheet."""

    def __init__(
        self, page_size: tuple[float, float], metadata: Metadata, root: StructureElement, *, tagged: bool = True
    ) -> None:
        super().__init__(page_size, metadata, root, tagged=tagged)
        self._phrases: dict[tuple[int, int], tuple[StructureElement, Phrase, StructureElement]] = {}

    # -------------------------------------------------------------- text

    def draw_lines(
        self,
        lines: tuple[Line, ...],
        x: float,
        top: float,
        style: TextStyle,
        owner: Owner,
        *,
        centred: bool = False,
    ) -> None:
        """Draw lines downwards from `top`, their left ends (or middles) at `x`, as the owner's content.

        The first baseline stands so that leading is shared above and below. Links and phrases in another language
        are elements inside the owner, in their place among its words.
        """
        if not lines:
            return
        drop = (style.leading - style.size) / 2 + 0.8 * style.size
        operators = ["BT"]
        font_set = ""
        colour_set: Colour | None = None
        open_phrase: Phrase | None = None
        is_open = False
        size = number(style.size)
        for index, line in enumerate(lines):
            baseline = top - drop - index * style.leading
            left = x - line.width / 2 if centred else x
            operators.append(f"1 0 0 1 {number(left)} {number(baseline)} Tm")
            for run in line.runs:
                phrase = run.ink.phrase if isinstance(owner, StructureElement) else None
                if not is_open or phrase is not open_phrase:
                    if is_open:
                        operators.append(self.closing)
                    reader = self._phrase(owner, phrase)
                    operators.append(self.opening(reader))
                    open_phrase, is_open = phrase, True
                if phrase and phrase.address:
                    corner = (left + run.x, baseline - 0.25 * style.size)
                    box = (*corner, corner[0] + run.width, baseline + 0.8 * style.size)
                    self.link(self._phrases[id(owner), id(phrase)][2], phrase.address, box, phrase.words)
                if run.ink.colour != colour_set:
                    colour_set = run.ink.colour
                    operators.append(f"{' '.join(map(number, colour_set))} rg")
                if line.directed:
                    operators.extend(self._placed(run, left + run.x, baseline, style.size))
                    font_set = ""
                    continue
                for font, codes in self.codes(run.face.font, run.text):
                    if font != font_set:
                        font_set = font
                        operators.append(f"{font} {size} Tf")
                    operators.append(f"{literal(codes)} Tj")
        operators += [self.closing, "ET"]
        self.write_owned("\n".join(operators))

    def _phrase(self, owner: Owner, phrase: Phrase | None) -> Owner:
        """The element of a phrase inside its paragraph: one, however many lines and pages it stands on."""
        if phrase is None or not isinstance(owner, StructureElement):
            return owner
        key = (id(owner), id(phrase))
        if key not in self._phrases:
            element = owner.add("Link" if phrase.address else "Span", language=phrase.language)
            self._phrases[key] = (owner, phrase, element)  # holds what the key names
        return self._phrases[key][2]

    def _placed(self, run: Run, x: float, baseline: float, size: float) -> list[str]:
        """A run at its own place: strings in reading order, those from right to left marked as reversed."""
        shown, start = run.shown, 0
        operators: list[str] = []
        for font, codes in self.codes(run.face.font, shown):
            show = f"1 0 0 1 {number(x)} {number(baseline)} Tm {font} {number(size)} Tf {literal(codes)} Tj"
            operators.append(f"{REVERSED} {show} EMC" if run.turned else show)
            end = start + len(codes)
            x += run.face.drawn_width(shown[start:end], size)
            start = end
        return operators[::-1] if run.turned else operators

    # -------------------------------------------------------------- shapes

    def shape(
        self,
        path: str,
        x: float,
        y: float,
        *,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        width: float = 1.0,
        owner: Owner = DECORATION,
    ) -> None:
        """A path of PDF operators, filled or stroked, with its origin at (x, y)."""
        painted = _painted(path, fill, stroke, width)
        self.write_owned(f"{self.opening(owner)} q 1 0 0 1 {number(x)} {number(y)} cm {painted} Q {self.closing}")

    def rule(self, x: float, y: float, length: float, colour: Colour, width: float = 0.7) -> None:
        """A horizontal rule."""
        self.shape(f"0 0 m {number(length)} 0 l", x, y, stroke=colour, width=width)


# ------------------------------------------------------------------ paths

_KAPPA = 0.5523


@lru_cache(maxsize=256)
def _painted(path: str, fill: Colour | None, stroke: Colour | None, width: float) -> str:
    """A path with how it is painted: a sheet has the same box a hundred times."""
    operators = [f"{number(width)} w 1 J 1 j"]
    if fill:
        operators.append(f"{' '.join(map(number, fill))} rg")
    if stroke:
        operators.append(f"{' '.join(map(number, stroke))} RG")
    return f"{' '.join(operators)} {path} {'B' if fill and stroke else ('f' if fill else 'S')}"


@lru_cache(maxsize=256)
def rounded_box(width: float, height: float, radius: float) -> str:
    """The path of a box with rounded corners; its lower left is the origin."""
    radius = min(radius, width / 2, height / 2)
    k = radius * (1 - _KAPPA)
    curves: list[tuple[str, tuple[float, ...]]] = [
        ("m", (radius, 0)),
        ("l", (width - radius, 0)),
        ("c", (width - k, 0, width, k, width, radius)),
        ("l", (width, height - radius)),
        ("c", (width, height - k, width - k, height, width - radius, height)),
        ("l", (radius, height)),
        ("c", (k, height, 0, height - k, 0, height - radius)),
        ("l", (0, radius)),
        ("c", (0, k, k, 0, radius, 0)),
    ]
    return _path(curves) + " h"


def _path(curves: list[tuple[str, tuple[float, ...]]]) -> str:
    return " ".join(f"{' '.join(map(number, points))} {operator}" for operator, points in curves)


def open_box(width: float, height: float, radius: float, *, top: bool, bottom: bool) -> str:
    """The path of a box with rounded corners whose top or bottom is left open; its lower left is the origin."""
    if not top and not bottom:
        return rounded_box(width, height, radius)
    k = radius * (1 - _KAPPA)
    if top and bottom:
        sides = ([(0, 0), (0, height)], [(width, height), (width, 0)])
        return " ".join(polygon(side, close=False) for side in sides)
    # One end is closed: from the open end along a side, around two corners, and back along the other.
    end, away = (0, 1) if top else (height, -1)
    start = height if top else 0
    curves: list[tuple[str, tuple[float, ...]]] = [
        ("m", (0, start)),
        ("l", (0, end + away * radius)),
        ("c", (0, end + away * k, k, end, radius, end)),
        ("l", (width - radius, end)),
        ("c", (width - k, end, width, end + away * k, width, end + away * radius)),
        ("l", (width, start)),
    ]
    return _path(curves)


@lru_cache(maxsize=64)
def circle(radius: float) -> str:
    """The path of a circle around the origin."""
    points: list[tuple[float, float]] = [(radius, 0), (0, radius), (-radius, 0), (0, -radius), (radius, 0)]
    curves: list[tuple[str, tuple[float, ...]]] = [("m", points[0])]
    for (x, y), (to_x, to_y) in pairwise(points):  # handles at right angles to the radius
        handles = (x - _KAPPA * y, y + _KAPPA * x, to_x + _KAPPA * to_y, to_y - _KAPPA * to_x)
        curves.append(("c", (*handles, to_x, to_y)))
    return _path(curves) + " h"


def polygon(points: Sequence[tuple[float, float]], *, close: bool = True) -> str:
    """The path along the points."""
    first, *rest = points
    path = f"{number(first[0])} {number(first[1])} m " + " ".join(f"{number(x)} {number(y)} l" for x, y in rest)
    return path + (" h" if close else "")
