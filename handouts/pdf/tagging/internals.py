"""ReportLab's inner names: all that this project touches of them are in this file.

tests/pdf/test_reportlab_private.py has a test for each, so that an upgrade of ReportLab fails loudly.
"""

from __future__ import annotations

import io
import re
from functools import lru_cache
from struct import pack
from typing import TYPE_CHECKING, Any, NamedTuple

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFont, TTFontMaker, TTFontParser
from reportlab.pdfgen.canvas import Canvas

from handouts.pdf.tagging.file import compressed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Operators that paint (ISO 32000-1, table 51). What follows a text in brackets paints it.
_PAINTS = re.compile(r"(?:^|[\s)\]>])(?:Tj|TJ|'|\"|S|s|f|F|f\*|B|B\*|b|b\*|sh|Do|EI)(?=\s|$)")
# As ReportLab ends a stream; `file.stream` says how it must end.
_STREAM_END = b"endstream\n"
# The characters of Windows code page 1252 by their codes; 0 where it has none.
_CODE_PAGE = [0] * 32 + [
    ord(each) if each != "\ufffd" else 0 for each in bytes(range(32, 256)).decode("cp1252", "replace")
]
_MOST_SUBSETS = 16  # of a font that are kept: some 15 kB each
# Flags of a font (ISO 32000-1, table 123): whether its letters are found by Unicode.
_SYMBOLIC, _NOT_SYMBOLIC = 4, 32
_MOST_PAIRS = 100  # of one block of a ToUnicode map (Adobe technical note 5014)


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

    def reference(self, thing: Any, name: str | None = None) -> str:
        """`12 0 R` for an object of the file."""
        return str(self._doc.Reference(thing, name).format(self._doc), "ascii")


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
        text: bytes = pdfdoc.format(thing, document, toplevel=1)
        if text.endswith(_STREAM_END):
            text = text.removesuffix(_STREAM_END) + b"\r\nendstream"
        objects.append(text)
    number = {id(document.idToObject[key]): place for place, key in document.numberToId.items()}
    return objects, number[id(document.Catalog)], number[id(document.info)]


class _Subset(NamedTuple):
    """A subset of a font as a file has it, but for the numbers of its objects: `{}` in the two texts."""

    file: bytes
    to_unicode: bytes
    descriptor: str
    font: str


class EmbeddedFont(TTFont):  # type: ignore[misc,unused-ignore]
    """A TrueType font in subsets that hold only the glyphs used, with a right way back from codes to characters."""

    def __init__(self, name: str, file: str) -> None:
        super().__init__(name, file, asciiReadable=0, shapable=False)
        known = self.face.charToGlyph
        self._code_page = [code if code in known else 0 for code in _CODE_PAGE]
        # A third of the time that two pages take goes into these, and a program that makes many handouts needs few.
        self._subset = lru_cache(maxsize=_MOST_SUBSETS)(self._new_subset)

    def spelled(self, character: int) -> int:
        """The character that a glyph is read and searched as: its own."""
        return character

    def make_writable(self, document: Any) -> None:
        """Give the font of this document every letter of Windows code page 1252, each under its code there.

        That is what a reader writes into form fields with. To be called before any text of the document is drawn.
        """
        subset = self._code_page
        state = self.state[document] = TTFont.State(0)
        state.subsets = [subset]
        state.assignments = {0: 0, **{character: code for code, character in enumerate(subset) if character}}
        state.nextCode = len(subset)

    def writable_name(self, document: Any) -> str:
        """The resource name of the subset that form fields are written in."""
        return str(self.getSubsetInternalName(0, document))[1:]

    def addObjects(self, document: Any) -> None:  # noqa: N802  ReportLab's name
        """Add the subsets' objects.

        Not ReportLab's: its ToUnicode map gives U+0000 for the code of the missing glyph, which PDF/A forbids (ISO
        19005-2, 6.2.11.7.2), and more pairs in a block than readers must accept; and it makes each subset again.
        """
        state = self.state.pop(document)

        def reference(thing: Written, name: str | None = None) -> str:
            return str(document.Reference(thing, name).format(document), "ascii")

        for number, codes in enumerate(state.subsets):
            subset = self._subset(tuple(codes), number, codes is self._code_page)
            name = f"{state.internalName}+{number}"
            descriptor = Written(subset.descriptor.format(reference(Written(subset.file))))
            font = Written(subset.font.format(reference(descriptor), reference(Written(subset.to_unicode))))
            reference(font, name)
            document.idToObject["BasicFonts"].dict[name] = font

    def _new_subset(self, subset: tuple[int, ...], number: int, writable: bool) -> _Subset:  # noqa: FBT001
        """The subset of these characters by code, the one with that number in its file (ISO 32000-1, 9.6.3 and 9.8).

        One that is `writable` is for readers to write with: they look letters up as Windows does.
        """
        face = self.face
        content = bytes(face.makeSubset(subset))
        if writable:
            content = with_character_map(content, subset, face.charToGlyph)
        tag = "".join(chr(ord("A") + int(digit)) for digit in f"{number:06}")
        name = pdfdoc.PDFName(f"{tag}+{face.name.decode('latin-1')}")
        flags = face.flags & ~_SYMBOLIC & ~_NOT_SYMBOLIC | (_NOT_SYMBOLIC if writable else _SYMBOLIC)
        box = " ".join(f"{value:.0f}" for value in face.bbox)
        widths = " ".join(f"{face.getCharWidth(character):.5g}" for character in subset)
        descriptor = (
            f"<< /Type /FontDescriptor /FontName {name} /Flags {flags} /FontBBox [{box}] /Ascent {face.ascent:.0f} "
            f"/Descent {face.descent:.0f} /CapHeight {face.capHeight:.0f} /ItalicAngle {face.italicAngle:g} "
            f"/StemV {face.stemV:.0f} /MissingWidth {face.defaultWidth:.5g} /FontFile2 {{}} >>"
        )
        font = (
            f"<< /Type /Font /Subtype /TrueType /BaseFont {name} /FirstChar 0 /LastChar {len(subset) - 1} "
            f"/Widths [{widths}] {'/Encoding /WinAnsiEncoding ' if writable else ''}/FontDescriptor {{}} /ToUnicode {{}} >>"
        )
        spelled = to_unicode([self.spelled(character) for character in subset]).encode("ascii")
        return _Subset(
            compressed(content, b"/Length1 %d " % len(content)), compressed(spelled), descriptor, font
        )


def to_unicode(subset: Sequence[int]) -> str:
    """The ToUnicode map of a subset: its characters by code (ISO 32000-1, 9.10.3)."""
    pairs = [
        f"<{code:02X}> <{chr(character).encode('utf-16-be').hex().upper()}>"
        for code, character in enumerate(subset)
        if character
    ]
    blocks = list(_blocks(pairs))
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


def _blocks(pairs: list[str]) -> Iterator[str]:
    for start in range(0, len(pairs), _MOST_PAIRS):
        block = pairs[start : start + _MOST_PAIRS]
        yield f"{len(block)} beginbfchar"
        yield from block
        yield "endbfchar"


def with_character_map(content: bytes, subset: Sequence[int], known: dict[int, int]) -> bytes:
    """A subset's font file with a character map that finds its glyphs by Unicode.

    `known` has the glyphs of the whole font by character. Why: ReportLab's map is of the codes of its content streams,
    by which a reader cannot find a letter to type.
    """
    font = TTFontParser(io.BytesIO(content))
    glyphs: dict[int, int] = {}  # makeSubset numbers the glyphs in the order in which they are first asked for
    numbers: dict[int, int] = {0: 0}
    for character in subset:
        glyphs[character] = numbers.setdefault(known.get(character, 0), len(numbers))
    glyphs.pop(0)
    maker = TTFontMaker()
    for tag in font.table:
        maker.add(tag, _character_map(glyphs) if tag == "cmap" else font.get_table(tag))
    return bytes(maker.makeStream())


def _character_map(glyphs: dict[int, int]) -> bytes:
    """A character map, format 4, for Unicode on Windows (platform 3, encoding 1): glyphs by character."""
    ends = [*sorted(glyphs), 0xFFFF]  # a segment for each character: simple, and 2 kB at most
    deltas = [(glyphs[end] - end) % 0x10000 if end in glyphs else 1 for end in ends]
    count = len(ends)
    power = 1 << (count.bit_length() - 1)
    whole = f">{count}H"
    segments = b"".join(
        [pack(whole, *ends), b"\0\0", pack(whole, *ends), pack(whole, *deltas), pack(whole, *[0] * count)]
    )
    head = pack(">4H", 2 * count, 2 * power, power.bit_length() - 1, 2 * (count - power))
    body = pack(">3H", 4, 14 + len(segments), 0) + head + segments
    return pack(">2H", 0, 1) + pack(">2HL", 3, 1, 12) + body
