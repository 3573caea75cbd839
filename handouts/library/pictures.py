"""Picture files: read whole, and only when they are ordinary files of a sensible size. Phase 1, LOAD.

What draws looks inside: `handouts.pdf.pictures` for paper, a browser for a page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.errors import MissingResourceError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeAlias

    from handouts.errors import Diagnostic

    Report: TypeAlias = Callable[[str, str, str], Diagnostic]

MAX_BYTES = 5_000_000


def read_picture(file: Path, report: Report) -> bytes:
    """The bytes of a picture's file.

    `report` makes the diagnostic from a code, a message and a hint. Raises MissingResourceError.
    """
    data, reason = None, "cannot be read"
    try:
        if file.is_file():  # a device or a pipe could be read for ever
            with file.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
        elif not file.exists():
            reason = "there is no such file"
    except (OSError, ValueError):
        pass
    if data is None:
        hint = "put the picture in its place, or delete the line that names it"
        raise picture_refused(file, report, "F201", reason, hint)
    if len(data) > MAX_BYTES:
        message = f"is larger than {MAX_BYTES // 1_000_000} MB"
        raise picture_refused(file, report, "F203", message, "save a smaller picture")
    return data


def picture_refused(file: Path, report: Report, code: str, message: str, hint: str) -> MissingResourceError:
    """The error for a picture that cannot be used."""
    return MissingResourceError(report(code, f"{file.name}: {message}", hint))


def is_vector(file: Path, data: bytes) -> bool:
    """Whether a picture is to be read as SVG."""
    return data[:500].lstrip().startswith(b"<") or file.suffix.lower() == ".svg"
