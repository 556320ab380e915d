"""Reports by the calendar of each notice: numbers frozen at a cut-off, zero reports, corrected editions."""

from __future__ import annotations

import base64
import hashlib
import io
from datetime import date
from typing import Any

import pytest
from docx import Document
from python_calamine import CalamineWorkbook
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from hub.canonical.supervision_codes import PeriodicReportKind
from hub.db.models import DishonestyRecord
from hub.policy.periods import PeriodSpan
from hub.policy.rules import Period, PeriodEnd
from hub.runtime import Runtime
from hub.supervision.periodic.contents import Extent, contents
from tests.support.client import ClientOf
from tests.support.court import DISHONEST, PENDING, TERMINATED, court_at, settle
from tests.support.supervising import Supervising
from tests.support.world import COUNTY, PATHS, World

FIELDS = """id kind status period edition dueOn cutoffAt correctionReason recipients { shortName }
    figures { name reached } entries { row unit caseNumber category caseFacts executionBasis dishonestConduct }
    documents { fileName digest content }"""
SIGN = '{signedBy: "张主任", post: "主任"}'


@pytest.fixture
async def steps(world: World, runtime: Runtime, client_of: ClientOf) -> Supervising:
    await settle(world)
    return Supervising(world, runtime, client_of)


async def reports(steps: Supervising, unit: str) -> list[Any]:
    nodes = (await steps.read(unit, f"{{ periodicReports {{ nodes {{ {FIELDS} }} }} }}"))["periodicReports"]["nodes"]
    return list(nodes)


async def change(steps: Supervising, unit: str, name: str, report: Any, given: str) -> Any:
    arguments = f'id: "{report["id"]}", input: {given}'
    if name == "correct":
        arguments = f'input: {{reportId: "{report["id"]}", reason: {given}}}'
    return await (await steps.client(unit)).change(f"{name}PeriodicReport", arguments, "periodicReport", FIELDS)


def figures(report: Any) -> dict[str, int]:
    return {each["name"]: each["reached"] for each in report["figures"]}


@pytest.mark.duty("S3-8")
async def test_the_monthly_circular_is_due_by_each_reading_of_its_rule_and_goes_to_units_and_government(
    steps: Supervising,
) -> None:
    due = {
        PeriodEnd.WORKING_DAY_BEFORE_LAST_CALENDAR_DAY: date(2026, 10, 30),
        PeriodEnd.WORKING_DAY_BEFORE_LAST_WORKING_DAY: date(2026, 11, 27),
        PeriodEnd.LAST_WORKING_DAY: date(2026, 12, 31),
    }
    told = ["MEMBER_UNITS", "GOVERNMENT_OFFICE"]
    for count, (reading, expected) in enumerate(due.items()):
        rule = {"period": "MONTH", "reading": reading.value}
        await steps.practise(circular__governance=rule, circular__governance__recipients=told)
        steps.world.clock.move_to(expected.year, expected.month, 20)
        await steps.work()
        assert len(await reports(steps, "credit")) == count
        steps.world.clock.move_to(expected.year, expected.month, expected.day - 3)
        await steps.work()
        await steps.work()
        draft, *_ = await reports(steps, "credit")
        found = (draft["period"], draft["dueOn"], draft["entries"])
        assert found == (f"{expected:%Y-%m}", expected.isoformat(), []), reading
    assert await reports(steps, "police") == []
    issued = await change(steps, "credit", "issue", draft, SIGN)
    assert set(figures(issued).values()) == {0}
    for unit in ("police", "government", "finance", "civil", "court"):
        assert [each["period"] for each in await reports(steps, unit)] == ["2026-12"]
    for unit in ("neighbour.police", "neighbour.credit"):
        assert await reports(steps, unit) == []
    forged = (
        "insert into official_document (id, tenant_id, jurisdiction_path, jurisdiction_id, target_id, version, "
        "file_name, media_type, content, digest) "
        "select uuidv7(), tenant_id, jurisdiction_path, jurisdiction_id, target_id, 9, "
        "file_name, media_type, content, digest from official_document limit 1"
    )
    for unit in ("police", "government"):
        with pytest.raises(ProgrammingError, match="row-level security"):
            async with steps.world.sessions.write(steps.world[f"county.{unit}"]) as session:
                await session.execute(text(forged))
    letter = next(each for each in issued["documents"] if each["fileName"].endswith(".docx"))
    said = "\n".join(each.text for each in Document(io.BytesIO(base64.b64decode(letter["content"]))).paragraphs)
    assert "零报告" in said


async def test_the_quarterly_push_carries_its_three_statements_and_is_corrected_by_a_second_edition(
    steps: Supervising, tmp_path
) -> None:
    await steps.practise(
        push__dishonesty__report={"period": "QUARTER", "n": 5, "unit": "NATURAL_DAY", "roll": "NEXT_WORKING_DAY"},
        push__narrative=["CASE_FACTS", "EXECUTION_BASIS", "DISHONEST_CONDUCT"],
    )
    court = court_at(steps.world, steps.runtime, tmp_path)
    court.send((DISHONEST, court.row(DISHONEST, 1, "police", 状态="已公布", 作出执行依据单位="")))
    await court.hear()
    steps.world.clock.move_to(2026, 7, 1)
    await steps.work()
    (draft,) = await reports(steps, "court")
    assert (draft["period"], draft["dueOn"], len(draft["entries"])) == ("2026Q2", "2026-07-06", 1)
    assert await reports(steps, "credit") == []
    refused = await change(steps, "court", "issue", draft, SIGN)
    assert "REPORT_NARRATIVE_MISSING" in {reason["code"] for reason in refused["reasons"]}
    assert "基本案情" in refused["reasons"][0]["message"]
    unknown = await change(steps, "court", "complete", draft, '{entries: [{row: 7, caseFacts: "x"}]}')
    assert unknown["code"] == "REPORT_ENTRY_UNKNOWN"
    said = '{entries: [{row: 1, caseFacts: "欠付工程款", executionBasis: "民事判决书", dishonestConduct: "拒不履行"}]}'
    await change(steps, "court", "complete", draft, said)
    anew = await change(steps, "court", "recompile", draft, "{}")
    assert [(each["row"], each["caseFacts"]) for each in anew["entries"]] == [(1, "欠付工程款")]
    first = await change(steps, "court", "issue", draft, SIGN)
    (seen,) = await reports(steps, "credit")
    assert (seen["entries"][0]["caseFacts"], seen["figures"][0]["reached"]) == ("欠付工程款", 1)
    book = next(each for each in seen["documents"] if each["fileName"].endswith(".xlsx"))
    content = base64.b64decode(book["content"])
    assert hashlib.sha256(content).hexdigest() == book["digest"]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("明细").to_python()
    assert (sheet[0][1], sheet[1][1], sheet[1][5]) == ("单位", "温县公安局", "欠付工程款")
    court.send((DISHONEST, court.row(DISHONEST, 2, "finance", 状态="已公布")))
    await court.hear()
    (still,) = await reports(steps, "credit")
    assert still == seen
    for name, given in (("complete", said), ("recompile", "{}"), ("issue", SIGN)):
        assert (await change(steps, "court", name, first, given))["code"] == "REPORT_ISSUED_ALREADY"
    second = await change(steps, "court", "correct", first, '"漏报一件"')
    assert (second["edition"], second["status"], len(second["entries"])) == (2, "COMPILED", 2)
    assert (await change(steps, "court", "correct", first, '"x"'))["code"] == "REPORT_SUPERSEDED"
    assert (await change(steps, "credit", "correct", first, '"x"'))["code"] == "NOT_FOUND"
    assert [each["edition"] for each in await reports(steps, "credit")] == [1]


async def test_the_execution_department_reports_its_cases_by_class_every_month_to_the_office(
    steps: Supervising, tmp_path
) -> None:
    await steps.practise(
        push__case_lists=["DISHONEST", "PENDING", "TERMINATED_THIS_EXECUTION"],
        report__execution__monthly={"period": "MONTH", "n": 5, "unit": "NATURAL_DAY", "roll": "NEXT_WORKING_DAY"},
    )
    court = court_at(steps.world, steps.runtime, tmp_path)
    court.send(
        (PENDING, court.row(PENDING, 1, "police")),
        (PENDING, court.row(PENDING, 2, "finance")),
        (TERMINATED, court.row(TERMINATED, 3, "civil")),
        (DISHONEST, court.row(DISHONEST, 4, "police", 状态="已公布")),
        (PENDING, court.row(PENDING, 5, "police", 密级="涉个人隐私")),
        (DISHONEST, court.row(DISHONEST, 6, "police", 状态="已公布", 密级="涉商业秘密")),
    )
    await court.hear()
    async with steps.world.sessions.system("test") as session:
        listed, _ = (await session.scalars(select(DishonestyRecord.listed_on))).all()
        span = PeriodSpan(listed.year, listed.month, Period.MONTH)
        extent = Extent(steps.world.organizations["county.credit"], PATHS[COUNTY], span)
        pack = await steps.world.policy.pack(session, steps.world.jurisdictions[COUNTY], listed)
        kind, now = PeriodicReportKind.GOVERNANCE_CIRCULAR, steps.world.clock()
        told, entries = await contents(session, kind, extent, pack, now)
        assert ([each["value"] for each in told][:2], len(entries)) == ([1, 1], 1)
    steps.world.clock.move_to(2026, 7, 2)
    await steps.work()
    (draft,) = await reports(steps, "court")
    assert (draft["kind"], draft["period"], draft["dueOn"]) == ("EXECUTION_REPORT", "2026-06", "2026-07-06")
    assert sorted(figures(draft).values()) == [1, 1, 2]
    await change(steps, "court", "issue", draft, SIGN)
    (seen,) = await reports(steps, "office")
    assert {each["unit"] for each in seen["entries"]} == {"温县公安局", "温县财政局", "温县民政局"}
    assert await reports(steps, "police") == []
    steps.world.clock.move_to(2026, 8, 10)
    await steps.work()
    alerts = "{ alerts { nodes { kind title organization { shortName } } } }"
    nodes = (await steps.read("court", alerts))["alerts"]["nodes"]
    assert ("REPORT_OVERDUE", "2026年7月执行案件分类月报") in {(each["kind"], each["title"]) for each in nodes}
