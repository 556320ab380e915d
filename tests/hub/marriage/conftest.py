from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support.client import ClientOf
from tests.support.marriage import Marriages
from tests.support.world import World


@pytest.fixture
def marriages(world: World, client_of: ClientOf, runtime: Runtime, tmp_path: Path) -> Iterator[Marriages]:
    made = Marriages(Steps(world, client_of), runtime, tmp_path)
    yield made
    made.register.stop()
