"""The session door: scope is transaction-local, whatever ends the transaction."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from hub.access.coverage import row_scope
from hub.core.ids import new_id
from hub.core.principal import Function, Principal, RoleName
from hub.db.engine import open_engine
from hub.db.session import Sessions
from hub.db.target import DatabaseRole

OFFICE = Principal(
    subject="office",
    organization_id=UUID(int=7),
    functions=(Function(RoleName.JOINT_MEETING_OFFICE, "410000/410800/410825/"),),
)


async def settings(connection) -> set[str]:
    names = ("subject", "organization", "reads_double_list", "writes_double_list", "superior")
    found = [await connection.scalar(text(f"select current_setting('hub.{name}', true)")) for name in names]
    return {value for value in found if value}


@pytest.fixture
async def narrow(database):
    """A door over a pool of one connection, so that whatever leaks is met by the next user."""
    app = open_engine(database.url(DatabaseRole.APP), pool_size=1, name="narrow")
    yield Sessions(app, app, row_scope), app
    await app.dispose()


async def test_scope_is_set_inside_the_transaction(sessions):
    async with sessions.read(OFFICE) as session:
        assert await settings(session) == {"office", str(UUID(int=7)), "410000/410800/410825/"}


async def test_nothing_set_means_no_rows(sessions, engines):
    async with sessions.system("test") as session:
        await session.execute(
            text(
                "insert into jurisdiction (id, code, name, short_name, level, tenant_id, path)"
                " values (:id, '410825', '温县', '温县', 'COUNTY', :id, '410825/')"
            ),
            {"id": new_id()},
        )
    async with engines[DatabaseRole.APP].connect() as connection:
        assert await connection.scalar(text("select count(*) from jurisdiction")) == 0
    async with sessions.read(OFFICE) as session:
        assert await session.scalar(text("select count(*) from jurisdiction")) == 1


async def test_scope_ends_with_the_transaction_however_it_ends(narrow):
    door, app = narrow
    async with door.write(OFFICE):
        pass
    async with app.connect() as connection:
        assert await settings(connection) == set()

    with pytest.raises(ZeroDivisionError):
        async with door.write(OFFICE):
            raise ZeroDivisionError
    async with app.connect() as connection:
        assert await settings(connection) == set()

    async def sleeper():
        async with door.write(OFFICE) as session:
            await session.execute(text("select pg_sleep(30)"))

    task = asyncio.create_task(sleeper())
    await asyncio.sleep(0.3)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with app.connect() as connection:
        assert await settings(connection) == set()


async def test_a_killed_connection_leaves_no_scope_behind(narrow, engines):
    door, app = narrow
    with pytest.raises(DBAPIError):
        async with door.write(OFFICE) as session:
            pid = await session.scalar(text("select pg_backend_pid()"))
            async with engines[DatabaseRole.APP].connect() as other:
                await other.execute(text("select pg_terminate_backend(:pid)"), {"pid": pid})
            await session.execute(text("select 1"))
    async with app.connect() as connection:
        assert await settings(connection) == set()


async def test_reading_transactions_cannot_write(sessions):
    with pytest.raises(DBAPIError):
        async with sessions.read(OFFICE) as session:
            await session.execute(text("update organization set name = 'x'"))
