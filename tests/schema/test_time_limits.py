"""Time has limits: slow statements, exhausted pools and clients that went away get a code, and free what they held."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import httpx
import pytest
from granian.constants import Interfaces
from granian.server.embed import Server
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from hub.access.coverage import row_scope
from hub.app import app_of
from hub.db.engine import TimeLimits, open_engine
from hub.db.scoped import SingleStatements
from hub.db.session import Sessions
from hub.db.target import DatabaseRole, DatabaseTarget
from hub.runtime import Runtime
from schema.build import build_schema
from schema.execution import Asked, Executor
from tests.hub.cli.test_installation import free_port
from tests.support.client import ClientOf
from tests.support.world import World

ITEMS = "{ viewer { clientId } doubleListItems { nodes { id } } }"
VIEWER = "{ viewer { clientId } }"
LIMITS = TimeLimits(statement=0.3, pool_wait=0.3)


@contextlib.asynccontextmanager
async def locked(engines: dict[DatabaseRole, AsyncEngine], table: str = "double_list_item") -> AsyncIterator[None]:
    """Nobody reads the table meanwhile: a statement that asks for it waits."""
    async with engines[DatabaseRole.OWNER].connect() as connection:
        await connection.execute(text(f"lock table {table} in access exclusive mode"))
        yield
        await connection.rollback()


@pytest.fixture
async def hasty(world: World, runtime: Runtime, database: DatabaseTarget) -> AsyncIterator[Runtime]:
    """One connection for each kind of work, and little patience."""
    app = open_engine(database.url(DatabaseRole.APP), pool_size=1, name="hasty", limits=LIMITS)
    system = open_engine(database.url(DatabaseRole.SYSTEM), pool_size=2, name="hasty-system")
    door = Sessions(app, system, row_scope, pool_size=1, limits=LIMITS)
    yield Runtime.over(door, runtime.settings, runtime.keyring, runtime.clock)
    await door.aclose()
    await app.dispose()
    await system.dispose()


@pytest.mark.parametrize("pass_through", [True, False])
async def test_a_slow_statement_is_stopped_and_told_by_code(world: World, hasty, engines, pass_through: bool) -> None:
    executor = Executor(build_schema(), hasty, pass_through=pass_through)
    async with locked(engines):
        answer = await executor.run(Asked(ITEMS), world["county.police"])
    assert {error["extensions"]["code"] for error in answer.errors} == {"TIMEOUT"}
    assert (answer.executed, answer.data, answer.status) == (True, None, None)
    assert not (await executor.run(Asked(ITEMS), world["county.police"])).errors


@contextlib.asynccontextmanager
async def lent(reads: SingleStatements) -> AsyncIterator[None]:
    """A connection is in somebody's hands meanwhile."""
    connection = reads._at_hand() or await reads._take()
    yield
    reads._keep(connection)


@pytest.mark.parametrize("pass_through", [True, False])
async def test_no_free_connection_is_503_with_retry_after_and_costs_nothing(
    world: World, hasty: Runtime, engines, pass_through: bool
) -> None:
    executor = Executor(build_schema(), hasty, pass_through=pass_through)
    before = await executor.run(Asked(VIEWER), world["county.police"])
    held = lent(hasty.sessions.scoped) if pass_through else hasty.sessions.read(world["county.police"])
    async with held as session:
        if session is not None:
            await session.connection()
        answer = await executor.run(Asked(ITEMS), world["county.police"])
    assert answer.errors[0]["extensions"]["code"] == "BUSY"
    assert (answer.status, answer.retry_after, answer.executed) == (503, 1, False)
    assert answer.charge.actual == 0
    after = await executor.run(Asked(VIEWER), world["county.police"])
    assert after.charge.level.available == before.charge.level.available - 1


@pytest.fixture
async def served(runtime: Runtime) -> AsyncIterator[str]:
    """The app behind the server of the product, on a socket."""
    port = free_port()
    server = Server(app_of(runtime), port=port, interface=Interfaces.ASGINL, log_enabled=False)
    serving = asyncio.create_task(server.serve())
    async with httpx.AsyncClient() as http:
        async with asyncio.timeout(20):
            while True:
                with contextlib.suppress(httpx.TransportError):
                    await http.get(f"http://127.0.0.1:{port}/healthz")
                    break
                await asyncio.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.stop()
    await serving


async def waiting(engines: dict[DatabaseRole, AsyncEngine]) -> int:
    """Statements that wait for a lock."""
    async with engines[DatabaseRole.OWNER].connect() as connection:
        query = "select count(*) from pg_locks where not granted"
        return int(await connection.scalar(text(query)) or 0)


async def until(engines: dict[DatabaseRole, AsyncEngine], number: int) -> None:
    async with asyncio.timeout(10):
        while await waiting(engines) != number:  # noqa: ASYNC110 - the database has no event for it
            await asyncio.sleep(0.02)


@pytest.mark.parametrize(
    "query", [ITEMS, ITEMS.replace("{ viewer", "{ x: policyPacks { nodes { parameters { key } } } viewer")]
)
async def test_the_sql_of_a_client_that_went_away_is_stopped(
    served: str, engines, client_of: ClientOf, world: World, query: str
) -> None:
    office = await client_of("county.office")
    headers = {"authorization": f"Bearer {await office.authorize()}"}
    async with httpx.AsyncClient(base_url=served, headers=headers) as http:
        assert "errors" not in (await http.post("/graphql", json={"query": query})).json()
        async with locked(engines):
            with pytest.raises(httpx.ReadTimeout):
                asked = asyncio.create_task(http.post("/graphql", json={"query": query}, timeout=1.5))
                await until(engines, 1)
                await asked
            await until(engines, 0)
        answers = await asyncio.gather(*(http.post("/graphql", json={"query": query}) for _ in range(12)))
        assert all("errors" not in answer.json() for answer in answers)
