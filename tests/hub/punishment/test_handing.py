"""Who carries a measure out may end: what it carried out goes to its successor, or is named as nobody's and urged, and
who did what before stays on record."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import ProgrammingError

from hub.canonical.exchange_codes import CaseListKind
from hub.db import models
from hub.runtime import Runtime
from tests.support.client import ClientOf
from tests.support.court import court_at, settle
from tests.support.punishing import Punishing, states
from tests.support.world import World

SHOWN = """id code status orphanedOn urgeCount implementer { shortName }
    handovers { former { shortName } present { shortName } reason }"""
DUTIES = """{ measureAssignments { nodes { id code validFrom validTo settledAt organization { shortName }
    successor { shortName } } } }"""
ORPHANED = "{ jointPunishmentMeasures(filter: {orphaned: true}) { nodes { code } } }"


@pytest.fixture
async def punishing(world: World, runtime: Runtime, client_of: ClientOf, tmp_path: Path) -> Punishing:
    await settle(world)
    made = Punishing(world, runtime, client_of, court_at(world, runtime, tmp_path))
    lists = [kind.value for kind in CaseListKind]
    fields = ["GOVERNMENT_PROCUREMENT", "TENDERING"]
    await made.supervising.practise(push__case_lists=lists, punishment__fields=fields, punishment__orphan__after=[0, 3])
    for code, carrier in (("JP-F1-01", "finance"), ("JP-F2-01", "office")):
        await made.assign(code, carrier)
    await made.tell(1, "已公布")
    for measure, carrier in zip(await made.measures("credit"), ("finance", "office"), strict=True):
        await made.in_force(measure, carrier)
    return made


async def duties(punishing: Punishing) -> dict[tuple[str, str], Any]:
    nodes = (await punishing.read("credit", DUTIES))["measureAssignments"]["nodes"]
    return {(each["code"], each["organization"]["shortName"]): each for each in nodes}


async def end(punishing: Punishing, duty: Any, until: date, successor: str | None = None, by: str = "credit") -> Any:
    follows = "" if successor is None else f', successorId: "{punishing.organization(successor)}"'
    given = f'input: {{assignmentId: "{duty["id"]}", validUntil: "{until}", reason: "职责调整"{follows}}}'
    client = await punishing.client(by)
    return await client.change("endMeasureAssignment", given, "measureAssignment", "validTo")


async def found(punishing: Punishing) -> list[tuple[str, str]]:
    """By whom checks say that which measure is in force."""
    row, unit = models.StandingMeasure, models.Organization
    async with punishing.world.sessions.system("test") as session:
        rows = await session.execute(
            select(row.code, unit.short_name).join(unit, unit.id == row.organization_id).order_by(row.code)
        )
        return list(rows.tuples())


async def carried(punishing: Punishing) -> dict[str, Any]:
    return {each["code"]: each for each in await punishing.measures("credit", SHOWN) if each["status"] != "MATCHED"}


async def test_measures_go_to_the_successor_or_are_named_as_nobodys_and_urged(punishing: Punishing) -> None:
    today, watched = punishing.world.clock().date(), await duties(punishing)
    procurement, tendering = watched["JP-F1-01", "财政局"], watched["JP-F2-01", "司法局"]
    until = today + timedelta(days=5)
    for by, given, code in (
        ("civil", (procurement, until), "SCOPE_REQUIRED"),
        ("neighbour.credit", (procurement, until), "NOT_FOUND"),
        ("credit", (procurement, today - timedelta(days=1)), "ASSIGNMENT_PAST"),
        ("credit", (procurement, until, "finance"), "ASSIGNMENT_SUCCESSOR"),
    ):
        assert (await end(punishing, *given, by=by))["code"] == code, (by, code)
    assert (await end(punishing, procurement, until, "civil"))["validTo"] == str(until)
    assert (await end(punishing, tendering, until))["validTo"] == str(until)
    assert (await duties(punishing))["JP-F1-01", "民政局"]["validFrom"] == str(until + timedelta(days=1))
    punishing.world.clock.advance(days=5)
    assert await punishing.watch() == 0
    assert [each["handovers"] for each in (await carried(punishing)).values()] == [[], []]

    punishing.world.clock.advance(days=1)
    assert await punishing.watch() > 0
    assert await punishing.watch() == 0
    now = await carried(punishing)
    moved, nobodys = now["JP-F1-01"], now["JP-F2-01"]
    assert (moved["status"], moved["orphanedOn"], moved["implementer"]) == ("IN_FORCE", None, {"shortName": "民政局"})
    trace = {"former": {"shortName": "财政局"}, "present": {"shortName": "民政局"}, "reason": "职责调整"}
    assert moved["handovers"] == [trace]
    assert (nobodys["status"], nobodys["orphanedOn"]) == ("IN_FORCE", str(until + timedelta(days=1)))
    assert await found(punishing) == [("JP-F1-01", "民政局"), ("JP-F2-01", "司法局")]
    assert await punishing.measures("finance") == []
    assert states(await punishing.measures("civil")) == ["IN_FORCE"]
    assert (await end(punishing, procurement, until + timedelta(days=9)))["code"] == "ASSIGNMENT_ENDED"
    for unit in ("office", "credit"):
        assert {kind for kind, _ in await punishing.alerts(unit)} >= {"MEASURE_ORPHANED"}, unit
    assert "MEASURE_ORPHANED" not in {kind for kind, _ in await punishing.alerts("civil")}
    assert (await punishing.read("credit", ORPHANED))["jointPunishmentMeasures"]["nodes"] == [{"code": "JP-F2-01"}]
    punishing.world.clock.advance(days=3)
    await punishing.watch()
    assert (await carried(punishing))["JP-F2-01"]["urgeCount"] == 2

    given = f'{{implementerId: "{punishing.organization("civil")}", reason: "另行指定"}}'
    assert (await punishing.fire("office", nobodys, "handOver", given))["code"] == "ACTOR_NOT_PERMITTED"
    assert (await punishing.fire("civil", nobodys, "handOver", given))["code"] == "NOT_FOUND"
    assert (await punishing.fire("credit", moved, "handOver", given))["code"] == "MEASURE_CARRIED"
    assert "code" in await punishing.fire("credit", nobodys, "handOver", given.replace("另行指定", ""))
    assert (await punishing.fire("credit", nobodys, "handOver", given, SHOWN))["orphanedOn"] is None
    assert await found(punishing) == [("JP-F1-01", "民政局"), ("JP-F2-01", "民政局")]
    with pytest.raises(ProgrammingError, match="permission denied"):
        async with punishing.world.sessions.write(punishing.world["county.credit"]) as session:
            await session.execute(text("update measure_handover set reason = ''"))

    await punishing.tell(2, "已公布")
    matched = {each["code"]: each["implementer"] for each in await punishing.measures("credit")}
    new = [each for each in await punishing.measures("credit") if each["status"] == "MATCHED"]
    assert {each["code"]: each["implementer"] for each in new} == {
        "JP-F1-01": {"shortName": "民政局"},
        "JP-F2-01": None,
    }
    assert set(matched) == {"JP-F1-01", "JP-F2-01"}
    await _merge(punishing, "civil", "finance")
    await punishing.watch()
    assert {each["implementer"]["shortName"] for each in (await carried(punishing)).values()} == {"财政局"}
    assert await found(punishing) == [("JP-F1-01", "财政局"), ("JP-F2-01", "财政局")]
    assert [each["former"]["shortName"] for each in (await carried(punishing))["JP-F1-01"]["handovers"]] == [
        "财政局",
        "民政局",
    ]
    await punishing.delete()
    assert states(await punishing.measures("finance")) == ["MATCHED", "LIFTING", "LIFTING"]


async def test_an_assignment_ends_when_the_pack_says_so(punishing: Punishing) -> None:
    await punishing.supervising.practise(
        "2026.6", punishment__fields=["GOVERNMENT_PROCUREMENT"], punishment__assignment__days=30
    )
    assert (await punishing.assign("JP-F1-01", "civil"))["code"] == "JP-F1-01"
    begins = punishing.world.clock().date()
    assert (await duties(punishing))["JP-F1-01", "民政局"]["validTo"] == str(begins + timedelta(days=30))
    assert (await punishing.assign("JP-F1-01", "civil"))["code"] == "MEASURE_ASSIGNED"
    punishing.world.clock.advance(days=31)
    assert (await punishing.assign("JP-F1-01", "civil"))["code"] == "JP-F1-01"


async def _merge(punishing: Punishing, old: str, new: str) -> None:
    """The register says that a unit has ended and which follows it."""
    table, units = models.Organization, punishing.world.organizations
    ended = punishing.world.clock().date() - timedelta(days=1)
    async with punishing.world.sessions.system("test") as session:
        await session.execute(
            update(table)
            .where(table.id == units[f"county.{old}"])
            .values(valid_to=ended, successor_id=units[f"county.{new}"])
        )
