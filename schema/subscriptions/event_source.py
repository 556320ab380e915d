"""Answers as server-sent events: ``graphql-sse``, distinct connections mode (one operation a connection)."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress
from typing import Any

import structlog
from starlette.requests import Request
from starlette.responses import Response

from hub.auth.connections import Release
from hub.core.errors import Refused
from schema import problems
from schema.execution import Answer, Asked, Executor
from schema.subscriptions.guard import Guard
from schema.subscriptions.running import answers

log = structlog.get_logger("schema.subscriptions")

EVENT_STREAM = "text/event-stream"
_COMPLETE = b"event: complete\ndata:\n\n"
_HEARTBEAT = b":\n\n"
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


def wants_stream(request: Request) -> bool:
    """Whether the caller accepts server-sent events by name."""
    accept = request.headers.get("accept", "")
    return any(part.split(";")[0].strip().lower() == EVENT_STREAM for part in accept.split(","))


class EventSource(Response):
    """``next`` for every answer, then ``complete``; comments in between keep the connection open."""

    def __init__(self, executor: Executor, asked: Asked, authorization: str | None, release: Release) -> None:
        super().__init__()
        self._executor = executor
        self._asked = asked
        self._guard = Guard(executor.runtime, authorization)
        self._release = release
        self._writing = asyncio.Lock()

    async def __call__(self, _scope: Any, receive: Any, send: Any) -> None:
        tasks: list[asyncio.Task[Any]] = []
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            await self._write(send, _HEARTBEAT)
            telling = asyncio.create_task(self._tell(send))
            over = asyncio.create_task(self._guard.until_over())
            tasks = [telling, over, asyncio.create_task(_gone(receive)), asyncio.create_task(self._beat(send))]
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            refused = _refusal(telling) if telling in done else over.result() if over in done else None
            if not done.isdisjoint({telling, over}):
                await _end(tasks)
                await self._finish(send, refused)
        finally:
            await _end(tasks)
            self._release()

    async def _tell(self, send: Any) -> None:
        async with aclosing(answers(self._executor, self._asked, self._guard.caller)) as found:
            async for answer in found:
                await self._write(send, _next(answer))

    async def _beat(self, send: Any) -> None:
        while True:
            await asyncio.sleep(self._executor.runtime.settings.streams.ping_seconds)
            await self._write(send, _HEARTBEAT)

    async def _finish(self, send: Any, refused: Refused | None) -> None:
        if refused is not None:
            await self._write(send, _next(Answer(problems.of_refusal(refused))))
        await self._write(send, _COMPLETE)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _write(self, send: Any, content: bytes) -> None:
        async with self._writing:
            await send({"type": "http.response.body", "body": content, "more_body": True})


def _next(answer: Answer) -> bytes:
    return b"event: next\ndata: " + answer.content() + b"\n\n"


def _refusal(telling: asyncio.Task[Any]) -> Refused | None:
    error = telling.exception()
    if isinstance(error, Refused):
        return error
    if error is not None:
        log.error("stream failed", kind=type(error).__name__, exc_info=error)
    return None


async def _gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _end(tasks: list[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    with suppress(asyncio.CancelledError):
        await asyncio.gather(*tasks, return_exceptions=True)
