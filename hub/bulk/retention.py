"""What ends by itself: files past their time, and records of exports long over."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, update

from hub.canonical.codes import BulkStatus
from hub.db.models import BulkOperation
from hub.db.session import SystemSession

_OVER = (BulkStatus.CANCELLED, BulkStatus.FAILED, BulkStatus.EXPIRED)


async def expire(session: SystemSession, *, at: datetime, remembered: timedelta) -> int:
    """Mark exports whose file is past its time, and forget those over for long; returns how many rows."""
    row = BulkOperation
    past = (row.status == BulkStatus.COMPLETED, row.expires_at <= at)
    expired = await session.scalars(update(row).where(*past).values(status=BulkStatus.EXPIRED).returning(row.id))
    over = (row.status.in_(_OVER), row.completed_at <= at - remembered)
    forgotten = await session.scalars(delete(row).where(*over).returning(row.id))
    return len(expired.all()) + len(forgotten.all())
