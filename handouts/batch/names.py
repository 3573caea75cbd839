"""Names of what there is, as people write them: `Low back pain`, `Español`, `es-MX`, `Large print`."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from handouts.errors import HandoutError
from handouts.looks import EDITIONS, PAPERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.library import Library

_REGION = re.compile(r"([a-z]{2,3})-[a-z0-9-]{2,12}")


class NoNameError(ValueError):
    """A name that means nothing, or more than one thing; `known` are the ids that there are."""

    def __init__(self, message: str, known: tuple[str, ...]) -> None:
        super().__init__(message)
        self.message = message
        self.known = known


def folded(name: str) -> str:
    """A name without what people write in more than one way: capitals, accents, spaces, underscores, hyphens."""
    plain = (each for each in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(each))
    return re.sub(r"[\s_-]+", "-", "".join(plain).strip())


def id_of(library: Library, column: str, name: str) -> str:
    """The id that a name in a column means: `es` for Español. Raises NoNameError.

    Columns are topic, audience, template, edition, paper, language, brand and plan.
    """
    known = _ids(library, column)
    if name in known:
        return name
    wanted = folded(name)
    if own := _own(library, column).get(wanted):
        return own
    if wanted in known:
        return wanted
    meant = _titles(library, column).get(wanted, set())
    if not meant and column == "language" and (region := _REGION.fullmatch(wanted)) and region[1] in known:
        return region[1]
    if len(meant) == 1:
        return next(iter(meant))
    if meant:
        raise NoNameError(f"the name given is that of more than one {column}", tuple(sorted(meant)))
    raise NoNameError(f"there is no {column} of the name given", tuple(sorted(known)))


@lru_cache(maxsize=32)
def _own(library: Library, column: str) -> dict[str, str]:
    """What the words of the clinic's calendar mean, as clinic.yaml says."""
    words = library.roster.values.get(column, {})  # type: ignore[call-overload]  # some columns have none
    return {folded(word): name for word, name in words.items()}


def month_of(library: Library, name: str) -> int | None:
    """The month (1 to 12) that a name means, or its beginning, in the languages of the library; None for others."""
    wanted = folded(name)
    meant = {number for called, number in _months(library) if called.startswith(wanted)}
    return meant.pop() if len(meant) == 1 else None


@lru_cache(maxsize=8)
def _months(library: Library) -> tuple[tuple[str, int], ...]:
    return tuple(
        (folded(month), number)
        for language in library.language_ids
        for number, month in enumerate(library.language(language).months, 1)
    )


def _ids(library: Library, column: str) -> tuple[str, ...]:
    match column:
        case "edition":
            return EDITIONS
        case "paper":
            return PAPERS
        case _:
            found: tuple[str, ...] = getattr(library, f"{column}_ids")
            return found


@lru_cache(maxsize=32)
def _titles(library: Library, column: str) -> dict[str, set[str]]:
    """What the things of a column are called on paper, in every language; a file that is wrong is passed over."""
    found: dict[str, set[str]] = {}
    for each in _ids(library, column):
        found.setdefault(folded(each), set()).add(each)
        try:
            for title in _called(library, column, each):
                found.setdefault(folded(title), set()).add(each)
        except HandoutError:  # the row that asks for it hears of it
            continue
    return found


def _called(library: Library, column: str, name: str) -> Iterator[str]:
    match column:
        case "topic":
            yield library.topic(name).title
            for language in library.translations(name):
                yield library.topic(name, language).title
        case "audience":
            for language in library.audience(name).languages:
                audience = library.audience(name, language)
                yield from (audience.title, audience.label)
        case "template":
            for language in library.language_ids:
                if called := library.language(language).sheet_name(name):
                    yield called
        case "language":
            words = library.language(name)
            yield from (words.name, *([words.name_in_english] if words.name_in_english else ()))
        case _:
            return
