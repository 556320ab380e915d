"""A double-list item from proposal to its end, by the right actors and by the wrong ones."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from hub.canonical.codes import DeadlineKind, ItemStatus, MeetingKind
from hub.core.errors import Denied, NotFound, Refused, VersionConflict
from hub.db.models import (
    AuditEvent,
    CoordinationRequest,
    DoubleListItem,
    DoubleListItemParty,
    OutboxEvent,
    ProgressReport,
)
from hub.linkage import commands
from tests.support.world import COUNTY


def codes(refusal: Refused) -> set[str]:
    return {reason.code for reason in refusal.reasons}


async def count(world, model, *where) -> int:
    async with world.sessions.system("test") as session:
        return await session.scalar(select(func.count()).select_from(model).where(*where))


async def test_the_whole_way_to_acceptance(steps, world):
    item = await steps.to_progress()
    started = await steps.item(item)
    assert started.status is ItemStatus.IN_PROGRESS
    assert started.next_report_on == date(2026, 7, 6)  # quarter end + 5 days, Sunday rolled

    await steps.fire("county.court", item, "report", commands.Report(text="已签协议", progress_percent=60))
    await steps.fire("county.police", item, "report", commands.Report(text="已安排警力"))
    await steps.fire(
        "county.court", item, "applyCompletion", commands.Completion(summary="全部完成", deliverables=("协议",))
    )
    await steps.fire("county.office", item, "accept")

    done = await steps.item(item)
    assert (done.status, done.progress_percent) == (ItemStatus.COMPLETED, 100)
    assert done.completed_at == world.clock()
    assert await count(world, ProgressReport, ProgressReport.item_id == item) == 3
    transitions = await count(
        world, AuditEvent, AuditEvent.target_id == item, AuditEvent.event == "doublelistitem:transition"
    )
    assert transitions == 12
    assert await count(world, OutboxEvent, OutboxEvent.key == f"DoubleListItem:{item}") == 13


async def test_the_wrong_role_is_refused_and_nothing_changes(steps, world):
    item = await steps.to_progress()
    before = (await steps.item(item)).version
    with pytest.raises(Denied) as refusal:
        await steps.fire(
            "county.police", item, "applyCompletion", commands.Completion(summary="x", deliverables=("y",))
        )
    assert codes(refusal.value) == {"ACTOR_NOT_PERMITTED"}
    assert (await steps.item(item)).version == before
    refused = await count(world, AuditEvent, AuditEvent.outcome == "REFUSED", AuditEvent.subject == "county.police")
    assert refused == 1


async def test_events_out_of_order_are_refused(steps):
    await steps.open_list()
    item = await steps.propose()
    with pytest.raises(Refused) as refusal:
        await steps.fire("county.office", item, "approve", commands.ByResolution(resolution_id=item))
    assert codes(refusal.value) == {"EVENT_NOT_NOW"}


async def test_strangers_do_not_learn_that_an_item_exists(steps):
    await steps.open_list()
    item = await steps.propose()
    for stranger in ("county.finance", "neighbour.office", "neighbour.court"):
        with pytest.raises(NotFound):
            await steps.fire(stranger, item, "submit")
    for outsider in ("county.portal", "county.admin"):
        with pytest.raises(Denied) as refusal:
            await steps.fire(outsider, item, "submit")
        assert codes(refusal.value) == {"SCOPE_REQUIRED"}


async def test_a_stale_version_is_refused(steps):
    await steps.open_list()
    item = await steps.propose()
    await steps.fire("county.court", item, "submit", version=1)
    with pytest.raises(VersionConflict):
        await steps.fire("county.office", item, "collate", version=1)
    assert (await steps.item(item)).status is ItemStatus.SUBMITTED


async def test_approval_without_a_held_meeting_is_refused(steps, world):
    list_id = await steps.open_list()
    item = await steps.propose()
    await steps.fire("county.court", item, "submit")
    await steps.fire("county.office", item, "collate")
    with pytest.raises(Refused) as refusal:
        await steps.fire("county.office", item, "sendToCoordination")
    assert codes(refusal.value) == {"COORDINATION_MEETING_MISSING"}
    await steps.meet(MeetingKind.COORDINATION, hold=False)
    await steps.fire("county.office", item, "sendToCoordination")
    with pytest.raises(Refused) as refusal:
        await steps.fire("county.office", item, "agree", commands.Agreement())
    assert codes(refusal.value) == {"CONFIRMATIONS_MISSING"}
    await steps.fire("county.office", item, "agree", commands.Agreement(dispute_note="时限仍有分歧"))
    other = await steps.resolution_of(await steps.meet())
    with pytest.raises(Refused) as refusal:
        await steps.fire("county.office", item, "approve", commands.ByResolution(resolution_id=other))
    assert codes(refusal.value) == {"APPROVAL_NEEDS_MEETING"}
    right = await steps.resolution_of(await steps.meet(list_id=list_id))
    await steps.fire("county.office", item, "approve", commands.ByResolution(resolution_id=right))
    assert (await steps.item(item)).resolution_id == right


async def test_a_dispute_becomes_a_coordination_request_of_the_office(steps, world):
    await steps.open_list()
    item = await steps.propose()
    await steps.fire("county.court", item, "submit")
    await steps.fire("county.office", item, "collate")
    await steps.meet(MeetingKind.COORDINATION, hold=False)
    await steps.fire("county.office", item, "sendToCoordination")
    await steps.fire(
        "county.police", item, "dispute", commands.Dispute(dispute="警力不足，时限过紧", attempted_direct_contact=True)
    )
    async with world.sessions.read(world["county.office"]) as session:
        request = await session.scalar(select(CoordinationRequest))
        assert (request.item_id, request.status.value) == (item, "ESCALATED")
    async with world.sessions.read(world["county.finance"]) as session:
        assert await session.scalar(select(CoordinationRequest)) is None


async def test_deadline_changes_need_the_convenor(steps, world):
    item = await steps.to_progress()
    await steps.fire(
        "county.court", item, "requestAdjust", commands.AdjustmentRequest(reason="系统延期", due_on=date(2026, 12, 31))
    )
    with pytest.raises(Refused) as refusal:
        await steps.fire("county.office", item, "approveAdjust", commands.AdjustmentDecision())
    assert codes(refusal.value) == {"CONVENOR_REQUIRED"}
    await steps.fire("county.government", item, "approveAdjust", commands.AdjustmentDecision(note="同意"))
    changed = await steps.item(item)
    assert (changed.status, changed.due_on) == (ItemStatus.IN_PROGRESS, date(2026, 12, 31))
    async with world.sessions.system("test") as session:
        sorts = set(await session.scalars(select(DoubleListItemParty.due_sort)))
    assert sorts == {date(2026, 12, 31)}


async def test_a_change_of_units_alone_is_the_offices(steps, world):
    item = await steps.to_progress()
    civil = world.organizations["county.civil"]
    await steps.fire(
        "county.court",
        item,
        "requestAdjust",
        commands.AdjustmentRequest(reason="民政配合", cooperating_organization_ids=(civil,)),
    )
    await steps.fire("county.office", item, "approveAdjust", commands.AdjustmentDecision())
    async with world.sessions.read(world["county.civil"]) as session:
        assert await session.scalar(select(DoubleListItem.id)) == item
    async with world.sessions.read(world["county.police"]) as session:
        assert await session.scalar(select(DoubleListItem.id)) is None


async def test_carry_over_waits_for_the_year_end_and_links_the_draft(steps, world):
    item = await steps.to_progress()
    with pytest.raises(Refused) as refusal:
        await steps.fire("county.office", item, "carryOver")
    assert codes(refusal.value) == {"CARRY_OVER_TOO_EARLY"}
    world.clock.move_to(2026, 12, 31)
    await steps.fire("county.office", item, "carryOver")
    async with world.sessions.system("test") as session:
        draft = await session.scalar(select(DoubleListItem).where(DoubleListItem.carried_from_id == item))
    assert (draft.year, draft.status, draft.due_on) == (2027, ItemStatus.DRAFT, date(2027, 9, 30))
    assert (await steps.item(item)).status is ItemStatus.CARRIED_OVER


async def test_the_office_records_for_a_unit_and_says_so(steps, world):
    await steps.open_list()
    item = await steps.propose()
    court = world.organizations["county.court"]
    await steps.fire("county.office", item, "submit", behalf=court)
    async with world.sessions.system("test") as session:
        entry = await session.scalar(select(AuditEvent).where(AuditEvent.event == "doublelistitem:transition"))
    assert (entry.organization_id, entry.on_behalf_of_id) == (world.organizations["county.office"], court)
    with pytest.raises(Denied) as refusal:
        await steps.fire("county.police", item, "confirm", behalf=court)
    assert codes(refusal.value) == {"RECORDING_BY_OFFICE_ONLY"}
    with pytest.raises(Denied) as refusal:
        await steps.fire("county.office", item, "collate", behalf=world.organizations["county.finance"])
    assert codes(refusal.value) == {"RECORDING_FOR_STRANGER"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"deadline_kind": DeadlineKind.LONG_TERM}, {"DUE_DATE_NOT_ALLOWED"}),
        ({"due_on": None}, {"DUE_DATE_MISSING"}),
        ({"deadline_kind": DeadlineKind.RECURRING, "due_on": None}, {"RECURRENCE_MISSING"}),
        ({"title": " ", "content": "a\x00b"}, {"TEXT_EMPTY", "NUL_CHARACTER"}),
        ({"title": "长" * 201}, {"TEXT_TOO_LONG"}),
        ({"year": 1}, {"NUMBER_RANGE"}),
    ],
)
async def test_bad_drafts_are_refused_with_every_reason(steps, world, changes, expected):
    await steps.open_list()
    with pytest.raises(Refused) as refusal:
        await steps.propose(**changes)
    assert codes(refusal.value) == expected
    assert await count(world, DoubleListItem) == 0


async def test_a_lead_cannot_cooperate_with_itself(steps, world):
    await steps.open_list()
    court = world.organizations["county.court"]
    with pytest.raises(Refused) as refusal:
        await steps.propose(cooperating_organization_ids=(court,))
    assert codes(refusal.value) == {"LEAD_ALSO_COOPERATING"}


async def test_a_unit_proposes_only_into_an_open_list_of_its_own_county(steps):
    with pytest.raises(Refused) as refusal:
        await steps.propose()
    assert codes(refusal.value) == {"LIST_MISSING"}
    await steps.open_list()
    with pytest.raises(NotFound):
        await steps.propose(who="neighbour.court")
    with pytest.raises(Refused) as refusal:
        await steps.propose(jurisdiction_code="419999")
    assert codes(refusal.value) == {"JURISDICTION_UNKNOWN"}
    assert COUNTY == "410825"
