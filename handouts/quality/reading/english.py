"""How many syllables an English word has: a table of exceptions first, then a rule from its spelling.

The table (`english-syllables.txt`) holds the common words for which the rule disagrees with the CMU Pronouncing
Dictionary, so that rule and table together give the dictionary's count for each of them; `docs/reading/syllables.py`
makes it and tells how often the rule alone is right. `english-medicine.txt` holds words of medicine that the
dictionary lacks, counted by hand.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_VOWELS = re.compile(r"[aeiouy]+")

# Where a letter stops being a vowel, or a vowel falls silent: put right before the vowels are counted.
_RESPELLED = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"^y(?=[aeiou])|(?<=[aeiou])y(?=[aeiou])", "j"),  # yes, beyond
        (r"(?<=q)u|(?<=g)u(?=[aeiy])", "w"),  # quick, guess
        (r"(?<=..)ie(?=[sd]$)", "y"),  # studies, studied
        (r"ically$", "icly"),  # basically
        (
            (
                r"^(fore|there|where|here|some|home|house|life|fire|wide|safe|base|store|care|wave|note|name|grave|space"
                r"|sure|time|like|side|bone|tape|page|shoe)(?=[bcdfghjklmnpqrstvwz][a-z]{2}|[aiou][a-z]{3})"
            ),
            lambda match: match[1][:-1],  # lifestyle, whereas
        ),
        (
            (
                r"(?<=[^aeiouy])e(?=(?:ly|ments?|mental|ful|fully|fulness|less|lessly|lessness|ness|nesses|some"
                r"|[sw]?m[ae]n|things?|times?|ways?|work|works|working|homes?|lines?|bod(?:y|ies)|likes?|crafts?|ports?"
                r"|houses?|holds?|wheels?|boards?|backs?|stones?|cares?|rooms?|sides?|lights?|words?|guards?|down|hood"
                r"|keepers?|makers?|making|yards?|pieces?|hands?)$)"
            ),
            "",  # lately, movement, something
        ),
        (r"(?<=[^aeiouy])(?<![csxzg])(?<![cs]h)(?<![^aeiouylr]l)es$", "s"),  # makes, not places, dishes, muscles
        (r"(?<=[^aeiouy])(?<![td])(?<![^aeiouylr]l)(?<![^aeiouyr]r)ed$", "d"),  # walked, not waited, handled
        (r"(?<=[^aeiouy])(?<![^aeiouylr]l)e$", ""),  # make, not muscle
    )
)

# Places where neighbouring vowels, or none, make one syllable more.
_ONE_MORE = re.compile(
    "|".join(
        (
            r"(?<=[^aeiouytscgx])i(?=a|ous|o(?!u?s?l?y?$))",  # median, various, biology
            r"(?<=[aeiou][tsc])i(?=at[eio])",  # initiate, associate
            r"(?<=[^aeiouytcs])i(?=en[ct]|ens?$|eni)",  # client, alien
            r"i(?=et[yia])|^(?:d|qu)i(?=et)",  # anxiety, diet, quiet
            r"i(?=um|us$)",  # calcium, radius
            r"(?<=[^aeioucts])i(?=est?$|er$)",  # easiest, easier
            r"(?<=[aeiouy])i(?=ngs?(?:ly)?$|ngness$|s[mt](?:s|ic)?$)",  # going, egoist
            r"(?<=[^aeioqg])u(?=a|ou|os|ity)|(?<=[^aeioqgs])u(?=en[ct])",  # gradual, fluent
            r"(?<=[^g])e(?=o[^u])|o(?=e[tm]|a$|i[cn]$)",  # video, poem, heroic
            r"(?<=[^aeiou])e(?=at(?:ed?|es|ing|ions?|ors?|ive)$|um|us$|ali|all?y?$|als$|ans?$|as$)",  # create, area
            r"^r?e(?=ac[tq]|adj|aff|ali|all|ana|app|arm|arr|ass|att|awa|e[lmnsvx]|i[mnst]|o|u[ns])",  # react
            r"^co(?=a[gl]|e[drx]|i[nt]|o[pr])|^pre(?=[aeio])|^de(?=ac|es|i[nt])",  # cooperate, preexist
            r"^(?:b|tr|h|d|g|l|v|ph|pl|br|sc)i(?=a|en|o)",  # biopsy, giant
            r"sms?$|thms?$|^mc(?=[^aeiouy])",  # spasm, rhythm
            r"(?<=[bdfgkptz])l(?=ing(?:s|ly)?$)",  # tingling
        )
    )
)


def syllables(word: str) -> int:
    """The syllables of a word in lower case, without hyphens; of a letter, those of its name."""
    word, possessive, _ = word.partition("'s") if word.endswith("'s") else (word, "", "")
    more = 1 if possessive and re.search(r"(?:[sxz]|[cs]h|[cg]e|se|ze)$", word) else 0
    known = _table().get(word)
    return (known if known is not None else by_rule(word)) + more


def by_rule(word: str) -> int:
    """The syllables that the spelling suggests."""
    for pattern, replacement in _RESPELLED:
        word = pattern.sub(replacement, word)
    return max(1, len(_VOWELS.findall(word)) + len(_ONE_MORE.findall(word)))


@cache
def _table() -> dict[str, int]:
    return {"w": 3, **read_list("english-syllables.txt"), **read_list("english-medicine.txt")}


def read_list(name: str) -> dict[str, int]:
    """The words of a list with their counts. A line is a count and the words that have it; # starts a remark."""
    table: dict[str, int] = {}
    for line in (files(__package__) / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            count, *words = line.split()
            table.update(dict.fromkeys(words, int(count)))
    return table
