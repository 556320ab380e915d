from __future__ import annotations

import pytest

from tests.obligations.steps import Steps
from tests.support.client import ClientOf
from tests.support.world import World


@pytest.fixture
def steps(world: World, client_of: ClientOf) -> Steps:
    return Steps(world, client_of)
