"""A case of a campaign and the case as its court tells it are one by court and number."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from hub.db.models import Campaign, CampaignCase, LegalCase
from hub.inquiry.sweep import PORTION, Sweep


async def link(session: AsyncSession, cases: Sequence[CampaignCase]) -> int:
    """Link those whose case is mirrored and seen by who links; how many."""
    open_ = [each for each in cases if each.case_number and each.legal_case_id is None]
    if not open_:
        return 0
    named = [(each.tenant_id, each.court_id, each.case_number) for each in open_]
    of = LegalCase.tenant_id, LegalCase.court_id, LegalCase.case_number
    rows = await session.execute(select(*of, LegalCase.id).where(tuple_(*of).in_(named)))
    known = {(tenant, court, number): key for tenant, court, number, key in rows.tuples()}
    for each in open_:
        each.legal_case_id = known.get((each.tenant_id, each.court_id, each.case_number or ""))
    await session.flush()
    return sum(each.legal_case_id is not None for each in open_)


async def link_late(sweep: Sweep) -> int:
    """Link what its court told after it was tagged; how many."""
    found = await sweep.session.scalars(
        select(CampaignCase)
        .join(Campaign, Campaign.id == CampaignCase.campaign_id)
        .join(
            LegalCase,
            (LegalCase.court_id == CampaignCase.court_id) & (LegalCase.case_number == CampaignCase.case_number),
        )
        .where(
            CampaignCase.legal_case_id.is_(None),
            CampaignCase.tagged_at.is_not(None),
            LegalCase.tenant_id == CampaignCase.tenant_id,
        )
        .order_by(CampaignCase.id)
        .limit(PORTION)
        .with_for_update(of=CampaignCase, skip_locked=True)
    )
    return await link(sweep.session, found.all())
