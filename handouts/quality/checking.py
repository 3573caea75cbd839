"""One pass over a library: every file loaded, every sheet composed, every rule applied, everything collected."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from handouts.composing import compose
from handouts.errors import (
    ContentError,
    Diagnostic,
    ExitCode,
    HandoutError,
    MissingResourceError,
    UnfitTopicError,
    nearest,
)
from handouts.library import DEFAULT_SHEET, PLAIN_LANGUAGE, TEMPLATE_SUFFIX
from handouts.library.audiences import known_sections
from handouts.library.figures import find_picture, named_figures, pictures_in_folder
from handouts.library.models import AudienceFile
from handouts.library.search_path import CLINIC_FILE, is_file
from handouts.library.validation import read_model
from handouts.library.yaml_source import YamlSource
from handouts.quality import reviews
from handouts.quality.dates import days_to_come
from handouts.quality.findings import Baseline, Finding, file_of
from handouts.quality.judging import judged
from handouts.quality.overlays import fresh_overlay, overlay_of_one_language, overlays_without_topic
from handouts.quality.rules import ComposedSheet, WrittenTopic, is_meant
from handouts.quality.strays import strays
from handouts.selection import Choices, bundled_choices, select

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from handouts.library import Audience, Brand, Library, Topic
    from handouts.library.bundles import Bundle
    from handouts.quality.rules.rule import Subject

T = TypeVar("T")


# The warning signs begin on the first page, for whomever the sheet is.
FIRST_PAGE = "R15"
_COUNTED = (
    "content/**/*.yaml",
    "templates/*.jinja",
    "templates/brands/*.yaml",
    "bundles/*.yaml",
    "plans/*.yaml",
    "reviews/*.yaml",
    CLINIC_FILE,
)


class Scope(Struct, frozen=True):
    """What is looked at: these topics and these audiences' sheets. None means all."""

    topics: tuple[str, ...] | None = None
    audiences: tuple[str, ...] | None = None

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return self.topics is None and self.audiences is None


class Report(Struct, frozen=True):
    """Everything found, in the order of the files, and how many files were read.

    In a clinic's workspace, what of it is the clinic's says each finding (`of_clinic`).
    """

    findings: tuple[Finding, ...]
    files: int


def check_library(library: Library, scope: Scope | None = None, today: dt.date | None = None) -> Report:
    """Check everything along the library's search path, or what belongs to some topics or audiences.

    `today` is the day that ages and days to come are told by, this one by default. Raises UsageError for a topic or
    an audience that does not exist.
    """
    scope = scope or Scope()
    for name in scope.topics or ():
        library.require_topic(name)
    for name in scope.audiences or ():
        library.require_audience(name)
    checker = _Checker(library, scope, today or reviews.today())
    checker.run()
    return Report(tuple(checker.findings), checker.count_files())


class _Checker:
    """Collects what the phases and the rules have to say; a problem met twice is reported once."""

    def __init__(self, library: Library, scope: Scope, today: dt.date) -> None:
        self.library = library
        self.scope = scope
        self.today = today
        self.findings: list[Finding] = []
        self._seen: set[Diagnostic] = set()

    @property
    def topic_ids(self) -> tuple[str, ...]:
        return self.library.topic_ids if self.scope.topics is None else self.scope.topics

    @property
    def audience_ids(self) -> tuple[str, ...]:
        return self.library.audience_ids if self.scope.audiences is None else self.scope.audiences

    def add(
        self, diagnostics: Iterable[Diagnostic], exit_code: ExitCode, said: str = "", *, of_clinic: bool = False
    ) -> None:
        """Collect problems. `of_clinic`: a clinic's own to mend, even where a shipped file is named."""
        for diagnostic in diagnostics:
            problem = replace(diagnostic, hint="")
            if problem not in self._seen:
                self._seen.add(problem)
                file, name = file_of(diagnostic, self.library.path)
                own = of_clinic or diagnostic.severity == "error" or self._is_own(file)
                self.findings.append(Finding(diagnostic, exit_code, file, name, said, of_clinic=own))

    def _is_own(self, file: Path | None) -> bool:
        """Whether a file is the clinic's; without a workspace all are, and no file is everybody's."""
        workspace = self.library.path.workspace
        return workspace is None or file is None or file.is_relative_to(workspace.folder)

    def judge(self, subject: Subject, what: WrittenTopic | ComposedSheet) -> None:
        """Apply the rules for a kind of subject."""
        for found in judged(subject, what, self.library.path):
            of_clinic = isinstance(what, ComposedSheet) and what.has_additions
            diagnostic = found.diagnostic
            if isinstance(what, ComposedSheet) and diagnostic.code != FIRST_PAGE and self._nobody_wrote(what):
                diagnostic = replace(diagnostic, severity="warning")
            self.add([diagnostic], found.exit_code, found.said, of_clinic=of_clinic)

    def _nobody_wrote(self, sheet: ComposedSheet) -> bool:
        """Whether a shipped topic meets an audience that only the clinic has: neither was written for the other."""
        shipped = self.library.path.roots[-1].folder
        audience = f"content/audiences/{sheet.selection.audience.id}.yaml"
        return sheet.written.topic.source.file.is_relative_to(shipped) and not is_file(shipped / audience)

    def attempt(self, action: Callable[[], T]) -> T | None:
        """The action's result, or None with its problems collected."""
        try:
            return action()
        except HandoutError as error:
            self.add(error.diagnostics, error.exit_code)
            return None

    def run(self) -> None:
        topics, translated = self._load()
        complete = not any(finding.diagnostic.severity == "error" for finding in self.findings)
        written = [WrittenTopic(topic, self.library) for topic in (*topics, *translated)]
        for each in written if complete else ():
            self._written(each)
        for each in written if complete else ():
            self._sheets(each)
        self._reviews((*topics, *translated))
        if self.scope.is_all:
            self._bundles()
        baseline = self.attempt(partial(Baseline, self.library.path))
        if baseline:
            self.findings = baseline.applied(self.findings)
            if complete and self.scope.is_all:
                self.add(baseline.outlived(self.findings), ContentError.exit_code)

    def _load(self) -> tuple[list[Topic], list[Topic]]:
        """Every file read: the topics, and their translations."""
        library = self.library
        self.attempt(lambda: library.clinic)
        for name in library.language_ids:
            self.attempt(partial(library.language, name))
        for name in self.audience_ids:
            self.attempt(partial(library.audience, name))
        for name in self.attempt(lambda: library.brand_ids) or ():
            self._brand(name)
        topics: list[Topic] = []
        translated: list[Topic] = []
        for name in self.topic_ids:
            topic = self.attempt(partial(library.topic, name))
            if topic:
                topics.append(topic)
                found = [self.attempt(partial(library.topic, name, each)) for each in library.translations(name)]
                translations = [each for each in found if each]
                translated += translations
                self.add(overlay_of_one_language(topic, translations), ContentError.exit_code)
        for name in library.plan_ids if self.scope.topics is None else ():
            self._plan(name)
        for language in dict.fromkeys((PLAIN_LANGUAGE, *(topic.language for topic in (*topics, *translated)))):
            self.attempt(partial(library.disclaimer, language))
            self.attempt(partial(library.glossary, language))
            self.attempt(partial(library.plain_words, language))
        for topic in (*topics, *translated):
            self.add(fresh_overlay(topic), ContentError.exit_code)
            self.add(days_to_come(library, topic, self.today), ContentError.exit_code)
        named = {name for topic in topics for name in self._pictures(topic)}
        if len(topics) == len(library.topic_ids):
            self._unnamed_pictures(None, named)
        self._sheets_of_nothing()
        if self.scope.topics is None:
            self.add(overlays_without_topic(library), ContentError.exit_code)
            self.add(strays(library), ContentError.exit_code)
        return topics, translated

    def _reviews(self, topics: Iterable[Topic]) -> None:
        """The signatures: each is of a text that is there, and no text is unsigned or old without a word."""
        for name in reviews.recorded(self.library):
            if name in self.topic_ids or name not in self.library.topic_ids:
                self.attempt(partial(self._signatures, name))
        for topic in topics:
            self.attempt(partial(self._standing, topic))

    def _signatures(self, name: str) -> None:
        self.add(reviews.wrong_signatures(self.library, name, self.today), ContentError.exit_code)

    def _standing(self, topic: Topic) -> None:
        with suppress(MissingResourceError):  # a picture that cannot be read: `_pictures` says where it is named
            for each in reviews.standing_of(self.library, topic, self.today):
                self.add([each], ContentError.exit_code, each.message, of_clinic=True)  # a clinic signs

    def _plan(self, name: str) -> None:
        """A clinic's plan: its exercises are there, and not more than people do."""
        from handouts.library.plans import many_in_plan

        plan = self.attempt(partial(self.library.plan, name))
        warning = many_in_plan(plan) if plan else None
        if warning:
            self.add([warning], ContentError.exit_code)

    def _bundles(self) -> None:
        """A clinic's bundles: what each names is there, and each handout can be composed."""
        for name in self.library.bundle_ids:
            bundle = self.attempt(partial(self.library.bundle, name))
            if bundle:
                for index in range(len(bundle.handouts)):
                    self.attempt(partial(self._compose_bundled, bundle, index))

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

    def _written(self, written: WrittenTopic) -> None:
        """The rules about what is written. A translation has its original's structure, and words of its own."""
        self.judge("translation" if written.topic.translation else "topic", written)
        self.judge("words", written)

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

    def _sheets_of_nothing(self) -> None:
        """Sections that an audience names and that no topic has: the sheet would go without them."""
        known = known_sections(self.library.path)
        for root, file in self.library.path.names("content/audiences", ".yaml").values():
            source = YamlSource(file, root.show(file))
            audience = self.attempt(partial(read_model, source, AudienceFile))
            for template, parts in audience.sheets.items() if audience else ():
                found = []
                for index, part in enumerate(parts):
                    if part.section not in known:
                        message = f'no topic has a section "{part.section}"'
                        place = ("sheets", template, index, "section")
                        found.append(source.diagnostic(place, "C215", message, nearest(part.section, known)))
                self.add(found, ContentError.exit_code)

    def _sheets(self, written: WrittenTopic) -> None:
        """Every audience with every template, with everything on it and as it is by default.

        A translation prints for the audiences that have a name in its language; a clinic may have audiences of its
        own that it never gives a translated sheet to.
        """
        topic = written.topic
        brand = self.attempt(lambda: self.library.brand(None))
        if brand is None:
            return
        for audience_id in self.audience_ids:
            if topic.translation and topic.language not in self.library.audience(audience_id).languages:
                continue
            audience = self.attempt(partial(self.library.audience, audience_id, topic.language))
            if audience is None:
                continue
            self.attempt(partial(self._judge_whole, written, audience, brand))
            for template in self.library.template_ids:
                sheet = self.attempt(partial(self._compose, written, audience, template, Choices(), brand))
                self.attempt(
                    partial(self._compose, written, audience, template, Choices(items="all"), brand, "A note.")
                )
                if sheet and self._is_listed(audience, template) and is_meant(audience, template, topic):
                    self.attempt(partial(self._judge_sheet, sheet))

    def _is_listed(self, audience: Audience, template: str) -> bool:
        """Whether the audience has a list for the template, or the template is the clinic's own.

        For a shipped template that an audience of a clinic does not list, the list of its handout prints: nobody
        wrote it for that.
        """
        own = self.library.path.find(f"templates/{template}{TEMPLATE_SUFFIX}")
        shipped = own is not None and own[0] == self.library.path.roots[-1]
        return template in {DEFAULT_SHEET, *audience.sheets} or not shipped

    def _judge_whole(self, written: WrittenTopic, audience: Audience, brand: Brand) -> None:
        """The rules about everything that an audience can get."""
        everything = Choices(sections=tuple(section.id for section in written.topic.sections), items="all")
        selection = select(written.topic, audience, everything)
        document = compose(selection, self.library, brand)
        self.judge("whole", ComposedSheet(written, selection, document, brand))

    def _judge_sheet(self, sheet: ComposedSheet) -> None:
        """The rules about a sheet. A translation's has its original's parts."""
        if not sheet.written.topic.translation:
            self.judge("sheet", sheet)
        self.judge("page", sheet)

    def _compose(
        self,
        written: WrittenTopic,
        audience: Audience,
        template: str,
        choices: Choices,
        brand: Brand,
        note: str | None = None,
    ) -> ComposedSheet | None:
        """The sheet; None where the topic lacks what the template is made of: nobody prints it."""
        selection = select(written.topic, audience, choices, template)
        try:
            return ComposedSheet(written, selection, compose(selection, self.library, brand, note), brand)
        except UnfitTopicError:
            return None

    def count_files(self) -> int:
        """How many files of the library there are."""
        return sum(1 for root in self.library.path.roots for pattern in _COUNTED for _ in root.folder.glob(pattern))
