"""A restored database is another one: what was told before is not gone on from, and nothing new is missed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
from sqlalchemy import text

from hub.access.coverage import row_scope
from hub.core.ids import decode_node_id
from hub.db.embedded import EmbeddedServer
from hub.db.engine import open_engine
from hub.db.session import Sessions
from hub.db.target import DatabaseRole, DatabaseTarget
from hub.events.positions import Position, read_after
from tests.schema.subscriptions.conftest import Served
from tests.schema.subscriptions.test_what_is_heard import announced, listening
from tests.support.restoring import dump, restore

SPENT = "do $$ begin for n in 1..3000 loop perform pg_current_xact_id(); commit; end loop; end $$"


@pytest.fixture(params=["another cluster", "the same cluster"])
async def elsewhere(request, database: DatabaseTarget, tmp_path) -> AsyncIterator[DatabaseTarget]:
    """Where the backup is restored to."""
    if request.param == "the same cluster":
        yield replace(database, database=f"{database.database}_restored")
        return
    server = EmbeddedServer(tmp_path / "home", tcp_port=0, durable=False)
    address = server.acquire()
    try:
        yield replace(
            database,
            host=str(address.socket_directory),
            port=address.port,
            admin=address.superuser,
            admin_password=address.password,
        )
    finally:
        server.release()


async def opened(stack: AsyncExitStack, target: DatabaseTarget) -> Sessions:
    roles = (DatabaseRole.APP, DatabaseRole.SYSTEM)
    engines = [open_engine(target.url(role), pool_size=4, name="restored") for role in roles]
    for engine in engines:
        stack.push_async_callback(engine.dispose)
    sessions = Sessions(*engines, row_scope)
    stack.push_async_callback(sessions.aclose)
    return sessions


async def test_a_cursor_of_before_is_too_old_and_what_happens_after_is_heard_whole(
    elsewhere, serve: Served, world, steps, token_of, database, admin, tmp_path, request
) -> None:
    async with admin.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text(SPENT))
    before = await serve()
    item = await steps.propose("court", cooperating=("police",))
    token = await token_of("county.police")
    async with before.socket(token) as police:
        await listening(before, police)
        await announced(world, item["id"], "before")
        cursor = (await police.update())["cursor"]
    dump(database, tmp_path / "backup")
    await restore(elsewhere, tmp_path / "backup")
    async with AsyncExitStack() as stack:
        world.sessions = await opened(stack, elsewhere)
        after = await serve()
        async with after.socket(token) as police:
            await police.subscribe(after=cursor)
            message = await police.hear()
            assert (message["type"], message["payload"][0]["extensions"]["code"]) == ("error", "CURSOR_TOO_OLD")
            await listening(after, police, key="2")
            await announced(world, item["id"], "after")
            told = await police.update()
            assert (told["id"], told["event"]) == (item["id"], "after")
        async with after.socket(token) as police:
            await announced(world, item["id"], "later")
            await police.subscribe(after=told["cursor"])
            assert (await police.update())["event"] == "later"
            await police.subscribe(key="2", after=cursor)
            message = await police.hear()
            assert message["payload"][0]["extensions"]["code"] == "CURSOR_TOO_OLD", "also once events have followed"
        async with world.sessions.system("test") as session:
            told = await read_after(session, Position(0, 0, 0), limit=100)
            names = [each.type.removeprefix("doublelistitem.") for each in told]
            assert names[-3:] == ["before", "after", "later"], "old and new, in the order of their epochs"
            places = [each.position for each in told]
            assert places == sorted(places)
            epochs = [each.position.epoch for each in told[-3:]]
            assert epochs == [epochs[0], epochs[0] + 1, epochs[0] + 1]
        assert {str(each.object_id) for each in told[-3:]} == {str(decode_node_id(item["id"])[1])}
        if "another" in request.node.name:
            assert places[-1].transaction < places[-3].transaction, "the other cluster counts from anew"
        await after.runtime.connections.aclose()
