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
    await steps.list("office", list_, "putInForce")
    assert await completion(steps) == {"items": 1, "completed": 0, "completionPercent": 0}
    await steps.item("court", item, "start")
    await steps.item("court", item, "report", '{text: "机制已建立", progressPercent: 60}')
    bare = await steps.item("court", item, "applyCompletion", '{summary: "完成", deliverables: []}')
    assert bare["code"] == "DELIVERABLES_MISSING"
    await steps.item("court", item, "applyCompletion", '{summary: "完成", deliverables: ["工作规程"]}')
    assert (await steps.item("court", item, "accept"))["code"] == "ACTOR_NOT_PERMITTED"
    assert (await steps.item("office", item, "accept"))["status"] == "COMPLETED"
    assert await completion(steps) == {"items": 1, "completed": 1, "completionPercent": 100}


async def completion(steps: Steps) -> object:
    query = """query($code: String!, $year: Int!) {
        linkageStatistics(jurisdictionCode: $code, year: $year) { items completed completionPercent } }"""
    return (await steps.read("office", query, code=COUNTY, year=YEAR))["linkageStatistics"]


@pytest.mark.duty("S4-2.2")
async def test_a_coordination_meeting_of_an_earlier_year_does_not_serve_this_list(steps: Steps) -> None:
    await steps.plan("COORDINATION", at="2025-11-10T09:00:00+08:00")
    await steps.open_list()
    item = await steps.propose("court")
    await steps.item("court", item, "submit")
    await steps.item("office", item, "collate")
    refused = await steps.item("office", item, "sendToCoordination")
    assert refused["code"] == "COORDINATION_MEETING_MISSING"
    assert (await steps.state(item))["status"] == "UNDER_REVIEW"
    await steps.plan("COORDINATION")
    assert (await steps.item("office", item, "sendToCoordination"))["status"] == "IN_COORDINATION"


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
async def test_a_matter_goes_through_the_office_to_the_leading_group_and_is_followed_to_its_end(steps: Steps) -> None:
    matter = await steps.propose_matter("police")
    assert (await steps.matter("police", matter, "review"))["code"] == "ACTOR_NOT_PERMITTED"
    assert (await steps.matter("office", matter, "review"))["status"] == "UNDER_REVIEW"
    for unit in ("office", "government"):
        assert (await steps.matter(unit, matter, "approve", '{note: "同意"}'))["code"] == "MATTER_NEEDS_MEETING"
    elsewhere = await steps.resolve(await steps.hold())
    by = f'{{resolutionId: "{elsewhere}"}}'
    assert (await steps.matter("office", matter, "approve", by))["code"] == "MATTER_NEEDS_MEETING"
    assert (await steps.matter("police", matter, "approve", by))["code"] == "ACTOR_NOT_PERMITTED"
    meeting = await steps.hold(matter=matter)
    resolution = await steps.resolve(meeting)
    fields = "status resolution { id }"
    approved = await steps.matter("office", matter, "approve", f'{{resolutionId: "{resolution}"}}', fields)
    assert approved == {"status": "APPROVED", "resolution": {"id": resolution}}
    assigned = await steps.matter("office", matter, "assign", "{}", "status task { id leadOrganization { shortName } }")
    assert (assigned["status"], assigned["task"]["leadOrganization"]["shortName"]) == ("IN_PROGRESS", "公安局")
    task = assigned["task"]
    await steps.task("police", task, "start")
    await steps.task("police", task, "report", '{text: "已建立"}')
    assert (await steps.task("police", task, "verify"))["code"] == "ACTOR_NOT_PERMITTED"
    assert (await steps.task("office", task, "verify"))["status"] == "VERIFIED"
    read = "query($id: ID!) { node(id: $id) { ... on LinkageMatter { status } } }"
    assert (await steps.read("police", read, id=matter["id"]))["node"] == {"status": "COMPLETED"}
    assert (await steps.read("finance", read, id=matter["id"]))["node"] is None


@pytest.mark.duty("S2-III-1")
async def test_the_leading_group_may_refuse_a_matter_and_no_task_follows(steps: Steps) -> None:
    matter = await steps.propose_matter("police")
    await steps.matter("office", matter, "review")
    assert (await steps.matter("police", matter, "reject", '{reason: "x"}'))["code"] == "ACTOR_NOT_PERMITTED"
    alone = await steps.matter("government", matter, "reject", '{reason: "条件不成熟"}')
    assert alone["code"] == "MATTER_NEEDS_MEETING"
    by = f'{{reason: "条件不成熟", resolutionId: "{await steps.resolve(await steps.hold(matter=matter))}"}}'
    refused = await steps.matter("office", matter, "reject", by, "status decisionNote task { id }")
    assert refused == {"status": "REJECTED", "decisionNote": "条件不成熟", "task": None}
    assert (await steps.matter("office", matter, "assign"))["code"] == "EVENT_NOT_NOW"
    assert (await steps.read("office", "{ linkageTasks { totalCount } }"))["linkageTasks"]["totalCount"] == 0


@pytest.mark.duty("S1-4.1")
async def test_each_unit_names_who_answers_for_an_item_as_the_pack_asks(steps: Steps) -> None:
    item = await steps.running()
    partly = await steps.name_responsible("court", item, division="执行局")
    assert [(reason["code"], reason["path"]) for reason in partly["reasons"]] == [
        ("RESPONSIBILITY_INCOMPLETE", ["input", "person"])
    ]
    everything = {"leader": "院长", "division": "执行局", "person": "局长", "post": "执行局局长"}
    assert await steps.name_responsible("court", item, **everything) == everything
    assert (await steps.name_responsible("police", item, person="大队长"))["person"] == "大队长"
    for stranger in ("finance", "neighbour.court"):
        assert (await steps.name_responsible(stranger, item, person="甲"))["code"] == "NOT_FOUND"
    read = """query($id: ID!) { node(id: $id) { ... on DoubleListItem {
        responsibilities { person organization { shortName } } } } }"""
    named = (await steps.read("office", read, id=item["id"]))["node"]["responsibilities"]
    assert {(each["organization"]["shortName"], each["person"]) for each in named} == {
        ("人民法院", "局长"),
        ("公安局", "大队长"),
    }
    assert (await steps.read("finance", read, id=item["id"]))["node"] is None


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
