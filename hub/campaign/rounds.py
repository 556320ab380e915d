"""Rounds are planned by the office of their campaign, and moved along their table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.campaign.locking import add_to, have_alone
from hub.campaign.round_payloads import CampaignRoundPlanning
from hub.campaign.round_workflow import COURSE, ROUND, RoundFacts
from hub.campaign.taking import campaign_of, open_problems, participants
from hub.canonical.campaign import CampaignCapacity, CampaignRoundResult, CampaignRoundStatus
from hub.core.errors import NotFound, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems
from hub.core.principal import Principal
from hub.core.workflow import Actor, Availability
from hub.db.models import Campaign, CampaignRound, CampaignRoundCase
from hub.workflow.firing import announce, fire
from hub.workflow.rows import locked, within
from hub.workflow.unit import Unit


async def plan_round(unit: Unit, asked: CampaignRoundPlanning) -> UUID:
    """Raises ``NotFound``, ``Refused`` (CAMPAIGN_ORGANISER_ONLY, or every problem of the input)."""
    await add_to(unit.session, asked.campaign_id)
    row = await campaign_of(unit, asked.campaign_id, "campaignId")
    if row.office_id != unit.organization_id:
        raise Refused(Reason("CAMPAIGN_ORGANISER_ONLY"))
    courts = {key for key, each in (await participants(unit, row)).items() if each is CampaignCapacity.COURT}
    refuse_if((*find_problems(asked), *open_problems(row), *_plan_problems(asked, row, courts)))
    made = CampaignRound(
        id=new_id(),
        campaign_id=row.id,
        office_id=row.office_id,
        court_id=asked.court_id,
        kind=asked.kind,
        title=asked.title.strip(),
        status=CampaignRoundStatus.PLANNED,
        starts_on=asked.starts_on,
        ends_on=asked.ends_on,
        figure_version=0,
        **within(row),
    )
    unit.session.add(made)
    await unit.session.flush()
    target = Target("CampaignRound", made.id, made.jurisdiction_path)
    await unit.audit(AuditAction.CAMPAIGN_ROUND_PLANNED, target, kind=made.kind.value)
    await announce(unit, COURSE, made, "planned")
    return made.id


def _plan_problems(asked: CampaignRoundPlanning, row: Campaign, courts: Collection[UUID]) -> Iterator[Reason]:
    if asked.court_id not in courts:
        yield Reason("CAMPAIGN_ROUND_COURT", ("courtId",))
    if not row.starts_on <= asked.starts_on <= asked.ends_on:
        yield Reason("CAMPAIGN_ROUND_PERIOD", ("endsOn",))


async def fire_round(
    unit: Unit, round_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> CampaignRound:
    """Move a round; its campaign is had alone, so that what is counted stands still. Raises ``NotFound``, ``Denied``
    or ``Refused`` with every reason."""
    campaign_id = await unit.session.scalar(select(CampaignRound.campaign_id).where(CampaignRound.id == round_id))
    if campaign_id is None:
        raise NotFound(path=("id",))
    await have_alone(unit.session, campaign_id)
    row: CampaignRound = await locked(unit, CampaignRound, round_id)
    facts = (await _facts(unit.session, [row]))[row.id]
    actors = _actors(row, unit.principal)
    await fire(unit, ROUND, COURSE, row, event, payload, actors=actors, facts=facts, expected_version=expected_version)
    return row


async def round_events(
    session: AsyncSession, principal: Principal, rows: Sequence[CampaignRound]
) -> Mapping[UUID, tuple[Availability, ...]]:
    facts = await _facts(session, rows)
    return {
        row.id: ROUND.available(
            row.status, actors=_actors(row, principal), scopes=principal.scopes, facts=facts[row.id]
        )
        for row in rows
    }


async def _facts(session: AsyncSession, rows: Sequence[CampaignRound]) -> Mapping[UUID, RoundFacts]:
    chosen = CampaignRoundCase
    found = await session.execute(
        select(chosen.round_id, chosen.case_id, chosen.result).where(chosen.round_id.in_([row.id for row in rows]))
    )
    results: defaultdict[UUID, dict[UUID, CampaignRoundResult | None]] = defaultdict(dict)
    for round_id, case_id, result in found.tuples():
        results[round_id][case_id] = result
    campaigns = await session.execute(
        select(Campaign.id, Campaign.status).where(Campaign.id.in_({row.campaign_id for row in rows}))
    )
    states = dict(campaigns.tuples().all())
    return {row.id: RoundFacts(row, results[row.id], states.get(row.campaign_id)) for row in rows}


def _actors(row: CampaignRound, principal: Principal) -> frozenset[Actor]:
    """One unit may be both, where a court organises its own campaign."""
    own = {Actor.OFFICE: row.office_id, Actor.COURT: row.court_id}
    return frozenset(actor for actor, key in own.items() if key == principal.organization_id)
