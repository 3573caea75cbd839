"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import itertools
import os
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.errors import Diagnostic, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


_PREFIX, _SUFFIX = ".handouts-", ".tmp"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_numbers = itertools.count()


def delete_halves(folder: Path) -> None:
    """Delete what programs that were killed had half written in a folder. No other may be writing there."""
    try:
        entries = os.scandir(folder)  # not `glob`: it holds a list of all that a batch has made
    except OSError:
        return
    with entries:
        for entry in entries:
            if entry.name.startswith(_PREFIX) and entry.name.endswith(_SUFFIX):
                Path(entry).unlink(missing_ok=True)


def write_whole(
    file: Path | str, data: bytes, *, private: bool = False, durable: bool = True, follow: bool = True
) -> None:
    """Write the file so that a reader sees the old one or the new one, never half of one.

    `private` files can be read by their owner only. `durable` ones are on the disk before this returns; others may be
    lost when the power fails: only for who can tell, and make them again. A link stays a link: what it points to is
    replaced, or the link itself where links are not to be followed. Raises OutputError with the reason, for devices and
    pipes too; nothing is left behind. The temporary file's name says nothing about its content.
    """
    temporary = ""
    try:
        target = _ordinary(os.fspath(file), follow=follow)
        descriptor, temporary = _opened_beside(target, private=private)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        if not private:
            Path(temporary).chmod(0o666 & ~_umask())
        os.replace(temporary, target)  # noqa: PTH105  a batch writes thousands: pathlib takes a third of its time
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise OutputError(
            Diagnostic(
                "O101",
                f"cannot be written: {error.strerror}",
                "close the program that has the file open, make room on the disk, "
                "or use a folder that you may write to (-o, where the command has it)",
                str(file),
            )
        ) from None
    except BaseException:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise


def write_new(files: Mapping[Path, bytes]) -> None:
    """Write files that are not there yet: all of them, or none, and no folder either. Raises OutputError."""
    taken = [file for file in files if os.path.lexists(file)]
    if taken:
        hint = "choose another name or folder, or move the file away"
        raise OutputError(Diagnostic("O102", "is there already", hint, str(taken[0])))
    folders = {folder for file in files for folder in file.parents if not os.path.lexists(folder)}
    written: list[Path] = []
    try:
        for file, data in files.items():
            write_whole(file, data)
            written.append(file)
    except BaseException:
        for file in written:
            file.unlink(missing_ok=True)
        for folder in sorted(folders, reverse=True):  # what is inside of another comes before it
            with suppress(OSError):
                folder.rmdir()
        raise


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep other runs of this program that ask for the same waiting, while files of the folder are read and rewritten.

    The folder must be there. Where a system or a network folder has no such locks, nobody waits.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    descriptor = None
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _ordinary(file: str, *, follow: bool) -> str:
    """The file to write, where links to it lead.

    Raises OSError for a device, a pipe, a folder or a link to itself: it would be replaced by a file.
    """
    try:
        mode = os.lstat(file).st_mode
    except FileNotFoundError:
        return file
    if stat.S_ISLNK(mode):
        if not follow:
            return file
        file = os.path.realpath(file)
        if not os.path.lexists(file):
            return file
        mode = os.lstat(file).st_mode
    if not stat.S_ISREG(mode):
        raise OSError(errno.EEXIST, "it is no ordinary file")
    return file


def _opened_beside(file: str, *, private: bool) -> tuple[int, str]:
    """A new temporary file in the same folder, which is made where it is not there.

    Why not `tempfile`: the names it draws by lot take longer than the file, and a batch writes thousands.
    """
    folder = os.path.dirname(file) or "."  # noqa: PTH120
    while True:
        temporary = f"{folder}/{_PREFIX}{os.getpid()}-{next(_numbers)}{_SUFFIX}"
        try:
            return os.open(temporary, _NEW, 0o600), temporary
        except FileExistsError:  # of a program that was killed, or of another machine
            continue
        except FileNotFoundError:
            Path(folder).mkdir(parents=True, exist_ok=True, mode=0o700 if private else 0o777)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
