"""Orders that restrict consumption, pushed: corrected, told twice or late or before their case, withdrawn, ended by a
snapshot that lacks them, and kept by one that has lost too much."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from connectors.sandbox.court.rows import citizen_id
from hub.canonical.exchange_codes import BatchKind, CaseListKind
from hub.runtime import Runtime
from hub.worker import hear
from tests.support.client import ClientOf
from tests.support.court import PENDING, code_of
from tests.support.pushing import Platform, platform_at
from tests.support.world import World

RESTRICTED = CaseListKind.CONSUMPTION_RESTRICTION
ORDERS = """{ consumptionRestrictions { nodes { caseNumber status orderNumber liftedOn liftReason version
    persons { nameMasked } steps { status late sourceVersion } } } }"""
CHECK = """mutation C($input: ChecksAskedInput!) { checkSubjects(input: $input) {
    ... on SubjectsChecked { restricted { position } } ... on Refusal { code } } }"""
STATES = "{ inboxMessages { nodes { state reasons { code } } } }"
FIRST, SECOND = citizen_id("410825", Random(1)), citizen_id("410825", Random(2))


class Told:
    """What a court pushes, and what of it a credit office reads and a department finds."""

    def __init__(self, platform: Platform, client_of: ClientOf) -> None:
        self.platform, self.client_of = platform, client_of

    def order(self, number: int = 1, unit: str = "police", *, hours: int = 0, **cells: str) -> dict[str, str]:
        at = self.platform.clock() - timedelta(hours=hours)
        return self.platform.court.order(number, unit, **{"发生时间": at.isoformat(), "序号": "1", **cells})

    async def push(self, *rows: dict[str, str], of: CaseListKind = RESTRICTED, **how: Any) -> Any:
        self.platform.clock.advance(minutes=1)
        status, answer = await self.platform.push(self.platform.batch(*rows, of=of, **how))
        assert status == 200, answer
        await hear(self.platform.court.runtime)
        return answer["data"]

    async def orders(self, unit: str = "credit") -> list[Any]:
        found = (await (await self.client_of(f"county.{unit}")).data(ORDERS))["consumptionRestrictions"]["nodes"]
        return sorted(found, key=lambda order: str(order["orderNumber"]))

    async def found(self, *subjects: dict[str, str]) -> list[int]:
        """Places of the subjects that an order restricts."""
        given = {"serviceCaseNumber": "采-1", "serviceItem": "采购", "subjects": list(subjects)}
        checked = (await (await self.client_of("county.finance")).data(CHECK, input=given))["checkSubjects"]
        return [each["position"] for each in checked["restricted"]]

    async def states(self) -> list[tuple[str, list[str]]]:
        nodes = (await (await self.client_of("county.court")).data(STATES))["inboxMessages"]["nodes"]
        return [(each["state"], [reason["code"] for reason in each["reasons"]]) for each in nodes]


@pytest.fixture
async def told(world: World, runtime: Runtime, client_of: ClientOf, tmp_path: Path) -> Told:
    return Told(await platform_at(world, runtime, tmp_path), client_of)


async def test_an_order_pushed_before_its_case_is_corrected_told_late_and_withdrawn(told: Told) -> None:
    asked = ({"uscc": code_of("county.police")}, {"citizenId": FIRST}, {"citizenId": SECOND})
    made = {"报文号": "限消1", "限制消费人员": f"法定代表人/王建国/{FIRST}"}
    first = told.order(hours=5, **made)
    assert (await told.push(first))["accepted"]
    assert await told.found(*asked) == [0, 1]
    await told.push(first)
    corrected = {**first, "版本": "2", "限制消费人员": f"法定代表人/李建国/{SECOND}"}
    await told.push(corrected)
    (order,) = await told.orders()
    assert (order["status"], order["version"]) == ("ACTIVE", 2)
    assert [each["nameMasked"] for each in order["persons"]] == ["李**"]
    assert await told.found(*asked) == [0, 2]
    case = told.platform.court.row(PENDING, 1, "police", 立案日期="2026-05-01")
    await told.push(case, of=PENDING)
    assert [each["caseNumber"] for each in await told.orders()] == [case["案号"]]

    withdrawn = told.order(hours=1, 报文号="限消2", 状态="已退出", 解除日期="2026-06-01", 解除事由="裁定撤销")
    await told.push(withdrawn)
    (order,) = await told.orders("police")
    assert (order["status"], order["liftReason"], order["persons"]) == ("ENDED", "裁定撤销", [])
    assert await told.found(*asked) == []
    await told.push(told.order(hours=3, 报文号="限消3", 限制消费人员=made["限制消费人员"]))
    (order,) = await told.orders()
    assert (order["status"], [step["late"] for step in order["steps"]]) == ("ENDED", [False, False, True, False])
    assert await told.found(*asked) == []
    contrary = {**withdrawn, "报文号": "限消4", "解除事由": "已履行"}
    await told.push(contrary)
    assert (await told.orders())[0]["liftReason"] == "裁定撤销"
    assert (await told.states())[0] == ("QUARANTINED", ["MESSAGE_CONFLICT"])


async def test_a_snapshot_ends_the_orders_it_lacks_unless_it_has_lost_more_than_the_pack_allows(told: Told) -> None:
    def snapshot(numbers: range) -> list[dict[str, str]]:
        units = ("finance", "police")
        return [told.order(number, units[number > 1], 报文号="", 发生时间="", 序号="") for number in numbers]

    asked = ({"uscc": code_of("county.finance")}, {"uscc": code_of("county.police")})
    await told.push(*map(blank, snapshot(range(1, 11))), kind=BatchKind.SNAPSHOT)
    assert await told.found(*asked) == [0, 1]
    told.platform.clock.advance(hours=1)
    again = await told.push(*map(blank, snapshot(range(2, 12))), kind=BatchKind.SNAPSHOT)
    assert (again["rows"], again["unchanged"]) == (1, 9)
    orders = await told.orders()
    ended = [each["orderNumber"] for each in orders if each["status"] == "ENDED"]
    assert (len(orders), ended) == (11, [told.order(1)["限制消费令文号"]])
    assert await told.found(*asked) == [1]
    told.platform.clock.advance(hours=1)
    await told.push(*map(blank, snapshot(range(2, 5))), kind=BatchKind.SNAPSHOT)
    assert [each["status"] for each in await told.orders()].count("ACTIVE") == 10
    assert await told.found(*asked) == [1]
    held = "{ reconciliations(filter: {outcome: HELD}) { nodes { listKind missingRows } } }"
    client = await told.client_of("county.court")
    assert (await client.data(held))["reconciliations"]["nodes"] == [
        {"listKind": "CONSUMPTION_RESTRICTION", "missingRows": 7}
    ]


def blank(row: dict[str, str]) -> dict[str, str]:
    """A line of a snapshot, known by its content alone."""
    return {name: value for name, value in row.items() if value}
