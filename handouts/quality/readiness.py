"""Whether a topic is ready to be signed, and whether the name of who signs it can be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.errors import ContentError, Diagnostic, MissingResourceError
from handouts.quality.checking import Scope, check_library
from handouts.quality.reviews import name_without_glyphs

if TYPE_CHECKING:
    from handouts.library import Audience, Library, Topic


def require_ready(library: Library, topic: Topic, audience: Audience | None = None) -> None:
    """Raise ContentError for what does not print right, or says itself that it is a draft.

    With an audience, only its sheets are signed and looked at.
    """
    if topic.file.draft:
        message = "not signed: the topic says draft: true"
        raise ContentError(
            topic.source.diagnostic(("draft",), "C335", message, "finish it, delete that line, then sign")
        )
    report = check_library(library, Scope((topic.id,), (audience.id,) if audience else None))
    errors = [
        each.diagnostic for each in report.findings if each.diagnostic.severity == "error" and each.reason is None
    ]
    if errors:
        message = "not signed: handouts check must find no errors first"
        raise ContentError([*errors, Diagnostic("C335", message, "put these right, read the text again, then sign")])


def require_glyphs(library: Library, reviewer: str) -> None:
    """Raise MissingResourceError for a name with a character that no typeface of the clinic's own brand has."""
    wrong = name_without_glyphs(library.brand(None), reviewer)
    if wrong:
        raise MissingResourceError(Diagnostic(wrong.code, f"--reviewer: {wrong.message}", wrong.hint))
