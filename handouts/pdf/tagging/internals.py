"""ReportLab's inner names: all that this project touches of them are in this file.

tests/pdf/test_reportlab_private.py has a test for each, so that an upgrade of ReportLab fails loudly.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Sequence

# Operators that paint (ISO 32000-1, table 51). What follows a text in brackets paints it.
_PAINTS = re.compile(r"(?:^|[\s)\]>])(?:Tj|TJ|'|\"|S|s|f|F|f\*|B|B\*|b|b\*|sh|Do|EI)(?=\s|$)")
# As ReportLab ends a stream; `file.stream` says how it must end.
_STREAM_END = b"endstream\n"


class UntaggedContentError(Exception):
    """Something was painted outside the structure tree, and is no artifact either."""


class Written(pdfdoc.PDFObject):  # type: ignore[misc,unused-ignore]  # ReportLab has no types
    """An object given as text: as ReportLab dictionaries, structure elements took half of all saving time."""

    __RefOnly__ = 1

    def __init__(self, text: str | bytes = "") -> None:
        self.text = text

    def format(self, _document: Any) -> bytes:
        """The object's text as bytes."""
        return self.text if isinstance(self.text, bytes) else self.text.encode("latin-1")


class _Operators(list[str]):
    """A page's operators; refuses what paints while nothing says to whom it belongs."""

    def __init__(self, canvas: InnerCanvas) -> None:
        super().__init__()
        self.canvas = canvas

    def append(self, operators: str) -> None:
        if not self.canvas.owned and _PAINTS.search(operators):
            raise UntaggedContentError(f"painted outside of element(): {operators[:60]}")
        super().append(operators)

    def extend(self, pieces: Any) -> None:
        for piece in pieces:
            self.append(piece)


class InnerCanvas(Canvas):  # type: ignore[misc,unused-ignore]
    """A canvas whose pages and document can be reached. `owned` says that something takes what is painted."""

    owned = False

    def __init__(self, page_size: tuple[float, float], language: str) -> None:
        # Same input, same bytes: `invariant` keeps the clock out.
        self._drawn_forms: dict[bytes, str] = {}
        super().__init__(io.BytesIO(), pagesize=page_size, pageCompression=1, invariant=1, lang=language)

    def _make_preamble(self) -> None:
        """ReportLab would set unembedded Helvetica on each page (ISO 14289-1, 7.21.4 forbids it)."""
        self._preamble = "1 0 0 1 0 0 cm"

    def setFont(self, *_: Any) -> None:  # noqa: N802  ReportLab's name
        """Nothing: a picture must not bring unembedded Helvetica."""

    def _restartAccumulators(self) -> None:  # noqa: N802  ReportLab's name
        super()._restartAccumulators()
        self._code: list[str] = _Operators(self)

    @property
    def document(self) -> Any:
        """ReportLab's document behind the canvas."""
        return self._doc

    @property
    def page_index(self) -> int:
        """The page being drawn, from 0."""
        return int(self._pageNumber) - 1

    def write(self, operators: str) -> None:
        """Add operators to the page."""
        self._code.append(operators)

    def write_owned(self, operators: str) -> None:
        """Add operators that say themselves to whom they belong."""
        list.append(self._code, operators)

    def close_page(self, more: Sequence[Any] = ()) -> Any:
        """End the page and return its object; `more` are references to content streams behind its own."""
        self.showPage()
        page = self._doc.Pages.pages[-1]
        # A stream of our own: ReportLab would write the page as ASCII85, a quarter larger and slow.
        own = pdfdoc.PDFStream(content=page.stream, filters=[pdfdoc.PDFZCompress])
        page.Contents = pdfdoc.PDFArray([self._doc.Reference(own), *more])
        return page

    def draw_form(self, form: bytes) -> None:
        """Draw a form XObject, given as its whole stream object: it stands in the file once."""
        name = self._drawn_forms.setdefault(form, f"drawing-{len(self._drawn_forms) + 1}")
        if not self.hasForm(name):
            self._doc.Reference(Written(form), self._doc.getXObjectName(name))
        self.doForm(name)

    def reference(self, thing: Any, name: str | None = None) -> str:
        """`12 0 R` for an object of the file."""
        return reference(self._doc, thing, name)


def allow_keys(thing: Any, **values: Any) -> None:
    """Give a page or the catalog entries that ReportLab does not know: it writes only those of its own list."""
    thing.__NoDefault__ = [*thing.__NoDefault__, *values]
    for name, value in values.items():
        setattr(thing, name, value)


def formatted(canvas: InnerCanvas) -> tuple[list[bytes], int, int]:
    """Every object of the finished document as ReportLab writes it, number 1 first; the catalog's and Info's numbers.

    What `PDFDocument.GetPDFData` and `format` do, but for putting the objects together.
    """
    document = canvas.document
    for font in document.delayedFonts:
        font.addObjects(document)
    document.Reference(document.Catalog)
    document.Reference(document.info)
    document.Outlines.prepare(document, canvas)
    if document.Outlines.ready < 0:
        document.Catalog.Outlines = None
    objects: list[bytes] = []
    while len(objects) + 1 in document.numberToId:  # writing one object may add others
        thing = document.idToObject[document.numberToId[len(objects) + 1]]
        is_text = isinstance(thing, Written)  # most are
        text: bytes = thing.format(document) if is_text else pdfdoc.format(thing, document, toplevel=1)
        if text.endswith(_STREAM_END):
            text = text.removesuffix(_STREAM_END) + b"\r\nendstream"
        objects.append(text)
    number = {id(document.idToObject[key]): place for place, key in document.numberToId.items()}
    return objects, number[id(document.Catalog)], number[id(document.info)]


def reference(document: Any, thing: Any, name: str | None = None) -> str:
    """`12 0 R` for an object of the document, which it becomes now if it is none yet."""
    return f"{document.idToObjectNumberAndVersion[document.Reference(thing, name).name][0]} 0 R"


def begin_font(document: Any, font: Any) -> str:
    """Announce a font that text is set in; its `addObjects(document)` is called when the file is put together.

    Returns a name for the font that no other of the document has.
    """
    name = f"F{len(document.fontMapping) + 1}"
    document.fontMapping[name] = name
    document.delayedFonts.append(font)
    return name


def add_font(document: Any, name: str, font: Written) -> None:
    """Put a font among the resources of all pages, under that name, by which it can be referred to, too."""
    document.Reference(font, name)
    document.idToObject["BasicFonts"].dict[name] = font
