"""The web page of a document, read back: one file that is valid, complete, in order, escaped, and keeps a secret."""

import base64
import re

import pytest
from page_reading import PageRead, words
from small_documents import (
    DISCLAIMER,
    PANEL,
    TITLE,
    VERSION_LINE,
    clinic_brand,
    document,
    every_block,
    item,
    paragraph,
)
from small_documents import words as run

from handouts import Library, Order, Person, make_document
from handouts.document import (
    Bar,
    Callout,
    Cell,
    Check,
    CheckGroup,
    Checklist,
    Columns,
    Contact,
    Contacts,
    Emphasis,
    Figure,
    Heading,
    Keep,
    LineBreak,
    Link,
    List,
    PageBreak,
    Paragraph,
    QRCode,
    Section,
    Span,
    Strong,
    Table,
    Text,
    texts,
)
from handouts.errors import MissingResourceError, UsageError
from handouts.html import to_html
from handouts.looks import EDITIONS

HOSTILE = "\"'><script>alert(1)</script>&amp;<img src=x onerror=alert(1)> \u2028 </style></title>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><script>1</script><path d="M0 0h40v20z"/></svg>'
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=")


@pytest.fixture(scope="module")
def plain():
    return Library().brand("plain")


@pytest.fixture
def page(plain):
    """The page of these blocks, read back: page(paragraph("a"), person=…)."""

    def page(*blocks, brand=plain, **settings):
        return PageRead(to_html(document(*blocks), brand, **settings))

    return page


def extra_blocks(folder):
    """The blocks that `every_block` lacks."""
    file = folder / "leg.svg"
    file.write_bytes(SVG)
    return (
        Figure(str(file), "A leg", run("How to lie")),
        QRCode("https://example.org/psoas", "A code", run("Read on: example.org/psoas")),
        Contacts(
            run("Whom to call"), (Contact("The desk", "555-0100", "in the day"), Contact("Night line", "555-0101"))
        ),
        PageBreak(),
    )


# ------------------------------------------------------------------ the whole page


def test_every_text_of_a_document_stands_on_its_page_once_and_in_order(page, tmp_path):
    blocks = (*every_block(), *extra_blocks(tmp_path))
    shown = words(page(*blocks).one("main"))
    place = 0
    for text in texts(blocks):
        wanted = " ".join(text.split())
        assert shown.count(wanted) >= 1, wanted
        place = shown.index(wanted, place) + len(wanted)
    assert len(shown.split()) == len(" ".join(texts(blocks)).split())


@pytest.mark.parametrize("audience", ["patient", "athlete", "office-worker"])
@pytest.mark.parametrize("template", Library().template_ids)
@pytest.mark.parametrize("edition", EDITIONS)
def test_the_shipped_pages_say_what_their_documents_say(shipped, plain, audience, template, edition):
    made = make_document(shipped, Order("psoas-muscle-spasm", audience, template))
    read = PageRead(to_html(made, plain, None, edition))
    assert words(read.one("main")) == " ".join(" ".join(texts(made.blocks)).split())


def test_the_page_is_the_same_each_time(plain):
    made = document(*every_block())
    assert to_html(made, plain) == to_html(made, plain)


def test_a_screen_reader_is_told_language_title_and_landmarks(page):
    read = page(*every_block())
    assert read.root.get("lang") == "en"
    assert words(read.one("h1")) == TITLE
    assert read.head.find("title").text == f"{TITLE} – For readers"
    assert read.meta("viewport") == ["width=device-width, initial-scale=1"]
    assert [each.tag for each in read.body] == ["main", "footer"]
    assert DISCLAIMER in words(read.one("footer"))
    assert VERSION_LINE in words(read.one("footer"))


def test_no_name_is_given_twice_and_every_name_that_is_used_is_given(page, tmp_path):
    blocks = (*every_block(), *every_block()[3:], *extra_blocks(tmp_path), Section("text", (paragraph("again"),)))
    read = page(*blocks)
    ids = read.ids()
    assert len(ids) == len(set(ids))
    used = [name for each in read.root.iter() for name in (each.get("aria-labelledby") or "").split()]
    used += [each.get("for") for each in read.all("label") if each.get("for")]
    assert used
    assert set(used) <= set(ids)


def test_the_link_past_the_header_has_the_words_of_the_language(shipped, plain):
    read = PageRead(to_html(make_document(shipped, Order("psoas-muscle-spasm")), plain))
    first = read.body[0]
    assert (first.tag, first.get("href"), words(first)) == ("a", "#text", "Skip to the text")
    assert read.one("main").get("id") == "text"


def test_a_page_in_letters_from_right_to_left_says_so(plain):
    read = PageRead(to_html(document(Heading(1, run("כאב")), title="כאב"), plain))
    assert read.root.get("dir") == "rtl"
    assert PageRead(to_html(document(paragraph("a")), plain)).root.get("dir") is None


# ------------------------------------------------------------------ nothing from elsewhere


def test_the_page_is_one_file_without_scripts_that_loads_nothing(page, tmp_path):
    read = page(*every_block(), *extra_blocks(tmp_path))
    assert read.all("script") + read.all("link") + read.all("iframe") + read.all("object") == []
    assert not [name for each in read.root.iter() for name in each.keys() if name.startswith("on")]  # noqa: SIM118
    sources = [each.get("src") for each in read.root.iter() if each.get("src")]
    addresses = re.findall(r"url\(([^)]*)\)", read.styles)
    assert len(sources) == 1
    assert len(addresses) == 2
    assert all(address.startswith("data:") for address in sources + addresses)
    assert "@import" not in read.styles


def test_the_policy_forbids_what_the_page_does_not_need(page):
    (policy,) = [each.get("content") for each in page().all("meta", http_equiv="Content-Security-Policy")]
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert parts["default-src"] == "'none'"
    assert parts["img-src"] == parts["font-src"] == "data:"
    assert "script-src" not in parts
    assert parts["form-action"] == parts["base-uri"] == "'none'"


def test_the_typeface_is_inside_regular_and_bold(page):
    faces = re.findall(r"@font-face\{[^}]*font-weight:(\d+);src:url\(data:font/ttf;base64,([^)]*)\)", page().styles)
    assert [weight for weight, _ in faces] == ["400", "700"]
    files = [base64.b64decode(data) for _, data in faces]
    assert all(file.startswith(b"\x00\x01\x00\x00") for file in files)
    assert files[0] != files[1]


def test_a_typeface_that_is_not_there_is_said(tmp_path):
    brand = clinic_brand(tmp_path, name="Hill", font="Nowhere Sans")
    with pytest.raises(MissingResourceError) as raised:
        to_html(document(paragraph("a")), brand)
    assert raised.value.diagnostics[0].code == "F101"


# ------------------------------------------------------------------ hostile words


def hostile_blocks():
    text = run(HOSTILE)
    return (
        Heading(1, text),
        Paragraph((Text(HOSTILE), Strong(text), Emphasis(text), Span(text, "gloss", 'x" onload="1'), LineBreak())),
        List((item(HOSTILE),), "numbered", 7),
        Callout("emergency", text, (paragraph(HOSTILE),)),
        Contacts(text, (Contact(HOSTILE, HOSTILE, HOSTILE),)),
        Checklist((CheckGroup(text, (Check(text),)),), (HOSTILE, "b"), label=HOSTILE),
        Checklist((CheckGroup(text, (Check(text),)),), answer_lines=1),
        Section('a" onclick="1', (Keep((Columns(((paragraph(HOSTILE),),)),)),)),
        PANEL,
    )


def test_hostile_words_stay_words(tmp_path):
    brand = clinic_brand(tmp_path, name=HOSTILE, address=HOSTILE, phone="1", web="javascript:alert(1)")
    made = document(*hostile_blocks(), title=HOSTILE)
    furniture = type(made.furniture)(HOSTILE, HOSTILE, HOSTILE + "{page}", HOSTILE, HOSTILE)
    made = type(made)(
        HOSTILE, "en", made.blocks, furniture, "small", "reader", "handout", "1", subject=HOSTILE, keywords=(HOSTILE,)
    )
    person = Person('"><script>alert(1)</script>', phone='1" onfocus="1')
    text = to_html(made, brand, person)
    read = PageRead(text)
    assert read.all("script") + [each for each in read.all("img") if each.get("src") == "x"] == []
    names = {name for each in read.root.iter() for name in each.keys()}  # noqa: SIM118
    assert not {name for name in names if name.startswith("on")}
    assert words(read.one("h1")) == " ".join(HOSTILE.split())
    assert len(read.all("style")) == len(read.all("title")) == 1
    assert words(read.one("main")).count("<script>alert(1)</script>") > 10
    assert [each.get("href") for each in read.all("a") if not each.get("href").startswith(("#", "tel:"))] == []


def test_hostile_words_cannot_leave_the_style(plain):
    made = document(paragraph("a"))
    furniture = type(made.furniture)('"}</style><b>*{color:red}\\', "v", "{page}", "t")
    made = type(made)("a", "en", made.blocks, furniture, "t", "a", "h", "1")
    read = PageRead(to_html(made, plain))
    assert read.all("b") == [] or words(read.all("b")[0]) != "*{color:red}\\"
    assert "*{color:red}" not in read.styles
    assert read.styles.count("{") == read.styles.count("}")


@pytest.mark.parametrize(
    "address", ["https://example.org/?a=1&b=2", "http://example.org", "mailto:a@example.org", "tel:+15550100"]
)
def test_an_address_to_follow_is_a_link(page, address):
    link = page(Paragraph((Link(address, run("here")),))).one("a")
    assert (link.get("href"), words(link)) == (address, "here")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "page.html",
        " https://x",
        "HTTPS",
    ],
)
def test_any_other_address_stays_text(page, address):
    read = page(Paragraph((Link(address, run("here")),)), QRCode(address, "code", run("there")))
    assert read.all("a") == []
    assert words(read.one("main")) == "here there"


# ------------------------------------------------------------------ blocks


def test_lists_are_lists_with_their_numbers(page):
    read = page(
        List((item("a"), item("b"))),
        List((item("c"),), "numbered", 4),
        List((item("d", "e"), item("f")), "steps"),
    )
    assert [each.tag for each in read.one("main")] == ["ul", "ol", "ol"]
    plain, numbered, steps = read.one("main")
    assert (len(plain), numbered.get("start"), steps.get("class"), steps.get("role")) == (2, "4", "steps", "list")
    assert [words(each) for each in steps] == ["d e", "f"]


def test_a_table_tells_what_its_headers_head(page):
    read = page(*every_block())
    table = read.one("table", class_="data")
    assert [each.get("scope") for each in table.iter("th")] == ["col", "col", "row", "row"]
    assert [each.get("data-column") for each in table.iter("td")] == ["What", "What"]


@pytest.mark.parametrize("kind", ["emergency", "same-day", "routine", "key-points", "note", "about"])
def test_a_box_is_a_section_with_its_label_as_its_name(page, kind):
    read = page(Callout(kind, run("Its label"), (paragraph("inside"),)))
    box = read.one("section", class_="box")
    assert read.named(box) == "Its label"
    icons = [each for each in box.iter() if str(each.tag).endswith("svg")]
    assert len(icons) == (kind in {"emergency", "same-day", "routine"})
    assert all(each.get("aria-hidden") == "true" for each in icons)


def test_the_numbers_to_call_can_be_tapped_on(tmp_path):
    brand = clinic_brand(tmp_path, name="Hill", phone="(555) 555-9110", emergency="911")
    blocks = (
        Callout("emergency", run("Call 911 now"), ()),
        Callout("same-day", run("Call us today: (555) 555-9110"), ()),
        Callout("same-day", run("Call us: 1-(555) 555-9110"), ()),
        Callout("emergency", run("Call 9112 or 1-911"), ()),
        Callout("note", run("Call 911"), ()),
        Contacts(run("Call"), (Contact("a", "+1 555 0100"), Contact("b", "555-0101 or 555-0102"), Contact("c", "ask"))),
    )
    read = PageRead(to_html(document(*blocks), brand))
    assert [each.get("href") for each in read.all("a")] == [
        "tel:5555559110", "tel:911", "tel:5555559110", "tel:+15550100",
    ]  # fmt: skip
    assert words(read.one("main")).startswith("Call 911 now Call us today: (555) 555-9110 Call us: 1-(555) 555-9110")


def test_a_figure_has_its_picture_inside_with_alternate_text_and_caption(page, tmp_path):
    for name, data, kind in (("a.svg", SVG, "svg+xml"), ("b.png", PNG, "png")):
        (tmp_path / name).write_bytes(data)
        read = page(Figure(str(tmp_path / name), 'A "leg" & more', run("How to lie")))
        image = read.one("img")
        assert image.get("alt") == 'A "leg" & more'
        assert image.get("src") == f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
        assert words(read.one("figcaption")) == "How to lie"


@pytest.mark.parametrize(("data", "code"), [(None, "F201"), (b"no picture", "F202"), (b"x" * 5_000_001, "F203")])
def test_a_picture_that_cannot_be_shown_is_said(page, tmp_path, data, code):
    file = tmp_path / "leg.png"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(MissingResourceError) as raised:
        page(Figure(str(file), "A leg"))
    diagnostic = raised.value.diagnostics[0]
    assert (diagnostic.code, diagnostic.file) == (code, "leg.png")


def test_the_header_says_who_the_clinic_is_once(tmp_path):
    (tmp_path / "hill.svg").write_bytes(SVG)
    brand = clinic_brand(
        tmp_path, name="Hill", address="1 Hill Road", phone="555-0100", web="hill.example", logo="hill.svg"
    )
    read = PageRead(to_html(document(paragraph("a")), brand))
    assert words(read.one("header")) == "Hill 1 Hill Road · 555-0100 · hill.example"
    assert read.one("img").get("alt") == ""
    assert [each.get("href") for each in read.all("a")] == ["tel:5550100", "https://hill.example"]
    brand = clinic_brand(tmp_path, name="Hill", logo="hill.svg", **{"logo-text": "A green hill"})
    assert PageRead(to_html(document(paragraph("a")), brand)).one("img").get("alt") == "A green hill"


# ------------------------------------------------------------------ what is filled in


def grid():
    group = CheckGroup(run("At home"), (Check(run("Walk")), Check(run("Rest"))))
    return Checklist((group,), ("Day 1", "Day 2", "Day 3"), label="Check the box")


def test_each_box_of_a_grid_is_called_after_its_column_and_its_line(page):
    read = page(grid())
    boxes = read.all("input", type="checkbox")
    assert [read.named(each) for each in boxes] == [
        f"Day {day} {line}" for line in ("Walk", "Rest") for day in (1, 2, 3)
    ]
    table = read.one("table")
    assert [each.get("scope") for each in table.iter("th")] == ["col"] * 4 + ["rowgroup", "row", "row"]


def test_a_box_before_a_line_is_called_after_the_line(page):
    read = page(Checklist((CheckGroup(run("Morning"), (Check(run("Walk")), Check(run("Rest")))),)))
    assert [read.label(each) for each in read.all("input", type="checkbox")] == ["Walk", "Rest"]
    assert read.named(read.one("div", role="group")) == "Morning"


def test_a_question_has_room_for_an_answer(page):
    read = page(Checklist((CheckGroup((), (Check(run("May I run?")),)),), answer_lines=3))
    area = read.one("textarea")
    assert (read.label(area), area.get("rows"), area.text) == ("May I run?", "3", None)


def test_a_table_to_write_in_has_a_field_in_each_cell_called_after_its_line_and_column(page):
    days = (Check(run("Day 1")), Check(run("Day 2")))
    read = page(Checklist((CheckGroup((), days),), ("Pain", "Sleep"), 2, "Day", numbers=(0,)))
    numbers, areas = read.all("input", type="text"), read.all("textarea")
    assert [read.named(each) for each in numbers] == ["Day 1 Pain", "Day 2 Pain"]
    assert [each.get("inputmode") for each in numbers] == ["numeric"] * 2
    assert [(read.named(each), each.get("rows")) for each in areas] == [("Day 1 Sleep", "2"), ("Day 2 Sleep", "2")]
    assert read.all("input", type="checkbox") == []


def test_a_line_among_boxes_can_have_room_to_write(page):
    lines = (Check(run("Hop")), Check(run("Pain"), answer_lines=1))
    read = page(Checklist((CheckGroup((), lines),), ("Mon", "Tue")))
    assert [read.named(each) for each in read.all("input", type="checkbox")] == ["Mon Hop", "Tue Hop"]
    assert [read.named(each) for each in read.all("input", type="text")] == ["Pain Mon", "Pain Tue"]
    read = page(Checklist((CheckGroup((), lines),)))
    assert len(read.all("input", type="checkbox")) == 1
    assert read.label(read.one("textarea")) == "Pain"


def test_an_empty_panel_can_be_written_in(page):
    read = page(PANEL)
    assert [read.label(each) for each in read.all("input", type="text")] == [
        "Name", "Date", "Clinician", "Phone", "Next visit",
    ]  # fmt: skip
    assert read.all("form") == []


def test_a_persons_values_stand_in_the_panel_and_the_rest_stays_open(page):
    read = page(PANEL, person=Person("Ada  Example", next_visit="in two weeks"))
    assert words(read.one("div", class_="panel")) == "Name Ada Example Date Clinician Phone Next visit in two weeks"
    assert [read.label(each) for each in read.all("input")] == ["Date", "Clinician", "Phone"]


def test_a_persons_values_stand_nowhere_else(plain):
    marks = ("Zyxpati", "Zyxdate", "Zyxclin", "Zyxphon", "Zyxnext")
    text = to_html(document(PANEL, paragraph("a")), plain, Person(*marks))
    read = PageRead(text)
    for mark in marks:
        assert text.count(mark) == 1
        assert mark in words(read.one("div", class_="panel"))


def test_a_value_that_the_page_has_no_place_for_is_refused_without_repeating_it(page):
    with pytest.raises(UsageError) as raised:
        page(paragraph("a"), person=Person("Zyxwvut"))
    assert raised.value.diagnostics[0].code == "U108"
    assert "Zyxwvut" not in str(raised.value.diagnostics[0])


# ------------------------------------------------------------------ looks


def test_the_page_has_the_brands_colour_and_the_paper_that_was_asked_for(tmp_path):
    brand = clinic_brand(tmp_path, name="Hill", colours={"accent": "#6b1d5c"})
    styles = PageRead(to_html(document(paragraph("a")), brand, paper="a4")).styles
    assert "--accent:#6b1d5c" in styles
    assert "size:595.276pt 841.89pt" in styles


def test_the_editions_differ_in_their_name_only(plain):
    """The style sheet knows both; which is meant stands on the page."""
    made = document(*every_block())
    standard, large = (PageRead(to_html(made, plain, None, each)) for each in ("standard", "large-print"))
    assert (standard.root.get("class"), large.root.get("class")) == ("standard", "large-print")
    assert words(standard.body) == words(large.body)
    assert "font-style: normal" in large.styles


def test_a_bar_is_for_eyes_alone_and_ends_within_its_scale(plain):
    row = tuple(Cell(run(str(value)), bar=Bar(value, 8, 16)) for value in (4, 99, -1))
    page = to_html(document(Table((row,))), plain)
    bars = re.findall(
        r'<span class="bar" aria-hidden="true"><span class="filled" style="width:([\d.]+)%"></span>'
        r'<span class="limit" style="left:([\d.]+)%"></span></span></td>',
        page,
    )
    assert bars == [("25.0", "50.0"), ("100.0", "50.0"), ("0.0", "50.0")]
    assert "<td>99<span" in page
