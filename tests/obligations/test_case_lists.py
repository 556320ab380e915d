"""Courts push their lists; each unit reads its own rows, the credit office its jurisdiction."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path

import pytest
from sqlalchemy import delete

from connectors.sandbox.court.system import Fault
from hub.bureau import tell, tell_monthly
from hub.canonical.exchange_codes import BatchKind
from hub.core.errors import Refused
from hub.db import models
from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support.court import (
    CODE,
    DISHONEST,
    OTHER_CODE,
    PENDING,
    TERMINATED,
    Court,
    code_of,
    court_at,
    lay_down,
    settle,
    uscc,
)
from tests.support.world import COUNTY

RECORDS = """{ dishonestyRecords { totalCount nodes { status caseNumber duty court { shortName }
    subject { name uscc identityMasked organization { name } matchConfidence }
    freshness { asOf receivedAt stale source } } } }"""
ENTRIES = """{ caseListEntries { totalCount nodes { listKind status caseNumber claimAmount role
    case { cause procedure freshness { asOf stale source } }
    subject { name governmentSubject } freshness { stale source } } } }"""
QUARANTINE = """{ quarantine { totalCount nodes { id messageId state rowNumber reasons { code message }
    cells { column value } } } }"""
ISSUES = "{ dataQualityIssues(filter: {resolved: false}) { nodes { kind about } } }"
CONNECTORS = """{ connectors { nodes { source condition stale lastSuccessAt lastBatch waitingMessages
    card { owner zone liveRead lists } } } }"""


@pytest.fixture
async def court(steps: Steps, runtime: Runtime, tmp_path: Path) -> Court:
    await settle(steps.world)
    return court_at(steps.world, runtime, tmp_path)


async def names(steps: Steps, unit: str, query: str, field: str) -> list[str]:
    found = (await steps.read(unit, query))[field]
    assert found["totalCount"] == len(found["nodes"])
    return sorted(node["subject"]["name"] for node in found["nodes"])


@pytest.mark.duty("S0-2.2.1")
async def test_the_court_pushes_three_lists_and_each_unit_reads_its_own_rows_alone(steps: Steps, court: Court) -> None:
    court.send(
        (DISHONEST, court.row(DISHONEST, 1, "police")),
        (DISHONEST, court.row(DISHONEST, 2, "finance")),
        (PENDING, court.row(PENDING, 3, "police")),
        (TERMINATED, court.row(TERMINATED, 4, "police")),
        (TERMINATED, court.row(TERMINATED, 5, "civil")),
    )
    await court.hear()
    assert await names(steps, "police", RECORDS, "dishonestyRecords") == ["温县公安局"]
    assert await names(steps, "police", ENTRIES, "caseListEntries") == ["温县公安局"] * 2
    assert await names(steps, "civil", ENTRIES, "caseListEntries") == ["温县民政局"]
    assert await names(steps, "civil", RECORDS, "dishonestyRecords") == []
    for reader in ("credit", "court"):
        assert await names(steps, reader, RECORDS, "dishonestyRecords") == ["温县公安局", "温县财政局"]
        assert len(await names(steps, reader, ENTRIES, "caseListEntries")) == 3
    for stranger in ("neighbour.credit", "neighbour.court", "neighbour.police"):
        assert await names(steps, stranger, RECORDS, "dishonestyRecords") == []
        assert await names(steps, stranger, ENTRIES, "caseListEntries") == []
    amounts = {
        unit: (await steps.read(unit, ENTRIES))["caseListEntries"]["nodes"] for unit in ("police", "court", "credit")
    }
    assert all(entry["claimAmount"] for unit in ("police", "court") for entry in amounts[unit])
    assert {entry["claimAmount"] for entry in amounts["credit"]} == {None}
    (mine,) = (await steps.read("police", RECORDS))["dishonestyRecords"]["nodes"]
    assert mine["subject"]["matchConfidence"] == "EXACT_ID"
    assert mine["freshness"] == {
        "asOf": "2026-06-15T10:00:00.000+08:00",
        "receivedAt": "2026-06-15T10:00:00.000+08:00",
        "stale": False,
        "source": f"court:{CODE}",
    }
    court.world.clock.advance(days=3)
    (late,) = (await steps.read("police", RECORDS))["dishonestyRecords"]["nodes"]
    assert late["freshness"]["stale"] is True


@pytest.mark.duty("S0-2.2.1")
async def test_a_list_the_notice_does_not_provide_for_is_not_shared(steps: Steps, runtime: Runtime, tmp_path) -> None:
    """Without a pack the product's default holds: dishonest judgment debtors only."""
    await settle(steps.world)
    async with steps.world.sessions.system("test") as session:
        await session.execute(delete(models.PolicyPackRow))
    court = court_at(steps.world, runtime, tmp_path)
    court.send((PENDING, court.row(PENDING, 1, "police")), (DISHONEST, court.row(DISHONEST, 2, "police")))
    await court.hear()
    assert await names(steps, "police", ENTRIES, "caseListEntries") == []
    assert await names(steps, "police", RECORDS, "dishonestyRecords") == ["温县公安局"]
    (held,) = (await steps.read("court", QUARANTINE))["quarantine"]["nodes"]
    assert held["reasons"][0]["code"] == "LIST_NOT_SHARED"


@pytest.mark.duty("S1-2.1")
async def test_a_public_body_learns_promptly_of_its_listing_its_grace_and_its_exit(steps: Steps, court: Court) -> None:
    """Before publication and after deletion only the court, the unit and the credit office see it."""
    outsiders, insiders = ("office", "government", "finance"), ("court", "police", "credit")
    states = ["宽限期内", "已公布", "已删除屏蔽"]
    for sequence, (state, seen_outside) in enumerate(zip(states, (False, True, False), strict=True), 1):
        court.world.clock.advance(hours=1)
        row = court.row(
            DISHONEST, 1, "police", 报文号=f"事件-{sequence}", 序号=str(sequence), 状态=state, 删除日期="2026-06-15"
        )
        court.send((DISHONEST, row))
        await court.hear()
        for reader in insiders:
            assert await names(steps, reader, RECORDS, "dishonestyRecords") == ["温县公安局"], (state, reader)
        for reader in outsiders:
            expected = ["温县公安局"] if seen_outside and reader != "finance" else []
            assert await names(steps, reader, RECORDS, "dishonestyRecords") == expected, (state, reader)


async def test_natural_persons_reach_the_credit_office_masked_and_nobody_else(steps: Steps, court: Court) -> None:
    """Whole names and numbers stay with the court that told them."""
    row = court.person(7)
    court.send((DISHONEST, row))
    await court.hear()
    (seen,) = (await steps.read("credit", RECORDS))["dishonestyRecords"]["nodes"]
    number = row["公民身份号码"]
    assert seen["subject"]["name"] == row["名称"][0] + "**"
    assert seen["subject"]["identityMasked"] == f"{number[:3]}***********{number[-4:]}"
    secret = "{ dishonestyRecords { nodes { subject { fullName identityNumber } } } }"
    (masked,) = (await steps.read("credit", secret))["dishonestyRecords"]["nodes"]
    assert masked["subject"] == {"fullName": None, "identityNumber": None}
    (own,) = (await steps.read("court", secret))["dishonestyRecords"]["nodes"]
    assert own["subject"] == {"fullName": row["名称"], "identityNumber": number}
    for reader in ("police", "office", "government", "neighbour.credit"):
        assert await names(steps, reader, RECORDS, "dishonestyRecords") == []


@pytest.mark.duty("S4-3.3")
async def test_a_court_and_the_departments_share_data_through_files_receipts_and_a_zero_report(
    steps: Steps, court: Court
) -> None:
    court.send((PENDING, court.row(PENDING, 1, "police")), encoding="GB18030")
    court.system.zero_report(at=court.world.clock())
    await court.hear()
    first, zero = court.system.receipts()
    assert (first["accepted"], first["rows"], zero["accepted"], zero["rows"]) == (True, 1, True, 0)
    batches = "{ inboundBatches { nodes { number kind receiptNumber acceptedRows } } }"
    told = {each["number"]: each for each in (await steps.read("court", batches))["inboundBatches"]["nodes"]}
    assert told[1]["receiptNumber"] == first["receipt"]
    assert told[2]["kind"] == "ZERO"
    (connector,) = (await steps.read("admin", CONNECTORS))["connectors"]["nodes"]
    assert (connector["condition"], connector["lastBatch"], connector["stale"]) == ("WORKING", 2, False)
    assert connector["card"]["zone"] == "FERRY"
    assert (await steps.read("neighbour.admin", CONNECTORS))["connectors"]["nodes"] == []
    log = '{ exchangeMessages(filter: {operation: "receiveBatch"}) { nodes { requestDigest legalBasis } } }'
    entries = (await steps.read("audit", log))["exchangeMessages"]["nodes"]
    assert {entry["requestDigest"] for entry in entries} == {first["manifestSha256"], zero["manifestSha256"]}
    assert {entry["legalBasis"] for entry in entries} == {"二(一)"}


@pytest.mark.duty("S4-3.3")
async def test_a_body_without_a_code_waits_until_a_person_says_who_it_is(steps: Steps, court: Court) -> None:
    court.send((PENDING, court.row(PENDING, 1, "police", 名称="县局治安大队", 统一社会信用代码="")))
    await court.hear()
    assert await names(steps, "police", ENTRIES, "caseListEntries") == []
    (waiting,) = (await steps.read("court", QUARANTINE))["quarantine"]["nodes"]
    assert (waiting["state"], waiting["reasons"][0]["code"]) == ("NEEDS_INFORMATION", "SUBJECT_UNMATCHED")
    queue = "{ subjectMatches(filter: {status: OPEN}) { nodes { id name } } }"
    (match,) = (await steps.read("credit", queue))["subjectMatches"]["nodes"]
    given = f'input: {{subjectMatchId: "{match["id"]}", organizationId: "{steps.organization("police")}"}}'
    credit, stranger = await steps.client("credit"), await steps.client("neighbour.credit")
    assert (await stranger.change("matchSubject", given, "subjectMatch", "status"))["code"] == "NOT_FOUND"
    assert (await credit.change("matchSubject", given, "subjectMatch", "status"))["status"] == "MATCHED"
    await court.hear()
    assert await names(steps, "police", ENTRIES, "caseListEntries") == ["县局治安大队"]
    assert (await steps.read("court", QUARANTINE))["quarantine"]["totalCount"] == 0


@pytest.mark.duty("S0-2.2.1")
@pytest.mark.duty("S4-3.3")
@pytest.mark.scenario(17)
async def test_a_chaotic_ferry_loses_nothing_and_applies_nothing_twice(steps: Steps, court: Court) -> None:
    """Acceptance scenario 17: duplicates, disorder, truncation, GBK, skew, replay, a gap, a shrunk snapshot."""
    five = [(PENDING, court.row(PENDING, number, "police")) for number in range(1, 6)]
    court.send(*five, faults=[Fault.DUPLICATE, Fault.REORDER])
    court.send(*five, faults=[Fault.SILENCE])
    court.send((PENDING, court.row(PENDING, 6, "finance")), faults=[Fault.TRUNCATE])
    court.send((PENDING, court.row(PENDING, 7, "civil")), faults=[Fault.GBK_UNTOLD])
    court.send(*five)
    await court.hear()
    receipts = {each["batch"]: each for each in court.system.receipts()}
    assert [receipts[n]["accepted"] for n in (1, 3, 4, 5)] == [True, False, False, True]
    assert (receipts[1]["rows"], receipts[1]["duplicateRows"]) == (5, 5)
    assert (receipts[5]["rows"], receipts[5]["duplicateRows"]) == (0, 5)
    assert receipts[3]["reasons"][0]["code"] == "BATCH_FILE_SIZE"
    assert receipts[4]["reasons"][0]["code"] == "FILE_ENCODING"
    assert receipts[5]["missingBatches"] == [2, 3, 4]
    issues = {
        (each["kind"], each["about"]) for each in (await steps.read("court", ISSUES))["dataQualityIssues"]["nodes"]
    }
    assert {("BATCH_GAP", "2"), ("BATCH_REFUSED", "3"), ("BATCH_REFUSED", "4")} <= issues
    assert len(await names(steps, "police", ENTRIES, "caseListEntries")) == 5
    assert await names(steps, "finance", ENTRIES, "caseListEntries") == []
    court.world.clock.advance(hours=1)
    snapshot = [(PENDING, court.row(PENDING, number, "police", 报文号="", 发生时间="")) for number in range(1, 6)]
    court.send(*snapshot, kind=BatchKind.SNAPSHOT, faults=[Fault.SHRUNK_SNAPSHOT], number=6)
    await court.hear()
    compared = "{ reconciliations { nodes { outcome mirrorRows snapshotRows missingRows endedRows } } }"
    (held,) = (await steps.read("court", compared))["reconciliations"]["nodes"]
    assert held == {"outcome": "HELD", "mirrorRows": 5, "snapshotRows": 2, "missingRows": 3, "endedRows": 0}
    assert {each["kind"] for each in (await steps.read("admin", ISSUES))["dataQualityIssues"]["nodes"]} >= {
        "SNAPSHOT_SHRUNK"
    }
    still = (await steps.read("police", ENTRIES))["caseListEntries"]["nodes"]
    assert [entry["status"] for entry in still] == ["ACTIVE"] * 5


@pytest.mark.duty("S1-2.1")
async def test_two_courts_of_neighbouring_counties_never_learn_of_each_others_rows(
    steps: Steps, court: Court, runtime: Runtime, tmp_path: Path
) -> None:
    other = court_at(steps.world, runtime, tmp_path, OTHER_CODE)
    court.send((PENDING, court.row(PENDING, 1, "police")))
    row = other.row(PENDING, 1, "police", 统一社会信用代码=code_of("neighbour.police"), 名称="沁阳市公安局")
    other.send((PENDING, row))
    await court.hear()
    assert await names(steps, "court", ENTRIES, "caseListEntries") == ["温县公安局"]
    assert await names(steps, "neighbour.court", ENTRIES, "caseListEntries") == ["沁阳市公安局"]
    assert await names(steps, "neighbour.police", ENTRIES, "caseListEntries") == ["沁阳市公安局"]
    assert {each["source"] for each in (await steps.read("court", CONNECTORS))["connectors"]["nodes"]} == {
        f"court:{CODE}"
    }


async def test_a_superior_court_sees_what_the_courts_below_it_told_and_nobody_above_them_does_by_that(
    steps: Steps, court: Court, runtime: Runtime, tmp_path: Path
) -> None:
    """审级监督: before publication as well; another county's court is under no court of this world."""
    other = court_at(steps.world, runtime, tmp_path, OTHER_CODE)
    court.send(
        (DISHONEST, court.row(DISHONEST, 1, "police", 状态="宽限期内")),
        (PENDING, court.row(PENDING, 2, "finance")),
        (DISHONEST, court.person(3)),
    )
    other.send(
        (PENDING, other.row(PENDING, 1, "police", 名称="沁阳市公安局", 统一社会信用代码=code_of("neighbour.police")))
    )
    await court.hear()
    person = court.person(3)["名称"]
    assert await names(steps, "city.court", RECORDS, "dishonestyRecords") == sorted(["温县公安局", person[0] + "**"])
    assert await names(steps, "city.court", ENTRIES, "caseListEntries") == ["温县财政局"]
    secret = "{ dishonestyRecords { nodes { subject { identityNumber } } } }"
    assert {
        node["subject"]["identityNumber"]
        for node in (await steps.read("city.court", secret))["dishonestyRecords"]["nodes"]
    } == {None}
    mine = "{ caseListEntries(filter: {mine: true}) { totalCount nodes { subject { name } } } }"
    assert await names(steps, "city.court", mine, "caseListEntries") == []
    for above in ("city.justice", "neighbour.court"):
        assert await names(steps, above, RECORDS, "dishonestyRecords") == [], above
    assert (await steps.read("city.court", QUARANTINE.replace("cells { column value }", "")))["quarantine"][
        "totalCount"
    ] == 0


async def test_a_push_without_the_statements_the_notice_asks_for_waits_until_they_are_added(
    steps: Steps, court: Court
) -> None:
    """汉川 三（一）: 基本案情, 执行依据, 失信情形. Where the notice asks for none, none is asked for."""
    async with steps.world.sessions.system("test") as session:
        narrative = {
            "push.case_lists": ["DISHONEST"],
            "push.narrative": ["CASE_FACTS", "EXECUTION_BASIS", "DISHONEST_CONDUCT"],
        }
        await session.execute(delete(models.PolicyPackRow))
        await lay_down(session, steps.world, COUNTY, narrative, "2026.2")
    court.send(
        (DISHONEST, court.row(DISHONEST, 1, "police", 基本案情="", 执行依据文号="", 失信行为情况="")),
        (DISHONEST, court.row(DISHONEST, 2, "finance")),
        (DISHONEST, court.person(3, 基本案情="")),
        (DISHONEST, court.row(DISHONEST, 4, "civil", 基本案情="", 密级="涉个人隐私")),
    )
    await court.hear()
    assert await names(steps, "police", RECORDS, "dishonestyRecords") == []
    assert len(await names(steps, "credit", RECORDS, "dishonestyRecords")) == 3
    told = "{ dishonestyRecords(filter: {governmentSubject: true}) { nodes { caseFacts conduct } } }"
    facts = (await steps.read("finance", told))["dishonestyRecords"]["nodes"]
    assert all(each["caseFacts"] and each["conduct"] for each in facts)
    assert len(facts) == 1
    (held,) = (await steps.read("court", QUARANTINE))["quarantine"]["nodes"]
    assert held["state"] == "NEEDS_INFORMATION"
    assert [reason["code"] for reason in held["reasons"]] == ["NARRATIVE_MISSING"] * 3
    assert all(each in str(held["reasons"]) for each in ("基本案情", "执行依据文号", "失信行为情况"))
    cells = ", ".join(
        f'{{column: "{column}", value: "补充"}}' for column in ("基本案情", "执行依据文号", "失信行为情况")
    )
    given = f'input: {{messageId: "{held["id"]}", reason: "补报", cells: [{cells}]}}'
    mended = await (await steps.client("court")).change("mendInboxMessage", given, "inboxMessage", "state")
    assert mended == {"state": "RECEIVED"}
    await court.hear()
    assert await names(steps, "police", RECORDS, "dishonestyRecords") == ["温县公安局"]


@pytest.mark.duty("S2-18")
async def test_enterprises_long_unexecuted_are_told_to_the_credit_bureau_by_file_and_it_is_on_record(
    steps: Steps, court: Court, runtime: Runtime, tmp_path: Path
) -> None:
    """Of enterprises in default alone: no public body, no person, none that is recent, shielded or confidential."""
    with pytest.raises(Refused, match="BUREAU_NOT_PROVIDED"):
        await tell(runtime, f"court:{CODE}", tmp_path)
    async with steps.world.sessions.system("test") as session:
        await session.execute(delete(models.PolicyPackRow))
        await lay_down(session, steps.world, COUNTY, {"bureau.unexecuted.days": 100})
    firm = {"名称": "=温县某商贸有限公司", "统一社会信用代码": uscc("91410825MA0000001")}
    long_ago = {"发布日期": "2026-01-20"}
    court.send(
        (DISHONEST, court.row(DISHONEST, 1, "police", **firm, **long_ago)),
        (DISHONEST, court.row(DISHONEST, 2, "police", **firm, 发布日期="2026-06-01")),
        (DISHONEST, court.row(DISHONEST, 3, "police", **firm, **long_ago, 状态="已删除屏蔽", 删除日期="2026-06-01")),
        (DISHONEST, court.row(DISHONEST, 4, "police", **firm, **long_ago, 密级="涉商业秘密")),
        (DISHONEST, court.row(DISHONEST, 5, "police", **long_ago)),
        (DISHONEST, court.person(6, **long_ago)),
    )
    await court.hear()
    (tmp_path / "bureau").mkdir()
    told = await tell(runtime, f"court:{CODE}", tmp_path / "bureau")
    assert (told.rows, told.again) == (1, False)
    content = (tmp_path / "bureau" / "out" / told.name).read_bytes()
    manifest = json.loads((tmp_path / "bureau" / "out" / f"{told.name}.manifest.json").read_text())
    assert manifest["file"] | {"bytes": 0} == {
        "name": told.name,
        "rows": 1,
        "bytes": 0,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    (line,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert (line["案号"], line["统一社会信用代码"]) == (court.case(1).case_number, firm["统一社会信用代码"])
    assert line["企业名称"] == f"'{firm['名称']}"
    assert line["失信行为情况"]
    again = await tell(runtime, f"court:{CODE}", tmp_path / "bureau")
    assert (again.message_id, again.again) == (told.message_id, True)
    async with runtime.sessions.system("test") as session:
        assert await tell_monthly(session, runtime, tmp_path / "bureau") == 0
    fields = "messageKey step requestDigest legalBasis"
    log = f'{{ exchangeMessages(filter: {{operation: "reportLongUnexecuted"}}) {{ nodes {{ {fields} }} }} }}'
    assert (await steps.read("court", log))["exchangeMessages"]["nodes"] == [
        {
            "messageKey": str(told.message_id),
            "step": "SENT",
            "requestDigest": manifest["file"]["sha256"],
            "legalBasis": "二(一)",
        }
    ]
    assert (await steps.read("neighbour.court", log))["exchangeMessages"]["nodes"] == []
    steps.world.clock.advance(days=30)
    async with runtime.sessions.system("test") as session:
        assert await tell_monthly(session, runtime, tmp_path / "bureau") == 1
    assert len((await steps.read("court", log))["exchangeMessages"]["nodes"]) == 2
