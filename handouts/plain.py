"""4 THE TEXT: a Document as plain text in reading order, for the note field of a record.

Nothing is wrapped: a paragraph is a line, because the field that it is pasted into has a width of its own. White space
is spaces and line feeds only, and nothing invisible stands between the letters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from handouts.document import (
    Block,
    Callout,
    CheckGroup,
    Checklist,
    Columns,
    Contacts,
    DescriptionList,
    Figure,
    Heading,
    Inline,
    Keep,
    LineBreak,
    Link,
    List,
    PageBreak,
    Paragraph,
    PersonalPanel,
    QRCode,
    Section,
    Table,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from handouts.document import Document
    from handouts.person import Person

_UNDERLINES = {1: "=", 2: "-"}
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_BOX = "[ ]"
_BLANK = "_" * 40
_SHORT_BLANK = "_" * 20


def to_text(document: Document, person: Person | None = None) -> str:
    """The document's words, and a person's values where its panel is. It ends with the disclaimer and the version.

    Raises UsageError for a value that the document has no field for.
    """
    writer = _Writer(person.values() if person else {}, document.furniture.picture_label)
    parts = list(writer.blocks(document.blocks))
    if person:
        person.values_for(writer.fields)
    parts.append([_line(document.furniture.disclaimer), _line(document.furniture.version_line)])
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _line(words: str) -> str:
    """The words on one line, with plain spaces."""
    return " ".join(words.translate(_INVISIBLE).split())


def _words(children: Iterable[Inline]) -> str:
    """Inline content on one line; a link that does not show its address has it in brackets."""
    return _line("".join(_shown(child) for child in children))


def _shown(child: Inline) -> str:
    match child:
        case Text(text):
            return text
        case LineBreak():
            return " "
        case Link(address, children):
            return _with_address("".join(_shown(inner) for inner in children), address)
        case _:
            return "".join(_shown(inner) for inner in child.children)


def _with_address(words: str, address: str) -> str:
    shown = re.sub(r"^(https?://|mailto:|tel:)|/$", "", address)
    return words if shown in words else f"{words} ({address})"


class _Writer:
    """Writes blocks as groups of lines; an empty line parts the groups. `fields` are those of the panel."""

    def __init__(self, values: Mapping[str, str], picture_label: str) -> None:
        self.values = values
        self.picture_label = picture_label
        self.fields: set[str] = set()

    def blocks(self, blocks: Iterable[Block]) -> Iterator[list[str]]:
        """The blocks, in order."""
        for block in blocks:
            yield from self._block(block)

    def _inside(self, blocks: Iterable[Block]) -> list[str]:
        """Blocks as lines without empty ones between, as an item of a list has them."""
        return [line for group in self.blocks(blocks) for line in group]

    def _block(self, block: Block) -> Iterator[list[str]]:
        match block:
            case Heading(level=level, children=children):
                title = _words(children)
                yield [title, _UNDERLINES[level] * len(title)] if level in _UNDERLINES else [title]
            case Paragraph(children=children):
                yield [_words(children)]
            case List(items=items, kind=kind, start=start):
                bullets = ("-" if kind == "bulleted" else f"{start + place}." for place in range(len(items)))
                yield [
                    line
                    for bullet, item in zip(bullets, items, strict=True)
                    for line in self._item(bullet, item.blocks)
                ]
            case DescriptionList(items=descriptions):
                for description in descriptions:
                    yield [_words(description.term), *self._inside(description.blocks)]
            case Table():
                yield from _table(block)
            case Figure(alternate=alternate, caption=caption):
                yield [_line(self.picture_label.replace("{text}", alternate)), _words(caption)]
            case QRCode(address=address, children=children):
                yield [_line(_with_address(_words(children), address))]
            case Contacts(label=label, contacts=contacts):
                cards = (" ".join((f"{each.name}: {each.phone}", each.note)) for each in contacts)
                yield [_words(label), *(f"- {_line(card)}" for card in cards)]
            case Callout(label=label, blocks=inner):
                yield [_words(label), *self._inside(inner)]
            case Checklist(groups=groups, label=label):
                if label:
                    yield [_line(label)]
                for group in groups:
                    yield list(_ticked(group, block))
            case PersonalPanel(fields=fields):
                self.fields.update(field.name for field in fields)
                yield [f"{_line(each.label)}: {self.values[each.name]}" for each in fields if each.name in self.values]
            case Columns(columns=columns):
                for column in columns:
                    yield from self.blocks(column)
            case Keep(blocks=inner) | Section(blocks=inner):
                yield from self.blocks(inner)
            case PageBreak():
                pass
            case _:
                assert_never(block)

    def _item(self, bullet: str, blocks: Iterable[Block]) -> list[str]:
        """An item: its bullet, and its further lines below the first word."""
        first, *rest = self._inside(blocks) or [""]
        return [f"{bullet} {first}", *(f"{' ' * (len(bullet) + 1)}{line}" for line in rest)]


def _table(block: Table) -> Iterator[list[str]]:
    """Each row as "Header: value" lines; a row's own header comes first."""
    headed = block.header_rows > 0 and len(block.rows) > 1
    headers = [_words(cell.children) for cell in block.rows[0]] if headed else []
    for row in block.rows[1:] if headed else block.rows:
        lines = []
        for place, cell in enumerate(row):
            header = headers[place] if place < len(headers) else ""
            words = _words(cell.children)
            lines.append(f"{header}: {words}" if header and words else words)
        yield lines


def _ticked(group: CheckGroup, block: Checklist) -> Iterator[str]:
    """Lines with a box, with a box for each column below, or with lines to write on."""
    if group.title:
        yield _words(group.title)
    for check in group.checks:
        words = _words(check.children)
        lines = check.answer_lines or block.answer_lines
        if lines and block.columns:
            yield words
            yield from (f"  {_line(column)}: {_SHORT_BLANK}" for column in block.columns)
        elif lines:
            yield from (words, *[_BLANK] * lines)
        elif block.columns:
            yield words
            yield "  " + "  ".join(f"{_BOX} {_line(column)}" for column in block.columns)
        else:
            yield f"{_BOX} {words}"
