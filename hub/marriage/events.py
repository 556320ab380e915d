"""Events of a batch, decided by its table, and which of them a caller may fire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from hub.core.principal import Principal
from hub.core.workflow import Actor, Availability
from hub.db.models import MarriageBatch
from hub.marriage.batches import items_of
from hub.marriage.workflow import BATCH, COURSE, BatchFacts
from hub.workflow.firing import fire
from hub.workflow.rows import locked
from hub.workflow.unit import Unit


async def fire_batch(
    unit: Unit, batch_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> MarriageBatch:
    """Move a batch. Raises ``NotFound``, ``Denied`` or ``Refused`` with every reason."""
    row: MarriageBatch = await locked(unit, MarriageBatch, batch_id)
    await fire(
        unit,
        BATCH,
        COURSE,
        row,
        event,
        payload,
        actors=_actors(row, unit.principal),
        facts=BatchFacts(row, await items_of(unit.session, row)),
        expected_version=expected_version,
    )
    return row


async def batch_events(
    session: AsyncSession, principal: Principal, rows: Sequence[MarriageBatch]
) -> Mapping[UUID, tuple[Availability, ...]]:
    return {
        row.id: BATCH.available(
            row.status,
            actors=_actors(row, principal),
            scopes=principal.scopes,
            facts=BatchFacts(row, await items_of(session, row)),
        )
        for row in rows
    }


def _actors(row: MarriageBatch, principal: Principal) -> frozenset[Actor]:
    held = {Actor.COURT: row.court_id, Actor.HOLDER: row.receiver_id}
    return frozenset(actor for actor, unit in held.items() if unit == principal.organization_id)
