"""Funds: bankruptcy aid where nothing is left to pay with, relief of applicants in hardship; never overdrawn."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.obligations.test_bankruptcy import DIGEST, alerted, submit, work
from tests.support.dumping import unreadable
from tests.support.marriage import citizen
from tests.support.world import COUNTY

ACCOUNT = "id version kind fiscalYear budget approved paid balance"
FIELDS = """id version status amount approvedAmount reason voucherNo paidOn applicant applicantCitizenId claim purpose
    grounds dueOn account { balance } availableEvents { event allowed }"""
LISTED = f"{{ fundDisbursements {{ totalCount nodes {{ {FIELDS} }} }} }}"
FIGURES = """query F($code: String!, $year: Int!) { fundFigures(jurisdictionCode: $code, year: $year) { kind budget
    approved paid balance appliedCount approvedCount paidCount refusedCount tiesOut } }"""
PAID = f'{{voucherNo: "PZ-1", voucherDigest: "{DIGEST}", paidOn: "2026-06-18"}}'
NUMBER = citizen(7)
pytestmark = unreadable("赵铁柱")


async def open_fund(steps: Steps, unit: str = "finance", kind: str = "BANKRUPTCY_AID", budget: str = "100000") -> Any:
    given = f'kind: {kind}, fiscalYear: 2026, budget: "{budget}", basis: "温财〔2026〕3号"'
    return await (await steps.client(unit)).change("openFund", f"input: {{{given}}}", "fundAccount", ACCOUNT)


async def apply(steps: Steps, given: str, unit: str = "court") -> Any:
    client = await steps.client(unit)
    return await client.change("applyFundDisbursement", f"input: {{{given}}}", "fundDisbursement", FIELDS)


async def advance(steps: Steps, unit: str, row: Any, event: str, payload: str = "{}") -> Any:
    given = f'id: "{row["id"]}", event: {{{event}: {payload}}}'
    return await (await steps.client(unit)).change("advanceFundDisbursement", given, "fundDisbursement", FIELDS)


def aid(case: Any, amount: str = "60000", purpose: str = "ADMINISTRATOR_FEE") -> str:
    return (
        f'kind: BANKRUPTCY_AID, purpose: {purpose}, amount: "{amount}", grounds: "无产可破。", '
        f'coordinationId: "{case["id"]}"'
    )


def relief(claim: str = "WAGES", amount: str = "5000", number: int = 7, grounds: str = "无财产，生活困难。") -> str:
    return (
        f'kind: EXECUTION_RELIEF, purpose: APPLICANT_RELIEF, amount: "{amount}", grounds: "{grounds}", '
        f'caseNumber: "（2026）豫0825执77号", claim: {claim}, '
        f'applicant: {{name: "赵铁柱", citizenId: "{citizen(number)}"}}'
    )


async def figures(steps: Steps, unit: str) -> dict[str, Any]:
    found = (await steps.read(unit, FIGURES, code=COUNTY, year=2026))["fundFigures"]
    return {each["kind"]: each for each in found}


@pytest.mark.duty("S2-12", "S4-2.1.4")
async def test_aid_of_an_assetless_bankruptcy_is_approved_by_finance_paid_with_its_voucher_and_never_overdrawn(
    steps: Steps, runtime: Runtime
) -> None:
    case = await submit(steps, kinds=("TAX_RELIEF",))
    assert (await apply(steps, aid(case)))["code"] == "FUND_NOT_OPEN"
    assert (await open_fund(steps, "police"))["code"] == "FUND_NOT_FINANCE"
    account = await open_fund(steps)
    assert (account["budget"], account["balance"]) == ("100000.00", "100000.00")
    assert (await open_fund(steps))["code"] == "FUND_OPEN"
    wrong = await apply(steps, aid(case, "12.345", "APPLICANT_RELIEF") + ", claim: WAGES")
    assert {each["code"] for each in wrong["reasons"]} == {"AMOUNT_INVALID", "FUND_PURPOSE", "FUND_DETAIL_OF_OTHER"}
    able = await submit(steps, kinds=("TAX_RELIEF",), caseNumber='"（2026）豫0825破2号"', assetless="false")
    assert (await apply(steps, aid(able)))["code"] == "FUND_NOT_ASSETLESS"
    assert (await apply(steps, aid(case), "neighbour.court"))["code"] == "NOT_FOUND"

    first = await apply(steps, aid(case))
    second = await apply(steps, aid(case, "60000", "EMPLOYEE_WAGES"))
    assert (first["status"], first["amount"], first["dueOn"]) == ("APPLIED", "60000.00", second["dueOn"])
    for unit in ("court", "police", "government"):
        assert (await advance(steps, unit, first, "approve"))["code"] in {
            "ACTOR_NOT_PERMITTED",
            "SCOPE_REQUIRED",
            "NOT_FOUND",
        }, unit
    over = await advance(steps, "finance", first, "approve", '{amount: "60000.01"}')
    assert over["code"] == "FUND_MORE_THAN_ASKED"
    both = await asyncio.gather(*(advance(steps, "finance", each, "approve") for each in (first, second)))
    assert sorted(each.get("code", each.get("status")) for each in both) == ["APPROVED", "FUND_EXHAUSTED"]
    won, lost = sorted((first, second), key=lambda each: "code" in both[(first, second).index(each)])
    assert (await figures(steps, "finance"))["BANKRUPTCY_AID"]["balance"] == "40000.00"
    part = await advance(steps, "finance", lost, "approve", '{amount: "40000"}')
    assert (part["approvedAmount"], part["account"]["balance"]) == ("40000.00", "0.00")
    client = await steps.client("finance")
    cut = f'id: "{account["id"]}", input: {{budget: "99999", basis: "温财〔2026〕4号"}}'
    assert (await client.change("adjustFundBudget", cut, "fundAccount", ACCOUNT))["code"] == "FUND_BELOW_APPROVED"
    with pytest.raises(IntegrityError, match="ck_fund_account_balance"):
        async with steps.world.sessions.system("test") as session:
            await session.execute(text("update fund_account set approved_fen = budget_fen + 1"))

    ahead = await advance(steps, "finance", won, "pay", PAID.replace("06-18", "12-18"))
    assert ahead["code"] == "DATE_AHEAD"
    steps.world.clock.move_to(2026, 6, 18)
    paid = await advance(steps, "finance", won, "pay", PAID)
    assert (paid["status"], paid["voucherNo"], paid["paidOn"]) == ("PAID", "PZ-1", "2026-06-18")
    assert (await advance(steps, "finance", won, "pay", PAID))["code"] == "EVENT_NOT_NOW"
    cancelled = await advance(steps, "finance", lost, "cancel", '{reason: "管理人已另获垫付"}')
    assert (cancelled["status"], cancelled["account"]["balance"]) == ("CANCELLED", "40000.00")
    third = await apply(steps, aid(case, "1000"))
    refused = await advance(steps, "finance", third, "refuse", '{reason: "重复申请"}')
    assert (refused["status"], refused["reason"]) == ("REFUSED", "重复申请")
    raised = cut.replace("99999", "120000")
    assert (await client.change("adjustFundBudget", raised, "fundAccount", ACCOUNT))["balance"] == "60000.00"
    told = (await figures(steps, "audit"))["BANKRUPTCY_AID"]
    counts = [told[name] for name in ("appliedCount", "approvedCount", "paidCount", "refusedCount")]
    assert (counts, told["paid"], told["tiesOut"]) == ([3, 1, 1, 1], "60000.00", True)
    assert (await figures(steps, "court"))["BANKRUPTCY_AID"]["tiesOut"] is None
    for unit in ("police", "neighbour.finance", "neighbour.court"):
        assert await figures(steps, unit) == {}, unit
    late = await apply(steps, aid(case, "1000"))
    steps.world.clock.move_to(2027, 1, 4)
    assert await work(steps, runtime) == 5
    assert await work(steps, runtime) == 0
    assert await alerted(steps, "finance") == [("OVERDUE", "破产援助资金申请")]
    assert (await advance(steps, "finance", late, "approve"))["code"] == "FUND_YEAR_OVER"


@pytest.mark.duty("S2-15")
async def test_relief_of_an_applicant_in_hardship_is_sealed_and_read_by_court_and_finance_alone(steps: Steps) -> None:
    """Attack: overseers, departments and neighbours by list, node and SQL; the audit log and events."""
    await steps.adopt(**{"fund.approver": "GOVERNMENT"})
    await open_fund(steps, kind="EXECUTION_RELIEF", budget="8000")
    bare = await apply(steps, 'kind: EXECUTION_RELIEF, purpose: APPLICANT_RELIEF, amount: "1", grounds: "x"')
    assert {each["path"][-1] for each in bare["reasons"]} == {"caseNumber", "claim", "applicant"}
    assert (await apply(steps, relief(grounds="赵 铁柱生活困难")))["code"] == "FUND_APPLICANT_TOLD"
    made = await apply(steps, relief())
    assert (made["applicant"], made["applicantCitizenId"], made["claim"]) == ("赵铁柱", NUMBER, "WAGES")
    assert (await apply(steps, relief(amount="1")))["code"] == "FUND_RELIEVED"
    claims = ("TRAFFIC_ACCIDENT", "PERSONAL_INJURY", "SUPPORT")
    for number, claim in enumerate(claims, start=20):
        assert (await apply(steps, relief(claim, "1000", number)))["claim"] == claim
    for unit in ("finance", "court"):
        page = (await steps.read(unit, LISTED))["fundDisbursements"]
        assert {each["applicant"] for each in page["nodes"]} == {"赵铁柱"}, unit
    for unit in ("government", "office", "audit"):
        page = (await steps.read(unit, LISTED))["fundDisbursements"]
        assert page["totalCount"] == 4, unit
        assert {(each["applicant"], each["applicantCitizenId"]) for each in page["nodes"]} == {(None, None)}, unit
        async with steps.world.sessions.read(steps.world[f"county.{unit}"]) as session:
            assert (await session.execute(text("select count(*) from relief_applicant"))).scalar_one() == 0, unit
    for unit in ("police", "neighbour.court", "neighbour.finance", "neighbour.government"):
        page = (await steps.read(unit, LISTED))["fundDisbursements"]
        assert (page["totalCount"], page["nodes"]) == (0, []), unit
    assert (await advance(steps, "finance", made, "approve"))["code"] in {"ACTOR_NOT_PERMITTED", "FORBIDDEN"}
    approved = await advance(steps, "government", made, "approve")
    assert (approved["status"], approved["applicant"]) == ("APPROVED", None)
    assert (await advance(steps, "government", made, "pay", PAID))["code"] in {"ACTOR_NOT_PERMITTED", "FORBIDDEN"}
    steps.world.clock.move_to(2026, 6, 18)
    assert (await advance(steps, "finance", made, "pay", PAID))["status"] == "PAID"
    told = (await figures(steps, "government"))["EXECUTION_RELIEF"]
    assert (told["paid"], told["balance"], told["appliedCount"], told["tiesOut"]) == ("5000.00", "3000.00", 4, True)
    async with steps.world.sessions.system("test") as session:
        kept = (await session.execute(text("select name_sealed, identity_sealed from relief_applicant"))).all()
        trail = (await session.execute(text("select string_agg(detail::text, '') from audit_event"))).scalar_one()
        sent = (await session.execute(text("select string_agg(ids::text, '') from outbox_event"))).scalar_one()
        read = text("select count(*) from audit_event where event = 'fund:read-applicant'")
        assert (await session.execute(read)).scalar_one() > 0
    for secret in ("赵铁柱", NUMBER):
        assert secret not in trail + sent
        assert not any(secret.encode() in value for row in kept for value in row)
