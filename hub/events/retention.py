"""Forgetting events: batch by batch, with a mark of how far, so that a reader that was behind learns of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, not_, select, tuple_, update

from hub.db.models import EventEpoch, OutboxEvent
from hub.db.session import SystemSession

BATCH = 1_000


async def forget_events(
    session: SystemSession, *, before: datetime, kept: Sequence[ColumnElement[bool]] = (), batch: int = BATCH
) -> int:
    """Delete events written before the instant, at most a batch; returns how many.

    ``kept`` are conditions on ``OutboxEvent``: rows that meet one, or leave it unknown, stay. Whoever delivers events
    protects by one what is not delivered yet.
    """
    row = OutboxEvent
    old = (
        select(row.id)
        .where(row.created_at < before, *(not_(each) for each in kept))
        .order_by(row.created_at)
        .limit(batch)
        .with_for_update(skip_locked=True)
        .cte("old")  # looked for once: as a subquery it may be run for every row, and the limit limits nothing
        .prefix_with("MATERIALIZED")
    )
    places = delete(row).where(row.id == old.c.id).returning(row.epoch, row.transaction_id, row.number)
    gone = [tuple(found) for found in await session.execute(places)]
    farthest = {epoch: (transaction, number) for epoch, transaction, number in sorted(gone)}
    for epoch, place in farthest.items():
        mark = tuple_(EventEpoch.forgotten_transaction, EventEpoch.forgotten_number)
        await session.execute(
            update(EventEpoch)
            .where(EventEpoch.number == epoch, mark < place)
            .values(forgotten_transaction=place[0], forgotten_number=place[1])
        )
    return len(gone)
