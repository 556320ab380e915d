"""Who decides, how often and until when is the policy pack's: the same request is refused under one and granted under
another."""

from __future__ import annotations

from typing import Any

import pytest

from tests.obligations.steps import Steps

LATER = '{reason: "部门调整", dueOn: "2026-11-30"}'
SUSPEND = '{reason: "等待上级批复"%s}'


async def status(steps: Steps, item: Any) -> str:
    return str((await steps.state(item))["status"])


async def test_an_item_is_adjusted_as_often_as_the_pack_allows(steps: Steps) -> None:
    await steps.adopt(**{"item.adjust.most": 1})
    item = await steps.running()
    await steps.item("court", item, "requestAdjust", LATER)
    await steps.item("government", item, "approveAdjust")
    again = await steps.item("court", item, "requestAdjust", '{reason: "再调整", content: "新内容"}')
    assert again["code"] == "ADJUSTMENTS_EXHAUSTED"
    assert await status(steps, item) == "IN_PROGRESS"


async def test_a_later_date_is_asked_for_in_time_and_other_changes_at_any_time(steps: Steps) -> None:
    item = await steps.running()
    steps.world.clock.move_to(2026, 9, 29)
    late = await steps.item("court", item, "requestAdjust", LATER)
    assert [(reason["code"], reason["path"]) for reason in late["reasons"]] == [
        ("ADJUSTMENT_TOO_LATE", ["event", "requestAdjust", "dueOn"])
    ]
    assert await status(steps, item) == "IN_PROGRESS"
    asked = await steps.item("court", item, "requestAdjust", '{reason: "内容调整", content: "新内容"}')
    assert asked["status"] == "ADJUSTMENT_PENDING"
    assert (await steps.item("office", item, "approveAdjust"))["status"] == "IN_PROGRESS"


async def test_a_suspension_needs_the_convenor_or_its_consent_on_paper(steps: Steps) -> None:
    item = await steps.running()
    for said in ("", ', convenorConsent: " "'):
        assert (await steps.item("office", item, "suspend", SUSPEND % said))["code"] == "CONVENOR_REQUIRED"
    assert (await steps.item("court", item, "suspend", SUSPEND % ""))["code"] == "ACTOR_NOT_PERMITTED"
    assert await status(steps, item) == "IN_PROGRESS"
    assert (await steps.item("government", item, "suspend", SUSPEND % ""))["status"] == "SUSPENDED"
    await steps.item("office", item, "resume")
    recorded = await steps.item("office", item, "suspend", SUSPEND % ', convenorConsent: "县长批示"', "decisionNote")
    assert "县长批示" in recorded["decisionNote"]


async def test_a_pack_may_leave_suspension_and_cancellation_to_the_office(steps: Steps) -> None:
    item = await steps.running()
    assert (await steps.item("office", item, "cancel"))["code"] == "DECISION_NEEDS_MEETING"
    await steps.adopt(**{"item.suspend.approver": "OFFICE", "item.cancel.approver": "OFFICE"})
    assert (await steps.item("office", item, "suspend", SUSPEND % ""))["status"] == "SUSPENDED"
    assert (await steps.item("court", item, "cancel"))["code"] == "ACTOR_NOT_PERMITTED"
    assert (await steps.item("office", item, "cancel", '{note: "条件消失"}'))["status"] == "CANCELLED"


async def test_what_is_the_governments_is_decided_by_it_alone(steps: Steps) -> None:
    await steps.adopt(**{"item.cancel.approver": "GOVERNMENT"})
    item = await steps.running()
    resolution = await steps.resolve(await steps.hold())
    by = f'{{resolutionId: "{resolution}"}}'
    assert (await steps.item("office", item, "cancel", by))["code"] == "GOVERNMENT_REQUIRED"
    assert (await steps.item("neighbour.government", item, "cancel"))["code"] == "NOT_FOUND"
    assert (await steps.item("government", item, "cancel"))["status"] == "CANCELLED"


async def test_resolutions_are_dispatched_by_minutes_unless_the_pack_asks_for_none(steps: Steps) -> None:
    meeting = await steps.hold()
    await steps.resolve(meeting, lead="police", due="2026-07-31")
    assert (await steps.meeting("office", meeting, "dispatch"))["code"] == "MINUTES_REQUIRED"
    assert (await steps.read("police", "{ linkageTasks { totalCount } }"))["linkageTasks"]["totalCount"] == 0
    await steps.adopt(**{"meeting.minutes.required": False})
    assert (await steps.meeting("office", meeting, "dispatch"))["status"] == "FOLLOW_UP"
    assert (await steps.read("police", "{ linkageTasks { totalCount } }"))["linkageTasks"]["totalCount"] == 1


@pytest.mark.parametrize(("in_session", "expected"), [(True, "APPROVAL_NEEDS_MEETING"), (False, "APPROVED")])
async def test_a_list_is_signed_by_the_convenor_only_where_no_meeting_is_needed(
    steps: Steps, in_session: bool, expected: str
) -> None:
    await steps.adopt(**{"list.approval.needs_held_meeting": in_session})
    list_ = await steps.open_list()
    item = await steps.propose("court")
    await steps.coordinated(item)
    await steps.list("office", list_, "openReview")
    await steps.list("office", list_, "submitToMeeting")
    office = await steps.list("office", list_, "approve", '{note: "传签"}')
    assert office["code"] == ("APPROVAL_NEEDS_MEETING" if in_session else "CONVENOR_REQUIRED")
    signed = await steps.list("government", list_, "approve", '{note: "传签"}')
    assert signed.get("status", signed.get("code")) == expected
    assert await status(steps, item) == ("PENDING_APPROVAL" if in_session else "APPROVED")


async def test_a_pack_may_leave_changes_of_members_to_the_body(steps: Steps) -> None:
    await steps.adopt(**{"member.change.approver": "BODY"})
    given = f"""input: {{bodyId: "{steps.body()}", kind: CHANGE_POST, organizationId: "{steps.organization("police")}",
        role: MEMBER, post: "副局长", reason: "分工调整", effectiveOn: "2026-06-15"}}"""
    change = await (await steps.client("police")).change("proposeMembershipChange", given, "membershipChange", "id")

    async def approve(unit: str, said: str) -> Any:
        arguments = f'id: "{change["id"]}", event: {{approve: {said}}}'
        return await (await steps.client(unit)).change(
            "advanceMembershipChange", arguments, "membershipChange", "status"
        )

    assert (await approve("government", "{}"))["code"] == "DECISION_NEEDS_MEETING"
    resolution = await steps.resolve(await steps.hold())
    assert (await approve("office", f'{{resolutionId: "{resolution}"}}'))["status"] == "APPROVED"


async def test_a_resolution_approves_its_list_once_whatever_was_approved_since(steps: Steps) -> None:
    list_ = await steps.open_list()
    await steps.coordinated(await steps.propose("court"))
    await steps.list("office", list_, "openReview")

    async def approve(resolution: str) -> Any:
        await steps.list("office", list_, "submitToMeeting")
        said = await steps.list("office", list_, "approve", f'{{resolutionId: "{resolution}"}}')
        return said.get("code", said.get("status"))

    async def amend() -> Any:
        resolution = await steps.resolve(await steps.hold())
        return await steps.list("office", list_, "amend", f'{{reason: "修订", resolutionId: "{resolution}"}}')

    first = await steps.resolve(await steps.hold(linked=list_), approves=list_)
    assert await approve(first) == "APPROVED"
    assert (await amend())["status"] == "UNDER_REVIEW"
    second = await steps.resolve(await steps.hold(linked=list_), approves=list_)
    assert await approve(second) == "APPROVED"
    assert (await amend())["status"] == "UNDER_REVIEW"
    assert await approve(first) == "APPROVAL_NEEDS_MEETING"
    assert await approve(second) == "APPROVAL_NEEDS_MEETING"
    await steps.adopt(**{"list.approval.needs_held_meeting": False})
    assert (await steps.list("government", list_, "approve", '{note: "传签"}'))["status"] == "APPROVED"
    assert (await amend())["status"] == "UNDER_REVIEW"
    assert await approve(first) == "APPROVAL_NEEDS_MEETING"


async def test_no_meeting_decides_what_was_asked_for_only_after_it(steps: Steps) -> None:
    await steps.adopt(
        **{
            "item.adjust.deadline_or_lead.approver": "BODY",
            "item.suspend.approver": "BODY",
            "member.change.approver": "BODY",
        }
    )
    early = f'resolutionId: "{await steps.resolve(await steps.hold(at="2026-05-20T09:00:00+08:00"))}"'
    item = await steps.running()
    assert (await steps.item("office", item, "suspend", SUSPEND % f", {early}"))["code"] == "DECISION_NEEDS_MEETING"
    assert (await steps.item("office", item, "cancel", f"{{{early}}}"))["code"] == "DECISION_NEEDS_MEETING"
    await steps.item("court", item, "requestAdjust", LATER)
    for event, said in (("approveAdjust", ""), ("denyAdjust", 'reason: "不同意", ')):
        refused = await steps.item("office", item, event, f"{{{said}{early}}}")
        assert refused["code"] == "DECISION_NEEDS_MEETING", event
    assert await status(steps, item) == "ADJUSTMENT_PENDING"
    given = f"""input: {{bodyId: "{steps.body()}", kind: CHANGE_POST, organizationId: "{steps.organization("police")}",
        role: MEMBER, post: "副局长", reason: "分工调整", effectiveOn: "2026-06-15"}}"""
    change = await (await steps.client("police")).change("proposeMembershipChange", given, "membershipChange", "id")
    arguments = f'id: "{change["id"]}", event: {{approve: {{{early}}}}}'
    office = await steps.client("office")
    assert (await office.change("advanceMembershipChange", arguments, "membershipChange", "id"))["code"] == (
        "DECISION_NEEDS_MEETING"
    )
    later = await steps.resolve(await steps.hold())
    denied = await steps.item("office", item, "denyAdjust", f'{{reason: "不同意", resolutionId: "{later}"}}')
    assert denied["status"] == "IN_PROGRESS"


async def test_who_may_grant_is_who_may_refuse(steps: Steps) -> None:
    await steps.open_list()
    item = await steps.propose("court")
    await steps.coordinated(item)
    for unit in ("office", "government"):
        alone = await steps.item(unit, item, "defer", '{reason: "缓议"}')
        assert alone["code"] == "APPROVAL_NEEDS_MEETING", unit
    resolution = await steps.resolve(await steps.hold())
    deferred = await steps.item("office", item, "defer", f'{{reason: "缓议", resolutionId: "{resolution}"}}')
    assert deferred["status"] == "UNDER_REVIEW"
    await steps.adopt(**{"matter.approver": "GOVERNMENT"})
    matter = await steps.propose_matter("police")
    await steps.matter("office", matter, "review")
    assert (await steps.matter("office", matter, "reject", '{reason: "不同意"}'))["code"] == "GOVERNMENT_REQUIRED"
    assert (await steps.matter("government", matter, "reject", '{reason: "不同意"}'))["status"] == "REJECTED"


async def test_a_meeting_approves_only_what_was_laid_before_it_and_once(steps: Steps) -> None:
    list_ = await steps.open_list()
    item = await steps.propose("court")
    early = await steps.resolve(await steps.hold(linked=list_, at="2026-05-20T09:00:00+08:00"), approves=list_)
    await steps.coordinated(item)
    by = f'{{resolutionId: "{early}"}}'
    assert (await steps.item("office", item, "approve", by))["code"] == "APPROVAL_NEEDS_MEETING"
    await steps.list("office", list_, "openReview")
    await steps.list("office", list_, "submitToMeeting")
    assert (await steps.list("office", list_, "approve", by))["code"] == "APPROVAL_NEEDS_MEETING"
    assert await status(steps, item) == "PENDING_APPROVAL"
    meeting = await steps.hold(linked=list_)
    first, second = [await steps.resolve(meeting, approves=list_) for _ in range(2)]
    approved = await steps.list("office", list_, "approve", f'{{resolutionId: "{first}"}}')
    assert approved["status"] == "APPROVED"
    assert (await steps.list("government", list_, "amend", '{reason: "修订"}'))["status"] == "UNDER_REVIEW"
    await steps.list("office", list_, "submitToMeeting")
    again = await steps.list("office", list_, "approve", f'{{resolutionId: "{second}"}}')
    assert again["code"] == "APPROVAL_NEEDS_MEETING"


async def test_units_that_coordinate_among_themselves_decide_nothing_for_the_body(steps: Steps) -> None:
    item = await steps.running()
    resolution = await steps.resolve(await steps.hold("COORDINATION"))
    refused = await steps.item("office", item, "cancel", f'{{resolutionId: "{resolution}"}}')
    assert refused["code"] == "DECISION_NEEDS_MEETING"
    assert await status(steps, item) == "IN_PROGRESS"
