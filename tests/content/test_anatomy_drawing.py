"""The anatomy drawings: made from their data, plain enough for paper and web, the filled parts where they belong."""

import importlib
import io
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pypdfium2
import pytest
from reportlab.graphics import renderPDF
from svglib.svglib import svg2rlg

REPOSITORY = Path(__file__).resolve().parents[2]
GENERATORS = ("anatomy", "anatomy_ankle", "anatomy_back")

PAINT = {"fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"}
ALLOWED = {
    "svg": {"width", "height", "viewBox"},
    "g": PAINT,
    "path": PAINT | {"d"},
    "ellipse": PAINT | {"cx", "cy", "rx", "ry"},
}

of_the_psoas = pytest.mark.parametrize("generator", ["anatomy"], indirect=True)
of_the_ankle = pytest.mark.parametrize("generator", ["anatomy_ankle"], indirect=True)
of_the_back = pytest.mark.parametrize("generator", ["anatomy_back"], indirect=True)


@pytest.fixture(params=GENERATORS)
def generator(request, monkeypatch):
    monkeypatch.syspath_prepend(REPOSITORY / "docs/drawings")
    return importlib.import_module(request.param)


@pytest.fixture
def picture(generator):
    return generator.FILE


@pytest.fixture
def elements(picture):
    return list(ET.parse(picture).iter())  # noqa: S314  our own file


@pytest.fixture
def grey(picture):
    """The picture as svglib and ReportLab print it, 4 dots to the px of the SVG, 0 black to 255 white."""
    page = pypdfium2.PdfDocument(io.BytesIO(renderPDF.drawToString(svg2rlg(str(picture)))))[0]
    return np.asarray(page.render(scale=4 / 0.75).to_pil().convert("L"))


def test_the_shipped_picture_is_what_the_generator_draws(generator, picture):
    assert picture.read_bytes() == generator.draw().encode("ascii")


def test_only_plain_shapes_and_paint_are_used(elements):
    for element in elements:
        name = element.tag.removeprefix("{http://www.w3.org/2000/svg}")
        assert name in ALLOWED
        assert set(element.keys()) <= ALLOWED[name]
        assert not (element.text or "").strip()


def test_numbers_have_one_decimal_and_the_file_is_small(elements, picture):
    paths = "".join(element.get("d", "") for element in elements)
    assert paths
    assert re.fullmatch(r"(?:[Mcz ]|-?\d+(?:\.\d)?)*", paths)
    assert picture.stat().st_size < 30_000


def test_it_prints_in_black_white_and_one_grey_at_most(elements):
    colours = {element.get(paint) for element in elements for paint in ("fill", "stroke")} - {None, "none"}
    assert colours - {"#8a8f93"} == {"#17191c", "#ffffff"}


def test_svglib_reads_it_with_its_proportions(picture):
    root = ET.parse(picture).getroot()  # noqa: S314  our own file
    drawing = svg2rlg(str(picture))
    width, height = float(root.get("width")), float(root.get("height"))
    assert root.get("viewBox") == f"0 0 {width:g} {height:g}"
    assert (drawing.width, drawing.height) == pytest.approx((width * 0.75, height * 0.75))


def test_nothing_is_cut_off_at_the_edge(grey):
    dark = grey < 200
    assert dark.any()
    for edge in (dark[0], dark[-1], dark[:, 0], dark[:, -1]):
        assert not edge.any()


@of_the_psoas
def test_the_front_view_is_the_same_on_both_sides(generator, grey):
    middle = round(4 * generator.FRONT)
    left, right = grey[:, :middle][:, ::-1], grey[:, middle : 2 * middle]
    assert np.abs(left.astype(int) - right).mean() < 1


@of_the_psoas
@pytest.mark.parametrize(
    ("x", "y"),
    [(2.3, 24.7), (3.2, 18), (4.3, 11), (6.8, 4.2), (9.5, -3)],
    ids=["beside L1", "beside L3", "beside L5", "on the pelvic brim", "before the hip joint"],
)
def test_the_muscle_runs_from_the_spine_to_the_thigh_bone_in_front(generator, grey, x, y):
    assert muscle_share(generator, grey, generator.FRONT, x, y) > 0.7


@of_the_psoas
@pytest.mark.parametrize(
    ("x", "y"),
    [(-1.5, 25.6), (0.2, 18.7), (1.1, 11.9), (3.7, 1.5), (-1.2, -5.6)],
    ids=["beside L1", "beside L3", "before the sacrum", "before the hip joint", "back at the thigh bone"],
)
def test_the_muscle_passes_before_the_hip_and_turns_back_at_the_side(generator, grey, x, y):
    assert muscle_share(generator, grey, generator.SIDE, x, y) > 0.7


@of_the_ankle
@pytest.mark.parametrize(
    ("x", "y", "dark_there"),
    [
        (1.4, -0.2, True),
        (-0.8, -2.25, True),
        (-1.9, -0.3, True),
        (-0.3, 0.5, False),
        (3.2, -0.6, False),
        (-2.8, -4.5, False),
    ],
    ids=["to the neck of the talus", "to the heel bone", "to the back of the talus", "thin bone", "talus", "heel bone"],
)
def test_three_ligaments_leave_the_outer_ankle_bone(generator, grey, x, y, dark_there):
    column, row = 4 * (generator.TALUS + generator.SCALE * x), 4 * (generator.TALUS_HEIGHT - generator.SCALE * y)
    assert (darkness(grey, column, row, 6) > 0.9) == dark_there


@of_the_back
@pytest.mark.parametrize(
    ("x", "y", "grey_there"),
    [
        (-2, 9.9, True),
        (-5.55, 0, True),
        (-4, -15, True),
        (-1.35, 11.9, False),
        (-0.2, 18.7, False),
        (1, -15, False),
    ],
    ids=[
        "the lowest disc",
        "the nerve behind the hip joint",
        "the nerve behind the thigh bone",
        "5th vertebra",
        "3rd vertebra",
        "thigh bone",
    ],
)
def test_the_lowest_disc_and_the_nerve_to_the_leg_are_grey(generator, grey, x, y, grey_there):
    column, row = 4 * (generator.WHOLE + generator.SCALE * x), 4 * (generator.HIP_HEIGHT - generator.SCALE * y)
    assert (darkness(grey, column, row, 2) > 0.9) == grey_there


def muscle_share(generator, grey, middle, x, y):
    """How much of the picture is not white within 3 mm of a place given in the drawing's centimetres."""
    column = 4 * (middle + generator.SCALE * x)
    row = 4 * (generator.HIP_HEIGHT - generator.SCALE * y)
    return darkness(grey, column, row, round(4 * generator.SCALE * 0.3))


def darkness(grey, column, row, reach):
    """How much of the picture is not white that many dots around a place."""
    around = grey[round(row) - reach : round(row) + reach, round(column) - reach : round(column) + reach]
    return (around < 200).mean()
