"""Units onto pages. Phase 4, LAY OUT.

Units that are tied together (a heading and what follows it, the lines of a box) move as one chunk while a chunk fits
on a page; only one that is taller than a page breaks between its units. The last page never holds a mere line or two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.errors import Diagnostic, LayoutError
from handouts.pdf.units import Page, PlacedUnit, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

# A last page with less text than this looks like a mistake: what stands before it moves over.
LEAST_LAST_PAGE = 60.0


def paginate(units: list[Unit], top: Callable[[int], float], bottom: float) -> list[Page]:
    """Place the units. `top(page index)` and `bottom` bound the text, in points from the page's lower edge.

    Raises LayoutError when a unit is taller than an empty page.
    """
    if not units:
        return [Page()]
    tallest = max(unit.height for unit in units)
    room = min(top(0), top(1)) - bottom
    if tallest > room:
        raise LayoutError(
            Diagnostic(
                "L101",
                f"a box or an item is taller than the page ({tallest:.0f} of {room:.0f} points)",
                "shorten it, or choose another edition",
            )
        )
    chunks = _chunks(units)
    pages = _place(chunks, top, bottom, break_before=None)
    last = pages[-1].units
    used = last[0].top - (last[-1].top - last[-1].unit.height)
    if len(pages) > 1 and used < LEAST_LAST_PAGE and len(chunks) > 1:
        held = len(_chunks([placed.unit for placed in last]))
        retry = _place(chunks, top, bottom, break_before=len(chunks) - held - 1)
        if len(retry) == len(pages):
            return retry
    return pages


def _chunks(units: list[Unit]) -> list[list[Unit]]:
    chunks: list[list[Unit]] = [[]]
    for unit in units:
        chunks[-1].append(unit)
        if not unit.keep:
            chunks.append([])
    return [chunk for chunk in chunks if chunk]


def _height(chunk: list[Unit], *, at_top: bool) -> float:
    height = sum(unit.before + unit.height for unit in chunk)
    return height - chunk[0].before if at_top else height


def _place(
    chunks: list[list[Unit]], top: Callable[[int], float], bottom: float, break_before: int | None
) -> list[Page]:
    pages = [Page()]
    y = top(0)

    def new_page() -> None:
        nonlocal y
        pages.append(Page())
        y = top(len(pages) - 1)

    def put(unit: Unit) -> None:
        nonlocal y
        page = pages[-1]
        if page.units:
            y -= unit.before
        page.units.append(PlacedUnit(unit, y))
        y -= unit.height

    for index, chunk in enumerate(chunks):
        if (chunk[0].new_page or index == break_before) and pages[-1].units:
            new_page()
        empty = not pages[-1].units
        if _height(chunk, at_top=empty) <= y - bottom:
            for unit in chunk:
                put(unit)
            continue
        header = chunk[0].header
        room = top(len(pages)) - bottom - (header.height if header else 0)
        if _height(chunk, at_top=True) <= room and not empty:
            new_page()
            if header:
                put(header)
            for unit in chunk:
                put(unit)
            continue
        for unit in chunk:  # taller than a page: it must break somewhere
            before = unit.before if pages[-1].units else 0.0
            if before + unit.height > y - bottom and pages[-1].units:
                new_page()
                if unit.header:
                    put(unit.header)
            put(unit)
    return pages
