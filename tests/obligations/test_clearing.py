"""Public bodies perform and leave the list: who counts as one, how far the list is cleared, and who may know."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text

from hub.core.ids import new_id
from hub.db import models
from hub.runtime import Runtime
from tests.support.client import ClientOf
from tests.support.court import DISHONEST, OTHER_CODE, PENDING, Court, court_at, settle, uscc
from tests.support.supervising import Supervising
from tests.support.world import CITY, COUNTY, NEIGHBOUR, PATHS, World

OVERVIEW = """query O($code: String!, $from: Date!, $to: Date!) {
    governmentDishonestyOverview(jurisdictionCode: $code, from: $from, to: $to) {
        code name definition { unit clause packVersion } total { ...F } jurisdictions { code figures { ...F } }
        units { organizationId name caseNumbers oldestOn } } }
    fragment F on ClearanceFigures { bodiesListed bodiesCleared bodiesRemaining casesListed casesCleared
        casesRemaining oldestOn medianDays remainingAmount percent }"""
KINDS = [
    "ADMINISTRATIVE_ORGAN",
    "PUBLIC_INSTITUTION",
    "TOWNSHIP",
    "GRASSROOTS_ORGANIZATION",
    "SOE_WITH_SOCIAL_FUNCTION",
    "VILLAGE_COLLECTIVE",
]


@pytest.fixture
async def steps(world: World, runtime: Runtime, client_of: ClientOf) -> Supervising:
    await settle(world)
    return Supervising(world, runtime, client_of)


@pytest.fixture
def court(steps: Supervising, runtime: Runtime, tmp_path: Path) -> Court:
    return court_at(steps.world, runtime, tmp_path)


async def overview(steps: Supervising, unit: str, code: str = COUNTY, **span: Any) -> Any:
    today = steps.world.clock().date()
    said = {"from": (today - timedelta(days=365)).isoformat(), "to": today.isoformat(), **span}
    return (await steps.read(unit, OVERVIEW, code=code, **said))["governmentDishonestyOverview"]


async def listed(court: Court, *rows: tuple[int, str], status: str = "已公布", **cells: str) -> None:
    """The court tells how these cases of these units stand now."""
    court.world.clock.advance(days=1)
    told = f"{court.world.clock():%m%d%H%M%S}"
    court.send(
        *(
            (DISHONEST, court.row(DISHONEST, case, unit, 报文号=f"{case}-{told}-{status}", 状态=status, **cells))
            for case, unit in rows
        )
    )
    await court.hear()


def figures(found: Any) -> tuple[int, ...]:
    names = "bodiesListed bodiesCleared bodiesRemaining casesListed casesCleared casesRemaining percent"
    return tuple(found["total"][name] for name in names.split())


@pytest.mark.duty("S0-1")
async def test_listed_bodies_leave_the_list_and_the_clearing_is_seen_by_whose_task_it_is(
    steps: Supervising, court: Court
) -> None:
    await listed(court, (1, "police"), (2, "police"), (3, "finance"), 列入日期="2026-05-01", 发布日期="2026-05-02")
    await listed(court, (9, "civil"), 密级="涉商业秘密")
    await listed(court, (8, "civil"), status="宽限期内")
    for unit in ("office", "government", "credit"):
        found = await overview(steps, unit)
        assert figures(found) == (2, 0, 2, 3, 0, 3, 0), unit
        assert [(each["name"], len(each["caseNumbers"])) for each in found["units"]] == [
            ("温县公安局", 2),
            ("温县财政局", 1),
        ]
        assert found["total"]["oldestOn"] == "2026-05-01"
    steps.world.clock.move_to(2026, 7, 20)
    await listed(
        court,
        (1, "police"),
        status="已删除屏蔽",
        删除日期="2026-06-20",
        列入日期="2026-05-01",
        删除事由="已履行或执行完毕",
    )
    half = await overview(steps, "government")
    assert figures(half) == (2, 0, 2, 3, 1, 2, 0)
    assert half["total"]["medianDays"] == 50
    await listed(
        court,
        (2, "police"),
        status="已删除屏蔽",
        删除日期="2026-06-22",
        列入日期="2026-05-01",
        删除事由="已履行或执行完毕",
    )
    await listed(court, (3, "finance"), status="已撤销")
    cleared = await overview(steps, "office")
    assert (figures(cleared), cleared["units"]) == ((1, 1, 0, 2, 2, 0, 100), [])
    assert cleared["definition"] == {"unit": "BODY", "clause": None, "packVersion": "2026.1"}
    before = await overview(steps, "office", to="2026-06-01")
    assert figures(before)[:3] == (1, 0, 1)
    await steps.practise("2026.6", kpi__clearance__unit="CASE")
    await listed(court, (4, "police"))
    again = await overview(steps, "credit")
    assert (again["definition"]["unit"], again["definition"]["clause"], again["total"]["percent"]) == (
        "CASE",
        "二(一)",
        67,
    )


async def test_no_county_learns_how_another_clears_nor_a_body_how_the_county_does(
    steps: Supervising, court: Court, tmp_path: Path
) -> None:
    """Attack: by code, by the city above, by the body listed, by the portal, through the function itself."""
    other = court_at(steps.world, steps.runtime, tmp_path / "other", OTHER_CODE)
    await listed(court, (1, "police"))
    before = [await overview(steps, "neighbour.credit", code) for code in (NEIGHBOUR, COUNTY, CITY, "999999")]
    assert figures(before[0]) == (0, 0, 0, 0, 0, 0, None)
    assert before[1:] == [None, None, None]
    for outsider in ("police", "court", "civil", "city.police"):
        assert await overview(steps, outsider) is None, outsider
    portal = await (await steps.client("portal")).ask(
        OVERVIEW, {"code": COUNTY, "from": "2026-01-01", "to": "2026-06-01"}
    )
    assert "温县" not in str(portal)
    assert "errors" in portal
    call = text("select * from government_clearance(:root, '2020-01-01', '2030-01-01')")
    for caller in ("neighbour.credit", "county.police", "county.portal", "county.admin"):
        async with steps.world.sessions.read(steps.world[caller]) as session:
            for root in (PATHS[COUNTY], PATHS[CITY], "", "4108"):
                assert (await session.execute(call, {"root": root})).all() == [], (caller, root)
    await listed(other, (1, "police"))
    assert figures(await overview(steps, "credit")) == (1, 0, 1, 1, 0, 1, 0)
    refused = await (await steps.client("credit")).ask(
        OVERVIEW, {"code": COUNTY, "from": "2026-06-01", "to": "2026-01-01"}
    )
    assert refused["errors"][0]["extensions"]["code"] == "CLEARANCE_PERIOD"


async def test_an_amount_is_shown_only_where_no_single_claim_can_be_read_from_it(
    steps: Supervising, court: Court
) -> None:
    court.send(*((PENDING, court.row(PENDING, case, "police", 标的金额=f"{case}00.50")) for case in (1, 2)))
    await listed(court, (1, "police"), (2, "police"))
    assert (await overview(steps, "credit"))["total"]["remainingAmount"] is None
    await steps.practise("2026.6", kpi__clearance__cell=2)
    assert (await overview(steps, "credit"))["total"]["remainingAmount"] == "301.00"


@pytest.mark.duty("S1-1")
async def test_whom_the_notice_counts_among_public_bodies_and_nobody_else_stands_in_its_figures(
    steps: Supervising, court: Court
) -> None:
    """Organs, institutions, townships, villages and state enterprises with a social function; no other enterprise."""
    rule = {"period": "MONTH", "reading": "LAST_WORKING_DAY"}
    await steps.practise("2026.6", subject__kinds=KINDS, circular__governance=rule)
    bodies = {
        "TOWNSHIP_GOV": "温县甲镇人民政府",
        "VILLAGE_COMMITTEE": "温县乙村村民委员会",
        "PUBLIC_INSTITUTION": "温县丙中心",
        "SOE": "温县丁城投公司",
        "ENTERPRISE": "温县戊商贸公司",
        "FINANCIAL_INSTITUTION": "温县己银行",
    }
    codes = {
        name: uscc(f"{'91' if 'E' in kind else '12'}{COUNTY}{at:09}") for at, (kind, name) in enumerate(bodies.items())
    }
    async with steps.world.sessions.system("test") as session:
        for kind, name in bodies.items():
            place = {"jurisdiction_id": steps.world.jurisdictions[COUNTY], "jurisdiction_path": PATHS[COUNTY]}
            named = {"name": name, "short_name": name, "sort_key": name, "kind": kind, "level": "COUNTY"}
            row = {"id": new_id(), "uscc": codes[name], "vertically_managed": False, "version": 1, **place, **named}
            await session.execute(insert(models.Organization).values(government_subject=False, **row))
    told = ({"名称": name, "统一社会信用代码": code} for name, code in codes.items())
    rows = [(DISHONEST, {**court.row(DISHONEST, at, "police"), **each}) for at, each in enumerate(told, 1)]
    court.send(*rows)
    await court.hear()
    counted = {each["name"] for each in (await overview(steps, "credit"))["units"]}
    assert counted == {bodies[kind] for kind in ("TOWNSHIP_GOV", "VILLAGE_COMMITTEE", "PUBLIC_INSTITUTION", "SOE")}
    listings = "{ dishonestyRecords { nodes { governmentSubject subject { name } } } }"
    for unit in ("office", "government"):
        nodes = (await steps.read(unit, listings))["dishonestyRecords"]["nodes"]
        assert {each["subject"]["name"] for each in nodes} == counted, unit
    steps.world.clock.move_to(2026, 6, 29)
    await steps.work()
    (circular,) = (await steps.read("credit", "{ periodicReports { nodes { kind entries { unit } } } }"))[
        "periodicReports"
    ]["nodes"]
    assert {each["unit"] for each in circular["entries"]} == counted
