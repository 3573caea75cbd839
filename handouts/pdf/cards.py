"""Telephone numbers on cards, to be found from across a kitchen. Phase 4, LAY OUT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from handouts.document import Contact, Contacts, Text
from handouts.errors import Diagnostic, LayoutError
from handouts.pdf.stylesheet import HAIRLINE
from handouts.pdf.units import Frame, Part, Unit, gathered, kept, shifted, stacked

if TYPE_CHECKING:
    from handouts.pdf.blocks import BlockLayouter
    from handouts.pdf.tagging import StructureElement
    from handouts.pdf.typesetting import Line

_MOST_IN_A_ROW = 3
# Cards that take no more of a page than this stay together; more of them where it costs little.
_WHOLE = 0.6
_GAP = 10.0
_PAD = 10.0


class _Measured(Struct, frozen=True):
    contact: Contact
    phone: tuple[Line, ...]


def card_units(layouter: BlockLayouter, block: Contacts, parent: StructureElement, width: float) -> list[Unit]:
    """A heading, and rows of cards. Raises LayoutError for a number that is wider than the column."""
    place, layouter.typesetter.place = layouter.typesetter.place, "numbers"
    section = parent.add("Sect")
    units = layouter.text(block.label, layouter.stylesheet.style("h2"), section.add("H2"), width, keep=True)
    measured = [
        _Measured(each, layouter.typesetter.lines((Text(each.phone),), layouter.stylesheet.style("phone"), 9999))
        for each in block.contacts
    ]
    in_row = _cards_in_a_row(layouter, measured, width)
    card = (width - (in_row - 1) * _GAP) / in_row
    beside = _beside(layouter, measured, card)
    element = section.add("L")
    for start in range(0, len(measured), in_row):
        row = [_card(layouter, each, element, card, beside) for each in measured[start : start + in_row]]
        units.append(_row(row, card))
    layouter.typesetter.place = place
    height = sum(unit.before + unit.height for unit in units)
    return kept(units) if height <= _WHOLE * layouter.page_room else gathered(units)


def _cards_in_a_row(layouter: BlockLayouter, measured: list[_Measured], width: float) -> int:
    """As many as leave each number on one line; rows are filled evenly."""
    large = layouter.stylesheet.edition == "large-print"
    widest = max(each.phone[0].width for each in measured)
    most = 1 if large else _MOST_IN_A_ROW
    fitting = [count for count in range(1, most + 1) if widest <= (width - (count - 1) * _GAP) / count - 2 * _PAD]
    if not fitting:
        name = next(each.contact.name for each in measured if each.phone[0].width == widest)
        raise LayoutError(
            Diagnostic("L107", f'the telephone number of "{name}" is wider than the page', "write one number only")
        )
    count = min(fitting[-1], len(measured))
    return 2 if count == _MOST_IN_A_ROW and len(measured) in {2, 4} else count


def _beside(layouter: BlockLayouter, measured: list[_Measured], width: float) -> float | None:
    """Where numbers beside their names begin; None where a name would take more than one line there."""
    start = width - 2 * _PAD - max(each.phone[0].width for each in measured)
    style = layouter.stylesheet.style("contact")
    names = (layouter.typesetter.lines((Text(each.contact.name),), style, 9999) for each in measured)
    return start if all(line.width <= start - _GAP for lines in names for line in lines) else None


def _card(
    layouter: BlockLayouter, measured: _Measured, parent: StructureElement, width: float, beside: float | None
) -> Unit:
    """One card without its frame: the name, the number beside or below it, and the note below both."""
    item = parent.add("LI")
    room = width - 2 * _PAD
    contact = measured.contact
    small, large = layouter.stylesheet.style("contact"), layouter.stylesheet.style("phone")
    name, name_height = layouter.leaf(contact.name, small, item.add("Lbl"), room)
    body = item.add("LBody")
    phone, height = layouter.leaf(contact.phone, large, body.add("P"), room)
    if beside is None:
        parts = [Part(0, 0, name), Part(0, name_height, phone)]
        height += name_height
    else:
        level = (large.leading - small.leading) / 2 + 0.3 * (large.size - small.size)  # both on one baseline
        parts = [Part(0, level, name), Part(beside, 0, phone)]
    if contact.note:
        note, note_height = layouter.leaf(contact.note, small, body.add("P"), room)
        parts.append(Part(0, height, note))
        height += note_height
    return Unit(height, tuple(parts))


def _row(cards: list[Unit], width: float) -> Unit:
    """Cards of one height side by side."""
    height = max(card.height for card in cards) + 1.4 * _PAD
    framed = [
        stacked([Unit(height, shifted(card.parts, _PAD, 0.7 * _PAD), frames=(Frame(width, HAIRLINE),))])
        for card in cards
    ]
    parts = [part for index, card in enumerate(framed) for part in shifted(card.parts, index * (width + _GAP), 0)]
    return replace(stacked([Unit(height, tuple(parts))]), before=8.0)
