from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hub.runtime import Runtime
from tests.support.client import ClientOf
from tests.support.holding import Holding, holders_at, runtime_at
from tests.support.world import World


@pytest.fixture
async def runtime(world: World, tmp_path: Path) -> Runtime:
    return runtime_at(world, tmp_path)


@pytest.fixture
async def holding(world: World, client_of: ClientOf, runtime: Runtime) -> AsyncIterator[Holding]:
    async with holders_at(world, client_of, runtime, ("police", "tax")) as made:
        yield made
