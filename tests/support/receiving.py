"""A department's system that receives webhooks: a real HTTP server on a loopback socket, with faults on request."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Received:
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


Answer = Callable[[Received, asyncio.StreamWriter], Awaitable[None]]


def status(code: int, body: bytes = b"", **headers: str) -> Answer:
    """An answer with a status; names of headers with underscores for dashes."""

    async def answer(_: Received, writer: asyncio.StreamWriter) -> None:
        lines = [f"HTTP/1.1 {code} X", f"content-length: {len(body)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        await writer.drain()

    return answer


def after(seconds: float, then: Answer) -> Answer:
    async def answer(request: Received, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(seconds)
        await then(request, writer)

    return answer


def raw(content: bytes) -> Answer:
    """Whatever bytes, then the end of the connection."""

    async def answer(_: Received, writer: asyncio.StreamWriter) -> None:
        writer.write(content)
        await writer.drain()
        writer.close()

    return answer


async def never(_: Received, __: asyncio.StreamWriter) -> None:
    """No answer at all; the connection stays open."""
    await asyncio.Event().wait()


def endless(head: bytes, piece: bytes, pause: float) -> Answer:
    """A piece again and again, for as long as the other side reads."""

    async def answer(_: Received, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        with suppress(ConnectionError):
            while True:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(pause)

    return answer


@dataclass
class Receiver:
    """``answer`` decides what comes back. ``received`` is every request that came in whole."""

    port: int = 0
    scheme: str = "http"
    host: str = "127.0.0.1"
    answer: Answer = field(default_factory=lambda: status(204))
    received: list[Received] = field(default_factory=list)
    connections: int = 0
    busy: int = 0
    most_busy: int = 0
    first: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}/hooks"

    @property
    def events(self) -> list[dict[str, Any]]:
        return [each.event for each in self.received]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
                signature = next(
                    (line.split(": ", 1)[1] for line in head if line.lower().startswith("webhook-sig")), ""
                )
                body = await reader.readexactly(int(headers["content-length"]))
                request = Received({**headers, "webhook-signature": signature}, body)
                self.received.append(request)
                self.first.set()
                self.busy += 1
                self.most_busy = max(self.busy, self.most_busy)
                try:
                    await self.answer(request, writer)
                finally:
                    self.busy -= 1
        writer.close()


@asynccontextmanager
async def receiving(*, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> AsyncIterator[Receiver]:
    receiver = Receiver(scheme="https" if tls else "http", host="localhost" if tls else host)
    running: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(receiver.serve(reader, writer))
        running.add(task)
        task.add_done_callback(running.discard)

    server = await asyncio.start_server(accept, host, 0, ssl=tls)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
