"""Banks hand in cases of a campaign, courts tag them and report what they recover."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import func, select

from hub.audit.catalogue import AuditAction
from hub.campaign.commands import CampaignRecovering, CampaignSubmission, CampaignTagging
from hub.campaign.opening import noted
from hub.campaign.workflow import COURSE
from hub.canonical.campaign import CampaignCapacity, CampaignStatus
from hub.canonical.case_number import parse_case_number
from hub.core.errors import NotFound, Reason, Refused, refuse_if
from hub.core.money import fen
from hub.core.payload import find_problems
from hub.db.models import Campaign, CampaignCase, CampaignParticipant, CampaignRecovery
from hub.workflow.firing import announce
from hub.workflow.rows import locked, within
from hub.workflow.unit import Unit

P = CampaignCapacity


async def submit_cases(unit: Unit, asked: CampaignSubmission) -> UUID:
    """All cases or none. Raises ``NotFound``, ``Refused`` with every reason, each with the row it is about."""
    row = await _campaign(unit, asked.campaign_id, "campaignId")
    parts = await _participants(unit, row)
    if parts.get(unit.organization_id) is not P.BANK:
        raise Refused(Reason("CAMPAIGN_BANK_ONLY"))
    late = (Reason("CAMPAIGN_CUT_OFF", ("campaignId",)),) if unit.today > row.cut_off_on else ()
    refuse_if((*find_problems(asked), *_open_problems(row), *late))
    numbers = [str(parse_case_number(each.case_number)) for each in asked.cases]
    refuse_if(await _case_problems(unit, row, asked, numbers, parts))
    for number, each in zip(numbers, asked.cases, strict=True):
        unit.session.add(
            CampaignCase(
                campaign_id=row.id,
                bank_id=unit.organization_id,
                court_id=each.court_id,
                case_number=number,
                debtor_uscc=each.debtor_uscc,
                principal_fen=fen(each.principal),
                lent_on=each.lent_on,
                **within(row),
            )
        )
    await noted(unit, row, AuditAction.CAMPAIGN_SUBMITTED, cases=len(numbers))
    await announce(unit, COURSE, row, "submitted")
    return row.id


async def tag_case(unit: Unit, asked: CampaignTagging) -> UUID:
    """Idempotent: a case that is tagged stays as it was. Raises ``NotFound``, ``Refused`` (CAMPAIGN_NOT_OPEN)."""
    case, row = await _own_case(unit, asked.case_id)
    refuse_if(_open_problems(row))
    if case.tagged_at is None:
        case.tagged_at = unit.at
        await noted(unit, row, AuditAction.CAMPAIGN_TAGGED, case=str(case.id))
        await announce(unit, COURSE, row, "tagged")
    return case.id


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


async def _case_problems(
    unit: Unit,
    row: Campaign,
    asked: CampaignSubmission,
    numbers: Sequence[str],
    parts: dict[UUID, CampaignCapacity],
) -> list[Reason]:
    rows = await unit.session.execute(
        select(CampaignCase.court_id, CampaignCase.case_number).where(
            CampaignCase.campaign_id == row.id, CampaignCase.bank_id == unit.organization_id
        )
    )
    told = set(rows.tuples().all())
    found = []
    for index, (number, each) in enumerate(zip(numbers, asked.cases, strict=True)):
        if parts.get(each.court_id) is not P.COURT:
            found.append(Reason("CAMPAIGN_COURT_UNKNOWN", ("cases", index, "courtId")))
        if (each.court_id, number) in told:
            found.append(Reason("CAMPAIGN_CASE_TOLD", ("cases", index, "caseNumber")))
        if each.lent_on > unit.today:
            found.append(Reason("CAMPAIGN_LENT_LATER", ("cases", index, "lentOn")))
        told.add((each.court_id, number))
    return found


async def _campaign(unit: Unit, key: UUID, path: str) -> Campaign:
    row = await unit.session.scalar(select(Campaign).where(Campaign.id == key))
    if row is None:
        raise NotFound(path=(path,))
    return row


async def _participants(unit: Unit, row: Campaign) -> dict[UUID, CampaignCapacity]:
    of = select(CampaignParticipant.organization_id, CampaignParticipant.capacity)
    return dict((await unit.session.execute(of.where(CampaignParticipant.campaign_id == row.id))).tuples().all())


async def _own_case(unit: Unit, key: UUID) -> tuple[CampaignCase, Campaign]:
    """A case of the caller's own court, locked, which two reports of it meet. Raises ``NotFound``."""
    case: CampaignCase = await locked(unit, CampaignCase, key, path="caseId")
    return case, await _campaign(unit, case.campaign_id, "caseId")


def _open_problems(row: Campaign) -> Iterable[Reason]:
    if row.status is not CampaignStatus.OPEN:
        yield Reason("CAMPAIGN_NOT_OPEN")
