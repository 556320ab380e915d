"""A client's connections are counted in all web processes together, and given back however they end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import httpx
from sqlalchemy import func, select, update

from hub.auth.connections import Connections
from hub.auth.retention import forget_expired
from hub.config import StreamSettings
from hub.db.models import ConnectionLease
from tests.schema.subscriptions.speaking import ITEMS

REFUSED = (4403, "CONNECTIONS_TOO_MANY")


async def held(world, client: str) -> int:
    async with world.sessions.system("test") as session:
        row = ConnectionLease
        found = await session.scalar(select(func.sum(row.held)).where(row.client_id == client))
    return int(found or 0)


async def until(found: Callable[[], Awaitable[object]], wanted: object) -> None:
    for _ in range(500):
        if await found() == wanted:
            return
        await asyncio.sleep(0.02)
    assert await found() == wanted


async def test_one_cap_holds_in_two_processes_for_sockets_and_streams(serve, world, token_of) -> None:
    first, second = await serve(connections_per_client=3), await serve(connections_per_client=3)
    token = await token_of("county.police")
    headers = {"authorization": f"Bearer {token}", "accept": "text/event-stream"}
    async with first.socket(token) as one, second.socket(token), httpx.AsyncClient(headers=headers) as http:
        async with http.stream("POST", f"{second.url}/graphql", json={"query": ITEMS}) as stream:
            assert stream.status_code == 200
            for hub in (first, second):
                async with hub.socket() as fourth:
                    await fourth.say(type="connection_init", payload={"Authorization": f"Bearer {token}"})
                    assert await fourth.closed() == REFUSED
                refused = await http.post(f"{hub.url}/graphql", json={"query": ITEMS})
                assert (refused.status_code, refused.headers["retry-after"]) == (429, "5")
            async with first.socket(await token_of("county.court")) as other:
                await other.settled()
        await one.raw.close()
        await until(lambda: held(world, "county.police"), 1)
        async with second.socket(token), first.socket(token):
            assert await held(world, "county.police") == 3
    await until(lambda: held(world, "county.police"), 0)


async def test_many_who_come_at_once_in_two_processes_get_no_more_than_the_cap(world) -> None:
    settings = StreamSettings(connections_per_client=5)
    processes = [Connections(world.sessions, settings) for _ in range(2)]
    taken = await asyncio.gather(*(processes[n % 2].take("county.police") for n in range(20)))
    releases = [each for each in taken if each is not None]
    assert (len(releases), await held(world, "county.police")) == (5, 5)
    for release in releases[:2]:
        release()
        release()
    await until(lambda: held(world, "county.police"), 3)
    assert sum(each.open for each in processes) == 3
    for each in processes:
        await each.aclose()
    assert await held(world, "county.police") == 0


async def test_a_process_that_died_holds_its_connections_no_longer_than_its_lease(world) -> None:
    settings = StreamSettings(connections_per_client=1, lease_seconds=0.6)
    dead, alive = Connections(world.sessions, settings), Connections(world.sessions, settings)
    assert await dead.take("county.police") is not None
    assert await alive.take("county.police") is None
    await asyncio.sleep(settings.lease_seconds * 2)
    assert await alive.take("county.police") is None, "what lives renews its lease"
    assert dead._keeper is not None
    dead._keeper.cancel()
    await asyncio.sleep(settings.lease_seconds)
    assert await alive.take("county.police") is not None
    await alive.aclose()


async def test_leases_long_expired_are_forgotten_and_others_kept(world) -> None:
    settings = StreamSettings()
    dead, alive = Connections(world.sessions, settings), Connections(world.sessions, settings)
    assert await dead.take("county.police") is not None
    async with world.sessions.system("test") as session:
        await session.execute(update(ConnectionLease).values(expires_at=world.clock()))
    assert await alive.take("county.court") is not None
    world.clock.advance(seconds=600)
    async with world.sessions.system("test") as session:
        await session.execute(
            update(ConnectionLease).where(ConnectionLease.client_id == "county.court").values(expires_at=world.clock())
        )
        assert await forget_expired(session, at=world.clock()) == 1
    assert (await held(world, "county.police"), await held(world, "county.court")) == (0, 1)
    for each in (dead, alive):
        await each.aclose()
