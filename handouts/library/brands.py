"""A brand: who hands the sheet out. Phase 1, LOAD."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from handouts.errors import ContentError, Diagnostic, nearest
from handouts.library.clinic import BrandFile, FontFiles, PhoneNumber
from handouts.library.colour import Colour, contrast, parse_colour
from handouts.library.validation import read_model
from handouts.library.yaml_source import YamlSource

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from handouts.library.search_path import Root
    from handouts.library.yaml_source import Path_

# Text of the brand's colour is set at all sizes, so the stricter figure of WCAG 1.4.3 holds.
LEAST_CONTRAST = 4.5


class Brand(Struct, frozen=True):
    """A brand with its files found. `accent` is red, green, blue from 0 to 1.

    `addresses` says where each topic stands on the web.
    `font` is a family name for fontpkg, or the files of the faces regular, bold, italic and bold italic.
    """

    id: str
    name: str
    address: str
    phone: str
    emergency: str
    web: str
    numbers: tuple[PhoneNumber, ...]
    addresses: Mapping[str, str]
    logo: Path | None
    logo_text: str
    accent: Colour
    font: str | tuple[Path, Path, Path, Path] | None
    source: YamlSource

    def diagnostic(self, key: str, code: str, message: str, hint: str = "") -> Diagnostic:
        """A diagnostic at one key of the brand's file."""
        return self.source.diagnostic((key,), code, message, hint)


def read_brand(name: str, root: Root, file: Path, topics: Collection[str], model: type[BrandFile] = BrandFile) -> Brand:
    """Read a brand's file; `topics` are those that there are.

    Raises ContentError when it is wrong; pictures and fonts are opened later.
    """
    source = YamlSource(file, root.show(file))
    record = read_model(source, model)
    accent = parse_colour(record.colours.accent)
    ratio = contrast(accent)
    if ratio < LEAST_CONTRAST:
        raise ContentError(
            source.diagnostic(
                ("colours", "accent"),
                "C230",
                f"{record.colours.accent} is too pale for text on white paper: "
                f"contrast {ratio:.1f} : 1, and {LEAST_CONTRAST} : 1 is needed",
                "choose a darker shade",
            )
        )
    _require_inside(source, record)
    unknown = [
        source.diagnostic(("topics", topic), "C216", "no topic has this name", nearest(topic, topics), key=True)
        for topic in record.topics
        if topic not in topics
    ]
    if unknown:
        raise ContentError(unknown)
    beside = file.parent.joinpath
    font: str | tuple[Path, Path, Path, Path] | None
    if isinstance(record.font, FontFiles):
        regular, bold = beside(record.font.regular), beside(record.font.bold)
        italic = beside(record.font.italic) if record.font.italic else regular
        font = (regular, bold, italic, beside(record.font.bold_italic) if record.font.bold_italic else bold)
    else:
        font = record.font
    return Brand(
        id=name,
        name=record.name or "",
        address=record.address or "",
        phone=record.phone or "",
        emergency=record.emergency,
        web=record.web or "",
        numbers=record.numbers,
        addresses={topic: page.address for topic, page in record.topics.items()},
        logo=beside(record.logo) if record.logo else None,
        logo_text=record.logo_text or record.name or "",
        accent=accent,
        font=font,
        source=source,
    )


def _require_inside(source: YamlSource, record: BrandFile) -> None:
    """Pictures and faces lie in the brand's folder or below it: a brand from elsewhere reads no other file."""
    named: list[tuple[Path_, str | None]] = [(("logo",), record.logo)]
    if isinstance(record.font, FontFiles):
        faces = record.font.__struct_fields__
        named += [(("font", face.replace("_", "-")), getattr(record.font, face)) for face in faces]
    outside = [
        source.diagnostic(path, "C231", "this file is not in the brand's folder", "copy it there, and write its name")
        for path, name in named
        if name and (name.startswith(("/", "\\")) or ":" in name or ".." in re.split(r"[/\\]", name))
    ]
    if outside:
        raise ContentError(outside)
