"""A client that loses a right while its export is made, or before the file is fetched, gets nothing of it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, text

from hub.db.models import AuditEvent, BulkOperation
from tests.hub.bulk.conftest import ITEMS
from tests.obligations.steps import Steps
from tests.support.bulk import Bulk
from tests.support.client import ClientOf
from tests.support.world import World

LOSSES = {
    "disabled": "update oauth_client set disabled_at = now() where client_id = 'county.police'",
    "scope": (
        "update oauth_client set scopes = array_remove(scopes, 'doublelist:read') where client_id = 'county.police'"
    ),
    "function": "update organization_function set valid_to = :day where organization_id = :unit",
    "organisation": "update organization set valid_to = :day where id = :unit",
    "token": (
        "insert into revoked_token (jti, client_id, expires_at) "
        "select token_id, client_id, now() + interval '1 day' from bulk_operation"
    ),
}


async def lose(world: World, what: str) -> None:
    given = {"day": date(2026, 1, 1), "unit": world.organizations["county.police"]}
    async with world.sessions.system("test") as session:
        statement = text(LOSSES[what])
        await session.execute(statement, {name: given[name] for name in statement._bindparams})


async def stored(world: World) -> BulkOperation:
    async with world.sessions.system("test") as session:
        return (await session.scalars(select(BulkOperation))).one()


async def failure(world: World) -> AuditEvent:
    async with world.sessions.system("test") as session:
        return (await session.scalars(select(AuditEvent).where(AuditEvent.event == "bulk:fail"))).one()


@pytest.mark.parametrize("loss", LOSSES)
async def test_lost_before_it_runs(world: World, bulk: Bulk, client_of: ClientOf, items, loss: str) -> None:
    await bulk.ask(await client_of("county.police"), ITEMS)
    await lose(world, loss)
    assert await bulk.work()
    row = await stored(world)
    assert (row.status, row.row_count, bulk.files()) == ("FAILED", 0, [])
    assert (await failure(world)).subject == "county.police"


@pytest.mark.parametrize("loss", LOSSES)
async def test_lost_while_it_runs(world: World, bulk: Bulk, client_of: ClientOf, items, loss: str) -> None:
    await bulk.ask(await client_of("county.police"), ITEMS)
    export = bulk.runner()._export

    async def losing(query, principal, after, at):
        portion = await export(query, principal, after, at)
        assert portion.rows == 1
        await lose(world, loss)
        return portion

    assert await bulk.work(losing)
    row = await stored(world)
    assert (row.status, row.error_code, bulk.files()) == ("FAILED", "BULK_RIGHTS_LOST", [])
    assert (await failure(world)).reason == "BULK_RIGHTS_LOST"


@pytest.mark.parametrize("loss", LOSSES)
async def test_lost_before_the_file_is_fetched(world: World, bulk: Bulk, client_of: ClientOf, items, loss: str) -> None:
    done = await bulk.done(await client_of("county.police"), ITEMS)
    await lose(world, loss)
    answer = await bulk.get(done["url"])
    assert answer.status_code == 404
    assert items[0] not in answer.text
    row = await stored(world)
    assert (row.status, row.error_code, bulk.files()) == ("FAILED", "BULK_RIGHTS_LOST", [])
    assert (await failure(world)).reason == "BULK_RIGHTS_LOST"


async def test_a_row_that_leaves_the_scope_between_portions_is_not_in_the_file(
    world: World, bulk: Bulk, steps: Steps, client_of: ClientOf, monkeypatch
) -> None:
    monkeypatch.setattr("schema.bulk.exports.SIZES", (1,))
    await steps.open_list()
    for number in range(3):
        await steps.propose("court", title=f'"事项{number}"')
    police = await client_of("county.police")
    asked = await bulk.ask(police, "{ doubleListItems { nodes { title } } }")
    export, left = bulk.runner()._export, []

    async def leaving(query, principal, after, at):
        portion = await export(query, principal, after, at)
        if not left:
            left.append(portion.lines)
            async with world.sessions.system("test") as session:
                await session.execute(
                    text("delete from double_list_item_party where organization_id = :unit"),
                    {"unit": world.organizations["county.police"]},
                )
        return portion

    assert await bulk.work(leaving)
    done = await bulk.state(police, asked)
    assert (done["status"], done["rowCount"]) == ("COMPLETED", 1)
    assert (await bulk.get(done["url"])).content == left[0]


async def test_more_rights_than_before_do_no_harm(world: World, bulk: Bulk, client_of: ClientOf, items) -> None:
    police = await client_of("county.police")
    done = await bulk.done(police, ITEMS)
    async with world.sessions.system("test") as session:
        await session.execute(
            text(
                "insert into organization_superior (organization_id, superior_id, kind, depth) "
                "values (:below, :unit, 'BUSINESS', 1)"
            ),
            {"below": world.organizations["county.civil"], "unit": world.organizations["county.police"]},
        )
    assert (await bulk.get(done["url"])).status_code == 200
