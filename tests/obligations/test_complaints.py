"""Complaints about public bodies: handed to the body without who complained, answered, verified, closed."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, text

from hub.audit.catalogue import AuditAction
from hub.db.models import AuditEvent
from hub.runtime import Runtime
from tests.support.client import ClientOf
from tests.support.court import settle
from tests.support.supervising import Supervising
from tests.support.world import COUNTY, World

FIELDS = """id status summary demand complainant contact statement dueOn dueExplanation { basis { clause } } answer
    returnReason finding outcome version organization { shortName } availableEvents { event allowed }"""
LISTED = f"{{ integrityComplaints {{ totalCount nodes {{ {FIELDS} }} }} }}"
PROOF = f'[{{name: "凭证", digest: "{"cd" * 32}"}}]'


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
    again = await advance(steps, "credit", made, "return", '{reason: "凭证不全"}')
    assert (again["status"], again["returnReason"]) == ("HANDED", "凭证不全")
    await advance(steps, "police", made, "answer", f'{{text: "已全部付款", evidence: {PROOF}}}')
    assert (await advance(steps, "credit", made, "close", '{reason: "x"}'))["code"] == "EVENT_NOT_NOW"
    assert (await advance(steps, "credit", made, "verify", '{finding: "属实，已付清"}'))["dueOn"] is None
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
