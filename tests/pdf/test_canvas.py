"""The page writer's smallest parts: strings, numbers and paths as PDF writes them (ISO 32000-1, 7.3)."""

import re
from math import hypot

import numpy as np
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_reading import rendered

from handouts.pdf.canvas import SheetCanvas, circle, literal, number, polygon, rounded_box
from handouts.pdf.tagging import Metadata, StructureElement

PROPERTY = settings(deadline=None, derandomize=True, max_examples=150)


@given(st.binary(max_size=60))
@PROPERTY
def test_a_string_literal_reads_as_the_bytes_it_was_made_of(codes):
    assert bytes(pikepdf.Object.parse(literal(codes).encode("ascii"))) == codes


@pytest.mark.parametrize("codes", [b"(", b")", b"\\", b"()\\(", b"\\101", b"\r\n", b"\x00\xff", b"1\x011"])
def test_brackets_and_backslashes_cannot_end_a_string(codes):
    assert bytes(pikepdf.Object.parse(literal(codes).encode("ascii"))) == codes


@given(st.floats(-20_000, 20_000))
@PROPERTY
def test_a_number_has_at_most_three_decimals_and_no_exponent(value):
    text = number(value)
    assert re.fullmatch(r"-?\d+(\.\d{1,3})?", text)
    assert float(text) == pytest.approx(value, abs=0.0006)


@given(st.floats(1, 300), st.floats(1, 300), st.floats(0, 40))
@PROPERTY
def test_a_rounded_box_stays_within_its_sides(width, height, radius):
    path = rounded_box(width, height, radius)
    numbers = [float(value) for value in re.findall(r"-?\d+\.?\d*", path)]
    assert min(numbers[::2]) == pytest.approx(0, abs=0.01)
    assert max(numbers[::2]) == pytest.approx(width, abs=0.01)
    assert min(numbers[1::2]) == pytest.approx(0, abs=0.01)
    assert max(numbers[1::2]) == pytest.approx(height, abs=0.01)
    assert path.endswith(" h")


def test_a_circle_is_around_its_middle():
    numbers = [float(value) for value in re.findall(r"-?\d+\.?\d*", circle(10))]
    points = [*zip(numbers[::2], numbers[1::2], strict=True)]
    assert (min(numbers[::2]), max(numbers[::2])) == (-10, 10)
    assert (min(numbers[1::2]), max(numbers[1::2])) == (-10, 10)
    for start, one, other, end in zip(points[::3], points[1::3], points[2::3], points[3::3], strict=False):
        middle = [(a + 3 * b + 3 * c + d) / 8 for a, b, c, d in zip(start, one, other, end, strict=True)]
        assert hypot(*middle) == pytest.approx(10, abs=0.01)


def test_a_shape_is_drawn_where_it_is_wanted():
    """Its path is that of the origin, moved."""
    canvas = SheetCanvas((200, 100), Metadata("Title", "en"), StructureElement("Document"))
    canvas.shape(rounded_box(40, 20, 0), 30, 50, fill=(0, 0, 0))
    canvas.shape(circle(10), 150, 40, fill=(0, 0, 0))
    canvas.finish_page()
    (page,) = rendered(canvas.finish())
    dark = np.argwhere(page < 128)
    boxes = [dark[dark[:, 1] < 100], dark[dark[:, 1] >= 100]]
    (top, left), (bottom, right) = boxes[0].min(axis=0), boxes[0].max(axis=0) + 1
    assert (left, 100 - bottom, right, 100 - top) == (30, 50, 70, 70)
    (top, left), (bottom, right) = boxes[1].min(axis=0), boxes[1].max(axis=0) + 1
    assert (left, 100 - bottom, right, 100 - top) == (140, 30, 160, 50)


def test_an_open_polygon_is_not_closed():
    assert polygon([(0, 0), (1, 1)], close=False) == "0 0 m 1 1 l"
    assert polygon([(0, 0), (1, 1)]) == "0 0 m 1 1 l h"
