"""Joint punishment from the listing to the last lift that is proven, and annulled when the listing was wrong."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from hub.canonical.exchange_codes import CaseListKind
from hub.db import models
from hub.runtime import Runtime
from tests.support.client import ClientOf
from tests.support.court import code_of, court_at, settle
from tests.support.punishing import FIELDS, RECEIPT, SEVEN, Punishing, states
from tests.support.world import COUNTY, World

POLICE = code_of("county.police")
CHECK = """mutation C($input: CheckAskedInput!) { checkSubject(input: $input) {
    ... on SubjectChecked { checkId matched { mode measureCodes } } } }"""
TIES = """{ measureInterceptions { nodes { affectedAt organization { shortName } interception { decision }
    measure { code } } } }"""
AGAIN = "{ interceptions(filter: {affected: true}) { nodes { affectedAt organization { shortName } } } }"
LISTS = [kind.value for kind in CaseListKind]


@pytest.fixture
async def punishing(world: World, runtime: Runtime, client_of: ClientOf, tmp_path: Path) -> Punishing:
    await settle(world)
    return Punishing(world, runtime, client_of, court_at(world, runtime, tmp_path))


async def practise(punishing: Punishing, **values: object) -> None:
    plain = {"push__case_lists": LISTS, "punishment__fields": list(SEVEN), **values}
    await punishing.supervising.practise(**plain)


async def check(punishing: Punishing, unit: str) -> Any:
    given = {"serviceCaseNumber": "采购-1", "serviceItem": "政府采购", "subject": {"uscc": POLICE}}
    return (await punishing.read(unit, CHECK, input=given))["checkSubject"]


async def intercept(punishing: Punishing, unit: str, decision: str = "BLOCK") -> Any:
    checked = await check(punishing, unit)
    why = f'decision: {decision}, system: "政采云", overrideReason: "应急采购"'
    given = f'input: {{checkId: "{checked["checkId"]}", position: 0, {why}}}'
    client = await punishing.client(unit)
    assert await client.change("reportInterception", given, "interception", "decision") == {"decision": decision}
    return checked


@pytest.mark.duty("S1-3.3")
@pytest.mark.scenario(1)
async def test_a_listed_unit_is_punished_in_seven_fields_and_whoever_forgets_to_lift_is_caught(
    punishing: Punishing,
) -> None:
    """Acceptance scenario 1, from the listing on: the last implementer gives its receipt only when it was escalated."""
    await practise(
        punishing,
        punishment__persons=["LEGAL_REPRESENTATIVE", "PRINCIPAL", "DIRECTLY_RESPONSIBLE", "ACTUAL_CONTROLLER"],
        punishment__residual__after=[1, 3],
        punishment__escalate__after=3,
    )
    assert (await punishing.assign("JP-F1-01", "finance", by="civil"))["code"] == "SCOPE_REQUIRED"
    assert (await punishing.assign("JP-F9-99", "finance"))["code"] == "MEASURE_WITHOUT_BASIS"
    for code, carrier in (("JP-F1-01", "finance"), ("JP-F2-01", "office")):
        assert (await punishing.assign(code, carrier))["code"] == code
    await punishing.tell(1, "宽限期内", 宽限期至="2026-07-01")
    assert await punishing.measures("credit") == []
    await punishing.tell(1, "已公布", 法定代表人="赵某")
    record = await punishing.record()
    matched = await punishing.measures("credit", FIELDS + " field personName legalBasis clause")
    units = {each["field"]: each for each in matched if each["target"] == "UNIT"}
    assert set(units) == set(SEVEN)
    assert {each["status"] for each in matched} == {"MATCHED"}
    assert all(each["legalBasis"] and each["clause"] == "二(一)" for each in matched)
    persons = [each for each in matched if each["target"] == "LEGAL_REPRESENTATIVE"]
    assert [(each["code"], each["matchMode"]) for each in persons] == [
        ("JP-F5-01", "NAME_ONLY"),
        ("JP-F7-01", "NAME_ONLY"),
    ]
    named = await punishing.propose("credit", record, "JP-F7-01", target="ACTUAL_CONTROLLER", personName='"钱某"')
    assert (named["status"], named["target"]) == ("MATCHED", "ACTUAL_CONTROLLER")
    for unit in ("police", "civil", "neighbour.credit", "neighbour.finance"):
        assert await punishing.measures(unit) == [], unit

    procurement, tendering = units["GOVERNMENT_PROCUREMENT"], units["TENDERING"]
    assert procurement["implementer"]["shortName"] == "财政局"
    assert (await punishing.fire("finance", procurement, "accept", '{startOn: "2026-06-01"}'))[
        "code"
    ] == "EVENT_NOT_NOW"
    assert (await punishing.fire("civil", procurement, "order"))["code"] == "NOT_FOUND"
    await punishing.in_force(procurement, "finance")
    await punishing.in_force(tendering, "office")
    assert states(await punishing.measures("police")) == ["IN_FORCE", "IN_FORCE"]
    told = await punishing.fire("finance", procurement, "feedback", '{text: "已取消其投标资格"}', "feedback { text }")
    assert told["feedback"] == [{"text": "已取消其投标资格"}]
    checked = await intercept(punishing, "finance")
    assert checked["matched"] == [{"mode": "EXACT_ID", "measureCodes": ["JP-F1-01", "JP-F2-01"]}]
    assert [each["interceptionCount"] for each in await punishing.measures("finance")] == [1]
    for each in [*matched, named]:
        if each["code"] not in ("JP-F1-01", "JP-F2-01"):
            dropped = await punishing.fire("credit", each, "notApplicable", '{reason: "与本案无关"}')
            assert dropped["status"] == "DROPPED"
    assert not (await punishing.proof("credit", record))["complete"]
    for partial in ("office", "government", "finance"):
        assert await punishing.proof(partial, record) is None, partial

    await punishing.delete()
    assert states(await punishing.measures("finance")) == ["LIFTING"]
    assert (await check(punishing, "finance"))["matched"] == []
    assert (await punishing.lift(tendering, "finance"))["code"] == "NOT_FOUND"
    assert (await punishing.lift(tendering, "credit"))["code"] == "ACTOR_NOT_PERMITTED"
    unreceipted = '{receiptNumber: "1", digest: "a", liftedBy: "b"}'
    assert (await punishing.fire("finance", procurement, "lift", unreceipted))["code"] == "DIGEST_INVALID"
    assert (await punishing.lift(procurement, "finance"))["status"] == "LIFTED"
    assert (await punishing.fire("credit", procurement, "verify"))["status"] == "VERIFIED_LIFTED"
    assert await punishing.watch() == 0
    (forgotten,) = await punishing.measures("office")
    due = forgotten["liftDueOn"]
    assert not forgotten["residual"]
    for days, urged, escalated in ((1, 1, 0), (3, 2, 1)):
        after = date.fromisoformat(due) + timedelta(days=days)
        punishing.world.clock.move_to(after.year, after.month, after.day)
        assert await punishing.watch() > 0
        assert await punishing.watch() == 0
        (late,) = await punishing.measures("office")
        assert (late["residual"], late["urgeCount"], late["escalationLevel"]) == (True, urged, escalated)
    assert ("RESIDUAL_PUNISHMENT", "司法局") in await punishing.alerts("office")
    assert {kind for kind, _ in await punishing.alerts("credit")} >= {"RESIDUAL_PUNISHMENT"}
    assert ("ESCALATED", "焦作市司法局") in await punishing.alerts("city.justice")
    (above,) = await punishing.measures("city.justice", FIELDS + " reason personName")
    assert (above["residual"], above["personName"], above["reason"]) == (True, None, None)
    shown = await punishing.proof("credit", record)
    assert (shown["complete"], shown["residual"]) == (False, ["温县司法局"])
    assert await punishing.proof("finance", record) is None
    assert await punishing.proof("neighbour.credit", record) is None

    await punishing.lift(tendering, "office")
    rejected = await punishing.fire("credit", tendering, "reject", '{reason: "系统仍在拦截"}')
    assert rejected["status"] == "LIFTING"
    await punishing.lift(tendering, "office")
    await punishing.fire("credit", tendering, "verify")
    assert await punishing.watch() == 1
    whole = await punishing.proof("police", record)
    assert (whole["listingStatus"], whole["endedBy"], whole["complete"]) == ("REPAIRED", "delete", True)
    assert [each["statutory"] for each in whole["clocks"]] == [False, True]
    assert all(each["clause"] for each in whole["clocks"])
    lifted = [each for each in whole["measures"] if each["status"] == "VERIFIED_LIFTED"]
    assert [each["code"] for each in lifted] == ["JP-F1-01", "JP-F2-01"]
    for each in lifted:
        assert each["receiptDigest"] == RECEIPT
        assert each["requestedAt"] < each["liftedAt"] < each["verifiedAt"] or each["liftedAt"] == each["verifiedAt"]
        assert [clock["dueOn"] for clock in each["clocks"]] == [due]
    log = '{ exchangeMessages(filter: {operation: "advanceJointPunishmentMeasure"}) { nodes { outcome } } }'
    assert (await punishing.read("audit", log))["exchangeMessages"]["nodes"]
    async with punishing.world.sessions.system("test") as session:
        assert (await session.scalars(select(models.StandingMeasure))).all() == []


@pytest.mark.scenario(3)
async def test_a_listing_that_was_wrong_annuls_what_was_derived_and_names_the_decisions_to_see_again(
    punishing: Punishing,
) -> None:
    """Acceptance scenario 3."""
    await practise(punishing)
    await punishing.assign("JP-F1-01", "finance")
    await punishing.tell(1, "已公布")
    (procurement,) = [each for each in await punishing.measures("credit") if each["code"] == "JP-F1-01"]
    await punishing.in_force(procurement, "finance")
    lawful = '{reason: "应急采购", legalBasis: "政府采购法第八十五条"}'
    assert (await punishing.fire("finance", procurement, "exempt", lawful))["status"] == "EXEMPTED"
    assert (await check(punishing, "finance"))["matched"][0]["measureCodes"] == []
    assert (await punishing.fire("finance", procurement, "end"))["status"] == "IN_FORCE"
    await intercept(punishing, "finance")
    (tie,) = (await punishing.read("finance", TIES))["measureInterceptions"]["nodes"]
    assert (tie["affectedAt"], tie["interception"]["decision"]) == (None, "BLOCK")
    assert (await punishing.read("civil", TIES))["measureInterceptions"]["nodes"] == []
    await intercept(punishing, "civil")
    await intercept(punishing, "office", decision="PASS")
    assert (await punishing.read("credit", AGAIN))["interceptions"]["nodes"] == []
    for status in ("异议审查中", "已撤销"):
        await punishing.tell(1, status)
    seen = (await punishing.read("credit", AGAIN))["interceptions"]["nodes"]
    assert sorted(each["organization"]["shortName"] for each in seen) == ["民政局", "财政局"]
    assert len((await punishing.read("civil", AGAIN))["interceptions"]["nodes"]) == 1
    assert (await punishing.read("office", AGAIN))["interceptions"]["nodes"] == []
    assert states(await punishing.measures("finance")) == ["ANNULLED"]
    assert set(states(await punishing.measures("credit"))) == {"ANNULLED", "DROPPED"}
    (affected,) = (await punishing.read("credit", TIES))["measureInterceptions"]["nodes"]
    assert affected["affectedAt"] is not None
    assert affected["organization"]["shortName"] == "财政局"
    proof = await punishing.proof("credit", await punishing.record())
    assert (proof["endedBy"], proof["complete"]) == ("revoke", True)
    assert (await punishing.lift(procurement, "finance"))["code"] == "EVENT_NOT_NOW"


async def test_what_is_averted_is_never_punished_and_an_order_may_be_declined_by_law(punishing: Punishing) -> None:
    await practise(punishing, punishment__auto=True)
    await punishing.assign("JP-F1-01", "finance")
    await punishing.tell(1, "宽限期内", 宽限期至="2026-07-01")
    await punishing.tell(1, "宽限期内履行，未纳入")
    assert await punishing.measures("credit") == []
    await punishing.tell(2, "已公布")
    automatic = [each for each in await punishing.measures("credit") if each["automatic"]]
    assert [(each["code"], each["status"], each["level"]) for each in automatic] == [
        ("JP-F1-01", "ORDERED", "MANDATORY")
    ]
    declined = await punishing.fire(
        "finance", automatic[0], "decline", '{reason: "已中标在履约", legalBasis: "民法典"}'
    )
    assert declined["status"] == "DECLINED"
    catalogue = f"""{{ measureCatalogue(jurisdictionCode: "{COUNTY}") {{ version measures {{ code level legalBasis }} }}
        }}"""
    shown = (await punishing.read("finance", catalogue))["measureCatalogue"]
    assert shown["version"] == "2021.1"
    assert [each["code"] for each in shown["measures"] if each["level"] == "MANDATORY"] == ["JP-F1-01"]
