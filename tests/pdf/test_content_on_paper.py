"""What was selected reaches the paper: every item, and the warning signs always; a page limit cuts the right things."""

import re

import pytest
from pdf_reading import Tagged, folded, squeezed
from small_documents import SIGNS, TOPIC, list_section, plain, write_topic

from handouts import Choices, HandoutError, Library, Order, make_sheet
from handouts.composing.views import dose_line
from handouts.errors import LayoutError, UsageError
from handouts.library import SearchPath
from handouts.selection import select, worded

SHIPPED = Library()
GLOSSES = re.compile("|".join(re.escape(f" ({plain(term.meaning)})") for term in SHIPPED.glossary("en")))
AUDIENCES = ("patient", "athlete", "office-worker")
SECTIONS = tuple(section.id for section in SHIPPED.topic(TOPIC).sections)
# Every other word of an exercise is printed; its mistakes have a test of their own.
FIELDS = ("term", "text", "why", "benefit", "risk", "feel", "stop")


def read(sheet):
    """The sheet's text as a screen reader has it, without what the page says around it."""
    return " ".join(leaf.text for leaf in Tagged(sheet.base).leaves)


def without_glosses(text):
    """Without the meanings that stand in brackets after a word."""
    return GLOSSES.sub("", text)


def words_of(item):
    """Every text of an item as it should read on paper."""
    found = [getattr(item, name) for name in FIELDS if getattr(item, name)] + list(item.steps or ())
    texts = [plain(text) for text in found]
    if item.dose:
        texts.append(dose_line(item.dose, SHIPPED.language("en")))
    return texts


def missing(text, audience, section_ids):
    """What of the sections' items is not in the text."""
    topic, reader = SHIPPED.topic(TOPIC), SHIPPED.audience(audience)
    text = without_glosses(text)
    return [
        f"{section_id}/{item.id}: {words}"
        for section_id in section_ids
        for group in topic.section(section_id).file.groups
        for item in group.items
        for words in words_of(worded(item, reader))
        if without_glosses(folded(words)) not in text
    ]


# ------------------------------------------------------------------ every item


@pytest.fixture(scope="module", params=SECTIONS)
def alone(request, library):
    """A section asked for alone with all items: its id, and the text of the sheet."""
    choices = Choices(sections=(request.param,), items="all")
    sheet, _ = make_sheet(library, Order(TOPIC, audience="patient", choices=choices))
    return request.param, read(sheet)


def test_a_section_asked_for_alone_prints_every_item_whole(alone):
    section_id, text = alone
    assert missing(text, "patient", [section_id]) == []


def test_a_section_prints_its_title_its_opening_and_the_words_of_its_groups(alone, library):
    section_id, text = alone
    choices = Choices(sections=(section_id,), items="all")
    selection = select(library.topic(TOPIC), library.audience("patient"), choices)
    section = next(each for each in selection.sections if each.id == section_id)
    wanted = [section.title, section.intro, *(group.text for group in section.groups)]
    text = without_glosses(text)
    assert [each for each in wanted if each and without_glosses(plain(each)) not in text] == []


@pytest.mark.parametrize("audience", AUDIENCES)
def test_all_sections_with_all_items_print_every_item_in_the_words_for_the_reader(library, audience):
    order = Order(TOPIC, audience=audience, choices=Choices(sections=SECTIONS, items="all"))
    sheet, left_out = make_sheet(library, order)
    assert left_out == ()
    assert missing(read(sheet), audience, SECTIONS) == []


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_reader_s_usual_sheet_with_all_items_prints_every_item(library, audience):
    sheet, _ = make_sheet(library, Order(TOPIC, audience=audience, choices=Choices(items="all")))
    usual = [part.section for part in library.audience(audience).parts("handout")]
    assert missing(read(sheet), audience, usual) == []


def test_the_mistakes_of_an_exercise_are_printed_when_a_template_says_what_to_call_them(tmp_path):
    """By default they are not: the athlete's handout would take a fifth side."""
    (tmp_path / "clinic.yaml").write_text("name: Hill Clinic\n", encoding="utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/own.xml.jinja").write_text(
        "{% extends 'shipped/handout.xml.jinja' %}{% set show_mistakes = 'Common mistakes:' %}", encoding="utf-8"
    )
    library = Library(SearchPath.of(tmp_path))
    sheet, _ = make_sheet(library, Order(TOPIC, template="own", choices=Choices(sections=("exercises",), items="all")))
    text = without_glosses(read(sheet))
    items = [
        worded(item, library.audience("patient"))
        for group in library.topic(TOPIC).section("exercises").file.groups
        for item in group.items
    ]
    wanted = [plain(mistake) for item in items for mistake in item.mistakes or ()]
    assert [mistake for mistake in wanted if without_glosses(mistake) not in text] == []


def test_an_item_that_is_not_there_would_be_missed():
    assert missing("", "patient", ["causes"]) != []


# ------------------------------------------------------------------ warning signs


WARNING = [
    item
    for section in SHIPPED.topic(TOPIC).sections
    if section.is_warning
    for group in section.file.groups
    for item in group.items
]


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param({"audience": "athlete"}, id="athlete"),
        pytest.param({"audience": "office-worker"}, id="office worker"),
        pytest.param({"choices": Choices(sections=("causes",))}, id="another section alone"),
        pytest.param({"choices": Choices(sections=())}, id="no section"),
        pytest.param({"choices": Choices(skip=tuple(set(SECTIONS) - {"when-to-get-help"}))}, id="all others skipped"),
        pytest.param({"choices": Choices(items=1)}, id="one item of each section"),
        pytest.param({"choices": Choices(items={"when-to-get-help": 1})}, id="one warning sign asked for"),
        pytest.param({"choices": Choices(cut=frozenset({"when-to-get-help"}))}, id="the section cut"),
        pytest.param(
            {"choices": Choices(cut=frozenset(f"when-to-get-help/{item.id}" for item in WARNING))}, id="the signs cut"
        ),
        pytest.param({"max_pages": 2}, id="two pages at most"),
        pytest.param({"max_pages": 6, "edition": "large-print"}, id="six large pages at most"),
        pytest.param({"template": "checklist"}, id="a checklist"),
        pytest.param({"template": "checklist", "max_pages": 2}, id="a checklist of two pages at most"),
        pytest.param({"note": "Rest **well**.\n\n- one\n- two"}, id="a note"),
    ],
)
def test_every_warning_sign_is_on_the_sheet_whatever_was_chosen(library, wanted):
    order = Order(TOPIC, **wanted).settled(library)
    sheet, _ = make_sheet(library, order)
    text = without_glosses(read(sheet))
    reader = library.audience(order.audience)
    terms = [without_glosses(plain(worded(item, reader).term)) for item in WARNING]
    assert [term for term in terms if term not in text] == []


def test_warning_signs_cannot_be_skipped(library):
    with pytest.raises(UsageError, match="when-to-get-help"):
        make_sheet(library, Order(TOPIC, choices=Choices(skip=("when-to-get-help",))))


# ------------------------------------------------------------------ a page limit

# Ranks in an order that is neither the file's nor the alphabet's.
RANKS = {f"n{number:02}": 1 + (number * 7) % 45 for number in range(45)}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A topic with two sections of 45 tips each, ranked; the first section counts for more."""
    sections = {
        "first": list_section("First tips", {f"a-{name}": rank for name, rank in RANKS.items()}),
        "second": list_section("Second tips", {f"b-{name}": rank for name, rank in RANKS.items()}),
    }
    return write_topic(tmp_path_factory.mktemp("workspace"), sections)


def order(max_pages=None, cut=(), **kwargs):
    return Order("small", audience="reader", max_pages=max_pages, choices=Choices(cut=frozenset(cut)), **kwargs)


@pytest.fixture(scope="module")
def limited(small):
    """The sheets of one page, of two and of three."""
    return {limit: make_sheet(small, order(limit)) for limit in (1, 2, 3)}


def tips(sheet):
    """The tips that the sheet prints, as `section/item`."""
    text = read(sheet)
    return {
        f"{section}/{letter}-{name}"
        for section, letter in (("first", "a"), ("second", "b"))
        for name in RANKS
        if f"What tip {letter}-{name} says." in text
    }


def test_without_a_limit_everything_is_printed(small):
    sheet, left_out = make_sheet(small, order())
    assert (len(tips(sheet)), left_out) == (90, ())
    assert sheet.pages > 3


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_a_limit_is_kept(limited, limit):
    sheet, _ = limited[limit]
    assert len(Tagged(sheet.base).pdf.pages) == sheet.pages <= limit


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_what_a_limit_leaves_out_is_named_and_the_rest_is_printed(limited, limit):
    sheet, left_out = limited[limit]
    every = {f"{section}/{letter}-{name}" for section, letter in (("first", "a"), ("second", "b")) for name in RANKS}
    whole = {each for each in left_out if "/" not in each}
    gone = {each for each in every if each in left_out or each.partition("/")[0] in whole}
    assert tips(sheet) == every - gone
    assert gone


@pytest.mark.parametrize("limit", [1, 2, 3])
@pytest.mark.parametrize("section", ["first", "second"])
def test_a_limit_keeps_the_more_important_items_of_a_section(limited, limit, section):
    printed = {each.partition("-")[2] for each in tips(limited[limit][0]) if each.startswith(section)}
    kept = [RANKS[name] for name in printed]
    cut = [rank for name, rank in RANKS.items() if name not in printed]
    assert max(kept, default=0) < min(cut, default=99)


@pytest.mark.parametrize("limit", [2, 3])
def test_a_limit_takes_from_all_sections_alike_and_from_the_last_first(limited, limit):
    kept = [sum(each.startswith(section) for each in tips(limited[limit][0])) for section in ("first", "second")]
    assert kept[0] - 1 <= kept[1] <= kept[0]
    assert kept[1] > 3


@pytest.mark.parametrize("limit", [2, 3])
def test_a_limit_leaves_out_no_more_than_it_must(small, limited, limit):
    _, left_out = limited[limit]
    sheet, _ = make_sheet(small, order(cut=left_out[:-1]))
    assert sheet.pages > limit


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_a_limit_keeps_the_warning_signs_and_the_disclaimer(limited, small, limit):
    text = read(limited[limit][0])
    for term in SIGNS.values():
        assert term in text
    for part in small.disclaimer("en").full.split("\n\n"):
        assert plain(part) in text


def test_a_limit_that_is_kept_anyway_leaves_nothing_out(small):
    everything, _ = make_sheet(small, order())
    sheet, left_out = make_sheet(small, order(everything.pages))
    assert left_out == ()
    assert sheet.base == everything.base


def test_a_limit_that_not_even_the_warning_signs_keep_is_an_error_that_says_what_is_possible(small):
    with pytest.raises(LayoutError) as caught:
        make_sheet(small, order(1, edition="large-print"))
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "L104"
    wanted = next(int(word) for word in diagnostic.hint.replace(",", " ").split() if word.isdigit())
    sheet, _ = make_sheet(small, order(wanted, edition="large-print"))
    assert sheet.pages <= wanted


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_below_one_page_is_wrong_use(small, limit):
    with pytest.raises(UsageError):
        make_sheet(small, order(limit))


# ------------------------------------------------------------------ a note


def test_a_clinician_s_note_is_printed_as_it_was_typed(library):
    note = 'Take <b>5 mg</b> & rest; {{ 7 * 7 }} "now".'
    sheet, _ = make_sheet(library, Order(TOPIC, note=note))
    assert squeezed(note).replace('"now"', "“now”") in squeezed(read(sheet))


def test_a_note_longer_than_a_page_is_printed_whole_or_refused(library):
    note = "\n\n".join(f"Sentence {number} of a long note." for number in range(150))
    try:
        sheet, _ = make_sheet(library, Order(TOPIC, note=note))
    except HandoutError:
        return
    text = read(sheet)
    assert [number for number in range(150) if f"Sentence {number} of a long note." not in text] == []
