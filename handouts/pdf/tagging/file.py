"""Objects put together as a file, and a later version of some of them appended to it.

Everything that is no stream goes into compressed object streams (ISO 32000-1, 7.5.7): a structure tree has a thousand
small objects, and as plain text they are four times as large. The cross-references are a stream, too (7.5.8).
"""

from __future__ import annotations

import io
import re
import zlib
from hashlib import md5
from typing import TYPE_CHECKING, BinaryIO

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# The second line tells programs that move files that this one is not text.
HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_MOST_OBJECTS = 200  # of one object stream: a reader unpacks all of it for one of them
_LAST_REFERENCE = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_LEVEL = 6
_ENTRY = 7  # bytes of an object's line in the cross-references


class FileWriter:
    """Writes objects to a file as they come, in any order; what stays in memory is where each of them is.

    An object has its number from `reserve` before it is added, so that others can refer to it.
    """

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._identity = md5(usedforsecurity=False)
        self._place = 0
        self._table = bytearray(_entry(0, 0, 65535))
        self._packed: list[tuple[int, bytes]] = []
        self._write(HEADER)

    def reserve(self) -> int:
        """A number for an object that is added later."""
        self._table += _entry(0, 0, 65535)
        return len(self._table) // _ENTRY - 1

    def add(self, number: int, content: bytes) -> None:
        """Write the object of this number: a stream at once, anything else together with others."""
        if content.endswith(b"endstream"):
            self._add_stream(number, content)
            return
        self._packed.append((number, content.strip()))
        if len(self._packed) == _MOST_OBJECTS:
            self._pack()

    def finish(self, catalog: int, info: int) -> None:
        """Write the rest. `catalog` and `info` are numbers of two of the objects."""
        self._pack()
        number = self.reserve()
        self._set(number, 1, self._place, 0)
        identity = self._identity.hexdigest().encode().upper()
        keys = b"/Size %d /Root %d 0 R /Info %d 0 R /ID [<%b> <%b>] /Filter /FlateDecode" % (
            number + 1,
            catalog,
            info,
            identity,
            identity,
        )
        self._write(_cross_references(number, keys, zlib.compress(self._table, _LEVEL), self._place))

    def _write(self, part: bytes) -> None:
        self._target.write(part)
        self._identity.update(part)
        self._place += len(part)

    def _set(self, number: int, *entry: int) -> None:
        self._table[number * _ENTRY : (number + 1) * _ENTRY] = _entry(*entry)

    def _add_stream(self, number: int, content: bytes) -> None:
        self._set(number, 1, self._place, 0)
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, content))

    def _pack(self) -> None:
        """Write the small objects that wait, in a stream of their own."""
        if not self._packed:
            return
        holder = self.reserve()
        for index, (number, _) in enumerate(self._packed):
            self._set(number, 2, holder, index)
        self._add_stream(holder, _object_stream(self._packed))
        self._packed.clear()


def assemble(objects: Sequence[bytes], catalog: int, info: int) -> bytes:
    """The file that holds these objects, number 1 first. `catalog` and `info` are numbers of two of them."""
    target = io.BytesIO()
    writer = FileWriter(target)
    for number, content in zip([writer.reserve() for _ in objects], objects, strict=True):
        writer.add(number, content)
    writer.finish(catalog, info)
    return target.getvalue()


class Ending(Struct, frozen=True):
    """What the end of a file says, for a later version: the place of its cross-references, and their keys."""

    place: int
    size: int
    keys: bytes


def ending_of(file: bytes) -> Ending:
    """Read the end of a file that `FileWriter` wrote."""
    end = _LAST_REFERENCE.search(file)
    if end is None:
        raise ValueError("a file's bytes end with the place of its cross-references")
    place = int(end[1])
    entries = file[place : file.index(b"stream\n", place)]
    keys = b" ".join([_key(entries, name) for name in (rb"/Root \d+ 0 R", rb"/Info \d+ 0 R", rb"/ID \[.*?\]")])
    return Ending(place, int(_key(entries, rb"/Size \d+").split()[1]), keys)


def update(base: bytes, ending: Ending, objects: Mapping[int, bytes]) -> bytes:
    """The file with a new version of some objects after it (7.5.6); what stands before stays as it is."""
    parts = [base]
    place = len(base)
    table: list[bytes] = []
    numbers = sorted(objects)
    for number in numbers:
        part = b"%d 0 obj\n%b\nendobj\n" % (number, objects[number])
        table.append(_entry(1, place, 0))
        parts.append(part)
        place += len(part)
    table.append(_entry(1, place, 0))
    index = b" ".join([b"%d 1" % number for number in (*numbers, ending.size)])
    keys = b"/Size %d /Index [%b] %b /Prev %d" % (ending.size + 1, index, ending.keys, ending.place)
    parts.append(_cross_references(ending.size, keys, b"".join(table), place))
    return b"".join(parts)


def text_string(text: str) -> str:
    """A text string as it stands in a file: in brackets, or in UTF-16 as hexadecimal digits (7.9.2.2)."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return f"({escaped})"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object's text, its content as it is.

    A line's end stands before the last word (ISO 19005-2, 6.1.7.1), and it is both characters: after content that ends
    in a carriage return, a line feed alone would be taken for the second half of one.
    """
    return b"<< /Length %d %b>>\nstream\n%b\r\nendstream" % (len(content), entries, content)


def compressed(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object's text, its content compressed."""
    return stream(zlib.compress(content, _LEVEL), entries + b"/Filter /FlateDecode ")


def _object_stream(objects: Sequence[tuple[int, bytes]]) -> bytes:
    offsets: list[bytes] = []
    place = 0
    for number, content in objects:
        offsets.append(b"%d %d" % (number, place))
        place += len(content) + 1
    head = b" ".join(offsets) + b"\n"
    entries = b"/Type /ObjStm /N %d /First %d " % (len(objects), len(head))
    return compressed(head + b"\n".join([content for _, content in objects]), entries)


def _entry(kind: int, second: int, third: int) -> bytes:
    return bytes([kind]) + second.to_bytes(4, "big") + third.to_bytes(2, "big")


def _cross_references(number: int, keys: bytes, table: bytes, place: int) -> bytes:
    entries = b"/Type /XRef /W [1 4 2] %b " % keys
    return b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number, stream(table, entries), place)


def _key(entries: bytes, pattern: bytes) -> bytes:
    found = re.search(pattern, entries)
    if found is None:
        raise ValueError("the cross-references lack an entry")
    return found[0]
