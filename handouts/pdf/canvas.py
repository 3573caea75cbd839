"""The page writer: a tagged canvas that speaks in lines of text, boxes and pictures. Phase 4, LAY OUT.

Coordinates are points from the lower left corner of the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.pdf.tagging import DECORATION, StructureElement, TaggedCanvas, number

if TYPE_CHECKING:
    from handouts.library.colour import Colour
    from handouts.pdf.stylesheet import TextStyle
    from handouts.pdf.tagging import Metadata, Owner
    from handouts.pdf.typesetting import Line, Phrase, Run

# Opens marked content whose strings are drawn in reverse, each one word (ISO 32000-1, 14.8.2.3.3). Not ActualText: for
# text from right to left, the readers in web browsers turn it round once more.
REVERSED = "/ReversedChars BMC"

# One byte of a PDF string literal (ISO 32000-1, 7.3.4.2): printable ASCII stands for itself, all else is octal.
_ESCAPES = [chr(code) if 32 <= code < 127 and chr(code) not in "()\\" else f"\\{code:03o}" for code in range(256)]


def literal(codes: bytes) -> str:
    """A PDF string literal of these character codes."""
    return f"({''.join([_ESCAPES[code] for code in codes])})"


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
        *,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        width: float = 1.0,
        owner: Owner = DECORATION,
    ) -> None:
        """A path of PDF operators, filled or stroked."""
        operators = [f"q {number(width)} w 1 J 1 j"]
        if fill:
            operators.append(f"{' '.join(map(number, fill))} rg")
        if stroke:
            operators.append(f"{' '.join(map(number, stroke))} RG")
        paint = "B" if fill and stroke else ("f" if fill else "S")
        with self.element(owner):
            self.write(f"{' '.join(operators)} {path} {paint} Q")

    def rule(self, x: float, y: float, length: float, colour: Colour, width: float = 0.7) -> None:
        """A horizontal rule."""
        self.shape(f"{number(x)} {number(y)} m {number(x + length)} {number(y)} l", stroke=colour, width=width)


# ------------------------------------------------------------------ paths

_KAPPA = 0.5523


def rounded_box(x: float, y: float, width: float, height: float, radius: float) -> str:
    """The path of a box with rounded corners; (x, y) is its lower left."""
    radius = min(radius, width / 2, height / 2)
    k = radius * (1 - _KAPPA)
    right, top = x + width, y + height
    curves: list[tuple[str, tuple[float, ...]]] = [
        ("m", (x + radius, y)),
        ("l", (right - radius, y)),
        ("c", (right - k, y, right, y + k, right, y + radius)),
        ("l", (right, top - radius)),
        ("c", (right, top - k, right - k, top, right - radius, top)),
        ("l", (x + radius, top)),
        ("c", (x + k, top, x, top - k, x, top - radius)),
        ("l", (x, y + radius)),
        ("c", (x, y + k, x + k, y, x + radius, y)),
    ]
    return _path(curves) + " h"


def _path(curves: list[tuple[str, tuple[float, ...]]]) -> str:
    return " ".join(f"{' '.join(map(number, points))} {operator}" for operator, points in curves)


def open_box(x: float, y: float, width: float, height: float, radius: float, *, top: bool, bottom: bool) -> str:
    """The path of a box with rounded corners whose top or bottom is left open; (x, y) is its lower left."""
    if not top and not bottom:
        return rounded_box(x, y, width, height, radius)
    right, upper, k = x + width, y + height, radius * (1 - _KAPPA)
    if top and bottom:
        sides = ([(x, y), (x, upper)], [(right, upper), (right, y)])
        return " ".join(polygon(side, close=False) for side in sides)
    # One end is closed: from the open end along a side, around two corners, and back along the other.
    end, away = (y, 1) if top else (upper, -1)
    start = upper if top else y
    curves: list[tuple[str, tuple[float, ...]]] = [
        ("m", (x, start)),
        ("l", (x, end + away * radius)),
        ("c", (x, end + away * k, x + k, end, x + radius, end)),
        ("l", (right - radius, end)),
        ("c", (right - k, end, right, end + away * k, right, end + away * radius)),
        ("l", (right, start)),
    ]
    return _path(curves)


def circle(x: float, y: float, radius: float) -> str:
    """The path of a circle around (x, y)."""
    return rounded_box(x - radius, y - radius, 2 * radius, 2 * radius, radius)


def polygon(points: list[tuple[float, float]], *, close: bool = True) -> str:
    """The path along the points."""
    first, *rest = points
    path = f"{number(first[0])} {number(first[1])} m " + " ".join(f"{number(x)} {number(y)} l" for x, y in rest)
    return path + (" h" if close else "")
