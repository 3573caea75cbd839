"""What takes long to work out from a file, kept for the next start, as Python keeps its bytecode.

It stands among the temporary files, in a folder that only its user can open. Where there is none, or where Python is
told to write no bytecode, nothing is kept.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
import zlib
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SUM = hashlib.sha256().digest_size


class Kept:
    """Things of one kind, by key. `made_by` are modules that they depend on: other versions of these keep their own."""

    def __init__(self, kind: str, made_by: Iterable[str]) -> None:
        self.kind = kind
        self._made_by = tuple(made_by)

    def get(self, key: str) -> bytes | None:
        """What was kept under the key; nothing when it is damaged."""
        if self._stem is None:
            return None
        try:
            data = Path(f"{self._stem}-{key}").read_bytes()
        except OSError:
            return None
        return data[_SUM:] if hashlib.sha256(data[_SUM:]).digest() == data[:_SUM] else None

    def put(self, key: str, data: bytes) -> None:
        """Keep something, if there is room.

        Another start finds it whole or not at all. Why not `write_whole`: what is lost here is worked out again.
        """
        if self._stem is None:
            return
        name = ""
        try:
            descriptor, name = tempfile.mkstemp(prefix=f"{Path(self._stem).name}-", suffix=".tmp", dir=_folder())
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(hashlib.sha256(data).digest() + data)
            os.replace(name, f"{self._stem}-{key}")  # noqa: PTH105
        except OSError:  # a full disk, a folder that went away
            self.__dict__["_stem"] = None
        finally:
            with suppress(OSError):
                os.remove(name)  # noqa: PTH107

    @cached_property
    def _stem(self) -> str | None:
        """What the names of the files begin with; nothing where none are kept."""
        if sys.dont_write_bytecode:
            return None
        try:
            made = [(status.st_mtime_ns, status.st_size) for status in map(os.stat, self._made_by)]
            return f"{_folder()}/{self.kind}-{zlib.crc32(repr(made).encode()):08x}"
        except OSError:
            return None


def _folder() -> str:
    """The folder for all that is kept. Raises OSError when there is none that is this user's alone."""
    if not hasattr(os, "getuid"):  # Windows gives each user a folder for temporary files
        return tempfile.gettempdir()
    folder = f"{tempfile.gettempdir()}/handouts-{os.getuid()}"
    with suppress(FileExistsError):
        os.mkdir(folder, 0o700)  # noqa: PTH102
    found = os.lstat(folder)
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) != 0o700:
        raise PermissionError(folder)
    return folder
