"""What the guards of a repair look at, and in what capacity a caller meets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import DishonestyStatus
from hub.core.principal import Principal, RoleName
from hub.core.workflow import Actor
from hub.db.models import CreditRepair, DishonestyRecord


@dataclass(frozen=True, slots=True)
class RepairFacts:
    """``listing`` is where its court has the listing now; None where the caller does not see that."""

    repair: CreditRepair
    listing: DishonestyStatus | None


async def load_repair_facts(session: AsyncSession, repairs: Sequence[CreditRepair]) -> dict[UUID, RepairFacts]:
    """Facts of each repair, by its id."""
    rows = await session.execute(
        select(DishonestyRecord.id, DishonestyRecord.status).where(
            DishonestyRecord.id.in_({repair.record_id for repair in repairs})
        )
    )
    states = dict(rows.tuples().all())
    return {repair.id: RepairFacts(repair, states.get(repair.record_id)) for repair in repairs}


def repair_actors(principal: Principal, repair: CreditRepair) -> frozenset[Actor]:
    """In what capacities the caller meets the repair; nobody acts for another here."""
    own = principal.organization_id
    if own is None or principal.on_behalf_of is not None:
        return frozenset()
    offices = principal.paths(RoleName.CREDIT_OFFICE)
    held = {
        Actor.APPLICANT: own in (repair.organization_id, repair.applicant_id) and own != repair.court_id,
        Actor.RECOGNISER: own == repair.court_id,
        Actor.CREDIT_OFFICE: any(repair.jurisdiction_path.startswith(path) for path in offices),
    }
    return frozenset(actor for actor, holds in held.items() if holds)
