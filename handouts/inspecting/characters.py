"""Character codes as text, by a font's ToUnicode map (ISO 32000-1, 9.10)."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

import pikepdf
from msgspec import Struct

from handouts.inspecting.objects import dictionary, members, name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.inspecting.objects import Budget

# A code stands for a letter, or for a ligature's few.
_MOST_LETTERS = 16
_LONGEST_CODE = 4
_CODES = 256
_ENCODINGS = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])|\b((?:begin|end)(?:bfchar|bfrange|codespacerange))\b")


class Codes(Struct, frozen=True):
    """How a font's codes are read: their lengths in bytes, their text, and the encoding for those without one."""

    lengths: tuple[int, ...]
    texts: dict[tuple[int, int], str]
    encoding: str = ""

    def read(self, string: bytes) -> str:
        """The text of a shown string; U+FFFD for a code that the font does not explain."""
        found: list[str] = []
        place = 0
        while place < len(string):
            for length in self.lengths:
                text = self.texts.get((length, int.from_bytes(string[place : place + length], "big")))
                if text is not None:
                    break
            else:
                length = self.lengths[-1]
                code = string[place : place + length]
                text = code.decode(self.encoding, "replace") if self.encoding else "\ufffd"
            found.append(text)
            place += length
        return "".join(found)


NO_FONT = Codes((1,), {})


def codes_of(font: Any, budget: Budget) -> Codes:
    """How the font's codes are read."""
    font = dictionary(font)
    texts = dict(_entries(budget.decoded(font.get("/ToUnicode")), budget))
    if name(font.get("/Subtype")) == "/Type0":
        return Codes(tuple(sorted({length for length, _ in texts} or {2})), texts)
    encoding = font.get("/Encoding")
    based = name(encoding) or name(dictionary(encoding).get("/BaseEncoding"))
    differences = dictionary(encoding).get("/Differences")
    changed = any(isinstance(each, pikepdf.Name) for each in islice(members(differences), 2 * _CODES))
    texts = {(1, code): text for (_, code), text in texts.items()}
    return Codes((1,), texts, "" if changed else _ENCODINGS.get(based, ""))


def _entries(cmap: bytes, budget: Budget) -> Iterator[tuple[tuple[int, int], str]]:
    """The map's entries: (length of the code, code), and its text."""
    section = b""
    values: list[bytes | list[bytes]] = []
    listed: list[bytes] | None = None
    for digits, opening, closing, word in _TOKEN.findall(cmap):
        if word:
            section, values, listed = word, [], None
            continue
        if opening:
            listed = []
            continue
        if closing:
            if listed is None:
                continue
            values.append(listed)
            listed = None
        elif listed is not None:
            listed.append(_bytes(digits))
            continue
        else:
            values.append(_bytes(digits))
        match section, values:
            case b"beginbfchar", [bytes() as code, bytes() as target]:
                pairs = iter([(code, _letters(target))])
            case b"beginbfrange", [bytes() as first, bytes() as last, target]:
                pairs = _range(first, last, target)
            case _:
                continue
        values = []
        for code, text in pairs:
            if not budget.take("codes"):
                return
            yield (len(code), int.from_bytes(code, "big")), text


def _range(first: bytes, last: bytes, target: bytes | list[bytes]) -> Iterator[tuple[bytes, str]]:
    start, length = int.from_bytes(first, "big"), len(first)
    count = min(int.from_bytes(last, "big") - start + 1, 65_536)
    if isinstance(target, list):
        count = min(count, len(target))
    if length > _LONGEST_CODE:
        return
    for step in range(count):
        code = (start + step).to_bytes(length + 1, "big")[1:]
        if isinstance(target, list):
            yield code, _letters(target[step])
            continue
        base = _letters(target)
        if base and ord(base[-1]) + step <= 0x10FFFF:
            yield code, base[:-1] + chr(ord(base[-1]) + step)


def _bytes(digits: bytes) -> bytes:
    """Hexadecimal digits as bytes; a missing last one is 0 (ISO 32000-1, 7.3.4.3)."""
    found = b"".join(digits.split())
    return bytes.fromhex((found + b"0" * (len(found) % 2)).decode("ascii"))


def _letters(target: bytes) -> str:
    return target[: 2 * _MOST_LETTERS].decode("utf-16-be", "replace")
