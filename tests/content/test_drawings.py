"""The drawings of the exercises: made by docs/drawings, plain enough for every reader of SVG."""

import io
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pypdfium2
import pytest
from reportlab.graphics import renderPDF
from svglib.svglib import svg2rlg

REPOSITORY = Path(__file__).resolve().parents[2]
FIGURES = REPOSITORY / "content" / "figures"
DRAWINGS = sorted(FIGURES.glob("*.svg"))
SHAPES = {"svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon"}
PAINT = {"fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "transform"}
GEOMETRY = {"width", "height", "viewBox", "d", "points", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry"}

every_drawing = pytest.mark.parametrize("file", DRAWINGS, ids=lambda file: file.stem)


def read(file):
    return ET.parse(file).getroot()  # noqa: S314  our own file


def size(file):
    root = read(file)
    return float(root.get("width")), float(root.get("height"))


def grey_page(file):
    """The drawing as svglib and ReportLab print it, at 144 dots to the inch: 0 is black, 255 white."""
    pdf = renderPDF.drawToString(svg2rlg(str(file)))
    return np.asarray(pypdfium2.PdfDocument(io.BytesIO(pdf))[0].render(scale=2).to_pil().convert("L"))


def test_the_generator_draws_every_file_anew_byte_for_byte(tmp_path):
    subprocess.run([sys.executable, REPOSITORY / "docs" / "drawings" / "make.py", tmp_path], check=True)
    made = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert made
    assert made == {file.name: file.read_bytes() for file in DRAWINGS}


@every_drawing
def test_only_plain_shapes_and_their_paint_are_used(file):
    for element in read(file).iter():
        assert element.tag.removeprefix("{http://www.w3.org/2000/svg}") in SHAPES
        assert set(element.attrib) <= PAINT | GEOMETRY
        assert not (element.text or "").strip()
        assert {element.get("fill"), element.get("stroke")} <= {None, "none", "#fff", "#17191c"}


@every_drawing
def test_numbers_have_one_decimal_at_most_and_the_file_is_small(file):
    assert not re.search(r"\d\.\d\d", file.read_text(encoding="utf-8"))
    assert file.stat().st_size < 20_000


@every_drawing
def test_a_drawing_fits_across_the_page_and_is_low(file):
    width, height = size(file)
    assert read(file).get("viewBox") == f"0 0 {width:g} {height:g}"
    assert 200 <= width <= 480
    assert 80 <= height <= 170


@every_drawing
def test_svglib_reads_it_in_its_proportions(file):
    width, height = size(file)
    drawing = svg2rlg(str(file))
    assert (drawing.width, drawing.height) == pytest.approx((0.75 * width, 0.75 * height))


@every_drawing
def test_nothing_is_cut_off_and_most_of_the_paper_stays_white(file):
    page = grey_page(file)
    edges = (page[0], page[-1], page[:, 0], page[:, -1])
    assert all((edge > 250).all() for edge in edges)
    assert 0.02 < (page < 128).mean() < 0.2
