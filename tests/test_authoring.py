"""docs/authoring.md, typed along: every file written, every command run, in the order of the text."""

import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

GUIDE = Path(__file__).parents[1] / "docs" / "authoring.md"
# A file's name in a line of its own, then the file; or commands, indented by four.
STEP = re.compile(
    r"^`(?P<file>[\w./-]+)`\n\n```yaml\n(?P<text>.*?)^```$|^ {4}(?P<command>\S[^\n]*)$", re.MULTILINE | re.DOTALL
)
HANDOUTS = (sys.executable, "-m", "handouts")


def words(file):
    """What a PDF says, on one line."""
    with pypdfium2.PdfDocument(file) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def run(folder, command):
    return subprocess.run([*HANDOUTS, *command], cwd=folder, capture_output=True, text=True, timeout=120)


def preview_once(folder, command):
    """The command until it has shown its first pages, then Ctrl+C. No browser is opened."""
    command = [each for each in command if each != "--open"]
    with subprocess.Popen([*HANDOUTS, *command], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as shown:
        state = folder / "output" / "preview" / "state.js"
        deadline = time.monotonic() + 60
        while not state.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        shown.send_signal(signal.SIGINT)
        shown.wait(30)
        return state.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def typed(tmp_path_factory):
    """The workspace at the end of the guide, and what each command gave."""
    here = tmp_path_factory.mktemp("nurse")
    results = {}
    for step in STEP.finditer(GUIDE.read_text(encoding="utf-8")):
        if step["file"]:
            (here / step["file"]).write_text(step["text"], encoding="utf-8")
            continue
        program, *arguments = shlex.split(step["command"])
        if program == "cd":
            here = here / arguments[0]
        elif program == "rm":
            (here / arguments[0]).unlink()
        elif arguments[0] == "preview":
            results[step["command"]] = preview_once(here, arguments)
        else:
            assert program == "handouts"
            results[step["command"]] = run(here, arguments)
    return here, results


def test_every_command_of_the_guide_does_its_work(typed):
    _, results = typed
    assert len(results) > 12
    failed = {
        command: result.stderr
        for command, result in results.items()
        if not isinstance(result, str) and result.returncode
    }
    assert failed == {}


def test_the_preview_showed_the_first_pages(typed):
    _, results = typed
    (state,) = (result for command, result in results.items() if " preview " in command)
    assert '"problems": []' in state


def test_the_check_finds_nothing_but_that_nobody_has_signed(typed):
    _, results = typed
    found = results["handouts check foot-blister"]
    assert re.findall(r"(?:error|warning)\[\w+\]", found.stdout) == ["warning[R29]"]


def test_the_example_is_printed_for_three_audiences_and_carries_the_signature(typed):
    here, results = typed
    renders = [command for command in results if command.startswith("handouts render foot-blister")]
    files = [results[command].stdout.strip() for command in renders]
    assert len(files) == len(set(files)) == 7
    for file in files:
        with pikepdf.open(here / file) as pdf:
            assert "A. Example, DPM" in str(pdf.open_metadata())


def test_the_clinics_list_prints_the_questions_that_stand_on_no_sheet_by_default(typed):
    here, _ = typed
    question = "Which bandage is best?"
    assert question in words(here / "output/with-questions.pdf")
    assert question not in words(here / "output/foot-blister.patient.handout.pdf")


def test_the_exercise_prints_with_dose_stop_rule_and_mistakes_and_with_another_dose_for_one_patient(typed):
    here, _ = typed
    plan, more = words(here / "output/sore-heel.patient.exercise-plan.pdf"), words(here / "output/more.pdf")
    for text in (plan, more):
        assert "Lean forward until you feel a pull, and hold." in text
        assert "Stop if it hurts sharply, and tell us." in text
        assert "Do not let the heel lift." in text
    assert "2 times · hold 30 seconds · once a day" in plan
    assert "3 times · hold 30 seconds · 2 times a day" in more


def test_no_bracket_of_the_scaffold_is_left(typed):
    here, _ = typed
    topic = here / "content/topics/foot-blister"
    text = "".join(file.read_text(encoding="utf-8") for file in topic.rglob("*.yaml"))
    assert not re.search(r'"\[', text)
