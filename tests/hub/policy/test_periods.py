"""Reporting periods."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.policy.periods import Period, PeriodSpan, parse_period_code, period_of, periods_between

DATES = st.dates(date(1990, 1, 1), date(2100, 12, 31))
PERIODS = st.sampled_from(Period)


@pytest.mark.parametrize(
    "period, code, start, end, zh",
    [
        (Period.MONTH, "2026-11", date(2026, 11, 1), date(2026, 11, 30), "2026年11月"),
        (Period.QUARTER, "2026Q4", date(2026, 10, 1), date(2026, 12, 31), "2026年第4季度"),
        (Period.HALF_YEAR, "2026H2", date(2026, 7, 1), date(2026, 12, 31), "2026年下半年"),
        (Period.YEAR, "2026", date(2026, 1, 1), date(2026, 12, 31), "2026年"),
    ],
)
def test_the_period_of_a_date(period, code, start, end, zh):
    span = period_of(date(2026, 11, 21), period)
    assert (span.code, span.start, span.end, span.text.zh) == (code, start, end, zh)


def test_february_of_a_leap_year_has_29_days():
    assert period_of(date(2028, 2, 3), Period.MONTH).end == date(2028, 2, 29)


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-00", "2026-1", "2026Q5", "2026H3", "0000", "26Q1", "2026 Q1", "２０２６"]
)
def test_other_codes_are_refused(refusal_of, text):
    assert refusal_of(parse_period_code, text, path=("period",)) == [("PERIOD_INVALID", ("period",))]


@given(DATES, PERIODS)
def test_a_period_holds_its_date_and_its_code_reads_back(on, period):
    span = period_of(on, period)
    assert span.start <= on <= span.end
    assert parse_period_code(span.code) == span


@given(DATES, PERIODS)
def test_periods_follow_each_other_without_gap(on, period):
    span = period_of(on, period)
    assert span.next.start == span.end + timedelta(days=1)
    assert span.next.previous == span
    assert span.previous < span < span.next


@given(DATES, st.integers(-10, 900), PERIODS)
def test_the_periods_of_a_range_cover_it(first, length, period):
    last = first + timedelta(days=length)
    spans = periods_between(period, first, last)
    if last < first and period_of(first, period).start > last:
        assert spans == ()
    else:
        assert spans[0] == period_of(first, period)
        assert spans[-1] == max(period_of(last, period), spans[0])
        assert all(later == earlier.next for earlier, later in pairwise(spans))


def test_the_last_year_of_the_calendar_ends_with_it():
    assert PeriodSpan(9999, 1, Period.YEAR).end == date.max
