"""What a clinician reads before a sheet is handed out: measured, judged, on one page, and nothing claimed beyond."""

import datetime as dt
import io
import re

import page as page_validation
import pypdfium2
import pytest

from handouts.document import Table, plain_text, texts
from handouts.library.search_path import shipped_root
from handouts.making import Order, make_report
from handouts.quality import Scope, check_library
from handouts.quality.report import report_document, report_on
from handouts.quality.rules import CATALOGUE, RULES
from handouts.quality.rules.instruments import INSTRUMENTS

TODAY = dt.date(2026, 6, 1)
STORY = "content/topics/knee/story.yaml"
LONG = "You may utilize a crutch " + "and walk " * 12 + "each day."


@pytest.fixture
def report(workspace):
    """The report about the knee's handout."""

    def report(language=None, template="handout", day=TODAY):
        return report_on(workspace.library(), "knee", "reader", template, language, day)

    return report


@pytest.fixture
def said(workspace):
    """The words of the report as they print."""

    def said(language=None):
        document = report_document(workspace.library(), "knee", "reader", "handout", language, TODAY)
        return " ".join(" ".join(texts(document.blocks)).split())

    return said


def test_the_sheet_is_measured_as_a_whole_and_by_section(report):
    whole, *sections = report().levels
    assert whole.title == ""
    assert whole.sentences >= sum(level.sentences for level in sections) > 0
    assert {grade.name for level in (whole, *sections) for grade in level.grades} == {"SMOG", "Flesch–Kincaid"}
    assert "What the knee does" in {level.title for level in sections}


def test_few_sentences_are_called_few_and_are_not_judged(workspace, report):
    workspace.replace(STORY, "It carries you all day.", "Rehabilitation necessitates individualized supervision.")
    hard = next(level for level in report().levels if level.title == "What the knee does")
    assert hard.is_small
    assert max(grade.value for grade in hard.grades) > 8
    assert not any(grade.is_wrong for grade in hard.grades)


def test_the_longest_sentence_and_the_word_with_a_plainer_one_come_first(workspace, report, said):
    workspace.replace(STORY, "It carries you all day.", LONG)
    found = report()
    assert (found.longest[0].words, found.longest[0].section) == (31, "What the knee does")
    assert (found.hard_words[0].word, found.hard_words[0].instead) == ("utilize", "use")
    assert [each.words for each in found.longest] == sorted((each.words for each in found.longest), reverse=True)
    assert "31 words in What the knee does: You may utilize" in said()
    assert "utilize, plainer: use" in said()


def test_each_rule_that_found_something_stands_there_once_errors_first(workspace, report):
    workspace.replace(STORY, "It carries you all day.", LONG)
    before = report()
    workspace.replace(STORY, "each day.", "each day. You may take 5.0 mg or .5 mg.")
    after = report()
    assert (after.errors, before.errors) == (before.errors + 2, before.errors)
    (dose,) = (each for each in after.findings if each.rule == "R22")
    assert (dose.file, dose.severity, dose.more) == (STORY, "error", 1)
    assert dose.line == workspace.line(STORY, "5.0 mg")
    assert [each.severity for each in after.findings] == sorted(each.severity for each in after.findings)
    assert "R22" in after.rules.error
    assert "R22" not in expanded(after.rules.passed)


def test_what_was_accepted_is_counted_and_is_no_finding(workspace, report):
    workspace.replace(STORY, "It carries you all day.", "You may take 5.0 mg.")
    workspace.write(
        "content/check-baseline.yaml",
        f"""
        accepted:
          - {{rule: R22, file: {STORY}, finding: '"5.0 mg" can be read wrong', reason: the label says so}}
        """,
    )
    found = report()
    assert (found.accepted, found.rules.accepted) == (1, "R22")
    assert not any(each.rule == "R22" for each in found.findings)


def expanded(ranges):
    """The ids that ranges such as "R01–R04, R06" name."""
    found = []
    for part in filter(None, ranges.split(", ")):
        first, _, last = part.partition("–")
        found += [f"R{number:02}" for number in range(int(first[1:]), int((last or first)[1:]) + 1)]
    return found


def test_every_rule_has_one_result(report):
    rules = report().rules
    named = [each for name in rules.__struct_fields__ for each in expanded(getattr(rules, name))]
    assert sorted(named) == [each.id for each in CATALOGUE]
    assert expanded(rules.engine) == [each.id for each in CATALOGUE if each.decided_by == "engine"]
    assert expanded(rules.not_judged) == ["R42"]


def test_the_signature_is_told_and_when_words_change_that_there_is_none(workspace, report, said):
    assert report().review.signature.reviewer == "A. Reviewer"
    assert "Signed by A. Reviewer on 2026-01-03, due again on 2099-01-02." in said()
    assert "R29" in expanded(report().rules.passed)
    workspace.replace(STORY, "It carries you all day.", "It carries you.")
    assert report().review.signature is None
    assert "Not yet: no clinician has signed these words as they are now." in said()
    assert report().rules.warning == "R29"
    assert [(each.rule, each.file) for each in report().findings] == [("R29", "reviews/knee.yaml")]
    assert "1 warning;" in said()


def test_what_stands_among_the_findings_is_what_check_finds(workspace, report):
    workspace.unsign()
    workspace.replace(STORY, "It carries you all day.", "You can utilize a stick.")
    ours = {
        (each.diagnostic.code, each.said)
        for each in check_library(workspace.library(), Scope(("knee",), ("reader",)), TODAY).findings
    }
    found = report()
    assert {(each.rule, each.message) for each in found.findings} == ours
    assert (found.errors, found.warnings) == (0, len(ours))


def test_a_missing_signature_that_was_accepted_is_accepted_in_the_report_too(workspace, report):
    workspace.unsign()
    (missing,) = report().findings
    entry = f"{{rule: R29, file: {missing.file}, finding: '{missing.message}', reason: we print it for training}}"
    workspace.write("content/check-baseline.yaml", f"accepted:\n  - {entry}\n")
    found = report()
    assert (found.findings, found.accepted, found.rules.accepted) == ((), 1, "R29")


def test_words_that_changed_on_other_sheets_are_no_finding_about_this_one(workspace, report):
    workspace.replace("content/topics/knee/care.yaml", "Cool it for ten minutes.", "Cool it for five minutes.")
    assert "R29" in {each.diagnostic.code for each in check_library(workspace.library(), Scope(("knee",))).findings}
    assert report().review.signature is not None
    assert report().findings == ()


def test_what_others_have_not_signed_is_no_finding_about_this_sheet(workspace, report):
    workspace.unsign()
    workspace.sign(audience="reader")
    assert report().findings == ()


def test_an_old_text_is_called_old(workspace, report):
    workspace.unsign()
    assert report(day=dt.date(2040, 1, 1)).review.outdated
    assert "R30" in expanded(report(day=dt.date(2040, 1, 1)).rules.warning)


def test_a_translation_is_measured_by_the_formulas_of_its_language(spanish, report, said):
    found = report("es")
    assert {grade.name for level in found.levels for grade in level.grades} == {"INFLESZ", "Crawford"}
    assert found.is_translation
    assert "R42" not in expanded(found.rules.not_judged)
    assert "Reading level: INFLESZ" in said("es")


def test_words_in_another_language_say_so(spanish, workspace):
    from handouts.html import to_html

    library = workspace.library()
    document = report_document(library, "knee", "reader", "handout", "es", TODAY)
    page = to_html(document, library.brand(None), None, "report")
    assert document.language == "en"
    assert f'Report: <span lang="es">{library.topic("knee", "es").title}</span>' in page


def test_the_chart_says_each_number_in_words_and_draws_the_same(workspace):
    document = report_document(workspace.library(), "knee", "reader", "handout", None, TODAY)
    (table,) = (each for block in document.blocks for each in getattr(block, "blocks", ()) if isinstance(each, Table))
    assert table.header_rows == 1
    bars = [cell for row in table.rows[1:] for cell in row[1:]]
    assert len(bars) == 2 * (len(table.rows) - 1) > 2
    for cell in bars:
        assert float(re.match(r"-?[\d.]+", plain_text(cell.children))[0]) == cell.bar.value
        assert cell.bar.limit in {8, 6}


def test_no_score_is_made_of_the_instruments(said):
    words = said()
    assert "12 items checked by machine, 5 in part, 7 by a person" in words
    assert "12 items checked by machine, 7 in part, 1 by a person" in words
    assert "%" not in words
    assert "score" not in words.casefold()


# ------------------------------------------------------------------ the instruments


def test_the_instruments_have_the_items_that_their_authors_gave_them():
    pemat, index = INSTRUMENTS
    assert [item.number for item in pemat.items] == [*range(1, 13), *range(15, 27)]
    assert [item.number for item in index.items] == [*range(1, 21)]


@pytest.mark.parametrize(("instrument", "name"), [(INSTRUMENTS[0], "PEMAT"), (INSTRUMENTS[1], "CCI")])
def test_a_rule_looks_at_the_items_that_it_names_as_its_source(instrument, name):
    decided = {each.id for each in CATALOGUE if each.decided_by == "check"}
    items = {item.number: item for item in instrument.items}
    for criterion in CATALOGUE:
        for source in re.findall(rf"{name} ((?:\d+(?:–\d+)?(?:, (?=\d))?)+)", criterion.source):
            for part in source.split(", "):
                first, _, last = part.partition("–")
                for number in range(int(first), int(last or first) + 1):
                    if criterion.id in decided:
                        assert criterion.id in items[number].rules, (criterion.id, number)
                    else:
                        assert items[number].person, (criterion.id, number)
    assert {rule for item in instrument.items for rule in item.rules} <= {each.id for each in RULES}
    assert all(item.rules or item.person for item in instrument.items)


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda each: each.name)
def test_the_rules_reference_has_each_item(instrument):
    part = (shipped_root() / "docs/rules.md").read_text(encoding="utf-8").partition(f"### {instrument.name}\n")[2]
    rows = re.findall(r"^\| (\d+) \| (.+) \| (.*) \| (.*) \|$", re.split(r"\n(?:#|<a)", part)[0], re.MULTILINE)
    assert rows == [
        (str(item.number), item.about, " ".join(item.rules), "yes" if item.person else "") for item in instrument.items
    ]


# ------------------------------------------------------------------ the page


@pytest.mark.parametrize(
    ("topic", "audience", "language", "paper"),
    [
        ("psoas-muscle-spasm", "athlete", None, "letter"),
        ("psoas-muscle-spasm", "patient", "es", "letter"),
        ("low-back-pain", "office-worker", None, "a4"),
        ("ankle-sprain", "patient", None, "letter"),
    ],
)
def test_the_report_about_a_shipped_topic_is_one_page_that_conforms(shipped, topic, audience, language, paper):
    order = Order(topic=topic, audience=audience, language=language, paper=paper, today=TODAY)
    data = make_report(shipped, order)
    with pypdfium2.PdfDocument(io.BytesIO(data)) as pdf:
        assert len(pdf) == 1
        assert "For clinicians, not for patients." in pdf[0].get_textpage().get_text_range()
    for profile in ("ua1", "2a"):
        assert page_validation.validate_pdf_bytes(data, profile=profile).failures == []


def test_the_report_has_no_letterhead_and_says_of_itself_what_it_is(workspace):
    data = make_report(workspace.library(), Order(topic="knee", today=TODAY))
    with pypdfium2.PdfDocument(io.BytesIO(data)) as pdf:
        assert "Hill Clinic" not in pdf[0].get_textpage().get_text_range()
        assert pdf.get_metadata_dict()["Title"] == "Report: Sore knee – For readers"


def test_a_clinic_s_own_report_must_say_what_it_is(workspace):
    from handouts.errors import TemplateError

    workspace.write("templates/_report.xml.jinja", "<handout><h1>{{ title }}</h1></handout>")
    with pytest.raises(TemplateError, match="T303"):
        make_report(workspace.library(), Order(topic="knee", today=TODAY))


def test_a_template_that_asks_the_report_for_what_it_has_not_hears_the_nearest_name(workspace):
    from handouts.errors import TemplateError

    workspace.write("templates/_report.xml.jinja", "<handout><h1>{{ provenance.autor }}</h1></handout>")
    with pytest.raises(TemplateError, match="author"):
        make_report(workspace.library(), Order(topic="knee", today=TODAY))


def test_no_patient_s_sheet_is_listed_or_made_with_the_report_s_template(workspace):
    assert not any("report" in name for name in workspace.library().template_ids)


def test_the_sections_that_stand_on_no_sheet_by_default_are_named(workspace, report, said):
    assert report().unprinted == ()
    workspace.replace("content/audiences/reader.yaml", "    - section: story\n", "")
    assert report().unprinted == ("What the knee does",)
    assert "On no sheet unless it is asked for Whole sections: What the knee does." in said()


def test_paragraphs_and_items_that_stand_on_no_sheet_by_default_are_named_paragraphs_first(workspace, report, said):
    workspace.replace("content/audiences/reader.yaml", "section: story", "section: story\n      items: 1")
    found = report()
    assert (found.unprinted, found.unprinted_more) == ((), 0)
    assert found.unprinted_parts[0] == ("A load", "What the knee does")
    assert "Parts: A load (in What the knee does);" in said()


def test_of_many_parts_that_stand_on_no_sheet_the_first_are_named_and_the_others_counted(workspace):
    found = report_on(workspace.library(), "psoas-muscle-spasm", "patient", "handout", None, TODAY)
    assert len(found.unprinted_parts) == 3
    assert found.unprinted_more > 10


def test_a_rule_that_measures_says_so():
    """What reads the prepared text finds nothing in a language without formulas: it has not passed there."""
    reading = {"prepared", "parts", "_sheet_level", "_section_levels"}
    for rule in RULES:
        assert rule.measures == bool(reading.intersection(rule.check.__code__.co_names)), rule
