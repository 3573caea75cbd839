"""The pictures that a topic's files name, each with its place there. Phase 1, LOAD."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from handouts.errors import Diagnostic
    from handouts.library.clinic import Change
    from handouts.library.models import Group, Illustration, Item, ItemWording, SectionFile, SectionWording
    from handouts.library.search_path import Root, SearchPath
    from handouts.library.topics import Topic
    from handouts.library.yaml_source import Path_, YamlSource

    Holder = SectionFile | SectionWording | Group | Item | ItemWording | Change

_FOLDER = "content/topics/{topic}/figures"
_SHARED = "content/figures"  # for pictures that several topics show


class NamedFigure(Struct, frozen=True):
    """A picture with the place in a file that names it."""

    figure: Illustration
    source: YamlSource
    path: Path_

    @property
    def line(self) -> int:
        """The line that names it. A name that stands there once needs no second reading of the file."""
        text, name = self.source.text, self.figure.file
        start = text.find(name)
        if start >= 0 and text.find(name, start + 1) < 0:
            return text.count("\n", 0, start) + 1
        return self.diagnostic("", "").line

    def diagnostic(self, code: str, message: str, hint: str = "") -> Diagnostic:
        """A diagnostic at the picture's name."""
        return self.source.diagnostic((*self.path, "figure", "file"), code, message, hint)

    def missing(self, topic_id: str) -> Diagnostic:
        """That the picture's file is not there."""
        folder = _FOLDER.format(topic=topic_id)
        hint = f"put the picture into {folder}/ or {_SHARED}/, or delete the key figure"
        return self.diagnostic("F201", f"{self.figure.file}: there is no such file", hint)


def find_picture(path: SearchPath, topic_id: str, name: str) -> Path | None:
    """The file of a topic's picture: in the topic's folder, then among those of all topics.

    A clinic's file of the same name stands for the shipped one.
    """
    found = path.find(f"{_FOLDER.format(topic=topic_id)}/{name}") or path.find(f"{_SHARED}/{name}")
    return found[1] if found else None


def pictures_in_folder(path: SearchPath, topic_id: str | None) -> Iterator[tuple[Root, Path]]:
    """Every file in the folders for the topic's pictures; without a topic, in those for all topics."""
    folder = _FOLDER.format(topic=topic_id) if topic_id else _SHARED
    for root in path.roots:
        for file in sorted((root.folder / folder).glob("[!.]*")):
            yield root, file


def named_figures(topic: Topic) -> Iterator[NamedFigure]:
    """Every picture that the topic and its overlay name, for whichever audience."""
    for section in topic.shipped or topic.sections:
        for holder, path in _holders(section.file):
            yield from _named(holder, section.source, path)
    if topic.overlay:
        overlay, source = topic.overlay
        for index, change in enumerate(overlay.change):
            yield from _named(change, source, ("change", index))
        for index, addition in enumerate(overlay.add):
            for holder, path in _with_tailored(addition.item, addition.item.tailored, ("add", index, "item")):
                yield from _named(holder, source, path)


def _named(holder: Holder, source: YamlSource, path: Path_) -> Iterator[NamedFigure]:
    if holder.figure:
        yield NamedFigure(holder.figure, source, path)


def _holders(file: SectionFile) -> Iterator[tuple[Holder, Path_]]:
    yield from _with_tailored(file, file.tailored, ())
    for group_index, group in enumerate(file.groups):
        yield group, ("groups", group_index)
        for index, item in enumerate(group.items):
            yield from _with_tailored(item, item.tailored, ("groups", group_index, "items", index))


def _with_tailored(
    holder: Holder, tailored: Mapping[str, SectionWording] | Mapping[str, ItemWording], path: Path_
) -> Iterator[tuple[Holder, Path_]]:
    yield holder, path
    for audience, wording in tailored.items():
        yield wording, (*path, "for", audience)
