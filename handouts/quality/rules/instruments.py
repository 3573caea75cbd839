"""Which points of PEMAT and of CDC's Clear Communication Index the rules here decide, and which need a person.

PEMAT is the Patient Education Materials Assessment Tool for printable materials (AHRQ Publication 14-0002-EF, 2013):
24 items, numbered 1 to 26 without 13 and 14, which are about sound and film. The Index (CDC, 2013) has 20 items. What
an item is about is said in our own words; whoever rates with an instrument takes its own. docs/rules.md has the same.

No score is made of them: a program cannot answer for the reader.
"""

from __future__ import annotations

from msgspec import Struct


class Item(Struct, frozen=True):
    """An item of an instrument: its number, what it is about, the rules that look at it, and whether a person must."""

    number: int
    about: str
    rules: tuple[str, ...] = ()
    person: bool = False


class Instrument(Struct, frozen=True):
    """An instrument with its items."""

    name: str
    items: tuple[Item, ...]


def _item(number: int, about: str, rules: str = "", *, person: bool = False) -> Item:
    return Item(number, about, tuple(rules.split()), person or not rules)


INSTRUMENTS = (
    Instrument(
        "PEMAT (print)",
        (
            _item(1, "what it is for is clear at once", "R08", person=True),
            _item(2, "nothing leads away from the point"),
            _item(3, "everyday words", "R01 R02 R03 R21", person=True),
            _item(4, "medical words only where needed, and explained", "R19 R20", person=True),
            _item(5, "active voice", "R17"),
            _item(6, "numbers that are easy to take in", "R22 R24", person=True),
            _item(7, "no sums for the reader", "R23"),
            _item(8, "short parts", "R04 R05 R06"),
            _item(9, "headings that tell what follows", "R06 R07", person=True),
            _item(10, "an order that makes sense"),
            _item(11, "a summary", "R09"),
            _item(12, "what matters most stands out", "R08 R15 R16"),
            _item(15, "pictures wherever they would help"),
            _item(16, "pictures that serve the text"),
            _item(17, "pictures with titles or captions", "R27"),
            _item(18, "pictures that are clear and not crowded"),
            _item(19, "simple tables with clear headings", "R28"),
            _item(20, "something that the reader can do", "R10"),
            _item(21, "actions that speak to the reader", "R10 R18"),
            _item(22, "actions in small, plain steps", "R11"),
            _item(23, "a tool to act with, such as a checklist", "R12"),
            _item(24, "help with sums, where there are any", "R23"),
            _item(25, "how to use charts, tables and drawings"),
            _item(26, "pictures that make it easier to act"),
        ),
    ),
    Instrument(
        "CDC Clear Communication Index",
        (
            _item(1, "one main message", "R08"),
            _item(2, "the main message comes first", "R08"),
            _item(3, "the main message is set off", "R08"),
            _item(4, "a picture that goes with the main message"),
            _item(5, "a call to act", "R10"),
            _item(6, "message and call in the active voice", "R17", person=True),
            _item(7, "words that these readers use", "R19 R20 R21", person=True),
            _item(8, "lists", "R05 R11"),
            _item(9, "parts with headings", "R06 R07"),
            _item(10, "what readers need most is summed up first", "R08 R09", person=True),
            _item(11, "what is known, and what is not", "R26", person=True),
            _item(12, "something recommended to do", "R10"),
            _item(13, "why it matters", "R13"),
            _item(14, "how to do it, and when to stop or get help", "R11 R14 R15"),
            _item(15, "numbers that these readers use", "R22", person=True),
            _item(16, "what numbers mean", "R24", person=True),
            _item(17, "no sums, and one denominator", "R23 R24"),
            _item(18, "what the risk is, and to whom", "R25", person=True),
            _item(19, "benefits and risks both", "R25"),
            _item(20, "odds with words or a picture", "R24"),
        ),
    ),
)
