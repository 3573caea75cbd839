"""Where a command writes, and in which format when only a file's name says so."""

from __future__ import annotations

from pathlib import Path

FOLDER = "output"


def target(name: str, output: str | None) -> Path:
    """The file to write: never with a patient's value in its name."""
    from handouts.library.search_path import is_folder

    if output is None:
        return Path(FOLDER) / name
    path = Path(output)
    return path / name if is_folder(path) or output.endswith(("/", "\\")) else path


def ending_of(output: str | None) -> str:
    """What a file's name ends in, in small letters and without the dot."""
    return Path(output or "").suffix.removeprefix(".").lower()
