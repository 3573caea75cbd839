"""Words into lines. Phase 4, LAY OUT.

Ragged right, no hyphenation. A line is broken at spaces only; a word wider than the column is broken where it must be,
never lost. Text is measured once for each word and face.

Why not ReportLab's Paragraph: it knows no fallback face, drops the space at a line's end that a screen reader
needs, drops a missing glyph without a word, and its parts cannot be tagged without five private hooks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from handouts.document import Emphasis, Inline, LineBreak, Link, Span, Strong, Text
from handouts.pdf.fonts import PLAIN
from handouts.pdf.stylesheet import INK, MUTED, Stylesheet, TextStyle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handouts.library.colour import Colour
    from handouts.library.typefaces import FaceName
    from handouts.pdf.fonts import Face, Fonts


# A line that gives a word to the last one keeps at least this many.
_FEWEST_WORDS = 3


class Ink(Struct, frozen=True):
    """How a stretch of text is drawn."""

    face: FaceName
    colour: Colour
    link: str = ""
    language: str = ""


class Run(Struct, frozen=True):
    """A stretch of one line: text in one face and colour, `x` from the line's left end."""

    face: Face
    ink: Ink
    x: float
    width: float
    text: str


class Line(Struct, frozen=True):
    """A line of text."""

    runs: tuple[Run, ...]
    width: float


class _Word(Struct):
    """Pieces without a space between them. `space` is the ink of the space before the word, if there is one."""

    pieces: list[tuple[Face, Ink, str, float]]
    width: float
    space: Ink | None


class Typesetter:
    """Sets text in a brand's faces for one stylesheet."""

    def __init__(self, fonts: Fonts, stylesheet: Stylesheet) -> None:
        self.fonts = fonts
        self.stylesheet = stylesheet
        self.place = "text"

    def lines(self, children: Iterable[Inline], style: TextStyle, width: float) -> tuple[Line, ...]:
        """The content as lines no wider than `width`."""
        ink = Ink("bold" if style.bold else "regular", style.colour)
        lines: list[Line] = []
        stretches = [words for words in self._paragraphs(children, ink, style.size) if words]
        for index, words in enumerate(stretches):
            lines.extend(self._break(words, style.size, width, last=index == len(stretches) - 1))
        return tuple(lines)

    # -------------------------------------------------------------- words

    def _paragraphs(self, children: Iterable[Inline], ink: Ink, size: float) -> list[list[_Word]]:
        """The words, in one list for each stretch between hard line breaks."""
        paragraphs: list[list[_Word]] = [[]]
        pending: Ink | None = None  # a space has been read and waits for its word
        glue = False  # the next piece continues the last word
        for text, piece_ink in self._flatten(children, ink):
            if text == "\n":
                paragraphs.append([])
                pending, glue = None, False
                continue
            face = self.fonts.face(piece_ink.face)
            for index, part in enumerate(text.split(" ")):
                if index:
                    pending, glue = piece_ink, False
                if not part:
                    continue
                ems = face.ems(part)
                if ems is not None:  # nearly every word: all of it in one face
                    width = ems * size
                    pieces = [(face, piece_ink, part, width)]
                else:
                    pieces = [
                        (piece.face, piece_ink, piece.text, piece.face.width(piece.text, size))
                        for piece in self.fonts.pieces(part, piece_ink.face, self.place)
                    ]
                    width = sum(piece[3] for piece in pieces)
                if not pieces:
                    continue
                words = paragraphs[-1]
                if glue and words:
                    words[-1].pieces.extend(pieces)
                    words[-1].width += width
                else:
                    words.append(_Word(pieces, width, pending if words else None))
                pending, glue = None, True
        return paragraphs

    def _flatten(self, children: Iterable[Inline], ink: Ink) -> Iterable[tuple[str, Ink]]:
        for child in children:
            match child:
                case Text(text):
                    yield text.translate(PLAIN), ink
                case LineBreak():
                    yield "\n", ink
                case Strong(inner):
                    yield from self._flatten(inner, _with(ink, bold=True))
                case Emphasis(inner):
                    yield from self._flatten(inner, _with(ink, italic=self.stylesheet.italics, bold=None))
                case Link(address, inner):
                    linked = Ink(ink.face, self.stylesheet.accent, address, ink.language)
                    yield from self._flatten(inner, linked)
                case Span(inner, role, language):
                    yield from self._flatten(inner, self._span(ink, role, language))

    def _span(self, ink: Ink, role: str | None, language: str | None) -> Ink:
        muted = MUTED if self.stylesheet.edition == "standard" else INK
        match role:
            case "label" | "lead-in":
                ink = _with(ink, bold=True)
            case "gloss" | "muted":
                ink = Ink("regular", muted, ink.link, ink.language)
        return Ink(ink.face, ink.colour, ink.link, language) if language else ink

    # -------------------------------------------------------------- lines

    def _break(self, words: list[_Word], size: float, width: float, *, last: bool) -> list[Line]:
        """Lines of words; `last` says that nothing of the paragraph follows."""
        broken: list[list[_Word]] = []
        current: list[_Word] = []
        used = 0.0
        for word in words:
            space = current[-1].pieces[-1][0].width(" ", size) if current and word.space else 0.0
            if current and used + space + word.width > width + 0.01:
                broken.append(current)
                current, used, space = [], 0.0, 0.0
            if word.width > width:
                *heads, word = _chopped(word, size, width)
                broken.extend([head] for head in heads)
            current.append(word)
            used += space + word.width
        broken.append(current)
        if len(broken) > 1 and len(broken[-1]) == 1 and len(broken[-2]) > _FEWEST_WORDS and broken[-1][0].space:
            follows = broken[-2].pop()  # a last line of one word looks like a mistake
            if follows.width + broken[-1][0].width < 0.9 * width:
                broken[-1].insert(0, follows)
            else:
                broken[-2].append(follows)
        # All lines but the last end in a space, so that a reader does not join "and" and "then" over the break;
        # the halves of a broken word are joined.
        following = [line[0].space is not None for line in broken[1:]]
        return [
            self._line(line, size, space_after=space)
            for line, space in zip(broken, [*following, not last], strict=True)
        ]

    def _line(self, words: list[_Word], size: float, *, space_after: bool) -> Line:
        """The words as runs: neighbours in the same ink become one."""
        runs: list[Run] = []
        x = start = 0.0
        face, ink, _, _ = words[0].pieces[0]
        texts: list[str] = []
        for index, word in enumerate(words):
            if index and word.space is not None:
                # The space belongs to the word before it, so that no link or bold run begins with one.
                texts.append(" ")
                x += face.width(" ", size)
            for piece_face, piece_ink, text, width in word.pieces:
                if piece_face is not face or (piece_ink is not ink and piece_ink != ink):
                    runs.append(Run(face, ink, start, x - start, "".join(texts)))
                    face, ink, start, texts = piece_face, piece_ink, x, []
                texts.append(text)
                x += width
        end = x
        if space_after:
            texts.append(" ")
            x += face.width(" ", size)
        runs.append(Run(face, ink, start, x - start, "".join(texts)))
        return Line(tuple(runs), end)


def _chopped(word: _Word, size: float, width: float) -> list[_Word]:
    """A word wider than the column, in parts that fit: each as much as fits, at least one character."""
    parts: list[_Word] = [_Word([], 0.0, word.space)]
    for face, ink, text, _ in word.pieces:
        start, used = 0, 0.0
        for place, character in enumerate(text):
            advance = face.width(character, size)
            if parts[-1].width + used + advance > width and (place > start or parts[-1].pieces):
                if place > start:
                    parts[-1].pieces.append((face, ink, text[start:place], used))
                    parts[-1].width += used
                parts.append(_Word([], 0.0, None))
                start, used = place, 0.0
            used += advance
        parts[-1].pieces.append((face, ink, text[start:], used))
        parts[-1].width += used
    return parts


def _with(ink: Ink, *, bold: bool | None = None, italic: bool = False) -> Ink:
    is_bold = "bold" in ink.face if bold is None else bold
    is_italic = italic or "italic" in ink.face
    faces: dict[tuple[bool, bool], FaceName] = {
        (False, False): "regular",
        (True, False): "bold",
        (False, True): "italic",
        (True, True): "bold-italic",
    }
    return Ink(faces[is_bold, is_italic], ink.colour, ink.link, ink.language)
