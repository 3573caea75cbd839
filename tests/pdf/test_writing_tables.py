"""Tables to write in: how much room there is, what each field is called, and what happens when columns are many."""

import io

import pikepdf
import pytest
from pdf_reading import Tagged, read_pages
from small_documents import TOPIC, document, words

from handouts import Library, Order, lay_out, make_sheet
from handouts.document import Check, CheckGroup, Checklist
from handouts.errors import LayoutError

MILLIMETRE = 72 / 25.4
DAYS = tuple(Check(words(f"Day {day}")) for day in range(1, 8))
DIARY = Checklist((CheckGroup((), DAYS),), ("Pain", "Sleep", "What I did"), 2, "Day", numbers=(0,))
LOG = Checklist(
    (CheckGroup((), (Check(words("Hop")), Check(words("Pain"), answer_lines=1))),),
    tuple(f"Day {day}" for day in range(1, 8)),
    label="Week 1",
)


def fields(data):
    """Each field's name, kind, and width and height in points."""
    found = []
    pdf = pikepdf.open(io.BytesIO(data))
    for each in pdf.Root.AcroForm.Fields:
        left, bottom, right, top = map(float, each.Rect)
        found.append((str(each.TU), str(each.FT), right - left, top - bottom))
    return found


@pytest.mark.parametrize("edition", ["standard", "large-print"])
def test_each_cell_is_a_field_called_after_its_line_and_its_column(brand, edition):
    made = fields(lay_out(document(DIARY), brand, edition).base)
    wanted = [f"Day {day}, {column}" for day in range(1, 8) for column in DIARY.columns]
    assert [name for name, *_ in made] == wanted
    assert {kind for _, kind, *_ in made} == {"/Tx"}


@pytest.mark.parametrize("edition", ["standard", "large-print"])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_diary_has_room_for_a_hand(edition, language, paper):
    sheet, _ = make_sheet(Library(), Order(TOPIC, template="diary", edition=edition, language=language, paper=paper))
    room = [(width, height) for name, _, width, height in fields(sheet.base) if name.startswith(("Day ", "Día "))]
    assert len(room) == 28
    assert min(height for _, height in room) + 4 > 14 * MILLIMETRE  # the field stands in its box
    narrow, *wide = sorted({round(width) for width, _ in room})
    assert narrow > 14 * MILLIMETRE
    assert min(wide) > 30 * MILLIMETRE


@pytest.mark.parametrize(("language", "most"), [("en", 3), ("es", 3)])
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_a_week_of_the_diary_stands_on_one_page(language, most, paper):
    sheet, _ = make_sheet(Library(), Order(TOPIC, template="diary", language=language, paper=paper))
    assert sheet.pages <= most
    day = "Day" if language == "en" else "Día"
    found = [[f"{day} {number}" in page.text() for number in range(1, 8)] for page in read_pages(sheet.base)]
    assert [all(each) for each in found].count(True) == 1
    assert [any(each) for each in found].count(True) == 1


@pytest.mark.parametrize("edition", ["standard", "large-print"])
def test_a_line_among_boxes_can_have_room_to_write(brand, edition):
    made = fields(lay_out(document(LOG), brand, edition).base)
    assert [(name, kind) for name, kind, *_ in made] == [
        *((f"Day {day}: Hop", "/Btn") for day in range(1, 8)),
        *((f"Pain, Day {day}", "/Tx") for day in range(1, 8)),
    ]


@pytest.mark.parametrize("block", [DIARY, LOG], ids=["diary", "log"])
def test_without_forms_the_same_boxes_are_for_a_pen(brand, block):
    with_fields, without = (lay_out(document(block), brand, forms=forms).base for forms in (True, False))
    pdf = pikepdf.open(io.BytesIO(without))
    assert "/AcroForm" not in pdf.Root
    boxes = [[each.text() for each in read_pages(data)] for data in (with_fields, without)]
    assert boxes[0] == boxes[1]


def test_a_table_to_write_in_has_headers_for_its_rows_and_columns(brand):
    tagged = Tagged(lay_out(document(DIARY), brand).base)
    heads = [each for each in tagged.root.walk() if each.tag == "TH"]
    assert [each.attribute("/Scope") for each in heads] == ["Column"] * 4 + ["Row"] * 7
    assert tagged.problems() == []
    assert tagged.outside() == []


def test_too_many_columns_to_write_in_are_refused(brand):
    block = Checklist((CheckGroup((), DAYS),), tuple("abcdefgh"), 2)
    with pytest.raises(LayoutError) as caught:
        lay_out(document(block), brand)
    assert [each.code for each in caught.value.diagnostics] == ["L106"]


# ------------------------------------------------------------------ the exercise plan


@pytest.mark.parametrize("audience", ["patient", "athlete", "office-worker"])
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_an_exercise_plan_has_four_sides_and_its_log_one_of_its_own(audience, paper):
    sheet, _ = make_sheet(Library(), Order(TOPIC, audience=audience, template="exercise-plan", paper=paper))
    pages = [page.text() for page in read_pages(sheet.base)]
    assert len(pages) == 4
    assert ["My exercise log" in text for text in pages] == [False, False, False, True]
    assert "Week 2" in pages[3]
    assert "Stop if" not in pages[3]
    assert "Call 911 now" in pages[0]
