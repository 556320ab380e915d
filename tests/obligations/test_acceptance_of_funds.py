"""Acceptance scenario 12 whole: the system of finance tells a court of a public body's money, which the body never
learns; the body's plan of three instalments enters the budget, is paid once, and missed once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from connectors.sandbox.finance.system import FinanceFault, SandboxFinance
from hub.clues import watching
from hub.runtime import Runtime
from hub.worker import exchange
from tests.obligations.steps import Steps
from tests.obligations.test_fund_clues_and_plans import STRANGERS, nothing_seen
from tests.support.dumping import unreadable
from tests.support.funding import ACCOUNT, Funding
from tests.support.rounds import with_links
from tests.support.world import COUNTY

FIRST, SECOND, THIRD = "2026-09-30", "2026-12-20", "2027-06-30"
PLAN = """query($id: ID!) { performancePlan(id: $id) { id version status amount paidAmount
    instalments { number dueOn amount paidAmount overdue } arrangements { fiscalYear amount } } }"""
CLUE = "query($id: ID!) { fundClue(id: $id) { id version status clues { amount } } }"
pytestmark = unreadable(ACCOUNT, ACCOUNT.replace(" ", ""))


@pytest.fixture
async def funding(steps: Steps, runtime: Runtime, tmp_path: Path) -> Funding:
    made = Funding(steps, runtime)
    await made.prepare(tmp_path)
    return made


@pytest.mark.duty("S0-2.4.1", "S2-30")
async def test_a_clue_that_the_debtor_never_sees_then_its_plan_whose_second_instalment_is_missed(
    steps: Steps, funding: Funding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "PORTION", 1)
    with SandboxFinance(COUNTY, tmp_path / "finance") as system:
        system.known["温县公安局"] = [funding.clue()]
        system.write_link(tmp_path / "links", seconds=5)
        runtime = with_links(funding.runtime, tmp_path / "links")

        async def round_of_the_worker() -> None:
            await exchange(runtime)
            system.work()
            await exchange(runtime)

        asked = await funding.request()
        assert "id" in await funding.request(urgency="EMERGENCY")
        system.faults = {FinanceFault.MUTE}
        await round_of_the_worker()
        await funding.pass_days(12, "clues")
        assert [kind for kind, _ in await funding.alerts("finance", "FUND_CLUE")] == ["FUND_CLUE_OVERDUE"] * 2, (
            "the first that is late does not stand before the next"
        )
        system.faults = {FinanceFault.FORGED}
        await round_of_the_worker()
        assert (await steps.read("court", CLUE, id=asked["id"]))["fundClue"]["status"] == "ASSIGNED"
        system.faults = set()
        system.taken.clear()
        await round_of_the_worker()
        told = (await steps.read("court", CLUE, id=asked["id"]))["fundClue"]
        assert (told["status"], told["clues"]) == ("PUSHED", [{"amount": "120000.50"}])
        assert (await funding.accounts("court", told))["accounts"] == [{"number": 1, "account": ACCOUNT}]
        for event, payload in (("receive", {}), ("verify", {"note": "属实"})):
            told = await funding.fire("court", told, event, payload)
        for stranger in STRANGERS:
            await nothing_seen(steps, stranger, told)

        # The body that owes knows of its debt, not of what finance told; it offers to pay in three parts.
        parts = ((FIRST, "100000.00"), (SECOND, "100000.00"), (THIRD, "50000.50"))
        draft = await funding.plan("police", *parts, amount="250000.50")
        assert draft["status"] == "DRAFT"
        assert (await funding.move("court", draft, "confirm"))["status"] == "CONFIRMED"
        system.faults = {FinanceFault.SHORT}
        await round_of_the_worker()
        short = (await steps.read("police", PLAN, id=draft["id"]))["performancePlan"]
        assert (short["status"], short["arrangements"]) == ("CONFIRMED", []), "a fen is missing"
        system.faults = set()
        system.taken.clear()
        await round_of_the_worker()
        plan = (await steps.read("police", PLAN, id=draft["id"]))["performancePlan"]
        assert (plan["status"], plan["arrangements"]) == (
            "BUDGETED",
            [{"fiscalYear": 2026, "amount": "200000.00"}, {"fiscalYear": 2027, "amount": "50000.50"}],
        )
        plan = await funding.pay(plan, 1, "100000.00", "P1")
        assert (plan["status"], plan["paidAmount"]) == ("PAYING", "100000.00")
        steps.world.clock.move_to(*date.fromisoformat(SECOND).timetuple()[:3])
        await funding.pass_days(0, "plans")
        assert await funding.alerts("office", "PLAN") == [], "its last day is not over"
        await funding.pass_days(1, "plans")
        for who in ("office", "court", "police", "finance"):
            assert await funding.alerts(who, "PLAN") == [("PLAN_INSTALMENT_MISSED", SECOND)], who
        for stranger in ("civil", "neighbour.office", "neighbour.court"):
            assert await funding.alerts(stranger, "PLAN") == [], stranger
        missed = (await steps.read("court", PLAN, id=plan["id"]))["performancePlan"]
        assert [each["overdue"] for each in missed["instalments"]] == [False, True, False]
        assert missed["status"] == "DEFAULTED"
        used = await funding.fire("court", told, "use", {"amount": "100000.00"})
        for event, payload in (("reportOutcome", {"note": "已扣划第二期"}), ("close", {})):
            used = await funding.fire("court", used, event, payload)
        assert used["status"] == "CLOSED"
        await nothing_seen(steps, "police", told)
