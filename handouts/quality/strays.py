"""What `handouts check` says of a clinic's files that nothing reads: words that somebody wrote, and no patient gets."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.errors import Diagnostic
from handouts.library.search_path import is_file
from handouts.library.yaml_source import MAX_PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.library import Library

_FOLDERS = ("content", "templates", "bundles", "plans", "reviews")
# Where files stand that are read, from the workspace on; a * ends at a slash.
_READ = (
    "content/check-baseline.yaml",
    *(
        f"content/{name}{language}.yaml"
        for name in ("disclaimer", "glossary", "plain-words")
        for language in ("", ".*")
    ),
    *(f"content/{folder}/*.yaml" for folder in ("audiences", "languages", "overlays")),
    "content/figures/*",
    "content/schemas/*.json",
    "templates/*.xml.jinja",
    "templates/brands/*.yaml",
    "bundles/*.yaml",
    "plans/*.yaml",
    "reviews/*.yaml",
    "reviews/texts/*.txt",
)
# Under templates/, wherever a template or a brand says.
_SHOWN = (".svg", ".png", ".jpg", ".jpeg", ".ttf", ".otf")
# What people and their machines leave beside their files.
_LEFT_ALONE = (".*", "*~", "README*", "Thumbs.db", "desktop.ini")


def strays(library: Library) -> Iterator[Diagnostic]:
    """Files in the clinic's folders that nothing reads, and links that lead to no file; at most 100."""
    return islice(_strays(library), MAX_PROBLEMS)


def _strays(library: Library) -> Iterator[Diagnostic]:
    root = library.path.workspace
    if root is None:
        return
    for file in _files(root.folder):
        if not _is_read(library, file.relative_to(root.folder).parts, file):
            hint = "move it to where such files stand (docs/content.md), or away"
            if file.suffix.lower() in {".yml", ".yaml"} and file.suffix != ".yaml":
                hint = f"call it {file.stem}.yaml"
            message = "nothing reads this file"
        elif file.is_symlink() and not is_file(file, root):
            message, hint = "this link leads to no file", "put the file in its place"
        else:
            continue
        yield Diagnostic("C227", message, hint, root.show(file), severity="warning")


def _files(workspace: Path) -> Iterator[Path]:
    """Every file in the folders that are read, in order; a folder that cannot be read is an error elsewhere."""
    for name in _FOLDERS:
        for folder, inner, files in os.walk(workspace / name):
            inner[:] = sorted(each for each in inner if not each.startswith("."))
            for each in sorted(files):
                if not any(fnmatchcase(each, pattern) for pattern in _LEFT_ALONE):
                    yield Path(folder, each)


def _is_read(library: Library, parts: tuple[str, ...], file: Path) -> bool:
    if parts[:2] == ("content", "topics"):
        return _is_of_a_topic(library, parts, file)
    if parts[0] == "templates" and file.suffix.lower() in _SHOWN:
        return True
    return any(
        len(parts) == len(pattern.split("/")) and all(map(fnmatchcase, parts, pattern.split("/"))) for pattern in _READ
    )


def _is_of_a_topic(library: Library, parts: tuple[str, ...], file: Path) -> bool:
    """Whether a file is one of a topic's: a picture, or words in a folder with a topic.yaml (which lists them)."""
    if len(parts) == 5 and parts[3] == "figures":
        return parts[2] in library.topic_ids
    home = file.parent.parent if file.parent.name == "checklists" else file.parent
    topic = home.parent if len(home.parts) > len(file.parts) - len(parts) + 3 else home
    is_home = topic.parent.name == "topics" and is_file(home / "topic.yaml")
    return file.suffix == ".yaml" and parts[2] in library.topic_ids and is_home
