from __future__ import annotations

from pathlib import Path

import pytest

from hub.runtime import Runtime
from tests.support.client import ClientOf
from tests.support.inquiry import Inquiry
from tests.support.world import World


@pytest.fixture
async def inquiry(world: World, client_of: ClientOf, runtime: Runtime, tmp_path: Path) -> Inquiry:
    made = Inquiry(world, client_of, runtime)
    await made.prepare(tmp_path)
    return made
