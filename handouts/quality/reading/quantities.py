"""Numbers that a reader may take wrong: doses (R22), odds (R24), and sums left to the reader (R23)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handouts.quality.reading.prepared import Match

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handouts.quality.reading.prepared import Passage, Prepared

_DOSE = r"(?:mg|mcg|µg|μg|g|kg|mL|ml|L|cc|units?|unidades|tablets?|tabletas?|pills?|%)"
# The Joint Commission's official "Do Not Use" list, and from ISMP's list of error-prone abbreviations what could come
# into a handout. What it looks like, and what to write.
_FORBIDDEN = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"(?<![\w.])\d[\d.,]* ?[uU](?![\w.])", "units"),
        (r"(?<!\w)(?:IU|UI)(?!\w)", "international units"),
        (r"(?<!\w)(?:QOD|qod|Q\.O\.D\.?|q\.o\.d\.?)(?!\w)", "every other day"),
        (r"(?<!\w)(?:QD|qd|Q\.D\.?|q\.d\.?)(?!\w)", "every day"),
        (r"(?<!\w)(?:BID|b\.i\.d\.?)(?!\w)", "two times a day"),
        (r"(?<!\w)(?:TID|t\.i\.d\.?)(?!\w)", "three times a day"),
        (r"(?<!\w)(?:QID|q\.i\.d\.?)(?!\w)", "four times a day"),
        (r"(?<!\w)(?:PRN|prn|p\.r\.n\.?)(?!\w)", "when you need it"),
        (rf"(?<![\d.,])\d+[.,]0{{1,2}} ?{_DOSE}(?!\w)", "the number without .0"),
        (rf"(?<![\w.,])[.,]\d+ ?{_DOSE}(?!\w)", "a zero before the point"),
        (r"(?<!\w)(?:MSO4|MSO₄)(?!\w)|(?<!\w)MS(?= ?\d)", "morphine sulfate"),
        (r"(?<!\w)(?:MgSO4|MgSO₄)(?!\w)", "magnesium sulfate"),
        (r"\d ?cc(?!\w)", "mL"),
        (r"\d ?[µμ]g(?!\w)", "mcg"),
        (r"[<≤] ?\d[\d.,]*", "less than"),
        (r"[>≥] ?\d[\d.,]*", "more than"),
    )
)

# How much of a medicine to take: that is for the clinician and the package to say.
_MEDICINE = re.compile(
    r"(?<![\w.,])(?:\d[\d.,/]*(?: ?(?:-|–|to|a|or|o) ?\d[\d.,]*)? ?(?:mg|mcg|µg|μg|g|mL|ml"
    r"|milligrams?|micrograms?|grams?|milliliters?|tablets?|pills?|capsules?"
    r"|miligramos?|microgramos?|gramos?|mililitros?|tabletas?|pastillas?|píldoras?|comprimidos?|cápsulas?)"
    r"|(?:one|two|three|four|half an?) (?:tablets?|pills?|capsules?)"
    r"|(?:dos|tres|cuatro|media) (?:tabletas?|pastillas?|píldoras?|comprimidos?|cápsulas?))(?!\w)",
    re.IGNORECASE,
)

_SUMS = {
    "en": re.compile(
        r"\b(?:multipl(?:y|ied) (?:\w+ ){0,4}by|divided? (?:\w+ ){0,4}by (?:\d|two|three|four|your)|subtract|calculate"
        r"|add (?:up )?(?:the|your|these|all) (?:\w+ )?(?:numbers?|scores?|points?|minutes|doses?)"
        r"|add (?:your|the) \w+ together|(?:work|figure) out (?:how (?:many|much)|your)"
        r"|per (?:kg|kilogram|pound) of|(?:mg|mL|ml)/kg"
        r"|\d+ ?(?:%|percent) of your|\d+ times your (?:body )?weight)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(?:multipliqu?e (?:\w+ ){0,4}por|divida (?:\w+ ){0,4}entre|reste (?:\w+ ){0,3}(?:de|a)|calcule"
        r"|sume (?:los|las|sus|todos|todas)|por (?:cada )?(?:kg|kilo|kilogramo|libra) de|(?:mg|ml)/kg"
        r"|\d+ ?% de su)\b",
        re.IGNORECASE,
    ),
}

_ODDS = {
    "en": re.compile(
        r"\d+(?:\.\d+)? ?(?:%|percent\b)"
        r"(?! (?:\w+ )?(?:lidocaine|capsaicin|menthol|cream|gel|patch|patches|solution|cotton))"
        r"|\b(?:\d+|one|two|three|four|five) (?:in|out of) (?:every )?(?P<of>\d[\d,]*|ten|twenty|hundred|thousand)"
        r"(?= (?:people|persons?|patients?|women|men|adults|children|cases|who|with|will|get|have|has)|[.;,)]|$)",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\d+(?:[.,]\d+)? ?(?:%|por ciento\b)(?! (?:de )?(?:lidocaína|capsaicina|mentol|algodón))"
        r"|\b(?:\d+|una?o?|dos|tres) de cada (?P<of>\d[\d.]*|diez|veinte|cien|mil)\b",
        re.IGNORECASE,
    ),
}
_IN_WORDS = {
    "en": re.compile(
        r"\b(?:few|fewer|many|most|more than half|less than half|some|half|rare|rarely|common|uncommon|often|sometimes"
        r"|almost|nearly all|nobody|everybody|usually|likely|unlikely|seldom|majority|quarter|third|very small|small"
        r"|low|high|hardly)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(?:poc[oa]s?|much[oa]s?|mayoría|algun[oa]s?|mitad|rar[oa]s?|raramente|frecuentes?|común|comunes|a menudo"
        r"|a veces|casi|nadie|probable|improbable|cuarta parte|tercio|pequeñ[oa]|baj[oa]|alt[oa])\b",
        re.IGNORECASE,
    ),
}
_NUMBERS = {
    "ten": "10",
    "twenty": "20",
    "hundred": "100",
    "thousand": "1000",
    "diez": "10",
    "veinte": "20",
    "cien": "100",
}


def forbidden_doses(passages: Sequence[Passage]) -> Iterator[Match]:
    """Dose tokens that have led to wrong doses, in any passage, headings too (The Joint Commission, ISMP)."""
    for index, passage in enumerate(passages):
        for pattern, instead in _FORBIDDEN:
            for found in pattern.finditer(passage.text):
                yield Match(index, found[0].strip(), instead)


def medicine_doses(passages: Sequence[Passage]) -> Iterator[Match]:
    """How much of a medicine to take, in any passage whose doses are not written wrong."""
    wrong = {match.passage_index for match in forbidden_doses(passages)}
    for index, passage in enumerate(passages):
        if index in wrong:
            continue
        for found in _MEDICINE.finditer(passage.text):
            yield Match(index, found[0], "follow the package")


def sums(prepared: Prepared) -> Iterator[Match]:
    """Sentences that ask the reader to calculate (PEMAT 7)."""
    for sentence in prepared.sentences:
        found = _SUMS[prepared.language].search(sentence.text)
        if found:
            yield Match(sentence.passage_index, found[0], "the result", sentence)


def odds_without_words(prepared: Prepared) -> Iterator[Match]:
    """Percentages and odds whose sentence does not say in words how many that is (CDC Index 17)."""
    for sentence in prepared.sentences:
        found = _ODDS[prepared.language].search(sentence.text)
        if found and not _IN_WORDS[prepared.language].search(sentence.text):
            yield Match(sentence.passage_index, found[0], "how many that is, in words as well", sentence)


def mixed_denominators(prepared: Prepared) -> Iterator[Match]:
    """Odds out of another number than the first odds of the text, and percentages among them (CDC Index 20)."""
    first = ""
    for sentence in prepared.sentences:
        for found in _ODDS[prepared.language].finditer(sentence.text):
            of = re.sub(r"[.,]", "", found["of"] or "100%").casefold()
            of = _NUMBERS.get(of, of)
            first = first or of
            if of != first:
                yield Match(sentence.passage_index, found[0], f"out of {first.removesuffix('%')} everywhere", sentence)
