"""A handout from start to finish: the phases 2 to 5 for one order (`bundling` puts several into one file).

An `Order` says what is wanted; `make_sheet` selects, composes and lays out, and leaves out what matters least when
a number of pages is given. The command line and every other way in come through here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from handouts.composing import compose
from handouts.composing.furniture import spoken_date
from handouts.document import PersonalPanel
from handouts.errors import ContentError, Diagnostic, HandoutError, LayoutError, MissingResourceError, UsageError
from handouts.library.reviews import OLDEST, Review, today
from handouts.person import unprintable
from handouts.selection import Choices, Selection, select

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator

    from handouts.document import Document
    from handouts.library import Brand, Library
    from handouts.looks import FormatName, PaperName, PatientEdition, ReportFormat
    from handouts.pdf import Sheet
    from handouts.person import Person

T = TypeVar("T")


class Order(Struct, frozen=True):
    """What is wanted. Names that are None come from the clinic's defaults; a language from the topic, then.

    `plan` is one of the clinic's plans: it chooses the exercises and how long they are written down.
    `forms` makes the boxes and lines of a PDF work on a screen, too; without it they are for a pen alone. `duplex`
    fills an odd number of pages up with an empty one.
    `today` is the day that a text's age is told on, this one by default; `allow_outdated` prints one that is too old.
    """

    topic: str
    audience: str | None = None
    template: str | None = None
    brand: str | None = None
    edition: PatientEdition | None = None
    paper: PaperName | None = None
    language: str | None = None
    choices: Choices = field(default_factory=Choices)
    plan: str | None = None
    max_pages: int | None = None
    note: str | None = None
    forms: bool = True
    duplex: bool = False
    today: dt.date | None = None
    allow_outdated: bool = False

    def settled(self, library: Library) -> Order:
        """The order with the clinic's defaults in the places left open, and its plan's exercises chosen.

        Raises UsageError when there is no such plan, or it is for another topic.
        """
        defaults = library.defaults
        return replace(
            self,
            audience=self.audience or defaults.audience,
            template=self.template or defaults.template,
            edition=self.edition or defaults.edition,
            paper=self.paper or defaults.paper,
            language=self.language or defaults.language,
            choices=self._planned(library),
            plan=None,
        )

    def _planned(self, library: Library) -> Choices:
        if self.plan is None:
            return self.choices
        plan = library.plan(self.plan).file
        if plan.topic != self.topic:
            message = f'the plan "{self.plan}" is for {plan.topic}'
            raise UsageError(Diagnostic("U113", message, f"handouts render {plan.topic} --plan {self.plan}"))
        if self.choices.exercises:
            message = f'exercises are picked, and the plan "{self.plan}" picks them, too'
            raise UsageError(Diagnostic("U112", message, "change the plan, or leave it out"))
        return replace(self.choices, exercises=plan.exercises, weeks=self.choices.weeks or plan.weeks)


def select_for(library: Library, order: Order, choices: Choices | None = None) -> Selection:
    """Phase 2 for an order. Raises UsageError for names that do not exist, ContentError for wrong files."""
    order = order.settled(library)
    library.require_template(order.template or "")
    topic = library.topic(order.topic, order.language)
    audience = library.audience(order.audience or "", topic.language)
    return select(topic, audience, choices or order.choices, order.template or "")


def make_document(library: Library, order: Order, choices: Choices | None = None) -> Document:
    """Phases 2 and 3 for an order. Raises ContentError for a text that is too old, unless the order allows it."""
    if order.note and unprintable(order.note):
        raise UsageError(Diagnostic("U118", "--note holds a control character", "type the note again"))
    selection = select_for(library, order, choices)
    review = review_for(library, order, selection)
    if review.outdated and not order.allow_outdated:
        message = f"{selection.topic.id}: this text is from {review.since.isoformat()}, more than {OLDEST} years ago"
        hint = (
            "have a clinician read it (handouts review); with --allow-outdated it prints, and every page says its age"
        )
        raise ContentError(Diagnostic("C331", message, hint, selection.topic.source.shown_as))
    return compose(selection, library, library.brand(order.brand), order.note, review)


def make_report(library: Library, order: Order, output_format: ReportFormat = "pdf") -> bytes:
    """What a clinician reads about an order's sheet, as it prints by default, in a format (`quality/report.py`)."""
    from handouts.quality.report import report_document

    order = order.settled(library)
    names = (order.topic, order.audience or "", order.template or "", order.language)
    document = report_document(library, *names, order.today or today())
    if output_format == "txt":
        from handouts.plain import to_text

        return to_text(document).encode()
    # The house's own paper: no letterhead, in the brand's colour and typeface.
    brand = replace(library.brand(order.brand), name="", address="", phone="", web="", logo=None)
    paper = order.paper or "letter"
    if output_format == "html":
        from handouts.html import to_html

        return to_html(document, brand, None, "report", paper).encode()
    from handouts.pdf import lay_out

    return lay_out(document, brand, "report", paper, "", forms=False).base


def review_for(library: Library, order: Order, selection: Selection | None = None) -> Review:
    """Who has signed the words of an order's selection, how old they are and when to read them again.

    Raises ContentError for a record of a signature that is wrong.
    """
    selection = selection or select_for(library, order)
    covering = last = None
    if library.reviews(selection.topic.id).signatures:
        from handouts.reviewing import covering as find

        covering, last = find(library, selection)
    return Review.of(selection.topic.provenance, covering, last, order.today or today())


def make_sheet(
    library: Library, order: Order, characters: Iterable[str] | None = None
) -> tuple[Sheet, tuple[str, ...]]:
    """Phases 2 to 4: the sheet, and what was left out of it to meet the page limit (`section` or `section/item`).

    `characters` are those that the personal panel must show (see `handouts.pdf.lay_out`). Raises LayoutError when
    the limit cannot be met even by the warning signs alone.
    """
    from handouts.pdf import PANEL_CHARACTERS, lay_out

    order = order.settled(library)
    brand = library.brand(order.brand)
    shown = PANEL_CHARACTERS if characters is None else characters

    def sheet_for(cut: tuple[str, ...]) -> Sheet:
        choices = replace(order.choices, cut=frozenset(cut))
        document = make_document(library, order, choices)
        edition, paper = order.edition or "standard", order.paper or "letter"
        try:
            return lay_out(document, brand, edition, paper, shown, forms=order.forms, duplex=order.duplex)
        except MissingResourceError:
            _require_names(library, document.topic, brand)
            raise

    sheet = sheet_for(())
    limit = order.max_pages
    if limit is None or sheet.pages <= limit:
        return sheet, ()
    if limit < 1:
        raise UsageError(Diagnostic("U104", "--max-pages must be at least 1"))
    cuttable = select_for(library, order).cuttable()
    fewest, most = 1, len(cuttable)
    best = sheet_for(cuttable)
    if best.pages > limit:
        raise LayoutError(
            Diagnostic(
                "L104",
                f"{limit} page{'s' if limit > 1 else ''} cannot hold the warning signs"
                f"{', the exercises that were picked' if order.choices.exercises else ''} and the disclaimer, "
                f"which are never left out; {best.pages} can",
                f"--max-pages {best.pages}, or another edition",
            )
        )
    while fewest < most:  # the least number of cuts that fits
        middle = (fewest + most) // 2
        attempt = sheet_for(cuttable[:middle])
        if attempt.pages <= limit:
            best, most = attempt, middle
        else:
            fewest = middle + 1
    cut = cuttable[:most]
    gone = {reference for reference in cut if "/" not in reference}
    return best, tuple(reference for reference in cut if reference.partition("/")[0] not in gone or reference in gone)


def _require_names(library: Library, topic_id: str, brand: Brand) -> None:
    """Raise MissingResourceError with the place of each reviewer's name that the brand cannot print."""
    from handouts.quality.reviews import names_without_glyphs

    problems = list(names_without_glyphs(library, topic_id, brand))
    if problems:
        raise MissingResourceError(problems)


def make_for(
    library: Library, order: Order, person: Person, output_format: FormatName = "pdf"
) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
    """Phases 2 to 5: one person's handout as files of a format, and what was left out of it.

    A format has one file, but `png` has one for each page. The clinic's phone prints when none is given. Nobody typed
    it: when it cannot be printed on its line (two numbers with their hours are too long for it), the line stays empty
    to write on, and the phone still stands with the warning signs.
    """
    require_paper(order, output_format)
    order = order.settled(library)
    whose = reached(library, order, person)
    writer = writer_for(library, order, whose.characters, output_format)
    return written(writer.write, whose, person), writer.left_out


def require_paper(order: Order, output_format: FormatName) -> None:
    """Raise UsageError for two-sided printing of what has no pages."""
    if order.duplex and output_format != "pdf":
        message = f"--duplex is for paper: {output_format} has no sheets with two sides"
        raise UsageError(Diagnostic("U116", message, "leave it out"))


def reached(library: Library, order: Order, person: Person) -> Person:
    """The person, with the clinic's phone to call when no other is given, and dates as the language writes them."""
    words = library.language(library.topic(order.topic, order.language).language)
    return replace(
        person,
        phone=person.phone or library.brand(order.brand).phone,
        date=spoken_date(person.date, words),
        next_visit=spoken_date(person.next_visit, words),
    )


def written(write: Callable[[Person], T], reached: Person, person: Person) -> T:
    """What is written with the clinic's phone, or without it when it does not fit."""
    try:
        return write(reached)
    except HandoutError:
        if reached == person:
            raise
    return write(person)  # raises again for a value that was typed


class Writer(Struct, frozen=True):
    """What writes an order's files for a person, laid out or composed once.

    `fields` are those that it has a line for; `title` is what a bookmark says; a PDF has a laid-out sheet.
    """

    write: Callable[[Person], tuple[bytes, ...]]
    left_out: tuple[str, ...]
    fields: frozenset[str]
    title: str = ""
    sheet: Sheet | None = None


def writer_for(
    library: Library, order: Order, characters: Iterable[str] | None = None, output_format: FormatName = "pdf"
) -> Writer:
    """Phases 2 to 4 for a settled order (`Order.settled`). `characters` are as `make_sheet` takes them."""
    if output_format in {"pdf", "png"}:
        from handouts.pdf import issue

        sheet, left_out = make_sheet(library, order, characters)
        if output_format == "png":
            from handouts.pdf.page_pictures import page_pictures

            return Writer(lambda whose: page_pictures(issue(sheet, whose)), left_out, sheet.fields)
        words = library.language(sheet.metadata.language)
        named = (sheet.metadata.subject, words.sheet_name(order.template or ""))
        title = " – ".join(each for each in named if each)
        return Writer(lambda whose: (issue(sheet, whose),), left_out, sheet.fields, title, sheet)
    # What has no pages leaves out what the paper would.
    left_out = make_sheet(library, order)[1] if order.max_pages is not None else ()
    document = make_document(library, order, replace(order.choices, cut=frozenset(left_out)))
    fields = frozenset(_panel_fields(document.blocks))
    if output_format == "txt":
        from handouts.plain import to_text

        return Writer(lambda whose: (to_text(document, whose).encode(),), left_out, fields)
    from handouts.html import to_html

    brand, edition, paper = library.brand(order.brand), order.edition or "standard", order.paper or "letter"
    return Writer(lambda whose: (to_html(document, brand, whose, edition, paper).encode(),), left_out, fields)


def _panel_fields(thing: object) -> Iterator[str]:
    """The fields of the personal panel, wherever a template has put it."""
    match thing:
        case PersonalPanel(fields=fields):
            yield from (field.name for field in fields)
        case tuple():
            for each in thing:
                yield from _panel_fields(each)
        case Struct():
            for name in thing.__struct_fields__:
                yield from _panel_fields(getattr(thing, name))
