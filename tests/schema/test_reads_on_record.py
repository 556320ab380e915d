"""Reads leave their trace: the audit log and sensitive fields once an operation, everything else in counts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, text

from hub.audit.catalogue import AuditAction
from hub.core.principal import Clearance
from hub.db.models import AuditEvent
from hub.runtime import Runtime
from schema.build import build_schema
from schema.execution import Asked, Executor
from schema.planner.running import Planner
from tests.obligations.steps import Steps
from tests.support.client import ClientOf
from tests.support.world import World

AUDIT_LOG = "{ auditEvents(first: 1) { nodes { event } } }"
AUDIT_COUNT = "query($no: Boolean = false) { auditEvents { totalCount nodes @include(if: $no) { event } } }"


async def entries(world: World, action: AuditAction) -> list[AuditEvent]:
    async with world.sessions.system("test") as session:
        found = await session.scalars(
            select(AuditEvent).where(AuditEvent.event == action.value).order_by(AuditEvent.id)
        )
        return list(found)


@pytest.mark.parametrize("operation", [AUDIT_LOG, AUDIT_COUNT, "{ a: auditEvents { totalCount } viewer { clientId } }"])
@pytest.mark.parametrize("pass_through", [True, False])
async def test_who_reads_the_audit_log_stands_in_it(
    world: World, runtime: Runtime, operation: str, pass_through: bool
) -> None:
    executor = Executor(build_schema(), runtime, pass_through=pass_through)
    answer = await executor.run(Asked(operation), world["county.audit"])
    assert not answer.errors
    (entry,) = await entries(world, AuditAction.AUDIT_READ)
    assert entry.subject == "county.audit"
    assert entry.detail == {"read": ["AuditEvent"]}
    assert entry.jurisdiction_path == world["county.audit"].home_path


async def test_a_read_that_is_refused_is_not_called_a_read(world: World, client_of: ClientOf) -> None:
    answer = await (await client_of("county.police")).ask(AUDIT_LOG)
    assert answer["data"] is None
    assert await entries(world, AuditAction.AUDIT_READ) == []


async def test_an_answer_that_cannot_be_put_on_record_is_not_released(
    world: World, client_of: ClientOf, engines
) -> None:
    client = await client_of("county.audit")
    await client.data("{ viewer { clientId } }")
    async with world.sessions.system("test") as session:
        before = await session.scalar(text("select count(*) from audit_event"))
    owner = next(engine for role, engine in engines.items() if role.value == "hub_owner")
    async with owner.begin() as connection:
        await connection.execute(
            text("alter table audit_event add constraint broken check (event <> 'audit:read') not valid")
        )
    try:
        answer = await client.post({"query": AUDIT_LOG})
    finally:
        async with owner.begin() as connection:
            await connection.execute(text("alter table audit_event drop constraint broken"))
    assert answer.status_code == 500
    assert "data" not in answer.json()
    async with world.sessions.system("test") as session:
        assert await session.scalar(text("select count(*) from audit_event")) == before


async def test_plain_reads_are_counted_per_client_and_root_field(world: World, runtime: Runtime, client_of) -> None:
    police, court = await client_of("county.police"), await client_of("county.court")
    for _ in range(3):
        await police.data("{ doubleListItems { totalCount } ...More } fragment More on Query { viewer { clientId } }")
    await court.data("{ viewer { clientId } }")
    assert await entries(world, AuditAction.READS_COUNTED) == []
    await runtime.reads.settle()
    found = {each.subject: each.detail for each in await entries(world, AuditAction.READS_COUNTED)}
    assert found == {"county.police": {"doubleListItems": 3, "viewer": 3}, "county.court": {"viewer": 1}}
    await runtime.reads.settle()
    assert len(await entries(world, AuditAction.READS_COUNTED)) == 2


async def test_counts_are_written_once_an_interval_has_passed(world: World, runtime: Runtime, client_of) -> None:
    police = await client_of("county.police")
    await police.data("{ viewer { clientId } }")
    world.clock.advance(seconds=61)
    await police.data("{ viewer { clientId } }")
    await runtime.reads.aclose()
    (entry,) = await entries(world, AuditAction.READS_COUNTED)
    assert entry.detail == {"viewer": 2}


async def test_fields_from_level_three_on_are_recorded_when_read_in_full_only(world: World, runtime, client_of) -> None:
    """The schema has no such column yet: the code of an item plays one."""
    steps = Steps(world, client_of)
    await steps.propose("court")
    made = build_schema()
    known: dict[Any, Any] = dict(made.planner.bindings._bindings)
    known["DoubleListItem", "code"] = replace(known["DoubleListItem", "code"], level=Clearance.L3)
    planner = Planner(made.graphql, made.planner.bindings.objects, known)
    executor = Executor(replace(made, planner=planner), runtime)
    operation = Asked("{ doubleListItems { nodes { code title } } }")

    cleared = replace(world["county.office"], clearance=Clearance.L3)
    assert (await executor.run(operation, cleared)).text
    (entry,) = await entries(world, AuditAction.SENSITIVE_READ)
    assert entry.detail == {"read": ["DoubleListItem.code"]}

    masked = await executor.run(operation, replace(cleared, clearance=Clearance.L2))
    assert masked.masked == ("DoubleListItem.code",)
    assert len(await entries(world, AuditAction.SENSITIVE_READ)) == 1
