"""What became of each row: a journal while a batch runs, a manifest when it is done.

The journal is only ever added to. Each run of a batch begins a section of it with a heading, and an outcome for each
row follows, in the roster's order: whenever the program is killed, all of it but perhaps half of the last line is
there. A run that comes to its end writes its own section as the manifest, whole, and the journal goes away.
"""

from __future__ import annotations

import errno
import os
import re
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from handouts.batch.rows import Outcome
from handouts.errors import Diagnostic, OutputError
from handouts.files import delete_halves

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

MANIFEST = "manifest.jsonl"
JOURNAL = ".manifest.part"
PRINT_TEMPORARY = ".print.tmp"
_TEMPORARY = ".manifest.tmp"
# Rows behind the last that a run has told of, among which a kill may have left files: more than were on their way.
_MOST_UNTOLD = 10_000


class Heading(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a manifest says before its rows. `names` matches the names of the batch's files, its group is the row."""

    batch: str
    handouts: str
    date: str
    names: str = ""


_encoder = msgspec.json.Encoder()
_outcomes = msgspec.json.Decoder(Outcome)
_headings = msgspec.json.Decoder(Heading)


class Journal:
    """The journal of a run in a folder; only one program at a time has it open."""

    def __init__(self, folder: Path, heading: Heading) -> None:
        """Raises OutputError when the folder cannot be used, or another program makes a batch there."""
        self.folder = folder
        self._heading = heading
        with written_to(folder):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file = _opened(folder)
            delete_halves(folder)
            for name in (_TEMPORARY, PRINT_TEMPORARY):
                (folder / name).unlink(missing_ok=True)
        self._file.seek(0, os.SEEK_END)
        if self._file.tell():
            self._write(b"\n")  # after a line that a kill has cut
            self._start = self._file.tell()
            self.add(self._untold())
        self._start = self._file.tell()
        self._write(_encoder.encode(heading) + b"\n")

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Add rows: when this returns, they survive the end of this program."""
        self._write(b"".join(_encoder.encode(outcome) + b"\n" for outcome in outcomes))

    def announce(self, printed: str) -> None:
        """Add a file to print before it is written: whoever goes on after a kill must know of it."""
        self.add((Outcome(0, "made", printed=printed),))

    def outcomes(self) -> Iterator[Outcome]:
        """The rows of this run so far."""
        return (outcome for outcome in _decoded(self._lines(self._start)) if outcome.row)

    def earlier(self) -> Iterator[Outcome]:
        """The rows of earlier runs: of the manifest, then of runs that did not come to their end.

        Those without a number are files to print that were begun.
        """
        with written_to(self.folder), suppress(FileNotFoundError), (self.folder / MANIFEST).open("rb") as stream:
            yield from _decoded(stream)
        yield from _decoded(self._lines(0, self._start))

    def _lines(self, start: int, end: int | None = None) -> Iterator[bytes]:
        """The lines between two places. Raises OutputError when the journal is not there any more."""
        with written_to(self.folder), (self.folder / JOURNAL).open("rb") as stream:
            if not os.path.samestat(os.fstat(stream.fileno()), os.fstat(self._file.fileno())):
                raise FileNotFoundError(errno.ENOENT, "the batch's journal was taken away")
            stream.seek(start)
            while (end is None or stream.tell() < end) and (line := stream.readline()):
                yield line

    def _untold(self) -> list[Outcome]:
        """Files of the rows that were on their way when the last run was killed, and that no run has told of."""
        last, names = 0, ""
        for line in self._lines(0, self._start):
            with suppress(msgspec.MsgspecError):
                names, last = _headings.decode(line).names, 0
                continue
            with suppress(msgspec.MsgspecError):
                last = _outcomes.decode(line).row or last
        if not names:
            return []
        on_their_way = range(last + 1, last + 1 + _MOST_UNTOLD)
        told = {name for outcome in self.earlier() if outcome.row in on_their_way for name in outcome.files}
        found: list[Outcome] = []
        with written_to(self.folder), os.scandir(self.folder) as entries:
            for entry in entries:
                match = re.fullmatch(names, entry.name)
                if match and int(match[1]) in on_their_way and entry.name not in told:
                    found.append(Outcome(int(match[1]), "made", entry.name))
        return sorted(found, key=lambda outcome: outcome.row)

    def finish(self, outcomes: Iterable[Outcome]) -> None:
        """Write the manifest of this run with these rows, and let the journal go."""
        temporary = self.folder / _TEMPORARY
        with written_to(self.folder):
            delete_halves(self.folder)
            temporary.unlink(missing_ok=True)
            with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                stream.write(_encoder.encode(self._heading) + b"\n")
                for outcome in outcomes:
                    stream.write(_encoder.encode(outcome) + b"\n")
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(self.folder / MANIFEST)
            (self.folder / JOURNAL).unlink()

    def close(self) -> None:
        """Let others have the folder."""
        self._file.close()

    def _write(self, data: bytes) -> None:
        with written_to(self.folder):
            self._file.write(data)
            self._file.flush()


def prints_in(folder: Path) -> set[str]:
    """The files to print that earlier runs made and that are there."""
    found: set[str] = set()
    for name in (MANIFEST, JOURNAL):
        with written_to(folder), suppress(FileNotFoundError), (folder / name).open("rb") as stream:
            found |= {outcome.printed for outcome in _decoded(stream)}
    with written_to(folder):
        return {name for name in found if name and (folder / name).is_file()}


def is_begun(folder: Path) -> bool:
    """Whether a batch was begun or made in the folder. Raises OutputError where nobody can tell."""
    with written_to(folder):
        return any(_is_there(folder / name) for name in (MANIFEST, JOURNAL))


def _is_there(file: Path) -> bool:
    """Whether there is a file of that name, or a link, wherever it leads. Raises OSError where nobody can tell."""
    with suppress(FileNotFoundError, NotADirectoryError):
        file.lstat()
        return True
    return False


def _decoded(lines: Iterable[bytes]) -> Iterator[Outcome]:
    """The outcomes among the lines; what is half written is passed over."""
    for line in lines:
        with suppress(msgspec.MsgspecError):
            yield _outcomes.decode(line)


def _opened(folder: Path) -> BinaryIO:
    """The journal, which nobody else has open. Raises OSError, or OutputError when another program has it."""
    while True:
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        file = os.fdopen(os.open(folder / JOURNAL, flags, 0o600), "r+b")
        _lock(file, folder)
        # Who had it until now may have let it go between the two: then ours has no name any more.
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file.fileno()), os.lstat(folder / JOURNAL)):
                return file
        file.close()


@contextmanager
def written_to(folder: Path) -> Iterator[None]:
    """Raise OutputError for what fails with the folder."""
    try:
        yield
    except OSError as error:
        hint = "make room or choose another folder, then go on with --resume"
        raise OutputError(Diagnostic("O101", f"cannot be written: {error.strerror}", hint, str(folder))) from None


def _lock(file: Any, folder: Path) -> None:
    """Keep others from making a batch here at the same time. The lock goes with the program, however it ends."""
    try:
        import fcntl
    except ImportError:  # Windows refuses to open the journal for a second program by itself
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        message = "another program is making a batch in this folder"
        raise OutputError(Diagnostic("O103", message, "wait for it, or choose another folder", str(folder))) from None
