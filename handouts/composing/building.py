"""Nodes of the vocabulary become blocks of the Document. Phase 3, COMPOSE.

Every mistake is collected with its place in the template; nothing that a template wrote is dropped silently.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal, get_args

from handouts.composing.markdown import as_inlines, linked
from handouts.composing.tables import table
from handouts.composing.vocabulary import ELEMENTS, INLINE, Node, NodeReader
from handouts.composing.whitespace import folded, trimmed
from handouts.document import (
    Block,
    Callout,
    CalloutKind,
    Check,
    CheckGroup,
    Checklist,
    Columns,
    Contact,
    Contacts,
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
    List,
    ListItem,
    PageBreak,
    Paragraph,
    ParagraphRole,
    PersonalPanel,
    QRCode,
    Section,
    Span,
    SpanRole,
    Strong,
    Text,
    plain_text,
)
from handouts.errors import Diagnostic, TemplateError, nearest
from handouts.library.clinic import LONGEST_WEB_PAGE, WEB_PAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    SlotReader = Callable[[str], tuple[Block, ...]]

# Elements that have a meaning only inside another one.
_INNER = frozenset({"li", "step", "dt", "dd", "tr", "th", "td", "check", "field", "column", "contact"})


def parse_handout(
    text: str,
    template: str,
    slot: SlotReader,
    picture: Callable[[str], str | None],
    files: Mapping[int, str] | None = None,
    whence: Callable[[str], str] = lambda _: "",
) -> tuple[Block, ...]:
    """The blocks that a rendered template describes.

    `slot` gives the content behind a slot's id and `whence` says where it is from, `picture` gives the file behind a
    figure's `src` (None when there is none), `files` are the templates' by the number in their stamps.
    Raises TemplateError with every problem found.
    """
    root = NodeReader(template, files).read(text)
    builder = BlockBuilder(slot, picture, whence)
    blocks = builder.root(root)
    if builder.problems:
        raise TemplateError(builder.problems)
    return blocks


class BlockBuilder:
    """Nodes into blocks; collects every problem."""

    def __init__(self, slot: SlotReader, picture: Callable[[str], str | None], whence: Callable[[str], str]) -> None:
        self.slot = slot
        self.picture = picture
        self.whence = whence
        self.problems: list[Diagnostic] = []
        self.has_panel = False

    def problem(self, node: Node, code: str, message: str, hint: str = "") -> None:
        """Report what is wrong with an element."""
        self.problems.append(Diagnostic(code, message, hint, *node.place))

    def root(self, node: Node) -> tuple[Block, ...]:
        """The blocks of the outermost element."""
        if node.name != "handout":
            self.problem(node, "T201", f"the outermost element is <{node.name}>", "it must be <handout>")
            return ()
        self.check(node)
        return self.blocks(node)

    def check(self, node: Node) -> bool:
        """Whether the element is known; reports it, its attributes, and what stands in it when it holds nothing."""
        element = ELEMENTS.get(node.name)
        if element is None:
            self.problem(node, "T201", f"there is no element <{node.name}>", nearest(node.name, ELEMENTS))
            return False
        for name in node.attributes:
            if name not in element.attributes:
                hint = nearest(name, element.attributes) or "it has none"
                self.problem(node, "T202", f'<{node.name}> has no attribute "{name}"', hint)
        for name in element.required:
            if name not in node.attributes:
                self.problem(node, "T202", f'<{node.name}> needs the attribute "{name}"')
        if element.content == "none":
            self.parts(node)
        return True

    def words(self, node: Node, name: str) -> str:
        """The attribute's words; an empty label prints nothing where a reader looks for something."""
        value = node.attributes.get(name, "")
        if name in node.attributes and not value.strip():
            self.problem(node, "T205", f'<{node.name} {name}="">: it needs words')
        return value

    def loose(self, node: Node, text: str, hint: str) -> None:
        """Report text where none can stand; white space is none."""
        shown = " ".join(text.split())[:40]
        if shown:
            self.problem(node, "T206", f'text stands loose in <{node.name}>: "{shown}"', hint)

    def one_of(self, node: Node, name: str, choices: Any, default: str) -> Any:
        """The attribute's value, which must be one of a Literal's."""
        value = node.attributes.get(name, default)
        allowed = get_args(choices)
        if value not in allowed:
            self.problem(
                node, "T205", f'<{node.name} {name}="{value}">: not a value of {name}', nearest(value, allowed)
            )
            return default
        return value

    # -------------------------------------------------------------- blocks

    def blocks(self, node: Node) -> tuple[Block, ...]:
        """The blocks that stand in an element."""
        found: list[Block] = []
        for child in node.children:
            if isinstance(child, str):
                self.loose(node, child, "put it in a <p>")
            elif child.name == "slot":
                found.extend(self._slot(child) if self.check(child) else ())
            elif self.check(child):
                block = self._block(child, node)
                if block is not None:
                    found.append(block)
        return tuple(found)

    def _slot(self, node: Node) -> tuple[Block, ...]:
        """The content of a checked `<slot>`."""
        try:
            return self.slot(node.attributes.get("id", ""))
        except LookupError:
            self.problem(node, "T212", "a template writes no <slot> of its own", "use {{ item.text }}")
            return ()

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
                return table(self, node)
            case "figure":
                return self._figure(node)
            case "qr":
                return self._qr(node)
            case "contacts":
                return self._contacts(node)
            case "callout":
                kind: CalloutKind = self.one_of(node, "kind", CalloutKind, "note")
                return Callout(kind, (Text(self.words(node, "label")),), self.blocks(node))
            case "checklist":
                return self._checklist(node)
            case "fields":
                return self._panel(node)
            case "columns":
                sides = self.parts(node)
                if not sides:
                    self.problem(node, "T205", "<columns> without a <column>")
                if any("holds" in each.attributes for each in sides):
                    self.problem(node, "T202", 'only the <column> of a checklist has the attribute "holds"')
                return Columns(tuple(map(self.either, sides)))
            case "keep":
                return Keep(self.blocks(node))
            case "pagebreak":
                return PageBreak()
        if node.name in INLINE:
            self.problem(node, "T206", f"<{node.name}> stands loose in <{parent.name}>", "put it in a <p>")
        elif node.name in _INNER:
            homes = " or ".join(f"<{name}>" for name, element in ELEMENTS.items() if node.name in element.parts)
            self.problem(node, "T208", f"<{node.name}> cannot stand in <{parent.name}>", f"it belongs in {homes}")
        else:
            self.problem(node, "T208", f"<{node.name}> cannot stand in <{parent.name}>")
        return None

    def parts(self, node: Node) -> list[Node]:
        """The children of an element that holds only certain elements."""
        allowed = ELEMENTS[node.name].parts
        found: list[Node] = []
        for child in node.children:
            if isinstance(child, str):
                names = " or ".join(f"<{name}>" for name in sorted(allowed))
                self.loose(node, child, f"put it in {names}" if names else "")
            elif child.name not in allowed:
                if self.check(child):
                    self.problem(child, "T208", f"<{child.name}> cannot stand in <{node.name}>", nearest("", allowed))
            elif self.check(child):
                found.append(child)
        return found

    def either(self, node: Node) -> tuple[Block, ...]:
        """Blocks, or one paragraph of inline content."""
        has_blocks = any(isinstance(child, Node) and child.name not in INLINE for child in node.children)
        if has_blocks or self._holds_figure(node):
            return self.blocks(node)
        inlines = self.inlines(node)
        return (Paragraph(inlines),) if inlines else ()

    def _holds_figure(self, node: Node) -> bool:
        """Whether a picture of the content stands in it, which is a block."""
        slots = [child for child in node.children if isinstance(child, Node) and child.name == "slot"]
        with suppress(LookupError):  # reported where the slot is put in place
            blocks = (block for each in slots for block in self.slot(each.attributes.get("id", "")))
            return any(isinstance(block, Figure) for block in blocks)
        return False

    def _figure(self, node: Node) -> Figure:
        source, alternate = node.attributes.get("src", ""), node.attributes.get("alt", "")
        if not alternate.strip():
            self.problem(node, "T207", "a figure needs its alternate text", "say what it shows")
        file = self.picture(source)
        if file is None:
            self.problem(node, "T207", f'there is no picture "{source}"', "src names a file under templates/")
        return Figure(file or "", alternate, self.inlines(node), node.place)

    def _qr(self, node: Node) -> QRCode:
        address = node.attributes.get("href", "")
        if not re.fullmatch(WEB_PAGE, address) or len(address) > LONGEST_WEB_PAGE:
            message = f'<qr href="{address[:60]}">: not an address that a code can hold'
            self.problem(node, "T205", message, f"https://example.org/page, at most {LONGEST_WEB_PAGE} characters")
        return QRCode(address, self.words(node, "alt"), self.inlines(node))

    def _contacts(self, node: Node) -> Contacts:
        contacts = tuple(
            Contact(self.words(child, "name"), self.words(child, "phone"), child.attributes.get("note", ""))
            for child in self.parts(node)
        )
        if not contacts:
            self.problem(node, "T205", "<contacts> without a <contact>")
        return Contacts((Text(self.words(node, "label")),), contacts)

    def _items(self, node: Node, part: str) -> tuple[ListItem, ...]:
        return tuple(ListItem(self.either(child)) for child in self.parts(node) if child.name == part)

    def _descriptions(self, node: Node) -> DescriptionList:
        items: list[Description] = []
        term: tuple[Inline, ...] | None = None
        for child in self.parts(node):
            if child.name == "dt":
                if term is not None:
                    items.append(Description(term, ()))
                term = self.inlines(child)
            elif term is None:
                self.problem(child, "T208", "a <dd> has no <dt> before it")
            else:
                items.append(Description(term, self.either(child)))
                term = None
        if term is not None:
            items.append(Description(term, ()))
        return DescriptionList(tuple(items))

    def _checklist(self, node: Node) -> Checklist:
        columns: list[str] = []
        numbers: list[int] = []
        groups: list[tuple[tuple[Inline, ...], list[Check]]] = []
        for child in self.parts(node):
            match child.name:
                case "column":
                    columns.append(plain_text(self.inlines(child)))
                    if not columns[-1].strip():
                        self.problem(child, "T205", "<column> of a checklist: it needs words")
                    if self.one_of(child, "holds", Literal["words", "number"], "words") == "number":
                        numbers.append(len(columns) - 1)
                case "h3":
                    groups.append((self.inlines(child), []))
                case _:
                    if not groups:
                        groups.append(((), []))
                    groups[-1][1].append(Check(self.inlines(child), self._answer_lines(child)))
        if not any(checks for _, checks in groups):
            self.problem(node, "T205", "a <checklist> without a <check> prints nothing")
        return Checklist(
            tuple(CheckGroup(title, tuple(checks)) for title, checks in groups),
            tuple(columns),
            self._answer_lines(node),
            node.attributes.get("label", ""),
            tuple(numbers),
        )

    def _answer_lines(self, node: Node) -> int:
        return int(self.one_of(node, "answer-lines", Literal["0", "1", "2", "3", "4", "5", "6"], "0"))

    def _panel(self, node: Node) -> PersonalPanel:
        if self.has_panel:
            self.problem(node, "T210", "a handout has one personal panel", "join the two <fields>")
        self.has_panel = True
        fields: list[Field] = []
        for child in self.parts(node):
            name: FieldName = self.one_of(child, "name", FieldName, "patient")
            if any(each.name == name for each in fields):
                self.problem(child, "T210", f'the field "{name}" stands here twice')
            fields.append(Field(name, self.words(child, "label")))
        return PersonalPanel(tuple(fields))

    # -------------------------------------------------------------- inline

    def inlines(self, node: Node) -> tuple[Inline, ...]:
        """The words that stand in an element."""
        return trimmed(self._raw_inlines(node))

    def _raw_inlines(self, node: Node) -> list[Inline]:
        found: list[Inline] = []
        for child in node.children:
            if isinstance(child, str):
                if text := folded(child):
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
                    try:
                        found.append(linked(child.attributes.get("href", ""), inner))
                    except ValueError as error:
                        self.problem(child, "T205", f'<a href="{child.attributes.get("href", "")[:60]}">: {error}')
                case "br":
                    found.append(LineBreak())
                case "span":
                    role = self.one_of(child, "role", SpanRole, "muted") if "role" in child.attributes else None
                    found.append(Span(inner, role, child.attributes.get("lang")))
                case "slot":
                    try:
                        found.extend(as_inlines(self._slot(child)))
                    except ValueError as error:
                        whence = self.whence(child.attributes.get("id", ""))
                        self.problem(child, "T211", f"this field is more than a line of words: {error}", whence)
        return found
