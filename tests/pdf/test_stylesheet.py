"""The looks of each edition: sizes, margins and contrast as the guidelines have them (WCAG 1.4.3; ACB)."""

import itertools
from typing import get_args

import pytest
from small_documents import clinic_brand

from handouts.document import ParagraphRole
from handouts.errors import ContentError
from handouts.library.colour import contrast
from handouts.pdf import stylesheet as looks
from handouts.pdf.stylesheet import EDITIONS, PAPER_SIZES, PAPERS, make_stylesheet

SHEETS = list(itertools.product(EDITIONS, PAPERS))


def luminance(red, green, blue):
    """Relative luminance, worked out here from the definition in WCAG 2.1."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def ratio(colour):
    """The contrast of a colour on white paper."""
    return 1.05 / (luminance(*colour) + 0.05)


@pytest.mark.parametrize("accent", ["#1d5c6b", "#767676", "#c20000"])
@pytest.mark.parametrize(("edition", "paper"), SHEETS)
def test_every_text_colour_stands_out_from_paper_by_4_5_to_1(tmp_path, edition, paper, accent):
    sheet = make_stylesheet(clinic_brand(tmp_path, colours={"accent": accent}), edition, paper)
    colours = {style.colour for style in sheet.styles.values()} | {sheet.accent}
    # White text stands on the accent or on the colour of urgency, where it stands out as they do from paper.
    assert {colour for colour in colours - {looks.WHITE} if ratio(colour) < 4.5} == set()


@pytest.mark.parametrize("name", ["INK", "MUTED", "URGENT"])
def test_every_named_text_colour_stands_out_from_paper_by_4_5_to_1(name):
    assert ratio(getattr(looks, name)) >= 4.5


def test_the_contrast_that_the_library_computes_is_the_definition_s():
    for colour in ((0, 0, 0), (1, 1, 1), (0.5, 0.2, 0.9), looks.MUTED):
        assert contrast(colour) == pytest.approx(ratio(colour))


@pytest.mark.parametrize("accent", ["#ffffff", "#787878", "#4da6ff"])
def test_an_accent_too_pale_for_text_is_refused(tmp_path, accent):
    with pytest.raises(ContentError, match="too pale"):
        clinic_brand(tmp_path, colours={"accent": accent})


@pytest.mark.parametrize(("edition", "paper"), SHEETS)
def test_margins_are_at_least_half_an_inch(brand, edition, paper):
    sheet = make_stylesheet(brand, edition, paper)
    assert min(sheet.margin_side, sheet.margin_top, sheet.margin_bottom) >= 36


@pytest.mark.parametrize("paper", PAPERS)
def test_large_print_has_margins_of_an_inch_at_the_sides(brand, paper):
    assert make_stylesheet(brand, "large-print", paper).margin_side >= 72


@pytest.mark.parametrize(("edition", "paper"), SHEETS)
def test_the_column_and_its_margins_are_as_wide_as_the_paper(brand, edition, paper):
    sheet = make_stylesheet(brand, edition, paper)
    assert sheet.text_width + 2 * sheet.margin_side == pytest.approx(PAPER_SIZES[paper][0])


@pytest.mark.parametrize("name", ["body", "lead", "note", "dose", "label"])
def test_running_text_is_at_least_12_points_with_leading_of_a_quarter_more(brand, name):
    style = make_stylesheet(brand).style(name)
    assert style.size >= 12
    assert 1.25 <= style.leading / style.size <= 1.4


def test_large_print_is_18_points_but_for_the_footer_and_its_text_has_leading_of_a_quarter_more(brand):
    sheet = make_stylesheet(brand, "large-print")
    assert {name for name, style in sheet.styles.items() if style.size < 18} == {"footer"}
    assert sheet.style("footer").size == 14
    assert ratio(sheet.style("footer").colour) >= 7
    assert {
        name for name, style in sheet.styles.items() if style.size < 20 and style.leading < 1.25 * style.size
    } == set()
    assert sheet.smallest_value >= 18
    assert not sheet.italics


@pytest.mark.parametrize("edition", EDITIONS)
def test_headings_step_down_to_the_text(brand, edition):
    sizes = [make_stylesheet(brand, edition).style(name).size for name in ("h1", "h2", "h3", "body")]
    assert sizes[0] > sizes[1] > sizes[2] >= sizes[3]


@pytest.mark.parametrize("edition", EDITIONS)
def test_both_editions_have_the_same_styles(brand, edition):
    assert set(make_stylesheet(brand, edition).styles) == set(make_stylesheet(brand).styles)


@pytest.mark.parametrize("edition", EDITIONS)
def test_boxes_to_tick_are_at_least_12_points_square(brand, edition):
    assert make_stylesheet(brand, edition).box >= 12


@pytest.mark.parametrize(("edition", "paper"), SHEETS)
def test_lines_hold_at_most_80_characters(brand, edition, paper):
    """55 to 75 characters to a line: half an em is a letter's usual width."""
    sheet = make_stylesheet(brand, edition, paper)
    assert sheet.text_width / (0.5 * sheet.style("body").size) <= 80


@pytest.mark.parametrize("role", get_args(ParagraphRole))
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_role_of_a_paragraph_has_a_style_in_every_edition(tmp_path, edition, role):
    assert make_stylesheet(clinic_brand(tmp_path), edition, "letter").style(role).size >= 9
