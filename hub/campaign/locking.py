"""The one lock of a campaign, taken before any of its rows.

Who adds to a campaign holds it together with others; who counts, closes or takes a list in has it alone: nothing is
then half-added, and what is committed later is counted later. It is a lock of the transaction and not of the row, for
a court may not change the row of a campaign.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession


async def add_to(session: AsyncSession, campaign_id: UUID) -> None:
    await session.execute(select(func.pg_advisory_xact_lock_shared(_key(campaign_id))))


async def have_alone(session: AsyncSession, campaign_id: UUID) -> None:
    await session.execute(select(func.pg_advisory_xact_lock(_key(campaign_id))))


def _key(campaign_id: UUID) -> object:
    return func.hashtextextended(f"campaign:{campaign_id}", 0)
