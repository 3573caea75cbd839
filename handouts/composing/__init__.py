"""3 COMPOSE: a selection and a template become a Document.

The template writes the closed vocabulary and refers to content by slots; the slots' Markdown is parsed on its
own and put in place; medical words are explained at their first use. What no template may lose is added or
verified here: every warning sign is on the sheet, and the full disclaimer stands at its end.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import jinja2
from msgspec import Struct

from handouts.composing.building import parse_handout
from handouts.composing.environment import SUFFIX, BudgetError, HandoutEnvironment, SecurityError
from handouts.composing.furniture import about, furniture
from handouts.composing.glossary import Glossary
from handouts.composing.markdown import parse_blocks
from handouts.composing.views import SectionView, Slot, SlotTable, section_view
from handouts.document import Block, Document
from handouts.errors import ContentError, Diagnostic, TemplateError, UsageError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handouts.library import Brand, Library
    from handouts.library.models import LanguageFile
    from handouts.selection import Selection

__all__ = ["compose"]


class _TopicView(Struct, frozen=True):
    id: str
    title: Slot
    main_message: Slot
    key_points: tuple[Slot, ...]


class _AudienceView(Struct, frozen=True):
    id: str
    label: str
    title: str


class _ClinicView(Struct, frozen=True):
    name: str
    phone: str
    address: str
    web: str
    emergency: str


def compose(selection: Selection, library: Library, brand: Brand, note: str | None = None) -> Document:
    """Compose the selection's handout with the template it was selected for.

    `note` is the clinician's own Markdown. Raises TemplateError for a template that is wrong, UsageError for one
    that does not exist or a note that cannot be read, ContentError for a text that is not valid Markdown.
    """
    topic = selection.topic
    words = library.language(topic.file.language)
    disclaimer = library.disclaimer
    slots = SlotTable()
    sections = tuple(section_view(section, slots, words) for section in selection.sections)
    context = {
        "topic": _TopicView(
            topic.id,
            slots.slot(topic.title, "topic: title"),
            slots.slot(selection.main_message, "topic: main-message"),
            tuple(slots.slot(point, "topic: key-points") for point in selection.key_points),
        ),
        "audience": _AudienceView(selection.audience.id, selection.audience.label, selection.audience.title),
        "sections": sections,
        "words": _words_for(words, brand),
        "sheet_name": words.templates.get(selection.template, ""),
        "clinic": _ClinicView(brand.name, brand.phone, brand.address, brand.web, brand.emergency),
        "note": slots.slot(note, "--note") if note and note.strip() else None,
    }
    environment = HandoutEnvironment(library.path)
    name = f"{selection.template}{SUFFIX}"
    text = _render(environment, name, context, library)
    shown = environment.loader.files.get(name, name) if environment.loader else name  # type: ignore[attr-defined]
    reader = _SlotReader(slots)
    blocks = parse_handout(text, shown, reader, partial(_picture, library))
    if reader.problems:
        _raise(reader.problems)
    _require_warnings(sections, slots, shown)
    closing = about(selection, words, disclaimer, brand, parse_blocks)
    return Document(
        title=topic.title,
        language=topic.file.language,
        blocks=(*Glossary(library.glossary).explain(blocks), *closing),
        furniture=furniture(selection, words, disclaimer, brand),
        topic=topic.id,
        audience=selection.audience.id,
        template=selection.template,
        version=topic.file.version,
        subject=selection.audience.label,
        keywords=tuple(f"{code.system} {code.code}" for code in topic.codes if code.relation != "look-alike"),
    )


def _picture(library: Library, source: str) -> str | None:
    """The file of a figure: one under `templates/` along the search path, and nowhere else."""
    parts = PurePosixPath(source).parts
    if not parts or ".." in parts or source.startswith("/") or "\\" in source or ":" in source:
        return None
    found = library.path.find(f"templates/{source}")
    return str(found[1]) if found else None


def _words_for(words: LanguageFile, brand: Brand) -> dict[str, Any]:
    """The language's fixed words for templates, keys with underscores, the emergency number in place."""
    view: dict[str, Any] = {name: getattr(words, name) for name in words.__struct_fields__}
    view["panel"] = dict(words.panel)
    view["urgency"] = {
        urgency.replace("-", "_"): text.replace("{emergency}", brand.emergency)
        for urgency, text in words.urgency.items()
    }
    return view


# ------------------------------------------------------------------ rendering


def _render(environment: HandoutEnvironment, name: str, context: dict[str, Any], library: Library) -> str:
    try:
        return environment.get_template(name).render(context)
    except jinja2.TemplateNotFound as error:
        known = library.template_ids
        wanted = str(error.name or error).removesuffix(SUFFIX)
        if f"{wanted}{SUFFIX}" == name:
            raise UsageError(Diagnostic("U101", f'there is no template "{wanted}"', nearest(wanted, known))) from None
        place = _frame(error, environment)
        raise TemplateError(
            Diagnostic(
                "T105",
                f'there is no template "{error.name or error}" to include',
                nearest(wanted, known),
                *place,
            )
        ) from None
    except jinja2.TemplateSyntaxError as error:
        file = error.filename or name
        raise TemplateError(
            Diagnostic(
                "T101",
                f"not valid Jinja2: {error.message}",
                "every {% block %}, {% for %} and {% if %} has its end",
                file,
                error.lineno,
                source_line=_line(environment, file, error.lineno),
            )
        ) from None
    except jinja2.UndefinedError as error:
        raise TemplateError(
            Diagnostic(
                "T102",
                str(error.message),
                _undefined_hint(str(error.message), context),
                *_frame(error, environment),
            )
        ) from None
    except SecurityError as error:
        raise TemplateError(
            Diagnostic(
                "T103",
                f"not allowed in a template: {error}",
                "use only the names in docs/templates.md",
                *_frame(error, environment),
            )
        ) from None
    except (BudgetError, MemoryError, RecursionError) as error:
        message = str(error) if isinstance(error, BudgetError) else "needs too much memory or calls itself without end"
        raise TemplateError(
            Diagnostic(
                "T104",
                f"the template {message}",
                "look for a loop or macro that repeats itself",
                *_frame(error, environment),
            )
        ) from None
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise TemplateError(
            Diagnostic("T106", f"this expression fails: {error}", "", *_frame(error, environment))
        ) from None


def _frame(error: BaseException, environment: HandoutEnvironment) -> tuple[str, int]:
    """File and line of the innermost template in the traceback (Jinja2 rewrites it to template lines)."""
    sources = environment.loader.sources if environment.loader else {}  # type: ignore[attr-defined]
    place = ("", 0)
    traceback = error.__traceback__ or sys.exc_info()[2]
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if file in sources:
            place = (file, traceback.tb_lineno)
        traceback = traceback.tb_next
    return place


def _line(environment: HandoutEnvironment, file: str, line: int) -> str:
    sources: dict[str, str] = environment.loader.sources if environment.loader else {}  # type: ignore[attr-defined]
    lines = sources.get(file, "").splitlines()
    return lines[line - 1] if 0 < line <= len(lines) else ""


def _undefined_hint(message: str, context: dict[str, Any]) -> str:
    """The nearest name: of the context, or of the record that lacks the attribute."""
    parts = message.split("'")
    wanted = parts[-2] if len(parts) > 2 else ""
    names: set[str] = set(context)
    for value in (context["topic"], context["audience"], context["clinic"], *context["sections"]):
        names.update(value.__struct_fields__)
        for group in getattr(value, "groups", ()):
            names.update(group.__struct_fields__)
            for item in group.items:
                names.update(item.__struct_fields__)
    names.update(context["words"])
    return nearest(wanted, names) if wanted else ""


# ------------------------------------------------------------------ slots


class _SlotReader:
    """Gives a slot's content when the template's XML asks for it."""

    def __init__(self, slots: SlotTable) -> None:
        self.slots = slots
        self.problems: list[Diagnostic] = []

    def __call__(self, slot_id: str) -> tuple[Block, ...]:
        number = int(slot_id) if slot_id.isdecimal() else -1
        if not 0 <= number < len(self.slots.texts):
            self.problems.append(Diagnostic("T212", "a template writes no <slot> of its own", "use {{ item.text }}"))
            return ()
        self.slots.used.add(number)
        if number not in self.slots.parsed:
            text, place = self.slots.texts[number]
            try:
                self.slots.parsed[number] = parse_blocks(text)
            except ValueError as error:
                self.problems.append(Diagnostic("C240", f"{place}: {error}", "write plain sentences or a list"))
                self.slots.parsed[number] = ()
        return self.slots.parsed[number]


def _raise(problems: list[Diagnostic]) -> None:
    if any(problem.message.startswith("--note") for problem in problems):
        raise UsageError(problems)
    if any(problem.code.startswith("T") for problem in problems):
        raise TemplateError(problems)
    raise ContentError(problems)


def _require_warnings(sections: Iterable[SectionView], slots: SlotTable, template: str) -> None:
    """Every warning sign that was selected stands in the document (R15, R16)."""
    used = {slots.texts[number] for number in slots.used}
    missing = [
        item.id
        for section in sections
        if section.kind == "warning-signs"
        for item in section.items
        if (str(item.term), f"{section.id}/{item.id}: term") not in used
    ]
    if missing:
        shown = ", ".join(missing[:5]) + (", …" if len(missing) > 5 else "")
        raise TemplateError(
            Diagnostic(
                "T301",
                f"this template leaves out warning signs: {shown}",
                'print every item of the section with kind "warning-signs"; '
                "{% include 'shipped/_warning-signs.xml.jinja' %} does",
                template,
            )
        )
