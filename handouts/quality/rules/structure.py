"""Rules about how a topic is made: its lists, its steps, its doses, its pictures, its warning signs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handouts.library.figures import named_figures
from handouts.quality.rules.rule import Fault, rule
from handouts.quality.rules.written_texts import beginning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.library.models import Dose
    from handouts.library.yaml_source import Path_
    from handouts.quality.rules.subjects import WrittenTopic

LONGEST_LIST = 7
LONGEST_CAPTION = 20
LONGEST_STEP = 20
LONGEST_PROSE = 150
_SECOND_SENTENCE = re.compile(r"[.!?][\"'»”)]*\s+[^\W\d_a-zà-ÿ]|[.!?]\s+[¿¡]")


@rule("R05", "topic")
def short_groups(written: WrittenTopic) -> Iterator[Fault]:
    """No more than seven items stand under one sub-heading."""
    for section in written.topic.sections:
        for index, group in enumerate(section.file.groups):
            if len(group.items) > LONGEST_LIST:
                yield Fault(
                    (section.source, ("groups", index, "items")),
                    f'{len(group.items)} items in the group "{group.id}"',
                    f"split the group: at most {LONGEST_LIST} under one sub-heading",
                )


@rule("R08", "words")
def one_main_message(written: WrittenTopic) -> Iterator[Fault]:
    """A main message is one sentence."""
    for each in written.texts:
        text = " ".join(each.paragraphs)
        if each.field == "main-message" and _SECOND_SENTENCE.search(text):
            hint = "say the one thing to remember; the rest are key points"
            yield Fault(each.where, f'more than one sentence: "{beginning(text)}"', hint)


@rule("R11", "words")
def short_steps(written: WrittenTopic) -> Iterator[Fault]:
    """A step of an exercise, and the name of an action, has at most 20 words."""
    for each in written.texts:
        if each.field == "steps" or (each.kind == "steps" and each.field == "term"):
            text = " ".join(each.paragraphs)
            count = len(text.split())
            if count > LONGEST_STEP:
                yield Fault(
                    each.where,
                    f'this step has {count} words: "{beginning(text)}"',
                    f"at most {LONGEST_STEP}: make two steps of it",
                )


@rule("R14", "topic")
def whole_doses(written: WrittenTopic) -> Iterator[Fault]:
    """A dose says how much and how often. That there is one, and a stop rule, the models see to (C202)."""
    for section in written.topic.sections:
        if section.file.kind != "exercises":
            continue
        doses = {each.item: each for each in written.texts if each.section == section.id}
        for _, item in section.grouped_items():
            for dose in (item.dose, *(wording.dose for wording in item.tailored.values())):
                missing = _missing_of(dose) if dose else ()
                if missing:
                    source, path = doses[item.id].where
                    yield Fault(
                        (source, (*_to_item(path), "dose")),
                        f'the dose of "{item.id}" does not say {" and ".join(missing)}',
                        "add repetitions:, time: or hold:, and times-a-day: or days-a-week:",
                    )


def _missing_of(dose: Dose) -> tuple[str, ...]:
    much = dose.repetitions or dose.time or dose.hold or dose.sets
    often = dose.times_a_day or dose.days_a_week
    return (*(() if much else ("how much",)), *(() if often else ("how often",)))


def _to_item(path: Path_) -> Path_:
    """The path of a text of an item, up to the item: `groups 0 items 2`, `add 0 item`, `change 1`."""
    return path[:4] if path[0] == "groups" else path[:3] if path[0] == "add" else path[:2]


@rule("R14", "words", severity="warning")
def stop_said_once(written: WrittenTopic) -> Iterator[Fault]:
    """The page says "Stop" itself, and what common mistakes are: an exercise's words go on from there."""
    yield from _said_twice(written, ("stop", "mistakes"))


@rule("R13", "words", severity="warning")
def why_said_once(written: WrittenTopic) -> Iterator[Fault]:
    """So it does "Why:"."""
    yield from _said_twice(written, ("why",))


@rule("R25", "words", severity="warning")
def benefit_said_once(written: WrittenTopic) -> Iterator[Fault]:
    """And "May help:" and "Take care:"."""
    yield from _said_twice(written, ("benefit", "risk"))


def _said_twice(written: WrittenTopic, fields: tuple[str, ...]) -> Iterator[Fault]:
    """Texts that begin with the fixed words that the page prints before them."""
    page = written.library.language(written.language)
    for each in written.texts:
        if each.field not in fields:
            continue
        lead = getattr(page, each.field).strip(" :.")
        text = " ".join(each.paragraphs)
        if re.match(rf"{re.escape(lead)}\b", text, re.IGNORECASE):
            rest = beginning(text[len(lead) :].lstrip(" :,."))
            hint = f'leave it out: "{rest}"'
            yield Fault(each.where, f'the page begins this with "{lead}" by itself', hint)


@rule("R15", "topic")
def warning_signs(written: WrittenTopic) -> Iterator[Fault]:
    """A topic says when to get help, and which signs are an emergency."""
    signs = [
        item.urgency for section in written.topic.sections if section.is_warning for _, item in section.grouped_items()
    ]
    if not signs:
        hint = "write a section of kind warning-signs: every handout prints it first"
        yield Fault((written.topic.source, ("sections",)), "no section says when to get help", hint)
    elif "emergency" not in signs:
        section = next(section for section in written.topic.sections if section.is_warning)
        hint = "say which signs are an emergency, or why none is in its intro and accept this finding"
        yield Fault((section.source, ("groups",)), "no warning sign is an emergency", hint, "warning")


# What a text that is honest about its limits says somewhere.
_UNCERTAIN = {
    "en": re.compile(
        r"\b(var(?:y|ies)|differs?|depends? on|unknown|unclear|uncertain|nobody knows|no one knows"
        r"|not (?:\w+ )?(?:known|clear|certain|proven|understood)|no clear|little (?:proof|is known)"
        r"|(?:few|small|weak|mixed) (?:\w+ )?stud(?:y|ies)|more (?:research|studies))\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(varía[n]?|depende[n]?|se desconoce|no se sabe|no está claro|no es seguro|no hay (?:una )?\w+ clara"
        r"|pocos estudios|faltan estudios|hay dudas)\b",
        re.IGNORECASE,
    ),
}


@rule("R26", "topic")
def says_what_is_not_known(written: WrittenTopic) -> Iterator[Fault]:
    """Somewhere the topic says what is not known, or what differs from one person to another."""
    pattern = _UNCERTAIN.get(written.language)
    if pattern and written.texts and not any(pattern.search(each.text) for each in written.texts):
        yield Fault(
            (written.topic.source, ()),
            "nothing here says what is not known, or what varies",
            'say so where it is so: "How long it lasts varies."',
        )


@rule("R27", "words")
def short_captions(written: WrittenTopic) -> Iterator[Fault]:
    """A caption has at most 20 words. That it is there, and alternate text, the models see to (C202)."""
    for each in written.texts:
        count = len(each.text.split())
        if each.field == "caption" and count > LONGEST_CAPTION:
            yield Fault(
                each.where,
                f'this caption has {count} words: "{beginning(each.text)}"',
                f"at most {LONGEST_CAPTION}: say what the picture shows, and leave the rest to the text",
            )


@rule("R27", "topic")
def telling_alternates(written: WrittenTopic) -> Iterator[Fault]:
    """Alternate text says what the picture shows: the caption is read out anyway."""
    for named in named_figures(written.topic):
        if named.figure.alt.strip(" .").casefold() == named.figure.caption.strip(" .").casefold():
            yield Fault(
                (named.source, (*named.path, "figure", "alt")),
                f"the alternate text of {named.figure.file} is its caption",
                "say what the picture shows to somebody who does not see it",
            )
