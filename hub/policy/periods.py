"""Reporting periods: month, quarter, half-year, year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hub.core.errors import Reason, Refused
from hub.core.texts import Text


class Period(StrEnum):
    MONTH = "MONTH"
    QUARTER = "QUARTER"
    HALF_YEAR = "HALF_YEAR"
    YEAR = "YEAR"

    @property
    def months(self) -> int:
        return {"MONTH": 1, "QUARTER": 3, "HALF_YEAR": 6, "YEAR": 12}[self.value]


_CODE = re.compile("(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})|Q(?P<quarter>[1-4])|H(?P<half>[12]))?")


@dataclass(frozen=True, slots=True, order=True)
class PeriodSpan:
    """One period of a calendar year; ``index`` counts from 1 within the year."""

    year: int
    index: int
    period: Period

    @property
    def start(self) -> date:
        return date(self.year, (self.index - 1) * self.period.months + 1, 1)

    @property
    def end(self) -> date:
        return self.next.start - timedelta(days=1) if self.year < date.max.year else date(self.year, 12, 31)

    @property
    def next(self) -> PeriodSpan:
        return self._shift(1)

    @property
    def previous(self) -> PeriodSpan:
        return self._shift(-1)

    @property
    def code(self) -> str:
        """``2026-11``, ``2026Q4``, ``2026H2`` or ``2026``."""
        match self.period:
            case Period.MONTH:
                return f"{self.year}-{self.index:02}"
            case Period.QUARTER:
                return f"{self.year}Q{self.index}"
            case Period.HALF_YEAR:
                return f"{self.year}H{self.index}"
        return str(self.year)

    @property
    def text(self) -> Text:
        match self.period:
            case Period.MONTH:
                return Text(f"{self.year}年{self.index}月", self.code)
            case Period.QUARTER:
                return Text(f"{self.year}年第{self.index}季度", f"{self.year} Q{self.index}")
            case Period.HALF_YEAR:
                return Text(f"{self.year}年{'上' if self.index == 1 else '下'}半年", f"{self.year} H{self.index}")
        return Text(f"{self.year}年", self.code)

    def _shift(self, by: int) -> PeriodSpan:
        per_year = 12 // self.period.months
        years, index = divmod(self.index - 1 + by, per_year)
        return PeriodSpan(self.year + years, index + 1, self.period)


def period_of(on: date, period: Period) -> PeriodSpan:
    """The period a date lies in."""
    return PeriodSpan(on.year, (on.month - 1) // period.months + 1, period)


def periods_between(period: Period, first: date, last: date) -> tuple[PeriodSpan, ...]:
    """Every period that shares a day with ``first``–``last``, oldest first; empty when they are reversed."""
    spans = []
    span = period_of(first, period)
    while span.start <= last:
        spans.append(span)
        span = span.next
    return tuple(spans)


def parse_period_code(text: str, *, path: tuple[str | int, ...] = ()) -> PeriodSpan:
    """Period of a code. Raises ``Refused`` (PERIOD_INVALID)."""
    found = _CODE.fullmatch(text)
    if found is None or int(found["year"]) < 1 or (found["month"] and not 1 <= int(found["month"]) <= 12):
        raise Refused(Reason("PERIOD_INVALID", path, {"value": text[:20]}))
    year = int(found["year"])
    if found["month"]:
        return PeriodSpan(year, int(found["month"]), Period.MONTH)
    if found["quarter"]:
        return PeriodSpan(year, int(found["quarter"]), Period.QUARTER)
    if found["half"]:
        return PeriodSpan(year, int(found["half"]), Period.HALF_YEAR)
    return PeriodSpan(year, 1, Period.YEAR)
