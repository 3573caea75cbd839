"""The peer: a Document as HTML and CSS, made into PDF/UA-1 by WeasyPrint.

At its best: page and style sheet are parsed once, a name is put into the parsed page; the fonts' configuration and the
pictures are kept, too. Floats and tables rather than grids, which take it longer. HarfBuzz cuts the fonts, where the
system has it (else fontTools does, more slowly).
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from bench.peer import hexadecimal
from handouts import document as waist

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bench.peer import Look, Style
    from handouts.document import Block, Document, Inline

VARIANT = "pdf/ua-1"
_SLANTS = ((400, "normal"), (700, "normal"), (400, "italic"), (700, "italic"))
_SELECTORS = {
    "body": "html, p",
    "label": ".label, dt",
    "column": ".grid thead th, .write thead th",
    "panel": ".panel td",
    **{name: f".{name}" for name in ("lead", "eyebrow", "note", "dose", "fine")},
    **{name: name for name in ("h1", "h2", "h3")},
}
# One handout in a process of its own.
ONCE = f"""
import sys
from weasyprint import HTML
HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_variant="{VARIANT}")
"""


class WeasyPrintHandout:
    """One document, ready to be set again and again."""

    name = "WeasyPrint"

    def __init__(self, document: Document, look: Look, spacing: float) -> None:
        self.document = document
        self.look = look
        self.pages = 0
        self.style = _style(document, look, spacing)
        self.configuration = FontConfiguration()
        self.css = CSS(string=self.style, font_config=self.configuration)
        self.pictures: dict[str, Any] = {}
        self.html = HTML(string=self.page(""))
        self.places = {
            place.get("id").removeprefix("value-"): place
            for place in self.html.etree_element.iter("span")
            if place.get("id", "").startswith("value-")
        }

    def make(self, values: Mapping[str, str]) -> bytes:
        """Set the document: the bytes of a PDF file."""
        for name, place in self.places.items():
            place.text = values.get(name, "")
        pdf: bytes = self.html.write_pdf(
            font_config=self.configuration, stylesheets=[self.css], cache=self.pictures, pdf_variant=VARIANT
        )
        return pdf

    afresh = make  # it keeps nothing

    def once(self, folder: Path, values: Mapping[str, str]) -> tuple[str, ...]:
        """A program of WeasyPrint alone, with a page that has its style inside."""
        source = folder / "weasyprint.html"
        source.write_text(self.page(f"<style>{self.style}</style>", values), encoding="utf-8")
        return ("-c", ONCE, str(source), str(folder / "weasyprint.pdf"))

    def page(self, head: str, values: Mapping[str, str] | None = None) -> str:
        """The whole page."""
        body = _blocks(self.document.blocks, values or {})
        return (
            f'<!DOCTYPE html><html lang="{escape(self.document.language)}"><head><meta charset="utf-8">'
            f'<title>{escape(self.document.title)}</title><meta name="author" content="handouts">{head}</head>'
            f"<body>{body}</body></html>"
        )


# ------------------------------------------------------------------ text


def _inlines(children: Iterable[Inline]) -> str:
    parts: list[str] = []
    for child in children:
        match child:
            case waist.Text(text):
                parts.append(escape(text))
            case waist.LineBreak():
                parts.append("<br>")
            case waist.Strong(inner):
                parts.append(f"<strong>{_inlines(inner)}</strong>")
            case waist.Emphasis(inner):
                parts.append(f"<em>{_inlines(inner)}</em>")
            case waist.Link(address, inner):
                parts.append(f'<a href="{escape(address)}">{_inlines(inner)}</a>')
            case waist.Span(inner, "label" | "lead-in", _):
                parts.append(f"<b>{_inlines(inner)}</b>")
            case waist.Span(inner, _, _):
                parts.append(_inlines(inner))
    return "".join(parts)


# ------------------------------------------------------------------ blocks


def _blocks(blocks: Iterable[Block], values: Mapping[str, str]) -> str:
    return "".join(_block(block, values) for block in blocks)


def _block(block: Block, values: Mapping[str, str]) -> str:
    match block:
        case waist.Heading(level, children):
            return f"<h{level}>{_inlines(children)}</h{level}>"
        case waist.Paragraph(children, role):
            return f'<p class="{role}">{_inlines(children)}</p>'
        case waist.List(items, kind):
            name = "ul" if kind == "bulleted" else "ol"
            return f"<{name}>{''.join(f'<li>{_blocks(item.blocks, values)}</li>' for item in items)}</{name}>"
        case waist.DescriptionList(items):
            parts = (f"<dt>{_inlines(each.term)}</dt><dd>{_blocks(each.blocks, values)}</dd>" for each in items)
            return f"<dl>{''.join(parts)}</dl>"
        case waist.Callout(_, label, inner):
            return f'<div class="box"><p class="label">{_inlines(label)}</p>{_blocks(inner, values)}</div>'
        case waist.Table(rows, header_rows):
            return _table(
                [[(_inlines(each.children), each.scope) for each in row] for row in rows], header_rows, "data"
            )
        case waist.Checklist():
            return _checklist(block)
        case waist.PersonalPanel(fields):
            cells = [
                f'{escape(field.label)} <span id="value-{field.name}">{escape(values.get(field.name, ""))}</span>'
                for field in fields
            ]
            cells += [""] * (len(cells) % 2)
            pairs = zip(cells[::2], cells[1::2], strict=True)
            return _table([[(left, None), (right, None)] for left, right in pairs], 0, "panel")
        case waist.Columns(columns):
            sides = "".join(f"<div>{_blocks(side, values)}</div>" for side in columns)
            return f'<div class="columns of-{len(columns)}">{sides}</div>'
        case waist.Keep(inner):
            return f'<div class="keep">{_blocks(inner, values)}</div>'
        case waist.Section(_, inner):
            return f"<section>{_blocks(inner, values)}</section>"
        case waist.PageBreak():
            return '<div class="break"></div>'
        case waist.Figure(source, alternate, caption):
            picture = f'<img src="{Path(source).as_uri()}" alt="{escape(alternate)}">'
            return f'<figure>{picture}<p class="note">{_inlines(caption)}</p></figure>'
        case waist.QRCode() | waist.Contacts():
            raise NotImplementedError("the peer sets no codes or cards; choose a brand without them")


def _table(rows: list[list[tuple[str, str | None]]], header_rows: int, name: str) -> str:
    def row(cells: list[tuple[str, str | None]]) -> str:
        scopes = {"column": "col", "row": "row"}
        return "".join(
            f'<th scope="{scopes[scope]}">{content}</th>' if scope else f"<td>{content}</td>"
            for content, scope in cells
        )

    head = "".join(f"<tr>{row(cells)}</tr>" for cells in rows[:header_rows])
    body = "".join(f"<tr>{row(cells)}</tr>" for cells in rows[header_rows:])
    return f'<table class="{name}">{f"<thead>{head}</thead>" if head else ""}<tbody>{body}</tbody></table>'


def _checklist(block: waist.Checklist) -> str:
    found: list[str] = []
    for group in block.groups:
        if group.title:
            found.append(f"<h3>{_inlines(group.title)}</h3>")
        if block.columns:
            head: list[tuple[str, str | None]] = [(escape(each), "column") for each in (block.label, *block.columns)]
            rows = [[(_inlines(check.children), "row"), *(("", None) for _ in block.columns)] for check in group.checks]
            found.append(_table([head, *rows], 1, "write" if block.answer_lines else "grid"))
            continue
        lines = '<div class="answer"></div>' * block.answer_lines
        checks = (f'<li><span class="tick"></span>{_inlines(check.children)}{lines}</li>' for check in group.checks)
        found.append(f'<ul class="checks">{"".join(checks)}</ul>')
    return "".join(found)


# ------------------------------------------------------------------ style


def _style(document: Document, look: Look, spacing: float) -> str:
    furniture, line = document.furniture, hexadecimal(look.line)
    number = furniture.page_label
    for place, counter in (("{page}", "page"), ("{pages}", "pages")):
        number = number.replace(place, f'" counter({counter}) "')
    faces = "\n".join(
        f"@font-face {{font-family: Peer; font-weight: {weight}; font-style: {slant};src: url({Path(file).as_uri()}) }}"
        for file, (weight, slant) in zip(look.fonts, _SLANTS, strict=True)
    )
    texts = "\n".join(f"{selector} {{ {_text(look.styles[name], spacing)} }}" for name, selector in _SELECTORS.items())
    gap = f"margin-top: {look.styles['body'].before * spacing:.2f}pt"
    footer, header = (
        f"font-family: Peer; vertical-align: {edge}; {_text(look.styles[name], spacing)}"
        for name, edge in (("footer", "top"), ("header-line", "bottom"))
    )
    footer = f"{footer}; border-top: .5pt solid {line}; padding-top: 6pt; margin-top: 6pt"
    header = f"{header}; border-bottom: .5pt solid {line}; padding-bottom: 3pt; margin-bottom: 8pt"
    return f"""\
{faces}
@page {{
  size: {look.page_size[0]}pt {look.page_size[1]}pt; margin: {look.top}pt {look.side}pt {look.bottom}pt;
  @top-left {{ {header}; width: 100%; content: {_string(furniture.running_title)} }}
  @bottom-left {{ {footer}; width: 55%; text-align: left; content: {_string(furniture.disclaimer)} }}
  @bottom-right {{
    {footer}; width: 45%; text-align: right; white-space: pre-line;
    content: "{number}" "\\a " {_string(furniture.version_line)}
  }}
}}
@page :first {{ @top-left {{ content: none }} }}
* {{ margin: 0; padding: 0 }}
html {{ font-family: Peer }}
{texts}
h1, h2, h3 {{ break-after: avoid }}
ul, ol {{ padding-left: {look.indent}pt }}
li, .box {{ {gap} }}
li > p:first-child {{ margin-top: 0 }}
.checks {{ list-style: none; padding: 0 }}
.checks > li {{ padding-left: {look.box + 9}pt; position: relative; min-height: {look.box}pt }}
.tick {{ position: absolute; left: 0; top: 0; width: {look.box}pt; height: {look.box}pt; border: .7pt solid }}
.answer {{ height: 20pt }}
.box {{ border: .9pt solid {line}; padding: 3pt 6pt }}
table {{ width: 100%; border-collapse: collapse }}
td, th {{ padding: 3pt 6pt; text-align: left; vertical-align: top; font-weight: 400 }}
.data tr {{ border-bottom: .7pt solid {line} }}
.data th {{ font-weight: 700 }}
.grid td, .write td {{ border: .7pt solid }}
.grid td, .grid thead th + th {{ width: {look.box}pt }}
.write td {{ width: 26% }}
.panel {{ border: .9pt solid {line} }}
.panel tr {{ border-bottom: .6pt solid {line} }}
.panel td:first-child {{ width: 60% }}
.columns::after {{ content: ""; display: block; clear: both }}
.columns > div {{ float: left }}
.of-2 > div {{ width: 48%; margin-right: 2% }}
.of-3 > div {{ width: 31%; margin-right: 2% }}
.keep, dt, figure, tr, .box {{ break-inside: avoid }}
.break {{ break-after: page }}
img {{ width: 90% }}
"""


def _text(style: Style, spacing: float) -> str:
    return (
        f"font-size: {style.size}pt; line-height: {style.leading}pt; margin-top: {style.before * spacing:.2f}pt; "
        f"color: {hexadecimal(style.colour)}; font-weight: {700 if style.bold else 400}"
    )


def _string(words: str) -> str:
    """Words as a CSS string."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
