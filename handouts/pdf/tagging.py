"""The structure tree, written into the PDF. Phase 4, LAY OUT.

ISO 32000-1, 14.7: StructTreeRoot, the elements, and the parent tree that leads from a page's marked content back to
its element.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.pdfbase import pdfdoc

if TYPE_CHECKING:
    from handouts.pdf.structure import StructureElement

_Name, _Dictionary, _Array, _String = (
    pdfdoc.PDFName,
    pdfdoc.PDFDictionary,
    pdfdoc.PDFArray,
    pdfdoc.PDFString,
)


def write_structure(
    document: Any, root: StructureElement, pages: list[Any], marks: dict[int, list[StructureElement]]
) -> None:
    """Add the tree below `root` to a ReportLab document whose pages have been drawn.

    `marks` gives, for each page, the elements in the order of their marked-content ids.
    """
    _prune(root)
    references: dict[int, Any] = {}
    objects: dict[int, Any] = {}
    for element in root.walk():
        objects[id(element)] = dictionary = _Dictionary({})
        dictionary.__RefOnly__ = 1
        references[id(element)] = document.Reference(dictionary)
    tree = _Dictionary({})
    tree.__RefOnly__ = 1
    tree_reference = document.Reference(tree)
    page_references = [document.Reference(page) for page in pages]
    for element in root.walk():
        objects[id(element)].dict.update(_entries(element, references, page_references, tree_reference))
    numbers: list[Any] = []
    for index, page in enumerate(pages):
        numbers += [index, _Array([references[id(element)] for element in marks.get(index, [])])]
        # ReportLab writes only the page keys it knows.
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = index
        page.Tabs = _Name("S")
    tree.dict.update(
        {
            "Type": _Name("StructTreeRoot"),
            "K": references[id(root)],
            "ParentTree": document.Reference(_Dictionary({"Nums": _Array(numbers)})),
            "ParentTreeNextKey": len(pages),
        }
    )
    document.Catalog.StructTreeRoot = tree_reference
    document.Catalog.MarkInfo = _Dictionary({"Marked": "true"})


def _prune(element: StructureElement) -> None:
    """Drop elements that paint nothing and hold nothing; table cells stay, so that rows keep their columns."""
    for child in element.children:
        _prune(child)
    element.children = [
        child for child in element.children if child.children or child.marks or child.tag in {"TD", "TH"}
    ]


def _entries(element: StructureElement, references: dict[int, Any], pages: list[Any], tree: Any) -> dict[str, Any]:
    kids: list[Any] = []
    first_page = element.marks[0][0] if element.marks else None
    for page, mark in element.marks:
        if page == first_page:
            kids.append(mark)
        else:
            kids.append(_Dictionary({"Type": _Name("MCR"), "Pg": pages[page], "MCID": mark}))
    kids += [references[id(child)] for child in element.children]
    entries: dict[str, Any] = {
        "Type": _Name("StructElem"),
        "S": _Name(element.tag),
        "P": references[id(element.parent)] if element.parent else tree,
    }
    if first_page is not None:
        entries["Pg"] = pages[first_page]
    if kids:
        entries["K"] = kids[0] if len(kids) == 1 else _Array(kids)
    if element.alternate:
        entries["Alt"] = _String(element.alternate)
    if element.language:
        entries["Lang"] = _String(element.language)
    if element.scope:
        entries["A"] = _Dictionary({"O": _Name("Table"), "Scope": _Name(element.scope)})
    if element.list_numbering:
        entries["A"] = _Dictionary({"O": _Name("List"), "ListNumbering": _Name(element.list_numbering)})
    return entries
