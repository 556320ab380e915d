"""Bankruptcies: matters put to the government, assigned, handled, accepted; disposals of real estate kept peaceful."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from hub.bankruptcy.watching import watch_bankruptcies
from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support.dumping import unreadable

CASE = "bankruptcyCoordination"
FIELDS = """id version status caseNumber debtorName debtorUscc measuresNo outcome closedAt assignBy
    matters { id number type status dueOn overdue owner { shortName } title } availableEvents { event allowed }"""
MATTER_FIELDS = """id version status type title owner { shortName } dueOn overdue method result returnReason urgeCount
    dueExplanation { basis { clause } } plans { id status risk } availableEvents { event allowed }"""
PLAN_FIELDS = "id status risk plan returnReason responsible { shortName } approvedBy { shortName }"
CASES = f"{{ bankruptcyCoordinations {{ totalCount nodes {{ {FIELDS} }} }} }}"
MATTERS = f"{{ bankruptcyMatters {{ totalCount nodes {{ {MATTER_FIELDS} }} }} }}"
DIGEST = "ab" * 32
PROOF = f'[{{name: "办结材料", digest: "{DIGEST}"}}]'
USCC = "91410825MA40ABCD1G"
SIX = (
    "PETITION_STABILITY",
    "EMPLOYEE_SETTLEMENT",
    "ASSET_REVITALISATION",
    "REGISTRATION_CANCELLATION",
    "TAX_RELIEF",
    "CREDIT_REPAIR",
)
pytestmark = unreadable()


def draft(kind: str) -> str:
    return f'{{type: {kind}, title: "{kind}事项", content: "请协调。"}}'


async def submit(steps: Steps, unit: str = "court", *, kinds: tuple[str, ...] = SIX, **more: str) -> Any:
    fields = {
        "caseNumber": '"（2026）豫0825破1号"',
        "debtorName": '"温县某机械有限公司"',
        "debtorUscc": f'"{USCC}"',
        "acceptedOn": '"2026-06-01"',
        "rulingNo": '"（2026）豫0825破申1号"',
        "rulingDigest": f'"{DIGEST}"',
        "administrator": '"河南某律师事务所"',
        "assetless": "true",
        "shamReview": '"未发现虚构债务。"',
        "matters": f"[{', '.join(draft(kind) for kind in kinds)}]",
        **more,
    }
    given = ", ".join(f"{name}: {value}" for name, value in fields.items())
    return await (await steps.client(unit)).change("submitMatterList", f"input: {{{given}}}", CASE, FIELDS)


async def move(steps: Steps, unit: str, row: Any, event: str, payload: str = "{}") -> Any:
    given = f'id: "{row["id"]}", event: {{{event}: {payload}}}'
    return await (await steps.client(unit)).change("advanceBankruptcyCoordination", given, CASE, FIELDS)


async def handle(steps: Steps, unit: str, row: Any, event: str, payload: str = "{}") -> Any:
    given = f'id: "{row["id"]}", event: {{{event}: {payload}}}'
    client = await steps.client(unit)
    return await client.change("advanceBankruptcyMatter", given, "bankruptcyMatter", MATTER_FIELDS)


async def review(steps: Steps, made: Any) -> Any:
    payload = '{measuresNo: "温政办〔2026〕8号", measures: "各负其责。"}'
    return await move(steps, "government", made, "review", payload)


async def assign(steps: Steps, row: Any, owner: str, due: str = "") -> Any:
    given = f'ownerId: "{steps.organization(owner)}", method: "专班办理"{due}'
    return await handle(steps, "government", row, "assign", f"{{{given}}}")


async def seen(steps: Steps, unit: str) -> list[Any]:
    page = (await steps.read(unit, MATTERS))["bankruptcyMatters"]
    assert page["totalCount"] == len(page["nodes"])
    return list(page["nodes"])


async def cases(steps: Steps, unit: str) -> list[Any]:
    page = (await steps.read(unit, CASES))["bankruptcyCoordinations"]
    assert page["totalCount"] == len(page["nodes"])
    return list(page["nodes"])


async def work(steps: Steps, runtime: Runtime) -> int:
    async with steps.world.sessions.system("bankruptcies") as session:
        return await watch_bankruptcies(session, runtime.policy, steps.world.clock())


async def alerted(steps: Steps, unit: str) -> list[tuple[str, str]]:
    nodes = (await steps.read(unit, "{ alerts { nodes { kind title } } }"))["alerts"]["nodes"]
    return sorted((each["kind"], each["title"]) for each in nodes)


@pytest.mark.duty("S2-11", "S4-2.1.4")
async def test_six_matters_are_assigned_handled_accepted_and_seen_by_their_owners_alone(
    steps: Steps, runtime: Runtime
) -> None:
    wrong = await submit(steps, debtorUscc='"91"', rulingDigest='"x"', matters="[]")
    assert {"DIGEST_INVALID", "BANKRUPTCY_MATTERS", "USCC_LENGTH"} <= {each["code"] for each in wrong["reasons"]}
    assert (await submit(steps, acceptedOn='"2026-12-01"'))["code"] == "DATE_AHEAD"
    assert (await submit(steps, "police"))["code"] == "SCOPE_REQUIRED"
    made = await submit(steps, kinds=(*SIX, "INFORMATION_SHARING"))
    assert (made["status"], len(made["matters"])) == ("PROPOSED", 7)
    assert (await submit(steps))["code"] == "BANKRUPTCY_LISTED"
    first = made["matters"][0]
    assert (await assign(steps, first, "police"))["code"] == "BANKRUPTCY_NOT_REVIEWED"
    assert (await move(steps, "court", made, "review", '{measuresNo: "1", measures: "x"}'))["code"] == (
        "ACTOR_NOT_PERMITTED"
    )
    assert (await review(steps, made))["measuresNo"] == "温政办〔2026〕8号"
    assert (await assign(steps, first, "neighbour.police"))["code"] == "BANKRUPTCY_OWNER_ELSEWHERE"
    owners = ("police", "civil", "finance", "civil", "finance", "credit", "police")
    for row, owner in zip(made["matters"], owners, strict=True):
        assert (await assign(steps, row, owner))["status"] == "ASSIGNED"
    (case,) = await cases(steps, "government")
    assert case["status"] == "ASSIGNED"
    for unit, count in {"police": 2, "civil": 2, "finance": 2, "credit": 1, "court": 7, "office": 7}.items():
        assert len(await seen(steps, unit)) == count, unit
        (one,) = await cases(steps, unit)
        assert len(one["matters"]) == count, unit
    for unit in ("neighbour.court", "neighbour.government", "neighbour.police", "city.court"):
        assert (await seen(steps, unit), await cases(steps, unit)) == ([], []), unit
        key = steps.world[unit if "." in unit else f"county.{unit}"]
        async with steps.world.sessions.read(key) as session:
            assert (await session.execute(text("select count(*) from bankruptcy_matter"))).scalar_one() == 0
    node = "query N($id: ID!) { node(id: $id) { ... on BankruptcyMatter { title } } }"
    assert (await steps.read("finance", node, id=first["id"]))["node"] is None
    assert (await handle(steps, "finance", first, "accept"))["code"] == "NOT_FOUND"

    declined = await handle(steps, "police", first, "decline", '{reason: "应由信访部门牵头"}')
    assert (declined["status"], declined["returnReason"]) == ("RETURNED", "应由信访部门牵头")
    assert (await assign(steps, first, "civil", ', dueOn: "2026-05-01"'))["code"] == "BANKRUPTCY_DUE_PAST"
    assert (await assign(steps, first, "civil", ', dueOn: "2026-06-26"'))["owner"]["shortName"] == "民政局"
    assert len(await seen(steps, "police")) == 1
    taken = await handle(steps, "civil", first, "accept")
    assert (taken["status"], taken["dueOn"]) == ("HANDLING", "2026-06-26")
    assert (await cases(steps, "court"))[0]["status"] == "IN_PROGRESS"

    steps.world.clock.move_to(2026, 6, 24)
    await work(steps, runtime)
    assert ("DUE_SOON", first["title"]) in await alerted(steps, "civil")
    urged = await handle(steps, "government", first, "urge", '{reason: "请抓紧"}')
    assert (urged["status"], urged["urgeCount"]) == ("HANDLING", 1)
    await work(steps, runtime)
    assert ("BANKRUPTCY_URGED", first["title"]) in await alerted(steps, "civil")
    steps.world.clock.move_to(2026, 6, 27)
    await work(steps, runtime)
    assert await work(steps, runtime) == 0
    for unit in ("civil", "court"):
        assert ("OVERDUE", first["title"]) in await alerted(steps, unit), unit
    assert ("OVERDUE", first["title"]) not in await alerted(steps, "credit")
    assert [each["overdue"] for each in await seen(steps, "civil") if each["id"] == first["id"]] == [True]

    bare = await handle(steps, "civil", first, "report", '{result: "已稳控"}')
    assert bare["code"] == "EVIDENCE_MISSING"
    reported = f'{{result: "已办结", evidence: {PROOF}}}'
    await handle(steps, "civil", first, "report", reported)
    back = await handle(steps, "court", first, "sendBack", '{reason: "材料不全"}')
    assert (back["status"], back["returnReason"]) == ("HANDLING", "材料不全")
    await handle(steps, "civil", first, "report", reported)
    assert (await handle(steps, "civil", first, "confirm"))["code"] in {"ACTOR_NOT_PERMITTED", "FORBIDDEN"}
    assert (await handle(steps, "court", first, "confirm"))["status"] == "ACCEPTED"
    assert (await handle(steps, "government", first, "close"))["status"] == "CLOSED"
    for row, owner in zip(made["matters"][1:], owners[1:], strict=True):
        for unit, event, payload in (
            (owner, "accept", "{}"),
            (owner, "report", reported),
            ("court", "confirm", "{}"),
            ("government", "close", "{}"),
        ):
            assert "code" not in await handle(steps, unit, row, event, payload), (row, event)
    (done,) = await cases(steps, "court")
    assert done["status"] == "ALL_SETTLED"
    assert (await move(steps, "court", done, "close"))["code"] == "BANKRUPTCY_UNDECIDED"
    more = await move(steps, "court", done, "extend", f"{{matters: [{draft('CHANGE_REGISTRATION')}]}}")
    assert (more["status"], more["matters"][-1]["number"]) == ("REVIEWED", 8)
    await handle(steps, "court", more["matters"][-1], "withdraw", '{reason: "不再需要"}')
    outcome = f'{{outcome: LIQUIDATION, outcomeOn: "2026-06-27", outcomeNo: "1", outcomeDigest: "{DIGEST}"}}'
    assert (await move(steps, "court", done, "recordOutcome", outcome))["outcome"] == "LIQUIDATION"
    assert (await move(steps, "court", done, "close"))["status"] == "CLOSED"
    trail = text("select count(*) from audit_event where event = 'bankruptcy:transition'")
    async with steps.world.sessions.system("test") as session:
        assert (await session.execute(trail)).scalar_one() > 30


@pytest.mark.duty("S2-14")
async def test_a_disposal_of_real_estate_is_reported_after_its_stability_plan_is_approved(
    steps: Steps, runtime: Runtime
) -> None:
    made = await submit(steps, kinds=("REAL_ESTATE", "TAX_RELIEF"))
    await review(steps, made)
    estate, tax = made["matters"]
    await assign(steps, estate, "civil")
    await assign(steps, tax, "finance")
    drafted = f"""matterId: "{estate["id"]}", responsibleId: "{steps.organization("police")}", risk: HIGH,
        riskStudy: "购房户较多。", plan: "属地包保。" """

    async def propose(unit: str, given: str = drafted) -> Any:
        client = await steps.client(unit)
        return await client.change("submitStabilityPlan", f"input: {{{given}}}", "stabilityPlan", PLAN_FIELDS)

    assert (await propose("civil"))["code"] == "STABILITY_NOT_HANDLING"
    await handle(steps, "civil", estate, "accept")
    reported = f'{{result: "已处置", evidence: {PROOF}}}'
    assert (await handle(steps, "civil", estate, "report", reported))["code"] == "STABILITY_PLAN_MISSING"
    assert (await propose("finance"))["code"] == "NOT_FOUND"
    away = drafted.replace(steps.organization("police"), steps.organization("neighbour.police"))
    assert (await propose("civil", away))["code"] == "BANKRUPTCY_OWNER_ELSEWHERE"
    plan = await propose("civil")
    assert (plan["status"], plan["responsible"]["shortName"]) == ("SUBMITTED", "公安局")
    assert (await propose("civil"))["code"] == "STABILITY_PLANNED"
    assert (await handle(steps, "civil", estate, "report", reported))["code"] == "STABILITY_PLAN_MISSING"

    async def decide(unit: str, event: str, payload: str = "{}") -> Any:
        given = f'id: "{plan["id"]}", event: {{{event}: {payload}}}'
        return await (await steps.client(unit)).change("advanceStabilityPlan", given, "stabilityPlan", PLAN_FIELDS)

    for unit in ("civil", "office", "court", "police"):
        assert (await decide(unit, "approve"))["code"] in {"ACTOR_NOT_PERMITTED", "NOT_FOUND", "FORBIDDEN"}, unit
    returned = await decide("government", "return", '{reason: "须听取购房户意见"}')
    assert (returned["status"], returned["returnReason"]) == ("RETURNED", "须听取购房户意见")
    again = '{risk: MEDIUM, riskStudy: "已听取意见。", plan: "分期处置。"}'
    assert (await decide("civil", "resubmit", again))["status"] == "SUBMITTED"
    steps.world.clock.advance(days=20)
    await work(steps, runtime)
    assert ("OVERDUE", "不动产处置维稳方案") in await alerted(steps, "government")
    approved = await decide("government", "approve")
    assert (approved["status"], approved["approvedBy"]["shortName"]) == ("APPROVED", "政府办公室")
    assert (await handle(steps, "civil", estate, "report", reported))["status"] == "FEEDBACK"
    read = "query P($id: ID!) { stabilityPlan(id: $id) { plan } }"
    for unit, shown in {"police": True, "court": True, "finance": False, "neighbour.court": False}.items():
        found = (await steps.read(unit, read, id=plan["id"]))["stabilityPlan"]
        assert (found is not None) == shown, unit
