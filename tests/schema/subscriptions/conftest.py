"""The app behind real sockets, in this process, with short intervals; clients that speak the two protocols."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import httpx
import pytest
from granian.constants import Interfaces
from granian.server.embed import Server

from hub.app import app_of
from hub.config import Settings, StreamSettings
from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.schema.subscriptions.speaking import Socket
from tests.support.client import ISSUER, ClientOf
from tests.support.serving import free_port
from tests.support.world import World

QUICK = {"poll_seconds": 0.02, "recheck_seconds": 0.05}
Served = Callable[..., Awaitable["Hub"]]


class Hub:
    """One web process's worth of hub."""

    def __init__(self, runtime: Runtime, port: int) -> None:
        self.runtime = runtime
        self.port = port
        self.url = f"http://127.0.0.1:{port}"

    def socket(self, token: str | None = None, **options: object) -> Socket:
        return Socket(f"ws://127.0.0.1:{self.port}/graphql", token, **options)


@pytest.fixture
async def serve(world: World) -> AsyncIterator[Served]:
    """Starts a hub with the given stream settings; several are processes beside each other as to the database."""
    async with AsyncExitStack() as stack:

        async def begin(**streams: object) -> Hub:
            settings = Settings(issuer=ISSUER, streams=StreamSettings(**{**QUICK, **streams}), _env_file=None)
            runtime = Runtime.over(world.sessions, settings, world.keyring, world.clock)
            hub = Hub(runtime, free_port())
            server = Server(
                app_of(runtime), address="127.0.0.1", port=hub.port, interface=Interfaces.ASGINL, log_enabled=False
            )
            task = asyncio.create_task(server.serve())
            stack.push_async_callback(_stopped, server, task, runtime)
            await _ready(hub)
            return hub

        yield begin


async def _stopped(server: Server, task: asyncio.Task[None], runtime: Runtime) -> None:
    await runtime.events.aclose()
    server.stop()
    await asyncio.wait_for(task, 20)
    await runtime.connections.aclose()


async def _ready(hub: Hub) -> None:
    async with httpx.AsyncClient() as http:
        for _ in range(200):
            try:
                await http.get(f"{hub.url}/healthz")
            except httpx.TransportError:
                await asyncio.sleep(0.02)
            else:
                return
    raise AssertionError("the server did not start")


@pytest.fixture
async def hub(serve: Served) -> Hub:
    return await serve()


@pytest.fixture
def token_of(client_of: ClientOf) -> Callable[[str], Awaitable[str]]:
    async def get(key: str) -> str:
        client = await client_of(key)
        return await client.authorize()

    return get


@pytest.fixture
async def steps(world: World, client_of: ClientOf) -> Steps:
    made = Steps(world, client_of)
    await made.open_list()
    return made
