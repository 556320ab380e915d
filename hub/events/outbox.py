"""Publishes events: ids only, the receiver re-reads by its own right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from hub.core.ids import new_id
from hub.db.bulk import insert_rows
from hub.db.models import OutboxEvent


async def publish(session: AsyncSession, *, tenant_id: UUID, type_: str, key: str, ids: Mapping[str, object]) -> UUID:
    """Write the event in the caller's transaction. ``key`` orders events of one aggregate."""
    event = new_id()
    await session.execute(
        insert(OutboxEvent).values(id=event, tenant_id=tenant_id, type=type_, schema_version=1, key=key, ids=dict(ids))
    )
    return event


async def publish_all(session: AsyncSession, *, tenant_id: UUID, type_: str, rows: Iterable[UUID]) -> None:
    """The same event of each of many rows, ordered for each row by itself."""
    family = type_.partition(".")[0]
    events = [
        {
            "id": new_id(),
            "tenant_id": tenant_id,
            "type": type_,
            "schema_version": 1,
            "key": f"{family}:{row}",
            "ids": {"id": str(row)},
        }
        for row in rows
    ]
    await insert_rows(session, OutboxEvent, events)
