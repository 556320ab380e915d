from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from hub.db.session import Sessions
from hub.db.target import DatabaseTarget
from tests.obligations.steps import Steps
from tests.support.client import ClientOf
from tests.support.dumping import dumped, readable
from tests.support.world import World


@pytest.fixture
def steps(world: World, client_of: ClientOf) -> Steps:
    return Steps(world, client_of)


@pytest.fixture
async def stolen(request: pytest.FixtureRequest, sessions: Sessions, database: DatabaseTarget) -> AsyncIterator[None]:
    """After a story in which people occur nobody who steals the database reads who they are."""
    yield
    marker = request.node.get_closest_marker("unreadable")
    assert readable(await dumped(database), marker.args if marker else ()) == set()
