"""The only door to transactions: you cannot get a session without saying who you are.

The caller's row scope is set transaction-locally in the first statement, so that a pooled connection never carries it
over, whatever ends the transaction. Nothing set means no rows.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import NewType

from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from hub.core.areas import RowScope
from hub.core.correlation import correlation_id
from hub.core.principal import Principal
from hub.db.bulk import COPIES
from hub.db.engine import TimeLimits
from hub.db.scoped import SingleStatements

ReadSession = NewType("ReadSession", AsyncSession)
WriteSession = NewType("WriteSession", AsyncSession)
SystemSession = NewType("SystemSession", AsyncSession)

ScopeOf = Callable[[Principal], RowScope]
_SET_SCOPE = text(
    "select count(set_config(name, value, true))"
    " from unnest(cast(:names as text[]), cast(:values as text[])) as told(name, value)"
)


class Sessions:
    """Opens read, write and system transactions; services never commit, the door does on clean exit.

    ``scoped`` runs reads of a single statement that bring the scope along (``hub.db.scoped``).
    """

    def __init__(
        self,
        app: AsyncEngine,
        system: AsyncEngine,
        scope_of: ScopeOf,
        *,
        pool_size: int = 4,
        limits: TimeLimits = TimeLimits(),
    ) -> None:
        self.scoped = SingleStatements(app.url, pool_size=pool_size, name="hub-read", limits=limits)
        self._reader = app.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._writer = app
        self._system = system
        self._scope_of = scope_of

    def journal(self, name: str, *, connections: int) -> SingleStatements:
        """Single writing statements of background work; whoever asked for them closes them."""
        return SingleStatements(self._system.url, pool_size=connections, name=name, writes=True)

    @property
    def address(self) -> URL:
        """Where background work connects, for a connection that outlasts transactions."""
        return self._system.url

    async def aclose(self) -> None:
        """Close what the door opened itself; the engines belong to who made them."""
        await self.scoped.aclose()

    @asynccontextmanager
    async def read(self, principal: Principal) -> AsyncIterator[ReadSession]:
        """One read-only snapshot under the caller's row security."""
        async with AsyncSession(self._reader, expire_on_commit=False) as session, session.begin():
            await _set_scope(session, self._scope_of(principal).settings())
            yield ReadSession(session)

    @asynccontextmanager
    async def write(self, principal: Principal) -> AsyncIterator[WriteSession]:
        """One transaction under the caller's row security; commits on clean exit, rolls back on any exception."""
        async with AsyncSession(self._writer, expire_on_commit=False) as session, session.begin():
            await _set_scope(session, self._scope_of(principal).settings())
            yield WriteSession(session)

    @asynccontextmanager
    async def system(self, reason: str) -> AsyncIterator[SystemSession]:
        """Background work as ``hub_system``; ``reason`` names the job and lands in every audit entry it writes."""
        told = {COPIES: True}
        async with AsyncSession(self._system, expire_on_commit=False, info=told) as session, session.begin():
            await _set_scope(session, RowScope(subject=f"system:{reason}").settings())
            yield SystemSession(session)


async def _set_scope(session: AsyncSession, settings: Mapping[str, str]) -> None:
    told = {**settings, "hub.correlation": correlation_id.get()}
    await session.execute(_SET_SCOPE, {"names": list(told), "values": list(told.values())})
