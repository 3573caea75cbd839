"""A bundle: several handouts of one person in one file, as a clinic's `bundles/NAME.yaml` says.

Each is made as by itself (`handouts.making`); what the bundle decides cannot be ordered, too.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from msgspec.structs import replace

from handouts.errors import Diagnostic, HandoutError, UsageError
from handouts.making import Order, Writer, reached, require_paper, writer_for, written
from handouts.selection import bundled_choices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handouts.library import Library
    from handouts.looks import FormatName
    from handouts.person import Person


def bundle_orders(library: Library, name: str, order: Order) -> tuple[Order, ...]:
    """The orders of a bundle's handouts, in their order.

    Of `order` hold brand, edition, paper and language for all of them, before what the bundle says; so do `forms` and
    `duplex`; its note goes onto the first handout. Raises UsageError when it says what the bundle decides.
    """
    decided = {
        "a topic": order.topic,
        "--audience": order.audience,
        "--template": order.template,
        "--sections": order.choices.sections is not None,
        "--skip": order.choices.skip,
        "--items": order.choices.items,
        "--exercises": order.choices.exercises,
        "--plan": order.plan,
        "--weeks": order.choices.weeks,
        "--max-pages": order.max_pages,
    }
    said = [option for option, value in decided.items() if value]
    if said:
        hint = f"change bundles/{name}.yaml, or render the handout by itself"
        raise UsageError(
            [Diagnostic("U115", f"the bundle decides: {option} cannot be given, too", hint) for option in said]
        )
    orders: list[Order] = []
    for handout in library.bundle(name).handouts:
        own = replace(
            order,
            topic=handout.topic or "",
            audience=handout.audience,
            template=handout.template,
            edition=order.edition or handout.edition,
            language=order.language or handout.language,
            choices=bundled_choices(handout),
            plan=handout.plan,
            max_pages=handout.max_pages,
            note=handout.note if orders else order.note or handout.note,
        )
        orders.append(own.settled(library))
    return tuple(orders)


def make_bundle(
    library: Library, name: str, order: Order, person: Person, output_format: FormatName = "pdf"
) -> tuple[tuple[bytes, ...], tuple[tuple[Order, tuple[str, ...]], ...]]:
    """Phases 2 to 5 for a bundle: one person's handouts in one file, and their orders with what was left out of each.

    `order` says what holds for all of them (`bundle_orders`). `png` has a file for each page. A value stands on every
    handout that has a line for it. Raises UsageError for a value that none has a line for, and for `html`: a web page
    is about one thing.
    """
    if output_format == "html":
        message = "a bundle is no web page: what it holds is handed out one after the other"
        raise UsageError(Diagnostic("U116", message, "choose another --format, or render its handouts one by one"))
    require_paper(order, output_format)
    orders = bundle_orders(library, name, order)
    of_each: FormatName = "txt" if output_format == "txt" else "pdf"
    people = [reached(library, each, person) for each in orders]
    writers: list[Writer] = []
    for index, (each, whose) in enumerate(zip(orders, people, strict=True)):
        try:
            writers.append(writer_for(library, each, whose.characters, of_each))
        except HandoutError as error:
            typed = not index and bool(order.note)
            raise library.bundle(name).placed(index, error, note_was_typed=typed) from None
    person.values_for({field for writer in writers for field in writer.fields})
    files = [
        written(writer.write, whose.only(writer.fields), person.only(writer.fields))[0]
        for writer, whose in zip(writers, people, strict=True)
    ]
    left_out = tuple((each, writer.left_out) for each, writer in zip(orders, writers, strict=True))
    if output_format == "txt":
        return (b"\n\n".join(files),), left_out
    data = join_bundle(library, name, writers, files)
    if output_format == "png":
        from handouts.pdf.page_pictures import page_pictures

        return page_pictures(data), left_out
    return (data,), left_out


def join_bundle(library: Library, name: str, writers: Sequence[Writer], files: Sequence[bytes]) -> bytes:
    """The PDF files of a bundle's handouts as one, with a bookmark for each."""
    from handouts.pdf.merging import Part, merge, metadata_of

    target = io.BytesIO()
    parts = [Part(data, writer.title) for data, writer in zip(files, writers, strict=True)]
    metadata = [writer.sheet.metadata for writer in writers if writer.sheet]
    merge(parts, metadata_of(library.bundle(name).title, metadata), target)
    return target.getvalue()
