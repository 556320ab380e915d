"""Reads of one statement: the caller's scope, the snapshot and the answer in one round trip.

The scope is told to row security inside the statement itself, by ``set_config`` in a materialised first step that the
answer is read from. Without a transaction block around it, the statement is a transaction of its own: the settings end
with it, whatever ends it. A policy that were asked before that step would find nothing set, and let no row pass.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Any

import asyncpg
from sqlalchemy import (
    ARRAY,
    URL,
    ColumnElement,
    LargeBinary,
    Select,
    Text,
    bindparam,
    case,
    func,
    select,
    true,
)
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg

from hub.core.areas import RowScope
from hub.db.engine import TimeLimits, server_settings
from hub.db.faults import Busy

_NAMES, _VALUES = "scope_names", "scope_values"
SCOPE_BINDS = frozenset({_NAMES, _VALUES})
"""Names of the bind parameters that carry the scope in every statement of ``under_scope``."""
_STATEMENTS_KEPT = 1_000
_Connection = Any
"""asyncpg's connection, as its pool lends it."""
_DIALECT = PGDialect_asyncpg()  # type: ignore[no-untyped-call]


def under_scope(value: ColumnElement[Any]) -> Select[bytes]:
    """A value of type ``json``, as the bytes of its text, read by a caller whose scope comes with the bind parameters
    named ``SCOPE_BINDS``."""
    names = bindparam(_NAMES, None, type_=ARRAY(Text))
    setting = (
        func.unnest(names, bindparam(_VALUES, None, type_=ARRAY(Text))).table_valued("name", "value").render_derived()
    )
    told = func.count(func.set_config(setting.c.name, setting.c.value, true()))
    scope = select(told.label("told")).select_from(setting).cte("scope").prefix_with("MATERIALIZED")
    whole = scope.c.told == func.cardinality(names)
    # As ``bytea``: what goes out as bytes is not to become a text of the driver's on the way.
    return select(func.json_send(case((whole, value)), type_=LargeBinary()).label("answer")).select_from(scope)


def scope_values(scope: RowScope) -> dict[str, list[str]]:
    """Values of ``SCOPE_BINDS``."""
    told = scope.told()
    return {_NAMES: list(told), _VALUES: list(told.values())}


def _stands(connection: _Connection) -> bool:
    """Whether the server is still there: the pool takes back of itself what the server has ended, and a connection it
    has taken back answers nothing, not even this."""
    try:
        return not connection.is_closed()
    except asyncpg.InterfaceError:
        return False


class SingleStatements:
    """Connections on which each statement is a transaction of its own: of the serving role, which can only read, each
    statement bringing its scope; or of the background role, which writes by its own policies (``writes``).

    The pool opens with the first statement and belongs to the event loop that sent it.
    """

    def __init__(
        self, url: URL, *, pool_size: int, name: str, limits: TimeLimits = TimeLimits(), writes: bool = False
    ) -> None:
        self._url = url
        self._size = pool_size
        self._wait = limits.pool_wait
        self._settings = {**server_settings(name, limits), "default_transaction_read_only": "off" if writes else "on"}
        self._pool: asyncpg.Pool[Any] | None = None
        self._opening = asyncio.Lock()
        self._idle: list[_Connection] = []
        self._taken = 0
        self._waiting: deque[asyncio.Future[_Connection | None]] = deque()

    async def fetch(self, sql: str, parameters: Sequence[Any]) -> bytes | None:
        """The single value of a statement, as bytes. Raises ``asyncpg.PostgresError``, or ``Busy``
        when no connection becomes free in time."""
        connection = self._at_hand() or await self._take()
        try:
            answer: bytes | None = await connection.fetchval(sql, *parameters)
        except BaseException:
            await self._give_up(connection)
            raise
        self._keep(connection)
        return answer

    def _at_hand(self) -> _Connection | None:
        return self._idle.pop() if self._idle and _stands(self._idle[-1]) else None

    async def _take(self) -> _Connection:
        """A connection of the pool while there are any, else the next one that comes free. Raises ``Busy``."""
        while self._idle:
            # The server went away under these; the pool opens others in their place.
            await self._give_up(self._idle.pop())
        while self._taken >= self._size:
            connection = await self._next_free()
            if connection is not None:
                return connection
        self._taken += 1
        try:
            pool = self._pool or await self._open()
            return await pool.acquire(timeout=self._wait)
        except TimeoutError:
            self._untake()
            raise Busy from None
        except BaseException:
            self._untake()
            raise

    async def _next_free(self) -> _Connection | None:
        """A connection handed over, or None: one less is taken."""
        free: asyncio.Future[_Connection | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(free)
        try:
            async with asyncio.timeout(self._wait):
                return await free
        except TimeoutError:
            self._pass_on(free)
            raise Busy from None
        except BaseException:
            self._pass_on(free)
            raise

    def _pass_on(self, free: asyncio.Future[_Connection | None]) -> None:
        """What was handed over in the very moment in which whoever waited gave up goes to the next."""
        if free.done() and not free.cancelled():
            handed = free.result()
            if handed is None:
                self._wake()
            else:
                self._keep(handed)

    def _keep(self, connection: _Connection) -> None:
        """To whoever waits, else kept at hand: handing it back to the pool each time costs as much as a small read."""
        while self._waiting:
            free = self._waiting.popleft()
            if not free.done():
                free.set_result(connection)
                return
        self._idle.append(connection)

    async def _give_up(self, connection: _Connection) -> None:
        """What failed or was cancelled goes through the pool, which ends it or makes it usable again."""
        try:
            if self._pool is not None:
                await self._pool.release(connection)
        finally:
            self._untake()

    def _untake(self) -> None:
        self._taken -= 1
        self._wake()

    def _wake(self) -> None:
        while self._waiting:
            free = self._waiting.popleft()
            if not free.done():
                free.set_result(None)
                return

    async def _open(self) -> asyncpg.Pool[Any]:
        async with self._opening:
            if self._pool is None:
                _, address = _DIALECT.create_connect_args(self._url)  # type: ignore[no-untyped-call]
                self._pool = await asyncpg.create_pool(
                    **address,
                    min_size=1,
                    max_size=self._size,
                    max_inactive_connection_lifetime=300,
                    timeout=10,
                    server_settings=self._settings,
                    statement_cache_size=_STATEMENTS_KEPT,
                    max_cached_statement_lifetime=0,
                    reset=_nothing_to_reset,
                )
            return self._pool

    async def aclose(self) -> None:
        if self._pool is None:
            return
        while self._idle:
            await self._give_up(self._idle.pop())
        await self._pool.close()
        self._pool = None


async def _nothing_to_reset(_: object) -> None:
    """A connection that ran nothing but single scoped statements holds nothing of them."""
