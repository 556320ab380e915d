"""The life of a listing as its court tells it, and the checks by which departments meet it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from hub.access.coverage import row_scope
from hub.canonical.exchange_codes import CaseListKind
from hub.credit.checks.asking import Keys
from hub.credit.checks.matching import match
from hub.credit.watching import spread
from hub.db import models
from hub.runtime import Runtime
from hub.subjects.keys import citizen_key
from tests.obligations.steps import Steps
from tests.support.court import DISHONEST, Court, code_of, court_at, settle
from tests.support.world import CITY, START

LIFE = """{ dishonestyRecords { nodes { id status version deletionGround termUntil relistBarredUntil performance
    caseNumber caseNumbersOfSameBasis steps { event status late }
    clocks { kind anchorOn dueOn clause told metOn } } } }"""
CHECK = """mutation C($input: CheckAskedInput!) { checkSubject(input: $input) {
    ... on SubjectChecked { checkId asked clear matched { position reference mode since listings measureCodes
        disposition } }
    ... on Refusal { code reasons { code path } } } }"""
CHECKS = """mutation C($input: ChecksAskedInput!) { checkSubjects(input: $input) {
    ... on SubjectsChecked { checkId asked clear matched { position mode disposition } }
    ... on Refusal { code reasons { code path } } } }"""
KEPT = "{ subjectChecks { nodes { id asked matched manual } } }"
STOPPED = (
    "mutation R($input: InterceptionReportInput!) { reportInterception(input: $input) { ... on Refusal { code } } }"
)
CHECKED = "{ checkedSubjects { nodes { serviceCaseNumber reference changedAt } } }"
POLICE = code_of("county.police")


@pytest.fixture
async def court(steps: Steps, runtime: Runtime, tmp_path: Path) -> Court:
    await settle(steps.world)
    await steps.adopt(
        **{
            "push.case_lists": [kind.value for kind in CaseListKind],
            "check.day.names": 3,
            "check.day.subjects": 40,
            "check.hits.minimum": 10,
        }
    )
    return court_at(steps.world, runtime, tmp_path)


async def tell(court: Court, case: int, status: str, *, days: int = 1, unit: str = "police", **cells: str) -> None:
    """The court tells the next step of a case; ``days`` pass before."""
    court.world.clock.advance(days=days)
    named = f"{case}-{status}-{court.world.clock():%m%d%H%M%S}"
    court.send((DISHONEST, court.row(DISHONEST, case, unit, **{"报文号": named, "状态": status, **cells})))
    await court.hear()


async def records(steps: Steps, unit: str) -> list[Any]:
    found: list[Any] = (await steps.read(unit, LIFE))["dishonestyRecords"]["nodes"]
    return found


async def check(steps: Steps, unit: str, matter: str = "采购-1", **subject: str) -> Any:
    given = {"serviceCaseNumber": matter, "serviceItem": "政府采购", "subject": subject}
    return (await steps.read(unit, CHECK, input=given))["checkSubject"]


async def check_all(steps: Steps, unit: str, subjects: list[dict[str, str]]) -> Any:
    given = {"serviceCaseNumber": "批次-1", "serviceItem": "资质认定", "subjects": subjects}
    return (await steps.read(unit, CHECKS, input=given))["checkSubjects"]


async def events(steps: Steps, family: str) -> list[str]:
    async with steps.world.sessions.system("test") as session:
        rows = await session.scalars(select(models.OutboxEvent.type).order_by(models.OutboxEvent.id))
        return [each.partition(".")[2] for each in rows if each.startswith(family)]


@pytest.mark.scenario(2)
async def test_a_body_that_performs_in_its_grace_is_never_listed_and_nobody_else_ever_saw_it(
    steps: Steps, court: Court
) -> None:
    """Acceptance scenario 2: seen by its court, itself and the credit office alone; no check finds it."""
    for status in ("已送达执行通知", "已预告知", "已决定", "宽限期内", "宽限期内履行，未纳入"):
        await tell(court, 1, status, 决定日期="2026-06-10")
        if status in ("已预告知", "宽限期内"):
            for insider in ("court", "police", "credit"):
                assert [each["status"] for each in await records(steps, insider)], (status, insider)
        for outsider in ("office", "finance"):
            assert await records(steps, outsider) == [], (status, outsider)
        assert (await check(steps, "finance", uscc=POLICE))["matched"] == []
    (averted,) = await records(steps, "credit")
    assert [each["event"] for each in averted["steps"]] == ["serveNotice", "preNotify", "decide", "grantGrace", "avert"]
    (grace,) = averted["clocks"]
    assert (grace["kind"], grace["anchorOn"], grace["dueOn"], grace["told"]) == (
        "GRACE",
        "2026-06-10",
        "2026-07-10",
        False,
    )
    assert grace["metOn"] is not None
    assert await events(steps, "dishonesty.") == ["changed"] * 4 + ["averted"]
    assert await events(steps, "check.") == []
    for writer in ("credit", "office", "court"):
        for listing in (
            "update dishonesty_record set status = 'PUBLISHED'",
            "insert into standing_listing select id, tenant_id, '410800', 'a', 'a', listed_on from dishonesty_record",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"):
                async with steps.world.sessions.write(steps.world[f"county.{writer}"]) as session:
                    await session.execute(text(listing))


@pytest.mark.duty("S2-27")
async def test_a_listing_is_checked_blocked_objected_to_and_deleted_and_whoever_checked_is_told(
    steps: Steps, court: Court
) -> None:
    await tell(court, 1, "宽限期内", 宽限期至="2026-07-01")
    assert (await check(steps, "finance", uscc=POLICE, reference="甲-7"))["clear"] == 1
    await tell(court, 1, "已纳入")
    await tell(court, 1, "已公布")
    await tell(court, 2, "已公布", 执行依据文号="另案")
    await tell(court, 3, "已公布")
    (told,) = (await steps.read("finance", CHECKED))["checkedSubjects"]["nodes"]
    assert (told["serviceCaseNumber"], told["reference"]) == ("采购-1", "甲-7")
    assert told["changedAt"] is not None
    assert (await steps.read("civil", CHECKED))["checkedSubjects"]["nodes"] == []

    rule = f'input: {{disposition: BLOCK, clause: "采购法第二十二条", validFrom: "{court.world.clock():%Y-%m-%d}"}}'
    assert (await (await steps.client("finance")).change("setCheckDisposition", rule, "checkDisposition", "clause"))[
        "clause"
    ]
    checked = await check(steps, "finance", uscc=POLICE, reference="甲-7")
    (match,) = checked["matched"]
    assert (match["mode"], match["listings"], match["disposition"], match["reference"]) == (
        "EXACT_ID",
        3,
        "BLOCK",
        "甲-7",
    )
    assert match["measureCodes"] == []
    assert set(match) == {"position", "reference", "mode", "since", "listings", "measureCodes", "disposition"}
    await _measures(steps)
    assert (await check(steps, "civil", uscc=POLICE))["matched"][0]["disposition"] == "WARN"
    (named,) = (await check(steps, "finance", name="温县公安局"))["matched"]
    assert (named["mode"], named["disposition"]) == ("NAME_ONLY", "MANUAL")
    await stop(steps, checked["checkId"])

    same = {each["caseNumber"]: each["caseNumbersOfSameBasis"] for each in await records(steps, "credit")}
    assert sorted(len(each) for each in same.values()) == [1, 1, 1]
    for status in ("异议审查中", "已公布", "复议中", "已公布"):
        await tell(court, 1, status)
        assert (await check(steps, "civil", uscc=POLICE))["matched"][0]["listings"] == 3
    await tell(court, 1, "应当删除", 删除事由="已履行或执行完毕", 删除事由发生日期="2026-06-26")
    await tell(court, 1, "已删除屏蔽", 删除事由="已履行或执行完毕", 删除日期="2026-06-29")
    life = next(each for each in await records(steps, "credit") if each["status"] == "DELETED_SHIELDED")
    clocks = {each["kind"]: each for each in life["clocks"]}
    assert clocks["DELETION"]["dueOn"] == "2026-07-01"
    assert "第十条" in clocks["DELETION"]["clause"]
    assert clocks["GRACE"]["told"] is True
    assert "第十二条" in clocks["OBJECTION"]["clause"]
    assert await records(steps, "office") != []
    assert life["id"] not in {each["id"] for each in await records(steps, "office")}
    for case in (2, 3):
        await tell(court, case, "已撤销")
    assert (await check(steps, "finance", uscc=POLICE))["matched"] == []
    assert await events(steps, "dishonesty.") == [
        "changed",
        "listed",
        "changed",
        "listed",
        "listed",
        *["changed"] * 5,
        "deleted",
        "revoked",
        "revoked",
    ]


async def _measures(steps: Steps) -> None:
    """Whoever carries a measure out enters it as its own, on a listing that it sees."""
    async with steps.world.sessions.system("test") as session:
        record = await session.scalar(select(models.DishonestyRecord.id).limit(1))
    given = (
        "insert into standing_measure (record_id, organization_id, code, tenant_id, jurisdiction_path, mandatory, "
        "since) values (:record, :organization, 'M1', :tenant, '410800/410825/', true, '2026-06-01')"
    )
    tenant = steps.world.jurisdictions[CITY]
    for writer, carrier in (("finance", "finance"), ("credit", "police"), ("police", "finance")):
        values = {"record": record, "tenant": tenant, "organization": steps.world.organizations[f"county.{carrier}"]}
        with pytest.raises(ProgrammingError, match="row-level security"):
            async with steps.world.sessions.write(steps.world[f"county.{writer}"]) as session:
                await session.execute(text(given), values)
    values["organization"] = steps.world.organizations["county.police"]
    async with steps.world.sessions.write(steps.world["county.police"]) as session:
        await session.execute(text(given), values)
    async with steps.world.sessions.write(steps.world["county.credit"]) as session:
        assert (await session.execute(text("delete from standing_measure"))).rowcount == 0
    async with steps.world.sessions.write(steps.world["county.police"]) as session:
        assert (await session.execute(text("delete from standing_measure"))).rowcount == 1


async def stop(steps: Steps, check_id: str) -> None:
    """A department says what it did; milder than advised needs a reason, and each match is reported once."""
    finance, civil = await steps.client("finance"), await steps.client("civil")

    async def report(client: Any, **changes: str) -> Any:
        fields = {"checkId": f'"{check_id}"', "position": "0", "decision": "BLOCK", "system": '"政采云"', **changes}
        given = ", ".join(f"{name}: {value}" for name, value in fields.items())
        return await client.change("reportInterception", f"input: {{{given}}}", "interception", "decision advised")

    assert (await report(civil))["code"] == "NOT_FOUND"
    assert (await report(finance, position="4"))["code"] == "INTERCEPTION_NO_MATCH"
    assert (await report(finance, decision="PASS"))["code"] == "INTERCEPTION_REASON"
    assert await report(finance) == {"decision": "BLOCK", "advised": "BLOCK"}
    assert (await report(finance))["code"] == "INTERCEPTION_KNOWN"
    day = f"{steps.world.clock():%Y-%m-%d}"
    asked = f'{{ checkCoverage(from: "2026-01-01", to: "{day}") {{ organization embedded hits interceptions }} }}'
    seen = {each["organization"]: each for each in (await steps.read("credit", asked))["checkCoverage"]}
    assert (seen["温县财政局"]["embedded"], seen["温县财政局"]["interceptions"]) == (True, 1)
    assert seen["温县公安局"]["embedded"] is False
    assert [each["organization"] for each in (await steps.read("civil", asked))["checkCoverage"]] == ["温县民政局"]


async def test_what_a_court_tells_late_twice_or_against_the_law_moves_nothing_wrongly(
    steps: Steps, court: Court
) -> None:
    now = court.world.clock()
    late = {"报文号": "迟到", "发生时间": (now - timedelta(hours=5)).isoformat(), "状态": "已公布"}
    gone = {
        "报文号": "先到",
        "状态": "已删除屏蔽",
        "删除日期": "2026-06-15",
        "删除事由": "申请执行人书面申请并经法院同意",
    }
    court.send((DISHONEST, court.row(DISHONEST, 1, "police", **gone)))
    court.send((DISHONEST, court.row(DISHONEST, 1, "police", **late)))
    await court.hear()
    assert await events(steps, "dishonesty.") == ["deleted"]
    (life,) = await records(steps, "credit")
    assert [(each["event"], each["late"]) for each in life["steps"]] == [("late", True), ("delete", False)]
    assert life["relistBarredUntil"] == "2026-12-15"
    assert (await check(steps, "finance", uscc=POLICE))["matched"] == []

    await tell(court, 1, "已删除屏蔽", 删除日期="2026-06-15", 删除事由="申请执行人书面申请并经法院同意")
    await tell(court, 1, "已公布", 决定日期="2026-07-01")
    await tell(court, 1, "宽限期内")
    await tell(court, 2, "已撤销")
    await tell(court, 2, "已公布")
    await tell(court, 3, "已公布", 失信情形="3")
    await tell(court, 3, "已删除屏蔽", 删除事由="已履行或执行完毕")
    await tell(court, 4, "已公布", 案号="（2026）京0101执4号")
    waiting = "{ quarantine { nodes { state reasons { code } } } }"
    held = [each["reasons"][0]["code"] for each in (await steps.read("court", waiting))["quarantine"]["nodes"]]
    assert sorted(held) == [
        "CASE_OF_ANOTHER_COURT",
        "DELETION_GROUND_UNFIT",
        "LISTING_STEP_UNEXPECTED",
        "LISTING_STEP_UNEXPECTED",
        "RELISTING_BARRED",
    ]
    stood = {each["caseNumber"]: each for each in await records(steps, "credit")}
    assert sorted(each["status"] for each in stood.values()) == ["DELETED_SHIELDED", "PUBLISHED", "REVOKED"]
    (fixed,) = (each for each in stood.values() if each["status"] == "PUBLISHED")
    assert fixed["termUntil"] is not None
    await tell(court, 1, "已公布", 启动方式="依职权", 决定日期="2026-07-02")
    (again,) = (each for each in await records(steps, "credit") if each["id"] == life["id"])
    assert (again["status"], again["relistBarredUntil"]) == ("PUBLISHED", None)

    court.world.clock.advance(days=1)
    corrected = {"报文号": "更正", "版本": "2", "状态": "已公布", "履行情况": "部分履行"}
    court.send((DISHONEST, court.row(DISHONEST, 1, "police", **corrected)))
    await court.hear()
    (fresh,) = (each for each in await records(steps, "credit") if each["id"] == life["id"])
    assert (fresh["performance"], fresh["version"] > again["version"]) == ("部分履行", True)
    assert (await events(steps, "dishonesty."))[-1] == "corrected"


@pytest.mark.duty("S2-27")
async def test_a_check_is_no_export(steps: Steps, court: Court) -> None:
    court.send(*((DISHONEST, court.person(number)) for number in range(1, 13)))
    listed = [row["公民身份号码"] for row in (court.person(number) for number in range(1, 13))]
    await court.hear()
    wrong = await check_all(
        steps, "finance", [{"uscc": POLICE[:-1] + "0"}, {"name": "甲"}, {}, {"uscc": POLICE, "name": "乙丙"}]
    )
    assert [each["path"][:3] for each in wrong["reasons"]] == [["input", "subjects", str(at)] for at in range(4)]
    twice = await check_all(steps, "finance", [{"uscc": POLICE}, {"uscc": POLICE}])
    assert twice["code"] == "CHECK_SUBJECT_TWICE"
    assert (await check_all(steps, "finance", []))["code"] == "CHECK_TOO_MANY"
    assert (await steps.read("finance", "{ subjectChecks { totalCount } }"))["subjectChecks"]["totalCount"] == 0

    found = await check_all(steps, "finance", [{"citizenId": each} for each in listed[:9]])
    assert (found["asked"], len(found["matched"])) == (9, 9)
    stopped = await check_all(steps, "finance", [{"citizenId": each} for each in listed[9:]])
    assert (stopped["code"], "matched" in stopped) == ("CHECK_SUSPENDED", False)
    await check_all(steps, "finance", [{"citizenId": listed[9]}, {"citizenId": listed[10]}])
    assert (await check(steps, "finance", uscc=POLICE))["clear"] == 1
    for number in range(3):
        await check(steps, "civil", name=f"无名公司{number}")
    assert (await check(steps, "civil", name="无名公司四"))["code"] == "CHECK_BUDGET_NAMES"
    assert (await check(steps, "court", uscc=POLICE))["code"] == "SCOPE_REQUIRED"
    assert (await check(steps, "neighbour.finance", citizenId=listed[0]))["matched"] != []
    court.world.clock.advance(days=1)
    assert len((await check_all(steps, "finance", [{"citizenId": listed[0]}]))["matched"]) == 1
    async with court.world.sessions.system("test") as session:
        kept = [str(each.__dict__) for each in await session.scalars(select(models.SubjectCheck))]
        await spread(session)
        watched = set(await session.scalars(select(models.CheckedSubject.key)))
        alarms = list(
            await session.scalars(select(models.AuditEvent.event).where(models.AuditEvent.event == "check:alarm"))
        )
    assert not any(number in each for number in (*listed, POLICE) for each in kept)
    assert len(alarms) == 1
    refused = (await steps.read("finance", KEPT))["subjectChecks"]["nodes"]
    assert sorted((each["asked"], each["matched"], each["manual"]) for each in refused) == [
        (1, 0, 0),
        (1, 1, 0),
        (2, 0, 0),
        (3, 0, 0),
        (9, 9, 0),
    ]
    assert {citizen_key(steps.world.keyring, each) in watched for each in listed[9:]} == {False}
    for each in refused:
        if each["asked"] in {2, 3}:
            told = {"checkId": each["id"], "position": 0, "decision": "PASS", "system": "审批系统"}
            answer = (await steps.read("finance", STOPPED, input=told))["reportInterception"]
            assert answer["code"] == "INTERCEPTION_NO_MATCH"

    asker = steps.world["county.finance"]
    abroad = replace(asker, functions=tuple(replace(each, path="231100/") for each in asker.functions))
    keys = Keys((citizen_key(steps.world.keyring, listed[0]),), (False,))
    for who, matches in ((asker, 1), (abroad, 0)):
        found = await match(steps.world.sessions.scoped, row_scope(who), keys, today=START)
        assert len(found.exact) == matches
