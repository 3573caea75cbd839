"""The page writer's smallest parts: strings, numbers and paths as PDF writes them (ISO 32000-1, 7.3)."""

import re

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.pdf.canvas import circle, literal, number, polygon, rounded_box

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


@given(st.floats(0, 500), st.floats(0, 500), st.floats(1, 300), st.floats(1, 300), st.floats(0, 40))
@PROPERTY
def test_a_rounded_box_stays_within_its_sides(x, y, width, height, radius):
    path = rounded_box(x, y, width, height, radius)
    numbers = [float(value) for value in re.findall(r"-?\d+\.?\d*", path)]
    assert min(numbers[::2]) == pytest.approx(x, abs=0.01)
    assert max(numbers[::2]) == pytest.approx(x + width, abs=0.01)
    assert min(numbers[1::2]) == pytest.approx(y, abs=0.01)
    assert max(numbers[1::2]) == pytest.approx(y + height, abs=0.01)
    assert path.endswith(" h")


def test_a_circle_is_around_its_middle():
    numbers = [float(value) for value in re.findall(r"-?\d+\.?\d*", circle(100, 50, 10))]
    assert (min(numbers[::2]), max(numbers[::2])) == (90, 110)
    assert (min(numbers[1::2]), max(numbers[1::2])) == (40, 60)


def test_an_open_polygon_is_not_closed():
    assert polygon([(0, 0), (1, 1)], close=False) == "0 0 m 1 1 l"
    assert polygon([(0, 0), (1, 1)]) == "0 0 m 1 1 l h"
