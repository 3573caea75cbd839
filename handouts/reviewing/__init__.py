"""Which words a clinician has signed, and how things stand with a topic's reviews.

The page says who reviewed it when one signature covers all of its words, unchanged. What a clinician adds to a single
order (a note, a dose) is that clinician's own word and takes no signature away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from handouts.library.reviews import Review
from handouts.reviewing.text import covers, printed, text_of, unchanged

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from handouts.library import Audience, Library, Topic
    from handouts.library.reviews import Signature
    from handouts.selection import Selection

__all__ = ["Standing", "all_standings", "covering", "notes_of", "standing", "standings", "text_of"]

State = Literal["signed", "due", "changed", "never", "outdated"]


class Standing(Struct, frozen=True):
    """How things stand with the review of a topic in a language, or of one audience's sheets of it.

    signed: as it was signed · due: that, and time to read it again · changed: other words than were signed ·
    never: nobody signed it · outdated: older than five years, whoever signed it. `signature` is the last one, `same`
    whether every word is still as it was signed then.
    """

    topic: str
    language: str
    audience: str | None
    signature: Signature | None
    same: bool
    due: dt.date
    state: State

    @property
    def scope(self) -> str:
        """What was signed, as arguments of `handouts review`."""
        return f"{self.topic}{f' --audience {self.audience}' if self.audience else ''} --language {self.language}"


def covering(library: Library, selection: Selection) -> tuple[Signature | None, Signature | None]:
    """The newest signature that covers every word of the selection, and the newest that was given at all.

    Raises ContentError for a signed text that is missing or is another.
    """
    topic, audience = selection.topic, selection.audience
    signatures = [
        each for each in library.reviews(topic.id).newest_first(topic.language) if each.audience in {None, audience.id}
    ]
    if not signatures:
        return None, None
    page = printed(library, selection)
    found = (each for each in signatures if covers(library.signed_text(each.hash), page, audience.lineage))
    return next(found, None), signatures[0]


def notes_of(review: Review, topic: Topic) -> tuple[str, ...]:
    """What a clinician should know of a page's review: that it was due, that the page has lost a signature."""
    notes = []
    if review.overdue:
        notes.append(f"the review of this text was due on {review.due.isoformat()} (handouts review show {topic.id})")
    if review.lost:
        scope = f"{topic.id}{f' --audience {review.lost.audience}' if review.lost.audience else ''}"
        scope += f" --language {topic.language}" if topic.translation else ""
        notes.append(
            f"{topic.id} was signed, but not with all the words of these pages; they say that nobody has reviewed them "
            f"(handouts review show {scope})"
        )
    return tuple(notes)


def standing(library: Library, topic: Topic, audience: Audience | None, today: dt.date) -> Standing:
    """How things stand with the whole topic, or with one audience's sheets as they are signed on their own."""
    name = audience.id if audience else None
    signatures = library.reviews(topic.id).newest_first(topic.language)
    last = next((each for each in signatures if each.audience == name), None)
    same = last is not None and unchanged(library.signed_text(last.hash), text_of(library, topic, audience))
    review = Review.of(topic.provenance, last if same else None, last, today)
    state: State
    if review.outdated:
        state = "outdated"
    elif last is None:
        state = "never"
    elif not same:
        state = "changed"
    else:
        state = "due" if review.overdue else "signed"
    return Standing(topic.id, topic.language, name, last, same, review.due, state)


def all_standings(library: Library, today: dt.date) -> Iterator[Standing]:
    """Those of each topic in each of its languages."""
    for name in library.topic_ids:
        for language in (None, *library.translations(name)):
            yield from standings(library, library.topic(name, language), today)


def standings(library: Library, topic: Topic, today: dt.date) -> Iterator[Standing]:
    """That of the topic, then those of the audiences that were signed on their own."""
    yield standing(library, topic, None, today)
    signed = {each.audience for each in library.reviews(topic.id).newest_first(topic.language)}
    for name in library.audience_ids:
        if name in signed:
            yield standing(library, topic, library.audience(name, topic.language), today)
