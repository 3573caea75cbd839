"""The shipped content: what every topic has; the psoas topic has the whole article and none of its sentences."""

import importlib.util
import json
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from handouts import Library, Order, lay_out, make_document
from handouts.library.search_path import shipped_root
from handouts.library.yaml_source import YamlSource

SHIPPED = shipped_root()
HERE = Path(__file__).parent
PSOAS = "psoas-muscle-spasm"
TOPICS = Library().topic_ids
AUDIENCES = ["patient", "athlete", "office-worker"]
MOST_SIDES = {"handout": 4, "checklist": 3}


def _load(file):
    spec = importlib.util.spec_from_file_location(file.stem, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


make_shingles = _load(HERE / "content" / "make_shingles.py")


@pytest.fixture(scope="module")
def psoas(shipped):
    return shipped.topic(PSOAS)


@pytest.fixture(scope="module", params=TOPICS)
def topic(request, shipped):
    return shipped.topic(request.param)


# ------------------------------------------------------------------ the article's coverage

SECTIONS = [
    *("overview", "anatomy", "how-it-happens", "types", "causes", "symptoms", "tests", "self-care"),
    *("medicines", "surgery", "prevention", "when-to-get-help", "questions", "summary"),
]
ARTICLE = {
    "anatomy": 3,
    "types": 6,
    "causes": 20,
    "symptoms": 20,
    "tests": 20,
    "self-care": 30,
    "medicines": 20,
    "surgery": 10,
    "prevention": 10,
    "when-to-get-help": 7,
    "questions": 15,
}


def test_every_section_of_the_article_is_there(psoas):
    assert set(SECTIONS) <= {section.id for section in psoas.sections}


def places(psoas):
    """The items' places in the article: (section, number)."""
    found = [
        item.source.split("/")[1:] for section in psoas.sections for _, item in section.grouped_items() if item.source
    ]
    return [(section, int(number)) for section, number in found]


def test_every_item_of_the_article_has_its_place_once(psoas):
    expected = {(section, number) for section, count in ARTICLE.items() for number in range(1, count + 1)}
    counted = Counter(places(psoas))
    assert set(counted) == expected
    assert set(counted.values()) == {1}


def test_an_item_stands_in_the_section_that_its_place_names(psoas):
    for section in psoas.sections:
        for _, item in section.grouped_items():
            if item.source:
                assert item.source.startswith(f"article/{section.id}/")


def test_there_are_emergency_signs_that_the_article_lacks(psoas):
    signs = [item for _, item in psoas.section("when-to-get-help").grouped_items()]
    assert [item for item in signs if item.urgency == "emergency" and item.source is None]


# ------------------------------------------------------------------ every topic


def test_warning_signs_of_every_urgency_stand_first_and_the_emergencies_before_the_others(topic):
    first = topic.sections[0]
    assert (first.id, first.file.kind) == ("when-to-get-help", "warning-signs")
    urgencies = [item.urgency for _, item in first.grouped_items()]
    order = ["emergency", "same-day", "routine"]
    assert set(urgencies) == set(order)
    assert urgencies == sorted(urgencies, key=order.index)


def test_an_exercise_has_a_picture_and_says_when_it_is_too_much(topic):
    for _, item in topic.section("exercises").grouped_items():
        assert item.figure, item.id
        assert item.stop, item.id
        assert item.feel, item.id
        assert item.mistakes, item.id


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("template", MOST_SIDES)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_sheet_of_the_standard_edition_is_not_longer_than_people_read(shipped, topic, audience, template, paper):
    document = make_document(shipped, Order(topic.id, audience=audience, template=template, paper=paper))
    assert lay_out(document, shipped.brand(None), "standard", paper).pages <= MOST_SIDES[template]


@pytest.mark.parametrize("kind", ["list", "steps", "treatments", "exercises", "questions"])
def test_every_item_that_is_chosen_by_priority_has_one_for_each_audience(topic, shipped, kind):
    for section in topic.sections:
        if section.file.kind == kind:
            for _, item in section.grouped_items():
                for audience in AUDIENCES:
                    rank = item.priority_for(shipped.audience(audience).lineage)
                    assert rank != 50, f"{section.id}/{item.id} has no priority for {audience}"


def test_every_audience_gets_words_of_its_own(topic):
    for audience in ("athlete", "office-worker"):
        assert topic.file.tailored[audience].main_message
        sections = [section.id for section in topic.sections if audience in section.file.tailored]
        items = [
            item.id for section in topic.sections for _, item in section.grouped_items() if audience in item.tailored
        ]
        assert len(sections) >= 3
        assert len(items) >= 10


def test_the_three_audiences_get_different_sheets(shipped):
    for template in ("handout", "checklist"):
        sheets = [shipped.audience(name).parts(template) for name in AUDIENCES]
        assert len({str(sheet) for sheet in sheets}) == 3


def test_every_section_that_an_audience_names_is_in_the_psoas_topic(shipped, psoas):
    known = {section.id for section in psoas.sections}
    for name in shipped.audience_ids:
        for sheet in shipped.audience(name).sheets.values():
            assert {part.section for part in sheet} <= known


def test_every_source_but_the_article_was_looked_up(topic):
    for source in topic.sources:
        if source.id != "article":
            assert source.address, source.id
            assert source.accessed, source.id


@pytest.mark.parametrize(
    "said",
    [
        *("control of your bladder or bowels", "cannot pass urine", "between your legs", "trouble with sex"),
        *(
            "both legs",
            "foot suddenly drags",
            "too weak to hold you",
            "very bad belly pain",
            "tearing pain in your back",
            "Chest pain",
            "crash",
            "Fever",
        ),
    ],
)
def test_low_back_pain_names_the_signs_of_nerves_vessels_and_infection_as_emergencies(shipped, said):
    """Cauda equina syndrome, a torn aorta, a broken spine, sepsis (NICE NG59; AAFP 2012)."""
    signs = [item for _, item in shipped.topic("low-back-pain").section("when-to-get-help").grouped_items()]
    urgent = " ".join(f"{item.term} {item.text}" for item in signs if item.urgency == "emergency")
    assert said in urgent


# ------------------------------------------------------------------ no sentence of the article

# What is named and not said: titles of sources, names of codes, ids.
NAMES = {"id", "source", "sources", "codes", "address", "publisher", "section", "kind"}


def sentences(value, key=""):
    """Every text of a file that a reader reads, without the names of things."""
    if isinstance(value, str) and key not in NAMES:
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in NAMES:
                yield from sentences(inner, name)
    elif isinstance(value, list) and key not in NAMES:
        for inner in value:
            yield from sentences(inner, key)


CONTENT = [file for file in sorted(SHIPPED.glob("content/**/*.yaml")) if file.name != "sources.yaml"]
CONTENT += sorted(SHIPPED.glob("templates/workspace/**/*.yaml"))


@pytest.fixture(scope="module")
def article():
    return set(make_shingles.FILE.read_text(encoding="ascii").split())


@pytest.mark.parametrize("file", CONTENT, ids=[file.relative_to(SHIPPED).as_posix() for file in CONTENT])
def test_no_eight_words_in_a_row_stand_in_the_article(article, file):
    value = YamlSource(file, file.name).value
    shared = [
        phrase for text in sentences(value) for digest, phrase in make_shingles.shingles(text) if digest in article
    ]
    assert shared == []


def test_the_hashes_are_those_of_a_whole_article(article):
    assert len(article) > 2500
    assert all(len(digest) == 12 for digest in article)


def test_a_copied_sentence_would_be_found_whatever_its_case_and_punctuation():
    """The comparison itself: a copy with other case, marks, line ends and apostrophes has the same hashes."""
    said = "The old man's knee – it bends: “a little”, each and every hour of the day."
    copied = "the OLD man’s knee it\n  bends a *little* each and every hour of the day"
    assert dict(make_shingles.shingles(said)) == dict(make_shingles.shingles(copied))
    assert len(dict(make_shingles.shingles(said))) == 8
    assert not set(dict(make_shingles.shingles("An own sentence about the same knee and its many days."))) & set(
        dict(make_shingles.shingles(said))
    )


def test_every_text_of_a_section_is_compared(psoas):
    """The walk over a file misses no field that is printed."""
    section = psoas.section("exercises")
    compared = set(sentences(section.source.value))
    for _, item in section.grouped_items():
        record = json.loads(msgspec.json.encode(item))
        for name in ("term", "text", "feel", "stop"):
            assert record[name] is None or record[name] in compared
        assert set(record["steps"] or ()) <= compared
