"""What every measurement runs on: an embedded server of its own, filled, one client, and the servers to compare."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bench import peer
from bench.double_lists import Volume, fill, raise_alerts, unit_id
from bench.load import Load
from bench.operations import HUB, PEER_FUNCTIONS, POSTGRAPHILE, Item
from bench.processes import access_token, asked_once, free_port, postmaster, process
from bench.setting import CLIENT, UNIT, caller
from hub.auth.clients import create_client
from hub.config import Settings
from hub.db.migrate import prepare
from hub.db.target import DatabaseTarget
from hub.installation import database_of
from hub.runtime import Runtime
from hub.secrets import load_secrets

ISSUER = "http://127.0.0.1:8100"
CACHE = Path(".hub/bench/postgraphile")
POINTS = 50
QUOTA = {"HUB_QUOTA_CAPACITY": "1000000000", "HUB_QUOTA_RESTORE_RATE": "1000000"}
"""On, and never spent: one client sends everything."""
HUB_APPS = {"hub": "hub.app:build_app", "no pass-through": "bench.serve:build_without_pass_through"}
LIMIT, PEER = "limit", "postgraphile"


@dataclass(slots=True)
class World:
    home: Path
    target: DatabaseTarget
    secret: str
    items: list[Item]
    postmaster: int
    servers: dict[str, tuple[int, int]] = field(default_factory=dict)
    _peer_ids: list[str] = field(default_factory=list)

    def load(self, server: str, operation: str, *, connections: int, seconds: float, rate: float = 0.0) -> Load:
        port, _ = self.servers[server]
        path, headers = "/graphql", {"content-type": "application/json", "accept": "application/json"}
        if server in HUB_APPS:
            token = access_token(port, CLIENT, self.secret)
            headers |= {"authorization": f"Bearer {token}"}
        return Load(port, path, headers, self._bodies(server, operation), connections, seconds, rate)

    def _bodies(self, server: str, operation: str) -> list[str]:
        point = operation == "point by node id"
        if server == LIMIT:
            keys = [str(item.key) for item in self.items] if point else [None]
            return [json.dumps({"operation": operation, "key": key}) for key in keys]
        query = (POSTGRAPHILE if server == PEER else HUB).get(operation, operation)
        if not point:
            return [json.dumps({"query": query})]
        ids = self._ids_of_peer() if server == PEER else [item.node_id for item in self.items]
        return [json.dumps({"query": query, "variables": {"id": each}}) for each in ids]

    def _ids_of_peer(self) -> list[str]:
        """PostGraphile makes node ids of its own form."""
        if not self._peer_ids:
            for item in self.items:
                query = f'{{ found: allDoubleListItems(condition: {{rowId: "{item.key}"}}) {{ nodes {{ id }} }} }}'
                load = Load(self.servers[PEER][0], "/graphql", {"content-type": "application/json"}, [], 1, 1)
                answer = asked_once(load, json.dumps({"query": query}))
                self._peer_ids.append(answer["data"]["found"]["nodes"][0]["id"])
        return self._peer_ids


@contextmanager
def world(volume: Volume, *, alerts: int) -> Iterator[World]:
    """A filled database and a client; no server yet."""
    with tempfile.TemporaryDirectory(prefix="hub-bench-") as folder:
        settings = Settings(home=Path(folder), _env_file=None)
        secrets = load_secrets(settings)
        with database_of(settings, secrets) as target:
            secret, items = asyncio.run(_filled(settings, target, volume, alerts))
            yield World(Path(folder), target, secret, items, postmaster(Path(folder)))


async def _filled(settings: Settings, target: DatabaseTarget, volume: Volume, alerts: int) -> tuple[str, list[Item]]:
    await prepare(target)
    owner = create_async_engine(target.url())
    await fill(owner, volume)
    await raise_alerts(owner, present=0, wanted=alerts)
    async with owner.begin() as connection:
        for statement in PEER_FUNCTIONS:
            await connection.execute(text(statement))
        own = text("select item_id from double_list_item_party where organization_id = :own order by item_id limit :n")
        keys = await connection.scalars(own, {"own": unit_id(UNIT), "n": POINTS})
        items = [Item(key) for key in keys]
    await owner.dispose()
    keyring = load_secrets(settings).keyring
    async with (
        Runtime.open(settings, target, keyring, name="bench") as runtime,
        runtime.sessions.system("bench") as session,
    ):
        issued = await create_client(
            session,
            client_id=CLIENT,
            organization_id=unit_id(UNIT),
            name="bench",
            scopes=sorted(caller().scopes),
            at=runtime.clock(),
        )
    assert issued.secret is not None
    return issued.secret, items


@contextmanager
def servers(given: World, *names: str) -> Iterator[None]:
    """Start the named servers over the world; PostGraphile is left out where it cannot be had."""
    with ExitStack() as stack:
        for name in names:
            if name == PEER:
                folder = peer.installed(CACHE.resolve())
                if folder is not None:
                    found = stack.enter_context(peer.postgraphile(folder, given.target, Settings().database_pool))
                    given.servers[name] = found
                continue
            port = free_port()
            environment = {"HUB_HOME": str(given.home), "HUB_PORT": str(port), "HUB_ISSUER": ISSUER, **QUOTA}
            factory = HUB_APPS.get(name, "bench.limit:build_limit")
            command = [sys.executable, "-m", "bench.serve", factory]
            pid = stack.enter_context(process(command, port, environment, given.home / f"{name}.log"))
            given.servers[name] = (port, pid)
        yield
        given.servers.clear()


def add_alerts(given: World, present: int, wanted: int) -> None:
    async def add() -> None:
        owner = create_async_engine(given.target.url())
        await raise_alerts(owner, present=present, wanted=wanted)
        await owner.dispose()

    asyncio.run(add())
