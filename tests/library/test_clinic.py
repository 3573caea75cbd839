"""What a clinic adds to its sheets: telephone numbers, and where a topic stands on the web."""

import pytest

from handouts.errors import ContentError


def clinic(workspace, lines):
    workspace.write("clinic.yaml", f"name: Hill\ndefaults: {{audience: reader}}\n{lines}\n")
    return workspace.library().brand(None)


def problem(workspace, lines):
    with pytest.raises(ContentError) as caught:
        clinic(workspace, lines)
    (found,) = caught.value.diagnostics
    assert found.file == workspace.shown("clinic.yaml")
    assert found.line == 3
    return found.code, found.message


def test_a_clinic_has_numbers_in_its_order_and_addresses_by_topic(workspace):
    brand = clinic(
        workspace,
        'numbers: [{name: Emergency, phone: "911"}, {name: Nurse, phone: "555", note: at night}]\n'
        'topics: {knee: {address: "https://example.org/knee"}}',
    )
    assert [(each.name, each.phone, each.note) for each in brand.numbers] == [
        ("Emergency", "911", None),
        ("Nurse", "555", "at night"),
    ]
    assert brand.addresses == {"knee": "https://example.org/knee"}


def test_a_brand_file_can_have_both_too(workspace):
    workspace.write(
        "templates/brands/annex.yaml",
        'numbers: [{name: Annex, phone: "1"}]\ntopics: {knee: {address: "http://annex.example.org"}}\n',
    )
    brand = workspace.library().brand("annex")
    assert [each.name for each in brand.numbers] == ["Annex"]
    assert brand.addresses == {"knee": "http://annex.example.org"}


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ("{name: A, phone: 911}", "found a whole number"),
        ('{name: " ", phone: "911"}', "must not be empty"),
        ('{name: A, phone: ""}', "must not be empty"),
        (f'{{name: {"a" * 61}, phone: "1"}}', "at most 60 characters"),
        (f'{{name: A, phone: "{"1" * 41}"}}', "at most 40 characters"),
        (f'{{name: A, phone: "1", note: {"n" * 121}}}', "at most 120 characters"),
        ('{name: A, phone: "1", fax: "2"}', "not known"),
        ("{name: A}", '"phone" is missing'),
    ],
)
def test_a_number_that_no_card_can_show_is_refused(workspace, numbers, words):
    assert words in problem(workspace, f"numbers: [{numbers}]")[1]


def test_more_numbers_than_a_page_has_room_for_are_refused(workspace):
    one = '{name: A, phone: "1"}'
    assert len(clinic(workspace, f"numbers: [{', '.join([one] * 12)}]").numbers) == 12
    assert "at most 12 entries" in problem(workspace, f"numbers: [{', '.join([one] * 13)}]")[1]


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://example.org:8080/a/b",
        "https://example.org?topic=knee&x=%20",
        "https://example.org/" + "a" * 100,
        "https://xn--nxasmq6b.example/#top",
    ],
)
def test_an_address_that_a_telephone_opens_is_taken(workspace, address):
    assert clinic(workspace, f'topics: {{knee: {{address: "{address}"}}}}').addresses == {"knee": address}


@pytest.mark.parametrize(
    "address",
    [
        "example.org/knee",
        "ftp://example.org/knee",
        "javascript:alert(1)",
        "https://",
        "https://knee",
        "https://example.org/a knee",
        "https://example.org/gen\u00f6u",
        "https://user:word@example.org/",
        "https://example.org/" + "a" * 101,
    ],
)
def test_an_address_that_a_telephone_might_not_open_is_refused(workspace, address):
    code, message = problem(workspace, f'topics: {{knee: {{address: "{address}"}}}}')
    assert code == "C201"
    assert "address that a telephone opens" in message or "at most 120 characters" in message


def test_an_address_for_a_topic_that_does_not_exist_is_refused(workspace):
    code, message = problem(workspace, 'topics: {knie: {address: "https://example.org"}}')
    assert (code, message) == ("C216", "topics.knie: no topic has this name")


def test_a_clinic_says_how_its_rosters_are_written(workspace):
    workspace.write(
        "clinic.yaml", "name: Hill\nroster: {columns: {patient: [First name, Last name], date: Day}, dates: dmy}\n"
    )
    roster = workspace.library().roster
    assert (roster.columns, roster.ignore, roster.dates) == (
        {"patient": ("First name", "Last name"), "date": "Day"},
        (),
        "dmy",
    )


@pytest.mark.parametrize(
    ("roster", "code"),
    [
        ("{columns: {pateint: Name}}", "C203"),
        ("{dates: us}", "C201"),
        ('{columns: {patient: ""}}', "C201"),
        ("{columns: {patient: []}}", "C201"),
        ("{columns: {patient: Name}, ignore: [NAME]}", "C228"),
        ("{values: {topic: {LBP: no-such-topic}}}", "C229"),
        ("{values: {language: {Polish: xx}}}", "C229"),
        ("{columns: {patient: Name, clinician: name}}", "C228"),
        ("{columns: {patient: [Last name, last_name]}}", "C228"),
    ],
)
def test_what_a_clinic_says_wrong_of_its_rosters_is_told_at_its_line(workspace, roster, code):
    workspace.write("clinic.yaml", f"name: Hill\ndefaults: {{audience: reader}}\nroster: {roster}\n")
    with pytest.raises(ContentError) as caught:
        _ = workspace.library().clinic
    (found,) = caught.value.diagnostics
    assert (found.code, found.file, found.line) == (code, workspace.shown("clinic.yaml"), 3)
