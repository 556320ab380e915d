"""Nothing is missed or doubled across reconnections, while many write at once and commit out of order."""

from __future__ import annotations

import asyncio
import random

from sqlalchemy import select

from hub.core.ids import decode_node_id
from hub.db.models import DoubleListItem, OutboxEvent
from hub.events.outbox import publish
from tests.schema.subscriptions.test_what_is_heard import listening

WRITERS, EACH = 6, 12


async def write(world, items: list[str], seed: int) -> None:
    """Transactions that begin in one order and commit in another."""
    chance = random.Random(seed)
    for number in range(EACH):
        key = decode_node_id(chance.choice(items))[1]
        async with world.sessions.system("test") as session:
            tenant = await session.scalar(select(DoubleListItem.tenant_id).where(DoubleListItem.id == key))
            await publish(
                session,
                tenant_id=tenant,
                type_=f"doublelistitem.w{seed}n{number}",
                key=f"DoubleListItem:{key}",
                ids={"id": str(key)},
            )
            await asyncio.sleep(chance.random() / 50)


async def test_the_last_event_of_every_object_is_heard_once_and_in_order(serve, world, steps, token_of) -> None:
    hubs = [await serve(), await serve()]
    items = [(await steps.propose("court"))["id"] for _ in range(4)]
    token, chance = await token_of("county.police"), random.Random(7)
    heard: list[tuple[str, str]] = []

    async def work() -> None:
        await asyncio.gather(*(write(world, items, seed) for seed in range(WRITERS)))
        await steps.propose("court")

    async with hubs[0].socket(token) as socket:
        await listening(hubs[0], socket)
        working = asyncio.create_task(work())
        told = await socket.update()
    while told["id"] in items:
        heard.append((told["id"], told["event"]))
        async with chance.choice(hubs).socket(token) as socket:
            await socket.subscribe(after=told["cursor"])
            for _ in range(chance.randint(1, 4)):
                told = await socket.update()
                if told["id"] not in items:
                    break
                heard.append((told["id"], told["event"]))
            else:
                heard.pop()
    await working
    async with world.sessions.system("test") as session:
        rows = await session.execute(
            select(OutboxEvent.ids["id"].astext, OutboxEvent.type)
            .where(OutboxEvent.type.startswith("doublelistitem.w"))
            .order_by(OutboxEvent.transaction_id, OutboxEvent.number)
        )
        written = [type_.removeprefix("doublelistitem.") for _, type_ in rows]
        assert len(written) == WRITERS * EACH
        by_object = await session.execute(
            select(OutboxEvent.ids["id"].astext, OutboxEvent.type)
            .where(OutboxEvent.type.startswith("doublelistitem.w"))
            .order_by(OutboxEvent.transaction_id, OutboxEvent.number)
        )
        latest = {key: type_.removeprefix("doublelistitem.") for key, type_ in by_object}
    names = [event for _, event in heard if event.startswith("w")]
    assert [each for each in written if each in set(names)] == names, "each once, in the order of positions"
    assert {str(decode_node_id(item)[1]): event for item, event in heard if event.startswith("w")} == latest
