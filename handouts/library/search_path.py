"""Where content and templates are looked for: the clinic's workspace first, then what is shipped. Phase 1, LOAD.

A workspace is a folder with a `clinic.yaml`. It mirrors the shipped folders: `content/` and `templates/`.
Nothing here looks at the working directory; the command line decides on the workspace and says so.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from msgspec import Struct

from handouts.errors import ContentError, Diagnostic

CLINIC_FILE = "clinic.yaml"
# What shipped files begin with in messages about a workspace, which may have files of the same names.
SHIPPED = "shipped/"


# What is not there, and names that no file can have.
_ABSENT = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL})


def is_file(file: Path, root: Root | None = None) -> bool:
    """Whether it is a file; `root` is the one that a message shows it in, without one it is shown as it is.

    Raises ContentError where nobody can tell: a clinic's file in a folder that may not be entered must not be taken
    for one that is not there, and the shipped one for it.
    """
    return stat.S_ISREG(_mode(file, root))


def is_folder(folder: Path, root: Root | None = None) -> bool:
    """Whether it is a folder, as `is_file`."""
    return stat.S_ISDIR(_mode(folder, root))


def _mode(file: Path, root: Root | None) -> int:
    """What kind of file it is, as `stat` says; 0 where there is none. Raises ContentError."""
    try:
        return os.stat(file).st_mode  # noqa: PTH116  pathlib raises the same, later
    except ValueError:  # a name with a NUL
        return 0
    except OSError as error:
        if error.errno in _ABSENT:
            return 0
        shown = root.show(file) if root else file.as_posix()
        raise unreadable(error, shown) from None


def unreadable(error: OSError, shown: str) -> ContentError:
    """The error for a file or folder that cannot be read."""
    return ContentError(Diagnostic("Y101", f"cannot be read: {error.strerror}", file=shown))


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
            if is_file(file, root):
                return root, file
        return None

    def _listed(self, root: Root, folder: str) -> list[Path]:
        """What stands in a folder of a root, by name; nothing when there is no such folder."""
        directory = root.folder / folder
        if not is_folder(directory, root):
            return []
        try:
            return sorted(directory.iterdir())
        except OSError as error:
            raise unreadable(error, root.show(directory)) from None

    def names(self, folder: str, suffix: str) -> dict[str, tuple[Root, Path]]:
        """Files `folder/NAME + suffix` along the path, by NAME; the most particular wins."""
        found: dict[str, tuple[Root, Path]] = {}
        for root in self.roots:
            for file in self._listed(root, folder):
                if file.name.endswith(suffix) and not file.name.startswith(".") and is_file(file, root):
                    found.setdefault(file.name.removesuffix(suffix), (root, file))
        return dict(sorted(found.items()))

    def folders(self, folder: str, holding: str) -> dict[str, tuple[Root, Path]]:
        """Folders `folder/NAME` that hold the file `holding`, by NAME; the most particular wins."""
        found: dict[str, tuple[Root, Path]] = {}
        for root in self.roots:
            for child in self._listed(root, folder):
                if is_file(child / holding, root):
                    found.setdefault(child.name, (root, child))
        return dict(sorted(found.items()))
