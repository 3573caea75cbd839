"""Printed in black and white, the three urgencies still show: a sign of its own beside each label, and the word."""

import itertools

import numpy as np
import pypdfium2
import pytest
from pdf_reading import read_pages, rendered
from small_documents import document, item, words

from handouts import lay_out
from handouts.document import Callout, Check, CheckGroup, Checklist, List
from handouts.looks import EDITIONS

LABELS = {"emergency": "Call 911 now", "same-day": "Call us today", "routine": "Book a visit"}
SCALE = 4


@pytest.fixture(scope="module", params=EDITIONS)
def printed(request, brand):
    """A sheet with the three urgencies: its characters, and its picture in grey."""
    boxes = [Callout(kind, words(label), (List((item("A sign."), item("Two."))),)) for kind, label in LABELS.items()]
    data = lay_out(document(*boxes), brand, request.param).base
    return read_pages(data)[0], rendered(data, SCALE, pages=[0])[0]


def start_of(page, label):
    """The first character of a label."""
    row = next(row for row in page.rows if label in row.text)
    return row.chars[row.text.index(label)]


def usual(picture):
    """The grey that most of a picture has: its ground."""
    return int(np.bincount(picture.ravel(), minlength=256).argmax())


def sign_of(printed, kind):
    """The square left of a label where its sign stands: true where it stands out from the ground."""
    page, picture = printed
    char = start_of(page, LABELS[kind])
    middle, side = page.height - char.baseline - 0.35 * char.size, 1.1 * char.size
    left, top = char.x0 - side - 7, middle - side / 2
    across = slice(round(SCALE * left), round(SCALE * left) + round(SCALE * side))
    down = slice(round(SCALE * top), round(SCALE * top) + round(SCALE * side))
    ground = usual(picture[down, round(SCALE * (char.x0 - 5)) : round(SCALE * (char.x0 - 1))])
    return np.abs(picture[down, across].astype(int) - ground) > 100


@pytest.mark.parametrize("kind", LABELS)
def test_a_sign_stands_beside_each_label(printed, kind):
    assert 0.05 < sign_of(printed, kind).mean() < 0.75


def test_the_three_signs_differ_in_shape_not_only_in_colour(printed):
    for one, other in itertools.combinations(LABELS, 2):
        assert np.mean(sign_of(printed, one) != sign_of(printed, other)) > 0.1


def test_the_three_levels_differ_in_weight(printed):
    """How much ink stands on the line of each label falls from level to level."""
    page, picture = printed
    weights = []
    for label in LABELS.values():
        char = start_of(page, label)
        top, bottom = page.height - char.top, page.height - char.bottom
        weights.append((picture[round(SCALE * top) : round(SCALE * bottom)] < 160).mean())
    assert weights[0] > 2 * weights[1]
    assert weights[1] > weights[2]


@pytest.mark.parametrize("kind", LABELS)
def test_each_label_stands_out_from_its_ground(printed, kind):
    page, picture = printed
    char = start_of(page, LABELS[kind])
    top, bottom = page.height - char.top, page.height - char.bottom
    letter = picture[round(SCALE * top) : round(SCALE * bottom), round(SCALE * char.x0) : round(SCALE * char.x1)]
    assert int(letter.max()) - int(letter.min()) > 140


def test_a_place_where_nothing_stands_has_no_ink(printed):
    page, picture = printed
    assert start_of(page, LABELS["emergency"]).x0 > 36
    assert picture[:, : SCALE * 36].min() == 255


# ------------------------------------------------------------------ text and its ground


def luminance(colour):
    """Relative luminance (WCAG 2.1) of red, green and blue from 0 to 1."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def most_frequent(picture):
    """The colour that most dots of a picture have: what a letter is printed on."""
    colours, counts = np.unique(picture.reshape(-1, 3), axis=0, return_counts=True)
    return tuple(round(float(part) / 255, 2) for part in colours[counts.argmax()])


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_word_stands_out_4_5_to_1_from_what_it_is_printed_on(brand, full_document, edition):
    data = lay_out(full_document, brand, edition).base
    with pypdfium2.PdfDocument(data) as file:
        pictures = [page.render(scale=2, rev_byteorder=True).to_numpy().copy() for page in file]
    seen = set()
    for page in read_pages(data):
        for row in page.rows:
            for char in {char.colour: char for char in row.chars if char.text.strip()}.values():
                top, bottom = int(2 * (page.height - char.top)), int(2 * (page.height - char.bottom))
                around = pictures[page.index][top : bottom + 1, int(2 * char.x0) : int(2 * char.x1) + 1, :3]
                ground = most_frequent(around)
                seen.add((char.colour, ground))
                darker, lighter = sorted((luminance(char.colour), luminance(ground)))
                assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (row.text, char.colour, ground)
    assert len(seen) >= 4


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_line_to_tick_has_a_box_of_at_least_12_points(brand, edition):
    checks = Checklist((CheckGroup((), (Check(words("Walk")),)),))
    data = lay_out(document(checks), brand, edition).base
    page, picture = read_pages(data)[0], rendered(data, SCALE, pages=[0])[0]
    char = start_of(page, "Walk")
    middle = page.height - char.baseline - 0.35 * char.size
    rows = slice(round(SCALE * (middle - 15)), round(SCALE * (middle + 15)))
    box = picture[rows, SCALE * 36 : round(SCALE * (char.x0 - 2))] < 160
    down, across = np.nonzero(box)
    assert (across.max() - across.min()) / SCALE >= 12
    assert (down.max() - down.min()) / SCALE >= 12
    assert box.mean() < 0.5
