"""``make soak``: both executors compared on as many generated operations as asked for, in a database of its own.

``python -m tests.soak --count 1000000 --seed 7``: prints progress, stops at the first difference and prints the
smallest operation found that still differs; the same seed and size run the same operations.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

from hub.access.coverage import row_scope
from hub.config import Settings
from hub.core.keyring import KeyRing
from hub.db.embedded import EmbeddedServer
from hub.db.engine import open_engine
from hub.db.migrate import prepare
from hub.db.session import Sessions
from hub.db.target import DatabaseRole, DatabaseTarget
from hub.runtime import Runtime
from tests.support.clock import MovableClock
from tests.support.operations import OTHERS
from tests.support.soaking import Soak, filled
from tests.support.world import build_world

EVERY = 1_000


def main() -> int:
    parser = argparse.ArgumentParser(description="compare both executors on generated operations")
    parser.add_argument("--count", type=int, default=1_000_000, help="comparisons (1,000,000)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="seed of world and operations (the clock)")
    parser.add_argument("--size", type=int, default=8, help="rows of each kind in each county (8)")
    parser.add_argument("--others", type=int, default=OTHERS, help=f"further variables for each document ({OTHERS})")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hub-soak-") as home:
        server = EmbeddedServer(Path(home), tcp_port=0, durable=False)
        address = server.acquire()
        try:
            target = DatabaseTarget(
                host=str(address.socket_directory),
                port=address.port,
                database="soak",
                admin=address.superuser,
                admin_password=address.password,
                passwords={role: f"soak-{role.value}" for role in DatabaseRole},
            )
            return asyncio.run(_soak(target, given))
        finally:
            server.release()


async def _soak(target: DatabaseTarget, given: argparse.Namespace) -> int:
    await prepare(target)
    async with AsyncExitStack() as stack:
        engines = {}
        for role in DatabaseRole:
            engines[role] = open_engine(target.url(role), pool_size=4, name=f"soak-{role.value}")
            stack.push_async_callback(engines[role].dispose)
        sessions = Sessions(engines[DatabaseRole.APP], engines[DatabaseRole.SYSTEM], row_scope)
        stack.push_async_callback(sessions.aclose)
        world = await build_world(sessions, KeyRing({"k1": b"1" * 32}), MovableClock())
        runtime = Runtime.over(sessions, Settings(quota_capacity=10**9, _env_file=None), world.keyring, world.clock)
        owner = engines[DatabaseRole.OWNER]
        content = await stack.enter_async_context(filled(world, owner, given.seed, given.size))
        soak = Soak(world, content, runtime, owner, others=given.others)
        return await _compare(soak, given.seed, given.count)


async def _compare(soak: Soak, seed: int, count: int) -> int:
    started, done = time.monotonic(), 0
    async for difference in soak.run(seed, count):
        done += 1
        if difference is not None:
            print(f"seed {seed}, comparison {done}: the answers differ\n{difference}", flush=True)
            return 1
        if done % EVERY == 0 or done == count:
            counts = ", ".join(f"{number} {name}" for name, number in soak.comparison.counts.items())
            print(f"seed {seed}: {counts}; {done / (time.monotonic() - started):.0f}/s", flush=True)
    return 0


sys.exit(main())
