"""A sheet in another language: nothing of the original's language is left on it, and it says when it is a draft."""

import datetime as dt
import io
import re
from collections import Counter

import pypdfium2
import pytest
from babel.dates import format_date, format_time

from handouts.composing.furniture import long_date, spoken_date
from handouts.document import Section, Span, plain_text, texts
from handouts.errors import ContentError
from handouts.library import Library
from handouts.library.translations import words_of
from handouts.making import Order, make_document, make_sheet
from handouts.pdf import issue

TOPIC = "psoas-muscle-spasm"
AUDIENCES = ("patient", "athlete", "office-worker")
TEMPLATES = Library().template_ids
# Common words of English that are no words of Spanish.
ENGLISH = re.compile(
    r"\b(the|and|you|your|with|of|is|are|call|book|page|not|day|days|times|hold|stop|check|why)\b", re.IGNORECASE
)


def knee(spanish, **order):
    return make_document(spanish.library(), Order("knee", language="es", **order))


def words(document):
    return " ".join(texts(document.blocks))


# ------------------------------------------------------------------ dates


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_date_reads_as_the_language_writes_it(shipped, language):
    words = shipped.language(language)
    for month in range(1, 13):
        date = dt.date(2026, month, month + 15)
        assert long_date(date, words) == format_date(date, "long", language)
    assert (
        long_date(dt.date(2026, 11, 4), words) == {"en": "November 4, 2026", "es": "4 de noviembre de 2026"}[language]
    )


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_time_of_day_reads_as_the_language_writes_it(shipped, language):
    """As Unicode's short form has it, but for capitals and the width of its spaces."""
    words = shipped.language(language)
    for hour in range(24):
        time = dt.time(hour, 5)
        date = format_date(dt.date(2026, 12, 9), "long", language)
        wanted = f"{date}, {format_time(time, 'short', locale=language)}".replace("\u202f", " ")
        for typed in (f"2026-12-09 {hour:02}:05", f"2026-12-09T{hour:02}:05:00Z"):
            assert spoken_date(typed, words).casefold() == wanted.casefold()
    assert spoken_date("2026-12-09 00:00:00", words) == date
    for typed in ("2026-12-09T25:00", "2026-02-30 09:00", "tomorrow"):
        assert spoken_date(typed, words) == typed


# ------------------------------------------------------------------ a sheet


def test_a_translated_sheet_is_in_its_language_throughout(spanish):
    document = knee(spanish)
    assert (document.language, document.title, document.subject) == ("es", "Rodilla adolorida", "Para lectores")
    text = words(document)
    for said in ("Nombre", "Llame al 911 ahora", "Llámenos hoy", "Lo más importante", "Por qué:", "2 de enero de 2026"):
        assert said in text
    assert document.furniture.page_label == "Página {page} de {pages}"
    sources = "Hill Press: The knee book (2024). Lake Press: The knee leaflet."
    assert ENGLISH.findall(text.replace(sources, "")) == []


def test_titles_of_sources_are_marked_as_the_original_s_language(spanish):
    about = next(block for block in knee(spanish).blocks if isinstance(block, Section) and block.id == "about")
    spans = [
        child
        for block in about.blocks
        for child in getattr(block, "children", ())
        if isinstance(child, Span) and child.language
    ]
    assert [(span.language, "The knee book" in plain_text((span,))) for span in spans] == [("en", True)]
    english = make_document(spanish.library(), Order("knee"))
    assert "language='" not in repr(english.blocks).replace("language=None", "")


def test_a_language_in_a_template_reaches_the_document(spanish):
    spanish.write(
        "templates/hello.xml.jinja",
        """
        {% extends 'shipped/_base.xml.jinja' %}
        {% block note %}<p><span lang="fr">Bonjour</span> ({{ language }})</p>{% endblock %}
        """,
    )
    document = make_document(spanish.library(), Order("knee", template="hello", language="es"))
    (paragraph,) = (b for b in document.blocks if "Bonjour" in plain_text(getattr(b, "children", ())))
    assert paragraph.children[0].language == "fr"
    assert plain_text(paragraph.children) == "Bonjour (es)"


def test_a_draft_says_so_in_the_footer_and_at_the_end(spanish):
    said = "Borrador de traducción"
    document = knee(spanish)
    assert (
        document.furniture.version_line
        == f"Versión 1.0 · Revisado por A. Reviewer, 3\xa0de\xa0enero\xa0de\xa02026 · {said}"
    )
    assert f"{said}." in words(document)
    spanish.replace("content/topics/knee/es/topic.yaml", "draft: true", "translator: B. Translator")
    document = knee(spanish)
    assert said not in words(document) + document.furniture.version_line
    assert "Traducido por B. Translator." in words(document)


def test_quotes_and_a_note_are_printed_with_the_language_s_marks(spanish):
    spanish.replace("content/topics/knee/es/care.yaml", "text: Camine un poco.", "text: 'Camine \"un poco\".'")
    text = words(knee(spanish, note='Diga "alto".'))
    assert "Camine «un poco»." in text
    assert "Diga «alto»." in text


def test_the_clinic_s_emergency_number_stands_in_a_translation(spanish):
    spanish.replace("clinic.yaml", "phone: 555-0199", 'phone: 555-0199\nemergency: "112"')
    document = knee(spanish)
    assert "Llame al 112 ahora" in words(document)
    assert "112" in document.furniture.disclaimer
    assert "911" not in words(document) + document.furniture.disclaimer


def test_a_clinic_prints_in_its_own_language_by_default(spanish):
    spanish.replace("clinic.yaml", "{audience: reader}", "{audience: reader, language: es}")
    assert make_document(spanish.library(), Order("knee")).language == "es"
    assert make_document(spanish.library(), Order("knee", language="en")).language == "en"


def test_a_default_language_that_is_not_there_is_an_error_at_its_line(workspace):
    workspace.replace("clinic.yaml", "{audience: reader}", "{audience: reader, language: esp}")
    with pytest.raises(ContentError) as caught:
        make_document(workspace.library(), Order("knee"))
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.file, problem.line) == ("C214", workspace.shown("clinic.yaml"), 3)


# ------------------------------------------------------------------ the shipped translation


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_shipped_spanish_sheets_have_no_english_left(shipped, audience, template):
    document = make_document(shipped, Order(TOPIC, audience=audience, template=template, language="es"))
    fine = next(block for block in document.blocks if isinstance(block, Section) and block.id == "about")
    foreign = [
        plain_text((child,))
        for block in fine.blocks
        for child in getattr(block, "children", ())
        if isinstance(child, Span) and child.language == "en"
    ]
    text = words(document)
    for titles in foreign:
        text = text.replace(titles, "")
    furniture = document.furniture
    text += f" {furniture.disclaimer} {furniture.version_line} {furniture.page_label} {furniture.running_title}"
    assert ENGLISH.findall(text.replace("{page}", "").replace("{pages}", "")) == []
    assert "Borrador de traducción" in furniture.version_line


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_sign_of_an_emergency_or_of_today_stands_on_the_first_side_in_spanish(shipped, audience, template):
    sheet, _ = make_sheet(shipped, Order(TOPIC, audience=audience, template=template, language="es"))
    with pypdfium2.PdfDocument(io.BytesIO(issue(sheet))) as pdf:
        first = " ".join(pdf[0].get_textpage().get_text_range().split())
        assert all("Borrador de traducción" in page.get_textpage().get_text_range() for page in pdf)
    signs = next(each for each in shipped.topic(TOPIC, "es").sections if each.id == "when-to-get-help")
    urgent = [item for group in signs.file.groups for item in group.items if item.urgency in {"emergency", "same-day"}]
    assert len(urgent) == 16
    for item in urgent:
        own = item.tailored.get(audience, item)
        end = (own.text or item.text or own.term or item.term).split()[-3:]
        assert " ".join(end) in first


def test_the_shipped_audiences_and_their_sections_are_there_in_spanish(shipped):
    missing = set(shipped.topic(TOPIC, "es").translation.missing)
    for audience in AUDIENCES:
        reader = shipped.audience(audience, "es")
        for template in TEMPLATES:
            assert {part.section for part in reader.parts(template)} & missing == set()


# Number words from two on; "one" and "una" are articles, too.
NUMBERS = {
    "two": "2", "twice": "2", "three": "3", "four": "4", "five": "5", "six": "6", "ten": "10",
    "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5", "seis": "6", "diez": "10",
}  # fmt: skip


def leaves(value, path=()):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*path, index))
    else:
        yield path, value


def numbers(text):
    """The numbers of a text: digits, and number words from two on."""
    text = text.lower()
    for word, digits in NUMBERS.items():
        text = re.sub(rf"\b{word}\b", digits, text)
    return Counter(re.findall(r"\d+(?:[.,]\d+)?", text))


def test_the_shipped_translation_says_the_same_numbers_in_each_text(shipped):
    """911, minutes, days, weeks, times: a number that differs is a medical error."""
    english, spanish = shipped.topic(TOPIC), shipped.topic(TOPIC, "es")
    pairs = [("topic", english.file, spanish.file)]
    pairs += [(each.id, english.section(each.id).file, each.file) for each in spanish.sections]
    wrong, compared = [], 0
    for name, original, translated in pairs:
        theirs = dict(leaves(words_of(translated)))
        for path, text in leaves(words_of(original)):
            compared += bool(numbers(text))
            if numbers(text) != numbers(theirs[path]):
                wrong.append(f"{name} {path}: {text} | {theirs[path]}")
    assert wrong == []
    assert compared > 50
