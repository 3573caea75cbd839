"""Rows of a roster: what a clinic's other programs write is read, and a damaged row costs no other."""

import datetime as dt
import json

import openpyxl
import pytest

from handouts.batch.roster import Roster
from handouts.errors import UsageError


@pytest.fixture
def roster(tmp_path):
    """A roster of these bytes."""
    opened = []

    def roster(data, kind="csv", **options):
        file = tmp_path / f"roster.{kind}"
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        opened.append(file.open("rb"))
        return Roster(opened[-1], kind, "roster", **options)

    yield roster
    for stream in opened:
        stream.close()


def cells(roster):
    return [(row.number, dict(row.cells)) for row in roster if not row.problem]


def problems(roster):
    return [(row.number, row.problem.code, row.problem.column) for row in roster if row.problem]


# ------------------------------------------------------------------ CSV


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_usual_separators_and_ends_of_lines_are_found_out(roster, separator, end):
    text = end.join(separator.join(line) for line in (["topic", "patient", "date"], ["knee", "Ada", "May 1"])) + end
    assert cells(roster(text)) == [(2, {"topic": "knee", "patient": "Ada", "date": "May 1"})]


def test_the_line_in_which_excel_is_told_the_separator_is_no_row(roster):
    assert cells(roster("sep=|\r\ntopic|patient\r\nknee|Ada, of\r\n")) == [(2, {"topic": "knee", "patient": "Ada, of"})]


@pytest.mark.parametrize(
    ("encoding", "read_as"),
    [("utf-8", "utf-8-sig"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("cp1252", "cp1252")],
)
def test_usual_encodings_are_found_out(roster, encoding, read_as):
    found = roster("topic,patient\nknee,José Núñez\nknee,Zoë\n".encode(encoding))
    assert found.encoding == read_as
    assert [row["patient"] for _, row in cells(found)] == ["José Núñez", "Zoë"]


def test_an_encoding_that_is_named_is_used(roster):
    assert cells(roster("topic,patient\nknee,Łódź\n".encode("cp1250"), encoding="cp1250"))[0][1]["patient"] == "Łódź"
    with pytest.raises(UsageError) as caught:
        roster("topic\nknee\n", encoding="nothing")
    assert caught.value.diagnostics[0].code == "U143"


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "utf-8-sig", "cp1252", "utf-16", "mac-roman"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_how_many_rows_there_are_is_known_though_the_encoding_is_named(roster, encoding, end):
    """By which a batch that goes on is told from another."""
    lines = ["topic,patient", *(f"knee,José {number}" for number in range(40))]
    found = roster(end.join(lines).encode("utf-8-sig" if "8" in encoding else encoding), encoding=encoding)
    assert found.header == ("topic", "patient")
    assert 38 <= found.about <= 43


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("Łukasz", "cp1250"),
        ("Świątek", "cp1250"),
        ("Władysław", "cp1250"),
        ("Wąż", "cp1250"),
        ("Żółć", "cp1250"),
        ("Ťapák Ľudovít", "cp1250"),
        ("André Noël", "mac-roman"),
        ("Ignác Pérez", "mac-roman"),
        ("Begoña", "cp850"),
        ("René", "cp850"),
    ],
)
def test_text_that_is_not_western_is_not_read_as_if_it_were(roster, name, encoding):
    """It would print, with other names. The line is told, the name is not."""
    data = b"topic,patient\nknee,Ada\n" + f"knee,{name} Smith\n".encode(encoding)
    with pytest.raises(UsageError) as caught:
        roster(data)
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, "line 3" in diagnostic.message, "--encoding" in diagnostic.hint) == ("U143", True, True)
    assert cells(roster(data, encoding=encoding))[1][1]["patient"] == f"{name} Smith"


@pytest.mark.parametrize(
    "name",
    ["José Núñez", "Zoë O\x92Neil".replace("\x92", "’"), "François Lefèvre", "Jürgen Groß", "Åse Ødegård", "Œuvre Ÿ"],
)
@pytest.mark.parametrize("note", ["¿Qué?", "costs £5, 30 m³, 5°", "“so” – 20 %…", "½ a tablet", "«oui»", "1,5 µg"])
def test_western_text_of_windows_is_read_with_its_signs(roster, name, note):
    found = roster(f'topic,patient,note\nknee,{name},"{note}"\n'.encode("cp1252"))
    assert cells(found) == [(2, {"topic": "knee", "patient": name, "note": note})]


def test_a_row_in_another_encoding_fails_alone(roster):
    data = "topic,patient\nknee,José\n".encode() + "knee,Núñez\n".encode("cp1252") + "knee,Zoë\n".encode()
    found = roster(data)
    assert [number for number, _ in cells(found)] == [2, 4]
    assert problems(found) == [(3, "B203", "patient")]


def test_a_cell_may_hold_separators_quotation_marks_and_line_ends(roster):
    found = roster('topic,note\nknee,"a, ""b""\nc"\nknee,5" tall\n')
    assert cells(found) == [(2, {"topic": "knee", "note": 'a, "b"\nc'}), (3, {"topic": "knee", "note": '5" tall'})]


@pytest.mark.parametrize("open_row", ['knee,"Ada', '"knee,Ada', 'knee,"Ada\nknee,"Bo'])
def test_a_quotation_mark_that_is_never_closed_costs_its_own_row_only(roster, open_row):
    lines = ["topic,patient", "knee,One", open_row, *(f"knee,{number}" for number in range(300)), "knee,Last"]
    found = roster("\n".join(lines))
    good = [row["patient"] for _, row in cells(found)]
    assert good == ["One", *map(str, range(300)), "Last"]
    assert len(problems(found)) == open_row.count("\n") + 1


@pytest.mark.parametrize("row", ["knee", "knee,Ada,more", "a,b,c,d"])
def test_a_row_with_too_many_or_too_few_cells_fails(roster, row):
    found = roster(f"topic,patient\n{row}\nknee,Bo\n")
    assert problems(found) == [(2, "B202", "")]
    assert [number for number, _ in cells(found)] == [3]


@pytest.mark.parametrize("note_first", [False, True])
def test_a_cut_row_with_lines_in_a_cell_is_one_row(roster, note_first):
    """The rows behind it keep their numbers."""
    header = "note,topic,patient,date" if note_first else "topic,patient,note,date"
    cut = '"one\ntwo, or so\nthree",knee' if note_first else 'knee,Ada,"one\ntwo, or so\nthree"'
    whole = "n,knee,Bo,d" if note_first else "knee,Bo,n,d"
    found = roster(f"{header}\n{whole}\n{cut}\n{whole}\n{whole}\n")
    assert problems(found) == [(3, "B202", "")]
    assert [number for number, _ in cells(found)] == [2, 4, 5]


def test_a_stray_quotation_mark_that_swallows_rows_costs_its_own_row(roster):
    rows = ['knee,Ada,"x,d', "knee,Bo,y,d", 'knee,Cy,z,d"', "knee,Di,y,d"]
    found = roster("\n".join(["topic,patient,note,date,room", *(f"{row},1" for row in rows)]))
    assert [row["patient"] for _, row in cells(found)] == ["Bo", "Cy", "Di"]


def test_empty_columns_at_the_end_are_none(roster):
    found = roster("topic,patient,,\nknee,Ada,,\nknee,Bo\nknee,Cy,,x\n")
    assert found.header == ("topic", "patient")
    assert [row["patient"] for _, row in cells(found)] == ["Ada", "Bo"]
    assert problems(found) == [(4, "B202", "")]


def test_empty_rows_are_passed_over_and_counted_as_a_spreadsheet_counts(roster):
    assert [number for number, _ in cells(roster("topic,patient\n\nknee,Ada\n,\n  , \nknee,Bo\n"))] == [3, 6]


def test_a_line_without_an_end_is_not_read_into_memory(roster):
    found = roster(b"topic,patient\nknee," + b"x" * 3_000_000 + b"\nknee,Bo\n")
    assert [row["patient"] for _, row in cells(found)] == ["Bo"]


@pytest.mark.parametrize("data", [b"", b"\n", b"   \n"])
def test_an_empty_roster_is_refused(roster, data):
    with pytest.raises(UsageError) as caught:
        roster(data)
    assert caught.value.diagnostics[0].code == "U142"


def test_a_roster_is_read_from_its_beginning_each_time(roster):
    found = roster("topic,patient\nknee,Ada\n")
    assert cells(found) == cells(found) != []


# ------------------------------------------------------------------ JSON lines


def test_json_lines_have_the_columns_of_all_lines(roster):
    lines = [{"topic": "knee", "patient": "Ada"}, {"topic": "knee", "max-pages": 2, "note": None}]
    found = roster("\n".join(map(json.dumps, lines)), "jsonl")
    assert found.header == ("topic", "patient", "max-pages", "note")
    assert cells(found) == [
        (1, {"topic": "knee", "patient": "Ada"}),
        (2, {"topic": "knee", "max-pages": "2", "note": ""}),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[1]",
        '{"topic": ["a"]}',
        '{"topic": 1, "topic": 2}',
        '{"a": NaN}',
        "[" * 100_000,
        '{"topic": "\\ud800"}',
    ],
)
def test_a_line_that_is_no_plain_object_fails_alone(roster, line):
    found = roster(f'{line}\n{{"topic": "knee"}}\n', "jsonl")
    assert [number for number, _ in cells(found)] == [2]
    assert [number for number, *_ in problems(found)] == [1]


# ------------------------------------------------------------------ XLSX


@pytest.fixture
def workbook(tmp_path, roster):
    def workbook(*rows, title="Monday", **options):
        book = openpyxl.Workbook()
        book.active.title = title
        for row in rows:
            book.active.append(row)
        file = tmp_path / "made.xlsx"
        book.save(file)
        return roster(file.read_bytes(), "xlsx", **options)

    return workbook


def test_a_workbook_is_read_as_its_reader_sees_it(workbook):
    found = workbook(
        ["Topic", "Patient", "Date", "Phone", None],
        ["knee", "Zoë", dt.date(2026, 11, 25), 5550199, None],
        [None, None, None, None, None],
        ["knee", "Bo", dt.datetime(2026, 11, 25, 9, 30), 2.0, None],  # noqa: DTZ001
    )
    assert found.header == ("Topic", "Patient", "Date", "Phone")
    assert cells(found) == [
        (2, {"Topic": "knee", "Patient": "Zoë", "Date": "2026-11-25", "Phone": "5550199"}),
        (4, {"Topic": "knee", "Patient": "Bo", "Date": "2026-11-25 09:30", "Phone": "2"}),
    ]


def test_a_row_of_a_workbook_with_an_error_or_with_more_cells_fails_alone(workbook):
    found = workbook(["topic", "patient"], ["knee", "#REF!"], ["knee", "Ada", "more"], ["knee", "Bo"])
    assert problems(found) == [(2, "B202", "patient"), (3, "B202", "")]
    assert [number for number, _ in cells(found)] == [4]


def test_the_sheet_of_a_workbook_can_be_chosen(workbook):
    assert cells(workbook(["topic"], ["knee"], sheet="Monday"))
    with pytest.raises(UsageError) as caught:
        workbook(["topic"], ["knee"], sheet="Ada Example")
    assert "Ada" not in str(caught.value)


def test_a_damaged_workbook_is_refused(roster):
    with pytest.raises(UsageError) as caught:
        roster(b"PK\x03\x04 nothing", "xlsx")
    assert caught.value.diagnostics[0].code == "U142"


def test_a_formula_whose_value_nobody_has_worked_out_fails_its_row(workbook):
    rows = workbook(["topic", "patient"], ["knee", '="Ada"&" One"'], ["knee", "Bo"])
    assert problems(rows) == [(2, "B202", "patient")]
    assert cells(rows) == [(3, {"topic": "knee", "patient": "Bo"})]


def test_what_a_cell_holds_is_in_no_warning(tmp_path, roster, recwarn):
    book = openpyxl.Workbook()
    book.active.append(["topic", "phone"])
    book.active.append(["knee", 5551234567])
    book.active.cell(2, 2).number_format = "yyyy-mm-dd"
    book.save(tmp_path / "made.xlsx")
    assert len(list(roster((tmp_path / "made.xlsx").read_bytes(), "xlsx"))) == 1
    assert list(recwarn) == []


def test_an_old_workbook_a_pdf_and_a_zip_say_what_they_are(roster):
    for start, word in ((b"\xd0\xcf\x11\xe0", "old workbook"), (b"%PDF-1.7\n", "PDF"), (b"PK\x03\x04", "workbook")):
        with pytest.raises(UsageError) as caught:
            roster(start + bytes(200))
        assert word in str(caught.value)


# ------------------------------------------------------------------ damage


def test_the_rest_of_a_line_that_is_too_long_is_no_row(roster):
    text = "topic,patient\n" + "x" * 1_000_000 + "\nknee,Ada\n" + "y" * 2_500_000 + ",ghost\nknee,Bo\n"
    rows = roster(text)
    assert cells(rows) == [(3, {"topic": "knee", "patient": "Ada"}), (5, {"topic": "knee", "patient": "Bo"})]


@pytest.mark.parametrize("end", [b"\x41", "\n".encode("utf-16-le") + b"\x41"])
def test_utf_16_that_is_cut_off_costs_no_row_above(roster, end):
    data = "topic,patient\nknee,Ada\n".encode("utf-16") + end
    assert cells(roster(data))[0] == (2, {"topic": "knee", "patient": "Ada"})


@pytest.mark.parametrize("encoding", ["base64", "rot13", "idna", "utf-16", "nothing"])
def test_an_encoding_that_is_none_is_an_error_of_the_roster(roster, encoding):
    with pytest.raises(UsageError):
        roster("topic,patient\nknee,Ada\n", encoding=encoding)
