"""What one operation knows and holds: the caller, the instant, one read session, the loaders of Python fields."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from hub.audit.reads import Sensitive
from hub.core.principal import Principal
from hub.db.session import ReadSession, Sessions
from schema.access import Permission
from schema.documents import Document
from schema.loaders import Loaders
from schema.standing import Standing

if TYPE_CHECKING:
    from schema.planner.running import Planner


@dataclass(slots=True)
class HubContext:
    """Made per operation. ``services`` is whatever mutations and Python fields need of the runtime.

    ``document`` is the parsed request; its key stands in the plan cache. ``rate_limit`` is the caller's quota as JSON.
    ``message_digest`` is the hexadecimal SHA-256 of the request as it came over the wire, if it did. The read session
    is one snapshot; it opens at the first use and closes with the operation.
    """

    standing: Standing
    sessions: Sessions
    now: datetime
    planner: Planner
    document: Document
    services: Any = None
    message_digest: str | None = None
    rate_limit: str | None = None
    masked: set[str] = field(default_factory=set)
    sensitive: set[Sensitive] = field(default_factory=set)
    loaders: Loaders = field(init=False)
    _session: ReadSession | None = field(default=None, init=False)
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack, init=False)
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)
    _over: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.loaders = Loaders(self)

    @property
    def principal(self) -> Principal:
        return self.standing.principal

    @property
    def moment(self) -> dict[str, Any]:
        """Ambient values of this operation alone."""
        return {"now": self.now, "rate_limit": self.rate_limit}

    @property
    def permission(self) -> Permission:
        return self.standing.permission

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[ReadSession]:
        """The operation's read session, one user at a time: siblings run concurrently, a session must not.

        A sibling that comes after the answer was given up for another's error is cancelled: what it opened would stay.
        """
        async with self._lock:
            if self._over:
                raise asyncio.CancelledError
            if self._session is None:
                self._session = await self._stack.enter_async_context(self.sessions.read(self.principal))
            try:
                yield self._session
            except BaseException as error:
                await self._leave(error)
                raise

    async def _leave(self, error: BaseException) -> None:
        """Give up a snapshot that a failure or a cancelled statement has broken; what is read next opens another."""
        stack, self._stack, self._session = self._stack, AsyncExitStack(), None
        await stack.__aexit__(type(error), error, error.__traceback__)

    async def start_anew(self) -> None:
        """Forget the snapshot and everything loaded from it: after a change, what is read next shows the change."""
        async with self._lock:
            self._session = None
            await self._stack.aclose()
            self._stack = AsyncExitStack()
        self.loaders = Loaders(self)

    async def aclose(self) -> None:
        async with self._lock:
            self._over = True
            await self._stack.aclose()
