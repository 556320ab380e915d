"""Steps of the double-list workflow, each through the gate as the caller named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from hub.canonical.codes import DeadlineKind, LinkageArea, ListSide, MeetingKind, MembershipRole
from hub.core.workflow import Note
from hub.db.models import DoubleListItem, JointMeeting, Resolution
from hub.linkage import commands, items, lists, meetings
from hub.linkage.item_events import fire_item
from hub.linkage.workflows import meeting as meeting_commands
from hub.workflow.gate import Request
from tests.support.world import COUNTY, World


@dataclass
class Steps:
    world: World

    async def do(self, who: str, action, *, scope: str = "doublelist:read", behalf: UUID | None = None) -> UUID:
        return await self.world.gate.perform(self.world[who], Request("test", scope, on_behalf_of=behalf), action)

    def draft(self, **changes) -> commands.ItemProposal:
        organizations = self.world.organizations
        values = {
            "jurisdiction_code": COUNTY,
            "year": 2026,
            "title": "执行联动",
            "content": "建立查找、临控协作联动机制。",
            "side": ListSide.COURT_LED,
            "area": LinkageArea.EXECUTION,
            "lead_organization_id": organizations["county.court"],
            "cooperating_organization_ids": (organizations["county.police"],),
            "deadline_kind": DeadlineKind.FIXED,
            "due_on": date(2026, 9, 30),
        }
        return commands.ItemProposal(**{**values, **changes})

    async def open_list(self, year: int = 2026) -> UUID:
        async def action(unit):
            return (await lists.create(unit, jurisdiction_code=COUNTY, year=year)).id

        return await self.do("county.office", action)

    async def propose(self, who: str = "county.court", **changes) -> UUID:
        async def action(unit):
            return (await items.propose(unit, self.draft(**changes))).id

        return await self.do(who, action, scope="doublelist:propose")

    async def fire(self, who: str, item: UUID, event: str, payload=None, *, version=None, behalf=None) -> UUID:
        async def action(unit):
            return (await fire_item(unit, item, event, payload or Note(), expected_version=version)).id

        return await self.do(who, action, behalf=behalf)

    async def meet(self, kind=MeetingKind.PLENARY, *, hold: bool = True, list_id: UUID | None = None) -> UUID:
        """Plan a meeting, and hold it with one resolution that approves ``list_id``."""
        now = self.world.clock()

        async def plan(unit):
            return (
                await meetings.plan_meeting(
                    unit,
                    meetings.MeetingPlan(jurisdiction_code=COUNTY, kind=kind, title="会议", planned_at=now),
                )
            ).id

        meeting = await self.do("county.office", plan)
        if hold:
            await self.fire_meeting(meeting, "openAgenda")
            await self.fire_meeting(
                meeting, "proposeAgenda", meeting_commands.AgendaProposal(title="审定双清单", linked_list_id=list_id)
            )
            await self.fire_meeting(
                meeting,
                "issueNotice",
                meeting_commands.MeetingNotice(
                    chair_role=MembershipRole.CONVENOR,
                    chair_organization_id=self.world.organizations["county.government"],
                ),
            )
            attendance = meeting_commands.Attendance(
                organization_id=self.world.organizations["county.court"], post="院长", present=True
            )
            await self.fire_meeting(
                meeting, "hold", meeting_commands.Holding(held_at=now - timedelta(hours=1), attendance=(attendance,))
            )
            await self.fire_meeting(
                meeting,
                "resolve",
                meeting_commands.ResolutionText(
                    text="审定双清单",
                    lead_organization_id=self.world.organizations["county.office"],
                    approved_list_id=list_id,
                ),
            )
        return meeting

    async def fire_meeting(self, meeting: UUID, event: str, payload=None, who: str = "county.office") -> UUID:
        async def action(unit):
            return (await meetings.fire_meeting(unit, meeting, event, payload or Note())).id

        return await self.do(who, action, scope="meeting:read")

    async def resolution_of(self, meeting: UUID) -> UUID:
        async with self.world.sessions.system("test") as session:
            return await session.scalar(select(Resolution.id).where(Resolution.meeting_id == meeting))

    async def item(self, key: UUID) -> DoubleListItem:
        async with self.world.sessions.system("test") as session:
            return await session.scalar(select(DoubleListItem).where(DoubleListItem.id == key))

    async def meeting(self, key: UUID) -> JointMeeting:
        async with self.world.sessions.system("test") as session:
            return await session.scalar(select(JointMeeting).where(JointMeeting.id == key))

    async def to_progress(self, **changes) -> UUID:
        """An item driven to IN_PROGRESS by its real actors."""
        list_id = await self.open_list()
        item = await self.propose(**changes)
        await self.fire("county.court", item, "submit")
        await self.fire("county.office", item, "collate")
        await self.meet(MeetingKind.COORDINATION, hold=False)
        await self.fire("county.office", item, "sendToCoordination")
        for unit in ("county.court", "county.police"):
            await self.fire(unit, item, "confirm")
        await self.fire("county.office", item, "agree", commands.Agreement())
        resolution = await self.resolution_of(await self.meet(list_id=list_id))
        await self.fire("county.office", item, "approve", commands.ByResolution(resolution_id=resolution))
        await self.fire("county.court", item, "start")
        return item


@pytest.fixture
def steps(world: World) -> Steps:
    return Steps(world)
