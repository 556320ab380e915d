"""Courts tag the cases of a campaign that are theirs and report what they recover."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from hub.audit.catalogue import AuditAction
from hub.campaign.commands import CampaignRecovering, CampaignTagging
from hub.campaign.linking import link
from hub.campaign.locking import add_to
from hub.campaign.opening import noted
from hub.campaign.taking import campaign_of, open_problems
from hub.campaign.workflow import COURSE
from hub.canonical.campaign import CampaignStatus
from hub.core.errors import NotFound, Reason, Refused, refuse_if
from hub.core.money import fen
from hub.core.payload import find_problems
from hub.db.models import Campaign, CampaignCase, CampaignRecovery
from hub.workflow.firing import announce
from hub.workflow.rows import locked, within
from hub.workflow.unit import Unit


async def tag_case(unit: Unit, asked: CampaignTagging) -> UUID:
    """Idempotent: a case that is tagged stays as it was. Raises ``NotFound``, ``Refused`` (CAMPAIGN_NOT_OPEN,
    CAMPAIGN_NOT_FILED)."""
    case, row = await _own_case(unit, asked.case_id)
    refuse_if(open_problems(row))
    if case.case_number is None:
        raise Refused(Reason("CAMPAIGN_NOT_FILED", ("caseId",)))
    if case.tagged_at is None:
        await tag(unit, row, case)
        await announce(unit, COURSE, row, "tagged")
    return case.id


async def tag(unit: Unit, row: Campaign, case: CampaignCase) -> None:
    case.tagged_at = unit.at
    await link(unit.session, [case])
    await noted(unit, row, AuditAction.CAMPAIGN_TAGGED, case=str(case.id))


async def report_recovery(unit: Unit, asked: CampaignRecovering) -> UUID:
    """Also of a closed campaign: what is told late makes the next version of the figures."""
    case, row = await _own_case(unit, asked.case_id)
    problems = [*find_problems(asked)]
    if row.status is CampaignStatus.CANCELLED:
        problems.append(Reason("CAMPAIGN_NOT_OPEN", ("caseId",)))
    if case.tagged_at is None:
        problems.append(Reason("CAMPAIGN_NOT_TAGGED", ("caseId",)))
    if not row.starts_on <= asked.recovered_on <= unit.today:
        problems.append(Reason("CAMPAIGN_RECOVERED_DAY", ("recoveredOn",)))
    refuse_if(problems)
    amount = (fen(asked.amount) or 0) * (-1 if asked.reversal else 1)
    told = select(func.coalesce(func.sum(CampaignRecovery.amount_fen), 0)).where(CampaignRecovery.case_id == case.id)
    if int(await unit.session.scalar(told) or 0) + amount < 0:
        raise Refused(Reason("CAMPAIGN_REVERSAL", ("amount",)))
    unit.session.add(
        CampaignRecovery(
            case_id=case.id,
            bank_id=case.bank_id,
            court_id=case.court_id,
            amount_fen=amount,
            recovered_on=asked.recovered_on,
            **within(row),
        )
    )
    await noted(unit, row, AuditAction.CAMPAIGN_RECOVERED, case=str(case.id), reversal=asked.reversal)
    await announce(unit, COURSE, row, "recovered")
    return case.id


async def _own_case(unit: Unit, key: UUID) -> tuple[CampaignCase, Campaign]:
    """A case of the caller's own court, locked, which two reports of it meet; its campaign first. Raises
    ``NotFound``."""
    of = select(CampaignCase.campaign_id).where(CampaignCase.id == key)
    campaign_id = await unit.session.scalar(of)
    if campaign_id is None:
        raise NotFound(path=("caseId",))
    await add_to(unit.session, campaign_id)
    case: CampaignCase = await locked(unit, CampaignCase, key, path="caseId")
    return case, await campaign_of(unit, campaign_id, "caseId")
