"""Where an event stands among all events, and reading them in that order with none missed.

Numbers handed out on insert become visible in the order of commits, so that a reader that has seen 7 may find 6 later.
Hence the position is (epoch, transaction, number), and only transactions older than every one still running are read:
all of them have ended, and none that ends later can stand before them. The order is that of first writes, not of
commits. Transaction ids start anew where a database is restored: with its first event begins another epoch, and what
was restored belongs to earlier ones, whose transactions have all ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Integer, Text, cast, func, or_, select, tuple_

from hub.db.models import EventEpoch, OutboxEvent
from hub.db.session import SystemSession

_LAST = 2**63 - 1
_RUNNING = cast(cast(func.pg_snapshot_xmin(func.pg_current_snapshot()), Text), BigInteger)
_EPOCH = select(func.event_epoch_now(type_=Integer)).scalar_subquery()


@dataclass(frozen=True, slots=True, order=True)
class Position:
    epoch: int
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
    epoch, running = (await session.execute(select(_EPOCH, _RUNNING))).one()
    return Position(epoch, running - 1, _LAST)


async def all_kept(session: SystemSession, after: Position) -> bool:
    """Whether no event behind the position was deleted, and it is one of this database as it is now.

    Ask after reading, or what is deleted meanwhile goes unnoticed.
    """
    now = await present(session)
    if after.epoch != now.epoch or after > now:
        return False
    row = EventEpoch
    asked = select(row.forgotten_transaction, row.forgotten_number).where(row.number == now.epoch)
    forgotten = (await session.execute(asked)).one_or_none()
    return forgotten is None or (after.transaction, after.number) >= tuple(forgotten)


async def read_after(
    session: SystemSession, after: Position, *, until: Position | None = None, limit: int
) -> list[Event]:
    """Events behind ``after``, up to and with ``until``, oldest first; those about an object, since whoever hears of
    one reads the object."""
    row = OutboxEvent
    place = tuple_(row.epoch, row.transaction_id, row.number)
    statement = (
        select(
            row.epoch,
            row.transaction_id,
            row.number,
            row.created_at,
            row.type,
            row.ids["id"].astext.label("object_id"),
            row.id,
            row.tenant_id,
            row.schema_version,
            row.key,
            row.ids,
        )
        .where(
            place > (after.epoch, after.transaction, after.number),
            or_(row.epoch < _EPOCH, row.transaction_id < _RUNNING),
            row.ids["id"].astext.is_not(None),
        )
        .order_by(row.epoch, row.transaction_id, row.number)
        .limit(limit)
    )
    if until is not None:
        statement = statement.where(place <= (until.epoch, until.transaction, until.number))
    return [
        Event(Position(epoch, transaction, number), at, type_, UUID(object_id), *others)
        for epoch, transaction, number, at, type_, object_id, *others in await session.execute(statement)
    ]
