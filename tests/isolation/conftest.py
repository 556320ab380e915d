from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from hub.db.target import DatabaseRole
from tests.obligations.steps import Steps
from tests.support.client import ClientOf
from tests.support.drawn_inquiry import add_officers
from tests.support.rows import Content
from tests.support.soaking import filled
from tests.support.world import World

SEED = 3


@pytest.fixture
async def steps(world: World, client_of: ClientOf) -> Steps:
    return Steps(world, client_of)


@pytest.fixture
async def content(world: World, engines: dict[DatabaseRole, AsyncEngine]) -> AsyncIterator[Content]:
    """A generated world of several jurisdictions, with officers of its courts among the callers."""
    async with filled(world, engines[DatabaseRole.OWNER], SEED, size=6) as content:
        add_officers(world)
        yield content
