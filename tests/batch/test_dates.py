"""Dates of a roster: what is read, what is not guessed, and what stays as it is written."""

import datetime as dt
from functools import partial

import pytest

from handouts import Library
from handouts.batch.dates import NoDateError, read_date
from handouts.batch.names import month_of

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
        ("3 Ene 2027", "2027-01-03"),
        ("3 ago 2027", "2027-08-03"),
        ("Sept 3, 2027", "2027-09-03"),
        ("3 September 2027", "2027-09-03"),
    ],
)
def test_a_time_of_day_and_what_follows_stay(text, wanted):
    assert read(text) == wanted


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
