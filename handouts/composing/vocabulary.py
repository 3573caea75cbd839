"""The closed vocabulary that templates write, and its way into the Document. Phase 3, COMPOSE.

Templates write XML with HTML's names. The vocabulary is closed: an element or attribute that is not in `ELEMENTS`
is an error with the template's file and line, and so is text where no text can stand. Nothing is dropped silently.
docs/templates.md describes each element; a test holds the two together.
"""

from __future__ import annotations

import xml.parsers.expat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

from handouts.composing.environment import STAMP
from handouts.composing.markdown import as_inlines
from handouts.document import (
    Block,
    Callout,
    CalloutKind,
    Cell,
    Check,
    CheckGroup,
    Checklist,
    Columns,
    Description,
    DescriptionList,
    Emphasis,
    Field,
    FieldName,
    Figure,
    Heading,
    Inline,
    Keep,
    LineBreak,
    Link,
    List,
    ListItem,
    PageBreak,
    Paragraph,
    ParagraphRole,
    PersonalPanel,
    Section,
    Span,
    SpanRole,
    Strong,
    Table,
    Text,
    plain_text,
)
from handouts.errors import Diagnostic, TemplateError, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Content = Literal["blocks", "inline", "either", "none", "parts"]


@dataclass(frozen=True, slots=True)
class Element:
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
    "td": _element("inline"),
    "figure": _element("inline", required="src alt"),
    "callout": _element("blocks", required="kind label"),
    "checklist": _element("parts", "answer-lines label", parts="column h3 check"),
    "check": _element("inline"),
    "fields": _element("parts", parts="field"),
    "field": _element("none", required="name label"),
    "columns": _element("parts", parts="column"),
    "column": _element("either"),
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
# Elements that have a meaning only inside another one.
_INNER = frozenset({"li", "step", "dt", "dd", "tr", "th", "td", "check", "field", "column"})


@dataclass(slots=True)
class Node:
    """An element as the template wrote it, with its place in the template."""

    name: str
    attributes: dict[str, str]
    place: str
    children: list[Node | str] = field(default_factory=list)


def parse_handout(text: str, template: str, slot: Callable[[str], tuple[Block, ...]]) -> tuple[Block, ...]:
    """The blocks that a rendered template describes.

    `slot` gives the content behind a slot's id. Raises TemplateError with every problem found.
    """
    root = _Parser(template).parse(text)
    builder = _Builder(slot)
    blocks = builder.root(root)
    if builder.problems:
        raise TemplateError(builder.problems)
    return blocks


def _diagnostic(place: str, code: str, message: str, hint: str = "") -> Diagnostic:
    file, _, line = place.rpartition(":")
    return Diagnostic(code, message, hint, file or place, int(line) if line.isdigit() else 0)


class _Parser:
    """XML text into nodes. Document types and entities are refused: they are not needed and can explode."""

    def __init__(self, template: str) -> None:
        self.place = template
        self.root: Node | None = None
        self.open: list[Node] = []

    def parse(self, text: str) -> Node:
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
            message = f"at this element or soon after it the template is not well formed: {reason}"
            raise TemplateError(_diagnostic(self.place, "T203", message, hint)) from None
        if self.root is None:
            raise TemplateError(_diagnostic(self.place, "T203", "the template writes nothing"))
        return self.root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.place = attributes.pop(STAMP, self.place)
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

    def _doctype(self, *_: Any) -> None:
        raise TemplateError(
            _diagnostic(self.place, "T204", "document types and processing instructions are not used", "delete it")
        )


class _Builder:
    """Nodes into blocks; collects every problem."""

    def __init__(self, slot: Callable[[str], tuple[Block, ...]]) -> None:
        self.slot = slot
        self.problems: list[Diagnostic] = []
        self.has_panel = False

    def problem(self, node: Node, code: str, message: str, hint: str = "") -> None:
        self.problems.append(_diagnostic(node.place, code, message, hint))

    def root(self, node: Node) -> tuple[Block, ...]:
        if node.name != "handout":
            self.problem(node, "T201", f"the outermost element is <{node.name}>", "it must be <handout>")
            return ()
        self.check(node)
        return self.blocks(node)

    def check(self, node: Node) -> bool:
        """Whether the element is known; reports it and its attributes when not."""
        element = ELEMENTS.get(node.name)
        if element is None:
            self.problem(node, "T201", f"there is no element <{node.name}>", nearest(node.name, ELEMENTS))
            return False
        for name in node.attributes:
            if name not in element.attributes:
                self.problem(
                    node,
                    "T202",
                    f'<{node.name}> has no attribute "{name}"',
                    nearest(name, element.attributes) or "it has none",
                )
        for name in element.required:
            if name not in node.attributes:
                self.problem(node, "T202", f'<{node.name}> needs the attribute "{name}"')
        return True

    def one_of(self, node: Node, name: str, choices: Any, default: str) -> Any:
        """The attribute's value, which must be one of a Literal's."""
        value = node.attributes.get(name, default)
        allowed = get_args(choices)
        if value not in allowed:
            self.problem(
                node,
                "T205",
                f'<{node.name} {name}="{value}">: not a value of {name}',
                nearest(value, allowed),
            )
            return default
        return value

    # -------------------------------------------------------------- blocks

    def blocks(self, node: Node) -> tuple[Block, ...]:
        found: list[Block] = []
        for child in node.children:
            if isinstance(child, str):
                if child.strip():
                    shown = " ".join(child.split())[:40]
                    self.problem(node, "T206", f'text stands loose in <{node.name}>: "{shown}"', "put it in a <p>")
            elif child.name == "slot":
                found.extend(self._slot(child))
            elif self.check(child):
                block = self._block(child, node)
                if block is not None:
                    found.append(block)
        return tuple(found)

    def _slot(self, node: Node) -> tuple[Block, ...]:
        return self.slot(node.attributes.get("id", "")) if self.check(node) else ()

    def _block(self, node: Node, parent: Node) -> Block | None:
        match node.name:
            case "section":
                return Section(node.attributes.get("id", ""), self.blocks(node))
            case "h1" | "h2" | "h3":
                return Heading(int(node.name[1]), self.inlines(node))
            case "p":
                return Paragraph(self.inlines(node), self.one_of(node, "role", ParagraphRole, "body"))
            case "ul":
                return List(self._items(node, "li"))
            case "ol":
                return List(self._items(node, "li"), kind="numbered")
            case "steps":
                return List(self._items(node, "step"), kind="steps")
            case "dl":
                return self._descriptions(node)
            case "table":
                return self._table(node)
            case "figure":
                if not node.attributes.get("alt", "").strip():
                    self.problem(node, "T207", "a figure needs its alternate text")
                return Figure(node.attributes.get("src", ""), node.attributes.get("alt", ""), self.inlines(node))
            case "callout":
                kind: CalloutKind = self.one_of(node, "kind", CalloutKind, "note")
                return Callout(kind, (Text(node.attributes.get("label", "")),), self.blocks(node))
            case "checklist":
                return self._checklist(node)
            case "fields":
                return self._panel(node)
            case "columns":
                return Columns(tuple(self.either(child) for child in self.parts(node)))
            case "keep":
                return Keep(self.blocks(node))
            case "pagebreak":
                return PageBreak()
        if node.name in INLINE:
            self.problem(node, "T206", f"<{node.name}> stands loose in <{parent.name}>", "put it in a <p>")
        elif node.name in _INNER:
            homes = [f"<{name}>" for name, element in ELEMENTS.items() if node.name in element.parts]
            self.problem(
                node,
                "T208",
                f"<{node.name}> cannot stand in <{parent.name}>",
                f"it belongs in {' or '.join(homes)}",
            )
        else:
            self.problem(node, "T208", f"<{node.name}> cannot stand in <{parent.name}>")
        return None

    def parts(self, node: Node) -> list[Node]:
        """The children of an element that holds only certain elements."""
        allowed = ELEMENTS[node.name].parts
        found: list[Node] = []
        for child in node.children:
            if isinstance(child, str):
                if child.strip():
                    shown = " ".join(child.split())[:40]
                    names = " or ".join(f"<{name}>" for name in sorted(allowed))
                    self.problem(node, "T206", f'text stands loose in <{node.name}>: "{shown}"', f"put it in {names}")
            elif child.name not in allowed:
                if self.check(child):
                    self.problem(child, "T208", f"<{child.name}> cannot stand in <{node.name}>", nearest("", allowed))
            elif self.check(child):
                found.append(child)
        return found

    def either(self, node: Node) -> tuple[Block, ...]:
        """Blocks, or one paragraph of inline content."""
        has_blocks = any(isinstance(child, Node) and child.name not in INLINE for child in node.children)
        if has_blocks:
            return self.blocks(node)
        inlines = self.inlines(node)
        return (Paragraph(inlines),) if inlines else ()

    def _items(self, node: Node, part: str) -> tuple[ListItem, ...]:
        return tuple(ListItem(self.either(child)) for child in self.parts(node) if child.name == part)

    def _descriptions(self, node: Node) -> DescriptionList:
        items: list[Description] = []
        term: tuple[Inline, ...] | None = None
        for child in self.parts(node):
            if child.name == "dt":
                term = self.inlines(child)
            elif term is None:
                self.problem(child, "T208", "a <dd> has no <dt> before it")
            else:
                items.append(Description(term, self.either(child)))
                term = None
        if term is not None:
            items.append(Description(term, ()))
        return DescriptionList(tuple(items))

    def _table(self, node: Node) -> Table:
        rows: list[tuple[Cell, ...]] = []
        header_rows = 0
        for row in self.parts(node):
            parts = self.parts(row)
            all_headers = bool(parts) and all(cell.name == "th" for cell in parts)
            if all_headers and header_rows == len(rows):
                header_rows += 1
            default = "column" if all_headers else "row"
            rows.append(
                tuple(
                    Cell(
                        self.inlines(cell),
                        self.one_of(cell, "scope", Literal["column", "row"], default) if cell.name == "th" else None,
                    )
                    for cell in parts
                )
            )
        if len({len(row) for row in rows}) > 1:
            self.problem(node, "T209", "the rows of this table differ in length")
        return Table(tuple(rows), header_rows)

    def _checklist(self, node: Node) -> Checklist:
        columns: list[str] = []
        groups: list[tuple[tuple[Inline, ...], list[Check]]] = []
        for child in self.parts(node):
            match child.name:
                case "column":
                    columns.append(plain_text(self.inlines(child)))
                case "h3":
                    groups.append((self.inlines(child), []))
                case _:
                    if not groups:
                        groups.append(((), []))
                    groups[-1][1].append(Check(self.inlines(child)))
        lines = node.attributes.get("answer-lines") or "0"
        if not lines.isdecimal() or int(lines) > 6:
            self.problem(node, "T205", f'answer-lines="{lines}": expected a number from 0 to 6')
            lines = "0"
        return Checklist(
            tuple(CheckGroup(title, tuple(checks)) for title, checks in groups),
            tuple(columns),
            int(lines),
            node.attributes.get("label", ""),
        )

    def _panel(self, node: Node) -> PersonalPanel:
        if self.has_panel:
            self.problem(node, "T210", "a handout has one personal panel", "join the two <fields>")
        self.has_panel = True
        fields: list[Field] = []
        for child in self.parts(node):
            name: FieldName = self.one_of(child, "name", FieldName, "patient")
            if any(each.name == name for each in fields):
                self.problem(child, "T210", f'the field "{name}" stands here twice')
            fields.append(Field(name, child.attributes.get("label", "")))
        return PersonalPanel(tuple(fields))

    # -------------------------------------------------------------- inline

    def inlines(self, node: Node) -> tuple[Inline, ...]:
        found = self._raw_inlines(node)
        return _trimmed(found)

    def _raw_inlines(self, node: Node) -> list[Inline]:
        found: list[Inline] = []
        for child in node.children:
            if isinstance(child, str):
                text = _folded(child)
                if text:
                    found.append(Text(text))
                continue
            if child.name not in INLINE and child.name in ELEMENTS:
                self.problem(child, "T208", f"<{child.name}> cannot stand in <{node.name}>, which holds words")
                continue
            if not self.check(child):
                continue
            inner = () if child.name in {"br", "slot"} else tuple(self._raw_inlines(child))
            match child.name:
                case "strong":
                    found.append(Strong(inner))
                case "em":
                    found.append(Emphasis(inner))
                case "a":
                    found.append(Link(child.attributes.get("href", ""), inner))
                case "br":
                    found.append(LineBreak())
                case "span":
                    role = self.one_of(child, "role", SpanRole, "muted") if "role" in child.attributes else None
                    found.append(Span(inner, role, child.attributes.get("lang")))
                case "slot":
                    try:
                        found.extend(as_inlines(self.slot(child.attributes.get("id", ""))))
                    except ValueError as error:
                        self.problem(child, "T211", f"this field holds a list: {error}")
        return found


def _folded(text: str) -> str:
    """White space as a browser folds it: runs of it become one space."""
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{words}{' ' if text[-1].isspace() else ''}"


def _trimmed(inlines: list[Inline]) -> tuple[Inline, ...]:
    """Without white space at the ends, and without two spaces in a row."""
    result: list[Inline] = []
    for inline in inlines:
        current = inline
        if isinstance(current, Text):
            text = current.text
            previous = result[-1] if result else None
            at_start = previous is None or isinstance(previous, LineBreak)
            if at_start or (isinstance(previous, Text) and previous.text.endswith(" ")):
                text = text.lstrip()
            if not text:
                continue
            current = Text(text)
        result.append(current)
    while result and isinstance(result[-1], Text):
        text = result[-1].text.rstrip()
        if text:
            result[-1] = Text(text)
            break
        result.pop()
    return tuple(result)
