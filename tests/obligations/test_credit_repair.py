"""Credit repair of listings: both ways, always driven by the court's own deletion."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import ProgrammingError

from hub.canonical.exchange_codes import CaseListKind, CheckMode
from hub.canonical.punishment_codes import MeasureLevel, MeasureStatus, MeasureTarget, PunishmentField
from hub.core.ids import new_id
from hub.db import models
from hub.runtime import Runtime
from hub.worker import work_round
from hub.workflow.rows import within
from tests.obligations.steps import Steps
from tests.support.court import DISHONEST, Court, code_of, court_at, settle

REPAIRS = """{ creditRepairs { nodes { id path status version closedOn performance severity missing remedy
    decisionReason documentDigest shieldedAt completedAt restoredAt organization { name } record { id status }
    clocks { kind anchorOn dueOn clause origin metOn }
    availableEvents { event allowed obstacles { code } } } } }"""
ALERTS = "{ alerts { nodes { kind title dueOn clause target { __typename } } } }"
RATE = """query R($first: Date!, $last: Date!) { closurePushRate(from: $first, to: $last) {
    closures onTime late missing waiting } }"""
RECORDS = "{ dishonestyRecords { nodes { id caseNumber status deletionGround } } }"
CHECK = """mutation C($input: CheckAskedInput!) { checkSubject(input: $input) {
    ... on SubjectChecked { clear matched { listings } } } }"""
PERFORMED = {"删除事由": "已履行或执行完毕"}
POLICE = code_of("county.police")


@pytest.fixture
async def court(steps: Steps, runtime: Runtime, tmp_path: Path) -> Court:
    await settle(steps.world)
    lists = [kind.value for kind in CaseListKind]
    await steps.adopt(**{"push.case_lists": lists, "repair.channels": ["SUBJECT_APPLICATION", "COURT_PUSH"]})
    return court_at(steps.world, runtime, tmp_path)


async def tell(court: Court, case: int, status: str, *, days: int = 0, unit: str = "police", **cells: str) -> None:
    court.world.clock.advance(days=days, minutes=1)
    named = f"{case}-{status}-{court.world.clock():%m%d%H%M%S}"
    court.send((DISHONEST, court.row(DISHONEST, case, unit, **{"报文号": named, "状态": status, **cells})))
    await court.hear()


async def work(court: Court, runtime: Runtime) -> None:
    """A round of the worker on its next tick."""
    court.world.clock.advance(minutes=30)
    await work_round(runtime)


def day(court: Court, after: int = 0) -> str:
    return f"{court.world.clock() + timedelta(days=after):%Y-%m-%d}"


async def repairs(steps: Steps, unit: str) -> dict[str, Any]:
    return {each["path"]: each for each in (await steps.read(unit, REPAIRS))["creditRepairs"]["nodes"]}


async def listing(steps: Steps, case: int) -> dict[str, Any]:
    nodes = (await steps.read("credit", RECORDS))["dishonestyRecords"]["nodes"]
    return next(each for each in nodes if f"执{case}号" in each["caseNumber"])


def document(name: str = "结案通知书") -> str:
    digest = hashlib.sha256(name.encode()).hexdigest()
    return f'documentNo: "（2026）豫0825执1号之一", documentName: "{name}", documentDigest: "{digest}"'


async def apply(steps: Steps, unit: str, record: dict[str, Any], **changes: str) -> Any:
    fields = {"recordId": f'"{record["id"]}"', "performance": "PERFORMED", "commitment": '"依法履行"', **changes}
    given = ", ".join(f"{name}: {value}" for name, value in fields.items())
    more = changes.pop("name", "")
    client = await steps.client(unit)
    said = f"input: {{{given}, {document(more or '结案通知书')}}}"
    return await client.change("applyCreditRepair", said, "creditRepair", "id status version")


async def push(steps: Steps, unit: str, record: dict[str, Any], closed_on: str, name: str = "结案通知书") -> Any:
    given = f'recordId: "{record["id"]}", closedOn: "{closed_on}", performance: PERFORMED, {document(name)}'
    client = await steps.client(unit)
    return await client.change("pushClosure", f"input: {{{given}}}", "creditRepair", "id status version")


async def advance(steps: Steps, unit: str, repair: dict[str, Any], event: str, payload: str = "{}") -> Any:
    given = f'id: "{repair["id"]}", event: {{{event}: {payload}}}'
    return await (await steps.client(unit)).change("advanceCreditRepair", given, "creditRepair", "id status version")


def clock(repair: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(each for each in repair["clocks"] if each["kind"] == kind)


async def alerts(steps: Steps, unit: str, of: str) -> list[tuple[str, str]]:
    nodes = (await steps.read(unit, ALERTS))["alerts"]["nodes"]
    return sorted((each["kind"], each["clause"]) for each in nodes if of in each["title"])


async def carry_out_measure(steps: Steps, *, lifted: bool) -> None:
    """A department carries out a measure on the listing, and proves that it has lifted it."""
    world, kept = steps.world, models.JointPunishmentMeasure
    async with world.sessions.system("test") as session:
        if lifted:
            await session.execute(update(kept).values(status=MeasureStatus.VERIFIED_LIFTED))
            return
        listed = (await session.scalars(select(models.DishonestyRecord))).one()
        session.add(
            kept(
                id=new_id(),
                record_id=listed.id,
                court_id=listed.court_id,
                implementer_id=world.organizations["county.police"],
                status=MeasureStatus.IN_FORCE,
                catalogue_version="2016.1",
                code="JP-F1-01",
                name="限制参加政府采购",
                field=PunishmentField.GOVERNMENT_PROCUREMENT,
                legal_basis="政府采购法第二十二条",
                level=MeasureLevel.MANDATORY,
                target=MeasureTarget.UNIT,
                match_mode=CheckMode.EXACT_ID,
                in_force_on=listed.listed_on,
                status_since=world.clock(),
                created_at=world.clock(),
                **within(listed),
            )
        )


@pytest.mark.duty("S1-3.4")
async def test_a_closing_is_pushed_within_five_days_warned_of_and_alarmed_and_the_listing_repaired_everywhere(
    steps: Steps, court: Court, runtime: Runtime
) -> None:
    """Way (b): closed in the court's feed, pushed, checked, deleted by the court, shielded, lifted, complete."""
    await tell(court, 1, "已公布")
    await carry_out_measure(steps, lifted=False)
    closed = day(court)
    await tell(court, 1, "已公布", 结案日期=closed)
    await work(court, runtime)
    (due,) = (await repairs(steps, "court")).values()
    assert (due["path"], due["status"], due["closedOn"]) == ("COURT_PUSH", "CLOSURE_DUE", closed)
    pushing = clock(due, "CLOSURE_PUSH")
    assert (pushing["dueOn"], pushing["metOn"]) == (day(court, 5), None)

    court.world.clock.advance(days=3)
    await work(court, runtime)
    assert await alerts(steps, "court", "结案推送") == [("DUE_SOON", pushing["clause"])]
    court.world.clock.advance(days=3)
    await work(court, runtime)
    assert [kind for kind, _ in await alerts(steps, "court", "结案推送")] == ["DUE_SOON", "OVERDUE"]
    assert [kind for kind, _ in await alerts(steps, "credit", "结案推送")] == ["OVERDUE"]

    record = await listing(steps, 1)
    for stranger in ("credit", "police", "neighbour.court"):
        assert (await push(steps, stranger, record, closed))["code"] in {"NOT_FOUND", "SCOPE_REQUIRED", "FORBIDDEN"}
    assert (await push(steps, "court", record, day(court)))["reasons"][0]["code"] == "CLOSED_ON_DIFFERS"
    first = await push(steps, "court", record, closed)
    again = await push(steps, "court", record, closed)
    assert first == again
    other = await push(steps, "court", record, closed, "另一份")
    assert other["reasons"][0]["code"] == "CLOSURE_PUSHED_OTHERWISE"
    (pushed,) = (await repairs(steps, "credit")).values()
    assert (pushed["status"], clock(pushed, "CLOSURE_PUSH")["metOn"]) == ("INITIATED", day(court))

    assert (await advance(steps, "police", pushed, "checkMaterials"))["code"] in {"ACTOR_NOT_PERMITTED", "FORBIDDEN"}
    missing = await advance(steps, "credit", pushed, "checkMaterials", '{missing: ["结案通知书盖章页"]}')
    assert missing["status"] == "RETURNED_INCOMPLETE"
    assert (await advance(steps, "court", pushed, "supplement", f"{{{document()}}}"))["status"] == "INITIATED"
    assert (await advance(steps, "credit", pushed, "checkMaterials"))["status"] == "APPROVED"
    assert (await advance(steps, "credit", pushed, "shield"))["reasons"][0]["code"] == "LISTING_STILL_STANDS"
    assert (await listing(steps, 1))["status"] == "PUBLISHED"
    assert await checked(steps) == 1

    approved = (await repairs(steps, "credit"))["COURT_PUSH"]
    origins = {each["kind"]: each["origin"] for each in approved["clocks"]}
    assert (origins["DELETION"], origins["CLOSURE_PUSH"]) == ("LAW", "DEFAULT")
    assert "第十条" in clock(approved, "DELETION")["clause"]
    assert {"PUBLICITY_LEAST", "PUBLICITY_MOST"} <= set(origins)

    await tell(court, 1, "已删除屏蔽", 删除日期=day(court), **PERFORMED)
    await work(court, runtime)
    assert await checked(steps) == 0
    shielding = (await repairs(steps, "credit"))["COURT_PUSH"]
    assert clock(shielding, "DELETION")["metOn"] == day(court)
    assert clock(shielding, "SHIELDING")["metOn"] is None
    assert (await advance(steps, "credit", shielding, "shield"))["status"] == "SHIELDED"
    await work(court, runtime)
    assert (await repairs(steps, "credit"))["COURT_PUSH"]["status"] == "SHIELDED"
    await carry_out_measure(steps, lifted=True)
    await work(court, runtime)
    done = (await repairs(steps, "police"))["COURT_PUSH"]
    assert (done["status"], done["completedAt"] is not None) == ("COMPLETED", True)
    assert (await listing(steps, 1))["status"] == "REPAIRED"
    await work(court, runtime)
    assert len(await repairs(steps, "credit")) == 1
    rate = {"closures": 1, "onTime": 0, "late": 1, "missing": 0, "waiting": 0}
    assert (await steps.read("credit", RATE, first=closed, last=closed))["closurePushRate"] == rate
    none = dict.fromkeys(rate, 0)
    assert (await steps.read("finance", RATE, first=closed, last=closed))["closurePushRate"] == none


async def checked(steps: Steps) -> int:
    given = {"serviceCaseNumber": "采购-1", "serviceItem": "政府采购", "subject": {"uscc": POLICE}}
    found = (await steps.read("finance", CHECK, input=given))["checkSubject"]["matched"]
    return sum(each["listings"] for each in found)


@pytest.mark.duty("S1-3.4")
async def test_a_subject_applies_with_its_closing_document_is_denied_objects_and_false_materials_undo_the_repair(
    steps: Steps, court: Court, runtime: Runtime
) -> None:
    """Way (a), and what a false document comes to: a request to the court never takes anybody off the list."""
    await tell(court, 1, "已公布")
    await tell(court, 2, "已公布", unit="civil")
    await tell(court, 3, "宽限期内", unit="finance")
    record = await listing(steps, 1)
    for stranger in ("finance", "civil", "court", "neighbour.credit", "neighbour.police"):
        refused = await apply(steps, stranger, record)
        assert refused["code"] in {"NOT_FOUND", "SCOPE_REQUIRED", "REPAIR_APPLICANT"}, stranger
    wrong = await apply(steps, "police", record, path="COURT_PUSH", commitment='""')
    assert {each["code"] for each in wrong["reasons"]} == {"REPAIR_PATH_NOT_APPLIED_FOR", "TEXT_EMPTY"}
    early = await apply(steps, "finance", await listing(steps, 3))
    assert early["reasons"][0]["code"] == "LISTING_NOT_STANDING"
    assert await repairs(steps, "credit") == {}

    repair = await apply(steps, "police", record)
    assert repair["status"] == "INITIATED"
    assert (await apply(steps, "police", record))["reasons"][0]["code"] == "REPAIR_UNDER_WAY"
    elsewhere = await apply(steps, "credit", await listing(steps, 2))
    assert elsewhere["reasons"][0]["code"] == "REPAIR_DOCUMENT_OF_ANOTHER"
    for outsider in ("finance", "office", "neighbour.credit", "neighbour.court"):
        assert await repairs(steps, outsider) == {}, outsider
        assert (await advance(steps, outsider, repair, "withdraw", '{reason: "无"}'))["code"] == "NOT_FOUND"
    assert (await advance(steps, "police", repair, "confirm"))["code"] == "EVENT_NOT_NOW"
    await advance(steps, "credit", repair, "checkMaterials")
    await advance(steps, "credit", repair, "verifyWithRecogniser")
    for not_court in ("police", "credit"):
        assert (await advance(steps, not_court, repair, "confirm"))["code"] == "ACTOR_NOT_PERMITTED"
    await advance(steps, "court", repair, "deny", '{reason: "尚有利息未付", remedy: "十日内可提出异议"}')
    denied = (await repairs(steps, "police"))["SUBJECT_APPLY"]
    assert (denied["decisionReason"], denied["remedy"]) == ("尚有利息未付", "十日内可提出异议")
    assert (await advance(steps, "police", repair, "objectToDenial", '{reason: "已付清"}'))["status"] == "VERIFYING"
    assert (await advance(steps, "court", repair, "confirm"))["status"] == "APPROVED"
    assert (await listing(steps, 1))["status"] == "PUBLISHED"
    assert await checked(steps) == 1

    await tell(court, 1, "已删除屏蔽", 删除日期=day(court), **PERFORMED)
    await advance(steps, "credit", repair, "shield")
    await work(court, runtime)
    assert (await repairs(steps, "police"))["SUBJECT_APPLY"]["status"] == "COMPLETED"
    assert (await advance(steps, "police", repair, "revoke", '{reason: "伪造"}'))["code"] == "ACTOR_NOT_PERMITTED"
    assert (await advance(steps, "credit", repair, "revoke", '{reason: "付款凭证系伪造"}'))["status"] == "REVOKED"
    assert (await repairs(steps, "court"))["SUBJECT_APPLY"]["shieldedAt"] is None
    assert await checked(steps) == 0
    court.world.clock.advance(days=4)
    await work(court, runtime)
    assert [kind for kind, _ in await alerts(steps, "court", "恢复公示")] == ["OVERDUE"]
    await tell(court, 1, "已公布", 启动方式="依职权", 决定日期=day(court))
    await work(court, runtime)
    assert await checked(steps) == 1
    restored = (await repairs(steps, "credit"))["SUBJECT_APPLY"]
    assert restored["restoredAt"] is not None
    assert clock(restored, "RESTORATION")["metOn"] == day(court)
    assert (await apply(steps, "police", record))["status"] == "INITIATED"
    await attack(steps)


async def attack(steps: Steps) -> None:
    """What row security keeps from a caller whatever statement it sends."""
    world = steps.world
    entered = (
        "insert into credit_repair (id, tenant_id, jurisdiction_path, jurisdiction_id, version, path, status, "
        "severity, record_id, case_number, court_id, organization_id, applicant_id, missing) select "
        "gen_random_uuid(), tenant_id, jurisdiction_path, jurisdiction_id, 1, 'SUBJECT_APPLY', :status, 'SERIOUS', "
        "id, case_number, court_id, :organization, :applicant, '{}' from dishonesty_record"
    )
    for unit, status, organization in (
        ("police", "COMPLETED", "police"),
        ("police", "APPROVED", "police"),
        ("finance", "INITIATED", "police"),
        ("court", "INITIATED", "police"),
    ):
        keys = {"organization": world.organizations[f"county.{organization}"], "status": status}
        with pytest.raises(ProgrammingError, match="row-level security"):
            async with world.sessions.write(world[f"county.{unit}"]) as session:
                done = await session.execute(
                    text(entered), {**keys, "applicant": world.organizations[f"county.{unit}"]}
                )
                if done.rowcount == 0:
                    raise ProgrammingError("nothing seen", None, Exception("row-level security"))
    for unit in ("finance", "office", "neighbour.credit"):
        async with world.sessions.write(world[unit if "." in unit else f"county.{unit}"]) as session:
            assert (await session.execute(text("update credit_repair set status = 'COMPLETED'"))).rowcount == 0
            assert (await session.execute(text("select count(*) from credit_repair_clock"))).scalar_one() == 0


OBJECTIONS = """{ creditObjections { nodes { id kind status dueOn dueClause decision correctedAt organization { name }
    availableEvents { event allowed } } } }"""


async def object_to(steps: Steps, unit: str, record: dict[str, Any], kind: str = "LISTING") -> Any:
    given = f'input: {{recordId: "{record["id"]}", kind: {kind}, grounds: "已经履行"}}'
    return await (await steps.client(unit)).change("fileCreditObjection", given, "creditObjection", "id status dueOn")


async def decide(steps: Steps, unit: str, objection: dict[str, Any], event: str) -> Any:
    given = f'id: "{objection["id"]}", event: {{{event}: {{reason: "经查"}}}}'
    return await (await steps.client(unit)).change("advanceCreditObjection", given, "creditObjection", "id status")


async def objection(steps: Steps, unit: str, status: str) -> dict[str, Any]:
    nodes = (await steps.read(unit, OBJECTIONS))["creditObjections"]["nodes"]
    return next(each for each in nodes if each["status"] == status)


@pytest.mark.scenario(3)
async def test_an_objection_is_examined_in_time_and_only_the_courts_message_changes_the_listing(
    steps: Steps, court: Court, runtime: Runtime
) -> None:
    """Acceptance scenario 3 up to the revocation; the periods of court and platform with their clauses."""
    await tell(court, 1, "已公布")
    record = await listing(steps, 1)
    for stranger in ("finance", "credit", "court", "neighbour.police"):
        answer = await object_to(steps, stranger, record)
        codes = {answer["code"], *(each["code"] for each in answer.get("reasons", ()))}
        assert codes & {"NOT_FOUND", "SCOPE_REQUIRED", "OBJECTION_UNIT"}, stranger
    filed = await object_to(steps, "police", record)
    assert (filed["status"], filed["dueOn"]) == ("FILED", day(court, 15))
    assert (await object_to(steps, "police", record))["reasons"][0]["code"] == "OBJECTION_PENDING"
    for outsider in ("finance", "office", "neighbour.credit"):
        assert (await steps.read(outsider, OBJECTIONS))["creditObjections"]["nodes"] == []
        assert (await decide(steps, outsider, filed, "withdraw"))["code"] == "NOT_FOUND"
    for other in ("police", "credit"):
        assert (await decide(steps, other, filed, "uphold"))["code"] == "ACTOR_NOT_PERMITTED"

    court.world.clock.advance(days=16)
    await work(court, runtime)
    assert ("OBJECTION_OVERDUE", (await objection(steps, "court", "FILED"))["dueClause"]) in await alerts(
        steps, "court", record["caseNumber"]
    )
    assert (await decide(steps, "court", filed, "dismiss"))["status"] == "DISMISSED"
    court.world.clock.advance(days=40)
    late = await decide(steps, "police", filed, "reconsider")
    assert late["reasons"][0]["code"] == "RECONSIDERATION_LATE"
    again = await object_to(steps, "police", record)
    await decide(steps, "court", again, "dismiss")
    assert (await decide(steps, "police", again, "reconsider"))["status"] == "RECONSIDERING"
    assert (await decide(steps, "court", again, "uphold"))["status"] == "UPHELD"
    upheld = await objection(steps, "police", "UPHELD")
    assert "第十二条" in upheld["dueClause"]
    await work(court, runtime)
    assert (await objection(steps, "police", "UPHELD"))["correctedAt"] is None
    assert (await listing(steps, 1))["status"] == "PUBLISHED"
    assert await checked(steps) == 1
    await tell(court, 1, "已撤销")
    await work(court, runtime)
    assert (await objection(steps, "police", "CORRECTED"))["correctedAt"] is not None
    assert await checked(steps) == 0

    await tell(court, 2, "已公布", unit="civil")
    data = await object_to(steps, "civil", await listing(steps, 2), "DATA")
    assert (await decide(steps, "court", data, "uphold"))["code"] in {"EVENT_NOT_NOW", "ACTOR_NOT_PERMITTED"}
    own = (await objection(steps, "credit", "FILED"))["dueOn"]
    await decide(steps, "credit", data, "askSource")
    assert (await objection(steps, "civil", "SOURCE_ASKED"))["dueOn"] > own
    assert (await decide(steps, "credit", data, "correctData"))["status"] == "CORRECTED"
    assert (await listing(steps, 2))["status"] == "PUBLISHED"
    await remark(steps, await listing(steps, 2))


async def remark(steps: Steps, record: dict[str, Any]) -> None:
    """What the credit office adds reaches the court, and moves nothing."""

    async def say(unit: str, what: str) -> Any:
        given = f'input: {{recordId: "{record["id"]}", note: "名称与登记不符"}}'
        return await (await steps.client(unit)).change(what, given, "listingRemark", "kind note")

    for what in ("annotateListing", "requestCourtCheck"):
        assert (await say("credit", what))["note"] == "名称与登记不符"
    assert (await say("credit", "confirmShield"))["reasons"][0]["code"] == "LISTING_STILL_STANDS"
    for other in ("court", "civil", "neighbour.credit"):
        refused = await say(other, "requestCourtCheck")
        assert refused["code"] in {"SCOPE_REQUIRED", "NOT_FOUND", "REMARK_OFFICE"}, other
    read = "{ listingRemarks { nodes { kind record { id } } } }"
    seen = (await steps.read("court", read))["listingRemarks"]["nodes"]
    assert {(each["kind"], each["record"]["id"]) for each in seen} == {
        ("ANNOTATION", record["id"]),
        ("COURT_CHECK_REQUESTED", record["id"]),
    }
    for stranger in ("civil", "office", "neighbour.court"):
        assert (await steps.read(stranger, read))["listingRemarks"]["nodes"] == [], stranger


async def test_what_a_court_owes_of_a_listing_is_alarmed_and_what_has_ended_is_archived(
    steps: Steps, court: Court, runtime: Runtime
) -> None:
    """A deletion over its three working days, a grace about to end and over; a deletion before its listing."""
    await tell(court, 1, "应当删除", 删除事由发生日期=day(court), **PERFORMED)
    await tell(court, 2, "宽限期内", unit="civil", 宽限期至=day(court, 7))
    await tell(court, 3, "已删除屏蔽", unit="finance", 删除日期=day(court), **PERFORMED)
    await tell(court, 4, "已公布", unit="civil")
    await tell(court, 4, "已撤销", unit="civil")
    await work(court, runtime)
    soon = (await listing(steps, 2))["caseNumber"]
    assert [kind for kind, _ in await alerts(steps, "court", soon)] == ["DUE_SOON"]
    for unaware in ("office", "civil", "finance"):
        assert await alerts(steps, unaware, "执2号") == [], unaware
    court.world.clock.advance(days=9)
    await work(court, runtime)
    owed = (await listing(steps, 1))["caseNumber"]
    for told in ("court", "credit"):
        ((_, clause),) = [each for each in await alerts(steps, told, owed) if each[0] == "OVERDUE"]
        assert "第十条" in clause
    assert ("OVERDUE", "法院报文") in await alerts(steps, "credit", soon)
    before = len((await steps.read("court", ALERTS))["alerts"]["nodes"])
    await work(court, runtime)
    assert len((await steps.read("court", ALERTS))["alerts"]["nodes"]) == before

    assert (await listing(steps, 3))["status"] == "DELETED_SHIELDED"
    court.world.clock.advance(days=400)
    await work(court, runtime)
    assert (await listing(steps, 4))["status"] == "ARCHIVED"
    assert (await listing(steps, 1))["status"] == "DELETE_DUE"
    await tell(court, 4, "已公布", unit="civil")
    assert (await listing(steps, 4))["status"] == "ARCHIVED"
    waiting = "{ quarantine { nodes { reasons { code } } } }"
    (held,) = (await steps.read("court", waiting))["quarantine"]["nodes"]
    assert held["reasons"][0]["code"] == "LISTING_STEP_UNEXPECTED"
