"""The court as the hub: a case of a public body goes out to departments and down to the township, and comes back."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from hub.canonical.codes import OrganizationKind, OrganizationLevel
from hub.core.principal import RoleName
from hub.db.models import Organization
from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support import world as worlds
from tests.support.court import settle
from tests.support.supervising import CASE, Supervising
from tests.support.world import COUNTY

REQUEST = "id status route outcome"
TASK = """query($id: ID!) { node(id: $id) { ... on LinkageTask { status report
    leadOrganization { shortName } } } }"""
REQUESTS = "{ coordinationRequests { totalCount } }"


@pytest.fixture
async def supervising(steps: Steps, runtime: Runtime) -> Supervising:
    """The county with a township in it."""
    world = steps.world
    await settle(world)
    async with world.sessions.system("test") as session:
        member = (RoleName.MEMBER_DEPARTMENT,)
        worlds._add_unit(world, session, "county.town", COUNTY, "甲镇人民政府", OrganizationKind.TOWNSHIP_GOV, member)
        await session.flush()
        town = Organization.id == world.organizations["county.town"]
        below = {"level": OrganizationLevel.TOWNSHIP, "government_subject": True}
        await session.execute(update(Organization).where(town).values(**below))
    return Supervising(world, runtime, steps.client_of)


async def coordinate(steps: Steps, to: str, route: str) -> Any:
    given = f"""input: {{jurisdictionCode: "{COUNTY}", subject: "{CASE} 的协调", disputeSummary: "请先行化解",
        counterpartOrganizationIds: ["{steps.organization(to)}"], route: {route}}}"""
    return await (await steps.client("court")).change("openCoordinationRequest", given, "coordinationRequest", REQUEST)


async def fire(steps: Steps, unit: str, request: Any, event: str, payload: str = "{}") -> Any:
    given = f'id: "{request["id"]}", event: {{{event}: {payload}}}'
    return await (await steps.client(unit)).change("advanceCoordinationRequest", given, "coordinationRequest", REQUEST)


@pytest.mark.duty("S0-2.1")
async def test_a_case_of_a_township_is_reported_coordinated_across_and_down_fed_back_and_evaluated(
    steps: Steps, supervising: Supervising
) -> None:
    await supervising.practise(reminder__on_filing=True)
    await supervising.report(of="town")
    await supervising.work()
    (reminder,) = await supervising.notices("credit")
    assert reminder["recipients"][0]["organization"]["shortName"] == "甲镇人民政府"

    down = await coordinate(steps, "town", "VERTICAL")
    across = await coordinate(steps, "finance", "HORIZONTAL")
    assert [each["status"] for each in (down, across)] == ["IN_DIRECT_CONTACT"] * 2
    assert (await coordinate(steps, "town", "HORIZONTAL"))["code"] == "ROUTE_NOT_HORIZONTAL"
    for unit, seen in (("town", 1), ("finance", 1), ("civil", 0), ("neighbour.court", 0)):
        assert (await steps.read(unit, REQUESTS))["coordinationRequests"]["totalCount"] == seen, unit
    settled = await fire(steps, "finance", across, "settle", '{outcome: "可安排预算"}')
    assert settled["outcome"] == "可安排预算"
    await fire(steps, "town", down, "escalate", '{attemptedDirectContact: true, summary: "无力一次付清"}')
    await fire(steps, "office", down, "coordinate")
    resolved = await fire(steps, "office", down, "resolve", '{outcome: "分两期履行"}')
    assert (resolved["status"], resolved["outcome"]) == ("RESOLVED", "分两期履行")

    given = f"""input: {{jurisdictionCode: "{COUNTY}", title: "{CASE} 分期履行", content: "分两期履行",
        leadOrganizationId: "{steps.organization("town")}",
        cooperatingOrganizationIds: ["{steps.organization("court")}", "{steps.organization("finance")}"]}}"""
    matter = await (await steps.client("court")).change("proposeLinkageMatter", given, "linkageMatter", "id status")
    await steps.matter("office", matter, "review")
    resolution = await steps.resolve(await steps.hold(matter=matter))
    await steps.matter("office", matter, "approve", f'{{resolutionId: "{resolution}"}}')
    assigned = await steps.matter("office", matter, "assign", "{}", "task { id }")
    task = assigned["task"]
    await steps.task("town", task, "start")
    await steps.task("town", task, "report", '{text: "首期已付"}')
    for unit in ("court", "finance", "office"):
        fed_back = (await steps.read(unit, TASK, id=task["id"]))["node"]
        assert fed_back["leadOrganization"] == {"shortName": "甲镇人民政府"}, unit
        assert fed_back["report"] == "首期已付", unit
    for unit in ("civil", "neighbour.court"):
        assert (await steps.read(unit, TASK, id=task["id"]))["node"] is None, unit
    assert (await steps.task("office", task, "verify"))["status"] == "VERIFIED"
