"""A third party evaluates public bodies that it cannot know; the grade falls with a listing and returns with repair."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from hub.canonical.codes import OrganizationKind
from hub.canonical.exchange_codes import CaseListKind
from hub.core.principal import RoleName
from hub.integrity.background import work_on_integrity
from hub.integrity.extracting import HIDDEN, guarded
from hub.repair.background import work_on_repairs
from hub.runtime import Runtime
from tests.obligations.test_integrity_records import enter
from tests.support import world as worlds
from tests.support.client import ClientOf
from tests.support.court import court_at, settle
from tests.support.punishing import RECEIPT, Punishing
from tests.support.world import COUNTY, World

EXTRACTS = """{ evaluationExtracts { totalCount nodes { id pseudonym kind score figures { name band } } } }"""
ENGAGEMENTS = "{ integrityEngagements { nodes { id status standardVersion bodies } } }"
FILE = "query F($id: ID!) { integrityFile(organizationId: $id) { standing score grade standardVersion } }"
BODIES = ("police", "finance", "civil")


@pytest.fixture
async def steps(world: World, runtime: Runtime, client_of: ClientOf, tmp_path: Path) -> Punishing:
    await settle(world)
    async with world.sessions.system("test") as session:
        role = (RoleName.THIRD_PARTY_EVALUATOR,)
        for key, name in (("county.evaluator", "信用评价公司"), ("county.rival", "另一评价公司")):
            worlds._add_unit(world, session, key, COUNTY, name, OrganizationKind.ENTERPRISE, role)
    made = Punishing(world, runtime, client_of, court_at(world, runtime, tmp_path))
    await made.supervising.practise(
        push__case_lists=[kind.value for kind in CaseListKind], evaluation__cell=3, repair__channels=["COURT_PUSH"]
    )
    return made


async def commission(steps: Punishing, unit: str = "credit", to: str = "evaluator", bodies: Any = BODIES) -> Any:
    named = ", ".join(f'"{steps.organization(each)}"' for each in bodies)
    given = f"""input: {{jurisdictionCode: "{COUNTY}", evaluatorId: "{steps.organization(to)}",
        standardVersion: "2026-01", organizationIds: [{named}]}}"""
    client = await steps.client(unit)
    return await client.change("commissionEvaluation", given, "integrityEngagement", "id status bodies")


async def extracts(steps: Punishing, unit: str) -> list[Any]:
    page = (await steps.read(unit, EXTRACTS))["evaluationExtracts"]
    assert page["totalCount"] == len(page["nodes"])
    return list(page["nodes"])


async def score(steps: Punishing, unit: str, row: Any, points: int) -> Any:
    given = f'id: "{row["id"]}", input: {{score: {points}}}'
    return await (await steps.client(unit)).change("scoreEvaluationExtract", given, "evaluationExtract", "id score")


async def advance(steps: Punishing, unit: str, engagement: Any, event: str) -> Any:
    given = f'id: "{engagement["id"]}", event: {{{event}: {{}}}}'
    client = await steps.client(unit)
    return await client.change("advanceIntegrityEngagement", given, "integrityEngagement", "id status")


async def file_of(steps: Punishing, unit: str, body: str = "police") -> Any:
    return (await steps.read(unit, FILE, id=steps.organization(body)))["integrityFile"]


async def evaluated(steps: Punishing, points: int = 92) -> Any:
    """Every body scored alike, attached."""
    engagement = await commission(steps)
    for row in await extracts(steps, "evaluator"):
        await score(steps, "evaluator", row, points)
    await advance(steps, "evaluator", engagement, "submit")
    return await advance(steps, "credit", engagement, "attach")


@pytest.mark.duty("S0-2.4.4")
async def test_a_third_party_scores_pseudonyms_and_the_credit_office_attaches_the_scores(steps: Punishing) -> None:
    """Records and complaints are merged into the extract; the evaluator learns no name and reads nothing else."""
    await enter(steps.supervising)
    assert (await commission(steps, bodies=("police", "finance")))["reasons"][0]["code"] == "EVALUATION_TOO_FEW"
    assert (await commission(steps, to="police"))["reasons"][0]["code"] == "EVALUATOR_NOT_REGISTERED"
    assert (await commission(steps, bodies=(*BODIES, "neighbour.police")))["reasons"][0]["code"] in {
        "SUBJECT_NOT_GOVERNMENT",
        "NOT_FOUND",
    }
    assert (await commission(steps, "office"))["code"] in {"RECORDER_NOT_PERMITTED", "SCOPE_REQUIRED"}
    assert (await steps.read("evaluator", ENGAGEMENTS))["integrityEngagements"]["nodes"] == []
    engagement = await commission(steps)
    rows = await extracts(steps, "evaluator")
    assert len({each["pseudonym"] for each in rows}) == len(rows) == 3
    assert {each["kind"] for each in rows} == {"GOV_DEPARTMENT"}
    arrears = [one["band"] for each in rows for one in each["figures"] if one["name"] == "ARREARS"]
    assert arrears.count(HIDDEN) >= 1
    assert "1-2" not in arrears
    for name in ("公安局", "财政局", "民政局", steps.organization("police")):
        assert name not in str(rows)
    for other in ("{ integrityRecords { totalCount } }", "{ dishonestyRecords { totalCount } }", FILE):
        answer = await (await steps.client("evaluator")).ask(other, {"id": steps.organization("police")})
        assert answer["errors"][0]["extensions"]["code"] in {"SCOPE_REQUIRED", "CLEARANCE_REQUIRED"}, other
    for stranger in ("rival", "police", "office"):
        answer = await (await steps.client(stranger)).ask(EXTRACTS)
        assert "errors" in answer or answer["data"]["evaluationExtracts"]["nodes"] == [], stranger
    assert (await score(steps, "rival", rows[0], 90))["code"] == "NOT_FOUND"
    early = await advance(steps, "evaluator", engagement, "submit")
    assert early["reasons"][0]["code"] == "BODIES_UNSCORED"
    for row, points in zip(rows, (95, 80, 40), strict=True):
        assert (await score(steps, "evaluator", row, points))["score"] == points
    assert (await advance(steps, "evaluator", engagement, "attach"))["code"] in {"EVENT_NOT_NOW", "ACTOR_NOT_PERMITTED"}
    assert (await advance(steps, "evaluator", engagement, "submit"))["status"] == "RETURNED"
    assert await extracts(steps, "evaluator") == []
    assert (await score(steps, "evaluator", rows[0], 99))["code"] == "NOT_FOUND"
    assert (await file_of(steps, "police"))["score"] is None
    assert (await advance(steps, "credit", engagement, "attach"))["status"] == "ATTACHED"
    found = [await file_of(steps, "credit", body) for body in BODIES]
    assert sorted((each["score"], each["grade"]) for each in found) == [(40, "D"), (80, "B"), (95, "A")]
    assert {each["standardVersion"] for each in found} == {"2026-01"}
    assert (await file_of(steps, "police"))["score"] is not None
    async with steps.world.sessions.read(steps.world["county.evaluator"]) as session:
        for table in ("integrity_evaluation", "evaluation_extract", "integrity_record", "integrity_complaint"):
            assert (await session.execute(text(f"select count(*) from {table}"))).scalar_one() == 0, table
    again = await commission(steps)
    assert again["id"] != engagement["id"]
    assert {each["pseudonym"] for each in rows}.isdisjoint(
        each["pseudonym"] for each in await extracts(steps, "evaluator")
    )


def test_a_value_that_too_few_bodies_share_is_hidden_alone_and_together() -> None:
    rows = {key: {"a": "0", "b": "1" if key == 1 else "0"} for key in range(4)}
    assert guarded(rows, 3) == {key: {"a": "0", "b": HIDDEN} for key in rows}, "a star alone would name the body"
    crossed = {0: {"a": "0", "b": "0"}, 1: {"a": "0", "b": "1"}, 2: {"a": "1", "b": "0"}, 3: {"a": "1", "b": "1"}}
    assert guarded(crossed, 2) == {key: {"a": HIDDEN, "b": HIDDEN} for key in crossed}


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(*(st.sampled_from("012") for _ in range(3))), min_size=2, max_size=12),
    st.integers(min_value=2, max_value=5),
)
def test_no_row_of_an_extract_stands_alone(drawn: list[tuple[str, ...]], least: int) -> None:
    """Nor does a ``*``: whoever knows which body is the odd one finds it among as many as share a value."""
    rows = {key: dict(zip("abc", values, strict=True)) for key, values in enumerate(drawn)}
    shown = guarded(rows, least)
    alike = Counter(tuple(row.items()) for row in shown.values())
    assert all(count >= min(least, len(rows)) for count in alike.values())
    for key, row in shown.items():
        assert all(value in (HIDDEN, rows[key][name]) for name, value in row.items())


async def work(steps: Punishing) -> None:
    runtime, now = steps.runtime, steps.world.clock()
    async with steps.world.sessions.system("test") as session:
        await work_on_integrity(session, runtime.policy, runtime.keyring, now)
        await work_on_repairs(session, runtime.policy, runtime.keyring, now)


@pytest.mark.duty("S1-2.4")
async def test_who_has_verifiably_performed_is_shielded_its_measures_lifted_and_its_grade_restored(
    steps: Punishing,
) -> None:
    await steps.supervising.practise(
        push__case_lists=[kind.value for kind in CaseListKind],
        evaluation__cell=3,
        repair__channels=["COURT_PUSH"],
        punishment__fields=["GOVERNMENT_PROCUREMENT"],
    )
    await evaluated(steps)
    assert (await file_of(steps, "police"))["grade"] == "A"
    await steps.assign("JP-F1-01", "finance")
    await steps.tell(1, "已公布")
    await work(steps)
    assert [(await file_of(steps, unit))["grade"] for unit in ("police", "credit")] == ["D", "D"]
    (measure,) = await steps.measures("credit")
    await steps.in_force(measure, "finance")
    day = f"{steps.world.clock():%Y-%m-%d}"
    await steps.tell(1, "已公布", 结案日期=day)
    await work(steps)
    record = await steps.record()
    given = f"""input: {{recordId: "{record}", closedOn: "{day}", performance: PERFORMED,
        documentNo: "（2026）豫0825执1号之一", documentName: "结案通知书", documentDigest: "{RECEIPT}"}}"""
    repair = await (await steps.client("court")).change("pushClosure", given, "creditRepair", "id status")

    async def move(event: str) -> Any:
        said = f'id: "{repair["id"]}", event: {{{event}: {{}}}}'
        return await (await steps.client("credit")).change("advanceCreditRepair", said, "creditRepair", "id status")

    assert (await move("checkMaterials"))["status"] == "APPROVED"
    assert (await move("shield"))["reasons"][0]["code"] == "LISTING_STILL_STANDS"
    assert (await file_of(steps, "credit"))["grade"] == "D"
    await steps.delete()
    assert (await move("shield"))["status"] == "SHIELDED"
    await work(steps)
    proof = await steps.proof("credit", record)
    assert (proof["complete"], proof["residual"]) == (False, ["温县财政局"])
    await steps.lift(measure, "finance")
    assert (await steps.fire("credit", measure, "verify"))["status"] == "VERIFIED_LIFTED"
    await work(steps)
    repairs = "{ creditRepairs { nodes { status shieldedAt completedAt } } }"
    (done,) = (await steps.read("police", repairs))["creditRepairs"]["nodes"]
    assert (done["status"], done["shieldedAt"] is not None) == ("COMPLETED", True)
    assert (await steps.proof("credit", record))["complete"]
    assert (await file_of(steps, "police"))["grade"] == "A"
