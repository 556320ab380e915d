"""Ticks are remembered for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from hub.canonical.codes import TickStatus
from hub.db.models import ScheduledTick
from hub.db.session import SystemSession

KEPT = timedelta(days=7)
Tick = ScheduledTick


async def forget_ticks(session: SystemSession, *, at: datetime) -> int:
    """Forget the ticks that ended long ago, but never the last of a job: counting goes on from it."""
    last = select(func.max(Tick.due_at)).group_by(Tick.job)
    gone = await session.scalars(
        delete(Tick)
        .where(Tick.due_at < at - KEPT, Tick.status != TickStatus.DUE, Tick.due_at.not_in(last))
        .returning(Tick.job)
    )
    return len(gone.all())
