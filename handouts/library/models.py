"""What a content library holds, as typed records. Phase 1, LOAD.

One class for each kind of YAML file and for each part of one. Field names are the YAML keys with hyphens
(`main_message` is `main-message:`). Text fields hold Markdown (docs/content.md lists what of it is allowed).
The descriptions here become the JSON Schema that editors complete from (`handouts schema`).
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from handouts.library.shapes import (
    ADDRESS,
    ARTICLE_PLACE,
    DATE,
    DAYS_A_WEEK,
    DURATION_IN_WORDS,
    HOLD_IN_WORDS,
    ITEM_REFERENCE,
    LANGUAGE_CODE,
    MOST_REPETITIONS,
    MOST_SETS,
    MOST_TIMES_A_DAY,
    NAME,
    PICTURE,
    VISIBLE,
)

Identifier = Annotated[str, Meta(pattern=NAME, description="Lower-case letters, digits and hyphens.")]
ItemReference = Annotated[str, Meta(pattern=ITEM_REFERENCE)]
Words = Annotated[str, Meta(pattern=VISIBLE)]
Rank = Annotated[int, Meta(ge=1, le=99, description="1 is the most important.")]
Priority = Annotated[
    int | dict[str, Rank],
    Meta(description="1 = this reader needs it most: one number for all audiences, or one for each."),
]
ArticlePlace = Annotated[
    str,
    Meta(
        pattern=ARTICLE_PLACE,
        description="The item's place in the article the topic is made from: section and number in its list.",
    ),
]
Urgency = Literal["emergency", "same-day", "routine"]
PanelField = Literal["patient", "date", "clinician", "phone", "next-visit"]
SectionKind = Literal[
    "prose",
    "list",
    "steps",
    "treatments",
    "warning-signs",
    "exercises",
    "questions",
    "checklist",
]


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A record from a YAML file: unknown keys are errors."""


# ------------------------------------------------------------------ topics


class Dose(Model, frozen=True, kw_only=True):
    """How much and how often an exercise is done. `30s` and `2min` are said in the language of the page.

    Why there are bounds: a slip of the finger must not reach a patient (30min for 30s). They lie far beyond what is
    prescribed and judge nobody's programme: a few sets, 8 to 15 repetitions, holds of 10 to 30 seconds (ACSM, Med Sci
    Sports Exerc 1998;30:975), at most each hour of the day. What goes on for a time (a walk) takes up to an hour; a
    position is held, and a rest taken, for up to ten minutes.
    """

    sets: Annotated[int, Meta(ge=1, le=MOST_SETS)] | None = None
    repetitions: Annotated[int, Meta(ge=1, le=MOST_REPETITIONS)] | None = None
    time: (
        Annotated[
            str,
            Meta(pattern=DURATION_IN_WORDS, description="How long it goes on, where nobody counts repetitions."),
        ]
        | None
    ) = None
    hold: Annotated[str, Meta(pattern=HOLD_IN_WORDS)] | None = None
    rest: Annotated[str, Meta(pattern=HOLD_IN_WORDS)] | None = None
    times_a_day: Annotated[int, Meta(ge=1, le=MOST_TIMES_A_DAY)] | None = None
    days_a_week: Annotated[int, Meta(ge=1, le=DAYS_A_WEEK)] | None = None
    side: Literal["each", "both"] | None = None

    def with_changes(self, other: Dose) -> Dose:
        """This dose with what the other one says in its place.

        A time takes the place of repetitions with their hold, and repetitions that of a time.
        """
        changes = {name: value for name in Dose.__struct_fields__ if (value := getattr(other, name)) is not None}
        if other.time and not other.repetitions:
            changes = {"repetitions": None, "hold": None} | changes
        elif other.repetitions and not other.time:
            changes = {"time": None} | changes
        return replace(self, **changes)


class Illustration(Model, frozen=True, kw_only=True):
    """A picture with its words; the file lies in the topic's folder `figures/`, or in `content/figures/`."""

    file: Annotated[
        str,
        Meta(pattern=PICTURE, description="SVG, PNG or JPEG in the topic's folder figures/, or in content/figures/."),
    ]
    alt: Annotated[Words, Meta(description="What it shows, for someone who does not see it.")]
    caption: Annotated[Words, Meta(description="At most 20 words below it.")]


class ItemWording(Model, frozen=True, kw_only=True):
    """An item in other words, for one audience."""

    term: Words | None = None
    text: Words | None = None
    why: Words | None = None
    benefit: Words | None = None
    risk: Words | None = None
    steps: tuple[Words, ...] | None = None
    dose: Dose | None = None
    feel: Words | None = None
    stop: Words | None = None
    mistakes: tuple[Words, ...] | None = None
    figure: Illustration | None = None


class Item(Model, frozen=True, kw_only=True):
    """The smallest piece of content that can be chosen, worded for an audience, changed or hidden."""

    id: Identifier
    term: Annotated[Words, Meta(description="A short label; for a question, the question.")]
    text: Annotated[Words, Meta(description="One or two sentences.")] | None = None
    why: Annotated[Words, Meta(description="Why it helps, one sentence.")] | None = None
    source: ArticlePlace | None = None
    sources: tuple[Identifier, ...] = ()
    priority: Priority = 50
    tailored: dict[str, ItemWording] = msgspec.field(name="for", default_factory=dict)
    urgency: Urgency | None = None
    benefit: Words | None = None
    risk: Words | None = None
    steps: tuple[Words, ...] | None = None
    dose: Dose | None = None
    feel: Words | None = None
    stop: Words | None = None
    mistakes: tuple[Words, ...] | None = None
    figure: Illustration | None = None

    def priority_for(self, audiences: tuple[str, ...]) -> int:
        """The item's rank for the first of these audiences that has one (an audience, then what it extends)."""
        if isinstance(self.priority, int):
            return self.priority
        return next((self.priority[name] for name in audiences if name in self.priority), 50)


class Group(Model, frozen=True, kw_only=True):
    """Items under a plain sub-heading; in prose, a paragraph under one."""

    id: Identifier
    title: Words | None = None
    text: Words | None = None
    figure: Illustration | None = None
    items: tuple[Item, ...] = ()


class SectionWording(Model, frozen=True, kw_only=True):
    """A section's heading and opening in other words, for one audience."""

    title: Words | None = None
    intro: Words | None = None
    figure: Illustration | None = None


class SectionFile(Model, frozen=True, kw_only=True):
    """A file `content/topics/TOPIC/SECTION.yaml` or `content/topics/TOPIC/checklists/SECTION.yaml`."""

    title: Words
    kind: SectionKind
    sources: tuple[Identifier, ...] = ()
    intro: Words | None = None
    figure: Illustration | None = None
    tailored: dict[str, SectionWording] = msgspec.field(name="for", default_factory=dict)
    groups: Annotated[tuple[Group, ...], Meta(min_length=1)]
    audiences: tuple[Identifier, ...] = ()
    days: Annotated[int, Meta(ge=1, le=14, description="A column of boxes for each day.")] | None = None
    columns: Annotated[tuple[Words, ...], Meta(max_length=7)] = ()
    answer_lines: Annotated[int, Meta(ge=0, le=6)] = 0


class TopicWording(Model, frozen=True, kw_only=True):
    """The topic's opening in other words, for one audience."""

    main_message: Words | None = None
    key_points: tuple[Words, ...] | None = None


class Code(Model, frozen=True, kw_only=True):
    """A diagnosis code and how it relates to the topic."""

    system: Literal["ICD-10-CM", "SNOMED CT"]
    code: Words
    name: Words
    relation: Literal["exact", "related", "look-alike"]


class Provenance(Model, frozen=True, kw_only=True):
    """Who wrote the text, and when. Who reviewed it stands in a clinic's `reviews/` (`handouts review sign`)."""

    author: Words
    published: dt.date
    review_due: Annotated[dt.date, Meta(description="When to read it again, until a clinician has signed it.")]


class TopicFile(Model, frozen=True, kw_only=True):
    """A file `content/topics/TOPIC/topic.yaml`."""

    title: Words
    language: Annotated[str, Meta(pattern=LANGUAGE_CODE)] = "en"
    version: Words
    draft: Annotated[bool, Meta(description="Not ready for patients yet; every page says so.")] = False
    main_message: Words
    key_points: Annotated[tuple[Words, ...], Meta(min_length=3, max_length=5)]
    tailored: dict[str, TopicWording] = msgspec.field(name="for", default_factory=dict)
    codes: tuple[Code, ...] = ()
    provenance: Provenance
    sections: Annotated[tuple[Identifier, ...], Meta(min_length=1)]
    checklists: tuple[Identifier, ...] = ()


class Source(Model, frozen=True, kw_only=True):
    """Where facts come from: looked up, with address and date."""

    id: Identifier
    title: Words
    publisher: Words
    date: Annotated[str, Meta(pattern=DATE)] | int | None = None
    accessed: dt.date | None = None
    address: Annotated[str, Meta(pattern=ADDRESS)] | None = None


class SourcesFile(Model, frozen=True, kw_only=True):
    """A file `content/topics/TOPIC/sources.yaml`."""

    sources: tuple[Source, ...]


# ------------------------------------------------------------------ for every topic


class Term(Model, frozen=True, kw_only=True):
    """A medical word and its plain meaning, printed in brackets at the word's first use on a sheet."""

    term: Words
    forms: tuple[Words, ...] = ()
    meaning: Words


class GlossaryFile(Model, frozen=True, kw_only=True):
    """The file `content/glossary.yaml`; `content/glossary.LANGUAGE.yaml` for another language than English."""

    terms: tuple[Term, ...]


class DisclaimerFile(Model, frozen=True, kw_only=True):
    """The file `content/disclaimer.yaml`, or `content/disclaimer.LANGUAGE.yaml`.

    `{emergency}` stands for the brand's emergency number.
    """

    title: Words
    short: Annotated[Words, Meta(description="For the footer of every page.")]
    full: Annotated[Words, Meta(description="Printed once, at the end of the handout.")]


class SheetPart(Model, frozen=True, kw_only=True):
    """A section on an audience's sheet, and how many of its items print by default."""

    section: Identifier
    items: Annotated[int, Meta(ge=1)] | Literal["all"] = "all"


class AudienceWords(Model, frozen=True, kw_only=True):
    """What an audience is called in another language."""

    title: Words
    label: Words


# The template that prints when nobody says otherwise, and whose list of sections holds for one without its own.
DEFAULT_SHEET = "handout"


class AudienceFile(Model, frozen=True, kw_only=True):
    """A file `content/audiences/AUDIENCE.yaml`: who reads, and what this reader gets in which order.

    `sheets` has a list for each template; a template that is not named takes the list of `handout`.
    `in` names the audience in other languages. A clinic's file of a shipped audience's name changes what it says and
    leaves the rest; every other one needs `title` and `label`.
    """

    title: Words | None = None
    label: Words | None = None
    language: (
        Annotated[str, Meta(pattern=LANGUAGE_CODE, description="The language of title and label; en by default.")]
        | None
    ) = None
    translated: dict[str, AudienceWords] = msgspec.field(name="in", default_factory=dict)
    extends: Identifier | None = None
    sheets: dict[str, tuple[SheetPart, ...]] = {}
