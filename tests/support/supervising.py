"""Steps of supervision: what courts, credit offices and units do with notices, and the worker between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete

from hub.core.ids import encode_node_id
from hub.db import models
from hub.runtime import Runtime
from hub.supervision.background import work_on_notices
from tests.support.client import Client, ClientOf
from tests.support.court import CODE, lay_down
from tests.support.world import COUNTY, World

NOTICE, REPORT = "supervisionNotice", "caseReport"
FIELDS = """id version status kind trigger title clause documentNo dueOn overdue urgeCount extensionCount
    escalationLevel recipients { role deliveredAt receiptAt receivedBy organization { shortName } }"""
CASE = f"（2026）{CODE}民初12号"


@dataclass
class Supervising:
    """Requests of clients; ``work`` is one round of the worker's notices."""

    world: World
    runtime: Runtime
    client_of: ClientOf

    async def client(self, unit: str) -> Client:
        return await self.client_of(unit if "." in unit else f"county.{unit}")

    def organization(self, unit: str) -> str:
        return encode_node_id("OR", self.world.organizations[unit if "." in unit else f"county.{unit}"])

    async def practise(self, version: str = "2026.5", **values: object) -> None:
        """The county's pack has these practices; each value is of its clause 二(一)."""
        plain = {key.replace("__", "."): value for key, value in values.items()}
        async with self.world.sessions.system("test") as session:
            place = self.world.jurisdictions[COUNTY]
            await session.execute(delete(models.PolicyPackRow).where(models.PolicyPackRow.jurisdiction_id == place))
            await lay_down(session, self.world, COUNTY, plain, version)

    async def work(self) -> int:
        async with self.world.sessions.system("notices") as session:
            runtime = self.runtime
            return await work_on_notices(session, runtime.policy, runtime.keyring, self.world.clock())

    async def report(self, unit: str = "court", *, kind: str = "FILED", of: str = "police", **more: str) -> Any:
        fields = {
            "kind": kind,
            "caseNumber": f'"{CASE}"',
            "organizationId": f'"{self.organization(of)}"',
            "happenedOn": '"2026-06-10"',
            **more,
        }
        given = ", ".join(f"{name}: {value}" for name, value in fields.items())
        client = await self.client(unit)
        return await client.change("reportGovernmentCase", f"input: {{{given}}}", REPORT, "id kind caseNumber")

    async def draft(self, unit: str = "credit", *, to: str = "police", **more: str) -> Any:
        fields = {
            "jurisdictionCode": f'"{COUNTY}"',
            "kind": "URGING_LETTER",
            "subjectId": f'"{self.organization(to)}"',
            "title": '"关于履行生效裁判的督促函"',
            "facts": '"裁判已经生效。"',
            "demand": '"请在期限内履行。"',
            "dueOn": '"2026-07-15"',
            **more,
        }
        given = ", ".join(f"{name}: {value}" for name, value in fields.items() if value)
        return await (await self.client(unit)).change("draftSupervisionNotice", f"input: {{{given}}}", NOTICE, FIELDS)

    async def advance(self, unit: str, notice: Any, event: str, payload: str = "{}", fields: str = FIELDS) -> Any:
        assert "id" in notice, notice
        given = f'id: "{notice["id"]}", event: {{{event}: {payload}}}'
        return await (await self.client(unit)).change("advanceSupervisionNotice", given, NOTICE, fields)

    async def signed_off(self, notice: Any, unit: str = "credit") -> Any:
        """Submitted by its issuer and signed by a leader."""
        await self.advance("credit", notice, "submit")
        return await self.advance(unit, notice, "signoff", '{signedBy: "张主任", post: "主任"}')

    async def in_handling(self, notice: Any, unit: str = "police") -> Any:
        """Issued, delivered, signed for, with a responsible person."""
        await self.signed_off(notice)
        await self.work()
        await self.advance(unit, notice, "sign", '{receivedBy: "李收发"}')
        return await self.advance(unit, notice, "nameResponsible", '{leader: "王局长", person: "赵科长"}')

    async def notices(self, unit: str, fields: str = FIELDS) -> list[Any]:
        found = await (await self.client(unit)).data(f"{{ supervisionNotices {{ totalCount nodes {{ {fields} }} }} }}")
        page = found["supervisionNotices"]
        assert page["totalCount"] == len(page["nodes"])
        return list(page["nodes"])

    async def read(self, unit: str, query: str, **variables: Any) -> Any:
        return await (await self.client(unit)).data(query, **variables)
