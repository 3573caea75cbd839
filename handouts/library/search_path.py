"""Where content and templates are looked for: the clinic's workspace first, then what is shipped. Phase 1, LOAD.

A workspace is a folder with a `clinic.yaml`. It mirrors the shipped folders: `content/` and `templates/`.
Nothing here looks at the working directory; the command line decides on the workspace and says so.
"""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

from handouts.errors import ContentError, Diagnostic

CLINIC_FILE = "clinic.yaml"
# What shipped files begin with in messages about a workspace, which may have files of the same names.
SHIPPED = "shipped/"


def is_file(file: Path) -> bool:
    """Whether it is a file. A name that is too long, or in a folder that nobody may read, is none.

    Why: pathlib raises OSError for these before Python 3.14, and the names come from the user.
    """
    return os.path.isfile(file)  # noqa: PTH113


def is_folder(folder: Path) -> bool:
    """Whether it is a folder, as `is_file`."""
    return os.path.isdir(folder)  # noqa: PTH112


def shipped_root() -> Path:
    """The folder that holds the shipped `content/` and `templates/`: inside the wheel, or the source tree."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "shipped"
    return inside if inside.is_dir() else package.parent


class Root(Struct, frozen=True):
    """One folder of the search path; `shown_as` is the prefix of its files' names in messages."""

    folder: Path
    shown_as: str = ""

    def show(self, file: Path) -> str:
        """The file's name in messages: relative to this root, never a path of the machine's own."""
        try:
            inside = file.relative_to(self.folder).as_posix()
        except ValueError:
            inside = file.name
        return f"{self.shown_as}{inside}"


class SearchPath(Struct, frozen=True):
    """The roots, the most particular first."""

    roots: tuple[Root, ...]

    @classmethod
    def of(cls, workspace: Path | None = None) -> SearchPath:
        """The shipped library, with a clinic's workspace before it when one is given."""
        shipped = Root(shipped_root())
        if workspace is None:
            return cls((shipped,))
        folder = workspace.resolve()
        if folder == shipped.folder:
            return cls((shipped,))
        shown = "" if workspace == Path() else f"{workspace.as_posix().rstrip('/')}/"
        return cls((Root(folder, shown), Root(shipped.folder, SHIPPED)))

    @property
    def workspace(self) -> Root | None:
        """The clinic's root, if there is one."""
        return self.roots[0] if len(self.roots) > 1 else None

    def find(self, relative: str) -> tuple[Root, Path] | None:
        """The first file of that name along the path."""
        for root in self.roots:
            file = root.folder / relative
            if is_file(file):
                return root, file
        return None

    def _listed(self, root: Root, folder: str) -> list[Path]:
        """What stands in a folder of a root, by name; nothing when there is no such folder."""
        directory = root.folder / folder
        if not is_folder(directory):
            return []
        try:
            return sorted(directory.iterdir())
        except OSError as error:
            raise ContentError(
                Diagnostic("Y101", f"cannot be read: {error.strerror}", file=root.show(directory))
            ) from None

    def names(self, folder: str, suffix: str) -> dict[str, tuple[Root, Path]]:
        """Files `folder/NAME + suffix` along the path, by NAME; the most particular wins."""
        found: dict[str, tuple[Root, Path]] = {}
        for root in self.roots:
            for file in self._listed(root, folder):
                if file.name.endswith(suffix) and is_file(file) and not file.name.startswith("."):
                    found.setdefault(file.name.removesuffix(suffix), (root, file))
        return dict(sorted(found.items()))

    def folders(self, folder: str, holding: str) -> dict[str, tuple[Root, Path]]:
        """Folders `folder/NAME` that hold the file `holding`, by NAME; the most particular wins."""
        found: dict[str, tuple[Root, Path]] = {}
        for root in self.roots:
            for child in self._listed(root, folder):
                if is_file(child / holding):
                    found.setdefault(child.name, (root, child))
        return dict(sorted(found.items()))
