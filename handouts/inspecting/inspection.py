"""What is known of a PDF, as records."""

from __future__ import annotations

from msgspec import Struct


class Element(Struct, frozen=True, omit_defaults=True):
    """An element of the structure tree: what a screen reader says, and that it is a heading, a list, a figure.

    `kids` are its text and its elements in reading order. `standard` is the role that the file maps its own to.
    `alternate` stands for what cannot be read (/Alt), `expansion` for an abbreviation (/E), `tooltip` is what its
    form fields and links say (/TU, /Contents). `scope` makes it the header of a column or row of a table.
    """

    role: str
    standard: str = ""
    language: str = ""
    scope: str = ""
    alternate: str = ""
    expansion: str = ""
    tooltip: str = ""
    kids: tuple[Element | str, ...] = ()


class Font(Struct, frozen=True):
    """A font that the pages use. Without `embedded`, a reader prints with another face when it lacks this one."""

    name: str
    embedded: bool
    subset: bool


class Inspection(Struct, frozen=True):
    """A PDF read back. What the file does not say is empty.

    `page_sizes` are in points, each different one once. `claims` are the standards that the file says it meets:
    nothing here checks them. `notes` say what was not read, and why.
    """

    topic: str
    version: str
    audience: str
    template: str
    edition: str
    paper: str
    review: str
    review_due: str
    title: str
    language: str
    author: str
    subject: str
    description: str
    keywords: str
    creator: str
    producer: str
    pages: int
    page_sizes: tuple[tuple[float, float], ...]
    encrypted: bool
    marked: bool
    structured: bool
    claims: tuple[str, ...]
    fonts: tuple[Font, ...]
    check_boxes: int
    text_fields: int
    other_fields: int
    bookmarks: int
    outline: tuple[Element, ...]
    notes: tuple[str, ...]
