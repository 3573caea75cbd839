"""What tagging costs: the same two-page handout with and without tags, in layout time and in bytes.

Without tags there is no structure tree, no marked content, no link and no form field; everything else is the same.
"""

from __future__ import annotations

from bench.table import Comparison, Side, alternate
from handouts import Choices, Library, Order, lay_out, make_document, make_sheet

ROUNDS = 60
TARGET_TIME = 1.4
TARGET_SIZE = 1.6


def tagging() -> tuple[list[Comparison], str]:
    """Time both layouts in turn. Also says how many bytes each takes."""
    library = Library()
    order = Order("psoas-muscle-spasm", audience="athlete", max_pages=2).settled(library)
    _, left_out = make_sheet(library, order)
    document = make_document(library, order, Choices(cut=frozenset(left_out)))
    brand = library.brand(order.brand)
    sizes = {
        name: len(lay_out(document, brand, characters="", forms=forms, tagged=tagged).base)
        for name, forms, tagged in (("forms", True, True), ("paper", False, True), ("bare", False, False))
    }
    made = (
        f"untagged {sizes['bare'] / 1000:.1f} kB; tagged {sizes['paper'] / 1000:.1f} kB "
        f"({sizes['paper'] / sizes['bare']:.2f} ×), with form fields {sizes['forms'] / 1000:.1f} kB "
        f"({sizes['forms'] / sizes['bare']:.2f} ×; target ≤ {TARGET_SIZE} ×)"
    )
    compared = alternate(
        "tagged, two pages",
        Side("tagged", lambda: lay_out(document, brand, characters="")),
        [Side("untagged", lambda: lay_out(document, brand, characters="", tagged=False))],
        ROUNDS,
        {"untagged": TARGET_TIME},
    )
    return compared, made
