"""Pairs of timings, as ratios in one table.

The cores are shared with whatever else the machine does, so no time here means much on its own. The two sides of a
comparison take turns, each round gives one ratio, and the table shows the median ratio with its quartiles.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True, slots=True)
class Comparison:
    """One line of the table: seconds of each round on both sides, and the ratio that is aimed at."""

    name: str
    ours: tuple[float, ...]
    theirs: tuple[float, ...]
    target: float

    @property
    def ratios(self) -> list[float]:
        """Ours divided by theirs, round by round."""
        return [ours / theirs for ours, theirs in zip(self.ours, self.theirs, strict=True)]


def alternate(
    name: str, ours: Callable[[], object], theirs: Callable[[], object], rounds: int, target: float
) -> Comparison:
    """Time two functions in turn, after one untimed call of each. The side that goes first changes every round."""
    ours()
    theirs()
    seconds: dict[Callable[[], object], list[float]] = {ours: [], theirs: []}
    for index in range(rounds):
        for side in (ours, theirs) if index % 2 else (theirs, ours):
            start = time.perf_counter()
            side()
            seconds[side].append(time.perf_counter() - start)
    return Comparison(name, tuple(seconds[ours]), tuple(seconds[theirs]), target)


def table(comparisons: Iterable[Comparison]) -> str:
    """The comparisons as text, a line each."""
    rows = [("", "ratio", "quartiles", "target", "ours", "theirs", "rounds")]
    for each in comparisons:
        low, median, high = statistics.quantiles(each.ratios, n=4)
        rows.append(
            (
                each.name,
                f"{median:.3g}",
                f"{low:.3g}–{high:.3g}",
                f"≤ {each.target:.2g}",
                f"{1000 * statistics.median(each.ours):.3g} ms",
                f"{1000 * statistics.median(each.theirs):.3g} ms",
                str(len(each.ours)),
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
