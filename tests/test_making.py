"""A handout from start to finish: defaults, and cutting to a number of pages."""

import io
import re

import pypdfium2
import pytest

from handouts.document import texts
from handouts.errors import LayoutError, TemplateError
from handouts.making import Order, make_document, make_sheet
from handouts.pdf import issue
from handouts.selection import Choices

WORDS = "knees bend and carry you over hills and down to the lake where cool water waits for them "


@pytest.fixture
def long_topic(workspace):
    """The small topic with thirty long causes: several pages of them."""
    items = "\n".join(
        f"      - {{id: cause-{n}, term: Cause{n}x, text: Tale{n}x {WORDS * 3}., priority: {n}}}" for n in range(1, 31)
    )
    workspace.write(
        "content/topics/knee/causes.yaml",
        "title: Causes\nkind: list\nsources: [book]\ngroups:\n  - id: all\n    items:\n" + items + "\n",
    )
    workspace.replace("content/audiences/reader.yaml", "{section: causes, items: 3}", "section: causes")
    return workspace


def printed(sheet):
    """The text of the pages, as PDFium reads it."""
    with pypdfium2.PdfDocument(io.BytesIO(issue(sheet))) as pdf:
        assert len(pdf) == sheet.pages
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())


def test_what_an_order_leaves_open_is_the_clinics_default(workspace):
    workspace.write(
        "clinic.yaml",
        "name: Hill\ndefaults: {audience: runner, template: checklist, edition: large-print, paper: a4}\n",
    )
    order = Order("knee").settled(workspace.library())
    assert (order.audience, order.template, order.edition, order.paper) == ("runner", "checklist", "large-print", "a4")


def test_what_an_order_says_comes_before_the_default(workspace):
    order = Order("knee", "runner", "checklist", edition="standard", paper="a4").settled(workspace.library())
    assert (order.audience, order.template, order.edition, order.paper) == ("runner", "checklist", "standard", "a4")


def test_a_document_holds_the_selected_words_and_no_others(workspace):
    document = make_document(workspace.library(), Order("knee", choices=Choices(sections=("causes",), items=1)))
    words = " ".join(texts(document.blocks))
    assert "Long kneeling presses on it." in words
    assert "Long runs tire it." not in words
    assert "hinge" not in words


def test_a_sheet_that_fits_loses_nothing(workspace):
    sheet, left_out = make_sheet(workspace.library(), Order("knee", max_pages=9))
    assert left_out == ()
    assert "Long runs tire it." in printed(sheet)


def test_a_limit_of_pages_is_met_by_leaving_out_what_matters_least(long_topic):
    library = long_topic.library()
    free, _ = make_sheet(library, Order("knee"))
    assert free.pages > 2
    sheet, left_out = make_sheet(library, Order("knee", max_pages=2))
    assert sheet.pages == 2
    gone = [int(name.removeprefix("causes/cause-")) for name in left_out if name.startswith("causes/")]
    assert gone == list(range(30, 30 - len(gone), -1))
    shown = {int(number) for number in re.findall(r"Tale(\d+)x", printed(sheet))}
    assert shown == set(range(1, 31)) - set(gone)
    assert shown


def test_no_more_is_left_out_than_must_be(long_topic):
    library = long_topic.library()
    _, left_out = make_sheet(library, Order("knee", max_pages=2))
    one_back = Choices(cut=frozenset(left_out[:-1]))
    sheet, _ = make_sheet(library, Order("knee", choices=one_back))
    assert sheet.pages > 2


def test_warning_signs_and_the_disclaimer_stay_on_the_shortest_sheet(long_topic):
    library = long_topic.library()
    sheet, left_out = make_sheet(library, Order("knee", max_pages=1))
    assert left_out
    text = printed(sheet)
    assert "The knee is locked and cold" in text
    assert "The knee is hot and red" in text
    assert " ".join(library.disclaimer("en").short.replace("{emergency}", "911").split()) in text


def test_a_section_that_is_left_out_is_named_once_and_not_item_by_item(long_topic):
    _, left_out = make_sheet(long_topic.library(), Order("knee", max_pages=1))
    whole = {name for name in left_out if "/" not in name}
    assert not [name for name in left_out if "/" in name and name.partition("/")[0] in whole]


def test_a_limit_that_the_warning_signs_alone_break_is_refused(workspace):
    items = "\n".join(f"      - {{id: sign-{n}, urgency: emergency, term: Sign {n} {WORDS * 3}}}" for n in range(1, 41))
    workspace.write(
        "content/topics/knee/warnings.yaml",
        "title: Help\nkind: warning-signs\nsources: [book]\ngroups:\n  - id: all\n    items:\n" + items + "\n",
    )
    with pytest.raises(LayoutError) as caught:
        make_sheet(workspace.library(), Order("knee", max_pages=1))
    (problem,) = caught.value.diagnostics
    assert problem.code == "L104"
    assert "warning signs" in problem.message
    assert re.search(r"--max-pages [2-9]", problem.hint)


WARNINGS = (
    "{% for section in sections if section.kind == 'warning-signs' %}"
    "{% include '_warning-signs.xml.jinja' %}{% endfor %}"
)
EMPTY = [
    *("<section id='a'/>", "<h1/>", "<h3/>", "<p/>", "<p role='dose'/>", "<keep/>", "<pagebreak/><pagebreak/>"),
    *("<ul/>", "<ul><li/></ul>", "<steps/>", "<steps><step/></steps>", "<dl/>", "<dl><dt/><dd/></dl>"),
    *(
        "<table/>",
        "<table><tr/></table>",
        "<table><tr><td/></tr></table>",
        "<columns/>",
        "<columns><column/></columns>",
    ),
    *("<checklist/>", "<checklist><h3/></checklist>", "<checklist><column/><check/></checklist>"),
    *("<fields/>", "<fields><field name='date' label=''/></fields>", "<p><em/><strong/><a href=''/><span/><br/></p>"),
    *(f"<callout kind='{kind}' label=''/>" for kind in ("emergency", "same-day", "routine", "key-points", "note")),
]


@pytest.mark.parametrize("edition", ["standard", "large-print"])
@pytest.mark.parametrize("inner", EMPTY)
def test_an_element_that_a_template_leaves_empty_prints_nothing_or_is_refused(workspace, inner, edition):
    workspace.write("templates/own.xml.jinja", f"<handout>\n{inner}\n{WARNINGS}\n</handout>")
    try:
        sheet, _ = make_sheet(workspace.library(), Order("knee", template="own", edition=edition))
    except (TemplateError, LayoutError):
        return
    assert "The knee is locked and cold" in printed(sheet)
