"""PDF files made by hand: as handouts writes them, as others do, and as nobody should."""

import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from pikepdf.models.metadata import PdfMetadata

HANDOUTS = "urn:handouts:document:1.0"
PROPERTIES = {
    "topic": "sore-knee",
    "version": "1.2",
    "audience": "runner",
    "template": "handout",
    "edition": "large-print",
    "paper": "a4",
    "reviewDue": "2027-01-02",
    "review": "Not yet reviewed by a clinician",
}
CMAP = (
    b"1 begincodespacerange <00> <FF> endcodespacerange\n"
    b"2 beginbfchar <01> <00660069> <02> <2265> endbfchar\n"
    b"2 beginbfrange <20> <7E> <0020> <80> <82> [<00E9> <D83DDE42> <0066>] endbfrange\n"
)


def new(content, resources=None):
    """A file with one page that paints the content."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595.28, 841.89))
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(content)
    page.Resources = resources or Dictionary(Font=Dictionary(F=font(pdf)))
    return pdf, page


def font(pdf, base="ABCDEF+Knee-Bold", *, cmap=CMAP, embedded=True, **keys):
    """A simple font; its map has a ligature, a range and a list."""
    descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name(f"/{base}"))
    if embedded:
        descriptor.FontFile2 = pdf.make_stream(b"letters")
    made = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name(f"/{base}"), FontDescriptor=descriptor)
    if cmap:
        made.ToUnicode = pdf.make_stream(cmap)
    for key, value in keys.items():
        made[f"/{key}"] = value
    return pdf.make_indirect(made)


def element(role, *kids, page=None, **keys):
    """An element of the structure tree; a number is a mark on its page."""
    made = Dictionary(Type=Name.StructElem, S=Name(f"/{role}"), K=Array(kids))
    if page is not None:
        made.Pg = page
    for key, value in keys.items():
        made[f"/{key}"] = String(value) if isinstance(value, str) else value
    return made


def tagged(pdf, *elements, **keys):
    """The file with a structure tree."""
    root = Dictionary(Type=Name.StructTreeRoot, K=Array(elements))
    for key, value in keys.items():
        root[f"/{key}"] = value
    pdf.Root.StructTreeRoot = pdf.make_indirect(root)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    return pdf


def described(pdf, **properties):
    """The file with the metadata that handouts writes."""
    PdfMetadata.register_xml_namespace(HANDOUTS, "handouts")
    with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
        meta["dc:title"] = "Sore knee – For runners"
        meta["dc:creator"] = ["Hill Clinic"]
        meta["dc:description"] = "Bend your knee a little each hour."
        meta["pdfuaid:part"] = "1"
        meta["pdfaid:part"] = "2"
        meta["pdfaid:conformance"] = "A"
        meta["xmp:CreatorTool"] = "handouts"
        for key, value in (properties or PROPERTIES).items():
            meta[f"{{{HANDOUTS}}}{key}"] = value
    pdf.Root.Lang = String("en-US")
    return pdf


def handout():
    """A handout with everything that can be told of one."""
    pdf, page = new(
        b"/Artifact BMC BT /F 9 Tf (2 of 4) Tj ET EMC\n"
        b"/H1 <</MCID 0>> BDC BT /F 20 Tf (Sore knee) Tj ET EMC\n"
        b"/P <</MCID 1>> BDC BT /F 12 Tf (See ) Tj ET EMC\n"
        b"/Link <</MCID 2>> BDC BT (a page) Tj ET EMC\n"
        b"/P <</MCID 3>> BDC BT ( for more, 38.5 \\002.) Tj ET EMC\n"
        b"/Lbl <</MCID 4>> BDC BT (1.) Tj ET EMC /LBody <</MCID 5>> BDC BT [(Be) -20 (nd)] TJ ET EMC\n"
    )
    link = pdf.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], Contents=String("The knee page"))
    )
    box = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, Rect=[0, 0, 9, 9], FT=Name.Btn, T=String("a"), TU=String("Day 1")
        )
    )
    line = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("b")))
    page.Annots = Array([link, box])
    pdf.Root.AcroForm = Dictionary(Fields=Array([box, line]))
    tagged(
        pdf,
        element(
            "Document",
            element("H1", 0, page=page),
            element("P", 1, element("Link", 2, objr(link), page=page), 3, page=page),
            element("Figure", page=page, Alt="A bent knee"),
            element("L", element("LI", element("Lbl", 4, page=page), element("LBody", 5, page=page))),
            element("Form", objr(box), page=page),
        ),
    )
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Sore knee", 0))
        outline.root[0].children.append(pikepdf.OutlineItem("What to do", 0))
    return described(pdf)


def objr(thing):
    """What leads from an element to an annotation."""
    return Dictionary(Type=Name.OBJR, Obj=thing)


# ------------------------------------------------------------------ byte by byte


def raw(objects, trailer=b""):
    """A file of these objects, by number; 1 is the catalog. pikepdf would not write some of them."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    size = max(objects) + 1
    rows = [b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 00000 f \n" for n in range(1, size)]
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, b"".join(rows))
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, table)
    return bytes(out)


def raw_page(content=b"", *, resources=b"<<>>", catalog=b"", tree=b"<</K<</S/P/Pg 3 0 R/K 0>>>>", more=None):
    """A file with one page (object 3), whose first mark is a paragraph's; `more` are objects from 5 on."""
    return raw(
        {
            1: b"<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot %s%s>>" % (tree, catalog),
            2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources %s>>" % resources,
            4: packed(content),
            **(more or {}),
        }
    )


def packed(data, keys=b""):
    """A stream, packed by Flate."""
    data = zlib.compress(data, 9)
    return b"<</Filter/FlateDecode/Length %d%s>>stream\n%s\nendstream" % (len(data), keys, data)
