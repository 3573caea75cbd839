"""The objects of a PDF that nobody vouches for: each access says what it wants, and what it costs is counted.

A PDF may hold anything anywhere: a number for a dictionary, a loop for a tree, a page that unfolds into gigabytes.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

# A title, a tooltip, an alternate text: what is longer is cut.
MOST_CHARACTERS = 2_000

# A handout's pages unfold into 0.2 MB, its tree has 600 elements.
LIMITS = {
    "bytes": (4_000_000, "more page content than is read here: the rest is left out"),
    "characters": (2_000_000, "more text than is read here: the rest is left out"),
    "codes": (300_000, "more character codes than are read here: some text shows as �"),
    "elements": (50_000, "more elements than are read here: the outline is cut"),
    "forms": (2_000, "more pictures and forms than are read here: some text may be missing"),
    "things": (50_000, "more pages, fonts, fields or bookmarks than are counted here"),
}
# A stream's instructions become Python objects 200 times its size at worst.
MOST_BYTES = 1_000_000

_MOST_ABOVE = 64
_MOST_FILTERS = 4  # qpdf is told to undo three

_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Budget:
    """What may still be spent on a file; `notes` say what ran out."""

    def __init__(self) -> None:
        self._left = {kind: limit for kind, (limit, _) in LIMITS.items()}
        self._notes: dict[str, None] = {}

    @property
    def notes(self) -> tuple[str, ...]:
        """What was not read, each once."""
        return tuple(self._notes)

    def note(self, message: str) -> None:
        """Remember something that was not read."""
        self._notes[message] = None

    def take(self, kind: str, amount: int = 1) -> bool:
        """Spend; False, and a note, when there is not enough left."""
        if amount > self._left[kind]:
            self.note(LIMITS[kind][1])
            return False
        self._left[kind] -= amount
        return True

    def decoded(self, thing: Any) -> bytes:
        """What a stream unfolds into; nothing, and a note, when that is too much or cannot be done.

        `handouts.inspecting.inspect` tells qpdf how much it may unfold; LZW knows no such limit, and nothing
        writes it any more.
        """
        if not isinstance(thing, pikepdf.Stream):
            return b""
        filters = thing.get("/Filter")
        if "/LZWDecode" in [name(each) for each in islice(members(filters), _MOST_FILTERS)]:
            self.note("content that is packed in an old way (LZW) is not read")
            return b""
        try:
            data = thing.read_bytes()
        except (pikepdf.PdfError, NotImplementedError, ValueError):
            self.note("some content is damaged, or unfolds into more than is read here")
            return b""
        if len(data) > MOST_BYTES:
            self.note(LIMITS["bytes"][1])
            return b""
        return data if self.take("bytes", len(data)) else b""

    def counted(self, thing: Any) -> Iterator[Any]:
        """What an array holds, while there is something left to spend: many may share one long array."""
        for each in members(thing):
            if not self.take("things"):
                return
            yield each


def clean(text: str) -> str:
    """Text that can be shown on a terminal: no control characters, nothing that turns the line around."""
    return "".join(
        "\ufffd" if char in _DIRECTIONS or unicodedata.category(char) in {"Cc", "Cs"} else char
        for char in re.sub(r"\s+", " ", text)
    )


def text(thing: Any) -> str:
    """A text string (ISO 32000-1, 7.9.2.2), cleaned and cut; "" for anything else."""
    return spaced(thing).strip()


def spaced(thing: Any) -> str:
    """As `text`, with the spaces around it."""
    if not isinstance(thing, pikepdf.String):
        return ""
    try:
        found = str(thing)
    except UnicodeDecodeError:
        found = bytes(thing).decode("latin-1")
    return clean(found if len(found) <= MOST_CHARACTERS else f"{found[:MOST_CHARACTERS]}…")


def name(thing: Any) -> str:
    """A name with its slash, as PDF writes it; "" for anything else."""
    if not isinstance(thing, pikepdf.Name):
        return ""
    try:
        found = str(thing)
    except UnicodeDecodeError:
        return ""
    return clean(found[:MOST_CHARACTERS])


def word(thing: Any) -> str:
    """A name without its slash."""
    return name(thing).removeprefix("/")


def dictionary(thing: Any) -> Any:
    """A dictionary, a stream's too; an empty one for anything else."""
    if isinstance(thing, pikepdf.Dictionary):
        return thing
    return thing.stream_dict if isinstance(thing, pikepdf.Stream) else pikepdf.Dictionary()


def members(thing: Any) -> Iterator[Any]:
    """What an array holds, or the thing itself when it is none: PDF often allows both."""
    if isinstance(thing, pikepdf.Array):
        for index in range(len(thing)):
            yield thing[index]
    elif thing is not None:
        yield thing


def inherited(page: Any, key: str) -> Any:
    """A page's attribute, its own or that of the page tree above it (ISO 32000-1, 7.7.3.4)."""
    node = dictionary(page)
    for _ in range(_MOST_ABOVE):
        if key in node:
            return node.get(key)
        node = dictionary(node.get("/Parent"))
    return None


def identity(thing: Any) -> tuple[int, int] | None:
    """What an indirect object is known by; None for one that stands where it is used."""
    key = thing.objgen if isinstance(thing, pikepdf.Object) else (0, 0)
    return key if key != (0, 0) else None


class Seen:
    """Which objects a walk has met: what it meets again is a loop, or shared."""

    def __init__(self) -> None:
        self._keys: set[tuple[int, int]] = set()

    def again(self, thing: Any) -> bool:
        """Whether the object was met before; it is from now on."""
        key = identity(thing)
        if key is None:
            return False  # it cannot hold itself
        if key in self._keys:
            return True
        self._keys.add(key)
        return False
