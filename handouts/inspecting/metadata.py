"""What a PDF says of itself: its XMP packet, its document information (ISO 32000-1, 14.3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from handouts.inspecting.objects import MOST_CHARACTERS, clean, dictionary, text

if TYPE_CHECKING:
    from handouts.inspecting.objects import Budget

# What handouts says of its own files; the writer's side is in handouts/pdf.
HANDOUTS = "urn:handouts:document:1.0"

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SPACES = {
    HANDOUTS: "handouts",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://www.aiim.org/pdfua/ns/id/": "pdfuaid",
    "http://www.aiim.org/pdfa/ns/id/": "pdfaid",
}
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def properties(packet: Any, budget: Budget) -> dict[str, str]:
    """The properties of an XMP packet that are known here, as `dc:title`; a list's members with commas between."""
    root = _parsed(budget.decoded(packet), budget)
    found: dict[str, str] = {}
    for description in [] if root is None else root.iter(f"{{{_RDF}}}Description"):
        for key, value in description.attrib.items():
            if (known := _known(key)) and value.strip():
                found.setdefault(known, _shown(value))
        for each in description:
            if known := _known(each.tag):
                listed = [item.text or "" for item in each.iter(f"{{{_RDF}}}li")]
                value = ", ".join(item.strip() for item in listed if item.strip()) or (each.text or "")
                if value.strip():
                    found.setdefault(known, _shown(value))
    return found


def information(trailer: Any) -> dict[str, str]:
    """The document information's texts, by key (`Title`)."""
    info = dictionary(trailer.get("/Info"))
    keys = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer")
    return {key: value for key in keys if (value := text(info.get(f"/{key}")))}


def claims(xmp: dict[str, str]) -> tuple[str, ...]:
    """The standards that the packet says the file meets: `PDF/UA-1`, `PDF/A-2a`."""
    found = []
    if part := xmp.get("pdfuaid:part"):
        found.append(f"PDF/UA-{part}")
    if part := xmp.get("pdfaid:part"):
        found.append(f"PDF/A-{part}{xmp.get('pdfaid:conformance', '').lower()}")
    return tuple(found)


def _parsed(packet: bytes, budget: Budget) -> ET.Element | None:
    """The packet's XML. Document types are refused: they can unfold into anything."""
    if not packet:
        return None
    coding = "utf-16" if packet.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        xml = packet.decode(coding).strip("\0 \t\r\n")
        if not _DOCTYPE.search(xml):
            return ET.fromstring(xml)  # noqa: S314  no document type, no entities, at most 1 MB
    except (ValueError, ET.ParseError):
        pass
    budget.note("the XMP metadata is not valid: it is left out")
    return None


def _known(tag: str) -> str:
    """`{http://purl.org/dc/elements/1.1/}title` as `dc:title`; "" for a property that nothing here asks for."""
    space, _, local = tag.removeprefix("{").partition("}")
    return f"{_SPACES[space]}:{local}" if space in _SPACES else ""


def _shown(value: str) -> str:
    return clean(value if len(value) <= MOST_CHARACTERS else f"{value[:MOST_CHARACTERS]}…").strip()
