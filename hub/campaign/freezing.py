"""What the clock does to campaigns: after the cut-off the figures are frozen, and frozen anew when a late report
changes them."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from hub.audit.catalogue import AuditAction
from hub.campaign.locking import have_alone
from hub.canonical.campaign import CampaignStatus
from hub.core.principal import Principal
from hub.db.models import Campaign, CampaignCase, CampaignFigure, CampaignRecovery
from hub.inquiry.sweep import Sweep
from hub.workflow.rows import within

WORKER = Principal(subject="system:campaign", organization_id=None)

Totals = dict[UUID | None, tuple[int, int, int]]
"""Cases, principal and recovered in fen, by bank and court; under None those of all."""


async def freeze_figures(sweep: Sweep) -> int:
    """Freeze what is past its cut-off and not frozen as it stands; how many campaigns. Each is had alone, before its
    row, as whoever closes it does: a report under way is of these figures or of the next, never of neither."""
    keys = await sweep.session.scalars(select(Campaign.id).where(*_due(sweep)).order_by(Campaign.id))
    return sum([await _freeze(sweep, key) for key in keys.all()])


def _due(sweep: Sweep) -> tuple[ColumnElement[bool], ...]:
    return Campaign.status != CampaignStatus.CANCELLED, Campaign.cut_off_on < sweep.today


async def _freeze(sweep: Sweep, campaign_id: UUID) -> bool:
    await have_alone(sweep.session, campaign_id)
    of = select(Campaign).where(Campaign.id == campaign_id, *_due(sweep))
    row = await sweep.session.scalar(of.with_for_update(skip_locked=True))
    if row is None:
        return False
    version, frozen = await _frozen(sweep, row)
    totals = await _totals(sweep, row)
    if totals == frozen:
        return False
    for key, (cases, principal, recovered) in totals.items():
        sweep.session.add(
            CampaignFigure(
                campaign_id=row.id,
                office_id=row.office_id,
                organization_id=key,
                figure_version=version + 1,
                cases=cases,
                principal_fen=principal,
                recovered_fen=recovered,
                **within(row),
            )
        )
    await sweep.session.flush()
    await sweep.trace(AuditAction.CAMPAIGN_FROZEN, row, type_="campaign.frozen", figures=version + 1)
    return True


async def _frozen(sweep: Sweep, row: Campaign) -> tuple[int, Totals]:
    """The latest version and what it says; 0 and nothing before the first."""
    rows = await sweep.session.scalars(select(CampaignFigure).where(CampaignFigure.campaign_id == row.id))
    found = rows.all()
    last = max((each.figure_version for each in found), default=0)
    return last, {
        each.organization_id: (each.cases, each.principal_fen, each.recovered_fen)
        for each in found
        if each.figure_version == last
    }


async def _totals(sweep: Sweep, row: Campaign) -> Totals:
    """Of tagged cases: a case that its court did not take up is no case of the campaign."""
    recovered = (
        select(func.coalesce(func.sum(CampaignRecovery.amount_fen), 0))
        .where(CampaignRecovery.case_id == CampaignCase.id, CampaignRecovery.recovered_on <= row.cut_off_on)
        .scalar_subquery()
    )
    rows = await sweep.session.execute(
        select(CampaignCase.bank_id, CampaignCase.court_id, CampaignCase.principal_fen, recovered).where(
            CampaignCase.campaign_id == row.id, CampaignCase.tagged_at.is_not(None)
        )
    )
    totals: dict[UUID | None, tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
    totals[None] = (0, 0, 0)
    for bank, court, principal, amount in rows.tuples():
        for key in {None, bank, court}:
            cases, owed, got = totals[key]
            totals[key] = (cases + 1, owed + principal, got + int(amount))
    return dict(totals)
