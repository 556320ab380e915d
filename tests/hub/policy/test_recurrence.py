"""Recurring deadlines: what is allowed, and the dates it gives."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.policy.recurrence import Frequency, Recurrence, dates_between, next_date, parse_recurrence

START = date(2026, 1, 15)


def first(rule, count, start=START):
    return [on.isoformat() for on in islice(parse_recurrence(rule).dates(start), count)]


@pytest.mark.parametrize(
    "rule, expected",
    [
        ("FREQ=MONTHLY", ["2026-01-15", "2026-02-15", "2026-03-15"]),
        ("FREQ=MONTHLY;BYMONTHDAY=10", ["2026-02-10", "2026-03-10", "2026-04-10"]),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", ["2026-01-31", "2026-04-30", "2026-07-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=1,20", ["2026-01-20", "2026-02-01", "2026-02-20"]),
        ("FREQ=MONTHLY;BYMONTH=3,6;BYMONTHDAY=31", ["2026-03-31", "2026-06-30", "2027-03-31"]),
        ("FREQ=YEARLY;BYMONTH=7,1;BYMONTHDAY=10", ["2026-07-10", "2027-01-10", "2027-07-10"]),
        ("FREQ=YEARLY;BYMONTH=2,6;BYMONTHDAY=30", ["2026-02-28", "2026-06-30", "2027-02-28"]),
        ("FREQ=YEARLY", ["2026-01-15", "2027-01-15", "2028-01-15"]),
        ("FREQ=WEEKLY;INTERVAL=2", ["2026-01-15", "2026-01-29", "2026-02-12"]),
        ("FREQ=MONTHLY;BYMONTHDAY=30,31;COUNT=3", ["2026-01-30", "2026-01-31", "2026-02-28"]),
        ("FREQ=MONTHLY;COUNT=2", ["2026-01-15", "2026-02-15"]),
        ("FREQ=MONTHLY;UNTIL=20260215", ["2026-01-15", "2026-02-15"]),
        ("FREQ=MONTHLY;UNTIL=20260214T170000Z", ["2026-01-15", "2026-02-15"]),
        ("RRULE:freq=monthly;", ["2026-01-15", "2026-02-15", "2026-03-15"]),
    ],
)
def test_dates_of_a_rule(rule, expected):
    assert first(rule, 3) == expected


def test_no_month_is_skipped_when_it_is_short():
    assert first("FREQ=MONTHLY", 4, date(2026, 1, 31)) == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]
    assert first("FREQ=YEARLY", 3, date(2024, 2, 29)) == ["2024-02-29", "2025-02-28", "2026-02-28"]


@pytest.mark.parametrize(
    "rule, codes",
    [
        ("", ["RRULE_LENGTH"]),
        ("FREQ=MONTHLY;" * 30, ["RRULE_LENGTH"]),
        ("MONTHLY", ["RRULE_PART", "RRULE_VALUE"]),
        ("INTERVAL=2", ["RRULE_VALUE"]),
        ("FREQ=DAILY", ["RRULE_VALUE"]),
        ("FREQ=SECONDLY;BYSECOND=1", ["RRULE_PART", "RRULE_VALUE"]),
        ("FREQ=MONTHLY;BYDAY=MO", ["RRULE_PART"]),
        ("FREQ=MONTHLY;BYSETPOS=1", ["RRULE_PART"]),
        ("FREQ=MONTHLY;FREQ=YEARLY", ["RRULE_PART_TWICE"]),
        ("FREQ=MONTHLY;INTERVAL=0", ["RRULE_VALUE"]),
        ("FREQ=MONTHLY;INTERVAL=-1", ["RRULE_VALUE"]),
        ("FREQ=MONTHLY;INTERVAL=１", ["RRULE_VALUE"]),
        ("FREQ=MONTHLY;COUNT=1001", ["RRULE_VALUE"]),
        ("FREQ=MONTHLY;BYMONTH=13", ["RRULE_VALUE"]),
        ("FREQ=MONTHLY;BYMONTHDAY=0", ["RRULE_VALUE"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-29", ["RRULE_VALUE"]),
        ("FREQ=MONTHLY;BYMONTHDAY=", ["RRULE_VALUE"]),
        ("FREQ=MONTHLY;UNTIL=20261301", ["RRULE_VALUE"]),
        ("FREQ=MONTHLY;UNTIL=2026-12-01", ["RRULE_VALUE"]),
        ("FREQ=MONTHLY;UNTIL=99991231T235959Z", ["RRULE_VALUE"]),
        ("FREQ=MONTHLY;COUNT=2;UNTIL=20261201", ["RRULE_TOGETHER"]),
        ("FREQ=WEEKLY;BYMONTHDAY=1", ["RRULE_TOGETHER"]),
        ("FREQ=YEARLY;BYMONTHDAY=1", ["RRULE_TOGETHER"]),
        ("FREQ=DAILY;BYDAY=MO;COUNT=x;COUNT=2", ["RRULE_PART", "RRULE_PART_TWICE", "RRULE_VALUE", "RRULE_VALUE"]),
    ],
)
def test_everything_else_is_refused_with_every_reason(refusal_of, rule, codes):
    assert refusal_of(parse_recurrence, rule, path=("recurrence",)) == [(code, ("recurrence",)) for code in codes]


def test_the_next_date_is_later_than_the_day_asked():
    monthly = parse_recurrence("FREQ=MONTHLY;BYMONTHDAY=10;UNTIL=20260310")
    assert next_date(monthly, START, after=date(2025, 1, 1)) == date(2026, 2, 10)
    assert next_date(monthly, START, after=date(2026, 2, 10)) == date(2026, 3, 10)
    assert next_date(monthly, START, after=date(2026, 3, 10)) is None


def test_dates_between_includes_both_ends():
    found = dates_between(parse_recurrence("FREQ=MONTHLY;BYMONTHDAY=10"), START, date(2026, 2, 10), date(2026, 4, 10))
    assert found == (date(2026, 2, 10), date(2026, 3, 10), date(2026, 4, 10))


RULES = st.builds(
    Recurrence,
    st.just(Frequency.MONTHLY),
    st.integers(1, 12),
    st.just(()),
    st.lists(st.integers(-28, 31).filter(bool), min_size=1, max_size=3, unique=True).map(
        lambda days: tuple(sorted(days))
    ),
    st.none() | st.integers(1, 20),
)


@given(RULES)
def test_the_text_of_a_rule_reads_back(rule):
    assert parse_recurrence(str(rule)) == rule


@given(RULES, st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_monthly_dates_by_a_plain_oracle(rule, start):
    expected = []
    year, month = start.year, start.month
    while len(expected) < 40:
        last = monthrange(year, month)[1]
        days = {last + 1 + day if day < 0 else min(day, last) for day in rule.month_days}
        expected += [date(year, month, day) for day in sorted(days) if date(year, month, day) >= start]
        month += rule.interval
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    assert list(islice(rule.dates(start), 30)) == expected[: min(30, rule.count or 30)]


@given(st.sampled_from(["FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=3"]), st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_weekly_dates_keep_the_weekday(rule, start):
    step = timedelta(weeks=parse_recurrence(rule).interval)
    dates = list(islice(parse_recurrence(rule).dates(start), 10))
    assert dates[0] == start
    assert all(later - earlier == step for earlier, later in pairwise(dates))


def test_a_rule_that_runs_off_the_calendar_ends():
    assert len(list(parse_recurrence("FREQ=YEARLY").dates(date(9990, 1, 1)))) == 10
