"""What the bench compares must be the same answer, or its ratios mean nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import orjson
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bench.double_lists import Volume, fill, raise_alerts, unit_id
from bench.operations import HUB, OPERATIONS, Item, canonical, hand_written
from bench.setting import UNIT, caller
from hub.access.coverage import row_scope
from hub.config import Settings
from hub.core.keyring import KeyRing
from hub.db.session import Sessions
from hub.db.target import DatabaseRole, DatabaseTarget
from hub.runtime import Runtime
from schema.build import build_schema
from schema.execution import Asked, Executor
from tests.support.client import ISSUER
from tests.support.clock import MovableClock

POINT = "point by node id"


@pytest.fixture
async def filled(
    sessions: Sessions, database: DatabaseTarget, keyring: KeyRing, clock: MovableClock
) -> AsyncIterator[tuple[Executor, asyncpg.Connection, Item]]:
    admin = create_async_engine(database.url())
    await fill(admin, Volume(items=2_000))
    await raise_alerts(admin, present=0, wanted=10_500)
    async with admin.connect() as connection:
        own = text("select item_id from double_list_item_party where organization_id = :own order by item_id limit 1")
        item = Item(await connection.scalar(own, {"own": unit_id(UNIT)}))
    await admin.dispose()
    runtime = Runtime.over(sessions, Settings(issuer=ISSUER, _env_file=None), keyring, clock)
    serving = await asyncpg.connect(
        host=database.host,
        port=database.port,
        database=database.database,
        user=DatabaseRole.APP.value,
        password=database.passwords[DatabaseRole.APP],
        server_settings={"timezone": "Asia/Shanghai"},
    )
    yield Executor(build_schema(), runtime), serving, item
    await serving.close()


async def by_hand(serving: asyncpg.Connection, operation: str, item: Item, settings: dict[str, str]) -> object:
    own = (unit_id(UNIT), item.key) if operation == POINT else (unit_id(UNIT),)
    answer = await serving.fetchval(hand_written(operation), list(settings), list(settings.values()), *own)
    return canonical(orjson.loads(answer))


async def test_the_hub_answers_what_the_hand_written_statement_answers(
    filled: tuple[Executor, asyncpg.Connection, Item],
) -> None:
    executor, serving, item = filled
    settings = row_scope(caller()).told()
    for operation in OPERATIONS:
        variables = {"id": item.node_id} if operation == POINT else None
        answer = await executor.run(Asked(HUB[operation], variables), caller())
        assert not answer.errors
        hub = canonical(orjson.loads(answer.content())["data"])
        assert hub == await by_hand(serving, operation, item, settings), operation
        assert str(hub).count("'id'") >= {"totalCount of own rows": 0, POINT: 2}.get(operation, 30), operation


async def test_the_hand_written_statement_is_under_row_security(
    filled: tuple[Executor, asyncpg.Connection, Item],
) -> None:
    _, serving, item = filled
    nobody = dict.fromkeys(row_scope(caller()).settings(), "")
    assert await by_hand(serving, POINT, item, nobody) == {"node": None}
    assert await by_hand(serving, "totalCount of own rows", item, nobody) == {"doubleListItems": {"totalCount": 0}}
