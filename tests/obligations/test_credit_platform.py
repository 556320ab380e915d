"""The court's lists reach the credit platform in each of its three modes, and what it relays comes back once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from connectors.credit.wire import CONTENT, LIST, RECORD
from connectors.sandbox.court.rows import Case, listing_row
from connectors.sandbox.credit.batches import FarEnd, Fault
from connectors.sandbox.credit.database import DatabaseEnd
from connectors.sandbox.credit.files import FileEnd
from connectors.sandbox.credit.http import ServiceEnd
from connectors.sandbox.credit.links import write_link
from connectors.sandbox.credit.system import SandboxPlatform
from hub.db.target import DatabaseTarget
from hub.feeds.standing import tell_again
from hub.runtime import Runtime
from tests.conftest import WORKER
from tests.obligations.steps import Steps
from tests.support.court import DISHONEST, PENDING, TERMINATED, Court, court_at, settle

REGION = "410825"
MODES = ("file", "database", "service")
RECORDS = """{ dishonestyRecords { nodes { caseNumber status court { shortName } freshness { source } } } }"""
CONNECTORS = "{ connectors { nodes { source condition failureCode lastBatch } } }"
ISSUES = "{ dataQualityIssues(filter: {resolved: false}) { nodes { kind about } } }"
SENT = '{ exchangeMessages(filter: {operation: "feedRows"}) { nodes { step outcome requestDigest } } }'

Platforms = dict[str, SandboxPlatform]


@pytest.fixture
def platforms(tmp_path: Path, server_target: DatabaseTarget) -> Iterator[Platforms]:
    ends: dict[str, FarEnd] = {
        "file": FileEnd(tmp_path / "platform"),
        "database": DatabaseEnd(server_target.url(database="postgres"), f"credit_duty_{WORKER}"),
        "service": ServiceEnd(),
    }
    made = {mode: SandboxPlatform(REGION, end) for mode, end in ends.items()}
    for platform in made.values():
        write_link(tmp_path / "links", platform)
    yield made
    for end in ends.values():
        end.close()


@pytest.fixture
async def court(steps: Steps, runtime: Runtime, tmp_path: Path, platforms: Platforms) -> Court:
    await settle(steps.world)
    made = court_at(steps.world, runtime, tmp_path / "ferry")
    settings = made.runtime.settings.model_copy(update={"links": tmp_path / "links"})
    return replace(made, runtime=replace(made.runtime, settings=settings))


def told(platform: SandboxPlatform) -> list[tuple[str, str, str]]:
    """List, unit and state of every row the platform was handed, in the order it was."""
    rows = [row for _, rows in sorted(platform.end.fed().items()) for row in rows]
    return [(row[LIST], row["名称"], row["状态"]) for row in rows]


@pytest.mark.duty("S0-2.2.1")
@pytest.mark.duty("S2-27")
async def test_the_courts_lists_reach_the_platform_in_three_modes_and_each_row_is_answered(
    steps: Steps, court: Court, platforms: Platforms
) -> None:
    court.send(
        (DISHONEST, court.row(DISHONEST, 1, "police")),
        (PENDING, court.row(PENDING, 2, "finance")),
        (TERMINATED, court.row(TERMINATED, 3, "civil")),
        (DISHONEST, court.row(DISHONEST, 4, "finance", 状态="宽限期内", 发布日期="")),
        (PENDING, court.row(PENDING, 5, "police", 密级="涉商业秘密")),
        (DISHONEST, court.person(6)),
    )
    await court.hear()
    three = {
        ("失信被执行人案件", "温县公安局", "已公布"),
        ("未结案件", "温县财政局", "在列"),
        ("终本案件", "温县民政局", "在列"),
    }
    for platform in platforms.values():
        assert set(told(platform)) == three
        assert len(told(platform)) == len(three)
    await court.hear()
    assert [len(platform.end.fed()) for platform in platforms.values()] == [2, 2, 2]
    for mode, platform in platforms.items():
        refuse = "统一社会信用代码与登记不符" if mode == "service" else None
        assert platform.answer_rows(lambda row, why=refuse: why if row[LIST] == "未结案件" else None) == 3
    await court.hear()
    issues = (await steps.read("credit", ISSUES))["dataQualityIssues"]["nodes"]
    (refused,) = [
        row[RECORD] for rows in platforms["service"].end.fed().values() for row in rows if row[LIST] == "未结案件"
    ]
    assert issues == [{"kind": "FEED_REFUSED", "about": refused}]

    async with court.world.sessions.system("test") as session:
        assert await tell_again(session, f"credit:{REGION}/service") == 1
    await court.hear()
    assert platforms["service"].answer_rows() == 1
    await court.hear()
    assert (await steps.read("credit", ISSUES))["dataQualityIssues"]["nodes"] == []

    court.world.clock.advance(hours=1)
    gone = court.row(DISHONEST, 1, "police", 报文号="删除", 序号="2", 状态="已删除屏蔽", 删除日期="2026-06-15")
    court.send((DISHONEST, gone))
    await court.hear()
    await court.hear()
    for platform in platforms.values():
        assert told(platform)[-1] == ("失信被执行人案件", "温县公安局", "已删除屏蔽")
    assert [len(told(platform)) for platform in platforms.values()] == [4, 4, 5]
    await _withdrawn(court, platforms)
    log = (await steps.read("audit", SENT))["exchangeMessages"]["nodes"]
    assert [(each["step"], each["outcome"]) for each in log] == [("SENT", "DONE")] * 13
    assert (await steps.read("neighbour.credit", ISSUES))["dataQualityIssues"]["nodes"] == []


async def _withdrawn(court: Court, platforms: Platforms) -> None:
    """A case that became confidential has ended for the platform, and only its key is said again."""
    court.world.clock.advance(hours=1)
    court.send((PENDING, court.row(PENDING, 2, "finance", 报文号="转密", 序号="3", 密级="涉个人隐私")))
    await court.hear()
    await court.hear()
    for platform in platforms.values():
        *before, last = [row for _, rows in sorted(platform.end.fed().items()) for row in rows]
        assert last[RECORD] in {row[RECORD] for row in before if row.get("名称") == "温县财政局"}
        assert {name: value for name, value in last.items() if value and name not in {RECORD, CONTENT}} == {
            LIST: "未结案件",
            "状态": "已退出",
        }


@pytest.mark.duty("S2-27")
async def test_what_the_platform_relays_in_several_modes_is_one_record_and_its_court_has_the_last_word(
    steps: Steps, court: Court, platforms: Platforms
) -> None:
    court.send((DISHONEST, court.row(DISHONEST, 1, "police")))
    await court.hear()
    own, relayed = court.row(DISHONEST, 1, "police"), court.row(DISHONEST, 2, "finance")
    strange = listing_row(Case(3, "豫9999", REGION), court.unit("civil"), court.world.clock())
    rows = {DISHONEST: [{**own, "状态": "已撤销"}, relayed, strange]}
    for platform in platforms.values():
        assert platform.send(rows, at=court.world.clock(), faults=[Fault.DUPLICATE, Fault.REORDER]) == 1
    await court.hear()
    for platform in platforms.values():
        (receipt,) = platform.receipts()
        assert (receipt["accepted"], receipt["rows"], receipt["duplicateRows"]) == (True, 3, 3)
    rows = (await steps.read("credit", RECORDS))["dishonestyRecords"]["nodes"]
    assert sorted((row["caseNumber"][-3:], row["status"], row["court"]["shortName"]) for row in rows) == [
        ("执1号", "PUBLISHED", "人民法院"),
        ("执2号", "PUBLISHED", "人民法院"),
    ]
    connectors = (await steps.read("credit", CONNECTORS))["connectors"]["nodes"]
    assert {(each["source"], each["condition"], each["lastBatch"]) for each in connectors} == {
        (f"credit:{REGION}/{mode}", "WORKING", 1) for mode in MODES
    }

    court.world.clock.advance(hours=1)
    tombstone = {**relayed, "报文号": "墓碑", "序号": "2", "发生时间": court.world.clock().isoformat(), "删除标记": "1"}
    platforms["database"].send({DISHONEST: [tombstone]}, at=court.world.clock())
    for fault in (Fault.BAD_CHECKSUM, Fault.TRUNCATE, Fault.GBK, Fault.STALE_SIGNATURE, Fault.CLOCK_SKEW):
        for platform in platforms.values():
            platform.send({DISHONEST: [relayed]}, at=court.world.clock(), faults=[fault])
    await court.hear()
    for platform in platforms.values():
        refused = [receipt["reasons"][0]["code"] for receipt in platform.receipts() if not receipt["accepted"]]
        assert refused[0] == "BATCH_DIGEST"
        assert refused[3:] == ["BATCH_SIGNATURE_STALE", "MESSAGE_FROM_THE_FUTURE"]
    (row,) = [
        row
        for row in (await steps.read("credit", RECORDS))["dishonestyRecords"]["nodes"]
        if row["caseNumber"].endswith("执2号")
    ]
    assert (row["status"], row["freshness"]["source"]) == ("DELETED_SHIELDED", f"credit:{REGION}/database")

    court.world.clock.advance(hours=1)
    court.send((DISHONEST, court.row(DISHONEST, 2, "finance", 报文号="法院", 序号="3")))
    await court.hear()
    (row,) = [
        row
        for row in (await steps.read("court", RECORDS))["dishonestyRecords"]["nodes"]
        if row["caseNumber"].endswith("执2号")
    ]
    assert (row["status"], row["freshness"]["source"]) == ("PUBLISHED", "court:豫0825")
