"""The two handouts that everything here is measured with, and the peers that make them, too."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeVar

from pypdfium2 import PdfDocument

from bench.peer import Look, Peer, Style
from bench.plain_reportlab import PlainHandout
from handouts import Choices, Library, Order, Person, issue, make_document, make_sheet
from handouts.library.typefaces import DEFAULT_FAMILY, FACES, face_file
from handouts.pdf.stylesheet import HAIRLINE, make_stylesheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from handouts.document import Document
    from handouts.library import Brand

TOPIC = "psoas-muscle-spasm"
# As on the command line. No form fields: the peers make none.
SHORT = ("--template", "checklist", "--items", "5", "--skip", "visit-questions", "--no-forms")
LONG = ("--items", "6", "--no-forms")
ORDERS = {
    SHORT: Order(TOPIC, template="checklist", choices=Choices(items=5, skip=("visit-questions",)), forms=False),
    LONG: Order(TOPIC, choices=Choices(items=6), forms=False),
}
PERSON = Person(patient="A. Example", date="November 25, 2026")
# Space between paragraphs, as shares of the stylesheet's, tried until the page count is that of handouts.
SPACINGS = (1.0, 1.15, 0.85, 1.3, 0.7, 1.5, 0.5, 1.8, 0.3, 2.2, 0.1, 3.0)

P = TypeVar("P", bound=Peer)


@dataclass(frozen=True)
class Example:
    """A handout as an order and as a Document, and those who make it, too. `size` is that of our file in bytes."""

    name: str
    short: bool
    options: tuple[str, ...]
    order: Order
    document: Document
    brand: Brand
    pages: int
    size: int
    peers: tuple[Peer, ...]

    @property
    def values(self) -> dict[str, str]:
        """One person's."""
        return PERSON.values()


def examples() -> tuple[tuple[Example, Example], list[str]]:
    """The short handout and the long one, and what is said of peers that are not here."""
    library = Library()
    brand = library.brand(None)
    found = []
    absent: list[str] = []
    for options, order in ORDERS.items():
        settled = order.settled(library)
        sheet, _ = make_sheet(library, settled, PERSON.characters)
        document = make_document(library, settled)
        peers, absent = _peers(document, _look(brand), sheet.pages)
        size = len(issue(sheet, PERSON))
        name = f"{sheet.pages} pages"
        found.append(Example(name, options is SHORT, options, settled, document, brand, sheet.pages, size, peers))
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


def fitted(peer: Callable[[float], P], pages: int) -> P:
    """The peer with the spacing that fills so many pages, or as near to it as it comes."""
    tried: list[P] = []
    for spacing in SPACINGS:
        found = peer(spacing)
        found.pages = len(PdfDocument(found.make({})))
        if found.pages == pages:
            return found
        tried.append(found)
    return min(tried, key=lambda each: abs(each.pages - pages))


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
