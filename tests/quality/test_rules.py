"""Each rule with words that break it and words that just do not: found in one place, with nothing else; not found."""

from collections import Counter

import pytest

from handouts.library.search_path import shipped_root

TOPIC = "content/topics/knee"
READER = "content/audiences/reader.yaml"


def at(file, old, new):
    """A change of a file of the topic, or of another file of the workspace."""
    name = file if file.startswith(("content/", "clinic")) else f"{TOPIC}/{file}"
    return lambda clinic: clinic.replace(name, old, new)


def story(*paragraphs):
    """Other words in the section of prose."""
    lines = "\n\n".join(f"      {text}" for text in paragraphs)
    old = "  - {id: load, title: A load, text: It carries you all day.}"
    return at("story.yaml", old, f"  - id: load\n    title: A load\n    text: |-\n{lines}")


def own(block, text):
    """A template of the clinic's own: the shipped handout with one block replaced."""
    words = f"{{% extends 'shipped/handout.xml.jinja' %}}{{% block {block} %}}{text}{{% endblock %}}"
    return lambda clinic: clinic.write("templates/own.xml.jinja", words)


def part(kind, old, new):
    """The clinic's own way to print a kind of section."""

    def change(clinic):
        text = (shipped_root() / f"templates/_{kind}.xml.jinja").read_text(encoding="utf-8")
        assert old in text
        clinic.write(f"templates/_{kind}.xml.jinja", text.replace(old, new))

    return change


def both(*changes):
    return lambda clinic: [change(clinic) for change in changes]


def glossary(clinic):
    clinic.write("content/glossary.yaml", "terms: [{term: cartilage, meaning: the smooth cover of a bone}]\n")


def exercises(count):
    """So many exercises, all of them on the sheet."""
    item = "\n".join(
        (
            "      - id: m{0}",
            "        term: Move {0}",
            "        steps: [Sit.]",
            "        dose: {{hold: 5 seconds, days-a-week: 7}}",
            "        stop: if it hurts.",
        )
    )
    groups = [f"  - id: g{number}\n    items:\n{item.format(number)}\n" for number in range(count)]

    def change(clinic):
        head = "title: Moves\nkind: exercises\nsources: [book]\ngroups:\n"
        clinic.write(f"{TOPIC}/moves.yaml", head + "".join(groups))
        (clinic.folder / f"{TOPIC}/figures/raise.svg").unlink()

    return change


def profile(sections):
    """Another list of sections for the handout."""
    sheets = f"sheets: {{handout: [{sections}], checklist: [{{section: day}}]}}"
    return lambda clinic: clinic.write(READER, f"title: Readers\nlabel: For readers\n{sheets}\n")


def causes(count):
    """So many causes in one group."""
    items = "\n".join(f"      - {{id: c{n}, term: Cause {n}, text: It loads the knee.}}" for n in range(count))
    text = f"title: Causes\nkind: list\nsources: [book]\ngroups:\n  - id: all\n    title: All\n    items:\n{items}\n"
    return lambda clinic: clinic.write(f"{TOPIC}/causes.yaml", text)


def words(count):
    """A sentence of so many short words."""
    return " ".join(["You", *(["can", "walk", "a", "bit"] * 20)][:count]) + "."


def table(*rows):
    return own("after_sections", f"<section id='t'><h2>Days</h2><table>{''.join(rows)}</table></section>")


LONG = "Your family can help you walk each day."
FLAT = "Before dinner on Sunday travel slowly down the garden pathway, making certain your ankle rests."
ACTIVE = "The thigh bends the knee. The shin lifts the foot. You can walk."
NUMBERED = "<ol>\n    {% for step in item.steps %}\n    <li>{{ step }}</li>\n    {% endfor %}\n  </ol>"
CARE = "    - {section: care, items: 2}\n"
CAUSES = "    - {section: causes, items: 3}\n"
MOVES = "    - section: moves\n"
FILLED = "<section id='more'><h2>More</h2>{}</section>"
STEPS = "steps: [Sit on a chair., "
ODDS = "It helps many people (2 out of 10 people). It harms few people (1 out of {} people)."
PRESSES = "text: Long kneeling presses on it."
SPARE = "publisher: Lake Press}\n  - {id: spare, title: A, publisher: B}"

# (rule, what breaks it, what just does not)
CASES = [
    ("R01", story(*[f"{LONG} {LONG} {LONG}"] * 4), story(*[f"{LONG} You can walk. Sit down."] * 4)),
    ("R02", story(*[f"{FLAT} {FLAT} {FLAT}"] * 3), story(*[f"{FLAT} Sit. Walk."] * 4)),
    ("R03", story(words(21)), story(words(20))),
    ("R03", story(words(26)), story(words(13), words(13))),
    ("R04", story("Sit. Walk. Stand. Lie. Rest."), story("Sit. Walk. Stand. Lie.")),
    ("R05", causes(8), causes(7)),
    ("R06", story(*[" ".join([words(13)] * 3)] * 4), story(*[" ".join([words(12)] * 3)] * 4)),
    ("R06", own("before_sections", FILLED.format("")), own("before_sections", FILLED.format("<p>Sit.</p>"))),
    ("R07", own("before_sections", "<h3>First</h3>"), own("before_sections", "<h2>First</h2><h3>Then</h3>")),
    (
        "R08",
        own("panel", "{{ super() }}<p role='lead'>Walk.</p>"),
        own("panel", "{{ super() }}<p role='note'>Walk.</p>"),
    ),
    (
        "R08",
        at("topic.yaml", "Run less this week.", "Run less. Walk more."),
        at("topic.yaml", "Run less this week.", "Run 2.5 miles less."),
    ),
    ("R09", own("key_points", ""), own("key_points", "{{ super() }}")),
    ("R10", at(READER, CARE + CAUSES + MOVES, CAUSES), at(READER, CARE + CAUSES + MOVES, CARE + CAUSES)),
    (
        "R10",
        at("care.yaml", "text: Walk a little.", "text: A little walk is good."),
        at("care.yaml", "text: Walk a little.", "text: 'If it hurts, walk a little.'"),
    ),
    (
        "R11",
        at("moves.yaml", STEPS, f"steps: ['Sit. {words(20)}', "),
        at("moves.yaml", STEPS, f"steps: ['Sit. {words(19)}', "),
    ),
    ("R11", part("exercises", NUMBERED, NUMBERED.replace("ol>", "ul>")), part("exercises", NUMBERED, NUMBERED)),
    (
        "R10",
        profile("{section: warnings}"),
        profile("{section: warnings}, {section: care}"),
    ),
    (
        "R12",
        both(at(READER, "    - section: day\n", CARE), at(READER, ", {section: day}]", "]")),
        both(own("panel", ""), at(READER, "  checklist:\n", "  own:\n")),
    ),
    ("R13", part("steps", "{{ item.why }}", "…"), part("steps", "{{ words.why }}", "Why?")),
    ("R14", at("moves.yaml", "repetitions: 10, ", ""), at("moves.yaml", "repetitions: 10", "hold: 10 seconds")),
    ("R14", at("moves.yaml", ", times-a-day: 2", ""), at("moves.yaml", "times-a-day: 2", "days-a-week: 2")),
    ("R14", at("moves.yaml", "stop: if", "stop: Stop if"), at("moves.yaml", "stop: if", "stop: stopping helps, if")),
    ("R14", part("exercises", "{{ item.stop }}", "…"), part("exercises", "{{ words.stop }}", "Stop")),
    ("R14", part("exercises", "{{ item.dose }}", "…"), part("exercises", 'role="dose"', 'role="note"')),
    ("R15", own("before_sections", "<pagebreak/>"), own("after_sections", "<pagebreak/><p>Sit.</p>")),
    ("R15", both(own("panel", ""), at("clinic.yaml", "phone: 555-0199\n", "")), own("panel", "")),
    (
        "R16",
        part("urgency", 'kind="{{ urgency }}"', 'kind="routine"'),
        part("urgency", 'kind="{{ urgency }}"', "kind='{{ urgency }}'"),
    ),
    (
        "R17",
        story("The knee is bent by the thigh. The foot is lifted by the shin.", *[ACTIVE] * 3),
        story("The knee is bent by the thigh.", *[ACTIVE] * 3),
    ),
    ("R18", story("The patient should walk."), story("You should walk.")),
    (
        "R19",
        both(glossary, at("causes.yaml", "term: Kneeling", "term: Worn cartilage")),
        both(
            glossary,
            at("causes.yaml", "term: Kneeling", "term: Worn cartilage"),
            at("causes.yaml", PRESSES, "text: Worn cartilage hurts."),
        ),
    ),
    (
        "R19",
        both(glossary, story("You can **hurt the cartilage** when you fall.")),
        both(glossary, story("The **cartilage** is a smooth cover on a bone.")),
    ),
    ("R19", story("You may need a nephrectomy."), story("You may need a nephrectomy (an operation).")),
    ("R20", story("You may need an XRQ."), story("You may need an XRQ (a small test).")),
    ("R21", story("You can utilize a stick."), story("You can use a stick.")),
    ("R22", story("You may lift 5.0 kg."), story("You may lift 5 kg.")),
    ("R22", story("You may take 400 mg of it."), story("You may take a pill.")),
    ("R22", story("You may take two pills."), story("You may take two walks.")),
    ("R22", story("You may walk if your pain is > 5."), story("You may walk if your pain is more than 5.")),
    ("R23", story("Multiply your steps by two."), story("You can take more steps.")),
    ("R24", story("It helps 40% of people."), story("It helps some people (40%).")),
    ("R24", story(ODDS.format(50)), story(ODDS.format(10))),
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
    ("R28", table("<tr><td>Day</td></tr>"), table("<tr><th>Day</th></tr>", "<tr><td>One</td></tr>")),
    ("R28", table("<tr>", "<th>Day</th>" * 5, "</tr>"), table("<tr>", "<th>Day</th>" * 4, "</tr>")),
    ("R31", at("story.yaml", "sources: [book]\n", ""), at("story.yaml", "sources: [book]", "sources: [leaflet]")),
    ("R31", at("sources.yaml", "publisher: Lake Press}", SPARE), at("sources.yaml", "Lake Press", "Sea Press")),
    (
        "R37",
        own("after_sections", "<pagebreak/><p>Sit.</p>" * 4),
        own("after_sections", "<pagebreak/><p>Sit.</p>"),
    ),
    ("R38", exercises(5), exercises(4)),
    ("R38", exercises(9), exercises(3)),
    ("R39", story("[Say how far to walk.]"), story("Walk far [if you can].")),
    ("R39", at("topic.yaml", 'version: "1.0"', 'version: "1.0"\ndraft: true'), at("topic.yaml", '"1.0"', '"1.1"')),
    ("R39", story("Walk 5 TODO minutes."), story("Walk 5 minutes to do good.")),
    ("R39", own("after_sections", "<p>Walk. TODO</p>"), own("after_sections", "<p>Walk. Today.</p>")),
    ("R39", story("You can\u200c walk."), story("You can\u00a0walk.")),
]
_COUNT = Counter()
NAMES = [f"{rule}-{_COUNT.update([rule]) or _COUNT[rule]}" for rule, *_ in CASES]


def test_a_topic_that_keeps_every_rule_has_nothing_to_report(clean, findings):
    assert [str(each) for each in findings()] == []


@pytest.mark.parametrize(("rule", "change"), [(rule, wrong) for rule, wrong, _ in CASES], ids=NAMES)
def test_what_breaks_a_rule_is_found_in_one_place_and_nothing_else_is(clean, findings, rule, change):
    change(clean)
    found = findings()
    assert {each.code for each in found} == {rule}, [str(each) for each in found]
    assert len({(each.file, each.line) for each in found}) == 1, [str(each) for each in found]
    assert all(each.hint for each in found)


@pytest.mark.parametrize("change", [right for *_, right in CASES], ids=NAMES)
def test_what_just_keeps_a_rule_is_not_found(clean, findings, change):
    change(clean)
    assert [str(each) for each in findings()] == []


def test_a_long_word_inside_a_glossary_word_is_explained_with_it(clean, findings):
    story("You can utilize a stick.")(clean)
    assert {each.code for each in findings()} == {"R21"}
    clean.write("content/glossary.yaml", "terms: [{term: utilize a stick, meaning: lean on it}]")
    assert "R21" not in {each.code for each in findings()}
