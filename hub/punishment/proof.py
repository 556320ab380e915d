"""liftProof: the complete chain from a listing's end to the last verified lift, for those who see all of it.

Statutory and local periods stand side by side, each with its clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.access.coverage import row_scope
from hub.canonical.exchange_codes import DishonestyStatus, ListingClock
from hub.canonical.punishment_codes import SETTLED, MeasureStatus
from hub.core.areas import Area
from hub.core.clock import local_date
from hub.core.principal import Principal
from hub.db.models import (
    DishonestyClock,
    DishonestyRecord,
    DishonestyRecordParty,
    DishonestyStep,
    JointPunishmentMeasure,
    Organization,
)
from hub.policy.calendar import WorkingCalendar
from hub.policy.deadlines import compute
from hub.policy.rule_data import stored_clause
from hub.policy.statutory import load_statutory_clocks

ENDS = ("delete", "revoke", "avert")
_LAW = "listing.delete"


@dataclass(frozen=True, slots=True)
class ProofClock:
    """One period; ``statutory`` where the law fixes it, else the jurisdiction's own."""

    subject: str
    statutory: bool
    clause: str
    due_on: date
    met_on: date | None


@dataclass(frozen=True, slots=True)
class ProofMeasure:
    measure: JointPunishmentMeasure
    implementer: str | None
    settled: bool
    clocks: tuple[ProofClock, ...]


@dataclass(frozen=True, slots=True)
class LiftProof:
    """``complete``: the listing has ended and nothing of any measure burdens anybody any more."""

    record_id: UUID
    status: DishonestyStatus
    ended_by: str | None
    ended_at: datetime | None
    clocks: tuple[ProofClock, ...]
    measures: tuple[ProofMeasure, ...]

    @property
    def residual(self) -> tuple[str, ...]:
        """Implementers that have not lifted yet, by name."""
        waiting = (each for each in self.measures if each.measure.status is MeasureStatus.LIFTING)
        return tuple(sorted({each.implementer or "" for each in waiting}))

    @property
    def complete(self) -> bool:
        return self.ended_by is not None and all(each.settled for each in self.measures)


async def lift_proof(
    session: AsyncSession, principal: Principal, record_id: UUID, calendar: WorkingCalendar
) -> LiftProof | None:
    """The chain of a listing; None for whoever does not see the listing and every measure on it."""
    record = await session.scalar(select(DishonestyRecord).where(DishonestyRecord.id == record_id))
    if record is None or not await _sees_all(session, principal, record):
        return None
    step = (
        await session.execute(
            select(DishonestyStep.event, DishonestyStep.occurred_at)
            .where(DishonestyStep.record_id == record_id, DishonestyStep.event.in_(ENDS), ~DishonestyStep.late)
            .order_by(DishonestyStep.occurred_at.desc())
            .limit(1)
        )
    ).one_or_none()
    ended = step if record.status in _ENDED and step is not None else None
    return LiftProof(
        record_id=record_id,
        status=record.status,
        ended_by=None if record.status not in _ENDED else (ended.event if ended is not None else "delete"),
        ended_at=ended.occurred_at if ended is not None else None,
        clocks=await _clocks(session, record, calendar),
        measures=await _measures(session, record_id),
    )


_ENDED = (
    DishonestyStatus.DELETED_SHIELDED,
    DishonestyStatus.REPAIRED,
    DishonestyStatus.REVOKED,
    DishonestyStatus.AVERTED,
)


async def _sees_all(session: AsyncSession, principal: Principal, record: DishonestyRecord) -> bool:
    """The credit office and auditor of the place, the listing's court, the listed unit."""
    if row_scope(principal).covers(Area.CREDIT, record.jurisdiction_path):
        return True
    own = select(DishonestyRecordParty.record_id).where(
        DishonestyRecordParty.record_id == record.id,
        DishonestyRecordParty.organization_id == principal.organization_id,
    )
    return await session.scalar(own) is not None


async def _clocks(session: AsyncSession, record: DishonestyRecord, calendar: WorkingCalendar) -> tuple[ProofClock, ...]:
    """The court's period to delete: as the jurisdiction counts it, and as the law does."""
    local = await session.scalar(
        select(DishonestyClock).where(
            DishonestyClock.record_id == record.id, DishonestyClock.kind == ListingClock.DELETION
        )
    )
    if local is None:
        return ()
    law = load_statutory_clocks()[_LAW]
    counted = (ProofClock(law.subject.zh, False, local.clause, local.due_on, local.met_on),)
    if law.rule is None:
        return counted
    due = compute(law.rule, local.anchor_on, calendar).due_on
    return (*counted, ProofClock(law.subject.zh, True, law.source, due, local.met_on))


async def _measures(session: AsyncSession, record_id: UUID) -> tuple[ProofMeasure, ...]:
    row = JointPunishmentMeasure
    rows = await session.execute(
        select(row, Organization.name)
        .outerjoin(Organization, Organization.id == row.implementer_id)
        .where(row.record_id == record_id)
        .order_by(row.code, row.id)
    )
    return tuple(
        ProofMeasure(each, name, each.status in SETTLED, tuple(_of_lift(each))) for each, name in rows.tuples()
    )


def _of_lift(measure: JointPunishmentMeasure) -> Sequence[ProofClock]:
    if measure.lift_due_on is None:
        return ()
    met = None if measure.lifted_at is None else local_date(measure.lifted_at)
    clause = stored_clause(measure.deadline_basis) or ""
    return (ProofClock(measure.name, False, clause, measure.lift_due_on, met),)
