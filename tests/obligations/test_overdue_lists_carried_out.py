"""What an approved overdue list brings: banks are told, causes traced and recorded, courts' orders shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from connectors.kit.keyed import Instants
from connectors.sandbox.bank.system import SandboxBank
from hub.canonical.exchange_codes import CaseListKind
from hub.runtime import Runtime
from tests.support.banking import Banking
from tests.support.client import ClientOf
from tests.support.court import court_at, settle
from tests.support.hooks import LOOPBACK
from tests.support.punishing import Overdue, Punishing
from tests.support.world import COUNTY, World

FIELDS_OF_S3 = ["FINANCING", "RECORD", "CONSUMPTION"]
LIMIT = "JP-F5-01"
DIGEST = "cd" * 32
RECORD = "governmentIntegrityRecord"
SAID = "id causes overdueList { title status } person { nameMasked }"
ORDERS = "{ overdueLists { nodes { courtOrders { orderNumber status roles organizationId } } } }"


@dataclass
class Carried:
    """An approved list, delivered to the financial office, which is ordered to limit financing."""

    punishing: Punishing
    banking: Banking
    bank: SandboxBank
    overdue: Overdue
    list_: Any = None

    async def deliver(self) -> None:
        punishing, overdue = self.punishing, self.overdue
        await punishing.assign(LIMIT, "finance")
        await punishing.supervising.report(kind="OVERDUE")
        await punishing.tell(1, "已公布", days=0)
        (order,) = await punishing.supervising.notices("credit")
        await punishing.supervising.in_handling(order)
        punishing.world.clock.advance(days=60)
        list_ = await overdue.compile("credit", await punishing.record())
        await overdue.fire("court", list_, "confirm")
        await overdue.fire("credit", list_, "submit")
        self.list_ = list_

    async def approve(self) -> None:
        await self.overdue.fire("government", self.list_, "approve", '{signedBy: "周县长", post: "县长"}')
        units = ", ".join(f'"{self.punishing.organization(each)}"' for each in ("finance", "civil"))
        await self.overdue.fire("credit", self.list_, "deliver", f"{{organizationIds: [{units}]}}")

    async def limit(self) -> None:
        (measure,) = [
            each
            for each in await self.punishing.measures("credit")
            if (each["code"], each["target"]) == (LIMIT, "UNIT")
        ]
        await self.punishing.fire("credit", measure, "review")
        await self.punishing.fire("credit", measure, "order")
        day = f"{self.punishing.world.clock():%Y-%m-%d}"
        await self.punishing.fire("finance", measure, "accept", f'{{startOn: "{day}"}}')


@pytest.fixture
def bank(world: World) -> Iterator[SandboxBank]:
    made = SandboxBank(clock=world.clock).start()
    yield made
    made.stop()


@pytest.fixture
async def carried(world: World, runtime: Runtime, client_of: ClientOf, tmp_path: Path, bank: SandboxBank) -> Carried:
    await settle(world)
    settings = runtime.settings.model_copy(update={"delivery": LOOPBACK})
    court = court_at(world, replace(runtime, settings=settings), tmp_path)
    punishing = Punishing(world, court.runtime, client_of, court)
    await punishing.supervising.practise(
        push__case_lists=["DISHONEST"],
        push__consumption_restrictions=True,
        order__on_listing=True,
        punishment__catalogue="2016.1",
        punishment__fields=FIELDS_OF_S3,
        punishment__approval=FIELDS_OF_S3,
    )
    banking = Banking(world, court.runtime, court, court, Instants(world.clock))
    made = Carried(punishing, banking, bank, Overdue(punishing))
    await made.deliver()
    return made


@pytest.mark.duty("S3-5.2")
async def test_the_financial_office_circulates_the_approved_list_to_the_banks(carried: Carried) -> None:
    overdue, banking, bank = carried.overdue, carried.banking, carried.bank
    endpoint = await banking.open(bank, COUNTY)
    await banking.tell()
    assert [row.get("measure") for row in bank.listed.values()] == [None]
    await carried.approve()
    early = await overdue.fire("finance", carried.list_, "circulate")
    assert early["code"] == "OVERDUE_NOT_FINANCING"
    await carried.limit()
    assert (await overdue.fire("civil", carried.list_, "circulate"))["code"] == "OVERDUE_NOT_FINANCING"
    assert (await overdue.fire("credit", carried.list_, "circulate"))["code"] == "ACTOR_NOT_PERMITTED"
    assert await banking.tell() == 0
    assert (await overdue.fire("finance", carried.list_, "circulate"))["status"] == "DELIVERED"
    assert (await overdue.fire("finance", carried.list_, "circulate"))["code"] == "OVERDUE_CIRCULATED"
    assert await banking.tell() == 1
    (row,) = bank.listed.values()
    assert row["measure"] == "LIMIT_FINANCING"
    assert row["overdueApprovedOn"] == f"{carried.punishing.world.clock():%Y-%m-%d}"
    assert "周县长" not in str(bank.taken)
    await banking.ask()
    assert [each.acknowledgement for each in await banking.broadcasts(endpoint)] == ["ACCEPTED"] * 2


@pytest.mark.duty("S3-5.4")
async def test_causes_are_traced_and_recorded_of_the_unit_and_of_the_person(carried: Carried) -> None:
    async def enter(**more: str) -> Any:
        fields = {
            "jurisdictionCode": f'"{COUNTY}"',
            "organizationId": f'"{carried.punishing.organization("police")}"',
            "category": "OTHER",
            "title": '"逾期未履行判决"',
            "facts": '"逾期未整改。"',
            "basis": '"逾期名单"',
            "occurredOn": f'"{carried.punishing.world.clock():%Y-%m-%d}"',
            "evidence": f'[{{name: "核查报告", digest: "{DIGEST}"}}]',
            "overdueListId": f'"{carried.list_["id"]}"',
            "causes": '"未列入预算"',
            **more,
        }
        given = ", ".join(f"{name}: {value}" for name, value in fields.items() if value)
        client = await carried.punishing.client("credit")
        return await client.change("recordGovernmentIntegrity", f"input: {{{given}}}", RECORD, SAID)

    assert (await enter())["code"] == "OVERDUE_LIST_UNFIT", "the government has not approved it"
    await carried.approve()
    assert (await enter(causes=""))["code"] == "CAUSES_WITH_OVERDUE_LIST"
    other = carried.punishing.organization("civil")
    assert (await enter(organizationId=f'"{other}"'))["code"] == "OVERDUE_LIST_UNFIT"
    unit = await enter()
    assert (unit["causes"], unit["person"]) == ("未列入预算", None)
    assert unit["overdueList"]["status"] == "DELIVERED"
    person = await enter(person='{name: "钱大有", post: "局长"}')
    assert person["person"] == {"nameMasked": "钱**"}
    seen = "{ integrityRecords { nodes { id causes person { nameMasked } } } }"
    for insider, count in (("credit", 2), ("police", 2), ("government", 1)):
        nodes = (await carried.punishing.read(insider, seen))["integrityRecords"]["nodes"]
        traced = [each for each in nodes if each["causes"] is not None]
        assert len(traced) == count, insider
    nodes = (await carried.punishing.read("civil", seen))["integrityRecords"]["nodes"]
    assert [each for each in nodes if each["person"]] == []


@pytest.mark.duty("S3-5.7")
async def test_the_orders_of_courts_are_shown_with_the_list_and_the_hub_makes_none(carried: Carried) -> None:
    await carried.approve()

    async def orders(unit: str) -> Any:
        (list_,) = (await carried.punishing.read(unit, ORDERS))["overdueLists"]["nodes"]
        return list_["courtOrders"]

    assert await orders("credit") == [], "an approved list restricts nobody by itself"
    court = carried.banking.court
    persons = "法定代表人/王建国；主要负责人/赵主任；直接责任人员/孙主管；财务部门负责人/李会计//点名"
    row = court.order(1, "police", 限制消费人员=persons)
    court.send((CaseListKind.CONSUMPTION_RESTRICTION, row))
    await court.hear()
    (order,) = await orders("credit")
    assert order["status"] == "ACTIVE"
    assert order["organizationId"] == carried.punishing.organization("police")
    assert order["roles"] == ["DIRECTLY_RESPONSIBLE", "FINANCE_HEAD", "LEGAL_REPRESENTATIVE", "PRINCIPAL"]
    assert await orders("court") == [order]
    assert await orders("civil") == [], "who is no party of the order does not learn of it"
    listed = "{ dishonestyRecords { nodes { caseNumber legalRepresentative } } }"
    assert len((await carried.punishing.read("credit", listed))["dishonestyRecords"]["nodes"]) == 1
