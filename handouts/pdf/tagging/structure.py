"""The structure tree, in plain Python: what each thing on a page is to a screen reader.

ISO 32000-1, 14.7–14.8. The tree knows nothing of ReportLab and can be built, and tested, without a page. An element
has its kids in reading order: elements, marks (pieces of page content it owns) and objects (a link, a form field).
What is drawn is given to an element, or is said to be an artifact: a rule, a frame, a running footer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Iterator


class Artifact(Struct, frozen=True):
    """Page content that is no part of what the document says (ISO 32000-1, 14.8.2.2).

    `kind` is "" for decoration, or the part of the page's furniture.
    """

    kind: Literal["", "Header", "Footer"] = ""


DECORATION = Artifact()
HEADER = Artifact("Header")
FOOTER = Artifact("Footer")


class Mark(Struct, frozen=True):
    """A piece of a page's content: the page from 0, and the marked-content id on it."""

    page: int
    number: int


class Item(Struct, frozen=True):
    """An annotation on a page (from 0): a link or a form field. `key` is its place among the file's annotations."""

    page: int
    key: int


class StructureElement(Struct, eq=False):
    """An element: a standard structure type, its attributes, and its kids in reading order.

    `alternate` stands for what cannot be read (a picture), `scope` makes a header cell of its "Row" or "Column",
    `columns` is the number of columns a cell spans, `box` is the place of a picture on its page: left, bottom, right,
    top in points. `identity` is a name that no other element of the file has; a Note needs one (ISO 14289-1, 7.9).
    """

    tag: str
    parent: StructureElement | None = None
    alternate: str = ""
    language: str = ""
    scope: str = ""
    columns: int = 1
    list_numbering: str = ""
    box: tuple[float, float, float, float] | None = None
    identity: str = ""
    kids: list[Kid] = field(default_factory=list)

    def add(
        self,
        tag: str,
        *,
        alternate: str = "",
        language: str = "",
        scope: str = "",
        columns: int = 1,
        list_numbering: str = "",
        identity: str = "",
    ) -> StructureElement:
        """A new last kid."""
        child = StructureElement(
            tag,
            self,
            alternate=alternate,
            language=language,
            scope=scope,
            columns=columns,
            list_numbering=list_numbering,
            identity=identity,
        )
        self.kids.append(child)
        return child

    @property
    def children(self) -> list[StructureElement]:
        """The kids that are elements."""
        return [kid for kid in self.kids if isinstance(kid, StructureElement)]

    def walk(self) -> Iterator[StructureElement]:
        """This element and everything below it, in reading order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(element.children[::-1])

    def prune(self) -> None:
        """Drop elements below that own nothing; table cells stay, so that rows keep their columns."""
        for child in self.children:
            child.prune()
        self.kids = [
            kid for kid in self.kids if not isinstance(kid, StructureElement) or kid.kids or kid.tag in {"TD", "TH"}
        ]


Kid: TypeAlias = StructureElement | Mark | Item
Owner: TypeAlias = StructureElement | Artifact
