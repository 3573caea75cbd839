"""5 ISSUE: several issued sheets become one file to print, which conforms as each of them does.

The parts come one after the other and go to the file at once. What stays in memory is a part, where each object of the
file is, and a fingerprint of what parts may share: typefaces, pictures and whole pages' drawings are written once,
however many parts have them. What is one of a kind in a file is made anew for the whole: the structure tree has the
part's Document below its own, the parent tree a branch for each part, the form a field above those of each part (so
that two fields of a name never share what is typed), the outline an entry with the part's own below.
"""

from __future__ import annotations

import io
import re
from collections import deque
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, BinaryIO

import pikepdf
from msgspec import Struct
from msgspec.structs import replace

from handouts.errors import Diagnostic, UsageError
from handouts.pdf.tagging import Metadata, Property, stream
from handouts.pdf.tagging.file import FileWriter, text_string
from handouts.pdf.tagging.metadata import colour_profile, information, output_intent, packet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# A string, or a reference, in an object as qpdf writes it: in a string, brackets have a backslash before them.
_TOKENS = re.compile(rb"\((?:[^\\()]|\\.)*\)|(?<![\w.])(\d+) (\d+) R(?!\w)", re.DOTALL)
# What is one part's own: a page, what stands on it, and who owns that. All else may be shared.
_OWN = {"/Page", "/Annot", "/StructElem"}
_Key = tuple[int, int]


class Part(Struct, frozen=True):
    """An issued sheet, as the bytes of its file, and what its bookmark says."""

    data: bytes
    title: str


def merge(parts: Iterable[Part], metadata: Metadata, target: BinaryIO) -> int:
    """Write the parts into one file, in order, and return how many pages it has. The same parts make the same bytes.

    A part in another language than the whole says so on its Document element. Raises UsageError for a part that is
    damaged or no tagged PDF, by its place among the parts, and when there is none.
    """
    whole = _Whole(target, metadata)
    for number, part in enumerate(parts, 1):
        try:
            with _opened(part.data) as pdf:
                _Copy(whole, pdf, number).write(part.title)
        except (pikepdf.PdfError, _UnfitError):
            message = f"part {number} of the file to print is damaged, or no tagged PDF"
            raise UsageError(Diagnostic("U124", message, "make that part anew")) from None
    return whole.finish()


def metadata_of(title: str, parts: Sequence[Metadata]) -> Metadata:
    """What a file of these parts says of itself: for each property what the parts say, each different value once."""
    first = parts[0]
    if first.schema is None:
        return replace(first, title=title, subject=title)
    properties: dict[str, Property] = {}
    for each in (prop for part in parts if part.schema for prop in part.schema.properties):
        known = properties.setdefault(each.name, each)
        if each.value not in known.value.split(", "):
            properties[each.name] = replace(known, value=f"{known.value}, {each.value}")
    keywords = dict.fromkeys(word for part in parts for word in part.keywords.split(", ") if word)
    schema = replace(first.schema, properties=tuple(properties.values()))
    return replace(first, title=title, subject=title, keywords=", ".join(keywords), schema=schema)


class _UnfitError(Exception):
    """A part lacks what every issued sheet has."""


def _opened(data: bytes) -> pikepdf.Pdf:
    if not data.rstrip().endswith(b"%%EOF"):  # cut off: the sheet without its values may still be whole in it
        raise _UnfitError
    return pikepdf.open(io.BytesIO(data), attempt_recovery=False)


class _Bookmark(Struct, frozen=True):
    """A part's entry in the outline: its number, title and page, and the first, the last and how many below it."""

    number: int
    title: str
    page: int
    below: tuple[int, int, int] | None


class _Whole:
    """The file that is written: what is one of a kind in it, and what its parts share."""

    def __init__(self, target: BinaryIO, metadata: Metadata) -> None:
        self.writer = FileWriter(target)
        self.metadata = metadata
        self.catalog, self.info, self.pages, self.tree, self.document, self.outlines = (
            self.writer.reserve() for _ in range(6)
        )
        self.page_count = 0
        self.following = 0  # key of the parent tree
        self.page_nodes: list[int] = []
        self.documents: list[int] = []
        self.parent_nodes: list[int] = []
        self.bookmarks: list[_Bookmark] = []
        self.fields: list[int] = []
        self.fonts: dict[int, str] = {}  # of form fields: the font's object, its name
        self.identities: dict[str, int] = {}
        self._shared: dict[bytes, int] = {}

    def add(self, content: bytes) -> int:
        """Write an object."""
        number = self.writer.reserve()
        self.writer.add(number, content)
        return number

    def share(self, content: bytes) -> int:
        """The object of this content, written when it is new."""
        key = blake2b(content, digest_size=16).digest()
        if key not in self._shared:
            self._shared[key] = self.add(content)
        return self._shared[key]

    def font(self, number: int, name: str) -> str:
        """The name by which form fields know the font: the one wanted, unless another font has it."""
        if number not in self.fonts:
            taken = set(self.fonts.values())
            others = (f"{name}{count}" for count in range(2, len(taken) + 3))
            self.fonts[number] = next(each for each in (name, *others) if each not in taken)
        return self.fonts[number]

    def finish(self) -> int:
        """Write what holds the parts together."""
        if not self.documents:
            raise UsageError(Diagnostic("U124", "there is nothing to put into the file to print"))
        add = self.writer.add
        add(self.info, information(self.metadata).encode("ascii"))
        add(self.pages, b"<< /Type /Pages /Kids %b /Count %d >>" % (_references(self.page_nodes), self.page_count))
        add(
            self.document,
            b"<< /Type /StructElem /S /Document /P %d 0 R /K %b >>" % (self.tree, _references(self.documents)),
        )
        parents = self.add(b"<< /Kids %b >>" % _references(self.parent_nodes))
        names = b" ".join([b"%b %d 0 R" % (_text(name), self.identities[name]) for name in sorted(self.identities)])
        identities = b"/IDTree << /Names [%b] >> " % names if names else b""
        add(
            self.tree,
            b"<< /Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey %d %b>>"
            % (self.document, parents, self.following, identities),
        )
        self._finish_outline()
        add(self.catalog, self._catalog())
        self.writer.finish(self.catalog, self.info)
        return self.page_count

    def _finish_outline(self) -> None:
        marks = self.bookmarks
        for index, mark in enumerate(marks):
            entries = b"/Title %b /Parent %d 0 R /Dest [%d 0 R /Fit]" % (_text(mark.title), self.outlines, mark.page)
            if index:
                entries += b" /Prev %d 0 R" % marks[index - 1].number
            if index + 1 < len(marks):
                entries += b" /Next %d 0 R" % marks[index + 1].number
            if mark.below:  # a negative count: closed, so that the parts are seen first
                entries += b" /First %d 0 R /Last %d 0 R /Count -%d" % mark.below
            self.writer.add(mark.number, b"<< %b >>" % entries)
        ends = (marks[0].number, marks[-1].number, len(marks))
        self.writer.add(self.outlines, b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>" % ends)

    def _catalog(self) -> bytes:
        intent = self.add(output_intent(f"{self.add(colour_profile())} 0 R").encode("ascii"))
        entries = [
            b"/Type /Catalog /Pages %d 0 R /Outlines %d 0 R /PageMode /UseOutlines" % (self.pages, self.outlines),
            b"/Lang %b /MarkInfo << /Marked true >> /StructTreeRoot %d 0 R"
            % (_text(self.metadata.language), self.tree),
            b"/ViewerPreferences << /DisplayDocTitle true >> /Metadata %d 0 R" % self.add(packet(self.metadata)),
            b"/OutputIntents [%d 0 R]" % intent,
        ]
        if self.fields:
            fonts = b" ".join([b"/%b %d 0 R" % (name.encode("ascii"), number) for number, name in self.fonts.items()])
            resources = b"/DR << /Font << %b >> >> " % fonts if fonts else b""
            entries.append(b"/AcroForm << %b/Fields %b >>" % (resources, _references(self.fields)))
        return b"<< %b >>" % b" ".join(entries)


class _Copy:
    """One part on its way into the file. Objects are changed where they are read, then written with new numbers."""

    def __init__(self, whole: _Whole, pdf: pikepdf.Pdf, place: int) -> None:
        self.whole = whole
        self.pdf = pdf
        self.place = place
        self._numbers: dict[_Key, int] = {}
        self._waiting: deque[tuple[int, Any]] = deque()
        self._parents: list[tuple[int, bytes]] = []  # new keys of the parent tree, and the part's objects
        self._fonts: dict[str, str] = {}
        self._field: _Key | None = None
        self._form = 0
        self._groups: list[Any] = []  # of fields, in a part that is a whole of parts itself

    def write(self, title: str) -> None:
        """Write the part's objects. Raises _UnfitError for a part that is no issued sheet."""
        whole, root = self.whole, self.pdf.Root
        tree, pages = root.get("/StructTreeRoot"), [page.obj for page in self.pdf.pages]
        if not isinstance(tree, pikepdf.Dictionary) or not isinstance(tree.get("/ParentTree"), pikepdf.Dictionary):
            raise _UnfitError
        self._tree = dict(_numbered(tree.ParentTree))
        document = tree.get("/K")
        if not pages or not isinstance(document, pikepdf.Dictionary) or document.get("/S") != "/Document":
            raise _UnfitError
        language = root.get("/Lang")
        if language is not None and "/Lang" not in document and str(language) != whole.metadata.language:
            document.Lang = language
        node = whole.writer.reserve()
        self._numbers.update({page.Parent.objgen: node for page in pages})
        self._numbers[tree.objgen] = whole.document
        fields = self._form_of(root.get("/AcroForm"))
        kids = [self._number(page.objgen) for page in pages]
        whole.documents.append(self._number(document.objgen))
        self._write_waiting()
        whole.page_nodes.append(node)
        whole.page_count += len(pages)
        shape = (whole.pages, _references(kids), len(kids))
        whole.writer.add(node, b"<< /Type /Pages /Parent %d 0 R /Kids %b /Count %d >>" % shape)
        if fields:
            own = _references([self._number(field) for field in fields])
            whole.writer.add(self._form, b"<< /T (part-%d) /Kids %b >>" % (self.place, own))
            whole.fields.append(self._form)
            for group in self._groups:
                assert self._field is not None  # noqa: S101  there are fields
                group.Parent = self.pdf.get_object(self._field)
                whole.writer.add(self._numbers[group.objgen], self._text(group))
        self._write_bookmarks(title, kids[0], root.get("/Outlines"))
        self._write_waiting()
        self._write_parents()

    # -------------------------------------------------------------- objects

    def _number(self, key: _Key) -> int:
        """The number in the whole of an object of the part: its own is written later, what is shared at once."""
        if key not in self._numbers:
            thing = self.pdf.get_object(key)
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") in _OWN:
                self._numbers[key] = self.whole.writer.reserve()
                self._waiting.append((self._numbers[key], thing))
            else:
                self._numbers[key] = 0  # until it is known: what leads back here cannot be shared
                self._numbers[key] = self.whole.share(self._text(thing))
        if not self._numbers[key]:
            raise _UnfitError
        return self._numbers[key]

    def _text(self, thing: Any) -> bytes:
        """An object as it stands in the whole."""
        if isinstance(thing, pikepdf.Stream):
            entries = pikepdf.Dictionary({key: value for key, value in thing.stream_dict.items() if key != "/Length"})
            text = self._translated(entries.unparse())
            return stream(thing.read_raw_bytes(), text.removeprefix(b"<< ").removesuffix(b">>"))
        return self._translated(thing.unparse(resolved=True))

    def _translated(self, text: bytes) -> bytes:
        def new(found: re.Match[bytes]) -> bytes:
            return b"%d 0 R" % self._number((int(found[1]), int(found[2]))) if found[1] else found[0]

        return _TOKENS.sub(new, text)

    def _write_waiting(self) -> None:
        while self._waiting:
            number, thing = self._waiting.popleft()
            match str(thing.Type):
                case "/Page":
                    self._renumber(thing, "/StructParents")
                case "/Annot":
                    self._renumber(thing, "/StructParent")
                    self._place_field(thing)
                case _ if "/ID" in thing:
                    identity = f"part-{self.place}-{thing.ID}"
                    self.whole.identities[identity] = number
                    thing.ID = pikepdf.String(identity)
            self.whole.writer.add(number, self._text(thing))

    # -------------------------------------------------------------- the parent tree

    def _renumber(self, thing: Any, name: str) -> None:
        """Give a page or an annotation the next key of the parent tree."""
        if name not in thing:
            return
        parents = self._tree.get(int(thing[name]))
        if parents is None:
            raise _UnfitError
        thing[name] = self.whole.following
        self._parents.append((self.whole.following, parents.unparse()))
        self.whole.following += 1

    def _write_parents(self) -> None:
        """The part's branch: an element for each annotation, for each page those of its marked content."""
        if not self._parents:
            return
        pairs = b" ".join([b"%d %b" % (key, self._translated(text)) for key, text in self._parents])
        limits = (self._parents[0][0], self._parents[-1][0])
        self.whole.parent_nodes.append(self.whole.add(b"<< /Limits [%d %d] /Nums [%b] >>" % (*limits, pairs)))
        if self._waiting:
            raise _UnfitError  # an element that owns content, and is not below the Document

    # -------------------------------------------------------------- the form

    def _form_of(self, form: Any) -> list[_Key]:
        """The part's fields, if it has any, and what they are written in."""
        if not isinstance(form, pikepdf.Dictionary):
            return []
        fields = [field.objgen for field in form.get("/Fields", ())]
        if fields:
            self._form = self.whole.writer.reserve()
            self._field = self.pdf.make_indirect(pikepdf.Dictionary()).objgen
            self._numbers[self._field] = self._form
            self._groups = [field for field in form.Fields if "/Kids" in field and "/Type" not in field]
            self._numbers.update({group.objgen: self.whole.writer.reserve() for group in self._groups})
        for name, font in form.get("/DR", pikepdf.Dictionary()).get("/Font", pikepdf.Dictionary()).items():
            word = name.removeprefix("/")
            self._fonts[word] = self.whole.font(self._number(font.objgen), word)
        return fields

    def _place_field(self, annotation: Any) -> None:
        """Put a form field below the part's, and name its font as the whole does."""
        if "/T" not in annotation or self._field is None:
            return
        if "/Parent" not in annotation:
            annotation.Parent = self.pdf.get_object(self._field)
        if "/DA" in annotation:
            font, _, rest = str(annotation.DA).removeprefix("/").partition(" ")
            annotation.DA = pikepdf.String(f"/{self._fonts.get(font, font)} {rest}")

    # -------------------------------------------------------------- the outline

    def _write_bookmarks(self, title: str, page: int, outlines: Any) -> None:
        """The part's entry, and below it the part's own."""
        number = self.whole.writer.reserve()
        below = None
        if isinstance(outlines, pikepdf.Dictionary) and "/First" in outlines:
            self._numbers[outlines.objgen] = number
            items = list(_items(outlines))
            self._numbers.update({item.objgen: self.whole.writer.reserve() for item in items})
            for item in items:
                self.whole.writer.add(self._numbers[item.objgen], self._text(item))
            ends = (self._numbers[outlines.First.objgen], self._numbers[outlines.Last.objgen])
            below = (*ends, sum(1 for item in items if item.Parent.objgen == outlines.objgen))
        self.whole.bookmarks.append(_Bookmark(number, title, page, below))


def _numbered(node: Any) -> Iterator[tuple[int, Any]]:
    """The keys and values of a number tree (7.9.7)."""
    listed = list(node.get("/Nums", ()))
    yield from ((int(key), value) for key, value in zip(listed[::2], listed[1::2], strict=True))
    for kid in node.get("/Kids", ()):
        yield from _numbered(kid)


def _items(node: Any) -> list[Any]:
    """The outline's items below a node, at all levels."""
    found: list[Any] = []
    item = node.get("/First")
    while item is not None:
        found += [item, *_items(item)]
        item = item.get("/Next")
    return found


def _references(numbers: Iterable[int]) -> bytes:
    return b"[%b]" % b" ".join([b"%d 0 R" % number for number in numbers])


def _text(words: str) -> bytes:
    return text_string(words).encode("ascii")
