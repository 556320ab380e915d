"""Rules and deadlines as stored data: they read back, and provisional ones are reckoned again."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.core.texts import Text
from hub.policy.calendar import WorkingCalendar
from hub.policy.deadlines import compute, state
from hub.policy.periods import Period
from hub.policy.recurrence import parse_recurrence
from hub.policy.rule_data import deadline_to_plain, parse_rule, recompute, rule_to_plain
from hub.policy.rules import (
    Anchor,
    Basis,
    DeadlineRule,
    Direction,
    OccurrenceRule,
    Origin,
    PeriodEnd,
    PeriodEndRule,
    PeriodRule,
    Roll,
    Start,
    Unit,
)

MONTHLY = parse_recurrence("FREQ=MONTHLY;BYMONTHDAY=10")
ROLLS = st.sampled_from(Roll)
RULES = (
    st.builds(
        DeadlineRule,
        st.integers(1, 60),
        st.sampled_from([Unit.NATURAL_DAY, Unit.WORKING_DAY, Unit.MONTH]),
        st.sampled_from(Anchor),
        st.sampled_from(Start),
        ROLLS,
        st.sampled_from(Direction),
    )
    | st.builds(PeriodRule, st.sampled_from(Period), st.integers(1, 60), st.just(Unit.NATURAL_DAY), ROLLS)
    | st.builds(PeriodEndRule, st.sampled_from(Period), st.sampled_from(PeriodEnd))
    | st.builds(OccurrenceRule, st.just(MONTHLY), st.dates(date(2020, 1, 1), date(2026, 1, 1)), ROLLS)
)
BASES = st.none() | st.builds(
    Basis,
    st.just("demo"),
    st.sampled_from(Origin),
    st.none() | st.just("某政〔2026〕1号 一"),
    st.none() | st.just(Text("注", "note")),
    st.none() | st.just("410825"),
    st.none() | st.just("2026.1"),
)


@given(RULES)
def test_a_rule_reads_back(rule):
    assert parse_rule(json.loads(json.dumps(rule_to_plain(rule)))) == rule


@given(RULES, st.dates(date(2020, 1, 1), date(2027, 6, 1)), BASES)
def test_a_stored_deadline_reckoned_again_with_the_same_calendar_is_the_same(rule, anchor, basis):
    calendar = WorkingCalendar()
    deadline = compute(rule, anchor, calendar, basis=basis)
    stored = json.loads(json.dumps(deadline_to_plain(deadline)))
    assert recompute(stored, calendar) == deadline


def test_a_provisional_deadline_is_settled_by_the_imported_year(extended):
    rule = DeadlineRule(10, Unit.WORKING_DAY, Anchor.COMPLETION_APPLIED)
    stored = deadline_to_plain(compute(rule, date(2026, 12, 25), WorkingCalendar()))
    assert (stored["provisional"], stored["missing_years"], stored["due_on"]) == (True, [2027], "2027-01-08")
    settled = recompute(stored, extended)
    assert (settled.provisional, settled.due_on) == (False, date(2027, 1, 11))


def test_a_stated_date_stays(extended):
    deadline = state(date(2027, 4, 30), basis=Basis("item.due", Origin.NOTICE, "温政办〔2021〕13号 二（一）3"))
    assert recompute(deadline_to_plain(deadline), extended) == deadline


def test_steps_are_bilingual_data():
    stored = deadline_to_plain(
        compute(PeriodEndRule(Period.MONTH, PeriodEnd.LAST_WORKING_DAY), date(2026, 11, 1), WorkingCalendar())
    )
    assert stored["steps"][-1] == {
        "code": "DUE",
        "on": "2026-11-30",
        "zh": "截止于2026年11月30日（周一）当日结束。",
        "en": "Due by the end of 2026-11-30 (Mon).",
    }  # fmt: skip


@pytest.mark.parametrize(
    "data, expected",
    [
        (None, [("DOCUMENT_NOT_MAPPING", ())]),
        ([], [("DOCUMENT_NOT_MAPPING", ())]),
        (
            {"n": 5, "unit": "DAY", "anchor": "CASE_CLOSED"},
            [("VALUE_CHOICE", ("unit",))],
        ),
        ({"n": "5", "unit": "MONTH", "anchor": "CASE_CLOSED"}, [("VALUE_TYPE", ("n",))]),
        ({"n": True, "unit": "MONTH", "anchor": "CASE_CLOSED"}, [("VALUE_TYPE", ("n",))]),
        ({"n": -1, "unit": "MONTH", "anchor": "CASE_CLOSED"}, [("VALUE_RANGE", ("n",))]),
        ({"n": 0, "unit": "MONTH", "anchor": "CASE_CLOSED", "start": "SAME_DAY"}, [("VALUE_RANGE", ("n",))]),
        ({"n": 5, "unit": "MONTH"}, [("KEY_MISSING", ("anchor",))]),
        ({"n": 5, "unit": "MONTH", "anchor": "HEARING", "rolls": 1}, [("KEY_UNKNOWN", ("rolls",))]),
        ({"period": "WEEK", "n": 0}, [("VALUE_CHOICE", ("period",)), ("VALUE_RANGE", ("n",))]),
        ({"period": "MONTH", "reading": "END"}, [("VALUE_CHOICE", ("reading",))]),
        (
            {"rrule": "FREQ=DAILY", "starts_on": "2026-02-30"},
            [("VALUE_DATE", ("starts_on",)), ("RRULE_VALUE", ("rrule",))],
        ),
    ],
)
def test_a_faulty_rule_is_refused_with_every_reason(refusal_of, data, expected):
    assert sorted(refusal_of(parse_rule, data)) == sorted(expected)


def test_data_that_is_no_stored_deadline_is_refused(refusal_of):
    found = refusal_of(recompute, {"due_on": "x", "rule": {"n": 1}}, WorkingCalendar())
    assert [code for code, _ in found] == ["VALUE_DATE", "KEY_MISSING", "KEY_MISSING", "KEY_MISSING"]
