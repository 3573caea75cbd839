"""YAML without surprises: what a plain scalar means, what is refused, and where."""

import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.errors import ContentError
from handouts.library.yaml_source import YamlSource


@pytest.fixture
def read(tmp_path):
    def read(text):
        file = tmp_path / "a.yaml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return YamlSource(file, "a.yaml")

    return read


@pytest.fixture
def problems(read):
    def problems(text):
        with pytest.raises(ContentError) as caught:
            print(read(text).value)  # noqa: T201  what was read shows in the report when it should have been refused
        return caught.value.diagnostics

    return problems


# ------------------------------------------------------------------ what scalars mean


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("word", "word"),
        ("5", 5),
        ("-5", -5),
        ("0", 0),
        ("1.50", 1.5),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ('"no"', "no"),
        ("'12:30'", "12:30"),
        ('"5"', "5"),
        ('""', ""),
        ("2026-11-23", "2026-11-23"),
        ("Norway", "Norway"),
        ("no pain", "no pain"),
        ("5 times", "5 times"),
        ("12:30 to 14:00", "12:30 to 14:00"),
        ("1.2.3", "1.2.3"),
        ("C#", "C#"),
        ("nobody", "nobody"),
        ("1234567890123456", "1234567890123456"),
        ("AT&T", "AT&T"),
        ("2 * 3", "2 * 3"),
    ],
)
def test_a_plain_scalar_means_what_it_looks_like(read, scalar, value):
    assert read(f"key: {scalar}\n").value == {"key": value}
    assert type(read(f"key: {scalar}\n").value["key"]) is type(value)


@pytest.mark.parametrize(
    "scalar",
    [
        *("no", "No", "NO", "yes", "Yes", "on", "On", "off", "OFF", "y", "Y", "n", "N"),
        *("12:30", "1:30:05", "12:30.5", "-1:30"),
        *("010", "007", "-01", "0x1F", "0o17", "0b101"),
        *("1_000", "1e3", "1.5e-3", ".5", "5.", "+.5"),
        *(".inf", "-.INF", ".nan", ".NaN"),
    ],
)
def test_a_scalar_that_yaml_readers_take_for_something_else_is_refused(problems, scalar):
    (problem,) = problems(f"first: word\nkey: {scalar}\n")
    assert (problem.code, problem.line, problem.column) == ("Y111", 2, 6)
    assert problem.message.startswith(scalar)
    assert problem.hint == f'put it in quotes: "{scalar}"'


def test_a_surprise_in_a_list_is_refused_too(problems):
    assert [(each.code, each.line) for each in problems("key:\n  - no\n  - [on, word]\n")] == [("Y111", 2), ("Y111", 3)]


# Numbers from 16 digits on stay text (no number of a handout is as long), and dates stay text until a model reads them.
_PIECES = ["0", "1", "12", "60", ":", ".", "_", "e", "E", "+", "-", "x", "b", "o", "inf", "nan"]
_WORDS = [
    "true",
    "True",
    "TRUE",
    "false",
    "False",
    "no",
    "No",
    "yes",
    "YES",
    "on",
    "off",
    "y",
    "n",
    "null",
    "Null",
    "~",
]


@pytest.fixture(scope="module")
def scalar_file(tmp_path_factory):
    return tmp_path_factory.mktemp("scalar") / "a.yaml"


@settings(deadline=None, max_examples=200)
@given(scalar=st.one_of(st.sampled_from(_WORDS), st.lists(st.sampled_from(_PIECES), max_size=5).map("".join)))
def test_a_scalar_is_refused_or_means_the_same_to_other_readers(scalar_file, scalar):
    text = f"key: {scalar}\n"
    scalar_file.write_text(text)
    try:
        ours = YamlSource(scalar_file, "a.yaml").value
    except ContentError:
        return
    try:
        theirs = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return
    assert ours == theirs
    assert type(ours["key"]) is type(theirs["key"])


# ------------------------------------------------------------------ what is refused


REFUSED = {
    "a duplicate key": ("a: 1\nb: 2\na: 3\n", "Y105", 3, 1),
    "a duplicate key in quotes": ('a: 1\n"a": 3\n', "Y105", 2, 1),
    "a duplicate key deep inside": ("x:\n  - a: 1\n    a: 2\n", "Y105", 3, 5),
    "a duplicate key in one line": ("x: {a: 1, a: 2}\n", "Y105", 1, 11),
    "an anchor": ("a: &name 1\n", "Y107", 1, 4),
    "an anchor on a list": ("a: &name\n  - 1\n", "Y107", 1, 4),
    "an anchor on a key": ("&name a: 1\n", "Y107", 1, 1),
    "an alias": ("a: *name\n", "Y107", 1, 4),
    "a merge key": ("a:\n  <<: {b: 1}\n", "Y107", 2, 3),
    "a Python tag": ("a: !!python/object/apply:os.system [ls]\n", "Y108", 1, 4),
    "a tag of YAML's own": ("a: !!int 5\n", "Y108", 1, 4),
    "a tag on a key": ("!!int 5: a\n", "Y108", 1, 1),
    "a list as a key": ("? [a, b]\n: c\n", "Y110", 1, 3),
    "a mapping as a key": ("{{a: 1}: b}\n", "Y110", 1, 2),
    "a second document": ("a: 1\n---\nb: 2\n", "Y106", 2, 1),
    "a quote that does not end": ('a: "text\nb: 1\n', "Y104", 3, 1),
    "a colon in plain text": ("a: one: two\n", "Y104", 1, 7),
    "a bracket that does not end": ("a: [1, 2\nb: 3\n", "Y104", 2, 2),
    "wrong indentation": ("a:\n   b: 1\n  c: 2\n", "Y104", 3, 3),
    "a tab for indentation": ("a:\n\tb: 1\n", "Y104", 2, 1),
    "a character that YAML does not allow": ("a: 1\nb: \x07\n", "Y104", 2, 1),
    "an escape that does not exist": ('a: "\\q"\n', "Y104", 1, 5),
}


@pytest.mark.parametrize(("text", "code", "line", "column"), REFUSED.values(), ids=REFUSED.keys())
def test_refused_with_its_place(problems, text, code, line, column):
    problem = problems(text)[0]
    assert (problem.code, problem.file, problem.line, problem.column) == (code, "a.yaml", line, column)
    assert problem.hint or "must" in problem.message
    if line <= text.count("\n"):
        assert problem.source_line == text.split("\n")[line - 1]


def test_the_message_of_a_duplicate_key_names_the_line_of_the_first(problems):
    (problem,) = problems("x: 0\na: 1\nb: 2\na: 3\n")
    assert '"a"' in problem.message
    assert "line 2" in problem.message


def test_all_surprises_of_a_file_are_reported_at_once(problems):
    text = "a: no\na: 12:30\nb: &x 010\nc: [yes, word]\n"
    assert [(each.code, each.line) for each in problems(text)] == [
        ("Y111", 1),
        ("Y105", 2),
        ("Y111", 2),
        ("Y107", 3),
        ("Y111", 3),
        ("Y111", 4),
    ]


def test_an_alias_bomb_is_refused_before_it_grows(problems):
    lines = ['a0: &a0 ["x", "x", "x", "x", "x", "x", "x", "x", "x"]']
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    start = time.perf_counter()
    found = problems("\n".join(lines))
    assert time.perf_counter() - start < 1
    assert {each.code for each in found} == {"Y107"}
    assert found[0].line == 1
    assert "aliases are refused" in found[0].hint


def test_an_alias_is_refused_at_its_place(problems):
    found = problems("a: &name 1\nb: *name\n")
    assert [(each.code, each.line, each.column) for each in found] == [("Y107", 1, 4), ("Y107", 2, 4)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[" * 30 + "]" * 30, 1),
        ("[" * 200_000, 1),
        ("{a: " * 30 + "1" + "}" * 30, 1),
        ("".join(f"{'  ' * depth}a:\n" for depth in range(40)), 25),
    ],
    ids=["lists", "lists without end", "mappings in one line", "mappings, indented"],
)
def test_deep_nesting_is_refused(problems, text, line):
    (problem,) = problems(text)
    assert problem.code == "Y109"
    assert problem.line == line
    assert "24 levels" in problem.message


def test_nesting_as_deep_as_content_needs_is_read(read):
    value = read("[" * 20 + "deep" + "]" * 20).value
    for _ in range(20):
        (value,) = value
    assert value == "deep"


# ------------------------------------------------------------------ files


def test_an_empty_file_holds_nothing(read):
    assert read("").value is None
    assert read("# only a remark\n").value is None


def test_a_file_larger_than_a_megabyte_is_refused(read):
    assert read("a: " + "x" * 999_990).value
    with pytest.raises(ContentError, match="Y102") as caught:
        read("a: " + "x" * 1_000_001)
    assert caught.value.diagnostics[0].file == "a.yaml"


@pytest.mark.parametrize(
    "data", ["a: 1\nb: caf\u00e9\n".encode("latin-1"), "a: 1\nb: x\n".encode("utf-16")], ids=["Latin-1", "UTF-16"]
)
def test_a_file_that_is_not_utf_8_is_refused(read, data):
    with pytest.raises(ContentError) as caught:
        read(data)
    (problem,) = caught.value.diagnostics
    assert problem.code == "Y103"
    assert problem.line == (2 if b"caf" in data else 1)
    assert "UTF-8" in problem.hint


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(read):
    source = read(b"\xef\xbb\xbfa: 1\r\nb: |\r\n  one\r\n  two\r\n")
    assert source.value == {"a": 1, "b": "one\ntwo\n"}
    assert source.position(("b",), key=True).line == 2


def test_a_file_that_cannot_be_read_says_why(tmp_path):
    with pytest.raises(ContentError) as caught:
        YamlSource(tmp_path, "folder.yaml")
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.file) == ("Y101", "folder.yaml")
    assert "directory" in problem.message


# ------------------------------------------------------------------ places


PLACED = """\
title: One
groups:
  - id: a
    items:
      - {id: x, text: first}
      - id: y
        text: >-
          second
          text
"""


@pytest.mark.parametrize(
    ("path", "key", "place"),
    [
        (("title",), False, (1, 8)),
        (("title",), True, (1, 1)),
        (("groups", 0, "id"), False, (3, 9)),
        (("groups", 0, "items", 0, "text"), False, (5, 23)),
        (("groups", 0, "items", 0, "text"), True, (5, 17)),
        (("groups", 0, "items", 1), False, (6, 9)),
        (("groups", 0, "items", 1, "text"), False, (7, 15)),
        (("groups", 0, "items", 1, "missing"), False, (6, 9)),
        (("groups", 0, "items", 1, "missing"), True, (6, 9)),
        (("groups", 5, "items"), False, (3, 3)),
        ((), False, (1, 1)),
    ],
)
def test_the_place_of_a_value_its_key_or_its_nearest_parent(read, path, key, place):
    found = read(PLACED).position(path, key=key)
    assert (found.line, found.column) == place


def test_a_message_names_the_path_and_shows_the_line(read):
    problem = read(PLACED).diagnostic(("groups", 0, "items", 1, "text"), "C201", "wrong", "mend it")
    assert str(problem) == (
        "a.yaml:7:15: error[C201] groups[0].items[1].text: wrong\n"
        "    7 |         text: >-\n"
        "      |               ^\n"
        "  hint: mend it"
    )


# ------------------------------------------------------------------ signs that nobody sees


@pytest.mark.parametrize(
    "sign",
    "\u202a\u202e\u2066\u2069\u200e\u200f\u061c\u200b\u2060\ufeff\u00ad\u180e\U000e0041",
    ids=lambda sign: f"U+{ord(sign):04X}",
)
@pytest.mark.parametrize(
    "text", ["key: a{}b\n", "key: 'a{}b'\n", "key: >-\n  a{}b\n", "a{}b: value\n", "key: [a{}b]\n"]
)
def test_a_sign_without_ink_is_refused_with_its_code_point(problems, sign, text):
    (problem,) = problems("first: ä€𝄞\n" + text.format(sign))
    assert problem.code == "Y113"
    assert f"U+{ord(sign):04X}" in problem.message
    line, column = next(
        (n, each.find(sign) + 1) for n, each in enumerate(text.format(sign).splitlines(), 2) if sign in each
    )
    assert (problem.line, problem.column) == (line, column)
    assert sign not in str(problem)


def test_a_sign_without_ink_that_is_written_as_an_escape_is_refused_too(problems):
    (problem,) = problems('key: "a\\u202Eb"\n')
    assert (problem.code, problem.line, problem.column) == ("Y113", 1, 6)


@pytest.mark.parametrize("text", ["می\u200cخواهم", "क्\u200dष", "10\u00a0mg", "שלום", "❤️"])
def test_signs_that_a_language_needs_may_stay(read, text):
    assert read(f"key: {text}\n").value == {"key": text}


def test_a_tab_is_called_a_tab(problems):
    (problem,) = problems("a:\n\tb: 1\n")
    assert (problem.message, problem.hint) == ("has a tab", "use spaces")
