"""What is asked of sentences: found where it is, and above all not found where it is not."""

import pytest

from handouts.quality.reading import Passage, length, prepare, quantities, signs, terms, voice


def texts(matches):
    return [match.text for match in matches]


def whole(text, language="en"):
    return prepare([text], language)


def passages(*lines):
    return [Passage(line) for line in lines]


# ------------------------------------------------------------------ length


def test_sentences_over_a_limit():
    twenty, twenty_one = " ".join(["rest"] * 20) + ".", " ".join(["rest"] * 21) + "."
    prepared = prepare([twenty, twenty_one], "en")
    (match,) = length.long_sentences(prepared)
    assert (match.passage_index, len(match.sentence.words)) == (1, 21)
    assert list(length.long_sentences(prepared, 25)) == []
    assert length.mean_length(prepared) == 20.5
    assert length.mean_length(prepare([], "en")) == 0


def test_paragraphs_of_more_than_four_sentences_or_sixty_words():
    prepared = prepare(["Rest. " * 4, "Rest. " * 5, " ".join(["rest"] * 60) + ".", " ".join(["rest"] * 61) + "."], "en")
    assert [
        (match.passage_index, sentences, words) for match, sentences, words in length.long_paragraphs(prepared)
    ] == [
        (1, 5, 5),
        (3, 1, 61),
    ]


# ------------------------------------------------------------------ voice


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The muscle is stretched each day.", "is stretched"),
        ("A cold pack should be applied twice.", "be applied"),
        ("The nerve was never fully numbed by the shot.", "was never fully numbed"),
        ("Pain pills are often given for this.", "are often given"),
        ("The bone had been broken by a fall.", "been broken"),
        ("Stop until you are checked.", "are checked"),
    ],
)
def test_passive_voice(text, found):
    assert texts(voice.passives(whole(text))) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "Lie with your knees bent.",
        "Your knees are bent and your feet are flat.",
        "You are tired or worried.",
        "How well it works is not known.",
        "The psoas is a deep muscle.",
        "It is used to the load.",
        "You need to feed the cat and go to bed.",
        "The hip is swollen and red.",
        "You have stretched it. It has helped.",
        "Is it hundred percent safe?",
        "A weak core is indeed a cause.",
    ],
)
def test_what_is_not_passive(text):
    assert texts(voice.passives(whole(text))) == []


def test_spanish_passive():
    assert texts(voice.passives(whole("El músculo fue lesionado por una caída.", "es"))) == ["fue lesionado"]
    assert texts(voice.passives(whole("La prueba será hecha mañana.", "es"))) == ["será hecha"]
    assert texts(voice.passives(whole("El ejercicio es adecuado. Está cansado. Es un cuidado.", "es"))) == []


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("The patient should rest.", "en", ["The patient should"]),
        ("Most patients can walk.", "en", ["Most patients can"]),
        ("El paciente debe descansar.", "es", ["El paciente debe"]),
        ("Los pacientes pueden caminar.", "es", ["Los pacientes pueden"]),
        ("You should rest. Be patient. Some people feel numb.", "en", []),
        ("A patient voice helps.", "en", []),
        ("Tenga paciencia. Usted puede caminar.", "es", []),
    ],
)
def test_the_reader_spoken_of_as_a_stranger(text, language, found):
    assert texts(voice.third_person(whole(text, language))) == found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Sit tall", "en"),
        ("Do not bounce.", "en"),
        ("Slowly lower your leg.", "en"),
        ("If it hurts, stop.", "en"),
        ("Once a day, take a short walk", "en"),
        ("You can rest now", "en"),
        ("Please, call us", "en"),
        ("Never sleep with it", "en"),
        ("Siéntese derecho", "es"),
        ("No rebote", "es"),
        ("Acérquela al pecho", "es"),
        ("Si duele, pare.", "es"),
        ("Moverme un poco", "es"),
        ("Respire despacio por la nariz", "es"),
        ("Despacio, baje la pierna", "es"),
    ],
)
def test_a_line_that_asks_for_an_action(text, language):
    assert voice.begins_with_action(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Good posture", "en"),
        ("The knee goes up", "en"),
        ("Pain, numbness or weakness", "en"),
        ("Hip flexors stretch", "en"),
        ("", "en"),
        ("If it hurts", "en"),
        ("Buena postura", "es"),
        ("Menos silla y más movimiento", "es"),
        ("Lugar tranquilo", "es"),
    ],
)
def test_a_line_that_asks_for_nothing(text, language):
    assert not voice.begins_with_action(text, language)


# ------------------------------------------------------------------ numbers


@pytest.mark.parametrize(
    ("text", "found", "instead"),
    [
        ("Take 10 U of it.", "10 U", "units"),
        ("Take 400 IU a day.", "IU", "international units"),
        ("Take it QD with food.", "QD", "every day"),
        ("Take it q.o.d. with food.", "q.o.d.", "every other day"),
        ("Take it BID.", "BID", "two times a day"),
        ("Take 5.0 mg.", "5.0 mg", "the number without .0"),
        ("Take .5 mg.", ".5 mg", "a zero before the point"),
        ("Tome 5,0 mg.", "5,0 mg", "the number without .0"),
        ("Give MS 10 mg.", "MS", "morphine sulfate"),
        ("Give MgSO4.", "MgSO4", "magnesium sulfate"),
        ("Drink 5 cc of it.", "5 cc", "mL"),
        ("Take 50 µg.", "50 µg", None),
        ("If it is < 5 days.", "< 5", "less than"),
        ("A fever >101 is high.", ">101", "more than"),
    ],
)
def test_doses_that_have_been_misread(text, found, instead):
    (match,) = quantities.forbidden_doses(passages(text))
    assert (match.text, match.instead) == (found if instead else "0 µg", instead or "mcg")


@pytest.mark.parametrize(
    "text",
    [
        "Take 0.5 mg or 5 mg. Take 10 units. Take 1,000 mg.",
        "MS is a disease. U.S. rules. You and IUD. An ID card.",
        "Version 5.0 is out on 1.0. Rest 2.5 hours.",
        "Your QR code. Walk 10 minutes. Ask usted.",
        "Go to a → b. It is 10:05. Call 555-0101.",
    ],
)
def test_doses_that_are_fine(text):
    assert texts(quantities.forbidden_doses(passages(text))) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Multiply your weight by two.", "en"),
        ("Add up your scores.", "en"),
        ("Take 10 mg per kg of body weight.", "en"),
        ("Work out how many you need.", "en"),
        ("Calculate your target.", "en"),
        ("Multiplique su peso por dos.", "es"),
        ("Calcule cuánto necesita.", "es"),
    ],
)
def test_sums_left_to_the_reader(text, language):
    assert len(list(quantities.sums(whole(text, language)))) == 1


def test_what_is_no_sum():
    text = "Small changes add up. Work out at a gym. Add more as it gets easier. Divide the day by rests."
    assert texts(quantities.sums(whole(text))) == []
    assert texts(quantities.sums(whole("Sume pasos pequeños cada semana. Descanse por la tarde.", "es"))) == []


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("It helps 80% of people.", "en", ["80%"]),
        ("It fails in 1 in 20 people.", "en", ["1 in 20"]),
        ("Ayuda al 80 % de la gente.", "es", ["80 %"]),
        ("Falla en 1 de cada 20.", "es", ["1 de cada 20"]),
        ("It helps most people (8 out of 10).", "en", []),
        ("It is rare: about 1 in 100 people.", "en", []),
        ("A patch with 4% lidocaine may help.", "en", []),
        ("Walk 2 in the morning and 3 at night. Do it in 10 minutes.", "en", []),
        ("Ayuda a la mayoría (8 de cada 10).", "es", []),
    ],
)
def test_odds_come_with_words(text, language, found):
    assert texts(quantities.odds_without_words(whole(text, language))) == found


def test_odds_have_one_denominator():
    mixed = whole("Most get well: 8 out of 10 people. Few get worse: 1 in 100 people. Some 5 out of ten.")
    assert [(match.text, match.instead) for match in quantities.mixed_denominators(mixed)] == [
        ("1 in 100", "out of 10 everywhere")
    ]
    assert texts(quantities.mixed_denominators(whole("Some 20% get well. Few, 1%, do not."))) == []
    assert texts(quantities.mixed_denominators(whole("Many: 2 de cada 10. Pocos: 10 %.", "es"))) == ["10 %"]


# ------------------------------------------------------------------ terms

SWAPS = {"utilize": "use", "prior to": "before", "prior": "earlier", "utilizar": "usar"}


def test_long_forms_with_their_plainer_ones():
    found = list(terms.long_forms(passages("Rest.", "Utilize ice prior  to sport, not prior."), SWAPS))
    assert [(match.passage_index, match.text, match.instead) for match in found] == [
        (1, "Utilize", "use"),
        (1, "prior to", "before"),
        (1, "prior", "earlier"),
    ]


def test_a_long_form_is_a_whole_word():
    assert texts(terms.long_forms(passages("Priority, a-priori, reutilize."), SWAPS)) == []
    assert texts(terms.long_forms(passages("Utilize it."), {})) == []


def test_acronyms_that_nobody_explained():
    lines = passages("Ask for an MRI.", "The MRI is safe. A CT (pictures in slices) is quick. CT again.")
    assert [(match.passage_index, match.text) for match in terms.unexplained_acronyms(lines)] == [(0, "MRI")]


@pytest.mark.parametrize(
    "text",
    [
        "Magnetic resonance imaging (MRI) takes long.",
        "NSAIDs (a kind of pain drug) help.",
        "Do NOT bounce. STOP if it hurts.",
        "An X-ray, vitamin D, the L1 bone, part IV, and say SOH-us.",
        "Watch TV and call 911.",
        "ALL OF THIS IS SHOUTED",
    ],
)
def test_acronyms_that_need_no_words(text):
    assert texts(terms.unexplained_acronyms(passages(text), {"TV"})) == []


def test_an_acronym_in_a_heading_is_explained_in_the_text():
    lines = [Passage("MRI", "heading"), Passage("An MRI (pictures made with a magnet) takes long.")]
    assert texts(terms.unexplained_acronyms(lines)) == []


# ------------------------------------------------------------------ signs


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\u200f", "\u2066", "\ufeff", "\u00ad", "\u2060", "\U000e0041"])
def test_hidden_characters(sign):
    (match,) = signs.hidden_characters(passages(f"Take 5{sign} pills."))
    assert match.text.startswith(f"U+{ord(sign):04X} ")


def test_joiners_are_part_of_some_scripts():
    assert texts(signs.hidden_characters(passages("می\u200cخواهم", "क्\u200dष"))) == []
    for text in ("re\u200cst", "re\u200cمی", "می\u200crest"):
        assert texts(signs.hidden_characters(passages(text))) == ["U+200C ZERO WIDTH NON-JOINER"]


def test_plain_signs_are_not_hidden():
    assert texts(signs.hidden_characters(passages("“Rest” – 5\u00a0mg… ¿Sí? é ½ °"))) == []


@pytest.mark.parametrize(
    "text",
    [
        "TODO: ask the nurse",
        "Call {{ phone }}",
        "Call {phone}",
        "[insert date]",
        "Lorem ipsum dolor",
        "It is ???",
        "TBD",
    ],
)
def test_unfinished_text(text):
    assert len(list(signs.unfinished(passages(text)))) == 1 + ("{{" in text)


def test_finished_text():
    text = "Haga todo esto. Use this (or that). See [the page](https://example.org). Set {1, 2}. What? A to-do list."
    assert texts(signs.unfinished(passages(text))) == []


# ------------------------------------------------------------------ the shipped words


def test_every_line_found_has_its_sentence():
    (match,) = voice.passives(prepare([Passage("Title", "heading"), Passage("Rest. It is stretched.")], "en"))
    assert (match.passage_index, match.sentence.text) == (1, "It is stretched.")
