"""Medical words are explained where they first appear on the sheet. Phase 3, COMPOSE.

The first use in running text of each glossary word gets its plain meaning in brackets. What comes first depends
on what was selected, so this is done on the finished document, in reading order. A word that an author set in
**bold** is explained by that sentence itself. Headings and labels are too short to hold a meaning; the word is
explained where it is used next (R19; PEMAT 4, CDC Clear Communication Index 7).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from handouts.document import (
    Block,
    Callout,
    CheckGroup,
    Checklist,
    Columns,
    Contacts,
    DescriptionList,
    Emphasis,
    Figure,
    Heading,
    Inline,
    Keep,
    List,
    PageBreak,
    Paragraph,
    PersonalPanel,
    QRCode,
    Section,
    Span,
    Strong,
    Table,
    Text,
    plain_text,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handouts.library.models import Term

_NO_GLOSS_ROLES = frozenset({"eyebrow", "dose", "fine"})


class Glossary:
    """The library's medical words, ready to be found in text. Holds no state of any one document."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._meaning: dict[str, tuple[str, str]] = {}
        patterns: list[str] = []
        for term in terms:
            for form in (term.term, *term.forms):
                # Abbreviations (TENS, MRI) are not the words they look like in lower case.
                exact = form.isupper() or (len(form) <= 5 and sum(map(str.isupper, form)) > 1)
                self._meaning[form if exact else form.casefold()] = (term.term, term.meaning)
                patterns.append(re.escape(form) if exact else f"(?i:{re.escape(form)})")
        patterns.sort(key=len, reverse=True)
        self._pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(patterns)})(?![\w-])") if patterns else None

    def words_in(self, text: str) -> dict[str, str]:
        """The words of the glossary that occur in a text, with their meanings."""
        if self._pattern is None:
            return {}
        explainer = _Explainer(self._pattern, self._meaning)
        return dict(found for match in self._pattern.finditer(text) if (found := explainer.find(match[0])))

    def explain(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """The blocks with each word explained at its first use."""
        if self._pattern is None:
            return blocks
        return _Explainer(self._pattern, self._meaning).blocks(blocks)

    def explained(self, text: str) -> str:
        """The text as a sentence of a sheet has it, when its words are used there for the first time."""
        return "".join(texts(self.explain((Paragraph((Text(text),)),))))

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """The medical words of a text: each as the glossary has it, where it begins and where it ends."""
        for match in self._pattern.finditer(text) if self._pattern else ():
            found = self._meaning.get(match[0]) or self._meaning.get(match[0].casefold())
            if found:
                yield found[0], match.start(), match.end()


class _Explainer:
    """One document's pass: remembers which words have been explained."""

    def __init__(self, pattern: re.Pattern[str], meaning: dict[str, tuple[str, str]]) -> None:
        self.pattern = pattern
        self.meaning = meaning
        self.explained: set[str] = set()

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(self.block(block) for block in blocks)

    def block(self, block: Block) -> Block:
        match block:
            case Paragraph(children=children, role=role) if role not in _NO_GLOSS_ROLES:
                return replace(block, children=self.inlines(children))
            case List(items=items):
                return replace(block, items=tuple(replace(item, blocks=self.blocks(item.blocks)) for item in items))
            case DescriptionList(items=descriptions):
                return replace(
                    block,
                    items=tuple(replace(each, blocks=self.blocks(each.blocks)) for each in descriptions),
                )
            case Callout(kind="note"):  # what a clinician wrote, as it was written
                return block
            case Callout(blocks=inner) | Keep(blocks=inner) | Section(blocks=inner):
                return replace(block, blocks=self.blocks(inner))
            case Columns(columns=columns):
                return replace(block, columns=tuple(self.blocks(column) for column in columns))
            case Checklist(groups=groups):
                return replace(block, groups=tuple(self._check_group(group) for group in groups))
            case Heading() | Paragraph() | Table() | Figure() | QRCode() | Contacts() | PersonalPanel() | PageBreak():
                return block

    def _check_group(self, group: CheckGroup) -> CheckGroup:
        return replace(
            group, checks=tuple(replace(check, children=self.inlines(check.children)) for check in group.checks)
        )

    def inlines(self, children: tuple[Inline, ...]) -> tuple[Inline, ...]:
        result: list[Inline] = []
        for child in children:
            match child:
                case Text(text):
                    result.extend(self._text(text))
                case Strong(children=inner):
                    self._note(plain_text(inner))
                    result.append(child)
                case Emphasis(children=inner):
                    result.append(replace(child, children=self.inlines(inner)))
                case Span(children=inner, role=role) if role not in {"label", "lead-in", "gloss"}:
                    result.append(replace(child, children=self.inlines(inner)))
                case _:
                    result.append(child)
        return tuple(result)

    def find(self, matched: str) -> tuple[str, str] | None:
        # re.IGNORECASE takes more letters for the same than casefold() does: a dotless i for an i.
        return self.meaning.get(matched) or self.meaning.get(matched.casefold())

    def _note(self, text: str) -> None:
        for match in self.pattern.finditer(text):
            if found := self.find(match[0]):
                self.explained.add(found[0])

    def _text(self, text: str) -> list[Inline]:
        parts: list[Inline] = []
        start = 0
        for match in self.pattern.finditer(text):
            found = self.find(match[0])
            if found is None or found[0] in self.explained:
                continue
            term, meaning = found
            self.explained.add(term)
            end = match.end()
            if re.match(r"\s*\(", text[end:]):  # the author explains it here
                continue
            parts.append(Text(text[start:end] + " "))
            parts.append(Span((Text(f"({meaning})"),), role="gloss"))
            start = end
        if start < len(text):
            parts.append(Text(text[start:]))
        return parts
