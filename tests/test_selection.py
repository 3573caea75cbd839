"""What a reader gets of a topic: limits, priorities, order, words; and warning signs whatever is chosen."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from handouts.errors import UsageError
from handouts.selection import Choices, select


@pytest.fixture
def choose(workspace):
    """Selects from the small topic: choose("reader", sections=("causes",))."""

    def choose(audience="reader", template="handout", **choices):
        library = workspace.library()
        return select(library.topic("knee"), library.audience(audience), Choices(**choices), template)

    return choose


def sections(selection):
    return [section.id for section in selection.sections]


def items(selection, section_id):
    section = next(section for section in selection.sections if section.id == section_id)
    return [item.id for group in section.groups for item in group.items]


def wording(selection, reference):
    section_id, _, item_id = reference.partition("/")
    section = next(section for section in selection.sections if section.id == section_id)
    return next(item for group in section.groups for item in group.items if item.id == item_id)


# ------------------------------------------------------------------ sections


def test_the_profile_says_which_sections_in_which_order(choose):
    assert sections(choose()) == ["warnings", "care", "causes", "story"]


def test_the_checklist_has_a_profile_of_its_own_with_the_warning_signs_first(choose):
    assert sections(choose(template="checklist")) == ["warnings", "day"]


def test_the_clinicians_sections_come_in_the_clinicians_order(choose):
    assert sections(choose(sections=("story", "warnings", "causes"))) == ["story", "warnings", "causes"]


def test_warning_signs_come_first_when_they_were_not_named(choose):
    assert sections(choose(sections=("story",))) == ["warnings", "story"]


def test_a_section_named_twice_is_printed_once(choose):
    assert sections(choose(sections=("story", "story"))) == ["warnings", "story"]


def test_a_section_outside_the_profile_can_be_chosen(choose):
    assert sections(choose(sections=("day",))) == ["warnings", "day"]


def test_a_skipped_section_is_gone(choose):
    assert sections(choose(skip=("causes", "story"))) == ["warnings", "care"]


def test_a_section_both_chosen_and_skipped_is_gone(choose):
    assert sections(choose(sections=("causes", "story"), skip=("story",))) == ["warnings", "causes"]


def test_a_section_of_the_profile_that_the_topic_does_not_have_is_left_out(workspace, choose):
    workspace.replace("content/audiences/reader.yaml", "- section: story", "- section: history")
    assert sections(choose()) == ["warnings", "care", "causes"]


def test_warning_signs_cannot_be_skipped(choose):
    with pytest.raises(UsageError) as caught:
        choose(skip=("warnings",))
    assert [each.code for each in caught.value.diagnostics] == ["U102"]


def test_everything_that_was_chosen_and_does_not_exist_is_said_at_once_with_the_nearest_name(choose):
    with pytest.raises(UsageError) as caught:
        choose(sections=("cause",), skip=("storry",), items={"carre": 3})
    assert [(each.code, each.hint) for each in caught.value.diagnostics] == [
        ("U101", 'did you mean "causes"?'),
        ("U101", 'did you mean "story"?'),
        ("U101", 'did you mean "care"?'),
    ]


# ------------------------------------------------------------------ items


def test_the_profile_limits_items_and_the_most_important_stay(choose):
    assert set(items(choose(), "causes")) == {"kneeling", "running", "cycling"}


def test_the_most_important_item_comes_first_and_its_group_with_it(choose):
    assert items(choose(), "causes") == ["kneeling", "running", "cycling"]
    assert items(choose("runner"), "causes") == ["running", "cycling", "stairs"]


def test_items_of_equal_priority_keep_the_order_of_the_file(workspace, choose):
    workspace.replace("content/topics/knee/causes.yaml", "{reader: 3}", "{reader: 2}")
    assert items(choose(items={"causes": 2}), "causes") == ["kneeling", "stairs"]
    assert items(choose(items={"causes": 3}), "causes") == ["kneeling", "stairs", "running"]


def test_an_item_without_a_priority_comes_last(choose):
    assert items(choose(items="all"), "causes")[-1] == "swimming"


def test_one_priority_can_hold_for_all_audiences(choose):
    for audience in ("reader", "runner", "patient"):
        assert items(choose(audience, sections=("care",), items="all"), "care") == ["walk", "bend", "cool"]


@pytest.mark.parametrize(
    ("limits", "causes", "care"),
    [("all", 5, 3), (1, 1, 1), (4, 4, 3), (99, 5, 3), ({"causes": 4}, 4, 2), ({"causes": "all", "care": 1}, 5, 1)],
    ids=["all", "one", "four", "more than there are", "one section", "two sections"],
)
def test_the_clinicians_limits_come_before_those_of_the_profile(choose, limits, causes, care):
    selection = choose(items=limits)
    assert (len(items(selection, "causes")), len(items(selection, "care"))) == (causes, care)


def test_a_limit_never_holds_for_warning_signs(choose):
    for limits in (1, {"warnings": 1}):
        assert items(choose(items=limits), "warnings") == ["locked", "hot"]


def test_a_profiles_limit_never_holds_for_warning_signs(workspace, choose):
    workspace.replace("content/audiences/reader.yaml", "- section: warnings", "- {section: warnings, items: 1}")
    assert items(choose(), "warnings") == ["locked", "hot"]


def test_a_limit_on_prose_keeps_its_first_paragraphs(choose):
    story = next(section for section in choose(items={"story": 1}).sections if section.id == "story")
    assert [group.id for group in story.groups] == ["hinge"]


def test_a_checklist_keeps_the_order_of_the_file(choose):
    assert items(choose(template="checklist"), "day") == ["bent", "walked"]
    assert items(choose(template="checklist", items=1), "day") == ["bent"]


def test_a_group_without_chosen_items_is_left_out(choose):
    causes = next(section for section in choose("runner", items={"causes": 1}).sections if section.id == "causes")
    assert [group.id for group in causes.groups] == ["sport"]


def test_an_item_that_was_cut_is_gone_and_a_section_that_was_cut_too(choose):
    selection = choose(cut=frozenset({"causes/kneeling", "story"}))
    assert sections(selection) == ["warnings", "care", "causes"]
    assert items(selection, "causes") == ["running", "cycling"]


def test_a_section_whose_items_were_all_cut_is_gone(choose):
    cut = frozenset(f"care/{name}" for name in ("bend", "walk", "cool"))
    assert sections(choose(cut=cut)) == ["warnings", "causes", "story"]


# ------------------------------------------------------------------ words


def test_an_item_is_worded_for_its_reader(choose):
    assert wording(choose("reader"), "causes/running").text == "Long runs tire it."
    assert wording(choose("runner"), "causes/running").text == "A jump in distance tires it."


def test_what_is_not_worded_for_a_reader_stays_as_it_is(choose):
    assert wording(choose("runner"), "causes/running").term == "Running"


def test_a_section_is_headed_for_its_reader(choose):
    causes = {name: next(s for s in choose(name).sections if s.id == "causes") for name in ("reader", "runner")}
    assert causes["reader"].title == "What can bring it on"
    assert causes["runner"].title == "What in your running brings it on"
    assert causes["runner"].intro == "One thing rarely explains it."


def test_the_main_message_is_that_for_the_reader_and_key_points_fall_back(choose):
    assert choose("runner").main_message == "Run less this week."
    assert choose("reader").main_message == "Bend your knee a little each hour."
    assert choose("runner").key_points == choose("reader").key_points


def test_an_audience_takes_words_and_priorities_of_the_one_it_extends(workspace, choose):
    workspace.write("content/audiences/sprinter.yaml", "title: S\nlabel: S\nextends: runner\n")
    selection = choose("sprinter")
    assert items(selection, "causes") == ["running", "cycling", "stairs"]
    assert wording(selection, "causes/running").text == "A jump in distance tires it."
    assert selection.main_message == "Run less this week."


# ------------------------------------------------------------------ sources


def test_the_sources_are_those_of_what_was_chosen_the_most_cited_first(workspace, choose):
    assert [source.id for source in choose().sources] == ["book", "leaflet"]
    assert [source.id for source in choose(skip=("causes",)).sources] == ["book"]


# ------------------------------------------------------------------ cutting to length


def test_what_may_be_cut_comes_least_important_first(choose):
    assert choose().cuttable() == (
        "causes/cycling",
        "causes/running",
        "care/bend",
        "story",
        "causes",
        "care",
    )


def test_warning_signs_are_never_among_what_may_be_cut(choose):
    for template in ("handout", "checklist"):
        assert not [name for name in choose(template=template).cuttable() if name.startswith("warnings")]


# ------------------------------------------------------------------ whatever is chosen

_NAMES = ["warnings", "story", "causes", "care", "day"]
_LIMITS = st.one_of(st.just("all"), st.integers(1, 9))
_CHOICES = st.fixed_dictionaries(
    {
        "sections": st.none() | st.lists(st.sampled_from(_NAMES), max_size=6).map(tuple),
        "skip": st.lists(st.sampled_from([name for name in _NAMES if name != "warnings"]), max_size=4).map(tuple),
        "items": st.none() | _LIMITS | st.dictionaries(st.sampled_from(_NAMES), _LIMITS),
    }
)
_RANKS = st.lists(st.integers(1, 6), min_size=5, max_size=5)
whatever = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def knee(workspace):
    library = workspace.library()
    return library.topic("knee"), library


def ranked(topic, ranks):
    """The topic with other priorities for its five causes."""
    numbers = iter(ranks)

    def changed(section):
        if section.id != "causes":
            return section
        groups = (
            replace(g, items=tuple(replace(i, priority=next(numbers)) for i in g.items)) for g in section.file.groups
        )
        return type(section)(section.id, replace(section.file, groups=tuple(groups)), section.source)

    return type(topic)(topic.id, topic.file, topic.source, tuple(map(changed, topic.sections)), topic.sources)


@whatever
@given(choices=_CHOICES, audience=st.sampled_from(["reader", "runner", "patient"]))
def test_whatever_is_chosen_every_warning_sign_stays(knee, choices, audience):
    topic, library = knee
    for template in ("handout", "checklist"):
        selection = select(topic, library.audience(audience), Choices(**choices), template)
        assert items(selection, "warnings") == ["locked", "hot"]


@whatever
@given(choices=_CHOICES, data=st.data())
def test_whatever_is_cut_of_what_may_be_cut_every_warning_sign_stays(knee, choices, data):
    topic, library = knee
    cuttable = select(topic, library.audience("reader"), Choices(**choices)).cuttable()
    cut = frozenset(data.draw(st.lists(st.sampled_from(cuttable)))) if cuttable else frozenset()
    selection = select(topic, library.audience("reader"), Choices(**choices, cut=cut))
    assert items(selection, "warnings") == ["locked", "hot"]


@whatever
@given(choices=_CHOICES)
def test_whatever_is_chosen_no_section_or_item_is_printed_twice_and_none_that_was_skipped(knee, choices):
    topic, library = knee
    selection = select(topic, library.audience("reader"), Choices(**choices))
    assert len(set(sections(selection))) == len(sections(selection))
    assert not set(sections(selection)) & set(choices["skip"])
    for section_id in sections(selection):
        assert len(set(items(selection, section_id))) == len(items(selection, section_id))


@whatever
@given(ranks=_RANKS, limit=st.integers(1, 6))
def test_with_any_priorities_no_item_left_out_matters_more_than_one_that_stays(knee, ranks, limit):
    topic, library = knee
    topic = ranked(topic, ranks)
    selection = select(topic, library.audience("reader"), Choices(items=limit))
    rank = dict(zip(["stairs", "kneeling", "running", "cycling", "swimming"], ranks, strict=True))
    stays = items(selection, "causes")
    assert len(stays) == min(limit, 5)
    left_out = set(rank) - set(stays)
    assert all(rank[out] >= rank[stay] for out in left_out for stay in stays)
    for group in next(section for section in selection.sections if section.id == "causes").groups:
        in_order = [rank[item.id] for item in group.items]
        assert in_order == sorted(in_order)


@whatever
@given(ranks=_RANKS)
def test_with_any_priorities_what_may_be_cut_is_each_item_but_the_first_then_each_section(knee, ranks):
    topic, library = knee
    selection = select(ranked(topic, ranks), library.audience("reader"), Choices(items="all"))
    cuttable = selection.cuttable()
    assert len(set(cuttable)) == len(cuttable)
    assert {name for name in cuttable if "/" not in name} == {"causes", "care", "story"}
    rank = dict(zip(["stairs", "kneeling", "running", "cycling", "swimming"], ranks, strict=True))
    of_causes = [name.partition("/")[2] for name in cuttable if name.startswith("causes/")]
    in_order = [rank[name] for name in of_causes]
    assert in_order == sorted(in_order, reverse=True)
    (kept,) = set(rank) - set(of_causes)
    assert rank[kept] == min(ranks)
