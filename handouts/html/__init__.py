"""4 THE PAGE: a Document becomes one self-contained web page, the sheet's twin on a screen.

HTML without scripts, without anything loaded from elsewhere: style, typeface and pictures are inside, and the page's
policy forbids the rest. It follows WCAG 2.1 AA: landmarks, names, reflow at 320 pixels, contrast, visible focus.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.html.blocks import BlockWriter, image
from handouts.html.markup import (
    NOTHING,
    Html,
    Identifiers,
    direction,
    element,
    joined,
    site,
    telephone,
    text,
)
from handouts.html.style import stylesheet

if TYPE_CHECKING:
    from handouts.document import Document
    from handouts.library import Brand
    from handouts.looks import EditionName, PaperName
    from handouts.person import Person

__all__ = ["to_html"]

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)
_MAIN = "text"


def to_html(
    document: Document,
    brand: Brand,
    person: Person | None = None,
    edition: EditionName = "standard",
    paper: PaperName = "letter",
) -> str:
    """The document as a web page, in a brand's looks; `paper` is what it prints on.

    A person's values stand in the panel and nowhere else; fields without one can be written in. Raises
    MissingResourceError for a typeface or picture, UsageError for a value that the document has no field for.
    """
    writer = BlockWriter(brand, person.values() if person else {}, Identifiers(_MAIN))
    main = writer.blocks(document.blocks)
    if person:
        person.values_for(writer.fields)
    skip = document.furniture.skip_link
    body = element(
        "body",
        {},
        element("a", {"class": "skip", "href": f"#{_MAIN}"}, text(skip)) if skip else NOTHING,
        _header(brand),
        element("main", {"id": _MAIN, "tabindex": "-1"}, main),
        element(
            "footer",
            {},
            element("p", {}, text(document.furniture.disclaimer)),
            element("p", {}, text(document.furniture.version_line)),
        ),
    )
    page = element(
        "html",
        {"lang": document.language, "dir": direction(document.title), "class": edition},
        _head(document, brand, edition, paper),
        body,
    )
    return f"<!DOCTYPE html>\n{page}\n"


def _head(document: Document, brand: Brand, edition: EditionName, paper: PaperName) -> Html:
    title = f"{document.title} – {document.subject}" if document.subject else document.title
    named = {
        "viewport": "width=device-width, initial-scale=1",
        "referrer": "no-referrer",
        "generator": "handouts",
        "author": brand.name or None,
    }
    return element(
        "head",
        {},
        element("meta", {"charset": "utf-8"}),
        element("meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        element("title", {}, text(title)),
        *(element("meta", {"name": name, "content": content}) for name, content in named.items() if content),
        element("style", {}, Html(stylesheet(brand, document.furniture, edition, paper))),
    )


def _header(brand: Brand) -> Html:
    """The clinic: its logo, name, and where to find it."""
    contact = [
        part
        for part in (
            text(brand.address) if brand.address else NOTHING,
            telephone(brand.phone) if brand.phone else NOTHING,
            site(brand.web) if brand.web else NOTHING,
        )
        if part
    ]
    if not (brand.logo or brand.name or contact):
        return NOTHING
    # A logo that says the name is not read beside the name.
    said = "" if brand.logo_text == brand.name else brand.logo_text
    logo = image(brand.logo, said, lambda *words: brand.diagnostic("logo", *words)) if brand.logo else NOTHING
    name = element("p", {"class": "name"}, text(brand.name)) if brand.name else NOTHING
    dots = text(" · ")
    line = joined(part if not index else joined((dots, part)) for index, part in enumerate(contact))
    return element("header", {}, logo, element("div", {}, name, element("p", {}, line) if contact else NOTHING))
