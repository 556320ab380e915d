"""政务失信记录 and 诚信档案: who records what, how it is contested and corrected, what follows the court, who reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from hub.audit.catalogue import AuditAction
from hub.db.models import AuditEvent, IntegrityRecord
from hub.integrity.background import work_on_integrity
from hub.runtime import Runtime
from tests.support.client import ClientOf
from tests.support.court import DISHONEST, court_at, settle
from tests.support.dumping import unreadable
from tests.support.supervising import Supervising
from tests.support.world import COUNTY, World

FIELDS = """id version status category title facts amount occurredOn decideBy decision endedOn keepUntil
    organization { shortName } recorder { shortName } person { id nameMasked name post }
    evidence { name digest } revisions { number event facts reason } listing { id }
    availableEvents { event allowed }"""
RECORDS = f"{{ integrityRecords {{ totalCount nodes {{ {FIELDS} }} }} }}"
FILE = """query F($id: ID!) { integrityFile(organizationId: $id) { organizationName standing awardRestrictedYears
    categories { category standing } entries { recordId category status title } } }"""
PERSON = """query P($id: ID!, $why: String!) { personIntegrityFile(personId: $id, purpose: $why) {
    organizationName personNameMasked personPost standing entries { title } } }"""
DIGEST = "ab" * 32
PROOF = f'[{{name: "合同", digest: "{DIGEST}"}}]'
pytestmark = unreadable()


@pytest.fixture
async def steps(world: World, runtime: Runtime, client_of: ClientOf) -> Supervising:
    await settle(world)
    return Supervising(world, runtime, client_of)


async def work(steps: Supervising) -> int:
    async with steps.world.sessions.system("integrity") as session:
        return await work_on_integrity(session, steps.runtime.policy, steps.runtime.keyring, steps.world.clock())


async def records(steps: Supervising, unit: str) -> list[Any]:
    page = (await steps.read(unit, RECORDS))["integrityRecords"]
    assert page["totalCount"] == len(page["nodes"])
    return list(page["nodes"])


async def enter(steps: Supervising, unit: str = "credit", *, of: str = "police", **more: str) -> Any:
    fields = {
        "jurisdictionCode": f'"{COUNTY}"',
        "organizationId": f'"{steps.organization(of)}"',
        "category": "ARREARS",
        "title": '"拖欠工程款"',
        "facts": '"未按合同付款。"',
        "basis": '"审计报告"',
        "occurredOn": '"2026-06-01"',
        "amount": '"1200.5"',
        "evidence": PROOF,
        **more,
    }
    given = ", ".join(f"{name}: {value}" for name, value in fields.items())
    client = await steps.client(unit)
    return await client.change("recordGovernmentIntegrity", f"input: {{{given}}}", "governmentIntegrityRecord", FIELDS)


async def advance(steps: Supervising, unit: str, record: Any, event: str, payload: str) -> Any:
    given = f'id: "{record["id"]}", event: {{{event}: {payload}}}'
    client = await steps.client(unit)
    return await client.change("advanceIntegrityRecord", given, "governmentIntegrityRecord", FIELDS)


async def file_of(steps: Supervising, unit: str, of: str = "police") -> Any:
    return (await steps.read(unit, FILE, id=steps.organization(of)))["integrityFile"]


async def test_a_record_is_contested_corrected_rectified_and_kept_as_long_as_the_pack_says(
    steps: Supervising,
) -> None:
    await steps.practise(integrity__retention__days=30)
    made = await enter(steps)
    assert (made["status"], made["amount"], made["evidence"]) == (
        "RECORDED",
        "1200.50",
        [{"name": "合同", "digest": DIGEST}],
    )
    for unit in ("police", "office", "government", "credit"):
        assert [each["title"] for each in await records(steps, unit)] == ["拖欠工程款"], unit
    (below,) = await records(steps, "city.police")
    assert (below["title"], below["facts"], below["amount"]) == ("拖欠工程款", None, None)
    (own,) = await records(steps, "police")
    assert [each["event"] for each in own["availableEvents"] if each["allowed"]] == ["contest"]
    contested = await advance(steps, "police", made, "contest", '{reason: "已付清一半"}')
    assert (contested["status"], contested["decideBy"]) == ("CONTESTED", "2026-06-25")
    steps.world.clock.move_to(2026, 6, 27)
    assert await work(steps) == 1
    alerts = (await steps.read("credit", "{ alerts { nodes { kind title } } }"))["alerts"]["nodes"]
    assert [each["kind"] for each in alerts] == ["OBJECTION_OVERDUE"]
    corrected = await advance(
        steps, "credit", made, "correct", '{reason: "核实属实", facts: "尚欠一半。", amount: "600"}'
    )
    assert (corrected["status"], corrected["facts"], corrected["amount"], corrected["decideBy"]) == (
        "RECORDED",
        "尚欠一半。",
        "600.00",
        None,
    )
    assert [(each["number"], each["event"], each["facts"]) for each in corrected["revisions"]] == [
        (1, "recorded", "未按合同付款。"),
        (2, "contest", "未按合同付款。"),
        (3, "correct", "尚欠一半。"),
    ]
    early = f'{{rectifiedOn: "2026-07-09", reason: "付清", evidence: {PROOF}}}'
    assert (await advance(steps, "credit", made, "rectify", early))["code"] == "DATE_AHEAD"
    done = await advance(steps, "credit", made, "rectify", early.replace("07-09", "06-26"))
    assert (done["status"], done["endedOn"], done["keepUntil"]) == ("RECTIFIED", "2026-06-26", "2026-07-26")
    assert (await file_of(steps, "office"))["standing"] == 0
    steps.world.clock.move_to(2026, 7, 26)
    assert await work(steps) == 0
    steps.world.clock.move_to(2026, 7, 27)
    assert await work(steps) == 1
    for unit in ("police", "credit", "office"):
        assert (await records(steps, unit), (await file_of(steps, unit))["entries"]) == ([], [])
    async with steps.world.sessions.system("test") as session:
        kept = (
            await session.execute(
                text("select facts, title from integrity_revision union all select facts, title from integrity_record")
            )
        ).all()
        assert set(kept) == {("", "")}
        trail = select(AuditEvent.event).where(AuditEvent.target_kind == "GovernmentIntegrityRecord")
        assert len((await session.scalars(trail)).all()) == 5


async def test_a_listing_is_a_record_its_deletion_ends_it_and_its_revocation_withdraws_it(
    steps: Supervising, runtime: Runtime, tmp_path: Path
) -> None:
    court = court_at(steps.world, runtime, tmp_path)

    async def tell(case: int, status: str, **cells: str) -> int:
        steps.world.clock.advance(days=1)
        named = f"{case}-{status}-{steps.world.clock():%m%d%H%M%S}"
        court.send((DISHONEST, court.row(DISHONEST, case, "police", 报文号=named, 状态=status, **cells)))
        await court.hear()
        return await work(steps)

    assert await tell(1, "宽限期内") == 0
    assert await tell(1, "已公布") == 1
    assert await tell(2, "已公布") == 1
    assert await tell(3, "已公布", 密级="涉商业秘密") == 0
    told = {each["title"]: each for each in await records(steps, "office")}
    assert {each["category"] for each in told.values()} == {"DISHONEST_DEBTOR"}
    assert len(told) == 2
    for unit in ("office", "credit"):
        kinds = (await steps.read(unit, "{ alerts { nodes { kind } } }"))["alerts"]["nodes"]
        assert [each["kind"] for each in kinds] == ["BODY_LISTED"] * 2, unit
    first, second = (next(each for name, each in told.items() if f"执{number}号" in name) for number in (1, 2))
    for unit, event in (("police", "contest"), ("court", "withdraw"), ("credit", "withdraw")):
        refused = await advance(steps, unit, first, event, '{reason: "不服"}')
        assert refused["code"] in {"RECORD_FOLLOWS_COURT", "NOT_FOUND"}, unit
    forged = await enter(steps, category="DISHONEST_DEBTOR")
    assert forged["code"] == "RECORD_FOLLOWS_COURT"
    forge = text("update integrity_record set facts = 'x'")
    for unit in ("police", "court"):
        with pytest.raises(ProgrammingError, match="row-level security"):
            async with steps.world.sessions.write(steps.world[f"county.{unit}"]) as session:
                await session.execute(forge)
    async with steps.world.sessions.write(steps.world["county.credit"]) as session:
        assert (await session.execute(forge)).rowcount == 0
    assert await tell(1, "已删除屏蔽", 删除日期=f"{steps.world.clock():%Y-%m-%d}", 删除事由="已履行或执行完毕") == 1
    assert await tell(2, "已撤销") == 1
    assert await records(steps, "office") == []
    stood = {each["id"]: each["status"] for each in await records(steps, "credit")}
    assert stood == {first["id"]: "RECTIFIED", second["id"]: "WITHDRAWN"}
    assert await work(steps) == 0
    assert await tell(1, "已公布", 启动方式="依职权", 决定日期="2026-07-02") == 1
    assert [each["id"] for each in await records(steps, "office")] == [first["id"]]


async def test_a_record_of_a_person_is_read_by_the_credit_office_and_the_body_alone_with_a_purpose(
    steps: Supervising,
) -> None:
    """Attack: overseers, superior, other counties, the body complained of and the portal; by list, node, file, SQL."""
    made = await enter(steps, person='{name: "张三丰", post: "局长"}')
    again = await enter(steps, person='{name: "张三丰", post: "局长"}', title='"再次拖欠"')
    person = made["person"]
    assert (person["id"], person["nameMasked"], person["name"]) == (again["person"]["id"], "张**", None)
    (mine, _) = await records(steps, "police")
    assert mine["person"]["name"] == "张三丰"
    asked = {"id": person["id"], "why": "核实责任"}
    for unit in ("credit", "police"):
        found = (await steps.read(unit, PERSON, **asked))["personIntegrityFile"]
        assert (found["personNameMasked"], found["standing"]) == ("张**", 2), unit
    async with steps.world.sessions.system("test") as session:
        read = select(AuditEvent.reason).where(AuditEvent.event == AuditAction.INTEGRITY_FILE_READ)
        assert (await session.scalars(read)).all() == ["核实责任"] * 2
        named = select(AuditEvent.subject).where(AuditEvent.event == AuditAction.INTEGRITY_NAME_READ)
        assert (await session.scalars(named)).all() == ["county.police"]
        row = (await session.scalars(select(IntegrityRecord.person_id).limit(1))).one()
        stored = (await session.execute(text("select name_sealed from integrity_person"))).scalar_one()
        assert "张三丰".encode() not in stored
    blank = await (await steps.client("credit")).ask(PERSON, {**asked, "why": " "})
    assert blank["errors"][0]["extensions"]["code"] == "TEXT_EMPTY"
    node = "query N($id: ID!) { node(id: $id) { id ... on GovernmentIntegrityRecord { title } } }"
    for unit in ("office", "government", "finance", "city.police", "neighbour.credit", "neighbour.police"):
        answer = await (await steps.client(unit)).ask(RECORDS)
        assert "拖欠" not in str(answer), unit
        assert "张" not in str(answer), unit
        assert (await steps.read(unit, PERSON, **asked))["personIntegrityFile"] is None, unit
        for key in (made["id"], person["id"]):
            assert (await steps.read(unit, node, id=key))["node"] is None, unit
        async with steps.world.sessions.read(steps.world[unit if "." in unit else f"county.{unit}"]) as session:
            for table in ("integrity_person", "integrity_record", "integrity_revision"):
                assert (await session.execute(text(f"select count(*) from {table}"))).scalar_one() == 0, (unit, table)
    assert row is not None
    assert (await file_of(steps, "office"))["standing"] == 0
    assert await file_of(steps, "neighbour.credit") is None
    assert await file_of(steps, "finance") is None
    for unit in ("portal", "admin"):
        answer = await (await steps.client(unit)).ask(RECORDS)
        assert "errors" in answer, unit
        assert "拖欠" not in str(answer), unit


async def test_a_court_that_names_a_person_learns_not_whether_others_recorded_it(steps: Supervising) -> None:
    """Attack: the same entry for a person the credit office has recorded, and for one nobody has. Each recorder has its
    own of a person; credit office and body find one file whichever they ask for."""
    named = {"category": "APPEARANCE_FAILURE", "amount": "null"}
    known = await enter(steps, person='{name: "张三丰", post: "局长"}')
    answers = [
        await enter(steps, "court", person=f'{{name: "{name}", post: "副局长"}}', **named)
        for name in ("张三丰", "张四丰")
    ]
    for each in answers:
        assert (each["person"]["nameMasked"], each["person"]["post"]) == ("张**", "副局长"), each
        assert each["recorder"]["shortName"] == "人民法院"
    theirs, other = (each["person"]["id"] for each in answers)
    assert len({known["person"]["id"], theirs, other}) == 3
    for unit, standing in (("credit", 2), ("police", 2), ("court", 1)):
        found = (await steps.read(unit, PERSON, id=theirs, why="核实责任"))["personIntegrityFile"]
        assert (found["standing"], len(found["entries"])) == (standing, standing), unit
    assert (await steps.read("credit", PERSON, id=known["person"]["id"], why="核实"))["personIntegrityFile"][
        "standing"
    ] == 2
    assert (await steps.read("court", PERSON, id=known["person"]["id"], why="核实"))["personIntegrityFile"] is None
    assert (await enter(steps, "court", person='{name: "张三丰", post: "局长"}', **named))["person"]["id"] == theirs


async def test_who_may_not_record_is_refused_with_every_reason_and_nothing_is_kept(steps: Supervising) -> None:
    court = await enter(steps, "court")
    assert court["code"] == "RECORDER_NOT_PERMITTED"
    appeared = await enter(steps, "court", category="APPEARANCE_FAILURE", amount="null")
    assert appeared["recorder"]["shortName"] == "人民法院"
    assert (await enter(steps, "neighbour.credit"))["code"] == "RECORDER_NOT_PERMITTED"
    elsewhere = await enter(steps, of="neighbour.police")
    assert elsewhere["code"] == "SAME_JURISDICTION_ONLY"
    wrong = await enter(steps, amount='"12.345"', evidence="[]", title='""')
    assert {reason["code"] for reason in wrong["reasons"]} == {"AMOUNT_INVALID", "EVIDENCE_MISSING", "TEXT_EMPTY"}
    ahead = await enter(steps, of="office", occurredOn='"2026-08-01"')
    assert {reason["code"] for reason in ahead["reasons"]} == {"SUBJECT_NOT_GOVERNMENT", "DATE_AHEAD"}
    contested = await advance(steps, "finance", appeared, "contest", '{reason: "x"}')
    assert contested["code"] == "NOT_FOUND"
    assert len(await records(steps, "credit")) == 1
