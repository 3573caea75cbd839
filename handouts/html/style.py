"""How a page looks: the sheet's colours, sizes and typeface, for a screen and for the printer. Phase 4, the page.

What is the same for every page stands in `page.css`; here is what the brand, the edition and the paper decide.
"""

from __future__ import annotations

import base64
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from handouts.library.typefaces import face_file
from handouts.looks import HAIRLINE, INK, MUTED, PAPER_SIZES, URGENT

if TYPE_CHECKING:
    from handouts.document import Furniture
    from handouts.library import Brand
    from handouts.library.colour import Colour
    from handouts.library.typefaces import FaceName
    from handouts.looks import EditionName, PaperName

# A typeface larger than this (one for Chinese, for example) would make a page too large to send: the reader's own
# typeface stands in for it.
MOST_EMBEDDED = 1_000_000
_FACES: dict[FaceName, int] = {"regular": 400, "bold": 700}
_FORMATS = {b"\x00\x01\x00\x00": "ttf", b"true": "ttf", b"OTTO": "otf", b"wOFF": "woff", b"wOF2": "woff2"}


def stylesheet(brand: Brand, furniture: Furniture, edition: EditionName, paper: PaperName) -> str:
    """The page's whole style. Raises MissingResourceError for a typeface that cannot be found."""
    colours = {"accent": brand.accent, "ink": INK, "muted": MUTED, "hairline": HAIRLINE, "urgent": URGENT}
    variables = "".join(f"--{name}:{_hex(colour)};" for name, colour in colours.items())
    faces = "".join(_face(brand, name) for name in _FACES)
    return f"{faces}:root{{{variables}}}\n{_shared()}\n{_page_rule(furniture, edition, paper)}"


@cache
def _shared() -> str:
    return (files("handouts.html") / "page.css").read_text(encoding="utf-8").strip()


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in colour)


def _face(brand: Brand, name: FaceName) -> str:
    file = face_file(brand, name)
    if file.stat().st_size > MOST_EMBEDDED:
        return ""
    data = file.read_bytes()
    kind = _FORMATS.get(data[:4])
    if kind is None:
        return ""
    source = f"data:font/{kind};base64,{base64.b64encode(data).decode('ascii')}"
    return f"@font-face{{font-family:Handout;font-weight:{_FACES[name]};src:url({source})}}\n"


def _page_rule(furniture: Furniture, edition: EditionName, paper: PaperName) -> str:
    """Paper, margins, and the footer of each printed page, in browsers that print one (CSS Paged Media 3, 5)."""
    width, height = PAPER_SIZES[paper]
    counted = _string(furniture.page_label)
    for place, counter in (("{page}", "page"), ("{pages}", "pages")):
        counted = counted.replace(_escaped(place), f'" counter({counter}) "')
    disclaimer, version = _string(furniture.disclaimer), _string(furniture.version_line)
    box = (
        f"border-top:1px solid {_hex(HAIRLINE)};margin-top:10pt;padding-top:4pt;white-space:pre-line;"
        "vertical-align:top;font-family:Handout,sans-serif;line-height:1.3;"
    )
    if edition == "large-print":
        margins, box = "54pt 72pt 140pt", f"{box}color:{_hex(INK)};font-size:18pt"
        parts = {"left": f'{disclaimer} "\\a " {counted} " · " {version};width:100%;text-align:start'}
    else:
        margins, box = "40pt 72pt 66pt", f"{box}color:{_hex(MUTED)};font-size:8.5pt"
        parts = {
            "left": f"{disclaimer};width:55%;text-align:left;padding-right:12pt",
            "right": f'{counted} "\\a " {version};width:45%;text-align:right',
        }
    boxes = "".join(f"@bottom-{side}{{{box};content:{content}}}" for side, content in parts.items())
    return f"@page{{size:{width}pt {height}pt;margin:{margins};{boxes}}}"


def _string(words: str) -> str:
    """Words as a CSS string: every character but letters and digits by its number, so that none ends it."""
    return f'"{_escaped(words)}"'


def _escaped(words: str) -> str:
    return "".join(
        each if (each.isascii() and each.isalnum()) or each == " " else f"\\{ord(each):x} " for each in words
    )
