"""How a sheet looks: sizes and spaces of each edition, colours of the brand, the paper. Phase 4, LAY OUT.

All lengths are points (1/72 inch). Sizes and leading follow CMS Toolkit 6 and, for large print, the guidelines of the
American Council of the Blind: 18 pt, sans serif, no italics, 1.25 leading, 1 inch margins. But for the
footer, which is the same on every page and would take a fifth of each: 14 pt.
This module does not import ReportLab.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from handouts.looks import EDITIONS, HAIRLINE, INK, MUTED, PAPER_SIZES, PAPERS, URGENT, WHITE, EditionName, PaperName

if TYPE_CHECKING:
    from handouts.library import Brand
    from handouts.library.colour import Colour

__all__ = [
    "EDITIONS",
    "HAIRLINE",
    "INK",
    "MUTED",
    "PAPERS",
    "PAPER_SIZES",
    "URGENT",
    "WHITE",
    "EditionName",
    "PaperName",
    "Stylesheet",
    "TextStyle",
    "make_stylesheet",
]


class TextStyle(Struct, frozen=True):
    """How a paragraph is set. `before` is the space above it."""

    size: float
    leading: float
    before: float = 0.0
    bold: bool = False
    colour: Colour = INK


class Stylesheet(Struct, frozen=True):
    """Everything that layout needs to know about looks."""

    edition: EditionName
    paper: PaperName
    page_size: tuple[float, float]
    margin_side: float
    margin_top: float
    margin_bottom: float
    accent: Colour
    styles: dict[str, TextStyle]
    italics: bool
    indent: float
    item_gap: float
    box: float
    write_line: float
    smallest_value: float
    table_pad: float = 4.0

    @property
    def text_width(self) -> float:
        """The width of the column."""
        return self.page_size[0] - 2 * self.margin_side

    def style(self, name: str) -> TextStyle:
        """The style of a heading level ("h1"), a paragraph role ("lead") or a piece of furniture ("footer")."""
        return self.styles[name]


def make_stylesheet(brand: Brand, edition: EditionName = "standard", paper: PaperName = "letter") -> Stylesheet:
    """The stylesheet of an edition in a brand's colours."""
    accent = brand.accent
    if edition == "large-print":
        body, leading = 18.0, 23.0
        styles = {
            "h1": TextStyle(26, 31, 6, bold=True),
            "h2": TextStyle(22, 27, 18, bold=True, colour=accent),
            "h3": TextStyle(20, 25, 12, bold=True),
            "body": TextStyle(body, leading, 8),
            "lead": TextStyle(body, leading, 4),
            "eyebrow": TextStyle(body, leading, 0, bold=True, colour=WHITE),
            "note": TextStyle(body, leading, 4),
            "dose": TextStyle(body, leading, 4, bold=True, colour=accent),
            "fine": TextStyle(body, leading, 6),
            "label": TextStyle(body, leading, 0, bold=True),
            "urgency": TextStyle(20, 25, 0, bold=True),
            "column": TextStyle(body, leading, 0, bold=True),
            "contact": TextStyle(body, leading, 0),
            "phone": TextStyle(24, 30, 0, bold=True),
            "panel": TextStyle(body, leading, 0),
            "footer": TextStyle(14, 18, 0, colour=MUTED),
            "header": TextStyle(body, leading, 0, bold=True),
            "header-line": TextStyle(body, leading, 0),
        }
        geometry = (72.0, 54.0, 40.0)
        return Stylesheet(
            edition, paper, PAPER_SIZES[paper], *geometry, accent, styles,
            italics=False, indent=26, item_gap=7, box=23, write_line=38, smallest_value=18,
        )  # fmt: skip
    if edition == "report":
        return _report(accent, paper)
    body, leading = 12.0, 15.0
    styles = {
        "h1": TextStyle(25, 28, 4, bold=True),
        "h2": TextStyle(15, 18, 12, bold=True, colour=accent),
        "h3": TextStyle(13, 16, 8, bold=True),
        "body": TextStyle(body, leading, 4),
        "lead": TextStyle(14, 19, 4),
        "eyebrow": TextStyle(12, 14, 0, bold=True, colour=WHITE),
        "note": TextStyle(12, 15, 1, colour=MUTED),
        "dose": TextStyle(13, 16.5, 1, bold=True, colour=accent),
        "fine": TextStyle(9.5, 12, 3, colour=MUTED),
        "label": TextStyle(12, 15, 0, bold=True),
        "urgency": TextStyle(14, 17, 0, bold=True),
        "column": TextStyle(9.5, 11, 0, bold=True),
        "contact": TextStyle(12, 15, 0, colour=MUTED),
        "phone": TextStyle(18, 23, 0, bold=True),
        "panel": TextStyle(11, 14, 0),
        "footer": TextStyle(8.5, 11, 0, colour=MUTED),
        "header": TextStyle(13, 16, 0, bold=True),
        "header-line": TextStyle(9.5, 12.5, 0, colour=MUTED),
    }
    side = 76.0 if paper == "letter" else 67.6
    geometry = (side, 36.0, 36.0)
    return Stylesheet(
        edition, paper, PAPER_SIZES[paper], *geometry, accent, styles,
        italics=True, indent=17, item_gap=2.5, box=15, write_line=26, smallest_value=9.5,
    )  # fmt: skip


def _report(accent: Colour, paper: PaperName) -> Stylesheet:
    """What a clinician reads at a desk: a page of small print with much on it. Never for a patient (R32)."""
    body, leading = 9.0, 11.4
    styles = {
        "h1": TextStyle(18, 22, 3, bold=True),
        "h2": TextStyle(11.5, 14, 6, bold=True, colour=accent),
        "h3": TextStyle(10, 12.5, 4, bold=True),
        "body": TextStyle(body, leading, 2),
        "lead": TextStyle(11, 14, 2),
        "eyebrow": TextStyle(10, 12, 0, bold=True, colour=WHITE),
        "note": TextStyle(body, leading, 1, colour=MUTED),
        "dose": TextStyle(body, leading, 1, bold=True, colour=accent),
        "fine": TextStyle(9, 11, 2, colour=INK),
        "label": TextStyle(body, leading, 0, bold=True),
        "urgency": TextStyle(11.5, 14, 0, bold=True),
        "column": TextStyle(9, 11, 0, bold=True),
        "contact": TextStyle(body, leading, 0, colour=MUTED),
        "phone": TextStyle(12, 15, 0, bold=True),
        "panel": TextStyle(body, leading, 0),
        "footer": TextStyle(8.5, 11, 0, colour=MUTED),
        "header": TextStyle(11, 13.5, 0, bold=True),
        "header-line": TextStyle(9, 11.5, 0, colour=MUTED),
    }
    geometry = (42.0 if paper == "letter" else 36.0, 36.0, 36.0)
    return Stylesheet(
        "report", paper, PAPER_SIZES[paper], *geometry, accent, styles,
        italics=True, indent=14, item_gap=1.5, box=12, write_line=24, smallest_value=9, table_pad=1.8,
    )  # fmt: skip
