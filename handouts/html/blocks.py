"""Document blocks become elements of a page. Phase 4, the page."""

from __future__ import annotations

import base64
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.document import (
    Bar,
    Block,
    Callout,
    Checklist,
    Columns,
    Contact,
    Contacts,
    DescriptionList,
    Figure,
    Heading,
    Keep,
    Link,
    List,
    PageBreak,
    Paragraph,
    PersonalPanel,
    QRCode,
    Section,
    Table,
    plain_text,
)
from handouts.errors import Diagnostic
from handouts.html.forms import checklist, panel
from handouts.html.icons import icon
from handouts.html.markup import NOTHING, Html, element, inlines, joined, link, telephone, text, with_telephone
from handouts.library.pictures import is_vector, picture_refused, read_picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handouts.html.markup import Identifiers
    from handouts.library import Brand
    from handouts.library.pictures import Report

_URGENCIES = frozenset({"emergency", "same-day", "routine"})
_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}


class BlockWriter:
    """Writes the blocks of one page; after that, `fields` says which of a person's values had a place."""

    def __init__(self, brand: Brand, values: Mapping[str, str], identifiers: Identifiers) -> None:
        self.brand = brand
        self.values = values
        self.identifiers = identifiers
        self.fields: set[str] = set()

    def blocks(self, blocks: Iterable[Block]) -> Html:
        """The blocks, in order."""
        return joined(self._block(block) for block in blocks)

    def _block(self, block: Block) -> Html:
        match block:
            case Section(id=name, blocks=inner):
                return element("section", {"id": self.identifiers.named(name)}, self.blocks(inner))
            case Heading(level=level, children=children):
                return element(f"h{level}", {}, inlines(children))
            case Paragraph(children=children, role=role):
                return element("p", {"class": None if role == "body" else role}, inlines(children))
            case List():
                return self._list(block)
            case DescriptionList(items=items):
                parts = (
                    element(
                        "div", {}, element("dt", {}, inlines(item.term)), element("dd", {}, self.blocks(item.blocks))
                    )
                    for item in items
                )
                return element("dl", {}, *parts)
            case Table():
                return _table(block)
            case Figure():
                return _figure(block)
            case QRCode(address=address, children=children):
                words = inlines(children)
                linked = any(isinstance(child, Link) for child in children)  # a link cannot hold another
                return element("p", {"class": "address"}, words if linked else link(address, words))
            case Contacts():
                return self._contacts(block)
            case Callout():
                return self._callout(block)
            case Checklist():
                return checklist(block, self.identifiers)
            case PersonalPanel():
                self.fields.update(field.name for field in block.fields)
                return panel(block, self.values, self.identifiers)
            case Columns(columns=columns):
                return element(
                    "div", {"class": "columns"}, *(element("div", {}, self.blocks(side)) for side in columns)
                )
            case Keep(blocks=inner):
                return element("div", {"class": "keep"}, self.blocks(inner))
            case PageBreak():
                return element("div", {"class": "page-break"})

    def _list(self, block: List) -> Html:
        items = (element("li", {}, self.blocks(item.blocks)) for item in block.items)
        if block.kind == "bulleted":
            return element("ul", {}, *items)
        if block.kind == "steps":  # a list that draws its own numbers is none to Safari, unless it says so
            return element("ol", {"class": "steps", "role": "list"}, *items)
        return element("ol", {"start": str(block.start) if block.start != 1 else None}, *items)

    def _callout(self, block: Callout) -> Html:
        name = self.identifiers.named("box")
        number = self.brand.emergency if block.kind == "emergency" else self.brand.phone
        words = with_telephone(block.label, number if block.kind in _URGENCIES else "")
        label = element("p", {"class": "label"}, icon(block.kind), element("span", {"id": name}, words))
        body = element("div", {"class": "inside"}, self.blocks(block.blocks))
        return element("section", {"class": f"box {block.kind}", "aria-labelledby": name}, label, body)

    def _contacts(self, block: Contacts) -> Html:
        cards = (element("li", {}, _card(contact)) for contact in block.contacts)
        return element(
            "div",
            {"class": "contacts"},
            element("h2", {}, inlines(block.label)),
            element("ul", {"role": "list"}, *cards),
        )


def _card(contact: Contact) -> Html:
    note = element("p", {"class": "note"}, text(contact.note)) if contact.note else NOTHING
    return joined(
        (
            element("p", {"class": "name"}, text(contact.name)),
            element("p", {"class": "number"}, telephone(contact.phone)) if contact.phone else NOTHING,
            note,
        )
    )


def _table(block: Table) -> Html:
    """A table; on a narrow screen each row is stacked, and a cell says its column before it (page.css)."""
    columns = [plain_text(cell.children) for cell in block.rows[0]] if block.rows and block.header_rows else []

    def row(number: int) -> Html:
        cells = []
        for place, cell in enumerate(block.rows[number]):
            if cell.scope:
                cells.append(
                    element("th", {"scope": "col" if cell.scope == "column" else "row"}, inlines(cell.children))
                )
            else:
                named = columns[place] if place < len(columns) and number >= block.header_rows else None
                bar = _bar(cell.bar) if cell.bar else NOTHING
                cells.append(element("td", {"data-column": named or None}, inlines(cell.children), bar))
        return element("tr", {}, *cells)

    head = [row(number) for number in range(block.header_rows)]
    body = [row(number) for number in range(block.header_rows, len(block.rows))]
    table = element(
        "table",
        {"class": "data"},
        element("thead", {}, *head) if head else NOTHING,
        element("tbody", {}, *body),
    )
    return element("div", {"class": "wide"}, table)


def _bar(bar: Bar) -> Html:
    """A bar with a line at its limit. The cell's words say the number; this is for eyes alone."""
    value, limit = (100 * min(max(each, 0), bar.most) / bar.most for each in (bar.value, bar.limit))
    filled = element("span", {"class": "filled", "style": f"width:{value:.1f}%"})
    line = element("span", {"class": "limit", "style": f"left:{limit:.1f}%"})
    return element("span", {"class": "bar", "aria-hidden": "true"}, filled, line)


def _figure(block: Figure) -> Html:
    file = Path(block.source)
    picture = image(file, block.alternate, partial(_diagnostic, file))
    caption = element("figcaption", {}, inlines(block.caption)) if block.caption else NOTHING
    return element("figure", {}, picture, caption)


def _diagnostic(file: Path, code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, message, hint, file.name)


def image(file: Path, alternate: str, report: Report) -> Html:
    """A picture inside the page. Raises MissingResourceError when its file cannot be read.

    SVG, too, is an image and not inline: a picture from a clinic's folder brings its own names, styles and perhaps
    scripts, which an image keeps to itself.
    """
    data = read_picture(file, report)
    kind = (
        "svg+xml"
        if is_vector(file, data)
        else next((kind for signature, kind in _SIGNATURES.items() if data.startswith(signature)), None)
    )
    if kind is None:
        message = "is not a PNG, JPEG or SVG picture that can be read"
        raise picture_refused(file, report, "F202", message, "save it again as PNG")
    source = f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"
    return element("img", {"src": source, "alt": alternate})
