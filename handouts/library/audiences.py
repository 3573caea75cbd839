"""Who reads, and what this reader gets: an audience's files read, the clinic's over the shipped one. Phase 1, LOAD.

A clinic's file of a shipped name changes what it says and leaves the rest: a title, or one list of one template. So a
clinic's list stays when the shipped ones are improved, and the improved ones reach it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from handouts.errors import ContentError, Diagnostic, nearest
from handouts.library.models import DEFAULT_SHEET, AudienceFile, AudienceWords, SheetPart
from handouts.library.search_path import is_file
from handouts.library.validation import read_model
from handouts.library.yaml_source import YamlSource

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from handouts.library.search_path import SearchPath

FOLDER = "content/audiences"
# Files for every topic have a plain name in this language (`glossary.yaml`), and name others (`glossary.es.yaml`).
PLAIN_LANGUAGE = "en"


class Audience(Struct, frozen=True):
    """Who reads, named in one language. `lineage` is the audience's id and then the audiences it extends."""

    id: str
    title: str
    label: str
    lineage: tuple[str, ...]
    sheets: dict[str, tuple[SheetPart, ...]]
    languages: tuple[str, ...] = (PLAIN_LANGUAGE,)

    def parts(self, template: str) -> tuple[SheetPart, ...]:
        """The sections this reader gets from a template, in order."""
        return self.sheets.get(template) or self.sheets.get(DEFAULT_SHEET, ())


def known_sections(path: SearchPath) -> set[str]:
    """The sections that any topic has a file for: no topic is read for it."""
    topics = [f"content/topics/{name}" for name in path.folders("content/topics", "topic.yaml")]
    folders = [folder for topic in topics for folder in (topic, f"{topic}/checklists")]
    return {name for folder in folders for name in path.names(folder, ".yaml")} - {"topic", "sources"}


def audience_sources(path: SearchPath, audience_id: str) -> tuple[YamlSource, ...]:
    """The files of that audience, the most particular first. Raises ContentError for one that cannot be read."""
    files = ((root, root.folder / FOLDER / f"{audience_id}.yaml") for root in path.roots)
    return tuple(YamlSource(file, root.show(file)) for root, file in files if is_file(file, root))


def read_audience(path: SearchPath, audience_id: str, language: str | None, templates: Collection[str]) -> Audience:
    """The audience of that id, which is there, with what it extends, named in a language (its own by default).

    `templates` are those that a list can be for. Raises ContentError for what its files get wrong, and when it has no
    name in the language.
    """
    known = path.names(FOLDER, ".yaml")
    model, sources = _read(path, audience_id, templates)
    lineage: tuple[str, ...] = (audience_id,)
    sheets = dict(model.sheets)
    parent, parent_sources = model.extends, sources
    while parent is not None:
        source = next(each for each in parent_sources if _says(each, "extends"))
        if parent in lineage:
            hint = "delete this line: a file of this name changes the shipped one" if len(parent_sources) > 1 else ""
            raise ContentError(source.diagnostic(("extends",), "C212", "these audiences extend each other", hint))
        if parent not in known:
            message = f'no audience is called "{parent}"'
            raise ContentError(source.diagnostic(("extends",), "C207", message, nearest(parent, known)))
        lineage += (parent,)
        parent_model, parent_sources = _read(path, parent, templates)
        sheets = {**parent_model.sheets, **sheets}
        parent = parent_model.extends
    if DEFAULT_SHEET not in sheets:
        message = f'the key "sheets.{DEFAULT_SHEET}" is missing'
        raise ContentError(sources[0].diagnostic((), "C202", message, "list its sections, or extend an audience"))
    own = model.language or PLAIN_LANGUAGE
    names = {own: AudienceWords(title=model.title or "", label=model.label or ""), **model.translated}
    if (language or own) not in names:
        message = f"no title and label in {language} (only {', '.join(names)})"
        raise ContentError(sources[0].diagnostic((), "C222", message, f"add in: {{{language}: {{…}}}}"))
    called = names[language or own]
    return Audience(audience_id, called.title, called.label, lineage, sheets, tuple(names))


def _says(source: YamlSource, key: str) -> bool:
    return isinstance(source.value, dict) and source.value.get(key) is not None


def _read(
    path: SearchPath, audience_id: str, templates: Collection[str]
) -> tuple[AudienceFile, tuple[YamlSource, ...]]:
    """The audience's files as one, and each: what the more particular one says stands."""
    sources = audience_sources(path, audience_id)
    models = [read_model(source, AudienceFile) for source in sources]
    model, *others = models
    for other in others:
        unsaid = {name: getattr(other, name) for name in ("title", "label", "language", "extends")}
        model = replace(
            model,
            **{name: value for name, value in unsaid.items() if getattr(model, name) is None},
            translated={**other.translated, **model.translated},
            sheets={**other.sheets, **model.sheets},
        )
    problems = list(_problems(model, sources[0]))
    for source, each in zip(sources, models, strict=True):
        problems += _lists_of_nothing(each, source, templates)
    if problems:
        raise ContentError(problems)
    return model, sources


def _problems(model: AudienceFile, source: YamlSource) -> Iterator[Diagnostic]:
    for key in ("title", "label"):
        if getattr(model, key) is None:
            yield source.diagnostic((), "C202", f'the key "{key}" is missing', f"add {key}:")


def _lists_of_nothing(model: AudienceFile, source: YamlSource, templates: Collection[str]) -> Iterator[Diagnostic]:
    """A list under a misspelled template would print nowhere, and another one in its place."""
    for name in model.sheets:
        if name not in templates:
            message = f'no template is called "{name}"'
            yield source.diagnostic(("sheets", name), "C211", message, nearest(name, templates), key=True)
