"""The record of a signature: whole, readable, its history kept, and found out when it was tampered with."""

import datetime as dt
import re

import pytest

from handouts.errors import ContentError
from handouts.library.reviews import hash_of
from handouts.library.shapes import NAME_ON_A_LINE
from handouts.library.yaml_source import MAX_BYTES
from handouts.making import Order, review_for
from handouts.person import TURNING_SIGNS
from handouts.reviewing import text_of
from handouts.reviewing.signing import sign

RECORD = "reviews/knee.yaml"


def only_text(workspace):
    (file,) = (workspace.folder / "reviews/texts").iterdir()
    return file


def problems(workspace):
    with pytest.raises(ContentError) as caught:
        review_for(workspace.library(), Order("knee"))
    return caught.value.diagnostics


def test_the_signed_text_stands_beside_the_record_line_by_line(workspace):
    library = workspace.library()
    lines = text_of(library, library.topic("knee"))
    assert only_text(workspace).read_text(encoding="utf-8") == "".join(f"{line}\n" for line in lines)


def test_a_second_signature_comes_after_the_first(workspace):
    before = (workspace.folder / RECORD).read_text(encoding="utf-8")
    workspace.sign(reviewer='B. "Bee" Example: PT', signed=dt.date(2026, 2, 1))
    after = (workspace.folder / RECORD).read_text(encoding="utf-8")
    assert after.startswith(before)
    signatures = workspace.library().reviews("knee").signatures
    assert [each.reviewer for each in signatures] == ["A. Reviewer", 'B. "Bee" Example: PT']
    assert len({each.hash for each in signatures}) == 1  # the same text, once on disk
    assert only_text(workspace)


def test_of_two_who_sign_at_once_both_stand_in_the_record(workspace):
    """The second one read the record before the first one wrote it."""
    libraries = [workspace.library(), workspace.library()]
    for library, name in zip(libraries, ("B. One", "C. Two"), strict=True):
        library.reviews("knee")
        day = dt.date(2026, 2, 1)
        sign(library, library.topic("knee"), None, name, day, dt.date(2027, 2, 1))
    signatures = workspace.library().reviews("knee").signatures
    assert [each.reviewer for each in signatures] == ["A. Reviewer", "B. One", "C. Two"]


def test_signing_again_without_a_change_writes_the_same_bytes(workspace, tmp_path, make_workspace):
    other = make_workspace(tmp_path / "other")
    for name in (RECORD, f"reviews/texts/{only_text(workspace).name}"):
        assert (workspace.folder / name).read_bytes() == (other.folder / name).read_bytes()


@pytest.mark.parametrize("change", [lambda file: file.unlink(), lambda file: file.write_text("topic.title: Sore\n")])
def test_a_signed_text_that_is_gone_or_another_covers_nothing(workspace, change):
    file = only_text(workspace)
    change(file)
    (problem,) = problems(workspace)
    assert (problem.code, problem.file) == ("C332", workspace.shown(f"reviews/texts/{file.name}"))


def test_a_signed_text_is_read_up_to_the_size_of_any_file_and_no_further(workspace):
    file = only_text(workspace)
    lines = ("topic.title: " + "a" * (MAX_BYTES - len("topic.title: \n")),)
    other = file.with_name(f"{hash_of(lines)[:16]}.txt")
    other.write_text(f"{lines[0]}\n", encoding="utf-8")
    assert workspace.library().signed_text(hash_of(lines)) == lines
    with other.open("a", encoding="utf-8") as stream:
        stream.write("\n")
    with pytest.raises(ContentError) as caught:
        workspace.library().signed_text(hash_of(lines))
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.file) == ("Y102", workspace.shown(f"reviews/texts/{other.name}"))


def test_a_text_too_large_to_be_read_again_is_not_signed(workspace):
    third = "a " * (MAX_BYTES // 6)
    for file, old in (
        ("care", "Bend it each hour."),
        ("causes", "Long runs tire it."),
        ("topic", "Short walks help."),
    ):
        workspace.replace(f"content/topics/knee/{file}.yaml", old, third)
    before = (workspace.folder / RECORD).read_bytes()
    with pytest.raises(ContentError) as caught:
        workspace.sign()
    assert [each.code for each in caught.value.diagnostics] == ["Y102"]
    assert (workspace.folder / RECORD).read_bytes() == before
    assert only_text(workspace)


@pytest.mark.parametrize("sign", sorted(TURNING_SIGNS))
def test_a_name_holds_no_sign_that_turns_it(sign):
    assert re.search(NAME_ON_A_LINE, "A. Example, PT")
    assert not re.search(NAME_ON_A_LINE, f"A. {sign}Example")


def test_line_ends_of_windows_are_the_same_text(workspace):
    file = only_text(workspace)
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert review_for(workspace.library(), Order("knee")).signature


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("signed: 2026-01-03", "signed: last week", "C201", 5),
        ("signed: 2026-01-03", "sinned: 2026-01-03", "C203", 5),
        ("due: 2099-01-02", "due: 2025-01-02", "C333", 6),
        ("A. Reviewer", "A. Reviewer\\u202eTP", "Y113", 4),
        ("A. Reviewer", "A. Reviewer\\nPT", "C201", 4),
        ("A. Reviewer", "A" * 121, "C201", 4),
        ("A. Reviewer", "\\u200b", "Y113", 4),
        ('language: "en"', "language: English", "C201", 7),
        ("    version", "    due-on: 1\n    version", "C203", 8),
    ],
)
def test_a_record_that_is_wrong_is_named_with_its_line(workspace, old, new, code, line):
    workspace.replace(RECORD, old, new)
    assert (workspace.shown(RECORD), line, code) in [(each.file, each.line, each.code) for each in problems(workspace)]


def test_keys_of_the_topic_that_records_took_over_are_refused_with_the_way(workspace):
    workspace.replace("content/topics/knee/topic.yaml", "  author:", "  reviewer: A. Reviewer\n  author:")
    (problem,) = problems(workspace)
    assert problem.code == "C203"
    assert "handouts review sign" in problem.hint
