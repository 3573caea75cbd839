"""What can go wrong, said so that the reader can put it right.

Every problem is a `Diagnostic`: where it is (file, line, column), what is wrong, and what to do about it.
A phase collects all of its problems before it gives up, so that a clinic mends ten typing slips in one round.
The class of the error carries the exit code of the command line.

A patient's values never appear in a message: a diagnostic about a value names the option and the position.
"""

from __future__ import annotations

import difflib
import unicodedata
from enum import IntEnum
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable


class ExitCode(IntEnum):
    """Exit codes of the command line (docs/errors.md)."""

    DONE = 0
    BUG = 1
    USAGE = 2
    CONTENT = 3
    TEMPLATE = 4
    LAYOUT = 5
    MISSING_RESOURCE = 6
    OUTPUT = 7
    ROWS_FAILED = 8
    INTERRUPTED = 130


Severity = Literal["error", "warning"]


class Diagnostic(Struct, frozen=True):
    """One problem: a place, a code that documentation and tests can name, a message and a hint.

    `line` and `column` count from 1; 0 means that the problem has a file but no single line.
    `source_line` is the text of that line, shown with a caret under the column.
    """

    code: str
    message: str
    hint: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    source_line: str = ""
    severity: Severity = "error"

    @property
    def place(self) -> str:
        """`file:line:column`, as far as known."""
        parts = [self.file] if self.file else []
        if self.line:
            parts += [str(self.line), str(self.column)] if self.column else [str(self.line)]
        return ":".join(parts)

    def __str__(self) -> str:
        head = f"{self.severity}[{self.code}] {_visible(self.message)}"
        lines = [f"{_visible(self.place)}: {head}" if self.place else head]
        if self.source_line:
            # Long lines are cut around the column; tabs would move the caret.
            text = self.source_line.rstrip("\n").replace("\t", " ")
            start = max(0, self.column - 70)
            shown = _visible(text[start : start + 110])
            number = f"{self.line:5d} | "
            lines.append(f"{number}{shown}")
            if self.column:
                lines.append(f"{' ' * (len(number) - 2)}| {' ' * (self.column - 1 - start)}^")
        if self.hint:
            lines.append(f"  hint: {_visible(self.hint)}")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, str | int]:
        """The diagnostic for `--json`."""
        return {
            "severity": self.severity,
            "code": self.code,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "message": self.message,
            "hint": self.hint,
        }


def _visible(text: str) -> str:
    """The text with what nobody sees written out: a file's name could end a line or steer a terminal."""
    if text.isprintable():
        return text
    return "".join(each if unicodedata.category(each) not in {"Cc", "Cf", "Cs"} else ascii(each)[1:-1] for each in text)


class HandoutError(Exception):
    """A problem that the user can put right; carries every diagnostic of the phase that failed."""

    exit_code: ClassVar[ExitCode] = ExitCode.BUG

    def __init__(self, diagnostics: Diagnostic | Iterable[Diagnostic]) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = (
            (diagnostics,) if isinstance(diagnostics, Diagnostic) else tuple(diagnostics)
        )
        super().__init__("\n".join(str(diagnostic) for diagnostic in self.diagnostics))


class UsageError(HandoutError):
    """The command or the call asks for something that does not exist or makes no sense."""

    exit_code = ExitCode.USAGE


class UnfitTopicError(UsageError):
    """The topic lacks what a template is made of: there is no such sheet of it."""


class ContentError(HandoutError):
    """A content, audience, language or brand file is wrong."""

    exit_code = ExitCode.CONTENT


class TemplateError(HandoutError):
    """A template is wrong."""

    exit_code = ExitCode.TEMPLATE


class LayoutError(HandoutError):
    """The document does not fit the paper."""

    exit_code = ExitCode.LAYOUT


class MissingResourceError(HandoutError):
    """A font, a picture or a glyph is missing or broken."""

    exit_code = ExitCode.MISSING_RESOURCE


class OutputError(HandoutError):
    """The output cannot be written."""

    exit_code = ExitCode.OUTPUT


def nearest(word: str, candidates: Iterable[str]) -> str:
    """A hint that names the nearest candidate, or lists a few of them.

    Returns "" when there is nothing to choose from.
    """
    names = sorted(set(candidates))
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f'did you mean "{close[0]}"?'
    if not names:
        return ""
    shown = ", ".join(names[:12])
    return f"known: {shown}{', …' if len(names) > 12 else ''}"
