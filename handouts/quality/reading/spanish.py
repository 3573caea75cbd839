"""How many syllables a Spanish word has. The spelling tells, by the rules of the Real Academia Española.

Two open vowels (a, e, o) are two syllables; an open vowel and a closed one (i, u) are one, unless the closed one bears
the accent; two different closed vowels are one, whatever the accent. An h between vowels changes nothing
(Ortografía de la lengua española, 2010, II.2.2).
"""

from __future__ import annotations

import re
from itertools import pairwise

_VOWELS = re.compile(r"[aeiouáéíóúü]+")
_OPEN = frozenset("aeoáéó")
_ACCENTED = frozenset("íú")
_PLAIN = str.maketrans("íúü", "iuu")
_LETTERS = {"w": 3, **dict.fromkeys("fhjlmnñrsxz", 2)}  # efe, hache, uve doble


def syllables(word: str) -> int:
    """The syllables of a word in lower case, without hyphens; of a letter, those of its name."""
    if len(word) == 1:
        return _LETTERS.get(word, 1)
    word = re.sub(r"(?<=q)u(?=[eiéí])|(?<=g)u(?=[eiéí])", "", word)  # qu, gu: u is silent, ü is not
    word = re.sub(r"y$|y(?=[^aeiouáéíóú])", "i", word)  # muy; a consonant before a vowel
    word = re.sub(r"(?<=[aeiouáéíóúü])h(?=[aeiouáéíóúü])", "", word)
    return max(1, sum(map(_of_vowels, _VOWELS.findall(word))))


def _of_vowels(vowels: str) -> int:
    """The syllables that neighbouring vowels make."""
    count = 1
    has_open = vowels[0] in _OPEN
    for before, after in pairwise(vowels):
        if _apart(before, after) or (after in _OPEN and has_open):
            count += 1
            has_open = after in _OPEN
        else:
            has_open = has_open or after in _OPEN
    return count


def _apart(before: str, after: str) -> bool:
    """Whether two neighbouring vowels belong to two syllables."""
    if (before in _OPEN) == (after in _OPEN):
        return before in _OPEN or before.translate(_PLAIN) == after.translate(_PLAIN)
    return before in _ACCENTED or after in _ACCENTED
