"""How many lasting connections are open: of all clients in this process, and of one client in all processes.

Each process leases a client's connections in PostgreSQL: a row with how many it holds, renewed while it lives. Opening
one asks the database what the others hold; messages never do. What a process that died held expires with its lease.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from hub.config import StreamSettings
from hub.core.ids import new_id
from hub.db.models import ConnectionLease
from hub.db.session import Sessions, SystemSession

log = structlog.get_logger("hub.auth")

Release = Callable[[], None]
JOB = "connections"
RENEWALS = 3
"""Renewals in the time of a lease, so that one that fails costs nobody a connection."""
_RETRY_SECONDS = 1


class Connections:
    """One per process; what it leased is given back by ``aclose``."""

    def __init__(self, sessions: Sessions, settings: StreamSettings) -> None:
        self._sessions = sessions
        self._settings = settings
        self._process_id = new_id()
        self._clients: Counter[str] = Counter()
        self._locks: dict[str, asyncio.Lock] = {}
        self._untold: set[str] = set()
        self._changed = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None
        self._unidentified = 0
        self._none = asyncio.Event()
        self._none.set()

    @property
    def open(self) -> int:
        return self._clients.total() + self._unidentified

    @property
    def full(self) -> bool:
        return self.open >= self._settings.connections

    def come(self) -> Release:
        """Count a connection that has not said yet whose it is, until the returned call."""
        self._unidentified += 1
        return self._counted(self._go)

    async def take(self, client: str) -> Release | None:
        """Count a connection of the client until the returned call; None when one more would be too many."""
        if self._clients.total() >= self._settings.connections:
            return None
        async with self._locks.setdefault(client, asyncio.Lock()):
            if not await self._lease(client):
                return None
            self._clients[client] += 1
        if self._keeper is None or self._keeper.done():
            self._keeper = asyncio.create_task(self._keep())
        return self._counted(lambda: self._leave(client))

    async def none_open(self) -> None:
        """Returns once the last connection is closed."""
        await self._none.wait()

    async def aclose(self) -> None:
        """Give back every lease."""
        if self._keeper is None:
            return
        self._keeper.cancel()
        await asyncio.gather(self._keeper, return_exceptions=True)
        self._keeper = None
        async with self._sessions.system(JOB) as session:
            await session.execute(delete(ConnectionLease).where(ConnectionLease.process_id == self._process_id))

    def _counted(self, undo: Callable[[], None]) -> Release:
        self._none.clear()
        held = True

        def release() -> None:
            nonlocal held
            if held:
                held = False
                undo()
                if self.open == 0:
                    self._none.set()

        return release

    def _go(self) -> None:
        self._unidentified -= 1

    def _leave(self, client: str) -> None:
        self._clients[client] -= 1
        self._untold.add(client)
        self._changed.set()

    async def _lease(self, client: str) -> bool:
        """Lease one connection more than are open here, unless the client then had too many in all."""
        row = ConnectionLease
        async with self._sessions.system(JOB) as session:
            # Two processes that counted at once would both find room.
            await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"{JOB}:{client}", 0))))
            others = await session.scalar(
                select(func.coalesce(func.sum(row.held), 0)).where(
                    row.client_id == client, row.process_id != self._process_id, row.expires_at > func.now()
                )
            )
            wanted = self._clients[client] + 1
            if int(others or 0) + wanted > self._settings.connections_per_client:
                return False
            await self._write(session, {client: wanted})
        return True

    async def _keep(self) -> None:
        """Renew what is held before it expires, and tell soon what is held no longer."""
        loop = asyncio.get_running_loop()
        every = self._settings.lease_seconds / RENEWALS
        due = loop.time() + every
        while True:
            try:
                async with asyncio.timeout_at(due):
                    await self._changed.wait()
            except TimeoutError:
                due = loop.time() + every
                self._untold.update(client for client, held in self._clients.items() if held)
            self._changed.clear()
            try:
                await self._tell()
            except Exception as error:
                log.exception("leases not renewed", kind=type(error).__name__)
                await asyncio.sleep(_RETRY_SECONDS)
                self._changed.set()

    async def _tell(self) -> None:
        clients, self._untold = sorted(self._untold), set()
        if not clients:
            return
        async with AsyncExitStack() as stack:
            for client in clients:
                await stack.enter_async_context(self._locks[client])
            try:
                async with self._sessions.system(JOB) as session:
                    await self._write(session, {client: self._clients[client] for client in clients})
            except Exception:
                self._untold.update(clients)
                raise

    async def _write(self, session: SystemSession, held: dict[str, int]) -> None:
        row = ConnectionLease
        gone = [client for client, count in held.items() if count == 0]
        if gone:
            await session.execute(delete(row).where(row.client_id.in_(gone), row.process_id == self._process_id))
        rows = [self._row(client, count) for client, count in held.items() if count]
        if rows:
            made = insert(row).values(rows)
            kept = {"held": made.excluded.held, "expires_at": made.excluded.expires_at}
            await session.execute(made.on_conflict_do_update(index_elements=row.__table__.primary_key, set_=kept))

    def _row(self, client: str, held: int) -> dict[str, Any]:
        # By the database's clock alone: those of the processes may differ.
        expires = func.now() + timedelta(seconds=self._settings.lease_seconds)
        return {"client_id": client, "process_id": self._process_id, "held": held, "expires_at": expires}
