"""Deadlines of items and tasks, each kept with the reckoning that answers "why is this due?"."""

from __future__ import annotations

from datetime import date, datetime

from hub.canonical.codes import DeadlineKind
from hub.core.clock import local_date
from hub.core.errors import Refused
from hub.db.models import DoubleListItem, LinkageTask
from hub.db.models.double_list import NO_DUE_DATE
from hub.policy.calendar import WorkingCalendar
from hub.policy.deadlines import Basis, Deadline, OccurrenceRule, Origin, compute, next_report, state
from hub.policy.pack import PolicyPack
from hub.policy.periods import Period, PeriodSpan, period_of
from hub.policy.recurrence import parse_recurrence
from hub.policy.rule_data import deadline_to_plain, recompute
from hub.workflow.unit import Unit


async def assign(unit: Unit, item: DoubleListItem) -> None:
    """Set ``due_on``, ``due_at`` and their reckoning from the item's kind of deadline.

    FIXED: the date the list states. RECURRING: the next date of the recurrence; it is over with the time for the
    report on it. LONG_TERM: none; its reports are due.
    """
    pack = await unit.policy.pack(unit.session, item.jurisdiction_id, unit.today)
    match item.deadline_kind:
        case DeadlineKind.FIXED if item.due_on is not None:
            _keep(item, state(item.due_on, basis=_stated(item, pack)))
        case DeadlineKind.RECURRING if item.recurrence is not None:
            calendar = await unit.policy.calendar(unit.session)
            _keep(item, _next_occurrence(item, pack, calendar, after=unit.today))
        case _:
            _keep(item, None)


def _next_occurrence(
    item: DoubleListItem, pack: PolicyPack, calendar: WorkingCalendar, *, after: date
) -> Deadline | None:
    """The next date of the item's recurrence, or ``None`` when it has ended."""
    rule = OccurrenceRule(parse_recurrence(item.recurrence or ""), date(item.year, 1, 1))
    try:
        return compute(rule, after, calendar, basis=_stated(item, pack))
    except Refused:
        return None


def _stated(item: DoubleListItem, pack: PolicyPack) -> Basis:
    """The list states the date; the clause is where the notice behind it says so."""
    clause = " ".join(part for part in (item.source_document_no, item.source_clause) if part)
    return Basis("item.due", Origin.NOTICE, clause or f"{item.year}年度双清单", None, *_version(pack))


def _version(pack: PolicyPack) -> tuple[str | None, str]:
    return pack.jurisdiction_code or None, pack.version


def _keep(row: DoubleListItem | LinkageTask, deadline: Deadline | None) -> None:
    row.due_on = deadline.due_on if deadline else None
    if deadline is None or not _recurs(row):
        row.due_at = deadline.due_at if deadline else None
    row.due_sort = deadline.due_on if deadline else NO_DUE_DATE
    row.due_provisional = deadline.provisional if deadline else False
    row.deadline_basis = deadline_to_plain(deadline) if deadline else None


def _recurs(row: DoubleListItem | LinkageTask) -> bool:
    return isinstance(row, DoubleListItem) and row.deadline_kind is DeadlineKind.RECURRING


async def schedule_report(unit: Unit, item: DoubleListItem, *, reported: str | None = None) -> None:
    """When the next progress report is due: by the pack's rule for the item's kind, after the period now running, or
    after the next one when ``reported`` names the running period itself (``2026Q3``, ``2026-Q3``).

    A RECURRING item's next date follows too, when the last one has passed or is the one ``reported`` on
    (``2026-03-31``, ``2026-03``, ``2026Q1``).
    """
    pack = await unit.policy.pack(unit.session, item.jurisdiction_id, unit.today)
    calendar = await unit.policy.calendar(unit.session)
    if item.deadline_kind is DeadlineKind.RECURRING:
        if item.due_on is not None and (item.due_on <= unit.today or _names_day(reported, item.due_on)):
            _keep(item, _next_occurrence(item, pack, calendar, after=max(item.due_on, unit.today)))
        deadline = pack.deadline("item.recurring.report", item.due_on or unit.today, calendar)
    else:
        key = "item.long_term.report" if item.deadline_kind is DeadlineKind.LONG_TERM else "item.progress.report"
        rule = pack.period_rule(key)
        running = period_of(unit.today, rule.period)
        last = running if _names(reported, running) else unit.today
        _, deadline = next_report(rule, last, calendar, basis=pack.basis(key))
    keep_report(item, deadline)


def _names(reported: str | None, span: PeriodSpan) -> bool:
    said = (reported or "").strip().upper()
    return said in (span.code, span.code.replace("Q", "-Q").replace("H", "-H"))


def _names_day(reported: str | None, day: date) -> bool:
    within = (period_of(day, period) for period in (Period.MONTH, Period.QUARTER, Period.HALF_YEAR))
    return (reported or "").strip() == day.isoformat() or any(_names(reported, span) for span in within)


def keep_report(item: DoubleListItem, deadline: Deadline) -> None:
    """When the next report is due, with its reckoning."""
    if _recurs(item) and item.due_on is not None:
        item.due_at = deadline.due_at
    item.next_report_on = deadline.due_on
    item.next_report_provisional = deadline.provisional
    item.report_basis = deadline_to_plain(deadline)


def recompute_provisional(row: DoubleListItem | LinkageTask, calendar: WorkingCalendar) -> bool:
    """Reckon provisional deadlines again with the calendar as it is now; True when one became final or moved."""
    changed = False
    if row.due_provisional and row.deadline_basis is not None:
        before = row.deadline_basis
        _keep(row, recompute(row.deadline_basis, calendar))
        changed = row.deadline_basis != before
    if isinstance(row, DoubleListItem) and row.next_report_provisional and row.report_basis is not None:
        before = row.report_basis
        keep_report(row, recompute(row.report_basis, calendar))
        changed = changed or row.report_basis != before
    return changed


async def assign_task(unit: Unit, task: LinkageTask) -> None:
    """A task's date is the one its resolution or the office states."""
    if task.due_on is None:
        _keep(task, None)
        return
    pack = await unit.policy.pack(unit.session, task.jurisdiction_id, unit.today)
    basis = Basis("task.due", Origin.NOTICE, "议定事项或办公室交办要求", None, *_version(pack))
    _keep(task, state(task.due_on, basis=basis))


def days_overdue(due_at: datetime, now: datetime) -> int:
    """Whole days since the due day ended; 0 while it is not overdue."""
    return max(0, (local_date(now) - local_date(due_at)).days + 1) if due_at <= now else 0
