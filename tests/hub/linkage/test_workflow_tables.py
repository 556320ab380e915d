"""Every workflow table, as data and as it runs: whatever is asked in whatever order, the engine keeps to the table."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.core.errors import Refused
from hub.core.texts import label_text
from hub.core.workflow import Actor, Machine, Note
from hub.db.models import AuditEvent, DoubleListItem, OutboxEvent
from hub.linkage import commands
from hub.linkage.facts import item_actors, load_item_facts
from hub.linkage.item_events import fire_item
from hub.linkage.workflows.coordination import COORDINATION
from hub.linkage.workflows.double_list import DOUBLE_LIST
from hub.linkage.workflows.item import ITEM
from hub.linkage.workflows.matter import MATTER
from hub.linkage.workflows.meeting import MEETING
from hub.linkage.workflows.task import TASK
from hub.organizations.membership_workflow import MEMBERSHIP_CHANGE
from hub.supervision.interviews import INTERVIEW
from hub.supervision.workflow import NOTICE
from hub.workflow.gate import Request
from tests.hub.linkage.conftest import Steps
from tests.support.world import World

MACHINES: tuple[Machine, ...] = (
    ITEM,
    DOUBLE_LIST,
    MEETING,
    TASK,
    MATTER,
    COORDINATION,
    MEMBERSHIP_CHANGE,
    NOTICE,
    INTERVIEW,
)
WITHOUT_WAY_IN = {("LinkageTask", "OPEN"), ("LinkageMatter", "COMPLETED"), ("CoordinationRequest", "OPEN")}
"""States that rows enter by their making, or by following another row, not by an event of their own table."""
WITHOUT_WAY_OUT = {("LinkageMatter", "IN_PROGRESS"), ("CoordinationRequest", "OPEN")}
"""States that rows leave only by following another row."""
NAMES = [machine.name for machine in MACHINES]


@pytest.mark.parametrize("machine", MACHINES, ids=NAMES)
def test_every_state_is_reached_and_only_terminal_ones_are_left_by_nothing(machine: Machine) -> None:
    reached = {machine.initial, *(row.target for row in machine.transitions)}
    states = {state.value for state in machine.states}
    unreached = {(machine.name, state) for state in states - {str(each) for each in reached}}
    assert unreached <= WITHOUT_WAY_IN, unreached
    left = {str(source) for row in machine.transitions for source in row.sources}
    stuck = states - left - {str(each) for each in machine.terminal}
    assert {(machine.name, state) for state in stuck} <= WITHOUT_WAY_OUT, stuck
    assert left.isdisjoint({str(each) for each in machine.terminal})


@pytest.mark.parametrize("machine", MACHINES, ids=NAMES)
def test_every_row_says_who_may_by_which_clause_and_takes_a_payload_in_words(machine: Machine) -> None:
    for row in machine.transitions:
        assert row.actors
        assert set(row.actors) <= set(Actor)
        assert row.scope in set(Scope)
        assert row.clause
        assert row.text.zh
        assert row.text.en
        assert is_dataclass(row.payload)
        for spec in fields(row.payload):
            assert row.payload is Note or spec.metadata["text"].zh
        for state in (*row.sources, row.target):
            assert label_text(f"{machine.states.__name__}.{state}").zh


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
