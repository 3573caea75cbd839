"""Merged files, read back: they conform, and say what their parts say, in order, each in its place."""

import io

import numpy as np
import page as page_validation
import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace
from pdf_reading import Tagged, pdfium_text, rendered
from small_documents import PANEL, document, paragraph, words

from handouts import Person, issue, lay_out
from handouts.document import Callout, Check, CheckGroup, Checklist, Heading, Section
from handouts.errors import UsageError
from handouts.pdf.merging import Part, merge, metadata_of

BOXES = Checklist((CheckGroup(words("At home"), (Check(words("Walk")), Check(words("Rest")))),), ("Mon", "Tue"))
ADA, BOB = Person(patient="Ada Example"), Person(patient="Bob Example")


def note(text):
    return Callout("note", words("A note"), (paragraph(text),))


def merged(*parts, title="All of it"):
    """The file of these (sheet, person) pairs."""
    target = io.BytesIO()
    files = [Part(issue(sheet, person), f"Part {number}") for number, (sheet, person) in enumerate(parts, 1)]
    pages = merge(files, metadata_of(title, [sheet.metadata for sheet, _ in parts]), target)
    data = target.getvalue()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == pages
        assert pdf.check_pdf_syntax() == []
    return data


@pytest.fixture(scope="module")
def small(brand):
    """A page with a panel, a note and boxes."""
    return lay_out(document(PANEL, note("Small words."), BOXES, title="A small one"), brand)


@pytest.fixture(scope="module")
def whole(full_sheet, small):
    """Every kind of block, a small sheet, and both again for another person."""
    return merged((full_sheet, ADA), (small, ADA), (full_sheet, BOB), (small, None))


@pytest.fixture
def pdf(whole):
    return pikepdf.open(io.BytesIO(whole))


# ------------------------------------------------------------------ it conforms, and says the same


def test_a_merged_file_conforms_as_its_parts_do(whole):
    for profile in ("ua1", "2a"):
        assert page_validation.validate_pdf_bytes(whole, profile=profile).failures == []


def test_its_tree_says_what_the_parts_say_in_their_order_and_agrees_with_its_parent_tree(whole, full_sheet, small):
    tagged = Tagged(whole)
    assert tagged.problems() == []
    assert tagged.outside() == []
    parts = [Tagged(issue(*each)) for each in ((full_sheet, ADA), (small, ADA), (full_sheet, BOB), (small, None))]
    assert [leaf.text for leaf in tagged.leaves] == [leaf.text for part in parts for leaf in part.leaves]
    assert [[leaf.element.tag for leaf in tagged.leaves]] == [
        [leaf.element.tag for part in parts for leaf in part.leaves]
    ]


def test_each_part_keeps_its_document_below_the_one_of_the_whole(whole):
    root = Tagged(whole).root
    assert root.tag == "Document"
    assert [kid.tag for kid in root.kids] == ["Document"] * 4


def test_the_pages_look_as_they_did(whole, full_sheet, small):
    wanted = [
        page
        for each in ((full_sheet, ADA), (small, ADA), (full_sheet, BOB), (small, None))
        for page in rendered(issue(*each))
    ]
    shown = rendered(whole)
    assert len(shown) == len(wanted)
    for one, other in zip(shown, wanted, strict=True):
        assert np.array_equal(one, other)


def test_a_part_in_another_language_says_so_and_the_others_do_not(brand, small):
    spanish = lay_out(replace(document(paragraph("Unas palabras.")), language="es"), brand)
    data = merged((small, None), (spanish, None))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang) == "en"
        documents = list(pdf.Root.StructTreeRoot.K.K)
        assert [str(each.get("/Lang", "")) for each in documents] == ["", "es"]
    assert page_validation.validate_pdf_bytes(data, profile="ua1").failures == []


def test_the_same_parts_make_the_same_bytes_and_others_do_not(small):
    assert merged((small, ADA), (small, BOB)) == merged((small, ADA), (small, BOB))
    assert merged((small, ADA), (small, BOB)) != merged((small, BOB), (small, ADA))


def test_one_part_alone_is_a_file_too(small):
    data = merged((small, ADA))
    assert pdfium_text(data) == pdfium_text(issue(small, ADA))
    assert page_validation.validate_pdf_bytes(data, profile="ua1").failures == []


# ------------------------------------------------------------------ what belongs to one person


def test_a_persons_values_stand_on_that_persons_pages_and_nowhere_else(full_sheet, small):
    data = merged((full_sheet, ADA), (small, BOB))
    first = full_sheet.pages
    pages = pdfium_text(data)
    assert ["Ada Example" in page for page in pages] == [True] + [False] * first
    assert ["Bob Example" in page for page in pages] == [False] * first + [True]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        loose = [pdf.trailer.Info, pdf.Root.Outlines, pdf.Root.Metadata, pdf.Root.AcroForm]
        told = b"".join(
            each.read_bytes() if isinstance(each, pikepdf.Stream) else each.unparse(resolved=True) for each in loose
        )
    assert b"Ada" not in told
    assert b"Bob" not in told


def test_fields_of_two_parts_never_share_a_name_or_what_is_typed(small):
    data = merged((small, None), (small, None))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        parents = list(pdf.Root.AcroForm.Fields)
        names = [f"{parent.T}.{kid.T}" for parent in parents for kid in parent.Kids]
        assert len(names) == len(set(names)) == len(list(pdf.pages[0].Annots)) + len(list(pdf.pages[1].Annots))
        for parent in parents:
            for kid in parent.Kids:
                assert kid.Parent.objgen == parent.objgen
        text = next(kid for kid in parents[0].Kids if kid.FT == "/Tx")
        text.V = pikepdf.String("typed")
        box = next(kid for kid in parents[0].Kids if kid.FT == "/Btn")
        box.V = box.AS = pikepdf.Name.Yes
        changed = io.BytesIO()
        pdf.save(changed)
    with pikepdf.open(changed) as pdf:
        typed = [[str(kid.get("/V", "")) for kid in parent.Kids] for parent in pdf.Root.AcroForm.Fields]
    assert "typed" in typed[0]
    assert "typed" not in typed[1]
    assert "/Yes" in typed[0]
    assert "/Yes" not in typed[1]


def test_every_field_is_in_the_form_and_on_a_page_and_its_font_is_known(brand, small):
    other = lay_out(document(PANEL, BOXES), replace(brand, font="Fira Sans"))
    data = merged((small, None), (other, None), (small, None))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = pdf.Root.AcroForm.DR.Font
        used = [
            {str(kid.DA).split()[0] for kid in parent.Kids if kid.FT == "/Tx"} for parent in pdf.Root.AcroForm.Fields
        ]
        assert used == [{"/Written"}, {"/Written2"}, {"/Written"}]
        assert "Atkinson" in str(fonts["/Written"].BaseFont)
        assert "Fira" in str(fonts["/Written2"].BaseFont)
        on_pages = {note.objgen for page in pdf.pages for note in page.obj.get("/Annots", [])}
        assert on_pages == {kid.objgen for parent in pdf.Root.AcroForm.Fields for kid in parent.Kids}
    for profile in ("ua1", "2a"):
        assert page_validation.validate_pdf_bytes(data, profile=profile).failures == []


def test_a_line_that_was_filled_in_leaves_nothing_of_its_field_behind(small):
    filled = merged((small, Person("A", "b", "c", "d", "e")))
    with pikepdf.open(io.BytesIO(filled)) as pdf:
        said = [str(each.TU) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/TU" in each]
        assert not {"Name", "Date", "Clinician", "Phone", "Next visit"} & set(said)
        keys = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/StructParent" in each]
        assert len(keys) == len(list(pdf.pages[0].Annots))


# ------------------------------------------------------------------ one of a kind


def test_notes_have_names_of_their_own_and_the_tree_finds_them(pdf):
    names = pdf.Root.StructTreeRoot.IDTree.Names
    found = {str(names[place]): names[place + 1] for place in range(0, len(names), 2)}
    assert list(found) == sorted(found)
    assert len(found) == 4
    for identity, element in found.items():
        assert str(element.ID) == identity
        assert element.S == "/Note"


def test_the_outline_has_an_entry_for_each_part_and_its_own_below(pdf, full_sheet):
    with pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["Part 1", "Part 2", "Part 3", "Part 4"]
        first, second, third, _ = outline.root
    with pikepdf.open(io.BytesIO(full_sheet.base)) as alone, alone.open_outline() as own:
        wanted = [entry.title for entry in own.root]
    assert [entry.title for entry in first.children] == [entry.title for entry in third.children] == wanted != []
    assert second.children == []
    numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    pages = full_sheet.pages
    places = [numbers[entry.destination[0].objgen] for entry in (first, second, third)]
    assert places == [0, pages, pages + 1]
    below = [numbers[entry.destination[0].objgen] for entry in third.children]
    assert all(pages < place < 2 * pages + 1 for place in below)
    assert int(pdf.Root.Outlines.Count) == 4
    assert pdf.Root.PageMode == "/UseOutlines"


def test_what_parts_have_alike_is_written_once(small, full_sheet):
    one, hundred = merged((small, ADA)), merged(*[(small, Person(f"Person {number}")) for number in range(100)])
    assert len(hundred) < len(one) + 100 * 2_500
    with pikepdf.open(io.BytesIO(hundred)) as pdf:
        files = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each]
        assert len(files) == len({str(each.FontName) for each in files})
        intents = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/OutputIntent"
        ]
        assert len(intents) == 1
    assert len(merged((full_sheet, None), (full_sheet, None))) < 1.3 * len(merged((full_sheet, None)))


def test_the_file_says_of_itself_what_its_parts_say_each_thing_once(brand, full_sheet, small):
    large = lay_out(document(paragraph("Large words.")), brand, "large-print")
    told = metadata_of("Together", [full_sheet.metadata, small.metadata, large.metadata])
    assert (told.title, told.language, told.keywords) == ("Together", "en", "TEST 1")
    values = {each.name: each.value for each in told.schema.properties}
    assert values["topic"] == "small"
    assert values["edition"] == "standard, large-print"
    bare = replace(small.metadata, schema=None)
    assert metadata_of("Bare", [bare]) == replace(bare, title="Bare", subject="Bare")


# ------------------------------------------------------------------ two sides


def test_for_two_sides_an_odd_number_of_pages_gets_an_empty_one(brand, full_document):
    three = lay_out(full_document, brand, duplex=True)
    assert three.pages % 2 == 1, "the document should have an odd number of pages"
    data = issue(three, ADA)
    pages = pdfium_text(data)
    assert len(pages) == three.pages + 1
    assert pages[-1] == ""
    assert (rendered(data)[-1] == 255).all()
    with pypdfium2.PdfDocument(data) as pdf:
        assert pdf[0].get_size() == pdf[len(pdf) - 1].get_size()
    for profile in ("ua1", "2a"):
        assert page_validation.validate_pdf_bytes(data, profile=profile).failures == []
    tagged = Tagged(data)
    assert tagged.problems() == []
    assert [leaf.text for leaf in tagged.leaves] == [
        leaf.text for leaf in Tagged(issue(lay_out(full_document, brand), ADA)).leaves
    ]


def test_an_even_number_of_pages_stays_as_it_is(brand):
    two = document(
        paragraph("One."), Section("b", (Heading(2, words("Two")), *[paragraph(f"Line {n}.") for n in range(40)]))
    )
    sheet = lay_out(two, brand, duplex=True)
    assert sheet.pages == 2
    assert len(pdfium_text(sheet.base)) == 2


def test_each_part_starts_on_a_fresh_sheet_of_paper(brand, full_document):
    sheet = lay_out(full_document, brand, duplex=True)
    small = lay_out(document(paragraph("Small.")), brand, duplex=True)
    data = merged((sheet, None), (small, None), (sheet, None))
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        assert [numbers[entry.destination[0].objgen] % 2 for entry in outline.root] == [0, 0, 0]
        assert len(pdf.pages) % 2 == 0
    assert Tagged(data).problems() == []
    assert page_validation.validate_pdf_bytes(data, profile="2a").failures == []


# ------------------------------------------------------------------ what cannot be merged


def problem(*files, metadata):
    target = io.BytesIO()
    with pytest.raises(UsageError) as caught:
        merge((Part(data, "Part of Ada") for data in files), metadata, target)
    (found,) = caught.value.diagnostics
    assert found.code == "U124"
    assert "Ada" not in str(found)
    return found.message


def test_a_damaged_part_is_named_by_its_place(small):
    right = issue(small, ADA)
    for wrong in (right[:-200], right[: len(right) // 2], b"", b"words"):
        assert "part 2" in problem(right, wrong, metadata=small.metadata)


def test_a_part_whose_table_of_objects_is_wrong_is_not_guessed_at(small):
    """A reader may put such a file together again from what looks like objects: an older state of it, perhaps."""
    data = issue(small, ADA)
    head, _, tail = data.rpartition(b"startxref\n")
    broken = head + b"startxref\n" + b"7\n" + tail.partition(b"\n")[2]
    assert broken.rstrip().endswith(b"%%EOF")
    with pikepdf.open(io.BytesIO(broken)) as mended:
        assert len(mended.pages) == small.pages
    assert "part 1 of the file to print is damaged" in problem(broken, metadata=small.metadata)


def test_a_part_with_content_of_an_element_outside_its_document_is_refused(small):
    with pikepdf.open(io.BytesIO(issue(small, ADA))) as pdf:
        root = pdf.Root.StructTreeRoot
        stray = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.P, P=root.K))
        owners = next(each for each in root.ParentTree.Nums if isinstance(each, pikepdf.Array))
        owners[0] = stray
        target = io.BytesIO()
        pdf.save(target)
    assert "no tagged PDF" in problem(target.getvalue(), metadata=small.metadata)


def test_a_part_without_tags_is_refused(small, brand):
    untagged = lay_out(document(paragraph("Words.")), brand, tagged=False).base
    assert "part 1" in problem(untagged, metadata=small.metadata)


def test_nothing_makes_no_file(small):
    assert "nothing" in problem(metadata=small.metadata)


def test_parts_are_taken_one_by_one(small):
    """Five hundred parts need not be in memory at once: each is written before the next is made."""
    target = io.BytesIO()
    sizes = []

    def parts():
        for number in range(4):
            sizes.append(target.tell())
            yield Part(issue(small, Person(f"Person {number}")), str(number))

    merge(parts(), small.metadata, target)
    assert sizes == sorted(set(sizes))
