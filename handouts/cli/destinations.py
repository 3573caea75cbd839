"""Where a command writes, and in which format when only a file's name says so."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handouts.library import Library
    from handouts.making import Order

FOLDER = "output"


def target(name: str, output: str | None) -> Path:
    """The file to write: never with a patient's value in its name."""
    if output is None:
        return Path(FOLDER) / name
    path = Path(output)
    # Not pathlib's: whoever writes says what is wrong with a folder that may not be entered.
    is_folder = os.path.isdir(path)  # noqa: PTH112
    return path / name if is_folder or output.endswith(("/", "\\")) else path


def sheet_file(library: Library, order: Order, ending: str) -> str:
    """What the file of a settled order is called, with the language of a translation and an unusual edition."""
    language = order.language if library.topic(order.topic, order.language).translation else None
    return _joined(order.topic, order.audience, order.template, language, _edition(order), ending)


def bundle_file(bundle: str, order: Order, ending: str) -> str:
    """What the file of a bundle is called, with the language and the edition that the command asks for."""
    return _joined(bundle, "bundle", order.language, _edition(order), ending)


def _edition(order: Order) -> str | None:
    return None if order.edition == "standard" else order.edition


def _joined(*parts: str | None) -> str:
    return ".".join(part for part in parts if part)


def ending_of(output: str | None) -> str:
    """What a file's name ends in, in small letters and without the dot."""
    return Path(output or "").suffix.removeprefix(".").lower()
