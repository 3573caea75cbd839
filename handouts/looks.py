"""What paper and screen have in common: editions, sizes of paper, and the colours that no brand changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from handouts.library.colour import Colour

# "report" is set small and close, for what a clinician reads at a desk: no patient gets it.
EditionName = Literal["standard", "large-print", "report"]
PaperName = Literal["letter", "a4"]
EDITIONS: tuple[EditionName, ...] = ("standard", "large-print")
PAPERS: tuple[PaperName, ...] = get_args(PaperName)

# Width and height in points (1/72 inch).
PAPER_SIZES: dict[PaperName, tuple[float, float]] = {"letter": (612.0, 792.0), "a4": (595.276, 841.89)}

INK: Colour = (0.09, 0.10, 0.11)
MUTED: Colour = (0.29, 0.32, 0.34)  # 8.6 : 1 on white
HAIRLINE: Colour = (0.45, 0.48, 0.50)
URGENT: Colour = (0.55, 0.10, 0.10)  # 8.9 : 1 on white; emergency boxes also carry an icon and a word
WHITE: Colour = (1.0, 1.0, 1.0)
