"""The text of marked content: what the pages paint for each element (ISO 32000-1, 14.6–14.7)."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, TypeAlias

import pikepdf
from msgspec import Struct

from handouts.inspecting.characters import NO_FONT, Codes, codes_of
from handouts.inspecting.objects import LIMITS, MOST_BYTES, dictionary, identity, inherited, members, name, spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handouts.inspecting.objects import Budget

# What text, marks, and forms are painted with.
_OPERATORS = "BMC BDC EMC Tf Tj TJ ' \" Do q Q"
_MOST_FORMS_DEEP = 8

# A page or form, by its identity, and the marked-content id in it.
Mark: TypeAlias = "tuple[tuple[int, int], int]"


class _Open(Struct, frozen=True):
    """What encloses the text that is painted: its mark; `silent` for an artifact, and where other text stands in."""

    mark: Mark | None = None
    silent: bool = False


class MarkedText:
    """The marked text of a file's pages and forms, each read when it is first asked for."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._texts: dict[Mark, list[str]] = {}
        self._read: set[tuple[int, int]] = set()
        self._fonts: dict[tuple[tuple[int, int], str], Codes] = {}
        self._scratch = pikepdf.new()  # content is parsed in a file of its own

    def of(self, place: Any, page: Any, mark: int) -> str:
        """The text of a mark in a page, or in a form that a page paints."""
        key = identity(place)
        for each in (page, place):
            self._read_once(each)
        return "".join(self._texts.get((key, mark), ())) if key else ""

    def _read_once(self, place: Any) -> None:
        key = identity(place)
        if key is None or key in self._read:
            return
        self._read.add(key)
        if isinstance(place, pikepdf.Stream):
            self._content([place], dictionary(dictionary(place).get("/Resources")), key, _Open(), 0)
        elif isinstance(place, pikepdf.Dictionary) and name(place.get("/Type")) == "/Page":
            resources = dictionary(inherited(place, "/Resources"))
            self._content(self._budget.counted(place.get("/Contents")), resources, key, _Open(), 0)

    def _content(
        self, streams: Iterable[Any], resources: Any, owner: tuple[int, int], around: _Open, depth: int
    ) -> None:
        """Read content streams that paint one page or form."""
        stack = [around]
        codes, saved = NO_FONT, [NO_FONT]
        for operator, operands in self._instructions(streams):
            match operator, operands:
                case "q", _:
                    saved.append(codes)
                case "Q", _:
                    codes = saved.pop() if saved else NO_FONT
                case "Tf", [font, *_]:
                    codes = self._codes(resources, name(font), owner)
                case "BMC", [tag, *_]:
                    stack.append(_Open(silent=True) if name(tag) == "/Artifact" else stack[-1])
                case "BDC", [tag, properties, *_]:
                    stack.append(self._opened(tag, properties, resources, owner, stack[-1]))
                case "EMC", _ if len(stack) > 1:
                    stack.pop()
                case "Tj", [string, *_]:
                    self._show(codes, [string], stack[-1])
                case "'" | '"', [*_, string]:
                    self._add(" ", stack[-1])
                    self._show(codes, [string], stack[-1])
                case "TJ", [strings, *_]:
                    self._show(codes, members(strings), stack[-1])
                case "Do", [form, *_]:
                    found = dictionary(resources.get("/XObject")).get(name(form) or "/")
                    self._form(found, resources, owner, stack[-1], depth)
                case _:
                    pass

    def _instructions(self, streams: Iterable[Any]) -> Iterator[tuple[str, list[Any]]]:
        """What is painted; the streams of a page are one (ISO 32000-1, 7.8.2)."""
        data = b"\n".join(self._budget.decoded(each) for each in streams)
        if len(data) > MOST_BYTES:
            self._budget.note(LIMITS["bytes"][1])
            return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                parsed = pikepdf.parse_content_stream(pikepdf.Stream(self._scratch, data), _OPERATORS)
                found = [(str(each.operator), list(each.operands)) for each in parsed]
            except (pikepdf.PdfError, TypeError, ValueError):  # what pikepdf raises for what is no operator
                self._budget.note("some content is damaged, or unfolds into more than is read here")
                return
        yield from found

    def _opened(self, tag: Any, properties: Any, resources: Any, owner: tuple[int, int], around: _Open) -> _Open:
        """What a BDC opens."""
        if name(tag) == "/Artifact":
            return _Open(silent=True)
        if isinstance(properties, pikepdf.Name):
            properties = dictionary(resources.get("/Properties")).get(name(properties) or "/")
        properties = dictionary(properties)
        number = properties.get("/MCID")
        opened = _Open((owner, number), around.silent) if isinstance(number, int) else around
        instead = next((properties.get(key) for key in ("/ActualText", "/E") if key in properties), None)
        if instead is None:
            return opened
        self._add(spaced(instead), opened)
        return _Open(opened.mark, silent=True)

    def _form(self, form: Any, resources: Any, owner: tuple[int, int], around: _Open, depth: int) -> None:
        """A form that is painted: its text belongs to the mark around it, or to marks of its own."""
        if not isinstance(form, pikepdf.Stream) or name(form.get("/Subtype")) != "/Form" or depth == _MOST_FORMS_DEEP:
            return
        key = identity(form) or owner
        if key in self._read and (around.mark is None or around.silent):
            return  # its own marks have their text
        if not self._budget.take("forms"):
            return
        self._read.add(key)
        own = form.get("/Resources")
        self._content([form], dictionary(own) if own is not None else resources, key, around, depth + 1)

    def _show(self, codes: Codes, strings: Iterable[Any], around: _Open) -> None:
        if around.mark is None or around.silent:
            return
        for string in strings:
            if isinstance(string, pikepdf.String):
                self._add(codes.read(bytes(string)), around)

    def _add(self, shown: str, around: _Open) -> None:
        if around.mark is not None and not around.silent and self._budget.take("characters", len(shown)):
            self._texts.setdefault(around.mark, []).append(shown)

    def _codes(self, resources: Any, label: str, owner: tuple[int, int]) -> Codes:
        """The font that the page or form, the owner, calls so."""
        key = (owner, label)
        if key not in self._fonts:
            self._fonts[key] = codes_of(dictionary(resources.get("/Font")).get(label or "/"), self._budget)
        return self._fonts[key]
