"""handouts prints what a patient should take home.

    from handouts import Library, Order, Person, issue, make_sheet

    library = Library()
    sheet, left_out = make_sheet(library, Order("psoas-muscle-spasm", audience="athlete"))
    pdf = issue(sheet, Person(patient="A. Example"))

Phases: 1 load (`library`), 2 select (`selection`), 3 compose (`composing`), 4 lay out and 5 issue (`pdf`),
or a web page (`html`) or text (`plain`) of the same Document.
Names are imported when they are first used, so that `import handouts` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from handouts.document import Document
    from handouts.errors import HandoutError
    from handouts.html import to_html
    from handouts.library import Library, SearchPath
    from handouts.making import Order, make_document, make_sheet
    from handouts.pdf import Sheet, issue, lay_out
    from handouts.person import Person
    from handouts.plain import to_text
    from handouts.selection import Choices

__version__ = "0.1.0"

__all__ = [
    "Choices",
    "Document",
    "HandoutError",
    "Library",
    "Order",
    "Person",
    "SearchPath",
    "Sheet",
    "issue",
    "lay_out",
    "make_document",
    "make_sheet",
    "to_html",
    "to_text",
]

_HOMES = {
    "Choices": "selection",
    "Document": "document",
    "HandoutError": "errors",
    "Library": "library",
    "SearchPath": "library",
    "Order": "making",
    "make_document": "making",
    "make_sheet": "making",
    "Person": "person",
    "Sheet": "pdf",
    "issue": "pdf",
    "lay_out": "pdf",
    "to_html": "html",
    "to_text": "plain",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"handouts.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'handouts' has no attribute {name!r}")
