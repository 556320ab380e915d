"""Due dates: the vectors of the field, general laws of counting, and what happens where no calendar is known."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.core.clock import SHANGHAI
from hub.core.errors import Refused
from hub.core.texts import Text
from hub.policy.calendar import DayKind, Restday, Unknown, Workday, WorkingCalendar
from hub.policy.deadlines import (
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
    compute,
    find_reports_due,
    next_report,
    state,
)
from hub.policy.periods import Period, period_of
from hub.policy.recurrence import parse_recurrence

KNOWN = WorkingCalendar()
CLOSED = Anchor.CASE_CLOSED
DATES = st.dates(date(2005, 1, 1), date(2026, 6, 30))
MANY_DATES = st.dates(date(2003, 6, 1), date(2028, 12, 31))


def natural(n, **more):
    return DeadlineRule(n, Unit.NATURAL_DAY, CLOSED, **more)


def working(n, **more):
    return DeadlineRule(n, Unit.WORKING_DAY, CLOSED, **more)


def is_rest(on):
    day = KNOWN.day(on)
    return isinstance(day, Restday) or (isinstance(day, Unknown) and on.weekday() >= 5)


class TestVectors:
    @pytest.mark.parametrize(
        "month, reading, expected",
        [
            (11, PeriodEnd.LAST_WORKING_DAY, date(2026, 11, 30)),
            (11, PeriodEnd.WORKING_DAY_BEFORE_LAST_WORKING_DAY, date(2026, 11, 27)),
            (11, PeriodEnd.WORKING_DAY_BEFORE_LAST_CALENDAR_DAY, date(2026, 11, 27)),
            (10, PeriodEnd.LAST_WORKING_DAY, date(2026, 10, 30)),
            (10, PeriodEnd.WORKING_DAY_BEFORE_LAST_WORKING_DAY, date(2026, 10, 29)),
            (10, PeriodEnd.WORKING_DAY_BEFORE_LAST_CALENDAR_DAY, date(2026, 10, 30)),
            # 28 February 2026 is a Saturday that is worked.
            (2, PeriodEnd.LAST_WORKING_DAY, date(2026, 2, 28)),
            (2, PeriodEnd.WORKING_DAY_BEFORE_LAST_WORKING_DAY, date(2026, 2, 27)),
            (2, PeriodEnd.WORKING_DAY_BEFORE_LAST_CALENDAR_DAY, date(2026, 2, 27)),
        ],
    )
    def test_three_readings_of_the_month_end_rule(self, month, reading, expected):
        rule = PeriodEndRule(Period.MONTH, reading)
        for day in (1, 15, 28):
            deadline = compute(rule, date(2026, month, day), KNOWN)
            assert (deadline.due_on, deadline.provisional) == (expected, False)

    def test_five_days_after_closing_start_on_the_next_day(self):
        deadline = compute(natural(5), date(2026, 11, 20), KNOWN)
        assert deadline.due_on == date(2026, 11, 25)
        assert deadline.due_at == datetime(2026, 11, 26, tzinfo=SHANGHAI)

    def test_the_day_of_the_event_counts_where_the_rule_says_so(self):
        assert compute(natural(5, start=Start.SAME_DAY), date(2026, 11, 20), KNOWN).due_on == date(2026, 11, 24)
        assert compute(working(3, start=Start.SAME_DAY), date(2026, 11, 20), KNOWN).due_on == date(2026, 11, 24)

    def test_three_working_days_over_a_long_holiday(self):
        assert compute(working(3), date(2026, 9, 29), KNOWN).due_on == date(2026, 10, 9)

    def test_a_shifted_saturday_counts_as_worked(self):
        assert compute(working(2), date(2026, 10, 8), KNOWN).due_on == date(2026, 10, 10)

    def test_a_period_of_procedure_that_ends_on_a_holiday_rolls_on(self):
        rolled = compute(natural(7, roll=Roll.NEXT_WORKING_DAY), date(2026, 9, 24), KNOWN)
        assert (rolled.nominal_on, rolled.due_on) == (date(2026, 10, 1), date(2026, 10, 8))
        assert compute(natural(7), date(2026, 9, 24), KNOWN).due_on == date(2026, 10, 1)

    def test_rolling_back(self):
        rule = natural(7, roll=Roll.PREVIOUS_WORKING_DAY)
        assert compute(rule, date(2026, 9, 24), KNOWN).due_on == date(2026, 9, 30)

    @pytest.mark.parametrize(
        "anchor, n, unit, expected",
        [
            (date(2026, 1, 31), 1, Unit.MONTH, date(2026, 2, 28)),
            (date(2024, 1, 31), 1, Unit.MONTH, date(2024, 2, 29)),
            (date(2026, 3, 31), 1, Unit.MONTH, date(2026, 4, 30)),
            (date(2026, 1, 15), 2, Unit.MONTH, date(2026, 3, 15)),
            (date(2024, 2, 29), 1, Unit.YEAR, date(2025, 2, 28)),
            (date(2024, 2, 29), 2, Unit.YEAR, date(2026, 2, 28)),
        ],
    )
    def test_months_and_years_end_on_the_same_day_or_the_last(self, anchor, n, unit, expected):
        assert compute(DeadlineRule(n, unit, CLOSED), anchor, KNOWN).due_on == expected

    def test_three_days_before_a_hearing(self):
        rule = DeadlineRule(3, Unit.NATURAL_DAY, Anchor.HEARING, direction=Direction.BEFORE)
        assert compute(rule, date(2026, 11, 30), KNOWN).due_on == date(2026, 11, 27)
        rule = DeadlineRule(3, Unit.WORKING_DAY, Anchor.HEARING, direction=Direction.BEFORE)
        assert compute(rule, date(2026, 11, 30), KNOWN).due_on == date(2026, 11, 25)

    @pytest.mark.parametrize(
        "rule, inside, expected",
        [
            (PeriodRule(Period.QUARTER, 5), date(2026, 8, 1), date(2026, 10, 5)),
            (PeriodRule(Period.QUARTER, 5, roll=Roll.NEXT_WORKING_DAY), date(2026, 8, 1), date(2026, 10, 8)),
            (PeriodRule(Period.HALF_YEAR, 10), date(2021, 3, 24), date(2021, 7, 10)),
            (PeriodRule(Period.HALF_YEAR, 10), date(2026, 6, 30), date(2026, 7, 10)),
            (PeriodRule(Period.MONTH, 5), date(2026, 2, 1), date(2026, 3, 5)),
            (PeriodRule(Period.MONTH, 3, Unit.WORKING_DAY), date(2026, 9, 15), date(2026, 10, 10)),
        ],
    )
    def test_due_after_the_end_of_a_period(self, rule, inside, expected):
        assert compute(rule, inside, KNOWN).due_on == expected

    def test_zero_days_is_the_day_itself_or_the_nearest_worked(self):
        assert compute(natural(0), date(2026, 11, 21), KNOWN).due_on == date(2026, 11, 21)
        assert compute(working(0), date(2026, 11, 21), KNOWN).due_on == date(2026, 11, 23)
        assert compute(working(0, direction=Direction.BEFORE), date(2026, 11, 21), KNOWN).due_on == date(2026, 11, 20)

    def test_the_next_date_of_a_recurrence(self):
        rule = OccurrenceRule(parse_recurrence("FREQ=MONTHLY;BYMONTHDAY=10"), date(2026, 1, 1), Roll.NEXT_WORKING_DAY)
        deadline = compute(rule, date(2026, 9, 10), KNOWN)
        assert deadline.due_on == date(2026, 10, 10)
        deadline = compute(rule, date(2026, 4, 10), KNOWN)
        assert (deadline.nominal_on, deadline.due_on) == (date(2026, 5, 10), date(2026, 5, 11))

    def test_a_recurrence_that_has_ended_says_so(self):
        rule = OccurrenceRule(parse_recurrence("FREQ=MONTHLY;COUNT=2"), date(2026, 1, 1))
        with pytest.raises(Refused) as refusal:
            compute(rule, date(2026, 2, 1), KNOWN)
        assert refusal.value.code == "RECURRENCE_ENDED"

    def test_beyond_the_calendar_is_refused(self):
        for rule, anchor in ((natural(5), date(9999, 12, 30)), (DeadlineRule(9, Unit.YEAR, CLOSED), date(9999, 1, 1))):
            with pytest.raises(Refused) as refusal:
                compute(rule, anchor, KNOWN)
            assert refusal.value.code == "DEADLINE_OUT_OF_RANGE"

    @pytest.mark.parametrize("n, start", [(-1, Start.NEXT_DAY), (0, Start.SAME_DAY), (3661, Start.NEXT_DAY)])
    def test_a_senseless_count_cannot_be_made(self, n, start):
        with pytest.raises(ValueError):
            natural(n, start=start)


class TestMissingYears:
    """The library ends with 2026."""

    def test_a_working_day_count_into_2027_is_provisional(self, extended):
        rule = working(10)
        guessed = compute(rule, date(2026, 12, 25), KNOWN)
        assert guessed.missing_years == (2027,)
        assert guessed.provisional
        assert guessed.due_on == date(2027, 1, 8), "Monday to Friday, for want of better"
        settled = compute(rule, date(2026, 12, 25), extended)
        assert (settled.due_on, settled.provisional) == (date(2027, 1, 11), False)

    def test_an_anchor_in_2027_is_provisional_until_the_year_is_imported(self, extended):
        rule = natural(5, roll=Roll.NEXT_WORKING_DAY)
        guessed = compute(rule, date(2027, 1, 29), KNOWN)
        assert (guessed.due_on, guessed.missing_years) == (date(2027, 2, 3), (2027,))
        settled = compute(natural(7, roll=Roll.NEXT_WORKING_DAY), date(2027, 1, 29), extended)
        assert (settled.nominal_on, settled.due_on) == (date(2027, 2, 5), date(2027, 2, 12))
        assert not settled.provisional

    def test_natural_days_without_rolling_need_no_calendar(self):
        assert not compute(natural(30), date(2027, 3, 1), KNOWN).provisional
        assert not compute(DeadlineRule(2, Unit.MONTH, CLOSED), date(2026, 12, 31), KNOWN).provisional

    def test_a_working_day_that_ends_within_2026_is_final(self):
        assert not compute(working(4), date(2026, 12, 25), KNOWN).provisional
        assert compute(working(5), date(2026, 12, 25), KNOWN).provisional

    def test_month_end_rules_of_2027(self, extended):
        rule = PeriodEndRule(Period.MONTH, PeriodEnd.LAST_WORKING_DAY)
        assert compute(rule, date(2027, 1, 5), KNOWN).due_on == date(2027, 1, 29)
        assert compute(rule, date(2027, 1, 5), KNOWN).provisional
        assert compute(rule, date(2027, 1, 5), extended).due_on == date(2027, 1, 30)
        assert not compute(rule, date(2027, 1, 5), extended).provisional

    def test_several_missing_years_are_all_named(self):
        assert compute(working(400), date(2026, 12, 1), KNOWN).missing_years == (2027, 2028)

    def test_the_explanation_names_the_missing_year(self):
        deadline = compute(working(10), date(2026, 12, 25), KNOWN)
        codes = [step.code for step in deadline.explanation]
        assert codes[-2:] == ["UNKNOWN_YEAR", "DUE_PROVISIONAL"]
        assert "2027年放假安排尚未导入" in deadline.explanation[-2].text.zh
        assert deadline.explanation[-1].text.zh == "暂定截止于2027年1月8日（周五）当日结束。"


class TestExplanation:
    def test_every_day_that_moved_the_date_is_a_step_with_its_reason(self):
        basis = Basis("demo", Origin.NOTICE, "某政〔2026〕1号 一", Text("试", "try"), "410825", "2026.1")
        deadline = compute(working(3), date(2026, 10, 2), KNOWN, basis=basis)
        assert [(step.code, step.on) for step in deadline.explanation] == [
            ("BASIS_PACK", None),
            ("NOTE", None),
            ("ANCHOR", date(2026, 10, 2)),
            ("RULE", None),
            ("FIRST_DAY", date(2026, 10, 3)),
            *[("SKIPPED", date(2026, 10, day)) for day in range(3, 8)],
            ("SHIFTED", date(2026, 10, 10)),
            ("DUE", date(2026, 10, 10)),
        ]
        texts = [step.text for step in deadline.explanation]
        assert texts[0].zh == "依据：某政〔2026〕1号 一（政策包 410825 2026.1，参数 demo）。"
        assert texts[3].zh == "规则：结案次日起3个工作日内。"
        assert texts[3].en == "Rule: within 3 working day(s) from the day after closing of the case."
        assert texts[5].zh == "2026年10月3日（周六）（国庆节放假）不计入。"
        assert texts[5].en == "2026-10-03 (Sat) (National Day holiday) does not count."
        assert texts[-1].en == "Due by the end of 2026-10-10 (Sat)."

    def test_a_default_is_called_a_default(self):
        basis = Basis("demo", Origin.DEFAULT, None, Text("五日", "five days"), "410825", "2021.1")
        step = compute(natural(5), date(2026, 1, 5), KNOWN, basis=basis).explanation[0]
        assert step.code == "BASIS_DEFAULT"
        assert "产品默认" in step.text.zh
        assert "五日" in step.text.zh

    def test_a_clamped_month_says_so(self):
        steps = compute(DeadlineRule(1, Unit.MONTH, CLOSED), date(2026, 1, 31), KNOWN).explanation
        assert [step.text.zh for step in steps if step.code == "CLAMPED"] == [
            "该月没有31日，取月末2026年2月28日（周六）。"
        ]

    def test_the_second_reading_names_the_last_working_day(self):
        rule = PeriodEndRule(Period.MONTH, PeriodEnd.WORKING_DAY_BEFORE_LAST_WORKING_DAY)
        steps = compute(rule, date(2026, 10, 1), KNOWN).explanation
        assert [(step.code, step.on) for step in steps][2:] == [
            ("SKIPPED", date(2026, 10, 31)),
            ("LAST_WORKED", date(2026, 10, 30)),
            ("DUE", date(2026, 10, 29)),
        ]

    def test_overrides_are_named(self):
        calendar = WorkingCalendar.of([], {date(2026, 11, 23): DayKind.RESTDAY, date(2026, 11, 28): DayKind.WORKDAY})
        deadline = compute(working(5), date(2026, 11, 22), calendar)
        assert deadline.due_on == date(2026, 11, 28)
        reasons = {step.on: step.text.zh for step in deadline.explanation if step.code in ("SKIPPED", "SHIFTED")}
        assert "单日调整为休息日" in reasons[date(2026, 11, 23)]
        assert "单日调整为工作日" in reasons[date(2026, 11, 28)]

    def test_a_stated_date_has_the_list_as_its_reason(self):
        basis = Basis("item.due", Origin.NOTICE, "温政办〔2021〕13号 二（一）3")
        deadline = state(date(2026, 4, 30), basis=basis)
        assert (deadline.due_on, deadline.provisional, deadline.rule) == (date(2026, 4, 30), False, None)
        assert [step.code for step in deadline.explanation] == ["BASIS_CLAUSE", "STATED"]

    @pytest.mark.parametrize(
        "rule, zh",
        [
            (natural(3, direction=Direction.BEFORE), "结案前3个自然日"),
            (natural(3, direction=Direction.BEFORE, start=Start.SAME_DAY), "结案前3个自然日（结案当日计入）"),
            (working(0), "结案当日"),
            (natural(7, roll=Roll.NEXT_WORKING_DAY), "结案次日起7个自然日内，末日非工作日的顺延"),
            (PeriodRule(Period.QUARTER, 5), "每季度结束后5个自然日内"),
            (PeriodEndRule(Period.MONTH, PeriodEnd.LAST_WORKING_DAY), "每月末最后一个工作日"),
            (
                OccurrenceRule(parse_recurrence("FREQ=YEARLY"), date(2026, 1, 5)),
                "按周期 FREQ=YEARLY，自2026年1月5日（周一）起",
            ),
        ],
    )
    def test_rules_read_as_sentences(self, rule, zh):
        steps = compute(rule, date(2026, 3, 2), KNOWN).explanation
        assert [step.text.zh for step in steps if step.code == "RULE"] == [f"规则：{zh}。"]


class TestLaws:
    @given(DATES, st.integers(0, 120), st.sampled_from(Unit), st.sampled_from(Start), st.sampled_from(Roll))
    def test_more_units_never_end_earlier(self, anchor, n, unit, start, roll):
        n = max(n, 1) if unit is not Unit.YEAR else max(n % 5, 1)
        shorter = compute(DeadlineRule(n, unit, CLOSED, start, roll), anchor, KNOWN)
        longer = compute(DeadlineRule(n + 1, unit, CLOSED, start, roll), anchor, KNOWN)
        assert shorter.due_on <= longer.due_on
        assert shorter.nominal_on < longer.nominal_on

    @given(DATES, st.integers(1, 60), st.sampled_from(Start))
    def test_counting_back_never_ends_later(self, anchor, n, start):
        nearer = compute(working(n, start=start, direction=Direction.BEFORE), anchor, KNOWN)
        farther = compute(working(n + 1, start=start, direction=Direction.BEFORE), anchor, KNOWN)
        assert farther.due_on < nearer.due_on <= anchor

    @given(MANY_DATES, st.integers(0, 60), st.sampled_from(Start), st.sampled_from(Direction))
    def test_a_working_day_rule_never_ends_on_a_rest_day(self, anchor, n, start, direction):
        rule = working(max(n, start is Start.SAME_DAY), start=start, direction=direction)
        assert not is_rest(compute(rule, anchor, KNOWN).due_on)

    @given(MANY_DATES, st.integers(0, 60), st.sampled_from([Unit.NATURAL_DAY, Unit.MONTH]))
    def test_rolling_ends_on_the_first_working_day_from_the_nominal_one(self, anchor, n, unit):
        for roll, step in ((Roll.NEXT_WORKING_DAY, 1), (Roll.PREVIOUS_WORKING_DAY, -1)):
            deadline = compute(DeadlineRule(n, unit, CLOSED, roll=roll), anchor, KNOWN)
            assert not is_rest(deadline.due_on)
            between = range((deadline.due_on - deadline.nominal_on).days * step)
            assert all(is_rest(deadline.nominal_on + timedelta(days=step * offset)) for offset in between)

    @given(DATES, st.integers(1, 80), st.sampled_from(Start))
    def test_exactly_n_working_days_lie_in_the_period(self, anchor, n, start):
        first = anchor + timedelta(days=start is Start.NEXT_DAY)
        due = compute(working(n, start=start), anchor, KNOWN).due_on
        days = [first + timedelta(days=offset) for offset in range((due - first).days + 1)]
        assert sum(isinstance(KNOWN.day(on), Workday) for on in days) == n

    @given(DATES, st.integers(0, 60))
    def test_a_month_keeps_the_day_or_ends_with_the_month(self, anchor, n):
        due = compute(DeadlineRule(n, Unit.MONTH, CLOSED), anchor, KNOWN).due_on
        assert (due.year * 12 + due.month) - (anchor.year * 12 + anchor.month) == n
        assert due.day == min(anchor.day, monthrange(due.year, due.month)[1])

    @given(MANY_DATES, st.integers(1, 60), st.sampled_from(Direction))
    def test_provisional_exactly_when_a_missing_year_was_needed_for_working_days(self, anchor, n, direction):
        deadline = compute(working(n, direction=direction), anchor, KNOWN)
        step = timedelta(days=1 if direction is Direction.AFTER else -1)
        walked = {anchor.year} if deadline.due_on == anchor else set()
        on = anchor
        while on != deadline.due_on:
            on += step
            walked.add(on.year)
        assert set(deadline.missing_years) == {year for year in walked if not 2004 <= year <= 2026}

    @given(MANY_DATES, st.integers(0, 60), st.sampled_from(Unit), st.sampled_from(Roll))
    def test_provisional_exactly_when_a_missing_year_was_needed_for_rolling(self, anchor, n, unit, roll):
        if unit is Unit.WORKING_DAY:
            return
        deadline = compute(DeadlineRule(n % 4 if unit is Unit.YEAR else n, unit, CLOSED, roll=roll), anchor, KNOWN)
        asked = set() if roll is Roll.NONE else {deadline.nominal_on.year, deadline.due_on.year}
        assert set(deadline.missing_years) == {year for year in asked if not 2004 <= year <= 2026}

    @given(DATES, st.sampled_from(Period), st.sampled_from(PeriodEnd))
    def test_period_end_rules_stay_in_order_within_the_period(self, on, period, reading):
        span = period_of(on, period)
        if span.end > date(2026, 12, 31):
            return
        due = compute(PeriodEndRule(period, reading), on, KNOWN).due_on
        last = compute(PeriodEndRule(period, PeriodEnd.LAST_WORKING_DAY), on, KNOWN).due_on
        assert span.start <= due <= last <= span.end
        assert not is_rest(due)

    @given(MANY_DATES, st.integers(1, 40), st.sampled_from(Unit), st.sampled_from(Roll))
    def test_every_explanation_begins_at_the_anchor_and_ends_at_the_due_date(self, anchor, n, unit, roll):
        deadline = compute(DeadlineRule(n if unit is not Unit.YEAR else 1, unit, CLOSED, roll=roll), anchor, KNOWN)
        first, *_, last = deadline.explanation
        assert (first.code, first.on) == ("ANCHOR", anchor)
        assert (last.code, last.on) == ("DUE_PROVISIONAL" if deadline.provisional else "DUE", deadline.due_on)
        assert all(
            step.text.zh and step.text.en and "{" not in step.text.zh + step.text.en for step in deadline.explanation
        )


class TestReports:
    RULE = PeriodRule(Period.QUARTER, 5, roll=Roll.NEXT_WORKING_DAY)

    def test_the_first_report_covers_the_period_of_the_start(self):
        span, deadline = next_report(self.RULE, date(2026, 5, 20), KNOWN)
        assert (span.code, deadline.due_on) == ("2026Q2", date(2026, 7, 6))

    def test_the_next_report_follows_the_last(self):
        span, deadline = next_report(self.RULE, period_of(date(2026, 5, 20), Period.QUARTER), KNOWN)
        assert (span.code, deadline.due_on) == ("2026Q3", date(2026, 10, 8))

    def test_a_report_due_in_2027_is_provisional(self):
        span, deadline = next_report(self.RULE, date(2026, 11, 21), KNOWN)
        assert (span.code, deadline.due_on, deadline.missing_years) == ("2026Q4", date(2027, 1, 5), (2027,))

    def test_periods_without_a_report_are_found(self):
        reported = [period_of(date(2026, 2, 1), Period.QUARTER)]
        found = find_reports_due(Period.QUARTER, date(2025, 12, 30), date(2026, 7, 1), reported)
        assert [span.code for span in found] == ["2025Q4", "2026Q2", "2026Q3"]
