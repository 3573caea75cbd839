"""Messages: place, caret, hint; and the exit codes of the house."""

import re
from pathlib import Path

import pytest

from handouts import errors
from handouts.errors import Diagnostic, ExitCode, HandoutError, nearest


def test_a_message_shows_place_line_caret_and_hint():
    problem = Diagnostic(
        "C203", "this key is not known here", 'did you mean "text"?', "causes.yaml", 42, 5, "    tetx: Sitting"
    )
    assert str(problem) == (
        "causes.yaml:42:5: error[C203] this key is not known here\n"
        "   42 |     tetx: Sitting\n"
        "      |     ^\n"
        '  hint: did you mean "text"?'
    )


def test_the_caret_stands_under_the_column_of_a_line_that_is_too_long_to_show_whole():
    line = "x" * 300 + "HERE" + "y" * 300
    shown = str(Diagnostic("C201", "wrong", file="a.yaml", line=1, column=301, source_line=line)).splitlines()
    assert len(shown[1]) < 130
    assert shown[1][shown[2].index("^") :].startswith("HERE")


def test_a_tab_in_the_line_does_not_move_the_caret():
    shown = str(Diagnostic("C201", "wrong", file="a.yaml", line=1, column=4, source_line="\ta\tHERE")).splitlines()
    assert shown[1][shown[2].index("^") :] == "HERE"


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (Diagnostic("U101", "no"), "error[U101] no"),
        (Diagnostic("U101", "no", file="a"), "a: error[U101] no"),
        (Diagnostic("U101", "no", file="a", line=3), "a:3: error[U101] no"),
        (Diagnostic("R30", "late", severity="warning"), "warning[R30] late"),
    ],
    ids=["no place", "a file", "a line", "a warning"],
)
def test_a_message_says_no_more_of_the_place_than_is_known(problem, expected):
    assert str(problem) == expected


def test_json_holds_everything_but_the_source_line():
    problem = Diagnostic("C201", "wrong", "mend it", "a.yaml", 2, 3, "secret")
    assert problem.as_dict() == {
        "severity": "error",
        "code": "C201",
        "file": "a.yaml",
        "line": 2,
        "column": 3,
        "message": "wrong",
        "hint": "mend it",
    }


def test_an_error_carries_all_diagnostics_in_order():
    problems = [Diagnostic("A1", "first"), Diagnostic("A2", "second")]
    error = HandoutError(problems)
    assert list(error.diagnostics) == problems
    assert str(error) == "error[A1] first\nerror[A2] second"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("UsageError", 2),
        ("ContentError", 3),
        ("TemplateError", 4),
        ("LayoutError", 5),
        ("MissingResourceError", 6),
        ("OutputError", 7),
    ],
)
def test_each_kind_of_error_has_the_exit_code_of_the_house(name, code):
    assert getattr(errors, name).exit_code == code


def test_the_exit_codes_are_those_of_the_house():
    assert [int(code) for code in ExitCode] == [0, 1, 2, 3, 4, 5, 6, 7, 8, 130]


@pytest.mark.parametrize(
    ("word", "candidates", "hint"),
    [
        ("tetx", ["text", "term"], 'did you mean "text"?'),
        ("zzz", ["b", "a"], "known: a, b"),
        ("zzz", [], ""),
        ("zzz", [f"n{number:02d}" for number in range(20)], f"known: {', '.join(f'n{n:02d}' for n in range(12))}, …"),
    ],
    ids=["near", "not near", "nothing to choose from", "too many to list"],
)
def test_a_hint_names_the_nearest_name_or_lists_a_few(word, candidates, hint):
    assert nearest(word, candidates) == hint


ROOT = Path(errors.__file__).parent.parent


def test_the_error_reference_lists_every_code_and_no_other():  # those of rules: tests/quality/test_rule_reference.py
    used = {
        code
        for file in (ROOT / "handouts").rglob("*.py")
        for code in re.findall(r'"([UYCTFLOB]\d{3})"', file.read_text(encoding="utf-8"))
    }
    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    listed = set()
    for row in re.findall(r"^\| ([A-Z]\d.*?) \|", text, re.MULTILINE):
        for first, last in re.findall(r"([A-Z]\d+)(?:–([A-Z]\d+))?", row):
            width = len(first) - 1
            numbers = range(int(first[1:]), int((last or first)[1:]) + 1)
            listed |= {f"{first[0]}{number:0{width}d}" for number in numbers}
    assert used - listed == set()
    assert listed - used == set()


def test_the_error_reference_lists_every_exit_code():
    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    listed = [int(number) for number in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)]
    assert listed == [int(code) for code in ExitCode]


def test_a_message_writes_control_characters_out():
    """A file's name could begin a line that a build server takes for a command, or steer a terminal."""
    text = str(Diagnostic("C201", "a\n::error::b", "c\x1b[31m", "d\x85e.yaml"))
    assert "::error::" not in [line[:9] for line in text.splitlines()]
    assert not {"\x1b", "\x85"} & set(text)
