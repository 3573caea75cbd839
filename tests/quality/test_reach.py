"""What of a topic prints by default, for whom, and what prints on no sheet at all."""

import pytest

from handouts.quality.reach import reach


@pytest.fixture
def reached(workspace):
    def reached(reference):
        library = workspace.library()
        return {each for each in reach(library, library.topic("knee"))[reference] if each in {"reader", "runner"}}

    return reached


def test_a_section_reaches_the_audiences_that_list_it_and_those_that_extend_them(reached):
    assert reached("story") == {"reader", "runner"}


def test_a_section_on_no_list_reaches_nobody(workspace, reached):
    workspace.replace("content/audiences/reader.yaml", "    - section: story\n", "")
    assert reached("story") == set()


def test_an_item_beyond_the_limit_of_every_audience_reaches_nobody(reached):
    assert reached("care/walk") == {"reader", "runner"}
    assert reached("care/cool") == set()


def test_an_item_reaches_those_to_whom_it_matters_more(workspace, reached):
    workspace.replace("content/audiences/reader.yaml", "{section: causes, items: 3}", "{section: causes, items: 1}")
    assert reached("causes/running") == {"runner"}
    assert reached("causes/kneeling") == {"reader"}


def test_a_section_that_only_another_template_lists_reaches_its_audience(reached):
    assert reached("day") == {"reader", "runner"}


def test_warning_signs_reach_everybody_though_nobody_lists_them(workspace, reached):
    workspace.replace("content/audiences/reader.yaml", "    - section: warnings\n", "")
    assert reached("warnings/locked") == {"reader", "runner"}


def test_a_paragraph_beyond_the_limit_of_every_audience_reaches_nobody(workspace, reached):
    assert reached("story.load") == {"reader", "runner"}
    workspace.replace("content/audiences/reader.yaml", "section: story", "section: story\n      items: 1")
    assert reached("story.hinge") == {"reader", "runner"}
    assert reached("story.load") == set()
