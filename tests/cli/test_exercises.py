"""Exercises picked and dosed on the command line, plans, and how long a log goes on."""

import pytest

PSOAS = "psoas-muscle-spasm"


@pytest.fixture
def printed(run):
    """The text of a sheet, and what was said on stderr."""

    def printed(*arguments):
        result = run("render", PSOAS, "--format", "txt", "-o", "-", *arguments)
        assert result.exit_code == 0, result.stderr
        return result.stdout, result.stderr

    return printed


def titles(text):
    """The lines before a dose: the exercises, in order."""
    lines = [line for line in text.splitlines() if line]
    doses = ("once a day", "times a day")
    return [
        lines[place - 1]
        for place, line in enumerate(lines)
        # In the log, a dose stands behind the name.
        if " · " in line and ". " not in line and any(each in line for each in doses)
    ]


def test_picked_exercises_are_printed_in_their_order_with_their_doses(printed):
    text, said = printed("--template", "exercise-plan", "--exercises", "half-kneeling-stretch:3x30s@2/day,bridge:2x10")
    assert titles(text) == ["Half-kneeling hip stretch", "Bridge"]
    assert "3 times on each side · hold 30 seconds · 2 times a day\n" in text
    assert "2 sets · 10 times · hold 6 seconds · rest 10 seconds · once a day · 3 days a week\n" in text
    assert said == ""


@pytest.mark.parametrize("template", ["handout", "checklist", "diary", "visit-plan"])
def test_picked_exercises_are_on_a_sheet_of_any_template(printed, template):
    text, _ = printed("--template", template, "--exercises", "foam-rolling:3x45s,bridge")
    assert titles(text) == ["Rolling the front of the thigh", "Bridge"]
    assert "3 sets · for 45 seconds · once a day\n" in text


def test_picked_exercises_are_not_limited_by_the_number_of_items(printed):
    text, _ = printed("--items", "1", "--exercises", "bridge,pelvic-tilt,knee-to-chest")
    assert len(titles(text)) == 3


def test_a_time_is_said_in_the_language_of_the_page(printed):
    text, _ = printed("--language", "es", "--exercises", "half-kneeling-stretch:3x1min,belly-breathing:5min")
    assert "3 veces en cada lado · sostenga 1 minuto · una vez al día\n" in text
    assert "Durante 5 minutos · 3 veces al día\n" in text


def test_what_was_picked_is_not_left_out_to_meet_a_page_limit(printed):
    text, said = printed("--max-pages", "3", "--exercises", "bridge:2x10,pelvic-tilt")
    assert titles(text) == ["Bridge", "Pelvic tilt"]
    assert "left out to fit 3 pages" in said


def refused(run, *arguments):
    result = run("render", PSOAS, "-o", "-", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    return result.stderr


def test_an_exercise_that_is_not_there_is_refused_with_the_nearest(run):
    said = refused(run, "--exercises", "brige:2x10")
    assert 'error[U101] psoas-muscle-spasm has no exercise "brige"' in said
    assert 'did you mean "bridge"?' in said


def test_a_page_limit_that_picked_exercises_do_not_fit_is_refused(run):
    result = run("render", PSOAS, "-o", "-", "--max-pages", "2", "--exercises", ",".join(ALL.split(",")[:8]))
    assert result.exit_code == 5
    assert "cannot hold the warning signs, the exercises that were picked and the disclaimer" in result.stderr


def test_an_item_that_is_no_exercise_is_refused(run):
    assert 'has no exercise "heat"' in refused(run, "--exercises", "heat")


def test_a_wrong_dose_is_refused_with_an_example(run):
    said = refused(run, "--exercises", "bridge:2x10y")
    assert "error[U111]" in said
    assert "half-kneeling-stretch:3x30s@2/day" in said


def test_an_exercise_twice_is_refused(run):
    assert "error[U111]" in refused(run, "--exercises", "bridge,bridge:2x10")


def test_picking_exercises_and_skipping_them_is_refused(run):
    assert "error[U112]" in refused(run, "--exercises", "bridge", "--skip", "exercises")


ALL = (
    "bridge,pelvic-tilt,knee-to-chest,belly-breathing,half-kneeling-stretch,standing-hip-stretch,bed-edge-stretch,"
    "childs-pose,foam-rolling"
)


def test_many_exercises_are_told_and_too_many_are_refused(run, printed):
    _, said = printed("--exercises", ",".join(ALL.split(",")[:4]))
    assert said == ""
    text, said = printed("--exercises", ",".join(ALL.split(",")[:8]))
    assert len(titles(text)) == 8
    assert "warning[R38] 8 exercises" in said
    assert "error[R38] 9 exercises" in refused(run, "--exercises", ALL)


@pytest.mark.parametrize(("weeks", "days"), [((), 14), (("--weeks", "1"), 7), (("--weeks", "4"), 28)])
def test_the_log_of_an_exercise_plan_has_two_weeks_or_as_many_as_were_asked_for(printed, weeks, days):
    text, _ = printed("--template", "exercise-plan", *weeks)
    assert f"[ ] Day {days}\n" in text
    assert f"Day {days + 1}" not in text


@pytest.mark.parametrize(("weeks", "days"), [((), 7), (("--weeks", "2"), 14)])
def test_a_diary_has_a_week_or_as_many_as_were_asked_for(printed, weeks, days):
    lines = printed("--template", "diary", *weeks)[0].splitlines()
    assert [line for line in lines if line.startswith("Day ")] == [f"Day {day}" for day in range(1, days + 1)]


@pytest.mark.parametrize(("template", "said"), [("handout", True), ("exercise-plan", False), ("diary", False)])
def test_weeks_for_a_sheet_without_a_log_are_a_note(run, template, said):
    result = run("render", PSOAS, "--template", template, "--weeks", "2", "--format", "txt")
    assert result.exit_code == 0
    assert ("--weeks changes nothing" in result.stderr) == said


def test_five_weeks_are_refused(run):
    assert run("render", PSOAS, "--weeks", "5").exit_code == 2


# ------------------------------------------------------------------ a clinic's plans


@pytest.fixture
def clinic(run, here, monkeypatch):
    run("init", "my-clinic")
    monkeypatch.chdir(here / "my-clinic")
    return here / "my-clinic"


def test_the_example_plan_of_a_new_workspace_prints(printed, clinic):
    text, _ = printed("--template", "exercise-plan", "--plan", "first-weeks")
    assert titles(text) == ["Half-kneeling hip stretch", "Pelvic tilt", "Bridge"]
    assert "hold 30 seconds · 2 times a day" in text
    assert "[ ] Day 28\n" in text


def test_the_example_plan_prints_in_spanish(printed, clinic):
    text, _ = printed("--template", "exercise-plan", "--plan", "first-weeks", "--language", "es")
    assert "sostenga 30 segundos · 2 veces al día" in text


def test_plans_are_listed(run, clinic):
    result = run("list", "plans")
    assert " ".join(result.stdout.split()) == (
        "first-weeks psoas-muscle-spasm The first four weeks 4 half-kneeling-stretch pelvic-tilt bridge"
    )


def test_there_are_no_plans_without_a_workspace(run):
    assert run("list", "plans").stdout == ""
    assert "error[U101]" in refused(run, "--plan", "first-weeks")


def test_a_wrong_plan_is_told_with_its_place(run, clinic):
    file = clinic / "plans/first-weeks.yaml"
    file.write_text(file.read_text().replace("id: bridge", "id: brigde"))
    result = run("render", PSOAS, "--plan", "first-weeks")
    assert result.exit_code == 3
    assert "plans/first-weeks.yaml:9:" in result.stderr
    assert 'error[C301] exercises[2].id: psoas-muscle-spasm has no exercise "brigde"' in result.stderr
    assert run("check").exit_code == 3
