"""Decisions that rested on a listing which was wrong: whoever took them is to look at them again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Date, cast, func, or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import Disposition
from hub.core.clock import SHANGHAI
from hub.db.bulk import among
from hub.db.models import Interception, StandingListing


async def see_again(session: AsyncSession, records: Sequence[UUID], at: datetime) -> None:
    """Mark what was stopped since these listings began, of subjects that checks find by them; while they are found."""
    listing, stopped = StandingListing, Interception
    day = cast(func.timezone(SHANGHAI.key, stopped.at), Date)
    await session.execute(
        update(stopped)
        .where(
            among(listing.record_id, records),
            or_(stopped.key == listing.identity, stopped.key == listing.name),
            stopped.tenant_id == listing.tenant_id,
            stopped.decision != Disposition.PASS,
            stopped.affected_at.is_(None),
            day >= listing.since,
        )
        .values(affected_at=at)
        .execution_options(synchronize_session=False)
    )
