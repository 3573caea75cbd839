"""The closed vocabulary that templates write, read into nodes. Phase 3, COMPOSE.

Templates write XML with HTML's names. The vocabulary is closed: an element or attribute that is not in `ELEMENTS`
is an error with the template's file and line, and so is text where no text can stand. Nothing is dropped silently.
docs/templates.md describes each element; a test holds the two together.
"""

from __future__ import annotations

import re
import xml.parsers.expat
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct, field

from handouts.composing.loader import STAMP
from handouts.errors import Diagnostic, TemplateError

if TYPE_CHECKING:
    from collections.abc import Mapping

Content = Literal["blocks", "inline", "either", "none", "parts"]


class Element(Struct, frozen=True):
    """What an element may hold. `parts` names the elements that alone may stand in it."""

    content: Content
    attributes: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()


def _element(content: Content, attributes: str = "", required: str = "", parts: str = "") -> Element:
    needed = frozenset(required.split())
    return Element(content, frozenset(attributes.split()) | needed, needed, frozenset(parts.split()))


ELEMENTS: Mapping[str, Element] = {
    "handout": _element("blocks"),
    "section": _element("blocks", required="id"),
    "h1": _element("inline"),
    "h2": _element("inline"),
    "h3": _element("inline"),
    "p": _element("inline", "role"),
    "ul": _element("parts", parts="li"),
    "ol": _element("parts", parts="li"),
    "li": _element("either"),
    "steps": _element("parts", parts="step"),
    "step": _element("either"),
    "dl": _element("parts", parts="dt dd"),
    "dt": _element("inline"),
    "dd": _element("either"),
    "table": _element("parts", parts="tr"),
    "tr": _element("parts", parts="th td"),
    "th": _element("inline", "scope"),
    "td": _element("inline", "value limit most"),
    "figure": _element("inline", required="src alt"),
    "qr": _element("inline", required="href alt"),
    "contacts": _element("parts", required="label", parts="contact"),
    "contact": _element("none", "note", required="name phone"),
    "callout": _element("blocks", required="kind label"),
    "checklist": _element("parts", "answer-lines label", parts="column h3 check"),
    "check": _element("inline", "answer-lines"),
    "fields": _element("parts", parts="field"),
    "field": _element("none", required="name label"),
    "columns": _element("parts", parts="column"),
    "column": _element("either", "holds"),
    "keep": _element("blocks"),
    "pagebreak": _element("none"),
    "strong": _element("inline"),
    "em": _element("inline"),
    "a": _element("inline", required="href"),
    "br": _element("none"),
    "span": _element("inline", "role lang"),
    "slot": _element("none", required="id"),
}
INLINE = frozenset({"strong", "em", "a", "br", "span", "slot"})


MAX_DEPTH = 50
_STAMP = re.compile(rf'<[\w.-]+ {STAMP}="(\d+:\d+)"')


class Node(Struct):
    """An element as the template wrote it, with its place: a template's file and line."""

    name: str
    attributes: dict[str, str]
    place: tuple[str, int]
    children: list[Node | str] = field(default_factory=list)


class NodeReader:
    """XML text into nodes. Document types and entities are refused: they are not needed and can explode.

    `files` are the templates' files by the number in their stamps.
    """

    def __init__(self, template: str, files: Mapping[int, str] | None = None) -> None:
        self.files = files or {}
        self.place = (template, 0)
        self.root: Node | None = None
        self.open: list[Node] = []

    def read(self, text: str) -> Node:
        """The outermost element. Raises TemplateError when the text is not well formed."""
        parser = xml.parsers.expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.ProcessingInstructionHandler = self._doctype
        try:
            parser.Parse(text, True)  # noqa: FBT003  expat takes no keywords
        except xml.parsers.expat.ExpatError as error:
            reason = xml.parsers.expat.ErrorString(error.code)
            hint = "every element is closed by its own end tag; & is written &amp; and < is written &lt;"
            if self.open and "mismatched" in reason:
                reason = f"<{self.open[-1].name}> is not closed before the next end tag"
                self.place = self.open[-1].place
            else:
                self._look_back(text, parser.ErrorByteIndex)
            message = f"at this element or soon after it the template is not well formed: {reason}"
            raise self._error("T203", message, hint) from None
        except UnicodeEncodeError:
            raise self._error(
                "T203", "the template writes half of a character", "look for \\ud800 to \\udfff"
            ) from None
        if self.root is None:
            raise self._error("T203", "the template writes nothing")
        return self.root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.place = self._place(attributes.pop(STAMP, ""))
        if len(self.open) >= MAX_DEPTH:
            raise self._error(
                "T213", f"elements are nested more than {MAX_DEPTH} deep", "look for a loop that opens them"
            )
        node = Node(name, attributes, self.place)
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
        self.open.append(node)

    def _end(self, name: str) -> None:  # noqa: ARG002
        self.open.pop()

    def _text(self, text: str) -> None:
        if self.open:
            self.open[-1].children.append(text)

    def _look_back(self, text: str, offset: int) -> None:
        """Take the place of the last stamp before a byte: a tag that is wrong itself has told of none."""
        before = text.encode()[:offset].decode(errors="ignore")
        stamps = _STAMP.findall(before)
        if stamps:
            self.place = self._place(stamps[-1])

    def _doctype(self, *_: Any) -> None:
        raise self._error("T204", "document types and processing instructions are not used", "delete it")

    def _place(self, stamp: str) -> tuple[str, int]:
        """The place that a stamp tells; the last one known for a tag that has none of ours."""
        number, _, line = stamp.partition(":")
        if number.isdecimal() and line.isdecimal() and len(stamp) < 16 and int(number) in self.files:
            return self.files[int(number)], int(line)
        return self.place

    def _error(self, code: str, message: str, hint: str = "") -> TemplateError:
        return TemplateError(Diagnostic(code, message, hint, *self.place))
