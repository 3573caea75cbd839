"""What a reader fills in: the personal panel, boxes to tick, lines to write on. Phase 4, the page.

Names of boxes are put together from words that stand on the page (`aria-labelledby`): a browser that translates the
page translates them, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.html.markup import NOTHING, Html, element, inlines, joined, telephone, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handouts.document import Check, CheckGroup, Checklist, PersonalPanel
    from handouts.html.markup import Identifiers

# WCAG 1.3.5: a field about the reader says which it is. The others are about the visit.
_PURPOSE = {"patient": "name"}


def panel(block: PersonalPanel, values: Mapping[str, str], identifiers: Identifiers) -> Html:
    """The fields that belong to one person: their values, or places to write in."""
    rows: list[Html] = []
    for field in block.fields:
        value = values.get(field.name)
        if value:
            shown = telephone(value) if field.name == "phone" else text(value)
            given = element("span", {"class": "value", "dir": "auto"}, shown)
            rows.append(element("p", {}, element("span", {}, text(field.label)), text(" "), given))
            continue
        name = identifiers.named(field.name)
        label = element("label", {"for": name}, text(field.label))
        place = {"id": name, "type": "text", "dir": "auto", "autocomplete": _PURPOSE.get(field.name, "off")}
        rows.append(element("p", {}, label, text(" "), element("input", place)))
    return element("div", {"class": "panel"}, *rows)


def checklist(block: Checklist, identifiers: Identifiers) -> Html:
    """A checklist in whichever of the four shapes fits it."""
    if block.columns:
        return _grid(block, identifiers)
    label = element("p", {"class": "column"}, text(block.label)) if block.label else NOTHING
    return joined((label, *(_group(group, block.answer_lines, identifiers) for group in block.groups)))


def _group(group: CheckGroup, answer_lines: int, identifiers: Identifiers) -> Html:
    """Lines to tick or questions to answer, under their sub-heading."""
    box = element("input", {"type": "checkbox"})
    rows = [
        _question(check, room, identifiers)
        if (room := check.answer_lines or answer_lines)
        else element("li", {}, element("label", {}, box, element("span", {}, inlines(check.children))))
        for check in group.checks
    ]
    lines = element("ul", {"class": "questions" if answer_lines else "checks", "role": "list"}, *rows)
    if not group.title:
        return lines
    name = identifiers.named("group")
    title = element("p", {"class": "group-title", "id": name}, inlines(group.title))
    return element("div", {"class": "group", "role": "group", "aria-labelledby": name}, title, lines)


def _question(check: Check, answer_lines: int, identifiers: Identifiers) -> Html:
    name = identifiers.named("answer")
    label = element("label", {"for": name}, inlines(check.children))
    area = element("textarea", {"id": name, "rows": str(answer_lines), "dir": "auto"})
    rules = [element("span", {"class": "rule", "aria-hidden": "true"})] * answer_lines  # seen on paper only
    return element("li", {}, label, element("div", {"class": "answer"}, area, *rules))


def _grid(block: Checklist, identifiers: Identifiers) -> Html:
    """A row for each line, in each column a box or room to write. A box is called after both: "Day 3 Walk".

    On a narrow screen each row is stacked, and a box has its column's name above it (page.css).
    """
    names = [identifiers.named("column") for _ in block.columns]
    corner = element("th", {"scope": "col"}, text(block.label)) if block.label else element("td", {})
    columns = zip(names, block.columns, strict=True)
    head = element(
        "tr", {}, corner, *(element("th", {"scope": "col", "id": name}, text(each)) for name, each in columns)
    )
    bodies: list[Html] = []
    for group in block.groups:
        rows: list[Html] = []
        if group.title:
            span = {"scope": "rowgroup", "colspan": str(len(names) + 1)}
            rows.append(element("tr", {"class": "group-title"}, element("th", span, inlines(group.title))))
        for check in group.checks:
            line = identifiers.named("line")
            room = check.answer_lines or block.answer_lines
            cells = (
                element(
                    "td",
                    {"data-column": column, "class": "number" if place in block.numbers else None},
                    _room(room, f"{line} {name}", number=place in block.numbers)
                    if room
                    else element("input", {"type": "checkbox", "aria-labelledby": f"{name} {line}"}),
                )
                for place, (name, column) in enumerate(zip(names, block.columns, strict=True))
            )
            rows.append(element("tr", {}, element("th", {"scope": "row", "id": line}, inlines(check.children)), *cells))
        bodies.append(element("tbody", {}, *rows))
    table = element(
        "table", {"class": "grid write" if block.answer_lines else "grid"}, element("thead", {}, head), *bodies
    )
    return element("div", {"class": "wide"}, table)


def _room(lines: int, names: str, *, number: bool) -> Html:
    """A cell to write in, called after its line and its column."""
    if lines == 1 or number:
        place = {"type": "text", "inputmode": "numeric" if number else None, "autocomplete": "off"}
        return element("input", {**place, "dir": "auto", "aria-labelledby": names})
    return element("textarea", {"rows": str(lines), "dir": "auto", "aria-labelledby": names})
