"""The two handouts that everything here is measured with, and the peers that make them, too."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bench.peer import Look, Peer, Style, fitted
from bench.plain_reportlab import PlainHandout
from handouts import Choices, Library, Order, Person, make_document, make_sheet
from handouts.library.typefaces import DEFAULT_FAMILY, FACES, face_file
from handouts.pdf.stylesheet import HAIRLINE, make_stylesheet

if TYPE_CHECKING:
    from handouts.document import Document
    from handouts.library import Brand

# No form fields: the peers make none.
SHORT = Order("psoas-muscle-spasm", template="checklist", choices=Choices(items=5, skip=("visit-questions",)), forms=False)
LONG = Order("psoas-muscle-spasm", choices=Choices(items=6), forms=False)
PERSON = Person(patient="A. Example", date="November 25, 2026")


@dataclass(frozen=True)
class Example:
    """A handout as an order and as a Document, and those who make it. `size` is that of our file in bytes."""

    name: str
    order: Order
    document: Document
    brand: Brand
    pages: int
    size: int
    peers: tuple[Peer, ...]


def examples() -> tuple[tuple[Example, Example], list[str]]:
    """The short handout and the long one, and what is said of peers that are not here."""
    library = Library()
    brand = library.brand(None)
    found = []
    absent: list[str] = []
    for order in (SHORT, LONG):
        settled = order.settled(library)
        sheet, cut = make_sheet(library, settled)
        document = make_document(library, settled, replace(settled.choices, cut=frozenset(cut)))
        peers, absent = _peers(document, _look(brand), sheet.pages)
        name = f"{sheet.pages} pages"
        found.append(Example(name, settled, document, brand, sheet.pages, len(sheet.base), peers))
    short, long = found
    return (short, long), absent


def _peers(document: Document, look: Look, pages: int) -> tuple[tuple[Peer, ...], list[str]]:
    """Those that are installed and work, with the document; and why others are left out."""
    found: list[Peer] = [fitted(lambda spacing: PlainHandout(document, look, spacing), pages)]
    absent: list[str] = []
    missing = "{} is not installed: pip install -e '.[bench]'"
    if find_spec("weasyprint"):
        try:
            from bench.weasyprint_peer import WeasyPrintHandout
        except OSError:
            system = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
            absent.append(f"WeasyPrint finds no Pango on this system: on Debian, apt-get install {system}")
        else:
            found.append(fitted(lambda spacing: WeasyPrintHandout(document, look, spacing), pages))
    else:
        absent.append(missing.format("WeasyPrint"))
    if find_spec("typst"):
        from bench.typst_peer import TypstHandout

        found.append(fitted(lambda spacing: TypstHandout(document, look, spacing), pages))
    else:
        absent.append(missing.format("Typst"))
    return tuple(found), absent


def _look(brand: Brand) -> Look:
    """What the peers need of the brand and the stylesheet."""
    sheet = make_stylesheet(brand)
    styles = {
        name: Style(style.size, style.leading, style.before, style.bold, style.colour)
        for name, style in sheet.styles.items()
    }
    regular, bold, italic, both = (str(face_file(brand, face)) for face in FACES)
    return Look(
        sheet.page_size, sheet.margin_side, sheet.margin_top + 20, sheet.margin_bottom + 45, sheet.indent, sheet.box,
        HAIRLINE, styles, DEFAULT_FAMILY, (regular, bold, italic, both),
    )  # fmt: skip
