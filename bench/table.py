"""Timings in turn, as ratios in one table.

The cores are shared with whatever else the machine does, so no time here means much on its own. The sides of a
comparison take turns, each round gives one ratio, and the table shows the median ratio with its quartiles. The ratios
are of wall time, which is what people wait for. Those of processor time stand beside them: they hardly feel a busy
machine, and where the two differ, it was busy, or one side waits for the disk or uses several cores.
"""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Side:
    """What is timed: it makes so many handouts in one call."""

    name: str
    run: Callable[[], object]
    handouts: int = 1


@dataclass(frozen=True, slots=True)
class Time:
    """Seconds for one handout: by the clock, and of the processors."""

    wall: float
    processors: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """One line of the table: the times of each round on both sides, and the ratio that is aimed at, if any."""

    name: str
    ours: Sequence[Time]
    theirs: Sequence[Time]
    target: float | None

    @property
    def ratios(self) -> list[float]:
        """Ours divided by theirs, round by round."""
        return [ours.wall / theirs.wall for ours, theirs in zip(self.ours, self.theirs, strict=True)]

    @property
    def processor_ratio(self) -> float:
        """The median ratio of processor time."""
        pairs = zip(self.ours, self.theirs, strict=True)
        return statistics.median(ours.processors / theirs.processors for ours, theirs in pairs)


def alternate(
    name: str,
    ours: Side,
    theirs: Sequence[Side],
    rounds: int,
    targets: Mapping[str, float] | None = None,
    *,
    untimed: int = 1,
) -> list[Comparison]:
    """Time all sides in turn, after some untimed rounds, and compare ours with each of theirs.

    The side that goes first changes every round. `targets` are by the name of a side.
    """
    sides = (ours, *theirs)
    times: list[list[Time]] = [[] for _ in sides]
    for index in range(-untimed, rounds):
        for place in ((each + index) % len(sides) for each in range(len(sides))):
            side = sides[place]
            processors, start = _processors(), time.perf_counter()
            side.run()
            wall, processors = time.perf_counter() - start, _processors() - processors
            if index >= 0:
                times[place].append(Time(wall / side.handouts, processors / side.handouts))
    return [
        Comparison(f"{name} / {side.name}", times[0], taken, (targets or {}).get(side.name))
        for side, taken in zip(theirs, times[1:], strict=True)
    ]


def _processors() -> float:
    """Seconds of processor time of this process, its threads, and its children that have ended."""
    if sys.platform == "win32":
        return time.process_time()
    import resource

    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def table(comparisons: Iterable[Comparison]) -> str:
    """The comparisons as text, a line each."""
    rows = [("ours / theirs", "ratio", "quartiles", "target", "met", "processors", "ours", "theirs", "rounds")]
    for each in comparisons:
        low, median, high = statistics.quantiles(each.ratios, n=4)
        rows.append(
            (
                each.name,
                fraction(median),
                f"{fraction(low)} – {fraction(high)}",
                f"≤ {fraction(each.target)}" if each.target is not None else "",
                ("yes" if median <= each.target else "NO") if each.target is not None else "",
                fraction(each.processor_ratio),
                milliseconds(each.ours),
                milliseconds(each.theirs),
                str(len(each.ours)),
            )
        )
    return columns(rows)


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells as text; the first column stands left."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def fraction(ratio: float) -> str:
    """A ratio, as 1/50 when it is that small."""
    return f"1/{1 / ratio:.3g}" if ratio < 0.3 else f"{ratio:.3g}"


def milliseconds(times: Iterable[Time]) -> str:
    """The median wall time."""
    return f"{1000 * statistics.median(each.wall for each in times):.3g} ms"
