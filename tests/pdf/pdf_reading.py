"""PDFs read back, for tests: what stands where on a page, what a screen reader reads, and what is wrong with the tags.

Nothing here imports the code under test: `Pages` asks pdfplumber where the characters are, `Tagged` asks pikepdf for
the structure tree and reads the pages' content streams itself. tests/pdf/test_pdf_reading.py tests this reader.
"""

import io
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

import pdfplumber
import pikepdf
import pypdfium2
from pdfminer.layout import LTChar, LTLine


def folded(text):
    """Text with white space folded, composed characters, and no difference between kinds of space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def squeezed(text):
    """Text without any white space."""
    return "".join(unicodedata.normalize("NFC", text).split())


# ------------------------------------------------------------------ where things stand


@dataclass(frozen=True, slots=True)
class Char:
    """A character: its box in points from the lower left corner, and what it belongs to."""

    text: str
    x0: float
    x1: float
    bottom: float
    top: float
    baseline: float
    size: float
    font: str
    colour: tuple
    mark: int | None
    artifact: bool


@dataclass
class Row:
    """Characters that share a baseline, from left to right."""

    baseline: float
    chars: list

    @property
    def text(self):
        return "".join(char.text for char in self.chars)


@dataclass
class PageRead:
    """One page: its size, its characters in the order they are painted, and its straight rules."""

    index: int
    width: float
    height: float
    chars: list
    rules: list

    @property
    def body(self):
        return [char for char in self.chars if not char.artifact]

    @property
    def furniture(self):
        return [char for char in self.chars if char.artifact]

    @cached_property
    def rows(self):
        return rows(self.chars)

    def text(self, *, artifacts=True):
        return folded("".join(char.text for char in self.chars if artifacts or not char.artifact))


def rows(chars):
    """The characters by baseline, the highest first."""
    found = {}
    for char in chars:
        found.setdefault(round(char.baseline, 1), []).append(char)
    return [Row(key, sorted(found[key], key=lambda char: char.x0)) for key in sorted(found, reverse=True)]


def read_pages(data):
    """Every page of a PDF, as pdfplumber sees it."""
    pages = []
    with pdfplumber.open(io.BytesIO(data)) as file:
        for index, page in enumerate(file.pages):
            # `page.chars` copies every character into a dictionary; the layout below it has the same, sooner.
            drawn = list(page.layout)
            chars = [
                Char(
                    each.get_text(),
                    each.x0,
                    each.x1,
                    each.y0,
                    each.y1,
                    each.matrix[5],
                    round(each.size, 2),
                    each.fontname.partition("+")[2],
                    tuple(each.graphicstate.ncolor or ()),
                    each.mcid,
                    each.tag == "Artifact",
                )
                for each in drawn
                if isinstance(each, LTChar)
            ]
            rules = [
                (each.x0, each.x1, each.y0)
                for each in drawn
                if isinstance(each, LTLine) and abs(each.y0 - each.y1) < 0.01
            ]
            pages.append(PageRead(index, float(page.width), float(page.height), chars, rules))
    return pages


def overlaps(page):
    """Pairs of characters printed over each other: of neighbouring lines, and of one line."""
    found = []
    lines = page.rows
    for position, row in enumerate(lines):
        for left, right in zip(row.chars, row.chars[1:], strict=False):
            if left.x1 - right.x0 > 0.5 and left.text.strip() and right.text.strip():
                found.append((row.text, left.text, right.text))
        floor = min(char.bottom for char in row.chars)
        for lower in lines[position + 1 :]:
            if max(char.top for char in lower.chars) <= floor + 0.1:
                continue
            for one in row.chars:
                for other in lower.chars:
                    if other.x0 > one.x1:
                        break
                    across = min(one.x1, other.x1) - max(one.x0, other.x0)
                    upright = min(one.top, other.top) - max(one.bottom, other.bottom)
                    if across > 0.1 and upright > 0.1 and one.text.strip() and other.text.strip():
                        found.append((row.text, lower.text, one.text))
    return found


def rendered(data, scale=1.0, pages=None):
    """The pages as grey pictures (numpy arrays, 0 is black), by pdfium."""
    with pypdfium2.PdfDocument(data) as file:
        indices = range(len(file)) if pages is None else pages
        return [file[index].render(scale=scale, grayscale=True).to_numpy().copy() for index in indices]


def pdfium_text(data):
    """The text of every page, by pdfium."""
    with pypdfium2.PdfDocument(data) as file:
        return [folded(page.get_textpage().get_text_bounded()) for page in file]


# ------------------------------------------------------------------ what the tags say


@dataclass(frozen=True)
class Painted:
    """A stretch of text as painted: its mark, or that it is an artifact, or neither."""

    mark: int | None
    artifact: bool
    text: str


@dataclass(eq=False)
class Element:
    """An element of the structure tree. `kids` are elements, (page index, mark) pairs and annotations, in order."""

    tag: str
    object: pikepdf.Object
    parent: "Element | None" = None
    kids: list = field(default_factory=list)

    @property
    def marks(self):
        return [kid for kid in self.kids if isinstance(kid, tuple)]

    @property
    def annotations(self):
        return [kid for kid in self.kids if isinstance(kid, pikepdf.Object)]

    @property
    def inline(self):
        """Whether it is a phrase inside a paragraph: a link, or words in another language."""
        return self.tag == "Link" or (self.tag == "Span" and "/Lang" in self.object)

    def phrases(self):
        """The marks of a paragraph with those of the phrases inside it, in order."""
        for kid in self.kids:
            if isinstance(kid, tuple):
                yield kid
            elif isinstance(kid, Element) and kid.inline:
                yield from kid.phrases()

    def walk(self):
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def all_marks(self):
        return [mark for element in self.walk() for mark in element.marks]

    def inside(self, *tags):
        """Whether an element above this one has one of the tags."""
        above = self.parent
        while above is not None:
            if above.tag in tags:
                return True
            above = above.parent
        return False

    def attribute(self, name):
        """The value of a structure attribute, as text."""
        attributes = self.object.get("/A")
        value = attributes.get(name) if isinstance(attributes, pikepdf.Dictionary) else None
        return "" if value is None else str(value).lstrip("/")


@dataclass(frozen=True)
class Leaf:
    """A piece of text in reading order: its element and the pages it stands on."""

    element: Element
    text: str
    pages: tuple


class Tagged:
    """A PDF as a screen reader has it."""

    def __init__(self, source):
        self.pdf = pikepdf.open(io.BytesIO(source)) if isinstance(source, bytes) else source
        self._fonts = {}
        self.painted = [self._read_page(page) for page in self.pdf.pages]
        self._index = {page.obj.objgen: index for index, page in enumerate(self.pdf.pages)}
        kid = self.pdf.Root.StructTreeRoot.K
        self.root = self._element(kid[0] if isinstance(kid, pikepdf.Array) else kid, None)

    # -------------------------------------------------------------- content streams

    def _read_page(self, page):
        found = []
        stack = []  # what encloses: a mark, "artifact", "reversed", or None
        font = {}
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BMC":
                    names = {"/Artifact": "artifact", "/ReversedChars": "reversed"}
                    stack.append(names.get(str(operands[0])))
                case "BDC":
                    mark = operands[1].get("/MCID") if isinstance(operands[1], pikepdf.Dictionary) else None
                    artifact = operands[0] == "/Artifact"
                    stack.append("artifact" if artifact else None if mark is None else int(mark))
                    if mark is not None and not artifact:
                        found.append(Painted(int(mark), False, ""))
                case "EMC":
                    stack.pop()
                case "Tf":
                    font = self._font(page.resources.Font[str(operands[0])])
                case "Tj":
                    text = "".join(font.get(code, "\ufffd") for code in bytes(operands[0]))
                    if "reversed" in stack:
                        text = turned_round(text)
                    marks = [each for each in stack if isinstance(each, int)]
                    found.append(Painted(marks[-1] if marks else None, "artifact" in stack, text))
                case "TJ" | "'" | '"':
                    raise NotImplementedError(f"this reader does not know {operator}")
        return found

    def _font(self, font):
        key = font.objgen
        if key not in self._fonts:
            self._fonts[key] = to_unicode(font)
        return self._fonts[key]

    # -------------------------------------------------------------- the tree

    def _element(self, node, parent):
        element = Element(str(node.S).lstrip("/"), node, parent)
        kids = node.get("/K", pikepdf.Array())
        page = self._index[node.Pg.objgen] if "/Pg" in node else None
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if not isinstance(kid, pikepdf.Dictionary):
                element.kids.append((page, int(kid)))
            elif kid.get("/Type") == "/OBJR":
                element.kids.append(kid.Obj)
            elif "/MCID" in kid:
                element.kids.append((self._index[kid.Pg.objgen] if "/Pg" in kid else page, int(kid.MCID)))
            else:
                element.kids.append(self._element(kid, element))
        return element

    @cached_property
    def marked_text(self):
        """The text of every mark, by (page index, mark)."""
        found = {}
        for index, pieces in enumerate(self.painted):
            for piece in pieces:
                if piece.mark is not None and not piece.artifact:
                    key = (index, piece.mark)
                    found[key] = found.get(key, "") + piece.text
        return found

    @cached_property
    def leaves(self):
        """Every element that owns text, in reading order; a paragraph's phrases are part of its text."""
        found = []
        for element in self.root.walk():
            marks = list(element.phrases()) if not element.inline else []
            text = folded("".join(self.marked_text.get(mark, "") for mark in marks))
            if text:
                found.append(Leaf(element, text, tuple(dict.fromkeys(page for page, _ in marks))))
        return found

    def artifacts(self, index):
        """The text of a page's artifacts, in the order it is painted."""
        return folded("".join(piece.text for piece in self.painted[index] if piece.artifact))

    def outside(self):
        """Text that is neither marked nor an artifact."""
        return [piece.text for page in self.painted for piece in page if piece.mark is None and not piece.artifact]

    def problems(self):
        """What is wrong with the tree: each mark has one parent, exists, and the parent tree agrees."""
        found = []
        in_tree = Counter(self.root.all_marks())
        on_pages = set(self.marked_text)
        found += [f"{mark} has {count} parents" for mark, count in in_tree.items() if count > 1]
        found += [f"{mark} has no parent" for mark in sorted(on_pages - set(in_tree))]
        # The place of a value that a sheet leaves empty is a Span that is filled in when the sheet is issued.
        for element in self.root.walk():
            if element.tag != "Span":
                found += [f"{mark} is not on its page" for mark in element.marks if mark not in on_pages]
            if element.parent and element.object.P.objgen != element.parent.object.objgen:
                found.append(f"{element.tag} does not name its parent")
        owners = {mark: element.object.objgen for element in self.root.walk() for mark in element.marks}
        arrays = number_tree(self.pdf.Root.StructTreeRoot.ParentTree)
        listed = {}
        for index, page in enumerate(self.pdf.pages):
            array = arrays.get(int(page.obj.get("/StructParents", -1)), [])
            listed.update({(index, mark): node.objgen for mark, node in enumerate(array)})
        for mark in sorted(set(owners) | set(listed)):
            if owners.get(mark) != listed.get(mark):
                found.append(f"the parent tree has another parent for {mark}")
        in_tree = {note.objgen: element for element in self.root.walk() for note in element.annotations}
        for index, page in enumerate(self.pdf.pages):
            for note in page.obj.get("/Annots", []):
                owner = in_tree.pop(note.objgen, None)
                parent = arrays.get(int(note.get("/StructParent", -1)))
                if owner is None or parent is None or parent.objgen != owner.object.objgen:
                    found.append(f"an annotation on page {index + 1} has no parent, or another in the parent tree")
        found += [f"{element.tag} owns an annotation that is on no page" for element in in_tree.values()]
        return found


def number_tree(node):
    """What a number tree holds, by key; its keys must rise, and stand within the limits said (ISO 32000-1, 7.9.7)."""
    found = {}
    for kid in node.get("/Kids", []):
        below = number_tree(kid)
        assert [int(limit) for limit in kid.Limits] == [min(below), max(below)]
        assert not found or max(found) < min(below)
        found |= below
    numbers = list(node.get("/Nums", []))
    keys = [int(key) for key in numbers[::2]]
    assert keys == sorted(set(keys))
    return found | dict(zip(keys, numbers[1::2], strict=True))


def turned_round(text):
    """What a string in /ReversedChars says (ISO 32000-1, 14.8.2.3.3): its characters from the last to the first.

    A ligature is the two letters that it stands for; brackets are drawn as their mirror images.
    """
    mirror = str.maketrans("()[]{}<>«»", ")(][}{><»«")
    return unicodedata.normalize("NFKC", text[::-1].translate(mirror))


def to_unicode(font):
    """A simple font's codes as text, from its ToUnicode map (ISO 32000-1, 9.10.3); nothing without one."""
    if "/ToUnicode" not in font:
        return {}
    text = font.ToUnicode.read_bytes().decode("latin-1")
    found = {}

    def characters(digits):
        return bytes.fromhex(digits).decode("utf-16-be")

    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, value in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = characters(value)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        pattern = r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[(.*?)\])"
        for first, last, start, listed in re.findall(pattern, block, re.DOTALL):
            codes = range(int(first, 16), int(last, 16) + 1)
            if start:
                found.update({code: chr(int(start, 16) + code - codes[0]) for code in codes})
            else:
                values = re.findall(r"<([0-9A-Fa-f]+)>", listed)
                found.update({code: characters(value) for code, value in zip(codes, values, strict=False)})
    return found
