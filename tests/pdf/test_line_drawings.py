"""Plain SVG as operators: the same picture as svglib draws, dot by dot, and nothing that it does not understand."""

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from msgspec.structs import replace
from reportlab.graphics import renderPDF
from svglib.svglib import svg2rlg

from handouts.library.search_path import shipped_root
from handouts.pdf.canvas import SheetCanvas
from handouts.pdf.line_drawings import read_line_drawing
from handouts.pdf.pictures import open_picture
from handouts.pdf.tagging import Metadata, StructureElement

SHIPPED = sorted(shipped_root().glob("content/**/figures/*.svg"))
LOGO = shipped_root() / "templates/workspace/logo.svg"


def svg(body, head='width="200" height="100" viewBox="0 0 200 100"'):
    return f'<svg xmlns="http://www.w3.org/2000/svg" {head}>{body}</svg>'.encode()


def ours(file):
    picture = open_picture(file, (600, 600), lambda *words: pytest.fail(str(words)), 1.0)
    assert picture.lines is not None, "not read as a plain drawing"
    root = StructureElement("Document")
    canvas = SheetCanvas((picture.width, picture.height), Metadata("x", "en"), root)
    replace(picture, owner=root.add("Figure", alternate="x")).draw(canvas, 0, picture.height)
    canvas.finish_page()
    return dots(canvas.finish())


def theirs(file):
    return dots(renderPDF.drawToString(svg2rlg(str(file))))


def dots(data):
    with pypdfium2.PdfDocument(data) as pdf:
        return pdf[0].render(scale=2, grayscale=True).to_numpy().astype(int)


def alike(file):
    one, other = ours(file), theirs(file)
    assert one.shape == other.shape
    assert (other < 128).sum() > 50, "the picture is empty"
    different = np.abs(one - other)
    return different.mean() < 0.5 and (different > 128).mean() < 0.001


@pytest.mark.parametrize("file", [*SHIPPED, LOGO], ids=lambda file: file.stem)
def test_a_shipped_picture_is_plain_and_looks_as_svglib_draws_it(file):
    assert alike(file)


@pytest.mark.parametrize(
    "body",
    [
        '<path d="M10 10H90V50h-40v20L20 90z" fill="none" stroke="black" stroke-width="3"/>',
        '<path d="M10 50C40 0 60 0 90 50S140 100 190 50" fill="none" stroke="#123456" stroke-width="4"/>',
        '<path d="M10 50Q50 0 90 50T190 50l-10 40" fill="none" stroke="#000" stroke-linejoin="bevel"/>',
        '<path d="m10 10 20 5 5 30zm100 0l30 30h-30z" fill="#333"/>',
        '<path d="M30 60A25 25 0 0 1 80 60A40 20 30 1 0 150 60a10 30 0 11 20 10" fill="none" stroke="#000"/>',
        '<path d="M10 60a25 10 20 0 0 50 20a5,5,0,1,1,.1.1" fill="none" stroke="#000"/>',
        '<path d="M10,10.5.5-3e1 40-5 90 90" fill="#000" stroke="#000"/>',
        '<circle cx="50" cy="50" r="30"/><ellipse cx="140" cy="50" rx="40" ry="15" fill="#666"/>',
        '<rect x="10" y="10" width="60" height="30"/><rect x="90" y="10" width="80" height="60" rx="12" ry="12"/>',
        '<polyline points="10,10 60,60 90,20" fill="none" stroke="#000" stroke-width="5" stroke-linecap="square"/>',
        '<polygon points="100 20 150 80 190 10" stroke="#000" fill="#fff" stroke-width="2"/>',
        '<line x1="5" y1="5" x2="195" y2="95" stroke="#000" stroke-width="7" stroke-linecap="round"/>',
        '<g fill="none" stroke="#000"><g stroke-width="8"><path d="M20 20L180 80"/></g><path d="M20 80L180 20"/></g>',
    ],
)
def test_every_command_draws_what_svglib_draws(tmp_path, body):
    file = tmp_path / "picture.svg"
    file.write_bytes(svg(body))
    assert alike(file)


@pytest.mark.parametrize("head", ['width="200" height="100" viewBox="-20 10 100 50"', 'width="200px" height="100px"'])
def test_the_view_box_scales_and_moves(tmp_path, head):
    file = tmp_path / "picture.svg"
    file.write_bytes(svg('<rect x="0" y="20" width="40" height="20"/>', head))
    assert alike(file)


def test_what_stands_outside_of_the_view_box_is_cut_off(tmp_path):
    file = tmp_path / "picture.svg"
    file.write_bytes(svg('<rect x="150" y="50" width="500" height="500"/>'))
    picture = ours(file)
    assert picture.shape == (150, 300)
    assert picture[:70].min() == 255


@pytest.mark.parametrize(
    "body",
    [
        "<text>words</text>",
        '<path d="M0 0L9 9" transform="scale(2)"/>',
        '<path d="M0 0L9 9" style="fill:red"/>',
        '<path d="M0 0L9 9" class="a"/>',
        '<path d="M0 0L9 9" opacity="0.5"/>',
        '<path d="M0 0L9 9" fill="red"/>',
        '<path d="M0 0L9 9" fill="url(#a)"/>',
        '<path d="M0 0L9"/>',
        '<path d="M0 0 words"/>',
        '<path d="L9 9"/>',
        '<path d="M0 0L1e300 9"/>',
        '<rect width="50%" height="9"/>',
        '<use href="#a"/>',
        "<style>path{}</style>",
        "words",
        "<g",
    ],
)
def test_what_is_not_plain_is_left_to_svglib(body):
    assert read_line_drawing(svg(body)) is None


@pytest.mark.parametrize(
    "head", ['viewBox="0 0 9 9"', 'width="9" height="0"', 'width="9" height="9" viewBox="0 0 9 5"']
)
def test_a_size_that_is_not_plain_is_left_to_svglib(head):
    assert read_line_drawing(svg("", head)) is None


def test_a_sheet_with_shipped_pictures_does_not_import_svglib():
    script = (
        "import sys; from handouts import *; make_sheet(Library(), Order('psoas-muscle-spasm'));"
        "assert not [name for name in sys.modules if name.startswith(('svglib', 'reportlab.graphics', 'lxml'))]"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[2])


@pytest.mark.parametrize(
    ("size", "across"), [(16, 1024), (24, 960), (24, 1600), (32, 2048), (24, 24000), (100, 50), (300, 75)]
)
def test_a_picture_keeps_its_size_whatever_its_view_box(tmp_path, size, across):
    half = across / 2
    body = f'<rect width="{half}" height="{half}"/><rect x="{half}" y="{half}" width="{half}" height="{half}"/>'
    file = tmp_path / "picture.svg"
    file.write_bytes(svg(body, f'width="{size}" height="{size}" viewBox="0 0 {across} {across}"'))
    picture = ours(file)
    middle = picture.shape[0] // 2
    quarter = middle // 2
    assert picture[quarter, quarter] < 60
    assert picture[middle + quarter, middle + quarter] < 60
    assert picture[quarter, middle + quarter] > 200
    assert abs((picture < 128).mean() - 0.5) < 0.06


def test_a_view_box_in_which_two_decimals_are_too_few_is_left_to_svglib():
    assert read_line_drawing(svg('<circle r="0.1"/>', 'width="100" height="100" viewBox="0 0 1 1"')) is None


@pytest.mark.parametrize(
    "data",
    ["M0 0a" + "5" * 20_000, "M0 0a" + "5 " * 20_001, "M0 0" + "l1" * 20_000, "M0 0a1 1 0 2 0 5 5"],
    ids=["digits", "numbers", "commands", "a flag"],
)
def test_a_path_that_is_wrong_is_refused_at_once(data):
    start = time.perf_counter()
    assert read_line_drawing(svg(f'<path d="{data}"/>')) is None
    assert time.perf_counter() - start < 1
