"""Who still uses what is deprecated: counted per client, schema coordinate and day, written in batches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from hub.audit.tally import INTERVAL, Tally
from hub.core.clock import local_date
from hub.db.models import FieldUsage
from hub.db.session import Sessions, SystemSession

JOB = "usage"
Place = tuple[str, date]
"""A schema coordinate and the day of its use."""


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
        self._tally: Tally[str, Place] = Tally(JOB, self._write, interval=interval)
        self.settle = self._tally.settle
        self.aclose = self._tally.aclose

    def keep(self, client_id: str, coordinates: Collection[str], *, at: datetime) -> None:
        """Count one operation. Never waits."""
        places = [(coordinate, local_date(at)) for coordinate in coordinates]
        self._tally.add(client_id, places, at=at)

    async def _write(self, counts: Mapping[str, Counter[Place]]) -> None:
        """Add the counts to those of other processes."""
        rows = [
            {"client_id": client, "coordinate": coordinate, "day": day, "operations": operations}
            for client, places in sorted(counts.items())
            for (coordinate, day), operations in sorted(places.items())
        ]
        added = insert(FieldUsage).values(rows)
        total = {"operations": FieldUsage.operations + added.excluded.operations}
        async with self._sessions.system(JOB) as session:
            await session.execute(
                added.on_conflict_do_update(index_elements=FieldUsage.__table__.primary_key, set_=total)
            )


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
