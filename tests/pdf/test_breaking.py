"""Where a sheet's pages end: what belongs together, what may be torn, and where."""

import itertools
import re

import pytest
from msgspec.structs import replace
from pdf_reading import read_pages, squeezed
from small_documents import document, item, paragraph, words

from handouts import Order, lay_out, make_document
from handouts.document import (
    Callout,
    Check,
    CheckGroup,
    Checklist,
    Columns,
    Figure,
    Heading,
    Keep,
    List,
    PageBreak,
    Section,
    texts,
)
from handouts.pdf import _paginated
from handouts.pdf.blocks import BlockLayouter
from handouts.pdf.canvas import open_box
from handouts.pdf.fonts import Fonts
from handouts.pdf.furniture import PageFurniture
from handouts.pdf.stylesheet import EDITIONS, PAPERS, make_stylesheet
from handouts.pdf.tagging import StructureElement
from handouts.pdf.typesetting import Typesetter
from handouts.selection import Choices

DAYS = tuple(f"Day {day}" for day in range(1, 8))


def pages_of(brand, *blocks, edition="large-print"):
    """What stands on each page, without white space."""
    pages = read_pages(lay_out(document(*blocks), brand, edition, forms=False).base)
    return [squeezed("".join(char.text for char in page.body)) for page in pages]


def filled(lines):
    return [paragraph(f"Filler {line}.") for line in range(lines)]


@pytest.fixture
def picture(tmp_path):
    file = tmp_path / "picture.svg"
    file.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="300" height="140"><path d="M0 0L300 140"/></svg>')
    return Figure(str(file), "A person", words("Caption."))


def exercise(name, steps, picture):
    return Keep(
        (
            Heading(3, words(name)),
            paragraph(f"{name} dose", "dose"),
            paragraph(f"{name} reason."),
            Columns(
                (
                    (List(tuple(item(f"{name} step {number}.") for number in range(steps)), "numbered"),),
                    (picture, paragraph(f"{name} feel.")),
                )
            ),
            paragraph(f"{name} stop."),
        )
    )


# ------------------------------------------------------------------ exercises


@pytest.mark.parametrize("lines", range(0, 18, 2))
def test_an_exercise_is_torn_between_its_steps_if_it_is_torn(brand, picture, lines):
    pages = pages_of(brand, *filled(lines), exercise("Bridge", 7, picture), exercise("Twist", 7, picture))
    for name in ("Bridge", "Twist"):
        opening = [f"{name}dose", f"{name}reason.", f"{name}step0.", f"{name}step1."]
        assert len({index for index, text in enumerate(pages) for part in opening if part in text}) == 1
        ends = [index for index, text in enumerate(pages) if f"{name}feel." in text]
        assert ends == [index for index, text in enumerate(pages) if f"{name}stop." in text]


@pytest.mark.parametrize("lines", range(0, 18, 2))
def test_a_picture_stays_with_a_step(brand, picture, lines):
    sheet = make_stylesheet(brand, "large-print")
    typesetter = Typesetter(Fonts(brand), sheet)
    small = document(*filled(lines), exercise("Bridge", 7, picture))
    furniture = PageFurniture(small, brand, typesetter, sheet)
    layouter = BlockLayouter(typesetter, sheet, furniture.room, forms=False)
    pages = _paginated(small, layouter, furniture, StructureElement("Document"))
    for page in pages:
        assert "Picture" not in {type(part.drawable).__name__ for part in page.units[0].unit.parts}


@pytest.mark.parametrize("lines", range(15, 19))
def test_an_exercise_moves_over_whole_where_little_room_is_left(brand, picture, lines):
    pages = pages_of(brand, *filled(lines), exercise("Bridge", 4, picture))
    assert len({index for index, text in enumerate(pages) if "Bridge" in text}) == 1


# ------------------------------------------------------------------ openings, lists and logs


@pytest.mark.parametrize("lines", range(6, 20))
def test_a_section_begins_with_its_first_item(brand, lines):
    care = Section(
        "care",
        (
            Heading(2, words("Care")),
            paragraph("Opening."),
            paragraph("More opening."),
            List(tuple(item(f"Item {number}. " + "Much to say of it. " * 16) for number in range(3)), "steps"),
        ),
    )
    (page,) = [text for text in pages_of(brand, *filled(lines), care) if "Moreopening." in text]
    assert "Care" in page
    assert "Item0." in page


def week(rows):
    checks = tuple(Check(words(f"Exercise {row}")) for row in range(rows))
    return Keep((Checklist((CheckGroup((), checks),), DAYS, label="Week 1"),))


def test_a_log_begins_below_its_heading(brand):
    log = Section("log", (PageBreak(), Heading(2, words("My log")), paragraph("Hang it up. " * 15), week(7)))
    pages = pages_of(brand, paragraph("Before."), log)
    (page,) = [text for text in pages if "Mylog" in text]
    assert "Exercise0" in page
    assert "Exercise1" in page


@pytest.mark.parametrize("rows", range(4, 24))
def test_a_list_to_tick_does_not_leave_one_line_over(brand, rows):
    checks = tuple(Check(words(f"Line {row}. " + "As long as it is. " * 5)) for row in range(rows))
    pages = pages_of(brand, Checklist((CheckGroup((), checks),)), *filled(8))
    (page,) = [text for text in pages if f"Line{rows - 1}." in text]
    assert f"Line{rows - 2}." in page


def test_what_is_told_of_the_sheet_goes_on_below_what_stands_before_it(library):
    """It begins on the page before, though it does not fit there."""
    small = make_document(library, Order("psoas-muscle-spasm", "patient", template="diary"))
    *_, section = small.blocks
    assert section.id == "about"
    assert not any(isinstance(block, Keep) for block in section.blocks)


# ------------------------------------------------------------------ boxes


@pytest.mark.parametrize(("top", "bottom"), [*itertools.product([False, True], repeat=2)])
def test_a_box_has_no_line_where_it_goes_on(top, bottom):
    path = open_box(300, 100, 5, top=top, bottom=bottom)
    lines = path.replace(" h", "").split(" l")
    across = [line.split()[-2:] for line in lines[:-1]]
    assert (["295", "100"] in across or ["5", "100"] in across) is not top
    assert (["295", "0"] in across or ["5", "0"] in across) is not bottom


# ------------------------------------------------------------------ the letterhead


def test_a_letterhead_breaks_between_its_parts_where_it_can_and_no_line_begins_or_ends_with_their_dot(brand):
    clinic = replace(
        brand,
        name="Sampletown Center for Physiotherapy",
        address="Rehabilitation Wing, 120 Sample Street, Suite 200, Sampletown, OR 97205",
        phone="(503) 555-0100",
        web="sampletown-physiotherapy.example",
    )
    for edition, paper in itertools.product(EDITIONS, PAPERS):
        sheet = make_stylesheet(clinic, edition, paper)
        furniture = PageFurniture(document(), clinic, Typesetter(Fonts(clinic), sheet), sheet)
        lines = ["".join(run.text for run in line.runs).strip() for line in furniture.contact]
        assert all(line.strip(" ·") == line for line in lines)
        said = re.sub(r"[·\s]+", " ", " ".join(lines))
        assert said == f"{clinic.address} {clinic.phone} {clinic.web}"
        assert lines[-1].endswith(clinic.web)
        assert len(lines) == (3 if edition == "large-print" else 2), lines


# ------------------------------------------------------------------ shipped sheets


@pytest.mark.parametrize("topic", ["psoas-muscle-spasm", "low-back-pain", "ankle-sprain"])
@pytest.mark.parametrize(("edition", "least"), [("standard", 0.55), ("large-print", 0.5)])
def test_no_page_but_the_last_is_half_empty(library, topic, edition, least):
    brand = library.brand(None)
    sheet = make_stylesheet(brand, edition)
    typesetter = Typesetter(Fonts(brand), sheet)
    for audience, template in itertools.product(("patient", "athlete", "office-worker"), library.template_ids):
        order = Order(topic, audience, template=template, choices=Choices(weeks=2))
        made = make_document(library, order)
        furniture = PageFurniture(made, brand, typesetter, sheet)
        layouter = BlockLayouter(typesetter, sheet, furniture.room, forms=False)
        pages = _paginated(made, layouter, furniture, StructureElement("Document"))
        for index, page in enumerate(pages[:-1]):
            last = page.units[-1]
            used = furniture.top(index) - (last.top - last.unit.height)
            room = furniture.top(index) - furniture.bottom
            assert used >= least * room, (audience, template, index + 1)


def test_a_diary_has_all_levels_of_urgency_before_its_table(library):
    said = list(texts(make_document(library, Order("psoas-muscle-spasm", "patient", template="diary")).blocks))
    (table,) = (at for at, text in enumerate(said) if "My diary" in text)
    assert any("Book a visit" in text for text in said[:table])


@pytest.mark.parametrize("lines", range(24))
def test_what_is_said_after_signs_without_a_box_stays_with_them(brand, lines):
    signs = Callout("routine", words("Book a visit"), (List(tuple(item(f"Sign {n}.") for n in range(4))),))
    pages = pages_of(brand, *filled(lines), signs, paragraph("Most causes are not serious."), *filled(8))
    (page,) = [text for text in pages if "Mostcauses" in text]
    assert "Sign3." in page
