"""Every shipped sheet, read back: handout and checklist for 3 audiences, 2 editions, 2 papers, some with a clinic's
header; an exercise plan, a diary and a visit plan in both editions.
"""

import io
import itertools
import re
from functools import cached_property

import pikepdf
import pypdfium2
import pytest
from pdf_reading import Tagged, folded, overlaps, pdfium_text, read_pages, rendered
from small_documents import TOPIC, leaves, plain

from handouts import Library, Order, SearchPath, lay_out, make_document
from handouts.document import Callout, Checklist, Description, Figure, Keep, ListItem, Paragraph, PersonalPanel, texts
from handouts.library.search_path import shipped_root
from handouts.pdf.stylesheet import EDITIONS, PAPER_SIZES, PAPERS, make_stylesheet

AUDIENCES = ("patient", "athlete", "office-worker")
TEMPLATES = ("handout", "checklist")
OTHERS = [each for each in Library().template_ids if each not in TEMPLATES]
MATRIX = [
    *itertools.product(AUDIENCES, TEMPLATES, EDITIONS, PAPERS),
    # With the header, the logo and the changes of the example clinic that `handouts init` makes.
    *itertools.product(AUDIENCES, ["handout"], ["standard"], ["letter"], ["clinic"]),
    ("athlete", "handout", "large-print", "a4", "clinic"),
    *itertools.product(["patient"], OTHERS, EDITIONS, ["letter"]),
]
STANDARD = [each for each in MATRIX if each[2] == "standard"]
LARGE = [each for each in MATRIX if each[2] == "large-print"]
HALF_INCH = 36.0
URGENCIES = ("emergency", "same-day", "routine")
# Small print: the line above the title, sources and disclaimer, column heads, and the panel's labels.
SMALL_ROLES = {"eyebrow", "fine"}


class ShippedSheet:
    """A shipped sheet and what is read back from it, each when it is first asked for."""

    def __init__(self, library, audience, template, edition, paper, clinic=None):
        if clinic:
            library = Library(SearchPath.of(shipped_root() / "templates/workspace"))
        self.template, self.edition, self.paper = template, edition, paper
        order = Order(TOPIC, audience=audience, template=template, edition=edition, paper=paper)
        self.library = library
        self.document = make_document(library, order)
        self.sheet = lay_out(self.document, library.brand(None), edition, paper)
        self.stylesheet = make_stylesheet(library.brand(None), edition, paper)

    @cached_property
    def pages(self):
        return read_pages(self.sheet.base)

    @cached_property
    def tagged(self):
        return Tagged(self.sheet.base)

    @cached_property
    def texts(self):
        return pdfium_text(self.sheet.base)

    @cached_property
    def read(self):
        """What is read, without the numbers that stand before numbered items."""
        return [leaf for leaf in self.tagged.leaves if not is_number(leaf)]

    @cached_property
    def aligned(self):
        """The document's pieces of text with the leaves that print them; what cannot be found has None."""
        found = []
        position = 0
        for leaf in leaves(self.document.blocks):
            wanted = folded(leaf.text)
            if not wanted:
                continue
            ahead = [read.text for read in self.read[position : position + 30]]
            if wanted in ahead:
                position += ahead.index(wanted) + 1
                found.append((leaf, self.read[position - 1]))
            else:
                found.append((leaf, None))
        return found

    def spread(self, kind):
        """The containers of a kind, each with the pages that its text stands on."""
        found = {}
        for leaf, read in self.aligned:
            for block in leaf.within:
                if read and kind(block):
                    found.setdefault(id(block), (leaf.text, set()))[1].update(read.pages)
        return list(found.values())

    def fits_on_a_page(self, kind, text):
        """Whether the container that begins with this text, with its pictures, is no taller than the tallest page."""
        marks = set()
        pictures = {str(each.object.Alt): each for each in self.tagged.root.walk() if each.tag == "Figure"}
        shown = set()
        for leaf, read in self.aligned:
            for block in leaf.within:
                if read and kind(block) and self.beginning(block) == text:
                    marks.update(read.element.marks)
                    shown.update(each.alternate for each in leaf.within if isinstance(each, Figure))
        tallest, height = 0.0, 0.0
        for alternate in shown:
            _, low, _, top = map(float, pictures[alternate].object.A.BBox)
            height += top - low
        for page in self.pages:
            own = [char for char in page.body if (page.index, char.mark) in marks]
            tallest = max(tallest, extent(page.body))
            height += extent(own)
        return height <= tallest

    def beginning(self, block):
        """The first text in a container."""
        return next(leaf.text for leaf, _ in self.aligned if any(each is block for each in leaf.within))

    def chars_of(self, read):
        """The characters of a leaf."""
        marks = set(read.element.marks)
        return [char for page in self.pages for char in page.body if (page.index, char.mark) in marks]


def extent(chars):
    """How tall a stretch of text is."""
    return max(char.top for char in chars) - min(char.bottom for char in chars) if chars else 0.0


def is_number(leaf):
    """Whether the leaf is the number of a numbered item."""
    above = leaf.element.parent
    return leaf.element.tag == "Lbl" and above.parent.attribute("/ListNumbering") == "Decimal"


def name(each):
    return "-".join(each)


@pytest.fixture(scope="module")
def made(library):
    """The sheets made so far; those that no test needs any more are dropped one by one."""
    return {}


@pytest.fixture
def shipped(request, made, library):
    """The sheet of the combination that a test asks for."""
    if request.param not in made:
        made[request.param] = ShippedSheet(library, *request.param)
    return made[request.param]


every = pytest.mark.parametrize("shipped", MATRIX, indirect=True, ids=name)
every_standard = pytest.mark.parametrize("shipped", STANDARD, indirect=True, ids=name)
standard_handout = pytest.mark.parametrize(
    "shipped", [each for each in STANDARD if each[1] == "handout"], indirect=True, ids=name
)
every_large = pytest.mark.parametrize("shipped", LARGE, indirect=True, ids=name)


# ------------------------------------------------------------------ the file


@every
def test_it_opens_in_two_readers_without_a_complaint(shipped):
    with pikepdf.open(io.BytesIO(shipped.sheet.base)) as pdf, pypdfium2.PdfDocument(shipped.sheet.base) as other:
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.pages) == len(other) == shipped.sheet.pages


@every
def test_every_page_has_the_size_of_the_paper(shipped):
    for page in shipped.pages:
        assert (page.width, page.height) == pytest.approx(PAPER_SIZES[shipped.paper], abs=0.01)


@every
def test_every_font_is_embedded_and_says_which_characters_it_shows(shipped):
    fonts = {
        str(font.BaseFont): font
        for page in shipped.tagged.pdf.pages
        for font in page.resources.get("/Font", pikepdf.Dictionary()).values()
    }
    assert fonts
    for base, font in fonts.items():
        assert font.Subtype != "/Type1", base
        assert "Helvetica" not in base
        assert "/ToUnicode" in font, base
        assert len(font.FontDescriptor.FontFile2.read_bytes()) > 1000, base


@every
def test_every_character_can_be_read_back(shipped):
    text = "".join(char.text for page in shipped.pages for char in page.chars)
    assert "(cid:" not in text
    assert "\ufffd" not in text
    assert not any("\ufffd" in piece.text for page in shipped.tagged.painted for piece in page)


# ------------------------------------------------------------------ what stands on every page


@every
def test_the_disclaimer_stands_on_every_page(shipped, library):
    short = folded(library.disclaimer("en").short.replace("{emergency}", "911"))
    for index, text in enumerate(shipped.texts):
        assert short in text
        assert short in shipped.tagged.artifacts(index)


@every
def test_the_full_disclaimer_stands_once_in_the_text(shipped, library):
    text = " ".join(leaf.text for leaf in shipped.read)
    full = library.disclaimer("en").full.replace("{emergency}", "911")
    for part in full.split("\n\n"):
        assert text.count(plain(part)) == 1


@every
def test_every_page_says_which_of_how_many_it_is(shipped):
    count = len(shipped.pages)
    for number, text in enumerate(shipped.texts, 1):
        assert re.findall(r"Page (\d+) of (\d+)", text) == [(str(number), str(count))]


@every
def test_every_page_says_which_version_it_is_and_who_reviewed_it(shipped, library):
    topic = library.topic(TOPIC)
    language = library.language("en")
    version = language.version.replace("{version}", topic.file.version)
    review = folded(language.not_reviewed).rstrip(".")
    for index in range(len(shipped.pages)):
        assert version in shipped.tagged.artifacts(index)
        assert review in shipped.tagged.artifacts(index)


# ------------------------------------------------------------------ margins, lines and sizes


@every
def test_no_text_stands_in_the_outer_half_inch(shipped):
    outside = [
        (page.index + 1, char.text, round(char.x0), round(char.bottom, 1))
        for page in shipped.pages
        for char in page.chars
        if char.text.strip()
        and not (
            char.x0 >= HALF_INCH
            and char.x1 <= page.width - HALF_INCH
            and char.bottom >= HALF_INCH
            and char.top <= page.height - HALF_INCH
        )
    ]
    assert outside == []


@every
def test_nothing_is_printed_in_the_outer_half_inch(shipped):
    margin = int(HALF_INCH)
    for picture in rendered(shipped.sheet.base):
        edges = (picture[:margin], picture[-margin:], picture[:, :margin], picture[:, -margin:])
        assert [int(edge.min()) for edge in edges] == [255] * 4


@every
def test_no_line_is_wider_than_the_column(shipped):
    left = shipped.stylesheet.margin_side
    for page in shipped.pages:
        inked = [char for char in page.chars if char.text.strip()]
        assert min(char.x0 for char in inked) >= left - 0.01
        assert max(char.x1 for char in inked) <= page.width - left + 0.01


@every
def test_no_lines_are_printed_over_each_other(shipped):
    assert [(page.index + 1, found) for page in shipped.pages for found in overlaps(page)[:3]] == []


@every_standard
def test_running_text_is_at_least_12_points(shipped):
    for leaf, read in shipped.aligned:
        block = leaf.within[-1]
        small = (
            (isinstance(block, Paragraph) and block.role in SMALL_ROLES)
            or isinstance(block, Checklist)  # the names of its columns
            or leaf.inside(PersonalPanel)
        )
        if read and not small:
            assert {char.size for char in shipped.chars_of(read) if char.size < 12} == set(), leaf.text


@every_standard
def test_no_text_of_the_body_is_smaller_than_9_points(shipped):
    assert min(char.size for page in shipped.pages for char in page.body) >= 9


@every_large
def test_large_print_is_at_least_18_points_but_for_the_footer(shipped):
    """What stands on every page alike is 14 points: at 18 it would take a fifth of each page."""
    for page in shipped.pages:
        foot = min(char.bottom for char in page.body)
        assert {char.size for char in page.chars if char.size < 18 and char.top > foot} == set()
        assert min(char.size for char in page.chars) >= 14


@every_large
def test_large_print_has_no_italics(shipped):
    assert not any("Italic" in char.font for page in shipped.pages for char in page.chars)


# ------------------------------------------------------------------ where pages break


@every
def test_no_heading_is_the_last_text_on_its_page(shipped):
    headings = {
        mark
        for element in shipped.tagged.root.walk()
        if element.tag in {"H1", "H2", "H3"} or (element.tag == "Lbl" and not element.attribute("/ListNumbering"))
        for mark in element.marks
        if not any(is_number(leaf) and leaf.element is element for leaf in shipped.tagged.leaves)
    }
    for page in shipped.pages:
        lowest = min(page.body, key=lambda char: char.baseline)
        assert (page.index, lowest.mark) not in headings, [char.text for char in page.body[-60:]]


@every
@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(lambda block: isinstance(block, ListItem), id="list item or step"),
        pytest.param(lambda block: isinstance(block, Description), id="treatment or question"),
        pytest.param(lambda block: isinstance(block, PersonalPanel), id="panel"),
    ],
)
def test_what_belongs_together_stands_on_one_page(shipped, kind):
    split = [(text, sorted(pages)) for text, pages in shipped.spread(kind) if len(pages) > 1]
    assert [each for each in split if shipped.fits_on_a_page(kind, each[0])] == []


@every_standard
def test_an_exercise_stands_on_one_page(shipped):
    """In large print it may go on over the page rather than leave a third of one empty (`test_breaking.py`)."""

    def is_exercise(block):
        return isinstance(block, Keep)

    split = [text for text, pages in shipped.spread(is_exercise) if len(pages) > 1]
    assert [text for text in split if shipped.fits_on_a_page(is_exercise, text)] == []


def is_warning_box(block):
    return isinstance(block, Callout) and block.kind in URGENCIES


@every_standard
def test_a_box_of_warning_signs_stands_on_one_page(shipped):
    split = [text for text, pages in shipped.spread(is_warning_box) if len(pages) > 1]
    assert [text for text in split if shipped.fits_on_a_page(is_warning_box, text)] == []


@every_large
def test_in_large_print_the_emergency_signs_begin_on_the_first_page(shipped):
    """The box breaks there, with its label repeated: a first page without them would be half empty."""
    (emergency,) = (
        pages for text, pages in shipped.spread(is_warning_box) if text.startswith(("Call 911", "Llame al 911"))
    )
    assert min(emergency) == min(page.index for page in shipped.pages)


@every
def test_no_table_row_splits_over_pages(shipped):
    for element in shipped.tagged.root.walk():
        if element.tag == "TR":
            assert len({page for page, _ in element.all_marks()}) <= 1


@every
def test_the_last_page_is_more_than_a_single_line(shipped):
    assert len({round(char.baseline, 1) for char in shipped.pages[-1].body}) > 2


@standard_handout
def test_the_emergency_signs_of_a_standard_handout_stand_on_its_first_page(shipped):
    ((_, pages),) = shipped.spread(lambda block: isinstance(block, Callout) and block.kind == "emergency")
    assert pages == {0}


@standard_handout
def test_a_standard_handout_has_at_most_four_sides(shipped):
    assert len(shipped.pages) <= 4


# ------------------------------------------------------------------ reading order


@every
def test_what_is_read_is_the_document_in_its_order(shipped):
    wanted = [folded(text) for text in texts(shipped.document.blocks) if folded(text)]
    assert [leaf.text for leaf in shipped.read] == wanted


@every
def test_the_structure_tree_and_the_pages_agree(shipped):
    assert shipped.tagged.problems() == []


@every
def test_no_text_is_painted_outside_the_tree(shipped):
    assert shipped.tagged.outside() == []


@every
def test_numbered_items_are_numbered_from_one(shipped):
    for element in shipped.tagged.root.walk():
        if element.attribute("/ListNumbering") == "Decimal":
            numbers = [
                leaf.text.rstrip(".")
                for leaf in shipped.tagged.leaves
                if is_number(leaf) and leaf.element.parent.parent is element
            ]
            assert numbers == [str(count) for count in range(1, len(element.kids) + 1)]
