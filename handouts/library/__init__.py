"""1 LOAD: content, audiences, languages and brands from YAML, the clinic's before the shipped.

`Library` is the way in. It reads a file when it is asked for and keeps what it read.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, TypeVar

from handouts.errors import ContentError, Diagnostic, UsageError, nearest
from handouts.library.audiences import FOLDER as AUDIENCES
from handouts.library.audiences import PLAIN_LANGUAGE, Audience, read_audience
from handouts.library.brands import Brand, read_brand
from handouts.library.clinic import ClinicFile, Defaults, RosterWords, roster_problems
from handouts.library.languages import read_language
from handouts.library.models import DEFAULT_SHEET, DisclaimerFile, GlossaryFile, Term
from handouts.library.overlays import apply_overlay
from handouts.library.reviews import FOLDER, Reviews, read_reviews, read_signed_text
from handouts.library.search_path import CLINIC_FILE, Root, SearchPath, is_file
from handouts.library.topics import Section, Topic, read_topic
from handouts.library.validation import read_model
from handouts.library.yaml_source import YamlSource

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from handouts.library.bundles import Bundle
    from handouts.library.languages import LanguageFile
    from handouts.library.plain_words import PlainWords
    from handouts.library.plans import Plan
    from handouts.library.yaml_source import Path_

__all__ = ["DEFAULT_SHEET", "PLAIN_LANGUAGE", "Audience", "Brand", "Library", "SearchPath", "Section", "Topic"]

M = TypeVar("M")

LANGUAGES = "content/languages"
TEMPLATE_SUFFIX = ".xml.jinja"
DEFAULT_BRAND = "plain"
CLINIC_BRAND = "clinic"
NO_WORKSPACE = (
    "no clinic's workspace was looked at: run this in your clinic's folder, or name it with --workspace "
    "(handouts init makes one)"
)


class Library:
    """Everything that a handout can be made from, along a search path."""

    def __init__(self, path: SearchPath | None = None) -> None:
        """A library along `path`; the shipped one by default."""
        self.path = path or SearchPath.of()
        # A cache for each library: two libraries never see each other's files.
        self.topic = cache(self._topic)
        self.audience = cache(self._audience)
        self.language = cache(self._language)
        self.glossary = cache(self._glossary)
        self.plain_words = cache(self._plain_words)
        self.disclaimer = cache(self._disclaimer)
        self._original = cache(self._read_topic)
        self.brand = cache(self._brand)
        self.bundle = cache(self._bundle)
        self.plan = cache(self._plan)
        self.reviews = cache(self._reviews)
        self.signed_text = cache(self._signed_text)

    # -------------------------------------------------------------- names

    @cached_property
    def topic_ids(self) -> tuple[str, ...]:
        """The topics there are."""
        return tuple(self.path.folders("content/topics", "topic.yaml"))

    @cached_property
    def audience_ids(self) -> tuple[str, ...]:
        """The audiences there are."""
        return tuple(self.path.names(AUDIENCES, ".yaml"))

    @cached_property
    def language_ids(self) -> tuple[str, ...]:
        """The languages that the page's fixed words exist in."""
        return tuple(self.path.names(LANGUAGES, ".yaml"))

    @cached_property
    def template_ids(self) -> tuple[str, ...]:
        """The templates there are; a name with a leading underscore is a part, not a template."""
        names = self.path.names("templates", TEMPLATE_SUFFIX)
        return tuple(name for name in names if not name.startswith("_"))

    @cached_property
    def plan_ids(self) -> tuple[str, ...]:
        """The plans of exercises that a clinic keeps."""
        return tuple(self.path.names("plans", ".yaml"))

    @cached_property
    def brand_ids(self) -> tuple[str, ...]:
        """The brands there are; `clinic` is the workspace's own."""
        names = list(self.path.names("templates/brands", ".yaml"))
        return ((CLINIC_BRAND,) if self.clinic else ()) + tuple(names)

    @cached_property
    def bundle_ids(self) -> tuple[str, ...]:
        """The bundles that a clinic prints."""
        return tuple(self.path.names("bundles", ".yaml"))

    def unknown(self, kind: str, name: str, known: Iterable[str]) -> UsageError:
        """The error of a command that names what does not exist; outside of a workspace it says that, too."""
        names = tuple(known)
        hint = nearest(name, names) or f"a {kind} is a file {kind}s/NAME.yaml"
        if self.path.workspace is None and "did you mean" not in hint:
            hint = f"{hint}; {NO_WORKSPACE}"
        return UsageError(Diagnostic("U101", f'there is no {kind} "{name}"', hint))

    def require_template(self, name: str) -> None:
        """Raise UsageError when there is no template of that name; a part of one (`_list`) is none."""
        if name not in self.template_ids:
            raise self.unknown("template", name, self.template_ids)

    def require_topic(self, name: str) -> None:
        """Raise UsageError when there is no topic of that name."""
        self._folder(name)

    def require_audience(self, name: str) -> None:
        """Raise UsageError when there is no audience of that name."""
        if name not in self.audience_ids:
            raise self.unknown("audience", name, self.audience_ids)

    # -------------------------------------------------------------- records

    def _read(self, root: Root, file: Path, model: type[M]) -> tuple[M, YamlSource]:
        source = YamlSource(file, root.show(file))
        return read_model(source, model), source

    def _topic(self, topic_id: str, language: str | None = None) -> Topic:
        """The topic of that id in a language (its own by default), as the clinic changed it.

        Raises UsageError when there is none or not in this language, ContentError when its files are wrong.
        """
        topic = self._original(topic_id)
        if language not in {None, topic.language}:
            topic = self._translated(topic, language or "")
        name = topic_id if topic.translation is None else f"{topic_id}.{topic.language}"
        overlay = self.path.names("content/overlays", ".yaml").get(name)
        if overlay:
            source = YamlSource(overlay[1], overlay[0].show(overlay[1]))
            topic = apply_overlay(topic, source, self.audience_ids)
        return topic

    def _folder(self, topic_id: str) -> tuple[Root, Path]:
        """Where a topic is. Raises UsageError when there is none."""
        folders = self.path.folders("content/topics", "topic.yaml")
        if topic_id not in folders:
            raise self.unknown("topic", topic_id, folders)
        return folders[topic_id]

    def _read_topic(self, topic_id: str) -> Topic:
        """A topic in its own language, as it is shipped."""
        topic = read_topic(topic_id, *self._folder(topic_id), self.audience_ids)
        if topic.language not in self.language_ids:
            raise ContentError(
                _not_there(topic.source, ("language",), "C214", "language", topic.language, self.language_ids)
            )
        return topic

    def translations(self, topic_id: str) -> dict[str, tuple[Root, Path]]:
        """The folders of a topic's translations, by language. A topic of the clinic's own takes no shipped ones."""
        home, _ = self._folder(topic_id)
        reach = self.path.roots[: self.path.roots.index(home) + 1]
        return SearchPath(reach).folders(f"content/topics/{topic_id}", "topic.yaml")

    def _translated(self, topic: Topic, language: str) -> Topic:
        folders = self.translations(topic.id)
        if language not in folders:
            known = (topic.language, *folders)
            if language not in self.language_ids:
                raise self.unknown("language", language, {*self.language_ids, *known})
            message = f"{topic.id} is not translated to {language}"
            hint = (
                f"it is there in {', '.join(known)}; a translation is the folder content/topics/{topic.id}/{language}"
            )
            raise UsageError(Diagnostic("U101", message, hint))
        if language not in self.language_ids:
            file = f"{LANGUAGES}/{language}.yaml"
            raise ContentError(Diagnostic("C214", f"the page has no words in {language}", "add this file", file))
        from handouts.library.translations import translate

        return translate(topic, language, *folders[language])

    def _audience(self, audience_id: str, language: str | None = None) -> Audience:
        """The audience of that id, with what it extends, named in a language (the file's own by default).

        Raises UsageError when there is none, ContentError when its files are wrong or it has no name in this language.
        """
        if audience_id not in self.audience_ids:
            raise self.unknown("audience", audience_id, self.audience_ids)
        return read_audience(self.path, audience_id, language, self.template_ids)

    def _language(self, language_id: str) -> LanguageFile:
        """The fixed words of the page in a language."""
        files = self.path.names(LANGUAGES, ".yaml")
        if language_id not in files:
            raise self.unknown("language", language_id, files)
        root, file = files[language_id]
        shipped = self.path.roots[-1]
        plain = shipped.folder / LANGUAGES / f"{PLAIN_LANGUAGE}.yaml"
        pattern = None if file == plain else read_language(YamlSource(plain, shipped.show(plain)))
        return read_language(YamlSource(file, root.show(file)), pattern)

    def _glossary(self, language: str) -> tuple[Term, ...]:
        """Medical words with their plain meanings: the shipped ones, then the clinic's, which win."""
        name = _in_language("content/glossary", language)
        files = [(root, file) for root in self.path.roots if is_file(file := root.folder / name, root)]
        if not files:
            raise ContentError(Diagnostic("C223", f"the glossary in {language} is missing", "add this file", name))
        terms: dict[str, Term] = {}
        for root, file in reversed(files):
            for term in self._read(root, file, GlossaryFile)[0].terms:
                terms[term.term.casefold()] = term
        return tuple(terms.values())

    def _plain_words(self, language: str) -> PlainWords:
        """Long words with plainer ones: the shipped ones, then the clinic's, which win. None where no file has any."""
        from handouts.library.plain_words import PlainWordsFile, joined

        name = _in_language("content/plain-words", language)
        files = [(root, file) for root in self.path.roots if is_file(file := root.folder / name, root)]
        return joined(self._read(root, file, PlainWordsFile)[0] for root, file in reversed(files))

    def disclaimer_file(self, language: str) -> tuple[Root, Path]:
        """The disclaimer's file. Raises ContentError when there is none."""
        name = _in_language("content/disclaimer", language)
        found = self.path.find(name)
        if found is None:
            hint = "every handout prints it; add this file"
            raise ContentError(Diagnostic("C220", f"the disclaimer in {language} is missing", hint, name))
        return found

    def _disclaimer(self, language: str) -> DisclaimerFile:
        """The disclaimer: a clinic may word it, never leave it out."""
        return self._read(*self.disclaimer_file(language), DisclaimerFile)[0]

    def _reviews(self, topic_id: str) -> Reviews:
        """The topic's signatures, which are the clinic's. Raises ContentError when their file is wrong."""
        root = self.path.workspace
        if root is None or not is_file(file := root.folder / FOLDER / f"{topic_id}.yaml", root):
            return Reviews()
        return read_reviews(root, file)

    def _signed_text(self, text_hash: str) -> tuple[str, ...]:
        """The lines of the text of that hash. Raises ContentError when it is not there, or is another."""
        root = self.path.workspace
        return read_signed_text(root, text_hash) if root else ()

    @cached_property
    def clinic(self) -> ClinicFile | None:
        """The workspace's clinic, if there is a workspace. Raises ContentError for defaults that do not exist."""
        file = self._clinic_file
        if file is None:
            return None
        model, source = self._read(*file, ClinicFile)
        problems = [
            _not_there(source, ("defaults", kind), code, kind, name, known)
            for kind, code, name, known in (
                ("audience", "C207", model.defaults.audience, self.audience_ids),
                ("template", "C211", model.defaults.template, self.template_ids),
                ("language", "C214", model.defaults.language, self.language_ids),
            )
            if name and name not in known and name != getattr(Defaults(), kind)
        ]
        problems += roster_problems(model.roster, source)
        problems += [
            _not_there(source, ("roster", "values", column, word), "C229", column, name, known)
            for column, words in model.roster.values.items()
            for word, name in words.items()
            if name not in (known := getattr(self, f"{column}_ids"))
        ]
        if problems:
            raise ContentError(problems)
        return model

    @property
    def _clinic_file(self) -> tuple[Root, Path] | None:
        workspace = self.path.workspace
        if workspace is None:
            return None
        file = workspace.folder / CLINIC_FILE
        if not is_file(file, workspace):
            raise ContentError(
                Diagnostic(
                    "C221",
                    f"a workspace needs a {CLINIC_FILE}",
                    "handouts init DIR makes a workspace",
                    workspace.show(file),
                )
            )
        return workspace, file

    @property
    def defaults(self) -> Defaults:
        """What prints when the command does not say otherwise."""
        return self.clinic.defaults if self.clinic else Defaults()

    @property
    def roster(self) -> RosterWords:
        """How the clinic's rosters are written."""
        return self.clinic.roster if self.clinic else RosterWords()

    def _brand(self, name: str | None = None) -> Brand:
        """The brand of that name; the clinic's own, or the plain one, when none is named."""
        wanted = name or (CLINIC_BRAND if self.clinic else DEFAULT_BRAND)
        if wanted == CLINIC_BRAND and self._clinic_file:
            return read_brand(CLINIC_BRAND, *self._clinic_file, self.topic_ids, ClinicFile)
        files = self.path.names("templates/brands", ".yaml")
        if wanted not in files:
            raise self.unknown("brand", wanted, self.brand_ids)
        return read_brand(wanted, *files[wanted], self.topic_ids)

    def _bundle(self, name: str) -> Bundle:
        """The bundle of that name.

        Raises UsageError when there is none, ContentError when its file is wrong or names what does not exist.
        """
        from handouts.library.bundles import read_bundle

        files = self.path.names("bundles", ".yaml")
        if name not in files:
            raise self.unknown("bundle", name, files)
        root, file = files[name]
        return read_bundle(name, YamlSource(file, root.show(file)), self)

    def _plan(self, name: str) -> Plan:
        """The plan of that name, with exercises that its topic has.

        Raises UsageError when there is none, ContentError when its file is wrong.
        """
        from handouts.library.plans import read_plan, require_exercises

        files = self.path.names("plans", ".yaml")
        if name not in files:
            raise self.unknown("plan", name, files)
        root, file = files[name]
        plan = read_plan(name, YamlSource(file, root.show(file)))
        if plan.file.topic not in self.topic_ids:
            raise ContentError(_not_there(plan.source, ("topic",), "C302", "topic", plan.file.topic, self.topic_ids))
        require_exercises(plan, self.topic(plan.file.topic))
        return plan


def _in_language(name: str, language: str) -> str:
    """The name of a file that there is one of in each language."""
    return f"{name}.yaml" if language == PLAIN_LANGUAGE else f"{name}.{language}.yaml"


def _not_there(source: YamlSource, path: Path_, code: str, kind: str, name: str, known: Iterable[str]) -> Diagnostic:
    """A file names what does not exist."""
    return source.diagnostic(path, code, f'no {kind} is called "{name}"', nearest(name, known))
