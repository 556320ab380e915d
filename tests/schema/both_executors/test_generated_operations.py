"""Pass-through and graphql-core give the same answer: on operations generated from the schema, for every role."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from hub.db.target import DatabaseRole
from hub.runtime import Runtime
from tests.support.operations import Operation
from tests.support.soaking import Soak, filled
from tests.support.world import World

SEED = 1
COMPARISONS = 5_000


@pytest.fixture
async def soak(world: World, runtime: Runtime, engines: dict[DatabaseRole, AsyncEngine]) -> AsyncIterator[Soak]:
    async with filled(world, engines[DatabaseRole.OWNER], SEED) as content:
        yield Soak(world, content, runtime, engines[DatabaseRole.OWNER])


@pytest.mark.long
async def test_generated_operations_answer_alike_with_and_without_pass_through(soak: Soak) -> None:
    """Operations, distinct for each caller: data, order, nulls, errors, masked fields, what goes on record."""
    async for difference in soak.run(SEED, COMPARISONS):
        assert difference is None, str(difference)
    counts = soak.comparison.counts
    assert counts["compared"] >= COMPARISONS
    assert counts["passed through"] > COMPARISONS * 0.5, counts
    assert counts["with errors"] > COMPARISONS * 0.05, counts
    assert counts["refused documents"] < COMPARISONS * 0.02, counts


SUPERIORS = ("city.justice", "city.police", "city.highcourt")
MASKED = "nodes { title content responsibilities { leader person post } }"
MIXED = "nodes { title availableEvents { event } responsibilities { leader person post } }"


async def test_masked_fields_are_told_alike_also_beside_fields_of_python(soak: Soak, world: World) -> None:
    told = set()
    for caller, principal in soak.callers:
        for inner in (MASKED, MIXED):
            operation = Operation(f"{{ doubleListItems(first: 20) {{ {inner} }} }}")
            difference = await soak.comparison.differ(caller, principal, operation)
            assert difference is None, str(difference)
            masked = soak.comparison.answer.get("extensions", {}).get("masked", [])
            if {"Responsibility.leader", "Responsibility.person"} <= set(masked):
                told.add((caller, inner))
    assert told == {(caller, inner) for caller in SUPERIORS for inner in (MASKED, MIXED)}
