"""Closing and counting meet what is added in the same moment: nothing is lost, and nothing is counted twice."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from hub.campaign.commands import CampaignRecovering, CampaignSubmission
from hub.campaign.taking import submit_cases
from hub.campaign.workflow import fire_campaign
from hub.campaign.working import report_recovery
from hub.core.errors import Refused
from hub.core.workflow import Note
from hub.db.models import Campaign, CampaignCase, CampaignFigure, CampaignRecovery
from hub.workflow.unit import Unit
from tests.hub.campaign.conftest import BANK, COURT, OFFICE, Desk
from tests.support.rounds import run_job


@asynccontextmanager
async def underway(desk: Desk, who: str) -> Any:
    """A transaction of a caller that stays open until the block ends."""
    world = desk.world
    async with world.sessions.write(world[who]) as session:
        yield Unit(session, world[who], world.clock(), world.policy, world.keyring)


async def waiting(desk: Desk, work: Any) -> asyncio.Task[Any]:
    """The work, begun, and stopped by the lock of the other transaction."""
    task = asyncio.ensure_future(work)
    async with desk.world.sessions.system("test") as session:
        for _ in range(200):
            asked = text("select count(*) from pg_locks where locktype = 'advisory' and not granted")
            if await session.scalar(asked) or task.done():
                break
            await asyncio.sleep(0.01)
    assert not task.done(), "it goes on without waiting"
    return task


async def figures(desk: Desk) -> dict[int, int]:
    """What was recovered of all, by version."""
    async with desk.world.sessions.system("test") as session:
        of = select(CampaignFigure.figure_version, CampaignFigure.recovered_fen)
        found = await session.execute(of.where(CampaignFigure.organization_id.is_(None)))
        return dict(found.tuples().all())


def recovering(case_id: UUID, desk: Desk) -> CampaignRecovering:
    return CampaignRecovering(case_id=case_id, amount="10", recovered_on=desk.world.clock().date(), reversal=False)


async def test_a_recovery_under_way_is_of_the_figures_and_neither_lost_nor_counted_twice(desk: Desk) -> None:
    (case,) = await desk.submit(BANK, desk.draft(1))
    await desk.tag(case.id)
    async with underway(desk, COURT) as unit:
        await report_recovery(unit, recovering(case.id, desk))
        desk.world.clock.advance(days=1)
        frozen = await waiting(desk, run_job(desk.runtime, "campaign"))
    assert await frozen == 1
    assert await figures(desk) == {1: 1000}
    assert await run_job(desk.runtime, "campaign") == 0

    async with underway(desk, OFFICE) as unit:
        await fire_campaign(unit, desk.campaign_id, "close", Note())
        late = await waiting(desk, desk.recover(case.id, "5"))
    await late
    assert await run_job(desk.runtime, "campaign") == 1
    assert await figures(desk) == {1: 1000, 2: 1500}, "told while it was closed, it is of the next version"


async def test_two_recoveries_at_once_do_not_wait_for_each_other_and_both_count(desk: Desk) -> None:
    first, second = await desk.submit(BANK, desk.draft(1), desk.draft(2))
    await desk.tag(first.id)
    await desk.tag(second.id)
    async with underway(desk, COURT) as unit:
        await report_recovery(unit, recovering(first.id, desk))
        await asyncio.wait_for(desk.recover(second.id, "20"), 5)
        closing = await waiting(desk, _close(desk))
    await closing
    desk.world.clock.advance(days=1)
    await run_job(desk.runtime, "campaign")
    assert await figures(desk) == {1: 3000}


async def test_a_list_that_meets_the_close_is_taken_before_it_or_refused_after_it(desk: Desk) -> None:
    given = CampaignSubmission(campaign_id=desk.campaign_id, cases=(desk.draft(1),))
    async with underway(desk, BANK) as unit:
        await submit_cases(unit, given)
        same = await waiting(desk, desk.submit(BANK, desk.draft(1)))
    assert len(await same) == 1, "the same list at once is one list"
    async with underway(desk, OFFICE) as unit:
        await fire_campaign(unit, desk.campaign_id, "cancel", Note())
        task = await waiting(desk, desk.submit(BANK, desk.draft(2)))
    with pytest.raises(Refused, match="CAMPAIGN_NOT_OPEN"):
        await task
    async with desk.world.sessions.system("test") as session:
        assert len(list(await session.scalars(select(CampaignCase)))) == 1
        assert list(await session.scalars(select(CampaignRecovery))) == []
        assert (await session.scalars(select(Campaign))).one().status == "CANCELLED"


async def _close(desk: Desk) -> UUID:
    async def action(unit: Unit) -> UUID:
        return (await fire_campaign(unit, desk.campaign_id, "close", Note())).id

    return await desk.act(OFFICE, action)
