"""Lanes: the waiting deliveries of one key of one endpoint, taken up by one worker at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from hub.db.models import DeliveryLane


async def open_lanes(session: AsyncSession, lanes: Iterable[tuple[UUID, str]], *, at: datetime) -> None:
    """Lanes of deliveries inserted or put back before, in the same transaction; a lane that is there stays as it is.

    The row is locked all the same: a worker that is about to close the lane sees the new delivery, or the lane is made
    again after it.
    """
    rows = [{"endpoint_id": endpoint, "key": key, "due_at": at, "fence": 0} for endpoint, key in sorted(set(lanes))]
    if rows:
        statement = insert(DeliveryLane)
        kept = statement.on_conflict_do_update(
            index_elements=["endpoint_id", "key"], set_={"due_at": DeliveryLane.due_at}
        )
        await session.execute(kept, rows)


async def hasten(session: AsyncSession, endpoint_id: UUID, *, at: datetime) -> None:
    """Let what waits for its next attempt be taken up now; what a worker holds stays with it."""
    await session.execute(
        update(DeliveryLane)
        .where(DeliveryLane.endpoint_id == endpoint_id, DeliveryLane.owner.is_(None), DeliveryLane.due_at > at)
        .values(due_at=at)
    )
