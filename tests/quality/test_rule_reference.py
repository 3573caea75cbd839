"""docs/rules.md, the catalogue, the functions and their tests name the same rules."""

import re

import pytest
from test_rules import CASES

from handouts.library.search_path import shipped_root
from handouts.quality.rules import CATALOGUE, RULES

REFERENCE = (shipped_root() / "docs/rules.md").read_text(encoding="utf-8")
# Tested with the translations, which the topic of test_rules has none of.
ELSEWHERE = {"R42"}
# Decided by the signatures of a clinic, not by a function of `rules/` (quality/reviews.py, test_standing.py).
SIGNATURES = {"R29", "R30"}


def test_the_reference_has_a_heading_and_an_anchor_for_each_rule_in_order():
    headings = re.findall(r'^<a id="(r\d\d)"></a>\n## (R\d\d) (.+)$', REFERENCE, re.MULTILINE)
    assert headings == [(each.id.lower(), each.id, each.title) for each in CATALOGUE]


@pytest.mark.parametrize("criterion", CATALOGUE, ids=lambda each: each.id)
def test_the_reference_says_source_and_who_decides_and_shows_both_ways(criterion):
    part = REFERENCE.partition(f"## {criterion.id} ")[2].partition("<a id=")[0]
    assert f"Source: {criterion.source}. Decided by: {criterion.decided_by}" in part
    assert ("- Wrong: " in part and "- Right: " in part) == (criterion.decided_by == "check")


def test_what_a_program_decides_has_a_function_and_the_rest_has_none():
    assert {each.id for each in RULES} | SIGNATURES == {each.id for each in CATALOGUE if each.decided_by == "check"}


def test_each_rule_has_a_case_that_breaks_it_and_one_that_does_not():
    assert {rule for rule, *_ in CASES} | ELSEWHERE == {each.id for each in RULES}


def test_each_function_says_in_a_line_what_it_asks():
    for rule in RULES:
        assert (rule.check.__doc__ or "").strip().splitlines()[0].endswith((".", ":")), rule.id


def test_what_the_engine_sees_to_is_shown_by_tests_that_exist():
    for name in set(re.findall(r"`(tests/[\w/]+(?:\.py|/))`", REFERENCE)):
        assert (shipped_root() / name).exists(), name
