"""Header and footer of every page. Phase 4, LAY OUT.

Drawn by the engine, from the Document and the brand: no template can lose the disclaimer. To a screen reader they are
artifacts; the disclaimer's full text stands once in the body.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from handouts.document import Text
from handouts.pdf.pictures import Picture, open_logo
from handouts.pdf.stylesheet import HAIRLINE
from handouts.pdf.tagging import FOOTER, HEADER
from handouts.pdf.units import TextLines

if TYPE_CHECKING:
    from handouts.document import Document
    from handouts.library import Brand
    from handouts.pdf.canvas import SheetCanvas
    from handouts.pdf.stylesheet import Stylesheet
    from handouts.pdf.typesetting import Line, Typesetter

_GAP = 8.0
# Between the parts of a line, in every language.
_BETWEEN = " · "


class PageFurniture:
    """The header and footer of one sheet, measured once and drawn on each page."""

    def __init__(self, document: Document, brand: Brand, typesetter: Typesetter, stylesheet: Stylesheet) -> None:
        self.sheet = stylesheet
        self.typesetter = typesetter
        self.furniture = document.furniture
        typesetter.place = "footer"
        width = stylesheet.text_width
        footer = stylesheet.style("footer")
        large = stylesheet.edition == "large-print"
        self.left_width = width if large else 0.48 * width
        self.right_width = width if large else 0.49 * width
        self.disclaimer = self._lines(document.furniture.disclaimer, "footer", self.left_width)
        count = max(len(self.disclaimer), len(self._page_lines(88, 88)))
        if large:
            count = len(self.disclaimer) + len(self._page_lines(88, 88))
        self.footer_height = count * footer.leading + 6
        typesetter.place = "header"
        self.logo: Picture | None = replace(open_logo(brand), owner=HEADER) if brand.logo else None
        text_width = width - (self.logo.width + 12 if self.logo else 0)
        self.name = self._lines(brand.name, "header", text_width) if brand.name else ()
        contact = [part for part in (brand.address, brand.phone, brand.web) if part]
        self.contact = self._lines(_BETWEEN.join(contact), "header-line", text_width) if contact else ()
        running = _BETWEEN.join(part for part in (brand.name, document.furniture.running_title) if part)
        self.running = self._lines(running, "header-line", width)

    def _lines(self, text: str, style: str, width: float) -> tuple[Line, ...]:
        """The text as lines, as few as can be. Where one ends between two parts of the text, no dot stands."""
        first, *parts = text.split(_BETWEEN)
        above: tuple[Line, ...] = ()
        row, lines = first, self._set(first, style, width)
        for part in parts:
            longer, alone = f"{row}{_BETWEEN}{part}", self._set(part, style, width)
            joined = self._set(longer, style, width)
            if len(joined) < len(lines) + len(alone):
                row, lines = longer, joined
            else:
                above, row, lines = above + lines, part, alone
        return above + lines

    def _set(self, text: str, style: str, width: float) -> tuple[Line, ...]:
        return self.typesetter.lines((Text(text),), self.sheet.style(style), width)

    def _page_lines(self, page: int, pages: int) -> list[Line]:
        """The page's number and the handout's version: one line in large print, one below the other else."""
        label = self.furniture.page_label.replace("{page}", str(page)).replace("{pages}", str(pages))
        texts = [label, self.furniture.version_line]
        if self.sheet.edition == "large-print":
            texts = [_BETWEEN.join(texts)]
        return [line for text in texts for line in self._lines(text, "footer", self.right_width)]

    @property
    def bottom(self) -> float:
        """The lowest point of the text, from the page's lower edge."""
        return self.sheet.margin_bottom + self.footer_height + _GAP

    @property
    def room(self) -> float:
        """How high the text may be on every page."""
        return min(self.top(0), self.top(1)) - self.bottom

    def top(self, page: int) -> float:
        """The highest point of the text on a page (0 is the first)."""
        top = self.sheet.page_size[1] - self.sheet.margin_top
        height = self._first_height() if page == 0 else self._running_height()
        return top - height - (_GAP if height else 0)

    def _text_height(self) -> float:
        return (
            len(self.name) * self.sheet.style("header").leading
            + len(self.contact) * self.sheet.style("header-line").leading
        )

    def _first_height(self) -> float:
        return max(self._text_height(), self.logo.height if self.logo else 0.0)

    def _running_height(self) -> float:
        return len(self.running) * self.sheet.style("header-line").leading + 4

    def draw(self, canvas: SheetCanvas, page: int, pages: int) -> None:
        """Draw header and footer of a page."""
        left = self.sheet.margin_side
        top = self.sheet.page_size[1] - self.sheet.margin_top
        if page == 0:
            self._draw_first(canvas, left, top)
        else:
            style = self.sheet.style("header-line")
            canvas.draw_lines(self.running, left, top, style, HEADER)
            canvas.rule(left, top - self._running_height(), self.sheet.text_width, HAIRLINE)
        self._draw_footer(canvas, left, page, pages)

    def _draw_first(self, canvas: SheetCanvas, left: float, top: float) -> None:
        height = self._first_height()
        if self.logo:
            self.logo.draw(canvas, left, top - (height - self.logo.height) / 2)
            left += self.logo.width + 12
        y = top - (height - self._text_height()) / 2
        for lines, name in ((self.name, "header"), (self.contact, "header-line")):
            style = self.sheet.style(name)
            canvas.draw_lines(lines, left, y, style, HEADER)
            y -= len(lines) * style.leading

    def _draw_footer(self, canvas: SheetCanvas, left: float, page: int, pages: int) -> None:
        style = self.sheet.style("footer")
        top = self.sheet.margin_bottom + self.footer_height
        canvas.rule(left, top, self.sheet.text_width, HAIRLINE)
        y = top - 6
        right = self._page_lines(page + 1, pages)
        canvas.draw_lines(self.disclaimer, left, y, style, FOOTER)
        if self.sheet.edition == "large-print":
            canvas.draw_lines(tuple(right), left, y - len(self.disclaimer) * style.leading, style, FOOTER)
            return
        edge = left + self.sheet.text_width
        for index, line in enumerate(right):
            single = TextLines((line,), style, FOOTER)
            single.draw(canvas, edge - line.width, y - index * style.leading)
