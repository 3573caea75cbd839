"""What a template sees: plain records, with every text of content as a slot. Phase 3, COMPOSE.

`{{ item.text }}` writes `<slot id="7"/>`; the text itself never passes through the template, so nothing in it
can become markup. docs/templates.md lists the names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from handouts.library.shapes import TIME

if TYPE_CHECKING:
    from handouts.composing.slots import Slot, SlotTable
    from handouts.library.languages import DoseWords, LanguageFile
    from handouts.library.models import Dose, Group, Item
    from handouts.selection import SelectedSection


class ItemView(Struct, frozen=True):
    """An item in a template."""

    id: str
    term: Slot
    text: Slot | None
    why: Slot | None
    urgency: str | None
    benefit: Slot | None
    risk: Slot | None
    steps: tuple[Slot, ...]
    dose: str
    feel: Slot | None
    stop: Slot | None
    mistakes: tuple[Slot, ...]
    figure: Slot | None


class GroupView(Struct, frozen=True):
    """A group of items in a template."""

    id: str
    title: Slot | None
    text: Slot | None
    figure: Slot | None
    items: tuple[ItemView, ...]


class SectionView(Struct, frozen=True):
    """A section in a template. `items` are the items of all groups."""

    id: str
    kind: str
    title: Slot
    intro: Slot | None
    figure: Slot | None
    groups: tuple[GroupView, ...]
    items: tuple[ItemView, ...]
    columns: tuple[str | Slot, ...]
    answer_lines: int


def section_view(section: SelectedSection, slots: SlotTable, words: LanguageFile) -> SectionView:
    """The section with every text behind a slot."""
    groups = tuple(_group_view(group, slots, words) for group in section.groups)
    columns: tuple[str | Slot, ...]
    if section.days:
        columns = tuple(words.day.replace("{n}", str(day + 1)) for day in range(section.days))
    else:
        columns = tuple(slots.slot(column) for column in section.columns)
    return SectionView(
        id=section.id,
        kind=section.kind,
        title=slots.slot(section.title),
        intro=slots.optional(section.intro),
        figure=slots.figure(section.figure),
        groups=groups,
        items=tuple(item for group in groups for item in group.items),
        columns=columns,
        answer_lines=section.answer_lines,
    )


def _group_view(group: Group, slots: SlotTable, words: LanguageFile) -> GroupView:
    return GroupView(
        id=group.id,
        title=slots.optional(group.title),
        text=slots.optional(group.text),
        figure=slots.figure(group.figure),
        items=tuple(_item_view(item, slots, words) for item in group.items),
    )


def _item_view(item: Item, slots: SlotTable, words: LanguageFile) -> ItemView:
    return ItemView(
        id=item.id,
        term=slots.slot(item.term),
        text=slots.optional(item.text),
        why=slots.optional(item.why),
        urgency=item.urgency,
        benefit=slots.optional(item.benefit),
        risk=slots.optional(item.risk),
        steps=tuple(slots.slot(step) for step in item.steps or ()),
        dose=dose_line(item.dose, words) if item.dose else "",
        feel=slots.optional(item.feel),
        stop=slots.optional(item.stop),
        mistakes=tuple(slots.slot(mistake) for mistake in item.mistakes or ()),
        figure=slots.figure(item.figure),
    )


def said_time(text: str, say: DoseWords) -> str:
    """`30s` as "30 seconds", `1min` as "1 minute"; the author's own words as they are."""
    if not re.fullmatch(TIME, text):
        return text
    number, unit = text.removesuffix("s").removesuffix("min"), text.lstrip("0123456789")
    one, many = (say.second, say.seconds) if unit == "s" else (say.minute, say.minutes)
    return one if number == "1" else many.replace("{n}", number)


def dose_line(dose: Dose, words: LanguageFile) -> str:
    """The dose in words: "3 times on each side · hold 30 seconds · 2 times a day"."""
    say = words.dose

    def counted(count: int | None, one: str, many: str) -> str:
        return "" if count is None else (one if count == 1 else many.replace("{n}", str(count)))

    def timed(pattern: str, text: str | None) -> str:
        return pattern.replace("{text}", said_time(text, say)) if text else ""

    side = {"each": say.each_side, "both": say.both_sides, None: ""}[dose.side]
    repetitions = counted(dose.repetitions, say.repetition, say.repetitions)
    parts = [
        counted(dose.sets, say.set, say.sets),
        f"{repetitions or timed(say.time, dose.time)} {side}".strip(),
        timed(say.hold, dose.hold),
        timed(say.rest, dose.rest),
        counted(dose.times_a_day, say.once_a_day, say.times_a_day),
        # "Twice a day" says every day by itself.
        ""
        if dose.days_a_week == 7 and dose.times_a_day
        else counted(dose.days_a_week, say.day_a_week, say.days_a_week),
    ]
    line = words.list_separator.join(part for part in parts if part)
    return line[:1].upper() + line[1:]
