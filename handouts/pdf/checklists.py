"""Checklists: boxes to tick, a column for each day, rules to write on, or a table to write in. Phase 4, LAY OUT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from handouts.document import Check, Checklist, Inline, LineBreak, Text, plain_text
from handouts.errors import Diagnostic, LayoutError
from handouts.pdf.stylesheet import INK, MUTED
from handouts.pdf.tagging import DECORATION
from handouts.pdf.units import CheckBox, Part, Unit, WritingBox, WritingRoom, gathered, kept, without_elements

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handouts.pdf.blocks import BlockLayouter
    from handouts.pdf.stylesheet import TextStyle
    from handouts.pdf.tagging import Owner, StructureElement


# With its heading, a group of up to five rows stays on one page.
_SHORT_GROUP = 6
# A column for words is five letters wide or more, one for a number this many; the lines' names take at most a third.
_LEAST_WORDS = 5
_NUMBER = 4.5
_MOST_NAMES = 0.3
# Around a box to write in.
_GAP = 4.0


def checklist_units(layouter: BlockLayouter, block: Checklist, parent: StructureElement, width: float) -> list[Unit]:
    """A checklist in whichever of the four shapes fits it."""
    if not block.columns:
        return _simple(layouter, block, parent, width)
    heading = layouter.stylesheet.style("column")

    def widest(texts: Iterable[str]) -> float:
        return max(_width(layouter, (Text(text),), heading) for text in texts)

    if block.answer_lines:
        return _writing_table(layouter, block, parent, width)
    column = max(layouter.stylesheet.box + 13, widest(block.columns) + 8)
    names: tuple[tuple[Inline, ...], ...] = tuple((Text(name),) for name in block.columns)
    if column * len(block.columns) > 0.4 * width:  # each name breaks at its first space
        names = tuple(_broken(name) for name in block.columns)
        column = max(layouter.stylesheet.box + 13, widest(word for name in block.columns for word in name.split()) + 8)
    text_width = width - column * len(block.columns)
    if text_width < 11 * layouter.stylesheet.style("body").size:
        return _stacked(layouter, block, parent, width, heading)
    return _grid(layouter, block, parent, width, [column] * len(names), names)


def _writing_table(layouter: BlockLayouter, block: Checklist, parent: StructureElement, width: float) -> list[Unit]:
    """A grid of boxes to write in: narrow columns for numbers, the others share what is left."""
    heading, body = layouter.stylesheet.style("column"), layouter.stylesheet.style("body")
    checks = (check for group in block.groups for check in group.checks)
    names = min(max(_width(layouter, check.children, body) for check in checks) + 9, _MOST_NAMES * width)
    headings = (Text(word) for each in block.numbers for word in block.columns[each].split())
    number = max((_width(layouter, (word,), heading) for word in headings), default=0) + 2 * _GAP
    number = max(number, _NUMBER * body.size)
    words = (width - names - number * len(block.numbers)) / max(1, len(block.columns) - len(block.numbers))
    if words < _LEAST_WORDS * body.size:
        message = f"{len(block.columns)} columns to write in do not fit beside one another"
        raise LayoutError(Diagnostic("L106", message, "use fewer columns"))
    widths = [number if place in block.numbers else words for place in range(len(block.columns))]
    return _grid(layouter, block, parent, width, widths, tuple((Text(name),) for name in block.columns))


def _width(layouter: BlockLayouter, children: tuple[Inline, ...], style: TextStyle) -> float:
    """How wide the words are on one line."""
    lines = layouter.typesetter.lines(children, style, 9999)
    return lines[0].width if lines else 0.0


def _tied(rows: list[Unit], *, headed: bool) -> list[Unit]:
    """A group of rows: one never stands alone before or after a page break, and a short group is not broken lightly."""
    first = 3 if headed else 2
    return (
        gathered(rows, first) if len(rows) <= _SHORT_GROUP else [*kept(rows[:first]), *rows[first:-2], *kept(rows[-2:])]
    )


def _box(layouter: BlockLayouter, holder: StructureElement, check: Check, column: str = "") -> CheckBox:
    """A check's box. Its form field is the holder's, and its name is the line's, after the column's."""
    size = layouter.stylesheet.box
    if not layouter.forms:
        return CheckBox(size, INK)
    words = " ".join(plain_text(check.children).split())
    return CheckBox(size, INK, holder.add("Form"), f"{column}: {words}" if column else words)


def _writing_box(
    layouter: BlockLayouter, holder: StructureElement, check: Check, column: str, size: tuple[float, float]
) -> WritingBox:
    """A line's box to write in, called after the line and the column: "Day 3, How I slept"."""
    body = layouter.stylesheet.style("panel")
    if not layouter.forms:
        return WritingBox(*size, MUTED, body.size)
    layouter.has_writing_room = True
    words = " ".join(plain_text(check.children).split())
    several = size[1] > 2 * body.leading
    return WritingBox(*size, MUTED, body.size, holder.add("Form"), f"{words}, {column}", multiline=several)


def _broken(name: str) -> tuple[Inline, ...]:
    first, space, rest = name.partition(" ")
    return (Text(first), LineBreak(), Text(rest)) if space else (Text(name),)


def _grid(
    layouter: BlockLayouter,
    block: Checklist,
    parent: StructureElement,
    width: float,
    widths: list[float],
    names: tuple[tuple[Inline, ...], ...],
) -> list[Unit]:
    """A row for each line, in each column a box to tick or to write in; columns stand at the right."""
    heading = layouter.stylesheet.style("column")
    element = parent.add("Table")
    starts = [width - sum(widths[place:]) for place in range(len(widths))]
    text_width = starts[0] - 8
    body = layouter.stylesheet.style("body")
    units: list[Unit] = []
    header_row = element.add("TR")
    parts: list[Part] = []
    label, tallest = layouter.leaf(block.label, heading, header_row.add("TH", scope="Column"), text_width)
    for name, start, column in zip(names, starts, widths, strict=True):
        leaf, height = layouter.leaf(name, heading, header_row.add("TH", scope="Column"), column - _GAP)
        parts.append(Part(start + column / 2, 3, replace(leaf, centred=True)))
        tallest = max(tallest, height)
    parts.append(Part(0, 3 + tallest - len(label.lines) * heading.leading, label))
    header = layouter.row(parts, tallest + 6, width, before=6)
    units.append(replace(header, keep=True))
    repeated = replace(header, parts=without_elements(header.parts), before=0.0)
    for group in block.groups:
        rows: list[Unit] = []
        if group.title:
            style = layouter.stylesheet.style("h3")
            row = element.add("TR")
            title = row.add("TH", scope="Row", columns=len(block.columns) + 1)
            rows += layouter.text(group.title, style, title, width, keep=True)
        for check in group.checks:
            row = element.add("TR")
            leaf, height = layouter.leaf(check.children, body, row.add("TH", scope="Row"), text_width)
            lines = check.answer_lines or block.answer_lines
            size = lines * layouter.stylesheet.write_line or layouter.stylesheet.box
            height = max(height + 7, *((size, 2 * layouter.stylesheet.box) if lines else (size + 7,)))
            parts = [Part(0, 3, leaf)]
            for day, start, column in zip(block.columns, starts, widths, strict=True):
                cell = row.add("TD")
                if lines:
                    room = _writing_box(layouter, cell, check, day, (column - _GAP, height - _GAP))
                    parts.append(Part(start + _GAP / 2, _GAP / 2, room))
                else:
                    box = _box(layouter, cell, check, day)
                    parts.append(Part(start + (column - size) / 2, (height - size) / 2, box))
            rows.append(layouter.row(parts, height, width))
        units.extend(_tied([replace(each, header=repeated) for each in rows], headed=bool(group.title)))
    return units


def _stacked(
    layouter: BlockLayouter, block: Checklist, parent: StructureElement, width: float, heading: TextStyle
) -> list[Unit]:
    """For large type: the line, and below it a box for each day with its name (read once, before the lines)."""
    body = layouter.stylesheet.style("body")
    column = width / len(block.columns)
    names = [Text(name) for name in block.columns]
    if max(layouter.typesetter.lines((name,), heading, 9999)[0].width for name in names) > column - 2:
        raise LayoutError(
            Diagnostic(
                "L106",
                f"{len(names)} columns with these names do not fit beside one another in large print",
                "shorten the names of the columns, or use fewer",
            )
        )
    units: list[Unit] = []
    if block.label:
        units.extend(layouter.text((Text(block.label),), replace(heading, before=8), parent.add("P"), width, keep=True))
    owners: list[Owner] = [parent.add("P") for _ in names]
    for group in block.groups:
        if group.title:
            style = layouter.stylesheet.style("h3")
            units.extend(layouter.text(group.title, style, parent.add("H3"), width, keep=True))
        element = parent.add("L")
        rows: list[Unit] = []
        for check in group.checks:
            item = element.add("LI")
            holder = item.add("LBody")
            size = check.answer_lines * layouter.stylesheet.write_line or layouter.stylesheet.box
            # Words in a paragraph of their own: they come before the fields, which are there before they are drawn.
            leaf, height = layouter.leaf(check.children, body, holder.add("P"), width)
            parts = [Part(0, 0, leaf)]
            for index, name in enumerate(names):
                label, _ = layouter.leaf((name,), heading, owners[index], 9999)
                middle = (index + 0.5) * column
                parts.append(Part(middle, height + 4, replace(label, centred=True)))
                top = height + heading.leading + 7
                if check.answer_lines:
                    room = _writing_box(layouter, holder, check, name.text, (column - _GAP, size))
                    parts.append(Part(index * column + _GAP / 2, top, room))
                else:
                    parts.append(Part(middle - size / 2, top, _box(layouter, holder, check, name.text)))
            owners = [DECORATION] * len(names)
            rows.append(layouter.row(parts, height + heading.leading + size + 14, width, before=8))
        units.extend(_tied(rows, headed=False))
    return units


def _simple(layouter: BlockLayouter, block: Checklist, parent: StructureElement, width: float) -> list[Unit]:
    """One box before each line, or rules to write an answer on."""
    body = layouter.stylesheet.style("body")
    units: list[Unit] = []
    for group in block.groups:
        if group.title:
            style = layouter.stylesheet.style("h3")
            units.extend(layouter.text(group.title, style, parent.add("H3"), width, keep=True))
        element = parent.add("L")
        units.extend(_check(layouter, check, block, element.add("LI"), body, width) for check in group.checks)
    return gathered(units, first=1)


def _check(
    layouter: BlockLayouter, check: Check, block: Checklist, item: StructureElement, body: TextStyle, width: float
) -> Unit:
    lines = check.answer_lines or block.answer_lines
    if lines:
        holder = item.add("LBody")
        leaf, height = layouter.leaf(check.children, body, holder.add("P"), width)
        spacing = layouter.stylesheet.write_line
        field = holder.add("Form") if layouter.forms else None
        layouter.has_writing_room |= layouter.forms
        words = " ".join(plain_text(check.children).split())
        room = WritingRoom(width, lines, spacing, MUTED, body.size, field, words)
        return Unit(height + lines * spacing + 2, (Part(0, 0, leaf), Part(0, height, room)), before=8)
    indent = layouter.stylesheet.box + 9
    box = Part(0, (body.leading - layouter.stylesheet.box) / 2, _box(layouter, item.add("Lbl"), check))
    leaf, height = layouter.leaf(check.children, body, item.add("LBody"), width - indent)
    return Unit(
        max(height, layouter.stylesheet.box), (box, Part(indent, 0, leaf)), before=layouter.stylesheet.item_gap + 2
    )
