"""Who may chair, who attends, and what a resolution is good for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.canonical.codes import MeetingKind, MeetingStatus, MembershipRole
from hub.core.errors import Denied, NotFound, Refused
from hub.db.models import JointMeeting
from hub.linkage import commands, items, meetings
from hub.linkage.workflows import meeting as said
from tests.support.world import COUNTY


def codes(refusal: Refused) -> set[str]:
    return {reason.code for reason in refusal.reasons}


async def planned(steps) -> object:
    async def action(unit):
        plan = meetings.MeetingPlan(
            jurisdiction_code=COUNTY,
            kind=MeetingKind.PLENARY,
            title="第一次会议",
            planned_at=steps.world.clock() + timedelta(days=7),
        )
        return (await meetings.plan_meeting(unit, plan)).id

    meeting = await steps.do("county.office", action)
    await steps.fire_meeting(meeting, "openAgenda")
    await steps.fire_meeting(meeting, "proposeAgenda", said.AgendaProposal(title="审定双清单"))
    return meeting


@pytest.mark.parametrize(
    ("role", "unit", "delegation", "expected"),
    [
        (MembershipRole.CONVENOR, "county.police", None, "CHAIR_NOT_ENTITLED"),
        (MembershipRole.MEMBER, "county.court", "委托书", "CHAIR_NOT_ENTITLED"),
        (MembershipRole.DEPUTY_CONVENOR, "county.police", "委托书", "CHAIR_NOT_ENTITLED"),
    ],
)
async def test_only_the_holder_of_a_convening_post_chairs(steps, world, role, unit, delegation, expected):
    meeting = await planned(steps)
    notice = said.MeetingNotice(
        chair_role=role, chair_organization_id=world.organizations[unit], chair_delegation=delegation
    )
    with pytest.raises(Refused) as refusal:
        await steps.fire_meeting(meeting, "issueNotice", notice)
    assert codes(refusal.value) == {expected}
    assert (await steps.meeting(meeting)).status is MeetingStatus.COLLECTING_AGENDA


async def test_who_attended_sees_the_meeting_though_nobody_invited_it(steps, world):
    meeting = await planned(steps)
    await steps.fire_meeting(
        meeting,
        "issueNotice",
        said.MeetingNotice(
            chair_role=MembershipRole.CONVENOR, chair_organization_id=world.organizations["county.government"]
        ),
    )
    guest = world.organizations["neighbour.court"]
    async with world.sessions.read(world["neighbour.court"]) as session:
        assert await session.scalar(select(JointMeeting.id)) is None

    attendance = said.Attendance(organization_id=guest, post="院长", present=True)
    holding = said.Holding(held_at=world.clock() - timedelta(hours=1), attendance=(attendance, attendance))
    with pytest.raises(Refused) as refusal:
        await steps.fire_meeting(meeting, "hold", holding)
    assert codes(refusal.value) == {"ATTENDEE_TWICE"}
    once = said.Holding(held_at=world.clock() - timedelta(hours=1), attendance=(attendance,))
    await steps.fire_meeting(meeting, "hold", once)

    async with world.sessions.read(world["neighbour.court"]) as session:
        assert await session.scalar(select(JointMeeting.id)) == meeting


async def test_a_list_resolution_decides_nothing_else(steps, world):
    item = await steps.to_progress()
    async with world.sessions.system("test") as session:
        spent = await session.scalar(select(JointMeeting.id).where(JointMeeting.status != MeetingStatus.PLANNED))
    resolution = await steps.resolution_of(spent)
    with pytest.raises((Refused, NotFound)):
        await steps.fire("county.office", item, "cancel", commands.ByResolution(resolution_id=resolution))
    assert (await steps.item(item)).status.value == "IN_PROGRESS"


async def test_a_suspension_keeps_on_what_the_convenor_consented(steps, world):
    item = await steps.to_progress()
    await steps.fire(
        "county.office", item, "suspend", commands.Suspension(reason="机构改革", convenor_consent="温府阅〔2026〕3号")
    )
    note = (await steps.item(item)).decision_note
    assert "机构改革" in note
    assert "温府阅〔2026〕3号" in note


async def test_the_office_records_a_proposal_only_where_it_is_the_office(steps, world):
    await steps.open_list()
    police = world.organizations["county.police"]

    async def propose(unit):
        return (await items.propose(unit, steps.draft())).id

    with pytest.raises((Denied, NotFound)):
        await steps.do("neighbour.office", propose, scope="doublelist:propose", behalf=police)
    with pytest.raises(Denied):
        await steps.do("county.court", propose, scope="doublelist:propose", behalf=police)
