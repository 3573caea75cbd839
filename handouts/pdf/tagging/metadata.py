"""What a file says of itself: XMP, the information dictionary, and the colours it was made for.

PDF/UA-1 and PDF/A-2 ask for the title and for their own marks in XMP (ISO 14289-1, 5; ISO 19005-2, 6.6); whatever the
information dictionary says, XMP must say the same. A schema of one's own must be described in the file.
"""

from __future__ import annotations

import zlib
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from reportlab.pdfbase import pdfdoc

from handouts.pdf.tagging.file import stream, text_string
from handouts.pdf.tagging.internals import Written, allow_keys

if TYPE_CHECKING:
    from handouts.pdf.tagging.internals import InnerCanvas

# The profile that LittleCMS makes for sRGB (Pillow: ImageCms.createProfile("sRGB")), its date set to a fixed one.
_SRGB = Path(__file__).with_name("srgb.icc")


class Property(Struct, frozen=True):
    """A property of a schema of one's own: a text, and what it means."""

    name: str
    value: str
    meaning: str


class Schema(Struct, frozen=True):
    """A schema of one's own: the address that names it, the prefix it goes by, and its properties."""

    address: str
    prefix: str
    meaning: str
    properties: tuple[Property, ...]


class Metadata(Struct, frozen=True):
    """What the file says of itself. `language` is a BCP 47 tag."""

    title: str
    language: str
    author: str = ""
    subject: str = ""
    keywords: str = ""
    creator: str = ""
    producer: str = "ReportLab"
    schema: Schema | None = None


_PDFUA = Schema(
    "http://www.aiim.org/pdfua/ns/id/",
    "pdfuaid",
    "PDF/UA identification",
    (Property("part", "1", "Part of ISO 14289 that the file conforms to"),),
)


def describe(canvas: InnerCanvas, metadata: Metadata) -> None:
    """Put the metadata and the output intent into the file."""
    document = canvas.document
    document.info = Written(information(metadata))
    document.Catalog.Metadata = Written(packet(metadata))
    document.Catalog.Lang = pdfdoc.PDFString(metadata.language)
    intent = Written(output_intent(canvas.reference(Written(colour_profile()))))
    allow_keys(document.Catalog, OutputIntents=pdfdoc.PDFArray([document.Reference(intent)]))
    canvas.setViewerPreference("DisplayDocTitle", "true")


def colour_profile() -> bytes:
    """The stream of the colours that the file was made for."""
    return stream(zlib.compress(_SRGB.read_bytes()), b"/N 3 /Filter /FlateDecode ")


def output_intent(profile: str) -> str:
    """The output intent with a reference to its profile (ISO 19005-2, 6.2.3)."""
    return (
        "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB) "
        f"/DestOutputProfile {profile} >>"
    )


def information(metadata: Metadata) -> str:
    """The information dictionary (ISO 32000-1, 14.3.3)."""
    named = (
        ("Title", metadata.title),
        ("Author", metadata.author),
        ("Subject", metadata.subject),
        ("Keywords", metadata.keywords),
        ("Creator", metadata.creator),
        ("Producer", metadata.producer),
    )
    return f"<< {' '.join(f'/{key} {text_string(value)}' for key, value in named if value)} >>"


def packet(metadata: Metadata) -> bytes:
    """The stream of the XMP packet (ISO 16684-1)."""
    schemas = [_PDFUA, *([metadata.schema] if metadata.schema else [])]
    lines = [
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
        (
            '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
            ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
            ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">'
        ),
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
        _alternatives("dc:title", metadata.title),
        f"<dc:language><rdf:Bag><rdf:li>{_text(metadata.language)}</rdf:li></rdf:Bag></dc:language>",
    ]
    if metadata.author:
        lines.append(f"<dc:creator><rdf:Seq><rdf:li>{_text(metadata.author)}</rdf:li></rdf:Seq></dc:creator>")
    if metadata.subject:
        lines.append(_alternatives("dc:description", metadata.subject))
    for name, value in (
        ("pdf:Keywords", metadata.keywords),
        ("xmp:CreatorTool", metadata.creator),
        ("pdf:Producer", metadata.producer),
    ):
        if value:
            lines.append(f"<{name}>{_text(value)}</{name}>")
    lines.append("</rdf:Description>")
    for schema in schemas:
        lines.append(f'<rdf:Description rdf:about="" xmlns:{schema.prefix}="{escape(schema.address)}">')
        lines += [
            f"<{schema.prefix}:{each.name}>{_text(each.value)}</{schema.prefix}:{each.name}>"
            for each in schema.properties
        ]
        lines.append("</rdf:Description>")
    lines += [
        (
            '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
            ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
            ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
        ),
        "<pdfaExtension:schemas><rdf:Bag>",
        *map(_description, schemas),
        "</rdf:Bag></pdfaExtension:schemas></rdf:Description>",
        '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>',
    ]
    return stream("\n".join(lines).encode("utf-8"), b"/Type /Metadata /Subtype /XML ")


def _text(value: str) -> str:
    """The value as XML text, without the control characters that XML cannot hold."""
    return escape("".join(each for each in value if each >= " " and each not in "\ufffe\uffff"), quote=False)


def _alternatives(name: str, value: str) -> str:
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{_text(value)}</rdf:li></rdf:Alt></{name}>'


def _description(schema: Schema) -> str:
    """The schema's description, in the form that ISO 19005-2, 6.6.2.3.3 asks for."""

    def described(each: Property) -> str:
        kind = "Integer" if each.value.isdecimal() and schema is _PDFUA else "Text"
        return (
            '<rdf:li rdf:parseType="Resource">'
            f"<pdfaProperty:name>{each.name}</pdfaProperty:name>"
            f"<pdfaProperty:valueType>{kind}</pdfaProperty:valueType>"
            "<pdfaProperty:category>external</pdfaProperty:category>"
            f"<pdfaProperty:description>{_text(each.meaning)}</pdfaProperty:description></rdf:li>"
        )

    return (
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaSchema:schema>{_text(schema.meaning)}</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{escape(schema.address)}</pdfaSchema:namespaceURI>"
        f"<pdfaSchema:prefix>{schema.prefix}</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{''.join(map(described, schema.properties))}</rdf:Seq></pdfaSchema:property>"
        "</rdf:li>"
    )
