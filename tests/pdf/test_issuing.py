"""One laid-out sheet, issued to many: the sheet stays as it is, and nothing of one person reaches another."""

import hashlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from pdf_reading import Tagged, folded, pdfium_text, read_pages
from small_documents import PANEL, TOPIC, clinic_brand, document, paragraph

from handouts import Order, Person, issue, lay_out, make_sheet
from handouts.errors import UsageError

PEOPLE = [
    Person("Ada Umbrella", "1 March 2027", "Dr. Foxglove", "555-0199", "8 March 2027"),
    Person("Bertil Quartz", "2 April 2028", "Dr. Hemlock", "555-0188", "9 April 2028"),
    Person("Zoë Świątek", clinician="Nurse Juniper"),
    Person("(C\\D) <E> & F"),
]
REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def sheet(brand):
    """A sheet of two pages with a panel."""
    text = [paragraph(f"Paragraph {number} of the sheet, which is the same for everybody.") for number in range(60)]
    return lay_out(document(PANEL, *text), brand)


@pytest.fixture(scope="module")
def files(sheet):
    """It, issued to each person."""
    return [issue(sheet, person) for person in PEOPLE]


def values(person):
    return [
        value for value in (person.patient, person.date, person.clinician, person.phone, person.next_visit) if value
    ]


def forms(value):
    """The ways a value could stand in a file's bytes."""
    encoded = [value.encode(name, "replace") for name in ("utf-8", "latin-1", "utf-16-be", "utf-16-le")]
    return [*encoded, value.encode("utf-16-be").hex().encode(), value.encode("utf-16-be").hex().upper().encode()]


def streams_but(data, number):
    """Every byte of the file's objects, decoded, but for one stream."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for node in pdf.objects:
            if isinstance(node, pikepdf.Stream) and node.objgen[0] != number:
                yield node.read_bytes()
            yield (node.stream_dict if isinstance(node, pikepdf.Stream) else node).unparse(resolved=True)


# ------------------------------------------------------------------ the update


def test_issuing_leaves_the_sheet_s_bytes_as_they_are(sheet, files):
    before = hashlib.sha256(sheet.base).hexdigest()
    for data in files:
        assert data.startswith(sheet.base)
        assert len(sheet.base) < len(data) < len(sheet.base) + 2000
    assert hashlib.sha256(sheet.base).hexdigest() == before


def test_an_issued_file_has_no_syntax_problem(files):
    for data in files:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert pdf.check_pdf_syntax() == []
            assert not pdf.is_linearized


def test_an_issued_file_opens_without_being_repaired(files, caplog):
    for data in files:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=False) as pdf:
            assert pdf.get_warnings() == []
    assert caplog.records == []


def test_an_issued_file_has_as_many_pages_as_the_sheet(sheet, files):
    for data in files:
        assert len(pdfium_text(data)) == len(read_pages(data)) == sheet.pages == 2


def test_the_update_holds_what_changed_and_its_cross_references_lead_there(sheet, files):
    for data, person in zip(files, PEOPLE, strict=True):
        update = data[len(sheet.base) :]
        start = int(re.search(rb"startxref\s+(\d+)\s+%%EOF\s*\Z", update)[1])
        table = data[start:]
        numbers = [int(number) for number in re.findall(rb"(?:^|\n)(\d+) 0 obj\n", update)]
        index = [int(number) for number in re.search(rb"/Index \[(.*?)\]", table)[1].split()]
        assert index[::2] == numbers
        assert set(index[1::2]) == {1}
        assert sheet.panel.stream in numbers
        # The values; for each a paragraph without its form field; two lists of fields; the cross-references.
        assert len(numbers) == 1 + len(values(person)) + 2 + 1
        entries = table[table.index(b"stream\n") + 7 :]
        for place, number in enumerate(numbers):
            kind, offset = entries[7 * place], int.from_bytes(entries[7 * place + 1 : 7 * place + 5], "big")
            assert (kind, data[offset:].startswith(b"%d 0 obj" % number)) == (1, True)
        previous = int(re.search(rb"/Prev (\d+)", table)[1])
        assert b"/Type /XRef" in sheet.base[previous : previous + 60]


def test_a_line_with_a_value_has_no_form_field_and_an_empty_one_has(sheet, files):
    labels = ["Name", "Date", "Clinician", "Phone", "Next visit"]
    for data, person in [(sheet.base, Person()), *zip(files, PEOPLE, strict=True)]:
        filled = dict(
            zip(labels, [person.patient, person.date, person.clinician, person.phone, person.next_visit], strict=True)
        )
        empty = [label for label in labels if not filled[label]]
        with pikepdf.open(io.BytesIO(data)) as pdf:
            fields = [str(field.TU) for field in pdf.Root.AcroForm.Fields]
            assert fields == [str(note.TU) for note in pdf.pages[0].get("/Annots", [])] == empty
            assert not any("/V" in field for field in pdf.Root.AcroForm.Fields)


def test_the_issued_file_s_structure_is_whole(files):
    for data in files:
        assert Tagged(data).problems() == []
        assert Tagged(data).outside() == []


def test_issuing_to_nobody_gives_the_sheet(sheet):
    assert issue(sheet) == issue(sheet, Person()) == sheet.base


def test_a_sheet_without_a_panel_is_issued_as_it_is(brand):
    sheet = lay_out(document(paragraph("No panel.")), brand)
    assert issue(sheet, Person()) == sheet.base


def test_a_value_that_the_sheet_has_no_line_for_is_refused_and_not_lost(brand):
    sheet = lay_out(document(paragraph("No panel.")), brand)
    with pytest.raises(UsageError) as caught:
        issue(sheet, Person(patient="Zebedee"))
    assert "--patient" in str(caught.value)
    assert "Zebedee" not in str(caught.value)


def test_saving_an_issued_file_anew_keeps_the_values(files):
    with pikepdf.open(io.BytesIO(files[0])) as pdf:
        again = io.BytesIO()
        pdf.save(again)
    text = " ".join(pdfium_text(again.getvalue()))
    assert all(value in text for value in values(PEOPLE[0]))


# ------------------------------------------------------------------ whose values are where


@pytest.mark.parametrize("index", range(len(PEOPLE)))
def test_each_file_shows_its_own_person_and_nobody_else(files, index):
    text = " ".join(leaf.text for leaf in Tagged(files[index]).leaves)
    for number, person in enumerate(PEOPLE):
        shown = [folded(value) in text for value in values(person)]
        assert all(shown) if number == index else not any(shown)


@pytest.mark.parametrize("index", range(len(PEOPLE)))
def test_the_values_stand_on_the_first_page_alone(files, index):
    for text in pdfium_text(files[index])[1:]:
        assert not any(value in text for value in values(PEOPLE[index]))


@pytest.mark.parametrize("index", range(len(PEOPLE)))
def test_no_value_is_anywhere_in_the_file_but_in_the_panel_s_stream(sheet, files, index):
    data = files[index]
    found = list(streams_but(data, sheet.panel.stream))
    for value in values(PEOPLE[index]):
        for form in forms(value):
            assert not any(form in part for part in found), form
            assert form not in sheet.base


def test_a_value_in_the_metadata_would_be_found(sheet):
    assert not any(b"Ada Umbrella" in part for part in streams_but(sheet.base, 0))
    with pikepdf.open(io.BytesIO(sheet.base)) as pdf:
        pdf.docinfo["/Title"] = "For Ada Umbrella"
        again = io.BytesIO()
        pdf.save(again)
    assert any(b"Ada Umbrella" in part for part in streams_but(again.getvalue(), 0))


def test_title_author_and_dates_say_nothing_of_the_person(files):
    infos = set()
    for data in files:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            infos.add(str({key: str(value) for key, value in pdf.docinfo.items()}))
    assert len(infos) == 1


def test_issuing_in_any_order_gives_the_same_files(sheet, files):
    assert [issue(sheet, person) for person in reversed(PEOPLE)] == files[::-1]


# ------------------------------------------------------------------ the same again


SCRIPT = """
import hashlib, sys
from handouts import Choices, Library, Order, Person, issue, make_sheet

library = Library()
person = Person("Ольга Nguyễn", phone="555-0100")
for audience in ("athlete", "patient"):
    for template in ("handout", "checklist"):
        order = Order("psoas-muscle-spasm", audience=audience, template=template)
        sheet, left_out = make_sheet(library, order, characters=person.characters)
        print(hashlib.sha256(issue(sheet, person)).hexdigest(), left_out)
order = Order("psoas-muscle-spasm", audience="patient", max_pages=3, edition="standard", paper="a4")
sheet, left_out = make_sheet(library, order)
print(hashlib.sha256(sheet.base).hexdigest(), left_out)
"""


def test_two_processes_make_the_same_bytes_whatever_the_hash_seed():
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT],
            env={**environment, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("0", "4242")
    ]
    one, other = (process.communicate()[0] for process in processes)
    assert [process.returncode for process in processes] == [0, 0]
    assert one == other
    assert len(one.splitlines()) == 5


def test_a_sheet_does_not_depend_on_what_was_laid_out_before_it(library, brand):
    wanted, _ = make_sheet(library, Order(TOPIC, template="checklist"))
    lay_out(document(paragraph("Ελληνικά → και “άλλα” ½")), brand)
    make_sheet(library, Order(TOPIC, audience="athlete", edition="large-print"))
    again, _ = make_sheet(library, Order(TOPIC, template="checklist"))
    assert again == wanted


def test_the_clock_is_not_in_the_file(full_sheet):
    with pikepdf.open(io.BytesIO(full_sheet.base)) as pdf:
        assert not [key for key in pdf.docinfo if "Date" in key]
        assert not [key for key in pdf.open_metadata() if "Date" in key]


def test_two_brands_make_different_files(brand, tmp_path):
    other = clinic_brand(tmp_path, name="Other Clinic")
    assert lay_out(document(PANEL), brand).base != lay_out(document(PANEL), other).base
