"""Rounds keep to their table whatever is asked in whatever order, and their figures are the sum of what was told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.campaign.round_payloads import (
    CampaignRoundCases,
    CampaignRoundOutcome,
    CampaignRoundOutcomes,
    CampaignRoundPlanning,
    CampaignRoundReturn,
)
from hub.campaign.round_workflow import ROUND
from hub.campaign.rounds import fire_round, plan_round, round_events
from hub.canonical.campaign import DONE, RESULTS, CampaignRoundKind, CampaignRoundResult, CampaignRoundStatus
from hub.core.errors import Refused
from hub.core.workflow import Note
from hub.db.models import AuditEvent, CampaignRound, CampaignRoundCase, CampaignRoundFigure, OutboxEvent
from hub.workflow.gate import Request
from tests.hub.campaign.conftest import BANK, COURT, HELPER, OFFICE, OTHER, Desk

DAY = date(2026, 6, 1)
OVER = (CampaignRoundStatus.CLOSED, CampaignRoundStatus.CANCELLED)
NUMBERS = st.integers(0, 2)
EVENTS: dict[str, Callable[[list[UUID], int, CampaignRoundResult], Any]] = {
    "choose": lambda cases, number, _: CampaignRoundCases(case_ids=tuple(cases[: number + 1])),
    "start": lambda *_: Note(),
    "record": lambda cases, number, result: CampaignRoundOutcomes(
        results=tuple(CampaignRoundOutcome(case_id=case, result=result, on=DAY) for case in cases[: number + 1])
    ),
    "report": lambda *_: Note(),
    "sendBack": lambda *_: CampaignRoundReturn(reason="补正"),
    "close": lambda *_: Note(),
    "cancel": lambda *_: CampaignRoundReturn(reason="取消"),
}
UNITS = (OFFICE, COURT, COURT, OFFICE, BANK, HELPER)
WAY = ("choose", "start", "record", "report", "sendBack", "close")
ASKED = st.tuples(
    st.sampled_from(UNITS), st.sampled_from((*WAY, "cancel")), NUMBERS, st.sampled_from(CampaignRoundResult)
)
LED = (
    (COURT, "choose", None),
    (COURT, "start", None),
    (COURT, "record", CampaignRoundResult.SERVED),
    (COURT, "record", None),
    (OFFICE, "report", None),
    (COURT, "report", None),
    (COURT, "sendBack", None),
    (COURT, "close", None),
    (OFFICE, "close", None),
)
"""The way of a round, with what is refused on it: a result of another kind of round, the steps of another unit."""


def sequences() -> list[list[tuple[str, str, int, CampaignRoundResult]]]:
    found: list[list[tuple[str, str, int, CampaignRoundResult]]] = []

    @settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.lists(ASKED, min_size=8, max_size=10))
    def gather(sequence: list[tuple[str, str, int, CampaignRoundResult]]) -> None:
        found.append(sequence)

    gather()
    return found


async def test_whatever_is_asked_a_round_moves_by_its_table_with_one_trace_or_not_at_all(desk: Desk) -> None:
    """Generated events by generated units, each sequence led some steps along the way first."""
    told = [*await desk.submit(BANK, desk.draft(1), desk.draft(2)), *await desk.submit(OTHER, desk.draft(9))]
    cases = [case.id for case in told]
    for case in cases:
        await desk.tag(case)
    await desk.recover(cases[0], "30.10")
    reached = set()
    for number, sequence in enumerate(sequences()):
        key = await plan(desk, day=number)
        result = (CampaignRoundResult.SETTLED, CampaignRoundResult.NOTHING_FOUND)[number % 2]
        led = [(who, event, 2, given or result) for who, event, given in LED[: 2 * number]]
        standing = await stands(desk, key)
        for who, event, count, result in (*led, *sequence):
            before = standing
            standing = await ask(desk, key, who, event, EVENTS[event](cases, count, result), before)
            assert event != "record" or standing == before or result in RESULTS[standing.kind]
            reached.add(standing.status)
        await _sums_up(desk, key, standing)
    assert reached == set(CampaignRoundStatus), "the sequences reach every state"


async def plan(desk: Desk, day: int = 0, kind: CampaignRoundKind = CampaignRoundKind.EXECUTION) -> UUID:
    court = desk.world.organizations[COURT]
    first = date(2026, 5, 1 + day)
    asked = CampaignRoundPlanning(
        campaign_id=desk.campaign_id, court_id=court, kind=kind, title="集中执行", starts_on=first, ends_on=first
    )
    return await desk.act(OFFICE, lambda unit: plan_round(unit, asked))


@dataclass(frozen=True)
class Standing:
    status: CampaignRoundStatus
    version: int
    figure_version: int
    kind: CampaignRoundKind
    traces: tuple[int, int]


async def stands(desk: Desk, key: UUID) -> Standing:
    """The round, and how many moves of rounds were audited and announced by now."""
    row = CampaignRound
    audited = select(func.count()).where(AuditEvent.event == AuditAction.CAMPAIGN_ROUND_TRANSITION)
    announced = select(func.count()).where(OutboxEvent.type.startswith("campaignround."))
    counts = audited.scalar_subquery(), announced.scalar_subquery()
    of = select(row.status, row.version, row.figure_version, row.kind, *counts).where(row.id == key)
    async with desk.world.sessions.system("test") as session:
        *told, first, second = (await session.execute(of)).one()
    return Standing(*told, (first, second))


async def ask(desk: Desk, key: UUID, who: str, event: str, payload: Any, before: Standing) -> Standing:
    """How it stands afterwards."""
    principal, possible = desk.world[who], False

    async def action(unit: Any) -> UUID:
        nonlocal possible
        seen = list(await unit.session.scalars(select(CampaignRound).where(CampaignRound.id == key)))
        events = (await round_events(unit.session, principal, seen)).get(key, ())
        possible = any(each.event == event and each.allowed for each in events)
        return (await fire_round(unit, key, event, payload)).id

    try:
        await desk.world.gate.perform(principal, Request("test", Scope.CAMPAIGN_READ), action)
    except Refused:
        after = await stands(desk, key)
        assert after == before
        return after
    assert possible, "what was accepted was said to be possible"
    after = await stands(desk, key)
    (row,) = (row for row in ROUND.transitions if row.event == event)
    assert before.status in row.sources
    assert before.status not in OVER
    assert (after.status, after.version) == (row.target, before.version + 1)
    assert after.figure_version == before.figure_version + (event == "report")
    assert who == (COURT if event in ("choose", "start", "record", "report") else OFFICE)
    assert after.traces == (before.traces[0] + 1, before.traces[1] + 1)
    return after


async def _sums_up(desk: Desk, key: UUID, row: Standing) -> None:
    """The latest figures are those of what the cases say, and the banks' sum up to the total."""
    async with desk.world.sessions.system("test") as session:
        chosen = list(await session.scalars(select(CampaignRoundCase).where(CampaignRoundCase.round_id == key)))
        kept = list(await session.scalars(select(CampaignRoundFigure).where(CampaignRoundFigure.round_id == key)))
    assert {each.figure_version for each in kept} == set(range(1, row.figure_version + 1))
    assert all(each.result in (None, *RESULTS[row.kind]) for each in chosen)
    for version in range(1, row.figure_version + 1):
        told = [each for each in kept if each.figure_version == version]
        (total,) = (each for each in told if each.organization_id is None)
        for name in ("cases", "done", "principal_fen", "recovered_fen"):
            assert getattr(total, name) == sum(getattr(each, name) for each in told if each.organization_id is not None)
    if row.status in (CampaignRoundStatus.REPORTED, CampaignRoundStatus.CLOSED):
        (last,) = (each for each in kept if each.figure_version == row.figure_version and each.organization_id is None)
        assert last.cases == len(chosen)
        assert last.done == sum(each.result in DONE for each in chosen)
        assert last.principal_fen == 10_000 * len(chosen)
