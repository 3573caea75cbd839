"""`<table>` becomes a Table; a cell with a number can have a bar. Phase 3, COMPOSE."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Literal

from handouts.document import Bar, Cell, Table

if TYPE_CHECKING:
    from handouts.composing.building import BlockBuilder
    from handouts.composing.vocabulary import Node

_BAR = ("value", "limit", "most")


def table(builder: BlockBuilder, node: Node) -> Table:
    """The table; rows of only `<th>` at its top are its header."""
    rows: list[tuple[Cell, ...]] = []
    header_rows = 0
    for row in builder.parts(node):
        parts = builder.parts(row)
        all_headers = bool(parts) and all(cell.name == "th" for cell in parts)
        if all_headers and header_rows == len(rows):
            header_rows += 1
        rows.append(tuple(_cell(builder, cell, "column" if all_headers else "row") for cell in parts))
    if len({len(row) for row in rows}) > 1:
        builder.problem(node, "T209", "the rows of this table differ in length")
    return Table(tuple(rows), header_rows)


def _cell(builder: BlockBuilder, node: Node, scope: str) -> Cell:
    if node.name == "th":
        return Cell(builder.inlines(node), builder.one_of(node, "scope", Literal["column", "row"], scope))
    return Cell(builder.inlines(node), bar=_bar(builder, node))


def _bar(builder: BlockBuilder, node: Node) -> Bar | None:
    """The bar that `value`, `limit` and `most` describe, which go together."""
    given = [name for name in _BAR if name in node.attributes]
    if not given:
        return None
    numbers = [_number(node.attributes.get(name, "")) for name in _BAR]
    value, limit, most = numbers
    if value is None or limit is None or most is None or most <= 0 or not 0 <= limit <= most:
        shown = " ".join(f'{name}="{node.attributes[name]}"' for name in given)
        hint = "value, limit and most are numbers, the limit between 0 and most"
        builder.problem(node, "T205", f"<td {shown}>: not a bar", hint)
        return None
    return Bar(value, limit, most)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None
