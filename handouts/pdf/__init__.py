"""4 LAY OUT and 5 ISSUE: a Document becomes a Sheet, and a Sheet becomes a person's PDF.

Laying out is the slow part and is done once for each different handout; issuing fills the personal panel.
There is no second, faster path: a single handout is laid out once and issued once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.pdf.blocks import BlockLayouter
from handouts.pdf.canvas import PANEL_OBJECT, SheetCanvas
from handouts.pdf.fonts import Fonts
from handouts.pdf.furniture import PageFurniture
from handouts.pdf.issuing import Glyph, Sheet, issue
from handouts.pdf.pagination import paginate
from handouts.pdf.structure import StructureElement
from handouts.pdf.stylesheet import EditionName, PaperName, make_stylesheet
from handouts.pdf.typesetting import Typesetter
from handouts.person import Person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handouts.document import Document
    from handouts.library import Brand
    from handouts.pdf.panel import PanelDrawing
    from handouts.pdf.units import Frame, Page

__all__ = ["PANEL_CHARACTERS", "Person", "Sheet", "issue", "lay_out"]

# What the panel of a sheet can show unless told otherwise: the letters of the Latin-script languages of Europe.
PANEL_CHARACTERS = frozenset(map(chr, [*range(0x20, 0x7F), *range(0xA1, 0x180)])) | frozenset("‘’“”–—")

# Room between the text and the frame of a box where the box goes on over a page break, in points.
OPEN_END = 4.0


def lay_out(
    document: Document,
    brand: Brand,
    edition: EditionName = "standard",
    paper: PaperName = "letter",
    characters: Iterable[str] = PANEL_CHARACTERS,
) -> Sheet:
    """Lay a document out in a brand's looks.

    `characters` are those that the personal panel must be able to show; the ones that no face has are left out, and
    issuing a value that needs them fails. Raises LayoutError, or MissingResourceError for a font, picture or glyph.
    """
    stylesheet = make_stylesheet(brand, edition, paper)
    typesetter = Typesetter(Fonts(brand), stylesheet)
    furniture = PageFurniture(document, brand, typesetter, stylesheet)
    root = StructureElement("Document")
    room = min(furniture.top(0), furniture.top(1)) - furniture.bottom
    layouter = BlockLayouter(typesetter, stylesheet, room)
    typesetter.place = "opening"
    units = layouter.blocks(document.blocks, root, stylesheet.text_width)
    pages = paginate(units, furniture.top, furniture.bottom)

    canvas = SheetCanvas(stylesheet.page_size, document.language)
    canvas.setTitle(f"{document.title} – {document.subject}" if document.subject else document.title)
    canvas.setAuthor(brand.name or "handouts")
    canvas.setSubject(document.title)
    canvas.setKeywords(", ".join(document.keywords))
    canvas.setCreator("handouts")
    canvas.setProducer("handouts (ReportLab)")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    for index, page in enumerate(pages):
        furniture.draw(canvas, index, len(pages))
        _draw_frames(canvas, pages, index, stylesheet.margin_side)
        for placed in page.units:
            placed.unit.draw(canvas, stylesheet.margin_side, placed.top)
        canvas.finish_page()
    glyphs = _panel_glyphs(canvas, typesetter, characters) if layouter.panel else {}
    base = canvas.finish(root)
    panel: PanelDrawing | None = layouter.panel
    return Sheet(
        base=base,
        pages=len(pages),
        panel_object=canvas.object_number(PANEL_OBJECT) if panel else 0,
        panel_fields=tuple(panel.fields) if panel else (),
        glyphs=glyphs,
    )


def _draw_frames(canvas: SheetCanvas, pages: list[Page], index: int, left: float) -> None:
    """The boxes and bars around the page's units; one that goes on over the break has room at its open end."""
    spans: dict[int, tuple[Frame, float, float]] = {}
    for placed in pages[index].units:
        bottom = placed.top - placed.unit.height
        for frame in placed.unit.frames:
            top = spans[id(frame)][1] if id(frame) in spans else placed.top
            spans[id(frame)] = (frame, top, bottom)
    before = pages[index - 1].frames() if index else frozenset()
    after = pages[index + 1].frames() if index + 1 < len(pages) else frozenset()
    for key, (frame, top, bottom) in spans.items():
        frame.draw(canvas, left, top + OPEN_END * (key in before), bottom - OPEN_END * (key in after))


def _panel_glyphs(canvas: SheetCanvas, typesetter: Typesetter, characters: Iterable[str]) -> dict[str, Glyph]:
    """How the panel writes each character that some face has."""
    glyphs: dict[str, Glyph] = {}
    wanted = sorted(characters)
    for fallback in (False, True):
        wanted = [each for each in wanted if each not in glyphs]
        if not wanted:
            break  # the fallback face is opened only when it is needed
        face = typesetter.fonts.face("regular", fallback=fallback)
        shown = "".join([each for each in wanted if face.has(each)])
        codes = [(font, code) for font, part in canvas.codes(face, shown) for code in part]
        for character, (font, code) in zip(shown, codes, strict=True):
            glyphs[character] = Glyph(font, code, face.width(character, 1))
    return glyphs
