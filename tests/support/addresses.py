"""A court with an open case, and the register of enterprises behind a real socket; every step through GraphQL."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from connectors.court.wire import Column
from connectors.sandbox.court.rows import Unit, listing_row
from connectors.sandbox.market.system import SandboxMarket
from hub.canonical.codes import OrganizationKind
from hub.core.clock import system_clock
from hub.core.ids import encode_node_id
from hub.db import models
from hub.runtime import Runtime
from hub.worker import exchange
from tests.obligations.steps import Steps
from tests.support.court import DISHONEST, court_at, settle
from tests.support.rounds import run_job, with_links
from tests.support.world import COUNTY, MEMBER, _add_unit

FOOD, MILL = "91410825000000012A", "91410825000000022B"
NAMES = {FOOD: "温县示例食品有限公司", MILL: "温县示例面粉有限公司"}
DIGEST = "a" * 64
FIELDS = "id version status kind valueMasked referralDueOn referralOutcome"
READ = """mutation($i: AddressAskingInput!) { r: readServiceAddresses(input: $i) {
    ... on ReadServiceAddresses { addresses { id rank kind value source asOf stale confirmedByCommitment } }
    ... on Refusal { code reasons { code path } } } }"""


@dataclass
class Addresses:
    steps: Steps
    runtime: Runtime
    folder: Path
    register: SandboxMarket = field(init=False)
    cases: dict[int, str] = field(default_factory=dict)
    citizen: str = ""
    person: str = ""

    async def prepare(self) -> None:
        """An authority that registers enterprises; a case against an enterprise and one against a person."""
        world = self.steps.world
        self.register = SandboxMarket(region=COUNTY, clock=system_clock).start()
        self.register.write_link(self.folder / "links", seconds=5)
        async with world.sessions.system("test") as session:
            named = ("county.market", COUNTY, "市场监督管理局", OrganizationKind.GOV_DEPARTMENT, MEMBER)
            _add_unit(world, session, *named)
        await settle(world)
        court = court_at(world, self.runtime, self.folder / "ferry")
        person = court.person(2)
        self.citizen, self.person = person[Column.CITIZEN_ID], person[Column.SUBJECT_NAME]
        listed = listing_row(court.case(1), Unit(NAMES[FOOD], FOOD), world.clock())
        court.send((DISHONEST, listed), (DISHONEST, person))
        await court.hear()
        async with world.sessions.system("test") as session:
            for number in (1, 2):
                of = models.LegalCase.case_number == court.case(number).case_number
                key = (await session.scalars(select(models.LegalCase.id).where(of))).one()
                self.cases[number] = encode_node_id("LC", key)

    def tell(self, uscc: str, domicile: str, on: date, **more: Any) -> int:
        return self.register.tell(uscc, more.pop("name", NAMES[uscc]), domicile, on, **more)

    async def declare(self, who: str, kind: str, value: str, **changes: Any) -> Any:
        draft = {"uscc": FOOD, "kind": kind, "value": value, "effectiveFrom": "2026-06-01", **changes}
        draft = {name: given for name, given in draft.items() if given is not None}
        client, declared = await self.steps.client(who), "$i: AddressDraftInput!"
        return await client.change(
            "declareServiceAddress", "input: $i", "serviceAddress", FIELDS, declared=declared, i=draft
        )

    async def fire(self, who: str, key: str, event: str, payload: Any = None) -> Any:
        return await (await self.steps.client(who)).change(
            "advanceServiceAddress",
            "id: $id, event: $e",
            "serviceAddress",
            FIELDS,
            declared="$id: ID!, $e: ServiceAddressEvent!",
            id=key,
            e={event: payload or {}},
        )

    async def committed(self, who: str, kind: str, value: str, **changes: Any) -> Any:
        made = await self.declare(who, kind, value, **changes)
        given = {"documentNumber": "确认书1号", "documentDigest": DIGEST, "electronicService": True}
        await self.fire(who, made["id"], "commit", given)
        return await self.fire(who, made["id"], "activate")

    async def read(self, who: str = "court", case: int = 1, **changes: Any) -> Any:
        asked = {"caseId": self.cases[case], "uscc": FOOD, "purpose": "送达执行通知书和财产报告令", **changes}
        asked = {name: given for name, given in asked.items() if given is not None}
        return (await self.steps.read(who, READ, i=asked))["r"]

    async def changes(self, who: str = "court") -> list[Any]:
        asked = "{ addressChanges { nodes { uscc kind status } } }"
        return (await self.steps.read(who, asked))["addressChanges"]["nodes"]

    async def exchange(self) -> int:
        """The worker's round."""
        return await exchange(with_links(self.runtime, self.folder / "links"))

    async def watch(self, days: int = 0) -> int:
        """The scheduler's run after a while."""
        self.steps.world.clock.advance(days=days)
        return await run_job(self.runtime, "addresses")
