"""``python -m bench.queries``: what execution queries cost where many stand open, and how soon an answer is seen.

One request to twelve sandbox holders over sockets, platform and ferry, with the worker's own rounds: from when the
first answer lies there until the officer sees it through GraphQL. Ten thousand open requests: CPU of a run of the
scheduler and of a round of collecting, this process and the database. A page of results beside the same page whose
reading is not put on record, in turns. Writes ``bench/results/queries.json``, with the load of the last quarter of an
hour: seconds of CPU bear company, seconds on the clock do not.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import httpx
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bench.processes import cpu_seconds, postmaster
from connectors.kit.keyed import Instants
from connectors.sandbox.holders.street import HolderStreet
from hub import channels
from hub.app import app_of
from hub.auth.clients import create_client
from hub.config import DeliverySettings, Settings
from hub.core.ids import decode_node_id, encode_node_id
from hub.db import models
from hub.db.migrate import prepare
from hub.http.logs import configure_logs
from hub.inquiry import reading
from hub.inquiry.watching import watch_queries
from hub.installation import database_of
from hub.runtime import Runtime
from hub.secrets import load_secrets
from hub.worker import delivering
from tests.obligations.test_holders_with_systems import ASKS
from tests.support.client import ISSUER, Client
from tests.support.clock import MovableClock
from tests.support.holding import Holding
from tests.support.inquiry import ASKER, LEADER, Inquiry
from tests.support.world import build_world

OPEN, OVERDUE = 10_000, 1_000
FANS, RUNS, PAGES, BLOCKS = 5, 10, 12, 9
SCHEDULE_SECONDS = 60
QUIET = 0.1
"""Seconds of CPU that a run with nothing to urge stays below, tenfold."""
RESULT = Path(__file__).parent / "results" / "queries.json"
STATUSES = "query($q: ID!) { executionQuery(id: $q) { orders { status } } }"
MANY = (
    """
    insert into execution_query
    select (jsonb_populate_record(q, jsonb_build_object('id', md5('q' || i)::uuid, 'inquiry_number', 'B' || i))).*
    from execution_query q, generate_series(1, :open) i where q.id = :query
    """,
    """
    insert into execution_order
    select (jsonb_populate_record(o, jsonb_build_object('id', md5('o' || i)::uuid, 'query_id', md5('q' || i)::uuid,
        'order_number', 'B' || i, 'due_at', o.due_at - case when i <= :overdue then interval '9 days'
            else interval '0' end, 'due_on', o.due_on - case when i <= :overdue then 9 else 0 end))).*
    from execution_order o, generate_series(1, :open) i where o.query_id = :query
    """,
    "analyze",
)


@dataclass(frozen=True, slots=True)
class Setting:
    inquiry: Inquiry
    street: HolderStreet
    holding: Holding
    owner: AsyncEngine
    postmaster: int

    def cpu(self) -> tuple[float, float]:
        """Seconds of this process, and of the database."""
        return time.process_time(), cpu_seconds(self.postmaster)


def main() -> None:
    configure_logs("error")
    found = asyncio.run(_measured())
    RESULT.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=1, ensure_ascii=False))


async def _measured() -> dict[str, Any]:
    async with _setting() as setting:
        return {
            "fan-out": await _fan_out(setting),
            "page": await _page(setting),
            "open": await _open(setting),
            "load_average": round(os.getloadavg()[2], 1),
        }


@asynccontextmanager
async def _setting() -> AsyncIterator[Setting]:
    """A court, twelve holders, and the real app over a database of its own."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hub-bench-")))
        delivery = DeliverySettings(networks=("127.0.0.1/32",), plain_http=True)
        settings = Settings(
            home=folder, issuer=ISSUER, quota_capacity=10**9, delivery=delivery, holders=folder / "h", _env_file=None
        )
        secrets = load_secrets(settings)
        target = stack.enter_context(database_of(settings, secrets))
        await prepare(target)
        opened = await stack.enter_async_context(Runtime.open(settings, target, secrets.keyring, name="bench"))
        world = await build_world(opened.sessions, secrets.keyring, MovableClock())
        runtime = Runtime.over(opened.sessions, settings, secrets.keyring, world.clock)
        http = await stack.enter_async_context(
            httpx.AsyncClient(transport=httpx.ASGITransport(app_of(runtime)), base_url=ISSUER)
        )
        inquiry = Inquiry(world, _clients(world, http), runtime)
        await inquiry.prepare(folder / "ferry")
        street = stack.enter_context(HolderStreet(ferry=folder / "h", clock=world.clock))
        street.start()
        holding = Holding(inquiry, street)
        await holding.open()
        owner = create_async_engine(target.url())
        stack.push_async_callback(owner.dispose)
        yield Setting(inquiry, street, holding, owner, postmaster(folder))


def _clients(world: Any, http: httpx.AsyncClient) -> Callable[[str], Awaitable[Client]]:
    made: dict[str, Client] = {}

    async def client_of(key: str) -> Client:
        if key not in made:
            principal = world[key]
            async with world.sessions.system("bench") as session:
                issued = await create_client(
                    session,
                    client_id=key,
                    organization_id=principal.organization_id,
                    name=key,
                    scopes=sorted(principal.scopes),
                    at=world.clock(),
                )
            made[key] = Client(http, issued.client_id, issued.secret or "")
        return made[key]

    return client_of


async def _fan_out(setting: Setting) -> dict[str, Any]:
    """Seconds from an answer's lying at its holder until the officer sees it, of the first answer of each request."""
    runtime, draw = setting.inquiry.runtime, Random(1)
    stopped, holders = asyncio.Event(), setting.holding.systems
    first, whole = [], []
    async with delivering(runtime, Instants(runtime.clock), holders) as deliveries:
        collecting = channels.collecting(runtime, holders)
        work = asyncio.gather(deliveries.run(stopped), collecting.run(runtime.settings.ingest_seconds, stopped))
        for _ in range(FANS):
            for holder in setting.street.holders.values():
                holder.delay = draw.uniform(1, 12)
            seen = await _asked_once(setting, deliveries.ring)
            first.append(round(seen[0], 2))
            whole.append(round(seen[-1], 2))
        stopped.set()
        deliveries.ring()
        await work
    interval = runtime.settings.ingest_seconds
    return {"polling_interval": interval, "first_seen_after": first, "slowest_seen_after": whole}


async def _asked_once(setting: Setting, ring: Callable[[], None]) -> list[float]:
    """How long after it lay ready each answer was seen, in the order in which they were."""
    inquiry, officer = setting.inquiry, await setting.inquiry.client(ASKER)
    query = await inquiry.submit(*((f"county.{name}", kind) for name, kind in ASKS.items()))
    before = {name: set(each.asked) for name, each in setting.street.holders.items()}
    await inquiry.fire(LEADER, query, "approve")
    ring()
    seen: list[float] = []
    while len(seen) < len(ASKS):
        orders = (await officer.data(STATUSES, q=query["id"]))["executionQuery"]["orders"]
        answered = sum(each["status"] == "ANSWERED" for each in orders)
        if answered > len(seen):
            now, ready = time.monotonic(), []
            for name, holder in setting.street.holders.items():
                ready += [holder.asked_at[key] + holder.delay for key in set(holder.asked) - before[name]]
            ready.sort()
            seen += [now - ready[place] for place in range(len(seen), answered)]
        await asyncio.sleep(0.05)
    return seen


async def _page(setting: Setting) -> dict[str, Any]:
    """Milliseconds of CPU of a page of twelve answers, process and database, with and without its record."""
    inquiry = setting.inquiry
    query = (await inquiry.rows(select(models.ExecutionQuery).limit(1)))[0]
    node = {"id": encode_node_id("EQ", query.id)}
    samples: dict[str, list[float]] = {"recorded": [], "unrecorded": []}
    for turn in range(2 * BLOCKS):
        name = ("recorded", "unrecorded")[turn % 2]
        with nullcontext() if name == "recorded" else _unrecorded():
            before = sum(setting.cpu())
            for _ in range(PAGES):
                answer = await inquiry.read(ASKER, node)
                if len(answer["answers"]) != len(ASKS):
                    raise SystemExit(f"不是一整页 (no whole page): {answer}")
            samples[name].append(round((sum(setting.cpu()) - before) / PAGES * 1e3, 2))
        async with setting.owner.begin() as connection:
            await connection.execute(text("delete from execution_read"))
    ratio = statistics.median(samples["recorded"]) / statistics.median(samples["unrecorded"])
    return {"answers": len(ASKS), "cpu_milliseconds": samples, "ratio_of_medians": round(ratio, 2)}


@contextmanager
def _unrecorded() -> Iterator[None]:
    async def nothing(*_: object) -> None:
        """No entries, no count."""

    kept = reading.keep_on_record
    reading.keep_on_record = nothing
    try:
        yield
    finally:
        reading.keep_on_record = kept


async def _open(setting: Setting) -> dict[str, Any]:
    """Seconds of CPU with ten thousand open requests, a tenth of them overdue: of a run of the scheduler, of a round of
    collecting; and what share of a core either takes at its cadence."""
    inquiry, runtime = setting.inquiry, setting.inquiry.runtime
    query = await inquiry.sent(("county.bank", "BANK_ACCOUNT"))
    values = {"open": OPEN, "overdue": OVERDUE, "query": decode_node_id(query["id"])[1]}
    async with setting.owner.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        for statement in MANY:
            known = {name: value for name, value in values.items() if f":{name}" in statement}
            await connection.execute(text(statement), known)

    async def scheduled() -> None:
        async with inquiry.world.sessions.system("bench") as session:
            await watch_queries(session, runtime.policy, inquiry.world.keyring, runtime.clock())

    urging = []
    while (spent := await _cost(setting, scheduled)) > 10 * QUIET:
        urging.append(spent)
    runs = [await _cost(setting, scheduled) for _ in range(RUNS)]
    inquiry.world.clock.advance(days=1)
    next_day = [await _cost(setting, scheduled) for _ in range(RUNS)]
    rounds = [await _cost(setting, setting.holding.collecting.round) for _ in range(RUNS)]
    return {
        "requests": OPEN,
        "overdue": OVERDUE,
        "runs_that_urge_them": urging,
        "runs": runs,
        "runs_of_the_next_day": next_day,
        "share_of_a_core": round(statistics.median(runs + next_day) / SCHEDULE_SECONDS, 4),
        "rounds_of_collecting": rounds,
        "share_of_collecting": round(statistics.median(rounds) / runtime.settings.ingest_seconds, 4),
    }


async def _cost(setting: Setting, work: Callable[[], Awaitable[object]]) -> float:
    before = sum(setting.cpu())
    await work()
    return round(sum(setting.cpu()) - before, 3)


if __name__ == "__main__":
    main()
