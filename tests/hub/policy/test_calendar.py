"""The working calendar: the library's years, imported years, overrides, and what is not known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.core.texts import Text
from hub.policy.calendar import CalendarYear, DayKind, Restday, Unknown, Workday, WorkingCalendar


def days_of(year):
    return [
        date(year, 1, 1) + timedelta(days=offset) for offset in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    ]


@pytest.mark.parametrize(
    "on, kind, name",
    [
        (date(2026, 11, 20), Workday, None),
        (date(2026, 11, 21), Restday, None),
        (date(2026, 10, 1), Restday, "国庆节"),
        (date(2026, 10, 10), Workday, "国庆节"),
        (date(2026, 2, 28), Workday, "春节"),
        (date(2026, 2, 23), Restday, "春节"),
        (date(2004, 1, 1), Restday, "元旦"),
    ],
)
def test_days_of_the_library(known, on, kind, name):
    day = known.day(on)
    assert isinstance(day, kind)
    assert (day.name.zh if day.name else None) == name


@pytest.mark.parametrize("year", [2003, 2027, 2099])
def test_a_year_nobody_knows_is_unknown(known, year):
    assert not known.is_known(year)
    assert known.day(date(year, 6, 1)) == Unknown(date(year, 6, 1), year)


def test_an_imported_year_is_complete(extended, year_2027):
    assert extended.is_known(2027)
    assert not any(isinstance(extended.day(on), Unknown) for on in days_of(2027))
    assert extended.day(date(2027, 2, 8)) == Restday(
        date(2027, 2, 8), Text("春节", "Spring Festival"), year_2027.document_no
    )
    assert isinstance(extended.day(date(2027, 10, 9)), Workday)
    assert extended.day(date(2027, 3, 1)) == Workday(date(2027, 3, 1), source=year_2027.document_no)
    assert extended.day(date(2027, 3, 6)) == Restday(date(2027, 3, 6), source=year_2027.document_no)
    assert not extended.is_known(2028)


def test_an_imported_year_wins_over_the_library():
    corrected = CalendarYear(2026, "国办发明电〔2025〕99号", {date(2026, 6, 1): Text("临时放假", "extra")}, {})
    calendar = WorkingCalendar.of([corrected])
    assert isinstance(calendar.day(date(2026, 6, 1)), Restday)
    assert isinstance(calendar.day(date(2026, 10, 1)), Workday), "the arrangement is complete: it names no October"


def test_the_arrangement_of_a_year_reaches_back_into_december():
    new_year = Text("元旦", "New Year's Day")
    later = CalendarYear(2027, "国办发明电〔2026〕99号", {date(2026, 12, 31): new_year}, {date(2026, 12, 27): new_year})
    calendar = WorkingCalendar.of([later])
    assert calendar.day(date(2026, 12, 31)) == Restday(date(2026, 12, 31), new_year, later.document_no)
    assert isinstance(calendar.day(date(2026, 12, 27)), Workday)
    assert calendar.day(date(2026, 12, 30)) == WorkingCalendar().day(date(2026, 12, 30))


def test_single_overrides_win_over_everything(year_2027):
    overrides = {
        date(2027, 1, 1): DayKind.WORKDAY,
        date(2027, 3, 1): DayKind.RESTDAY,
        date(2028, 5, 5): DayKind.RESTDAY,
    }
    calendar = WorkingCalendar.of([year_2027], overrides)
    assert isinstance(calendar.day(date(2027, 1, 1)), Workday)
    assert isinstance(calendar.day(date(2027, 3, 1)), Restday)
    assert isinstance(calendar.day(date(2028, 5, 5)), Restday)
    assert isinstance(calendar.day(date(2028, 5, 6)), Unknown), "one known day does not make a year known"


@given(st.integers(2008, 2026))
def test_importing_what_the_library_knows_changes_no_day(year):
    library = WorkingCalendar()
    named = {day.on: day for day in map(library.day, days_of(year)) if isinstance(day, Workday | Restday) and day.name}
    imported = CalendarYear(
        year,
        "国办发明电〔2020〕1号",
        {on: day.name for on, day in named.items() if isinstance(day, Restday)},
        {on: day.name for on, day in named.items() if isinstance(day, Workday)},
    )
    calendar = WorkingCalendar.of([imported])
    assert [type(calendar.day(on)) for on in days_of(year)] == [type(library.day(on)) for on in days_of(year)]
