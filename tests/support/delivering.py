"""Fixtures of deliveries: a hub that may reach this machine, a receiver on a real socket, something that happens."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from hub.config import Settings
from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support.client import ISSUER, ClientOf
from tests.support.hooks import LOOPBACK, Hooks
from tests.support.receiving import Receiver, receiving
from tests.support.world import World


@pytest.fixture
async def runtime(world: World) -> Runtime:
    settings = Settings(issuer=ISSUER, quota_capacity=10**9, delivery=LOOPBACK, _env_file=None)
    return Runtime.over(world.sessions, settings, world.keyring, world.clock)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as found:
        yield found


@pytest.fixture
def steps(world: World, client_of: ClientOf) -> Steps:
    return Steps(world, client_of)


@pytest.fixture
async def item(steps: Steps) -> str:
    """An item of the court, the police beside it."""
    await steps.open_list()
    return str((await steps.propose("court"))["id"])


@pytest.fixture
def hooks(world: World, runtime: Runtime, client_of: ClientOf) -> Hooks:
    return Hooks(world, runtime, client_of)
