"""The pages of an export are paid from the client's quota: it waits where the bucket is empty and does not fail."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from hub.auth.clients import set_quota
from hub.auth.quota import Quota
from hub.bulk.running import LaterError, Portion
from hub.config import Settings
from hub.core.clock import system_clock
from hub.db.models import ClientQuota
from hub.runtime import Runtime
from schema.build import build_schema
from schema.bulk.exporting import Exporter
from tests.hub.bulk.conftest import ITEMS
from tests.obligations.steps import Steps
from tests.support.bulk import Bulk
from tests.support.client import ISSUER, ClientOf
from tests.support.world import World

CAPACITY, RATE, ROWS = 400, 100, 8


@pytest.fixture
async def runtime(world: World, tmp_path: Path) -> Runtime:
    given = {"quota_capacity": CAPACITY, "quota_restore_rate": RATE, "quota_lease": 1, "bulk_lease_seconds": 5}
    settings = Settings(issuer=ISSUER, home=tmp_path, _env_file=None, **given)
    return Runtime.over(world.sessions, settings, world.keyring, world.clock)


@pytest.fixture
async def rows(world: World, bulk: Bulk, steps: Steps) -> int:
    """Rows of the court, made when the clients had all the quota they needed, and a bucket that is full again."""
    await steps.open_list()
    for number in range(ROWS):
        await steps.propose("court", title=f'"事项{number}"')
        world.clock.advance(seconds=60)
    world.clock.advance(seconds=CAPACITY)
    return ROWS


async def emptied(world: World) -> None:
    """Nothing left, and nothing restored for a while."""
    restored = system_clock() + timedelta(seconds=1.5)
    async with world.sessions.system("test") as session:
        await session.execute(update(ClientQuota).values(available=0, restored_at=restored))


async def test_a_page_costs_what_the_same_page_costs_when_asked_for(
    world: World, bulk: Bulk, client_of: ClientOf, rows: int
) -> None:
    court = await client_of("county.court")
    page = "{ doubleListItems(first: 100) { nodes { id title content status } pageInfo { hasNextPage endCursor } } }"
    asked = (await court.ask(page))["extensions"]["cost"]["actual"]
    operation = await bulk.ask(court, ITEMS)
    world.clock.advance(seconds=CAPACITY)
    before = (await bulk.runtime.quota.take("county.court", 1)).available
    assert await bulk.work()
    after = (await bulk.runtime.quota.take("county.court", 1)).available
    assert before - after - 1 == asked
    assert (await bulk.state(court, operation))["status"] == "COMPLETED"


async def test_an_empty_bucket_makes_it_wait_and_then_it_goes_on(
    world: World, runtime: Runtime, http, client_of: ClientOf, rows: int
) -> None:
    bulk = Bulk(replace(runtime, quota=Quota(world.sessions, runtime.settings, system_clock)), http)
    court = await client_of("county.court")
    operation = await bulk.ask(court, ITEMS)
    await emptied(world)
    export, later = bulk.runner()._export, []

    async def counted(*given: Any) -> Portion:
        try:
            return await export(*given)
        except LaterError as error:
            later.append(error.seconds)
            raise

    assert await bulk.work(counted)
    done = await bulk.state(court, operation)
    assert (done["status"], done["rowCount"]) == ("COMPLETED", rows)
    assert later
    assert all(0 < seconds < 60 for seconds in later)


async def test_after_each_page_half_of_the_bucket_is_left_to_others(
    bulk: Bulk, world: World, client_of: ClientOf, rows: int, monkeypatch
) -> None:
    monkeypatch.setattr("schema.bulk.exports.SIZES", (1,))
    exporter, court = Exporter(build_schema(), bulk.runtime), world["county.court"]
    full = await exporter.portion(ITEMS, court, None, world.clock())
    await bulk.runtime.quota.take(court.subject, CAPACITY // 2)
    low = await exporter.portion(ITEMS, court, full.after, world.clock())
    available = (await bulk.runtime.quota.take(court.subject, 0)).available
    assert full.pause == 0
    assert low.pause == (CAPACITY / 2 - available) / RATE > 0


async def test_a_bucket_smaller_than_a_page_is_read_in_smaller_ones(
    world: World, bulk: Bulk, client_of: ClientOf, rows: int
) -> None:
    court = await client_of("county.court")
    async with world.sessions.system("test") as session:
        await set_quota(
            session,
            client_id="county.court",
            capacity=30,
            restore_rate=RATE,
            settings=bulk.runtime.settings,
            at=world.clock(),
        )
    operation = await bulk.ask(court, ITEMS)
    world.clock.advance(seconds=CAPACITY)
    async with asyncio.timeout(10):
        assert await bulk.work()
    done = await bulk.state(court, operation)
    assert (done["status"], done["rowCount"]) == ("COMPLETED", rows)


async def test_while_it_waits_it_can_be_stopped_and_taken_up_by_another(
    bulk: Bulk, client_of: ClientOf, rows: int
) -> None:
    court = await client_of("county.court")
    operation = await bulk.ask(court, ITEMS)
    stopping = asyncio.Event()

    async def waiting(*_: Any) -> Portion:
        asyncio.get_running_loop().call_later(0.1, stopping.set)
        raise LaterError(3600)

    async with asyncio.timeout(3):
        assert await bulk.runner(waiting).run_next(stopping)
    assert (await bulk.state(court, operation))["status"] == "RUNNING"
    assert await bulk.work()
    assert (await bulk.state(court, operation))["status"] == "COMPLETED"


async def test_while_it_waits_it_keeps_its_lease_and_can_be_cancelled(
    world: World, bulk: Bulk, client_of: ClientOf, rows: int
) -> None:
    court = await client_of("county.court")
    operation = await bulk.ask(court, ITEMS)

    async def waiting(*_: Any) -> Portion:
        raise LaterError(3600)

    async with asyncio.timeout(20):
        working = asyncio.create_task(bulk.work(waiting))
        await asyncio.sleep(0.5)
        assert (await bulk.state(court, operation))["status"] == "RUNNING"
        lease = bulk.runtime.settings.bulk_lease_seconds
        world.clock.advance(seconds=lease - 1)
        await asyncio.sleep(lease / 3 + 0.3)
        world.clock.advance(seconds=lease - 1)
        assert await bulk.runner()._queue.claim(world.clock()) is None, "the lease was renewed"
        await bulk.cancel(court, operation)
        assert await working
    assert (await bulk.state(court, operation))["status"] == "CANCELLED"
    assert bulk.files() == []
