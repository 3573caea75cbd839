"""What a clinic writes, as typed records: its brand, its defaults, its overlay over a topic. Phase 1, LOAD.

As in `models.py`, field names are the YAML keys with hyphens, and the descriptions become the JSON Schema.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta

from handouts.library.models import DEFAULT_SHEET, Identifier, Item, ItemReference, ItemWording, Model, Priority, Words
from handouts.library.shapes import LANGUAGE_CODE
from handouts.looks import PaperName, PatientEdition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.errors import Diagnostic
    from handouts.library.yaml_source import YamlSource

COLOUR = r"^#[0-9A-Fa-f]{6}$(?!\n)"
# A host with a dot in it, and no letters but those that every telephone's camera reads from a code.
WEB_PAGE = r"^https?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:[0-9]+)?([/?#][!-~]*)?$(?!\n)"
# So many characters make a code of 45 × 45 modules at most, which a camera reads from a page an inch wide.
LONGEST_WEB_PAGE = 120
MOST_NUMBERS = 12


class Colours(Model, frozen=True, kw_only=True):
    """The brand's colours, as #rrggbb. Text is set in the accent, so it must stand out from white 4.5 : 1."""

    accent: Annotated[str, Meta(pattern=COLOUR)] = "#1d5c6b"


class FontFiles(Model, frozen=True, kw_only=True):
    """The four faces of a typeface, as TrueType files beside the brand's file."""

    regular: Words
    bold: Words
    italic: Words | None = None
    bold_italic: Words | None = None


class PhoneNumber(Model, frozen=True, kw_only=True):
    """Whom to call."""

    name: Annotated[Words, Meta(max_length=60)]
    phone: Annotated[Words, Meta(max_length=40, description="In quotes.")]
    note: Annotated[Words, Meta(max_length=120, description="When, or what for.")] | None = None


class TopicOnWeb(Model, frozen=True, kw_only=True):
    """Where a topic stands on the clinic's web site."""

    address: Annotated[
        str,
        Meta(pattern=WEB_PAGE, max_length=LONGEST_WEB_PAGE, description="Printed as a QR code and in short."),
    ]


class BrandFile(Model, frozen=True, kw_only=True):
    """A file `templates/brands/BRAND.yaml`: who hands the sheet out, and how it looks."""

    name: Words | None = None
    address: Words | None = None
    phone: Words | None = None
    emergency: Annotated[Words, Meta(description="The emergency number.")] = "911"
    web: Words | None = None
    numbers: Annotated[
        tuple[PhoneNumber, ...], Meta(max_length=MOST_NUMBERS, description="Printed on cards, in this order.")
    ] = ()
    topics: Annotated[dict[Identifier, TopicOnWeb], Meta(description="By the topic's name.")] = msgspec.field(
        default_factory=dict
    )
    logo: Annotated[Words, Meta(description="PNG, JPEG or SVG, beside this file.")] | None = None
    logo_text: Annotated[Words, Meta(description="What the logo says, for screen readers.")] | None = None
    colours: Colours = Colours()
    font: Annotated[Words, Meta(description="A family that fontpkg knows, for example Lato.")] | FontFiles | None = None


class Defaults(Model, frozen=True, kw_only=True):
    """What a clinic prints when the command does not say otherwise."""

    audience: Identifier = "patient"
    template: Identifier = DEFAULT_SHEET
    edition: PatientEdition = "standard"
    paper: PaperName = "letter"
    language: Annotated[str, Meta(pattern=LANGUAGE_CODE)] | None = None


DateOrder = Literal["mdy", "dmy", "ymd"]
RosterColumn = Literal[
    "topic",
    "bundle",
    "audience",
    "template",
    "edition",
    "paper",
    "language",
    "brand",
    "plan",
    "sections",
    "skip",
    "items",
    "exercises",
    "weeks",
    "max-pages",
    "patient",
    "date",
    "clinician",
    "phone",
    "next-visit",
    "note",
    "password",
    "patient-reference",
]
# No bounds here: msgspec 0.22 writes beyond its memory for a bounded str beside a list. `roster_problems` has them.
Headers = Annotated[
    str | tuple[str, ...],
    Meta(description="As the roster's own header has it; several are joined with a space."),
]


# Columns whose cells name what there is in the library.
ValueColumn = Literal["topic", "bundle", "audience", "template", "language", "brand", "plan"]


class RosterWords(Model, frozen=True, kw_only=True):
    """How the rosters of a clinic's calendar or record system are written (`handouts batch`)."""

    columns: Annotated[dict[RosterColumn, Headers], Meta(description="What the roster calls each column of ours.")] = (
        msgspec.field(default_factory=dict)
    )
    values: Annotated[
        dict[ValueColumn, dict[str, Identifier]],
        Meta(description="What the roster's own words mean, by column: topic: {LBP: low-back-pain}."),
    ] = msgspec.field(default_factory=dict)
    ignore: Annotated[tuple[Words, ...], Meta(description="Columns of the roster that are passed over.")] = ()
    dates: Annotated[DateOrder, Meta(description="The order of numbers in a date: mdy is 11/26/2026.")] | None = None


class ClinicFile(BrandFile, frozen=True, kw_only=True):
    """The file `clinic.yaml` at the top of a clinic's workspace: its brand, its defaults, its rosters."""

    defaults: Defaults = Defaults()
    roster: RosterWords = RosterWords()


def folded_header(name: str) -> str:
    """A column's name without what people write in more than one way: capitals, spaces, underscores, hyphens."""
    return re.sub(r"[\s_-]+", "-", name.strip().casefold())


def headers_of(headers: Headers) -> tuple[str, ...]:
    """The headers that make one column."""
    return (headers,) if isinstance(headers, str) else headers


def roster_problems(roster: RosterWords, source: YamlSource) -> Iterator[Diagnostic]:
    """Columns without a header (C201), and headers that are given two meanings (C228)."""
    seen = {folded_header(name): "is ignored" for name in roster.ignore}
    for column, headers in roster.columns.items():
        names = headers_of(headers)
        place = ("roster", "columns", column)
        if not names or not all(map(folded_header, names)):
            yield source.diagnostic(place, "C201", "must not be empty", "the roster's own header of this column")
        for name in names:
            if folded_header(name) in seen:
                message = f'the roster\'s column "{name}" {seen[folded_header(name)]} already'
                yield source.diagnostic(place, "C228", message, "name it once")
            seen[folded_header(name)] = f"is the {column}"


class Change(ItemWording, frozen=True, kw_only=True):
    """Other words for a shipped item (`section/item`) or section (`section`).

    `replaces` is the fingerprint of the shipped text the clinic read when it wrote its own;
    `handouts check` says when the shipped text has changed since.
    """

    item: ItemReference | None = None
    section: Identifier | None = None
    title: Words | None = None
    intro: Words | None = None
    priority: Priority | None = None
    replaces: Words | None = None


class Addition(Model, frozen=True, kw_only=True):
    """A clinic's own item in a shipped section."""

    section: Identifier
    group: Identifier
    item: Item


class OverlayFile(Model, frozen=True, kw_only=True):
    """A file `content/overlays/TOPIC.yaml`: what a clinic changes, hides and adds in a shipped topic."""

    change: tuple[Change, ...] = ()
    hide: tuple[ItemReference, ...] = ()
    add: tuple[Addition, ...] = ()
