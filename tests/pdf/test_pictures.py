"""Logos and figures: any proportion is fitted, what cannot be printed is refused with its name, quickly."""

import contextlib
import io
import os
import resource
import struct
import subprocess
import sys
import time
import zlib
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pdf_reading import Tagged, read_pages, rendered
from PIL import Image, ImageDraw
from small_documents import clinic_brand, document, item, paragraph, words

from handouts import lay_out
from handouts.document import Figure, Heading, Keep, List
from handouts.errors import MissingResourceError
from handouts.pdf.pictures import LOGO_BOX
from handouts.pdf.stylesheet import make_stylesheet

REPOSITORY = Path(__file__).resolve().parents[2]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}">{2}</svg>'


def png(width=200, height=80, mode="RGB", colour=0, **options):
    data = io.BytesIO()
    Image.new(mode, (width, height), colour).save(data, "PNG", **options)
    return data.getvalue()


def jpeg(width=200, height=80, mode="RGB"):
    data = io.BytesIO()
    Image.new(mode, (width, height), (0, 0, 0, 255) if mode == "CMYK" else 0).save(data, "JPEG")
    return data.getvalue()


def svg(width=200, height=80, inside=None):
    inside = f'<rect width="{width}" height="{height}" fill="#000000"/>' if inside is None else inside
    return SVG.format(width, height, inside).encode()


def see_through():
    """A picture whose left half is black and whose right half is not there."""
    picture = Image.new("RGBA", (200, 80), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((0, 0, 99, 79), fill=(0, 0, 0, 255))
    data = io.BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def huge_png(side=20_000, *, whole=True):
    """A PNG of side × side dots in a few kilobytes; not `whole`, its header alone."""
    header = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    rows = zlib.compress(bytes((1 + side // 8) * side), 9) if whole else b""
    return header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def with_logo(folder, name, data):
    """A sheet of a clinic with that logo and no name, so that all ink above the text is the logo's."""
    if data is not None:
        (folder / name).write_bytes(data)
    return lay_out(document(paragraph("Text.")), clinic_brand(folder, logo=name, name="C"))


def extent(picture, threshold=128):
    """The box of the dark dots of a picture: left, top, right, bottom."""
    rows, columns = np.nonzero(picture < threshold)
    return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


def logo_area(sheet, scale=4):
    """The part of the first page where the logo may stand, as a grey picture at 4 dots a point."""
    page = read_pages(sheet.base)[0]
    name = min(char.x0 for char in page.chars if char.text == "C" and char.artifact)
    text = page.height - max(char.top for char in page.body)
    return rendered(sheet.base, scale, pages=[0])[0][: round(scale * text) - 2, : round(scale * (name - 6))]


def images(page):
    """The pictures that a page draws."""
    return list(page.get_images().values())


# ------------------------------------------------------------------ logos that print


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("logo.png", png(), id="PNG"),
        pytest.param("logo.png", png(mode="L"), id="grey PNG"),
        pytest.param("logo.png", png(mode="1"), id="black-and-white PNG"),
        pytest.param("logo.png", png(mode="P"), id="PNG with a palette"),
        pytest.param("logo.png", png(mode="I;16"), id="PNG of 16 bits"),
        pytest.param("logo.png", png(mode="RGBA", colour=(0, 0, 0, 255)), id="PNG with alpha"),
        pytest.param("logo.png", png(mode="LA", colour=(0, 255)), id="grey PNG with alpha"),
        pytest.param("logo.jpg", jpeg(), id="JPEG"),
        pytest.param("logo.jpeg", jpeg(mode="L"), id="grey JPEG"),
        pytest.param("logo.jpg", jpeg(mode="CMYK"), id="JPEG in CMYK"),
        pytest.param("logo.svg", svg(), id="SVG"),
        pytest.param("logo.svg", b'<?xml version="1.0"?>\n' + svg(), id="SVG with a declaration"),
        pytest.param("picture", png(), id="PNG without a suffix"),
        pytest.param("logo.png", jpeg(), id="JPEG called PNG"),
    ],
)
def test_a_logo_is_printed_in_its_proportion(tmp_path, name, data):
    left, top, right, bottom = extent(logo_area(with_logo(tmp_path, name, data)))
    assert (right - left) / (bottom - top) == pytest.approx(200 / 80, rel=0.03)
    assert (bottom - top) / 4 == pytest.approx(LOGO_BOX[1], abs=0.6)


@pytest.mark.parametrize(
    ("width", "height"),
    [(2000, 40), (1000, 100), (400, 400), (100, 1000), (40, 2000)],
    ids=lambda value: str(value),
)
@pytest.mark.parametrize("make", [png, jpeg, svg])
def test_a_wide_or_a_tall_logo_fits_into_its_box_and_fills_it_one_way(tmp_path, make, width, height):
    sheet = with_logo(tmp_path, "logo.svg" if make is svg else "logo.png", make(width, height))
    left, top, right, bottom = (value / 4 for value in extent(logo_area(sheet)))
    assert right - left <= LOGO_BOX[0] + 0.6
    assert bottom - top <= LOGO_BOX[1] + 0.6
    scale = min(LOGO_BOX[0] / width, LOGO_BOX[1] / height)
    assert right - left == pytest.approx(scale * width, abs=0.8)
    assert bottom - top == pytest.approx(scale * height, abs=0.8)


def test_the_see_through_part_of_a_logo_shows_the_paper(tmp_path):
    sheet = with_logo(tmp_path, "logo.png", see_through())
    left, top, right, bottom = extent(logo_area(sheet))
    assert (right - left) / (bottom - top) == pytest.approx(100 / 80, rel=0.03)
    with pikepdf.open(io.BytesIO(sheet.base)) as pdf:
        (picture,) = images(pdf.pages[0])
        assert "/SMask" in picture


def test_a_picture_without_see_through_parts_has_no_mask(tmp_path):
    with pikepdf.open(io.BytesIO(with_logo(tmp_path, "logo.png", png()).base)) as pdf:
        (picture,) = images(pdf.pages[0])
        assert "/SMask" not in picture


def test_a_large_picture_does_not_make_a_large_file(tmp_path):
    noise = np.random.default_rng(1).integers(0, 255, (1200, 1200), dtype=np.uint8)
    data = io.BytesIO()
    Image.fromarray(noise).save(data, "PNG")
    assert len(data.getvalue()) > 1_000_000
    assert len(with_logo(tmp_path, "logo.png", data.getvalue()).base) < 800_000


def test_an_svg_logo_stays_a_drawing(tmp_path):
    with pikepdf.open(io.BytesIO(with_logo(tmp_path, "logo.svg", svg()).base)) as pdf:
        assert images(pdf.pages[0]) == []


def test_a_logo_is_an_artifact_and_stands_on_the_first_page_alone(tmp_path):
    (tmp_path / "logo.png").write_bytes(png())
    brand = clinic_brand(tmp_path, logo="logo.png", name="C")
    sheet = lay_out(document(*(paragraph(f"Line {number}.") for number in range(80))), brand)
    with pikepdf.open(io.BytesIO(sheet.base)) as pdf:
        drawing = [drawn_in(page) for page in pdf.pages]
    assert drawing[0] == ["/Artifact"]
    assert len(drawing) > 1
    assert not any(drawing[1:])


def drawn_in(page):
    """What each picture of a page is drawn inside of."""
    found, stack = [], []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) in {"BMC", "BDC"}:
            stack.append(str(operands[0]))
        elif str(operator) == "EMC":
            stack.pop()
        elif str(operator) == "Do":
            found.append(stack[-1] if stack else "")
    return found


@pytest.mark.parametrize(
    ("name", "data"), [("logo.svg", svg()), ("logo.png", png()), ("logo.jpg", jpeg())], ids=["SVG", "PNG", "JPEG"]
)
def test_a_logo_brings_no_font_that_is_not_embedded(tmp_path, name, data):
    with pikepdf.open(io.BytesIO(with_logo(tmp_path, name, data).base)) as pdf:
        fonts = [font for page in pdf.pages for font in page.resources.get("/Font", {}).values()]
        assert [str(font.BaseFont) for font in fonts if "/FontDescriptor" not in font] == []


def test_the_text_begins_below_the_logo(tmp_path):
    page = read_pages(with_logo(tmp_path, "logo.png", png(100, 100)).base)[0]
    body = next(char for char in page.chars if not char.artifact)
    assert body.top < page.height - 36 - LOGO_BOX[1]


# ------------------------------------------------------------------ logos that do not


BILLION_LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE svg [
<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">
<!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;">]>
<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><desc>&g;</desc></svg>"""
LETTERS = '<text x="5" y="20">Clinic</text>'
OUTSIDE = b"""<!DOCTYPE svg [<!ENTITY file SYSTEM "file:///etc/hostname">]>
<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><desc>&file;</desc></svg>"""


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        pytest.param("logo.png", None, "F201", id="missing"),
        pytest.param("logo.png", b"", "F202", id="empty"),
        pytest.param("logo.png", b"not a picture", "F202", id="text"),
        pytest.param("logo.png", png()[:60], "F202", id="PNG cut short"),
        pytest.param("logo.png", png().replace(b"IDAT", b"IDAX"), "F202", id="PNG with a broken chunk"),
        pytest.param(
            "logo.png", png()[:16] + png()[16:].replace(b"\x78\x9c", b"\x00\x00", 1), "F202", id="PNG with broken data"
        ),
        pytest.param("logo.jpg", jpeg()[:200], "F202", id="JPEG cut short"),
        pytest.param("logo.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "F202", id="GIF"),
        pytest.param("logo.png", huge_png(), "F203", id="20,000 × 20,000 dots"),
        pytest.param("logo.png", huge_png(whole=False), "F203", id="20,000 × 20,000 dots, header alone"),
        pytest.param("logo.png", huge_png(4100), "F203", id="4,100 × 4,100 dots"),
        pytest.param("logo.png", png() + bytes(5_000_000), "F203", id="five megabytes"),
        pytest.param("logo.svg", b"<svg", "F202", id="SVG cut short"),
        pytest.param("logo.svg", b"<html><body/></html>", "F202", id="HTML called SVG"),
        pytest.param("logo.svg", b"", "F202", id="empty SVG"),
        pytest.param("logo.svg", svg(0, 0), "F202", id="SVG without a size"),
        pytest.param("logo.svg", svg(-5, 80), "F202", id="SVG of negative width"),
        pytest.param("logo.svg", BILLION_LAUGHS, "F202", id="SVG with entities"),
        pytest.param("logo.svg", OUTSIDE, "F202", id="SVG with a file's content"),
        pytest.param("logo.svg", svg(inside=LETTERS), "F204", id="SVG with text"),
        pytest.param("logo.svg", svg(inside=f"<g><g>{LETTERS}</g></g>"), "F204", id="SVG with text in groups"),
    ],
)
def test_a_logo_that_cannot_be_printed_is_refused_with_its_name_and_place(tmp_path, name, data, code):
    with pytest.raises(MissingResourceError) as caught:
        with_logo(tmp_path, name, data)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == code
    assert f"{name}: " in diagnostic.message
    assert diagnostic.file.endswith("clinic.yaml")
    assert diagnostic.line == 1
    assert diagnostic.hint


def test_a_folder_instead_of_a_logo_is_refused(tmp_path):
    (tmp_path / "logo.png").mkdir()
    with pytest.raises(MissingResourceError, match=r"logo\.png: cannot be read"):
        with_logo(tmp_path, "logo.png", None)


LIMITED = """
import resource, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from handouts.errors import MissingResourceError
from handouts.library import Library, SearchPath
from handouts.pdf.pictures import open_logo
import PIL.Image, reportlab.lib.utils

brand = Library(SearchPath.of(Path(sys.argv[1]))).brand(None)
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
try:
    open_logo(brand)
except MissingResourceError as error:
    print(error.diagnostics[0].code)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, time.perf_counter() - start)
"""


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("logo.png", huge_png(), id="20,000 × 20,000 dots"),
        pytest.param("logo.svg", BILLION_LAUGHS, id="SVG with entities"),
    ],
)
def test_an_attack_by_picture_is_refused_in_little_time_and_memory(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    clinic_brand(tmp_path, logo=name)
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    said = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path), str(REPOSITORY)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000)),
    ).stdout.split()
    code, kilobytes, seconds = said
    assert code in {"F202", "F203"}
    assert int(kilobytes) < 30_000
    assert float(seconds) < 1


def test_an_svg_does_not_bring_another_file_of_the_machine_onto_the_page(tmp_path):
    secret = tmp_path / "secret.png"
    secret.write_bytes(png(300, 300))
    for reference in (str(secret), secret.as_uri(), "secret.png"):
        inside = f'<image xmlns:xlink="http://www.w3.org/1999/xlink" width="200" height="80" xlink:href="{reference}"/>'
        try:
            sheet = with_logo(tmp_path, "logo.svg", svg(inside=inside + '<rect width="2" height="2"/>'))
        except MissingResourceError:
            continue
        with pikepdf.open(io.BytesIO(sheet.base)) as pdf:
            assert images(pdf.pages[0]) == []


def test_an_svg_that_uses_itself_comes_to_an_end(tmp_path):
    inside = (
        '<g id="a"><use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#a"/></g><rect width="9" height="9"/>'
    )
    start = time.perf_counter()
    with contextlib.suppress(MissingResourceError):
        with_logo(tmp_path, "logo.svg", svg(inside=inside))
    assert time.perf_counter() - start < 5


# ------------------------------------------------------------------ figures


def figure_sheet(brand, folder, data, name="figure.png", caption="How to kneel"):
    (folder / name).write_bytes(data)
    figure = Figure(str(folder / name), "A person kneels on the sore side.", words(caption) if caption else ())
    return lay_out(document(paragraph("Before."), figure, paragraph("After.")), brand)


@pytest.mark.parametrize(("name", "data"), [("figure.png", png()), ("figure.jpg", jpeg()), ("figure.svg", svg())])
def test_a_figure_is_read_where_it_stands_with_its_alternate_text_and_caption(brand, tmp_path, name, data):
    tagged = Tagged(figure_sheet(brand, tmp_path, data, name).base)
    assert tagged.problems() == []
    assert tagged.outside() == []
    figure = next(element for element in tagged.root.walk() if element.tag == "Figure")
    assert str(figure.object.Alt) == "A person kneels on the sore side."
    assert len(figure.all_marks()) >= 1
    assert [leaf.text for leaf in tagged.leaves] == ["Before.", "How to kneel", "After."]


@pytest.mark.parametrize(("width", "height"), [(2000, 40), (300, 300), (40, 2000)], ids=str)
def test_a_figure_fits_into_the_column_and_a_third_of_the_page(brand, tmp_path, width, height):
    sheet = figure_sheet(brand, tmp_path, png(width, height))
    page = read_pages(sheet.base)[0]
    before = min(char.bottom for char in page.body if char.text == "B")
    caption = max(char.top for char in page.body if char.text == "H")
    assert 0 < before - caption < page.height / 3 + 20
    assert sheet.pages == 1


def test_a_figure_s_picture_stands_between_the_text_before_and_its_caption(brand, tmp_path):
    sheet = figure_sheet(brand, tmp_path, png(300, 300))
    page = read_pages(sheet.base)[0]
    before = min(char.baseline for char in page.body if char.text == "B")
    caption = max(char.top for char in page.body if char.text == "H")
    picture = rendered(sheet.base, 4, pages=[0])[0]
    between = picture[round(4 * (page.height - before)) + 14 : round(4 * (page.height - caption)) - 2]
    left, top, right, bottom = extent(between)
    assert (right - left) / (bottom - top) == pytest.approx(1, rel=0.03)


def drawn(sheet, page=0, scale=4):
    """Width and height in points of what is black between "Before." and the caption."""
    chars = read_pages(sheet.base)[page]
    before = min(char.baseline for char in chars.body if char.text == "B")
    caption = max(char.top for char in chars.body if char.text == "H")
    picture = rendered(sheet.base, scale, pages=[page])[0]
    between = picture[round(scale * (chars.height - before)) + 14 : round(scale * (chars.height - caption)) - 2]
    left, top, right, bottom = extent(between)
    return (right - left) / scale, (bottom - top) / scale


@pytest.mark.parametrize("make", [png, jpeg, svg])
@pytest.mark.parametrize(("width", "height"), [(480, 150), (40, 20), (300, 100)], ids=str)
def test_a_figure_prints_at_its_natural_size_and_no_larger(brand, tmp_path, make, width, height):
    sheet = figure_sheet(brand, tmp_path, make(width, height), "figure.svg" if make is svg else "figure.png")
    assert drawn(sheet) == pytest.approx((0.75 * width, 0.75 * height), abs=0.6)


@pytest.mark.parametrize("make", [png, svg])
def test_a_figure_wider_than_the_column_is_made_to_fit_it(brand, tmp_path, make):
    sheet = figure_sheet(brand, tmp_path, make(1600, 400), "figure.svg" if make is svg else "figure.png")
    column = make_stylesheet(brand).text_width
    assert drawn(sheet) == pytest.approx((column, column / 4), abs=0.8)


@pytest.mark.parametrize(("width", "scale"), [(200, 1.5), (480, 468 / 360)], ids=["small", "up to the column"])
def test_in_large_print_a_figure_grows_with_the_type(brand, tmp_path, width, scale):
    (tmp_path / "figure.svg").write_bytes(svg(width, 80))
    figure = Figure(str(tmp_path / "figure.svg"), "A", words("How"))
    sheet = lay_out(document(paragraph("Before."), figure), brand, "large-print")
    assert drawn(sheet) == pytest.approx((0.75 * width * scale, 60 * scale), abs=0.8)


def test_a_figure_paints_nothing_outside_its_own_box(brand, tmp_path):
    """A browser cuts an SVG at its view box; so does the page."""
    inside = '<rect x="-300" y="-300" width="900" height="900" fill="#000000"/>'
    sheet = figure_sheet(brand, tmp_path, svg(200, 80, inside), "figure.svg")
    assert drawn(sheet) == pytest.approx((150, 60), abs=0.6)


def test_an_exercise_with_its_figure_stays_on_one_page(brand, tmp_path):
    (tmp_path / "figure.svg").write_bytes(svg(480, 150))
    card = Keep(
        (
            Heading(3, words("Bridge")),
            paragraph("8 times", "dose"),
            Figure(str(tmp_path / "figure.svg"), "A", words("How")),
            List(tuple(item(f"Step {number}.") for number in range(5)), "numbered"),
            paragraph("Stop if it hurts."),
        )
    )
    lines = [paragraph(f"Line {number}.") for number in range(24)]
    pages = read_pages(lay_out(document(*lines, card), brand).base)
    texts = ["".join(char.text for char in page.body) for page in pages]
    assert "Line23." in texts[0].replace(" ", "")
    assert "Bridge" not in texts[0]
    assert all(part in texts[1].replace(" ", "") for part in ("Bridge", "How", "Step4.", "Stopifithurts."))


def test_a_broken_figure_is_refused_at_the_place_that_names_it(brand, tmp_path):
    (tmp_path / "figure.svg").write_bytes(b"<svg")
    figure = Figure(str(tmp_path / "figure.svg"), "A", words("How"), ("content/topics/knee/care.yaml", 7))
    with pytest.raises(MissingResourceError) as caught:
        lay_out(document(figure), brand)
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.place) == ("F202", "content/topics/knee/care.yaml:7")
    assert str(tmp_path) not in str(problem)


def test_a_figure_without_a_caption_has_its_alternate_text(brand, tmp_path):
    tagged = Tagged(figure_sheet(brand, tmp_path, png(), caption="").base)
    assert [leaf.text for leaf in tagged.leaves] == ["Before.", "After."]
    assert any(element.tag == "Figure" for element in tagged.root.walk())


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "F202"), (b"no picture", "F202"), (huge_png(), "F203")],
    ids=["empty", "text", "20,000 × 20,000 dots"],
)
def test_a_figure_that_cannot_be_printed_is_refused_with_its_name(brand, tmp_path, data, code):
    with pytest.raises(MissingResourceError) as caught:
        figure_sheet(brand, tmp_path, data)
    assert caught.value.diagnostics[0].code == code
    assert "figure.png" in str(caught.value)


def test_a_missing_figure_is_refused_with_its_name(brand, tmp_path):
    figure = Figure(str(tmp_path / "gone.png"), "Nothing.")
    with pytest.raises(MissingResourceError, match=r"gone\.png: there is no such file"):
        lay_out(document(figure), brand)
