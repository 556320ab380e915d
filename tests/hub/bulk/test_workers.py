"""Several workers share the queue; what one leaves, another takes up from the start; the late one writes nothing."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from hub.bulk.files import ExportFolder, StorageError
from hub.bulk.queue import LostError
from hub.db.models import BulkOperation
from hub.worker import export_all
from tests.hub.bulk.conftest import ITEMS
from tests.obligations.steps import Steps
from tests.support.bulk import Bulk
from tests.support.client import ClientOf
from tests.support.world import World


class Killed(BaseException):
    """A worker that is gone: nothing after it runs."""


async def test_workers_at_the_same_time_take_different_exports(bulk: Bulk, client_of: ClientOf, items) -> None:
    units = ("police", "court", "finance", "civil", "office")
    asked = {unit: await bulk.ask(await client_of(f"county.{unit}"), ITEMS) for unit in units}
    queues = [bulk.runner()._queue for _ in range(8)]
    now = bulk.runtime.clock()
    jobs = [job for job in await asyncio.gather(*(queue.claim(now) for queue in queues)) if job]
    assert len({job.id for job in jobs}) == len(jobs) == len(asked)


async def test_two_workers_never_run_two_exports_of_one_client(bulk: Bulk, client_of: ClientOf, items) -> None:
    police = await client_of("county.police")
    for _ in range(4):
        await bulk.ask(police, ITEMS)
    now = bulk.runtime.clock()
    jobs = await asyncio.gather(*(bulk.runner()._queue.claim(now) for _ in range(4)))
    assert len([job for job in jobs if job]) == 1


async def test_what_a_killed_worker_left_is_taken_up_from_the_start(
    world: World, bulk: Bulk, steps: Steps, client_of: ClientOf, monkeypatch
) -> None:
    monkeypatch.setattr("schema.bulk.exports.SIZES", (1,))
    await steps.open_list()
    for number in range(3):
        await steps.propose("court", title=f'"事项{number}"')
    court = await client_of("county.court")
    asked = await bulk.ask(court, ITEMS)
    export, calls = bulk.runner()._export, []

    async def killed(query, principal, after, at):
        calls.append(after)
        if len(calls) == 3:
            raise Killed
        return await export(query, principal, after, at)

    monkeypatch.setattr(ExportFolder, "destroy", lambda *_: None)
    with pytest.raises(Killed):
        await bulk.work(killed)
    monkeypatch.undo()
    assert [name.endswith("-1.part") for name in bulk.files()] == [True]
    assert (await bulk.state(court, asked))["rowCount"] == 2
    assert not await bulk.work()
    world.clock.advance(seconds=61)
    assert await bulk.work()
    done = await bulk.state(court, asked)
    assert (done["status"], done["rowCount"]) == ("COMPLETED", 3)
    assert len((await bulk.get(done["url"])).content.splitlines()) == 3
    assert await bulk.runner().tidy() == 1
    assert [name.endswith("-2.jsonl") for name in bulk.files()] == [True]


async def test_a_worker_whose_lease_ran_out_writes_nothing_more(
    world: World, bulk: Bulk, client_of: ClientOf, items
) -> None:
    police = await client_of("county.police")
    asked = await bulk.ask(police, ITEMS)
    export = bulk.runner()._export

    async def slow(query, principal, after, at):
        portion = await export(query, principal, after, at)
        world.clock.advance(seconds=61)
        assert await bulk.work()
        assert (await bulk.state(police, asked))["status"] == "COMPLETED"
        return portion

    assert await bulk.work(slow)
    done = await bulk.state(police, asked)
    assert (done["status"], done["rowCount"]) == ("COMPLETED", 1)
    assert [name.endswith("-2.jsonl") for name in bulk.files()] == [True]
    assert (await bulk.get(done["url"])).status_code == 200


async def test_every_step_of_a_job_that_was_lost_is_refused(world: World, bulk: Bulk, client_of, items) -> None:
    await bulk.ask(await client_of("county.police"), ITEMS)
    queue = bulk.runner()._queue
    late = await queue.claim(world.clock())
    assert late is not None
    world.clock.advance(seconds=61)
    assert await queue.claim(world.clock()) is not None

    async def complete() -> Any:
        async with world.sessions.system("test") as session:
            await queue.complete(session, late, world.clock(), expires=world.clock())

    for step in (queue.progress(late, world.clock()), queue.fail(late, "X", world.clock()), complete()):
        with pytest.raises(LostError):
            await step
    async with world.sessions.system("test") as session:
        row = (await session.scalars(select(BulkOperation))).one()
    assert (row.status, row.attempt, row.error_code) == ("RUNNING", 2, None)


async def test_an_export_that_kills_every_worker_is_given_up(world: World, bulk: Bulk, client_of, items) -> None:
    police = await client_of("county.police")
    asked = await bulk.ask(police, ITEMS)

    async def broken(*_: Any) -> Any:
        raise RuntimeError("broken")

    for _ in range(5):
        with pytest.raises(RuntimeError):
            await bulk.work(broken)
        world.clock.advance(seconds=61)
    assert not await bulk.work(broken)
    state = await bulk.state(police, asked)
    assert (state["status"], state["errorCode"]) == ("FAILED", "BULK_GIVEN_UP")
    assert bulk.files() == []


async def test_a_worker_that_is_stopped_lets_go_and_the_next_one_starts_anew(
    bulk: Bulk, steps: Steps, client_of: ClientOf, monkeypatch
) -> None:
    monkeypatch.setattr("schema.bulk.exports.SIZES", (1,))
    await steps.open_list()
    for number in range(3):
        await steps.propose("court", title=f'"事项{number}"')
    court = await client_of("county.court")
    asked = await bulk.ask(court, ITEMS)
    stopping = asyncio.Event()
    export = bulk.runner()._export

    async def stopped(query, principal, after, at):
        stopping.set()
        return await export(query, principal, after, at)

    assert await export_all(bulk.runner(stopped), stopping) == 1
    assert (await bulk.state(court, asked))["status"] == "RUNNING"
    assert bulk.files() == []
    assert await export_all(bulk.runner(), asyncio.Event()) == 1
    done = await bulk.state(court, asked)
    assert (done["status"], done["rowCount"]) == ("COMPLETED", 3)


async def test_a_store_that_cannot_be_written_fails_the_export(bulk: Bulk, client_of, items, monkeypatch) -> None:
    police = await client_of("county.police")

    def full(*_: object) -> None:
        raise StorageError

    monkeypatch.setattr("hub.bulk.running.write", full)
    done = await bulk.done(police, ITEMS)
    assert (done["status"], done["errorCode"]) == ("FAILED", "BULK_STORAGE")
    assert bulk.files() == []
