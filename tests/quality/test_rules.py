"""Each rule with words that break it and words that just do not: exactly one finding, and none."""

import re
from pathlib import Path

import pytest

from handouts import quality
from handouts.quality.rules import CATALOGUE, RULES

TOPIC = "content/topics/knee"
STORY = "text: It carries you all day."
GLOSSARY = "terms: [{term: cartilage, meaning: the smooth cover of a bone}]\n"
NUMBERED = "<ol>\n    {% for step in item.steps %}\n    <li>{{ step }}</li>\n    {% endfor %}\n  </ol>"


def story(text):
    """Other words in the section of prose."""
    return lambda clinic: clinic.replace(f"{TOPIC}/story.yaml", STORY, f"text: {text}")


def paragraphs(*texts):
    """Several paragraphs there."""
    lines = "\n\n".join(f"      {text}" for text in texts)
    old = "  - {id: load, title: A load, text: It carries you all day.}"
    return lambda clinic: clinic.replace(
        f"{TOPIC}/story.yaml", old, f"  - id: load\n    title: A load\n    text: |-\n{lines}"
    )


def at(file, old, new):
    """A change of one file of the topic, or of the workspace."""
    name = file if "/" in file and not file.startswith("checklists") else f"{TOPIC}/{file}"
    return lambda clinic: clinic.replace(name, old, new)


def own(block, text):
    """A template of the clinic's own: the shipped handout with one block replaced."""
    words = f"{{% extends 'shipped/handout.xml.jinja' %}}{{% block {block} %}}{text}{{% endblock %}}"
    return lambda clinic: clinic.write("templates/own.xml.jinja", words)


def part(kind, old, new):
    """The clinic's own way to print a kind of section."""

    def change(clinic):
        shipped = Path(quality.__file__).parents[2] / f"templates/_{kind}.xml.jinja"
        text = shipped.read_text(encoding="utf-8")
        assert old in text
        clinic.write(f"templates/_{kind}.xml.jinja", text.replace(old, new))

    return change


def both(*changes):
    def change(clinic):
        for each in changes:
            each(clinic)

    return change


def exercises(count):
    """So many exercises, all of them on the sheet."""

    def change(clinic):
        item = "      - {{id: m{0}, term: Move {0}, text: It helps., steps: [Sit.], dose: {{hold: 5 seconds, days-a-week: 7}}, stop: if it hurts.}}"
        items = "\n".join(item.format(number) for number in range(count))
        head = "title: Moves\nkind: exercises\nsources: [book]\ngroups:\n"
        groups = "".join(
            f"  - id: g{start}\n    title: Part {start}\n    items:\n"
            + "\n".join(items.splitlines()[start : start + 5])
            + "\n"
            for start in range(0, count, 5)
        )
        clinic.write(f"{TOPIC}/moves.yaml", head + groups)
        (clinic.folder / f"{TOPIC}/figures/raise.svg").unlink()

    return change


def causes(count):
    """So many causes in one group."""
    items = "\n".join(f"      - {{id: c{n}, term: Cause {n}, text: It loads the knee.}}" for n in range(count))
    text = f"title: Causes\nkind: list\nsources: [book]\ngroups:\n  - id: all\n    title: All\n    items:\n{items}\n"
    return lambda clinic: clinic.write(f"{TOPIC}/causes.yaml", text)


def words(count, last="."):
    """A sentence of so many short words."""
    return (
        f"You {' '.join(['can', 'walk', 'a', 'bit'] * 20)}".split()[:count]
        and " ".join(["You", *(["can", "walk", "a", "bit"] * 20)][:count]) + last
    )


LONG = "Your family can help you walk each day."
FLAT = "You can walk up and down the stairs at home and then sit on a good chair."
TABLE = "<section id='t'><h2>Days</h2><table>{}</table></section>"
PASSIVE = "The knee is bent by the thigh. The foot is lifted by the shin. The leg is carried by the hip."
ACTIVE = "The thigh bends the knee. The foot is lifted by the shin. The leg is carried by the hip."

# (rule, what breaks it, what just does not)
CASES = [
    ("R01", paragraphs(*[f"{LONG} {LONG} {LONG}"] * 4), paragraphs(*[f"{LONG} You can walk. Sit down."] * 4)),
    (
        "R02",
        paragraphs(*[f"{FLAT} {FLAT} {FLAT}".replace("walk", "travel").replace("a good", "another")] * 4),
        paragraphs(*[f"{FLAT} Sit. Walk."] * 4),
    ),
    ("R03", story(words(21)), story(words(20))),
    ("R04", story("Sit. Walk. Stand. Lie. Rest."), story("Sit. Walk. Stand. Lie.")),
    ("R05", causes(8), causes(7)),
    ("R06", paragraphs(*[f"{words(15)} {words(15)} {words(15)}"] * 4), paragraphs(*[f"{words(15)} {words(15)}"] * 4)),
    (
        "R06",
        own("before_sections", "<section id='empty'><h2>Empty</h2></section>"),
        own("before_sections", "<section id='full'><h2>Full</h2><p>Sit.</p></section>"),
    ),
    ("R07", own("before_sections", "<h3>First</h3>"), own("before_sections", "<h2>First</h2><h3>Then</h3>")),
    (
        "R08",
        own("panel", "{{ super() }}<p role='lead'>Walk.</p>"),
        own("panel", "{{ super() }}<p role='note'>Walk.</p>"),
    ),
    (
        "R08",
        at("topic.yaml", "main-message: Run less this week.", "main-message: Run less. Walk more."),
        at("topic.yaml", "main-message: Run less this week.", "main-message: Run 2.5 miles less."),
    ),
    ("R09", own("key_points", ""), own("key_points", "{{ super() }}")),
    (
        "R10",
        at(
            "content/audiences/reader.yaml",
            "    - {section: care, items: 2}\n    - {section: causes, items: 3}\n    - section: moves\n",
            "    - {section: causes, items: 3}\n",
        ),
        at("content/audiences/reader.yaml", "    - section: moves\n", ""),
    ),
    (
        "R10",
        at("care.yaml", "text: Walk a little.", "text: A little walk is good."),
        at("care.yaml", "text: Walk a little.", "text: 'If it hurts, walk a little.'"),
    ),
    (
        "R11",
        at(
            "moves.yaml",
            "steps: [Sit on a chair., ",
            f"steps: [{words(10, ',')} {words(11)}, ".replace(",,", ",").replace("bit, You", "bit and you"),
        ),
        at("moves.yaml", "steps: [Sit on a chair., ", f"steps: [{words(20)}, "),
    ),
    ("R11", part("exercises", NUMBERED, NUMBERED.replace("ol>", "ul>")), part("exercises", NUMBERED, NUMBERED)),
    (
        "R12",
        at(
            "content/audiences/reader.yaml", "  checklist:\n    - section: day\n", "  checklist:\n    - section: care\n"
        ),
        at("content/audiences/reader.yaml", "  checklist:\n", "  own:\n"),
    ),
    ("R13", part("steps", "{{ item.why }}", "…"), part("steps", "{{ words.why }}", "Why?")),
    ("R14", at("moves.yaml", "repetitions: 10, ", ""), at("moves.yaml", "repetitions: 10", "hold: 10 seconds")),
    ("R14", at("moves.yaml", ", times-a-day: 2", ""), at("moves.yaml", "times-a-day: 2", "days-a-week: 2")),
    ("R14", part("exercises", "{{ item.stop }}", "…"), part("exercises", "{{ words.stop }}", "Stop")),
    ("R14", part("exercises", "{{ item.dose }}", "…"), part("exercises", 'role="dose"', 'role="note"')),
    ("R15", own("before_sections", "<pagebreak/>"), own("after_sections", "<pagebreak/><p>Sit.</p>")),
    ("R15", both(own("panel", ""), at("clinic.yaml", "phone: 555-0199\n", "")), own("panel", "")),
    (
        "R16",
        part("warning-signs", 'kind="{{ urgency }}"', 'kind="routine"'),
        part("warning-signs", 'kind="{{ urgency }}"', "kind='{{ urgency }}'"),
    ),
    ("R17", paragraphs(PASSIVE), paragraphs(ACTIVE)),
    ("R18", story("The patient should walk."), story("You should walk.")),
    (
        "R19",
        both(
            lambda c: c.write("content/glossary.yaml", GLOSSARY),
            at("causes.yaml", "term: Kneeling", "term: Worn cartilage"),
        ),
        both(
            lambda c: c.write("content/glossary.yaml", GLOSSARY),
            at(
                "causes.yaml",
                "term: Kneeling\n        text: Long",
                "term: Worn cartilage\n        text: Worn cartilage hurts. Long",
            )
            if False
            else at("causes.yaml", "text: Long kneeling presses on it.", "text: Worn cartilage hurts."),
        ),
    ),
    (
        "R19",
        both(
            lambda c: c.write("content/glossary.yaml", GLOSSARY),
            story('"You can **hurt the cartilage** when you fall."'),
        ),
        both(
            lambda c: c.write("content/glossary.yaml", GLOSSARY),
            story('"The **cartilage** is a smooth cover on a bone."'),
        ),
    ),
    ("R19", story("You may need a nephrectomy."), story("You may need a nephrectomy (an operation).")),
    ("R20", story("You may need an XRQ."), story("You may need an XRQ (a small test).")),
    ("R21", story("You can utilize a stick."), story("You can use a stick.")),
    ("R22", story("You may take 5.0 mg."), story("You may take 5 mg.")),
    ("R22", story("You may walk if your pain is > 5."), story("You may walk if your pain is more than 5.")),
    ("R23", story("Multiply your steps by two."), story("You can take more steps.")),
    ("R24", story("It helps 40% of people."), story("It helps some people (40%).")),
    (
        "R24",
        story("It helps many people (2 out of 10 people). It harms few people (1 out of 50 people)."),
        story("It helps many people (2 out of 10 people). It harms few people (1 out of 10 people)."),
    ),
    ("R25", part("treatments", "{{ item.risk }}", "…"), part("treatments", "{{ words.risk }}", "Risk")),
    ("R26", at("topic.yaml", " How fast varies.", ""), at("topic.yaml", "How fast varies.", "Nobody knows how fast.")),
    (
        "R27",
        at("moves.yaml", "caption: Lift your foot.", f"caption: {words(21)}"),
        at("moves.yaml", "caption: Lift your foot.", f"caption: {words(20)}"),
    ),
    (
        "R27",
        at("moves.yaml", "alt: Somebody on a chair lifts a foot.", "alt: Lift your foot"),
        at("moves.yaml", "alt: Somebody on a chair lifts a foot.", "alt: Lift your right foot"),
    ),
    (
        "R28",
        own("after_sections", TABLE.format("<tr><td>Day</td><td>Walk</td></tr>")),
        own("after_sections", TABLE.format("<tr><th>Day</th><th>Walk</th></tr><tr><td>One</td><td>Yes</td></tr>")),
    ),
    (
        "R28",
        own("after_sections", TABLE.format(f"<tr>{'<th>Day</th>' * 5}</tr>")),
        own("after_sections", TABLE.format(f"<tr>{'<th>Day</th>' * 4}</tr>")),
    ),
    (
        "R29",
        at("topic.yaml", "  reviewer: A. Reviewer\n", ""),
        at("topic.yaml", "reviewer: A. Reviewer", "reviewer: B. Reviewer"),
    ),
    ("R30", at("topic.yaml", "2099-01-02", "2020-01-02"), at("topic.yaml", "2099-01-02", "2098-01-02")),
    ("R31", at("story.yaml", "sources: [book]\n", ""), at("story.yaml", "sources: [book]", "sources: [leaflet]")),
    (
        "R31",
        at("sources.yaml", "publisher: Lake Press}", "publisher: Lake Press}\n  - {id: spare, title: A, publisher: B}"),
        at("sources.yaml", "publisher: Lake Press", "publisher: Sea Press"),
    ),
    ("R37", own("after_sections", "<pagebreak/><p>Sit.</p>" * 4), own("after_sections", "<pagebreak/><p>Sit.</p>" * 2)),
    ("R38", exercises(5), exercises(4)),
    ("R39", story("Walk 5 TODO minutes."), story("Walk 5 minutes to do good.")),
    ("R39", own("after_sections", "<p>Walk. TODO</p>"), own("after_sections", "<p>Walk. Today.</p>")),
    ("R39", story('"You can\\u202e walk."'), story('"You can\\u00a0walk."')),
]
NAMES = [
    f"{rule}-{sum(1 for other, *_ in CASES[:index] if other == rule) + 1}" for index, (rule, *_) in enumerate(CASES)
]


def test_a_topic_that_keeps_every_rule_has_nothing_to_report(clean, findings):
    assert [str(each) for each in findings()] == []


@pytest.mark.parametrize(("rule", "wrong", "right"), CASES, ids=NAMES)
def test_what_breaks_a_rule_is_found_once_and_nothing_else(clean, findings, rule, wrong, right):
    wrong(clean)
    found = findings()
    assert [each.code for each in found] == [rule], [str(each) for each in found]
    assert all(each.hint and each.file for each in found)


@pytest.mark.parametrize(("rule", "wrong", "right"), CASES, ids=NAMES)
def test_what_just_keeps_a_rule_is_not_found(clean, findings, rule, wrong, right):
    right(clean)
    assert [str(each) for each in findings()] == []
