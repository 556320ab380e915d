"""The office that the policy pack names opens a campaign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.campaign.commands import CampaignOpening
from hub.campaign.workflow import COURSE
from hub.canonical.campaign import CampaignCapacity, CampaignStatus
from hub.canonical.codes import OrganizationKind
from hub.core.errors import Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems
from hub.db.models import Campaign, CampaignParticipant, Organization
from hub.organizations.named import unit_named
from hub.workflow.firing import announce
from hub.workflow.rows import home_jurisdiction, placed_in, within
from hub.workflow.unit import Unit

ORGANISER = "campaign.organiser"
BANK_KINDS = "campaign.bank_kinds"
P = CampaignCapacity


async def open_campaign(unit: Unit, asked: CampaignOpening) -> UUID:
    """Raises ``Refused`` (CAMPAIGN_ORGANISER_UNKNOWN, CAMPAIGN_ORGANISER_ONLY, or every problem of the input)."""
    refuse_if(find_problems(asked))
    home = await home_jurisdiction(unit.session, unit.organization_id)
    pack = await unit.policy.pack(unit.session, home.id, unit.today)
    if await unit_named(unit.session, pack, ORGANISER, home.id, "CAMPAIGN_ORGANISER_UNKNOWN") != unit.organization_id:
        raise Refused(Reason("CAMPAIGN_ORGANISER_ONLY"))
    named = {P.BANK: asked.bank_ids, P.COURT: asked.court_ids, P.SUPPORT: asked.support_ids}
    with_banks = asked.kind.value in pack.codes(BANK_KINDS)
    refuse_if([*_bank_problems(asked, with_banks=with_banks), *await _participant_problems(unit, named)])
    called = f"campaign.kind.{asked.kind.value}"
    row = Campaign(
        id=new_id(),
        kind=asked.kind,
        kind_label=pack.text(called).zh,
        clause=pack.basis(called).clause,
        with_banks=with_banks,
        title=asked.title.strip(),
        status=CampaignStatus.OPEN,
        office_id=unit.organization_id,
        party_ids=[key for keys in named.values() for key in keys],
        starts_on=asked.starts_on,
        cut_off_on=asked.cut_off_on,
        **placed_in(home),
    )
    unit.session.add(row)
    await unit.session.flush()
    unit.session.add_all(
        CampaignParticipant(
            campaign_id=row.id, office_id=row.office_id, organization_id=key, capacity=capacity, **within(row)
        )
        for capacity, keys in named.items()
        for key in keys
    )
    await noted(unit, row, AuditAction.CAMPAIGN_OPENED, participants=len(row.party_ids))
    await announce(unit, COURSE, row, "opened")
    return row.id


async def noted(unit: Unit, row: Campaign, action: AuditAction, **detail: object) -> None:
    await unit.session.flush()
    await unit.audit(action, Target("Campaign", row.id, row.jurisdiction_path), **detail)


def _bank_problems(asked: CampaignOpening, *, with_banks: bool) -> Iterator[Reason]:
    """Whether banks take part follows from the kind, as the pack has it."""
    if with_banks and not asked.bank_ids:
        yield Reason("CAMPAIGN_BANKS_NEEDED", ("bankIds",))
    if asked.bank_ids and not with_banks:
        yield Reason("CAMPAIGN_WITHOUT_BANKS", ("bankIds",))


async def _participant_problems(unit: Unit, named: Mapping[CampaignCapacity, tuple[UUID, ...]]) -> list[Reason]:
    """Units unknown, and courts that are none, or stand elsewhere than among courts."""
    keys = [key for each in named.values() for key in each]
    rows = await unit.session.execute(
        select(Organization.id, Organization.kind).where(Organization.id.in_(keys), Organization.valid_to.is_(None))
    )
    kinds = dict(rows.tuples().all())
    found = []
    for capacity, each in named.items():
        for index, key in enumerate(each):
            path = (f"{capacity.value.lower()}Ids", index)
            if key not in kinds:
                found.append(Reason("CAMPAIGN_PARTICIPANT_UNKNOWN", path))
            elif (kinds[key] is OrganizationKind.COURT) != (capacity is P.COURT):
                found.append(Reason("CAMPAIGN_COURT", path))
    return found
