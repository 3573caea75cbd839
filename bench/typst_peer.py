"""The peer: a Document as Typst markup, made into PDF/UA-1 by the typst package.

At its best: one compiler with fonts found once, and Typst's own cache of what has not changed. Values come from a file
that is read where they stand: given as inputs (`sys.inputs`), they would make Typst forget all that it has laid out.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typst

from bench.peer import hexadecimal
from handouts import document as waist

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bench.peer import Look, Style
    from handouts.document import Block, Document, Inline

STANDARD: Final = "ua-1"
VALUES = "values.json"
# One handout in a process of its own. Its fonts are in the folder of its source.
ONCE = f"""
import pathlib, sys, typst
folder = pathlib.Path(sys.argv[1]).parent
fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=fonts, pdf_standards="{STANDARD}")
"""
_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")


class TypstHandout:
    """One document, ready to be set again and again."""

    name = "Typst"

    def __init__(self, document: Document, look: Look, spacing: float) -> None:
        self.look = look
        self.document = document
        self.folder = tempfile.TemporaryDirectory(prefix="handouts-bench-")
        self.pictures: dict[str, str] = {}
        text = self.markup(spacing)
        place = Path(self.folder.name)
        for source, name in self.pictures.items():
            shutil.copyfile(source, place / name)
        for file in look.fonts:
            shutil.copyfile(file, place / Path(file).name)
        self.source = place / "handout.typ"
        self.source.write_text(text, encoding="utf-8")
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[place])
        self.compiler = typst.Compiler(self.source, font_paths=fonts)
        self.values = place / VALUES
        self.pages = self.made = 0

    def make(self, values: Mapping[str, str]) -> bytes:
        """Set the document: the bytes of a PDF file."""
        self.values.write_text(json.dumps(values), encoding="utf-8")
        pdf = self.compiler.compile(pdf_standards=STANDARD)
        assert isinstance(pdf, bytes)  # noqa: S101
        return pdf

    def afresh(self, values: Mapping[str, str]) -> bytes:
        """The same with another input, which nothing asks for: that empties the cache."""
        self.values.write_text(json.dumps(values), encoding="utf-8")
        self.made += 1
        pdf = self.compiler.compile(sys_inputs={"made": str(self.made)}, pdf_standards=STANDARD)
        assert isinstance(pdf, bytes)  # noqa: S101
        return pdf

    def once(self, folder: Path, values: Mapping[str, str]) -> tuple[str, ...]:
        """A program of Typst alone, with the source, values, fonts and pictures."""
        place = folder / "typst"
        shutil.copytree(self.folder.name, place)
        (place / VALUES).write_text(json.dumps(values), encoding="utf-8")
        return ("-c", ONCE, str(place / self.source.name), str(folder / "typst.pdf"))

    # -------------------------------------------------------------- page

    def markup(self, spacing: float) -> str:
        """The whole source."""
        look, furniture = self.look, self.document.furniture
        body, header, footer = look.styles["body"], look.styles["header-line"], look.styles["footer"]
        width, height = look.page_size
        gap = f"{body.before * spacing:.2f}pt"
        number = _text(furniture.page_label)
        for place, call in (("page", "counter(page).display()"), ("pages", "counter(page).final().first()")):
            number = number.replace(f"\\{{{place}\\}}", f"#{call}")
        line = f'0.5pt + rgb("{hexadecimal(look.line)}")'
        styles = "\n".join(
            f"#let {name}(it) = block(above: {style.before * spacing:.2f}pt, "
            f"par(leading: {style.leading - style.size}pt, text({_looks(style)}, it)))"
            for name, style in look.styles.items()
            if name in {"lead", "eyebrow", "note", "dose", "fine", "label"}
        )
        headings = "\n".join(
            f"#show heading.where(level: {level}): set text({_looks(style)})\n"
            f"#show heading.where(level: {level}): set block(above: {style.before * spacing + 2:.2f}pt, below: {gap})"
            for level, style in ((level, look.styles[f"h{level}"]) for level in (1, 2, 3))
        )
        return f"""\
#set document(title: {_string(self.document.title)}, author: "handouts")
#set text(font: {_string(look.family)}, lang: {_string(self.document.language)}, {_looks(body)},
  top-edge: 0.8em, bottom-edge: -0.2em, hyphenate: false)
#set par(leading: {body.leading - body.size}pt, spacing: {gap})
#set block(spacing: {gap})
#set list(indent: 4pt, body-indent: {look.indent - 9}pt, spacing: {gap})
#set enum(indent: 4pt, body-indent: {look.indent - 13}pt, spacing: {gap})
#set page(width: {width}pt, height: {height}pt, margin: (x: {look.side}pt, top: {look.top}pt, bottom: {look.bottom}pt),
  header-ascent: 8pt, footer-descent: 6pt,
  header: context if counter(page).get().first() > 1 [
    #set text({_looks(header)})
    {_text(furniture.running_title)}
    #v(-2pt) #line(length: 100%, stroke: {line})
  ],
  footer: context [
    #set text({_looks(footer)})
    #set par(leading: {footer.leading - footer.size}pt)
    #line(length: 100%, stroke: {line})
    #grid(columns: (55%, 45%), align: (left, right),
      [{_text(furniture.disclaimer)}], [{number} \\ {_text(furniture.version_line)}])
  ])
{headings}
{styles}
#let boxed(it) = block(width: 100%, stroke: 0.9pt + rgb("{hexadecimal(look.line)}"), inset: (x: 6pt, y: 4pt), it)
#let tick = box(width: {look.box}pt, height: {look.box}pt, stroke: 0.7pt)
#let value(name) = json("{VALUES}").at(name, default: "")

{self.blocks(self.document.blocks)}
"""

    # -------------------------------------------------------------- blocks

    def blocks(self, blocks: Iterable[Block]) -> str:
        """The blocks as markup, a paragraph apart."""
        return "\n\n".join(self.block(block) for block in blocks)

    def block(self, block: Block) -> str:
        """One block as markup."""
        match block:
            case waist.Heading(level, children):
                return f"#heading(level: {level})[{_inlines(children)}]"
            case waist.Paragraph(children, role):
                return _inlines(children) if role == "body" else f"#{role}[{_inlines(children)}]"
            case waist.List(items, kind):
                name = "list" if kind == "bulleted" else "enum"
                return f"#{name}({', '.join(f'[{self.blocks(item.blocks)}]' for item in items)})"
            case waist.DescriptionList(items):
                return "\n\n".join(f"#strong[{_inlines(each.term)}]\n\n{self.blocks(each.blocks)}" for each in items)
            case waist.Callout(_, label, inner):
                return f"#boxed[#label[{_inlines(label)}]\n\n{self.blocks(inner)}]"
            case waist.Table(rows, header_rows):
                cells = [[f"[{_inlines(cell.children)}]" for cell in row] for row in rows]
                return _table([f"{len(rows[0])}"], cells, header_rows, "(x: none, y: 0.7pt)")
            case waist.Checklist():
                return self.checklist(block)
            case waist.PersonalPanel(fields):
                line = hexadecimal(self.look.line)
                cells = [[f'[{_text(field.label)} #value("{field.name}")]'] for field in fields]
                cells += [["[]"]] * (len(cells) % 2)
                stroke = f'(x, y) => (y: 0.6pt + rgb("{line}"), rest: none)'
                table = _table(["60%, 40%"], cells, 0, stroke)
                return f'#rect(width: 100%, inset: 0pt, stroke: 0.9pt + rgb("{line}"))[{table}]'
            case waist.Columns(columns):
                sides = ", ".join(f"[{self.blocks(side)}]" for side in columns)
                return f"#grid(columns: (1fr,) * {len(columns)}, column-gutter: 12pt, {sides})"
            case waist.Keep(inner):
                return f"#block(breakable: false)[{self.blocks(inner)}]"
            case waist.Section(_, inner):
                return self.blocks(inner)
            case waist.PageBreak():
                return "#pagebreak()"
            case waist.Figure(source, alternate, caption):
                name = self.pictures.setdefault(source, f"picture-{len(self.pictures)}{Path(source).suffix}")
                return f'#image("{name}", width: 90%, alt: {_string(alternate)})\n\n#note[{_inlines(caption)}]'
            case waist.QRCode() | waist.Contacts():
                raise NotImplementedError("the peer sets no codes or cards; choose a brand without them")

    def checklist(self, block: waist.Checklist) -> str:
        """A table: boxes in the first column, or one for each day after the text."""
        found: list[str] = []
        for group in block.groups:
            if group.title:
                found.append(f"#heading(level: 3)[{_inlines(group.title)}]")
            checks = [f"[{_inlines(check.children)}]" for check in group.checks]
            if not block.columns:
                lines = "#v(20pt)" * block.answer_lines
                found += [f"#grid(columns: ({self.look.box + 9}pt, 1fr), tick, {check})\n{lines}" for check in checks]
                continue
            small = self.look.styles["column"].size
            head = [f"[#text(size: {small}pt, weight: 700)[{_text(name)}]]" for name in (block.label, *block.columns)]
            width = "26%" if block.answer_lines else f"{2 * self.look.box}pt"
            columns = [f"1fr, ..({width},) * {len(block.columns)}"]
            rows = [[check, *("[]" for _ in block.columns)] for check in checks]
            found.append(_table(columns, [head, *rows], 1, "(x, y) => if x > 0 and y > 0 { 0.7pt }"))
        return "\n\n".join(found)


def _table(columns: list[str], rows: list[list[str]], header_rows: int, stroke: str) -> str:
    head = ", ".join(cell for row in rows[:header_rows] for cell in row)
    body = ", ".join(cell for row in rows[header_rows:] for cell in row)
    widths = columns[0] if columns[0].isdecimal() else f"({columns[0]})"
    repeated = f"table.header({head}), " if head else ""
    return f"#table(columns: {widths}, align: left, inset: (x: 6pt, y: 3pt), stroke: {stroke}, {repeated}{body})"


# ------------------------------------------------------------------ text


def _inlines(children: Iterable[Inline]) -> str:
    parts: list[str] = []
    for child in children:
        match child:
            case waist.Text(text):
                parts.append(_text(text))
            case waist.LineBreak():
                parts.append(" \\ ")
            case waist.Strong(inner) | waist.Span(inner, "label" | "lead-in", _):
                parts.append(f"#strong[{_inlines(inner)}]")
            case waist.Emphasis(inner):
                parts.append(f"#emph[{_inlines(inner)}]")
            case waist.Link(address, inner):
                parts.append(f"#link({_string(address)})[{_inlines(inner)}]")
            case waist.Span(inner, _, _):
                parts.append(_inlines(inner))
    return "".join(parts)


def _text(words: str) -> str:
    """Words as markup that means nothing else."""
    return _SIGNS.sub(r"\\\g<0>", words)


def _string(words: str) -> str:
    """Words as a string of Typst's language."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _looks(style: Style) -> str:
    weight = 700 if style.bold else 400
    return f'size: {style.size}pt, weight: {weight}, fill: rgb("{hexadecimal(style.colour)}")'
