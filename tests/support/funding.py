"""A public body that owes in an execution case, its court and finance; every step through GraphQL."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select

from hub.core.clock import local_date
from hub.core.ids import encode_node_id
from hub.db import models
from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support.court import PENDING, court_at, lay_down, settle
from tests.support.rounds import run_job
from tests.support.world import COUNTY

ACCOUNT = "6222 0812 3456 7890"
CLUE = """id version status caseNumber requestedByCourt dueOn verifyBy declineReason
    clues { number kind usability budgetItem amount } availableEvents { event allowed }"""
PLAN = """id version status edition amount paidAmount paidPercent note
    instalments { number dueOn amount paidAmount overdue } payments { instalmentNumber amount voucher }
    arrangements { position fiscalYear amount budgetItem edition droppedIn }
    editions { edition amount reason instalments { number dueOn amountFen } } availableEvents { event allowed }"""
ALERTS = "{ alerts { nodes { kind severity title dueOn } } }"
PRACTICES: dict[str, object] = {
    "fund_clue.push": True,
    "budget.performance_plan": True,
    "push.case_lists": ["DISHONEST", "PENDING", "TERMINATED_THIS_EXECUTION"],
}


@dataclass
class Funding:
    steps: Steps
    runtime: Runtime
    case: str = field(default="", init=False)
    case_number: str = field(default="", init=False)
    subject: str = field(default="", init=False)

    async def prepare(self, ferry: Path, debtor: str = "police") -> None:
        """The court's system tells of an open execution case against a public body of the county."""
        world = self.steps.world
        await settle(world)
        async with world.sessions.system("test") as session:
            place = models.PolicyPackRow.jurisdiction_id == world.jurisdictions[COUNTY]
            await session.execute(delete(models.PolicyPackRow).where(place))
            await lay_down(session, world, COUNTY, PRACTICES, "2026.2")
        court = court_at(world, self.runtime, ferry)
        court.send((PENDING, court.row(PENDING, 1, debtor)))
        await court.hear()
        async with world.sessions.system("test") as session:
            entry = (await session.scalars(select(models.CaseListEntry))).one()
        self.case, self.subject = encode_node_id("LC", entry.case_id), encode_node_id("SU", entry.subject_id)
        self.case_number = entry.case_number

    def day(self, after: int) -> str:
        return (local_date(self.steps.world.clock()) + timedelta(days=after)).isoformat()

    async def make(self, who: str, mutation: str, of: str, kind: str, given: Any, fields: str) -> Any:
        declared = f"$i: {kind}Input!"
        client = await self.steps.client(who)
        return await client.change(mutation, "input: $i", of, fields, declared=declared, i=given)

    async def request(self, who: str = "court", **changes: Any) -> Any:
        given = {
            "caseId": self.case,
            "subjectId": self.subject,
            "purposeText": "查明被执行单位可供执行的资金",
            **changes,
        }
        return await self.make(who, "requestFundClue", "fundClue", "FundClueRequest", given, CLUE)

    def clue(self, **changes: Any) -> dict[str, Any]:
        made = {
            "kind": "ACCOUNT",
            "usability": "YES",
            "budgetItem": "2010301",
            "amount": "120000.50",
            "account": ACCOUNT,
        }
        return {name: value for name, value in {**made, **changes}.items() if value is not None}

    async def push(self, who: str = "finance", *clues: Any, **changes: Any) -> Any:
        given = {
            "courtOrganizationId": self.steps.organization("court"),
            "debtorOrganizationId": self.steps.organization("police"),
            "caseNumber": self.case_number,
            "clues": list(clues) or [self.clue()],
            **changes,
        }
        return await self.make(who, "pushFundClue", "fundClue", "FundCluePush", given, CLUE)

    async def fire(self, who: str, row: Any, event: str, payload: Any = None) -> Any:
        """An event of a clue."""
        return await self._advance(who, "FundClue", CLUE, row, event, payload)

    async def move(self, who: str, row: Any, event: str, payload: Any = None) -> Any:
        """An event of a plan."""
        return await self._advance(who, "PerformancePlan", PLAN, row, event, payload)

    async def _advance(self, who: str, kind: str, fields: str, row: Any, event: str, payload: Any) -> Any:
        assert "id" in row, row
        client = await self.steps.client(who)
        return await client.change(
            f"advance{kind}",
            "id: $id, event: $e",
            kind[0].lower() + kind[1:],
            fields,
            declared=f"$id: ID!, $e: {kind}Event!",
            id=row["id"],
            e={event: payload or {}},
        )

    async def accounts(self, who: str, clue: Any, purpose: str = "核实账户以便冻结扣划") -> Any:
        asked = """mutation($c: ID!, $p: String!) { r: readFundClue(input: {clueId: $c, purpose: $p}) {
            ... on ReadFundClue { accounts { number account } } ... on Refusal { code } } }"""
        return (await self.steps.read(who, asked, c=clue["id"], p=purpose))["r"]

    async def plan(self, who: str, *instalments: tuple[str, str], amount: str, **changes: Any) -> Any:
        given = {
            "caseId": self.case,
            "debtorOrganizationId": self.steps.organization("police"),
            "amount": amount,
            "instalments": [{"dueOn": due, "amount": sum_} for due, sum_ in instalments],
            **changes,
        }
        return await self.make(who, "proposePerformancePlan", "performancePlan", "PlanProposal", given, PLAN)

    async def arrange(self, plan: Any, *entries: tuple[int, str], who: str = "finance") -> Any:
        told = [
            {"fiscalYear": year, "amount": amount, "budgetItem": "2010301", "documentNumber": "温财预〔2026〕8号"}
            for year, amount in entries
        ]
        return await self.move(who, plan, "arrange", {"arrangements": told})

    async def pay(self, plan: Any, number: int, amount: str, voucher: str, who: str = "finance") -> Any:
        given = {"instalmentNumber": number, "amount": amount, "paidOn": self.day(0), "voucher": voucher}
        return await self.move(who, plan, "pay", given)

    async def alerts(self, who: str, prefix: str) -> list[tuple[str, str]]:
        found = (await self.steps.read(who, ALERTS))["alerts"]["nodes"]
        return [(each["kind"], each["dueOn"]) for each in found if each["kind"].startswith(prefix)]

    async def pass_days(self, days: int, job: str) -> int:
        """The scheduler's run after a while."""
        self.steps.world.clock.advance(days=days)
        return await run_job(self.runtime, job)
