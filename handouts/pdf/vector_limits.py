"""What an SVG picture may hold. Phase 4, LAY OUT.

svglib draws some of SVG otherwise than it is meant, or leaves it out, without a word; a handout with half of a clinic's
logo is not the clinic's. Such pictures are refused with the reason, and so are those that a few bytes make endless.
"""

from __future__ import annotations

import xml.parsers.expat
from functools import lru_cache

# A drawing of a clinic's logo has a few thousand points; a megabyte of them is a photograph in disguise.
MOST_BYTES = 1_000_000
_PICTURES = frozenset({"image", "foreignObject"})
_UNDRAWN = frozenset({"mask", "filter", "pattern", "marker", "symbol"})
_UNDRAWN_ATTRIBUTES = frozenset({"mask", "filter", "marker-start", "marker-mid", "marker-end"})
_OPACITIES = frozenset({"opacity", "stop-opacity"})


class _RefusedError(Exception):
    """With the reason, in words that follow the file's name."""


@lru_cache(maxsize=64)
def refused_for(data: bytes) -> str:
    """Why the picture cannot be printed, in words that follow its name; "" when it can, as far as this is known."""
    scan = _Scan()
    parser = xml.parsers.expat.ParserCreate()
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.EntityDeclHandler = scan.entity
    try:
        parser.Parse(data, True)  # noqa: FBT003  expat's own way
        scan.finish()
    except _RefusedError as error:
        return str(error)
    except xml.parsers.expat.ExpatError:
        return "is not an SVG picture that can be read"
    return ""


class _Scan:
    """Goes through the elements once."""

    def __init__(self) -> None:
        self.around: list[str] = []
        self.uses: list[tuple[str, tuple[str, ...]]] = []

    def entity(self, *_: object) -> None:
        raise _RefusedError("declares entities, which a picture does not need")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local in _PICTURES:
            raise _RefusedError("holds another picture or a page")
        if local in _UNDRAWN:
            raise _RefusedError(f"has a {local}, which cannot be drawn here")
        said = dict(attributes)
        for rule in attributes.get("style", "").split(";"):
            key, _, value = rule.partition(":")
            said[key.strip()] = value.strip()
        for key in _UNDRAWN_ATTRIBUTES & said.keys():
            if said[key] != "none":
                raise _RefusedError(f"has a {key.partition('-')[0]}, which cannot be drawn here")
        for key in _OPACITIES & said.keys():
            if said[key].strip() not in {"", "1", "1.0", "100%"}:
                raise _RefusedError(f"has {key}, which cannot be drawn here")
        identity = attributes.get("id", "")
        self.around.append(identity)
        if local == "use":
            target = attributes.get("href") or attributes.get("xlink:href") or ""
            if not target.startswith("#"):
                raise _RefusedError("uses a shape of another file")
            self.uses.append((target[1:], tuple(self.around)))

    def end(self, _name: str) -> None:
        self.around.pop()

    def finish(self) -> None:
        """A used shape that uses shapes doubles with every step, or never ends."""
        targets = {target for target, _ in self.uses}
        if any(targets.intersection(around) for _, around in self.uses):
            raise _RefusedError("uses shapes that use shapes")
