"""The structure tree as objects of the file.

ISO 32000-1, 14.7: StructTreeRoot, the elements, and the parent tree that leads from a page's marked content, and from
an annotation, back to its element.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.pdfbase import pdfdoc

from handouts.pdf.tagging.file import text_string
from handouts.pdf.tagging.internals import Written, allow_keys
from handouts.pdf.tagging.structure import Item, Mark, StructureElement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handouts.pdf.tagging.canvas import Annotation, TaggedCanvas


def write_structure(
    canvas: TaggedCanvas,
    root: StructureElement,
    pages: Sequence[Any],
    marks: Sequence[Sequence[StructureElement]],
    annotations: Sequence[Annotation],
) -> WrittenTree:
    """Add the tree below `root` to the file, when all pages have been drawn.

    `marks` gives for each page the elements in the order of their marked-content ids.
    """
    root.prune()
    top = Written()
    elements = list(root.walk())
    known = set(map(id, elements))
    for element in (*(each for page in marks for each in page), *(each.element for each in annotations)):
        if id(element) not in known:
            raise ValueError(f"a {element.tag} owns content but is not below the root")
    tree = WrittenTree(canvas, elements, pages, annotations, canvas.reference(top))
    for element in elements:
        tree.objects[id(element)].text = tree.text(element)
    numbers: list[str] = []
    for index, page in enumerate(pages):
        numbers.append(f"{index} [{' '.join([tree.elements[id(element)] for element in marks[index]])}]")
        allow_keys(page, StructParents=index, Tabs=pdfdoc.PDFName("S"))
    for key, annotation in enumerate(annotations, len(pages)):
        numbers.append(f"{key} {tree.elements[id(annotation.element)]}")
        page_reference = tree.pages[annotation.page]
        annotation.written.text = f"<< {annotation.entries} /P {page_reference} /StructParent {key} >>"
    parents = Written(f"<< /Nums [{' '.join(numbers)}] >>")
    top.text = (
        f"<< /Type /StructTreeRoot /K {tree.elements[id(root)]} /ParentTree {canvas.reference(parents)} "
        f"/ParentTreeNextKey {len(pages) + len(annotations)} {tree.names(elements)}>>"
    )
    canvas.document.Catalog.StructTreeRoot = top
    canvas.document.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
    return tree


class WrittenTree:
    """The tree's elements as objects, and `12 0 R` for everything that they speak of."""

    def __init__(
        self,
        canvas: TaggedCanvas,
        elements: Sequence[StructureElement],
        pages: Sequence[Any],
        annotations: Sequence[Annotation],
        top: str,
    ) -> None:
        self.top = top
        self.pages = [canvas.reference(page) for page in pages]
        self.annotations = [canvas.reference(annotation.written) for annotation in annotations]
        self.objects = {id(element): Written() for element in elements}
        self.elements = {key: canvas.reference(written) for key, written in self.objects.items()}

    def names(self, elements: Sequence[StructureElement]) -> str:
        """The elements that have a name of their own, by name (ISO 32000-1, table 322)."""
        named = {element.identity: self.elements[id(element)] for element in elements if element.identity}
        pairs = " ".join(f"{text_string(name)} {named[name]}" for name in sorted(named))
        return f"/IDTree << /Names [{pairs}] >> " if named else ""

    def number(self, element: StructureElement) -> int:
        """The number of the element's object."""
        return int(self.elements[id(element)].split()[0])

    def text(self, element: StructureElement, without: StructureElement | None = None) -> str:
        """The element as it stands in the file; `without` is a kid to leave out."""
        first = next((kid.page for kid in element.kids if not isinstance(kid, StructureElement)), -1)
        kids: list[str] = []
        for kid in element.kids:
            match kid:
                case Mark(page, number) if page == first:
                    kids.append(str(number))
                case Mark(page, number):
                    kids.append(f"<< /Type /MCR /Pg {self.pages[page]} /MCID {number} >>")
                case Item(page, key):
                    kids.append(f"<< /Type /OBJR /Pg {self.pages[page]} /Obj {self.annotations[key]} >>")
                case StructureElement() if kid is not without:
                    kids.append(self.elements[id(kid)])
        parent = self.elements[id(element.parent)] if element.parent else self.top
        entries = [f"<< /Type /StructElem /S /{element.tag} /P {parent}"]
        if first >= 0:
            entries.append(f"/Pg {self.pages[first]}")
        if kids:
            entries.append(f"/K {kids[0]}" if len(kids) == 1 else f"/K [{' '.join(kids)}]")
        texts = (
            ("Alt", element.alternate),
            ("Lang", element.language),
            ("ID", element.identity),
        )
        entries += [f"/{key} {text_string(text)}" for key, text in texts if text]
        attributes = _attributes(element)
        if attributes:
            entries.append(f"/A {attributes[0]}" if len(attributes) == 1 else f"/A [{' '.join(attributes)}]")
        entries.append(">>")
        return " ".join(entries)


def _attributes(element: StructureElement) -> list[str]:
    """The element's attributes (ISO 32000-1, 14.8.5), a dictionary for each owner."""
    found: list[str] = []
    table = f"/Scope /{element.scope} " if element.scope else ""
    table += f"/ColSpan {element.columns} " if element.columns > 1 else ""
    if table:
        found.append(f"<< /O /Table {table}>>")
    if element.list_numbering:
        found.append(f"<< /O /List /ListNumbering /{element.list_numbering} >>")
    if element.box:
        corners = " ".join([f"{value:.1f}" for value in element.box])
        found.append(f"<< /O /Layout /Placement /Block /BBox [{corners}] >>")
    return found
