"""Alerts before and after deadlines, escalation, missing plenaries: raised by the background sweep.

Overdue is derived from the deadline; an alert only says that somebody was told, once per threshold of the policy
pack. A threshold passed while no worker ran is made up for at the next sweep. A provisional deadline is alarmed, never
escalated.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import extract, func, select
from sqlalchemy.dialects.postgresql import insert

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.canonical.codes import (
    MEETING_HELD,
    AlertKind,
    AlertSeverity,
    BodyKind,
    DeadlineKind,
    ItemStatus,
    MeetingKind,
    TaskStatus,
)
from hub.core.clock import SHANGHAI, local_date
from hub.core.ids import new_id
from hub.core.principal import Principal, RoleName
from hub.db.models import (
    Alert,
    CoordinationBody,
    DoubleListItem,
    JointMeeting,
    LinkageTask,
    OrganizationFunction,
    OrganizationSuperior,
)
from hub.db.session import SystemSession
from hub.events.outbox import publish
from hub.linkage.policies import LinkagePolicy, linkage_policy
from hub.linkage.rows import Placed, within
from hub.policy.store import PolicyStore

ACTIVE_ITEMS = (
    ItemStatus.APPROVED,
    ItemStatus.IN_PROGRESS,
    ItemStatus.ADJUSTMENT_PENDING,
    ItemStatus.PENDING_ACCEPTANCE,
)
ACTIVE_TASKS = (TaskStatus.ASSIGNED, TaskStatus.IN_PROGRESS)
BATCH = 500
WORKER = Principal(subject="system:alerts", organization_id=None)


@dataclass(frozen=True, slots=True)
class Raised:
    """One alert to raise, before its recipients are known."""

    kind: AlertKind
    severity: AlertSeverity
    offset: int
    due_on: date | None
    units: tuple[UUID, ...]
    to_office: bool = False
    to_superiors: bool = False


async def sweep(session: SystemSession, store: PolicyStore, now: datetime) -> int:
    """Raise whatever is due at ``now``; returns how many alerts are new. Safe to run in several workers at once."""
    raised = 0
    async for row in _active_rows(session):
        policy = await linkage_policy(store, session, row.jurisdiction_id, local_date(now))
        for alert in alerts_of(row, policy, local_date(now)):
            raised += await _raise(session, row, alert, now)
    return raised + await _sweep_plenaries(session, store, now)


async def _active_rows(session: SystemSession) -> AsyncIterator[DoubleListItem | LinkageTask]:
    items = select(DoubleListItem).where(DoubleListItem.status.in_(ACTIVE_ITEMS)).order_by(DoubleListItem.id)
    async for item in await session.stream_scalars(items.execution_options(yield_per=BATCH)):
        yield item
    tasks = select(LinkageTask).where(LinkageTask.status.in_(ACTIVE_TASKS)).order_by(LinkageTask.id)
    async for task in await session.stream_scalars(tasks.execution_options(yield_per=BATCH)):
        yield task


def alerts_of(row: DoubleListItem | LinkageTask, policy: LinkagePolicy, today: date) -> Iterator[Raised]:
    """The alerts an item or task calls for on a day."""
    units = tuple(key for key in (row.lead_organization_id, *row.cooperating_organization_ids) if key is not None)
    if row.due_on is not None:
        yield from _due_alerts(row, policy, today, units)
    if isinstance(row, DoubleListItem) and row.next_report_on is not None and row.status is ItemStatus.IN_PROGRESS:
        yield from _report_alerts(row, today)


def _due_alerts(
    row: DoubleListItem | LinkageTask, policy: LinkagePolicy, today: date, units: tuple[UUID, ...]
) -> Iterator[Raised]:
    due_on = row.due_on
    if due_on is None:
        return
    if row.due_provisional:
        yield Raised(AlertKind.DEADLINE_PROVISIONAL, AlertSeverity.INFO, 0, due_on, units[:1], to_office=True)
        return
    left = (due_on - today).days
    if left >= 0:
        reached = [days for days in policy.alert_before if days >= left]
        if reached:
            kind = AlertKind.DUE_TODAY if left == 0 else AlertKind.DUE_SOON
            yield Raised(kind, AlertSeverity.WARNING, -min(reached), due_on, units)
        return
    recurring = isinstance(row, DoubleListItem) and row.deadline_kind is DeadlineKind.RECURRING
    passed = [days for days in policy.alert_after if days <= -left]
    if passed:
        yield Raised(AlertKind.OVERDUE, AlertSeverity.SEVERE, max(passed), due_on, units, to_office=True)
    if -left >= policy.escalate_after and not recurring:
        yield Raised(
            AlertKind.ESCALATED,
            AlertSeverity.SEVERE,
            policy.escalate_after,
            due_on,
            units[:1],
            to_office=True,
            to_superiors=True,
        )


def _report_alerts(item: DoubleListItem, today: date) -> Iterator[Raised]:
    due_on, lead = item.next_report_on, item.lead_organization_id
    if due_on is None or lead is None:
        return
    if item.next_report_provisional:
        yield Raised(AlertKind.DEADLINE_PROVISIONAL, AlertSeverity.INFO, 0, due_on, (lead,), to_office=True)
    elif today == due_on:
        yield Raised(AlertKind.REPORT_DUE, AlertSeverity.WARNING, 0, due_on, (lead,))
    elif today > due_on:
        yield Raised(AlertKind.REPORT_OVERDUE, AlertSeverity.WARNING, 1, due_on, (lead,), to_office=True)


async def _raise(session: SystemSession, row: DoubleListItem | LinkageTask, alert: Raised, now: datetime) -> int:
    recipients = set(alert.units)
    if alert.to_office:
        recipients |= await _offices(session, row.jurisdiction_id)
    if alert.to_superiors:
        recipients |= await _superiors(session, alert.units)
    kind = type(row).__name__
    new = [await _keep(session, row, kind, row.id, row.title, alert, key, now) for key in sorted(recipients)]
    return new.count(True)


async def _offices(session: SystemSession, jurisdiction_id: UUID) -> set[UUID]:
    rows = await session.scalars(
        select(OrganizationFunction.organization_id).where(
            OrganizationFunction.jurisdiction_id == jurisdiction_id,
            OrganizationFunction.role == RoleName.JOINT_MEETING_OFFICE,
            OrganizationFunction.valid_to.is_(None),
        )
    )
    return set(rows)


async def _superiors(session: SystemSession, units: Sequence[UUID]) -> set[UUID]:
    rows = await session.scalars(
        select(OrganizationSuperior.superior_id).where(
            OrganizationSuperior.organization_id.in_(units), OrganizationSuperior.depth == 1
        )
    )
    return set(rows)


async def _keep(
    session: SystemSession,
    placed: Placed,
    kind: str,
    target_id: UUID,
    title: str,
    alert: Raised,
    organization_id: UUID,
    now: datetime,
) -> bool:
    """Keep the alert unless the same one was raised before; True when it is new."""
    key = await session.scalar(
        insert(Alert)
        .values(
            id=new_id(),
            kind=alert.kind,
            severity=alert.severity,
            target_kind=kind,
            target_id=target_id,
            organization_id=organization_id,
            title=title,
            due_on=alert.due_on or local_date(now),
            offset_days=alert.offset,
            raised_at=now,
            **within(placed),
        )
        .on_conflict_do_nothing()
        .returning(Alert.id)
    )
    if key is None:
        return False
    target = Target("Alert", key, placed.jurisdiction_path)
    await record(session, WORKER, AuditAction.ALERT_RAISED, at=now, target=target, detail={"kind": alert.kind.value})
    await publish(
        session,
        tenant_id=placed.tenant_id,
        type_="alert.raised",
        key=f"{kind}:{target_id}",
        ids={"id": str(key), "organizationId": str(organization_id)},
    )
    return True


async def _sweep_plenaries(session: SystemSession, store: PolicyStore, now: datetime) -> int:
    """From the pack's month on, the office is told of a year without its plenary (驻政〔2022〕59号 一(三)2)."""
    raised = 0
    today = local_date(now)
    bodies = await session.scalars(
        select(CoordinationBody).where(CoordinationBody.kind.in_((BodyKind.JOINT_MEETING, BodyKind.LEADING_GROUP)))
    )
    for body in bodies.all():
        policy = await linkage_policy(store, session, body.jurisdiction_id, today)
        if today.month < policy.plenary_alert_month:
            continue
        if await _plenaries_held(session, body.id, today.year) >= policy.plenaries_per_year:
            continue
        alert = Raised(
            AlertKind.PLENARY_MISSING, AlertSeverity.WARNING, 0, date(today.year, 12, 31), (), to_office=True
        )
        for key in sorted(await _offices(session, body.jurisdiction_id)):
            raised += await _keep(session, body, "CoordinationBody", body.id, body.name, alert, key, now)
    return raised


async def _plenaries_held(session: SystemSession, body_id: UUID, year: int) -> int:
    held = func.timezone(SHANGHAI.key, JointMeeting.held_at)
    return (
        await session.scalar(
            select(func.count()).where(
                JointMeeting.body_id == body_id,
                JointMeeting.kind == MeetingKind.PLENARY,
                JointMeeting.status.in_(MEETING_HELD),
                extract("year", held) == year,
            )
        )
        or 0
    )
