"""Who acts in a sentence: the passive voice (R17), a reader not spoken to (R18), lines that ask for nothing (R10).

English, and Spanish where its grammar shows it. What a pattern cannot tell for sure is passed over: a state ("your
knees are bent", "you are tired") is no passive.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handouts.quality.reading.prepared import Match
from handouts.quality.reading.verbs import lexicon
from handouts.quality.reading.words import listed, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.quality.reading.prepared import Prepared, Sentence

_BE = {
    "en": listed("am is are was were be been being isn't aren't wasn't weren't"),
    "es": listed("es son sea sean ser sido fue fueron era eran será serán siendo"),
}
_BETWEEN = {
    "en": re.compile(r"(?:not|also|often|never|always|usually|sometimes|only|still|first|then|being|been|\w+ly)$"),
    "es": re.compile(r"(?:también|siempre|nunca|solo|ya|\w+mente)$"),
}
# Participles that tell of a state as often as of an act: passive only with "by" and who does it.
_STATES = {
    "en": listed(
        "advanced aged allergic armed based bent bored broken called closed concerned confused cut detailed diabetic "
        "done dressed exhausted experienced finished fit gone hurt inclined infected injured interested involved "
        "irritated jammed known limited located lost married meant named needed numbed overweight pleased prepared "
        "qualified recovered relaxed retired scared set settled shut skilled spread stressed stuck supposed swollen "
        "tightened tired torn trained trapped unchanged undressed unsettled used varied worn worried"
    ),
    "es": listed(
        "adecuado indicado cuidado debido delicado parecido complicado elevado avanzado seguido limitado "
        "prolongado variado demasiado conocido querido divertido aburrido"
    ),
}
_NO_PARTICIPLE = listed("bed red need feed speed seed indeed hundred naked wicked sacred")
_SPANISH_PARTICIPLE = re.compile(r"(\w+(?:ad|id)o|hecho|visto|puesto|dicho|escrito|cubierto|prescrito)$")
_STRANGER = {
    "en": re.compile(
        r"\b(?:the |a |each |every |most |some )?(?:patients?|individuals?|users?|sufferers?|clients?) "
        r"(?:should|must|may|might|can|will|needs?|ought|is|are|has|have|who)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(?:el|la|los|las|cada|un|una) (?:pacientes?|usuari[oa]s?|enferm[oa]s?) "
        r"(?:debe|deben|puede|pueden|tiene|tienen|es|son|ha|han|que)\b",
        re.IGNORECASE,
    ),
}
_LEADS_IN = {  # a clause or word before the action: "If it hurts, stop."
    "en": listed("if when while after before until once for in on at with to by during from as each every twice"),
    "es": listed("si cuando mientras después antes hasta para en con al a durante desde cada"),
}
_MODIFIERS = {
    "en": re.compile(r"(?:do|not|don't|never|always|please|also|now|then|first|next|only|just|again|\w+ly)$"),
    "es": re.compile(r"(?:no|nunca|siempre|despacio|luego|después|ahora|primero|también|solo|\w+mente)$"),
}
# "Moverme un poco": what a Spanish checklist says. Any other word of these endings is at home in few handouts.
_INFINITIVE = re.compile(r"\w{2,}[aeií]r(?:[mts]e|l[aeo]s?)?$")
_NO_INFINITIVE = listed("lugar mujer hogar ayer taller placer collar muscular celular lumbar similar familiar")
_READER = {
    "en": frozenset({"you", "your", "you're", "you'll", "let"}),
    "es": frozenset({"usted", "ustedes", "su", "sus"}),
}


def passives(prepared: Prepared) -> Iterator[Match]:
    """Sentences in the passive voice; each once."""
    for sentence in prepared.sentences:
        found = _passive(sentence, prepared.language)
        if found:
            yield Match(sentence.passage_index, found, "say who does it", sentence)


def _passive(sentence: Sentence, language: str) -> str:
    lower = [word.casefold().replace("’", "'") for word in sentence.words]
    for index, word in enumerate(lower):
        if word not in _BE[language]:
            continue
        place = index + 1
        while place < len(lower) and place - index <= 2 and _BETWEEN[language].match(lower[place]):
            place += 1
        if place >= len(lower) or not _is_participle(lower[place], language):
            continue
        by = lower[place + 1 : place + 2] == [{"en": "by", "es": "por"}[language]]
        if by or _singular(lower[place], language) not in _STATES[language]:
            return " ".join(sentence.words[index : place + 1])
    return ""


def _is_participle(word: str, language: str) -> bool:
    if language == "es":
        return bool(_SPANISH_PARTICIPLE.match(_singular(word, "es")))
    if word in _NO_PARTICIPLE:
        return False
    return (len(word) > 4 and word.endswith("ed") and not word.endswith("eed")) or (
        word in lexicon("en").participles and not word.endswith("ed")
    )


def _singular(word: str, language: str) -> str:
    return re.sub(r"[oa]s?$", "o", word) if language == "es" else word


def third_person(prepared: Prepared) -> Iterator[Match]:
    """Sentences that speak of a patient instead of to the reader ("the patient should")."""
    for sentence in prepared.sentences:
        found = _STRANGER[prepared.language].search(sentence.text)
        if found:
            yield Match(sentence.passage_index, found[0], {"en": "you", "es": "usted"}[prepared.language], sentence)


def begins_with_action(text: str, language: str) -> bool:
    """Whether a line starts with what to do, or with "you": "Sit tall.", "Do not bounce.", "If it hurts, stop."."""
    clauses = [words(clause, language) for clause in re.split(r"[,:;–—]", text)]
    clauses = [clause for clause in clauses if clause]
    if not clauses:
        return False
    if _starts(clauses[0], language):
        return True
    if all(_MODIFIERS[language].match(word.casefold()) for word in clauses[0]):  # "Slowly, …"
        return any(_starts(each, language) for each in clauses[1:2])
    return clauses[0][0].casefold() in _LEADS_IN[language] and any(_starts(each, language) for each in clauses[1:])


def _starts(clause: tuple[str, ...], language: str) -> bool:
    verbs = lexicon(language)
    for word in (each.casefold().replace("’", "'") for each in clause):
        if word in verbs.asking or word in _READER[language]:
            return True
        if language == "es" and _INFINITIVE.match(word) and word not in _NO_INFINITIVE:
            return True
        if not _MODIFIERS[language].match(word):
            return False
    return False
