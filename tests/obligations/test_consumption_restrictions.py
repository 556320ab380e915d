"""A court restricts consumption: the hub mirrors its orders, apart from listings, and checks answer by them."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from connectors.sandbox.court.rows import citizen_id
from hub.canonical.exchange_codes import CaseListKind
from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support.court import Court, code_of, court_at, settle
from tests.support.dumping import unreadable

ORDERS = """{ consumptionRestrictions { nodes { id status orderNumber caseNumber subjectName legalBasis orderedOn
    exemptedOn liftedOn liftReason version organization { shortName } persons { role nameMasked }
    steps { status late sourceVersion } } } }"""
CHECK = """mutation C($input: ChecksAskedInput!) { checkSubjects(input: $input) {
    ... on SubjectsChecked { clear matched { position } restricted { position mode since disposition } }
    ... on Refusal { code } } }"""
RESTRICTED = CaseListKind.CONSUMPTION_RESTRICTION
POLICE, FINANCE = code_of("county.police"), code_of("county.finance")
HEAD = citizen_id("410825", Random(1))
PERSONS = f"法定代表人/王建国/{HEAD}；财务部门负责人/李小红//点名"
pytestmark = unreadable("王建国", "李小红")


@pytest.fixture
async def court(steps: Steps, runtime: Runtime, tmp_path: Path) -> Court:
    await settle(steps.world)
    return court_at(steps.world, runtime, tmp_path)


async def tell(court: Court, *, days: int = 1, **cells: str) -> None:
    court.world.clock.advance(days=days)
    named = f"限消-{court.world.clock():%m%d%H%M%S}"
    court.send((RESTRICTED, court.order(1, "police", **{"报文号": named, "限制消费人员": PERSONS, **cells})))
    await court.hear()


async def orders(steps: Steps, unit: str) -> list[Any]:
    found: list[Any] = (await steps.read(unit, ORDERS))["consumptionRestrictions"]["nodes"]
    return found


async def check(steps: Steps, *subjects: dict[str, str]) -> Any:
    given = {"serviceCaseNumber": "采购-1", "serviceItem": "政府采购", "subjects": list(subjects)}
    return (await steps.read("finance", CHECK, input=given))["checkSubjects"]


async def test_an_order_restricts_the_unit_and_its_persons_and_lists_none_of_them(steps: Steps, court: Court) -> None:
    asked = ({"uscc": POLICE}, {"citizenId": HEAD}, {"name": "李小红"}, {"uscc": FINANCE})
    assert await check(steps, *asked) == {"clear": 4, "matched": [], "restricted": []}
    await tell(court)
    for insider in ("court", "police", "credit"):
        (order,) = await orders(steps, insider)
        assert (order["status"], order["subjectName"], order["version"]) == ("ACTIVE", "温县公安局", 1)
        assert "第三条" in order["legalBasis"]
    for outsider in ("finance", "civil", "neighbour.credit"):
        assert await orders(steps, outsider) == []
    (order,) = await orders(steps, "credit")
    assert [(each["role"], each["nameMasked"]) for each in order["persons"]] == [
        ("FINANCE_HEAD", "李**"),
        ("LEGAL_REPRESENTATIVE", "王**"),
    ]
    listed = "{ dishonestyRecords { nodes { id } } }"
    assert (await steps.read("credit", listed))["dishonestyRecords"]["nodes"] == []
    found = await check(steps, *asked)
    assert (found["clear"], found["matched"]) == (1, [])
    assert [(each["position"], each["mode"], each["disposition"]) for each in found["restricted"]] == [
        (0, "EXACT_ID", "WARN"),
        (1, "EXACT_ID", "WARN"),
        (2, "NAME_ONLY", "MANUAL"),
    ]
    told = (await steps.read("finance", "{ checkedSubjects { nodes { changedAt } } }"))["checkedSubjects"]["nodes"]
    assert sum(each["changedAt"] is not None for each in told) == 3
    async with steps.world.sessions.system("test") as session:
        stored = str((await session.execute(text("select p::text from restricted_person p"))).all())
    assert "王建国" not in stored
    assert HEAD not in stored


async def test_an_order_is_exempted_once_corrected_told_late_and_lifted(steps: Steps, court: Court) -> None:
    first = court.world.clock()
    await tell(court)
    await tell(court, 一次性解除日期="2026-06-20", 一次性解除事由="本人患病就医")
    (order,) = await orders(steps, "credit")
    assert (order["status"], order["exemptedOn"], order["version"]) == ("ACTIVE", "2026-06-20", 2)
    assert (await check(steps, {"uscc": POLICE}))["clear"] == 0
    await tell(court, 发生时间=first.isoformat())
    (late,) = await orders(steps, "credit")
    assert (late["exemptedOn"], late["version"]) == ("2026-06-20", 2)
    assert sorted(each["late"] for each in late["steps"]) == [False, False, True]
    await tell(court, 状态="已退出")
    (kept,) = await orders(steps, "credit")
    assert kept["status"] == "ACTIVE"
    await tell(court, 状态="已退出", 解除日期="2026-06-25", 解除事由="已履行完毕")
    (lifted,) = await orders(steps, "police")
    assert (lifted["status"], lifted["liftedOn"], lifted["liftReason"]) == ("ENDED", "2026-06-25", "已履行完毕")
    assert await check(steps, {"uscc": POLICE}, {"citizenId": HEAD}) == {"clear": 2, "matched": [], "restricted": []}


async def test_a_head_of_finance_whom_no_order_names_is_not_restricted(steps: Steps, court: Court) -> None:
    await tell(court, 限制消费人员="财务部门负责人/李小红")
    assert await orders(steps, "court") == []
    waiting = (await steps.read("court", "{ inboxMessages { nodes { state reasons { code } } } }"))["inboxMessages"]
    assert [each["reasons"][0]["code"] for each in waiting["nodes"]] == ["FINANCE_HEAD_UNNAMED"]


async def test_nobody_restricts_in_the_hub(steps: Steps, court: Court) -> None:
    await tell(court)
    for writer in ("credit", "office", "court"):
        for done in ("update consumption_restriction set status = 'ENDED'", "delete from restricted_person"):
            with pytest.raises(ProgrammingError, match="permission denied"):
                async with steps.world.sessions.write(steps.world[f"county.{writer}"]) as session:
                    await session.execute(text(done))


async def test_where_no_notice_provides_for_it_an_order_is_kept_apart_and_found_by_no_check(
    steps: Steps, court: Court
) -> None:
    await steps.adopt(**{"push.case_lists": ["DISHONEST"]})
    await tell(court)
    assert await orders(steps, "court") == []
    waiting = (await steps.read("court", "{ inboxMessages { nodes { state reasons { code } } } }"))["inboxMessages"]
    assert [each["reasons"][0]["code"] for each in waiting["nodes"]] == ["LIST_NOT_SHARED"]
    assert (await check(steps, {"uscc": POLICE}))["restricted"] == []
