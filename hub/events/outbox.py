"""Publishes events: ids only, the receiver re-reads by its own right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from hub.core.ids import new_id
from hub.db.bulk import insert_rows
from hub.db.models import OutboxEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """``key`` orders events of one aggregate."""

    tenant_id: UUID
    type_: str
    key: str
    ids: Mapping[str, object]

    def row(self) -> dict[str, Any]:
        return {
            "id": new_id(),
            "tenant_id": self.tenant_id,
            "type": self.type_,
            "schema_version": 1,
            "key": self.key,
            "ids": dict(self.ids),
        }


async def publish(session: AsyncSession, *, tenant_id: UUID, type_: str, key: str, ids: Mapping[str, object]) -> UUID:
    """Write the event in the caller's transaction. ``key`` orders events of one aggregate."""
    row = Event(tenant_id=tenant_id, type_=type_, key=key, ids=ids).row()
    await session.execute(insert(OutboxEvent).values(row))
    event: UUID = row["id"]
    return event


async def publish_each(session: AsyncSession, events: Iterable[Event]) -> None:
    """Write many events at once, in their order."""
    await insert_rows(session, OutboxEvent, [event.row() for event in events])


async def publish_all(session: AsyncSession, *, tenant_id: UUID, type_: str, rows: Iterable[UUID]) -> None:
    """The same event of each of many rows, ordered for each row by itself."""
    family = type_.partition(".")[0]
    events = (Event(tenant_id=tenant_id, type_=type_, key=f"{family}:{row}", ids={"id": str(row)}) for row in rows)
    await publish_each(session, events)
