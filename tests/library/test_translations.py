"""A topic in another language: its words over the original's structure, and nothing in the wrong language."""

import pytest

from handouts.errors import ContentError, UsageError
from handouts.library.topics import items_by_reference
from handouts.selection import Choices, select

ES = "content/topics/knee/es"


def refused(workspace):
    with pytest.raises(ContentError) as caught:
        workspace.library().topic("knee", "es")
    return caught.value.diagnostics


def test_a_translation_has_the_translated_words_and_the_structure_of_the_original(spanish):
    library = spanish.library()
    english, topic = library.topic("knee"), library.topic("knee", "es")
    assert (topic.language, topic.title) == ("es", "Rodilla adolorida")
    items, originals = items_by_reference(topic.sections), items_by_reference(english.sections)
    assert set(items) == {name for name in originals if not name.startswith("story/")}
    running, original = items["causes/running"], originals["causes/running"]
    assert running.tailored["runner"].text == "Un salto en la distancia la cansa."
    assert (running.priority, running.sources) == (original.priority, original.sources)
    assert items["warnings/hot"].urgency == "same-day"
    assert topic.section("day").file.days == 3
    assert topic.provenance.review_due == english.provenance.review_due


def test_the_topic_s_own_language_is_the_topic_itself(spanish):
    library = spanish.library()
    assert library.topic("knee", "en") == library.topic("knee")
    assert library.topic("knee", "en").translation is None


def test_every_word_of_a_dose_is_translated_and_its_numbers_are_not(spanish):
    spanish.write(
        "content/topics/knee/story.yaml",
        """
        title: Exercises
        kind: exercises
        sources: [book]
        groups:
          - id: all
            items:
              - {id: squat, term: Squat, steps: [Bend., Rise.], dose: {sets: 2, hold: 5 seconds}, stop: if it hurts}
        """,
    )
    words = "{term: Sentadilla, steps: [Doble., Suba.], dose: {hold: 5 segundos}, stop: si duele}"
    file = f"{ES}/story.yaml"
    spanish.write(file, f"of: abcdefgh\ntitle: Ejercicios\ngroups:\n  all:\n    items:\n      squat: {words}\n")
    item = items_by_reference(spanish.library().topic("knee", "es").sections)["story/squat"]
    assert (item.dose.sets, item.dose.hold, item.steps) == (2, "5 segundos", ("Doble.", "Suba."))
    spanish.replace(file, "{hold: 5 segundos}", "{hold: 5 segundos, sets: 3}")
    (problem,) = refused(spanish)
    assert (problem.code, problem.line) == ("C311", spanish.line(file, "squat"))
    spanish.replace(file, "{hold: 5 segundos, sets: 3}", "{hold: 5 segundos}")
    spanish.replace(file, "[Doble., Suba.]", "[Doble.]")
    (problem,) = refused(spanish)
    assert (problem.code, problem.message) == (
        "C312",
        "groups.all.items.squat.steps: the original has 2 of these, this has 1",
    )


def test_all_missing_and_unknown_words_are_told_at_once_with_their_places(spanish):
    spanish.replace(f"{ES}/causes.yaml", "intro: Pocas veces hay una sola causa.\n", "")
    spanish.replace(f"{ES}/causes.yaml", "cycling: {term", "ciclyng: {term")
    spanish.replace(f"{ES}/warnings.yaml", ", text: También puede sentirse mal.", ", why: No.")
    spanish.replace(f"{ES}/topic.yaml", "  runner: {main-message: Corra menos esta semana.}", "  runer: {}")
    found = {
        (each.file.rpartition("/es/")[2], each.line, each.code, each.message.rpartition(": ")[2])
        for each in refused(spanish)
    }
    sport = spanish.line(f"{ES}/causes.yaml", "running:")
    assert found == {
        ("causes.yaml", 1, "C310", '"intro" is not translated'),
        ("causes.yaml", sport, "C310", '"cycling" is not translated'),
        ("causes.yaml", spanish.line(f"{ES}/causes.yaml", "ciclyng"), "C311", "the original has no such words"),
        ("warnings.yaml", spanish.line(f"{ES}/warnings.yaml", "hot"), "C310", '"text" is not translated'),
        ("warnings.yaml", spanish.line(f"{ES}/warnings.yaml", "hot"), "C311", "the original has no such words"),
        ("topic.yaml", spanish.line(f"{ES}/topic.yaml", "runer"), "C310", '"runner" is not translated'),
        ("topic.yaml", spanish.line(f"{ES}/topic.yaml", "runer"), "C311", "the original has no such words"),
    }


def test_a_misspelt_id_is_told_with_the_nearest_one(spanish):
    spanish.replace(f"{ES}/causes.yaml", "cycling: {term", "ciclyng: {term")
    (problem,) = (each for each in refused(spanish) if each.code == "C311")
    assert problem.hint == 'did you mean "cycling"?'


def test_a_key_of_the_structure_is_refused_in_a_translation(spanish):
    spanish.replace(f"{ES}/causes.yaml", "stairs: {term", "stairs: {priority: 1, term")
    (problem,) = refused(spanish)
    assert (problem.code, problem.line) == ("C203", spanish.line(f"{ES}/causes.yaml", "stairs"))


def test_a_file_that_translates_nothing_is_refused(spanish):
    spanish.write(f"{ES}/cuases.yaml", "title: Causas\ngroups: {}\n")
    (problem,) = refused(spanish)
    assert (problem.code, problem.hint) == ("C205", 'did you mean "causes"?')


def test_a_translation_without_its_warning_signs_is_refused(spanish):
    (spanish.folder / ES / "warnings.yaml").unlink()
    (problem,) = refused(spanish)
    assert (problem.code, problem.file) == ("C313", spanish.shown(f"{ES}/warnings.yaml"))


def test_a_translation_says_which_text_it_translates(spanish):
    of = spanish.library().topic("knee", "es").translation.texts[0][2]
    file = spanish.folder / ES / "topic.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(f"of: {of}\n", ""), encoding="utf-8")
    (problem,) = refused(spanish)
    assert problem.code == "R42"
    assert problem.hint.endswith(f"add of: {of}")


def test_a_translation_names_its_translator_or_is_a_draft(spanish):
    spanish.replace(f"{ES}/topic.yaml", "draft: true", "draft: false")
    (problem,) = refused(spanish)
    assert (problem.code, problem.hint) == ("R42", "add translator: and a name, or draft: true")


def test_the_fingerprint_follows_the_original_s_words_and_nothing_else(spanish):
    def states():
        texts = spanish.library().topic("knee", "es").translation.texts
        return {source.file.name for source, of, now in texts if of != now}

    spanish.replace("content/topics/knee/causes.yaml", "priority: {reader: 3}", "priority: {reader: 4}")
    assert states() == set()
    spanish.replace("content/topics/knee/causes.yaml", "A jump in distance tires it.", "More distance tires it.")
    assert states() == {"causes.yaml"}


# ------------------------------------------------------------------ what is asked for and not there


def test_a_section_that_is_not_translated_is_refused_when_it_is_asked_for(spanish):
    library = spanish.library()
    topic, reader = library.topic("knee", "es"), library.audience("reader", "es")
    with pytest.raises(ContentError) as caught:
        select(topic, reader, Choices(sections=("story", "care")))
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.message) == ("C313", '"story" is not translated to es')
    assert problem.file == spanish.shown(f"{ES}/story.yaml")
    assert "warnings, causes, care, day" in problem.hint


def test_a_section_of_the_reader_s_profile_is_not_silently_left_out(spanish):
    spanish.replace("content/audiences/reader.yaml", "- section: warnings", "- section: warnings\n    - section: story")
    library = spanish.library()
    topic, reader = library.topic("knee", "es"), library.audience("reader", "es")
    with pytest.raises(ContentError, match='"story" is not translated'):
        select(topic, reader)
    assert "care" in [each.id for each in select(topic, reader, Choices(skip=("story",))).sections]


@pytest.mark.parametrize(
    ("language", "message", "hint"),
    [
        ("esp", 'there is no language "esp"', 'did you mean "es"?'),
        ("fr", "knee is not translated to fr", "it is there in en, es"),
    ],
)
def test_a_language_that_is_not_there_is_refused(spanish, language, message, hint):
    spanish.write("content/languages/fr.yaml", "name: Français\n")
    with pytest.raises(UsageError) as caught:
        spanish.library().topic("knee", language)
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.message) == ("U101", message)
    assert hint in problem.hint


def test_a_translation_into_a_language_without_the_page_s_words_is_refused(spanish):
    (spanish.folder / ES).rename(spanish.folder / "content/topics/knee/nl")
    with pytest.raises(ContentError) as caught:
        spanish.library().topic("knee", "nl")
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.file) == ("C214", "content/languages/nl.yaml")


def test_an_audience_without_a_name_in_the_language_is_refused(spanish):
    with pytest.raises(ContentError) as caught:
        spanish.library().audience("runner", "es")
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.file) == ("C222", spanish.shown("content/audiences/runner.yaml"))
    assert spanish.library().audience("reader", "es").label == "Para lectores"
    assert spanish.library().audience("reader").label == "For readers"


def test_the_glossary_and_the_disclaimer_of_a_language_are_not_replaced_by_others(workspace):
    library = workspace.library()
    for read, name, code in (
        (library.glossary, "content/glossary.nl.yaml", "C223"),
        (library.disclaimer, "content/disclaimer.nl.yaml", "C220"),
    ):
        with pytest.raises(ContentError) as caught:
            read("nl")
        (problem,) = caught.value.diagnostics
        assert (problem.code, problem.file) == (code, name)


def test_a_clinic_words_the_disclaimer_in_each_language(workspace):
    workspace.write("content/disclaimer.es.yaml", "title: A\nshort: Pregunte.\nfull: Pregunte primero.\n")
    library = workspace.library()
    assert library.disclaimer("es").short == "Pregunte."
    assert library.disclaimer("en").short != "Pregunte."


# ------------------------------------------------------------------ a clinic's own


def test_an_overlay_changes_the_words_of_one_language(spanish):
    change = "change:\n  - {item: care/walk, text: %s}\n"
    spanish.write("content/overlays/knee.yaml", change % "Walk with us." + "hide: [causes/stairs]\n")
    topic = spanish.library().topic("knee", "es")
    assert items_by_reference(topic.sections)["care/walk"].text == "Camine un poco."
    assert "causes/stairs" in items_by_reference(topic.sections)
    spanish.write("content/overlays/knee.es.yaml", change % "Camine con nosotros." + "hide: [causes/stairs]\n")
    topic = spanish.library().topic("knee", "es")
    assert items_by_reference(topic.sections)["care/walk"].text == "Camine con nosotros."
    assert "causes/stairs" not in items_by_reference(topic.sections)
    assert items_by_reference(spanish.library().topic("knee").sections)["care/walk"].text == "Walk with us."


def test_a_clinic_s_translation_of_a_shipped_topic_stands_in_its_workspace(workspace, shipped):
    topic = "psoas-muscle-spasm"
    assert list(workspace.library().translations(topic)) == list(shipped.translations(topic))
    workspace.write(f"content/topics/{topic}/nl/topic.yaml", "draft: true\n")
    assert "nl" in workspace.library().translations(topic)


def test_a_topic_of_the_clinic_s_own_takes_no_shipped_translation(workspace, shipped):
    topic = "psoas-muscle-spasm"
    assert "es" in shipped.translations(topic)
    text = (workspace.folder / "content/topics/knee/topic.yaml").read_text(encoding="utf-8")
    workspace.write(f"content/topics/{topic}/topic.yaml", text)
    assert workspace.library().translations(topic) == {}
