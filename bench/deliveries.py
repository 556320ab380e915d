"""``python -m bench.deliveries``: how many deliveries a second one worker makes, and what waiting rows cost to claim.

Events go the whole way: outbox, row security of the receiver, queue, a signed request over a loopback socket, outcome
and exchange log committed. Claiming is measured with a hundred and with a hundred thousand deliveries waiting, in many
lanes and in few, in turns. Writes ``bench/results/deliveries.json``.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
import urllib.request
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bench.double_lists import Volume, unit_id
from bench.processes import cpu_seconds, free_port, process
from bench.setting import CLIENT, UNIT, caller
from bench.world import World, world
from hub.config import DeliverySettings, Settings
from hub.delivery.endpoints import WebhookEndpointDraft, register
from hub.delivery.outcomes import Course
from hub.delivery.policies import DeliveryPolicy
from hub.delivery.queue import DEPTH, Queue
from hub.delivery.recording import record_courses
from hub.delivery.relay import Relay
from hub.policy.store import default_pack
from hub.runtime import Runtime
from hub.secrets import load_secrets
from hub.workflow.gate import Request

EVENTS, KEYS = 6_000, 600
FEW, MANY = 100, 100_000
ROUNDS, CLAIMS = 9, 40
LANES = 10
RESULT = Path(__file__).parent / "results" / "deliveries.json"
NETWORK = {"HUB_DELIVERY__NETWORKS": "127.0.0.1/32", "HUB_DELIVERY__PLAIN_HTTP": "true"}
_EVENTS = """
    insert into outbox_event (id, tenant_id, type, schema_version, key, ids)
    select gen_random_uuid(), md5('prefecture')::uuid, 'doublelistitem.edited', 1, 'DoubleListItem:' || item,
           jsonb_build_object('id', item, 'version', version)
    from generate_series(1, :versions) version,
         (select item_id::text as item from double_list_item_party where organization_id = :own
          order by item_id limit :keys) items
    order by version
"""
_WAITING = """
    with made as (
        insert into delivery (id, tenant_id, endpoint_id, organization_id, jurisdiction_path, event_id, event_type,
                              schema_version, key, object_id, ids, epoch, transaction_id, number, event_at, status,
                              attempts, created_at)
        select gen_random_uuid(), md5('prefecture')::uuid, :endpoint, :own, '990100/', gen_random_uuid(),
               'doublelistitem.edited', 1, 'k' || i % :lanes, gen_random_uuid(), '{}', 1, 1, i, now(), 'WAITING', 0,
               now()
        from generate_series(1, :rows) i returning key)
    insert into delivery_lane (endpoint_id, key, due_at, fence) select distinct :endpoint, key, now(), 0 from made
"""


def main() -> None:
    with world(Volume(items=KEYS * 40, reports_per_item=0), alerts=0) as given, ExitStack() as stack:
        port = free_port()
        log = given.home / "receiver.log"
        stack.enter_context(process([sys.executable, "-m", "bench.receiver", str(port)], port, {}, log))
        found = asyncio.run(_delivered(given, port)) | asyncio.run(_claimed(given, port))
    RESULT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=1))


@asynccontextmanager
async def _runtime(given: World) -> AsyncIterator[Runtime]:
    delivery = DeliverySettings(networks=("127.0.0.1/32",), plain_http=True)
    settings = Settings(home=given.home, delivery=delivery, _env_file=None)
    async with Runtime.open(settings, given.target, load_secrets(settings).keyring, name="bench") as runtime:
        yield runtime


async def _register(runtime: Runtime, port: int) -> UUID:
    draft = WebhookEndpointDraft(url=f"http://127.0.0.1:{port}/", event_types=("doublelistitem.edited",))
    return await runtime.gate.perform(caller(), Request("bench", "webhook:manage"), lambda unit: register(unit, draft))


async def _execute(given: World, statement: str, **values: Any) -> None:
    engine = create_async_engine(given.target.url())
    async with engine.begin() as connection:
        await connection.execute(text(statement), values)
    async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        await connection.execute(text("vacuum analyze delivery, delivery_lane, outbox_event"))
    await engine.dispose()


async def _delivered(given: World, port: int) -> dict[str, Any]:
    """One worker process: from the first event received to the last, the reading of the outbox included."""
    async with _runtime(given) as runtime:
        await _register(runtime, port)
        await Relay(runtime.sessions, runtime.clock, runtime.webhook_holder).relay_next()
    await _execute(given, _EVENTS, versions=EVENTS // KEYS, own=unit_id(UNIT), keys=KEYS)
    environment = {"HUB_HOME": str(given.home), **NETWORK}
    started, database = time.monotonic(), cpu_seconds(given.postmaster)
    with process([sys.executable, "-m", "hub.cli", "worker"], port, environment, given.home / "worker.log") as pid:
        seen = _heard(port)
        while seen["events"] < EVENTS and time.monotonic() - started < 300:
            await asyncio.sleep(0.5)
            seen = _heard(port)
        await asyncio.sleep(1)
        seen = _heard(port)
        worker = cpu_seconds(pid)
    if (seen["events"], seen["different"], seen["in_order"]) != (EVENTS, EVENTS, True):
        raise SystemExit(f"投递不全或乱序 (not all, or not in order): {seen}")
    return {
        "deliveries": seen["events"],
        "deliveries_a_second": round(seen["events"] / seen["seconds"], 1),
        "worker_cpu_ms": round(worker / EVENTS * 1e3, 3),
        "database_cpu_ms": round((cpu_seconds(given.postmaster) - database) / EVENTS * 1e3, 3),
    }


def _heard(port: int) -> dict[str, Any]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
        found: dict[str, Any] = json.load(answer)
        return found


async def _claimed(given: World, port: int) -> dict[str, Any]:
    """Lanes claimed and given back a second, with few and with many deliveries waiting. A claim takes the same from
    both: in many lanes one delivery of each, in few lanes the first eight."""
    volumes = {
        "few in many lanes": (FEW, FEW),
        "many in many lanes": (MANY, MANY),
        "few in few lanes": (FEW * DEPTH, FEW),
        "many in few lanes": (MANY, FEW),
    }
    rates: dict[str, list[float]] = {name: [] for name in volumes}
    async with AsyncExitStack() as stack:
        runtime = await stack.enter_async_context(_runtime(given))
        endpoints = {name: await _register(runtime, port) for name in volumes}
        for name, (rows, lanes) in volumes.items():
            values = {"endpoint": endpoints[name], "own": unit_id(UNIT), "rows": rows, "lanes": lanes}
            await _execute(given, _WAITING, **values)
        for turn in range(ROUNDS):
            for name in volumes if turn % 2 else reversed(volumes):
                rates[name].append(await _rate(runtime, endpoints[name]))
    return {
        "claimed_a_second": {name: [round(rate, 1) for rate in found] for name, found in rates.items()},
        "many_over_few": {
            shape: round(_ratio(rates[f"many in {shape}"], rates[f"few in {shape}"]), 3)
            for shape in ("many lanes", "few lanes")
        },
    }


def _ratio(many: list[float], few: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(many, few, strict=True))


async def _rate(runtime: Runtime, endpoint: UUID) -> float:
    queue = Queue(runtime.sessions, CLIENT, timedelta(minutes=1), LANES)
    policy = DeliveryPolicy.of(default_pack())
    started, count = time.monotonic(), 0
    for _ in range(CLAIMS):
        await queue.ready(runtime.clock())
        batch = await queue.claim(endpoint, runtime.clock())
        assert batch is not None
        count += len(batch.lanes)
        async with runtime.sessions.system("bench") as session:
            courses = [Course(lane) for lane in batch.lanes]
            await record_courses(session, batch, courses, caller(), policy, runtime.clock())
    return count / (time.monotonic() - started)


if __name__ == "__main__":
    main()
