"""A handout made anew at every save, on a page in the browser that shows the newest pages or what is wrong.

The page needs no server: it asks a small script file beside it, every half second, which pages there are now.
"""

from __future__ import annotations

import json
import os
import stat
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from handouts.errors import ContentError, Diagnostic, HandoutError, OutputError
from handouts.files import write_whole
from handouts.library import Library
from handouts.library.search_path import shipped_root
from handouts.making import make_for, review_for
from handouts.person import Person
from handouts.reviewing import notes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from threading import Event

    from watchfiles import Change

    from handouts.library import SearchPath
    from handouts.making import Order

PAGE = "index.html"
_SHELL = "templates/preview.html"
_STATE = "state.js"
_MARK = b'<meta name="generator" content="handouts preview">'
_LONGEST_PAGE = 1_000_000
_WATCHED = ("content", "templates", "plans", "bundles", "reviews")
# In milliseconds. One save makes several events: how long nothing must happen, and how long to wait for that at most.
_QUIET, _LONGEST_WAIT, _ASKED_EVERY = 60, 250, 100


class Preview(Struct, frozen=True):
    """What a round gave: the number of pages, and what was wrong (then the pages of the round before are shown).

    `notes` are what a clinician should know of the text's review.
    """

    pages: int
    problems: tuple[str, ...]
    notes: tuple[str, ...] = ()


def preview(path: SearchPath, order: Order, folder: Path, stop: Event | None = None) -> Iterator[Preview]:
    """Make the order's pages in `folder` now and after each change along the search path, until `stop` is set.

    `index.html` in the folder shows them. Whatever is wrong in the files is told in the result and on that page, and
    ends nothing; only a folder that cannot be written to, or is not the preview's own, raises OutputError, and one
    that cannot be watched ContentError.
    """
    own = Path(os.path.realpath(folder))  # pathlib's resolve() raises for a link to itself
    roots = [root.folder for root in path.roots]
    _require_own(folder, own, roots)
    changes = _changes(roots, own, stop)
    next(changes)  # it watches from here on: a save during the first round is seen
    result = _make(path, order, folder, 0)
    yield result
    for changed in changes:
        if changed:
            result = _make(path, order, folder, result.pages)
            yield result


def _require_own(folder: Path, own: Path, roots: list[Path]) -> None:
    """Raise OutputError for a folder with somebody else's page in it, or with the files that are previewed."""
    hint = "name another folder with -o"
    if any(root.is_relative_to(own) for root in roots):
        message = "holds the files themselves: the preview needs a folder of its own"
        raise OutputError(Diagnostic("O102", message, hint, str(folder)))
    page = folder / PAGE
    try:
        if not page.is_file():
            return
        with page.open("rb") as stream:
            is_own = _MARK in stream.read(_LONGEST_PAGE)
    except OSError as error:
        raise OutputError(Diagnostic("O101", f"cannot be read: {error.strerror}", hint, str(page))) from None
    if not is_own:
        raise OutputError(Diagnostic("O102", "is there already, and is no preview", hint, str(page)))


def _changes(roots: list[Path], own: Path, stop: Event | None) -> Iterator[bool]:
    """Ten times a second, whether something changed that can be part of a handout, until `stop` is set.

    Watched are the folders that hold such files, with all that is in them, and of the roots only what stands beside
    `clinic.yaml`. A folder that comes, goes or is replaced is watched anew. Raises ContentError.
    """
    from watchfiles import watch
    from watchfiles._rust_notify import WatchfilesRustInternalError

    def watched(folders: Iterable[Path], *, with_all: bool) -> Iterator[set[tuple[Change, str]]]:
        return watch(
            *folders,
            watch_filter=lambda _, name: _is_part(name, roots, own),
            debounce=_LONGEST_WAIT,
            step=_QUIET,
            stop_event=stop,
            rust_timeout=_ASKED_EVERY if with_all else 1,  # 0 would be for ever
            yield_on_timeout=True,
            recursive=with_all,
            ignore_permission_denied=True,
        )

    parts = [root / name for root in roots for name in _WATCHED]
    missed = False
    while stop is None or not stop.is_set():
        beside, inside = places = _there(roots), _there(parts)
        try:
            shallow = watched(beside, with_all=False)
            for changed in watched(inside, with_all=True):
                missed = bool(changed or next(shallow, None)) or missed
                if places != (_there(roots), _there(parts)):
                    break
                yield missed
                missed = False
        except (OSError, WatchfilesRustInternalError) as error:
            message = f"cannot be watched: {error}"
            raise ContentError(
                Diagnostic("Y101", message, "rename what has no UTF-8 name; take large folders out of the workspace")
            ) from None
        missed = True


def _there(folders: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """The folders that are there, each with what tells it from another of its name."""
    found = {}
    for folder in folders:
        with suppress(OSError):
            status = folder.stat()
            if stat.S_ISDIR(status.st_mode):
                found[folder] = status.st_dev, status.st_ino
    return found


def _is_part(name: str, roots: list[Path], own: Path) -> bool:
    """Whether a file that changed can be part of a handout: not what the preview writes, nor an editor's own."""
    if (own / name).is_relative_to(own):
        return False
    for root in roots:
        try:
            inside = (root / name).relative_to(root)
        except ValueError:
            continue
        if any(part.startswith(".") or part.endswith("~") for part in inside.parts):
            return False
        if not inside.parts:  # the root itself may go and come back
            return True
        # Beside clinic.yaml stand logos and typefaces, and perhaps the folder that the preview's is in.
        beside = len(inside.parts) == 1 and not own.is_relative_to(root / name)
        return beside or inside.parts[0] in _WATCHED
    return False


def _make(path: SearchPath, order: Order, folder: Path, shown: int) -> Preview:
    """One round: the pages written, then the file that tells of them; `shown` pages are there from before."""
    write_whole(folder / PAGE, (shipped_root() / _SHELL).read_bytes())
    try:
        # A new library: the old one keeps what it read.
        library = Library(path)
        files, _ = make_for(library, order, Person(), "png")
        notes = notes_of(review_for(library, order), library.topic(order.topic, order.settled(library).language))
    except HandoutError as error:
        result = Preview(shown, tuple(map(str, error.diagnostics)))
    except Exception as error:  # noqa: BLE001  whatever a half-written file brings about: the next save may mend it
        frames = "".join(traceback.format_tb(error.__traceback__))
        result = Preview(shown, (f"{frames}{error!r}\nThis is a bug in handouts. Please report it.",))
    else:
        for number, data in enumerate(files, 1):
            write_whole(folder / f"page-{number}.png", data)
        result = Preview(len(files), (), notes)
    state = {"made": time.time_ns(), "pages": result.pages, "problems": result.problems, "topic": order.topic}
    # In a script, "</" could end it.
    text = json.dumps(state, ensure_ascii=True).replace("<", "\\u003c")
    write_whole(folder / _STATE, f"show({text});\n".encode())
    return result
