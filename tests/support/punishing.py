"""Steps of joint punishment: a court that lists, a credit office that orders, departments that carry out and lift."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hub.punishment.watching import watch_measures
from hub.runtime import Runtime
from tests.support.client import Client, ClientOf
from tests.support.court import DISHONEST, Court
from tests.support.supervising import Supervising
from tests.support.world import COUNTY, World

MEASURE = "jointPunishmentMeasure"
FIELDS = """id status code target level matchMode automatic needsApproval implementer { shortName } interceptionCount
    urgeCount escalationLevel residual liftDueOn ending"""
SEVEN = (
    "GOVERNMENT_PROCUREMENT",
    "TENDERING",
    "ADMINISTRATIVE_APPROVAL",
    "GOVERNMENT_SUPPORT",
    "FINANCING",
    "MARKET_ACCESS",
    "QUALIFICATION",
)
RECEIPT = hashlib.sha256(b"receipt").hexdigest()


@dataclass
class Punishing:
    world: World
    runtime: Runtime
    client_of: ClientOf
    court: Court

    @property
    def supervising(self) -> Supervising:
        return Supervising(self.world, self.runtime, self.client_of)

    async def client(self, unit: str) -> Client:
        return await self.supervising.client(unit)

    def organization(self, unit: str) -> str:
        return self.supervising.organization(unit)

    async def read(self, unit: str, query: str, **variables: Any) -> Any:
        return await (await self.client(unit)).data(query, **variables)

    async def tell(self, case: int, status: str, *, days: int = 1, unit: str = "police", **cells: str) -> None:
        """The court tells the next step of a case; ``days`` pass before."""
        self.world.clock.advance(days=days)
        named = f"{case}-{status}-{self.world.clock():%m%d%H%M%S}"
        row = self.court.row(DISHONEST, case, unit, **{"报文号": named, "状态": status, **cells})
        self.court.send((DISHONEST, row))
        await self.court.hear()

    async def delete(self, case: int = 1, unit: str = "police") -> None:
        day = f"{self.world.clock():%Y-%m-%d}"
        ground = {"删除事由": "已履行或执行完毕", "删除事由发生日期": day}
        await self.tell(case, "应当删除", unit=unit, **ground)
        await self.tell(case, "已删除屏蔽", unit=unit, 删除日期=f"{self.world.clock():%Y-%m-%d}", **ground)

    async def assign(self, code: str, to: str, by: str = "credit") -> Any:
        unit = self.organization(to)
        given = f'input: {{jurisdictionCode: "{COUNTY}", code: "{code}", organizationId: "{unit}", clause: "三定"}}'
        return await (await self.client(by)).change("assignMeasure", given, "measureAssignment", "id code")

    async def propose(self, by: str, record: str, code: str, **more: str) -> Any:
        fields = {"recordId": f'"{record}"', "code": f'"{code}"', **more}
        given = ", ".join(f"{name}: {value}" for name, value in fields.items())
        return await (await self.client(by)).change("proposeMeasure", f"input: {{{given}}}", MEASURE, FIELDS)

    async def fire(self, unit: str, measure: Any, event: str, payload: str = "{}", fields: str = FIELDS) -> Any:
        given = f'id: "{measure["id"]}", event: {{{event}: {payload}}}'
        return await (await self.client(unit)).change("advanceJointPunishmentMeasure", given, MEASURE, fields)

    async def measures(self, unit: str, fields: str = FIELDS) -> list[Any]:
        query = f"{{ jointPunishmentMeasures {{ totalCount nodes {{ {fields} }} }} }}"
        page = (await self.read(unit, query))["jointPunishmentMeasures"]
        assert page["totalCount"] == len(page["nodes"])
        return sorted(page["nodes"], key=lambda each: (each.get("code", ""), each.get("target", "")))

    async def in_force(self, measure: Any, carrier: str) -> Any:
        """Reviewed and ordered by the credit office, accepted by whoever carries it out."""
        await self.fire("credit", measure, "review", f'{{implementerId: "{self.organization(carrier)}"}}')
        await self.fire("credit", measure, "order")
        return await self.fire(carrier, measure, "accept", f'{{startOn: "{self.world.clock():%Y-%m-%d}"}}')

    async def lift(self, measure: Any, carrier: str) -> Any:
        receipt = f'{{receiptNumber: "解-1", digest: "{RECEIPT}", liftedBy: "钱科长"}}'
        return await self.fire(carrier, measure, "lift", receipt)

    async def watch(self) -> int:
        async with self.world.sessions.system("measures") as session:
            return await watch_measures(session, self.runtime.policy, self.runtime.keyring, self.world.clock())

    async def proof(self, unit: str, record: str) -> Any:
        query = """query P($id: ID!) { liftProof(recordId: $id) { listingStatus endedBy complete residual
            clocks { statutory clause dueOn metOn }
            measures { code status settled implementer receiptNumber receiptDigest requestedAt liftedAt verifiedAt
                annulledAt clocks { statutory clause dueOn metOn } } } }"""
        return (await self.read(unit, query, id=record))["liftProof"]

    async def record(self) -> str:
        found = (await self.read("credit", "{ dishonestyRecords { nodes { id } } }"))["dishonestyRecords"]["nodes"]
        return str(found[0]["id"])

    async def alerts(self, unit: str) -> list[tuple[str, str]]:
        query = "{ alerts { nodes { kind organization { shortName } target { id } } } }"
        nodes = (await self.read(unit, query))["alerts"]["nodes"]
        return sorted((each["kind"], each["organization"]["shortName"]) for each in nodes)


def states(measures: Sequence[Any]) -> list[str]:
    return [each["status"] for each in measures]


LIST = "overdueList"
LIST_FIELDS = "id status approvedAt parties { capacity confirmedAt report organization { shortName } }"


@dataclass
class Overdue:
    """An overdue list on its way, beside the measures that wait for it."""

    steps: Punishing

    async def compile(self, unit: str, *records: str) -> Any:
        listed = ", ".join(f'"{each}"' for each in records)
        given = f'input: {{jurisdictionCode: "{COUNTY}", title: "2026年第一批逾期名单", recordIds: [{listed}]}}'
        return await (await self.steps.client(unit)).change("compileOverdueList", given, LIST, LIST_FIELDS)

    async def fire(self, unit: str, list_: Any, event: str, payload: str = "{}") -> Any:
        given = f'id: "{list_["id"]}", event: {{{event}: {payload}}}'
        return await (await self.steps.client(unit)).change("advanceOverdueList", given, LIST, LIST_FIELDS)

    async def seen(self, unit: str) -> list[Any]:
        query = f"{{ overdueLists {{ nodes {{ {LIST_FIELDS} }} }} }}"
        return list((await self.steps.read(unit, query))["overdueLists"]["nodes"])
