"""The personal panel: each value stands on its line, an empty one leaves the line, and no name breaks the sheet."""

import unicodedata

import pytest
from pdf_reading import Tagged, read_pages, rendered
from small_documents import PANEL, document, paragraph

from handouts import Order, Person, issue, lay_out, make_sheet
from handouts.errors import HandoutError, LayoutError, MissingResourceError, UsageError
from handouts.looks import EDITIONS

PERSON = Person("Anna Example", "November 23, 2026", "Dr. B. Good", "555-0123", "in two weeks")
LABELS = {"patient": "Name", "date": "Date", "clinician": "Clinician", "phone": "Phone", "next_visit": "Next visit"}


def panel_sheet(brand, person=None, edition="standard"):
    """A sheet that is little more than a panel, laid out for a person's characters."""
    characters = {"characters": person.characters} if person else {}
    return lay_out(document(paragraph("Before."), PANEL, paragraph("After.")), brand, edition, "letter", **characters)


def issued(brand, person, edition="standard"):
    """It, issued to the person."""
    return issue(panel_sheet(brand, person, edition), person)


def values(data):
    """The values that the panel shows, by label, as a screen reader has them."""
    tagged = Tagged(data)
    texts = {leaf.element: leaf.text for leaf in tagged.leaves}
    return {texts[element.parent]: texts[element] for element in texts if element.tag == "Span"}


def spot(data, label):
    """Where a label ends, its baseline, and the rule that follows it: (x, baseline, rule)."""
    page = read_pages(data)[0]
    row = next(row for row in page.rows if label in row.text and not row.text.startswith(("Before", "After")))
    start = row.text.index(label)
    end = row.chars[start + len(label) - 1].x1
    after = [rule for rule in page.rules if rule[0] > end and -6 < rule[2] - row.baseline <= 0]
    return end, row.baseline, min(after)


# ------------------------------------------------------------------ where values stand


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_value_stands_behind_its_label(brand, edition):
    shown = values(issued(brand, PERSON, edition))
    assert shown == {label: getattr(PERSON, name) for name, label in LABELS.items()}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", LABELS)
def test_a_value_stands_on_its_rule_between_the_label_and_the_rule_s_end(brand, edition, name):
    data = issued(brand, PERSON, edition)
    end, baseline, (rule_start, rule_end, rule_y) = spot(data, LABELS[name])
    tagged = Tagged(data)
    mark = next(leaf.element.marks[0] for leaf in tagged.leaves if leaf.text == getattr(PERSON, name))
    chars = [char for char in read_pages(data)[0].chars if char.mark == mark[1]]
    assert "".join(char.text for char in chars) == getattr(PERSON, name)
    assert {round(char.baseline, 1) for char in chars} == {round(baseline, 1)}
    assert end < rule_start <= chars[0].x0
    assert chars[-1].x1 <= rule_end
    assert rule_y < baseline


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_sheet_for_nobody_has_a_rule_for_each_field_long_enough_to_write_on(brand, edition):
    data = issue(panel_sheet(brand, edition=edition))
    assert values(data) == {}
    for label in LABELS.values():
        _, _, (start, end, _) = spot(data, label)
        assert end - start > 90, label


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_rule_of_an_empty_field_is_printed(brand, edition):
    data = issue(panel_sheet(brand, edition=edition), Person(patient="Anna"))
    picture = rendered(data, scale=4, pages=[0])[0]
    _, _, (start, end, y) = spot(data, "Clinician")
    middle = picture.shape[0] - round(4 * y)
    assert (picture[middle - 3 : middle + 4, round(4 * start) + 8 : round(4 * end) - 8].min(axis=0) < 200).all()


def test_one_value_leaves_the_other_fields_empty(brand):
    assert values(issued(brand, Person(clinician="Dr. B. Good"))) == {"Clinician": "Dr. B. Good"}


@pytest.mark.parametrize("edition", EDITIONS)
def test_rules_of_fields_do_not_run_into_each_other(brand, edition):
    page = read_pages(issue(panel_sheet(brand, edition=edition)))[0]
    spots = [spot(issue(panel_sheet(brand, edition=edition)), label)[2] for label in LABELS.values()]
    assert len(set(spots)) == len(LABELS)
    for start, end, y in spots:
        assert end <= page.width - 36
        others = [other for other in spots if other[2] == y and other != (start, end, y)]
        assert all(other[0] > end or other[1] < start for other in others)


def test_a_long_name_is_set_smaller_and_stays_on_its_rule(brand):
    name = "Maria Wilhelmina van der Hoogenbandt-Zuck"
    data = issued(brand, Person(name))
    assert values(data) == {"Name": name}
    _, _, (start, end, _) = spot(data, "Name")
    mark = next(leaf.element.marks[0] for leaf in Tagged(data).leaves if leaf.text == name)
    chars = [char for char in read_pages(data)[0].chars if char.mark == mark[1]]
    assert 9 < chars[0].size < 11
    assert start <= chars[0].x0
    assert chars[-1].x1 <= end


# ------------------------------------------------------------------ names as people have them


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("<b>Bob</b> <script>", id="tags"),
        pytest.param("Smith & Sons &amp; Co", id="ampersands"),
        pytest.param("{{ 7 * 7 }} {% raw %}", id="template braces"),
        pytest.param('O\'Neil "Bo" ‘Al’ “Em”', id="quotes"),
        pytest.param("back\\slash \\n \\101", id="backslashes"),
        pytest.param("open (close) )( ((", id="parentheses"),
        pytest.param("100% #1 / ~ $HOME `id` *x* _y_", id="other signs"),
        pytest.param("Łukasz Żółć-Wiśniewska", id="Polish"),
        pytest.param("Nguyễn Thị Hồng Phượng", id="Vietnamese"),
        pytest.param("Γεώργιος Παπαδόπουλος", id="Greek"),
        pytest.param("Анна Петрівна Їжак", id="Cyrillic"),
        pytest.param("Zoë Muñoz-Ångström ß", id="accents"),
        pytest.param("Anna Петрова Γεώ", id="three scripts"),
    ],
)
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_name_is_printed_as_it_is_written(brand, name, edition):
    data = issued(brand, Person(patient=name), edition)
    assert values(data) == {"Name": name}
    assert Tagged(data).problems() == []


def test_a_name_is_painted_with_glyphs_not_with_empty_boxes(brand):
    """Every character of a name leaves ink of its own shape."""
    shapes = {}
    for letter in "жЖффΓΔựớ":
        data = issued(brand, Person(patient=letter))
        _, baseline, (start, _, _) = spot(data, "Name")
        picture = rendered(data, scale=4, pages=[0])[0]
        bottom = picture.shape[0] - round(4 * baseline)
        shapes[letter] = picture[bottom - 48 : bottom + 8, round(4 * start) : round(4 * start) + 80].tobytes()
    assert len(set(shapes.values())) == len(shapes)


def test_a_name_in_decomposed_letters_is_printed_composed(brand):
    name = "Zoë Nguyễn"
    assert values(issued(brand, Person(unicodedata.normalize("NFD", name)))) == {"Name": name}


def test_white_space_in_a_value_is_folded(brand):
    assert values(issued(brand, Person("  Anna\n\tExample\u00a0 "))) == {"Name": "Anna Example"}


def test_a_sheet_laid_out_for_nobody_in_particular_takes_european_names(brand):
    sheet = panel_sheet(brand)
    name = "Jürgen Šećer-Żółć (“Ø”) Ștefan €"
    assert values(issue(sheet, Person(name))) == {"Name": name}


@pytest.mark.parametrize("name", ["Mar\u00adia", "Ma\u200bria", "\ufeffMaria", "Ma\u2060ria"])
def test_a_sign_that_nobody_sees_is_left_out_of_a_name(brand, name):
    assert values(issued(brand, Person(name))) == {"Name": "Maria"}


@pytest.mark.parametrize(
    ("name", "error", "code"),
    [
        pytest.param("Smiley 😀 Face", MissingResourceError, "F103", id="emoji"),
        pytest.param("สมชาย", MissingResourceError, "F103", id="Thai"),
        pytest.param("ڕۆژان", MissingResourceError, "F103", id="Arabic letter whose joined shapes are not known"),
        pytest.param("李小龍", MissingResourceError, "F103", id="Chinese"),
        pytest.param("Eve\u202enarc", UsageError, "U103", id="a sign that turns the text round"),
        pytest.param("Wolfeschlegelstein" * 17, LayoutError, "L103", id="300 letters"),
        pytest.param("word " * 60, LayoutError, "L103", id="300 characters in words"),
        pytest.param("Anna\x00Example", UsageError, "U103", id="NUL"),
        pytest.param("Anna\x07Example", UsageError, "U103", id="bell"),
        pytest.param("\x1b[31mAnna", UsageError, "U103", id="terminal escape"),
        pytest.param("Anna\x7fExample", UsageError, "U103", id="DEL"),
        pytest.param("Anna\ud800", UsageError, "U103", id="half a surrogate pair"),
        pytest.param("Anna\ue000", UsageError, "U103", id="private use"),
    ],
)
@pytest.mark.parametrize("field", ["patient", "next_visit"])
def test_a_value_that_cannot_be_printed_is_refused_without_being_told(brand, name, error, code, field):
    person = Person(**{field: name})
    with pytest.raises(HandoutError) as caught:
        issued(brand, person)
    assert type(caught.value) is error
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == code
    assert f"--{field.replace('_', '-')}" in diagnostic.message
    said = str(caught.value)
    assert name not in said
    assert not any(part in said for part in name.split() if len(part) > 3)
    assert not any(character in said for character in name if ord(character) > 127 or ord(character) < 32)


@pytest.mark.parametrize(
    "name", ["María del Pilar de los Santos y Fernández de Córdoba", "Katarzyna Konstantynopolitańczykowianka-Brzęczyk"]
)
def test_a_name_too_long_for_one_line_stands_on_two_between_the_rules(brand, name):
    data = issued(brand, Person(name, clinician="Dr. B. Good"))
    assert values(data) == {"Name": name, "Clinician": "Dr. B. Good"}
    (page,) = read_pages(data)
    _, name_line, (start, end, rule) = spot(data, "Name")
    shown = [char for char in page.chars if char.size == pytest.approx(9.5) and char.bottom > rule - 4]
    shown = [char for char in shown if char.text.strip()]
    assert "".join(char.text for char in shown) == name.replace(" ", "")
    assert len({round(char.baseline, 1) for char in shown}) == 2
    assert all(start <= char.x0 and char.x1 <= end + 1 for char in shown)
    assert min(char.baseline for char in shown) > rule + 2
    assert max(char.baseline for char in shown) + 0.72 * 9.5 < name_line + 18, "across the panel's edge"


def test_a_refused_character_is_named_by_its_place_in_the_value(brand):
    with pytest.raises(MissingResourceError, match="character 4 of the value"):
        issued(brand, Person("Bo 😀"))


def test_the_command_s_way_prints_a_name_through_the_fallback_face(library):
    """The shipped handout, laid out for the person's characters as the command line does it."""
    person = Person("Ольга Nguyễn", phone="555-0100")
    sheet, _ = make_sheet(library, Order("psoas-muscle-spasm"), characters=person.characters)
    assert values(issue(sheet, person)) == {"Name": "Ольга Nguyễn", "Clinic phone": "555-0100"}
