"""A PDF read back: what it is, and what a screen reader reads."""

from pathlib import Path

import pikepdf
import pytest
from pdf_files import PROPERTIES, described, element, font, handout, new, objr, tagged
from pikepdf import Array, Dictionary, Name, String

from handouts import Library, Order, Person, issue, make_document, make_sheet
from handouts.document import texts
from handouts.errors import UsageError
from handouts.inspecting import Element, Font, inspect

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def read(tmp_path):
    """Saves a file and inspects it."""

    def read(pdf, **options):
        file = tmp_path / "a.pdf"
        if isinstance(pdf, bytes):
            file.write_bytes(pdf)
        else:
            pdf.save(file)
        return inspect(file, **options)

    return read


def words(elements):
    """All text of an outline, in order."""
    found = []
    for each in elements:
        found += words(each.kids) if isinstance(each, Element) else [each]
    return found


def one(role, content, **keys):
    """A file with one element whose marks are 0 and 1."""
    pdf, page = new(content)
    return tagged(pdf, element(role, 0, 1, page=page, **keys))


# ------------------------------------------------------------------ metadata


def test_a_handout_says_what_it_is(read):
    found = read(handout())
    said = {key: getattr(found, "review_due" if key == "reviewDue" else key) for key in PROPERTIES}
    assert said == PROPERTIES
    assert (found.title, found.language, found.author) == ("Sore knee – For runners", "en-US", "Hill Clinic")
    assert found.description == "Bend your knee a little each hour."
    assert (found.creator, found.pages, found.bookmarks) == ("handouts", 1, 2)
    assert (found.marked, found.structured, found.encrypted) == (True, True, False)
    assert found.claims == ("PDF/UA-1", "PDF/A-2a")
    assert found.page_sizes == ((595.28, 841.89),)
    assert found.notes == ()


def test_properties_written_as_attributes_are_read_too(read):
    pdf, _ = new(b"")
    pdf.Root.Metadata = pdf.make_stream(
        b"<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>"
        b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        b"<rdf:Description xmlns:h='urn:handouts:document:1.0' h:topic='hip' h:version=' 3 '/></rdf:RDF></x:xmpmeta>"
        b"<?xpacket end='w'?>"
    )
    found = read(pdf)
    assert (found.topic, found.version, found.notes) == ("hip", "3", ())


def test_a_pdf_of_another_maker_is_described_without_a_topic(read):
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(612, 792))
    pdf.docinfo["/Title"] = "A letter"
    pdf.docinfo["/Producer"] = "Another program"
    found = read(pdf)
    assert (found.topic, found.title, found.producer) == ("", "A letter", "Another program")
    assert (found.marked, found.structured, found.claims, found.outline) == (False, False, (), ())


def test_a_topic_that_another_namespace_names_is_not_ours(read):
    pdf, _ = new(b"")
    with pdf.open_metadata() as meta:
        meta["dc:title"] = "A letter"
        meta["{http://example.org/}topic"] = "letters"
    assert read(pdf).topic == ""


def test_different_page_sizes_are_told_once_and_as_they_are_turned(read):
    pdf, _ = new(b"")
    pdf.add_blank_page(page_size=(595.28, 841.89))
    pdf.add_blank_page(page_size=(612, 792))
    pdf.pages[2].Rotate = 90
    assert read(pdf).page_sizes == ((595.28, 841.89), (792, 612))


# ------------------------------------------------------------------ fonts, fields


def test_fonts_are_told_once_wherever_they_are_used(read):
    pdf, page = new(b"")
    page.Resources.Font.G = font(pdf, "Plain", embedded=False)
    page.Resources.Font.H = page.Resources.Font.G
    inner = font(pdf, "ABCDEF+Deep")
    form = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, Resources=Dictionary(Font=Dictionary(F=inner)))
    page.Resources.XObject = Dictionary(X=form)
    wide = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/ABCDEF+Wide"))
    wide.DescendantFonts = Array([font(pdf, "ABCDEF+Wide", Subtype=Name.CIDFontType2)])
    page.Resources.Font.W = pdf.make_indirect(wide)
    assert read(pdf).fonts == (
        Font("Deep", embedded=True, subset=True),
        Font("Knee-Bold", embedded=True, subset=True),
        Font("Plain", embedded=False, subset=False),
        Font("Wide", embedded=True, subset=True),
    )


def test_fields_are_counted_by_kind_and_not_by_their_widgets(read):
    pdf, _ = new(b"")

    def field(kind, flags=0, kids=()):
        made = Dictionary(T=String("a"), Ff=flags, Kids=Array(kids))
        if kind:
            made.FT = Name(kind)
        return pdf.make_indirect(made)

    radio, push = 1 << 15, 1 << 16
    widgets = [Dictionary(Subtype=Name.Widget), Dictionary(Subtype=Name.Widget)]
    week = field("/Btn", kids=[field(None), field(None)])  # two boxes that have their kind from above
    pdf.Root.AcroForm = Dictionary(
        Fields=[
            field("/Btn", kids=widgets),
            week,
            field("/Tx"),
            field("/Btn", radio),
            field("/Btn", push),
            field("/Ch"),
        ]
    )
    found = read(pdf)
    assert (found.check_boxes, found.text_fields, found.other_fields) == (3, 1, 3)


# ------------------------------------------------------------------ the outline


def test_the_outline_is_what_a_screen_reader_reads_in_its_order(read):
    assert read(handout()).outline == (
        Element(
            "Document",
            kids=(
                Element("H1", kids=("Sore knee",)),
                Element(
                    "P", kids=("See", Element("Link", tooltip="The knee page", kids=("a page",)), "for more, 38.5 ≥.")
                ),
                Element("Figure", alternate="A bent knee"),
                Element(
                    "L", kids=(Element("LI", kids=(Element("Lbl", kids=("1.",)), Element("LBody", kids=("Bend",)))),)
                ),
                Element("Form", tooltip="Day 1"),
            ),
        ),
    )


def test_without_the_outline_nothing_of_the_pages_is_read(read):
    assert read(handout(), outline=False).outline == ()


def test_artifacts_are_not_read(read):
    pdf = one(
        "P",
        b"/P <</MCID 0>> BDC /F 9 Tf (a) Tj /Artifact <</Type /Pagination>> BDC (no) Tj EMC (b) Tj EMC (outside) Tj",
    )
    assert words(read(pdf).outline) == ["ab"]


def test_a_map_gives_ligatures_ranges_lists_and_characters_beyond_the_first_plane(read):
    pdf = one("P", b"/P <</MCID 0>> BDC /F 9 Tf (\\001ve \\200\\201\\202 \\377) Tj EMC")
    assert words(read(pdf).outline) == ["five é🙂f \ufffd"]


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ({"Encoding": Name.WinAnsiEncoding}, "café €"),
        ({"Encoding": Dictionary(BaseEncoding=Name.WinAnsiEncoding)}, "café €"),
        ({"Encoding": Dictionary(BaseEncoding=Name.WinAnsiEncoding, Differences=[65, Name.B])}, "\ufffd" * 6),
        ({}, "\ufffd" * 6),
    ],
    ids=["WinAnsi", "based on it", "changed", "of its own"],
)
def test_a_font_without_a_map_is_read_by_its_encoding_and_never_guessed(read, keys, shown):
    pdf, page = new(b"/P <</MCID 0>> BDC /F 9 Tf (caf\\351 \\200) Tj EMC")
    page.Resources.Font.F = font(pdf, cmap=b"", **keys)
    assert words(read(tagged(pdf, element("P", 0, page=page))).outline) == [shown]


def test_a_font_of_two_byte_codes_is_read(read):
    pdf, page = new(b"/P <</MCID 0>> BDC /F 9 Tf <0003002A0003> Tj EMC")
    wide = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Wide, Encoding=Name("/Identity-H"))
    wide.ToUnicode = pdf.make_stream(b"beginbfrange <0003> <0003> <0041> <0020> <0030> <0061> endbfrange")
    page.Resources.Font.F = pdf.make_indirect(wide)
    assert words(read(tagged(pdf, element("P", 0, page=page))).outline) == ["AkA"]


def test_all_ways_of_showing_text_are_read(read):
    pdf = one("P", b"/P <</MCID 0>> BDC /F 9 Tf (a) Tj [(b) 3 (c)] TJ (d) ' 0 0 (e) \" q /Other 9 Tf Q (f) Tj EMC")
    assert words(read(pdf).outline) == ["abc d ef"]


def test_actual_text_stands_for_what_is_painted_on_the_page_and_in_the_tree(read):
    painted = b"/P <</MCID 0>> BDC /F 9 Tf (a) Tj /Span <</ActualText (b )>> BDC (x) Tj EMC (c) Tj EMC"
    assert words(read(one("P", painted)).outline) == ["ab c"]
    assert words(read(one("P", painted, ActualText="all of it")).outline) == ["all of it"]


def test_an_abbreviation_has_its_expansion(read):
    (found,) = read(one("Span", b"/Span <</MCID 0>> BDC /F 9 Tf (mg) Tj EMC", E="milligrams", Lang="la")).outline
    assert (found.kids, found.expansion, found.language) == (("mg",), "milligrams", "la")


def test_a_role_of_the_makers_own_comes_with_the_standard_one(read):
    pdf, page = new(b"/Big <</MCID 0>> BDC /F 9 Tf (a) Tj EMC")
    tagged(pdf, element("Big", 0, page=page), RoleMap=Dictionary(Big=Name.Bigger, Bigger=Name.H1))
    (found,) = read(pdf).outline
    assert (found.role, found.standard) == ("Big", "H1")


def test_a_role_map_that_goes_in_circles_ends(read):
    pdf, page = new(b"")
    tagged(pdf, element("A", page=page), RoleMap=Dictionary(A=Name.B, B=Name.A))
    assert read(pdf).outline[0].role == "A"


def test_a_header_cell_says_whose(read):
    pdf, page = new(b"")
    tagged(
        pdf, element("TH", page=page, A=Array([Dictionary(O=Name.Layout), Dictionary(O=Name.Table, Scope=Name.Row)]))
    )
    assert read(pdf).outline[0].scope == "Row"


def test_named_properties_are_looked_up(read):
    pdf = one("P", b"/P /Mark BDC /F 9 Tf (a) Tj EMC /P /Lost BDC (no) Tj EMC")
    pdf.pages[0].Resources.Properties = Dictionary(Mark=Dictionary(MCID=0))
    assert words(read(pdf).outline) == ["a"]


def test_a_mark_may_stand_on_another_page_than_its_element(read):
    pdf, page = new(b"/P <</MCID 0>> BDC /F 9 Tf (one, ) Tj EMC")
    pdf.add_blank_page(page_size=(99, 99))
    other = pdf.pages[1].obj
    other.Contents = Array([pdf.make_stream(b"/P <</MCID 0>> BDC"), pdf.make_stream(b"/F 9 Tf (two) Tj EMC")])
    other.Resources = page.Resources
    tagged(pdf, element("P", 0, Dictionary(Type=Name.MCR, Pg=other, MCID=0), page=page))
    assert words(read(pdf).outline) == ["one, two"]


def test_text_in_a_form_belongs_to_the_mark_around_it_or_to_its_own(read):
    pdf, page = new(b"/P <</MCID 0>> BDC /F 9 Tf (a) Tj /X Do (d) Tj EMC /Y Do")
    around = pdf.make_stream(b"/F 9 Tf (bc) Tj", Subtype=Name.Form)  # with the fonts of the page
    own = pdf.make_stream(b"/P <</MCID 0>> BDC /F 9 Tf (e) Tj EMC", Subtype=Name.Form, Resources=page.Resources)
    page.Resources.XObject = Dictionary(X=around, Y=own)
    tagged(pdf, element("P", 0, Dictionary(Type=Name.MCR, Pg=page, Stm=own, MCID=0), page=page))
    assert words(read(pdf).outline) == ["abcde"]


def test_the_tooltip_of_a_field_may_stand_on_the_field_above_its_widget(read):
    pdf, page = new(b"")
    above = pdf.make_indirect(Dictionary(FT=Name.Tx, TU=String("Name")))
    widget = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Widget, Parent=above))
    tagged(pdf, element("Form", objr(widget), page=page))
    assert read(pdf).outline[0].tooltip == "Name"


# ------------------------------------------------------------------ handouts' own


def test_a_shipped_handout_is_read_as_its_document_says(read):
    library, order = Library(), Order("psoas-muscle-spasm", audience="athlete")
    sheet, _ = make_sheet(library, order)
    found = read(issue(sheet))
    document = make_document(library, order)
    assert (found.pages, found.language, found.notes) == (sheet.pages, document.language, ())
    assert document.title in found.title
    assert found.fonts
    assert all(each.embedded and each.subset for each in found.fonts)
    said = " ".join(" ".join(words(found.outline)).split())
    position = 0
    for text in texts(document.blocks):
        wanted = " ".join(text.split())
        assert wanted in said[position:], wanted
        position = said.index(wanted, position) + len(wanted)
    assert "\ufffd" not in said


def test_a_patients_name_is_in_the_outline_and_in_nothing_else(read):
    sheet, _ = make_sheet(Library(), Order("psoas-muscle-spasm"))
    found = read(issue(sheet, Person(patient="Zyxwvut")))
    assert "Zyxwvut" in words(found.outline)
    everything = {name: getattr(found, name) for name in found.__struct_fields__ if name != "outline"}
    assert "Zyxwvut" not in str(everything)


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "U121"),
        (b"Dear patient,", "U121"),
        (b"%PDF-1.7\n", "U123"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, "U123"),
    ],
    ids=["empty", "a letter", "only a head", "noise"],
)
def test_what_is_no_pdf_or_damaged_is_said_so(read, data, code):
    with pytest.raises(UsageError) as raised:
        read(data)
    assert raised.value.diagnostics[0].code == code


def test_half_a_file_is_damaged(read, tmp_path):
    handout().save(tmp_path / "whole.pdf")
    data = (tmp_path / "whole.pdf").read_bytes()
    with pytest.raises(UsageError, match="U123"):
        read(data[: len(data) // 2])


def test_a_file_with_a_password_is_refused_and_one_that_opens_without_is_told(tmp_path):
    file = tmp_path / "a.pdf"
    handout().save(file, encryption=pikepdf.Encryption(owner="secret", user="secret"))
    with pytest.raises(UsageError, match="U122"):
        inspect(file)
    handout().save(file, encryption=pikepdf.Encryption(owner="secret", user=""))
    assert inspect(file).encrypted
    assert inspect(file).topic == PROPERTIES["topic"]


def test_a_folder_a_missing_file_and_a_name_that_is_too_long_are_said_so(tmp_path):
    for file in (tmp_path, tmp_path / "missing.pdf", tmp_path / ("a" * 5000)):
        with pytest.raises(UsageError, match="U105"):
            inspect(file)


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    file = tmp_path / "a.pdf"
    with file.open("wb") as stream:
        stream.write(b"%PDF-1.7\n")
        stream.truncate(50_000_001)
    with pytest.raises(UsageError, match="larger than 50 MB"):
        inspect(file)


def test_an_empty_description_leaves_everything_empty(read):
    pdf, _ = new(b"")
    assert read(described(pdf, topic=" ")).topic == ""
