"""Which unit stands for another: chains of mergers end, whatever their order; a circle leads nowhere."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from hub.canonical.exchange_codes import MatchConfidence, SubjectMatchStatus, SubjectType
from hub.core.errors import Refused
from hub.core.ids import new_id
from hub.db import models
from hub.subjects.matching import MatchReversal, SubjectMatchDecision, decide, undo
from hub.subjects.succession import follow_successors, present_unit
from hub.workflow.gate import Request
from tests.support.world import CITY, COUNTY, PATHS, World

UNITS = [UUID(int=number) for number in range(8)]
GRAPHS = st.dictionaries(st.sampled_from(UNITS), st.none() | st.sampled_from(UNITS))


@given(GRAPHS, st.sampled_from(UNITS))
def test_a_chain_of_successors_ends_and_following_it_twice_changes_nothing(graph, unit) -> None:
    reached = present_unit(graph, unit)
    assert present_unit(graph, reached) == reached
    assert reached == unit or graph.get(reached) is None
    at, steps = unit, 0
    while graph.get(at) is not None and steps <= len(UNITS):
        at, steps = graph[at], steps + 1
    assert reached == (unit if steps > len(UNITS) else at)


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_whatever_is_decided_undone_merged_and_parted_a_body_is_the_unit_that_its_last_word_leads_to(
    world: World, seed: int
) -> None:
    """Against an oracle: the unit last decided, or none, followed along the successors that stand."""
    random = Random(seed)
    names = [f"county.{unit}" for unit in ("police", "finance", "civil", "office")]
    units = [world.organizations[name] for name in names]
    match, subject = await _body(world)
    word: UUID | None = None
    after: dict[UUID, UUID | None] = {}
    for _ in range(14):
        world.clock.advance(days=1)
        match random.choice(("decide", "undo", "merge", "part")):
            case "decide" if word is None:
                word = random.choice(units)
                await _perform(world, decide, SubjectMatchDecision(match, word))
            case "undo":
                if word is None:
                    with pytest.raises(Refused):
                        await _perform(world, undo, MatchReversal(match, "核错"))
                else:
                    await _perform(world, undo, MatchReversal(match, "核错"))
                word = None
            case "merge":
                old, new = random.sample(units, 2)
                after[old] = new
                await _succeed(world, old, new, world.clock().date() - timedelta(days=1))
            case "part":
                old = random.choice(units)
                after.pop(old, None)
                await _succeed(world, old, None, None)
        async with world.sessions.system("test") as session:
            await follow_successors(session, world.clock())
            assert await follow_successors(session, world.clock()) == 0
            held = await session.scalar(select(models.Subject.organization_id).where(models.Subject.id == subject))
        assert held == (None if word is None else present_unit(after, word))
    async with world.sessions.system("test") as session:
        moves = (await session.scalars(select(models.SubjectTransfer).order_by(models.SubjectTransfer.id))).all()
        ends = [None, *(each.to_id for each in moves)]
        assert [each.from_id for each in moves] == ends[:-1]


async def _body(world: World) -> tuple[UUID, UUID]:
    match, subject, city = new_id(), new_id(), world.jurisdictions[CITY]
    court, path = world.organizations["county.court"], PATHS[COUNTY]
    async with world.sessions.system("test") as session:
        await session.execute(
            insert(models.SubjectMatch).values(
                id=match,
                tenant_id=city,
                jurisdiction_path=path,
                source="court:豫0825",
                organization_id=court,
                name="县局大队",
                status=SubjectMatchStatus.OPEN,
                version=1,
            )
        )
        await session.execute(
            insert(models.Subject).values(
                id=subject,
                tenant_id=city,
                jurisdiction_id=world.jurisdictions[COUNTY],
                jurisdiction_path=path,
                kind=SubjectType.LEGAL,
                name="县局大队",
                name_masked="县局大队",
                match_confidence=MatchConfidence.NONE,
                government_subject=False,
            )
        )
    return match, subject


async def _perform(world: World, act, given) -> None:
    await world.gate.perform(world["county.credit"], Request("match", "subject:match"), lambda unit: act(unit, given))


async def _succeed(world: World, old: UUID, new: UUID | None, ended: date | None) -> None:
    table = models.Organization
    async with world.sessions.system("test") as session:
        changed = update(table).where(table.id == old).values(successor_id=new, valid_to=ended)
        await session.execute(changed.execution_options(synchronize_session=False))
