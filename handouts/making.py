"""A handout from start to finish: the phases 2 to 5 for one order.

An `Order` says what is wanted; `make_sheet` selects, composes and lays out, and leaves out what matters least when
a number of pages is given. The command line and every other way in come through here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from handouts.composing import compose
from handouts.errors import Diagnostic, HandoutError, LayoutError, UsageError
from handouts.person import unprintable
from handouts.selection import Choices, Selection, select

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from handouts.document import Document
    from handouts.library import Library
    from handouts.looks import EditionName, PaperName
    from handouts.pdf import Sheet
    from handouts.person import Person

FormatName = Literal["pdf", "html", "txt", "png"]


class Order(Struct, frozen=True):
    """What is wanted. Names that are None come from the clinic's defaults; a language from the topic, then.

    `plan` is one of the clinic's plans: it chooses the exercises and how long they are written down.
    `forms` makes the boxes and lines of a PDF work on a screen, too; without it they are for a pen alone.
    """

    topic: str
    audience: str | None = None
    template: str | None = None
    brand: str | None = None
    edition: EditionName | None = None
    paper: PaperName | None = None
    language: str | None = None
    choices: Choices = field(default_factory=Choices)
    plan: str | None = None
    max_pages: int | None = None
    note: str | None = None
    forms: bool = True

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
    """Phases 2 and 3 for an order."""
    if order.note and unprintable(order.note):
        raise UsageError(Diagnostic("U103", "--note holds a control character", "type the note again"))
    selection = select_for(library, order, choices)
    return compose(selection, library, library.brand(order.brand), order.note)


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
        return lay_out(document, brand, order.edition or "standard", order.paper or "letter", shown, forms=order.forms)

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


def make_for(
    library: Library, order: Order, person: Person, output_format: FormatName = "pdf"
) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
    """Phases 2 to 5: one person's handout as files of a format, and what was left out of it.

    A format has one file, but `png` has one for each page. The clinic's phone prints when none is given. Nobody typed
    it: when it cannot be printed on its line (two numbers with their hours are too long for it), the line stays empty
    to write on, and the phone still stands with the warning signs.
    """
    order = order.settled(library)
    phone = library.brand(order.brand).phone
    reached = replace(person, phone=person.phone or phone)
    write, left_out = _writer(library, order, reached, output_format)
    try:
        return write(reached), left_out
    except HandoutError:
        if person.phone or not phone:
            raise
    return write(person), left_out  # raises again for a value that was typed


def _writer(
    library: Library, order: Order, person: Person, output_format: FormatName
) -> tuple[Callable[[Person], tuple[bytes, ...]], tuple[str, ...]]:
    """What writes an order's files for a person, laid out or composed once; and what was left out."""
    if output_format in {"pdf", "png"}:
        from handouts.pdf import issue
        from handouts.pdf.page_pictures import page_pictures

        sheet, left_out = make_sheet(library, order, person.characters)
        if output_format == "png":
            return lambda whose: page_pictures(issue(sheet, whose)), left_out
        return lambda whose: (issue(sheet, whose),), left_out
    # What has no pages leaves out what the paper would.
    left_out = make_sheet(library, order)[1] if order.max_pages is not None else ()
    document = make_document(library, order, replace(order.choices, cut=frozenset(left_out)))
    if output_format == "txt":
        from handouts.plain import to_text

        return lambda whose: (to_text(document, whose).encode(),), left_out
    from handouts.html import to_html

    brand, edition, paper = library.brand(order.brand), order.edition or "standard", order.paper or "letter"
    return lambda whose: (to_html(document, brand, whose, edition, paper).encode(),), left_out
