"""Warm layout: one Document becomes PDF bytes, again and again, each time afresh, in one process.

Ours is the API as a program calls it: `lay_out` and `issue`, tagged, with a personal panel that can show any name of a
Latin-script language.
"""

from __future__ import annotations

import itertools
import os
from functools import partial
from typing import TYPE_CHECKING

from bench.table import Side, alternate
from handouts import Person, issue, lay_out

if TYPE_CHECKING:
    from bench.examples import Example
    from bench.table import Comparison

ROUNDS_SHORT, ROUNDS_LONG = 25, 11
TARGETS = {"plain ReportLab": 1 / 2, "WeasyPrint": 1 / 10}
TARGETS_LONG = {**TARGETS, "Typst": 1.0}


def warm_layout(example: Example) -> list[Comparison]:
    """Time all in turn, each with a name that changes."""
    numbers = itertools.count()

    def person() -> Person:
        return Person(patient=f"Person {next(numbers)}", date="November 25, 2026")

    def ours() -> bytes:
        return issue(lay_out(example.document, example.brand, forms=False), person())

    theirs = [Side(peer.name, partial(lambda peer: peer.afresh(person().values()), peer)) for peer in example.peers]
    rounds = ROUNDS_SHORT if example.short else ROUNDS_LONG
    targets = TARGETS if example.short else TARGETS_LONG
    return alternate(f"warm, {example.name}", Side("handouts", ours), theirs, rounds, targets)


def cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
