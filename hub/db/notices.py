"""NOTIFY and LISTEN: a hint that something was committed, never the only way to learn of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

import asyncpg
import structlog
from sqlalchemy import URL, func, select
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg

from hub.db.engine import server_settings
from hub.db.session import Sessions

log = structlog.get_logger("hub.db")

COMMITTED = "hub_committed"
_AGAIN_SECONDS = 5
_DIALECT = PGDialect_asyncpg()  # type: ignore[no-untyped-call]


class Notifier:
    """Tells listeners after commits, in a transaction of its own and at most so often: NOTIFY takes a lock that every
    committing session would otherwise wait for."""

    def __init__(self, sessions: Sessions, *, every_seconds: float = 0.2) -> None:
        self._sessions = sessions
        self._every = every_seconds
        self._telling: asyncio.Task[None] | None = None
        self._again = False

    def ring(self) -> None:
        """Something was committed. Returns at once."""
        self._again = True
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell())

    async def _tell(self) -> None:
        while self._again:
            self._again = False
            try:
                async with self._sessions.system("notify") as session:
                    await session.execute(select(func.pg_notify(COMMITTED, "")))
            except Exception as error:  # noqa: BLE001 - listeners look by themselves as well
                log.warning("nobody told", kind=type(error).__name__)
            await asyncio.sleep(self._every)

    async def aclose(self) -> None:
        if self._telling is not None:
            self._telling.cancel()
            await asyncio.gather(self._telling, return_exceptions=True)


async def listen(url: URL, heard: Callable[[], None], stopping: asyncio.Event) -> None:
    """Call ``heard`` on every notice until stopped; a connection that is lost is opened again."""
    while not stopping.is_set():
        try:
            await _listen_once(url, heard, stopping)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("not listening", kind=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), _AGAIN_SECONDS)


async def _listen_once(url: URL, heard: Callable[[], None], stopping: asyncio.Event) -> None:
    _, address = _DIALECT.create_connect_args(url)  # type: ignore[no-untyped-call]
    connection = await asyncpg.connect(**address, timeout=10, server_settings=server_settings("hub-listen"))
    lost = asyncio.Event()
    try:
        connection.add_termination_listener(lambda _: lost.set())
        await connection.add_listener(COMMITTED, lambda *_: heard())
        heard()
        ends = [asyncio.create_task(each.wait()) for each in (stopping, lost)]
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in ends:
                task.cancel()
    finally:
        connection.terminate()
    if lost.is_set():
        raise ConnectionResetError
