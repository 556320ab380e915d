"""What the guards of an overdue list look at, and in what capacity a caller meets it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.access.capacity import is_government, is_office
from hub.canonical.punishment_codes import MeasureStatus, OverdueListCapacity, PunishmentField
from hub.core.clock import local_date
from hub.core.principal import Principal
from hub.core.workflow import Actor
from hub.db.bulk import among
from hub.db.models import JointPunishmentMeasure, OverdueList, OverdueListEntry, OverdueListParty
from hub.policy.specification import Approver
from hub.policy.store import PolicyStore

APPROVER = "overdue_list.approver"


@dataclass(frozen=True, slots=True)
class OverdueFacts:
    """Facts of one list for one caller; of the parties those the caller sees. ``limits_financing``: the caller
    is ordered to, of a unit entered."""

    parties: Mapping[UUID, OverdueListParty]
    approver: Approver
    own: UUID | None
    limits_financing: bool

    def waiting(self, capacity: OverdueListCapacity) -> frozenset[UUID]:
        """Who of a capacity has yet to say its word: a court to confirm, an implementer to report."""
        return frozenset(
            key
            for key, party in self.parties.items()
            if party.capacity is capacity and party.confirmed_at is None and party.reported_at is None
        )


async def load_overdue_facts(
    session: AsyncSession, policy: PolicyStore, principal: Principal, lists: Sequence[OverdueList], now: datetime
) -> dict[UUID, OverdueFacts]:
    """Facts of each list, by its id."""
    rows = await session.scalars(
        select(OverdueListParty).where(among(OverdueListParty.list_id, {each.id for each in lists}))
    )
    parties: dict[UUID, dict[UUID, OverdueListParty]] = {each.id: {} for each in lists}
    for row in rows:
        parties[row.list_id][row.organization_id] = row
    financing = await _limiting_financing(session, principal, list(parties))
    return {
        each.id: OverdueFacts(
            parties=parties[each.id],
            approver=(await policy.pack(session, each.jurisdiction_id, local_date(now))).approver(APPROVER),
            own=principal.organization_id,
            limits_financing=each.id in financing,
        )
        for each in lists
    }


async def _limiting_financing(session: AsyncSession, principal: Principal, lists: Sequence[UUID]) -> set[UUID]:
    """Lists with a unit whose financing the caller is ordered to limit."""
    measure = JointPunishmentMeasure
    found = await session.scalars(
        select(OverdueListEntry.list_id)
        .join(measure, measure.record_id == OverdueListEntry.record_id)
        .where(
            among(OverdueListEntry.list_id, lists),
            measure.implementer_id == principal.organization_id,
            measure.field == PunishmentField.FINANCING,
            measure.status.in_((MeasureStatus.ORDERED, MeasureStatus.IN_FORCE)),
        )
    )
    return set(found)


def overdue_actors(principal: Principal, row: OverdueList, facts: OverdueFacts) -> frozenset[Actor]:
    """Nobody acts on a list for another. Who approves it is for the pack to say."""
    if principal.on_behalf_of is not None:
        return frozenset()
    party = facts.parties.get(facts.own) if facts.own is not None else None
    capacity = None if party is None else party.capacity
    capacities = {
        Actor.ISSUER: facts.own == row.issuer_id,
        Actor.COURT: capacity is OverdueListCapacity.COURT,
        Actor.IMPLEMENTER: capacity is OverdueListCapacity.IMPLEMENTER,
        Actor.GOVERNMENT: is_government(principal, row.jurisdiction_path),
        Actor.OFFICE: facts.approver is Approver.OFFICE and is_office(principal, row.jurisdiction_path),
    }
    return frozenset(actor for actor, held in capacities.items() if held)
