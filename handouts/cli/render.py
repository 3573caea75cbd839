"""`handouts render`: one handout, or a bundle of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from handouts.cli import completion, destinations, wishes
from handouts.cli.reporting import Workspace, open_library, reporting, say, show
from handouts.errors import Diagnostic, UsageError, nearest
from handouts.looks import FORMATS, FormatName

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handouts.library import Library
    from handouts.making import Order


@reporting
def render(
    context: typer.Context,
    topic: Annotated[
        str | None, typer.Argument(help="What it is about.", autocompletion=completion.topics, show_default=False)
    ] = None,
    bundle: Annotated[
        str | None,
        typer.Option(
            help="One of your bundles, in one file; no topic is named then.",
            autocompletion=completion.bundles,
            show_default=False,
        ),
    ] = None,
    audience: wishes.Audience = None,
    sections: wishes.Sections = None,
    skip: wishes.Skip = None,
    exercises: wishes.Exercises = None,
    plan: wishes.Plan = None,
    weeks: wishes.Weeks = None,
    items: wishes.Items = None,
    max_pages: wishes.MaxPages = None,
    template: wishes.Template = None,
    brand: wishes.Brand = None,
    edition: wishes.Edition = None,
    paper: wishes.Paper = None,
    language: wishes.Language = None,
    patient: Annotated[str, typer.Option(help="The patient's name.", show_default=False)] = "",
    date: Annotated[str, typer.Option(help="The date of the visit.", show_default=False)] = "",
    clinician: Annotated[str, typer.Option(help="Who saw the patient.", show_default=False)] = "",
    phone: Annotated[str, typer.Option(help="The phone to call; the clinic's by default.", show_default=False)] = "",
    next_visit: Annotated[str, typer.Option(help="When to come again.", show_default=False)] = "",
    note: Annotated[str, typer.Option(help="Your own words, in a box (Markdown).", show_default=False)] = "",
    *,
    forms: Annotated[
        bool, typer.Option("--forms/--no-forms", help="Boxes and lines that work on a screen, or for a pen alone.")
    ] = True,
    allow_outdated: Annotated[
        bool, typer.Option("--allow-outdated", help="Print a text that nobody has read again for five years.")
    ] = False,
    duplex: Annotated[
        bool, typer.Option("--duplex", help="For two sides: an empty page after an odd number of them.")
    ] = False,
    output_format: Annotated[
        FormatName | None,
        typer.Option(
            "--format", help="What to write; pdf, unless the file named with -o ends in another.", show_default=False
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", help="A file, a folder, or - for stdout.", show_default=False),
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Make one handout and print the path of the file (with --format png, of a file for each page).

    With --bundle, several handouts in one file. What the command says of looks (brand, edition, paper, language) and
    of the person comes before what the bundle says; a note goes onto the first handout.

    Example: handouts render psoas-muscle-spasm --audience athlete --patient "A. Example" --max-pages 2
    """
    from handouts.bundling import make_bundle
    from handouts.making import Order, make_for, review_for
    from handouts.person import Person
    from handouts.reviewing import notes_of

    person = Person(patient, date, clinician, phone, next_visit)
    personal = bool(note) or person != Person()
    library = open_library(workspace)
    if topic is None and bundle is None:
        raise UsageError(Diagnostic("U107", "a handout about what?", "name a topic, or a bundle with --bundle"))
    _refuse_stray_words(library, topic, context.args, personal=personal)
    order = Order(
        topic=topic or "",
        audience=audience,
        template=template,
        brand=brand,
        edition=edition,
        paper=paper,
        language=language,
        choices=wishes.choices_of(sections, skip, items, exercises, weeks),
        plan=plan,
        max_pages=max_pages,
        note=note,
        forms=forms,
        duplex=duplex,
        allow_outdated=allow_outdated,
    )
    chosen = output_format or _format_of(output)
    if bundle is not None:
        name = destinations.bundle_file(bundle, order, chosen)
        files, made = make_bundle(library, bundle, order, person, chosen)
    else:
        order = order.settled(library)
        name = destinations.sheet_file(library, order, chosen)
        files, left_out = make_for(library, order, person, chosen)
        made = ((order, left_out),)
    target = None if output == "-" else destinations.target(name, output)
    if target is None and len(files) > 1:
        message = f"{len(files)} page pictures cannot go to stdout one after the other"
        raise UsageError(Diagnostic("U110", message, "name a file or a folder with -o, or use --max-pages 1"))
    reviewed = ((review_for(library, each), library.topic(each.topic, each.language)) for each, _ in made)
    for message in dict.fromkeys(message for review, about in reviewed for message in notes_of(review, about)):
        say(f"note: {message}")
    for message in dict.fromkeys(message for each, _ in made for message in _gaps(library, each)):
        say(f"note: {message}")
    for each, left_out in made:
        _tell(library, each, left_out, bundled=bundle is not None)
        _tell_many(each)
    if weeks is not None and bundle is None:
        _tell_weeks(library, order)
    if target is None:
        show(files[0])
        return
    from handouts.files import write_whole

    named = chosen == "png" and (len(files) > 1 or target.name == name)
    for number, data in enumerate(files, 1):
        file = _paged(target, number, len(files)) if named else target
        write_whole(file, data, private=personal)
        show(file.as_posix())


def _refuse_stray_words(library: Library, topic: str | None, extra: list[str], *, personal: bool) -> None:
    """`--patient Ada Example` leaves "Example" over: it is taken for a topic, or for nothing. It is not repeated."""
    hint = 'put a value with spaces in quotes: --patient "A. Example"'
    if extra:
        raise UsageError(Diagnostic("U108", "there are words that belong to no option", hint))
    if personal and topic is not None and topic not in library.topic_ids:
        near = nearest(topic, library.topic_ids)
        raise UsageError(Diagnostic("U101", "there is no topic of the name given", f"{near}; {hint}"))


def _format_of(output: str | None) -> FormatName:
    """The format that a file's name ends in; PDF for any other ending."""
    ending = destinations.ending_of(output)
    return next((each for each in FORMATS if each == ending), "pdf")


def _paged(file: Path, page: int, pages: int) -> Path:
    """A page's file: NAME.page-1.png, with zeros before it so that the pages sort."""
    return file.with_name(f"{file.stem}.page-{page:0{len(str(pages))}}{file.suffix}")


def _tell_weeks(library: Library, order: Order) -> None:
    """That the sheet has nothing that goes on for weeks: one week more makes no difference."""
    from msgspec.structs import replace

    from handouts.making import make_document

    one, two = (make_document(library, order, replace(order.choices, weeks=number)) for number in (1, 2))
    if one == two:
        say(f"note: --weeks changes nothing: the template {order.template} has no log and no diary")


def _gaps(library: Library, order: Order) -> Iterator[str]:
    """What a sheet goes without: sections that its audience lists and no topic has, words that a draft still lacks."""
    from handouts.library.audiences import known_sections

    topic = library.topic(order.topic, order.language)
    audience = library.audience(order.audience or library.defaults.audience, topic.language)
    parts = audience.parts(order.template or library.defaults.template)
    missing = [part.section for part in parts if topic.section(part.section) is None]
    known = known_sections(library.path) if missing else set()
    for name in missing:
        if name not in known:
            yield f'no topic has a section "{name}", which the list of {audience.id} names ({nearest(name, known)})'
    if topic.file.draft:
        from handouts.quality.reading import signs
        from handouts.quality.rules import WrittenTopic

        waiting = sum(1 for _ in signs.waiting(WrittenTopic(topic, library).said))
        if waiting:
            yield f"{waiting} place{'s' if waiting != 1 else ''} in brackets in {topic.id} still wait for your words"


def _tell_many(order: Order) -> None:
    """That these are more exercises than most people keep up."""
    if order.choices.exercises:
        from handouts.library.plans import many_exercises

        warning = many_exercises(order.choices.exercises)
        if warning:
            say(str(warning))


def _tell(library: Library, order: Order, left_out: tuple[str, ...], *, bundled: bool) -> None:
    """What the clinician should know, on stderr."""
    if order.note and any(mark in order.note for mark in ("</", "/>", "<b>", "<br>")):
        say("note: HTML is printed as it was typed; write **bold** and a list with - instead")
    if left_out:
        from handouts.library.topics import items_by_reference

        topic = library.topic(order.topic, order.language)
        titles = {section.id: section.file.title for section in topic.sections}
        items = items_by_reference(topic.sections)
        which = f" of {order.topic} ({order.template})" if bundled else ""
        say(f"left out{which} to fit {order.max_pages} page{'s' if order.max_pages != 1 else ''}:")
        for reference in left_out:
            if reference in titles:
                say(f"  {reference}: the whole section ({titles[reference]})")
            else:
                say(f"  {reference}: {items[reference].term}")
