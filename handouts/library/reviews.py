"""Who signed which text, and when: the records in a workspace's folder `reviews/`. Phase 1, LOAD.

`reviews/TOPIC.yaml` has the signatures of a topic in all of its languages. The text that a clinician signed stands
beside it, in a file named by its hash, so that the difference to today's text can be shown. `handouts review sign`
writes both. A signature is a record, not a proof of who made it: that is for the workspace's version control.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from handouts.errors import ContentError, Diagnostic
from handouts.library.models import Identifier, Model, Words
from handouts.library.search_path import is_file
from handouts.library.shapes import HASH, LANGUAGE_CODE, NAME_ON_A_LINE
from handouts.library.validation import read_model
from handouts.library.yaml_source import MAX_BYTES, YamlSource

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from handouts.library.models import Provenance
    from handouts.library.search_path import Root

FOLDER = "reviews"
# Hospitals' policies set the review of patient information at two to three years, five at the most (R30).
OLDEST = 5
# When to read a text again, if nobody says when.
YEARS_TO_REVIEW = 1
LONGEST_REVIEWER = 120


class Signature(Model, frozen=True, kw_only=True):
    """That a clinician approved a text: who, when, which text, and when to read it again."""

    reviewer: Annotated[
        str,
        Meta(
            pattern=NAME_ON_A_LINE,
            max_length=LONGEST_REVIEWER,
            description="Name and credentials, as the page prints them.",
        ),
    ]
    signed: dt.date
    due: dt.date
    language: Annotated[str, Meta(pattern=LANGUAGE_CODE)]
    audience: Annotated[Identifier, Meta(description="Whose sheets; without it, the whole topic.")] | None = None
    version: Words
    hash: Annotated[str, Meta(pattern=HASH, description="SHA-256 of the text, which stands in reviews/texts/.")]


class ReviewsFile(Model, frozen=True, kw_only=True):
    """A file `reviews/TOPIC.yaml`: every signature of the topic, the oldest first."""

    signatures: tuple[Signature, ...] = ()


class Reviews(Struct, frozen=True):
    """A topic's signatures, and the file that they stand in if there is one."""

    signatures: tuple[Signature, ...] = ()
    source: YamlSource | None = None

    def newest_first(self, language: str) -> tuple[Signature, ...]:
        """Those of a language; of one day, the last that was written comes first."""
        ours = [each for each in reversed(self.signatures) if each.language == language]
        return tuple(sorted(ours, key=lambda each: each.signed, reverse=True))


class Review(Struct, frozen=True):
    """What a page says of its review on a day.

    `signature` is the one that covers every word of it, if there is one; `lost` is the last one, when it was given to
    other words and none covers these. `since` is the day from which the text's age
    counts. `overdue`: it should have been read again. `outdated`: it is too old to be handed out without a word.
    """

    signature: Signature | None
    due: dt.date
    since: dt.date
    overdue: bool
    outdated: bool
    lost: Signature | None = None

    @classmethod
    def none(cls, provenance: Provenance) -> Review:
        """Of a text that nobody has signed, its age left out of account."""
        return cls(None, provenance.review_due, provenance.published, overdue=False, outdated=False)

    @classmethod
    def of(cls, provenance: Provenance, signature: Signature | None, last: Signature | None, today: dt.date) -> Review:
        """The review of a text that `signature` covers; `last` was given to a text that is another now."""
        given = signature or last
        since = max(provenance.published, given.signed) if given else provenance.published
        due = signature.due if signature else provenance.review_due
        outdated = years_after(since, OLDEST) < today
        lost = None if signature else last
        return cls(signature, due, since, overdue=due < today, outdated=outdated, lost=lost)


def today() -> dt.date:
    """The day, where the machine stands."""
    return dt.datetime.now().astimezone().date()


def years_after(date: dt.date, years: int) -> dt.date:
    """The same day some years later; 28 February for a 29th, the last day that can be written after the year 9999."""
    year = date.year + years
    if year > dt.MAXYEAR:
        return dt.date.max
    try:
        return date.replace(year=year)
    except ValueError:
        return date.replace(year=year, day=28)


def read_reviews(root: Root, file: Path) -> Reviews:
    """A file of signatures. Raises ContentError for what is wrong in it."""
    source = YamlSource(file, root.show(file))
    reviews = read_model(source, ReviewsFile)
    problems = [
        source.diagnostic(("signatures", index, "due"), "C333", "the review is due before it was signed")
        for index, signature in enumerate(reviews.signatures)
        if signature.due < signature.signed
    ]
    if problems:
        raise ContentError(problems)
    return Reviews(reviews.signatures, source)


def text_file(root: Root, text_hash: str) -> Path:
    """Where the text of that hash stands."""
    return root.folder / FOLDER / "texts" / f"{text_hash[:16]}.txt"


def hash_of(lines: Iterable[str]) -> str:
    """SHA-256 of a text, as it is written."""
    return hashlib.sha256(as_written(lines)).hexdigest()


def as_written(lines: Iterable[str]) -> bytes:
    """A text as its file holds it: a line each, UTF-8."""
    return "".join(f"{line}\n" for line in lines).encode()


def too_large(shown: str) -> ContentError:
    """The error for a text that is larger than any that is read."""
    hint = "a topic of this size is several; divide it"
    return ContentError(Diagnostic("Y102", f"is larger than {MAX_BYTES:,} bytes", hint, shown))


def read_signed_text(root: Root, text_hash: str) -> tuple[str, ...]:
    """The text of that hash. Raises ContentError when it is not there, is another, or is too large to be one."""
    file = text_file(root, text_hash)
    shown = root.show(file)
    restore = "restore this file from version control or a backup"
    if not is_file(file, root):
        hint = f"{restore}; if it is lost, sign today's text (handouts review sign), then take the old signature out"
        raise ContentError(Diagnostic("C332", "the text that was signed is missing", hint, shown))
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ContentError(Diagnostic("Y101", f"cannot be read: {error.strerror}", file=shown)) from None
    if len(data) > MAX_BYTES:
        raise too_large(shown)
    data = data.replace(b"\r\n", b"\n")  # as some version controls write it
    if hashlib.sha256(data).hexdigest() != text_hash:
        hint = f"{restore}; words that change are changed in content/, and signed anew (handouts review sign)"
        raise ContentError(Diagnostic("C332", "this is not the text that was signed", hint, shown))
    return tuple(data.decode(errors="replace").removesuffix("\n").split("\n"))
