"""4 LAY OUT and 5 ISSUE: a Document becomes a Sheet, and a Sheet becomes a person's PDF.

Laying out is the slow part and is done once for each different handout; issuing fills the personal panel.
There is no second, faster path: a single handout is laid out once and issued once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.pdf.blocks import BlockLayouter
from handouts.pdf.canvas import SheetCanvas
from handouts.pdf.fonts import Fonts
from handouts.pdf.furniture import PageFurniture
from handouts.pdf.issuing import Glyph, Sheet, issue
from handouts.pdf.pagination import paginate
from handouts.pdf.panel import PanelValues
from handouts.pdf.scripts import shapes
from handouts.pdf.stylesheet import EditionName, PaperName, make_stylesheet
from handouts.pdf.tagging import Metadata, Property, Schema, StructureElement, ending_of
from handouts.pdf.typesetting import Typesetter
from handouts.person import Person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handouts.document import Document
    from handouts.library import Brand
    from handouts.pdf.units import Frame, Page

__all__ = ["BATCH_CHARACTERS", "PANEL_CHARACTERS", "Person", "Sheet", "count_pages", "issue", "lay_out"]

# What a batch's sheets can show: the signs of Windows code page 1252, which each file with a panel holds anyway.
BATCH_CHARACTERS = frozenset(bytes(range(0x20, 0x100)).decode("cp1252", "ignore")) - frozenset("\x7f\u00a0\u00ad")
# What the panel of a sheet can show unless told otherwise: the letters of all Latin-script languages of Europe.
PANEL_CHARACTERS = BATCH_CHARACTERS | frozenset(map(chr, [*range(0x100, 0x180), *range(0x218, 0x21C)]))

# Room between the text and the end of a box's frame where the box comes from the page before, in points.
OPEN_END = 4.0


def lay_out(
    document: Document,
    brand: Brand,
    edition: EditionName = "standard",
    paper: PaperName = "letter",
    characters: Iterable[str] = PANEL_CHARACTERS,
    *,
    forms: bool = True,
    duplex: bool = False,
    tagged: bool = True,
) -> Sheet:
    """Lay a document out in a brand's looks.

    `characters` are those that the personal panel must be able to show; the ones that no face has are left out, and
    issuing a value that needs them fails. `forms` makes boxes and lines work on a screen, too. `duplex` adds an empty
    page to an odd number of them, so that what is printed next starts on a fresh sheet of paper. Without `tagged` the
    pages come without what a screen reader needs: for measuring, never for a patient. Raises LayoutError, or
    MissingResourceError for a font, picture or glyph.
    """
    stylesheet = make_stylesheet(brand, edition, paper)
    typesetter = Typesetter(Fonts(brand), stylesheet)
    furniture = PageFurniture(document, brand, typesetter, stylesheet)
    root = StructureElement("Document")
    layouter = BlockLayouter(typesetter, stylesheet, furniture.room, forms=forms and tagged)
    pages = _paginated(document, layouter, furniture, root)

    metadata = _metadata(document, brand, edition, paper)
    canvas = SheetCanvas(stylesheet.page_size, metadata, root, tagged=tagged)
    if layouter.has_writing_room or layouter.panel:
        canvas.forms.use(typesetter.fonts.face("regular").font)
    values: PanelValues | None = None
    for index, page in enumerate(pages):
        furniture.draw(canvas, index, len(pages))
        _draw_frames(canvas, pages, index, stylesheet.margin_side)
        for placed in page.units:
            placed.unit.draw(canvas, stylesheet.margin_side, placed.top)
        if layouter.panel and layouter.panel.page == index:
            values = PanelValues(canvas, layouter.panel)
            canvas.finish_page((values.stream,))
        else:
            canvas.finish_page()
    if duplex and len(pages) % 2:
        canvas.finish_page()
    glyphs = _panel_glyphs(canvas, typesetter, characters) if layouter.panel else {}
    base = canvas.finish()
    place = values.place() if values else None
    return Sheet(base=base, ending=ending_of(base), pages=len(pages), glyphs=glyphs, metadata=metadata, panel=place)


def count_pages(
    document: Document, brand: Brand, edition: EditionName = "standard", paper: PaperName = "letter"
) -> int:
    """How many pages the document takes: laid out as always, and not drawn.

    Raises what `lay_out` raises: all of it is found before anything is drawn.
    """
    stylesheet = make_stylesheet(brand, edition, paper)
    typesetter = Typesetter(Fonts(brand), stylesheet)
    furniture = PageFurniture(document, brand, typesetter, stylesheet)
    layouter = BlockLayouter(typesetter, stylesheet, furniture.room, forms=False)
    return len(_paginated(document, layouter, furniture, StructureElement("Document")))


def _paginated(
    document: Document, layouter: BlockLayouter, furniture: PageFurniture, root: StructureElement
) -> list[Page]:
    """The document's units on their pages."""
    layouter.typesetter.place = "opening"
    units = layouter.blocks(document.blocks, root, furniture.sheet.text_width)
    return paginate(units, furniture.top, furniture.bottom)


# The words that describe a sheet's properties in its file (for programs that ask for them).
_SCHEMA = "urn:handouts:document:1.0"
_MEANINGS = {
    "topic": "Id of the topic",
    "version": "Version of the topic's text",
    "audience": "Id of the audience",
    "template": "Name of the template",
    "edition": "standard, large-print or report",
    "paper": "Paper the pages are made for",
    "review": "Who reviewed the text, or that nobody has yet",
    "reviewDue": "When the text is due for review",
}


def _metadata(document: Document, brand: Brand, edition: str, paper: str) -> Metadata:
    """What the file says of itself: nothing of a person."""
    values = {
        "topic": document.topic,
        "version": document.version,
        "audience": document.audience,
        "template": document.template,
        "edition": edition,
        "paper": paper,
        "review": document.review,
        "reviewDue": document.review_due,
    }
    properties = tuple(Property(name, values[name], meaning) for name, meaning in _MEANINGS.items() if values[name])
    return Metadata(
        title=f"{document.title} – {document.subject}" if document.subject else document.title,
        language=document.language,
        author=brand.name or "handouts",
        subject=document.title,
        keywords=", ".join(document.keywords),
        creator="handouts",
        producer="handouts (ReportLab)",
        schema=Schema(_SCHEMA, "handouts", "A handout", properties),
    )


def _draw_frames(canvas: SheetCanvas, pages: list[Page], index: int, left: float) -> None:
    """The boxes and bars around the page's units. One that goes on over the break has no line there.

    A box that repeats its label is closed above it.
    """
    units = pages[index].units
    spans: dict[int, tuple[Frame, float, float]] = {}
    for placed in units:
        bottom = placed.top - placed.unit.height
        for frame in placed.unit.frames:
            top = spans[id(frame)][1] if id(frame) in spans else placed.top
            spans[id(frame)] = (frame, top, bottom)
    before = pages[index - 1].frames() if index else frozenset()
    after = pages[index + 1].frames() if index + 1 < len(pages) else frozenset()
    if len(units) > 1 and units[1].unit.header is units[0].unit:
        before -= {id(frame) for frame in units[0].unit.frames}
    for key, (frame, top, bottom) in spans.items():
        above = key in before
        frame.draw(canvas, left, top + OPEN_END * above, bottom, open_top=above, open_bottom=key in after)


def _panel_glyphs(canvas: SheetCanvas, typesetter: Typesetter, characters: Iterable[str]) -> dict[str, Glyph]:
    """How the panel writes each character that some face has."""
    glyphs: dict[str, Glyph] = {}
    wanted = shapes(frozenset(characters))
    for face in typesetter.fonts.chain("regular"):
        shown = face.shown(wanted)
        codes = [(font, code) for font, part in canvas.codes(face.font, shown) for code in part]
        for character, (font, code) in zip(shown, codes, strict=True):
            glyphs[character] = Glyph(font, code, face.width(character, 1))
        wanted = wanted.difference(shown)
        if not wanted:
            break
    return glyphs
