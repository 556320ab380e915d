"""Mergers and renamings of units: what was told of a unit that has ended shows under its successor, with a trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.canonical.exchange_codes import TransferReason
from hub.core.clock import local_date
from hub.core.principal import Principal
from hub.db.bulk import among
from hub.db.models import ConsumptionRestriction, Organization, Subject, SubjectTransfer
from hub.events.outbox import publish_all

WORKER = Principal(subject="system:succession", organization_id=None)
PORTION = 500
LAST = (TransferReason.SUCCESSION, TransferReason.SUCCESSION_ENDED)


def present_unit(successors: Mapping[UUID, UUID | None], unit: UUID) -> UUID:
    """The unit that stands for ``unit`` now. ``successors`` are those of ended units; a chain that closes on itself
    leads nowhere, and the unit stands for itself."""
    seen, at = {unit}, unit
    while (after := successors.get(at)) is not None:
        if after in seen:
            return unit
        seen.add(after)
        at = after
    return at


async def follow_successors(session: AsyncSession, now: datetime) -> int:
    """Bring subjects of ended units to their successors, and back where a succession was corrected; how many moved, at
    most ``PORTION``."""
    successors = await _successors(session, local_date(now))
    present = {unit: present_unit(successors, unit) for unit in successors}
    moved = 0
    for subject, first, unit in await _misplaced(session, present):
        back = first is not None and unit == first
        reason = TransferReason.SUCCESSION_ENDED if back else TransferReason.SUCCESSION
        await move(session, subject, unit, reason, now)
        moved += 1
    return moved


async def move(session: AsyncSession, subject: Subject, unit: UUID, reason: TransferReason, now: datetime) -> None:
    call = select(func.moved_subject(subject.id, unit, now, reason.value))
    records = list(await session.scalars(call))
    target = Target("Subject", subject.id, subject.jurisdiction_path)
    detail = {"reason": reason.value, "unit": str(unit)}
    await record(session, WORKER, AuditAction.SUBJECT_TRANSFERRED, at=now, target=target, detail=detail)
    await tell_moved(session, subject.tenant_id, records, [subject.id])


async def tell_moved(session: AsyncSession, tenant_id: UUID, records: Sequence[UUID], subjects: Sequence[UUID]) -> None:
    """Tell of listings of subjects that are held to be another unit now, and of orders against them, by ids only."""
    await publish_all(session, tenant_id=tenant_id, type_="dishonesty.changed", rows=records)
    orders = await session.scalars(
        select(ConsumptionRestriction.id).where(among(ConsumptionRestriction.subject_id, subjects))
    )
    await publish_all(session, tenant_id=tenant_id, type_="restriction.changed", rows=orders.all())


async def _successors(session: AsyncSession, today: date) -> dict[UUID, UUID | None]:
    ended = (Organization.valid_to < today, Organization.successor_id.is_not(None))
    rows = await session.execute(select(Organization.id, Organization.successor_id).where(*ended))
    return dict(rows.tuples().all())


async def _misplaced(session: AsyncSession, present: Mapping[UUID, UUID]) -> list[tuple[Subject, UUID | None, UUID]]:
    """Subjects that are not with the unit that stands for the one it all began with since a person last said which unit
    it is: with that one, where a succession moved them, and the unit that they belong to."""
    first, word = aliased(SubjectTransfer), aliased(SubjectTransfer)
    said_since = select(word.id).where(
        word.subject_id == first.subject_id, word.reason.not_in(LAST), word.id > first.id
    )
    began = (
        select(first.from_id)
        .where(first.subject_id == Subject.id, first.reason.in_(LAST), ~said_since.exists())
        .order_by(first.moved_at, first.id)
        .limit(1)
        .scalar_subquery()
    )
    followed = select(SubjectTransfer.subject_id).where(SubjectTransfer.reason.in_(LAST))
    start = func.coalesce(began, Subject.organization_id)
    due = case(dict(present), value=start, else_=start) if present else start
    rows = await session.execute(
        select(Subject, began, due)
        .where(
            or_(Subject.organization_id.in_(list(present)), Subject.id.in_(followed)),
            Subject.organization_id.is_not(None),
            due != Subject.organization_id,
        )
        .order_by(Subject.id)
        .limit(PORTION)
    )
    return list(rows.tuples())
