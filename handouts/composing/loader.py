"""Finds templates along the search path, and stamps their tags with their place. Phase 3, COMPOSE.

Each start tag that a template writes gets an attribute with the number of its file and its line, so that a mistake
that shows only in the finished XML can still be reported where it was made.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

import jinja2

from handouts.errors import Diagnostic, TemplateError
from handouts.library.search_path import SearchPath, is_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


SUFFIX = ".xml.jinja"
SHIPPED = "shipped/"
STAMP = "at"
MAX_BYTES = 1_000_000
_NUMBERS = 1_000_000  # short ones: each tag has one

# What holds no tags, each to its end or to that of the file; then the start of a tag.
_PIECE = re.compile(
    r"\{%.*?(?:%\}|\Z)|\{\{.*?(?:\}\}|\Z)|\{#.*?(?:#\}|\Z)|<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)"
    r"|<([A-Za-z][\w.-]*)",
    re.DOTALL,
)


class TemplateLoader(jinja2.BaseLoader):
    """Finds `NAME.xml.jinja` along the search path; `shipped/NAME.xml.jinja` is always the shipped one.

    `sources` has the text of each file that was read, by its name in messages, in the order of reading; `stamps` has
    these names by the number in the stamps.
    """

    def __init__(self, path: SearchPath) -> None:
        self.path = path
        self.sources: dict[str, str] = {}
        self.stamps: dict[int, str] = {}

    def get_source(
        self,
        environment: jinja2.Environment,  # noqa: ARG002  Jinja2 passes it
        template: str,
    ) -> tuple[str, str, Callable[[], bool] | None]:
        """The template's stamped source, and its name for messages. Raises TemplateError for a file that is no text."""
        roots = self.path.roots[-1:] if template.startswith(SHIPPED) else self.path.roots
        name = template.removeprefix(SHIPPED)
        if "/" in name or "\\" in name or "\0" in name or len(name) > 200 or not name.endswith(SUFFIX):
            raise jinja2.TemplateNotFound(template)
        for root in roots:
            file = root.folder / "templates" / name
            if is_file(file, root):
                shown = root.show(file)
                text = _read(file, shown)
                self.sources[shown] = text
                return _stamped(text, self.number(shown)), shown, None
        raise jinja2.TemplateNotFound(template)

    def number(self, shown: str) -> int:
        """The number that stands for a file in its stamps: of its name, so that its stamped text is always the same.

        Why: a compiled template is known again by its stamped text. Where two names share a number, the second one
        that is read takes the next: it may be compiled once more, and no message names the wrong file.
        """
        number = zlib.crc32(shown.encode()) % _NUMBERS
        while self.stamps.setdefault(number, shown) != shown:
            number += 1
        return number

    def list_templates(self) -> list[str]:
        """The names of all templates, parts of them too."""
        return [f"{name}{SUFFIX}" for name in self.path.names("templates", SUFFIX)]


def _read(file: Path, shown: str) -> str:
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise TemplateError(Diagnostic("T107", f"is larger than {MAX_BYTES:,} bytes", "split it", shown))
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = Diagnostic("T107", "is not UTF-8 text", "save the file as UTF-8", shown, line)
        raise TemplateError(problem) from None
    except OSError as error:
        raise TemplateError(Diagnostic("T107", f"cannot be read: {error.strerror}", "", shown)) from None


def _stamped(text: str, number: int) -> str:
    """Add ` at="NUMBER:LINE"` to every start tag outside Jinja's braces, remarks and CDATA; no line moves."""
    line, counted = 1, 0

    def stamp(piece: re.Match[str]) -> str:
        nonlocal line, counted
        if piece[1] is None:
            return piece[0]
        line += text.count("\n", counted, piece.start())
        counted = piece.start()
        return f'{piece[0]} {STAMP}="{number}:{line}"'

    return _PIECE.sub(stamp, text)
