"""Make `article-shingles.txt`: what stands in the source article, without the article.

Every eight words in a row of the article become one line: the first 12 hexadecimal digits of the SHA-256 of the words,
lower-case, without punctuation, joined by single spaces. The lines are sorted, so that they do not tell the
article's order. tests/test_content.py does the same to every sentence of the shipped content and compares.

    python tests/content/make_shingles.py psoas-major-muscle-spasm.txt

The article is another author's and is not in this repository; run this again only when it changes.
"""

import hashlib
import re
import sys
from pathlib import Path

LENGTH = 8
FILE = Path(__file__).with_name("article-shingles.txt")


def words(text):
    """The words of a text in lower case; an apostrophe is a part of its word, other punctuation is nothing."""
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.lower().replace("’", "'"))


def shingles(text):
    """Every eight words in a row, with their hash."""
    found = words(text)
    for start in range(len(found) - LENGTH + 1):
        phrase = " ".join(found[start : start + LENGTH])
        yield hashlib.sha256(phrase.encode()).hexdigest()[:12], phrase


if __name__ == "__main__":
    article = Path(sys.argv[1]).read_text(encoding="utf-8")
    hashes = sorted({digest for digest, _ in shingles(article)})
    FILE.write_text("\n".join(hashes) + "\n", encoding="ascii")
    sys.stdout.write(f"{len(hashes)} lines\n")
