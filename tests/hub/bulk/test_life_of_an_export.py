"""From the request to the file, to its end: done, cancelled, failed, expired."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

import orjson
import pytest
from sqlalchemy import select, text, update

from hub.audit.catalogue import AuditAction
from hub.bulk.retention import expire
from hub.db.models import AuditEvent, BulkOperation
from tests.hub.bulk.conftest import ITEMS
from tests.obligations.steps import Steps
from tests.support.bulk import Bulk
from tests.support.client import ClientOf
from tests.support.world import World

MONTH = timedelta(days=30)


async def entries(world: World) -> dict[str, AuditEvent]:
    async with world.sessions.system("test") as session:
        found = await session.scalars(select(AuditEvent).where(AuditEvent.event.like("bulk:%")).order_by(AuditEvent.id))
        return {each.event: each for each in found}


async def test_an_export_runs_and_its_file_is_fetched(
    world: World, bulk: Bulk, client_of: ClientOf, items: list[str]
) -> None:
    police = await client_of("county.police")
    asked = await bulk.ask(police, ITEMS)
    assert (asked["status"], asked["url"], asked["rowCount"]) == ("CREATED", None, 0)
    assert await bulk.work()
    assert not await bulk.work()
    done = await bulk.state(police, asked)
    assert (done["status"], done["rowCount"], done["errorCode"], done["masked"]) == ("COMPLETED", 1, None, [])
    answer = await bulk.get(done["url"])
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/jsonl"
    assert answer.headers["cache-control"] == "no-store"
    assert "attachment" in answer.headers["content-disposition"]
    assert [json.loads(line)["id"] for line in answer.text.splitlines()] == [items[0]]
    assert len(answer.content) == done["byteCount"]
    recorded = await entries(world)
    assert set(recorded) == {"bulk:start", "bulk:complete", "bulk:fetch"}
    for entry in recorded.values():
        assert (entry.subject, entry.purpose) == ("county.police", "核对台账")
        assert entry.jurisdiction_path == world["county.police"].home_path
    assert recorded["bulk:complete"].detail == {"field": "doubleListItems", "rows": 1, "bytes": done["byteCount"]}


async def test_file_and_folder_are_the_hubs_alone(bulk: Bulk, client_of: ClientOf, items) -> None:
    await bulk.done(await client_of("county.police"), ITEMS)
    folder = bulk.runtime.settings.home / "exports"
    (file,) = folder.iterdir()
    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)


async def test_exports_of_others_do_not_exist(bulk: Bulk, client_of: ClientOf, items) -> None:
    police, finance = await client_of("county.police"), await client_of("county.finance")
    asked = await bulk.ask(police, ITEMS)
    assert await bulk.state(finance, asked) is None
    listed = "{ bulkOperations { totalCount nodes { id } } }"
    assert (await finance.data(listed))["bulkOperations"] == {"totalCount": 0, "nodes": []}
    assert (await police.data(listed))["bulkOperations"]["totalCount"] == 1
    refused = await bulk.cancel(finance, asked)
    assert refused["code"] == "NOT_FOUND"
    assert (await bulk.state(police, asked))["status"] == "CREATED"


async def test_a_second_request_with_the_same_key_is_the_same_export(bulk: Bulk, client_of: ClientOf, items) -> None:
    police = await client_of("county.police")
    first, second = [await bulk.ask(police, ITEMS, idempotencyKey="export-0001") for _ in range(2)]
    assert first["id"] == second["id"]
    assert await bulk.work()
    assert not await bulk.work()


async def test_cancelled_while_waiting_it_never_runs(bulk: Bulk, client_of: ClientOf, items) -> None:
    police = await client_of("county.police")
    asked = await bulk.ask(police, ITEMS)
    assert (await bulk.cancel(police, asked))["status"] == "CANCELLED"
    assert not await bulk.work()
    assert (await bulk.cancel(police, asked))["code"] == "BULK_ENDED"
    assert bulk.files() == []


async def test_cancelled_while_running_it_stops_and_leaves_no_file(bulk: Bulk, client_of: ClientOf, items) -> None:
    police = await client_of("county.police")
    asked = await bulk.ask(police, ITEMS)
    export = bulk.runner()._export

    async def cancelled_meanwhile(query, principal, after, at):
        portion = await export(query, principal, after, at)
        assert len(bulk.files()) == 1
        assert (await bulk.state(police, asked))["status"] == "RUNNING"
        await bulk.cancel(police, asked)
        return portion

    assert await bulk.work(cancelled_meanwhile)
    state = await bulk.state(police, asked)
    assert (state["status"], state["url"]) == ("CANCELLED", None)
    assert bulk.files() == []


async def test_a_file_past_its_time_is_gone(world: World, bulk: Bulk, client_of: ClientOf, items) -> None:
    police = await client_of("county.police")
    done = await bulk.done(police, ITEMS)
    world.clock.advance(hours=25)
    assert (await bulk.state(police, done))["url"] is None
    async with world.sessions.system("test") as session:
        assert await expire(session, at=world.clock(), remembered=MONTH) == 1
    assert await bulk.runner().tidy() == 1
    assert bulk.files() == []
    assert (await bulk.state(police, done))["status"] == "EXPIRED"
    world.clock.advance(days=31)
    async with world.sessions.system("test") as session:
        assert await expire(session, at=world.clock(), remembered=MONTH) == 1
    assert await bulk.state(police, done) is None


async def test_only_so_many_wait_and_one_runs_at_a_time(bulk: Bulk, client_of: ClientOf, items) -> None:
    police, court = await client_of("county.police"), await client_of("county.court")
    waiting = [await bulk.ask(police, ITEMS) for _ in range(5)]
    assert (await bulk.ask(police, ITEMS))["code"] == "BULK_QUEUE_FULL"
    await bulk.ask(court, ITEMS)
    queue = bulk.runner()._queue
    now = bulk.runtime.clock()
    claimed = [await queue.claim(now) for _ in range(3)]
    assert [each and each.client_id for each in claimed] == ["county.police", "county.court", None]
    await bulk.cancel(police, waiting[1])
    assert "id" in await bulk.ask(police, ITEMS)


async def test_ten_requests_at_once_do_not_pass_the_bound(bulk: Bulk, client_of: ClientOf) -> None:
    police = await client_of("county.police")
    await police.authorize()
    answers = await asyncio.gather(*(bulk.ask(police, ITEMS) for _ in range(8)))
    assert sorted("id" in each for each in answers) == [False] * 3 + [True] * 5


async def test_too_large_an_export_fails_and_leaves_no_file(bulk: Bulk, client_of: ClientOf, items) -> None:
    bulk.runtime = replace(bulk.runtime, settings=bulk.runtime.settings.model_copy(update={"bulk_maximum_rows": 1}))
    court = await client_of("county.office")
    done = await bulk.done(court, ITEMS)
    assert (done["status"], done["errorCode"], done["url"]) == ("FAILED", "BULK_TOO_LARGE", None)
    assert bulk.files() == []


async def test_an_export_of_the_audit_log_stands_in_the_audit_log(
    world: World, bulk: Bulk, client_of: ClientOf
) -> None:
    audit = await client_of("county.audit")
    await bulk.done(audit, "{ auditEvents { nodes { event } } }")
    async with world.sessions.system("test") as session:
        read = await session.scalars(select(AuditEvent).where(AuditEvent.event == AuditAction.AUDIT_READ.value))
        (entry,) = read
    assert (entry.subject, entry.purpose, entry.detail) == ("county.audit", "核对台账", {"read": ["AuditEvent"]})


async def test_the_application_role_can_only_cancel(world: World, bulk: Bulk, client_of: ClientOf) -> None:
    asked = await bulk.ask(await client_of("county.police"), ITEMS)
    assert asked["status"] == "CREATED"
    for change in ("status = 'COMPLETED'", "query = '{ auditEvents { nodes { id } } }'", "rights = '{}'"):
        with pytest.raises(Exception, match=r"row-level security|permission denied"):
            async with world.sessions.write(world["county.police"]) as session:
                await session.execute(text(f"update bulk_operation set {change}"))
    async with world.sessions.write(world["county.finance"]) as session:
        await session.execute(update(BulkOperation).values(status="CANCELLED"))
    async with world.sessions.system("test") as session:
        assert await session.scalar(select(BulkOperation.status)) == "CREATED"


async def test_several_portions_join_to_one_file(
    world: World, bulk: Bulk, steps: Steps, client_of: ClientOf, monkeypatch
) -> None:
    monkeypatch.setattr("schema.bulk.exports.SIZES", (2, 1))
    await steps.open_list()
    for number in range(5):
        await steps.propose("court", title=f'"事项{number}"')
    court = await client_of("county.court")
    done = await bulk.done(court, ITEMS)
    assert done["rowCount"] == 5
    lines = (await bulk.get(done["url"])).content.splitlines()
    paged = await court.data("{ doubleListItems(first: 100) { nodes { id title content status } } }")
    assert lines == [orjson.dumps(row) for row in paged["doubleListItems"]["nodes"]]
