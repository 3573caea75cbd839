"""When a page says that a clinician reviewed it: one of them signed every word that it prints, and none has changed."""

import datetime as dt
import hashlib

import pytest

from handouts.document import texts
from handouts.errors import ContentError, MissingResourceError
from handouts.library.pictures import MAX_BYTES
from handouts.library.plans import Prescription
from handouts.making import Order, make_document, review_for
from handouts.reviewing import standing, standings, text_of
from handouts.selection import Choices

TOPIC = "content/topics/knee"
OVERLAY = "content/overlays/knee.yaml"
TODAY = dt.date(2026, 6, 1)


def reviewer(workspace, audience="reader", **order):
    """Who reviewed what an order prints, if anybody did."""
    order = {"today": TODAY, **order}
    signature = review_for(workspace.library(), Order("knee", audience, **order)).signature
    return signature.reviewer if signature else None


def text(workspace, audience=None, language=None):
    library = workspace.library()
    topic = library.topic("knee", language)
    return text_of(library, topic, library.audience(audience, topic.language) if audience else None)


def state(workspace, audience=None, today=TODAY, language=None):
    library = workspace.library()
    topic = library.topic("knee", language)
    return standing(library, topic, library.audience(audience) if audience else None, today).state


# ------------------------------------------------------------------ the text


def test_the_text_has_each_word_with_its_place_and_its_reader(workspace):
    lines = text(workspace)
    assert lines[:6] == (
        "topic.title: Sore knee",
        "topic.main-message: Bend your knee a little each hour.",
        "topic.main-message@runner: Run less this week.",
        "topic.key-points[1]: Most sore knees calm down. How fast varies.",
        "topic.key-points[2]: Short walks help.",
        "topic.key-points[3]: Ask if you are not sure.",
    )
    for line in (
        "warnings/hot.urgency: same-day",
        "topic.warning-signs: warnings: hot (same-day), locked (emergency)",
        "causes.title@runner: What in your running brings it on",
        "causes.home.title: At home",
        "causes/running.group: In sport",
        "causes/running.text: Long runs tire it.",
        "causes/running.text@runner: A jump in distance tires it.",
        "care/bend.why: It stays loose.",
        "day.days: 3",
    ):
        assert line in lines


def test_the_text_of_an_audience_is_what_its_sheets_print(workspace):
    lines = text(workspace, "runner")
    assert "causes/running.text@runner: A jump in distance tires it." in lines
    assert "causes/running.text: Long runs tire it." not in lines
    assert "causes/running.term: Running" in lines  # not worded for the runner: what all read
    assert not [line for line in lines if line.startswith("causes/swimming")]  # three causes print, not five
    assert "day/bent.term: Bend my knee" in lines  # the checklist, too
    assert "Long runs tire it." not in " ".join(lines)


def test_words_on_several_lines_are_one_line_of_the_text(workspace):
    workspace.replace(
        f"{TOPIC}/causes.yaml", "text: Long runs tire it.", "text: |\n          Long runs:\n\n          - a\n"
    )
    assert "causes/running.text: Long runs: - a" in text(workspace)


def test_doses_pictures_and_medical_words_are_in_the_text(workspace):
    workspace.write(
        "content/glossary.yaml", "terms:\n  - {term: hinge, forms: [hinges], meaning: a joint that bends one way}\n"
    )
    workspace.write(f"{TOPIC}/figures/walk.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    workspace.write(
        f"{TOPIC}/care.yaml",
        """
        title: What to do
        kind: exercises
        sources: [book]
        groups:
          - id: first
            items:
              - id: bend
                term: Bend it
                steps: [Sit down., Bend.]
                stop: It hurts.
                dose: {sets: 3, repetitions: 10, hold: 5 seconds}
                figure: {file: walk.svg, alt: A knee bends., caption: Bend it.}
        """,
    )
    lines = text(workspace)
    assert "care/bend.steps[2]: Bend." in lines
    assert "care/bend.dose: 3 sets · 10 times · hold 5 seconds" in lines
    assert "care/bend.figure-alt: A knee bends." in lines
    assert "care/bend.figure-caption: Bend it." in lines
    assert "glossary/hinge.meaning: a joint that bends one way" in lines
    (before,) = (line for line in lines if line.startswith("care/bend.figure:"))
    # The whole of it: two pictures with one short fingerprint can be made in a second.
    picture = (workspace.folder / TOPIC / "figures/walk.svg").read_bytes()
    assert before == f"care/bend.figure: walk.svg ({hashlib.sha256(picture).hexdigest()})"
    workspace.write(f"{TOPIC}/figures/walk.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="9"/>')
    assert before not in text(workspace)


def test_a_picture_too_large_to_print_is_an_error_with_its_name(workspace):
    workspace.replace(
        f"{TOPIC}/story.yaml",
        "text: It carries",
        "figure: {file: load.svg, alt: A load., caption: A load.}, text: It carries",
    )
    file = workspace.write(f"{TOPIC}/figures/load.svg", b"<svg/>" + b" " * MAX_BYTES)
    with pytest.raises(MissingResourceError) as caught:
        text(workspace)
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.file) == ("F203", workspace.shown(f"{TOPIC}/figures/load.svg"))
    assert file.name in problem.message


EXERCISES = """
    title: What to do
    kind: exercises
    sources: [book]
    groups:
      - id: first
        items:
          - id: bend
            term: Bend it
            steps: [Sit down., Bend.]
            stop: It hurts.
            dose: {sets: 3, repetitions: 10, hold: 5s}
            for:
              runner: {dose: {repetitions: 20}}
    """


def test_an_audiences_dose_is_written_as_it_prints_with_what_it_takes_from_the_dose_for_all(workspace):
    workspace.write(f"{TOPIC}/care.yaml", EXERCISES)
    assert "care/bend.dose@runner: 3 sets · 20 times · hold 5 seconds" in text(workspace)


# ------------------------------------------------------------------ what a signature covers


def test_a_signed_topic_covers_every_reader_and_every_choice(workspace):
    for audience in ("reader", "runner"):
        for choices in (Choices(), Choices(items="all"), Choices(skip=("story",)), Choices(sections=("causes",))):
            assert reviewer(workspace, audience, choices=choices) == "A. Reviewer"
    assert reviewer(workspace, template="checklist") == "A. Reviewer"


def test_a_page_says_who_signed_its_words_and_when_they_are_due(workspace):
    document = make_document(workspace.library(), Order("knee", today=TODAY))
    assert "Reviewed by A. Reviewer, January 3, 2026" in document.furniture.version_line.replace("\xa0", " ")
    assert document.review == "Reviewed by A. Reviewer, January 3, 2026."
    assert document.review_due == "2099-01-02"
    assert "Review due January 2, 2099." in " ".join(texts(document.blocks))


@pytest.mark.parametrize(
    ("file", "old", "new", "covered"),
    [
        ("care.yaml", "Bend it each hour.", "Bend it each day.", {}),
        ("care.yaml", ", why: It stays loose.", ", why: It hurts.", {}),
        ("warnings.yaml", ", text: You may feel ill too.", "", {}),  # a caution is gone
        ("warnings.yaml", "urgency: emergency", "urgency: routine", {}),
        ("warnings.yaml", "{id: locked, urgency: emergency, term: The knee is locked and cold}", "", {}),
        ("topic.yaml", "Short walks help.", "Long walks help.", {}),
        ("topic.yaml", "Run less this week.", "Run on.", {"reader"}),
        ("causes.yaml", "      runner: {text: A jump in distance tires it.}", "      runner: {term: Run}", {"reader"}),
        ("causes.yaml", "text: Long runs tire it.", "text: Runs tire it.", {"runner"}),
        ("causes.yaml", "Kicks can twist it.", "Kicks twist it.", {"reader", "runner"}),  # prints for neither
        ("causes.yaml", "title: In sport", "title: In sports", {}),
        ("checklists/day.yaml", "Walk outside", "Walk inside", {"reader", "runner"}),  # on another sheet
    ],
)
def test_changed_words_are_unsigned_for_those_who_read_them(workspace, file, old, new, covered):
    if old.startswith("{id: locked"):
        workspace.replace(f"{TOPIC}/{file}", "  - id: emergency\n    items:\n      - " + old + "\n", "")
    else:
        workspace.replace(f"{TOPIC}/{file}", old, new)
    assert {name for name in ("reader", "runner") if reviewer(workspace, name)} == set(covered)


SIGNS_OF_BLEEDING = """
    title: If you take blood thinners
    kind: warning-signs
    sources: [book]
    groups:
      - id: all
        items:
          - {id: bruise, urgency: emergency, term: A bruise that grows}
    """


@pytest.mark.parametrize("signed_for", [None, "reader"])
@pytest.mark.parametrize("gone", ["warnings", "bleeding"])
def test_a_section_of_warning_signs_that_is_gone_is_missed_on_every_page(workspace, signed_for, gone):
    workspace.unsign()
    workspace.write(f"{TOPIC}/bleeding.yaml", SIGNS_OF_BLEEDING)
    workspace.replace(f"{TOPIC}/topic.yaml", "sections: [warnings,", "sections: [bleeding, warnings,")
    workspace.sign(audience=signed_for)
    assert reviewer(workspace) == "A. Reviewer"
    workspace.replace(f"{TOPIC}/topic.yaml", f"{gone}, ", "")
    (workspace.folder / TOPIC / f"{gone}.yaml").unlink()
    assert reviewer(workspace) is None
    assert reviewer(workspace, template="checklist") is None
    assert state(workspace, signed_for) == "changed"


def test_sections_of_warning_signs_can_change_places(workspace):
    workspace.write(f"{TOPIC}/bleeding.yaml", SIGNS_OF_BLEEDING)
    workspace.replace(f"{TOPIC}/topic.yaml", "sections: [warnings,", "sections: [bleeding, warnings,")
    workspace.sign(reviewer="B. Example")
    workspace.replace(f"{TOPIC}/topic.yaml", "[bleeding, warnings,", "[warnings, bleeding,")
    assert reviewer(workspace) == "B. Example"


def test_text_in_the_words_that_were_signed_is_signed_again_when_it_is_put_back(workspace):
    workspace.replace(f"{TOPIC}/care.yaml", "Bend it each hour.", "Bend it each day.")
    assert reviewer(workspace) is None
    workspace.replace(f"{TOPIC}/care.yaml", "Bend it each day.", "Bend it each hour.")
    assert reviewer(workspace) == "A. Reviewer"


def test_what_an_audience_read_in_words_of_its_own_is_unsigned_when_they_are_gone(workspace):
    """The words for all were signed, but not for this reader."""
    workspace.replace(
        f"{TOPIC}/causes.yaml", "        for:\n          runner: {text: A jump in distance tires it.}\n", ""
    )
    assert (reviewer(workspace, "reader"), reviewer(workspace, "runner")) == ("A. Reviewer", None)


def test_the_meaning_of_a_medical_word_is_signed_with_the_text_that_holds_it(workspace):
    workspace.write("content/glossary.yaml", "terms:\n  - {term: hinge, meaning: a joint that bends}\n")
    assert reviewer(workspace) is None
    assert reviewer(workspace, choices=Choices(skip=("story",))) == "A. Reviewer"
    workspace.sign()
    assert reviewer(workspace) == "A. Reviewer"
    workspace.write("content/glossary.yaml", "terms:\n  - {term: hinge, meaning: a door}\n")
    assert reviewer(workspace) is None


def test_what_a_clinic_changes_is_another_text(workspace):
    workspace.write(OVERLAY, "hide: [causes/kneeling]\n")
    assert reviewer(workspace) == "A. Reviewer"  # fewer items, in the words that were signed
    workspace.write(OVERLAY, "change:\n  - {item: care/bend, text: Bend it often.}\n")
    assert reviewer(workspace) is None
    workspace.sign()
    assert reviewer(workspace) == "A. Reviewer"


@pytest.mark.parametrize("signed_for", [None, "runner"])
def test_a_hold_that_an_audiences_dose_takes_from_the_dose_for_all_was_signed_too(workspace, signed_for):
    workspace.unsign()
    workspace.write(f"{TOPIC}/care.yaml", EXERCISES)
    workspace.sign(audience=signed_for)
    assert reviewer(workspace, "runner") == "A. Reviewer"
    workspace.replace(f"{TOPIC}/care.yaml", "hold: 5s", "hold: 50s")
    assert reviewer(workspace, "runner") is None


def test_a_note_takes_no_signature_away(workspace):
    assert reviewer(workspace, note="Come **back**.") == "A. Reviewer"


@pytest.fixture
def exercising(workspace):
    """The workspace with a signed exercise in its topic, and a plan that says another dose."""
    workspace.write(f"{TOPIC}/care.yaml", EXERCISES)
    workspace.sign()
    workspace.write("plans/more.yaml", "topic: knee\nexercises: [{id: bend, sets: 4}]\n")
    return workspace


@pytest.mark.parametrize(
    "order",
    [
        {"choices": Choices(exercises=(Prescription(id="bend", sets=4),))},
        {"choices": Choices(exercises=(Prescription(id="bend", days_a_week=3),))},
        {"plan": "more"},
    ],
)
def test_the_reviewer_is_named_for_the_text_and_not_for_a_dose_that_was_chosen(exercising, order):
    document = make_document(exercising.library(), Order("knee", today=TODAY, **order))
    says = "Text reviewed by A. Reviewer, January 3, 2026; your clinician set how much to exercise"
    assert says in document.furniture.version_line.replace("\xa0", " ")
    assert f"{says}." in " ".join(texts(document.blocks))
    assert document.review == f"{says}."


@pytest.mark.parametrize(
    "picked", [Prescription(id="bend"), Prescription(id="bend", sets=3, repetitions=10, hold="5s")]
)
def test_a_picked_exercise_with_the_topics_own_dose_is_covered_as_it_is(exercising, picked):
    document = make_document(exercising.library(), Order("knee", today=TODAY, choices=Choices(exercises=(picked,))))
    assert document.review == "Reviewed by A. Reviewer, January 3, 2026."


def test_an_unsigned_page_says_nothing_of_doses(exercising):
    exercising.unsign()
    document = make_document(exercising.library(), Order("knee", plan="more", today=TODAY))
    assert document.review == "Not yet reviewed by a clinician."


def test_order_and_priority_take_no_signature_away(workspace):
    workspace.replace(f"{TOPIC}/topic.yaml", "[warnings, story, causes, care]", "[warnings, causes, care, story]")
    workspace.replace(f"{TOPIC}/causes.yaml", "{reader: 3}", "{reader: 1}")
    assert reviewer(workspace) == "A. Reviewer"


DAY = """
    title: My day
    kind: checklist
    days: 3
    sources: [book]
    groups:
      - id: do
        title: Do
        items:
          - {id: bent, term: Bend my knee}
      - id: avoid
        title: Avoid
        items:
          - {id: walked, term: Walk outside}
          - {id: kneeled, term: Kneel}
    """


def test_an_item_that_stands_under_another_groups_title_says_something_else(workspace):
    workspace.write(f"{TOPIC}/checklists/day.yaml", DAY)
    workspace.sign(reviewer="B. Example")
    assert reviewer(workspace, template="checklist") == "B. Example"
    walked = "      - {id: walked, term: Walk outside}\n"
    file = f"{TOPIC}/checklists/day.yaml"
    workspace.replace(file, walked, "")
    workspace.replace(file, "{id: bent, term: Bend my knee}\n", "{id: bent, term: Bend my knee}\n" + walked)
    assert reviewer(workspace, template="checklist") is None
    assert reviewer(workspace) == "B. Example"  # prints no checklist


def test_the_title_of_a_group_of_warning_signs_is_not_signed_for_it_does_not_print(workspace):
    workspace.replace(f"{TOPIC}/warnings.yaml", "- id: emergency\n", "- id: emergency\n    title: At once\n")
    assert reviewer(workspace) == "A. Reviewer"
    workspace.replace(f"{TOPIC}/warnings.yaml", "title: At once", "text: Do not wait.")
    assert reviewer(workspace) is None


# ------------------------------------------------------------------ one audience, one language


def test_an_audience_that_was_signed_alone_is_the_only_one_that_says_so(workspace):
    workspace.unsign()
    workspace.sign(audience="runner")
    assert (reviewer(workspace, "runner"), reviewer(workspace, "reader")) == ("A. Reviewer", None)
    assert reviewer(workspace, "runner", template="checklist") == "A. Reviewer"


def test_a_signature_for_one_audience_is_none_for_another_that_reads_the_same_words(workspace):
    workspace.write("content/audiences/walker.yaml", "title: Walkers\nlabel: For walkers\nextends: reader\n")
    assert reviewer(workspace, "walker") == "A. Reviewer"
    workspace.unsign()
    workspace.sign(audience="reader")
    assert (reviewer(workspace, "reader"), reviewer(workspace, "walker")) == ("A. Reviewer", None)


def test_what_an_audience_does_not_print_by_default_was_not_signed_for_it(workspace):
    workspace.unsign()
    workspace.sign(audience="runner")
    assert reviewer(workspace, "runner", choices=Choices(items=1)) == "A. Reviewer"
    assert reviewer(workspace, "runner", choices=Choices(items="all")) is None


def test_the_newest_signature_that_covers_the_page_prints(workspace):
    workspace.sign(reviewer="B. Example", signed=dt.date(2026, 2, 1), audience="runner")
    assert (reviewer(workspace, "runner"), reviewer(workspace, "reader")) == ("B. Example", "A. Reviewer")
    workspace.replace(f"{TOPIC}/causes.yaml", "A jump in distance tires it.", "More miles tire it.")
    workspace.sign(reviewer="C. Example", signed=dt.date(2026, 3, 1))
    assert (reviewer(workspace, "runner"), reviewer(workspace, "reader")) == ("C. Example", "C. Example")


def test_a_translation_is_signed_on_its_own_and_stays_a_draft(spanish):
    assert reviewer(spanish, language="es") == "A. Reviewer"
    document = make_document(spanish.library(), Order("knee", language="es", today=TODAY))
    assert "Revisado por A. Reviewer" in document.review
    assert "Borrador" in document.review
    spanish.replace(f"{TOPIC}/es/care.yaml", "Camine un poco.", "Camine mucho.")
    assert reviewer(spanish, language="es") is None
    assert reviewer(spanish) == "A. Reviewer"


# ------------------------------------------------------------------ age


def test_a_review_is_due_after_its_day(workspace):
    def overdue(day):
        return review_for(workspace.library(), Order("knee", today=day)).overdue

    assert not overdue(dt.date(2099, 1, 2))
    assert overdue(dt.date(2099, 1, 3))


@pytest.mark.parametrize(("signed", "day"), [(True, dt.date(2031, 1, 3)), (False, dt.date(2031, 1, 2))])
def test_a_text_of_more_than_five_years_is_refused(workspace, signed, day):
    if not signed:
        workspace.unsign()
    library = workspace.library()
    assert make_document(library, Order("knee", today=day))
    with pytest.raises(ContentError) as caught:
        make_document(library, Order("knee", today=day + dt.timedelta(days=1)))
    (problem,) = caught.value.diagnostics
    assert problem.code == "C331"
    assert "--allow-outdated" in problem.hint


@pytest.mark.parametrize(
    ("language", "says"), [("en", "Old text (January 3, 2026)"), ("es", "Texto antiguo (3 de enero de 2026)")]
)
def test_a_text_of_more_than_five_years_says_so_on_the_page_when_it_is_allowed(spanish, language, says):
    order = Order("knee", language=language, today=dt.date(2040, 1, 1), allow_outdated=True)
    document = make_document(spanish.library(), order)
    assert says in document.furniture.version_line.replace("\xa0", " ")
    assert says in " ".join(texts(document.blocks))
    assert says in document.review


def test_a_leap_day_is_five_years_old_on_the_28th(workspace):
    workspace.sign(signed=dt.date(2028, 2, 29))
    library = workspace.library()
    assert not review_for(library, Order("knee", today=dt.date(2033, 2, 28))).outdated
    assert review_for(library, Order("knee", today=dt.date(2033, 3, 1))).outdated


@pytest.mark.parametrize("signed", [dt.date(9998, 1, 1), dt.date(9999, 12, 31), dt.date(9996, 2, 29)])
def test_dates_at_the_end_of_the_calendar_are_read_like_others(workspace, signed):
    workspace.sign(signed=signed, due=dt.date.max)
    assert reviewer(workspace) == "A. Reviewer"
    assert make_document(workspace.library(), Order("knee", today=TODAY)).review_due == "9999-12-31"
    assert state(workspace) == "signed"
    workspace.unsign()
    workspace.replace(f"{TOPIC}/topic.yaml", "published: 2026-01-02", f"published: {signed.isoformat()}")
    assert state(workspace) == "never"


# ------------------------------------------------------------------ how things stand


def test_a_topic_is_never_signed_then_signed_then_due_then_outdated(workspace):
    workspace.unsign()
    assert state(workspace) == "never"
    workspace.sign(due=dt.date(2027, 1, 3))
    assert state(workspace) == "signed"
    assert state(workspace, today=dt.date(2027, 1, 4)) == "due"
    assert state(workspace, today=dt.date(2031, 1, 4)) == "outdated"


def test_a_topic_whose_words_changed_is_not_signed_any_more(workspace):
    workspace.replace(f"{TOPIC}/causes.yaml", "Kicks can twist it.", "Kicks twist it.")
    assert state(workspace) == "changed"


def test_an_audience_that_was_signed_alone_stands_alone(workspace):
    workspace.unsign()
    workspace.sign(audience="runner")
    assert (state(workspace), state(workspace, "runner")) == ("never", "signed")
    workspace.replace("content/audiences/reader.yaml", "{section: causes, items: 3}", "section: causes")
    assert state(workspace, "runner") == "changed"  # its sheets print more than was signed
    library = workspace.library()
    found = standings(library, library.topic("knee"), TODAY)
    assert [(each.audience, each.state) for each in found] == [(None, "never"), ("runner", "changed")]
