"""What the shell offers when Tab is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.errors import HandoutError

if TYPE_CHECKING:
    from handouts.library import Library


def _library() -> Library | None:
    from handouts.cli.reporting import open_library

    try:
        return open_library(None)
    except HandoutError:
        return None


def _starting(incomplete: str, attribute: str) -> list[str]:
    library = _library()
    try:
        names = getattr(library, attribute) if library else ()
    except HandoutError:
        names = ()
    return [name for name in names if name.startswith(incomplete)]


def topics(incomplete: str) -> list[str]:
    """Topic ids."""
    return _starting(incomplete, "topic_ids")


def audiences(incomplete: str) -> list[str]:
    """Audience ids."""
    return _starting(incomplete, "audience_ids")


def templates(incomplete: str) -> list[str]:
    """Template names."""
    return _starting(incomplete, "template_ids")


def languages(incomplete: str) -> list[str]:
    """Languages that the page has words in."""
    return _starting(incomplete, "language_ids")


def bundles(incomplete: str) -> list[str]:
    """Bundle names."""
    return _starting(incomplete, "bundle_ids")


def plans(incomplete: str) -> list[str]:
    """Plan names."""
    return _starting(incomplete, "plan_ids")


def brands(incomplete: str) -> list[str]:
    """Brand names."""
    return _starting(incomplete, "brand_ids")
