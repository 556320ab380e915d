"""Keeping an alert: once per target, recipient, kind, date and threshold, with its trace and its event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.canonical.codes import AlertKind, AlertSeverity
from hub.core.clock import local_date
from hub.core.ids import new_id
from hub.core.principal import Principal, RoleName
from hub.db.models import Alert, OrganizationFunction, OrganizationSuperior
from hub.events.outbox import publish
from hub.policy.deadlines import Deadline
from hub.workflow.rows import within

TITLE, CLAUSE = 200, 200
"""What the table keeps of a title and a clause; the whole stands with the row and in the pack."""
WORKER = Principal(subject="system:alerts", organization_id=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """One alert to raise, before its recipients are known. ``clause`` is where the date comes from."""

    kind: AlertKind
    severity: AlertSeverity
    due_on: date | None
    offset: int = 0
    clause: str | None = None
    units: tuple[UUID, ...] = ()
    to_office: bool = False
    to_credit_office: bool = False
    to_superiors: bool = False


def unsure(due_on: date, units: tuple[UUID, ...], clause: str | None) -> Raised:
    """A date that rests on a calendar not known yet is alarmed to the office, never escalated."""
    kind, severity = AlertKind.DEADLINE_PROVISIONAL, AlertSeverity.INFO
    return Raised(kind=kind, severity=severity, due_on=due_on, clause=clause, units=units, to_office=True)


def clause_of(deadline: Deadline) -> str | None:
    return None if deadline.basis is None else deadline.basis.clause


def told(target_id: Any, organization_id: Any, kind: AlertKind, due_on: Any = None) -> ColumnElement[bool]:
    """Whether the unit was told of a row, for the day if one is given: what was told does not stand before the rest."""
    found = exists().where(Alert.target_id == target_id, Alert.organization_id == organization_id, Alert.kind == kind)
    return found if due_on is None else found.where(Alert.due_on == due_on)


async def raise_alert(
    session: AsyncSession, row: Any, title: str, alert: Raised, now: datetime, *, by: Principal = WORKER
) -> int:
    """Tell everybody the alert is for about ``row``; how many of them had not been told."""
    recipients = set(alert.units)
    if alert.to_office:
        recipients |= await _holders(session, row.jurisdiction_id, RoleName.JOINT_MEETING_OFFICE)
    if alert.to_credit_office:
        recipients |= await _holders(session, row.jurisdiction_id, RoleName.CREDIT_OFFICE)
    if alert.to_superiors:
        recipients |= await _superiors(session, alert.units)
    return sum([await _keep(session, row, title, alert, key, now, by) for key in sorted(recipients)])


async def raise_all(session: AsyncSession, row: Any, title: str, alerts: Iterable[Raised], now: datetime) -> int:
    return sum([await raise_alert(session, row, title, alert, now) for alert in alerts])


async def _holders(session: AsyncSession, jurisdiction_id: UUID, role: RoleName) -> set[UUID]:
    rows = await session.scalars(
        select(OrganizationFunction.organization_id).where(
            OrganizationFunction.jurisdiction_id == jurisdiction_id,
            OrganizationFunction.role == role,
            OrganizationFunction.valid_to.is_(None),
        )
    )
    return set(rows)


async def _superiors(session: AsyncSession, units: Sequence[UUID]) -> set[UUID]:
    rows = await session.scalars(
        select(OrganizationSuperior.superior_id).where(
            OrganizationSuperior.organization_id.in_(units), OrganizationSuperior.depth == 1
        )
    )
    return set(rows)


async def _keep(
    session: AsyncSession, row: Any, title: str, alert: Raised, organization_id: UUID, now: datetime, by: Principal
) -> bool:
    """Keep the alert unless the same one was raised before; True when it is new."""
    kind = type(row).__name__
    key = await session.scalar(
        insert(Alert)
        .values(
            id=new_id(),
            kind=alert.kind,
            severity=alert.severity,
            target_kind=kind,
            target_id=row.id,
            organization_id=organization_id,
            title=title[:TITLE],
            due_on=alert.due_on or local_date(now),
            offset_days=alert.offset,
            clause=alert.clause and alert.clause[:CLAUSE],
            raised_at=now,
            **within(row),
        )
        .on_conflict_do_nothing()
        .returning(Alert.id)
    )
    if key is None:
        return False
    target = Target("Alert", key, row.jurisdiction_path)
    await record(session, by, AuditAction.ALERT_RAISED, at=now, target=target, detail={"kind": alert.kind.value})
    await publish(
        session,
        tenant_id=row.tenant_id,
        type_="alert.raised",
        key=f"{kind}:{row.id}",
        ids={"id": str(key), "organizationId": str(organization_id)},
    )
    return True
