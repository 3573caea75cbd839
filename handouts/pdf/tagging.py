"""The structure tree, written into the PDF. Phase 4, LAY OUT.

ISO 32000-1, 14.7: StructTreeRoot, the elements, and the parent tree that leads from a page's marked content back to
its element.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.pdfbase import pdfdoc

if TYPE_CHECKING:
    from handouts.pdf.structure import StructureElement


class _Written(pdfdoc.PDFObject):  # type: ignore[misc,unused-ignore]  # ReportLab has no types
    """An object written as text at once: as ReportLab dictionaries, the elements took half of all saving time."""

    __RefOnly__ = 1
    text = ""

    def format(self, _document: Any) -> bytes:
        return self.text.encode("latin-1")


def write_structure(
    document: Any, root: StructureElement, pages: list[Any], marks: dict[int, list[StructureElement]]
) -> None:
    """Add the tree below `root` to a ReportLab document whose pages have been drawn.

    `marks` gives, for each page, the elements in the order of their marked-content ids.
    """
    _prune(root)

    def reference(thing: Any) -> str:
        return str(document.Reference(thing).format(document), "ascii")

    tree = _Written()
    tree_reference = reference(tree)
    page_references = [reference(page) for page in pages]
    objects = {id(element): _Written() for element in root.walk()}
    references = {key: reference(written) for key, written in objects.items()}
    for element in root.walk():
        objects[id(element)].text = _element(element, references, page_references, tree_reference, document)
    numbers: list[str] = []
    for index, page in enumerate(pages):
        numbers.append(f"{index} [{' '.join([references[id(element)] for element in marks.get(index, [])])}]")
        # ReportLab writes only the page keys it knows.
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = index
        page.Tabs = pdfdoc.PDFName("S")
    parents = _Written()
    parents.text = f"<< /Nums [{' '.join(numbers)}] >>"
    tree.text = (
        f"<< /Type /StructTreeRoot /K {references[id(root)]} /ParentTree {reference(parents)} "
        f"/ParentTreeNextKey {len(pages)} >>"
    )
    document.Catalog.StructTreeRoot = tree
    document.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})


def _prune(element: StructureElement) -> None:
    """Drop elements that paint nothing and hold nothing; table cells stay, so that rows keep their columns."""
    for child in element.children:
        _prune(child)
    element.children = [
        child for child in element.children if child.children or child.marks or child.tag in {"TD", "TH"}
    ]


def _element(element: StructureElement, references: dict[int, str], pages: list[str], tree: str, document: Any) -> str:
    first_page = element.marks[0][0] if element.marks else -1
    kids = [
        str(mark) if page == first_page else f"<< /Type /MCR /Pg {pages[page]} /MCID {mark} >>"
        for page, mark in element.marks
    ]
    kids += [references[id(child)] for child in element.children]
    parent = references[id(element.parent)] if element.parent else tree
    entries = [f"<< /Type /StructElem /S /{element.tag} /P {parent}"]
    if first_page >= 0:
        entries.append(f"/Pg {pages[first_page]}")
    if kids:
        entries.append(f"/K {kids[0]}" if len(kids) == 1 else f"/K [{' '.join(kids)}]")
    for key, text in (("Alt", element.alternate), ("Lang", element.language)):
        if text:
            entries.append(f"/{key} {str(pdfdoc.PDFString(text).format(document), 'latin-1')}")
    if element.scope:
        entries.append(f"/A << /O /Table /Scope /{element.scope} >>")
    if element.list_numbering:
        entries.append(f"/A << /O /List /ListNumbering /{element.list_numbering} >>")
    entries.append(">>")
    return " ".join(entries)
