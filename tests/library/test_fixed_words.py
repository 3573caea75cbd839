"""The fixed words of the page: a language that lacks one is refused where it is read, before a patient misses it."""

import pytest

from handouts.errors import ContentError
from handouts.library.search_path import shipped_root
from handouts.making import Order, make_document


@pytest.fixture
def write(workspace):
    """Writes a language of the clinic's own: a shipped one with other words in places."""

    def write(language, *changes):
        text = (shipped_root() / f"content/languages/{language}.yaml").read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        workspace.write(f"content/languages/{language}.yaml", text)

    return write


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("  same-day: Llámenos hoy\n", "", "same-day"),
        ("  patient: Nombre\n", "", "patient"),
        ("diary: Diario", "daily: Diario", "diary"),
        ("    sleep: Cómo dormí\n", "", "sleep"),
        ("    sleep: Cómo", "    slep: Cómo", "sleep"),
        ("  visit:\n", "  visits:\n", "visit"),
    ],
)
def test_a_language_without_a_word_that_the_plain_one_has_is_refused(workspace, write, old, new, key):
    write("es", (old, new))
    with pytest.raises(ContentError) as caught:
        workspace.library().language("es")
    (problem,) = caught.value.diagnostics
    assert problem.code == "C202"
    assert problem.message.endswith(f'the key "{key}" is missing')
    assert (problem.file, problem.line > 1) == (workspace.shown("content/languages/es.yaml"), True)


def test_a_clinic_s_own_english_may_lack_nothing_either(workspace, write):
    write("en", ("    sleep: How I slept\n", ""))
    with pytest.raises(ContentError, match='"sleep" is missing'):
        workspace.library().language("en")


def test_words_of_a_template_of_the_clinic_s_own_stand_beside_the_shipped_ones(workspace, write):
    write("en", ("sheets:\n", "sheets:\n  own-plan:\n    my-week: My week\n"))
    block = "{% block note %}<p>{{ words.sheets.own_plan.my_week }}</p>{% endblock %}"
    workspace.write("templates/own-plan.xml.jinja", "{% extends 'shipped/handout.xml.jinja' %}" + block)
    document = make_document(workspace.library(), Order("knee", template="own-plan"))
    assert "My week" in repr(document.blocks)
    assert workspace.library().language("en").sheet_name("own-plan") == ""
