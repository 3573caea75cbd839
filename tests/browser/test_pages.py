"""Every template, audience and edition as a browser shows it: WCAG 2.1 AA, reflow, keyboard, names, print."""

import io
import json
from importlib.resources import files

import pdfplumber
import pytest

from handouts import Order, make_document
from handouts.document import Checklist, Section, texts
from handouts.looks import EDITIONS

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
TOPIC = "psoas-muscle-spasm"
AUDIENCES = ("patient", "athlete", "office-worker")
TEMPLATES = ("handout", "checklist")
EVERY = [(audience, template, edition) for audience in AUDIENCES for template in TEMPLATES for edition in EDITIONS]
every_page = pytest.mark.parametrize(("audience", "template", "edition"), EVERY, ids=[".".join(each) for each in EVERY])
every_edition = pytest.mark.parametrize("edition", EDITIONS)

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
# What stands out of the window, or is cut off by the box it stands in. What is hidden on purpose is one pixel large.
CLIPPED = """() => {
    const found = [], width = document.documentElement.clientWidth;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode, element = node.parentElement;
        if (!node.textContent.trim() || element.closest('.skip, thead')) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const box of range.getClientRects()) {
            if (box.left < -1 || box.right > width + 1) found.push(node.textContent);
        }
        for (let outer = element; outer; outer = outer.parentElement) {
            if (getComputedStyle(outer).overflowX === 'hidden' && outer.scrollWidth > outer.clientWidth + 1)
                found.push(node.textContent);
        }
    }
    for (const place of document.querySelectorAll('input, textarea, img, svg')) {
        const box = place.getBoundingClientRect();
        if (box.left < -1 || box.right > width + 1) found.push(place.outerHTML.slice(0, 80));
    }
    return found;
}"""


def checklists(blocks):
    for block in blocks:
        if isinstance(block, Section):
            yield from checklists(block.blocks)
        elif isinstance(block, Checklist):
            yield block


def named(page):
    """The names of all places to fill in, as a screen reader gets them, by role."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    found = {}
    for node in nodes:
        role = node.get("role", {}).get("value")
        if role in {"checkbox", "textbox", "region", "group", "link"}:
            found.setdefault(role, []).append(node.get("name", {}).get("value", ""))
    return found


def violations(page):
    page.evaluate(AXE)
    options = json.dumps({"runOnly": {"type": "tag", "values": TAGS}})
    result = page.evaluate(f"axe.run(document, {options})")
    assert len(result["passes"]) > 20, "axe looked at the page"
    return [
        f"{rule['id']}: {rule['help']}: {node['html'][:150]}" for rule in result["violations"] for node in rule["nodes"]
    ]


# ------------------------------------------------------------------ WCAG


@every_page
def test_axe_finds_nothing_wrong(make_page, open_page, audience, template, edition):
    assert violations(open_page(make_page(audience, template, edition))) == []


@every_edition
def test_axe_finds_nothing_wrong_in_a_narrow_window_with_a_persons_values(make_page, open_page, person, edition):
    file = make_page("patient", "checklist", edition, person, note="Come **back** soon.\n\n- bring shoes")
    assert violations(open_page(file, 320)) == []


@every_edition
@pytest.mark.parametrize("width", [320, 1000])
def test_axe_finds_nothing_wrong_with_any_kind_of_block_and_each_fits(page_of_every_block, open_page, edition, width):
    page = open_page(page_of_every_block(edition), width)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CLIPPED) == []


def test_axe_would_find_something_wrong(make_page, open_page):
    """Without this the tests above could pass because axe does not run."""
    page = open_page(make_page())
    page.evaluate("document.querySelector('.lead').style.color = '#bbb'; document.querySelector('label').remove()")
    found = " ".join(violations(page))
    assert "color-contrast" in found
    assert "label" in found


@every_page
def test_a_window_of_320_pixels_needs_no_scrolling_to_the_side(make_page, open_page, audience, template, edition):
    """WCAG 1.4.10."""
    page = open_page(make_page(audience, template, edition), 320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(CLIPPED) == []


@every_page
def test_at_twice_the_size_nothing_is_cut_off(make_page, open_page, audience, template, edition):
    """WCAG 1.4.4: the browser's zoom (half the window, twice the dots), and larger letters alone."""
    page = open_page(make_page(audience, template, edition), 640, 400, device_scale_factor=2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    assert page.evaluate(CLIPPED) == []
    page.set_viewport_size({"width": 1280, "height": 800})
    percent = {"standard": 225, "large-print": 300}[edition]
    page.evaluate(f"document.documentElement.style.fontSize = '{percent}%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert page.evaluate(CLIPPED) == []


def test_text_that_is_cut_off_is_found(make_page, open_page):
    page = open_page(make_page(), 320)
    page.evaluate("document.querySelector('h1').style.cssText = 'white-space: nowrap; margin-left: 200px'")
    assert "Psoas muscle spasm" in page.evaluate(CLIPPED)


# ------------------------------------------------------------------ keyboard and names


def test_the_first_key_shows_a_link_past_the_header(make_page, open_page):
    page = open_page(make_page())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.labels[0].textContent") == "Name"


def test_what_has_the_focus_is_seen(make_page, open_page):
    page = open_page(make_page(template="checklist"))
    stops = page.evaluate("document.querySelectorAll('a, input, textarea').length")
    for _ in range(stops):
        page.keyboard.press("Tab")
        style, width = page.evaluate(
            "(s => [s.outlineStyle, parseFloat(s.outlineWidth)])(getComputedStyle(document.activeElement))"
        )
        assert (style, width >= 3) == ("solid", True), page.evaluate("document.activeElement.outerHTML")


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("width", [320, 1000])
def test_every_place_to_fill_in_has_a_name_of_its_own(make_page, open_page, template, width):
    page = open_page(make_page("patient", template), width)
    found = named(page)
    boxes = page.locator("input[type=checkbox]").count()
    assert boxes > 0
    assert len(found["checkbox"]) == boxes
    assert len(set(found["checkbox"])) == boxes
    assert len(found["textbox"]) == page.locator("input[type=text], textarea").count() >= 5
    assert all(found["textbox"])
    assert {"Name", "Date", "Clinician", "Clinic phone", "Next visit"} <= set(found["textbox"])


def test_a_box_of_a_grid_is_called_after_its_column_and_its_line(make_page, open_page):
    names = named(open_page(make_page("patient", "checklist"), 320))["checkbox"]
    assert "Day 3 Take short walks on level ground. 10 to 20 minutes, or less at first." in names


def test_boxes_and_callouts_are_told_by_their_words(make_page, open_page):
    regions = named(open_page(make_page()))["region"]
    assert set(regions) == {"Call 911 now", "Call us today: 555-0199", "Book a visit: 555-0199", "Key points"}


def test_a_box_is_large_enough_to_hit_and_keeps_its_tick(make_page, open_page):
    """WCAG 2.2, 2.5.8: 24 by 24."""
    page = open_page(make_page("office-worker"), 320)
    boxes = page.locator("input[type=checkbox]")
    for number in range(boxes.count()):
        size = boxes.nth(number).bounding_box()
        assert min(size["width"], size["height"]) >= 24
    plain = page.locator(".checks label").first
    plain.click()
    assert plain.locator("input").is_checked()


def test_the_three_urgencies_differ_without_colour(make_page, open_page):
    page = open_page(make_page())
    looks = [
        page.evaluate(
            f"""(box => [
                getComputedStyle(box).borderTopWidth,
                box.querySelector('svg').innerHTML,
                box.querySelector('.label').textContent,
            ])(document.querySelector('.box.{kind}'))"""
        )
        for kind in ("emergency", "same-day", "routine")
    ]
    for parts in zip(*looks, strict=True):
        assert len(set(parts)) == 3


# ------------------------------------------------------------------ nothing from elsewhere


@every_edition
def test_the_page_asks_for_nothing_but_itself(make_page, open_page, edition):
    file = make_page("patient", "handout", edition)
    page = open_page(file)
    assert [address for address in page.asked_for if not address.startswith("data:")] == [file.as_uri()]
    assert page.complaints == []
    assert page.evaluate("[...document.fonts].map(face => face.status)") == ["loaded", "loaded"]
    assert page.evaluate("[...document.images].every(image => image.naturalWidth > 0)")


def test_the_policy_of_the_page_stops_a_script(make_page, open_page):
    file = make_page()
    hostile = file.with_name("hostile.html")
    text = file.read_text(encoding="utf-8")
    hostile.write_text(text.replace("</main>", "<script>document.title = 'run'</script></main>"), encoding="utf-8")
    assert open_page(hostile).title() != "run"


@every_edition
def test_large_print_is_18_points_or_more_and_has_no_italics(make_page, open_page, edition):
    file = make_page("athlete", "checklist", edition, note="Come *soon*.")
    sizes = open_page(file).evaluate(
        """() => [...document.querySelectorAll('main *, header *, footer *')]
            .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
            .map(e => [parseFloat(getComputedStyle(e).fontSize), getComputedStyle(e).fontStyle])"""
    )
    assert len(sizes) > 50
    large = edition == "large-print"
    assert min(size for size, _ in sizes) >= (24 if large else 15)
    assert ("italic" in {style for _, style in sizes}) is not large


# ------------------------------------------------------------------ paper


def printed(page):
    return io.BytesIO(page.pdf(prefer_css_page_size=True))


def squares(pdf, size):
    """The places of the boxes to tick on the pages of a PDF; `size` in points, to the middle of their lines."""
    return {
        (page.page_number, round(shape["x0"]), round(shape["top"]))
        for page in pdf.pages
        for shape in page.curves
        if abs(shape["width"] - size) < 0.8 and abs(shape["height"] - size) < 0.8
    }


@every_page
def test_print_has_every_box_every_word_and_the_disclaimer_on_each_page(
    make_page, open_page, clinic, audience, template, edition
):
    document = make_document(clinic, Order(TOPIC, audience, template))
    page = open_page(make_page(audience, template, edition))
    boxes = page.locator("input[type=checkbox]").count()
    lists = list(checklists(document.blocks))
    assert boxes == sum(
        len(group.checks) * max(1, len(each.columns))
        for each in lists
        for group in each.groups
        if not each.answer_lines
    )
    lines = sum(len(group.checks) * each.answer_lines for each in lists for group in each.groups)
    page.evaluate("document.querySelectorAll('img').forEach(each => each.remove())")  # their lines are no boxes
    with pdfplumber.open(printed(page)) as pdf:
        size = 21.5 if edition == "large-print" else 13.5
        assert len(squares(pdf, size)) == boxes
        wide = [
            shape
            for sheet in pdf.pages
            for shape in (*sheet.rects, *sheet.lines)
            if shape["width"] > 400 and shape["height"] < 1.2
        ]
        assert len(wide) >= lines
        assert {(round(sheet.width), round(sheet.height)) for sheet in pdf.pages} == {(612, 792)}
        pages = [" ".join(sheet.extract_text().split()) for sheet in pdf.pages]
        together = "".join("".join(sign["text"] for sign in sheet.chars) for sheet in pdf.pages).replace(" ", "")
    for text in texts(document.blocks):
        assert "".join(text.split())[:20] in together, text
    start = document.furniture.disclaimer[:30]
    for number, text in enumerate(pages, 1):
        assert start in text
        assert f"Page {number} of {len(pages)}" in text


@every_edition
def test_print_splits_no_box_and_hides_what_only_a_screen_needs(make_page, open_page, person, edition):
    page = open_page(make_page("patient", "handout", edition, person))
    with pdfplumber.open(printed(page)) as pdf:
        pages = [" ".join(sheet.extract_text().split()) for sheet in pdf.pages]
    assert not any("Skip to the text" in text for text in pages)
    assert any("Ada Example" in text for text in pages)
    for first, last in (("Call 911 now", "cannot move the hip"), ("Call us today", "after-hours line")):
        assert any(first in text and last in text for text in pages)
    assert any("About this sheet" in text for text in pages[-2:])  # it may go on overleaf
