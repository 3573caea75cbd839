"""The rules by id: what each asks, where it comes from, and who decides it. docs/rules.md says it in full.

PEMAT is AHRQ's Patient Education Materials Assessment Tool, CCI is CDC's Clear Communication Index; numbers after
them are their items. No score of either is made up here: a program decides some of their items, a person the others.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

# check: a function here · engine: no sheet can be made otherwise (docs/rules.md says what sees to it, and which test
# shows it) · person: a reviewer judges, and signs.
Decider = Literal["check", "engine", "person"]


class Criterion(Struct, frozen=True):
    """One rule: its id, what it asks in a line, its source and who decides it."""

    id: str
    title: str
    source: str
    decided_by: Decider = "check"


CATALOGUE = (
    Criterion("R01", "SMOG grade 8 at most", "SMOG (McLaughlin 1969); hospital guides"),
    Criterion("R02", "Flesch–Kincaid grade 6 at most", "AMA"),
    Criterion("R03", "Short sentences", "CMS Toolkit"),
    Criterion("R04", "Short paragraphs", "PEMAT 8"),
    Criterion("R05", "No list over seven items without sub-headings", "CCI 8"),
    Criterion("R06", "A heading at least every 150 words, and no empty section", "PEMAT 9, CCI 9"),
    Criterion("R07", "Heading levels do not skip", "WCAG 1.3.1"),
    Criterion("R08", "Exactly one main message, first, set off from the text", "CCI 1–3"),
    Criterion("R09", "Key points or a summary", "PEMAT 11"),
    Criterion("R10", "Something to do, said as an action", "PEMAT 20–21"),
    Criterion("R11", "Actions in numbered steps of 20 words at most", "PEMAT 22"),
    Criterion("R12", "A tool to use: a checklist, a log, questions to ask", "PEMAT 23"),
    Criterion("R13", "Each action says why", "CCI 13"),
    Criterion("R14", "Each exercise has a dose and says when to stop", "CCI 14"),
    Criterion("R15", "When to get help, on the first page, with a number to call", "CCI 14"),
    Criterion("R16", "Each warning sign has an urgency", "clinical practice"),
    Criterion("R17", "Ten sentences in a hundred in the passive voice at most", "PEMAT 5"),
    Criterion("R18", "Speaks to the reader", "PEMAT 21"),
    Criterion("R19", "Medical words are explained where they are first used", "PEMAT 4, CCI 7"),
    Criterion("R20", "Acronyms are spelled out at first use", "CCI 7"),
    Criterion("R21", "Plain words for long ones", "PEMAT 3"),
    Criterion("R22", "No dangerous way to write a dose", "Joint Commission, ISMP"),
    Criterion("R23", "No sums for the reader", "PEMAT 7"),
    Criterion("R24", "Numbers of risk come with words, all out of the same number", "CCI 17, 20"),
    Criterion("R25", "Each treatment has a benefit and a risk", "CCI 19, DISCERN"),
    Criterion("R26", "Says what is not known or varies", "CCI 11"),
    Criterion("R27", "Each picture has alternate text and a short caption", "PEMAT 17, WCAG 1.1.1"),
    Criterion("R28", "Tables have a header row and four columns at most", "PEMAT 19"),
    Criterion("R29", "Says who wrote and who reviewed it, when, and from what", "JAMA benchmarks, CMS Toolkit 4"),
    Criterion("R30", "Reviewed in time", "hospital policies"),
    Criterion("R31", "Each section that claims cites a source that exists", "JAMA benchmarks"),
    Criterion("R32", "Type large enough", "CMS Toolkit 6, ACB", "engine"),
    Criterion("R33", "Lines of 55 to 75 characters, with room between", "CMS Toolkit 6, ACB", "engine"),
    Criterion("R34", "No runs of capitals or italics", "CMS Toolkit 6, ACB", "engine"),
    Criterion("R35", "Contrast of text at least 4.5 to 1", "WCAG 1.4.3", "engine"),
    Criterion("R36", "The PDF is tagged, titled, in a language, its fonts embedded", "ISO 14289-1", "engine"),
    Criterion("R37", "Four sides for a handout, two for a checklist at most", "JAMIA 2014"),
    Criterion("R38", "Four exercises at most", "adherence studies"),
    Criterion("R39", "Nothing left over: no variable, no note to self, no hidden character", "house rule"),
    Criterion("R40", "The disclaimer is on every page", "mission", "engine"),
    Criterion("R41", "No heading alone at the end of a page, no split item", "usability studies", "engine"),
    Criterion("R42", "A translation says who made it and of which text", "house rule"),
    Criterion("R43", "Reading formulas only for the language they were made for", "house rule", "engine"),
    Criterion("R44", "Accuracy, culture, clear pictures, a logical order", "PEMAT 10, 16, 18", "person"),
)
