"""What `handouts check` says of days to come: nothing was published, and no source was read, after today (C333)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.library.yaml_source import YamlSource

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from handouts.errors import Diagnostic
    from handouts.library import Library, Topic


def days_to_come(library: Library, topic: Topic, day: dt.date) -> Iterator[Diagnostic]:
    """A version of the topic, a source or the reading of one that is dated after `day`, each at its line."""
    if topic.provenance.published > day:
        yield _wrong(topic.source, ("provenance", "published"), "this version", "the day it was finished")
    if topic.translation:  # its sources are the original's
        return
    root, folder = library.path.folders("content/topics", "topic.yaml")[topic.id]
    file = folder / "sources.yaml"
    today = day.isoformat()
    for index, source in enumerate(topic.sources):
        if str(source.date or "") > today:  # a year, a month or a day: it comes before those that begin with it
            where = YamlSource(file, root.show(file))
            yield _wrong(where, ("sources", index, "date"), "this source", "the date as its publisher gives it")
        if source.accessed and source.accessed > day:
            where = YamlSource(file, root.show(file))
            yield _wrong(where, ("sources", index, "accessed"), "the reading of this source", "the day of it")


def _wrong(source: YamlSource, path: tuple[str | int, ...], what: str, hint: str) -> Diagnostic:
    return source.diagnostic(path, "C333", f"{what} is of a day to come", f"write {hint}")
