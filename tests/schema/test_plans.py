"""No plan of the benchmark's operations reads a big table whole, as the application role under row security."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bench.double_lists import Volume, county_path, fill, unit_id
from hub.access.coverage import clearance_of, grantable_scopes
from hub.core.principal import Function, Principal, RoleName
from hub.db.target import DatabaseRole, DatabaseTarget
from hub.runtime import Runtime
from schema.build import build_schema
from schema.execution import Asked, Executor

UNIT = 37
ITEMS = 50_000
BIG = 1_000
"""Rows from which a table is big."""
OPERATIONS = {
    "page of own items": """{ doubleListItems(first: 50, filter: {mine: true}) { nodes {
        id code title status overdue dueOn progressPercent leadOrganization { id shortName }
        cooperatingOrganizations { id shortName } progressReports(first: 3) { nodes { text progressPercent } } }
        pageInfo { hasNextPage endCursor } } }""",
    "flat page": """{ doubleListItems(first: 100) { nodes {
        id code title status dueOn area side progressPercent } } }""",
    "point by node id": "query($id: ID!) { node(id: $id) { ... on DoubleListItem { id code title status } } }",
    "count of own rows": "{ doubleListItems(filter: {mine: true}) { totalCount } }",
    "three root fields": """query($id: ID!) { node(id: $id) { id } doubleListItems(first: 20) { nodes { id title } }
        doubleLists(first: 10) { nodes { year status } } }""",
}


class Explained:
    """A pool that explains each statement before it answers it, on the connection that runs it."""

    def __init__(self, runtime: Runtime, big: set[str]) -> None:
        self._fetch = runtime.sessions.scoped.fetch
        self._pool = runtime.sessions.scoped
        self._big = big
        self.read_whole: list[str] = []
        self.statements = 0

    async def __call__(self, sql: str, parameters: Any) -> str | None:
        pool = self._pool._pool or await self._pool._open()
        async with pool.acquire() as connection, connection.transaction():
            plan = orjson.loads(await connection.fetchval(f"explain (analyze, format json) {sql}", *parameters))
        self.statements += 1
        self._visit(plan[0]["Plan"])
        return await self._fetch(sql, parameters)

    def _visit(self, node: dict[str, Any]) -> None:
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in self._big and node["Actual Loops"]:
            self.read_whole.append(node["Relation Name"])
        for below in node.get("Plans", ()):
            self._visit(below)


def principal(role: RoleName) -> Principal:
    return Principal(
        subject="bench",
        organization_id=unit_id(UNIT),
        functions=(Function(role, county_path(UNIT)),),
        scopes=frozenset(scope.value for scope in grantable_scopes((role,))),
        clearance=clearance_of((role,)),
    )


@pytest.fixture
async def big(
    runtime: Runtime, admin: AsyncEngine, engines: dict[DatabaseRole, AsyncEngine], database: DatabaseTarget
) -> set[str]:
    """Fifty thousand items with their reports and parties; the names of the tables that are big then."""
    await fill(admin, Volume(items=ITEMS, reports_per_item=1))
    async with admin.connect() as connection:
        known = text("select relname from pg_class where relkind = 'r' and reltuples >= :big")
        rows = (await connection.execute(known, {"big": BIG})).all()
    return {row.relname for row in rows}


async def test_no_operation_of_the_benchmark_reads_a_big_table_whole(
    runtime: Runtime, big: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {"double_list_item", "double_list_item_party", "progress_report"} <= big
    explained = Explained(runtime, big)
    monkeypatch.setattr(runtime.sessions.scoped, "fetch", explained)
    executor = Executor(build_schema(), runtime)
    for role in (RoleName.MEMBER_DEPARTMENT, RoleName.JOINT_MEETING_OFFICE):
        caller = principal(role)
        own = await executor.run(Asked("{ doubleListItems(first: 1) { nodes { id } } }"), caller)
        (node,) = orjson.loads(own.content())["data"]["doubleListItems"]["nodes"]
        for name, query in OPERATIONS.items():
            answer = await executor.run(Asked(query, {"id": node["id"]} if "$id" in query else {}), caller)
            assert answer.text is not None, name
            assert explained.read_whole == [], (role, name)
    assert explained.statements == 2 * (len(OPERATIONS) + 1)
