"""A report for clinicians becomes a Document, by the template `_report.xml.jinja` and the engine of the sheets.

It is no sheet for a patient: it has no panel, and its foot says what it is in the place of the disclaimer. The words
stand in the template: its title is the `<h1>`, and the words of its `eyebrow` are repeated at the foot of each page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handouts.composing.building import parse_handout
from handouts.composing.environment import HandoutEnvironment
from handouts.composing.quotes import with_quotes
from handouts.composing.rendering import render
from handouts.document import Document, Furniture, Heading, Paragraph, plain_text
from handouts.errors import Diagnostic, TemplateError
from handouts.library import PLAIN_LANGUAGE

if TYPE_CHECKING:
    from handouts.document import Block
    from handouts.library import Library
    from handouts.selection import Selection

# A part, and no template: nobody renders it for a patient. A clinic can have its own.
TEMPLATE = "_report"
LANGUAGE = PLAIN_LANGUAGE  # as the messages of check


def compose_report(context: dict[str, Any], selection: Selection, library: Library) -> Document:
    """Compose the report about a selection's sheet. Raises TemplateError for a template that is wrong."""
    environment = HandoutEnvironment(library.path)
    text = render(environment, TEMPLATE, context)
    file = next(iter(environment.templates.sources))
    blocks = parse_handout(text, file, _no_slot, lambda _: None, environment.templates.stamps)
    title = what = ""
    for block in blocks:
        match block:
            case Heading(level=1, children=children):
                title = plain_text(children)
            case Paragraph(role="eyebrow", children=children):
                what = plain_text(children)
    if not title or not what:
        hint = 'print <p role="eyebrow"> with what this is, then <h1>'
        raise TemplateError(Diagnostic("T303", "a report needs a title and says what it is", hint, file))
    words = library.language(LANGUAGE)
    topic, audience = selection.topic, selection.audience
    version = words.version.replace("{version}", topic.file.version)
    names = (topic.id, audience.id, selection.template, topic.language)
    document = Document(
        title=title,
        language=LANGUAGE,
        blocks=blocks,
        furniture=Furniture(
            disclaimer=what,
            version_line=words.list_separator.join((*names, version)),
            page_label=words.page,
            running_title=title,
            skip_link=words.skip,
            picture_label=words.picture,
        ),
        topic=topic.id,
        audience=audience.id,
        template="report",
        version=topic.file.version,
        subject=audience.label,
    )
    return with_quotes(document, words.quotes)


def _no_slot(_: str) -> tuple[Block, ...]:
    """A report has its texts as words: they stand in it as they are, never as Markdown."""
    raise LookupError
