"""Publishes events: ids only, the receiver re-reads by its own right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from hub.core.ids import new_id
from hub.db.bulk import insert_rows
from hub.db.models import OutboxEvent


@dataclass(frozen=True, slots=True)
class Event:
    """``key`` orders events of one aggregate."""

    tenant_id: UUID
    type: str
    key: str
    ids: Mapping[str, object]


async def publish(session: AsyncSession, *, tenant_id: UUID, type_: str, key: str, ids: Mapping[str, object]) -> UUID:
    """Write the event in the caller's transaction. ``key`` orders events of one aggregate."""
    row = _row(Event(tenant_id, type_, key, ids))
    await session.execute(insert(OutboxEvent).values(row))
    return row["id"]  # type: ignore[no-any-return]


async def publish_all(session: AsyncSession, events: Sequence[Event]) -> list[UUID]:
    """Write events in the caller's transaction, in their order; their ids."""
    rows = [_row(each) for each in events]
    await insert_rows(session, OutboxEvent, rows)
    return [row["id"] for row in rows]


def _row(event: Event) -> dict[str, Any]:
    return {
        "id": new_id(),
        "tenant_id": event.tenant_id,
        "type": event.type,
        "schema_version": 1,
        "key": event.key,
        "ids": dict(event.ids),
    }
