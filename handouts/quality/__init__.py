"""What `handouts check` reads: the whole library loaded, every template composed, every rule applied.

A rule is a function from a topic to diagnostics (`rules.py`); a new rule is one more function in `RULES`.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from handouts.composing import compose
from handouts.errors import ContentError, Diagnostic, ExitCode, HandoutError, nearest
from handouts.library import PLAIN_LANGUAGE
from handouts.library.figures import find_picture, named_figures, pictures_in_folder
from handouts.library.models import AudienceFile
from handouts.library.search_path import CLINIC_FILE, is_file, is_folder
from handouts.library.validation import read_model
from handouts.library.yaml_source import YamlSource
from handouts.quality import reviews
from handouts.quality.rules import RULES, TRANSLATION_RULES
from handouts.selection import Choices, bundled_choices, select

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterable

    from handouts.library import Audience, Brand, Library, Topic
    from handouts.library.bundles import Bundle

__all__ = ["Finding", "Report", "check_library", "find_workspace", "within"]


T = TypeVar("T")


class Finding(Struct, frozen=True):
    """A diagnostic, the exit code it asks for, and the file it is about (None when it has none)."""

    diagnostic: Diagnostic
    exit_code: ExitCode
    file: Path | None


class Report(Struct, frozen=True):
    """Everything found, in the order of the files, and how many files were read."""

    findings: tuple[Finding, ...]
    files: int


def check_library(library: Library, today: dt.date | None = None, topics: Collection[str] | None = None) -> Report:
    """Check everything along the library's search path, or of its topics only some.

    `today` is the day that a text's age is told on, this one by default.
    """
    checker = _Checker(library, today or reviews.today(), library.topic_ids if topics is None else tuple(topics))
    checker.run()
    return Report(tuple(checker.findings), checker.count_files())


class _Checker:
    """Collects what the phases and the rules have to say; a problem met twice is reported once."""

    def __init__(self, library: Library, today: dt.date, topic_ids: tuple[str, ...]) -> None:
        self.library = library
        self.today = today
        self.topic_ids = topic_ids
        self.findings: list[Finding] = []
        self._seen: set[Diagnostic] = set()

    def add(self, diagnostics: Iterable[Diagnostic], exit_code: ExitCode) -> None:
        for diagnostic in diagnostics:
            if diagnostic not in self._seen:
                self._seen.add(diagnostic)
                self.findings.append(Finding(diagnostic, exit_code, self._file(diagnostic)))

    def _file(self, diagnostic: Diagnostic) -> Path | None:
        for root in self.library.path.roots:
            if diagnostic.file and diagnostic.file.startswith(root.shown_as):
                file = root.folder / diagnostic.file.removeprefix(root.shown_as)
                if is_file(file) or is_folder(file):
                    return file
        return None

    def attempt(self, action: Callable[[], T]) -> T | None:
        """The action's result, or None with its problems collected."""
        try:
            return action()
        except HandoutError as error:
            self.add(error.diagnostics, error.exit_code)
            return None

    def run(self) -> None:
        library = self.library
        self.attempt(lambda: library.clinic)
        for name in library.language_ids:
            self.attempt(partial(library.language, name))
        for name in library.audience_ids:
            self.attempt(partial(library.audience, name))
        brand_ids = self.attempt(lambda: library.brand_ids) or ()
        for name in brand_ids:
            self._brand(name)
        topics: list[Topic] = []
        translated: list[Topic] = []
        for name in self.topic_ids:
            topic = self.attempt(partial(library.topic, name))
            if topic:
                topics.append(topic)
                found = [self.attempt(partial(library.topic, name, each)) for each in library.translations(name)]
                translated += [each for each in found if each]
                self._overlay_of_one_language(topic, [each for each in found if each])
        for name in library.plan_ids:
            self._plan(name)
        for language in dict.fromkeys((PLAIN_LANGUAGE, *(topic.language for topic in (*topics, *translated)))):
            self.attempt(partial(library.disclaimer, language))
            self.attempt(partial(library.glossary, language))
            self.attempt(partial(library.plain_words, language))
        for rules, those in ((RULES, topics), (TRANSLATION_RULES, translated)):
            for topic in those:
                for rule in rules:
                    self.add(rule(topic), ContentError.exit_code)
        self._reviews((*topics, *translated))
        named = {name for topic in topics for name in self._pictures(topic)}
        if len(topics) == len(library.topic_ids):
            self._unnamed_pictures(None, named)
        self._overlays_without_topic()
        if len(topics) == len(library.topic_ids):
            self._sheets_of_nothing(topics)
            for name in library.bundle_ids:
                self.attempt(partial(library.bundle, name))
        if not any(finding.diagnostic.severity == "error" for finding in self.findings):
            for topic in (*topics, *translated):
                self._compose_all(topic)
            for name in library.bundle_ids:
                for index in range(len(library.bundle(name).handouts)):
                    self.attempt(partial(self._compose_bundled, library.bundle(name), index))

    def _reviews(self, topics: Iterable[Topic]) -> None:
        """The signatures: each is of a text that is there, and no text is unsigned or old without a word."""
        for name in reviews.recorded(self.library):
            if name in self.topic_ids or name not in self.library.topic_ids:
                self.attempt(partial(self._signatures, name))
        for topic in topics:
            self.attempt(partial(self._standing, topic))

    def _signatures(self, name: str) -> None:
        self.add(reviews.wrong_signatures(self.library, name), ContentError.exit_code)

    def _standing(self, topic: Topic) -> None:
        self.add(reviews.standing_of(self.library, topic, self.today), ContentError.exit_code)

    def _brand(self, name: str) -> None:
        """The brand's file, its logo and its faces."""
        brand = self.attempt(lambda: self.library.brand(name))
        if brand is None:
            return
        from handouts.library.typefaces import FACES
        from handouts.pdf.fonts import Fonts
        from handouts.pdf.pictures import open_logo

        if brand.logo:
            self.attempt(lambda: open_logo(brand))
        fonts = Fonts(brand)
        for face in FACES:
            self.attempt(partial(fonts.face, face))

    def _plan(self, name: str) -> None:
        """A clinic's plan: its exercises are there, and not more than people do."""
        from handouts.library.plans import many_in_plan

        plan = self.attempt(partial(self.library.plan, name))
        warning = many_in_plan(plan) if plan else None
        if warning:
            self.add([warning], ContentError.exit_code)

    def _pictures(self, topic: Topic) -> set[str]:
        """Look at the topic's pictures: each is there and can be printed, and each is named. Returns their names."""
        from handouts.pdf.pictures import open_picture

        used: set[str] = set()
        for named in named_figures(topic):
            used.add(named.figure.file)
            file = find_picture(self.library.path, topic.id, named.figure.file)
            if file is None:
                self.add([named.missing(topic.id)], ExitCode.MISSING_RESOURCE)
            else:
                self.attempt(partial(open_picture, file, (500.0, 500.0), named.diagnostic))
        self._unnamed_pictures(topic.id, used)
        return used

    def _unnamed_pictures(self, topic_id: str | None, used: set[str]) -> None:
        """Files among a topic's pictures, or among those for all topics, that nothing names."""
        for root, file in pictures_in_folder(self.library.path, topic_id):
            if file.name not in used:
                message = f"nothing in {f'the topic {topic_id}' if topic_id else 'any topic'} names this picture"
                hint = nearest(file.name, used) or "name it in a key figure, or move it away"
                problem = Diagnostic("C217", message, hint, root.show(file), severity="warning")
                self.add([problem], ContentError.exit_code)

    def _overlay_of_one_language(self, topic: Topic, translated: Iterable[Topic]) -> None:
        """What a clinic changed in one language prints as it is shipped in another."""
        for each in translated:
            if topic.overlay and not each.overlay:
                message = (
                    f"in {each.language} the topic prints as it is shipped: this file changes {topic.language} only"
                )
                hint = f"write {topic.id}.{each.language}.yaml beside it if you print in {each.language}"
                problem = topic.overlay[1].diagnostic((), "C307", message, hint, severity="warning")
                self.add([problem], ContentError.exit_code)

    def _overlays_without_topic(self) -> None:
        for name, (root, file) in self.library.path.names("content/overlays", ".yaml").items():
            topic, dot, language = name.partition(".")
            if topic in self.library.topic_ids and (not dot or language in self.library.translations(topic)):
                continue
            message = f'there is no topic "{topic}"{f" in {language}" if dot else ""} to change'
            hint = "name the file after its topic (TOPIC.yaml, or TOPIC.es.yaml for a translation)"
            self.add([Diagnostic("C302", message, hint, root.show(file))], ContentError.exit_code)

    def _sheets_of_nothing(self, topics: Iterable[Topic]) -> None:
        """Sections and templates that an audience names and that nowhere exist: the sheet would go without them."""
        known = {section.id for topic in topics for section in topic.sections}
        templates = self.library.template_ids
        for root, file in self.library.path.names("content/audiences", ".yaml").values():
            source = YamlSource(file, root.show(file))
            audience = self.attempt(partial(read_model, source, AudienceFile))
            for template, parts in audience.sheets.items() if audience else ():
                path = ("sheets", template)
                found = []
                if template not in templates:
                    hint = nearest(template, templates)
                    found.append(source.diagnostic(path, "C211", f'no template is called "{template}"', hint, key=True))
                for index, part in enumerate(parts):
                    if part.section not in known:
                        message = f'no topic has a section "{part.section}"'
                        place = (*path, index, "section")
                        found.append(source.diagnostic(place, "C215", message, nearest(part.section, known)))
                self.add(found, ContentError.exit_code)

    def _compose_all(self, topic: Topic) -> None:
        """Every audience with every template, with everything on it and as it is by default.

        A translation prints for the audiences that have a name in its language; a clinic may have audiences of its
        own that it never gives a translated sheet to.
        """
        brand = self.attempt(lambda: self.library.brand(None))
        if brand is None:
            return
        for audience_id in self.library.audience_ids:
            if topic.translation and topic.language not in self.library.audience(audience_id).languages:
                continue
            audience = self.attempt(partial(self.library.audience, audience_id, topic.language))
            if audience is None:
                continue
            for template in self.library.template_ids:
                for choices in (Choices(), Choices(items="all")):
                    self.attempt(partial(self._compose, topic, audience, template, choices, brand))

    def _compose(self, topic: Topic, audience: Audience, template: str, choices: Choices, brand: Brand) -> None:
        compose(select(topic, audience, choices, template), self.library, brand, "A note.")

    def _compose_bundled(self, bundle: Bundle, index: int) -> None:
        """A handout of a bundle, as `handouts render --bundle` would."""
        library, defaults = self.library, self.library.defaults
        handout = bundle.handouts[index]
        topic = library.topic(handout.topic or "", handout.language or defaults.language)
        audience = library.audience(handout.audience or defaults.audience, topic.language)
        selection = select(topic, audience, bundled_choices(handout), handout.template or defaults.template)
        try:
            compose(selection, library, library.brand(None), handout.note)
        except HandoutError as error:
            raise bundle.placed(index, error) from None

    def count_files(self) -> int:
        """How many files of the library there are."""
        return sum(
            1
            for root in self.library.path.roots
            for pattern in (
                "content/**/*.yaml",
                "templates/*.jinja",
                "templates/brands/*.yaml",
                "bundles/*.yaml",
                "plans/*.yaml",
                "reviews/*.yaml",
                CLINIC_FILE,
            )
            for _ in root.folder.glob(pattern)
        )


def find_workspace(path: Path) -> Path | None:
    """The workspace that a path belongs to: the nearest folder above it with a clinic.yaml.

    Spelled as the user spelled the path, for messages name files below it.
    """
    real = path.resolve()
    for folder in (path, *path.parents):
        if is_file(folder / CLINIC_FILE) and real.is_relative_to(folder.resolve()):
            return folder
    for folder in real.parents:  # above what was typed
        if is_file(folder / CLINIC_FILE):
            return folder if path.is_absolute() else Path(os.path.relpath(folder))
    return None


def within(finding: Finding, paths: Iterable[Path]) -> bool:
    """Whether the finding is about one of the paths or a file below it; findings about no file always are."""
    if finding.file is None:
        return True
    file = finding.file.resolve()
    return any(file.is_relative_to(path.resolve()) for path in paths)
