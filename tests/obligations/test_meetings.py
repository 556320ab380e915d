"""Meetings: the yearly plenary, ad hoc meetings, minutes, what follows from them."""

from __future__ import annotations

import pytest

from hub.worker import work_round
from tests.obligations.steps import Steps
from tests.support.world import COUNTY


@pytest.mark.duty("S4-1.3.2")
async def test_the_plenary_is_chaired_by_the_convenor_or_a_delegate_and_its_absence_is_alarmed(
    steps: Steps, runtime
) -> None:
    meeting = await steps.plan("PLENARY")
    await steps.meeting("office", meeting, "openAgenda")
    assert "reasons" in await steps.meeting("office", meeting, "issueNotice", _chair(steps, "CONVENOR"))
    proposed = await steps.meeting("police", meeting, "proposeAgenda", '{title: "通报情况"}', "agenda { title }")
    assert proposed["agenda"] == [{"title": "通报情况"}]
    undelegated = await steps.meeting("office", meeting, "issueNotice", _chair(steps, "DEPUTY_CONVENOR"))
    assert undelegated["code"] == "DELEGATION_MISSING"
    member = await steps.meeting("office", meeting, "issueNotice", _chair(steps, "MEMBER"))
    assert member["code"] == "CHAIR_NOT_ENTITLED"
    delegated = _chair(steps, "DEPUTY_CONVENOR", ', chairDelegation: "委托书1号"')
    assert (await steps.meeting("office", meeting, "issueNotice", delegated))["status"] == "NOTICE_ISSUED"
    await work_round(runtime)
    early = "{ alerts(filter: {kind: [PLENARY_MISSING]}) { totalCount } }"
    assert (await steps.read("office", early))["alerts"]["totalCount"] == 0
    steps.world.clock.move_to(2026, 11, 20)
    await work_round(runtime)
    query = "{ alerts(filter: {kind: [PLENARY_MISSING]}) { nodes { kind organization { shortName } } } }"
    alarmed = (await steps.read("office", query))["alerts"]["nodes"]
    assert {"kind": "PLENARY_MISSING", "organization": {"shortName": "司法局"}} in alarmed
    assert (await steps.read("neighbour.police", query))["alerts"]["nodes"] == []


def _chair(steps: Steps, role: str, more: str = "") -> str:
    return f'{{chairRole: {role}, chairOrganizationId: "{steps.organization("court")}"{more}}}'


@pytest.mark.duty("S4-3.1")
async def test_the_office_convenes_coordination_symposium_and_analysis_meetings(steps: Steps) -> None:
    for kind in ("COORDINATION", "SYMPOSIUM", "RISK_ANALYSIS"):
        assert (await steps.plan(kind))["kind"] == kind
    refused = await (await steps.client("police")).change(
        "planJointMeeting",
        f"""input: {{jurisdictionCode: "{COUNTY}", kind: CASE_ANALYSIS, title: "会",
            plannedAt: "2026-07-01T09:00:00+08:00"}}""",
        "jointMeeting",
    )
    assert refused["code"] == "SCOPE_REQUIRED"
    symposium = await steps.plan("SYMPOSIUM")
    await steps.meeting("office", symposium, "openAgenda")
    await steps.meeting("office", symposium, "proposeAgenda", '{title: "座谈"}')
    outsider = f'{{chairRole: MEMBER, chairOrganizationId: "{steps.organization("audit")}"}}'
    assert (await steps.meeting("office", symposium, "issueNotice", outsider))["code"] == "CHAIR_NOT_A_MEMBER"
    hosted = f'{{chairRole: OFFICE, chairOrganizationId: "{steps.organization("office")}"}}'
    assert (await steps.meeting("police", symposium, "issueNotice", hosted))["code"] == "ACTOR_NOT_PERMITTED"
    assert (await steps.meeting("office", symposium, "issueNotice", hosted))["status"] == "NOTICE_ISSUED"
    count = "{ jointMeetings { totalCount } }"
    assert (await steps.read("court", count))["jointMeetings"]["totalCount"] == 4
    assert (await steps.read("neighbour.court", count))["jointMeetings"]["totalCount"] == 0


@pytest.mark.duty("S4-4.2")
async def test_minutes_are_issued_and_their_resolutions_followed_up_as_tasks(steps: Steps) -> None:
    meeting = await steps.hold("PLENARY")
    await steps.resolve(meeting, lead="police", due="2026-07-31")
    await steps.meeting("office", meeting, "draftMinutes", '{text: "会议纪要"}')
    assert (await steps.meeting("office", meeting, "dispatch"))["code"] == "EVENT_NOT_NOW"
    await steps.meeting("office", meeting, "circulate")
    issue = '{documentNo: "纪要〔2026〕1号", signedBy: "县长"}'
    issued = await steps.meeting("government", meeting, "approve", issue, "status minutesDocumentNo minutesIssuedAt")
    assert "status" in issued, issued
    assert (issued["status"], issued["minutesDocumentNo"]) == ("MINUTES_ISSUED", "纪要〔2026〕1号")
    followed = await steps.meeting(
        "office", meeting, "dispatch", "{}", "status resolutions { status task { id status dueOn } }"
    )
    (resolution,) = followed["resolutions"]
    assert (followed["status"], resolution["task"]["dueOn"]) == ("FOLLOW_UP", "2026-07-31")
    assert (await steps.meeting("office", meeting, "close"))["code"] == "RESOLUTIONS_OPEN"

    task = resolution["task"]
    assert (await steps.task("civil", task, "start"))["code"] == "NOT_FOUND"
    assert (await steps.name_responsible("civil", task, person="甲"))["code"] == "NOT_FOUND"
    named = await steps.name_responsible("police", task, person="大队长", post="法制大队大队长")
    assert (named["person"], named["post"]) == ("大队长", "法制大队大队长")
    read = "query($id: ID!) { node(id: $id) { ... on LinkageTask { responsibilities { person post } } } }"
    (answering,) = (await steps.read("office", read, id=task["id"]))["node"]["responsibilities"]
    assert answering == {"person": "大队长", "post": "法制大队大队长"}
    assert (await steps.task("office", task, "urge", '{note: "请抓紧"}', "urgeCount"))["urgeCount"] == 1
    await steps.task("police", task, "start")
    await steps.task("police", task, "report", '{text: "已落实"}')
    assert (await steps.task("office", task, "verify"))["status"] == "VERIFIED"
    assert (await steps.meeting("office", meeting, "close"))["status"] == "CLOSED"


@pytest.mark.duty("S4-1.1")
async def test_a_major_problem_brought_by_a_unit_is_resolved_in_the_meeting_and_followed_to_its_end(
    steps: Steps,
) -> None:
    meeting = await steps.plan("PLENARY")
    await steps.meeting("office", meeting, "openAgenda")
    brought = await steps.meeting(
        "police", meeting, "proposeAgenda", '{title: "问题楼盘涉诉查封"}', "agenda { title proposer { shortName } }"
    )
    assert brought["agenda"] == [{"title": "问题楼盘涉诉查封", "proposer": {"shortName": "公安局"}}]
    chair = f'{{chairRole: CONVENOR, chairOrganizationId: "{steps.organization("government")}"}}'
    await steps.meeting("office", meeting, "issueNotice", chair)
    present = ", ".join(
        f'{{organizationId: "{steps.organization(unit)}", post: "负责人", present: true}}'
        for unit in ("court", "police")
    )
    await steps.meeting("office", meeting, "hold", f'{{heldAt: "2026-06-15T09:00:00+08:00", attendance: [{present}]}}')
    await steps.resolve(meeting, lead="court", due="2026-07-31")
    (resolution,) = (await steps.issue_minutes(meeting))["resolutions"]
    await steps.task("court", resolution["task"], "start")
    await steps.task("court", resolution["task"], "report", '{text: "已解除查封"}')
    assert (await steps.task("office", resolution["task"], "verify"))["status"] == "VERIFIED"
    assert (await steps.meeting("office", meeting, "close"))["status"] == "CLOSED"
    record = "query($id: ID!) { node(id: $id) { ... on JointMeeting { status resolutions { status } } } }"
    assert (await steps.read("police", record, id=meeting["id"]))["node"] == {
        "status": "CLOSED",
        "resolutions": [{"status": "VERIFIED"}],
    }
    assert (await steps.read("neighbour.police", record, id=meeting["id"]))["node"] is None


@pytest.mark.duty("S4-3.2")
@pytest.mark.duty("S4-4.1")
async def test_units_talk_directly_first_and_the_office_coordinates_what_remains(steps: Steps) -> None:
    given = f"""input: {{jurisdictionCode: "{COUNTY}", subject: "查封信息", disputeSummary: "范围不一致",
        counterpartOrganizationIds: ["{steps.organization("court")}"], route: HORIZONTAL}}"""
    police, court, office = [await steps.client(unit) for unit in ("police", "court", "office")]
    request = await police.change("openCoordinationRequest", given, "coordinationRequest", "id status route")
    assert (request["status"], request["route"]) == ("IN_DIRECT_CONTACT", "HORIZONTAL")

    async def fire(client, event: str, payload: str = "{}", fields: str = "status"):
        arguments = f'id: "{request["id"]}", event: {{{event}: {payload}}}'
        return await client.change("advanceCoordinationRequest", arguments, "coordinationRequest", fields)

    for route, counterpart in (("VERTICAL", "finance"), ("POINT_TO_POINT", "finance"), ("HORIZONTAL", "city.justice")):
        wrong = given.replace(steps.organization("court"), steps.organization(counterpart))
        wrong = wrong.replace("HORIZONTAL", route)
        refusal = await police.change("openCoordinationRequest", wrong, "coordinationRequest", "id")
        assert refusal["code"] == f"ROUTE_NOT_{route}"
    for route, counterpart in (("VERTICAL", "city.police"), ("POINT_TO_POINT", "court")):
        fitting = given.replace(steps.organization("court"), steps.organization(counterpart))
        fitting = fitting.replace("HORIZONTAL", route)
        opened = await police.change("openCoordinationRequest", fitting, "coordinationRequest", "route")
        assert opened == {"route": route}
    assert (await fire(police, "coordinate"))["code"] == "EVENT_NOT_NOW"
    early = await fire(police, "escalate", '{attemptedDirectContact: false, summary: "未对接"}')
    assert early["code"] == "DIRECT_CONTACT_FIRST"
    stranger = await fire(await steps.client("civil"), "settle", '{outcome: "x"}')
    assert stranger["code"] == "NOT_FOUND"
    raised = await fire(court, "escalate", '{attemptedDirectContact: true, summary: "未达成一致"}')
    assert raised["status"] == "ESCALATED"
    assert (await fire(office, "coordinate"))["status"] == "COORDINATING"
    settled = await fire(office, "resolve", '{outcome: "按清单办理"}', "status outcome")
    assert settled == {"status": "RESOLVED", "outcome": "按清单办理"}
    assert (await steps.read("civil", "{ coordinationRequests { totalCount } }"))["coordinationRequests"][
        "totalCount"
    ] == 0
