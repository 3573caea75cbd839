"""What `handouts check` reads: the whole library loaded, every sheet composed, every rule applied.

A rule is a function in `rules/`; `findings.py` has what was found and what of it was accepted, `formats.py` how other
programs are told.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.library.search_path import CLINIC_FILE, is_file
from handouts.quality.checking import Report, Scope, check_library
from handouts.quality.findings import Finding, baseline_entries

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Finding", "Report", "Scope", "baseline_entries", "check_library", "find_workspace", "within"]


def find_workspace(path: Path) -> Path | None:
    """The workspace that a path belongs to: the nearest folder above it with a clinic.yaml.

    Spelled as the user spelled the path, for messages name files below it.
    """
    real = path.resolve()
    for folder in (path, *path.parents):
        if is_file(folder / CLINIC_FILE) and real.is_relative_to(folder.resolve()):
            return folder
    for folder in real.parents:  # above what was typed
        if is_file(folder / CLINIC_FILE):
            return folder if path.is_absolute() else Path(os.path.relpath(folder))
    return None


def within(finding: Finding, paths: Iterable[Path]) -> bool:
    """Whether the finding is about one of the paths or a file below it; findings about no file always are."""
    if finding.file is None:
        return True
    file = finding.file.resolve()
    return any(file.is_relative_to(path.resolve()) for path in paths)
