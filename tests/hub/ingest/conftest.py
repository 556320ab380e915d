from __future__ import annotations

from pathlib import Path

import pytest

from hub.runtime import Runtime
from tests.support.court import Court, court_at, settle
from tests.support.world import World


@pytest.fixture
async def court(world: World, runtime: Runtime, tmp_path: Path) -> Court:
    await settle(world)
    return court_at(world, runtime, tmp_path)
