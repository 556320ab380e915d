"""The words of what goes to a bank, made anew at every attempt: what may not be told any more is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from hub.canonical.broadcasts import rows_digest
from hub.canonical.connector import Outgoing
from hub.db.models import Broadcast, BroadcastRow, Delivery, WebhookEndpoint
from hub.db.session import SystemSession
from hub.delivery.banks.planning import CHASE
from hub.delivery.banks.rows import lifted_row, tellable_rows


async def contents(
    session: SystemSession, endpoint: WebhookEndpoint, deliveries: Sequence[Delivery]
) -> Mapping[UUID, Outgoing]:
    """What to say of each delivery; the chase of a broadcast that was acknowledged meanwhile is left out."""
    ids = {each.object_id for each in deliveries}
    found = {row.id: row for row in await session.scalars(select(Broadcast).where(Broadcast.id.in_(ids)))}
    said: dict[UUID, Outgoing] = {}
    for delivery in deliveries:
        made = found[delivery.object_id]
        if delivery.event_type != CHASE:
            said[delivery.id] = await _broadcast(session, endpoint, made)
        elif made.acknowledged_at is None:
            said[delivery.id] = Outgoing(f"{delivery.event_id}", CHASE, {"number": made.number})
    return said


async def _broadcast(session: SystemSession, endpoint: WebhookEndpoint, made: Broadcast) -> Outgoing:
    row = BroadcastRow
    keys = (
        await session.scalars(select(row.record_id).where(row.broadcast_id == made.id).order_by(row.record_id))
    ).all()
    now = {each.id: each.cells for each in await tellable_rows(session, endpoint, keys)}
    rows = [now.get(key) or lifted_row(key) for key in keys]
    made.digest = rows_digest(rows)
    body: dict[str, object] = {"number": made.number, "broadcastKind": made.kind.value, "rows": rows}
    return Outgoing(str(made.id), "bank.broadcast", body)
