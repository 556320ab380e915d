"""Events of an imagined topic, whose rows need not exist."""

from __future__ import annotations

import asyncio
from uuid import UUID

from sqlalchemy import BigInteger, Text, cast, func, select

from hub.core.areas import Area
from hub.core.ids import new_id
from hub.db.models import DoubleListItem, OutboxEvent
from hub.db.session import Sessions
from hub.events.audience import Topic
from hub.events.outbox import publish

TOPIC = Topic("doublelistitem.", DoubleListItem.metadata.tables["double_list_item"], Area.DOUBLE_LIST)


async def tell(sessions: Sessions, *ids: UUID, name: str = "edited") -> None:
    """Publish an event about each, in one transaction."""
    async with sessions.system("test") as session:
        for each in ids:
            await publish(
                session,
                tenant_id=new_id(),
                type_=f"doublelistitem.{name}",
                key=f"DoubleListItem:{each}",
                ids={"id": str(each)},
            )


async def until_readable(sessions: Sessions, seconds: float = 60) -> None:
    """Wait until no transaction runs that is older than the newest event, in whichever database of the server."""
    row = OutboxEvent
    newest = select(func.coalesce(func.max(row.transaction_id), 0)).where(row.epoch == func.event_epoch_now())
    running = cast(cast(func.pg_snapshot_xmin(func.pg_current_snapshot()), Text), BigInteger)
    async with asyncio.timeout(seconds):
        while True:
            async with sessions.system("test") as session:
                if await session.scalar(select(newest.scalar_subquery() < running)):
                    return
            await asyncio.sleep(0.02)
