"""Finance tells a court of a public body's money, and the body never learns; a plan is budgeted and paid."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from hub.core.ids import decode_node_id
from hub.db import models
from hub.inquiry import sweep
from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support.dumping import unreadable
from tests.support.funding import ACCOUNT, Funding

SEEN = "query($id: ID!) { node(id: $id) { id } fundClue(id: $id) { id } fundClues { totalCount nodes { id } } }"
LOGGED = """{ auditEvents(first: 100) { nodes { targetKind targetKey } }
    exchangeMessages(filter: {operation: "pushFundClue"}) { totalCount nodes { targetKey } } }"""
STRANGERS = (
    "police",
    "civil",
    "office",
    "government",
    "credit",
    "city.police",
    "city.court",
    "neighbour.court",
    "neighbour.finance",
)
pytestmark = unreadable(ACCOUNT, ACCOUNT.replace(" ", ""))


@pytest.fixture
async def funding(steps: Steps, runtime: Runtime, tmp_path: Path) -> Funding:
    made = Funding(steps, runtime)
    await made.prepare(tmp_path)
    return made


async def nothing_seen(steps: Steps, unit: str, clue: Any) -> None:
    """Neither by its id, nor counted, nor among the alerts."""
    client = await steps.client(unit)
    answer = await client.ask(SEEN, {"id": clue["id"]})
    found = answer.get("data") or {}
    assert (found.get("node"), found.get("fundClue")) == (None, None), unit
    assert (found.get("fundClues") or {"totalCount": 0, "nodes": []}) == {"totalCount": 0, "nodes": []}, unit
    alerts = await client.data("{ alerts { totalCount nodes { kind } } }")
    assert "FUND_CLUE" not in str(alerts), unit
    assert "FundClue" not in str((await client.ask("{ auditEvents { nodes { targetKind } } }")).get("data")), unit


@pytest.mark.duty("S0-2.4.1")
async def test_finance_tells_the_court_of_money_and_the_debtor_never_learns(steps: Steps, funding: Funding) -> None:
    assert (await funding.request("neighbour.court"))["code"] == "NOT_FOUND"
    assert (await funding.request("police"))["code"] == "SCOPE_REQUIRED"
    asked = await funding.request()
    assert (asked["status"], asked["requestedByCourt"], asked["dueOn"]) == ("REQUESTED", True, "2026-06-23")
    await funding.pass_days(8, "clues")
    assert await funding.alerts("court", "FUND_CLUE") == []
    await funding.pass_days(1, "clues")
    for who in ("court", "finance"):
        assert [kind for kind, _ in await funding.alerts(who, "FUND_CLUE")] == ["FUND_CLUE_OVERDUE"], who
    wrong = {"clues": [funding.clue(account=None), funding.clue(amount="1.234"), funding.clue(amount="0")]}
    refused = await funding.fire("finance", asked, "push", wrong)
    assert {reason["code"] for reason in refused["reasons"]} == {"CLUE_ACCOUNT", "AMOUNT_INVALID", "CLUE_AMOUNT"}
    assert (await funding.fire("court", asked, "push", {"clues": [funding.clue()]}))["code"] == "ACTOR_NOT_PERMITTED"
    told = await funding.fire("finance", asked, "push", {"clues": [funding.clue()]})
    assert told["clues"] == [
        {"number": 1, "kind": "ACCOUNT", "usability": "YES", "budgetItem": "2010301", "amount": "120000.50"}
    ]
    assert ACCOUNT not in str(told)
    for stranger in STRANGERS:
        await nothing_seen(steps, stranger, told)
        assert (await funding.accounts(stranger, told)).get("code") in {"NOT_FOUND", "SCOPE_REQUIRED"}, stranger
        assert (await funding.fire(stranger, told, "receive")).get("code") in {"NOT_FOUND", "SCOPE_REQUIRED"}, stranger
    seen = await steps.read("audit", "{ fundClues { nodes { status purposeText clues { amount } } } }")
    assert seen["fundClues"]["nodes"] == [
        {"status": "PUSHED", "purposeText": "查明被执行单位可供执行的资金", "clues": []}
    ]
    assert (await funding.accounts("court", told, "。"))["code"] == "PURPOSE_INSUFFICIENT"
    assert (await funding.accounts("court", told))["accounts"] == [{"number": 1, "account": ACCOUNT}]
    await funding.pass_days(8, "clues")
    assert ("FUND_CLUE_UNVERIFIED", funding.day(-1)) in await funding.alerts("court", "FUND_CLUE")
    assert "FUND_CLUE_UNVERIFIED" not in str(await funding.alerts("finance", "FUND_CLUE"))
    for event, payload, state in (
        ("receive", {}, "RECEIVED"),
        ("verify", {"note": "属实"}, "VERIFIED"),
        ("use", {"amount": "120000.50"}, "USED"),
        ("reportOutcome", {"note": "已扣划"}, "OUTCOME_REPORTED"),
        ("close", {}, "CLOSED"),
    ):
        told = await funding.fire("court", told, event, payload)
        assert told["status"] == state, told


@pytest.mark.duty("S0-2.4.1")
async def test_finance_tells_unasked_or_says_that_there_is_nothing(steps: Steps, funding: Funding) -> None:
    assert (await funding.push("civil"))["code"] == "NOT_FINANCE"
    own = {"debtorOrganizationId": steps.organization("finance"), "courtOrganizationId": steps.organization("civil")}
    refused = await funding.push(**own)
    assert {reason["code"] for reason in refused["reasons"]} == {"COURT_NOT_SERVED", "DEBTOR_IS_FINANCE"}
    unknown = await funding.push(caseNumber="（2026）豫0825执9999号")
    told = await funding.push()
    assert (told["status"], unknown["status"], told["requestedByCourt"]) == ("PUSHED", "PUSHED", False)
    await nothing_seen(steps, "police", told)
    told = await funding.fire("court", told, "receive")
    assert (await funding.fire("court", told, "verify"))["code"] == "CLUE_CASE_MISSING"
    assert (await funding.fire("court", told, "verify", {"caseId": funding.case}))["status"] == "VERIFIED"
    told = await funding.fire("court", told, "discard", {"note": "专款专用，不得执行"})
    assert told["status"] == "UNUSABLE"
    declined = await funding.request(urgency="EMERGENCY")
    given = {"reason": "EARMARKED", "note": "均为专项资金"}
    declined = await funding.fire("finance", declined, "decline", given)
    assert (declined["status"], declined["declineReason"]) == ("DECLINED", "EARMARKED")
    none = await funding.fire("finance", await funding.request(), "answerNone", {"note": "账户均已注销"})
    assert (none["status"], none["clues"]) == ("NO_CLUE", [])
    said = "{ fundClues(filter: {status: [NO_CLUE]}) { nodes { answerNote } } }"
    for who, note in (("court", "账户均已注销"), ("finance", "账户均已注销"), ("audit", None)):
        assert (await steps.read(who, said))["fundClues"]["nodes"] == [{"answerNote": note}], who
    assert (await funding.fire("court", none, "close"))["status"] == "CLOSED"


@pytest.mark.duty("S0-2.4.1")
async def test_an_auditor_that_owes_reads_of_every_clue_but_those_about_itself(steps: Steps, funding: Funding) -> None:
    async with steps.world.sessions.system("test") as session:
        own = models.Organization.id == steps.world.organizations["county.audit"]
        await session.execute(update(models.Organization).where(own).values(government_subject=True))
    other = await funding.push()
    about = await funding.push(debtorOrganizationId=steps.organization("audit"))
    assert about["status"] == "PUSHED"
    seen = await steps.read("audit", SEEN, id=about["id"])
    assert (seen["node"], seen["fundClue"]) == (None, None)
    assert seen["fundClues"] == {"totalCount": 1, "nodes": [{"id": other["id"]}]}
    logged = await steps.read("audit", LOGGED)
    (audited,) = {each["targetKey"] for each in logged["auditEvents"]["nodes"] if each["targetKind"] == "FundClue"}
    (exchanged,) = (each["targetKey"] for each in logged["exchangeMessages"]["nodes"])
    assert audited == exchanged == str(decode_node_id(other["id"])[1])
    assert logged["exchangeMessages"]["totalCount"] == 1
    assert len((await steps.read("court", SEEN, id=about["id"]))["fundClues"]["nodes"]) == 2


@pytest.mark.duty("S0-2.4.1")
async def test_every_clue_left_lying_is_alarmed_once_however_many_lie_before_it(
    funding: Funding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "PORTION", 1)
    for number in (1, 2, 3):
        await funding.push(caseNumber=f"（2026）豫0825执{number}号")
    await funding.pass_days(20, "clues")
    for told in (2, 3, 3):
        await funding.pass_days(0, "clues")
        assert len(await funding.alerts("court", "FUND_CLUE_UNVERIFIED")) == told


@pytest.mark.duty("S2-30")
async def test_a_plan_of_three_instalments_enters_the_budget_and_its_second_is_missed(
    steps: Steps, funding: Funding
) -> None:
    first, second, third = "2026-09-30", "2026-12-20", "2027-06-30"
    wrong = await funding.plan("court", (second, "0"), (first, "100.00"), amount="250.00")
    assert {reason["code"] for reason in wrong["reasons"]} == {"INSTALMENT_AMOUNT", "INSTALMENT_ORDER"}
    wrong = await funding.plan("court", ("2026-01-01", "1"), (first, "100.00"), amount="250.00")
    assert {reason["code"] for reason in wrong["reasons"]} == {"INSTALMENT_PAST", "PLAN_AMOUNT"}
    assert (await funding.plan("civil", (first, "1"), amount="1"))["code"] == "NOT_FOUND"
    parts = ((first, "100.00"), (second, "100.00"), (third, "50.50"))
    draft = await funding.plan("police", *parts, amount="250.50")
    assert draft["status"] == "DRAFT"
    assert (await funding.plan("court", *parts, amount="250.50"))["code"] == "PLAN_STANDS"
    assert (await funding.move("police", draft, "confirm"))["code"] == "ACTOR_NOT_PERMITTED"
    assert (await steps.read("finance", "{ performancePlans { totalCount } }"))["performancePlans"]["totalCount"] == 0
    plan = await funding.move("court", draft, "confirm")
    assert plan["status"] == "CONFIRMED"
    short = await funding.arrange(plan, (2026, "199.99"), (2028, "1.00"))
    assert [(reason["code"]) for reason in short["reasons"]] == ["BUDGET_DIFFERS", "BUDGET_YEAR_EMPTY", "BUDGET_ORDER"]
    assert (await funding.arrange(plan, (2027, "50.50")))["code"] == "BUDGET_ORDER"
    assert (await funding.arrange(plan, (2026, "200.00"), who="police"))["code"] == "ACTOR_NOT_PERMITTED"
    plan = await funding.arrange(plan, (2026, "150.00"), (2026, "50.00"))
    assert (plan["status"], [each["amount"] for each in plan["arrangements"]]) == ("BUDGETED", ["150.00", "50.00"])
    assert (await funding.arrange(plan, (2026, "200.00")))["code"] == "BUDGET_YEAR_ARRANGED"
    assert (await funding.pay(plan, 3, "50.50", "P3"))["code"] == "BUDGET_MISSING"
    assert (await funding.pay(plan, 1, "100.01", "P1"))["code"] == "PAYMENT_AMOUNT"
    plan = await funding.pay(plan, 1, "100.00", "P1")
    assert (plan["status"], plan["paidAmount"], plan["paidPercent"]) == ("PAYING", "100.00", 39)
    assert (await funding.pay(plan, 2, "1.00", "P1"))["code"] == "PAYMENT_KNOWN"
    steps.world.clock.move_to(2026, 12, 20)
    assert await funding.pass_days(0, "plans") == 0
    await funding.pass_days(1, "plans")
    for who in ("office", "court", "police", "finance"):
        assert await funding.alerts(who, "PLAN") == [("PLAN_INSTALMENT_MISSED", second)], who
    assert await funding.alerts("civil", "PLAN") == []
    (own,) = (await steps.read("police", "{ performancePlans { nodes { id status instalments { overdue } } } }"))[
        "performancePlans"
    ]["nodes"]
    assert (own["status"], [each["overdue"] for each in own["instalments"]]) == ("DEFAULTED", [False, True, False])
    overseen = "query($id: ID!) { performancePlan(id: $id) { status paidPercent } }"
    for who in ("office", "government"):
        seen = await steps.read(who, overseen, id=plan["id"])
        assert seen["performancePlan"] == {"status": "DEFAULTED", "paidPercent": 39}, who
    for stranger in ("civil", "neighbour.court", "neighbour.police", "neighbour.office"):
        hidden = await steps.read(stranger, "query($id: ID!) { node(id: $id) { id } }", id=plan["id"])
        assert hidden["node"] is None, stranger
    assert (await funding.pay(plan, 2, "40.00", "P2"))["status"] == "DEFAULTED"
    rest = {"reason": "财政困难，延期", "amount": "250.50", "instalments": [{"dueOn": third, "amount": "110.50"}]}
    assert (await funding.move("court", plan, "revise", {**rest, "amount": "251.00"}))["code"] == "PLAN_AMOUNT"
    plan = await funding.move("court", plan, "revise", rest)
    assert (plan["status"], plan["edition"]) == ("CONFIRMED", 2)
    assert [(each["number"], each["amount"], each["paidAmount"]) for each in plan["instalments"]] == [
        (1, "100.00", "100.00"),
        (2, "40.00", "40.00"),
        (4, "110.50", "0.00"),
    ]
    assert [each["droppedIn"] for each in plan["arrangements"]] == [2, 2]
    assert [[each["amountFen"] for each in edition["instalments"]] for edition in plan["editions"]] == [
        [10000, 10000, 5050],
        [10000, 4000, 11050],
    ]
    assert (await funding.arrange(plan, (2026, "140.00"), (2027, "110.50")))["status"] == "BUDGETED"
    done = await funding.pay(plan, 4, "110.50", "P4")
    assert (done["status"], done["paidAmount"], done["paidPercent"]) == ("PAID", "250.50", 100)
