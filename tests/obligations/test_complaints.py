"""Complaints about public bodies: handed to the body without who complained, answered, verified, closed."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, text

from hub.audit.catalogue import AuditAction
from hub.db.models import AuditEvent
from hub.integrity.background import work_on_integrity
from hub.runtime import Runtime
from tests.support.client import ClientOf
from tests.support.court import settle
from tests.support.dumping import unreadable
from tests.support.supervising import Supervising
from tests.support.world import COUNTY, World

FIELDS = """id status summary demand complainant contact statement dueOn dueExplanation { basis { clause } } answer
    returnReason finding outcome version organization { shortName } availableEvents { event allowed }"""
LISTED = f"{{ integrityComplaints {{ totalCount nodes {{ {FIELDS} }} }} }}"
PROOF = f'[{{name: "凭证", digest: "{"cd" * 32}"}}]'
pytestmark = unreadable()


@pytest.fixture
async def steps(world: World, runtime: Runtime, client_of: ClientOf) -> Supervising:
    await settle(world)
    return Supervising(world, runtime, client_of)


async def register(steps: Supervising, unit: str = "credit", **more: str) -> Any:
    fields = {
        "jurisdictionCode": f'"{COUNTY}"',
        "organizationId": f'"{steps.organization("police")}"',
        "channel": '"来信"',
        "registeredOn": '"2026-06-12"',
        "complainant": '"李四海"',
        "contact": '"13812345678"',
        "statement": '"我是李四海，公安局欠我货款。"',
        "summary": '"反映拖欠货款。"',
        **more,
    }
    given = ", ".join(f"{name}: {value}" for name, value in fields.items())
    client = await steps.client(unit)
    return await client.change("registerIntegrityComplaint", f"input: {{{given}}}", "integrityComplaint", FIELDS)


async def advance(steps: Supervising, unit: str, complaint: Any, event: str, payload: str) -> Any:
    given = f'id: "{complaint["id"]}", event: {{{event}: {payload}}}'
    return await (await steps.client(unit)).change("advanceIntegrityComplaint", given, "integrityComplaint", FIELDS)


async def listed(steps: Supervising, unit: str) -> list[Any]:
    page = (await steps.read(unit, LISTED))["integrityComplaints"]
    assert page["totalCount"] == len(page["nodes"])
    return list(page["nodes"])


async def test_a_complaint_is_answered_by_the_body_that_never_learns_who_complained(steps: Supervising) -> None:
    """Attack: the body, its superior, the overseers and another county, by list, node, answer and SQL."""
    await steps.practise(complaint__answer={"n": 3, "unit": "NATURAL_DAY", "anchor": "DELIVERED"})
    told = await register(steps, summary='"李四海反映拖欠。"', organizationId=f'"{steps.organization("office")}"')
    assert {reason["code"] for reason in told["reasons"]} == {"COMPLAINANT_TOLD", "SUBJECT_NOT_GOVERNMENT"}
    assert (await register(steps, "office"))["code"] == "SCOPE_REQUIRED"
    assert (await register(steps, "neighbour.credit"))["code"] == "RECORDER_NOT_PERMITTED"
    own = await register(steps, organizationId=f'"{steps.organization("credit")}"')
    assert "COMPLAINT_ABOUT_RECEIVER" in {reason["code"] for reason in own["reasons"]}
    spaced = await register(steps, summary='"电话１３８ 1234-5678。"')
    assert spaced["code"] == "COMPLAINANT_TOLD"
    made = await register(steps)
    assert (made["status"], made["complainant"], made["dueOn"]) == ("REGISTERED", "李四海", "2026-06-23")
    for unit in ("police", "office", "government", "neighbour.credit", "city.police"):
        assert await listed(steps, unit) == [], unit
    for payload in ('{demand: "请答复李四海"}', '{demand: "请答复", summary: "电话13812345678"}'):
        assert (await advance(steps, "credit", made, "hand", payload))["code"] == "COMPLAINANT_TOLD"
    assert (await advance(steps, "police", made, "hand", '{demand: "x"}'))["code"] == "NOT_FOUND"
    handed = await advance(steps, "credit", made, "hand", '{demand: "请书面答复"}')
    assert (handed["status"], handed["dueOn"]) == ("HANDED", "2026-06-18")
    assert handed["dueExplanation"]["basis"]["clause"] == "二(一)"
    (seen,) = await listed(steps, "police")
    assert (seen["summary"], seen["demand"]) == ("反映拖欠货款。", "请书面答复")
    assert (seen["complainant"], seen["contact"], seen["statement"]) == (None, None, None)
    assert [each["event"] for each in seen["availableEvents"] if each["allowed"]] == ["answer"]
    node = "query N($id: ID!) { node(id: $id) { ... on IntegrityComplaint { summary statement } } }"
    for unit in ("office", "finance", "city.police", "neighbour.credit", "neighbour.police"):
        assert (await steps.read(unit, node, id=made["id"]))["node"] is None, unit
    for unit in ("county.police", "county.audit", "county.office", "neighbour.credit"):
        async with steps.world.sessions.read(steps.world[unit]) as session:
            assert (await session.execute(text("select count(*) from integrity_complainant"))).scalar_one() == 0, unit
    answered = await advance(steps, "police", made, "answer", f'{{text: "已付款", evidence: {PROOF}}}')
    assert (answered["status"], answered["statement"]) == ("ANSWERED", None)
    bare = await advance(steps, "police", made, "answer", '{text: "已付款"}')
    assert bare["code"] == "EVIDENCE_MISSING"
    named = await advance(steps, "credit", made, "return", '{reason: "李 四海不认可"}')
    assert named["code"] == "COMPLAINANT_TOLD"
    again = await advance(steps, "credit", made, "return", '{reason: "凭证不全"}')
    assert (again["status"], again["returnReason"]) == ("HANDED", "凭证不全")
    await advance(steps, "police", made, "answer", f'{{text: "已全部付款", evidence: {PROOF}}}')
    assert (await advance(steps, "credit", made, "close", '{reason: "x"}'))["code"] == "EVENT_NOT_NOW"
    named = await advance(steps, "credit", made, "verify", '{finding: "已向李四海核实"}')
    assert named["code"] == "COMPLAINANT_TOLD"
    assert (await advance(steps, "credit", made, "verify", '{finding: "属实，已付清"}'))["dueOn"] is None
    named = await advance(steps, "credit", made, "close", '{reason: "已告知李四海"}')
    assert named["code"] == "COMPLAINANT_TOLD"
    closed = await advance(steps, "credit", made, "close", '{reason: "已告知投诉人"}')
    assert (closed["status"], closed["outcome"]) == ("CLOSED", "已告知投诉人")
    async with steps.world.sessions.system("test") as session:
        read = select(AuditEvent.subject).where(AuditEvent.event == AuditAction.COMPLAINANT_READ)
        assert set(await session.scalars(read)) == {"county.credit"}
        trail = (await session.execute(text("select string_agg(detail::text, '') from audit_event"))).scalar_one()
        sent = (await session.execute(text("select string_agg(ids::text, '') from outbox_event"))).scalar_one()
        kept = (await session.execute(text("select statement_sealed from integrity_complainant"))).scalar_one()
    for secret in ("李四海", "13812345678"):
        assert secret not in trail + sent
        assert secret.encode() not in kept


async def test_whoever_owes_the_next_step_of_a_late_complaint_is_alerted_and_nobody_else(steps: Supervising) -> None:
    await steps.practise(complaint__answer={"n": 3, "unit": "NATURAL_DAY", "anchor": "DELIVERED"})
    made = await register(steps)
    assert made["dueOn"] == "2026-06-23"
    steps.world.clock.move_to(2026, 6, 23)
    assert await work(steps) == 0
    steps.world.clock.move_to(2026, 6, 24)
    assert (await work(steps), await work(steps)) == (1, 0)
    assert (await late(steps, "credit"), await late(steps, "police")) == (["2026-06-23"], [])
    await advance(steps, "credit", made, "hand", '{demand: "请书面答复"}')
    steps.world.clock.move_to(2026, 6, 28)
    assert (await work(steps), await work(steps)) == (2, 0)
    assert await late(steps, "police") == ["2026-06-27"]
    for unit in ("finance", "city.police", "neighbour.credit", "neighbour.police"):
        assert await late(steps, unit) == [], unit
    await advance(steps, "police", made, "answer", f'{{text: "已付款", evidence: {PROOF}}}')
    await advance(steps, "credit", made, "verify", '{finding: "属实"}')
    steps.world.clock.move_to(2026, 8, 28)
    assert await work(steps) == 0


async def work(steps: Supervising) -> int:
    async with steps.world.sessions.system("integrity") as session:
        return await work_on_integrity(session, steps.runtime.policy, steps.runtime.keyring, steps.world.clock())


async def late(steps: Supervising, unit: str) -> list[str]:
    nodes = (await steps.read(unit, "{ alerts { nodes { kind title dueOn } } }"))["alerts"]["nodes"]
    assert all("货款" not in each["title"] for each in nodes)
    return [each["dueOn"] for each in nodes if each["kind"] == "COMPLAINT_OVERDUE"]
