"""Ledgers, key issues, alerts and escalation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from hub.worker import work_round
from tests.obligations.steps import Steps
from tests.support.world import COUNTY

LEDGER = """query($kind: LedgerKind!) { ledger(kind: $kind) { totalCount nodes {
    title status overdue progressPercent latestReport leadOrganization { shortName } } } }"""
ALERTS = "{ alerts { nodes { kind severity offsetDays organization { shortName } } } }"


EVALUATIONS = """query($code: String!) { unitEvaluations(jurisdictionCode: $code, year: 2026) {
    organizationName items completed overdue progressPercent keyIssues keyIssuesOpen urgings score reckoning } }"""


@pytest.mark.duty("S0-3.1")
@pytest.mark.duty("S4-4.3")
async def test_the_ledger_shows_how_items_stand_and_late_ones_are_alarmed_and_escalated_as_the_pack_says(
    steps: Steps, runtime
) -> None:
    await steps.adopt(**{"item.alert.before": [4], "item.alert.after": [2], "item.escalate.after": 6})
    item = await steps.running()
    await steps.item("court", item, "report", '{text: "进展一半", progressPercent: 50}')
    (entry,) = (await steps.read("office", LEDGER, kind="IMPLEMENTATION"))["ledger"]["nodes"]
    assert (entry["latestReport"], entry["progressPercent"], entry["overdue"]) == ("进展一半", 50, False)
    assert (await steps.read("civil", LEDGER, kind="IMPLEMENTATION"))["ledger"]["totalCount"] == 0

    async def told(unit: str, month: int, day: int) -> set[str]:
        steps.world.clock.move_to(2026, month, day)
        await work_round(runtime)
        raised = (await steps.read(unit, ALERTS))["alerts"]["nodes"]
        return {each["kind"] for each in raised} & {"DUE_SOON", "DUE_TODAY", "OVERDUE", "ESCALATED"}

    assert await told("court", 9, 25) == set()  # five days before; the pack says four
    assert await told("court", 9, 26) == {"DUE_SOON"}
    assert await told("court", 10, 1) == {"DUE_SOON"}  # late by a day; the pack says two
    assert await told("court", 10, 2) == {"DUE_SOON", "OVERDUE"}
    assert await told("city.police", 10, 5) == set()
    assert await told("court", 10, 6) == {"DUE_SOON", "OVERDUE", "ESCALATED"}
    (late,) = (await steps.read("office", LEDGER, kind="IMPLEMENTATION"))["ledger"]["nodes"]
    assert late["overdue"] is True
    before = (await steps.read("office", ALERTS))["alerts"]["nodes"]
    await work_round(runtime)
    assert (await steps.read("office", ALERTS))["alerts"]["nodes"] == before
    assert "OVERDUE" not in {each["kind"] for each in (await steps.read("civil", ALERTS))["alerts"]["nodes"]}


@pytest.mark.duty("S4-4.3")
async def test_units_are_evaluated_by_the_weights_of_the_pack_and_members_are_told(steps: Steps) -> None:
    await steps.adopt(
        **{
            "evaluation.weight.progress": 50,
            "evaluation.weight.timeliness": 30,
            "evaluation.weight.issues": 20,
            "item.progress.recipients": ["MEMBER_UNITS"],
        }
    )
    item = await steps.running()
    await steps.item("court", item, "report", '{text: "进展", progressPercent: 80}')
    issue = await key_issue(steps, "finance")
    await steps.task("office", issue, "urge", "{}")
    found = (await steps.read("office", EVALUATIONS, code=COUNTY))["unitEvaluations"]
    assert [(each["organizationName"], each["score"]) for each in found] == [("温县人民法院", 88), ("温县财政局", 0)]
    court, finance = found
    assert (court["items"], court["overdue"], court["progressPercent"]) == (1, 0, 80)
    assert court["reckoning"] == "进度80×50/80，按期100×30/80"
    assert (finance["keyIssues"], finance["keyIssuesOpen"], finance["urgings"]) == (1, 1, 1)
    steps.world.clock.move_to(2026, 10, 8)
    (late, _) = (await steps.read("office", EVALUATIONS, code=COUNTY))["unitEvaluations"]
    assert (late["overdue"], late["score"]) == (1, 50)
    assert (await steps.read("police", EVALUATIONS, code=COUNTY))["unitEvaluations"] == [
        {**each, **({"overdue": 1, "score": 50, "reckoning": "进度80×50/80，按期0×30/80"} if each is court else {})}
        for each in found
    ]
    assert (await steps.read("neighbour.office", EVALUATIONS, code=COUNTY))["unitEvaluations"] == []


async def test_a_year_without_a_list_has_no_evaluations(steps: Steps) -> None:
    for year in (-(2**31), 0, 2**31 - 1):
        query = f'{{ unitEvaluations(jurisdictionCode: "{COUNTY}", year: {year}) {{ score }} }}'
        assert (await steps.read("office", query))["unitEvaluations"] == []


@pytest.mark.duty("S4-4.3")
async def test_where_members_are_not_told_a_unit_sees_its_own_evaluation_only(steps: Steps) -> None:
    await steps.adopt(**{"item.progress.recipients": ["GOVERNMENT_OFFICE"]})
    await steps.running()
    await key_issue(steps, "finance")
    for unit, expected in (("finance", ["温县财政局"]), ("civil", []), ("office", ["温县人民法院", "温县财政局"])):
        found = (await steps.read(unit, EVALUATIONS, code=COUNTY))["unitEvaluations"]
        assert [each["organizationName"] for each in found] == expected, unit


@pytest.mark.duty("S4-1.3.1")
async def test_the_office_is_told_of_steps_that_wait_beyond_the_time_of_the_pack(steps: Steps, runtime) -> None:
    one = {"n": 1, "unit": "WORKING_DAY"}
    await steps.adopt(
        **{
            "coordination.confirm": {**one, "anchor": "COORDINATION_SENT"},
            "coordination.resolve": {**one, "anchor": "COORDINATION_ESCALATED"},
            "item.acceptance": {**one, "anchor": "COMPLETION_APPLIED"},
            "item.report.review": {**one, "anchor": "REPORT_SUBMITTED"},
            "meeting.minutes": {**one, "anchor": "MEETING_HELD"},
            "meeting.notice": {**one, "anchor": "MEETING_PLANNED", "direction": "BEFORE"},
        }
    )
    done = await steps.running()
    await steps.item("court", done, "applyCompletion", '{summary: "完成", deliverables: ["规程"]}')
    issue = await key_issue(steps, "finance")
    await steps.task("finance", issue, "start")
    await steps.task("finance", issue, "report", '{text: "已拨付"}')
    waiting = await steps.in_coordination("civil")
    await steps.item("civil", waiting, "dispute", '{dispute: "时限过紧", attemptedDirectContact: true}')

    async def told(unit: str) -> set[str]:
        raised = (await steps.read(unit, ALERTS))["alerts"]["nodes"]
        return {each["kind"] for each in raised if each["kind"] in STEPS}

    steps.world.clock.move_to(2026, 6, 16)
    await work_round(runtime)
    assert await told("office") == {"NOTICE_OVERDUE"}  # the coordination meeting of the 15th had none
    steps.world.clock.move_to(2026, 6, 17)
    await work_round(runtime)
    assert await told("office") == STEPS
    assert await told("police") == {"CONFIRMATION_OVERDUE"}
    assert await told("civil") == set()  # it has answered, by objecting
    narrow = replace(await steps.client("office"), scope="doublelist:read task:read", token=None)
    titles = "{ alerts { nodes { kind title } } }"
    shown = {each["kind"]: each["title"] for each in (await narrow.data(titles))["alerts"]["nodes"]}
    assert shown["MINUTES_OVERDUE"] == shown["SETTLEMENT_OVERDUE"] == "—"
    whole = {each["kind"]: each["title"] for each in (await steps.read("office", titles))["alerts"]["nodes"]}
    assert shown["ACCEPTANCE_OVERDUE"] == whole["ACCEPTANCE_OVERDUE"]
    assert "—" not in whole.values()


@pytest.mark.duty("S4-4.3")
async def test_a_date_that_recurs_is_late_with_the_report_on_it_and_not_before(steps: Steps, runtime) -> None:
    item = await steps.running(deadlineKind="RECURRING", dueOn="", recurrence='"FREQ=MONTHLY;BYMONTHDAY=22"')
    read = "query($id: ID!) { node(id: $id) { ... on DoubleListItem { dueOn nextReportOn overdue } } }"

    async def stands() -> Any:
        return (await steps.read("court", read, id=item["id"]))["node"]

    waiting = await steps.propose(
        "court", deadlineKind="RECURRING", dueOn="", recurrence='"FREQ=MONTHLY;BYMONTHDAY=22"', title='"尚未启动"'
    )
    await steps.coordinated(waiting)
    (list_,) = (await steps.read("office", "{ doubleLists { nodes { id } } }"))["doubleLists"]["nodes"]
    by = await steps.resolve(await steps.hold(linked=list_), approves=list_)
    approved = await steps.item("office", waiting, "approve", f'{{resolutionId: "{by}"}}')
    assert approved["status"] == "APPROVED"

    assert await stands() == {"dueOn": "2026-06-22", "nextReportOn": "2026-06-29", "overdue": False}
    await steps.item("court", item, "report", '{text: "提前报告", period: "2026-06"}')
    assert (await stands())["dueOn"] == "2026-07-22"
    steps.world.clock.move_to(2026, 7, 27)
    await work_round(runtime)
    assert (await stands())["overdue"] is False
    assert "OVERDUE" not in {each["kind"] for each in (await steps.read("court", ALERTS))["alerts"]["nodes"]}
    steps.world.clock.move_to(2026, 8, 3)
    await work_round(runtime)
    assert (await stands())["overdue"] is True
    assert (await steps.read("court", read, id=waiting["id"]))["node"]["overdue"] is False
    raised = {each["kind"] for each in (await steps.read("court", ALERTS))["alerts"]["nodes"]}
    assert "REPORT_OVERDUE" in raised
    assert "OVERDUE" not in raised


STEPS = {
    "CONFIRMATION_OVERDUE",
    "SETTLEMENT_OVERDUE",
    "ACCEPTANCE_OVERDUE",
    "REVIEW_OVERDUE",
    "NOTICE_OVERDUE",
    "MINUTES_OVERDUE",
}


@pytest.mark.duty("S1-4.2")
async def test_the_ledger_follows_an_item_through_return_and_acceptance(steps: Steps) -> None:
    item = await steps.running()

    async def entry() -> tuple[str, str, int]:
        (found,) = (await steps.read("office", LEDGER, kind="IMPLEMENTATION"))["ledger"]["nodes"]
        return found["status"], found["latestReport"], found["progressPercent"]

    await steps.item("court", item, "applyCompletion", '{summary: "已建立机制", deliverables: ["规程"]}')
    assert await entry() == ("PENDING_ACCEPTANCE", "已建立机制", 100)
    back = await steps.item("office", item, "return", '{reason: "缺少成果佐证"}', "status decisionNote")
    assert back == {"status": "IN_PROGRESS", "decisionNote": "缺少成果佐证"}
    await steps.item("court", item, "report", '{text: "补充佐证", progressPercent: 90}')
    assert await entry() == ("IN_PROGRESS", "补充佐证", 90)
    await steps.item("court", item, "applyCompletion", '{summary: "佐证齐全", deliverables: ["规程", "台账"]}')
    assert (await steps.item("court", item, "accept"))["code"] == "ACTOR_NOT_PERMITTED"
    await steps.item("office", item, "accept")
    assert await entry() == ("COMPLETED", "佐证齐全", 100)


async def key_issue(steps: Steps, lead: str) -> Any:
    given = f"""input: {{jurisdictionCode: "{COUNTY}", title: "援助资金未到位", content: "限期拨付",
        leadOrganizationId: "{steps.organization(lead)}", dueOn: "2026-12-10"}}"""
    return await (await steps.client("office")).change("raiseKeyIssue", given, "linkageTask", "id status origin")


@pytest.mark.duty("S1-4.3")
async def test_key_issues_are_put_on_a_list_and_pursued_until_verified(steps: Steps) -> None:
    finance = await steps.client("finance")
    given = f"""input: {{jurisdictionCode: "{COUNTY}", title: "援助资金未到位", content: "限期拨付",
        leadOrganizationId: "{steps.organization("finance")}", dueOn: "2026-07-10"}}"""
    assert (await finance.change("raiseKeyIssue", given, "linkageTask"))["code"] == "SCOPE_REQUIRED"
    issue = await key_issue(steps, "finance")
    assert issue["origin"] == "ISSUE"
    assert (await steps.read("finance", LEDGER, kind="KEY_ISSUES"))["ledger"]["totalCount"] == 1
    assert (await steps.read("police", LEDGER, kind="KEY_ISSUES"))["ledger"]["totalCount"] == 0
    await steps.task("finance", issue, "start")
    await steps.task("finance", issue, "report", '{text: "已拨付一半"}')
    assert (await steps.task("finance", issue, "verify"))["code"] == "ACTOR_NOT_PERMITTED"
    returned = await steps.task("office", issue, "return", '{reason: "应全部拨付"}', "status returnReason")
    assert returned == {"status": "IN_PROGRESS", "returnReason": "应全部拨付"}
    await steps.task("finance", issue, "report", '{text: "已全部拨付"}')
    assert (await steps.task("office", issue, "verify"))["status"] == "VERIFIED"
