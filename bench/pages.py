"""What a department's usual page costs inside the process: beside hand-written SQL, a small table, and no policy.

Every figure is a ratio of medians over rounds that take turns, in one run, on one server, on the same rows.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import create_async_engine

from bench.double_lists import Volume, fill
from bench.setting import caller
from hub.access.coverage import row_scope
from hub.config import Settings
from hub.core.keyring import KeyRing
from hub.db.embedded import EmbeddedServer
from hub.db.engine import open_engine
from hub.db.migrate import prepare
from hub.db.session import Sessions
from hub.db.target import DatabaseRole, DatabaseTarget
from hub.runtime import Runtime
from schema.build import build_schema
from schema.execution import Asked, Executor

ROUNDS = 9
CALLS = 30
PAGE = """query Mine {
  doubleListItems(first: 50, filter: {mine: true}) {
    nodes {
      id code title status overdue dueOn progressPercent
      leadOrganization { id shortName }
      cooperatingOrganizations { id shortName }
      progressReports(first: 3) { nodes { text progressPercent reportedAt } }
    }
    pageInfo { hasNextPage endCursor }
  }
}"""

HAND_WRITTEN = """
select coalesce(json_agg(row order by due_sort, item_id), '[]')::text from (
  select p.due_sort, p.item_id, json_build_object(
    'id', i.id, 'code', i.code, 'title', i.title, 'status', i.status, 'dueOn', i.due_on,
    'overdue', coalesce(i.due_at <= now(), false)
               and i.status in ('APPROVED', 'IN_PROGRESS', 'ADJUSTMENT_PENDING', 'PENDING_ACCEPTANCE'),
    'progressPercent', i.progress_percent,
    'leadOrganization', (select json_build_object('id', o.id, 'shortName', o.short_name)
                         from organization o where o.id = i.lead_organization_id),
    'cooperatingOrganizations', (
      select coalesce(json_agg(json_build_object('id', o.id, 'shortName', o.short_name) order by u.n), '[]')
      from unnest(i.cooperating_organization_ids) with ordinality u (id, n) join organization o on o.id = u.id),
    'progressReports', (
      select coalesce(json_agg(json_build_object('text', r.text, 'progressPercent', r.progress_percent,
                                                 'reportedAt', r.reported_at)), '[]')
      from (select * from progress_report r where r.item_id = i.id order by r.reported_at desc, r.id desc limit 3) r)
  ) as row
  from double_list_item_party p join double_list_item i on i.id = p.item_id and i.tenant_id = p.tenant_id
  where p.organization_id = $1
  order by p.due_sort, p.item_id limit 50
) page
"""

Call = Callable[[], Awaitable[Any]]
Ratios = dict[str, tuple[float, float]]


async def ratios() -> Ratios:
    """Ratio and target by name."""
    with tempfile.TemporaryDirectory(prefix="hub-bench-") as home:
        server = EmbeddedServer(Path(home), durable=False)
        address = server.acquire()
        try:
            target = DatabaseTarget(
                host=str(address.socket_directory),
                port=address.port,
                database="bench",
                admin=address.superuser,
                admin_password=address.password,
                passwords={role: f"bench-{role.value}" for role in DatabaseRole},
            )
            await prepare(target)
            return await _measure(target)
        finally:
            server.release()


async def _measure(target: DatabaseTarget) -> Ratios:
    async with AsyncExitStack() as stack:
        owner = create_async_engine(target.url(database="bench"))
        stack.push_async_callback(owner.dispose)
        runtime = await stack.enter_async_context(
            Runtime.open(
                Settings(quota_capacity=10**9, _env_file=None), target, KeyRing({"k1": b"b" * 32}), name="bench"
            )
        )
        unguarded = open_engine(target.url(database="bench"), pool_size=2, name="bench-admin")
        stack.push_async_callback(unguarded.dispose)
        bypassing = Sessions(unguarded, unguarded, row_scope)
        executor = Executor(build_schema(), runtime)
        principal = caller()

        async def graphql() -> Any:
            answer = await executor.run(Asked(PAGE), principal)
            assert not answer.errors, answer.errors
            return answer.content()

        async def by_hand() -> Any:
            async with runtime.sessions.read(principal) as session:
                connection = await session.connection()
                return (await connection.exec_driver_sql(HAND_WRITTEN, (principal.organization_id,))).scalar()

        async def without_policy() -> Any:
            async with bypassing.read(principal) as session:
                connection = await session.connection()
                return (await connection.exec_driver_sql(HAND_WRITTEN, (principal.organization_id,))).scalar()

        await fill(owner, Volume(items=2_000))
        small = await _turns(graphql)
        await fill(owner, Volume(items=200_000))
        await _same_page(graphql, by_hand)
        large, hand, bare = await _turns(graphql, by_hand, without_policy)
        return {
            "page over hand-written SQL": (large / hand, 3.0),
            "200,000 items over 2,000": (large / small[0], 1.5),
            "row security over explicit predicate": (hand / bare, 1.2),
        }


async def _same_page(graphql: Call, by_hand: Call) -> None:
    """Both must answer the same rows, or the ratio would mean nothing."""
    asked = [each["code"] for each in json.loads(await graphql())["data"]["doubleListItems"]["nodes"]]
    written = [each["code"] for each in json.loads(await by_hand())]
    if asked != written or len(asked) != 50:
        raise SystemExit("两种读法的结果不同 (the two readings differ)")


async def _turns(*calls: Call) -> list[float]:
    """Median seconds of each call over rounds in which the calls take turns."""
    for call in calls:
        for _ in range(CALLS):
            await call()
    taken: list[list[float]] = [[] for _ in calls]
    for _ in range(ROUNDS):
        for kept, call in zip(taken, calls, strict=True):
            started = time.perf_counter()
            for _ in range(CALLS):
                await call()
            kept.append((time.perf_counter() - started) / CALLS)
    return [statistics.median(kept) for kept in taken]
