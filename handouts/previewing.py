"""A handout made anew at every save, on a page in the browser that shows the newest pages or what is wrong.

The page needs no server: it asks a small script file beside it, every half second, which pages there are now.
"""

from __future__ import annotations

import json
import time
import traceback
from typing import TYPE_CHECKING

from msgspec import Struct

from handouts.errors import Diagnostic, HandoutError, OutputError
from handouts.files import write_whole
from handouts.library import Library
from handouts.library.search_path import shipped_root
from handouts.making import make_for, review_for
from handouts.person import Person
from handouts.reviewing import notes_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from threading import Event

    from handouts.library import SearchPath
    from handouts.making import Order

PAGE = "index.html"
_SHELL = "templates/preview.html"
_STATE = "state.js"
_MARK = b'<meta name="generator" content="handouts preview">'
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
    ends nothing; only a folder that cannot be written to raises OutputError.
    """
    from watchfiles import watch

    _require_own(folder / PAGE)
    own = folder.resolve()
    roots = [root.folder for root in path.roots]
    changes = watch(
        *roots,
        watch_filter=lambda _, name: _is_part(name, roots, own),
        debounce=_LONGEST_WAIT,
        step=_QUIET,
        stop_event=stop,
        rust_timeout=_ASKED_EVERY,
        yield_on_timeout=True,
    )
    next(changes)  # it watches from here on: a save during the first round is seen
    result = _make(path, order, folder, 0)
    yield result
    for changed in changes:
        if changed:
            result = _make(path, order, folder, result.pages)
            yield result


def _require_own(page: Path) -> None:
    """Raise OutputError when another page stands where the preview's would."""
    if page.is_file() and _MARK not in page.read_bytes():
        hint = "name another folder with -o"
        raise OutputError(Diagnostic("O102", "is there already, and is no preview", hint, str(page)))


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
