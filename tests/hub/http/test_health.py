"""Readiness is what a balancer may rely on: not shaken by connections that died, honest about what is away."""

from __future__ import annotations

import httpx
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from hub.runtime import Runtime

CUT = (
    "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity "
    "where application_name = 'test-hub_app' and datname = current_database()"
)


async def ready(http: httpx.AsyncClient) -> tuple[int, str]:
    answer = await http.get("/readyz")
    return answer.status_code, answer.json()["status"]


async def test_a_process_whose_connections_died_with_the_database_is_ready_as_soon_as_it_is_back(
    http: httpx.AsyncClient, admin: AsyncEngine
) -> None:
    assert await ready(http) == (200, "ok")
    async with admin.connect() as connection:
        assert int(await connection.scalar(text(CUT)) or 0) > 0
    assert await ready(http) == (200, "ok")


async def test_without_the_schema_it_was_made_for_a_process_is_not_ready(
    http: httpx.AsyncClient, admin: AsyncEngine
) -> None:
    for change, told in (
        ("update alembic_version set version_num = 'x' || version_num", (503, "migrating")),
        ("update alembic_version set version_num = substr(version_num, 2)", (200, "ok")),
        ("alter table alembic_version rename to elsewhere", (503, "unavailable")),
        ("alter table elsewhere rename to alembic_version", (200, "ok")),
    ):
        async with admin.begin() as connection:
            await connection.execute(text(change))
        assert await ready(http) == told


async def test_a_process_that_ends_says_so_and_still_lives(http: httpx.AsyncClient, runtime: Runtime) -> None:
    await runtime.end_connections()
    assert await ready(http) == (503, "ending")
    assert (await http.get("/healthz")).status_code == 200
