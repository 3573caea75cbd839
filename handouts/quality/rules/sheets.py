"""Rules about a sheet's parts: what an audience gets from a template, as it is composed and laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from handouts.document import (
    Callout,
    Checklist,
    Contacts,
    Figure,
    Heading,
    Keep,
    List,
    Paragraph,
    PersonalPanel,
    Section,
    Table,
    plain_text,
)
from handouts.library import DEFAULT_SHEET
from handouts.library.plans import MANY_EXERCISES, MOST_EXERCISES
from handouts.quality.rules.leaves import elements, leaves
from handouts.quality.rules.rule import Fault, rule
from handouts.quality.rules.structure import LONGEST_LIST, LONGEST_PROSE
from handouts.quality.rules.subjects import is_meant
from handouts.quality.rules.written_texts import beginning, normal, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handouts.document import Block
    from handouts.errors import Severity
    from handouts.library.models import Item, SectionKind
    from handouts.quality.rules.leaves import Leaf
    from handouts.quality.rules.subjects import ComposedSheet, WrittenTopic
    from handouts.selection import SelectedSection

MOST_COLUMNS = 4
MOST_SIDES = 4
MOST_SIDES_OF = {"checklist": 2}  # one thing to hang up
_URGENT = frozenset({"emergency", "same-day", "routine"})
# Kinds of sections that are signs, a tool or cards of their own, and need no summary.
_NO_SUMMARY = frozenset({"warning-signs", "checklist", "exercises"})


@rule("R05", "sheet")
def short_lists(sheet: ComposedSheet) -> Iterator[Fault]:
    """No list is printed with more than seven items. Warning signs only warn: none of them may be left out."""
    signs = {id(each) for box in _boxes(sheet) for each in elements(box.blocks)}
    for element in sheet.elements:
        parts = element.groups if isinstance(element, Checklist) else (element,) if isinstance(element, List) else ()
        for part in parts:
            lines = part.items if isinstance(part, List) else part.checks
            if len(lines) > LONGEST_LIST:
                first = next(leaves(lines), None)
                where = sheet.whence(first.unexplained) if first else sheet.template
                hint = f"at most {LONGEST_LIST} under one sub-heading: group them, or let fewer print"
                urgent = id(element) in signs
                message = f"{len(lines)} items print in one list"
                yield Fault(where, message, hint, "warning" if urgent else None)


def _boxes(sheet: ComposedSheet) -> list[Callout]:
    """The boxes of warning signs."""
    found = (element for element in sheet.elements if isinstance(element, Callout))
    return [box for box in found if box.kind in _URGENT]


@rule("R06", "page", "whole")
def enough_headings(sheet: ComposedSheet) -> Iterator[Fault]:
    """At least every 150 words something to find one's way by: a heading, a box's label, the name before an item.

    A box of warning signs only warns: it is one list, and none of them may be left out.
    """
    signs = {id(each) for box in _boxes(sheet) for each in elements(box.blocks)}
    said: list[Leaf] = []
    for leaf in sheet.leaves:
        if leaf.is_fine or not leaf.section:
            continue
        before = _words(said)
        if not leaf.is_running or leaf.begins_with_label:
            said = []
        said += [leaf] if leaf.is_running else []
        if before <= LONGEST_PROSE < _words(said):
            message = f'more than {LONGEST_PROSE} words without a heading from "{beginning(said[0].unexplained)}"'
            severity: Severity | None = "warning" if id(leaf.holder) in signs else None
            yield Fault(sheet.whence(said[0].unexplained), message, "add a sub-heading, or say less", severity)


def _words(said: Iterable[Leaf]) -> int:
    return sum(leaf.words for leaf in said)


@rule("R06", "sheet")
def no_empty_section(sheet: ComposedSheet) -> Iterator[Fault]:
    """A section has more than its heading."""
    for element in sheet.elements:
        if isinstance(element, Section):
            inside = [each for each in elements(element.blocks) if isinstance(each, Checklist | Figure)]
            said = [leaf for leaf in leaves(element.blocks) if not isinstance(leaf.holder, Heading)]
            if not inside and not any(leaf.unexplained.strip() for leaf in said):
                message = f'the section "{element.id}" prints empty'
                yield Fault(sheet.template, message, "print what is in it, or leave out its heading")


@rule("R07", "sheet")
def steady_headings(sheet: ComposedSheet) -> Iterator[Fault]:
    """The title is a heading of level 1, and no level is passed over on the way down."""
    level = 0
    for element in sheet.elements:
        if isinstance(element, Heading):
            if element.level > level + 1:
                text = plain_text(element.children)
                missing = f"h{level + 1}"
                message = f'"{text}" is an h{element.level} with no {missing} above it'
                yield Fault(sheet.template, message, f"make it an {missing}: a screen reader's user jumps by levels")
            level = element.level


@rule("R08", "sheet")
def main_message_first(sheet: ComposedSheet) -> Iterator[Fault]:
    """The main message stands on the sheet once, set off, before everything that is explained."""
    leads = [leaf for leaf in sheet.leaves if isinstance(leaf.holder, Paragraph) and leaf.holder.role == "lead"]
    sections = [element for element in sheet.document.blocks if isinstance(element, Section)]
    allowed = {"", *(section.id for section in sections[:1])}
    if len(leads) != 1:
        hint = 'print <p role="lead">{{ topic.main_message }}</p> under the title, and no other lead'
        yield Fault(sheet.template, f"{len(leads)} main messages", hint)
    elif leads[0].section not in allowed:
        hint = "move it to the beginning, under the title"
        yield Fault(sheet.template, "the main message comes after the first section", hint)
    elif normal(leads[0].unexplained) not in normal(" ".join(paragraphs(sheet.selection.main_message))):
        yield Fault(sheet.template, "the lead is not the topic's main message", "print {{ topic.main_message }}")


@rule("R09", "sheet")
def sums_up(sheet: ComposedSheet) -> Iterator[Fault]:
    """A sheet of more than a side that explains something has key points or a summary."""
    if all(section.kind in _NO_SUMMARY for section in sheet.selection.sections) or sheet.pages == 1:
        return
    boxes = [each for each in sheet.elements if isinstance(each, Callout) and each.kind == "key-points"]
    if not boxes and not any(section.id == "summary" for section in sheet.selection.sections):
        hint = "print topic.key_points in a callout of kind key-points, or list the section summary"
        yield Fault(sheet.template, "neither key points nor a summary", hint)


@rule("R10", "sheet")
def something_to_do(sheet: ComposedSheet) -> Iterator[Fault]:
    """There is at least one thing to do: a step, an exercise, a line to tick or to write on."""
    has_actions = any(section.kind in {"steps", "exercises"} for section in sheet.selection.sections)
    if not has_actions and not any(isinstance(each, Checklist) for each in sheet.elements):
        hint = "list a section of kind steps, exercises or checklist"
        yield Fault(sheet.profile, f"nothing to do on the sheet {sheet.short_name}", hint)


@rule("R10", "topic")
def somebody_gets_it(written: WrittenTopic) -> Iterator[Fault]:
    """At least one audience's handout lists the topic's sections; others would get its warning signs alone."""
    audiences = [written.library.audience(name) for name in written.library.audience_ids]
    if audiences and not any(is_meant(each, DEFAULT_SHEET, written.topic) for each in audiences):
        hint = "name the sections as the audiences do (handouts list audiences), or write an audience that lists them"
        yield Fault((written.topic.source, ("sections",)), "no audience's handout lists these sections", hint)


@rule("R11", "sheet")
def numbered_steps(sheet: ComposedSheet) -> Iterator[Fault]:
    """Actions and the steps of exercises print with numbers."""
    kinds = {section.id: section.kind for section in sheet.selection.sections}
    for element in sheet.elements:
        if isinstance(element, Section) and kinds.get(element.id) in {"steps", "exercises"}:
            lists = [each for each in elements(element.blocks) if isinstance(each, List)]
            if not any(each.kind in {"steps", "numbered"} for each in lists):
                message = f'the section "{element.id}" prints its steps without numbers'
                yield Fault(sheet.part(kinds[element.id]), message, "use <steps> or <ol>")


@rule("R12", "sheet")
def has_a_tool(sheet: ComposedSheet) -> Iterator[Fault]:
    """The audience can get something to tick, to write in or to ask from the topic, on this sheet or on another."""
    if any(isinstance(element, Checklist) for element in sheet.elements):
        return
    tools = {section.id for section in sheet.written.topic.sections if section.file.kind == "checklist"}
    audience = sheet.selection.audience
    if not any(part.section in tools for parts in audience.sheets.values() for part in parts):
        message = f"nothing to tick, to write in or to ask in {sheet.document.topic}"
        yield Fault(sheet.sheets, message, "list a section of kind checklist under one of the sheets")


@rule("R13", "sheet")
def prints_reasons(sheet: ComposedSheet) -> Iterator[Fault]:
    """The template prints why each action helps. That an action says why, the models see to (C202)."""
    yield from _prints(sheet, "steps", ("why",), "words.why")


@rule("R14", "sheet")
def prints_doses(sheet: ComposedSheet) -> Iterator[Fault]:
    """The template prints each exercise's dose and when to stop."""
    from handouts.composing.views import dose_line

    words = sheet.written.library.language(sheet.document.language)
    for section in sheet.selection.sections:
        lines = {item.id: normal(dose_line(item.dose, words)) for item in _items(section, "exercises") if item.dose}
        missing = [name for name, line in lines.items() if line not in sheet.printed]
        if missing:
            message = f"the dose of {section.id} is not printed: {_shown(missing)}"
            yield Fault(sheet.part(section.kind), message, "print {{ item.dose }}")
    yield from _prints(sheet, "exercises", ("stop",), "words.stop")


@rule("R25", "sheet")
def weighs_treatments(sheet: ComposedSheet) -> Iterator[Fault]:
    """The template prints benefit and risk of each treatment. That it has both, the models see to (C202)."""
    yield from _prints(sheet, "treatments", ("benefit", "risk"), "words.benefit and words.risk")


def _items(section: SelectedSection, kind: str) -> Iterator[Item]:
    if section.kind == kind:
        for group in section.groups:
            yield from group.items


def _prints(sheet: ComposedSheet, kind: SectionKind, fields: tuple[str, ...], words: str) -> Iterator[Fault]:
    """Texts of the items of a kind of section that the template leaves out."""
    for section in sheet.selection.sections:
        for field in fields:
            texts = {item.id: paragraphs(getattr(item, field) or "") for item in _items(section, kind)}
            missing = [
                name for name, parts in texts.items() if any(normal(each) not in sheet.printed for each in parts)
            ]
            if missing:
                message = f"the {field} of {section.id} is not printed: {_shown(missing)}"
                yield Fault(sheet.part(kind), message, f"print {{{{ item.{field} }}}} after {words}")


def _shown(names: list[str]) -> str:
    return ", ".join(names[:4]) + (", …" if len(names) > 4 else "")


@rule("R15", "page")
def help_on_first_page(sheet: ComposedSheet) -> Iterator[Fault]:
    """The most urgent box of warning signs is whole on the first page."""
    opening, found = _until_first_box(sheet.document.blocks)
    if found and not sheet.fits_first_page(opening):
        hint = "print the warning signs before anything else, or say them in fewer words"
        yield Fault(sheet.template, "the first warning signs do not fit on the first page", hint)


def _until_first_box(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], bool]:
    """The blocks up to the first box of warning signs, and whether there is one."""
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Section | Keep):
            inner, found = _until_first_box(block.blocks)
            kept.append(replace(block, blocks=inner))
        else:
            kept.append(block)
            found = any(isinstance(each, Callout) and each.kind in _URGENT for each in elements(block))
        if found:
            return tuple(kept), True
    return tuple(kept), False


@rule("R15", "sheet")
def number_to_call(sheet: ComposedSheet) -> Iterator[Fault]:
    """There is a telephone number for what is not an emergency, or a line to write it on."""
    panels = [each for each in sheet.elements if isinstance(each, PersonalPanel)]
    line = any(field.name == "phone" for panel in panels for field in panel.fields)
    cards = any(isinstance(each, Contacts) for each in sheet.elements)
    labels = [plain_text(box.label) for box in _boxes(sheet) if box.kind != "emergency"]
    number = any(character.isdigit() for label in labels for character in label)
    if not (line or cards or number):
        hint = 'print <field name="phone" …/> in the panel, clinic.phone or clinic.numbers'
        yield Fault(sheet.template, "no number to call, nor a line to write one on", hint)


@rule("R16", "sheet")
def signs_by_urgency(sheet: ComposedSheet) -> Iterator[Fault]:
    """Each warning sign stands in the box of its urgency. That it has one, the models see to (C202)."""
    said: dict[str, str] = {}
    for box in _boxes(sheet):
        said[box.kind] = said.get(box.kind, "") + "\n".join(
            normal(leaf.unexplained) for leaf in leaves(box.blocks, box)
        )
    for section in sheet.selection.sections:
        missing = [
            item.id
            for item in _items(section, "warning-signs")
            if any(normal(part) not in said.get(item.urgency or "", "") for part in paragraphs(item.term))
        ]
        if missing:
            message = f"signs that are not in the box of their urgency: {_shown(missing)}"
            hint = '<callout kind="{{ urgency }}" …> holds the signs of that urgency; shipped/_warning-signs does it'
            yield Fault(sheet.part("warning-signs", "urgency"), message, hint)


@rule("R28", "sheet")
def plain_tables(sheet: ComposedSheet) -> Iterator[Fault]:
    """A table has a header row and at most four columns."""
    for element in sheet.elements:
        if isinstance(element, Table):
            if not element.header_rows:
                hint = "make the first row of <th>: it is read with each cell, and repeated on the next page"
                yield Fault(sheet.template, "a table without a header row", hint)
            widest = max((len(row) for row in element.rows), default=0)
            if widest > MOST_COLUMNS:
                hint = f"at most {MOST_COLUMNS}: make two tables of it, or a list"
                yield Fault(sheet.template, f"a table of {widest} columns", hint)


@rule("R37", "page", severity="warning")
def few_sides(sheet: ComposedSheet) -> Iterator[Fault]:
    """What prints by default has at most four sides, a checklist two."""
    most = MOST_SIDES_OF.get(sheet.document.template, MOST_SIDES)
    if sheet.pages > most:
        message = f"{sheet.pages} sides for the sheet {sheet.short_name}"
        yield Fault(sheet.profile, message, f"at most {most}: list fewer sections, or give them a lower items:")


@rule("R38", "sheet", severity="warning")
def few_exercises(sheet: ComposedSheet) -> Iterator[Fault]:
    """What prints by default has at most four exercises; more than eight nobody does."""
    count = sum(1 for section in sheet.selection.sections for _ in _items(section, "exercises"))
    if count > MANY_EXERCISES:
        hint = f"give the section an items: of {MANY_EXERCISES} or less; a clinician can ask for others"
        severity: Severity | None = "error" if count > MOST_EXERCISES else None
        yield Fault(sheet.profile, f"{count} exercises on the sheet {sheet.short_name}", hint, severity)
