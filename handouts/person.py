"""What belongs to one person: typed for one visit, shown on that person's handout, and nowhere else."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from msgspec import Struct

from handouts.errors import Diagnostic, UsageError

if TYPE_CHECKING:
    from collections.abc import Container

# Signs without ink that turn the text around them: a name that holds one would print as another name.
TURNING_SIGNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# Signs without ink and without a meaning for who reads: they come along when a name is copied.
INVISIBLE = "\u00ad\u200b\u2060\ufeff"
_WITHOUT = dict.fromkeys(map(ord, INVISIBLE))
# No line has room for so many.
MOST_CHARACTERS = 1000


def unprintable(text: str) -> bool:
    """Whether a text has control characters (but for tabs and new lines), or signs that turn its direction."""
    if text.isascii() and text.isprintable():  # most are
        return False
    return any(
        (unicodedata.category(character) in {"Cc", "Cs", "Co"} and character not in "\t\n\r")
        or character in TURNING_SIGNS
        for character in text
    )


class Person(Struct, frozen=True):
    """What belongs to one person. Empty values leave their lines to write on."""

    patient: str = ""
    date: str = ""
    clinician: str = ""
    phone: str = ""
    next_visit: str = ""

    def values(self) -> dict[str, str]:
        """The values that are not empty, by field name, on one line each.

        Raises UsageError for control characters, and for signs that turn the text and would make another name of
        it; the message names the option, never the value.
        """
        found: dict[str, str] = {}
        for field in self.__struct_fields__:
            value = " ".join(getattr(self, field).translate(_WITHOUT).split())
            if not value:
                continue
            name = field.replace("_", "-")
            if unprintable(value):
                hint = "it was copied with a sign that nobody sees: delete it all, and type it"
                raise UsageError(Diagnostic("U103", f"--{name} holds a control character", hint))
            if len(value) > MOST_CHARACTERS:
                message = f"--{name} is longer than {MOST_CHARACTERS} characters"
                raise UsageError(Diagnostic("U103", message, "shorten it, or put it into the note"))
            found[name] = unicodedata.normalize("NFC", value)
        return found

    def values_for(self, fields: Container[str]) -> dict[str, str]:
        """As `values`, for a panel that has these fields. Raises UsageError for a value that has no line there."""
        values = self.values()
        homeless = [name for name in values if name not in fields]
        if homeless:
            raise UsageError(
                [
                    Diagnostic("U108", f"--{name}: this template has no line for it", "leave it out, or add a <field>")
                    for name in homeless
                ]
            )
        return values

    def only(self, fields: Container[str]) -> Person:
        """The person with the values that have a line there: for one handout of several."""
        return Person(
            *(getattr(self, each) if each.replace("_", "-") in fields else "" for each in self.__struct_fields__)
        )

    @property
    def characters(self) -> frozenset[str]:
        """Every character that the sheet's panel must be able to show."""
        return frozenset("".join(self.values().values()))


# The values, as options, columns, lines of the panel and messages name them.
FIELDS = tuple(field.replace("_", "-") for field in Person.__struct_fields__)
