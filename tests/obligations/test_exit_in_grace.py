"""A body that performs within its grace leaves before it is listed; nobody learns of it who may not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hub.canonical.exchange_codes import CaseListKind
from hub.credit.overdue import tell_of_late_listings
from hub.runtime import Runtime
from hub.worker import work_round
from tests.support.client import ClientOf
from tests.support.court import code_of, court_at, settle
from tests.support.punishing import SEVEN, Punishing
from tests.support.world import COUNTY, World

POLICE = code_of("county.police")
LIFE = "{ dishonestyRecords { totalCount nodes { id status clocks { kind dueOn metOn } steps { event } } } }"
ALERTS = "{ alerts { nodes { kind title dueOn clause } } }"
CHECK = """mutation C($input: CheckAskedInput!) { checkSubject(input: $input) {
    ... on SubjectChecked { clear matched { listings } } } }"""
AFTER = """query A($id: ID!, $code: String!) {
    awardEligibility(organizationId: $id, year: 2026) { eligible }
    integrityFile(organizationId: $id) { standing }
    governmentDishonestyOverview(jurisdictionCode: $code, from: "2026-01-01", to: "2026-08-10") {
        total { bodiesListed casesListed } } }"""


@pytest.fixture
async def punishing(world: World, runtime: Runtime, client_of: ClientOf, tmp_path: Path) -> Punishing:
    await settle(world)
    punishing = Punishing(world, runtime, client_of, court_at(world, runtime, tmp_path))
    await punishing.supervising.practise(
        push__case_lists=[kind.value for kind in CaseListKind],
        punishment__fields=list(SEVEN),
        punishment__auto=True,
        order__on_listing=True,
        dishonesty__grace={"n": 1, "unit": "MONTH", "anchor": "LISTING_DECIDED"},
        dishonesty__grace__alert=[7, 1],
    )
    await punishing.assign("JP-F1-01", "finance")
    return punishing


async def on(punishing: Punishing, day: date) -> list[tuple[str, str]]:
    """What the court has been told by the evening of a day."""
    punishing.world.clock.move_to(day.year, day.month, day.day)
    async with punishing.world.sessions.system("listings") as session:
        await tell_of_late_listings(session, punishing.runtime.policy, punishing.world.clock())
    return await alerts(punishing, "court")


async def alerts(punishing: Punishing, unit: str) -> list[tuple[str, str]]:
    nodes = (await punishing.read(unit, ALERTS))["alerts"]["nodes"]
    return sorted((each["kind"], each["dueOn"]) for each in nodes if "宽限" in each["title"])


async def life(punishing: Punishing, unit: str) -> Any:
    page = (await punishing.read(unit, LIFE))["dishonestyRecords"]
    assert page["totalCount"] == len(page["nodes"])
    return page["nodes"]


async def checked(punishing: Punishing) -> Any:
    given = {"serviceCaseNumber": "采购-1", "serviceItem": "政府采购", "subject": {"uscc": POLICE}}
    return (await punishing.read("finance", CHECK, input=given))["checkSubject"]


@pytest.mark.duty("S0-2.4.3")
@pytest.mark.scenario(2)
async def test_who_performs_on_the_last_days_of_its_grace_is_averted_and_stands_as_if_never_decided(
    punishing: Punishing,
) -> None:
    """Acceptance scenario 2, day 29 of the grace; its court alone is warned that it ends."""
    await punishing.tell(1, "宽限期内", 决定日期="2026-06-10")
    (held,) = await life(punishing, "credit")
    assert [(each["kind"], each["dueOn"]) for each in held["clocks"]] == [("GRACE", "2026-07-10")]
    assert await on(punishing, date(2026, 7, 2)) == []
    assert await on(punishing, date(2026, 7, 3)) == [("DUE_SOON", "2026-07-10")]
    assert await on(punishing, date(2026, 7, 9)) == [("DUE_SOON", "2026-07-10")] * 2
    for unit in ("credit", "police", "office", "city.police", "neighbour.court"):
        assert await alerts(punishing, unit) == [], unit
    for outsider in ("office", "government", "finance", "city.police", "neighbour.credit"):
        assert await life(punishing, outsider) == [], outsider
    assert await checked(punishing) == {"clear": 1, "matched": []}
    await punishing.tell(1, "宽限期内履行，未纳入", days=0)
    await work_round(punishing.runtime)
    (averted,) = await life(punishing, "police")
    assert (averted["status"], averted["clocks"][0]["metOn"]) == ("AVERTED", "2026-07-09")
    assert averted["steps"][-1]["event"] == "avert"
    punishing.world.clock.move_to(2026, 8, 10)
    await work_round(punishing.runtime)
    assert {kind for kind, _ in await alerts(punishing, "court")} == {"DUE_SOON"}
    assert await alerts(punishing, "credit") == []
    assert await checked(punishing) == {"clear": 1, "matched": []}
    assert await punishing.measures("credit") == await punishing.supervising.notices("credit") == []
    told = await punishing.read("credit", AFTER, id=punishing.organization("police"), code=COUNTY)
    assert told["awardEligibility"] == {"eligible": True}
    assert told["integrityFile"] == {"standing": 0}
    assert told["governmentDishonestyOverview"]["total"] == {"bodiesListed": 0, "casesListed": 0}


async def test_a_grace_that_passes_unused_is_told_to_court_and_credit_office_alone(punishing: Punishing) -> None:
    await punishing.tell(1, "宽限期内", 宽限期至="2026-07-01")
    late = await on(punishing, date(2026, 7, 2))
    assert late == [("OVERDUE", "2026-07-01")]
    assert await alerts(punishing, "credit") == late
    for unit in ("police", "office", "government", "finance", "city.police"):
        assert await alerts(punishing, unit) == [], unit
    await punishing.tell(1, "已公布")
    assert [each["code"] for each in await punishing.measures("finance")] == ["JP-F1-01"]
    assert (await checked(punishing))["matched"] == [{"listings": 1}]
