"""The year's double list from proposal to acceptance, and the acceptance scenario of the field."""

from __future__ import annotations

import pytest

from tests.obligations.steps import YEAR, Steps
from tests.support.world import COUNTY


@pytest.mark.duty("S4-2.2")
async def test_units_propose_the_office_coordinates_the_meeting_approves(steps: Steps) -> None:
    list_ = await steps.open_list()
    item = await steps.propose("court")
    assert (await steps.item("police", item, "submit"))["code"] == "ACTOR_NOT_PERMITTED"
    assert (await steps.coordinated(item))["status"] == "PENDING_APPROVAL"
    coordination = await steps.hold("COORDINATION", linked=list_)
    payload = f'{{text: "审定", leadOrganizationId: "{steps.organization("office")}", approvedListId: "{list_["id"]}"}}'
    assert (await steps.meeting("office", coordination, "resolve", payload))["code"] == "LIST_NEEDS_PLENARY"
    await steps.list("office", list_, "openReview")
    assert (await steps.list("office", list_, "submitToMeeting"))["status"] == "SUBMITTED_TO_MEETING"
    planned = await steps.plan("PLENARY")
    assert planned["status"] == "PLANNED"
    fake = steps.organization("office")
    refused = await steps.list("office", list_, "approve", f'{{resolutionId: "{fake}"}}')
    assert refused["code"] == "ID_INVALID"
    meeting = await steps.hold(linked=list_)
    resolution = await steps.resolve(meeting, approves=list_)
    approved = await steps.list("government", list_, "approve", f'{{resolutionId: "{resolution}"}}')
    assert approved["status"] == "APPROVED"
    assert (await steps.state(item))["status"] == "APPROVED"


async def test_an_approval_without_a_held_meeting_is_refused(steps: Steps) -> None:
    list_ = await steps.open_list()
    item = await steps.propose("court")
    await steps.coordinated(item)
    meeting = await steps.hold()
    other = await steps.resolve(meeting)
    refused = await steps.item("office", item, "approve", f'{{resolutionId: "{other}"}}')
    assert refused["reasons"]
    assert (await steps.state(item))["status"] == "PENDING_APPROVAL"
    assert (await steps.list("office", list_, "putInForce"))["code"] == "EVENT_NOT_NOW"


@pytest.mark.duty("S2-III-1")
@pytest.mark.duty("S1-4.1")
async def test_a_matter_goes_from_a_unit_through_the_office_to_the_convenor_and_becomes_a_task(steps: Steps) -> None:
    police, office, government = [await steps.client(unit) for unit in ("police", "office", "government")]
    given = f"""input: {{jurisdictionCode: "{COUNTY}", title: "车辆查扣联动", content: "建立查扣联动",
        leadOrganizationId: "{steps.organization("police")}",
        cooperatingOrganizationIds: ["{steps.organization("court")}"], dueOn: "2026-08-31"}}"""
    matter = await police.change("proposeLinkageMatter", given, "linkageMatter", "id status")

    async def fire(client, event: str, payload: str = "{}", fields: str = "status"):
        arguments = f'id: "{matter["id"]}", event: {{{event}: {payload}}}'
        return await client.change("advanceLinkageMatter", arguments, "linkageMatter", fields)

    assert (await fire(police, "review"))["code"] == "ACTOR_NOT_PERMITTED"
    assert (await fire(office, "review"))["status"] == "UNDER_REVIEW"
    assert (await fire(government, "approve", '{note: "同意"}'))["status"] == "APPROVED"
    assigned = await fire(office, "assign", "{}", "status task { id status leadOrganization { shortName } }")
    assert assigned["status"] == "IN_PROGRESS"
    assert assigned["task"]["leadOrganization"]["shortName"] == "公安局"
    named = await police.change(
        "nameResponsibility",
        f"""input: {{targetId: "{assigned["task"]["id"]}", leader: "局长", division: "法制大队", person: "大队长",
            post: "大队长"}}""",
        "responsibility",
        "leader division person",
    )
    assert named == {"leader": "局长", "division": "法制大队", "person": "大队长"}
    stranger = await (await steps.client("finance")).change(
        "nameResponsibility",
        f'input: {{targetId: "{assigned["task"]["id"]}", leader: "甲", division: "乙", person: "丙", post: "丁"}}',
        "responsibility",
    )
    assert stranger["code"] == "NOT_FOUND"
    assert (await steps.read("finance", "{ linkageTasks { totalCount } }"))["linkageTasks"]["totalCount"] == 0


async def test_acceptance_scenario_of_the_double_list(steps: Steps) -> None:
    """Units submit, the office returns one, one disputes, the plenary approves, a later deadline needs the convenor,
    and at the end of the year the item is carried over."""
    list_ = await steps.open_list()
    first = await steps.propose("court")
    second = await steps.propose("finance", lead="finance", cooperating=("civil",), title='"破产援助资金"')
    for unit, item in (("court", first), ("finance", second)):
        await steps.item(unit, item, "submit")
    returned = await steps.item("office", second, "return", '{reason: "补充资金来源"}', "status decisionNote")
    assert returned == {"status": "DRAFT", "decisionNote": "补充资金来源"}
    changed = steps.draft("finance", ("civil",), content='"财政预算"')
    edited = await (await steps.client("finance")).change(
        "editDoubleListItem",
        f'id: "{second["id"]}", input: {{{changed}}}',
        "doubleListItem",
        "content status",
    )
    assert edited == {"content": "财政预算", "status": "DRAFT"}
    await steps.item("finance", second, "submit")
    await steps.plan("COORDINATION")
    for item in (first, second):
        await steps.item("office", item, "collate")
        await steps.item("office", item, "sendToCoordination")
    await steps.item("court", first, "confirm")
    assert (await steps.item("police", second, "confirm"))["code"] == "NOT_FOUND"
    hasty = await steps.item("police", first, "dispute", '{dispute: "职责不清"}')
    assert hasty["code"] == "DIRECT_CONTACT_FIRST"
    await steps.item("police", first, "dispute", '{dispute: "职责不清", attemptedDirectContact: true}')
    requests = "{ coordinationRequests { nodes { id status item { id } } } }"
    (opened,) = (await steps.read("office", requests))["coordinationRequests"]["nodes"]
    assert (opened["status"], opened["item"]["id"]) == ("ESCALATED", first["id"])
    assert (await steps.item("office", first, "agree"))["code"] != "PENDING_APPROVAL"
    assert (await steps.state(first))["status"] == "IN_COORDINATION"
    await steps.item("police", first, "confirm")
    for unit in ("finance", "civil"):
        await steps.item(unit, second, "confirm")
    for item in (first, second):
        assert (await steps.item("office", item, "agree"))["status"] == "PENDING_APPROVAL"
    await steps.list("office", list_, "openReview")
    await steps.list("office", list_, "submitToMeeting")
    meeting = await steps.hold(linked=list_)
    resolution = await steps.resolve(meeting, approves=list_)
    await steps.list("office", list_, "approve", f'{{resolutionId: "{resolution}"}}')
    await steps.list("office", list_, "putInForce")
    await steps.item("court", first, "start")
    asked = await steps.item("court", first, "requestAdjust", '{reason: "部门调整", dueOn: "2026-11-30"}')
    assert asked["status"] == "ADJUSTMENT_PENDING"
    assert "status" not in await steps.item("office", first, "approveAdjust")
    granted = await steps.item("government", first, "approveAdjust", '{note: "同意"}', "status dueOn")
    assert granted == {"status": "IN_PROGRESS", "dueOn": "2026-11-30"}
    assert (await steps.item("office", first, "carryOver"))["code"] == "CARRY_OVER_TOO_EARLY"
    steps.world.clock.move_to(YEAR, 12, 31)
    assert (await steps.item("office", first, "carryOver"))["status"] == "CARRIED_OVER"
    following = (
        f"{{ doubleListItems(filter: {{year: {YEAR + 1}}}) {{ nodes {{ status dueOn carriedFrom {{ id }} }} }} }}"
    )
    (successor,) = (await steps.read("court", following))["doubleListItems"]["nodes"]
    assert successor == {"status": "DRAFT", "dueOn": "2027-11-30", "carriedFrom": {"id": first["id"]}}


async def test_a_unit_that_has_confirmed_is_not_asked_again(steps: Steps) -> None:
    await steps.open_list()
    item = await steps.propose("court")
    await steps.item("court", item, "submit")
    await steps.item("office", item, "collate")
    await steps.plan("COORDINATION")
    await steps.item("office", item, "sendToCoordination")
    fields = "id version availableEvents { event allowed obstacles { code } }"
    confirmed = await steps.item("court", item, "confirm", fields=fields)
    (confirm,) = [each for each in confirmed["availableEvents"] if each["event"] == "confirm"]
    assert (confirm["allowed"], confirm["obstacles"]) == (False, [{"code": "CONFIRMED_ALREADY"}])
    assert (await steps.item("court", item, "confirm"))["code"] == "CONFIRMED_ALREADY"
    assert (await steps.state(item))["version"] == confirmed["version"]
    assert (await steps.item("police", item, "confirm"))["status"] == "IN_COORDINATION"


async def test_a_proposal_is_refused_with_what_is_wrong_in_its_fields_and_between_them(steps: Steps) -> None:
    await steps.open_list()
    refused = await steps.propose("court", cooperating=("court",), title='""', dueOn="")
    assert {reason["code"] for reason in refused["reasons"]} == {
        "TEXT_EMPTY",
        "LEAD_ALSO_COOPERATING",
        "DUE_DATE_MISSING",
    }
