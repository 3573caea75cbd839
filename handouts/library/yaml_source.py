"""YAML with positions and without surprises. Phase 1, LOAD.

PyYAML's own constructors read `no` as False, `12:30` as 750 and `010` as 8, let the last of two equal keys win,
and expand aliases until the memory is full. Here a file is read from the parser's events: a plain scalar
means what it looks like or is refused with its place; anchors, aliases, tags, merge keys and deep nesting are refused.

Loading is done for values alone; `YamlSource.position` reads the file a second time for places, which is
needed only when there is something to report. The values of shipped files are kept for the next start; those of a
clinic's are not: they are the clinic's.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import MsgspecError, Struct, msgpack

from handouts.errors import ContentError, Diagnostic
from handouts.kept import Kept
from handouts.library.search_path import shipped_root

if TYPE_CHECKING:
    from handouts.library.yaml_reading import Reading

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"
Path_: TypeAlias = "tuple[str | int, ...]"

MAX_BYTES = 1_000_000
MAX_PROBLEMS = 100  # of a file: nobody mends more in one round


class Place(Struct, frozen=True):
    """A position in a file, counted from 1."""

    line: int
    column: int


class YamlSource:
    """One YAML file: its value, and the place of everything in it."""

    def __init__(self, file: Path, shown_as: str) -> None:
        """Read `file`; `shown_as` is its name in messages."""
        self.file = file
        self.shown_as = shown_as
        self.text = self._read()

    def _read(self) -> str:
        try:
            with self.file.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
        except OSError as error:
            raise ContentError(Diagnostic("Y101", f"cannot be read: {error.strerror}", file=self.shown_as)) from None
        if len(data) > MAX_BYTES:
            raise ContentError(
                Diagnostic("Y102", f"is larger than {MAX_BYTES:,} bytes", "split it", file=self.shown_as)
            )
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise ContentError(
                Diagnostic("Y103", "is not UTF-8 text", "save the file as UTF-8", file=self.shown_as, line=line)
            ) from None
        return text.replace("\r\n", "\n")

    @cached_property
    def value(self) -> Value:
        """The content of the file. Raises ContentError with every problem found in it."""
        kept = _kept() if self.file.is_relative_to(_shipped()) else None
        key = hashlib.sha256(self.text.encode()).hexdigest() if kept else ""
        if kept and (data := kept.get(key)):
            with suppress(MsgspecError):
                return _decoded(data)
        reading = self._reading()
        value = reading.value()
        if reading.problems:
            raise ContentError(reading.problems)
        if kept:
            kept.put(key, msgpack.encode(value))
        return value

    def _reading(self, *, with_places: bool = False) -> Reading:
        from handouts.library.yaml_reading import Reading

        return Reading(self, with_places=with_places)

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def _places(self) -> dict[Path_, tuple[Place, Place]]:
        reading = self._reading(with_places=True)
        reading.value()
        return reading.places

    def position(self, path: Path_, *, key: bool = False) -> Place:
        """The place of the value at `path` (or of its key); of the nearest parent when there is none."""
        for length in range(len(path), -1, -1):
            found = self._places.get(path[:length])
            if found:
                return found[0] if key and length == len(path) else found[1]
        return Place(1, 1)

    def diagnostic(
        self,
        path: Path_,
        code: str,
        message: str,
        hint: str = "",
        *,
        key: bool = False,
        severity: Any = "error",
    ) -> Diagnostic:
        """A diagnostic at `path` of this file, with its line to show."""
        place = self.position(path, key=key)
        named = f"{show_path(path)}: {message}" if path else message
        return self.at(place, code, named, hint, severity=severity)

    def at(self, place: Place, code: str, message: str, hint: str = "", *, severity: Any = "error") -> Diagnostic:
        """A diagnostic at a place of this file."""
        shown = self._lines[place.line - 1] if place.line <= len(self._lines) else ""
        return Diagnostic(code, message, hint, self.shown_as, place.line, place.column, shown, severity=severity)


def show_path(path: Path_) -> str:
    """`('groups', 0, 'items', 2, 'text')` as `groups[0].items[2].text`."""
    shown = ""
    for part in path:
        shown += f"[{part}]" if isinstance(part, int) else (f".{part}" if shown else part)
    return shown


@cache
def _shipped() -> Path:
    return shipped_root()


@cache
def _kept() -> Kept:
    return Kept("yaml", (__file__, str(Path(__file__).with_name("yaml_reading.py"))))


def _decoded(data: bytes) -> Value:
    value: Value = msgpack.decode(data)
    return value
