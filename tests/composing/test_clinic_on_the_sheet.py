"""The clinic's numbers and web page on the sheet: where they stand, and how a clinic moves them."""

import pytest

from handouts.document import Callout, Contact, Contacts, Link, QRCode, Section, plain_text
from handouts.making import Order, make_document

CLINIC = """
    name: Hill Clinic
    defaults: {audience: reader}
    numbers:
      - {name: "A & <B>", phone: "911"}
      - {name: Nurse, phone: "555-0101", note: at night}
    topics:
      knee: {address: "https://www.example.org/knee/"}
    """


@pytest.fixture
def blocks(workspace):
    def blocks(template="handout"):
        workspace.write("clinic.yaml", CLINIC)
        return make_document(workspace.library(), Order("knee", template=template)).blocks

    return blocks


def places(blocks):
    """What stands where, in order."""
    found = []
    for block in blocks:
        match block:
            case Section(id=name):
                found.append(name)
            case Callout(kind=kind):
                found.append(kind)
            case Contacts() | QRCode():
                found.append(type(block).__name__)
    return found


def test_the_numbers_follow_the_warning_signs_and_the_key_points_and_the_code_ends_the_sheet(blocks):
    assert places(blocks()) == [
        "warnings", "key-points", "Contacts", "care", "causes", "story", "QRCode", "about",
    ]  # fmt: skip


def test_a_checklist_has_both_too(blocks):
    assert places(blocks("checklist")) == ["warnings", "Contacts", "day", "QRCode", "about"]


def test_the_cards_say_what_the_clinic_wrote(blocks):
    (cards,) = (block for block in blocks() if isinstance(block, Contacts))
    assert plain_text(cards.label) == "Numbers to call"
    assert cards.contacts == (Contact("A & <B>", "911"), Contact("Nurse", "555-0101", "at night"))


def test_the_code_leads_to_the_address_and_the_words_beside_it_say_it_in_short(blocks):
    (code,) = (block for block in blocks() if isinstance(block, QRCode))
    assert code.address == "https://www.example.org/knee/"
    assert plain_text(code.children) == "Read this page on the web: www.example.org/knee"
    (link,) = (child for child in code.children if isinstance(child, Link))
    assert (link.address, plain_text(link.children)) == ("https://www.example.org/knee/", "www.example.org/knee")
    assert code.alternate


def test_without_numbers_and_address_there_is_neither(workspace):
    for template in ("handout", "checklist"):
        document = make_document(workspace.library(), Order("knee", template=template))
        assert not {"Contacts", "QRCode"} & set(places(document.blocks))


def test_a_clinic_moves_them(workspace, blocks):
    workspace.write(
        "templates/handout.xml.jinja",
        "{% extends 'shipped/handout.xml.jinja' %}{% block numbers %}{% endblock %}{% block web_page %}{% endblock %}"
        "{% block before_sections %}{% include 'shipped/_web-page.xml.jinja' %}{% endblock %}"
        "{% block after_sections %}{% include 'shipped/_numbers.xml.jinja' %}{% endblock %}",
    )
    assert places(blocks()) == [
        "QRCode", "warnings", "key-points", "care", "causes", "story", "Contacts", "about",
    ]  # fmt: skip
