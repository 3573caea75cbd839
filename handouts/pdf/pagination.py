"""Units onto pages. Phase 4, LAY OUT.

Units that are tied together (a heading and what follows it, the lines of a box) move as one chunk while a chunk fits
on a page; only one that is taller than a page breaks between its units, and a box of warning signs that would leave
a third of a page empty: what is urgent begins as early as it can. The last page never holds a mere line or two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.errors import Diagnostic, LayoutError
from handouts.pdf.units import Page, PlacedUnit, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

# A last page with less text than this looks like a mistake: what stands before it moves over.
LEAST_LAST_PAGE = 60.0
# A box with a label to repeat breaks rather than leave so much of a page empty.
MOST_EMPTY = 1 / 3


def paginate(units: list[Unit], top: Callable[[int], float], bottom: float) -> list[Page]:
    """Place the units. `top(page index)` and `bottom` bound the text, in points from the page's lower edge.

    Raises LayoutError when a unit is taller than an empty page.
    """
    chunks = _chunks(units)
    placing = _Placing(top, bottom)
    placing.place(chunks)
    start = placing.starts[-1]  # the chunk that the last page begins with
    while len(placing.pages) > 1 and placing.last_page_height() < LEAST_LAST_PAGE and start > 0:
        start -= 1
        retry = _Placing(top, bottom)
        retry.place(chunks, new_page_before=start)
        if len(retry.pages) != len(placing.pages):
            break
        placing = retry
    return placing.pages


def _chunks(units: list[Unit]) -> list[list[Unit]]:
    chunks: list[list[Unit]] = [[]]
    for unit in units:
        chunks[-1].append(unit)
        if not unit.keep:
            chunks.append([])
    return [chunk for chunk in chunks if chunk]


def _opening(chunk: list[Unit]) -> list[Unit]:
    """What of a chunk stands together where it breaks: two units, of a box up to its second sign."""
    first = next((index for index, unit in enumerate(chunk) if unit.header and unit.frames), 0)
    return chunk[: first + 2]


class _Placing:
    """Pages while they are filled. `starts` has, for each page, the index of the first chunk on it."""

    def __init__(self, top: Callable[[int], float], bottom: float) -> None:
        self.top = top
        self.bottom = bottom
        self.pages = [Page()]
        self.starts = [0]
        self.y = top(0)

    def place(self, chunks: list[list[Unit]], new_page_before: int = -1) -> None:
        for index, chunk in enumerate(chunks):
            if (chunk[0].new_page or index == new_page_before) and self.pages[-1].units:
                self.new_page(index, chunk[0].header)
            if self.fits(chunk):
                self.put_all(chunk)
            elif self.pages[-1].units and self.fits_on_new_page(chunk) and not self.is_worth_breaking(chunk):
                self.new_page(index, chunk[0].header)
                self.put_all(chunk)
            else:
                self.put_broken(index, chunk)

    def put_broken(self, index: int, chunk: list[Unit]) -> None:
        """A chunk breaks between its units, but not after its first, and a box not after its first sign."""
        if not self.fits(_opening(chunk)) and self.pages[-1].units:
            self.new_page(index, chunk[0].header)
        for unit in chunk:
            if not self.fits([unit]) and self.pages[-1].units:
                self.new_page(index, unit.header)
            if not self.fits([unit]):
                room = self.y - self.bottom
                raise LayoutError(
                    Diagnostic(
                        "L101",
                        f"a box or an item is taller than the page ({unit.height:.0f} of {room:.0f} points)",
                        "shorten it, or choose another edition",
                    )
                )
            self.put(unit)

    def is_worth_breaking(self, chunk: list[Unit]) -> bool:
        """Whether a box with a label to repeat would leave too much of the page empty."""
        room = self.top(len(self.pages) - 1) - self.bottom
        repeats = any(unit.header and unit.frames for unit in chunk)
        return repeats and self.y - self.bottom > MOST_EMPTY * room and self.fits(_opening(chunk))

    def fits(self, units: list[Unit]) -> bool:
        """Whether the units fit below what stands on the page."""
        height = sum(unit.before + unit.height for unit in units)
        if not self.pages[-1].units:
            height -= units[0].before
        return height <= self.y - self.bottom

    def fits_on_new_page(self, chunk: list[Unit]) -> bool:
        """Whether the chunk fits on an empty page, under the header it repeats."""
        height = sum(unit.before + unit.height for unit in chunk)
        header = chunk[0].header
        room = self.top(len(self.pages)) - self.bottom
        return height - (0 if header else chunk[0].before) <= room - (header.height if header else 0)

    def new_page(self, chunk_index: int, header: Unit | None) -> None:
        self.pages.append(Page())
        self.starts.append(chunk_index)
        self.y = self.top(len(self.pages) - 1)
        if header:
            self.put(header)

    def put_all(self, units: list[Unit]) -> None:
        for unit in units:
            self.put(unit)

    def put(self, unit: Unit) -> None:
        page = self.pages[-1]
        if page.units:
            self.y -= unit.before
        page.units.append(PlacedUnit(unit, self.y))
        self.y -= unit.height

    def last_page_height(self) -> float:
        """How much of the last page is used."""
        units = self.pages[-1].units
        return units[0].top - (units[-1].top - units[-1].unit.height) if units else 0.0
