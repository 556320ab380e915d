"""Rows of double lists: their body, their division of labour, their audience."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.canonical.codes import PartyCapacity
from hub.core.errors import Reason, Refused
from hub.db.models import CoordinationBody, DoubleListItemParty
from hub.workflow.rows import sync_parties
from hub.workflow.unit import Unit


async def body_of(unit: Unit, jurisdiction_id: UUID) -> CoordinationBody:
    """The coordination body of a jurisdiction. Raises ``Refused`` (BODY_MISSING)."""
    body = await unit.session.scalar(
        select(CoordinationBody)
        .where(CoordinationBody.jurisdiction_id == jurisdiction_id)
        .order_by(CoordinationBody.id)
        .limit(1)
    )
    if body is None:
        raise Refused(Reason("BODY_MISSING", ("jurisdictionCode",)))
    return body


def division_problems(lead: UUID | None, cooperating: Sequence[UUID]) -> Iterator[Reason]:
    """Rules of a division of labour: one lead that does not cooperate with itself, each unit named once."""
    if lead in cooperating:
        yield Reason("LEAD_ALSO_COOPERATING", ("cooperatingOrganizationIds",))
    if len(set(cooperating)) != len(cooperating):
        yield Reason("COOPERATING_TWICE", ("cooperatingOrganizationIds",))


async def sync_item_parties(unit: Unit, item: Any) -> None:
    """Audience of a double-list item: lead, cooperating units, proposer (the strongest capacity counts)."""
    capacities = {item.proposer_organization_id: PartyCapacity.PROPOSER}
    capacities |= dict.fromkeys(item.cooperating_organization_ids, PartyCapacity.COOPERATING)
    if item.lead_organization_id is not None:
        capacities[item.lead_organization_id] = PartyCapacity.LEAD
    await sync_parties(
        unit,
        DoubleListItemParty,
        {"item_id": item.id, "tenant_id": item.tenant_id},
        capacities,
        {"list_id": item.list_id, "due_sort": item.due_sort, "jurisdiction_path": item.jurisdiction_path},
    )
