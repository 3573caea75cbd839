"""What a screen reader is told: tree, order, artifacts; and that each check can fail (ISO 32000-1, 14.7)."""

import io

import pikepdf
import pytest
from pdf_reading import Tagged, folded
from small_documents import (
    DISCLAIMER,
    PANEL,
    TITLE,
    VERSION_LINE,
    clinic_brand,
    document,
    paragraph,
    words,
)

from handouts import Person, issue, lay_out
from handouts.document import (
    Cell,
    Check,
    CheckGroup,
    Checklist,
    Heading,
    LineBreak,
    List,
    ListItem,
    Paragraph,
    Section,
    Table,
    Text,
    texts,
)
from handouts.pdf.tagging import StructureElement


def is_number(leaf):
    """Whether the leaf is the number before a numbered item."""
    above = leaf.element.parent
    return leaf.element.tag == "Lbl" and above.parent.attribute("/ListNumbering") == "Decimal"


def read(tagged):
    return [leaf.text for leaf in tagged.leaves if not is_number(leaf)]


def checks(tagged, wanted):
    """The names of the checks that a file fails."""
    failed = []
    if read(tagged) != [folded(text) for text in texts(wanted.blocks) if folded(text)]:
        failed.append("text")
    if tagged.problems():
        failed.append("tree")
    if tagged.outside():
        failed.append("outside")
    return failed


def only(tagged, tag):
    return [element for element in tagged.root.walk() if element.tag == tag]


# ------------------------------------------------------------------ the whole


def test_the_text_read_through_the_tree_is_the_document_s_text_in_its_order(full_tags, full_document):
    assert read(full_tags) == [folded(text) for text in texts(full_document.blocks)]


def test_in_large_print_too(full_document, brand):
    tagged = Tagged(lay_out(full_document, brand, "large-print").base)
    assert read(tagged) == [folded(text) for text in texts(full_document.blocks)]


def test_an_issued_sheet_reads_each_value_after_its_label(full_document, full_sheet):
    tagged = Tagged(issue(full_sheet, Person("Anna Example", next_visit="1 May")))
    wanted = [folded(text) for text in texts(full_document.blocks)]
    wanted.insert(wanted.index("Name") + 1, "Anna Example")
    wanted.insert(wanted.index("Next visit") + 1, "1 May")
    assert read(tagged) == wanted


def test_each_mark_has_one_parent_and_the_parent_tree_agrees(full_tags):
    assert full_tags.problems() == []
    assert len(full_tags.marked_text) > 60


def test_no_text_is_outside_the_tree(full_tags):
    assert full_tags.outside() == []


def test_a_paragraph_over_two_pages_is_read_once_and_whole(brand):
    text = " ".join(f"word{number}" for number in range(1200))
    wanted = document(paragraph(text))
    sheet = lay_out(wanted, brand)
    tagged = Tagged(sheet.base)
    assert sheet.pages > 1
    assert checks(tagged, wanted) == []
    (leaf,) = tagged.leaves
    assert leaf.pages == tuple(range(sheet.pages))


def test_words_before_and_after_a_line_break_are_two_words(brand):
    tagged = Tagged(lay_out(document(Paragraph((Text("one"), LineBreak(), Text("two")))), brand).base)
    assert read(tagged) == ["one two"]


def test_a_word_broken_over_two_lines_is_one_word(brand):
    word = "Donaudampfschifffahrtsgesellschaft" * 5
    assert read(Tagged(lay_out(document(paragraph(f"The {word} sails.")), brand).base)) == [f"The {word} sails."]


# ------------------------------------------------------------------ what things are


def test_headings_have_their_levels(full_tags):
    found = {leaf.text: leaf.element.tag for leaf in full_tags.leaves if leaf.element.tag.startswith("H")}
    assert found[TITLE] == "H1"
    assert found["When to get help"] == "H2"
    assert found["A long paragraph"] == "H3"


def test_sections_and_boxes_are_sections(full_tags):
    leaf = next(leaf for leaf in full_tags.leaves if leaf.text == "Call 911 now")
    assert leaf.element.inside("Sect")


def test_list_items_stand_in_lists(full_tags):
    for leaf in full_tags.leaves:
        if leaf.text in {"You faint.", "Point one.", "Do this.", "Drink water.", "What is said of it.", "May I run?"}:
            above = []
            element = leaf.element
            while element is not None:
                above.append(element.tag)
                element = element.parent
            assert [tag for tag in above if tag in {"LBody", "LI", "L"}][:3] == ["LBody", "LI", "L"], leaf.text


def test_numbered_lists_say_so_and_number_their_items(full_tags):
    decimal = [element for element in only(full_tags, "L") if element.attribute("/ListNumbering") == "Decimal"]
    numbers = [leaf.text for leaf in full_tags.leaves if is_number(leaf)]
    assert len(decimal) == 2
    assert numbers == ["1.", "2.", "1", "2"]


def test_the_cells_of_a_table_say_what_they_head(full_tags):
    scopes = {leaf.text: leaf.element.attribute("/Scope") for leaf in full_tags.leaves if leaf.element.tag == "TH"}
    assert scopes["When"] == scopes["What"] == "Column"
    assert scopes["Morning"] == "Row"
    assert scopes["Mon"] == scopes["Tue"] == "Column"
    assert scopes["Stretch."] == "Row"


def test_every_row_of_a_table_has_a_cell_for_each_column(brand):
    rows = tuple((Cell(words(f"a{row}"), "row"), Cell(words(f"b{row}")), Cell(())) for row in range(3))
    days = Checklist((CheckGroup((), (Check(words("Walk")), Check(words("Rest")))),), columns=("Mon", "Tue"))
    tagged = Tagged(lay_out(document(Table(rows, header_rows=0), days), brand).base)
    for table in only(tagged, "Table"):
        assert len({len(row.kids) for row in table.kids}) == 1


def test_the_file_says_its_language_its_title_and_that_it_is_tagged(full_tags):
    root = full_tags.pdf.Root
    assert str(root.Lang) == "en"
    assert root.MarkInfo.Marked
    assert root.ViewerPreferences.DisplayDocTitle
    assert TITLE in str(full_tags.pdf.docinfo["/Title"])


def test_every_page_reads_in_the_order_of_the_structure(full_tags):
    assert {str(page.obj.Tabs) for page in full_tags.pdf.pages} == {"/S"}


def test_pages_and_parent_tree_are_numbered_alike(full_tags):
    assert [int(page.obj.StructParents) for page in full_tags.pdf.pages] == list(range(len(full_tags.pdf.pages)))


# ------------------------------------------------------------------ artifacts


def test_header_and_footer_are_artifacts_and_nothing_else_is(brand, tmp_path):
    clinic = clinic_brand(tmp_path, name="Small Clinic", address="1 Road", phone="555-0100", web="example.org")
    blocks = [paragraph(f"Paragraph {number} of the body.") for number in range(80)]
    tagged = Tagged(lay_out(document(*blocks), clinic).base)
    count = len(tagged.pdf.pages)
    assert count >= 2
    for index in range(count):
        header = ["Small Clinic", "1 Road · 555-0100 · example.org"] if index == 0 else [f"Small Clinic · {TITLE}"]
        footer = [DISCLAIMER, f"Page {index + 1} of {count}", VERSION_LINE]
        said = tagged.artifacts(index)
        for text in (*header, *footer):
            assert text in said
            said = said.replace(text, "", 1)
        assert folded(said).strip(" ·") == ""


def test_the_repeated_header_of_a_table_is_read_once(brand):
    header = (Cell(words("When"), "column"), Cell(words("What"), "column"))
    rows = [(Cell(words(f"Hour {number}")), Cell(words(f"Thing {number}"))) for number in range(60)]
    wanted = document(Table((header, *rows)))
    tagged = Tagged(lay_out(wanted, brand).base)
    assert len(tagged.pdf.pages) > 1
    assert checks(tagged, wanted) == []
    for index in range(1, len(tagged.pdf.pages)):
        assert "When What" in tagged.artifacts(index).replace("WhenWhat", "When What")


def test_bullets_boxes_and_rules_say_nothing(full_tags):
    for page in full_tags.painted:
        assert not any(piece.text.strip() in {"•", "☐", "□"} for piece in page)


def test_every_link_leads_to_its_address(full_tags):
    addresses = [
        str(note.A.URI)
        for page in full_tags.pdf.pages
        for note in page.obj.get("/Annots", [])
        if note.Subtype == "/Link"
    ]
    assert addresses == ["https://example.org/", "https://example.org/psoas"]


# ------------------------------------------------------------------ each check can fail


@pytest.fixture
def simple():
    """A document of a heading, four paragraphs and a list."""
    return document(
        Section(
            "one",
            (
                Heading(2, words("A heading")),
                *(paragraph(f"Paragraph {number}.") for number in range(4)),
                List((ListItem((paragraph("An item."),)), ListItem((paragraph("Another item."),)))),
            ),
        ),
        PANEL,
    )


@pytest.fixture
def opened(simple, brand):
    """It as a PDF to damage."""
    with pikepdf.open(io.BytesIO(lay_out(simple, brand).base)) as pdf:
        yield pdf


def change_stream(pdf, change):
    """Rewrite the first page's content: `change` takes and gives instructions."""
    page = pdf.pages[0]
    instructions = [(list(each.operands), str(each.operator)) for each in pikepdf.parse_content_stream(page)]
    data = pikepdf.unparse_content_stream(
        [(operands, pikepdf.Operator(operator)) for operands, operator in change(instructions)]
    )
    page.obj.Contents = pdf.make_stream(data)


def marked_as(instructions, tag):
    """Where content of a structure type begins."""
    return [
        index for index, (operands, operator) in enumerate(instructions) if operator == "BDC" and operands[0] == tag
    ]


def saved(pdf):
    data = io.BytesIO()
    pdf.save(data)
    return Tagged(data.getvalue())


def test_a_file_that_was_only_rewritten_fails_no_check(simple, opened):
    change_stream(opened, lambda instructions: instructions)
    assert checks(saved(opened), simple) == []


def test_a_paragraph_marked_as_an_artifact_fails(simple, opened):
    def change(instructions):
        instructions[marked_as(instructions, "/P")[1]] = ([pikepdf.Name.Artifact], "BMC")
        return instructions

    change_stream(opened, change)
    assert checks(saved(opened), simple) == ["text", "tree"]


def test_two_paragraphs_swapped_in_the_tree_fail(simple, opened):
    kids = opened.Root.StructTreeRoot.K.K[0].K
    kids[1], kids[2] = kids[2], kids[1]
    assert checks(saved(opened), simple) == ["text"]


def test_two_paragraphs_swapped_on_the_page_fail(simple, opened):
    def change(instructions):
        first, second = marked_as(instructions, "/P")[:2]
        instructions[first], instructions[second] = instructions[second], instructions[first]
        return instructions

    change_stream(opened, change)
    assert checks(saved(opened), simple) == ["text"]


def test_two_marks_swapped_between_elements_fail(simple, opened):
    kids = opened.Root.StructTreeRoot.K.K[0].K
    kids[1].K, kids[2].K = int(kids[2].K), int(kids[1].K)
    assert checks(saved(opened), simple) == ["text", "tree"]


def test_a_rotated_parent_tree_fails(simple, opened):
    array = opened.Root.StructTreeRoot.ParentTree.Nums[1]
    entries = list(array)
    opened.Root.StructTreeRoot.ParentTree.Nums[1] = pikepdf.Array([*entries[1:], entries[0]])
    assert checks(saved(opened), simple) == ["tree"]


def test_a_mark_with_two_parents_fails(simple, opened):
    kids = opened.Root.StructTreeRoot.K.K[0].K
    kids[2].K = pikepdf.Array([int(kids[2].K), int(kids[1].K)])
    assert "tree" in checks(saved(opened), simple)


def test_a_mark_without_a_parent_fails(simple, opened):
    del opened.Root.StructTreeRoot.K.K[0].K[1]
    assert checks(saved(opened), simple) == ["text", "tree"]


def test_a_wrong_parent_link_fails(simple, opened):
    section = opened.Root.StructTreeRoot.K.K[0]
    section.K[1].P = section.K[0]
    assert checks(saved(opened), simple) == ["tree"]


def test_text_painted_outside_the_tree_fails(simple, opened):
    def change(instructions):
        start = marked_as(instructions, "/P")[0]
        end = next(index for index in range(start, len(instructions)) if instructions[index][1] == "EMC")
        return [each for index, each in enumerate(instructions) if index not in {start, end}]

    change_stream(opened, change)
    assert checks(saved(opened), simple) == ["text", "tree", "outside"]


# ------------------------------------------------------------------ the tree in plain Python


def test_an_element_walks_in_reading_order():
    root = StructureElement("Document")
    section = root.add("Sect")
    section.add("P")
    root.add("P")
    assert [element.tag for element in root.walk()] == ["Document", "Sect", "P", "P"]


def test_elements_that_paint_nothing_are_left_out_of_the_file(brand):
    tagged = Tagged(lay_out(document(paragraph("Words."), Section("empty", ()), Paragraph(())), brand).base)
    assert [element.tag for element in tagged.root.walk()] == ["Document", "P"]
