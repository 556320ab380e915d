"""Exports in a home folder of the test's own."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from hub.config import Settings
from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support.bulk import Bulk
from tests.support.client import ISSUER, ClientOf
from tests.support.world import World

ITEMS = "{ doubleListItems { nodes { id title content status } } }"


@pytest.fixture
async def runtime(world: World, tmp_path: Path) -> Runtime:
    settings = Settings(issuer=ISSUER, home=tmp_path, _env_file=None)
    return Runtime.over(world.sessions, settings, world.keyring, world.clock)


@pytest.fixture
def bulk(runtime: Runtime, http: httpx.AsyncClient) -> Bulk:
    return Bulk(runtime, http)


@pytest.fixture
def steps(world: World, client_of: ClientOf) -> Steps:
    return Steps(world, client_of)


@pytest.fixture
async def items(steps: Steps) -> list[str]:
    """Ids of two items: one led by the court with the police, one of finance alone."""
    await steps.open_list()
    first = await steps.propose("court")
    second = await steps.propose("finance", lead="finance", cooperating=("civil",))
    return [first["id"], second["id"]]
