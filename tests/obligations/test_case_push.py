"""Every quarter the court pushes its listed bodies with three statements; the typical among them are published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hub.runtime import Runtime
from tests.support.client import ClientOf
from tests.support.court import DISHONEST, Court, court_at, settle
from tests.support.supervising import Supervising
from tests.support.world import COUNTY, World

REPORTS = """{ periodicReports { nodes { id period edition
    entries { row unit caseFacts executionBasis dishonestConduct } } } }"""
SIGN = '{signedBy: "陈院长", post: "院长"}'
STATEMENTS = ("CASE_FACTS", "EXECUTION_BASIS", "DISHONEST_CONDUCT")


@pytest.fixture
async def steps(world: World, runtime: Runtime, client_of: ClientOf) -> Supervising:
    await settle(world)
    return Supervising(world, runtime, client_of)


@pytest.fixture
async def court(steps: Supervising, runtime: Runtime, tmp_path: Path) -> Court:
    quarterly = {"period": "QUARTER", "n": 5, "unit": "NATURAL_DAY", "roll": "NEXT_WORKING_DAY"}
    await steps.practise(push__dishonesty__report=quarterly, push__narrative=list(STATEMENTS))
    return court_at(steps.world, runtime, tmp_path)


async def pushed(steps: Supervising, unit: str) -> list[Any]:
    return list((await steps.read(unit, REPORTS))["periodicReports"]["nodes"])


async def change(steps: Supervising, name: str, report: Any, given: str) -> Any:
    arguments = f'id: "{report["id"]}", input: {given}'
    return await (await steps.client("court")).change(f"{name}PeriodicReport", arguments, "periodicReport", "id period")


async def publish(steps: Supervising, record: str) -> Any:
    """A typical case of the push: by the court, seen through by the credit office, approved by the government."""
    fields = (
        f'kind: TYPICAL_CASE, title: "典型案例", theme: "政务诚信", content: "某局欠付工程款。", recordId: "{record}"'
    )
    client, given = await steps.client("court"), f'input: {{jurisdictionCode: "{COUNTY}", {fields}}}'
    item = await client.change("proposePublicityItem", given, "publicityItem", "id")
    for unit, event in (
        ("credit", 'review: {note: "未见个人信息"}'),
        ("government", 'approve: {approvedBy: "王县长"}'),
        ("credit", "publish: {}"),
    ):
        given = f'id: "{item["id"]}", event: {{{event}}}'
        done = await (await steps.client(unit)).change("advancePublicityItem", given, "publicityItem", "status")
        assert "status" in done, done
    return done


@pytest.mark.duty("S1-3.1")
async def test_a_quarter_is_pushed_only_with_its_three_statements_and_a_typical_case_of_it_is_published(
    steps: Supervising, court: Court
) -> None:
    court.send((DISHONEST, court.row(DISHONEST, 1, "police", 状态="已公布")))
    court.send((DISHONEST, court.row(DISHONEST, 2, "finance", 状态="宽限期内")))
    await court.hear()
    steps.world.clock.move_to(2026, 7, 1)
    await steps.work()
    (draft,) = await pushed(steps, "court")
    assert (draft["period"], [each["unit"] for each in draft["entries"]]) == ("2026Q2", ["温县公安局"])
    blank = '{entries: [{row: 1, caseFacts: "", executionBasis: " ", dishonestConduct: "拒不履行"}]}'
    await change(steps, "complete", draft, blank)
    refused = await change(steps, "issue", draft, SIGN)
    named = [each["message"] for each in refused["reasons"] if each["code"] == "REPORT_NARRATIVE_MISSING"]
    assert [any(name in each for each in named) for name in ("基本案情", "执行依据", "失信情形")] == [True, True, False]
    assert await pushed(steps, "credit") == []
    whole = '{entries: [{row: 1, caseFacts: "欠付工程款", executionBasis: "民事判决书", dishonestConduct: "拒不履行"}]}'
    await change(steps, "complete", draft, whole)
    await change(steps, "issue", draft, SIGN)
    (seen,) = await pushed(steps, "credit")
    (entry,) = seen["entries"]
    assert (entry["caseFacts"], entry["executionBasis"]) == ("欠付工程款", "民事判决书")
    for outsider in ("police", "finance", "neighbour.credit"):
        assert await pushed(steps, outsider) == [], outsider
    nodes = (await steps.read("credit", "{ dishonestyRecords { nodes { id status } } }"))["dishonestyRecords"]["nodes"]
    (record,) = [each["id"] for each in nodes if each["status"] == "PUBLISHED"]
    assert (await publish(steps, record))["status"] == "PUBLISHED"
    (public,) = (await steps.read("portal", "{ publicityItems { nodes { kind content } } }"))["publicityItems"]["nodes"]
    assert public == {"kind": "TYPICAL_CASE", "content": "某局欠付工程款。"}
