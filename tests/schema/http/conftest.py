"""The endpoint as the tests of the transport reach it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace

import httpx
import pytest

from hub.app import app_of
from hub.config import Settings
from hub.runtime import Runtime
from tests.support.client import ISSUER, Client, ClientOf

Setting = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]


@pytest.fixture
async def police(client_of: ClientOf) -> Client:
    client = await client_of("county.police")
    await client.authorize()
    return client


@pytest.fixture
async def bearer(police: Client) -> dict[str, str]:
    return {"authorization": f"Bearer {police.token}"}


@pytest.fixture
def setting(runtime: Runtime) -> Setting:
    """The app over the same world under other settings."""

    @asynccontextmanager
    async def opened(**given: object) -> AsyncIterator[httpx.AsyncClient]:
        other = replace(runtime, settings=Settings(issuer=ISSUER, _env_file=None, **given))
        transport = httpx.ASGITransport(app_of(other), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=ISSUER) as client:
            yield client

    return opened
