"""Bulk exports as a client meets them, and the worker that makes them."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any

import httpx

from hub.bulk.running import BulkRunner, Export
from hub.runtime import Runtime
from schema.build import build_schema
from schema.bulk.exporting import Exporter
from tests.support.client import ISSUER, Client

FIELDS = "id status rowCount byteCount masked errorCode url startedAt completedAt expiresAt"
READ = f"query($id: ID!) {{ bulkOperation(id: $id) {{ {FIELDS} }} }}"


@dataclass
class Bulk:
    runtime: Runtime
    http: httpx.AsyncClient

    def runner(self, export: Export | None = None) -> BulkRunner:
        runtime = self.runtime
        chosen = export or Exporter(build_schema(), runtime).portion
        return BulkRunner(runtime.sessions, runtime.settings, runtime.clock, runtime.bulk_holder, chosen)

    async def work(self, export: Export | None = None) -> bool:
        return await self.runner(export).run_next(asyncio.Event())

    async def ask(self, client: Client, query: str, **more: str) -> Any:
        extra = "".join(f", {name}: {json.dumps(value)}" for name, value in more.items())
        given = f'input: {{query: {json.dumps(query)}, purpose: "核对台账"}}{extra}'
        return await client.change("bulkOperationRun", given, "bulkOperation", FIELDS)

    async def cancel(self, client: Client, operation: Any) -> Any:
        given = f'input: {{bulkOperationId: "{operation["id"]}"}}'
        return await client.change("cancelBulkOperation", given, "bulkOperation", FIELDS)

    async def state(self, client: Client, operation: Any) -> Any:
        return (await client.data(READ, id=operation["id"]))["bulkOperation"]

    async def done(self, client: Client, query: str) -> Any:
        """An export asked for, run and read back."""
        operation = await self.ask(client, query)
        assert "id" in operation, operation
        assert await self.work()
        return await self.state(client, operation)

    async def get(self, url: str, method: str = "GET", **headers: str) -> httpx.Response:
        assert url.startswith(f"{ISSUER}/exports/")
        return await self.http.request(method, url, headers=headers)

    def files(self) -> list[str]:
        return sorted(path.name for path in (self.runtime.settings.home / "exports").glob("*"))
