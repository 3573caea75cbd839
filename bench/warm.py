"""Warm layout: one Document becomes PDF bytes, again and again, in one process.

Ours is the API as a program calls it: `lay_out` and `issue`, tagged, with a personal panel that can show any name
of a Latin-script language. Theirs is `bench.plain_reportlab`: the same text on as many pages.
"""

from __future__ import annotations

import os

from bench.plain_reportlab import PlainHandout
from bench.table import Comparison, alternate
from handouts import Library, Order, Person, issue, lay_out, make_document

ROUNDS = 60
TARGET = 1.0
PERSON = Person(patient="A. Example")


def warm_layout() -> tuple[Comparison, str]:
    """Time the two layouts in turn. Also says how many pages and bytes each makes."""
    library = Library()
    order = Order("psoas-muscle-spasm").settled(library)
    document = make_document(library, order)
    brand = library.brand(order.brand)
    sheet = lay_out(document, brand)
    plain = PlainHandout(document, brand, sheet.pages, PERSON)

    def ours() -> bytes:
        return issue(lay_out(document, brand), PERSON)

    made = (
        f"handouts {sheet.pages} pages, {len(ours()) / 1000:.0f} kB, tagged; "
        f"plain ReportLab {plain.pages} pages, {len(plain.make()) / 1000:.0f} kB, not tagged"
    )
    return alternate("warm layout of one handout", ours, plain.make, ROUNDS, TARGET), made


def cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
