"""Make the table of words whose syllables the rule gets wrong, and say how often the rule alone is right.

    python docs/reading/syllables.py DICTIONARY WORDS > handouts/quality/reading/english-syllables.txt

DICTIONARY is the CMU Pronouncing Dictionary as text (a word and its sounds on each line; a word's first sounds count),
WORDS a list of common words, a line each (Debian's package wamerican-large): for what is in both, in small letters,
table and rule together give the dictionary's count. Figures go to standard error.
"""

from __future__ import annotations

import re
import sys
from itertools import groupby
from pathlib import Path
from textwrap import wrap

from handouts.quality.reading.english import by_rule

LINE = re.compile(r"""^\W*([a-z']+)(?:\(\d\))?["':\s]+([A-Z]{1,2}[0-2]?(?: [A-Z]{1,2}[0-2]?)*)\W*$""")
CONTRACTION = re.compile(r"[a-z]+(?:n't|'(?:ll|ve|re|d|m))$")
HEAD = """\
# Derived from the CMU Pronouncing Dictionary by docs/reading/syllables.py: common words for which the rule in
# english.py is wrong, with the syllables that the dictionary gives them. The dictionary's notice:
#
# Copyright (C) 1993-2015 Carnegie Mellon University. All rights reserved.
#
# Redistribution and use in source and binary forms, with or without modification, are permitted provided that the
# following conditions are met: 1. Redistributions of source code must retain the above copyright notice, this list of
# conditions and the following disclaimer. The contents of this file are deemed to be source code. 2. Redistributions in
# binary form must reproduce the above copyright notice, this list of conditions and the following disclaimer in the
# documentation and/or other materials provided with the distribution.
#
# This work was supported in part by funding from the Defense Advanced Research Projects Agency, the Office of Naval
# Research and the National Science Foundation of the United States of America, and by member companies of the Carnegie
# Mellon Sphinx Speech Consortium. We acknowledge the contributions of many volunteers to the expansion and improvement
# of this dictionary.
#
# THIS SOFTWARE IS PROVIDED BY CARNEGIE MELLON UNIVERSITY ``AS IS'' AND ANY EXPRESSED OR IMPLIED WARRANTIES, INCLUDING,
# BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN
# NO EVENT SHALL CARNEGIE MELLON UNIVERSITY NOR ITS EMPLOYEES BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL,
# EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS
# OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN
# CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS
# SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
"""


def read_dictionary(file: Path) -> dict[str, int]:
    """Each word with its syllables: the vowels of its first pronunciation, which alone carry a stress."""
    counts: dict[str, int] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        found = LINE.match(line)
        if found:
            counts.setdefault(found[1], max(1, sum(sound.isdigit() for sound in found[2])))
    return counts


def main() -> None:
    """Write the table to standard output."""
    dictionary, common = read_dictionary(Path(sys.argv[1])), set(Path(sys.argv[2]).read_text("utf-8").split())
    counts = {word: count for word, count in dictionary.items() if word.isalpha() and len(word) > 1 and word in common}
    wrong = {word: count for word, count in counts.items() if by_rule(word) != count}
    long = sum((by_rule(word) >= 3) == (count >= 3) for word, count in counts.items())
    print(
        f"{len(counts)} words; the rule alone is right for {1 - len(wrong) / len(counts):.1%}, "
        f'for {long / len(counts):.1%} on "3 or more"; {len(wrong)} exceptions',
        file=sys.stderr,
    )
    wrong |= {word: count for word, count in dictionary.items() if CONTRACTION.match(word)}
    print(HEAD.rstrip())
    for count, words in groupby(sorted((count, word) for word, count in wrong.items()), lambda pair: pair[0]):
        for line in wrap(" ".join(word for _, word in words), 110, break_on_hyphens=False):
            print(count, line)


if __name__ == "__main__":
    main()
