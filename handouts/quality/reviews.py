"""What `handouts check` says of signatures: who has not signed yet, what changed since, what is old (R29, R30)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.errors import ContentError, Diagnostic, MissingResourceError, nearest
from handouts.library.reviews import FOLDER, OLDEST, today
from handouts.reviewing import standings

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from handouts.library import Brand, Library, Topic
    from handouts.library.yaml_source import Path_
    from handouts.reviewing import Standing

__all__ = ["name_without_glyphs", "names_without_glyphs", "recorded", "standing_of", "today", "wrong_signatures"]


def recorded(library: Library) -> tuple[str, ...]:
    """The names of the files of signatures."""
    return tuple(library.path.names(FOLDER, ".yaml")) if library.path.workspace else ()


def wrong_signatures(library: Library, name: str, day: dt.date) -> Iterator[Diagnostic]:
    """Signatures of what does not exist, those of days to come, and those whose text is missing or is another.

    And those of a name that no typeface of the clinic's own brand can print.
    """
    reviews = library.reviews(name)
    source = reviews.source
    if source is None:
        return
    if name not in library.topic_ids:
        hint = nearest(name, library.topic_ids)
        yield source.diagnostic((), "C334", f'there is no topic "{name}" that could have been signed', hint)
        return
    yield from names_without_glyphs(library, name, library.brand(None))
    languages = {library.topic(name).language, *library.translations(name)}
    for index, signature in enumerate(reviews.signatures):
        place = ("signatures", index)
        if signature.signed > day:
            hint = "write the day when the words were approved"
            yield source.diagnostic((*place, "signed"), "C333", "this signature is of a day to come", hint)
        if signature.language not in languages:
            message = f"{name} is not there in {signature.language}"
            yield source.diagnostic((*place, "language"), "C334", message, nearest(signature.language, languages))
        if signature.audience and signature.audience not in library.audience_ids:
            message = f'no audience is called "{signature.audience}"'
            yield source.diagnostic(
                (*place, "audience"), "C334", message, nearest(signature.audience, library.audience_ids)
            )
        try:
            library.signed_text(signature.hash)
        except ContentError as error:
            for each in error.diagnostics:
                yield source.diagnostic((*place, "hash"), each.code, f"{each.file}: {each.message}", each.hint)


def names_without_glyphs(library: Library, topic_id: str, brand: Brand) -> Iterator[Diagnostic]:
    """Names in a topic's record that the brand's typefaces cannot print, each at its line."""
    reviews = library.reviews(topic_id)
    for index, signature in enumerate(reviews.signatures):
        wrong = name_without_glyphs(brand, signature.reviewer)
        if wrong and reviews.source:
            yield reviews.source.diagnostic(("signatures", index, "reviewer"), wrong.code, wrong.message, wrong.hint)


def name_without_glyphs(brand: Brand, reviewer: str) -> Diagnostic | None:
    """What is wrong with a name that the brand's typefaces cannot print, if anything is (F103, F104)."""
    from handouts.pdf.fonts import Fonts

    place = "name"
    try:
        Fonts(brand).pieces(reviewer, "regular", place)
    except MissingResourceError as error:
        (found,) = error.diagnostics
        if found.code in {"F103", "F104"}:  # what is wrong with the brand is told of the brand
            return Diagnostic(found.code, found.message.removeprefix(f"{place}: "), found.hint)
    return None


def standing_of(library: Library, topic: Topic, day: dt.date, audience: str | None = None) -> Iterator[Diagnostic]:
    """R29: text that no clinician has signed as it is says so. R30: text that is due to be read again, or old.

    With an audience, what there is to say of its sheets: the others' signatures are left out.
    """
    whole, *parts = (each for each in standings(library, topic, day) if audience in {None, each.audience or audience})
    others = _other_readers(library, topic, parts) if parts and audience is None else ()
    if whole.signature is None and (others or not parts):
        yield from _unsigned(topic, whole, others)
    for each in parts if whole.signature is None and parts else (whole, *parts):
        if not each.same and each.signature:
            yield from _changed(library, each)
        yield from _old(library, topic, each, day)


def _other_readers(library: Library, topic: Topic, signed: Iterable[Standing]) -> tuple[str, ...]:
    """The audiences that print the topic and that nobody signed it for."""
    known = {each.audience for each in signed}
    readers = (library.audience(name) for name in library.audience_ids if name not in known)
    return tuple(reader.id for reader in readers if not topic.translation or topic.language in reader.languages)


def _unsigned(topic: Topic, standing: Standing, readers: tuple[str, ...]) -> Iterator[Diagnostic]:
    whom = f" for {', '.join(readers)}" if readers else ""
    message = f"no clinician has reviewed this topic yet{whom}; every page says so"
    hint = f"have it read (handouts review show {standing.scope}), then signed (handouts review sign)"
    yield topic.source.diagnostic(("provenance",), "R29", message, hint, severity="warning")


def _changed(library: Library, standing: Standing) -> Iterator[Diagnostic]:
    """Words are other than those that were signed: the pages that have them are unsigned again."""
    reviews = library.reviews(standing.topic)
    if reviews.source and standing.signature:
        place = ("signatures", reviews.signatures.index(standing.signature), "hash")
        message = "words have changed since this was signed; pages that hold them say that nobody has reviewed them"
        hint = f"handouts review show {standing.scope} shows the difference; have it signed again"
        yield reviews.source.diagnostic(place, "R29", message, hint, severity="warning")


def _old(library: Library, topic: Topic, standing: Standing, day: dt.date) -> Iterator[Diagnostic]:
    if standing.due >= day and standing.state != "outdated":
        return
    message = f"the review was due on {standing.due.isoformat()}"
    if standing.state == "outdated":
        message = f"nobody has read this text again for {OLDEST} years; render refuses it without --allow-outdated"
    hint = "read the topic again with its sources, then sign it (handouts review sign)"
    source = topic.source
    place: Path_ = ("provenance", "review-due")
    reviews = library.reviews(topic.id)
    if reviews.source and standing.signature and standing.same:
        source, place = reviews.source, ("signatures", reviews.signatures.index(standing.signature), "due")
    yield source.diagnostic(place, "R30", message, hint, severity="warning")
