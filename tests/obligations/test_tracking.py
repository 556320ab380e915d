"""Ledgers, key issues, alerts and escalation."""

from __future__ import annotations

import pytest

from hub.worker import work_round
from tests.obligations.steps import Steps
from tests.support.world import COUNTY

LEDGER = """query($kind: LedgerKind!) { ledger(kind: $kind) { totalCount nodes {
    title status overdue progressPercent latestReport leadOrganization { shortName } } } }"""
ALERTS = "{ alerts { nodes { kind severity offsetDays organization { shortName } } } }"


@pytest.mark.duty("S4-4.3")
@pytest.mark.duty("S1-4.2")
async def test_the_ledger_shows_how_items_stand_and_overdue_ones_are_alarmed_and_escalated(
    steps: Steps, runtime
) -> None:
    item = await steps.running()
    await steps.item("court", item, "report", '{text: "进展一半", progressPercent: 50}')
    (entry,) = (await steps.read("office", LEDGER, kind="IMPLEMENTATION"))["ledger"]["nodes"]
    assert (entry["latestReport"], entry["progressPercent"], entry["overdue"]) == ("进展一半", 50, False)
    assert (await steps.read("civil", LEDGER, kind="IMPLEMENTATION"))["ledger"]["totalCount"] == 0
    steps.world.clock.move_to(2026, 9, 30)
    await work_round(runtime)
    kinds = {each["kind"] for each in (await steps.read("court", ALERTS))["alerts"]["nodes"]}
    assert "DUE_TODAY" in kinds
    assert "OVERDUE" not in kinds
    steps.world.clock.move_to(2026, 12, 1)
    await work_round(runtime)
    (late,) = (await steps.read("office", LEDGER, kind="IMPLEMENTATION"))["ledger"]["nodes"]
    assert late["overdue"] is True
    raised = (await steps.read("office", ALERTS))["alerts"]["nodes"]
    assert {"OVERDUE", "ESCALATED"} <= {each["kind"] for each in raised}
    before = len(raised)
    await work_round(runtime)
    assert len((await steps.read("office", ALERTS))["alerts"]["nodes"]) == before
    assert (await steps.read("civil", ALERTS))["alerts"]["nodes"] == []


@pytest.mark.duty("S1-4.3")
async def test_key_issues_are_put_on_a_list_and_pursued_until_verified(steps: Steps) -> None:
    office, finance = await steps.client("office"), await steps.client("finance")
    given = f"""input: {{jurisdictionCode: "{COUNTY}", title: "援助资金未到位", content: "限期拨付",
        leadOrganizationId: "{steps.organization("finance")}", dueOn: "2026-07-10"}}"""
    assert (await finance.change("raiseKeyIssue", given, "linkageTask"))["code"] == "SCOPE_REQUIRED"
    issue = await office.change("raiseKeyIssue", given, "linkageTask", "id status origin")
    assert issue["origin"] == "ISSUE"
    assert (await steps.read("finance", LEDGER, kind="KEY_ISSUES"))["ledger"]["totalCount"] == 1
    assert (await steps.read("police", LEDGER, kind="KEY_ISSUES"))["ledger"]["totalCount"] == 0

    async def fire(client, event: str, payload: str = "{}"):
        arguments = f'id: "{issue["id"]}", event: {{{event}: {payload}}}'
        return await client.change("advanceLinkageTask", arguments, "linkageTask", "status returnReason")

    await fire(finance, "start")
    await fire(finance, "report", '{text: "已拨付一半"}')
    assert (await fire(office, "return", '{reason: "应全部拨付"}'))["returnReason"] == "应全部拨付"
    await fire(finance, "report", '{text: "已全部拨付"}')
    assert (await fire(office, "verify"))["status"] == "VERIFIED"
