"""A handout as a screen reader says it, for people to read: tests/pdf/read-aloud/ keeps one of each template.

    python tests/pdf/read_aloud.py --renew        after a change to content, templates or tags: read the difference
    python tests/pdf/read_aloud.py FILE.pdf       any tagged PDF

The words around the text are those that screen readers say, more or less: "heading level 2", "list, 3 items".
Nothing here imports the code under test, but `--renew` makes the sheets with it.
"""

import re
import sys
from pathlib import Path

import pikepdf
from pdf_reading import Element, Tagged, folded

KEPT = Path(__file__).parent / "read-aloud"
TEMPLATES = sorted((Path(__file__).parents[2] / "templates").glob("[!_]*.xml.jinja"))
SHEETS = {
    f"psoas-muscle-spasm.patient.{template}.txt": ("psoas-muscle-spasm", "patient", template)
    for template in (file.name.removesuffix(".xml.jinja") for file in TEMPLATES)
}
_INLINE = {"Span", "Link", "Em", "Strong", "Quote", "Code", "Reference", "Annot", "Form", "Note", "Lbl"}


def read_aloud(data):
    """The PDF's text in reading order with what a screen reader says of it, a line for each stop."""
    return "\n".join(_Reader(Tagged(data)).document()) + "\n"


class _Reader:
    def __init__(self, tagged):
        self.tagged = tagged

    def document(self):
        """Everything, after the title and the language that the file names."""
        pdf = self.tagged.pdf
        yield f"document, {pdf.docinfo.get('/Title', 'without a title')}, language {pdf.Root.get('/Lang', 'unknown')}"
        yield from self.blocks(self.tagged.root)

    # -------------------------------------------------------------- lines

    def text(self, element):
        """What is said of an element on one line: its text, and its links, fields and pictures in their places."""
        if "/ActualText" in element.object:
            return str(element.object.ActualText)
        parts = []
        for kid in element.kids:
            if isinstance(kid, tuple):
                parts.append(self.tagged.marked_text.get(kid, ""))
            elif not isinstance(kid, Element):
                if element.tag != "Link" or not element.marks:  # a link is called by its own words, if it has any
                    parts.append(f" {annotation(kid)} ")
            else:
                parts.append(self.said(kid))
        return folded("".join(parts))

    def said(self, element):
        """An element within a line."""
        text = self.text(element)
        alternate = str(element.object.get("/Alt", ""))
        match element.tag:
            case "Link":
                return f" [link, {text}] "
            case "Figure":
                return f" [figure, {alternate or 'without words'}] "
            case "Form":
                return f" [{text}] "
        if "/E" in element.object:
            text = str(element.object.E)
        language = f"(in {element.object.Lang}) " if "/Lang" in element.object else ""
        # The spaces at its ends belong to the line.
        before = " " if element.marks and self.tagged.marked_text.get(element.marks[0], "").startswith(" ") else ""
        after = " " if element.marks and self.tagged.marked_text.get(element.marks[-1], "").endswith(" ") else ""
        return f"{before}{language}{text}{after}"

    def blocks(self, element):
        """An element's lines."""
        kids = [kid for kid in element.kids if isinstance(kid, Element)]
        inline = all(kid.tag in _INLINE for kid in kids)
        if heading := re.fullmatch(r"H([1-6])", element.tag):
            yield f"heading level {heading[1]}, {self.text(element)}"
        elif element.tag == "L":
            yield from self.list(element)
        elif element.tag == "Table":
            yield from self.table(element)
        elif element.tag == "Figure":
            yield self.said(element).strip(" []")
            for kid in kids:
                yield from self.blocks(kid)
        elif element.tag == "Caption":
            yield f"caption, {self.text(element)}"
        elif inline and not (element.tag in {"Document", "Sect", "Div"} and kids):
            if text := self.text(element):
                yield text
        else:
            if own := folded("".join(self.tagged.marked_text.get(mark, "") for mark in element.marks)):
                yield own
            for kid in kids:
                yield from self.blocks(kid)

    # -------------------------------------------------------------- lists and tables

    def list(self, element):
        """How many items, and each: its label or a bullet, then its lines."""
        kids = [kid for kid in element.kids if isinstance(kid, Element)]
        items = [kid for kid in kids if kid.tag == "LI"]
        for kid in kids:
            if kid.tag == "Caption":
                yield f"caption, {self.text(kid)}"
        yield f"list, {len(items)} {'item' if len(items) == 1 else 'items'}"
        for kid in kids:
            if kid.tag == "LI":
                yield from self.item(kid)
            elif kid.tag != "Caption":
                yield from ("  " + line for line in self.blocks(kid))
        yield "end of list"

    def item(self, element):
        label, lines = "", []
        if own := folded("".join(self.tagged.marked_text.get(mark, "") for mark in element.marks)):
            lines.append(own)
        for kid in element.kids:
            if not isinstance(kid, Element):
                continue
            if kid.tag == "Lbl":
                label = f"{label} {self.text(kid)}".strip()
            else:
                lines += self.blocks(kid)
        if re.fullmatch(r"\d+\.?", label):
            label = f"{label.rstrip('.')}."
        elif label:
            lines = ["", *lines]
            label = f"• {label}"
        first, *rest = lines or [""]
        yield f"{label or '•'} {first}".rstrip()
        for line in rest:
            yield f"  {line}"

    def table(self, element):
        """How large it is; its header row; each row with its header, and each cell with its column's."""
        rows = [each for each in element.walk() if each.tag == "TR"]
        cells = [[kid for kid in row.kids if isinstance(kid, Element)] for row in rows]
        columns = max((len(row) for row in cells), default=0)
        yield f"table, {columns} columns, {len(rows)} rows"
        heads = []
        for number, row in enumerate(cells, 1):
            texts = [self.text(cell) for cell in row]
            if row and all(cell.tag == "TH" and cell.attribute("/Scope") == "Column" for cell in row):
                heads = texts
                yield f"row {number}, column headers: {'; '.join(text or 'blank' for text in texts)}"
                continue
            parts = []
            for place, (cell, text) in enumerate(zip(row, texts, strict=True)):
                head = heads[place] if place < len(heads) and cell.tag == "TD" else ""
                parts.append(f"{head}: {text or 'blank'}" if head else text or "blank")
            yield f"row {number}, {'; '.join(parts)}"
        yield "end of table"


def annotation(thing):
    """A field or a link, as it is said."""
    words = thing.get("/TU") or thing.get("/Parent", {}).get("/TU") or thing.get("/Contents") or ""
    if thing.get("/Subtype") != "/Widget":
        return str(words)
    kind = thing.get("/FT") or thing.get("/Parent", {}).get("/FT")
    if kind == "/Btn":
        state = "not checked" if thing.get("/AS", pikepdf.Name.Off) == "/Off" else "checked"
        return f"check box, {state}, {words}"
    return f"edit, {words}"


def make(topic, audience, template):
    """The sheet of one of SHEETS, empty."""
    from handouts import Library, Order, issue, make_sheet

    sheet, _ = make_sheet(Library(), Order(topic, audience=audience, template=template))
    return issue(sheet)


def main(arguments):
    if arguments == ["--renew"]:
        KEPT.mkdir(exist_ok=True)
        for name, order in SHEETS.items():
            (KEPT / name).write_text(read_aloud(make(*order)), encoding="utf-8")
    elif len(arguments) == 1:
        sys.stdout.write(read_aloud(Path(arguments[0]).read_bytes()))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
