"""Words into lines. Phase 4, LAY OUT.

Ragged right, no hyphenation. A line is broken at spaces only; a word wider than the column is broken where it must be,
never lost. Text is measured once for each word and face. Runs stand in reading order; where some run from right to left
(`handouts/pdf/scripts.py`), their `x` says where each is drawn.

Why not ReportLab's Paragraph: it knows no fallback face, drops the space at a line's end that a screen reader
needs, drops a missing glyph without a word, and its parts cannot be tagged without five private hooks.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from handouts.document import Emphasis, Inline, LineBreak, Link, Span, Strong, Text, plain_text
from handouts.pdf.fonts import plain
from handouts.pdf.scripts import JOINERS, drawn, levels, turns, visual_order
from handouts.pdf.stylesheet import INK, MUTED, Stylesheet, TextStyle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handouts.library.colour import Colour
    from handouts.library.typefaces import FaceName
    from handouts.pdf.fonts import Face, Fonts


# A line that gives a word to the last one keeps at least this many.
_FEWEST_WORDS = 3


class Phrase(Struct, eq=False):
    """Words inside a paragraph that are more than its text: a link to an `address`, or another language.

    `words` are the link's. Each phrase is itself alone: two neighbours with the same address stay two.
    """

    address: str = ""
    language: str = ""
    words: str = ""


class Ink(Struct, frozen=True):
    """How a stretch of text is drawn, and the phrase it belongs to.

    An odd `level` is drawn from right to left (UAX 9).
    """

    face: FaceName
    colour: Colour
    phrase: Phrase | None = None
    level: int = 0


class Run(Struct, frozen=True):
    """A stretch of one line: text in one face and colour, `x` from the line's left end."""

    face: Face
    ink: Ink
    x: float
    width: float
    text: str

    @property
    def turned(self) -> bool:
        """Whether it is drawn from right to left: in another order than it is read."""
        return self.ink.level % 2 == 1

    @property
    def shown(self) -> str:
        """The characters as they are drawn, from left to right."""
        return "".join(reversed(drawn(self.text, 1))) if self.turned else self.text


class Line(Struct, frozen=True):
    """A line of text; in a `directed` one, runs are drawn in another order than they are read."""

    runs: tuple[Run, ...]
    width: float
    directed: bool = False


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
        turned = False
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
                    turned = turned or turns(part)
                if not pieces:
                    continue
                words = paragraphs[-1]
                if glue and words:
                    words[-1].pieces.extend(pieces)
                    words[-1].width += width
                else:
                    words.append(_Word(pieces, width, pending if words else None))
                pending, glue = None, True
        if turned:
            for words in paragraphs:
                _direct(words, size)
        return paragraphs

    def _flatten(self, children: Iterable[Inline], ink: Ink) -> Iterable[tuple[str, Ink]]:
        for child in children:
            match child:
                case Text(text):
                    yield plain(text), ink
                case LineBreak():
                    yield "\n", ink
                case Strong(inner):
                    yield from self._flatten(inner, _with(ink, bold=True))
                case Emphasis(inner):
                    yield from self._flatten(inner, _with(ink, italic=self.stylesheet.italics, bold=None))
                case Link(address, inner):
                    language = ink.phrase.language if ink.phrase else ""
                    phrase = Phrase(address, language, plain_text(inner))
                    yield from self._flatten(inner, Ink(ink.face, self.stylesheet.accent, phrase))
                case Span(inner, role, language):
                    yield from self._flatten(inner, self._span(ink, role, language))

    def _span(self, ink: Ink, role: str | None, language: str | None) -> Ink:
        muted = MUTED if self.stylesheet.edition == "standard" else INK
        match role:
            case "label" | "lead-in":
                ink = _with(ink, bold=True)
            case "gloss" | "muted":
                ink = Ink("regular", muted, ink.phrase)
        if not language:
            return ink
        outer = ink.phrase or Phrase()
        return Ink(ink.face, ink.colour, Phrase(outer.address, language, outer.words))

    # -------------------------------------------------------------- lines

    def _break(self, words: list[_Word], size: float, width: float, *, last: bool) -> list[Line]:
        """Lines of words; `last` says that nothing of the paragraph follows."""
        broken: list[list[_Word]] = []
        current: list[_Word] = []
        used = 0.0
        face, gap = None, 0.0
        for word in words:
            if current and current[-1].pieces[-1][0] is not face:
                face = current[-1].pieces[-1][0]
                gap = face.width(" ", size)
            space = gap if current and word.space else 0.0
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
        gap = face.width(" ", size)
        texts: list[str] = []
        directed = ink.level > 0

        def close() -> None:
            nonlocal start, texts
            if texts:
                runs.append(Run(face, ink, start, x - start, "".join(texts)))
            start, texts = x, []

        for index, word in enumerate(words):
            if index and word.space is not None:
                if word.space.level != ink.level:
                    close()
                    ink = word.space
                # The space belongs to the word before it, so that no link or bold run begins with one.
                texts.append(" ")
                x += gap
                if ink.level % 2:
                    close()  # a reversed run is one word
            for piece_face, piece_ink, text, width in word.pieces:
                if piece_face is not face or (piece_ink is not ink and piece_ink != ink):
                    close()
                    face, ink = piece_face, piece_ink
                    gap = face.width(" ", size)
                    directed = directed or ink.level > 0
                texts.append(text)
                x += width
        end = x
        if space_after:
            if ink.level:  # white space at a line's end goes with the paragraph (UAX 9, L1)
                close()
                ink = replace(ink, level=0, phrase=None)
            texts.append(" ")
            x += gap
        close()
        return Line(_placed(runs) if directed else tuple(runs), end, directed)


def _direct(words: list[_Word], size: float) -> None:
    """Give each piece of a paragraph and each space its level; a piece is split where it changes."""
    text = "".join(
        (" " if word.space is not None else "") + "".join(piece[2] for piece in word.pieces) for word in words
    )
    found = iter(levels(text))
    for word in words:
        if word.space is not None:
            word.space = replace(word.space, level=next(found))
        pieces: list[tuple[Face, Ink, str, float]] = []
        for face, ink, part, _ in word.pieces:
            for level, run in groupby(zip(part, found, strict=False), key=lambda each: each[1]):
                stretch = "".join(character for character, _ in run if level % 2 or character not in JOINERS)
                pieces.append((face, replace(ink, level=level), stretch, face.width(stretch, size)))
        word.pieces = pieces
        word.width = sum(piece[3] for piece in pieces)


def _placed(runs: list[Run]) -> tuple[Run, ...]:
    """A line's runs, still in reading order, each where it is drawn."""
    x = 0.0
    for index in visual_order([run.ink.level for run in runs]):
        runs[index] = replace(runs[index], x=x)
        x += runs[index].width
    return tuple(runs)


def _chopped(word: _Word, size: float, width: float) -> list[_Word]:
    """A word wider than the column, in parts that fit: each as much as fits, at least one character."""
    parts: list[_Word] = [_Word([], 0.0, word.space)]
    for face, ink, text, _ in word.pieces:
        start, used = 0, 0.0
        for place in range(len(text)):
            wider = face.width(text[start : place + 1], size)  # letters that join are narrower than each by itself
            if parts[-1].width + wider > width and (place > start or parts[-1].pieces):
                if place > start:
                    parts[-1].pieces.append((face, ink, text[start:place], used))
                    parts[-1].width += used
                parts.append(_Word([], 0.0, None))
                start, wider = place, face.width(text[place], size)
            used = wider
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
    return Ink(faces[is_bold, is_italic], ink.colour, ink.phrase)
