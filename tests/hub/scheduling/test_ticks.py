"""One row and one run per tick, whatever the number of workers; what passed meanwhile follows the misfire policy."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from hub.core.clock import SHANGHAI
from hub.db.models import IdempotencyRecord, ScheduledTick
from hub.policy.importing import import_pack
from hub.policy.store import PolicyStore
from hub.schedule import jobs_of, run_scheduled
from hub.scheduling.retention import forget_ticks
from hub.scheduling.ticks import Job, Misfire, Scheduler, due_ticks, last_tick, passed

MINUTE = timedelta(minutes=1)
CADENCE = "schedule.tidying.minutes"
"""Every ten minutes by default."""


@pytest.fixture
def scheduler(sessions, clock) -> Scheduler:
    return Scheduler(sessions, clock, PolicyStore(), "test:1")


async def ticks(sessions) -> list[tuple[str, str]]:
    async with sessions.system("test") as session:
        rows = (await session.scalars(select(ScheduledTick).order_by(ScheduledTick.due_at))).all()
    return [(row.due_at.astimezone(SHANGHAI).strftime("%H:%M"), row.status.value) for row in rows]


def counting(misfire: Misfire, runs: list[datetime], clock, pause: float = 0) -> Job:
    async def work(session) -> int:
        await session.execute(select(1))
        await asyncio.sleep(pause)
        runs.append(clock())
        return 1

    return Job("count", CADENCE, misfire, work)


def test_ticks_are_counted_from_midnight_in_shanghai() -> None:
    now = datetime(2026, 6, 15, 10, 7, 31, tzinfo=SHANGHAI)
    assert last_tick(now, 10 * MINUTE) == datetime(2026, 6, 15, 10, 0, tzinfo=SHANGHAI)
    assert last_tick(now, timedelta(days=1)) == datetime(2026, 6, 15, tzinfo=SHANGHAI)
    assert last_tick(last_tick(now, MINUTE), MINUTE) == datetime(2026, 6, 15, 10, 7, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("since", "expected"),
    [(None, ["10:00"]), ("10:00", []), ("09:59", ["10:00"]), ("09:30", ["09:40", "09:50", "10:00"]), ("10:30", [])],
)
def test_what_is_due_since_the_last_tick(since: str | None, expected: list[str]) -> None:
    now = datetime(2026, 6, 15, 10, 7, tzinfo=SHANGHAI)
    last = None if since is None else now.replace(hour=int(since[:2]), minute=int(since[3:]))
    assert [tick.astimezone(SHANGHAI).strftime("%H:%M") for tick in due_ticks(last, now, 10 * MINUTE)] == expected


def test_a_worker_that_was_away_for_a_year_looks_at_the_last_thousand_minutes_and_knows_how_many_there_were() -> None:
    now = datetime(2026, 6, 15, 10, 7, tzinfo=SHANGHAI)
    ticks = due_ticks(now - timedelta(days=365), now, MINUTE)
    assert ticks[-1] == now
    assert len(ticks) < 2_000
    assert passed(now - timedelta(days=365), now, MINUTE) == 365 * 24 * 60


@pytest.mark.parametrize(
    ("misfire", "late", "expected", "runs"),
    [
        (Misfire.ALL, 0, ["DONE", "DONE", "DONE", "DONE"], 4),
        (Misfire.LATEST, 9, ["DONE", "SKIPPED", "SKIPPED", "DONE"], 2),
        (Misfire.SKIP, 1, ["DONE", "SKIPPED", "SKIPPED", "DONE"], 2),
        (Misfire.SKIP, 9, ["DONE", "SKIPPED", "SKIPPED", "SKIPPED"], 1),
    ],
)
async def test_ticks_that_passed_while_no_worker_ran(
    sessions, scheduler, clock, misfire: Misfire, late: int, expected: list[str], runs: int
) -> None:
    seen: list[datetime] = []
    job = counting(misfire, seen, clock)
    await scheduler.run_due(job)
    clock.advance(minutes=30 + late)
    await scheduler.run_due(job)
    await scheduler.run_due(job)
    assert [status for _, status in await ticks(sessions)] == expected
    assert len(seen) == runs


async def test_many_workers_at_once_run_a_tick_once(sessions, clock) -> None:
    seen: list[datetime] = []
    job = counting(Misfire.ALL, seen, clock, pause=0.05)
    workers = [Scheduler(sessions, clock, PolicyStore(), f"test:{number}") for number in range(8)]
    await asyncio.gather(*(each.run_due(job) for each in workers))
    assert len(seen) == 1
    clock.advance(minutes=40)
    await asyncio.gather(*(each.run_due(job) for each in workers))
    await asyncio.gather(*(each.run_due(job) for each in workers))
    assert len(seen) == 5
    assert [status for _, status in await ticks(sessions)] == ["DONE"] * 5


async def test_a_job_that_fails_leaves_nothing_behind_and_runs_at_the_next_tick(sessions, scheduler, clock) -> None:
    broken = [True]

    async def work(session) -> int:
        session.add(ScheduledTick(job="effect", due_at=clock(), status="DONE"))
        await session.flush()
        if broken.pop():
            raise RuntimeError("broken")
        return 1

    job = Job("fragile", CADENCE, Misfire.LATEST, work)
    assert await scheduler.run_due(job) == 0
    assert await ticks(sessions) == [("10:00", "FAILED")]
    clock.advance(minutes=10)
    broken.append(False)
    assert await scheduler.run_due(job) == 1
    assert [status for _, status in await ticks(sessions)] == ["FAILED", "DONE", "DONE"]


async def test_a_worker_that_dies_in_the_middle_leaves_the_tick_to_another(sessions, scheduler, clock) -> None:
    class Killed(BaseException):
        pass

    async def dies(session) -> int:
        await session.execute(select(1))
        raise Killed

    with pytest.raises(Killed):
        await scheduler.run_due(Job("count", CADENCE, Misfire.LATEST, dies))
    assert await ticks(sessions) == [("10:00", "DUE")]
    seen: list[datetime] = []
    await scheduler.run_due(counting(Misfire.LATEST, seen, clock))
    assert (len(seen), await ticks(sessions)) == (1, [("10:00", "DONE")])


PACK = f"""
jurisdiction_code: "410825"
version: "2026.9"
title: 温县机制
effective_from: 2026-01-01
parameters:
  {CADENCE}: {{value: 2, clause: 第二条}}
""".encode()


async def test_the_cadence_is_that_of_the_pack_that_asks_for_the_shortest(world, sessions, scheduler, clock) -> None:
    seen: list[datetime] = []
    job = counting(Misfire.ALL, seen, clock)
    await scheduler.run_due(job)
    clock.advance(minutes=8)
    await scheduler.run_due(job)
    assert len(seen) == 1
    async with sessions.system("test") as session:
        await import_pack(session, PACK, clock=clock)
    await scheduler.run_due(job)
    assert [at for at, _ in await ticks(sessions)] == ["10:00", "10:02", "10:04", "10:06", "10:08"]


async def test_every_job_of_the_hub_runs_once_a_tick_in_whichever_worker(runtime, sessions) -> None:
    await asyncio.gather(*(run_scheduled(runtime) for _ in range(4)))
    async with sessions.system("test") as session:
        rows = (await session.scalars(select(ScheduledTick))).all()
    assert {row.job: row.status.value for row in rows} == {job.name: "DONE" for job in jobs_of(runtime)}
    assert len(rows) == len(jobs_of(runtime))


async def test_old_ticks_are_forgotten_but_never_the_last(sessions, scheduler, clock) -> None:
    job = counting(Misfire.ALL, [], clock)
    await scheduler.run_due(job)
    clock.advance(minutes=10)
    await scheduler.run_due(job)
    clock.advance(days=8)
    async with sessions.system("test") as session:
        assert await forget_ticks(session, at=clock()) == 1
    assert await ticks(sessions) == [("10:10", "DONE")]


async def test_keys_of_changes_are_forgotten_after_the_policys_days_and_not_before(sessions, runtime, clock) -> None:
    (job,) = (each for each in jobs_of(runtime) if each.name == "idempotency")
    async with sessions.system("test") as session:
        for days in (0, 29, 31):
            at = clock() - timedelta(days=days)
            session.add(IdempotencyRecord(subject="a", key=f"key-{days:05}", request_digest="-", created_at=at))
    async with sessions.system("test") as session:
        assert await job.work(session) == 1
    async with sessions.system("test") as session:
        kept = sorted(await session.scalars(select(IdempotencyRecord.key)))
    assert kept == ["key-00000", "key-00029"]
