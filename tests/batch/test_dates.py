"""Dates of a roster: what is read, what is not guessed, and what stays as it is written."""

import datetime as dt
from functools import partial

import pytest

from handouts import Library
from handouts.batch.dates import NoDateError, read_date
from handouts.batch.names import month_of
from handouts.composing.furniture import spoken_date

TODAY = dt.date(2026, 11, 25)


def read(text, order=None):
    return read_date(text, order, TODAY, partial(month_of, Library()))


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("2026-11-26", None),
        ("2026/11/26", None),
        ("2026.11.26", None),
        ("11/26/2026", "mdy"),
        ("11/26/26", "mdy"),
        ("26.11.2026", "dmy"),
        ("26-11-26", "dmy"),
        ("26-11-26 ", "dmy"),
        # By name: there is nothing to guess.
        ("26-Nov-2026", None),
        ("26-Nov-26", None),
        ("26 NOV 2026", None),
        ("26Nov2026", None),
        ("26/nov/2026", None),
        ("26. November 2026", None),
        ("26 November, 2026", None),
        ("Nov 26, 2026", None),
        ("Nov. 26 2026", None),
        ("November 26th, 2026", None),
        ("Nov-26-2026", None),
        ("26 de noviembre de 2026", None),
        ("26 noviembre 2026", "mdy"),
        ("26-Nov-26", "dmy"),
        ("26-Nov-26", "ymd"),
    ],
)
def test_a_date_is_read_as_it_is_written(text, order):
    assert read(text, order) == "2026-11-26"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-11-26 14:30", "2026-11-26 14:30"),
        ("2026-11-26T14:30:00Z", "2026-11-26 14:30"),
        ("26-Nov-2026 2:30 PM", "2026-11-26 14:30"),
        ("Nov 26, 2026, 2:30 p.m.", "2026-11-26 14:30"),
        ("Nov 26, 2026 12:05 am", "2026-11-26 00:05"),
        ("26 Nov 2026 room 4", "2026-11-26 room 4"),
        ("2026-11-26 2:30 PM, room 3", "2026-11-26 14:30, room 3"),
        ("2026-11-26, 02:30 PM", "2026-11-26 14:30"),
        ("2026-11-26 14:30:00+01:00", "2026-11-26 14:30"),
        # A time that is not certain stays as it is written.
        ("2026-11-26 2:30", "2026-11-26 2:30"),
        ("2026-11-26 2:30 PM-3:00 PM", "2026-11-26 2:30 PM-3:00 PM"),
        ("2026-11-26 02:30-03:00 PM", "2026-11-26 02:30-03:00 PM"),
        ("2026-11-26 02:30 - 03:00 PM", "2026-11-26 02:30 - 03:00 PM"),
        ("2026-11-26 02:30 p. m.", "2026-11-26 02:30 p. m."),
        ("2026-11-26 2:30 PM/EST", "2026-11-26 2:30 PM/EST"),
        ("2026-11-26 2:30 uhr", "2026-11-26 2:30 uhr"),
        ("2026-11-26 14:30-15:00", "2026-11-26 14:30-15:00"),
        ("2026-11-26 09:00–10:30", "2026-11-26 09:00–10:30"),
        ("26 Nov 2026, 9:00-10:30", "2026-11-26, 9:00-10:30"),
        ("2026-11-26; fasting", "2026-11-26; fasting"),
        ("3 Ene 2027", "2027-01-03"),
        ("3 ago 2027", "2027-08-03"),
        ("Sept 3, 2027", "2027-09-03"),
        ("3 September 2027", "2027-09-03"),
    ],
)
def test_a_time_of_day_and_what_follows_stay(text, wanted):
    assert read(text) == wanted


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("2026-11-26 2:30 PM, room 3", "November 26, 2026, 2:30 pm, room 3"),
        ("11/26/2026 02:30-03:00 PM", "November 26, 2026 02:30-03:00 PM"),
        ("11/26/2026 2:30 PM-3:00 PM", "November 26, 2026 2:30 PM-3:00 PM"),
        ("11/26/2026 02:30 p. m.", "November 26, 2026 02:30 p. m."),
        ("11/26/2026 14:30-15:00", "November 26, 2026 14:30-15:00"),
        ("11/26/2026 2:30", "November 26, 2026 2:30"),
        ("11/26/2026 14:30", "November 26, 2026, 2:30 pm"),
        ("11/26/2026 12:30 AM", "November 26, 2026, 12:30 am"),
    ],
)
def test_no_afternoon_becomes_a_morning_on_paper(text, printed):
    words = Library().language("en")
    assert spoken_date(read(text, "mdy"), words) == printed


@pytest.mark.parametrize("typed", ["2026-12-03 02:30 PM", "2026-12-03 02:30-03:00 PM", "2026-12-03 2:30 PM"])
def test_a_time_that_was_typed_for_one_handout_is_not_half_read(typed):
    assert spoken_date(typed, Library().language("en")) == f"December 3, 2026{typed[10:]}"


def test_two_digits_around_a_month_are_in_the_order_that_was_told():
    assert read("26-Nov-27", "ymd") == "2026-11-27"
    assert read("26-Nov-27", "dmy") == "2027-11-26"


@pytest.mark.parametrize(
    "text",
    [
        "tomorrow",
        "in 2 weeks",
        "May 9",
        "3 weeks 2027",
        "Thursday 26",
        "Ma 3, 2027",  # March, May, marzo or mayo
        "26 ju 2027",
        "Ju 26, 2027",
        "Nov 26",
        "Nov 26, 26",
        "Novembre 26, 2026",
        "see Nov 26, 2026",
        "26 Nov 27 Nov",
        "10 Dec 27 Dec 2026",
    ],
)
def test_words_stay_words(text):
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "order", "part"),
    [
        ("11/26/2026", None, "order nobody knows"),
        ("3.4.26", None, "order nobody knows"),
        ("26/11/2026", "mdy", "no date in the order month, day, year"),
        ("2026-02-30", None, "no day of the calendar"),
        ("30 Feb 2027", None, "no day of the calendar"),
        ("Nov 31, 2026", None, "no day of the calendar"),
        ("Nov 26, 2026 13:30 pm", None, "no day of the calendar"),
        ("26 Nov 1926", None, "years away"),
        ("Nov 26, 2062", None, "years away"),
        ("11/26", None, "without its year"),
        ("46352", None, "is a number"),
    ],
)
def test_what_is_no_date_or_could_be_two_is_refused_with_what_to_do(text, order, part):
    with pytest.raises(NoDateError, match=part) as failure:
        read(text, order)
    assert "2026-11-26" in failure.value.hint


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_month_is_known_by_its_name_and_by_three_letters_of_it(language):
    for number, name in enumerate(Library().language(language).months, 1):
        assert read(f"5 {name} 2027") == f"2027-{number:02}-05"
        assert read(f"5-{name[:3].upper()}-27") == f"2027-{number:02}-05"


def test_a_month_that_two_languages_call_alike_is_no_guess(tmp_path):
    """Finnish marraskuu is November, and begins as March does."""
    languages = tmp_path / "content" / "languages"
    languages.mkdir(parents=True)
    months = ["Tammi", "Helmi", "Maalis", "Huhti", "Touko", "Kesä", "Heinä", "Elo", "Syys", "Loka", "Marras", "Joulu"]
    from handouts.library.search_path import SearchPath

    text = (SearchPath.of(None).roots[-1].folder / "content" / "languages" / "en.yaml").read_text(encoding="utf-8")
    lines = [f"months: [{', '.join(months)}]" if line.startswith("months:") else line for line in text.splitlines()]
    (languages / "fi.yaml").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "clinic.yaml").write_text("", encoding="utf-8")
    library = Library(SearchPath.of(tmp_path))
    assert month_of(library, "Mar") is None
    assert month_of(library, "March") == 3
    assert month_of(library, "Marras") == 11
    assert month_of(library, "Nov") == 11
