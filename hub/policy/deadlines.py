"""Computing due dates, with the whole reckoning kept.

A deadline that needs the working calendar of a year not known yet is provisional: reckoned by weekday as the best
knowledge there is, marked with the missing years, and to be recomputed when they are imported.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from hub.core.clock import end_of_day
from hub.core.errors import Reason, Refused
from hub.policy.calendar import Unknown, Workday, WorkingCalendar
from hub.policy.explanation import Step, anchor_text, basis_steps, date_text, day_text, make_step, rule_text
from hub.policy.periods import Period, PeriodSpan, period_of, periods_between
from hub.policy.recurrence import next_date
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
    Rule,
    Start,
    Unit,
)

__all__ = [
    "Anchor",
    "Basis",
    "Deadline",
    "DeadlineRule",
    "Direction",
    "OccurrenceRule",
    "Origin",
    "PeriodEnd",
    "PeriodEndRule",
    "PeriodRule",
    "Roll",
    "Rule",
    "Start",
    "Step",
    "Unit",
    "compute",
    "find_reports_due",
    "next_report",
    "state",
]

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due date and how it came about.

    ``nominal_on`` is the date before rest days moved it; ``rule`` is absent where the date was simply stated;
    ``missing_years`` are the calendar years that were needed and not known.
    """

    due_on: date
    nominal_on: date
    anchor_on: date
    rule: Rule | None
    basis: Basis | None
    missing_years: tuple[int, ...]
    explanation: tuple[Step, ...]

    @property
    def due_at(self) -> datetime:
        """The instant the due day ends in Asia/Shanghai."""
        return end_of_day(self.due_on)

    @property
    def provisional(self) -> bool:
        return bool(self.missing_years)


def compute(rule: Rule, anchor_on: date, calendar: WorkingCalendar, *, basis: Basis | None = None) -> Deadline:
    """Due date of a rule.

    ``anchor_on`` is the date of the event; for a rule of periods any day of the period; for a recurrence the date
    after which the next one is sought. Raises ``Refused``: RECURRENCE_ENDED, DEADLINE_OUT_OF_RANGE.
    """
    reckoning = _Reckoning(calendar, basis_steps(basis))
    try:
        nominal, due = reckoning.reckon(rule, anchor_on)
        end_of_day(due)
    except (OverflowError, ValueError):
        raise Refused(Reason("DEADLINE_OUT_OF_RANGE")) from None
    missing = tuple(sorted(reckoning.missing))
    reckoning.steps += [make_step("UNKNOWN_YEAR", year=year) for year in missing]
    reckoning.steps.append(make_step("DUE_PROVISIONAL" if missing else "DUE", due, due=date_text(due)))
    return Deadline(due, nominal, anchor_on, rule, basis, missing, tuple(reckoning.steps))


def state(due_on: date, *, basis: Basis | None = None) -> Deadline:
    """A due date that was stated outright, as in a list or a notice."""
    steps = (*basis_steps(basis), make_step("STATED", due_on, due=date_text(due_on)))
    return Deadline(due_on, due_on, due_on, None, basis, (), steps)


def next_report(
    rule: PeriodRule | PeriodEndRule,
    last: PeriodSpan | date,
    calendar: WorkingCalendar,
    *,
    basis: Basis | None = None,
) -> tuple[PeriodSpan, Deadline]:
    """The next periodic report of an item: its period, and when it is due.

    ``last`` is the period reported last, or the day the item started when nothing has been reported.
    """
    span = period_of(last, rule.period) if isinstance(last, date) else last.next
    return span, compute(rule, span.start, calendar, basis=basis)


def find_reports_due(
    period: Period, started_on: date, until: date, reported: Iterable[PeriodSpan]
) -> tuple[PeriodSpan, ...]:
    """Periods that have begun by ``until`` and are not reported, oldest first."""
    done = frozenset(reported)
    return tuple(span for span in periods_between(period, started_on, until) if span not in done)


class _Reckoning:
    """One computation: the calendar it asks, the years it misses, the steps it takes."""

    def __init__(self, calendar: WorkingCalendar, steps: list[Step]) -> None:
        self._calendar = calendar
        self.missing: set[int] = set()
        self.steps = steps

    def reckon(self, rule: Rule, anchor: date) -> tuple[date, date]:
        """Nominal and due date."""
        match rule:
            case DeadlineRule():
                self.steps.append(make_step("ANCHOR", anchor, anchor=anchor_text(rule.anchor)))
                self.steps.append(make_step("RULE", rule=rule_text(rule)))
                return self._count(rule, anchor)
            case PeriodRule():
                span = self._note_period(rule, anchor)
                return self._count(rule.count, span.end)
            case PeriodEndRule():
                due = self._close(rule.reading, self._note_period(rule, anchor).end)
                return due, due
            case OccurrenceRule():
                self.steps.append(make_step("RULE", rule=rule_text(rule)))
                found = next_date(rule.recurrence, rule.starts_on, after=anchor)
                if found is None:
                    raise Refused(Reason("RECURRENCE_ENDED"))
                self.steps.append(make_step("OCCURRENCE", found))
                return found, self._roll(rule.roll, found)

    def _note_period(self, rule: PeriodRule | PeriodEndRule, anchor: date) -> PeriodSpan:
        span = period_of(anchor, rule.period)
        first, last = date_text(span.start), date_text(span.end)
        self.steps.append(make_step("PERIOD", period=span.text, first=first, last=last))
        self.steps.append(make_step("RULE", rule=rule_text(rule)))
        return span

    def _count(self, rule: DeadlineRule, anchor: date) -> tuple[date, date]:
        sign = _DAY if rule.direction is Direction.AFTER else -_DAY
        if rule.unit is Unit.WORKING_DAY:
            due = self._count_working_days(rule, anchor, sign)
            return due, due
        if rule.unit is Unit.NATURAL_DAY:
            nominal = anchor + sign * (rule.n if rule.start is Start.NEXT_DAY else rule.n - 1)
        else:
            nominal = self._count_months(rule, anchor, sign)
        self.steps.append(make_step("ENDS", nominal))
        return nominal, self._roll(rule.roll, nominal)

    def _count_working_days(self, rule: DeadlineRule, anchor: date, sign: timedelta) -> date:
        """The n-th working day; with ``n`` = 0 the anchor itself or the nearest working day in the direction."""
        if rule.n == 0:
            return self._seek(anchor, sign, "SKIPPED")
        on = anchor if rule.start is Start.SAME_DAY else anchor + sign
        self.steps.append(make_step("FIRST_DAY", on))
        for remaining in range(rule.n, 0, -1):
            on = self._seek(on, sign, "SKIPPED")
            if remaining > 1:
                on += sign
        return on

    def _count_months(self, rule: DeadlineRule, anchor: date, sign: timedelta) -> date:
        """The day of the same number; the last day of a month that has none (民法典 第二百零二条)."""
        months = rule.n * (12 if rule.unit is Unit.YEAR else 1) * sign.days
        found = anchor + relativedelta(months=months)
        if found.day != anchor.day:
            self.steps.append(make_step("CLAMPED", found, day=anchor.day))
            return found
        return found if rule.start is Start.NEXT_DAY else found - sign

    def _close(self, reading: PeriodEnd, last: date) -> date:
        match reading:
            case PeriodEnd.LAST_WORKING_DAY:
                return self._seek(last, -_DAY, "SKIPPED")
            case PeriodEnd.WORKING_DAY_BEFORE_LAST_WORKING_DAY:
                worked = self._seek(last, -_DAY, "SKIPPED")
                self.steps.append(make_step("LAST_WORKED", worked))
                return self._seek(worked - _DAY, -_DAY, "SKIPPED")
            case PeriodEnd.WORKING_DAY_BEFORE_LAST_CALENDAR_DAY:
                return self._seek(last - _DAY, -_DAY, "SKIPPED")

    def _roll(self, roll: Roll, on: date) -> date:
        match roll:
            case Roll.NONE:
                return on
            case Roll.NEXT_WORKING_DAY:
                return self._seek(on, _DAY, "ROLLED_NEXT")
            case Roll.PREVIOUS_WORKING_DAY:
                return self._seek(on, -_DAY, "ROLLED_PREVIOUS")

    def _seek(self, on: date, sign: timedelta, code: str) -> date:
        """The first working day from ``on`` in a direction; each rest day passed is a step of this code."""
        while not self._works(on):
            self.steps.append(make_step(code, on, reason=day_text(self._calendar.day(on))))
            on += sign
        return on

    def _works(self, on: date) -> bool:
        day = self._calendar.day(on)
        match day:
            case Workday():
                if on.weekday() >= 5:
                    self.steps.append(make_step("SHIFTED", on, reason=day_text(day)))
                return True
            case Unknown(year=year):
                self.missing.add(year)
                return on.weekday() < 5
        return False
