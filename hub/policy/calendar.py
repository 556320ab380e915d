"""The national working calendar: which day is worked, and what is not known yet.

Weekdays, statutory holidays and shifted working days (调休) of 2004–2026 come from the library ``chinesecalendar``;
the State Council announces a year's arrangement in the autumn before, and an imported announcement extends and
corrects the library. A year that neither has is ``Unknown``, never guessed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from types import MappingProxyType

import chinese_calendar

from hub.core.texts import Text

LIBRARY_SOURCE = "chinesecalendar"
OVERRIDE_SOURCE = "override"

FESTIVALS: dict[str, Text] = {
    holiday.value: Text(holiday.chinese, holiday.value)
    for holiday in (chinese_calendar.Holiday[name] for name in chinese_calendar.Holiday.__members__)
}
"""Festival names of the library by their English name."""


class DayKind(StrEnum):
    WORKDAY = "WORKDAY"
    RESTDAY = "RESTDAY"


@dataclass(frozen=True, slots=True)
class Workday:
    """A working day. ``name`` is set on a shifted one: the festival it makes up for."""

    on: date
    name: Text | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Restday:
    """A day off. ``name`` is the festival; a plain weekend has none."""

    on: date
    name: Text | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """A day of a year whose arrangement is not known."""

    on: date
    year: int


Day = Workday | Restday | Unknown


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One announced arrangement, complete: every day it does not name follows its weekday.

    ``document_no`` is the 发文字号 of the announcement. Days of the December before may be among its days, because
    the arrangement of New Year reaches back.
    """

    year: int
    document_no: str
    holidays: Mapping[date, Text]
    shifted_workdays: Mapping[date, Text]

    def find(self, on: date) -> Workday | Restday | None:
        """The day if the announcement names it."""
        if on in self.holidays:
            return Restday(on, self.holidays[on], self.document_no)
        if on in self.shifted_workdays:
            return Workday(on, self.shifted_workdays[on], self.document_no)
        return None


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Answers for any date. Single ``overrides`` win over imported ``years``, and these over the library."""

    overrides: Mapping[date, DayKind] = field(default_factory=lambda: MappingProxyType({}))
    years: Mapping[int, CalendarYear] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, years: Iterable[CalendarYear], overrides: Mapping[date, DayKind] | None = None) -> WorkingCalendar:
        """Calendar with these imported years."""
        return cls(MappingProxyType(dict(overrides or {})), MappingProxyType({year.year: year for year in years}))

    def day(self, on: date) -> Day:
        """What is known of a date."""
        match self.overrides.get(on):
            case DayKind.WORKDAY:
                return Workday(on, source=OVERRIDE_SOURCE)
            case DayKind.RESTDAY:
                return Restday(on, source=OVERRIDE_SOURCE)
        # The following year's announcement is the later one where both name a day of December.
        for year in (on.year + 1, on.year):
            if year in self.years and (named := self.years[year].find(on)):
                return named
        if on.year in self.years:
            return _by_weekday(on, self.years[on.year].document_no)
        return _by_library(on)

    def is_known(self, year: int) -> bool:
        """Whether the arrangement of a year is known."""
        return year in self.years or _library_has(year)


def _by_weekday(on: date, source: str) -> Workday | Restday:
    return Workday(on, source=source) if on.weekday() < 5 else Restday(on, source=source)


def _by_library(on: date) -> Day:
    return _library_year(on.year).get(on, Unknown(on, on.year))


def _library_has(year: int) -> bool:
    return bool(_library_year(year))


@cache
def _library_year(year: int) -> Mapping[date, Workday | Restday]:
    """Every day of a year the library knows, empty when it does not; kept, because the library is slow to ask."""
    days: dict[date, Workday | Restday] = {}
    on = date(year, 1, 1)
    try:
        while on.year == year:
            rests, festival = chinese_calendar.get_holiday_detail(on)
            name = FESTIVALS.get(festival) if festival else None
            days[on] = Restday(on, name, LIBRARY_SOURCE) if rests else Workday(on, name, LIBRARY_SOURCE)
            on += timedelta(days=1)
    except NotImplementedError:
        return MappingProxyType({})
    return MappingProxyType(days)
