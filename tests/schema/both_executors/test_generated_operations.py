"""Pass-through and graphql-core give the same answer: on operations generated from the schema, for every role."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from hub.db.target import DatabaseRole
from hub.runtime import Runtime
from tests.support.soaking import Soak, filled
from tests.support.world import World

SEED = 1
COMPARISONS = 5_000


@pytest.fixture
async def soak(world: World, runtime: Runtime, engines: dict[DatabaseRole, AsyncEngine]) -> AsyncIterator[Soak]:
    async with filled(world, engines[DatabaseRole.OWNER], SEED) as content:
        yield Soak(world, content, runtime, engines[DatabaseRole.OWNER])


async def test_generated_operations_answer_alike_with_and_without_pass_through(soak: Soak) -> None:
    """Distinct operations of every caller: data, order, nulls, errors, masked fields, what goes on record."""
    async for difference in soak.run(SEED, COMPARISONS):
        assert difference is None, str(difference)
    counts = soak.comparison.counts
    assert counts["compared"] >= COMPARISONS
    assert counts["passed through"] > COMPARISONS * 0.6, counts
    assert counts["masked"] > 0, counts
    assert counts["with errors"] > COMPARISONS * 0.05, counts
    assert counts["refused documents"] < COMPARISONS * 0.02, counts
