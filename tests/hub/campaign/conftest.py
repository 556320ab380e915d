from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from hub.access.scopes import Scope
from hub.campaign.commands import (
    CampaignCaseDraft,
    CampaignOpening,
    CampaignRecovering,
    CampaignSubmission,
    CampaignTagging,
)
from hub.campaign.opening import open_campaign
from hub.campaign.taking import submit_cases
from hub.campaign.working import report_recovery, tag_case
from hub.canonical.campaign import CampaignKind
from hub.core.clock import local_date
from hub.db.models import CampaignCase
from hub.runtime import Runtime
from hub.workflow.gate import Request
from tests.obligations.steps import Steps
from tests.support.world import World

OFFICE, BANK, OTHER, COURT, HELPER = (
    *("county.finance", "county.civil", "neighbour.civil"),
    *("county.court", "county.police"),
)


@dataclass
class Desk:
    """A campaign of the county with two banks, a court and the police, worked by what the mutations call."""

    world: World
    runtime: Runtime
    campaign_id: UUID

    async def act(self, who: str, action: Any) -> UUID:
        return await self.world.gate.perform(self.world[who], Request("test", Scope.CAMPAIGN_READ), action)

    def draft(self, number: int, **changes: Any) -> CampaignCaseDraft:
        about = {"case_number": f"（2026）豫0825执{number}号", "principal": "100", "lent_on": date(2021, 3, 1)}
        return CampaignCaseDraft(court_id=self.world.organizations[COURT], **{**about, **changes})

    async def submit(self, who: str, *drafts: CampaignCaseDraft) -> list[CampaignCase]:
        given = CampaignSubmission(campaign_id=self.campaign_id, cases=drafts)
        await self.act(who, lambda unit: submit_cases(unit, given))
        async with self.world.sessions.system("test") as session:
            mine = CampaignCase.bank_id == self.world.organizations[who]
            return list(await session.scalars(select(CampaignCase).where(mine).order_by(CampaignCase.list_row)))

    async def tag(self, case_id: UUID) -> None:
        await self.act(COURT, lambda unit: tag_case(unit, CampaignTagging(case_id=case_id)))

    async def recover(self, case_id: UUID, amount: str) -> UUID:
        day = date(2026, 6, 1)
        given = CampaignRecovering(case_id=case_id, amount=amount, recovered_on=day, reversal=False)
        return await self.act(COURT, lambda unit: report_recovery(unit, given))


@pytest.fixture
async def desk(world: World, runtime: Runtime) -> Desk:
    await Steps(world, None).adopt(**{"campaign.organiser": {"zh": "财政局", "en": "finance bureau"}})
    units = world.organizations
    asked = CampaignOpening(
        kind=CampaignKind.NPL,
        title="不良贷款清收",
        starts_on=date(2026, 5, 1),
        cut_off_on=local_date(world.clock()),
        bank_ids=(units[BANK], units[OTHER]),
        court_ids=(units[COURT],),
        support_ids=(units[HELPER],),
    )
    made = Desk(world, runtime, units[OFFICE])
    made.campaign_id = await made.act(OFFICE, lambda unit: open_campaign(unit, asked))
    return made
