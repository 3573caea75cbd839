"""The structure tree as an outline: what a screen reader finds, in its order (ISO 32000-1, 14.7–14.9)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import pikepdf

from handouts.inspecting.inspection import Element
from handouts.inspecting.marks import MarkedText
from handouts.inspecting.objects import Seen, clean, dictionary, members, name, text, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.inspecting.objects import Budget

MOST_DEEP = 64
_MOST_ROLES = 8
_MOST_ABOVE = 8
_MOST_ATTRIBUTES = 8


class OutlineReader:
    """Reads one file's structure tree. Each element is read once: what the tree names again is a loop."""

    def __init__(self, root: Any, budget: Budget) -> None:
        self._tree = dictionary(root)
        self._roles = dictionary(self._tree.get("/RoleMap"))
        self._budget = budget
        self._marks = MarkedText(budget)
        self._seen = Seen()

    def read(self) -> tuple[Element, ...]:
        """The elements at the top of the tree, usually one Document."""
        return tuple(kid for kid in self._kids(self._tree, None, 0, []) if isinstance(kid, Element))

    def _element(self, node: Any, page: Any, depth: int) -> Element | None:
        if self._seen.again(node):
            self._budget.note("an element stands twice in the tree: it is read once")
            return None
        role = word(node.get("/S"))
        standard = self._standard(role)
        page = node.get("/Pg") or page
        kids: tuple[Element | str, ...] = ()
        tooltips: list[str] = []
        if "/ActualText" in node:
            instead = text(node.get("/ActualText"))
            kids = (instead,) if instead else ()
        elif depth < MOST_DEEP:
            kids = tuple(_joined(self._kids(node, page, depth, tooltips)))
        else:
            self._budget.note(f"the tree is deeper than {MOST_DEEP} elements: what is below is left out")
        return Element(
            role=role or "?",
            standard="" if standard == role else standard,
            language=text(node.get("/Lang")),
            scope=_scope(node),
            alternate=text(node.get("/Alt")),
            expansion=text(node.get("/E")),
            tooltip=" ".join(tooltips),
            kids=kids,
        )

    def _standard(self, role: str) -> str:
        """The standard role that the file's own one stands for."""
        for _ in range(_MOST_ROLES):
            further = word(self._roles.get(f"/{role}"))
            if not further or further == role:
                break
            role = further
        return role

    def _kids(self, node: Any, page: Any, depth: int, tooltips: list[str]) -> Iterator[Element | str]:
        """The element's text and elements, in order; what its links and fields say is added to `tooltips`."""
        for kid in members(node.get("/K")):
            if not self._budget.take("elements"):
                return
            if isinstance(kid, int):
                yield self._text(page, page, kid)
            elif not isinstance(kid, pikepdf.Dictionary):
                continue
            elif "/S" in kid:
                element = self._element(kid, page, depth + 1)
                if element is not None:
                    yield element
            elif name(kid.get("/Type")) == "/OBJR":
                tooltips += _tooltip(dictionary(kid.get("/Obj")))
            elif "/MCID" in kid:
                own = kid.get("/Pg") or page
                yield self._text(kid.get("/Stm") or own, own, kid.get("/MCID"))

    def _text(self, place: Any, page: Any, mark: Any) -> str:
        return self._marks.of(place, page, mark) if isinstance(mark, int) else ""


def _joined(kids: Iterator[Element | str]) -> Iterator[Element | str]:
    """Stretches of text become one, with single spaces; empty ones are nothing."""
    pieces: list[str] = []
    for kid in kids:
        if isinstance(kid, str):
            pieces.append(kid)
            continue
        if shown := _folded(pieces):
            yield shown
        pieces = []
        yield kid
    if shown := _folded(pieces):
        yield shown


def _folded(pieces: list[str]) -> str:
    return clean("".join(pieces)).strip()


def _scope(node: Any) -> str:
    """Whether a header cell is that of its column or row."""
    for attributes in islice(members(node.get("/A")), _MOST_ATTRIBUTES):
        if found := word(dictionary(attributes).get("/Scope")):
            return found
    return ""


def _tooltip(annotation: Any) -> list[str]:
    """What an annotation says of itself: a field's tooltip, its own or that of a field above it; else its contents."""
    field = annotation
    for _ in range(_MOST_ABOVE):
        if found := text(field.get("/TU")):
            return [found]
        field = dictionary(field.get("/Parent"))
    return [found] if (found := text(annotation.get("/Contents"))) else []
