"""Dates with the precision that their source has."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model.dates import PartialDate, Precision
from graph.model.namespaces import XSD

DAYS = st.dates(min_value=dt.date(1000, 1, 1))


@pytest.mark.parametrize(
    ("text", "precision", "datatype"),
    [
        ("2021", Precision.YEAR, "gYear"),
        ("2021-06", Precision.MONTH, "gYearMonth"),
        ("2021-06-15", Precision.DAY, "date"),
    ],
)
def test_the_form_of_a_date_is_its_precision_and_its_datatype(
    text: str, precision: Precision, datatype: str
) -> None:
    date = PartialDate(text)
    assert date.precision is precision
    assert date.to_literal().datatype == XSD[datatype]
    assert date.to_literal().value == text


@pytest.mark.parametrize(
    "text", ["", "21", "2021-6", "2021/06/15", "15-06-2021", "2021-06-15T00:00", "năm 2021"]
)
def test_another_form_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="is no date: write YYYY, YYYY-MM or YYYY-MM-DD"):
        PartialDate(text)


@pytest.mark.parametrize("text", ["2025-13-01", "2025-02-30", "2023-02-29", "2021-00", "0000"])
def test_a_date_that_the_calendar_has_not_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no date of the calendar"):
        PartialDate(text)


@pytest.mark.parametrize("text", ["٢٠٢١", "２０２１-06"])
def test_digits_of_other_scripts_are_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="is no date: write"):
        PartialDate(text)


def test_a_precision_column_must_agree_with_the_date() -> None:
    assert PartialDate.parse("2021-06", "month") == PartialDate("2021-06")
    with pytest.raises(ValueError, match="has the precision month, not 'day'"):
        PartialDate.parse("2021-06", "day")


def test_a_leap_february_has_29_days() -> None:
    assert PartialDate("2024-02").last_day() == dt.date(2024, 2, 29)
    assert PartialDate("2023-02").last_day() == dt.date(2023, 2, 28)


@given(DAYS)
def test_a_day_covers_itself_alone(day: dt.date) -> None:
    date = PartialDate(day.isoformat())
    assert date.first_day() == date.last_day() == day


@given(DAYS)
def test_the_month_and_the_year_of_a_day_cover_it(day: dt.date) -> None:
    for length in (4, 7):
        date = PartialDate(day.isoformat()[:length])
        assert date.first_day() <= day <= date.last_day()
        assert date.first_day().day == 1


@given(DAYS, DAYS)
def test_days_sort_as_the_calendar_does(one: dt.date, other: dt.date) -> None:
    assert (PartialDate(one.isoformat()) < PartialDate(other.isoformat())) == (one < other)
