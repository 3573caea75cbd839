"""The peer: a Document set by ReportLab's platypus as its users write it.

`Paragraph` with mini-markup, `Table` for check lists, registered TrueType fonts, a page template with header and
footer, and the usual canvas that saves its pages until it knows how many there are. No tags, no checks, no fallback
for a missing glyph. Sizes and margins are those of handouts' stylesheet, so that a page holds about the same text.
"""

from __future__ import annotations

import io
import pickle
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.colors import Color, black
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, KeepTogether, PageBreak, PageTemplate, Paragraph, Table
from svglib.svglib import svg2rlg

from handouts import document as waist

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from bench.peer import Look
    from handouts.document import Block, Document, Inline

FAMILY = "Peer"
# One handout in a process of its own.
ONCE = """
import pickle, sys
peer, values = pickle.load(open(sys.argv[1], "rb"))
open(sys.argv[2], "wb").write(peer.make(values))
"""


class NumberedCanvas(Canvas):  # type: ignore[misc,unused-ignore]  # ReportLab has no types
    """Saves each page's state, and writes "Page 2 of 5" when all pages are known."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.states: list[dict[str, Any]] = []
        self.labels: PlainHandout | None = None

    def showPage(self) -> None:  # noqa: N802  ReportLab's name
        """Keep the page for later."""
        self.states.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write the pages."""
        for state in self.states:
            self.__dict__.update(state)
            if self.labels:
                self.labels.number(self, len(self.states))
            Canvas.showPage(self)
        Canvas.save(self)


class PlainHandout:
    """One document, ready to be set again and again."""

    name = "plain ReportLab"

    def __init__(self, document: Document, look: Look, spacing: float) -> None:
        self.made_of = document, look, spacing
        self.document = document
        self.look = look
        self.pages = 0
        self.values: Mapping[str, str] = {}
        self.drawings: dict[str, Any] = {}
        self.line = Color(*look.line)
        faces = [f"{FAMILY}{suffix}" for suffix in ("", "-Bold", "-Italic", "-BoldItalic")]
        for face, file in zip(faces, look.fonts, strict=True):
            pdfmetrics.registerFont(TTFont(face, file))
        pdfmetrics.registerFontFamily(FAMILY, *faces)
        self.styles = {name: self._style(name, spacing) for name in look.styles}
        self.item_styles = {
            name: ParagraphStyle(
                f"{name}-item", style, leftIndent=look.indent, bulletFontName=FAMILY, bulletFontSize=12
            )
            for name, style in self.styles.items()
        }  # fmt: skip

    def __reduce__(self) -> tuple[type[PlainHandout], tuple[Document, Look, float]]:
        return PlainHandout, self.made_of

    def _style(self, name: str, spacing: float) -> ParagraphStyle:
        style = self.look.styles[name]
        return ParagraphStyle(
            name,
            fontName=f"{FAMILY}-Bold" if style.bold else FAMILY,
            fontSize=style.size,
            leading=style.leading,
            spaceBefore=style.before * spacing,
            textColor=Color(*style.colour),
            keepWithNext=name in {"h1", "h2", "h3"},
        )

    def make(self, values: Mapping[str, str]) -> bytes:
        """Set the document: the bytes of a PDF file."""
        self.values = values
        buffer = io.BytesIO()
        look = self.look
        width, height = look.page_size
        frame = Frame(
            look.side, look.bottom, width - 2 * look.side, height - look.bottom - look.top,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
        )  # fmt: skip
        template = BaseDocTemplate(
            buffer, pagesize=look.page_size, title=self.document.title, author="handouts", lang="en"
        )
        template.addPageTemplates(PageTemplate(frames=[frame], onPage=self.furniture))
        template.build(self.flowables(self.document.blocks), canvasmaker=NumberedCanvas)
        return buffer.getvalue()

    afresh = make  # it keeps nothing

    def once(self, folder: Path, values: Mapping[str, str]) -> tuple[str, ...]:
        """A program of this module, with the document as it is."""
        source = folder / "plain.pickle"
        source.write_bytes(pickle.dumps((self, values)))
        return ("-c", ONCE, str(source), str(folder / "plain.pdf"))

    # -------------------------------------------------------------- page furniture

    def furniture(self, canvas: NumberedCanvas, template: Any) -> None:
        """The running header, and the footer with disclaimer and version."""
        canvas.labels = self
        furniture = self.document.furniture
        side, width = self.look.side, self.look.text_width
        canvas.setStrokeColor(self.line)
        top = self.look.page_size[1] - self.look.top + 20
        if template.page > 1:
            self._place(canvas, furniture.running_title, "header-line", side, top, width)
            canvas.line(side, top - 16, side + width, top - 16)
        foot = self.look.bottom - 6
        canvas.line(side, foot, side + width, foot)
        self._place(canvas, furniture.disclaimer, "footer", side, foot - 6, 0.54 * width)
        self._place(canvas, furniture.version_line, "footer", side + 0.57 * width, foot - 17, 0.43 * width)

    def number(self, canvas: NumberedCanvas, pages: int) -> None:
        """The page's number, once all are known."""
        style = self.styles["footer"]
        label = self.document.furniture.page_label.format(page=canvas.getPageNumber(), pages=pages)
        canvas.setFont(style.fontName, style.fontSize)
        canvas.setFillColor(style.textColor)
        right = self.look.side + self.look.text_width
        canvas.drawRightString(right, self.look.bottom - 20, label)

    def _place(self, canvas: Canvas, text: str, style: str, x: float, top: float, width: float) -> None:
        paragraph = Paragraph(escape(text), self.styles[style])
        _, height = paragraph.wrap(width, 100)
        paragraph.drawOn(canvas, x, top - height)

    # -------------------------------------------------------------- text

    def markup(self, children: Iterable[Inline]) -> str:
        """Inline content as ReportLab's mini-markup."""
        parts: list[str] = []
        for child in children:
            match child:
                case waist.Text(text):
                    parts.append(escape(text))
                case waist.LineBreak():
                    parts.append("<br/>")
                case waist.Strong(inner):
                    parts.append(f"<b>{self.markup(inner)}</b>")
                case waist.Emphasis(inner):
                    parts.append(f"<i>{self.markup(inner)}</i>")
                case waist.Link(address, inner):
                    parts.append(f"<link href={quoteattr(address)}>{self.markup(inner)}</link>")
                case waist.Span(inner, "label" | "lead-in", _):
                    parts.append(f"<b>{self.markup(inner)}</b>")
                case waist.Span(inner, _, _):
                    parts.append(self.markup(inner))
        return "".join(parts)

    def text(self, children: Iterable[Inline], style: str, bullet: str | None = None) -> Paragraph:
        """A paragraph; with a bullet, one that is indented."""
        chosen = self.styles[style] if bullet is None else self.item_styles[style]
        return Paragraph(self.markup(children), chosen, bulletText=bullet)

    # -------------------------------------------------------------- blocks

    def flowables(self, blocks: Iterable[Block], bullet: str | None = None) -> list[Any]:
        """The blocks as flowables; `bullet` stands before the first paragraph."""
        found: list[Any] = []
        for block in blocks:
            found += self.block(block, bullet)
            bullet = "" if bullet is not None else None
        return found

    def block(self, block: Block, bullet: str | None) -> Sequence[Any]:
        """One block as flowables."""
        match block:
            case waist.Heading(level, children):
                return [self.text(children, f"h{level}")]
            case waist.Paragraph(children, role):
                return [self.text(children, role, bullet)]
            case waist.List(items, kind):
                marks = ["•" if kind == "bulleted" else f"{index}." for index in range(1, len(items) + 1)]
                return [
                    part
                    for mark, item in zip(marks, items, strict=True)
                    for part in self.flowables(item.blocks, mark)
                ]  # fmt: skip
            case waist.DescriptionList(items):
                return [
                    KeepTogether([self.text(item.term, "h3"), *self.flowables(item.blocks)]) for item in items
                ]  # fmt: skip
            case waist.Callout(_, label, inner):
                rows = [[[self.text(label, "label"), *self.flowables(inner)]]]
                return [
                    Table(rows, colWidths=[self.look.text_width], style=[("BOX", (0, 0), (-1, -1), 0.9, self.line)])
                ]
            case waist.Table(rows, header_rows):
                cells = [[self.text(cell.children, "label" if cell.scope else "body") for cell in row] for row in rows]
                return [Table(cells, repeatRows=header_rows, style=[("LINEBELOW", (0, 0), (-1, -1), 0.7, self.line)])]
            case waist.Checklist():
                return self.checklist(block)
            case waist.PersonalPanel(fields):
                return [self.panel(fields)]
            case waist.Columns(columns):
                return [Table([[self.flowables(column) for column in columns]])]
            case waist.Keep(inner):
                return [KeepTogether(self.flowables(inner))]
            case waist.Section(_, inner):
                return self.flowables(inner)
            case waist.PageBreak():
                return [PageBreak()]
            case waist.Figure(source, _, caption):
                return [self.drawing(source), self.text(caption, "note")]
            case waist.QRCode() | waist.Contacts():
                raise NotImplementedError("the peer sets no codes or cards; choose a brand without them")

    def drawing(self, source: str) -> Any:
        """A picture as svglib reads it, once, made to fit half a column."""
        if source not in self.drawings:
            drawing = svg2rlg(source)
            scale = min(1.0, 0.47 * self.look.text_width / drawing.width) * 0.9
            drawing.width, drawing.height = drawing.width * scale, drawing.height * scale
            drawing.scale(scale, scale)
            self.drawings[source] = drawing
        return self.drawings[source]

    def checklist(self, block: waist.Checklist) -> list[Any]:
        """A table: boxes in the first column, or one for each day after the text."""
        body, size = self.look.text_width, self.look.box
        found: list[Any] = []
        for group in block.groups:
            if group.title:
                found.append(self.text(group.title, "h3"))
            rows = [[self.text(check.children, "body"), *("" for _ in block.columns)] for check in group.checks]
            style: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
            if block.columns:
                head = [self.text((waist.Text(name),), "column") for name in (block.label, *block.columns)]
                width = (body - 11 * 12) / len(block.columns)
                most = width if block.answer_lines else 2 * size
                widths = [11 * 12.0, *(min(width, most) for _ in block.columns)]
                widths[0] = body - sum(widths[1:])
                rows.insert(0, head)
                style.append(("GRID", (1, 1), (-1, -1), 0.7, black))
            else:
                rows = [["", *row] for row in rows]
                widths = [size + 9, body - size - 9]
                style.append(("BOX", (0, 0), (0, -1), 0.7, black))
                style.append(("INNERGRID", (0, 0), (0, -1), 0.7, black))
            found.append(Table(rows, colWidths=widths, style=style, repeatRows=1 if block.columns else 0))
            if not block.columns:
                found += [Table([[""]], colWidths=[body], rowHeights=[20])] * block.answer_lines
        return found

    def panel(self, fields: tuple[waist.Field, ...]) -> Table:
        """The person's fields, two in a row."""
        cells = [
            Paragraph(f"{escape(field.label)} {escape(self.values.get(field.name, ''))}", self.styles["panel"])
            for field in fields
        ]
        cells += [""] * (len(cells) % 2)
        rows = [cells[index : index + 2] for index in range(0, len(cells), 2)]
        return Table(rows, colWidths=[0.6 * self.look.text_width, 0.4 * self.look.text_width], style=[
            ("BOX", (0, 0), (-1, -1), 0.9, self.line), ("LINEBELOW", (0, 0), (-1, -1), 0.6, self.line),
        ])  # fmt: skip
