"""Reads on record: sensitive ones one entry an operation, before the answer is released; plain ones counted in batches.

The counts of up to one interval are lost when a process is killed; entries of sensitive reads never are.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

import structlog

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.core.clock import Clock
from hub.core.principal import Principal
from hub.db.session import Sessions

log = structlog.get_logger("hub.audit")

INTERVAL = timedelta(minutes=1)
KIND = "Read"
Sensitive = tuple[AuditAction, str]
"""What of an operation goes on record: the act, and the type or field read."""


class ReadRecord:
    """One per process. ``settle`` writes what is still only counted."""

    def __init__(self, sessions: Sessions, clock: Clock, *, interval: timedelta = INTERVAL) -> None:
        self._sessions = sessions
        self._clock = clock
        self._interval = interval
        self._counts: dict[Principal, Counter[str]] = {}
        self._since: datetime | None = None
        self._settling: asyncio.Task[None] | None = None

    async def keep(
        self, principal: Principal, fields: Iterable[str], sensitive: Iterable[Sensitive], *, at: datetime
    ) -> None:
        """Put a read on record; the answer is released only after this returns."""
        if found := frozenset(sensitive):
            await self._enter(principal, found, at)
        counts = self._counts.get(principal)
        if counts is None:
            counts = self._counts[principal] = Counter()
        counts.update(fields)
        if self._since is None:
            self._since = at
        elif at - self._since >= self._interval and (self._settling is None or self._settling.done()):
            self._settling = asyncio.create_task(self._settle_quietly())

    async def _enter(self, principal: Principal, sensitive: frozenset[Sensitive], at: datetime) -> None:
        async with self._sessions.write(principal) as session:
            for action in sorted({action for action, _ in sensitive}):
                names = sorted(name for each, name in sensitive if each is action)
                target = Target(KIND, None, principal.home_path)
                await record(session, principal, action, at=at, target=target, detail={"read": names})

    async def settle(self) -> None:
        """One entry per client and token with how often each root field was read since the last."""
        counts, self._counts, self._since = self._counts, {}, None
        if not counts:
            return
        at = self._clock()
        try:
            async with self._sessions.system("reads") as session:
                for principal, fields in counts.items():
                    target = Target(KIND, None, principal.home_path)
                    detail = dict(sorted(fields.items()))
                    await record(session, principal, AuditAction.READS_COUNTED, at=at, target=target, detail=detail)
        except BaseException:
            for principal, fields in counts.items():
                self._counts.setdefault(principal, Counter()).update(fields)
            raise

    async def _settle_quietly(self) -> None:
        try:
            await self.settle()
        except Exception as error:
            log.exception("counts of reads not written yet", kind=type(error).__name__)

    async def aclose(self) -> None:
        if self._settling is not None:
            await self._settling
        await self._settle_quietly()
