"""Units onto pages. Phase 4, LAY OUT.

Where pages end is chosen for the whole sheet at once, as TeX breaks a paragraph into lines: of all ways to break,
the one that costs least. A page costs most; then a break between units that belong together, an empty part of a page
that is not the last, and a last page with a mere line or two. Knuth and Plass, "Breaking paragraphs into lines" (1981).

The space between units gives way, too, as TeX's glue does: on a page where a little less of it keeps a box whole, or
saves a page, all of it shrinks alike.

Two ties hold units together. `keep` (a heading and what follows it) holds wherever one page can hold what it ties.
`together` (an exercise, a box) gives way where holding on would take a page more, or leave so much of one empty that it
looks like the end of the sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from handouts.errors import Diagnostic, LayoutError
from handouts.pdf.units import Page, PlacedUnit, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# A last page with less text than this looks like a mistake: what stands before it moves over.
LEAST_LAST_PAGE = 60.0
# A last page with less than this part of it used takes over what it can without tearing anything.
_LITTLE = 1 / 4
# So much of a page empty looks like the end of the sheet: what belongs together breaks rather than leave it.
MOST_EMPTY = 0.44
# A box stands so much further from the footer than text does, where that tears nothing.
BELOW_A_BOX = 5.0
# The space above units shrinks by no more than this part of it.
MOST_SHRUNK = 0.4

_PAGE = 1000.0
_NEVER = 1e9  # but where nothing else is possible
_OPENING = 1e7  # a break after the first of tied units that are more than a page
_TORN = MOST_EMPTY**2
_LOOKS_LIKE_THE_END = 1.0
_SHORT_LAST_PAGE = 2.0
_TIGHT = 0.04  # a page whose space is shrunk as far as it may be
_NEEDLESS = 5.0  # a box of warning signs that does not stand on a page with room for it


class _Break(Struct, frozen=True):
    """The best way to end a page before a unit: what it costs up to here, and where that page began."""

    cost: float
    start: int


def paginate(units: list[Unit], top: Callable[[int], float], bottom: float) -> list[Page]:
    """Place the units. `top(page index)` and `bottom` bound the text, in points from the page's lower edge.

    The second page's top is that of all that follow. Raises LayoutError when a unit is taller than an empty page.
    """
    if not units:
        return [Page()]
    costs, forced = _ties(units, top(1) - bottom)
    boxes = _urgent(units)
    best: dict[int, _Break] = {0: _Break(0.0, 0)}
    for start in range(len(units)):
        if start not in best:
            continue
        so_far = best[start].cost + _PAGE
        room = top(min(start, 1)) - bottom
        for end, used, space in _endings(units, start, room, forced):
            if end == len(units):
                cost = so_far + (_last_page(used, room) if start else 0.0)
            else:
                cost = so_far + costs[end]
                if end in best and cost >= best[end].cost:
                    continue
                cost += _emptiness(max(0.0, 1 - used / room), torn=costs[end] > 0)
                cost += _NEEDLESS if used + boxes.get(end, room) <= room else 0.0
            if used + BELOW_A_BOX > room:
                cost += _tightness(units[end - 1], used, space, room)
            if end not in best or cost < best[end].cost:
                best[end] = _Break(cost, start)
    if len(units) not in best:
        raise _too_tall(units, top, bottom)
    return _placed(units, best, top, bottom)


def _ties(units: list[Unit], room: float) -> tuple[list[float], set[int]]:
    """What a page break before each unit costs for what it parts, and before which units a page ends in any case."""
    costs = [_TORN if index and units[index - 1].together else 0.0 for index in range(len(units))]
    forced: set[int] = set()
    start = 0
    for index, unit in enumerate(units):
        if unit.keep and index + 1 < len(units):
            continue
        chunk, first = units[start : index + 1], start
        start = index + 1
        if first and chunk[0].new_page:
            forced.add(first)
        header = chunk[0].header
        fits = _height([header, *chunk] if header else chunk, 1 - MOST_SHRUNK) <= room
        for place in range(first + 1, index + 1):
            costs[place] += _NEVER if fits else (_OPENING if place < first + 2 else _LOOKS_LIKE_THE_END)
    return costs, forced


def _urgent(units: list[Unit]) -> dict[int, float]:
    """How high the rest of each box of warning signs (it repeats its label) is, from each of its units on."""
    found: dict[int, float] = {}
    for index, unit in enumerate(units[:-1]):
        if unit.frames and units[index + 1].header and not unit.header:
            first = last = index
            while first and units[first - 1].keep:
                first -= 1
            while last + 1 < len(units) and units[last].together:
                last += 1
            height = 0.0
            for place in range(last, first - 1, -1):
                height += units[place].before + units[place].height
                found[place] = height
    return found


def _height(units: list[Unit], share: float = 1.0) -> float:
    """The height of units at the top of a page, with this share of the space between them."""
    return units[0].height + sum(share * unit.before + unit.height for unit in units[1:])


def _endings(units: list[Unit], start: int, room: float, forced: set[int]) -> Iterator[tuple[int, float, float]]:
    """Before which units a page may end that begins with one, how much of it is used then, and how much is space."""
    header = units[start].header if start else None
    used = header.height if header else 0.0
    space = 0.0
    for index in range(start, len(units)):
        unit = units[index]
        if index > start or header:
            used += unit.before
            space += unit.before
        used += unit.height
        if used - MOST_SHRUNK * space > room:
            return
        yield index + 1, used, space
        if index + 1 in forced:
            return


def _tightness(last: Unit, used: float, space: float, room: float) -> float:
    """What a page costs whose space shrinks, and one that ends with a box so low that no shrinking keeps it clear."""
    over = used + (BELOW_A_BOX if last.frames else 0.0) - room
    if over <= 0:
        return 0.0
    most = MOST_SHRUNK * space
    return _TORN if over > most else _TIGHT * (over / most) ** 2


def _emptiness(part: float, *, torn: bool) -> float:
    """What a page costs of which this part is empty: most where something is torn that could have gone on there."""
    return part**2 + (part if torn else 0.0) + (2 * part * _LOOKS_LIKE_THE_END if part > MOST_EMPTY else 0.0)


def _last_page(used: float, room: float) -> float:
    """What a last page costs that little stands on."""
    if used < LEAST_LAST_PAGE:
        return _SHORT_LAST_PAGE
    return _TORN if used < _LITTLE * room else 0.0


def _placed(units: list[Unit], best: dict[int, _Break], top: Callable[[int], float], bottom: float) -> list[Page]:
    spans: list[tuple[int, int]] = []
    end = len(units)
    while end:
        spans.insert(0, (best[end].start, end))
        end = best[end].start
    pages: list[Page] = []
    for start, end in spans:
        page, y = Page(), top(len(pages))
        header = units[start].header if start else None
        shown = [*([header] if header else []), *units[start:end]]
        over = _height(shown) + (BELOW_A_BOX if shown[-1].frames else 0.0) - (y - bottom)
        space = sum(unit.before for unit in shown[1:])
        kept = 1 - min(MOST_SHRUNK, over / space) if over > 0 and space else 1.0
        for unit in shown:
            if page.units:
                y -= kept * unit.before
            page.units.append(PlacedUnit(unit, y))
            y -= unit.height
        pages.append(page)
    return pages


def _too_tall(units: list[Unit], top: Callable[[int], float], bottom: float) -> LayoutError:
    """Names the first unit that no page holds."""
    for index, unit in enumerate(units):
        room = top(min(index, 1)) - bottom
        height = _height([unit.header, unit] if index and unit.header else [unit], 1 - MOST_SHRUNK)
        if height > room:
            break
    return LayoutError(
        Diagnostic(
            "L101",
            f"a box or an item is taller than the page ({height:.0f} of {room:.0f} points)",
            "shorten it, or choose another edition",
        )
    )
