"""A court that tags its cases and refers clues to the police; every step by its files or through GraphQL."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select

from hub.canonical.exchange_codes import CaseListKind
from hub.core.ids import encode_node_id
from hub.db import models
from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support.court import DISHONEST, PENDING, PROVIDED, Court, court_at, lay_down, settle
from tests.support.rounds import run_job
from tests.support.world import COUNTY

PRACTICES: dict[str, object] = {
    **PROVIDED,
    "evasion_clue.refer": True,
    "report.execution.monthly": {"period": "MONTH", "n": 5, "unit": "NATURAL_DAY", "roll": "NEXT_WORKING_DAY"},
}
TAG = "id kind label clause status origin ground taggedOn withdrawalReason version"
ENTRIES = f"""query($tags: [CaseTagKind!]) {{ caseListEntries(filter: {{tags: $tags}}) {{
    totalCount nodes {{ caseNumber case {{ id tags {{ {TAG} }} }} }} }} }}"""
CLUE = """id version status caseNumber dueOn round refusal filedOn urgedCount
    steps { number event } evidence { round number kind digest } availableEvents { event allowed }"""
READ = """mutation($c: ID!, $p: String!) { r: readEvasionClue(input: {clueId: $c, purpose: $p}) {
    ... on ReadEvasionClue { targetName targetNumber statements { event documentNumber note }
        documents { filename digest content } } ... on Refusal { code } } }"""
FIGURES = """query($c: String!, $y: Int!) { executionLinkageFigures(jurisdictionCode: $c, year: $y) {
    courtName least livelihood administrativeOrgan enforcementEvasion
    cluesSent cluesReceived cluesReturned cluesFiled cluesOverdue } }"""


@dataclass
class Evading:
    steps: Steps
    runtime: Runtime
    court: Court = field(init=False)

    async def prepare(self, ferry: Path, **changes: object) -> None:
        world = self.steps.world
        await settle(world)
        async with world.sessions.system("test") as session:
            place = models.PolicyPackRow.jurisdiction_id == world.jurisdictions[COUNTY]
            await session.execute(delete(models.PolicyPackRow).where(place))
            await lay_down(session, world, COUNTY, {**PRACTICES, **changes}, "2026.2")
        self.court = court_at(world, self.runtime, ferry)

    async def tell(self, *rows: tuple[CaseListKind, dict[str, str]], days: int = 1, **how: Any) -> None:
        self.court.world.clock.advance(days=days)
        self.court.send(*rows, **how)
        await self.court.hear()

    async def pending(self, number: int = 1, unit: str = "finance", **cells: str) -> None:
        """The court tells of a pending case of a public body a day later."""
        self.court.world.clock.advance(days=1)
        await self.tell((PENDING, self.court.row(PENDING, number, unit, **cells)), days=0)

    async def person(self, number: int, **cells: str) -> None:
        """The court tells of a listed person a day later."""
        self.court.world.clock.advance(days=1)
        await self.tell((DISHONEST, self.court.person(number, **cells)), days=0)

    async def tags(self, who: str, *kinds: str) -> dict[str, dict[str, Any]]:
        """Tags by case and kind, of the cases that the caller sees."""
        found = (await self.steps.read(who, ENTRIES, tags=list(kinds) or None))["caseListEntries"]["nodes"]
        return {node["caseNumber"]: {tag["kind"]: tag for tag in node["case"]["tags"]} for node in found}

    async def ids(self, number: int) -> tuple[str, str]:
        """Of a case, and of whom it is against."""
        async with self.steps.world.sessions.system("test") as session:
            for model in (models.CaseListEntry, models.DishonestyRecord):
                of = select(model.case_id, model.subject_id)
                row = (
                    await session.execute(of.where(model.case_number == self.court.case(number).case_number))
                ).first()
                if row is not None:
                    return encode_node_id("LC", row.case_id), encode_node_id("SU", row.subject_id)
        raise AssertionError(number)

    async def waiting(self, who: str = "court") -> list[tuple[str, list[str]]]:
        """Messages that were not applied, with their reasons."""
        asked = "{ inboxMessages { nodes { state reasons { code } } } }"
        found = (await self.steps.read(who, asked))["inboxMessages"]["nodes"]
        states = ("NEEDS_INFORMATION", "QUARANTINED", "INVALID")
        return [(e["state"], [r["code"] for r in e["reasons"]]) for e in found if e["state"] in states]

    async def make(self, who: str, mutation: str, of: str, kind: str, given: Any, fields: str) -> Any:
        client = await self.steps.client(who)
        return await client.change(mutation, "input: $i", of, fields, declared=f"$i: {kind}Input!", i=given)

    async def tag(self, who: str, case: str, kind: str, ground: str | None = None) -> Any:
        given = {"caseId": case, "kind": kind, "ground": ground}
        return await self.make(who, "tagCase", "caseTag", "CaseTagDraft", given, TAG)

    async def withdraw(self, who: str, tag: Any, reason: str, version: int | None = None) -> Any:
        client = await self.steps.client(who)
        expected = "" if version is None else f", expectedVersion: {version}"
        return await client.change(
            "withdrawCaseTag",
            f"id: $id, input: $i{expected}",
            "caseTag",
            TAG,
            declared="$id: ID!, $i: CaseTagWithdrawalInput!",
            id=tag["id"],
            i={"reason": reason},
        )

    def document(self, text: str, **changes: str) -> dict[str, str]:
        content = text.encode()
        made = {
            "kind": "TRANSACTION_RECORD",
            "filename": f"{text}.pdf",
            "content": base64.b64encode(content).decode(),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        return {**made, **changes}

    async def refer(self, who: str, ids: tuple[str, str], **changes: Any) -> Any:
        given = {
            "caseId": ids[0],
            "subjectId": ids[1],
            "conducts": ["CONCEALING_ASSETS"],
            "facts": "收到执行通知后将房产无偿转让给亲属",
            "signedBy": "李明，执行局局长",
            "evidence": [self.document("流水")],
            **changes,
        }
        return await self.make(who, "referEvasionClue", "evasionClue", "EvasionReferral", given, CLUE)

    async def fire(self, who: str, clue: Any, event: str, payload: Any = None, version: int | None = None) -> Any:
        client = await self.steps.client(who)
        expected = "" if version is None else f", expectedVersion: {version}"
        return await client.change(
            "advanceEvasionClue",
            f"id: $id, event: $e{expected}",
            "evasionClue",
            CLUE,
            declared="$id: ID!, $e: EvasionClueEvent!",
            id=clue["id"],
            e={event: payload or {}},
        )

    async def read(self, who: str, clue: Any, purpose: str = "核实线索以便依法办理") -> Any:
        return (await self.steps.read(who, READ, c=clue["id"], p=purpose))["r"]

    async def figures(self, who: str, code: str = COUNTY) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.steps.read(who, FIGURES, c=code, y=2026))["executionLinkageFigures"]
        return found

    async def alerts(self, who: str) -> list[str]:
        found = (await self.steps.read(who, "{ alerts { nodes { kind title } } }"))["alerts"]["nodes"]
        return [each["kind"] for each in found if each["kind"].startswith("EVASION")]

    async def pass_days(self, days: int) -> int:
        self.steps.world.clock.advance(days=days)
        return await run_job(self.runtime, "evasion")

    def day(self, after: int = 0) -> str:
        return (self.steps.world.clock().date() + timedelta(days=after)).isoformat()
