"""The WebSocket subprotocol ``graphql-transport-ws`` (enisdenjo/graphql-ws, PROTOCOL.md)."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from contextlib import aclosing, suppress
from typing import Any

import orjson
import structlog
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from hub.auth.connections import Release
from hub.core.errors import Reason, Refused
from hub.db.faults import BUSY
from schema import problems
from schema.answer import Answer, Asked, read_asked
from schema.execution import Executor
from schema.http.body import decoded
from schema.http.refusal import RefusedRequest
from schema.subscriptions.guard import Guard
from schema.subscriptions.running import TOKEN, answers

log = structlog.get_logger("schema.subscriptions")

PROTOCOL = "graphql-transport-ws"
GOING_AWAY, TOO_BIG, TRY_AGAIN = 1001, 1009, 1013
BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, PROTOCOL_UNKNOWN, TIMEOUT = 4400, 4401, 4403, 4406, 4408
ID_TAKEN, TOO_MANY, INTERNAL = 4409, 4429, 4500
MAXIMUM_ID = 100


class SocketEndpoint:
    """An ASGI app; one per process."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        socket = WebSocket(scope, receive, send)
        runtime = self._executor.runtime
        if not self._origin_allowed(socket) or runtime.connections.full or runtime.events.closing.is_set():
            await socket.close(FORBIDDEN)
            return
        if PROTOCOL not in socket.scope.get("subprotocols", ()):
            await socket.accept()
            await socket.close(PROTOCOL_UNKNOWN, "Subprotocol not acceptable")
            return
        await socket.accept(PROTOCOL)
        await Conversation(socket, self._executor).hold()

    def _origin_allowed(self, socket: WebSocket) -> bool:
        """Only browsers send an origin, and no page of another site may speak through one."""
        settings = self._executor.runtime.settings
        origin = socket.headers.get("origin")
        return origin is None or origin in (*settings.cors_origins, settings.issuer_url)


class _Closed(Exception):
    """Raised by whatever finds that the connection must end."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(why)
        self.code = code
        self.why = why


class Conversation:
    """One connection, from its acceptance to its close."""

    def __init__(self, socket: WebSocket, executor: Executor) -> None:
        self._socket = socket
        self._executor = executor
        self._settings = executor.runtime.settings
        self._connections = executor.runtime.connections
        self._guard: Guard | None = None
        self._release: Release = self._connections.come()
        self._operations: dict[str, asyncio.Task[None]] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._watching: list[asyncio.Task[Any]] = []
        self._writing = asyncio.Lock()
        self._heard = asyncio.Event()
        self._over: asyncio.Future[_Closed] = asyncio.get_running_loop().create_future()

    async def hold(self) -> None:
        """Speak until either side closes; nothing of the connection is left running afterwards."""
        listening = asyncio.create_task(self._listen())
        self._watch(self._await_init())
        try:
            either: set[asyncio.Future[Any]] = {listening, self._over}
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            listening.cancel()
            await self._stop()
            if self._over.done():
                closed = self._over.result()
                with suppress(RuntimeError, WebSocketDisconnect):
                    await self._socket.close(closed.code, closed.why)
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
            await self._stop()
            self._release()

    def _end(self, code: int, why: str) -> None:
        if not self._over.done():
            self._over.set_result(_Closed(code, why))

    def _watch(self, work: Any) -> None:
        self._watching.append(asyncio.create_task(work))

    async def _stop(self) -> None:
        tasks = [*self._watching, *self._running]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _listen(self) -> None:
        try:
            while True:
                message = await self._socket.receive()
                if message["type"] == "websocket.disconnect":
                    return
                self._heard.set()
                await self._handle(message.get("text"))
        except _Closed as closed:
            self._end(closed.code, closed.why)
        except Exception as error:
            log.exception("connection failed", kind=type(error).__name__)
            self._end(INTERNAL, "Internal error")

    async def _handle(self, text: str | None) -> None:
        message = self._read(text)
        match message["type"]:
            case "connection_init":
                await self._init(message)
            case "ping":
                await self._send({"type": "pong"})
            case "pong":
                pass
            case "subscribe":
                await self._subscribe(message, hashlib.sha256((text or "").encode()).hexdigest())
            case "complete":
                task = self._operations.pop(_id(message), None)
                if task is not None:
                    task.cancel()
            case _:
                raise _Closed(BAD_REQUEST, "Unknown message type")

    def _read(self, text: str | None) -> dict[str, Any]:
        if text is None:
            raise _Closed(BAD_REQUEST, "Text messages only")
        if len(text) > self._settings.body_limit or len(text.encode("utf-8", "replace")) > self._settings.body_limit:
            raise _Closed(TOO_BIG, "Message too big")
        try:
            message = decoded(text.encode())
        except (RefusedRequest, UnicodeError):
            raise _Closed(BAD_REQUEST, "Message is not JSON") from None
        if not isinstance(message, dict) or not isinstance(message.get("type"), str):
            raise _Closed(BAD_REQUEST, "Message is not an object with a type")
        return message

    async def _await_init(self) -> None:
        closing = self._executor.runtime.events.closing
        try:
            async with asyncio.timeout(self._settings.streams.init_seconds):
                await closing.wait()
        except TimeoutError:
            if self._guard is None:
                self._end(TIMEOUT, "Connection initialisation timeout")
        else:
            self._end(GOING_AWAY, "STREAM_ENDING")

    async def _init(self, message: Mapping[str, Any]) -> None:
        if self._guard is not None:
            raise _Closed(TOO_MANY, "Too many initialisation requests")
        payload = message.get("payload")
        if payload is not None and not isinstance(payload, dict):
            raise _Closed(BAD_REQUEST, "Payload is not an object")
        given = {str(name).lower(): value for name, value in (payload or {}).items()}
        token = given.get("authorization", self._socket.headers.get("authorization"))
        guard = Guard(self._executor.runtime, token if isinstance(token, str) else None)
        try:
            principal = await guard.caller()
            release = await self._connections.take(principal.subject)
        except Refused as refused:
            raise _Closed(FORBIDDEN, refused.code) from None
        except BUSY:
            raise _Closed(TRY_AGAIN, "BUSY") from None
        if release is None:
            raise _Closed(FORBIDDEN, "CONNECTIONS_TOO_MANY")
        self._release()
        self._guard, self._release = guard, release
        await self._send({"type": "connection_ack"})
        self._watch(self._keep_watch(guard))
        self._watch(self._keep_alive())

    async def _keep_watch(self, guard: Guard) -> None:
        refused = await guard.until_over()
        if refused.code in TOKEN:
            self._end(FORBIDDEN, refused.code)
        else:
            self._end(GOING_AWAY, refused.code)

    async def _keep_alive(self) -> None:
        seconds = self._settings.streams.ping_seconds
        while True:
            await asyncio.sleep(seconds)
            self._heard.clear()
            await self._send({"type": "ping"})
            try:
                # Not wait_for, which in Python 3.11 may lose a cancellation.
                async with asyncio.timeout(seconds):
                    await self._heard.wait()
            except TimeoutError:
                self._end(TIMEOUT, "No answer to ping")

    async def _subscribe(self, message: Mapping[str, Any], digest: str) -> None:
        guard = self._guard
        if guard is None:
            raise _Closed(UNAUTHORIZED, "Unauthorized")
        key, payload = _id(message), message.get("payload")
        if not isinstance(payload, dict):
            raise _Closed(BAD_REQUEST, "Payload is not an object")
        if key in self._operations:
            raise _Closed(ID_TAKEN, "Subscriber already exists")
        limit = self._settings.streams.subscriptions_per_connection
        if len(self._operations) >= limit:
            reason = Reason("SUBSCRIPTIONS_TOO_MANY", (), {"limit": limit})
            await self._send({"type": "error", "id": key, "payload": [problems.formatted(reason)]})
            return
        try:
            asked = read_asked(payload, digest=digest)
        except Refused:
            raise _Closed(BAD_REQUEST, "Payload is not a GraphQL request") from None
        task = asyncio.create_task(self._run(key, asked, guard))
        self._operations[key] = task
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _run(self, key: str, asked: Asked, guard: Guard) -> None:
        try:
            async with aclosing(answers(self._executor, asked, guard.caller)) as found:
                async for answer in found:
                    if not answer.executed:
                        await self._last({"type": "error", "id": key, "payload": answer.errors})
                        return
                    await self._send_answer(key, answer)
            await self._last({"type": "complete", "id": key})
        except Refused as refused:
            self._end(FORBIDDEN, refused.code)
        except (WebSocketDisconnect, RuntimeError):
            self._end(GOING_AWAY, "Gone")
        except Exception as error:
            log.exception("operation failed", kind=type(error).__name__)
            await self._last({"type": "error", "id": key, "payload": [problems.internal()]})

    async def _last(self, message: Mapping[str, Any]) -> None:
        """Say that an operation is over; its id is free before the client can know."""
        self._operations.pop(message["id"], None)
        await self._send(message)

    async def _send_answer(self, key: str, answer: Answer) -> None:
        head = b'{"type":"next","id":' + orjson.dumps(key) + b',"payload":'
        await self._write((head + answer.content() + b"}").decode())

    async def _send(self, message: Mapping[str, Any]) -> None:
        await self._write(orjson.dumps(message).decode())

    async def _write(self, text: str) -> None:
        async with self._writing:
            await self._socket.send_text(text)


def _id(message: Mapping[str, Any]) -> str:
    key = message.get("id")
    if not isinstance(key, str) or not 0 < len(key) <= MAXIMUM_ID:
        raise _Closed(BAD_REQUEST, "Id is not a short text")
    return key
