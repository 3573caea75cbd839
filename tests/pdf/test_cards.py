"""Telephone numbers on cards: whole on one line, side by side, a list for a screen reader."""

import pytest
from pdf_reading import Element, Tagged, read_pages
from small_documents import document, paragraph, words

from handouts import lay_out
from handouts.document import Contact, Contacts
from handouts.errors import LayoutError, MissingResourceError

DESK, NURSE, EMERGENCY = (
    Contact("Front desk", "555-0100"),
    Contact("Nurse line", "555-0101", "nights and weekends"),
    Contact("Emergency", "911"),
)


def cards(*contacts):
    return Contacts(words("Numbers to call"), contacts)


def elements(element):
    return [kid for kid in element.kids if isinstance(kid, Element)]


def sheet_of(brand, *contacts, edition="standard", paper="letter"):
    return lay_out(document(paragraph("Before."), cards(*contacts), paragraph("After.")), brand, edition, paper)


def numbers(sheet, page=0):
    """The baseline and the left of each number: characters in large bold type, by line and gap."""
    found, previous = [], None
    for char in read_pages(sheet.base)[page].body:
        if char.size < 17.9 or "bold" not in char.font.lower():
            previous = None
            continue
        near = previous and previous.baseline == char.baseline and abs(char.x0 - previous.x1) < 8
        if near:
            found[-1][2] += char.text
        else:
            found.append([char.baseline, char.x0, char.text])
        previous = char
    return [tuple(each) for each in found]


def test_a_number_is_large_and_bold_and_its_name_and_note_are_there(brand):
    sheet = sheet_of(brand, DESK, NURSE)
    page = read_pages(sheet.base)[0]
    assert [text for *_, text in numbers(sheet)] == ["555-0100", "555-0101"]
    assert {round(char.size) for char in page.body if char.text == "k"} == {12}
    text = [leaf.text for leaf in Tagged(sheet.base).leaves]
    assert text[1:-1] == [
        "Numbers to call", "Front desk", "555-0100", "Nurse line", "555-0101", "nights and weekends",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("count", "rows"), [(1, [1]), (2, [2]), (3, [3]), (4, [2, 2]), (5, [3, 2]), (6, [3, 3]), (10, [3, 3, 3, 1])]
)
def test_cards_stand_two_or_three_in_a_row(brand, count, rows):
    sheet = sheet_of(brand, *(Contact(f"Line {number}", f"555-010{number}") for number in range(count)))
    found = numbers(sheet)
    assert [text for *_, text in found] == [f"555-010{number}" for number in range(count)]
    lines = [baseline for baseline, *_ in found]
    assert [lines.count(line) for line in dict.fromkeys(lines)] == rows


def test_in_large_print_they_stand_below_one_another(brand):
    found = numbers(sheet_of(brand, DESK, NURSE, EMERGENCY, edition="large-print"))
    large = [each for each in found if each[2] in {"555-0100", "555-0101", "911"}]
    assert len({baseline for baseline, *_ in large}) == 3
    assert len({round(left) for _, left, _ in large}) == 1


def baseline_of(sheet, name):
    """The baseline of the first line that begins with these letters."""
    body = read_pages(sheet.base)[0].body
    for index, char in enumerate(body):
        if "".join(each.text for each in body[index : index + len(name)]) == name:
            return char.baseline
    raise AssertionError(name)


def test_a_number_stands_beside_its_name_where_there_is_room_for_both(brand):
    """On one baseline; below it in the narrow cards of the standard edition, or where one name is long."""
    long = Contact("The nurse who answers at night and on weekends and holidays", "555-0102")
    for contacts, edition, beside in (
        ((DESK, NURSE), "large-print", True),
        ((DESK, NURSE, EMERGENCY), "standard", False),
        ((DESK, long), "large-print", False),
    ):
        sheet = sheet_of(brand, *contacts, edition=edition)
        baseline = next(each for each, _, text in numbers(sheet) if text == "555-0100")
        apart = baseline_of(sheet, "Front") - baseline
        assert abs(apart) < 0.6 if beside else apart > 10, (edition, apart)


def test_a_long_number_makes_the_cards_wider_and_stays_on_one_line(brand):
    sheet = sheet_of(brand, DESK, NURSE, Contact("Abroad", "+44 (0)20 7946 0123 ext. 4"))
    found = numbers(sheet)
    assert found[-1][2].replace(" ", "") == "+44(0)2079460123ext.4"
    assert [baseline for baseline, *_ in found].count(found[0][0]) == 1


def test_a_number_wider_than_the_page_is_refused_with_its_name(brand):
    with pytest.raises(LayoutError, match=r"L107.*\"Abroad\""):
        sheet_of(brand, DESK, Contact("Abroad", "M" * 40))


def test_a_character_that_no_typeface_has_is_refused_with_its_place(brand):
    with pytest.raises(MissingResourceError, match=r"numbers: no typeface here has U\+1F642"):
        sheet_of(brand, Contact("Nurse \U0001f642", "555-0101"))


@pytest.mark.parametrize("edition", ["standard", "large-print"])
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_long_names_and_notes_stay_inside_their_cards(brand, edition, paper):
    many = [
        Contact("Front desk of the Sampletown Center for Medicine", "555-0100", "weekdays"),
        Contact("Donaudampfschifffahrtsgesellschaftskapitänsnotrufnummer", "555-0101", "w" * 120),
        Contact("Ärztin & <b>Co</b> \u201cπ\u201d", "1-800-555-0100 x22"),
    ] * 3
    sheet = sheet_of(brand, *many, edition=edition, paper=paper)
    pages = read_pages(sheet.base)
    side = 71 if edition == "large-print" else 60
    for page in pages:
        assert all(side < char.x0 and char.x1 < page.width - side for char in page.body)
    text = " ".join(leaf.text for leaf in Tagged(sheet.base).leaves)
    for each in many:
        assert each.phone in text
    assert "Ärztin & <b>Co</b> “π”" in text


def test_a_card_does_not_split_and_the_heading_stays_with_the_first_row(brand):
    lines = [paragraph(f"Line {number}.") for number in range(28)]
    for count in range(18, 28):
        pages = read_pages(lay_out(document(*lines[:count], cards(DESK, NURSE, EMERGENCY)), brand).base)
        texts = ["".join(char.text for char in page.body).replace(" ", "") for page in pages]
        (heading,) = (text for text in texts if "Numberstocall" in text)
        assert "Frontdesk" in heading
        assert "nightsandweekends" in heading


@pytest.mark.parametrize(("edition", "count"), [("standard", 10), ("large-print", 3)])
def test_cards_stay_together(brand, edition, count):
    many = [Contact(f"Line {number}", f"555-010{number}") for number in range(count)]
    lines = [paragraph(f"Words {number}.") for number in range(32)]
    least, most = (18, 32) if edition == "standard" else (6, 16)
    for before in range(least, most):
        pages = read_pages(lay_out(document(*lines[:before], cards(*many)), brand, edition).base)
        held = ["".join(char.text for char in page.body if "old" in char.font) for page in pages]
        assert sum("555" in each for each in held) == 1


def test_the_tree_has_a_heading_and_a_list_with_names_as_labels(brand):
    tagged = Tagged(sheet_of(brand, DESK, NURSE).base)
    assert tagged.problems() == []
    assert tagged.outside() == []
    (holder,) = (element for element in tagged.root.walk() if element.tag == "L")
    assert holder.parent.kids[0].tag == "H2"
    shape = [[(kid.tag, [inner.tag for inner in elements(kid)]) for kid in elements(item)] for item in elements(holder)]
    assert shape == [
        [("Lbl", []), ("LBody", ["P"])],
        [("Lbl", []), ("LBody", ["P", "P"])],
    ]
