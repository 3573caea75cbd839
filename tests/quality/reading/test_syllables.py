"""Syllables: words divided by hand, the table and the rule together, and how often the rule alone is right."""

import re

import pytest

from handouts.quality.reading import english, numbers, spanish, syllables

ENGLISH = """
    mus·cle pain ti·tle walked wait·ed nee·dles hand·led makes plac·es dish·es make some·thing care·ful·ly move·ment
    med·i·cine ex·er·cise u·su·al·ly i·de·a cre·ate re·act ar·e·a ra·di·us cal·ci·um di·et qui·et cli·ent bi·ol·o·gy
    quick guess guide be·yond yes stud·ies tried fire·man spas·m rhyth·m po·em he·ro·ic stead·y eas·i·er go·ing see·ing
    real·ly busi·ness eve·ning peo·ple eight though through breathe breath
    the be he me she we ache aches stom·ach cough laugh
    """
MEDICINE = """
    pso·as il·i·o·pso·as il·i·a·cus i·bu·pro·fen a·cet·a·min·o·phen na·prox·en sci·at·i·ca o·pi·oid ben·zo·di·az·e·pine
    cy·clo·ben·za·prine cor·ti·co·ster·oid in·flam·ma·tion phys·i·o·ther·a·pist my·o·fas·ci·al ap·ne·a Pi·la·tes
    """
CONTRACTIONS = [("don't", 1), ("didn't", 2), ("isn't", 2), ("you're", 1), ("it'll", 2), ("Don’t", 1), ("patient's", 2)]
SPANISH = """
    mús·cu·lo cui·da·do ciu·dad pa·ra·no·ia ve·í·ais prohi·bir bú·ho que·rer gue·rra pin·güi·no a·gua muy rey re·yes
    cons·truí re·ír ca·í·da o·í·do cre·er a·é·re·o re·a·li·dad dí·a rui·do es·pa·ñol cuí·da·te guí·a a·ho·ra al·co·hol
    chi·i·ta buey Pa·ra·guay ahi·ja·do mé·di·co fi·sio·te·ra·peu·ta cons·trui·do y hay le·er hue·so pie pier·na ca·de·ra
    ri·ñón co·á·gu·lo o·es·te hé·ro·e ve·o ma·re·o a·e·ro·puer·to
    """


def divided(text):
    return [pytest.param(word.replace("·", ""), word.count("·") + 1, id=word) for word in text.split()]


@pytest.mark.parametrize(("word", "count"), divided(ENGLISH))
def test_english(word, count):
    assert syllables(word, "en") == count


@pytest.mark.parametrize(("word", "count"), divided(MEDICINE))
def test_words_of_medicine(word, count):
    assert syllables(word, "en") == count


@pytest.mark.parametrize(("word", "count"), CONTRACTIONS)
def test_english_with_an_apostrophe(word, count):
    assert syllables(word, "en") == count


@pytest.mark.parametrize(("word", "count"), divided(SPANISH))
def test_spanish(word, count):
    assert syllables(word, "es") == count


def test_the_parts_of_a_word_with_a_hyphen_count_together():
    assert syllables("anti-inflammatory", "en") == 7
    assert syllables("sixty-five", "en") == 3
    assert syllables("treinta-y-cinco", "es") == 5


def test_letters_are_said_by_name():
    assert syllables("W", "en") == 3
    assert syllables("M-R-I", "en") == 3
    assert syllables("R-M", "es") == 4  # erre eme


def test_the_table_holds_only_what_the_rule_gets_wrong():
    """Made by docs/reading/syllables.py: a line that the rule has learned since would be noise."""
    derived = english.read_list("english-syllables.txt")
    assert len(derived) > 2000
    useless = [word for word, count in derived.items() if "'" not in word and english.by_rule(word) == count]
    assert useless == []


@pytest.mark.parametrize("name", ["english-syllables.txt", "english-medicine.txt"])
def test_the_lists_are_words_and_counts(name):
    for word, count in english.read_list(name).items():
        assert re.fullmatch("[a-z']+", word), word
        assert 1 <= count <= 8, word


def test_a_spanish_word_without_vowels_has_a_syllable():
    assert spanish.syllables("pst") == 1


@pytest.mark.parametrize(
    ("number", "language", "said"),
    [
        (0, "en", "zero"),
        (13, "en", "thirteen"),
        (40, "en", "forty"),
        (99, "en", "ninety-nine"),
        (100, "en", "one-hundred"),
        (911, "en", "nine-hundred-eleven"),
        (2026, "en", "two-thousand-twenty-six"),
        (1_000_000, "en", "one-zero-zero-zero-zero-zero-zero"),
        (0, "es", "cero"),
        (29, "es", "veintinueve"),
        (31, "es", "treinta-y-uno"),
        (100, "es", "cien"),
        (101, "es", "ciento-uno"),
        (555, "es", "quinientos-cincuenta-y-cinco"),
        (1000, "es", "mil"),
        (2000, "es", "dos-mil"),
    ],
)
def test_numbers_in_words(number, language, said):
    assert numbers.said(number, language) == said
