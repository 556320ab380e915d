"""A court and the marriage register: decisions recorded through GraphQL, batches over a real SFTP server."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from connectors.sandbox.civil_affairs.system import SandboxCivilAffairs
from hub.runtime import Runtime
from hub.worker import exchange
from tests.obligations.steps import Steps
from tests.support.rounds import run_job, with_links
from tests.support.world import COUNTY

KINDS = ["DIVORCE_JUDGMENT", "DIVORCE_MEDIATION", "ANNULMENT", "VOID"]
PUSH = {"period": "MONTH", "n": 5, "unit": "NATURAL_DAY", "roll": "NEXT_WORKING_DAY"}
ADOPTED: dict[str, object] = {"marriage.kinds": KINDS, "marriage.push": PUSH}
BATCH = """id version number month status itemCount digest sends matchPercent updatePercent updatedCount duplicateCount
    notFoundCount discrepancy overdue items { id number caseNumber partyAMasked receipt receiptReason corrects { id }
    correction settlement }"""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈"


def citizen(number: int) -> str:
    """A synthetic identity number with its check digit (GB 11643)."""
    body = f"41082519{70 + number % 30}0101{number:03}"
    rest = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11
    return body + "10X98765432"[rest]


def decision(number: int, **changes: Any) -> dict[str, Any]:
    a, b = 2 * number, 2 * number + 1
    made = {
        "kind": "DIVORCE_JUDGMENT",
        "caseNumber": f"（2026）豫0825民初{100 + number}号",
        "effectiveOn": "2026-06-10",
        "partyA": {"name": f"{SURNAMES[number % 14]}大山", "citizenId": citizen(a)},
        "partyB": {"name": f"{SURNAMES[(number + 5) % 14]}小河", "citizenId": citizen(b)},
        "documentDigest": f"{number:064x}",
    }
    return {**made, **changes}


@dataclass
class Marriages:
    steps: Steps
    runtime: Runtime
    folder: Path
    register: SandboxCivilAffairs = field(init=False)

    def __post_init__(self) -> None:
        self.register = SandboxCivilAffairs(COUNTY, self.folder / "civil")
        self.register.write_link(self.folder / "links", seconds=5)

    async def change(self, who: str, mutation: str, of: str, kind: str, given: Any, fields: str = "id") -> Any:
        declared = f"$i: {kind}Input!"
        return await (await self.steps.client(who)).change(
            mutation, "input: $i", of, fields, declared=declared, i=given
        )

    async def record(self, *items: dict[str, Any], who: str = "court", fields: str = BATCH) -> Any:
        given = {"items": list(items)}
        return await self.change(who, "recordMarriageItems", "marriageBatch", "MarriageRecording", given, fields)

    async def fire(self, who: str, batch: Any, event: str, payload: Any = None) -> Any:
        return await (await self.steps.client(who)).change(
            "advanceMarriageBatch",
            "id: $id, event: $e",
            "marriageBatch",
            BATCH,
            declared="$id: ID!, $e: MarriageBatchEvent!",
            id=batch["id"],
            e={event: payload or {}},
        )

    async def read(self, who: str, batch: Any, purpose: str = "婚姻登记更新比对核实") -> Any:
        asked = """mutation($b: ID!, $p: String!) { r: readMarriageItems(input: {batchId: $b, purpose: $p}) {
            ... on ReadMarriageBatch { number digest items { item caseNumber partyAName partyACitizenId corrects } }
            ... on Refusal { code } } }"""
        return (await self.steps.read(who, asked, b=batch["id"], p=purpose))["r"]

    async def batches(self, who: str = "court", **condition: Any) -> list[Any]:
        asked = f"query($f: MarriageBatchFilter) {{ marriageBatches(filter: $f) {{ nodes {{ {BATCH} }} }} }}"
        return (await self.steps.read(who, asked, f=condition))["marriageBatches"]["nodes"]

    async def pass_days(self, days: int) -> int:
        """The scheduler's run after a while."""
        self.steps.world.clock.advance(days=days)
        return await run_job(self.runtime, "marriage")

    async def exchange(self) -> int:
        """The worker's round."""
        return await exchange(with_links(self.runtime, self.folder / "links"))
