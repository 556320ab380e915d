"""What the guards of a measure look at, and in what capacity a caller meets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import STANDING
from hub.canonical.punishment_codes import APPROVED_LISTS
from hub.core.principal import Principal, RoleName
from hub.core.workflow import Actor
from hub.db.bulk import among
from hub.db.models import (
    DishonestyRecord,
    Interview,
    JointPunishmentMeasure,
    OverdueList,
    OverdueListEntry,
    StandingListing,
)


@dataclass(frozen=True, slots=True)
class Approved:
    """The approved list that names a listing, and the order its unit let pass."""

    list_id: UUID
    notice_id: UUID


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """Facts of one measure for one caller."""

    measure: JointPunishmentMeasure
    stands: bool
    approved: Approved | None
    held_interviews: frozenset[UUID]
    """Interviews of the listed unit that were held and that the caller sees."""
    today: date


async def load_measure_facts(
    session: AsyncSession, measures: Sequence[JointPunishmentMeasure], today: date
) -> dict[UUID, MeasureFacts]:
    """Facts of each measure, by its id."""
    records = {each.record_id for each in measures}
    standing = set(
        await session.scalars(
            select(DishonestyRecord.id).where(
                among(DishonestyRecord.id, records), DishonestyRecord.status.in_(STANDING)
            )
        )
    ) | set(await session.scalars(select(StandingListing.record_id).where(among(StandingListing.record_id, records))))
    approved = await _approved(session, records)
    interviews = await _interviews(session, {each.subject_organization_id for each in measures} - {None})
    return {
        each.id: MeasureFacts(
            measure=each,
            stands=each.record_id in standing,
            approved=approved.get(each.record_id),
            held_interviews=frozenset(key for key, unit in interviews if unit == each.subject_organization_id),
            today=today,
        )
        for each in measures
    }


async def _approved(session: AsyncSession, records: set[UUID]) -> dict[UUID, Approved]:
    rows = await session.execute(
        select(OverdueListEntry.record_id, OverdueListEntry.list_id, OverdueListEntry.notice_id)
        .join(OverdueList, OverdueList.id == OverdueListEntry.list_id)
        .where(among(OverdueListEntry.record_id, records), OverdueList.status.in_(APPROVED_LISTS))
        .order_by(OverdueList.approved_at)
    )
    return {record: Approved(list_id, notice_id) for record, list_id, notice_id in rows}


async def _interviews(session: AsyncSession, units: set[UUID | None]) -> list[tuple[UUID, UUID]]:
    rows = await session.execute(
        select(Interview.id, Interview.organization_id).where(
            among(Interview.organization_id, units), Interview.held_on.is_not(None)
        )
    )
    return list(rows.tuples())


def is_credit_office(principal: Principal, path: str) -> bool:
    """Whether the caller is the credit office of the jurisdiction at ``path``, or of one above it."""
    return any(path.startswith(covered) for covered in principal.paths(RoleName.CREDIT_OFFICE))


def measure_actors(principal: Principal, measure: JointPunishmentMeasure) -> frozenset[Actor]:
    """Nobody acts on a measure for another: neither recording for a unit nor lifting what it does not carry out."""
    if principal.on_behalf_of is not None:
        return frozenset()
    own = principal.organization_id
    capacities = {
        Actor.CREDIT_OFFICE: is_credit_office(principal, measure.jurisdiction_path),
        Actor.IMPLEMENTER: own is not None and own == measure.implementer_id,
    }
    return frozenset(actor for actor, held in capacities.items() if held)
