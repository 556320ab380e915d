"""Who still uses what is deprecated: counted per client, schema coordinate and day, written in batches.

The counts of up to one interval are lost when a process is killed.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from hub.core.clock import local_date
from hub.db.models import FieldUsage
from hub.db.session import Sessions, SystemSession

log = structlog.get_logger("hub.usage")

INTERVAL = timedelta(minutes=1)
JOB = "usage"
Place = tuple[str, str, date]


@dataclass(frozen=True, slots=True)
class Used:
    coordinate: str
    client_id: str
    operations: int
    last: date


class UsageRecord:
    """One per process. ``settle`` writes what is still only counted."""

    def __init__(self, sessions: Sessions, *, interval: timedelta = INTERVAL) -> None:
        self._sessions = sessions
        self._interval = interval
        self._counts: Counter[Place] = Counter()
        self._since: datetime | None = None
        self._settling: asyncio.Task[None] | None = None

    def keep(self, client_id: str, coordinates: Iterable[str], *, at: datetime) -> None:
        """Count one operation. Never waits."""
        day = local_date(at)
        self._counts.update((client_id, coordinate, day) for coordinate in coordinates)
        if not self._counts:
            return
        if self._since is None:
            self._since = at
        elif at - self._since >= self._interval and (self._settling is None or self._settling.done()):
            self._settling = asyncio.create_task(self._settle_quietly())

    async def settle(self) -> None:
        """Add the counts to those of other processes."""
        counts, self._counts, self._since = self._counts, Counter(), None
        if not counts:
            return
        rows = [
            {"client_id": client, "coordinate": coordinate, "day": day, "operations": operations}
            for (client, coordinate, day), operations in sorted(counts.items())
        ]
        added = insert(FieldUsage).values(rows)
        total = {"operations": FieldUsage.operations + added.excluded.operations}
        try:
            async with self._sessions.system(JOB) as session:
                await session.execute(
                    added.on_conflict_do_update(index_elements=FieldUsage.__table__.primary_key, set_=total)
                )
        except BaseException:
            self._counts.update(counts)
            raise

    async def _settle_quietly(self) -> None:
        try:
            await self.settle()
        except Exception as error:
            log.exception("usage not written yet", kind=type(error).__name__)

    async def aclose(self) -> None:
        if self._settling is not None:
            await self._settling
        await self._settle_quietly()


async def usage_since(session: SystemSession, day: date) -> Sequence[Used]:
    """Everything used on ``day`` or later, by coordinate and client."""
    row = FieldUsage
    found = await session.execute(
        select(
            row.coordinate, row.client_id, func.sum(row.operations).label("operations"), func.max(row.day).label("last")
        )
        .where(row.day >= day)
        .group_by(row.coordinate, row.client_id)
        .order_by(row.coordinate, row.client_id)
    )
    return [Used(each.coordinate, each.client_id, int(each.operations), each.last) for each in found]
