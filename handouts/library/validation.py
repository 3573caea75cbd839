"""From plain values to models, with every problem at once. Phase 1, LOAD.

msgspec converts fast but stops at the first problem. When it does, the value is walked once more, part by part,
so that the author sees all of them, each at its place in the file.
"""

from __future__ import annotations

import re
import types
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec

from handouts.errors import ContentError, Diagnostic, nearest
from handouts.library import clinic, models, shapes
from handouts.library.yaml_source import MAX_PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handouts.library.yaml_source import Path_, YamlSource

T = TypeVar("T")

# Keys that had a place here once, and what took it.
_GONE: dict[tuple[type[msgspec.Struct], str], str] = {
    (models.Provenance, key): "delete it: handouts review sign writes down who reviewed the text, and when"
    for key in ("reviewer", "reviewed")
}

_NOUNS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a mapping (key: value)",
    "null": "nothing",
    "date": "a date (2026-11-23)",
}
_SHAPES = {
    shapes.VISIBLE: "must not be empty",
    shapes.NAME: "expected lower-case letters, digits and hyphens (a-name-like-this)",
    shapes.ITEM_REFERENCE: "expected a section and an item (section/item)",
    shapes.ARTICLE_PLACE: "expected article/SECTION/NUMBER",
    shapes.LANGUAGE_CODE: "expected a language code (en)",
    shapes.NAME_ON_A_LINE: "must be one line, without control characters and signs that turn the text around them",
    shapes.DURATION: "expected a time of 60 minutes at most (30s, 2min)",
    shapes.HOLD: "expected a time of 10 minutes at most (30s, 2min)",
    shapes.DURATION_IN_WORDS: "expected a time of 60 minutes at most (30s, 2min), or words",
    shapes.HOLD_IN_WORDS: "expected a time of 10 minutes at most (30s, 2min), or words",
    shapes.DATE: "expected a year, a month or a date (2026, 2026-11, 2026-11-23)",
    shapes.ADDRESS: "expected an address (https://…)",
    shapes.HASH: "expected a hash (64 of 0-9 and a-f)",
    shapes.PICTURE: "expected the name of an SVG, PNG or JPEG file, without a folder (bridge.svg)",
    clinic.COLOUR: "expected a colour (#1d5c6b)",
    clinic.WEB_PAGE: "expected an address that a telephone opens (https://example.org/page): no spaces, no accents",
}


def read_model(source: YamlSource, model: type[T]) -> T:
    """The file's value as `model`. Raises ContentError with its problems, each at its line; 100 at most.

    A file of remarks alone says nothing, and lacks what it must say.
    """
    value = {} if source.value is None else source.value
    try:
        return msgspec.convert(value, model, strict=True)
    except msgspec.ValidationError:
        raise ContentError(list(islice(_problems(source, value, model, ()), MAX_PROBLEMS))) from None


def _problems(source: YamlSource, value: Any, model: Any, path: Path_) -> Iterator[Diagnostic]:
    try:
        msgspec.convert(value, model, strict=True)
    except msgspec.ValidationError as error:
        failure = error
    else:
        return
    chosen = _choose(model, value)
    inside = _problems_inside(source, value, chosen, path)
    first = next(inside, None)
    if first is not None:
        yield first
        yield from inside
        return
    hint = ""
    if get_origin(chosen) is Literal:
        hint = nearest(str(value), map(str, get_args(chosen)))
    elif isinstance(value, int | float) and "Expected `str" in str(failure):
        hint = "put it in quotes"
    elif isinstance(value, str) and path and path[-1] == "dose":
        hint = "say it by its keys: {sets: 3, repetitions: 10, times-a-day: 2}"
    elif isinstance(value, str) and "Expected `array" in str(failure):
        hint = 'make it a list: each on a line of its own that begins with "- "'
    yield source.diagnostic(path, "C201", _plain(str(failure)), hint)


def _choose(model: Any, value: Any) -> Any:
    """The member of a union that the value was meant to be."""
    if get_origin(model) is Annotated:
        return _choose(get_args(model)[0], value)
    if get_origin(model) in {Union, types.UnionType}:
        members = [member for member in get_args(model) if member is not type(None)]
        for member in members:
            outer = get_origin(member) or member
            is_struct = isinstance(outer, type) and issubclass(outer, msgspec.Struct)
            if isinstance(value, dict) and (is_struct or outer is dict):
                return _choose(member, value)
            if isinstance(value, list) and outer in {tuple, list}:
                return _choose(member, value)
        return members[0] if len(members) == 1 else model
    return model


def _problems_inside(source: YamlSource, value: Any, model: Any, path: Path_) -> Iterator[Diagnostic]:
    outer = get_origin(model) or model
    arguments = get_args(model)
    if isinstance(outer, type) and issubclass(outer, msgspec.Struct) and isinstance(value, dict):
        fields = _fields(outer)
        for key in value:
            if key not in fields:
                hint = _GONE.get((outer, key)) or nearest(key, fields)
                yield source.diagnostic((*path, key), "C203", "this key is not known here", hint, key=True)
        for name, field in fields.items():
            if name in value:
                yield from _problems(source, value[name], field.type, (*path, name))
            elif field.required:
                yield source.diagnostic(path, "C202", f'the key "{name}" is missing', f"add {name}:")
    elif outer in {tuple, list} and isinstance(value, list) and arguments:
        for index, item in enumerate(value):
            yield from _problems(source, item, arguments[0], (*path, index))
    elif outer is dict and isinstance(value, dict):
        for key, item in value.items():
            for _ in _problems(source, key, arguments[0], path):
                yield source.diagnostic((*path, key), "C203", "this key is not known here", key=True)
            yield from _problems(source, item, arguments[1], (*path, key))


@cache  # msgspec reads the annotations anew each time
def _fields(model: type[msgspec.Struct]) -> dict[str, msgspec.structs.FieldInfo]:
    """The keys that a mapping may have."""
    return {field.encode_name: field for field in msgspec.structs.fields(model)}


def _plain(message: str) -> str:
    """Msgspec's message in the words of someone who writes content."""
    message = re.sub(r" - at .*", "", message)
    expected = re.match(r"Expected `(.+?)`, got `(.+?)`", message)
    if expected:
        wanted, got = (
            " or ".join(_NOUNS.get(part.strip(), part.strip()) for part in side.split("|"))
            for side in expected.groups()
        )
        return f"expected {wanted}, found {got}"
    invalid = re.match(r"Invalid enum value (.+)", message)
    if invalid:
        return f"{invalid[1]} is not one of the values allowed here"
    if " matching regex " in message:
        return next(said for shape, said in _SHAPES.items() if repr(shape) in message)
    if "of length >= 1" in message:
        return "must not be empty"
    too_long = re.match(r"Expected `(\w+)` of length <= (\d+)", message)
    if too_long:
        return f"must be at most {too_long[2]} {'characters' if too_long[1] == 'str' else 'entries'} long"
    bound = re.match(r"Expected `(?:int|float)` (<=|>=) (\S+)", message)
    if bound:
        return f"must be {'at most' if bound[1] == '<=' else 'at least'} {bound[2]}"
    return message[0].lower() + message[1:]
