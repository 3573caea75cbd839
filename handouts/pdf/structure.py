"""The structure tree of a sheet, in plain Python. Phase 4, LAY OUT.

The tree is built from the Document before anything is drawn, and says what each thing is to a screen reader
(ISO 32000-1, 14.7–14.8). Every drawable leaf holds the element it paints for; the parts of a paragraph that breaks
over two pages share theirs. What has no element is decoration: a rule, a frame, a running footer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Iterator


class StructureElement(Struct, eq=False):
    """An element: a standard structure type, its attributes, and its children in reading order.

    `marks` are the pieces of page content it owns, as (page index, marked-content id), filled in by drawing.
    """

    tag: str
    parent: StructureElement | None = None
    alternate: str = ""
    language: str = ""
    scope: str = ""
    list_numbering: str = ""
    children: list[StructureElement] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)

    def add(
        self, tag: str, *, alternate: str = "", language: str = "", scope: str = "", list_numbering: str = ""
    ) -> StructureElement:
        """A new last child."""
        child = StructureElement(tag, self, alternate, language, scope, list_numbering)
        self.children.append(child)
        return child

    def walk(self) -> Iterator[StructureElement]:
        """This element and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()
