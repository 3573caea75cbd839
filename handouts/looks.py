"""How a sheet can come out: in which editions, on which paper, in which formats, in colours that no brand changes.

It needs nothing, not even the library: --help names the choices, too.
"""

from __future__ import annotations

from typing import Literal, get_args

PatientEdition = Literal["standard", "large-print"]
# "report" is set small and close, for what a clinician reads at a desk: no patient gets it.
EditionName = Literal[PatientEdition, "report"]
PaperName = Literal["letter", "a4"]
ReportFormat = Literal["pdf", "html", "txt"]
FormatName = Literal[ReportFormat, "png"]
EDITIONS: tuple[PatientEdition, ...] = get_args(PatientEdition)
PAPERS: tuple[PaperName, ...] = get_args(PaperName)
REPORT_FORMATS: tuple[ReportFormat, ...] = get_args(ReportFormat)
FORMATS: tuple[FormatName, ...] = get_args(FormatName)

# Width and height in points (1/72 inch).
PAPER_SIZES: dict[PaperName, tuple[float, float]] = {"letter": (612.0, 792.0), "a4": (595.276, 841.89)}

INK = (0.09, 0.10, 0.11)
MUTED = (0.29, 0.32, 0.34)  # 8.6 : 1 on white
HAIRLINE = (0.45, 0.48, 0.50)
URGENT = (0.55, 0.10, 0.10)  # 8.9 : 1 on white; emergency boxes also carry an icon and a word
WHITE = (1.0, 1.0, 1.0)
