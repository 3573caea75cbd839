"""What a peer is: another program that makes the same handout, driven as its own users drive it, at its best.

Nothing here imports handouts when it runs: a peer that makes one handout in a process of its own pays for itself alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    Colour = tuple[float, float, float]


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

    def afresh(self, values: Mapping[str, str]) -> bytes:
        """The same with everything laid out again, even what a cache knows."""

    def once(self, folder: Path, values: Mapping[str, str]) -> tuple[str, ...]:
        """Lay files out in a folder. What to give to Python so that a fresh process writes the same file there."""


def hexadecimal(colour: Colour) -> str:
    """A colour as CSS and Typst write it."""
    return "#" + "".join(f"{round(255 * part):02x}" for part in colour)
