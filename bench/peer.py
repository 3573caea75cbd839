"""What a peer is: another program that makes the same handout, driven as its own users drive it, at its best.

Nothing here imports handouts when it runs: a peer that makes one handout in a process of its own pays for itself alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from pypdfium2 import PdfDocument

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Colour = tuple[float, float, float]

# Space between paragraphs, as shares of the stylesheet's, tried until the page count is that of handouts.
SPACINGS = (1.0, 1.15, 0.85, 1.3, 0.7, 1.5, 0.5, 1.8, 0.3, 2.2, 0.1, 3.0)


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph is set, in points. `before` is the space above it."""

    size: float
    leading: float
    before: float
    bold: bool
    colour: Colour


@dataclass(frozen=True, slots=True)
class Look:
    """Sizes and margins of handouts' stylesheet in points, and the files of the brand's four faces."""

    page_size: tuple[float, float]
    side: float
    top: float
    bottom: float
    indent: float
    box: float
    line: Colour
    styles: Mapping[str, Style]
    family: str
    fonts: tuple[str, str, str, str]

    @property
    def text_width(self) -> float:
        """The width of the column."""
        return self.page_size[0] - 2 * self.side


class Peer(Protocol):
    """One document, ready to be made again and again."""

    name: str
    pages: int

    def make(self, values: Mapping[str, str]) -> bytes:
        """A PDF file with a person's values, by field name, in the panel."""

    def once(self, folder: Path, values: Mapping[str, str]) -> tuple[str, ...]:
        """Lay files out in a folder. What to give to Python so that a fresh process writes the same file there."""


P = TypeVar("P", bound=Peer)


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


def hexadecimal(colour: Colour) -> str:
    """A colour as CSS and Typst write it."""
    return "#" + "".join(f"{round(255 * part):02x}" for part in colour)
