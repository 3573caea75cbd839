"""The closed vocabulary: what each element becomes, and what is refused (vocabulary.spec). Nothing is dropped."""

import re
from pathlib import Path

import pytest
import specification
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.composing.building import parse_handout
from handouts.composing.environment import HandoutEnvironment
from handouts.composing.markdown import parse_blocks
from handouts.composing.vocabulary import ELEMENTS
from handouts.document import Figure, Text, texts
from handouts.errors import TemplateError
from handouts.library import SearchPath
from handouts.library.search_path import Root

HERE = Path(__file__).parent
SLOTS = {"1": "content", "2": "one\n\ntwo", "3": "- a\n- b"}


HIP = Figure("FOUND/hip.svg", "A hip", (Text("The hip"),))


def slot(name):
    return (HIP,) if name == "4" else parse_blocks(SLOTS[name])


def picture(source):
    return None if "gone" in source else f"FOUND/{source}"


@pytest.fixture
def build(tmp_path):
    """The blocks of a template with this text, read from a file as every template is."""

    def build(text):
        file = tmp_path / "templates" / "case.xml.jinja"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        environment = HandoutEnvironment(SearchPath((Root(tmp_path),)))
        rendered = environment.get_template("case.xml.jinja").render()
        return parse_handout(rendered, "templates/case.xml.jinja", slot, picture, environment.templates.stamps)

    return build


@pytest.mark.parametrize(("inner", "expected"), specification.cases(HERE / "vocabulary.spec"))
def test_the_vocabulary(build, inner, expected):
    template = f"<handout>\n{inner}\n</handout>\n"
    if not re.match(r"T\d{3} ", expected):
        assert specification.outline(build(template)) == expected
        return
    with pytest.raises(TemplateError) as caught:
        print(specification.outline(build(template)))  # noqa: T201  shows what was built and should not have been
    assert {each.file for each in caught.value.diagnostics} == {"templates/case.xml.jinja"}
    shown = [
        f"{each.code} {each.line} {each.message}{f' → {each.hint}' if each.hint else ''}"
        for each in caught.value.diagnostics
    ]
    assert shown == expected.split("\n")


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("", "no element found"),
        ("<section id='a'/>", "the outermost element is <section>"),
        ("<handout/><handout/>", "junk after document element"),
        ("only words", "syntax error"),
        ("<!DOCTYPE handout [<!ENTITY a 'aaaa'>]><handout><p>&a;</p></handout>", "document types"),
        ("<handout at='templates/other.xml.jinja:7'/>", "duplicate attribute"),
    ],
    ids=["nothing", "another element", "two handouts", "no element", "a document type", "a place of its own"],
)
def test_a_template_writes_one_handout(build, template, message):
    with pytest.raises(TemplateError) as caught:
        build(template)
    (problem,) = caught.value.diagnostics
    assert message in problem.message
    assert problem.file == "templates/case.xml.jinja"


def test_entities_that_grow_without_end_are_refused(build):
    bomb = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    with pytest.raises(TemplateError, match="T204"):
        build(f"<!DOCTYPE handout [<!ENTITY a0 'aaaa'>{bomb}]><handout><p>&a11;</p></handout>")


@pytest.mark.parametrize("name", ["keep", "em"])
def test_elements_nested_without_end_are_refused(build, name):
    inner = f"{{% for n in range(5000) %}}<{name}>{{% endfor %}}a{{% for n in range(5000) %}}</{name}>{{% endfor %}}"
    with pytest.raises(TemplateError) as caught:
        build(f"<handout>\n<p>{inner}</p>\n</handout>" if name == "em" else f"<handout>\n{inner}\n</handout>")
    assert caught.value.diagnostics[0].file == "templates/case.xml.jinja"


@pytest.mark.parametrize("name", sorted(set(ELEMENTS) - {"handout", "slot"}))
def test_every_element_is_known_to_the_specification(name):
    """An element that is added to the vocabulary gets a case in vocabulary.spec."""
    inputs = [case.values[0] for case in specification.cases(HERE / "vocabulary.spec")]
    assert any(re.search(rf"<{name}[ />\n]", text) for text in inputs)


def test_the_template_reference_describes_each_element_and_attribute():
    text = (HERE.parent.parent / "docs" / "templates.md").read_text(encoding="utf-8")
    table = text.split("## Elements")[1].split("\n## ")[0]
    for name, element in ELEMENTS.items():
        for word in (name, *element.attributes):
            assert name == "slot" or f"`{word}`" in table, f"docs/templates.md does not describe {word} of <{name}>"
    rows = re.findall(r"^\| ([^|]*) \|", table, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([a-z0-9]+)`", row)}
    assert named <= set(ELEMENTS)


# ------------------------------------------------------------------ nothing is dropped

_VALUES = {
    "kind": "note",
    "id": "x",
    "href": "https://example.org",
    "src": "knee.svg",
    "alt": "A knee",
    "label": "a",
    "phone": "1",
}


@st.composite
def trees(draw, name="handout", depth=0):
    """An element, mostly with what it may hold and now and then with what it may not; every word is another."""
    element = ELEMENTS[name]
    values = {**_VALUES, "name": draw(st.sampled_from(["patient", "date", "phone"]))}
    attributes = "".join(f' {key}="{values[key]}"' for key in sorted(element.required))
    holds = {
        "blocks": [
            "p",
            "section",
            "ul",
            "steps",
            "dl",
            "table",
            "callout",
            "checklist",
            "columns",
            "keep",
            "fields",
            "qr",
            "contacts",
        ],
        "inline": ["TEXT", "strong", "em", "a", "span", "br"],
        "either": ["TEXT", "em", "p", "ul"],
        "parts": sorted(element.parts),
        "none": [],
    }[element.content]
    everything = ["TEXT", *(each for each in ELEMENTS if each not in {"slot", "handout"})]
    children = []
    for _ in range(draw(st.integers(0, 3)) if depth < 4 else 0):
        usual = holds and draw(st.integers(0, 9))
        child = draw(st.sampled_from(holds if usual else everything))
        children.append("WORD" if child == "TEXT" else draw(trees(child, depth + 1)))
    if not children and element.content == "inline":
        children = ["WORD"]
    return f"<{name}{attributes}>{' '.join(children)}</{name}>"


@settings(deadline=None, max_examples=200)
@given(tree=trees())
def test_every_word_of_a_template_is_in_the_document_or_the_template_is_refused(tree):
    numbers = iter(range(10_000))
    tree = re.sub("WORD", lambda _: f"w{next(numbers)}w", tree)
    try:
        blocks = parse_handout(tree, "case", lambda _: (), picture)
    except TemplateError:
        return
    found = re.findall(r"w\d+w", " ".join(texts(blocks)))
    assert sorted(found) == sorted(re.findall(r"w\d+w", tree))
