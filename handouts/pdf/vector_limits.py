"""What an SVG picture may hold. Phase 4, LAY OUT.

svglib draws some of SVG otherwise than it is meant, or leaves it out, without a word; a handout with half of a clinic's
logo is not the clinic's. Such pictures are refused with the reason, and so are those that a few bytes make endless.
"""

from __future__ import annotations

import re
import xml.parsers.expat
from functools import lru_cache

# A drawing of a clinic's logo has a few thousand points; a megabyte of them is a photograph in disguise.
MOST_BYTES = 1_000_000
_PICTURES = frozenset({"image", "foreignObject"})
_UNDRAWN = frozenset({"mask", "filter", "pattern", "marker", "symbol"})
_UNDRAWN_ATTRIBUTES = frozenset({"mask", "filter", "marker-start", "marker-mid", "marker-end"})
_OPACITIES = frozenset({"opacity", "stop-opacity"})
# Properties that change a drawing, with the values that do not.
_CHANGES = {
    "mix-blend-mode": {"normal"},
    "transform-origin": set[str](),
    "gradientTransform": set[str](),
    "spreadMethod": {"pad"},
}
_PAINTS = frozenset({"fill", "stroke", "stop-color", "color"})
# What svglib knows of colours: it draws others as if there were none. Of a gradient in a stroke it draws nothing.
_PAINT = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}|rgb\([^()/]*\)|currentColor|(?!rebeccapurple)[a-z]+")
_GRADIENT = re.compile(r"url\(\s*[\"']?#[^()]+\)")
_DECLARATION = re.compile(r"([a-zA-Z-]+)\s*:\s*([^;{}]+)")
# A path that goes on where it was closed: svglib leaves out what follows.
_GOES_ON = re.compile(rb"""\sd\s*=\s*["'][^"']*[zZ][\s,]*[^\s,"'mMzZ]""")


class _RefusedError(Exception):
    """With the reason, in words that follow the file's name."""


@lru_cache(maxsize=64)
def refused_for(data: bytes) -> str:
    """Why the picture cannot be printed, in words that follow its name; "" when it can, as far as this is known."""
    scan = _Scan()
    parser = xml.parsers.expat.ParserCreate()
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    parser.EntityDeclHandler = scan.entity
    try:
        parser.Parse(data, True)  # noqa: FBT003  expat's own way
        scan.finish()
    except _RefusedError as error:
        return str(error)
    except xml.parsers.expat.ExpatError:
        return "is not an SVG picture that can be read"
    return ""


def goes_on(data: bytes) -> bool:
    """Whether a path goes on where it was closed: what is plain is drawn all the same, by us."""
    return bool(_GOES_ON.search(data))


class _Scan:
    """Goes through the elements once."""

    def __init__(self) -> None:
        self.around: list[str] = []
        self.uses: list[tuple[str, tuple[str, ...]]] = []
        self.is_style = False
        self.sheet = ""  # what all style elements say

    def entity(self, *_: object) -> None:
        raise _RefusedError("declares entities, which a picture does not need")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local in _PICTURES:
            raise _RefusedError("holds another picture or a page")
        if local in _UNDRAWN:
            raise _RefusedError(f"has a {local}, which cannot be drawn here")
        if local == "svg" and self.around:
            raise _RefusedError("holds a drawing inside of the drawing, which cannot be drawn here")
        if local == "stop" and "class" in attributes:
            raise _RefusedError("has colours of a gradient by class, which cannot be drawn here")
        for key, value in attributes.items():
            self.property(key, value)
        for key, value in _DECLARATION.findall(attributes.get("style", "")):
            self.property(key, value, styled=True)
        self.is_style = local == "style"
        identity = attributes.get("id", "")
        self.around.append(identity)
        if local == "use":
            target = attributes.get("href") or attributes.get("xlink:href") or ""
            if not target.startswith("#"):
                raise _RefusedError("uses a shape of another file")
            self.uses.append((target[1:], tuple(self.around)))

    def text(self, text: str) -> None:
        self.sheet += text if self.is_style else ""

    def property(self, key: str, value: str, *, styled: bool = False) -> None:
        """Raise _RefusedError for a property that is drawn otherwise than it is meant, `styled` where CSS says it."""
        value = value.strip()
        if key in _UNDRAWN_ATTRIBUTES and value != "none":
            raise _RefusedError(f"has a {key.partition('-')[0]}, which cannot be drawn here")
        if key in _OPACITIES and value not in {"", "1", "1.0", "100%"}:
            raise _RefusedError(f"has {key}, which cannot be drawn here")
        if styled and (key == "clip-path" or "!" in value or "var(" in value):
            raise _RefusedError(f"has a style ({key}) that cannot be drawn here")
        if key in _CHANGES and value not in _CHANGES[key]:
            raise _RefusedError(f"has {key}, which cannot be drawn here")
        is_gradient = key == "fill" and _GRADIENT.fullmatch(value)
        if key in _PAINTS and value and not is_gradient and not _PAINT.fullmatch(value):
            raise _RefusedError(f"has a colour ({key}) that cannot be drawn here")

    def end(self, _name: str) -> None:
        self.is_style = False
        self.around.pop()

    def finish(self) -> None:
        """A used shape that uses shapes doubles with every step, or never ends."""
        for key, value in _DECLARATION.findall(re.sub(r"/\*.*?\*/", "", self.sheet, flags=re.DOTALL)):
            self.property(key, value, styled=True)
        targets = {target for target, _ in self.uses}
        if any(targets.intersection(around) for _, around in self.uses):
            raise _RefusedError("uses shapes that use shapes")
