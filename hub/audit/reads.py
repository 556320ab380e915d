"""Reads on record: sensitive ones one entry an operation, before the answer is released; plain ones counted in batches.

Entries of sensitive reads are never lost; of the counts see ``hub.audit.tally``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.audit.tally import INTERVAL, Tally
from hub.core.clock import Clock
from hub.core.principal import Principal
from hub.db.session import Sessions

KIND = "Read"
Sensitive = tuple[AuditAction, str]
"""What of an operation goes on record: the act, and the type or field read."""


class ReadRecord:
    """One per process. ``settle`` writes what is still only counted."""

    def __init__(self, sessions: Sessions, clock: Clock, *, interval: timedelta = INTERVAL) -> None:
        self._sessions = sessions
        self._clock = clock
        self._tally: Tally[Principal, str] = Tally("reads", self._write, interval=interval)
        self.settle = self._tally.settle
        self.aclose = self._tally.aclose

    async def keep(
        self, principal: Principal, fields: Collection[str], sensitive: Iterable[Sensitive], *, at: datetime
    ) -> None:
        """Put a read on record; the answer is released only after this returns."""
        if found := frozenset(sensitive):
            await self._enter(principal, found, at)
        self._tally.add(principal, fields, at=at)

    async def _enter(self, principal: Principal, sensitive: frozenset[Sensitive], at: datetime) -> None:
        async with self._sessions.write(principal) as session:
            for action in sorted({action for action, _ in sensitive}):
                names = sorted(name for each, name in sensitive if each is action)
                target = Target(KIND, None, principal.home_path)
                await record(session, principal, action, at=at, target=target, detail={"read": names})

    async def _write(self, counts: Mapping[Principal, Counter[str]]) -> None:
        """One entry per client and token with how often each root field was read since the last."""
        at = self._clock()
        async with self._sessions.system("reads") as session:
            for principal, fields in counts.items():
                target = Target(KIND, None, principal.home_path)
                detail = dict(sorted(fields.items()))
                await record(session, principal, AuditAction.READS_COUNTED, at=at, target=target, detail=detail)
