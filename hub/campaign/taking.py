"""Lists of cases taken in: all of their rows or none. What was told before in the same words is told once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.campaign.commands import CampaignSubmission
from hub.campaign.debtors import masked, sealed
from hub.campaign.linking import link
from hub.campaign.locking import have_alone
from hub.campaign.opening import noted
from hub.campaign.told import Known, Told, twice_in
from hub.campaign.workflow import COURSE
from hub.canonical.campaign import CampaignCapacity, CampaignStatus
from hub.canonical.citizen_id import find_citizen_id_problems
from hub.canonical.uscc import normalize_uscc
from hub.core.errors import NotFound, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.money import fen
from hub.core.payload import find_problems
from hub.db.models import Campaign, CampaignCase, CampaignList, CampaignParticipant
from hub.db.tenant_keys import TenantKeys, tenant_keys
from hub.workflow.firing import announce
from hub.workflow.rows import within
from hub.workflow.unit import Unit

P = CampaignCapacity


@dataclass(frozen=True, slots=True)
class Taken:
    """``list_id`` is the list that the rows were told by, an earlier one when none of them is new."""

    list_id: UUID
    campaign_id: UUID
    taken: int
    unchanged: int


async def submit_cases(unit: Unit, asked: CampaignSubmission) -> UUID:
    """All cases or none. Raises ``NotFound``, ``Refused`` with every reason, each with the row it is about."""
    row = await open_campaign_of(unit, asked.campaign_id)
    refuse_if(find_problems(asked))
    rows = [Told(("cases", index), each) for index, each in enumerate(asked.cases)]
    return (await take(unit, row, rows)).campaign_id


async def open_campaign_of(unit: Unit, campaign_id: UUID) -> Campaign:
    """The campaign, had alone, when the caller may tell cases of it. Raises ``NotFound``, ``Refused``."""
    await have_alone(unit.session, campaign_id)
    row = await campaign_of(unit, campaign_id, "campaignId")
    tells = P.BANK if row.with_banks else P.COURT
    if (await participants(unit, row)).get(unit.organization_id) is not tells:
        raise Refused(Reason("CAMPAIGN_BANK_ONLY" if row.with_banks else "CAMPAIGN_COURT_ONLY"))
    late = (Reason("CAMPAIGN_CUT_OFF", ("campaignId",)),) if unit.today > row.cut_off_on else ()
    refuse_if((*open_problems(row), *late))
    return row


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is wrong with a list, and else what of it is new; ``list_id`` is where the rest was told."""

    reasons: Sequence[Reason]
    new: Sequence[Told]
    list_id: UUID | None


async def take(unit: Unit, row: Campaign, rows: Sequence[Told], *more: Reason) -> Taken:
    """The rows have passed ``find_problems``; ``more`` is what is wrong with others of the same list. Raises
    ``Refused`` with every reason, then nothing is taken."""
    keys = await tenant_keys(unit.session, unit.keyring, row.tenant_id, unit.at)
    weighed = await _weigh(unit, row, keys, rows)
    refuse_if((*more, *weighed.reasons))
    if not weighed.new:
        assert weighed.list_id is not None
        return Taken(weighed.list_id, row.id, 0, len(rows))
    made = await _keep(unit, row, keys, weighed.new, len(rows))
    return Taken(made.id, row.id, len(weighed.new), len(rows) - len(weighed.new))


async def _weigh(unit: Unit, row: Campaign, keys: TenantKeys, rows: Sequence[Told]) -> Weighed:
    known = Known(await _told_before(unit, row))
    courts = {key for key, capacity in (await participants(unit, row)).items() if capacity is P.COURT}
    reasons: list[Reason] = []
    new: list[Told] = []
    list_id = None
    for each in rows:
        reasons += _row_problems(unit, row, each, courts)
        before = known.of(each)
        if before is None:
            new.append(each)
        elif before.content_index == each.content(keys) and known.fits(before, each):
            list_id = before.list_id or before.id
        else:
            reasons.append(Reason("CAMPAIGN_CASE_TOLD", (*each.path, "caseNumber")))
    reasons += [Reason("CAMPAIGN_CASE_TWICE", (*each.path, "caseNumber")) for each in twice_in(rows)]
    return Weighed(reasons, new, list_id)


async def _told_before(unit: Unit, row: Campaign) -> Sequence[CampaignCase]:
    mine = CampaignCase.bank_id == unit.organization_id if row.with_banks else CampaignCase.bank_id.is_(None)
    return (await unit.session.scalars(select(CampaignCase).where(CampaignCase.campaign_id == row.id, mine))).all()


def _row_problems(unit: Unit, row: Campaign, told: Told, courts: set[UUID]) -> Iterable[Reason]:
    draft, path = told.draft, told.path
    if draft.court_id not in courts:
        yield Reason("CAMPAIGN_COURT_UNKNOWN", (*path, "courtId"))
    elif not row.with_banks and draft.court_id != unit.organization_id:
        yield Reason("CAMPAIGN_COURT_OWN", (*path, "courtId"))
    if not row.with_banks and not draft.case_number:
        yield Reason("CAMPAIGN_NUMBER_NEEDED", (*path, "caseNumber"))
    if row.with_banks and draft.lent_on is None:
        yield Reason("CAMPAIGN_LENT_NEEDED", (*path, "lentOn"))
    if draft.lent_on is not None and draft.lent_on > unit.today:
        yield Reason("CAMPAIGN_LENT_LATER", (*path, "lentOn"))
    if draft.debtor_citizen_id:
        yield from find_citizen_id_problems(draft.debtor_citizen_id, today=unit.today, path=(*path, "debtorCitizenId"))


async def _keep(unit: Unit, row: Campaign, keys: TenantKeys, new: Sequence[Told], rows: int) -> CampaignList:
    made = CampaignList(
        id=new_id(), campaign_id=row.id, teller_id=unit.organization_id, rows=rows, taken=len(new), **within(row)
    )
    unit.session.add(made)
    await unit.session.flush()
    cases = [_case(unit, row, keys, each, (made.id, at)) for at, each in enumerate(new, start=1)]
    unit.session.add_all(cases)
    await unit.session.flush()
    if not row.with_banks:
        await link(unit.session, cases)
    await noted(unit, row, AuditAction.CAMPAIGN_SUBMITTED, list=str(made.id), cases=len(new), rows=rows)
    await announce(unit, COURSE, row, "submitted")
    return made


def _case(unit: Unit, row: Campaign, keys: TenantKeys, told: Told, place: tuple[UUID, int]) -> CampaignCase:
    """A court that tells a case of its own tags it with that."""
    draft, key = told.draft, new_id()
    return CampaignCase(
        id=key,
        campaign_id=row.id,
        list_id=place[0],
        list_row=place[1],
        bank_id=unit.organization_id if row.with_banks else None,
        court_id=draft.court_id,
        case_number=told.number,
        loan_number=told.loan,
        debtor_uscc=normalize_uscc(draft.debtor_uscc) if draft.debtor_uscc else None,
        debtor_masked=masked(draft),
        debtor_sealed=sealed(keys, draft, key),
        principal_fen=fen(draft.principal),
        lent_on=draft.lent_on,
        content_index=told.content(keys),
        tagged_at=None if row.with_banks else unit.at,
        **within(row),
    )


async def campaign_of(unit: Unit, key: UUID, path: str) -> Campaign:
    """Raises ``NotFound``."""
    row = await unit.session.scalar(select(Campaign).where(Campaign.id == key))
    if row is None:
        raise NotFound(path=(path,))
    return row


async def participants(unit: Unit, row: Campaign) -> dict[UUID, CampaignCapacity]:
    """Who takes part, as far as the caller may know."""
    of = select(CampaignParticipant.organization_id, CampaignParticipant.capacity)
    return dict((await unit.session.execute(of.where(CampaignParticipant.campaign_id == row.id))).tuples().all())


def open_problems(row: Campaign) -> Iterable[Reason]:
    if row.status is not CampaignStatus.OPEN:
        yield Reason("CAMPAIGN_NOT_OPEN")
