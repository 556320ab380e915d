"""One bucket per client, whatever the number of processes: never more is spent than it held and got back."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from hub.app import app_of
from hub.auth.clients import set_quota
from hub.auth.quota import SMALLEST_SHARE, Quota, QuotaExhausted
from hub.config import Settings
from hub.core.errors import Refused
from hub.db.models import AuditEvent, ClientQuota
from hub.db.target import DatabaseRole
from hub.runtime import Runtime
from schema.build import build_schema
from schema.execution import Asked, Executor
from tests.support.client import ISSUER, ClientOf
from tests.support.world import World

CAPACITY, RATE = 100, 10
LEASE = CAPACITY // SMALLEST_SHARE
SMALL = {"quota_capacity": CAPACITY, "quota_restore_rate": RATE, "quota_lease_seconds": 5}
VIEWER = "{ viewer { clientId } }"
ITEMS = "{ doubleListItems(first: 59) { nodes { id } } }"


def quota_of(world: World, **more: int) -> Quota:
    return Quota(world.sessions, Settings(issuer=ISSUER, _env_file=None, **{**SMALL, **more}), world.clock)


async def spend(quota: Quota, client: str, cost: int) -> int:
    try:
        await quota.take(client, cost)
    except QuotaExhausted:
        return 0
    return cost


async def bucket(world: World, client: str) -> ClientQuota:
    async with world.sessions.system("test") as session:
        found = await session.get(ClientQuota, client)
    assert found is not None
    return found


STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(1, 60))
    | st.floats(0, 2, allow_nan=False).map(lambda each: round(each, 2)),
    min_size=15,
    max_size=40,
)


async def test_three_processes_never_spend_more_than_capacity_and_what_was_restored(world: World) -> None:
    """Whatever the order of requests and pauses; and what is refused really is not there."""
    runs: list[list] = []

    @settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def gather(steps: list) -> None:
        runs.append(steps)

    gather()
    refused = 0
    for number, steps in enumerate(runs):
        processes = [quota_of(world) for _ in range(3)]
        start, spent = world.clock.now, 0
        for step in steps:
            if isinstance(step, float):
                world.clock.advance(seconds=step)
                continue
            process, cost = step
            taken = await spend(processes[process], f"client-{number}", cost)
            refused += taken == 0
            spent += taken
            restored = (world.clock.now - start).total_seconds() * RATE
            assert spent <= CAPACITY + restored + 1e-6
            # Other processes hold at most a lease each.
            assert taken or spent + cost > CAPACITY - 2 * LEASE
    assert refused > 20


async def test_takers_at_once_in_two_processes_share_one_bucket(world: World) -> None:
    processes = [quota_of(world), quota_of(world)]
    taken = await asyncio.gather(*(spend(processes[n % 2], "county.police", 3) for n in range(80)))
    assert CAPACITY - 2 * LEASE <= sum(taken) <= CAPACITY
    assert 0 <= (await bucket(world, "county.police")).available <= 2 * LEASE


async def test_what_a_lease_covers_needs_no_word_to_the_database(world: World) -> None:
    quota = quota_of(world)
    await quota.take("county.police", 1)
    before = await bucket(world, "county.police")
    for _ in range(LEASE - 1):
        await quota.take("county.police", 1)
    assert (await bucket(world, "county.police")).available == before.available == CAPACITY - LEASE
    await quota.take("county.police", 1)
    assert (await bucket(world, "county.police")).available == CAPACITY - 2 * LEASE


async def test_who_is_over_its_quota_and_asks_on_costs_the_database_one_look_a_second(
    world: World, engines: dict[DatabaseRole, AsyncEngine]
) -> None:
    quota, said = quota_of(world), []

    def note(*given: object) -> None:
        said.append(given[2])

    assert await spend(quota, "county.police", CAPACITY) == CAPACITY
    event.listen(engines[DatabaseRole.SYSTEM].sync_engine, "before_cursor_execute", note)
    try:
        assert [await spend(quota, "county.police", RATE) for _ in range(50)] == [0] * 50
        once = len(said)
        assert any("client_quota" in each for each in said)
        world.clock.advance(seconds=0.9)
        assert await spend(quota, "county.police", RATE) == 0
        assert len(said) == once < 10
        world.clock.advance(seconds=0.1)
        assert await spend(quota, "county.police", RATE) == RATE
    finally:
        event.remove(engines[DatabaseRole.SYSTEM].sync_engine, "before_cursor_execute", note)


async def test_a_lease_is_what_is_restored_while_it_lasts(world: World) -> None:
    quota = quota_of(world, quota_capacity=1_000)
    await quota.take("county.police", 1)
    assert (await bucket(world, "county.police")).available == 1_000 - RATE * 5


async def test_an_expired_lease_goes_back_and_a_lost_one_is_restored_with_time(world: World) -> None:
    quota = quota_of(world, quota_restore_rate=1)
    await quota.take("county.police", 1)
    world.clock.advance(seconds=6)
    assert (await quota.take("county.police", 1)).available == CAPACITY - 1
    assert await spend(quota_of(world, quota_restore_rate=1), "county.police", CAPACITY) == 0
    del quota
    world.clock.advance(seconds=CAPACITY)
    assert await spend(quota_of(world, quota_restore_rate=1), "county.police", CAPACITY) == CAPACITY


async def test_a_clock_that_lags_restores_nothing_twice(world: World) -> None:
    ahead, behind = quota_of(world), quota_of(world)
    assert await spend(ahead, "county.police", CAPACITY) == CAPACITY
    world.clock.advance(seconds=1)
    assert await spend(ahead, "county.police", RATE) == RATE
    world.clock.advance(seconds=-1)
    assert await spend(behind, "county.police", 1) == 0


async def test_a_client_may_have_a_bucket_of_its_own_and_more_than_it_holds_is_refused_for_good(
    world: World, client_of: ClientOf
) -> None:
    await client_of("county.police")
    base = Settings(issuer=ISSUER, _env_file=None, **SMALL)
    async with world.sessions.system("test") as session:
        await set_quota(
            session, client_id="county.police", capacity=20, restore_rate=2, settings=base, at=world.clock()
        )
    quota = quota_of(world)
    level = await quota.take("county.police", 15)
    assert (level.available, level.capacity, level.restore_rate) == (5, 20, 2)
    with pytest.raises(QuotaExhausted) as exhausted:
        await quota.take("county.police", 8)
    assert exhausted.value.retry_after == 2
    with pytest.raises(Refused) as refused:
        await quota.take("county.police", 21)
    assert refused.value.code == "COST_TOO_HIGH"
    assert (await quota.take("county.court", 15)).capacity == CAPACITY
    async with world.sessions.system("test") as session:
        with pytest.raises(Refused) as unknown:
            await set_quota(session, client_id="nobody", capacity=1, restore_rate=1, settings=base, at=world.clock())
    assert unknown.value.code == "CLIENT_UNKNOWN"


async def test_over_quota_is_429_with_retry_after_and_nothing_is_done(
    world: World, runtime: Runtime, client_of: ClientOf
) -> None:
    narrow = replace(runtime, quota=quota_of(world))
    police = await client_of("county.police")
    police.http._transport.app = app_of(narrow)
    first = await police.ask(ITEMS)
    assert first["extensions"]["cost"] == {"requested": 60, "actual": 60, "available": 40, "restoreRate": RATE}
    answer = await police.post({"query": ITEMS})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "2")
    body = answer.json()
    assert body["errors"][0]["extensions"]["code"] == "QUOTA_EXHAUSTED"
    assert "data" not in body
    assert body["extensions"]["cost"]["actual"] == 0
    court = await client_of("county.court")
    assert "errors" not in await court.ask(ITEMS)
    change = 'mutation { createDoubleList(input: {jurisdictionCode: "410825", year: 2026}) { __typename } }'
    while (await police.post({"query": VIEWER})).status_code == 200:
        pass
    assert (await police.post({"query": change})).status_code == 429
    async with world.sessions.system("test") as session:
        made = select(func.count()).select_from(AuditEvent).where(AuditEvent.event.startswith("doublelist"))
        assert await session.scalar(made) == 0
    world.clock.advance(seconds=2)
    assert (await police.post({"query": VIEWER})).status_code == 200


async def test_two_executors_charge_one_bucket(world: World, runtime: Runtime) -> None:
    executors = [Executor(build_schema(), replace(runtime, quota=quota_of(world))) for _ in range(2)]
    answers = [await executors[n % 2].run(Asked(ITEMS), world["county.police"]) for n in range(4)]
    assert [answer.status for answer in answers] == [None, 429, 429, 429]
