"""Acceptance scenario 1 whole: from the first suit to the last lifted measure, through the ferry and the worker."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from hub.canonical.exchange_codes import CaseListKind
from hub.runtime import Runtime
from hub.worker import work_round
from tests.support.client import ClientOf
from tests.support.court import code_of, court_at, settle
from tests.support.punishing import RECEIPT, Punishing
from tests.support.supervising import Supervising
from tests.support.world import World

CHECK = """mutation C($input: CheckAskedInput!) { checkSubject(input: $input) { ... on SubjectChecked {
    checkId clear matched { mode disposition measureCodes } } } }"""
REPAIRS = "{ creditRepairs { nodes { id status path clocks { kind dueOn metOn } } } }"
PRACTICES: dict[str, object] = {
    "push__case_lists": [kind.value for kind in CaseListKind],
    "reminder__on_filing": True,
    "urging__on_loss": True,
    "order__on_listing": True,
    "repair__channels": ["COURT_PUSH"],
    "punishment__fields": ["GOVERNMENT_PROCUREMENT", "TENDERING"],
    "punishment__residual__after": [1],
    "punishment__escalate__after": 3,
    "dishonesty__grace": {"n": 30, "unit": "NATURAL_DAY", "anchor": "LISTING_DECIDED", "start": "NEXT_DAY"},
}


@pytest.fixture
async def story(world: World, runtime: Runtime, client_of: ClientOf, tmp_path: Path) -> Punishing:
    await settle(world)
    story = Punishing(world, runtime, client_of, court_at(world, runtime, tmp_path))
    await story.supervising.practise(**PRACTICES)
    for code, carrier in (("JP-F1-01", "finance"), ("JP-F2-01", "office")):
        await story.assign(code, carrier)
    rule = f'input: {{disposition: BLOCK, clause: "采购法第二十二条", validFrom: "{world.clock():%Y-%m-%d}"}}'
    await (await story.client("finance")).change("setCheckDisposition", rule, "checkDisposition", "clause")
    return story


async def check(story: Punishing) -> Any:
    subject = {"uscc": code_of("county.police")}
    given = {"serviceCaseNumber": "采购-17", "serviceItem": "政府采购", "subject": subject}
    return (await story.read("finance", CHECK, input=given))["checkSubject"]


async def on(story: Punishing, day: date) -> None:
    """A day comes, and with it a round of the worker."""
    story.world.clock.move_to(day.year, day.month, day.day)
    await work_round(story.runtime)


async def answered(steps: Supervising, kind: str) -> None:
    """The notice of a kind is signed and delivered, and its unit names who answers for it."""
    (notice,) = [each for each in await steps.notices("credit") if each["kind"] == kind]
    handled = await steps.in_handling(notice)
    assert handled["status"] == "IN_HANDLING", kind


async def repaired(story: Punishing, event: str) -> str:
    (repair,) = (await story.read("credit", REPAIRS))["creditRepairs"]["nodes"]
    given = f'id: "{repair["id"]}", event: {{{event}: {{}}}}'
    moved = await (await story.client("credit")).change("advanceCreditRepair", given, "creditRepair", "status")
    return str(moved["status"])


@pytest.mark.scenario(1)
async def test_from_the_first_suit_to_the_last_lifted_measure(story: Punishing) -> None:
    steps = story.supervising
    await steps.report()
    await on(story, date(2026, 6, 12))
    await answered(steps, "REMINDER_LETTER")
    await steps.report(kind="LOST", performBy='"2026-07-01"')
    await on(story, date(2026, 6, 15))
    await answered(steps, "URGING_LETTER")
    await on(story, date(2026, 7, 3))
    (urging,) = [each for each in await steps.notices("police") if each["kind"] == "URGING_LETTER"]
    assert (urging["overdue"], urging["dueOn"]) == (True, "2026-07-01")

    await story.tell(1, "宽限期内", 决定日期="2026-07-04")
    assert (await check(story))["clear"] == 1
    assert await story.measures("credit") == []
    await on(story, date(2026, 8, 4))
    assert ("OVERDUE", "人民法院") in await story.alerts("court")
    await story.tell(1, "已公布")
    await on(story, date(2026, 8, 6))
    await answered(steps, "ASSIGNMENT_ORDER")
    procurement, tendering = await story.measures("credit")
    for measure, carrier in ((procurement, "finance"), (tendering, "office")):
        assert (await story.in_force(measure, carrier))["status"] == "IN_FORCE"
    checked = await check(story)
    assert checked["matched"] == [
        {"mode": "EXACT_ID", "disposition": "BLOCK", "measureCodes": ["JP-F1-01", "JP-F2-01"]}
    ]
    stopped = f'input: {{checkId: "{checked["checkId"]}", position: 0, decision: BLOCK, system: "政采云"}}'
    assert await (await story.client("finance")).change("reportInterception", stopped, "interception", "decision") == {
        "decision": "BLOCK"
    }

    closed = f"{story.world.clock():%Y-%m-%d}"
    await story.tell(1, "已公布", 结案日期=closed)
    await on(story, date(2026, 8, 10))
    record = await story.record()
    given = f"""input: {{recordId: "{record}", closedOn: "{closed}", performance: PERFORMED, documentName: "结案通知书",
        documentNo: "（2026）豫0825执1号之一", documentDigest: "{RECEIPT}"}}"""
    await (await story.client("court")).change("pushClosure", given, "creditRepair", "status")
    assert await repaired(story, "checkMaterials") == "APPROVED"
    await story.delete()
    assert await repaired(story, "shield") == "SHIELDED"
    assert (await check(story))["clear"] == 1
    await story.lift(procurement, "finance")
    await story.fire("credit", procurement, "verify")

    (forgotten,) = await story.measures("office")
    await on(story, date.fromisoformat(forgotten["liftDueOn"]) + timedelta(days=3))
    assert ("RESIDUAL_PUNISHMENT", "司法局") in await story.alerts("office")
    assert ("ESCALATED", "焦作市司法局") in await story.alerts("city.justice")
    proof = await story.proof("credit", record)
    assert (proof["complete"], proof["residual"]) == (False, ["温县司法局"])
    await story.lift(tendering, "office")
    await story.fire("credit", tendering, "verify")
    await on(story, date.fromisoformat(forgotten["liftDueOn"]) + timedelta(days=4))
    proof = await story.proof("police", record)
    assert (proof["complete"], proof["listingStatus"]) == (True, "REPAIRED")
    (repair,) = (await story.read("police", REPAIRS))["creditRepairs"]["nodes"]
    assert repair["status"] == "COMPLETED"
    assert [each["kind"] for each in repair["clocks"] if each["metOn"] is None] == []
