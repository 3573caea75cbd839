"""3 COMPOSE: a selection and a template become a Document.

The template writes the closed vocabulary and refers to content by slots; the slots' Markdown is parsed on its
own and put in place; medical words are explained at their first use; quotes become the language's own.
What no template may lose is added or verified here: every warning sign is on the sheet, and the full disclaimer
stands at its end.
"""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from handouts.composing.building import parse_handout
from handouts.composing.environment import HandoutEnvironment
from handouts.composing.furniture import about, furniture, review_lines
from handouts.composing.glossary import Glossary
from handouts.composing.markdown import parse_blocks, shortened
from handouts.composing.quotes import with_quotes
from handouts.composing.rendering import render
from handouts.composing.slots import Slot, SlotTable
from handouts.composing.views import SectionView, section_view
from handouts.document import Block, Document, texts
from handouts.errors import ContentError, Diagnostic, MissingResourceError, TemplateError, UnfitTopicError, UsageError
from handouts.library.reviews import Review

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handouts.library import Brand, Library, Topic
    from handouts.library.languages import LanguageFile
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
    numbers: tuple[_NumberView, ...]


class _NumberView(Struct, frozen=True):
    name: str
    phone: str
    note: str


class _WebPageView(Struct, frozen=True):
    address: str
    short: str


def compose(
    selection: Selection, library: Library, brand: Brand, note: str | None = None, review: Review | None = None
) -> Document:
    """Compose the selection's handout with the template it was selected for.

    `note` is the clinician's own Markdown, `review` what the page says of its review (without it, that there was none).
    Raises TemplateError for a template that is wrong, UsageError for one that does not exist or a note that cannot be
    read, UnfitTopicError for one that is made of what the topic lacks, ContentError for a text that cannot be read.
    """
    topic = selection.topic
    review = review or Review.none(topic.provenance)
    words = library.language(topic.language)
    disclaimer = library.disclaimer(topic.language)
    library.require_template(selection.template)
    slots = SlotTable(topic, library.path)
    slots.note = slots.slot(note) if note and note.strip() else None
    sections = tuple(section_view(section, slots, words) for section in selection.sections)
    context = {
        "topic": _TopicView(
            topic.id,
            slots.slot(topic.title),
            slots.slot(selection.main_message),
            tuple(slots.slot(point) for point in selection.key_points),
        ),
        "audience": _AudienceView(selection.audience.id, selection.audience.label, selection.audience.title),
        "sections": sections,
        "language": topic.language,
        "words": _words_for(words, brand),
        "sheet_name": words.sheet_name(selection.template),
        "clinic": _clinic_view(brand),
        "web_page": _web_page(brand.addresses.get(topic.id)),
        "note": slots.note,
        "weeks": selection.weeks,
        "need": partial(_need, topic),
    }
    environment = HandoutEnvironment(library.path)
    text = render(environment, selection.template, context)
    file = next(iter(environment.templates.sources))
    picture = partial(_picture, library)
    blocks = parse_handout(text, file, slots.read, picture, environment.templates.stamps, slots.whence)
    if slots.problems:
        _raise(slots.problems)
    _require_warnings(sections, slots, blocks, file)
    _require_note(slots, file)
    glossary = Glossary(library.glossary(topic.language))
    document = Document(
        title=topic.title,
        language=topic.language,
        blocks=(*glossary.explain(blocks), *_closing(selection, words, library, brand, review)),
        furniture=furniture(selection, words, disclaimer, brand, review),
        topic=topic.id,
        audience=selection.audience.id,
        template=selection.template,
        version=topic.file.version,
        subject=selection.audience.label,
        keywords=tuple(f"{code.system} {code.code}" for code in topic.codes if code.relation != "look-alike"),
        review=" ".join(review_lines(selection, words, review)),
        review_due=review.due.isoformat(),
    )
    return with_quotes(document, words.quotes)


def _need(topic: Topic, kind: str) -> str:
    """Nothing, for `{{ need('exercises') }}`. Raises UnfitTopicError for a topic without such a section.

    What a choice or a page limit leaves out is not looked at: the reader asked for that.
    """
    if not any(section.file.kind == kind for section in topic.sections):
        message = f"{topic.id} has no section of kind {kind}: this sheet is made of it"
        hint = "choose another template, or write such a section and list it here"
        raise UnfitTopicError(topic.source.diagnostic(("sections",), "U119", message, hint))
    return ""


def _closing(
    selection: Selection, words: LanguageFile, library: Library, brand: Brand, review: Review
) -> tuple[Block, ...]:
    """The part about the sheet. Raises ContentError for a disclaimer that is not the Markdown of a handout."""
    try:
        return about(selection, words, library.disclaimer(selection.topic.language), brand, review, parse_blocks)
    except ValueError as error:
        root, file = library.disclaimer_file(selection.topic.language)
        problem = Diagnostic("C240", f"full: {error}", "write plain sentences or a list", root.show(file))
    raise ContentError(problem)


def _clinic_view(brand: Brand) -> _ClinicView:
    numbers = tuple(_NumberView(each.name, each.phone, each.note or "") for each in brand.numbers)
    return _ClinicView(brand.name, brand.phone, brand.address, brand.web, brand.emergency, numbers)


def _web_page(address: str | None) -> _WebPageView | None:
    """Where the topic stands on the web, and how a person types it."""
    return _WebPageView(address, shortened(address)) if address else None


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
    view["sheets"] = {
        group.replace("-", "_"): {name.replace("-", "_"): text for name, text in texts.items()}
        for group, texts in words.sheets.items()
    }
    return view


# ------------------------------------------------------------------ what no template may lose


def _require_warnings(sections: Iterable[SectionView], slots: SlotTable, blocks: tuple[Block, ...], file: str) -> None:
    """Every warning sign that was selected stands in the document, with all of its words (R15, R16)."""
    printed = " ".join(" ".join(texts(blocks)).split())
    signs = [item for section in sections if section.kind == "warning-signs" for item in section.items]
    missing = [item.id for item in signs if not (words := slots.text_of(item.term)) or words not in printed]
    missing += [
        f"{item.id} (its text)"
        for item in signs
        if item.id not in missing and item.text and (not (words := slots.text_of(item.text)) or words not in printed)
    ]
    if missing:
        shown = ", ".join(missing[:5]) + (", …" if len(missing) > 5 else "")
        raise TemplateError(
            Diagnostic(
                "T301",
                f"this template leaves out warning signs: {shown}",
                'print every item of the section with kind "warning-signs"; '
                "{% include 'shipped/_warning-signs.xml.jinja' %} does",
                file,
            )
        )


def _require_note(slots: SlotTable, file: str) -> None:
    """The clinician's note was typed to be read."""
    if slots.note is not None and not slots.is_used(slots.note):
        hint = '{% if note %}<callout kind="note" label="{{ words.note }}">{{ note }}</callout>{% endif %} prints it'
        raise TemplateError(Diagnostic("T302", "this template does not print the note", hint, file))


def _raise(problems: list[Diagnostic]) -> None:
    pictures = [problem for problem in problems if problem.code.startswith("F")]
    if len(pictures) == len(problems):
        raise MissingResourceError(problems)
    if any(problem.code == "U118" for problem in problems):
        raise UsageError(problems)
    if any(problem.code.startswith("T") for problem in problems):
        raise TemplateError(problems)
    raise ContentError(problems)
