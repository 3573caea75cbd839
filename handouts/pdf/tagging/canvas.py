"""A ReportLab canvas that says to whom everything belongs that it paints.

Coordinates are points from the lower left corner of the page. What is painted inside `element()` belongs to that
structure element, or is an artifact when one is given; what is painted outside of it is an error.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from handouts.pdf.tagging.file import assemble, stream, text_string
from handouts.pdf.tagging.forms import Forms
from handouts.pdf.tagging.internals import InnerCanvas, Written, formatted
from handouts.pdf.tagging.metadata import Metadata, describe
from handouts.pdf.tagging.structure import Artifact, Item, Mark, Owner, StructureElement
from handouts.pdf.tagging.writing import WrittenTree, write_structure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.pdf.tagging.embedding import EmbeddedFont

Rectangle = tuple[float, float, float, float]


def number(value: float) -> str:
    """A number as PDF writes it: at most three decimals, no exponent."""
    return f"{value:.3f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


def rectangle(box: Rectangle) -> str:
    """A rectangle as PDF writes it: left, bottom, right, top."""
    return f"[{' '.join(map(number, box))}]"


class Annotation(Struct, eq=False):
    """A link or a form field on a page: its entries, the element that owns it, and its object in the file."""

    page: int
    entries: str
    element: StructureElement
    written: Any


class TaggedCanvas(InnerCanvas):
    """A canvas for a file that conforms to PDF/UA-1 and PDF/A-2a.

    `root` is the structure tree's root. Draw pages with `element()`, end each with `finish_page()`, then `finish()`.
    Without `tagged` the same pages come without tree and marks, to see what these cost; it conforms to nothing.
    """

    def __init__(
        self, page_size: tuple[float, float], metadata: Metadata, root: StructureElement, *, tagged: bool = True
    ) -> None:
        super().__init__(page_size, metadata.language)
        self.tagged = tagged
        self.closing = "EMC" if tagged else "n"  # n: nothing
        self.metadata = metadata
        self.root = root
        self.marks: list[list[StructureElement]] = []
        self.annotations: list[Annotation] = []
        self.forms = Forms(self)
        self._page_objects: list[Any] = []
        self._annotation_lists: list[Written | None] = []
        self._bookmarks: list[tuple[str, int]] = []
        self._tree: WrittenTree

    # -------------------------------------------------------------- who owns what is painted

    @contextmanager
    def element(self, owner: Owner) -> Iterator[None]:
        """What is painted inside belongs to the element, or is an artifact.

        A screen reader reads an element's kids in the order in which they came to it: what is painted, and what is
        added, goes behind what is there. Raises ValueError inside of another element.
        """
        if self.owned:
            raise ValueError("one element's content cannot stand inside another's")
        self.write(self.opening(owner))
        self.owned = True
        try:
            yield
        finally:
            self.owned = False
        self.write(self.closing)

    def opening(self, owner: Owner) -> str:
        """The operator that begins an owner's content; `closing` ends it."""
        if not self.tagged:
            return "n"
        if isinstance(owner, Artifact):
            if not owner.kind:
                return "/Artifact BMC"
            return f"/Artifact <</Type /Pagination /Subtype /{owner.kind}>> BDC"
        return f"/{owner.tag} <</MCID {self.reserve_mark(owner)}>> BDC"

    def reserve_mark(self, element: StructureElement) -> int:
        """A marked-content id on this page for the element."""
        while len(self.marks) <= self.page_index:
            self.marks.append([])
        marks = self.marks[self.page_index]
        marks.append(element)
        element.kids.append(Mark(self.page_index, len(marks) - 1))
        return len(marks) - 1

    # -------------------------------------------------------------- links, fields, bookmarks

    def annotate(self, element: StructureElement, box: Rectangle, entries: str) -> Annotation:
        """An annotation on this page, owned by the element; it is printed with the page."""
        item = Item(self.page_index, len(self.annotations))
        element.kids.append(item)
        whole = f"/Type /Annot /Rect {rectangle(box)} /F 4 {entries}"
        annotation = Annotation(self.page_index, whole, element, Written())
        self.annotations.append(annotation)
        return annotation

    def link(self, element: StructureElement, address: str, box: Rectangle, words: str) -> None:
        """A link over the box; `words` say where it leads (ISO 14289-1, 7.18.5)."""
        target = text_string(address)
        self.annotate(
            element,
            box,
            f"/Subtype /Link /Border [0 0 0] /Contents {text_string(words)} /A << /S /URI /URI {target} >>",
        )

    def bookmark(self, title: str, level: int, top: float) -> None:
        """A line of the file's outline that leads to this height of the page. Level 0 is the outermost."""
        if level > (self._bookmarks[-1][1] + 1 if self._bookmarks else 0):
            raise ValueError("a bookmark's level is at most one below that of the bookmark before it")
        key = f"bookmark-{len(self._bookmarks)}"
        self._bookmarks.append((title, level))
        self.bookmarkPage(key, fit="XYZ", left=0, top=top, zoom=0)
        self.addOutlineEntry(title, key, level)

    # -------------------------------------------------------------- pages and bytes

    def finish_page(self, more: tuple[Any, ...] = ()) -> None:
        """End the page; `more` are references to content streams that follow its own."""
        if self.owned:
            raise ValueError("an element is still open")
        index = self.page_index
        page = self.close_page(more)
        while len(self.marks) <= index:
            self.marks.append([])
        own = [each for each in self.annotations if each.page == index]
        listed = Written(f"[{' '.join(self.reference(each.written) for each in own)}]") if own else None
        if listed is not None:
            page.Annots = self.document.Reference(listed)
        self._annotation_lists.append(listed)
        self._page_objects.append(page)

    def finish(self) -> bytes:
        """The whole file. Raises ValueError for a page that was not finished, or an element outside of the tree."""
        if not self._page_objects or self.page_index != len(self._page_objects):
            raise ValueError("each page ends with finish_page()")
        describe(self, self.metadata)
        if self.tagged:
            self._tree = write_structure(self, self.root, self._page_objects, self.marks, self.annotations)
        self.forms.finish()
        return assemble(*formatted(self))

    # -------------------------------------------------------------- for a later version of the file

    def element_version(self, element: StructureElement, without: StructureElement | None) -> tuple[int, str]:
        """An element's object in the finished file, and its text when a kid is left out."""
        return self._tree.number(element), self._tree.text(element, without)

    def annotations_of(self, page: int) -> tuple[int, list[Annotation]]:
        """The object that lists a page's annotations in the finished file, and what it lists."""
        listed = self._annotation_lists[page]
        return (self.object_number(listed) if listed else 0), [each for each in self.annotations if each.page == page]

    def content_stream(self, operators: str) -> Any:
        """A reference to a content stream of its own, for `finish_page`."""
        return self.document.Reference(Written(stream(operators.encode("ascii"))))

    def object_number(self, thing: Any) -> int:
        """The number of an object of the file."""
        return int(self.reference(thing).split()[0])

    def codes(self, font: EmbeddedFont, text: str) -> list[tuple[str, bytes]]:
        """The text as font resource names and character codes; the font's subset grows as needed."""
        return font.codes(self, text)
