"""Alerts of items and tasks before and after their deadlines, and escalation.

Overdue is derived from the deadline; an alert only says that somebody was told, once per threshold of the policy
pack. A threshold passed while no worker ran is made up for at the next sweep.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import select

from hub.alerts.raising import Raised, unsure
from hub.canonical.codes import AlertKind, AlertSeverity, DeadlineKind, ItemStatus, TaskStatus
from hub.db.models import DoubleListItem, LinkageTask
from hub.db.session import SystemSession
from hub.linkage.policies import LinkagePolicy
from hub.policy.rule_data import stored_clause

ACTIVE_ITEMS = (
    ItemStatus.APPROVED,
    ItemStatus.IN_PROGRESS,
    ItemStatus.ADJUSTMENT_PENDING,
    ItemStatus.PENDING_ACCEPTANCE,
)
ACTIVE_TASKS = (TaskStatus.ASSIGNED, TaskStatus.IN_PROGRESS)
BATCH = 500


async def active_rows(session: SystemSession) -> AsyncIterator[DoubleListItem | LinkageTask]:
    """Every item and task whose deadline runs."""
    items = select(DoubleListItem).where(DoubleListItem.status.in_(ACTIVE_ITEMS)).order_by(DoubleListItem.id)
    async for item in await session.stream_scalars(items.execution_options(yield_per=BATCH)):
        yield item
    tasks = select(LinkageTask).where(LinkageTask.status.in_(ACTIVE_TASKS)).order_by(LinkageTask.id)
    async for task in await session.stream_scalars(tasks.execution_options(yield_per=BATCH)):
        yield task


def alerts_of(row: DoubleListItem | LinkageTask, policy: LinkagePolicy, today: date) -> Iterator[Raised]:
    """The alerts an item or task calls for on a day. A date that recurs is late when the report on it is."""
    if row.due_on is not None:
        yield from _due_alerts(row, policy, today, row.due_on)
    if isinstance(row, DoubleListItem) and row.status is ItemStatus.IN_PROGRESS:
        yield from _report_alerts(row, today)


def _due_alerts(
    row: DoubleListItem | LinkageTask, policy: LinkagePolicy, today: date, due_on: date
) -> Iterator[Raised]:
    units = tuple(key for key in (row.lead_organization_id, *row.cooperating_organization_ids) if key is not None)
    clause, left = stored_clause(row.deadline_basis), (due_on - today).days
    if row.due_provisional:
        yield unsure(due_on, units[:1], clause)
    elif left >= 0:
        reached = [days for days in policy.alert_before if days >= left]
        if reached:
            kind = AlertKind.DUE_TODAY if min(reached) == 0 else AlertKind.DUE_SOON
            severity, offset = AlertSeverity.WARNING, -min(reached)
            yield Raised(kind=kind, severity=severity, offset=offset, due_on=due_on, clause=clause, units=units)
    elif not (isinstance(row, DoubleListItem) and row.deadline_kind is DeadlineKind.RECURRING):
        yield from _late_alerts(row, policy, -left, units, clause)


def _late_alerts(
    row: DoubleListItem | LinkageTask, policy: LinkagePolicy, late: int, units: tuple[UUID, ...], clause: str | None
) -> Iterator[Raised]:
    passed = [days for days in policy.alert_after if days <= late]
    if passed:
        yield Raised(
            kind=AlertKind.OVERDUE,
            severity=AlertSeverity.SEVERE,
            offset=max(passed),
            due_on=row.due_on,
            clause=clause,
            units=units,
            to_office=True,
        )
    if late >= policy.escalate_after:
        yield Raised(
            kind=AlertKind.ESCALATED,
            severity=AlertSeverity.SEVERE,
            offset=policy.escalate_after,
            due_on=row.due_on,
            clause=clause,
            units=units[:1],
            to_office=True,
            to_superiors=True,
        )


def _report_alerts(item: DoubleListItem, today: date) -> Iterator[Raised]:
    due_on, lead, clause = item.next_report_on, item.lead_organization_id, stored_clause(item.report_basis)
    if due_on is None or lead is None:
        return
    if item.next_report_provisional:
        yield unsure(due_on, (lead,), clause)
    elif today >= due_on:
        late = today > due_on
        yield Raised(
            kind=AlertKind.REPORT_OVERDUE if late else AlertKind.REPORT_DUE,
            severity=AlertSeverity.WARNING,
            offset=int(late),
            due_on=due_on,
            clause=clause,
            units=(lead,),
            to_office=late,
        )
