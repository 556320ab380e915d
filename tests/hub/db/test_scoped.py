"""Reads of one statement: row security sees the scope that the statement itself brings, and nothing of it stays."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from uuid import UUID

import asyncpg
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Text, cast, func, literal_column, select, text, true
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg

from hub.access.coverage import row_scope
from hub.core.areas import RowScope
from hub.db.models import DoubleListItem
from hub.db.scoped import SingleStatements, scope_values, under_scope
from hub.db.target import DatabaseRole
from tests.obligations.steps import Steps
from tests.support.client import ClientOf
from tests.support.world import World

NAMES = ("county.office", "county.police", "county.audit", "neighbour.court", "city.police")


@pytest.fixture
async def filled(world: World, client_of: ClientOf) -> World:
    steps = Steps(world, client_of)
    await steps.running()
    await steps.propose("finance", lead="finance", cooperating=("civil",))
    return world


@pytest.fixture
async def one_connection(database):
    """Whatever a statement left behind would be met by the next one."""
    reads = SingleStatements(database.url(DatabaseRole.APP), pool_size=1, name="one")
    yield reads
    await reads.aclose()


def written(value) -> tuple[str, list[str]]:
    compiled = under_scope(func.to_json(value)).compile(
        dialect=PGDialect_asyncpg(), compile_kwargs={"render_postcompile": True}
    )
    return compiled.string, list(compiled.positiontup or ())


async def ask(reads: SingleStatements, value, scope: RowScope) -> str | None:
    sql, names = written(value)
    values = scope_values(scope)
    return orjson.loads(await reads.fetch(sql, [values[name] for name in names]) or "null")


def visible():
    return cast(select(func.string_agg(cast(DoubleListItem.id, Text), literal_column("','"))).scalar_subquery(), Text)


async def test_each_statement_sees_just_what_a_transaction_of_its_caller_sees(
    filled: World, one_connection: SingleStatements
) -> None:
    world = filled

    async def through_the_door(name: str) -> set[str]:
        async with world.sessions.read(world[name]) as session:
            return {str(each) for each in await session.scalars(select(DoubleListItem.id))}

    expected = {name: await through_the_door(name) for name in NAMES}
    assert len({frozenset(each) for each in expected.values()}) > 2
    orders: list[list[str]] = []

    @settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.sampled_from(NAMES), min_size=4, max_size=8))
    def gather(order: list[str]) -> None:
        orders.append(order)

    gather()
    for name in (name for order in orders for name in order):
        answer = await ask(one_connection, visible(), row_scope(world[name]))
        assert set((answer or "").split(",")) - {""} == expected[name], name


async def test_without_the_scope_there_are_no_rows(filled: World, one_connection: SingleStatements) -> None:
    world = filled
    assert await ask(one_connection, visible(), row_scope(world["county.office"]))
    bare = "select count(*)::text from double_list_item"
    assert await one_connection.fetch(bare, ()) == "0"
    nobody = replace(row_scope(world["county.office"]), subject="", organization_id=None, reads={}, writes={})
    assert await ask(one_connection, visible(), nobody) is None


async def test_nothing_of_a_caller_stays_after_an_answer_an_error_or_a_cancelled_statement(
    world: World, one_connection: SingleStatements
) -> None:
    office = row_scope(world["county.office"])
    left = "select coalesce(nullif(current_setting('hub.subject', true), ''), 'nobody')"
    await ask(one_connection, visible(), office)
    assert await one_connection.fetch(left, ()) == "nobody"

    with pytest.raises(asyncpg.PostgresError):
        await ask(one_connection, literal_column("(1 / 0)::text"), office)
    assert await one_connection.fetch(left, ()) == "nobody"

    sleeping = asyncio.create_task(ask(one_connection, cast(func.pg_sleep(literal_column("30")), Text), office))
    await asyncio.sleep(0.3)
    sleeping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sleeping
    assert await one_connection.fetch(left, ()) == "nobody"


async def test_the_scope_is_known_before_any_policy_asks(world: World, one_connection: SingleStatements) -> None:
    """The read of the settings by the answer itself shows that the step before it has run."""
    scope = row_scope(world["county.police"])
    told = func.current_setting(literal_column("'hub.organization'"), true())
    assert await ask(one_connection, told, scope) == str(UUID(str(world.organizations["county.police"])))


async def test_scoped_reads_cannot_write(world: World, one_connection: SingleStatements) -> None:
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        await one_connection.fetch("update organization set name = 'x' returning 'x'", ())
    async with world.sessions.read(world["county.office"]) as session:
        assert not await session.scalar(text("select count(*) from organization where name = 'x'"))


async def test_more_readers_than_connections_are_all_answered(world: World, one_connection: SingleStatements) -> None:
    names = list(world.organizations)[:8]
    told = func.current_setting(literal_column("'hub.organization'"), true())
    answers = await asyncio.gather(*(ask(one_connection, told, row_scope(world[name])) for name in names))
    assert answers == [str(world.organizations[name]) for name in names]


async def test_a_reader_that_gives_up_while_it_waits_takes_no_connection_with_it(
    world: World, one_connection: SingleStatements
) -> None:
    office = row_scope(world["county.office"])
    readers: list[asyncio.Task[str | None]] = []

    async def first() -> None:
        await ask(one_connection, visible(), office)
        # No turn of the loop since the connection was handed to the next one.
        for reader in readers[:18]:
            reader.cancel()

    reading = asyncio.create_task(first())
    await asyncio.sleep(0)
    readers += [asyncio.create_task(ask(one_connection, visible(), office)) for _ in range(19)]
    await reading
    found = await asyncio.gather(*readers, return_exceptions=True)
    assert all(isinstance(each, asyncio.CancelledError) for each in found[:18])
    assert found[18] is None


async def test_connections_that_the_server_has_ended_are_replaced(world: World, database) -> None:
    url, office = database.url(DatabaseRole.APP), row_scope(world["county.office"])
    reads, other = (SingleStatements(url, pool_size=2, name=name) for name in ("ended", "ending"))
    at_once = cast(func.pg_sleep(literal_column("0.05")), Text)
    ending = "select count(pg_terminate_backend(pid))::text from pg_stat_activity where application_name = 'ended'"
    try:
        await asyncio.gather(*(ask(reads, at_once, office) for _ in range(2)))
        assert await other.fetch(ending, ()) == "2"
        await asyncio.sleep(0.1)
        told = func.current_setting(literal_column("'hub.organization'"), true())
        found = await asyncio.gather(*(ask(reads, told, office) for _ in range(4)))
        assert found == [str(world.organizations["county.office"])] * 4
    finally:
        await reads.aclose()
        await other.aclose()
