"""Units onto pages: nothing lost, order kept, what belongs together stays together, what is too tall is refused."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from handouts.errors import LayoutError
from handouts.making import Order, make_document
from handouts.pdf import count_pages, lay_out
from handouts.pdf.pagination import BELOW_A_BOX, LEAST_LAST_PAGE, MOST_SHRUNK, paginate
from handouts.pdf.units import Frame, Part, Unit, gathered, kept, stacked

TOP, BOTTOM = 700.0, 100.0
ROOM = TOP - BOTTOM


def top(page):
    return TOP if page else TOP - 50


PROPERTY = settings(deadline=None, derandomize=True, max_examples=150)
GAPS = (0.0, 4.0, 15.0)


def built(codes):
    """Units from (height, kind): plain, tied to the next, asking for a new page, or a whole table.

    A table is a header tied to its first row and repeated over the others; its rows are as many as the height says.
    """
    found = []
    for height, kind in codes:
        before = GAPS[height % 3]
        if kind < 5:
            found.append(Unit(float(height), before=before))
        elif kind < 9:
            found.append(Unit(float(height), before=before, keep=True))
        elif kind == 9:
            found.append(Unit(float(height), before=before, new_page=True))
        else:
            header = Unit(10.0 + height % 31)
            found.append(Unit(header.height, keep=True, before=6))
            found += [Unit(5.0 + height * row % 83, header=header) for row in range(1, 2 + height // 10)]
    return found


codes = st.lists(st.tuples(st.integers(1, 250), st.integers(0, 10)), max_size=25)
some_units = codes.map(built)
single_units = st.lists(st.tuples(st.integers(1, 250), st.integers(0, 9)), min_size=1, max_size=30).map(built)
gaps = st.sampled_from(GAPS)


def headers_of(given_units):
    return {id(unit.header) for unit in given_units if unit.header}


def placed(pages, given_units):
    """What was placed, page by page, without repeated headers."""
    headers = headers_of(given_units)
    return [[each for each in page.units if id(each.unit) not in headers] for page in pages]


def chunks(given_units):
    """The stretches that must stay together."""
    found = [[]]
    for unit in given_units:
        found[-1].append(unit)
        if not unit.keep:
            found.append([])
    return [each for each in found if each]


# ------------------------------------------------------------------ properties


@given(some_units)
@PROPERTY
def test_every_unit_is_placed_once_and_in_order(given_units):
    shown = [each.unit for page in placed(paginate(given_units, top, BOTTOM), given_units) for each in page]
    assert [id(unit) for unit in shown] == [id(unit) for unit in given_units]


@given(some_units)
@PROPERTY
def test_no_unit_stands_over_another_or_outside_the_column(given_units):
    for index, page in enumerate(paginate(given_units, top, BOTTOM)):
        y = top(index)
        for each in page.units:
            assert each.top <= y + 0.01
            y = each.top - each.unit.height
            assert y >= BOTTOM - 0.01


@given(some_units)
@PROPERTY
def test_units_that_are_tied_together_stand_on_one_page_when_one_holds_them(given_units):
    pages = placed(paginate(given_units, top, BOTTOM), given_units)
    page_of = {id(each.unit): index for index, page in enumerate(pages) for each in page}
    for chunk in chunks(given_units):
        height = sum(unit.before + unit.height for unit in chunk) + 40
        if height <= ROOM - 50:
            assert len({page_of[id(unit)] for unit in chunk}) == 1


@given(some_units)
@PROPERTY
def test_a_table_that_goes_on_over_the_page_repeats_its_header(given_units):
    for page in paginate(given_units, top, BOTTOM)[1:]:
        assert page.units[0].unit.header is None, "a row stands first on a page, without its header"


@given(some_units)
@PROPERTY
def test_a_header_is_repeated_at_the_top_of_a_page_only(given_units):
    headers = headers_of(given_units)
    for page in paginate(given_units, top, BOTTOM):
        assert not any(id(each.unit) in headers for each in page.units[1:])


@given(some_units)
@PROPERTY
def test_no_page_is_empty(given_units):
    assert all(page.units for page in paginate(given_units, top, BOTTOM)) or not given_units


@given(single_units)
@PROPERTY
def test_a_unit_that_asks_for_a_new_page_stands_first_on_it(given_units):
    starts = [unit for chunk in chunks(given_units) for unit in chunk[:1] if unit.new_page]
    firsts = {id(page.units[0].unit) for page in paginate(given_units, top, BOTTOM)}
    assert all(id(unit) in firsts for unit in starts)


@given(st.integers(1, 120), st.sampled_from([12.0, 15.0, 15.4, 30.8, 46.2, 55.0]), gaps)
@PROPERTY
def test_the_last_page_is_not_a_mere_line_or_two(count, height, before):
    pages = paginate([Unit(height, before=before) for _ in range(count)], top, BOTTOM)
    last = pages[-1].units
    used = last[0].top - (last[-1].top - last[-1].unit.height)
    assert len(pages) == 1 or used >= LEAST_LAST_PAGE


@given(st.lists(st.tuples(st.integers(5, 60), st.just(0)), min_size=1, max_size=80).map(built))
@PROPERTY
def test_no_more_pages_are_used_than_filling_them_one_by_one_takes(given_units):
    count, y = 1, top(0)
    at_top = True
    for unit in given_units:
        before = 0 if at_top else unit.before
        if before + unit.height > y - BOTTOM:
            count, y, before = count + 1, top(count), 0
        y -= before + unit.height
        at_top = False
    assert len(paginate(given_units, top, BOTTOM)) == count


# ------------------------------------------------------------------ examples


def test_nothing_makes_one_empty_page():
    assert [page.units for page in paginate([], top, BOTTOM)] == [[]]


def test_the_space_above_a_unit_is_dropped_at_the_top_of_a_page():
    pages = paginate([Unit(500, before=20), Unit(500, before=20)], top, BOTTOM)
    assert [page.units[0].top for page in pages] == [650, 700]


def test_a_heading_goes_over_with_what_it_heads():
    pages = paginate([Unit(500), Unit(20, keep=True), Unit(80)], top, BOTTOM)
    assert [len(page.units) for page in pages] == [1, 2]


def test_a_unit_taller_than_a_page_is_refused():
    with pytest.raises(LayoutError) as caught:
        paginate([Unit(10), Unit(ROOM + 1)], top, BOTTOM)
    assert caught.value.diagnostics[0].code == "L101"


def test_a_unit_that_is_too_tall_under_its_repeated_header_is_refused_or_fits():
    header = Unit(100)
    rows = [Unit(100, keep=True), Unit(400, header=header), Unit(520, header=header)]
    try:
        pages = paginate(rows, top, BOTTOM)
    except LayoutError:
        return
    assert min(each.top - each.unit.height for page in pages for each in page.units) >= BOTTOM


def test_a_chunk_taller_than_a_page_breaks_between_its_units():
    pages = paginate(kept([Unit(200) for _ in range(5)]), top, BOTTOM)
    assert [len(page.units) for page in pages] == [2, 3]


def test_a_heading_does_not_stay_behind_when_what_it_heads_is_taller_than_a_page():
    heading, box = Unit(20, keep=True), kept([Unit(200) for _ in range(4)])
    pages = paginate([Unit(500), heading, *box], top, BOTTOM)
    page_of = {id(each.unit): index for index, page in enumerate(pages) for each in page.units}
    assert page_of[id(heading)] == page_of[id(box[0])]


def test_a_last_page_of_one_line_takes_over_what_stands_before_it():
    pages = paginate([*(Unit(50) for _ in range(11)), Unit(15, before=40)], top, BOTTOM)
    assert [len(page.units) for page in pages] == [9, 3]


def test_a_last_page_of_one_row_takes_over_another_row_and_repeats_the_header():
    header = Unit(20)
    rows = [Unit(20, keep=True), *(Unit(33, header=header) for _ in range(17))]
    pages = paginate(rows, top, BOTTOM)
    assert len(pages) == 2
    assert pages[1].units[0].unit is header


def test_stacking_units_keeps_their_parts_and_their_distance():
    part = Part(3, 2, None)
    whole = stacked([Unit(10, (part,), before=5), Unit(20, (part,), before=5)])
    assert whole.height == 35
    assert [(each.x, each.y) for each in whole.parts] == [(3, 2), (3, 17)]


def test_keeping_units_ties_all_but_the_last_to_the_next():
    assert [unit.keep for unit in kept([Unit(1), Unit(1), Unit(1)])] == [True, True, False]


def test_a_box_that_is_tied_together_moves_to_the_next_page_whole():
    pages = paginate([Unit(450), *kept([Unit(40) for _ in range(6)])], top, BOTTOM)
    assert [len(page.units) for page in pages] == [1, 6]


def test_a_box_taller_than_a_page_repeats_its_title():
    title = Unit(20)
    pages = paginate(kept([title, *(Unit(90, header=title) for _ in range(9))]), top, BOTTOM)
    assert len(pages) == 2
    assert pages[1].units[0].unit is title


def warning_box(signs, height):
    """A box as one of warning signs: a label that is repeated, and signs in a frame."""
    frame = (Frame(400.0, None),)
    label = Unit(30.0, frames=frame)
    return gathered([label, *(Unit(height, frames=frame, header=label) for _ in range(signs))], first=3)


def test_a_box_of_warning_signs_breaks_rather_than_leave_a_third_of_a_page_empty():
    used, box = Unit(250.0), warning_box(8, 50.0)
    first, second = paginate([used, *box], top, BOTTOM)
    assert [each.unit.height for each in first.units] == [250.0, 30.0, *[50.0] * 5]
    assert [each.unit.height for each in second.units] == [30.0, *[50.0] * 3]


def test_a_box_of_warning_signs_moves_over_whole_where_little_room_is_left():
    used, box = Unit(380.0), warning_box(8, 50.0)
    first, second = paginate([used, *box], top, BOTTOM)
    assert [each.unit for each in first.units] == [used]
    assert [each.unit for each in second.units] == box


def test_a_label_of_warning_signs_does_not_stand_alone_at_the_end_of_a_page():
    used, box = Unit(320.0), warning_box(3, 185.0)
    first, _ = paginate([used, *box], top, BOTTOM)
    assert [each.unit for each in first.units] == [used]


def framed_box(height):
    return gathered([Unit(height / 4, frames=(Frame(400.0, None),)) for _ in range(4)])


def test_a_box_stands_clear_of_the_footer_where_that_tears_nothing():
    for too_high, expected in ((0, [5, 1]), (1, [1, 5])):
        used, box = Unit(430.0), framed_box(ROOM - 50 - 430.0 - BELOW_A_BOX + too_high)
        assert [len(page.units) for page in paginate([used, *box, Unit(400.0)], top, BOTTOM)] == expected


def test_a_box_is_not_torn_to_stand_clear_of_the_footer():
    used, box = Unit(250.0), framed_box(ROOM - 50 - 250.0)
    assert [len(page.units) for page in paginate([used, *box, Unit(400.0)], top, BOTTOM)] == [5, 1]


def test_a_box_of_warning_signs_does_not_move_over_from_a_page_with_room_for_it():
    """Not even where the next page is half empty without it."""
    used, box = Unit(320.0), warning_box(4, 45.0)
    first, *_ = paginate([used, *box, Unit(200.0), Unit(200.0, new_page=True)], top, BOTTOM)
    assert [each.unit for each in first.units] == [used, *box]


@pytest.mark.parametrize("audience", ["patient", "athlete"])
@pytest.mark.parametrize("template", ["handout", "visit-plan"])
def test_pages_that_are_counted_are_as_many_as_those_that_are_drawn(shipped, audience, template):
    """Check counts pages and does not draw them; a form's boxes take no other room than printed ones."""
    document = make_document(shipped, Order("psoas-muscle-spasm", audience, template=template))
    brand = shipped.brand(None)
    assert count_pages(document, brand) == lay_out(document, brand).pages > 1


@pytest.mark.parametrize(("fits", "counts"), [(True, [5]), (False, [3, 2])])
def test_the_space_between_units_shrinks_alike_where_that_saves_a_page_and_no_further(fits, counts):
    space = 20.0
    height = (ROOM - 50 - 4 * space * (1 - MOST_SHRUNK)) / 5 + (-0.1 if fits else 0.1)
    pages = paginate([Unit(height, before=space) for _ in range(5)], top, BOTTOM)
    assert [len(page.units) for page in pages] == counts
    tops = [each.top for each in pages[0].units]
    between = [above - height - below for above, below in pairwise(tops)]
    assert between == pytest.approx([between[0]] * len(between))
    assert between[0] == pytest.approx(space * (1 - MOST_SHRUNK) if fits else space, abs=0.2)
    assert tops[-1] - height >= BOTTOM - 1e-6


def test_the_space_between_units_shrinks_rather_than_tear_a_box():
    used, box = [Unit(100.0, before=30.0) for _ in range(3)], framed_box(170.0)
    box = [replace(box[0], before=30.0), *box[1:]]  # 10 points too many, and 90 points of space
    pages = paginate([*used, *box, Unit(400.0)], top, BOTTOM)
    assert [len(page.units) for page in pages] == [7, 1]
    assert pages[0].units[-1].top - box[-1].height == pytest.approx(BOTTOM + BELOW_A_BOX)
