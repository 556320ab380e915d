"""The limit: hand-written SQL in a statement that brings the scope, under the same server, its text sent as it is.

No token, no GraphQL, no limits, no audit, no log: what the machine, the server and the driver can do at most.
"""

from __future__ import annotations

import os
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from bench.operations import HAND_WRITTEN, hand_written
from bench.setting import caller
from hub.access.coverage import row_scope
from hub.config import Settings
from hub.db.engine import server_settings
from hub.db.target import DatabaseRole
from hub.installation import database_of
from hub.secrets import load_secrets

Scope = dict[str, Any]


class Limit:
    """An ASGI app: ``{"operation": name, "key": uuid or null}`` in, the JSON PostgreSQL wrote out."""

    def __init__(self) -> None:
        self._stack = AsyncExitStack()
        scope = row_scope(caller())
        told = scope.told()
        self._scope = (list(told), list(told.values()))
        self._organization = scope.organization_id
        self._statements = {name: hand_written(name) for name in HAND_WRITTEN}

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        asked = orjson.loads((await receive())["body"])
        own = (self._organization, UUID(asked["key"])) if asked["key"] else (self._organization,)
        async with self._pool.acquire() as connection:
            answer = await connection.fetchval(self._statements[asked["operation"]], *self._scope, *own)
        body = f'{{"data":{answer}}}'.encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _live(self, receive: Any, send: Any) -> None:
        await receive()
        settings = Settings()
        target = self._stack.enter_context(database_of(settings, load_secrets(settings)))
        self._pool = await asyncpg.create_pool(
            host=target.host,
            port=target.port,
            database=target.database,
            user=DatabaseRole.APP.value,
            password=target.passwords[DatabaseRole.APP],
            min_size=1,
            max_size=settings.database_pool,
            server_settings={**server_settings("bench-limit"), "default_transaction_read_only": "on"},
            reset=_nothing,
        )
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._pool.close()
        self._stack.close()
        await send({"type": "lifespan.shutdown.complete"})


async def _nothing(_: object) -> None:
    """Scoped statements leave nothing behind on a connection."""


def build_limit() -> Limit:
    os.environ.setdefault("HUB_LOG_LEVEL", "WARNING")
    return Limit()
