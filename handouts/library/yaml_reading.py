"""A YAML file read from the parser's events. Phase 1, LOAD.

Imported when a file has to be parsed: PyYAML takes its time.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

import yaml

from handouts.errors import ContentError, Diagnostic
from handouts.library.yaml_source import MAX_PROBLEMS, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.library.yaml_source import Path_, Value, YamlSource

MAX_DEPTH = 24

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+\Z")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Signs without ink: they turn the text around them, part words, or hide in them. U+200C and U+200D spell words of
# Persian and Hindi; where they do not, R39 finds them.
_HIDDEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f]"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
# Plain scalars that YAML 1.1 readers take for something else than the text they look like.
_SURPRISES = (
    (re.compile(r"(?i)(y|n|yes|no|on|off)\Z"), "some YAML readers take it for true or false"),
    (
        re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?\Z"),
        "some YAML readers take it for a base-60 number",
    ),
    (re.compile(r"[-+]?0[0-9_]+\Z"), "some YAML readers take it for an octal number"),
    (re.compile(r"[-+]?0[xob][0-9a-fA-F_]+\Z"), "YAML readers differ on what number it is"),
    (
        re.compile(r"[-+]?\.?[0-9][0-9_]*\.?[0-9_]*([eE][-+]?[0-9]+)?\Z"),
        "YAML readers differ on what number it is",
    ),
    (re.compile(r"(?i)[-+]?\.(inf|nan)\Z"), "it is not a number that a handout can use"),
    (re.compile(r"(?i)(true|false|null)\Z"), "only small letters make it true, false or nothing for every YAML reader"),
)
_loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _place(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)


class Reading:
    """One reading of a file: its value, what is wrong with it, and where everything is when that is asked for."""

    def __init__(self, source: YamlSource, *, with_places: bool = False) -> None:
        self.source = source
        self.with_places = with_places
        self.places: dict[Path_, tuple[Place, Place]] = {}
        self.problems: list[Diagnostic] = []
        self.events: Iterator[Any] = iter(())

    def value(self) -> Value:
        """The file's value, as far as it can be read. Raises ContentError when nothing of it can."""
        try:
            # Not yaml.parse(), which asks the parser three times for each event.
            self.events = iter(_loader(self.source.text).get_event, None)
            next(self.events)  # stream start
            event = next(self.events)
            if isinstance(event, yaml.StreamEndEvent):
                return None
            value = self._node(next(self.events), (), 0)
            next(self.events)  # document end
            event = next(self.events)
            if not isinstance(event, yaml.StreamEndEvent):
                self._problem(event, "Y106", "a second document starts here", "one file holds one document")
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
            if "nesting depth" in (error.problem or ""):  # libyaml gives up, too, when it looks far ahead
                raise self._too_deep(place) from None
            lines = self.source.text.split("\n")
            if mark and mark.line < len(lines) and lines[mark.line].startswith("\t", mark.column):
                raise ContentError(self.source.at(place, "Y104", "has a tab", "use spaces")) from None
            message = " ".join(part for part in (error.context, error.problem) if part)
            raise ContentError(
                self.source.at(
                    place,
                    "Y104",
                    f"is not valid YAML: {message}",
                    "check the indentation and the quotes on this line and the one before; "
                    'put a text with ": " or " #" in it in quotes',
                )
            ) from None
        except yaml.YAMLError as error:  # a character that YAML does not allow
            offset = getattr(error, "position", 0) or 0
            line = self.source.text.count("\n", 0, offset) + 1
            raise ContentError(
                self.source.at(
                    Place(line, 1), "Y104", "has a character that YAML does not allow", "delete the character"
                )
            ) from None
        return value

    def _problem(self, event: Any, code: str, message: str, hint: str = "") -> None:
        self._add(self.source.at(_place(event), code, message, hint))

    def _add(self, problem: Diagnostic) -> None:
        self.problems.append(problem)
        if len(self.problems) == MAX_PROBLEMS:
            raise ContentError(self.problems)

    def _too_deep(self, place: Place) -> ContentError:
        return ContentError(self.source.at(place, "Y109", f"is nested more than {MAX_DEPTH} levels deep"))

    def _node(self, event: Any, path: Path_, depth: int) -> Value:
        if self.with_places and path not in self.places:
            place = _place(event)
            self.places[path] = (place, place)
        if type(event) is yaml.ScalarEvent and event.anchor is None and event.tag is None:  # most are
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            self._problem(event, "Y107", f"*{event.anchor} is an alias", "write the value again; aliases are refused")
            return None
        self._refuse_marks(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if depth >= MAX_DEPTH:
            mark = event.start_mark
            raise self._too_deep(Place(mark.line + 1, mark.column + 1))
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Value] = []
            while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
                items.append(self._node(event, (*path, len(items)), depth + 1))
            return items
        return self._mapping(path, depth)

    def _refuse_marks(self, event: Any) -> None:
        """Anchors and tags, on values and on keys."""
        if event.anchor is not None:
            self._problem(event, "Y107", f"&{event.anchor} is an anchor", "delete it; aliases are refused")
        if event.tag is not None and not (isinstance(event, yaml.ScalarEvent) and event.tag == "!"):
            self._problem(event, "Y108", f"the tag {event.tag} is not used here", "delete it")

    def _mapping(self, path: Path_, depth: int) -> dict[str, Value]:
        mapping: dict[str, Value] = {}
        keys: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._problem(event, "Y110", "a key must be a word")
                self._node(event, (*path, "?"), depth + 1)
                self._node(next(self.events), (*path, "?"), depth + 1)
                continue
            self._refuse_marks(event)
            key = self._text(event)
            if key == "<<":
                self._problem(event, "Y107", "merge keys are refused", "write the values out")
            if key in mapping:
                self._problem(
                    event,
                    "Y105",
                    f'the key "{key}" stands here a second time (first in line {_place(keys[key]).line})',
                    "keep one of them",
                )
            keys.setdefault(key, event)
            child = (*path, key)
            value = next(self.events)
            if self.with_places:
                self.places[child] = (_place(event), _place(value))
            mapping[key] = self._node(value, child, depth + 1)
        return mapping

    def _text(self, event: Any) -> str:
        """The scalar's text. Only an escape in double quotes can make a control character."""
        text: str = event.value
        if text.isprintable():
            return text
        if event.style == '"' and _CONTROL.search(text):
            self._problem(event, "Y112", "holds a control character", "delete the \\ and what belongs to it")
        hidden = _HIDDEN.search(text)
        if hidden:
            self._hidden(event, hidden[0])
        return text

    def _hidden(self, event: Any, sign: str) -> None:
        """A sign that nobody sees, at its line where it is not written as an escape."""
        name = unicodedata.name(sign, "a sign without ink")
        message = f"holds a sign that nobody sees: U+{ord(sign):04X} {name}"
        offset = self.source.text.find(sign, event.start_mark.index, event.end_mark.index)
        place = _place(event)
        if offset >= 0:
            line_start = self.source.text.rfind("\n", 0, offset) + 1
            place = Place(self.source.text.count("\n", 0, offset) + 1, offset - line_start + 1)
        self._add(self.source.at(place, "Y113", message, "delete it, or type the text again: copied text may hold it"))

    def _scalar(self, event: Any) -> Value:
        text = self._text(event)
        if event.style or event.tag == "!" or (len(text) > len("false") and text[0].isalpha()):
            return text  # quoted, or a word too long to be taken for something else
        if text in {"", "~", "null"}:
            return None
        if text in {"true", "false"}:
            return text == "true"
        if _INTEGER.match(text):
            return int(text) if len(text) < 16 else text
        if _DECIMAL.match(text):
            return float(text)
        if _DATE.match(text):
            return text
        if len(text) < 40:
            for pattern, why in _SURPRISES:
                if pattern.match(text):
                    self._problem(event, "Y111", f"{text} is not clear: {why}", f'put it in quotes: "{text}"')
                    break
        return text
