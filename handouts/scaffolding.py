"""The first files of a workspace, and of a topic, an audience, a template or a brand of a clinic's own.

They are right as they are, to be changed and filled: the shipped `templates/workspace/` as it is, and
`templates/new/`, where words in [brackets] wait for the author's.
"""

from __future__ import annotations

import json
import re
from string import Template
from typing import TYPE_CHECKING, Literal

from handouts.errors import Diagnostic, UsageError
from handouts.files import write_new
from handouts.library import DEFAULT_SHEET
from handouts.library.reviews import YEARS_TO_REVIEW, years_after
from handouts.library.search_path import shipped_root
from handouts.library.shapes import NAME, VISIBLE
from handouts.person import unprintable

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from handouts.library import Library

Kind = Literal["topic", "audience", "template", "brand"]

_WORKSPACE = "templates/workspace"
_SCAFFOLDS = "templates/new"


def scaffold_workspace(folder: Path) -> None:
    """Write the first files of a clinic's workspace. Raises OutputError for a file that is there already."""
    source = shipped_root() / _WORKSPACE
    write_new({folder / file.relative_to(source): file.read_bytes() for file in _files_in(source)})


def scaffold(library: Library, kind: Kind, name: str, title: str | None, today: dt.date) -> tuple[Path, ...]:
    """Write the first files of a new thing into the library's workspace, and return them.

    `title` is what people call it; the name with a capital letter by default. Raises UsageError for a name that is
    none or is taken, and for a library without a workspace; OutputError for a file that is there already.
    """
    root = library.path.workspace
    if root is None:
        hint = "handouts init my-clinic makes one; then run this in it, or name it with --workspace"
        raise UsageError(Diagnostic("U105", "there is no workspace to write to", hint))
    _require_free(library, kind, name)
    if title is not None and (unprintable(title) or not re.search(VISIBLE, title) or "\n" in title):
        raise UsageError(Diagnostic("U140", "--title cannot be printed", "type it again, in letters"))
    title = title or name.replace("-", " ").capitalize()
    words = {
        "id": name,
        "title": title,
        "label": f"For {title[:1].lower()}{title[1:]}",
        "author": library.clinic.name if library.clinic and library.clinic.name else root.folder.name,
        "base": _base(name) if kind == "template" else "",
        "today": today.isoformat(),
        "due": years_after(today, YEARS_TO_REVIEW).isoformat(),
    }
    files = {root.folder / place: _filled(file, words).encode() for place, file in _places(kind, name)}
    write_new(files)
    return tuple(files)


def _require_free(library: Library, kind: Kind, name: str) -> None:
    """Raise UsageError for a name that is none, or that would hide something shipped.

    A template may have the name of a shipped one: it extends that, as docs/templates.md says.
    """
    if not re.fullmatch(NAME, name):
        hint = "lower-case letters and digits, with hyphens between words: tennis-elbow"
        raise UsageError(Diagnostic("U140", f'"{name[:40]}" is no name for a file', hint))
    taken: Mapping[Kind, tuple[str, ...]] = {
        "topic": library.topic_ids,
        "audience": library.audience_ids,
        "template": (),
        "brand": library.brand_ids,
    }
    if name in taken[kind]:
        hint = "choose another name"
        if kind == "topic":
            hint += f"; to change single texts of it, write content/overlays/{name}.yaml"
        if kind == "audience":
            hint += f"; to change one list of it, write content/audiences/{name}.yaml with that list alone"
        raise UsageError(Diagnostic("U140", f'there is already the {kind} "{name}"', hint))


def _base(name: str) -> str:
    """The shipped template that a new one extends: the one of its name, else the handout."""
    return name if (shipped_root() / f"templates/{name}.xml.jinja").is_file() else DEFAULT_SHEET


def _places(kind: Kind, name: str) -> list[tuple[str, Path]]:
    """Where each file goes in the workspace, and what it is made from."""
    folder = shipped_root() / _SCAFFOLDS
    if kind == "topic":
        inside = folder / "topic"
        return [(f"content/topics/{name}/{file.relative_to(inside).as_posix()}", file) for file in _files_in(inside)]
    single = {
        "audience": (f"content/audiences/{name}.yaml", folder / "audience.yaml"),
        "template": (f"templates/{name}.xml.jinja", folder / "template.xml.jinja"),
        "brand": (f"templates/brands/{name}.yaml", folder / "brand.yaml"),
    }
    return [single[kind]]


def _files_in(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def _filled(file: Path, words: Mapping[str, str]) -> str:
    """The scaffold with the words in place: in YAML as quoted text where they are more than a name or a date."""
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".yaml":
        return Template(text).substitute(words)
    plain = {"id", "today", "due"}
    quoted = {key: value if key in plain else json.dumps(value, ensure_ascii=False) for key, value in words.items()}
    return Template(text).substitute(quoted)
