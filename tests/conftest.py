"""One server and migrated template per worker; tables are emptied after every test that wrote."""

from __future__ import annotations

import asyncio
import gc
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from uuid import uuid4

import argon2
import asyncpg
import httpx
import hypothesis
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from hub.access.coverage import row_scope
from hub.app import app_of
from hub.auth import client_secrets
from hub.auth.clients import create_client
from hub.config import Settings
from hub.core.keyring import KeyRing
from hub.core.principal import RoleName
from hub.db.embedded import EmbeddedServer
from hub.db.engine import open_engine
from hub.db.migrate import prepare
from hub.db.session import Sessions
from hub.db.target import DatabaseRole, DatabaseTarget
from hub.runtime import Runtime
from tests.support.client import ISSUER, Client, ClientOf
from tests.support.clock import MovableClock
from tests.support.demonstration import DemoHome, demo_homes
from tests.support.documents import published
from tests.support.emptying import Emptying
from tests.support.world import World, build_world

hypothesis.strategies.randoms()
"""Imported before there is garbage: where a collection ends a greenlet meanwhile, CPython 3.11 fails to compile."""
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
TEMPLATE = "hub_template"
NOT_PROVEN = "NOT PROVEN"
PASSWORDS = {role: f"test-{role.value}" for role in DatabaseRole}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_collection_finish() -> None:
    """What was imported is nobody's garbage: it need not be looked through again and again."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What a run has left unproven is said at its end, whatever its verbosity."""
    for report in terminalreporter.stats.get("skipped", []):
        if NOT_PROVEN in str(report.longrepr):
            terminalreporter.write_line(str(report.longrepr[2]), red=True, bold=True)
            break


@pytest.fixture(scope="session")
def server_target() -> Iterator[DatabaseTarget]:
    """Address of the worker's own server, with a migrated template database.

    Events wait for every transaction of their server: those of another worker would hold up this one's tests.
    """
    home = Path(tempfile.gettempdir()) / f"hub-tests-{RUN}-{WORKER}"
    home.mkdir(mode=0o700, exist_ok=True)
    server = EmbeddedServer(home, tcp_port=0, durable=False)
    address = server.acquire()
    try:
        yield DatabaseTarget(
            host=str(address.socket_directory),
            port=address.port,
            database=TEMPLATE,
            admin=address.superuser,
            admin_password=address.password,
            passwords=PASSWORDS,
        )
    finally:
        server.release()


@pytest.fixture(scope="session")
def database(server_target: DatabaseTarget) -> DatabaseTarget:
    """A database of this worker alone, cloned from the migrated template."""
    return asyncio.run(_clone(server_target, f"hub_{WORKER}"))


async def _clone(target: DatabaseTarget, name: str) -> DatabaseTarget:
    admin = await asyncpg.connect(
        host=target.host, port=target.port, user=target.admin, password=target.admin_password, database="postgres"
    )
    try:
        await admin.execute("select pg_advisory_lock(815)")
        if not await admin.fetchval("select 1 from pg_database where datname = $1", TEMPLATE):
            await prepare(target)
        await admin.execute(f'drop database if exists "{name}" with (force)')
        await admin.execute(f'create database "{name}" template {TEMPLATE} owner hub_owner')
        await admin.execute(f'revoke all on database "{name}" from public')
        await admin.execute(f'grant connect on database "{name}" to hub_app, hub_system')
        await admin.execute(f'grant temporary on database "{name}" to hub_system')
    finally:
        await admin.close()
    return DatabaseTarget(
        host=target.host,
        port=target.port,
        database=name,
        admin=target.admin,
        admin_password=target.admin_password,
        passwords=target.passwords,
    )


@pytest.fixture(scope="session")
async def engines(database: DatabaseTarget) -> AsyncIterator[dict[DatabaseRole, AsyncEngine]]:
    async with AsyncExitStack() as stack:
        opened = {}
        for role in DatabaseRole:
            engine = open_engine(database.url(role), pool_size=8, name=f"test-{role.value}")
            stack.push_async_callback(engine.dispose)
            opened[role] = engine
        yield opened


@pytest.fixture
async def admin(database: DatabaseTarget) -> AsyncIterator[AsyncEngine]:
    """The superuser, who may take a row away though others point at it."""
    engine = create_async_engine(database.url())
    yield engine
    await engine.dispose()


@pytest.fixture(scope="session")
async def empty_tables(database: DatabaseTarget) -> AsyncIterator[Emptying]:
    emptying = await Emptying.of(database)
    yield emptying
    await emptying.connection.close()


@pytest.fixture
async def sessions(engines: dict[DatabaseRole, AsyncEngine], empty_tables: Emptying) -> AsyncIterator[Sessions]:
    """The session door over this worker's database; every table is empty again afterwards."""
    door = Sessions(engines[DatabaseRole.APP], engines[DatabaseRole.SYSTEM], row_scope)
    yield door
    await door.aclose()
    await empty_tables()


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> DemoHome:
    return demo_homes(tmp_path_factory)


@pytest.fixture(scope="session")
def keyring() -> KeyRing:
    return KeyRing({"k1": b"1" * 32})


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def world(sessions: Sessions, keyring: KeyRing, clock: MovableClock) -> World:
    return await build_world(sessions, keyring, clock)


@pytest.fixture
async def runtime(world: World) -> Runtime:
    """With a bucket that no test empties by the way: the clock stands still, nothing would be restored."""
    settings = Settings(issuer=ISSUER, quota_capacity=10**9, _env_file=None)
    return Runtime.over(world.sessions, settings, world.keyring, world.clock)


@pytest.fixture
async def http(runtime: Runtime) -> AsyncIterator[httpx.AsyncClient]:
    """The real ASGI app over the small world."""
    transport = httpx.ASGITransport(app_of(runtime), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ISSUER) as client:
        yield client


async def _publish(world: World, client_id: str, document: str) -> str:
    return (await published(world, document, client_id=client_id))[0]


@pytest.fixture
def cheap_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Secrets are hashed at least cost, which a check reads from the hash; the shipped one is proved in hub/auth."""
    monkeypatch.setattr(client_secrets, "_HASHER", argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
async def client_of(http: httpx.AsyncClient, world: World, cheap_secrets: None) -> ClientOf:
    """An OAuth client for a principal of the world, by its key (``county.police``), with every scope it may have."""
    made: dict[str, Client] = {}

    async def make(key: str) -> Client:
        if key not in made:
            principal = world[key]
            async with world.sessions.system("test") as session:
                created = await create_client(
                    session,
                    client_id=key,
                    organization_id=principal.organization_id,
                    name=key,
                    scopes=sorted(principal.scopes),
                    at=world.clock(),
                )
            made[key] = Client(http, created.client_id, created.secret)
            if principal.has_role(RoleName.PORTAL):
                made[key].publish = partial(_publish, world, key)
        return made[key]

    return make
