"""Messages of a client in the log, through the real endpoint, and the job that seals them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from hub.db.target import DatabaseRole
from hub.evidence.inspection import inspect_log
from hub.evidence.sealing import seal_pending
from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support.client import ClientOf
from tests.support.world import World

Sealer = Callable[[], Awaitable[int]]


@pytest.fixture
async def exchanged(world: World, client_of: ClientOf) -> Steps:
    """A dozen changes sent by several clients."""
    steps = Steps(world, client_of)
    item = await steps.running()
    await steps.item("court", item, "report", '{text: "进展", progressPercent: 40}')
    return steps


@pytest.fixture
def seal(runtime: Runtime) -> Sealer:
    async def run() -> int:
        async with runtime.sessions.system("test") as session:
            return await seal_pending(session, runtime.keyring, at=runtime.clock())

    return run


@pytest.fixture
def inspect(runtime: Runtime) -> Callable[[], Awaitable[list[str]]]:
    """What the inspection finds, as ``CODE:sequence``."""

    async def run() -> list[str]:
        async with runtime.sessions.system("test") as session:
            found = await inspect_log(session)
        return [f"{each.code}:{each.params.get('sequence', '')}" for each in found.reasons]

    return run


@pytest.fixture
def tamper(engines: dict[DatabaseRole, AsyncEngine]) -> Callable[..., Awaitable[None]]:
    """What an administrator of the database could do: the guards are off while it happens."""

    async def run(*statements: str) -> None:
        async with engines[DatabaseRole.OWNER].begin() as connection:
            tables = ("exchange_entry", "exchange_link", "exchange_seal")
            for table in tables:
                await connection.execute(text(f"alter table {table} disable trigger forbid_change"))
            for statement in statements:
                await connection.execute(text(statement))
            for table in tables:
                await connection.execute(text(f"alter table {table} enable trigger forbid_change"))

    return run
