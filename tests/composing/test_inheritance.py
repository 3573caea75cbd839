"""What a clinic's template writes over a shipped one prints, or is an error with its line."""

import pytest

from handouts.composing.environment import HandoutEnvironment
from handouts.composing.inheritance import loose_ends
from handouts.document import texts
from handouts.errors import TemplateError
from handouts.library import SearchPath
from handouts.making import Order, make_document
from handouts.quality import check_library

OWN = "templates/own.xml.jinja"
HANDOUT = "{% extends 'shipped/handout.xml.jinja' %}\n"


@pytest.fixture
def made(workspace):
    def made(text, **others):
        workspace.write(OWN, text)
        for name, words in others.items():
            workspace.write(f"templates/{name}.xml.jinja", words)
        return make_document(workspace.library(), Order("knee", "reader", template="own"))

    return made


@pytest.fixture
def refused(made):
    def refused(text, **others):
        with pytest.raises(TemplateError) as caught:
            made(text, **others)
        assert {problem.code for problem in caught.value.diagnostics} == {"T108"}
        return caught.value.diagnostics

    return refused


def words(document):
    return " ".join(texts(document.blocks))


def test_a_misspelled_block_is_refused_with_its_line_and_the_nearest_name(refused):
    (problem,) = refused(HANDOUT + "\n{% block befor_sections %}<p>Ours.</p>{% endblock %}\n")
    assert (problem.file.endswith(OWN), problem.line) == (True, 3)
    assert "befor_sections" in problem.message
    assert problem.hint == 'did you mean "before_sections"?'
    assert problem.source_line.startswith("{% block befor_sections")


def test_check_refuses_it_too_when_no_sheet_was_made(workspace):
    workspace.write(OWN, HANDOUT + "{% block warnigns %}<p>Ours.</p>{% endblock %}")
    found = [each for each in check_library(workspace.library()).findings if each.diagnostic.code == "T108"]
    assert [(each.diagnostic.file.endswith(OWN), each.diagnostic.line) for each in found] == [(True, 2)]
    assert found[0].exit_code == TemplateError.exit_code


def test_all_that_would_be_dropped_is_named_at_once(refused):
    problems = refused(
        HANDOUT + "{% block one %}<p>1</p>{% endblock %}\n<p>2</p>\n{% block tow %}<p>3</p>{% endblock %}"
    )
    assert sorted(problem.line for problem in problems) == [2, 3, 4]


def test_a_block_of_an_own_template_over_an_own_one_over_a_shipped_one_is_looked_for_in_both(made, refused):
    ours = HANDOUT + "{% block after_sections %}{% block ours %}<p>Old.</p>{% endblock %}{% endblock %}"
    child = "{% extends 'ours.xml.jinja' %}\n{% block ours %}<p>New.</p>{% endblock %}\n"
    assert "New." in words(made(child, ours=ours))
    (problem,) = refused(child.replace("block ours", "block oours"), ours=ours)
    assert (problem.line, problem.hint) == (2, 'did you mean "ours"?')
    (problem,) = refused(child.replace("block ours", "block notes"), ours=ours)
    assert problem.hint == 'did you mean "note"?'


def test_a_mistake_in_the_own_template_between_is_found_there(refused):
    (problem,) = refused(
        "{% extends 'ours.xml.jinja' %}", ours=HANDOUT + "{% block nowhere %}<p>Old.</p>{% endblock %}"
    )
    assert problem.file.endswith("templates/ours.xml.jinja")


def test_a_mistake_in_a_template_that_is_included_is_found_there(refused):
    (problem,) = refused(
        HANDOUT + "{% block after_sections %}{% include '_card.xml.jinja' %}{% endblock %}",
        _card="{% extends '_frame.xml.jinja' %}{% block missing %}Ours.{% endblock %}",
        _frame="<p>{% block inner %}{% endblock %}</p>",
    )
    assert problem.file.endswith("templates/_card.xml.jinja")


def test_a_new_block_inside_a_replaced_one_prints(made):
    text = "{% block after_sections %}{% block a %}{% block b %}<p>Ours.</p>{% endblock %}{% endblock %}{% endblock %}"
    assert "Ours." in words(made(HANDOUT + text))


def test_of_blocks_inside_one_that_prints_nowhere_the_outermost_is_named(refused):
    (problem,) = refused(HANDOUT + "{% block a %}\n{% block b %}<p>Ours.</p>{% endblock %}\n{% endblock %}")
    assert problem.line == 2


OPENING = "{% block opening %}<h1>Ours</h1>{% endblock %}\n"
TITLE = "{% block title %}Our knee{% endblock %}\n"


def test_a_block_that_stood_in_a_replaced_one_prints_nowhere_and_is_refused(refused):
    (problem,) = refused(HANDOUT + OPENING + TITLE)
    assert problem.line == 3
    assert '"title" prints nowhere' in problem.message


@pytest.mark.parametrize(
    "opening",
    [
        "{% block opening %}{{ super() }}<p>Ours.</p>{% endblock %}",
        "{% block opening %}<h1>{{ self.title() }}</h1>{% endblock %}",
        "{% block opening %}{% if topic.id %}<h1>{% block title %}{% endblock %}</h1>{% endif %}{% endblock %}",
    ],
    ids=["super", "self", "nested"],
)
def test_it_prints_where_the_replacing_block_asks_for_it(made, opening):
    if "block title" in opening:
        text = opening.replace("{% block title %}", "{% block title %}Our knee")
    else:
        text = opening + TITLE
    assert "Our knee" in words(made(HANDOUT + text))


@pytest.mark.parametrize(
    ("loose", "line"),
    [
        ("<p>Ours.</p>", 2),
        ("\n\n  Ours.", 4),
        ("{{ clinic.name }}", 2),
        ("{% if note %}\n<p>Ours.</p>{% endif %}", 3),
        ("{% for section in sections %}{{ section.title }}{% endfor %}", 2),
        ("{% include '_numbers.xml.jinja' %}", 2),
        ("{% with x = 1 %}<p>{{ x }}</p>{% endwith %}", 2),
        ("{% filter upper %}ours{% endfilter %}", 2),
        ("{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}ours{% endcall %}", 2),
    ],
)
def test_what_stands_outside_of_the_blocks_is_refused(refused, loose, line):
    (problem,) = refused(HANDOUT + loose)
    assert problem.line == line
    assert "outside of every block" in problem.message


def test_what_stands_before_the_extended_template_is_refused(refused):
    (problem,) = refused("<p>Ours.</p>\n" + HANDOUT)
    assert problem.line == 1


def test_what_prints_nothing_may_stand_outside_of_the_blocks(made):
    quiet = (
        "{#- a remark -#}\n{% set a = 'Ours.' %}\n{% set b %}<em>Ours, too.</em>{% endset %}\n"
        "{% macro m(x) %}<strong>{{ x }}</strong>{% endmacro %}\n{% from '_bits.xml.jinja' import bit %}\n"
        "{% if language == 'es' %}{% set a = 'Nuestro.' %}{% endif %}\n"
    )
    text = HANDOUT + quiet + "{% block after_sections %}<p>{{ a }} {{ b }} {{ m('And') }} {{ bit() }}</p>{% endblock %}"
    document = made(text, _bits="{% macro bit() %}this.{% endmacro %}")
    assert "Ours. Ours, too. And this." in " ".join(words(document).split())


def test_a_block_inside_of_a_condition_that_does_not_count_is_refused(refused):
    (problem,) = refused(
        HANDOUT + "{% if language == 'es' %}\n{% block after_sections %}<p>Nuestro.</p>{% endblock %}\n{% endif %}"
    )
    assert (problem.line, "counts always" in problem.message) == (3, True)


@pytest.mark.parametrize(
    "extends",
    [
        "{% extends 'shipped/' ~ (language == 'en' and 'handout' or 'diary') ~ '.xml.jinja' %}",
        "{% if language == 'en' %}{% extends 'shipped/handout.xml.jinja' %}{% endif %}",
        "{% extends 'shipped/handout.xml.jinja' %}{% extends 'shipped/diary.xml.jinja' %}",
    ],
)
def test_the_extended_template_is_one_for_all(refused, extends):
    (problem,) = refused(extends)
    assert problem.line == 1


def test_nothing_of_the_shipped_templates_is_dropped():
    environment = HandoutEnvironment(SearchPath.of())
    for name in environment.templates.list_templates():
        assert loose_ends(environment, name) == []
