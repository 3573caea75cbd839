"""Reading level: passages counted by hand, formulas worked out by hand, the shipped sheets."""

from math import sqrt

import pytest

from handouts.composing import compose
from handouts.library import Library
from handouts.quality.reading import (
    Counts,
    Figure,
    LanguageNotMeasuredError,
    Prepared,
    count,
    long_words,
    measure,
    prepare,
    prepare_document,
)
from handouts.quality.reading.formulas import crawford, flesch_kincaid, inflesz, smog
from handouts.selection import Choices, select

# Divided and counted by hand: sentences, words, syllables, words of three syllables and more.
COUNTED = [
    (
        "en",
        (
            "Rest your leg for two days. Put ice on it, but not on bare skin. "
            "If the swell·ing does not go down, call your doc·tor."
        ),
        Counts(3, 25, 27, 0),  # 6 + 9 + 10 words; swelling and doctor have two syllables
    ),
    (
        "en",
        (
            "The pso·as is a deep mus·cle. I·bu·pro·fen may ease in·flam·ma·tion, but it can up·set your stom·ach. "
            "Ask a phar·ma·cist be·fore you take an·y med·i·cine."
        ),
        Counts(3, 24, 40, 4),  # 6 + 10 + 8 words; 8 + 18 + 14 syllables
    ),
    (
        "en",
        "Hold the stretch for 15 to 20 sec·onds. Wait 25 min·utes. Call 911 if you can·not breathe.",
        # 8 + 3 + 6 words; fif·teen, twen·ty, sec·onds; twen·ty-five, min·utes; nine-one-one, can·not
        Counts(3, 17, 26, 2),
    ),
    (
        "es",
        (
            "El pso·as es un mús·cu·lo pro·fun·do. No a·guan·te el do·lor. "
            "Lla·me a su mé·di·co si e·so no me·jo·ra en dos dí·as."
        ),
        # 6 + 4 + 11 words; 1+2+1+1+3+3, 1+3+1+2, 2+1+1+3+1+2+1+3+1+1+2 syllables
        Counts(3, 21, 36, 5),
    ),
]


@pytest.mark.parametrize(("language", "divided", "counts"), COUNTED)
def test_counted_by_hand(language, divided, counts):
    prepared = prepare([divided.replace("·", "")], language)
    assert count(prepared.sentences, language) == counts


def test_the_formulas_worked_out_by_hand():
    counts = Counts(sentences=30, words=300, syllables=420, long_words=25)
    assert smog(counts) == pytest.approx(1.0430 * 5 + 3.1291)  # √(25 × 30 / 30) = 5
    assert flesch_kincaid(counts) == pytest.approx(0.39 * 10 + 11.8 * 1.4 - 15.59)  # 4.83
    assert inflesz(counts) == pytest.approx(206.835 - 62.3 * 1.4 - 10)  # 109.615
    assert crawford(counts) == pytest.approx(-0.205 * 10 + 0.049 * 140 - 3.407)  # 1.403


def test_smog_is_the_published_grade_where_its_table_has_one():
    """McLaughlin's conversion: 30 sentences, 57 to 72 long words are grade 11; 13 to 20 are grade 7."""
    assert round(smog(Counts(30, 450, 700, 64))) == 11
    assert round(smog(Counts(30, 450, 700, 16))) == 7


def test_each_language_has_its_own_figures():
    english = measure(prepare(["Sit tall and rest."], "en"))
    assert [(each.name, each.limit, each.rule) for each in english] == [
        ("SMOG", 8.0, "R01"),
        ("Flesch–Kincaid", 6.0, "R02"),
    ]
    spanish = measure(prepare(["Descanse un poco."], "es"))
    assert [(each.name, each.limit, each.rule) for each in spanish] == [
        ("INFLESZ", 65.0, "R01"),
        ("Crawford", 6.0, "R02"),
    ]


def test_a_formula_never_gives_a_number_for_another_language():
    with pytest.raises(LanguageNotMeasuredError):
        measure(Prepared("nl", (), prepare(["Sit tall."], "en").sentences, ()))


def test_a_text_without_sentences_has_no_figures():
    assert measure(prepare(["—"], "en")) == ()


def test_hard_words_fail_and_plain_words_pass():
    hard = measure(prepare(["Immobilization necessitates immediate orthopedic consultation."] * 30, "en"))
    plain = measure(prepare(["Keep still and call us."] * 30, "en"))
    assert [each.passes for each in hard] == [False, False]
    assert [each.passes for each in plain] == [True, True]
    hard = measure(prepare(["La inmovilización prolongada necesita rehabilitación multidisciplinaria."] * 30, "es"))
    plain = measure(prepare(["Haga esto dos veces al día."] * 30, "es"))
    assert [each.passes for each in hard] == [False, False]
    assert [each.passes for each in plain] == [True, True]


def test_what_is_judged_is_what_is_shown():

    assert Figure("SMOG", 8.04, 8.0, "R01").passes
    assert not Figure("SMOG", 8.06, 8.0, "R01").passes


def test_fewer_than_thirty_sentences_are_a_small_sample():
    assert count(prepare(["Sit tall."] * 29, "en").sentences, "en").is_small
    assert not count(prepare(["Sit tall."] * 30, "en").sentences, "en").is_small


def test_every_long_word_counts_each_time_it_stands_there():
    prepared = prepare(["Ask a pharmacist. The pharmacist knows medicine."], "en")
    assert long_words(prepared) == {"pharmacist": 2, "medicine": 1}
    assert measure(prepared)[0].value == pytest.approx(1.0430 * sqrt(3 * 30 / 2) + 3.1291)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("template", ["handout", "checklist"])
@pytest.mark.parametrize("audience", ["patient", "athlete", "office-worker"])
def test_the_shipped_sheets_are_easy_enough(audience, template, language):
    library = Library()
    topic = library.topic("psoas-muscle-spasm", language)
    selection = select(topic, library.audience(audience, language), Choices(), template)
    prepared = prepare_document(compose(selection, library, library.brand(None)))
    assert not count(prepared.sentences, language).is_small
    assert {each.name: round(each.value, 1) for each in measure(prepared) if not each.passes} == {}
