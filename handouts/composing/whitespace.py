"""White space in a template's words, as a browser treats it. Phase 3, COMPOSE."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handouts.document import LineBreak, Text

if TYPE_CHECKING:
    from handouts.document import Inline


def folded(text: str) -> str:
    """White space as a browser folds it: runs of it become one space. A space that does not break is none of it."""
    return re.sub("[ \\t\\r\\n]+", " ", text)


def trimmed(inlines: list[Inline]) -> tuple[Inline, ...]:
    """Without white space at the ends, and without two spaces in a row."""
    result: list[Inline] = []
    for inline in inlines:
        current = inline
        if isinstance(current, Text):
            text = current.text
            previous = result[-1] if result else None
            at_start = previous is None or isinstance(previous, LineBreak)
            if at_start or (isinstance(previous, Text) and previous.text.endswith(" ")):
                text = text.lstrip(" ")
            if not text:
                continue
            current = Text(text)
        result.append(current)
    while result and isinstance(result[-1], Text):
        text = result[-1].text.rstrip(" ")
        if text:
            result[-1] = Text(text)
            break
        result.pop()
    return tuple(result)
