"""The table of a campaign: open until the office that opened it closes or cancels it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.campaign.locking import have_alone
from hub.canonical.campaign import CampaignStatus
from hub.core.principal import Principal
from hub.core.texts import Text
from hub.core.workflow import Actor, Availability, Machine, Note, Transition
from hub.db.models import Campaign
from hub.workflow.firing import Course, fire
from hub.workflow.rows import locked
from hub.workflow.unit import Unit

S = CampaignStatus
COURSE = Course("Campaign", AuditAction.CAMPAIGN_TRANSITION, "campaign")


def _ended(event: str, target: S, text: Text) -> Transition[Campaign]:
    return Transition(
        event=event,
        sources=(S.OPEN,),
        target=target,
        text=text,
        actors=(Actor.OFFICE,),
        scope=Scope.CAMPAIGN_ORGANISE,
        clause="温政办〔2021〕13号 二",
        payload=Note,
    )


CAMPAIGN: Machine[Campaign] = Machine(
    name="Campaign",
    text=Text("专项行动", "special enforcement campaign"),
    states=S,
    initial=S.OPEN,
    terminal=frozenset({S.CLOSED, S.CANCELLED}),
    transitions=(
        _ended("close", S.CLOSED, Text("结束专项行动", "close the campaign")),
        _ended("cancel", S.CANCELLED, Text("取消专项行动，不再统计", "cancel it; no figures are made")),
    ),
)


async def fire_campaign(
    unit: Unit, campaign_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> Campaign:
    """Move a campaign. Raises ``NotFound``, ``Denied`` or ``Refused`` with every reason."""
    await have_alone(unit.session, campaign_id)
    row: Campaign = await locked(unit, Campaign, campaign_id)
    actors = _actors(row, unit.principal)
    await fire(unit, CAMPAIGN, COURSE, row, event, payload, actors=actors, facts=row, expected_version=expected_version)
    return row


async def campaign_events(
    _session: AsyncSession, principal: Principal, rows: Sequence[Campaign]
) -> Mapping[UUID, tuple[Availability, ...]]:
    return {
        row.id: CAMPAIGN.available(row.status, actors=_actors(row, principal), scopes=principal.scopes, facts=row)
        for row in rows
    }


def _actors(row: Campaign, principal: Principal) -> frozenset[Actor]:
    return frozenset({Actor.OFFICE}) if row.office_id == principal.organization_id else frozenset()
