"""Credit repair upon a ruling of reorganisation: publication stops, measures are lifted, what remains is alarmed."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from hub.canonical.exchange_codes import CaseListKind
from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.obligations.test_bankruptcy import move, submit
from tests.obligations.test_credit_repair import POLICE, advance, carry_out_measure, day, listing, repairs, tell, work
from tests.support.court import Court, court_at, settle

RULING = hashlib.sha256("重整计划批准裁定书".encode()).hexdigest()
STOPS = "{ publicationStops { totalCount nodes { id status dueOn receiptNo evaluation publisher { shortName } } } }"
MEASURES = "{ jointPunishmentMeasures { nodes { status } } }"
ALERTS = "{ alerts { nodes { kind title } } }"


@pytest.fixture
async def court(steps: Steps, runtime: Runtime, tmp_path: Path) -> Court:
    await settle(steps.world)
    await steps.adopt(
        **{
            "push.case_lists": [kind.value for kind in CaseListKind],
            "repair.channels": ["SUBJECT_APPLICATION"],
            "repair.reorganisation.tax": {"zh": "财政局", "en": "tax"},
        }
    )
    return court_at(steps.world, runtime, tmp_path)


async def apply(steps: Steps, unit: str, record: Any) -> Any:
    given = (
        f'recordId: "{record["id"]}", path: REORGANISATION_RULING, performance: SETTLED, commitment: "依法经营", '
        f'documentNo: "（2026）豫0825破1号之三", documentName: "裁定书", documentDigest: "{RULING}"'
    )
    client = await steps.client(unit)
    return await client.change("applyCreditRepair", f"input: {{{given}}}", "creditRepair", "id status version")


async def decide(steps: Steps, case: Any, outcome: str) -> Any:
    given = (
        f'outcome: {outcome}, outcomeOn: "2026-06-05", outcomeNo: "（2026）豫0825破1号之三", outcomeDigest: "{RULING}"'
    )
    return await move(steps, "court", case, "recordOutcome", f"{{{given}}}")


async def stops(steps: Steps, unit: str) -> dict[str, Any]:
    page = (await steps.read(unit, STOPS))["publicationStops"]
    assert page["totalCount"] == len(page["nodes"])
    return {each["publisher"]["shortName"]: each for each in page["nodes"]}


async def confirm(steps: Steps, unit: str, stop: Any, on: str, more: str = "") -> Any:
    given = f'id: "{stop["id"]}", input: {{receiptNo: "回执1号", stoppedOn: "{on}"{more}}}'
    client = await steps.client(unit)
    return await client.change("confirmPublicationStop", given, "publicationStop", "id status receiptNo evaluation")


async def kinds(steps: Steps, unit: str) -> list[str]:
    nodes = (await steps.read(unit, ALERTS))["alerts"]["nodes"]
    return [each["kind"] for each in nodes if "重整后仍在公布" in each["title"]]


@pytest.mark.duty("S2-13", "S4-2.1.4")
async def test_a_plan_that_is_approved_repairs_credit_and_publication_stops_at_tax_and_credit_platform(
    steps: Steps, court: Court, runtime: Runtime
) -> None:
    await tell(court, 1, "已公布")
    await carry_out_measure(steps, lifted=False)
    record = await listing(steps, 1)
    case = await submit(steps, kinds=("CREDIT_REPAIR", "TAX_RELIEF"), debtorUscc=f'"{POLICE}"')
    other = await submit(steps, kinds=("OTHER",), caseNumber='"（2026）豫0825破9号"')
    for matter, outcome in ((None, None), (case, "LIQUIDATION"), (other, "PLAN_APPROVED")):
        if matter is not None and outcome is not None:
            await decide(steps, matter, outcome)
        assert (await apply(steps, "police", record))["code"] == "RULING_UNKNOWN", outcome
    early = (await decide(steps, case, "PLAN_APPROVED"))["outcome"]
    assert early == "PLAN_APPROVED"
    assert (await apply(steps, "finance", record))["code"] in {"NOT_FOUND", "REPAIR_APPLICANT"}
    made = await apply(steps, "police", record)
    assert made["status"] == "INITIATED"
    assert (await advance(steps, "credit", made, "checkMaterials"))["status"] == "ACCEPTED"
    await advance(steps, "credit", made, "verifyWithRecogniser")
    assert (await advance(steps, "court", made, "confirm"))["status"] == "APPROVED"
    assert (await advance(steps, "credit", made, "shield"))["reasons"][0]["code"] == "LISTING_STILL_STANDS"
    assert await stops(steps, "finance") == {}

    await tell(court, 1, "已删除屏蔽", 删除日期=day(court), 删除事由="已履行或执行完毕")
    await work(court, runtime)
    assert (await advance(steps, "credit", made, "shield"))["status"] == "SHIELDED"
    (lifting,) = (await steps.read("police", MEASURES))["jointPunishmentMeasures"]["nodes"]
    assert lifting["status"] == "LIFTING"
    asked = await stops(steps, "credit")
    assert {name: each["status"] for name, each in asked.items()} == {"财政局": "ASKED", "发展和改革委员会": "ASKED"}
    assert set(await stops(steps, "finance")) == {"财政局"}
    for unit in ("civil", "neighbour.credit", "neighbour.court", "neighbour.finance"):
        assert await stops(steps, unit) == {}, unit

    await carry_out_measure(steps, lifted=True)
    await work(court, runtime)
    assert (await repairs(steps, "credit"))["REORGANISATION_RULING"]["status"] == "SHIELDED"
    court.world.clock.advance(days=10)
    await work(court, runtime)
    assert await kinds(steps, "finance") == ["RESIDUAL_PUNISHMENT"]
    assert await kinds(steps, "credit") == ["RESIDUAL_PUNISHMENT"] * 2
    assert await kinds(steps, "civil") == []

    tax, platform = asked["财政局"], asked["发展和改革委员会"]
    for unit in ("civil", "credit", "neighbour.finance"):
        assert (await confirm(steps, unit, tax, day(court)))["code"] == "NOT_FOUND", unit
    assert (await confirm(steps, "finance", tax, "2026-12-01"))["code"] == "DATE_AHEAD"
    done = await confirm(steps, "finance", tax, day(court), ', evaluation: "重新评为B级"')
    assert (done["status"], done["evaluation"]) == ("STOPPED", "重新评为B级")
    assert (await confirm(steps, "finance", tax, day(court)))["code"] == "PUBLICATION_STOPPED"
    await work(court, runtime)
    assert (await repairs(steps, "credit"))["REORGANISATION_RULING"]["status"] == "SHIELDED"
    assert (await confirm(steps, "credit", platform, day(court)))["receiptNo"] == "回执1号"
    await work(court, runtime)
    assert (await repairs(steps, "police"))["REORGANISATION_RULING"]["status"] == "COMPLETED"
    assert (await listing(steps, 1))["status"] == "REPAIRED"
