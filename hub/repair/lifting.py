"""Whether every measure that rests on a listing is lifted: asked in one place, answered by whoever keeps measures."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.db.models import StandingMeasure


async def all_lifted(session: AsyncSession, record_id: UUID) -> bool:
    """True when no measure of the listing is in force. A listing that its court has deleted is then repaired, and its
    repair complete."""
    standing = select(StandingMeasure.record_id).where(StandingMeasure.record_id == record_id).limit(1)
    return await session.scalar(standing) is None
