"""From a selection to a document: what no template may lose, and template mistakes with file and line."""

import pytest

from handouts.document import Callout, Heading, Paragraph, PersonalPanel, Section, plain_text, texts
from handouts.errors import ContentError, TemplateError, UsageError
from handouts.making import Order, make_document
from handouts.quality import Scope, check_library
from handouts.selection import Choices

OWN = "templates/own.xml.jinja"
WARNINGS = (
    "{% for section in sections if section.kind == 'warning-signs' %}"
    "{% include '_warning-signs.xml.jinja' %}{% endfor %}"
)
ALL = "<handout>{% for s in sections %}{% for i in s.items %}WHAT{% endfor %}{% endfor %}</handout>"


def compose(workspace, template="own", audience="reader", **order):
    return make_document(workspace.library(), Order("knee", audience, template=template, **order))


def words(document):
    return "\n".join(texts(document.blocks))


@pytest.fixture
def problems(workspace):
    """What is wrong with a template of the clinic's own."""

    def problems(text):
        workspace.write(OWN, text)
        with pytest.raises(TemplateError) as caught:
            compose(workspace)
        return caught.value.diagnostics

    return problems


# ------------------------------------------------------------------ what stands on every handout


def test_the_shipped_handout_has_title_message_panel_key_points_and_sections_in_order(workspace):
    document = compose(workspace, "handout")
    title, panel, points = (
        next(b for b in document.blocks if isinstance(b, kind)) for kind in (Heading, PersonalPanel, Callout)
    )
    assert (title.level, plain_text(title.children)) == (1, "Sore knee")
    assert [field.name for field in panel.fields] == ["patient", "date", "clinician", "phone", "next-visit"]
    assert points.kind == "key-points"
    assert document.blocks.index(title) < document.blocks.index(panel) < document.blocks.index(points)
    sections = [block.id for block in document.blocks if isinstance(block, Section)]
    assert sections[:4] == ["warnings", "care", "causes", "story"]


def test_the_document_knows_whose_it_is(workspace):
    document = compose(workspace, "handout")
    assert (document.topic, document.audience, document.template) == ("knee", "reader", "handout")
    assert (document.title, document.subject, document.version, document.language) == (
        "Sore knee",
        "For readers",
        "1.0",
        "en",
    )


@pytest.mark.parametrize("template", ["own", "handout", "checklist"])
def test_no_template_can_lose_the_disclaimer(workspace, template):
    workspace.write("content/disclaimer.yaml", "title: Mind\nshort: Ask us. Call {emergency}.\nfull: Ask us *first*.\n")
    workspace.write(OWN, f"<handout>{WARNINGS}</handout>")
    document = compose(workspace, template)
    assert document.furniture.disclaimer == "Ask us. Call 911."
    assert words(document).endswith("Ask us first.")
    assert "Mind" in words(document)


def test_the_emergency_number_is_the_clinics(workspace):
    workspace.write("clinic.yaml", 'name: Hill Clinic\nemergency: "112"\n')
    document = compose(workspace, "handout")
    assert "112" in document.furniture.disclaimer
    assert "911" not in words(document) + document.furniture.disclaimer


def test_who_wrote_and_reviewed_it_and_when_stands_on_the_sheet(workspace):
    text = words(compose(workspace, "handout"))
    for part in ("the tests", "A. Reviewer", "January 2, 2026", "January 3, 2026", "January 2, 2099", "1.0"):
        assert part in text


def test_a_topic_that_nobody_reviewed_says_so_on_every_page(workspace):
    workspace.unsign()
    document = compose(workspace, "handout")
    says = workspace.library().language("en").not_reviewed
    assert says.rstrip(".") in document.furniture.version_line.replace("\xa0", " ")
    assert says in words(document)


def test_the_sources_of_what_was_chosen_are_named(workspace):
    assert "Lake Press: The knee leaflet." in words(compose(workspace, "handout"))
    without = compose(workspace, "handout", choices=Choices(skip=("causes",)))
    assert "Lake Press" not in words(without)
    assert "Hill Press: The knee book (2024)." in words(without)


def test_look_alike_codes_are_no_keywords(workspace):
    workspace.replace(
        "content/topics/knee/topic.yaml",
        "provenance:",
        "codes:\n"
        "  - {system: ICD-10-CM, code: M25.561, name: Pain in right knee, relation: exact}\n"
        "  - {system: ICD-10-CM, code: M00.9, name: Septic knee, relation: look-alike}\n"
        "provenance:",
    )
    assert compose(workspace, "handout").keywords == ("ICD-10-CM M25.561",)


def test_each_reader_is_addressed_in_its_own_words(workspace):
    reader, runner = words(compose(workspace, "handout")), words(compose(workspace, "handout", "runner"))
    assert "For readers" in reader
    assert "Long runs tire it." in reader
    assert "For runners" in runner
    assert "A jump in distance tires it." in runner
    assert "What in your running brings it on" in runner


# ------------------------------------------------------------------ warning signs


@pytest.mark.parametrize(
    ("template", "lost"),
    [
        ("<handout><h1>{{ topic.title }}</h1></handout>", "locked, hot"),
        (f"<handout>{WARNINGS}</handout>".replace("include '_warning", "include '_mine"), "hot"),
        (ALL.replace("WHAT", "{% if note %}<p>{{ i.term }}</p>{% endif %}"), "locked, hot"),
        (ALL.replace("WHAT", "{% set kept %}<p>{{ i.term }}</p>{% endset %}"), "locked, hot"),
        (ALL.replace("WHAT", "<!-- {{ i.term }} -->"), "locked, hot"),
        (ALL.replace("WHAT", "{% if i.text %}<p>{{ i.text }}</p>{% endif %}"), "locked, hot"),
        (ALL.replace("WHAT", "<p>{{ i.term }}</p>"), "hot (its text)"),
        (ALL.replace("WHAT", "<p>{{ i.term }}</p><!-- {{ i.text or '' }} -->"), "hot (its text)"),
    ],
    ids=[
        "all",
        "one",
        "under a condition",
        "written and not printed",
        "in a remark",
        "their explanations only",
        "without their explanations",
        "their explanations in a remark",
    ],
)
def test_a_template_that_loses_warning_signs_is_refused(workspace, problems, template, lost):
    workspace.write(
        "templates/_mine-signs.xml.jinja",
        "{% for item in section.items if item.urgency == 'emergency' %}<p>{{ item.term }}</p>{% endfor %}",
    )
    (problem,) = problems(template)
    assert (problem.code, problem.file) == ("T301", workspace.shown(OWN))
    assert problem.message.endswith(f": {lost}")
    assert "_warning-signs.xml.jinja" in problem.hint


def test_a_template_that_prints_warning_signs_its_own_way_is_taken(workspace):
    workspace.write(OWN, ALL.replace("WHAT", "<p>{{ i.term }}</p>{% if i.text %}<p>{{ i.text }}</p>{% endif %}"))
    assert "The knee is hot and red\nYou may feel ill too." in words(compose(workspace))


def test_each_urgency_has_a_box_of_its_own_and_the_clinics_phone_where_one_calls_it(workspace):
    document = compose(workspace, "handout")
    section = next(b for b in document.blocks if isinstance(b, Section) and b.id == "warnings")
    boxes = [b for b in section.blocks if isinstance(b, Callout)]
    assert [box.kind for box in boxes] == ["emergency", "same-day"]
    assert "911" in plain_text(boxes[0].label)
    assert "555-0199" not in "".join(texts(boxes[:1]))
    assert "555-0199" in "".join(texts(boxes[1:]))


# ------------------------------------------------------------------ the note


def test_a_note_stands_in_a_box_of_its_own(workspace):
    document = compose(workspace, "handout", note="Come **back**.\n\n- shoes\n- towel")
    (box,) = (b for b in document.blocks if isinstance(b, Callout) and b.kind == "note")
    assert list(texts(box.blocks)) == ["Come back.", "shoes", "towel"]


@pytest.mark.parametrize("note", [None, "", "  \n "])
def test_without_a_note_there_is_no_box(workspace, note):
    document = compose(workspace, "handout", note=note)
    assert not [b for b in document.blocks if isinstance(b, Callout) and b.kind == "note"]


def test_a_note_is_text_and_never_markup_of_the_template(workspace):
    note = '<b>Two</b> & {{ clinic.name }} <slot id="0"/> </callout>'
    document = compose(workspace, "handout", note=note)
    (box,) = (b for b in document.blocks if isinstance(b, Callout) and b.kind == "note")
    assert box.blocks == (Paragraph(box.blocks[0].children),)
    assert plain_text(box.blocks[0].children) == note.replace('"0"', "“0”")


def test_a_note_with_what_a_handout_cannot_hold_is_refused_without_its_words(workspace):
    with pytest.raises(UsageError) as caught:
        compose(workspace, "handout", note="# Secret")
    (problem,) = caught.value.diagnostics
    assert problem.message == "--note: Markdown here cannot hold a heading"
    assert "Secret" not in str(problem)


def test_a_content_field_with_what_a_handout_cannot_hold_is_refused_at_its_place(workspace):
    causes = "content/topics/knee/causes.yaml"
    workspace.replace(causes, "Long kneeling presses on it.", "'# Kneeling'")
    with pytest.raises(ContentError) as caught:
        compose(workspace, "handout")
    (problem,) = caught.value.diagnostics
    assert problem.code == "C240"
    assert "Markdown here cannot hold a heading" in problem.message
    assert (problem.file, problem.line) == (workspace.shown(causes), workspace.line(causes, "# Kneeling"))


def test_a_disclaimer_with_what_a_handout_cannot_hold_is_refused_at_its_place(workspace):
    workspace.write("content/disclaimer.yaml", "title: Mind\nshort: Ask us.\nfull: '# Ask us'\n")
    with pytest.raises(ContentError) as caught:
        compose(workspace, "handout")
    (problem,) = caught.value.diagnostics
    assert problem.file == workspace.shown("content/disclaimer.yaml")
    assert "heading" in problem.message


def test_a_topic_in_a_language_that_the_page_has_no_words_for_is_refused_at_its_place(workspace):
    workspace.replace("content/topics/knee/topic.yaml", "title: Sore knee", "title: Sore knee\nlanguage: de")
    with pytest.raises(ContentError) as caught:
        compose(workspace, "handout")
    (problem,) = caught.value.diagnostics
    assert (problem.file, problem.line) == (workspace.shown("content/topics/knee/topic.yaml"), 2)


def test_a_template_that_does_not_print_the_note_is_refused_when_there_is_one(workspace):
    workspace.write(OWN, f"<handout>{WARNINGS}</handout>")
    assert compose(workspace)
    with pytest.raises(TemplateError) as caught:
        compose(workspace, note="Secret")
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.file) == ("T302", workspace.shown(OWN))
    assert "Secret" not in str(problem)


@pytest.mark.parametrize(
    "inner",
    ["{{ note | upper }}", "{{ words[note | string] }}", "<p {{ note | trim }}>", "{{ note[0] }}", "{{ [note] }}"],
)
def test_no_message_about_a_template_shows_the_note(workspace, inner):
    workspace.write(OWN, f"<handout>{inner}{WARNINGS}</handout>")
    with pytest.raises(TemplateError) as caught:
        compose(workspace, note="Secret")
    assert "secret" not in str(caught.value).lower()


def test_a_list_where_words_stand_names_the_file_of_the_list(workspace):
    causes = "content/topics/knee/causes.yaml"
    workspace.replace(causes, "Long kneeling presses on it.", "'- one'")
    with pytest.raises(TemplateError) as caught:
        compose(workspace, "handout")
    (problem,) = caught.value.diagnostics
    assert problem.code == "T211"
    assert f"{workspace.shown(causes)}:{workspace.line(causes, '- one')}" in problem.hint


def test_a_disclaimer_that_a_handout_cannot_hold_is_refused_with_its_file(workspace):
    workspace.write("content/disclaimer.yaml", "title: Mind\nshort: Ask us.\nfull: '# Ask us'\n")
    with pytest.raises(ContentError) as caught:
        compose(workspace, "handout")
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.file) == ("C240", workspace.shown("content/disclaimer.yaml"))


@pytest.mark.parametrize("kind", ["list", "steps", "questions", "checklist", "prose"])
def test_the_text_of_a_group_prints_with_items_and_without(workspace, kind):
    items = (
        "items: [{id: a, term: Term, text: Text., why: Why.}]"
        if kind == "steps"
        else ("items: [{id: a, term: Term, text: Text.}]")
    )
    workspace.write(
        "content/topics/knee/story.yaml",
        f"title: Story\nkind: {kind}\nsources: [book]\ngroups:\n"
        f"  - {{id: one, text: First words., {items}}}\n  - {{id: two, text: Last words.}}\n",
    )
    text = words(compose(workspace, "handout"))
    assert "First words." in text
    assert "Last words." in text


def test_mistakes_of_an_exercise_print_when_a_template_says_what_to_call_them(workspace):
    workspace.write(
        "content/topics/knee/story.yaml",
        "title: Moves\nkind: exercises\nsources: [book]\ngroups:\n  - id: all\n    items:\n"
        "      - {id: a, term: Bend, steps: [Sit.], dose: {sets: 2}, stop: Stop., mistakes: [You hurry.]}\n",
    )
    workspace.write(OWN, "{% extends 'shipped/handout.xml.jinja' %}{% set show_mistakes = 'Common mistakes:' %}")
    assert "You hurry." not in words(compose(workspace, "handout"))
    assert "Common mistakes: You hurry." in words(compose(workspace))


# ------------------------------------------------------------------ template mistakes


MISTAKES = {
    "a name that does not exist": (
        "<handout>\n<p>\n  {{ topik.title }}\n</p>\n</handout>",
        "T102",
        3,
        "'topik' is undefined",
        'did you mean "topic"?',
    ),
    "an attribute that does not exist": (
        "<handout>\n{{ topic.titel }}\n</handout>",
        "T102",
        2,
        "titel",
        'did you mean "title"?',
    ),
    "an attribute of an item that does not exist": (
        ALL.replace("WHAT", "\n\n\n<p>{{ i.trem }}</p>\n"),
        "T102",
        4,
        "trem",
        'did you mean "term"?',
    ),
    "a word of the language that does not exist": (
        "<handout>\n<p>{{ words.key_point }}</p>\n</handout>",
        "T102",
        2,
        "key_point",
        'did you mean "key_points"?',
    ),
    "a statement that does not end": (
        "<handout>\n{% if note %}\n</handout>",
        "T101",
        3,
        "Unexpected end of template",
        "end",
    ),
    "an end without a beginning": ("<handout>\n\n{% endif %}\n</handout>", "T101", 3, "endif", "end"),
    "an expression that does not end": ("<handout>\n{{ topic.title }\n</handout>", "T101", 2, "unexpected '}'", ""),
    "a filter that does not exist": ("<handout>\n{{ 1 | uper }}\n</handout>", "T101", 2, "uper", ""),
    "a test that does not exist": ("<handout>\n{% if 1 is evn %}{% endif %}\n</handout>", "T1", 2, "evn", ""),
    "a template to include that does not exist": (
        "<handout>\n{% include '_lists.xml.jinja' %}\n</handout>",
        "T105",
        2,
        "_lists.xml.jinja",
        "_list",
    ),
    "a template to extend that does not exist": (
        "{% extends 'shipped/handuot.xml.jinja' %}",
        "T105",
        1,
        "handuot",
        'did you mean "handout"?',
    ),
    "an expression that fails": ("<handout>\n\n{{ 1 / 0 }}\n</handout>", "T106", 3, "division by zero", ""),
    "an operation on the wrong kind": ("<handout>\n{{ 'a' + 1 }}\n</handout>", "T106", 2, "", ""),
    "a filter with the wrong words": ("<handout>\n{{ 1 | round(method='up') }}\n</handout>", "T106", 2, "", ""),
    "a value set where none can be": ("<handout>{% set topic.title = 'x' %}</handout>", "T1", 1, "", ""),
    "loops nested too deep": (
        "<handout>" + "{% for a in [1] %}" * 30 + "{% endfor %}" * 30 + "</handout>",
        "T101",
        1,
        "nested too deep",
        "",
    ),
    "a filter without its words": ("<handout>\n{{ [1] | map }}\n</handout>", "T106", 2, "map", ""),
    "a block that is required": ("<handout>\n{% block z required %}{% endblock %}\n</handout>", "T106", 2, "z", ""),
    "half of a character": ('<handout>{{ "\\ud800" }}</handout>', "T203", 0, "half of a character", "ud800"),
    "a slot that is not there": (
        "<handout>\n{{ '<slot id=\"99999999999999\"/>' | safe }}\n</handout>",
        "T212",
        1,
        "no <slot> of its own",
        "",
    ),
    "a text of content that is compared": (
        "<handout>\n{% if topic.title == 'Knee' %}{% endif %}\n</handout>",
        "T106",
        2,
        "cannot be compared",
        "",
    ),
    "a list that is printed": ("<handout>\n<p>{{ [1, 2] }}</p>\n</handout>", "T106", 2, "cannot be printed", ""),
    "escaping switched off": (
        "<handout>\n{% autoescape false %}{% endautoescape %}\n</handout>",
        "T101",
        2,
        "escaping",
        "",
    ),
    "a block that stands twice": (
        "{% block a %}{% endblock %}\n{% block a %}{% endblock %}",
        "T101",
        2,
        "twice",
        "",
    ),
    "an unknown element after a tag of many lines": (
        "{# one\n two\n three #}\n<handout>\n{% if note\n   and topic %}\n{% endif %}\n<calout/>\n</handout>",
        "T201",
        8,
        "calout",
        "callout",
    ),
    "an unknown element in a macro": (
        "{% macro m() %}\n<calout/>\n{% endmacro %}\n<handout>\n{{ m() }}\n</handout>",
        "T201",
        2,
        "calout",
        "callout",
    ),
    "an element that is not closed": (
        "<handout>\n<section id='a'>\n<p>a</p>\n</handout>",
        "T203",
        2,
        "<section>",
        "closed",
    ),
}


@pytest.mark.parametrize(("template", "code", "line", "message", "hint"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_in_a_template_is_shown_with_file_and_line(workspace, problems, template, code, line, message, hint):
    (problem,) = problems(template)
    assert problem.code.startswith(code)
    assert (problem.file, problem.line) == (workspace.shown(OWN), line)
    assert message in problem.message
    assert hint in problem.hint


def test_a_mistake_in_a_part_is_shown_in_the_part(workspace, problems):
    workspace.write("templates/_mine.xml.jinja", "<p>\n{{ topik }}\n</p>")
    (problem,) = problems("<handout>\n{% include '_mine.xml.jinja' %}\n</handout>")
    assert (problem.file, problem.line) == (workspace.shown("templates/_mine.xml.jinja"), 2)


def test_an_unknown_element_in_an_overridden_block_is_shown_in_the_clinics_file(workspace, problems):
    (problem,) = problems(
        "{% extends 'shipped/handout.xml.jinja' %}\n{% block after_sections %}\n<p>a</p><calout/>\n{% endblock %}"
    )
    assert (problem.code, problem.file, problem.line) == ("T201", workspace.shown(OWN), 3)


def test_a_syntax_mistake_shows_its_line(problems):
    (problem,) = problems("<handout>\n{% if %}\n</handout>")
    assert problem.source_line == "{% if %}"


def test_an_unknown_template_is_answered_with_the_nearest(workspace):
    with pytest.raises(UsageError) as caught:
        compose(workspace, "handuot")
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.message) == ("U101", 'there is no template "handuot"')
    assert problem.hint == 'did you mean "handout"?'


@pytest.mark.parametrize("name", ["_list", "shipped/handout", "../handout", "handout.xml.jinja", "_base"])
def test_only_a_template_by_its_listed_name_can_be_asked_for(workspace, name):
    with pytest.raises(UsageError, match="U101"):
        compose(workspace, name)


def test_a_template_that_is_not_utf_8_says_so(workspace):
    workspace.write(OWN, "<handout><p>caf\u00e9</p></handout>".encode("latin-1"))
    with pytest.raises((TemplateError, UsageError)) as caught:
        compose(workspace)
    (problem,) = caught.value.diagnostics
    assert problem.file == workspace.shown(OWN)
    assert "UTF-8" in problem.message + problem.hint


# ------------------------------------------------------------------ a clinic's templates


@pytest.mark.parametrize(
    "name", ["R&D", 'the "new" one', "<clinic>", "{{ x }}", "{% x %}", "a:b", "100 % ours", "кабинет"]
)
def test_the_clinics_folder_may_have_any_name(workspace, name):
    workspace.folder = workspace.folder.rename(workspace.folder.with_name(name))
    workspace.write(OWN, f"<handout>\n<calout/>\n{WARNINGS}\n</handout>")
    with pytest.raises(TemplateError) as caught:
        compose(workspace)
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.file, problem.line) == ("T201", workspace.shown(OWN), 2)


def test_a_clinic_overrides_one_block_and_keeps_the_rest(workspace):
    before = words(compose(workspace, "handout"))
    workspace.write(
        "templates/handout.xml.jinja",
        "{% extends 'shipped/handout.xml.jinja' %}"
        "{% block after_sections %}<p>Thank you for coming to {{ clinic.name }}.</p>{% endblock %}",
    )
    after = words(compose(workspace, "handout"))
    assert after.replace("Thank you for coming to Hill Clinic.\n", "") == before
    assert "Thank you" in after


def test_a_clinics_part_comes_before_the_shipped_one(workspace):
    workspace.write(
        "templates/_list.xml.jinja",
        "<section id='a'><h2>Mine</h2>{% for i in section.items %}<p>{{ i.text }}</p>{% endfor %}</section>",
    )
    assert "Mine\n" in words(compose(workspace, "handout"))


@pytest.mark.parametrize("name", ["opening", "panel", "note", "key_points", "before_sections", "after_sections"])
def test_every_block_of_the_shipped_handout_can_be_overridden(workspace, name):
    workspace.write(
        OWN, f"{{% extends 'shipped/handout.xml.jinja' %}}{{% block {name} %}}<p>Ours alone.</p>{{% endblock %}}"
    )
    assert "Ours alone." in words(compose(workspace))


# ------------------------------------------------------------------ what a sheet is made of


def test_an_exercise_plan_of_a_topic_without_exercises_is_refused_with_its_file(workspace):
    with pytest.raises(UsageError) as caught:
        make_document(workspace.library(), Order("knee", "reader", template="exercise-plan"))
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.file) == ("U119", workspace.shown("content/topics/knee/topic.yaml"))
    assert "no section of kind exercises" in problem.message
    assert problem.source_line.startswith("sections:")


def test_a_template_of_the_clinics_own_can_say_what_it_is_made_of(workspace):
    workspace.write(
        OWN, "{% extends 'shipped/handout.xml.jinja' %}{% block tools %}{{ need('treatments') }}{% endblock %}"
    )
    with pytest.raises(UsageError, match="no section of kind treatments"):
        make_document(workspace.library(), Order("knee", "reader", template="own"))
    workspace.replace(OWN, "'treatments'", "'list'")
    assert make_document(workspace.library(), Order("knee", "reader", template="own")).blocks


def test_check_says_nothing_of_sheets_that_a_topic_cannot_have(workspace):
    workspace.replace(
        "content/audiences/reader.yaml",
        "exercise-plan: [{section: warnings}]",
        "exercise-plan: [{section: warnings}, {section: moves}]",
    )
    found = [each.diagnostic for each in check_library(workspace.library(), Scope(topics=("knee",))).findings]
    assert not [each for each in found if each.code != "C215" and (each.code == "U119" or "exercise" in each.message)]


def test_a_bundle_with_a_sheet_that_its_topic_cannot_have_is_told_so_at_its_line(workspace):
    workspace.write(
        "bundles/both.yaml",
        "title: Both\ntopic: knee\nhandouts:\n  - {template: handout}\n  - {template: exercise-plan}\n",
    )
    (problem,) = (
        each.diagnostic for each in check_library(workspace.library()).findings if each.diagnostic.code == "U119"
    )
    assert (problem.file, problem.line) == (workspace.shown("bundles/both.yaml"), 5)
