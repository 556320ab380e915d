"""Acceptance scenario 18: a change of policy is looked at before it is adopted, and nothing is rewritten by looking."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import text

from hub.runtime import Runtime
from hub.worker import work_round
from tests.obligations.steps import Steps
from tests.support.court import DISHONEST, court_at, settle
from tests.support.world import COUNTY

ASKED = """query S($pack: String!) { simulatePolicy(pack: $pack) { oldVersion newVersion
    changes { key oldValue newValue clause }
    moves { kind key title oldDueOn newDueOn oldClause newClause period targetId } } }"""
HANCHUAN = Path(__file__).parents[2] / "hub" / "policy" / "packs" / "420984" / "2022.1.yaml"
LISTED = "{ dishonestyRecords { nodes { id clocks { kind dueOn } } } }"
NEW = "汉川市人民法院工作方案（修订） 三（一）"


def packs() -> tuple[dict[str, Any], str]:
    """The pack of 汉川 as shipped, for the county of the tests; and the same with monthly pushes and a shorter
    deletion."""
    shipped = yaml.safe_load(HANCHUAN.read_text(encoding="utf-8"))
    shipped |= {"jurisdiction_code": COUNTY, "effective_from": "2020-01-01"}
    monthly = {**shipped, "version": "2027.1", "effective_from": "2026-01-01"}
    monthly["parameters"] = {
        **shipped["parameters"],
        "push.dishonesty.cadence": {"value": "MONTH", "clause": NEW},
        "push.dishonesty.report": {
            "value": {"period": "MONTH", "n": 5, "unit": "NATURAL_DAY", "roll": "NEXT_WORKING_DAY"},
            "clause": NEW,
        },
        "dishonesty.delete": {"value": {"n": 1, "unit": "WORKING_DAY", "anchor": "DELETION_GROUND"}, "clause": NEW},
    }
    return shipped, yaml.safe_dump(monthly, allow_unicode=True)


async def digest_of_everything(steps: Steps) -> str:
    """Of what the simulation reads: packs, clocks, reports."""
    tables = ("policy_pack", "dishonesty_clock", "dishonesty_record", "periodic_report", "supervision_notice")
    async with steps.world.sessions.system("test") as session:
        rows = [str((await session.execute(text(f"select * from {table} order by 1"))).all()) for table in tables]
    return hashlib.sha256("".join(rows).encode()).hexdigest()


@pytest.mark.scenario(18)
async def test_a_quarterly_push_made_monthly_lists_what_would_move_and_writes_nothing(
    steps: Steps, runtime: Runtime, tmp_path: Path
) -> None:
    await settle(steps.world)
    shipped, monthly = packs()
    await steps.adopt(**{key: each["value"] for key, each in shipped["parameters"].items()})
    court = court_at(steps.world, runtime, tmp_path)
    told = {"状态": "应当删除", "删除事由": "已履行或执行完毕", "删除事由发生日期": f"{court.world.clock():%Y-%m-%d}"}
    for case, message in ((1, {"状态": "已公布"}), (1, told)):
        court.world.clock.advance(minutes=1)
        named = f"{case}-{court.world.clock():%H%M%S}"
        court.send((DISHONEST, court.row(DISHONEST, case, "police", **{"报文号": named, **message})))
        await court.hear()
    await work_round(runtime)
    before = await digest_of_everything(steps)

    found = (await steps.read("office", ASKED, pack=monthly))["simulatePolicy"]
    assert {each["key"] for each in found["changes"]} == {
        "push.dishonesty.cadence",
        "push.dishonesty.report",
        "dishonesty.delete",
    }
    duties = [each for each in found["moves"] if each["kind"] == "DUTY"]
    gone = {each["period"] for each in duties if each["newDueOn"] is None}
    added = {each["period"]: each for each in duties if each["oldDueOn"] is None}
    assert {period[4:5] for period in gone} == {"Q"}
    assert len(gone) in {4, 5}
    assert len(added) in {12, 13}
    assert {each["newClause"] for each in added.values()} == {NEW}
    assert all(each["newDueOn"] >= f"{court.world.clock():%Y-%m-%d}" for each in added.values())

    (record,) = (await steps.read("credit", LISTED))["dishonestyRecords"]["nodes"]
    (deletion,) = [each for each in found["moves"] if each["key"] == "dishonesty.delete"]
    assert (deletion["kind"], deletion["targetId"], deletion["newClause"]) == ("DEADLINE", record["id"], NEW)
    assert deletion["oldDueOn"] == record["clocks"][0]["dueOn"]
    assert deletion["newDueOn"] < deletion["oldDueOn"]
    abroad = (await steps.read("neighbour.office", ASKED, pack=monthly))["simulatePolicy"]["moves"]
    assert {each["kind"] for each in abroad} == {"DUTY"}

    for stranger in ("police", "credit", "court", "neighbour.police"):
        answer = await (await steps.client(stranger)).ask(ASKED, {"pack": monthly})
        assert answer["errors"][0]["extensions"]["code"] in {"FORBIDDEN", "SCOPE_REQUIRED"}, stranger
        assert not answer.get("data")
    for wrong in ("", "jurisdiction_code: [", monthly.replace(COUNTY, "999999"), monthly.replace("MONTH", "FORTNIGHT")):
        answer = await (await steps.client("office")).ask(ASKED, {"pack": wrong})
        assert answer["errors"], wrong[:40]
    assert await digest_of_everything(steps) == before
