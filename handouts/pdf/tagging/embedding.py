"""TrueType fonts in subsets that hold only the glyphs used, with a right way back from codes to characters.

A character of Windows code page 1252 has its code there, in every subset that is a file's first: what is set is plain
text in the file, and the same characters make the same subset wherever they stand. Others take codes that the page
leaves free, or further subsets.

Why not ReportLab's TTFont: its ToUnicode map gives U+0000 for the code of the missing glyph, which PDF/A forbids (ISO
19005-2, 6.2.11.7.2), and more pairs in a block than readers must accept; a reader cannot type in its fonts; and it
makes every subset again for every file. The glyphs themselves are cut out by ReportLab's TTFontFace.
"""

from __future__ import annotations

import io
from functools import lru_cache
from itertools import groupby
from struct import pack
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from msgspec import Struct
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFontFace, TTFontMaker, TTFontParser

from handouts.pdf.tagging.file import compressed
from handouts.pdf.tagging.internals import Written, add_font, begin_font, reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handouts.pdf.tagging.internals import InnerCanvas

# The characters of Windows code page 1252 by their codes; 0 where it has none.
_CODE_PAGE = [0] * 32 + [
    ord(each) if each != "\ufffd" else 0 for each in bytes(range(32, 256)).decode("cp1252", "replace")
]
_CODES = {chr(sign): code for code, sign in enumerate(_CODE_PAGE) if sign and sign not in {0x7F, 0xA0, 0xAD}}
# Codes that the page leaves free; 0 is that of the missing glyph, and 32 is for spaces alone.
_FREE = [code for code, character in enumerate(_CODE_PAGE) if not character and code]
_SIZE = 256
_SPACES = {"\u00a0": " "}
_MOST_SUBSETS = 16  # of a font that are kept: some 15 kB each
# Flags of a font (ISO 32000-1, table 123): whether its letters are found by Unicode.
_SYMBOLIC, _NOT_SYMBOLIC = 4, 32
_MOST_PAIRS = 100  # of one block of a ToUnicode map (Adobe technical note 5014)


class _Use(Struct, eq=False):
    """What one file uses of a font: subsets of characters by code, and where each character stands in them."""

    name: str
    subsets: list[list[int]]
    places: dict[str, int]
    free: list[int]
    is_writable: bool


class _Subset(NamedTuple):
    """A subset as a file has it, but for the numbers of its objects: `{}` in the two texts."""

    file: bytes
    to_unicode: bytes
    descriptor: str
    font: str


class EmbeddedFont:
    """A TrueType font file, for any number of PDF files. `face` is what ReportLab has read of it."""

    def __init__(self, file: str) -> None:
        self.face: Any = TTFontFace(file)
        _mend_metrics(self.face)
        self._uses: WeakKeyDictionary[Any, _Use] = WeakKeyDictionary()
        # A third of the time that two pages take goes into these, and a program that makes many handouts needs few.
        self._subset = lru_cache(maxsize=_MOST_SUBSETS)(self._new_subset)

    def spelled(self, character: int) -> int:
        """The character that a glyph is read and searched as: its own."""
        return character

    def make_writable(self, canvas: InnerCanvas) -> None:
        """Give the font of this file every letter of Windows code page 1252: what a reader writes into fields with.

        To be called before any text is drawn.
        """
        use = self._use(canvas.document, is_writable=True)
        for character, code in _CODES.items():
            if ord(character) in self.face.charToGlyph:
                use.places[character] = code
                use.subsets[0][code] = ord(character)

    def writable_name(self, canvas: InnerCanvas) -> str:
        """The resource name of the subset that form fields are written in."""
        return f"{self._use(canvas.document).name}+0"

    def codes(self, canvas: InnerCanvas, text: str) -> list[tuple[str, bytes]]:
        """The text as font resource names and character codes; what the font has not is its missing glyph."""
        use = self._use(canvas.document)
        try:
            places = [use.places[character] for character in text]
        except KeyError:
            places = [self._place(use, character) for character in text]
        if not places or max(places) < _SIZE:
            return [(f"/{use.name}+0", bytes(places))] if places else []
        found: list[tuple[str, bytes]] = []
        for subset, run in groupby(places, key=lambda place: place // _SIZE):
            found.append((f"/{use.name}+{subset}", bytes([place % _SIZE for place in run])))
        return found

    def _use(self, document: Any, *, is_writable: bool = False) -> _Use:
        use = self._uses.get(document)
        if use is None:
            free = [] if is_writable else _FREE[::-1]
            use = self._uses[document] = _Use(begin_font(document, self), [[0] * _SIZE], {}, free, is_writable)
        return use

    def _place(self, use: _Use, character: str) -> int:
        """Where a character stands in the file's subsets: the subset's number times 256, and the code."""
        character = _SPACES.get(character, character)
        place = use.places.get(character)
        if place is None and ord(character) not in self.face.charToGlyph:
            place = use.places[character] = 0
        elif place is None:
            place = _CODES.get(character)
            if place is None:
                if not use.free:
                    start = len(use.subsets) * _SIZE
                    use.subsets.append([0] * _SIZE)
                    use.free = [start + code for code in reversed(range(1, _SIZE)) if code != ord(" ")]
                place = use.free.pop()
            use.places[character] = place
            use.subsets[place // _SIZE][place % _SIZE] = ord(character)
        return place

    def addObjects(self, document: Any) -> None:  # noqa: N802  ReportLab's name
        """Add the subsets' objects to the file."""
        use = self._uses.pop(document)
        for number, codes in enumerate(use.subsets):
            while codes[-1] == 0 and len(codes) > 1:
                codes.pop()
            subset = self._subset(tuple(codes), number, use.is_writable and not number)
            file, spelled = (reference(document, Written(each)) for each in (subset.file, subset.to_unicode))
            descriptor = reference(document, Written(subset.descriptor.format(file)))
            font = Written(subset.font.format(descriptor, spelled))
            add_font(document, f"{use.name}+{number}", font)

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
        encoding = "/Encoding /WinAnsiEncoding " if writable else ""
        font = (
            f"<< /Type /Font /Subtype /TrueType /BaseFont {name} /FirstChar 0 /LastChar {len(subset) - 1} "
            f"/Widths [{widths}] /FontDescriptor {{}} /ToUnicode {{}} {encoding}>>"
        )
        spelled = to_unicode([self.spelled(character) for character in subset]).encode("ascii")
        return _Subset(compressed(content, b"/Length1 %d " % len(content)), compressed(spelled), descriptor, font)


def _mend_metrics(face: Any) -> None:
    """Give glyphs of a font of one width their advance in its own units: ReportLab has it in thousandths of an em."""
    face.seek_table("hhea", 34)
    count = face.read_ushort()
    face.seek_table("hmtx", 4 * (count - 1))
    advance = face.read_ushort()
    face.hmetrics[count:] = [(advance, bearing) for _, bearing in face.hmetrics[count:]]


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
