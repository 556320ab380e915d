"""An item as it runs: whatever is asked in whatever order, the engine keeps to the table."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from hub.audit.catalogue import AuditAction
from hub.core.errors import Refused
from hub.core.workflow import Note
from hub.db.models import AuditEvent, DoubleListItem, OutboxEvent
from hub.linkage import commands
from hub.linkage.facts import item_actors, load_item_facts
from hub.linkage.item_events import fire_item
from hub.linkage.workflows.item import ITEM
from hub.workflow.gate import Request
from tests.hub.linkage.conftest import Steps
from tests.support.world import World

EVENTS = {
    "submit": Note(),
    "collate": Note(),
    "sendToCoordination": Note(),
    "confirm": Note(),
    "dispute": commands.Dispute(dispute="异议", attempted_direct_contact=True),
    "agree": commands.Agreement(),
    "reject": commands.WithReason(reason="退回"),
    "return": commands.WithReason(reason="退回"),
    "defer": commands.Refusal(reason="缓议"),
    "start": Note(),
    "report": commands.Report(text="进展"),
    "requestAdjust": commands.AdjustmentRequest(reason="调整", content="新内容"),
    "approveAdjust": commands.AdjustmentDecision(),
    "denyAdjust": commands.Refusal(reason="不同意"),
    "applyCompletion": commands.Completion(summary="完成", deliverables=("文件",)),
    "accept": Note(),
    "suspend": commands.Suspension(reason="暂停", convenor_consent="批示"),
    "resume": Note(),
    "carryOver": Note(),
}
UNITS = ("county.office", "county.court", "county.police", "county.government", "county.finance", "neighbour.office")
STEPS = st.lists(st.tuples(st.sampled_from(UNITS), st.sampled_from(sorted(EVENTS))), min_size=40, max_size=70)


async def traces(world: World) -> tuple[int, int]:
    async with world.sessions.system("test") as session:
        audited = await session.scalar(
            select(func.count()).select_from(AuditEvent).where(AuditEvent.event == AuditAction.ITEM_TRANSITION)
        )
        announced = await session.scalar(
            select(func.count()).select_from(OutboxEvent).where(OutboxEvent.type.startswith("doublelistitem."))
        )
    return audited, announced


async def test_whatever_is_fired_the_item_moves_by_the_table_with_one_trace_each_or_not_at_all(
    world: World, steps: Steps
) -> None:
    """Generated sequences of events by generated units, half of them led to where running items stand."""
    sequences: list[list[tuple[str, str]]] = []

    @settings(max_examples=16, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def gather(sequence: list[tuple[str, str]]) -> None:
        sequences.append(sequence)

    gather()
    running = await steps.to_progress()
    accepted = 0
    for number, sequence in enumerate(sequences):
        key = running if number % 2 else await steps.propose()
        for unit, event in sequence:
            accepted += await try_event(world, steps, key, unit, event)
    assert accepted > 5


async def try_event(world: World, steps: Steps, key, unit: str, event: str) -> bool:
    before, traced = await steps.item(key), await traces(world)
    expected = {row.target for row in ITEM.candidates(event) if before.status in row.sources}

    async def action(work):
        return (await fire_item(work, key, event, EVENTS[event])).id

    refusal = None
    try:
        await world.gate.perform(world[unit], Request("test", "doublelist:read", target_id=key), action)
    except Refused as refused:
        refusal = refused.code
    after = await steps.item(key)
    if refusal is not None:
        assert (after.status, after.version, await traces(world)) == (before.status, before.version, traced), refusal
        return False
    assert after.status in expected
    assert after.version == before.version + 1
    audited, announced = await traces(world)
    assert audited == traced[0] + 1
    assert announced == traced[1] + 1 or event == "carryOver"
    return True


async def test_what_is_available_is_what_is_accepted(world: World, steps: Steps) -> None:
    """``available`` and ``fire`` agree for every unit on an item in progress, for events that need no payload check."""
    key = await steps.to_progress()
    row = await steps.item(key)
    for unit in UNITS:
        principal = world[unit]
        async with world.sessions.read(principal) as session:
            if await session.get(DoubleListItem, (key, row.tenant_id)) is None:
                continue
            facts = await load_item_facts(session, principal, world.policy, [row], world.clock().date())
            found = ITEM.available(
                row.status, actors=item_actors(principal, facts[key]), scopes=principal.scopes, facts=facts[key]
            )
        for each in found:
            if each.event in ("start", "resume", "carryOver", "cancel"):
                continue
            if not each.allowed:
                assert not await try_event(world, steps, key, unit, each.event)
