"""What a PDF has: page sizes, fonts, form fields, bookmarks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf

from handouts.inspecting.inspection import Font
from handouts.inspecting.objects import Seen, dictionary, inherited, members, name, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handouts.inspecting.objects import Budget

_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_SUBSET_TAG = 6
_RADIO, _PUSH = 1 << 15, 1 << 16
_LARGEST_PAGE = 14_400.0 * 75_000  # points: the largest page times the largest user unit


def page_sizes(pages: Iterable[Any]) -> tuple[tuple[float, float], ...]:
    """Width and height in points, each different size once; a box that makes no sense is left out."""
    found: dict[tuple[float, float], None] = {}
    for page in pages:
        try:
            left, bottom, right, top = (float(each) for each in members(inherited(page, "/MediaBox")))
        except (TypeError, ValueError, OverflowError):
            continue
        width, height = abs(right - left), abs(top - bottom)
        if 0 < width <= _LARGEST_PAGE and 0 < height <= _LARGEST_PAGE:
            turned = inherited(page, "/Rotate") in {90, 270, -90, -270}
            found[(height, width) if turned else (width, height)] = None
    return tuple(found)


def fonts(pages: Iterable[Any], form: Any, budget: Budget) -> tuple[Font, ...]:
    """The fonts that pages, what they paint, and their fields name; each once, by name."""
    found: dict[Font, None] = {}
    seen = Seen()
    waiting = [dictionary(form).get("/DR")]
    for page in pages:
        waiting.append(inherited(page, "/Resources"))
        for annotation in budget.counted(dictionary(page).get("/Annots")):
            waiting.extend(_appearances(dictionary(annotation), budget))
    while waiting:
        resources = waiting.pop()
        if seen.again(resources):
            continue
        for each in _values(dictionary(dictionary(resources).get("/Font"))):
            if not budget.take("things"):
                return _sorted(found)
            if not seen.again(each):
                found[_font(dictionary(each))] = None
        for kind in ("/XObject", "/Pattern"):
            for each in _values(dictionary(dictionary(resources).get(kind))):
                if not budget.take("things"):
                    return _sorted(found)
                if isinstance(each, pikepdf.Stream) and not seen.again(each):
                    waiting.append(each.get("/Resources"))
    return _sorted(found)


def _sorted(found: Iterable[Font]) -> tuple[Font, ...]:
    return tuple(sorted(found, key=lambda font: font.name))


def _values(thing: Any) -> Iterator[Any]:
    for key in thing:
        yield thing.get(key)


def _appearances(annotation: Any, budget: Budget) -> Iterator[Any]:
    """The resources of what an annotation is painted with, in each of its states."""
    for drawn in _values(dictionary(annotation.get("/AP"))):
        for each in [drawn] if isinstance(drawn, pikepdf.Stream) else _values(dictionary(drawn)):
            if not budget.take("things"):
                return
            yield dictionary(each).get("/Resources")


def _font(font: Any) -> Font:
    base = word(font.get("/BaseFont"))
    tag, plus, rest = base.partition("+")
    subset = bool(plus) and len(tag) == _SUBSET_TAG and tag.isupper()
    inner = next(members(font.get("/DescendantFonts")), font)
    descriptor = dictionary(dictionary(inner).get("/FontDescriptor"))
    drawn = name(font.get("/Subtype")) == "/Type3"  # its letters are drawings in the file itself
    return Font(
        name=(rest if subset else base) or "without a name",
        embedded=drawn or any(isinstance(descriptor.get(key), pikepdf.Stream) for key in _FONT_FILES),
        subset=subset,
    )


def fields(form: Any, budget: Budget) -> dict[str, int]:
    """How many check boxes, text fields and other fields there are, by kind: `check`, `text`, `other`."""
    found = {"check": 0, "text": 0, "other": 0}
    seen = Seen()
    waiting = [(each, "", 0) for each in budget.counted(dictionary(form).get("/Fields"))]
    while waiting:
        field, kind, flags = waiting.pop()
        field = dictionary(field)
        if seen.again(field):
            continue
        kind = name(field.get("/FT")) or kind
        own = field.get("/Ff")
        flags = own if isinstance(own, int) else flags
        below = [each for each in budget.counted(field.get("/Kids")) if "/T" in dictionary(each)]
        if below:
            waiting.extend((each, kind, flags) for each in below)
        elif kind == "/Btn" and not flags & (_RADIO | _PUSH):
            found["check"] += 1
        else:
            found["text" if kind == "/Tx" else "other"] += 1
    return found


def bookmarks(outlines: Any, budget: Budget) -> int:
    """How many bookmarks there are, at all levels."""
    count = 0
    seen = Seen()
    waiting = [dictionary(outlines).get("/First")]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary) or seen.again(node) or not budget.take("things"):
            continue
        count += 1
        waiting += [node.get("/Next"), node.get("/First")]
    return count
