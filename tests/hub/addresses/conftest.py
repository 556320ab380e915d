from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support.addresses import Addresses
from tests.support.client import ClientOf
from tests.support.world import World


@pytest.fixture
async def addresses(world: World, client_of: ClientOf, runtime: Runtime, tmp_path: Path) -> AsyncIterator[Addresses]:
    made = Addresses(Steps(world, client_of), runtime, tmp_path)
    await made.prepare()
    yield made
    made.register.stop()
