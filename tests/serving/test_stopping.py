"""A hub that is stopped takes its leave of every client that still listens, and is gone soon."""

from __future__ import annotations

import asyncio
import json
import signal
import time

import httpx
import pytest
from websockets.asyncio.client import connect

from tests.schema.subscriptions.speaking import ITEMS, PROTOCOL

SOON = 8
"""Seconds until the last process is gone: web processes, worker and embedded database."""


async def _said(http: httpx.AsyncClient, url: str, token: str, begun: asyncio.Event) -> list[str]:
    """Every line of a server-sent event stream until its end; raises when it breaks off."""
    headers = {"authorization": f"Bearer {token}", "accept": "text/event-stream"}
    async with http.stream("POST", f"{url}/graphql", json={"query": ITEMS}, headers=headers) as answer:
        lines: list[str] = []
        async for line in answer.aiter_lines():
            lines.append(line)
            begun.set()
        return [each for each in lines if each]


@pytest.mark.parametrize(("workers", "by"), [(1, "SIGTERM"), (2, "SIGTERM"), (2, "Ctrl-C")])
async def test_open_connections_are_told_that_the_service_ends(serve, court, workers: int, by: str) -> None:
    serving = serve(HUB_WORKERS=str(workers))
    department = await court(serving)
    sockets = [department.socket(serving) for _ in range(6)]
    silent = await connect(f"ws://127.0.0.1:{serving.port}/graphql", subprotocols=[PROTOCOL])
    for each in sockets:
        await each.__aenter__()
        await each.subscribe()
        await each.settled()
    begun = asyncio.Event()
    stream = asyncio.create_task(_said(department.http, serving.url, department.token, begun))
    await asyncio.wait_for(begun.wait(), 10)
    started = time.monotonic()
    serving.interrupt() if by == "Ctrl-C" else serving.process.send_signal(signal.SIGTERM)
    endings = await asyncio.gather(*(each.closed() for each in sockets))
    lines = await asyncio.wait_for(stream, 10)
    await asyncio.wait_for(silent.wait_closed(), 10)
    await asyncio.to_thread(serving.process.wait, 30)
    taken = time.monotonic() - started
    assert endings == [(1001, "STREAM_ENDING")] * len(sockets)
    assert silent.close_code == 1001
    assert json.loads(lines[2].removeprefix("data: "))["errors"][0]["extensions"]["code"] == "STREAM_ENDING"
    assert lines[-2:] == ["event: complete", "data:"]
    assert taken < SOON, serving.log.read_text()
    assert serving.process.returncode == 0
