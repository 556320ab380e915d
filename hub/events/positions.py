"""Where an event stands among all events, and reading them in that order with none missed.

Numbers handed out on insert become visible in the order of commits, so that a reader that has seen 7 may find 6 later.
Hence the position is (transaction, number), and only transactions older than every one still running are read: all of
them have ended, and none that ends later can stand before them. The order is that of first writes, not of commits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Text, cast, func, select, tuple_

from hub.db.models import OutboxEvent
from hub.db.session import SystemSession

_LAST = 2**63 - 1
_RUNNING = cast(cast(func.pg_snapshot_xmin(func.pg_current_snapshot()), Text), BigInteger)


@dataclass(frozen=True, slots=True, order=True)
class Position:
    transaction: int
    number: int


@dataclass(frozen=True, slots=True)
class Event:
    """``object_id`` is the row it is about; ``at`` when its transaction began."""

    position: Position
    at: datetime
    type: str
    object_id: UUID
    id: UUID
    tenant_id: UUID
    schema_version: int
    key: str
    ids: dict[str, Any]


async def present(session: SystemSession) -> Position:
    """The position behind every event that can be read now."""
    running = (await session.execute(select(_RUNNING))).scalar_one()
    return Position(running - 1, _LAST)


async def read_after(
    session: SystemSession, after: Position, *, until: Position | None = None, limit: int
) -> list[Event]:
    """Events behind ``after``, up to and with ``until``, oldest first."""
    place = tuple_(OutboxEvent.transaction_id, OutboxEvent.number)
    statement = (
        select(
            OutboxEvent.transaction_id,
            OutboxEvent.number,
            OutboxEvent.created_at,
            OutboxEvent.type,
            OutboxEvent.ids["id"].astext.label("object_id"),
            OutboxEvent.id,
            OutboxEvent.tenant_id,
            OutboxEvent.schema_version,
            OutboxEvent.key,
            OutboxEvent.ids,
        )
        .where(place > (after.transaction, after.number), OutboxEvent.transaction_id < _RUNNING)
        .order_by(OutboxEvent.transaction_id, OutboxEvent.number)
        .limit(limit)
    )
    if until is not None:
        statement = statement.where(place <= (until.transaction, until.number))
    rows = await session.execute(statement)
    return [
        Event(Position(transaction, number), at, type_, UUID(object_id), *others)
        for transaction, number, at, type_, object_id, *others in rows
    ]
