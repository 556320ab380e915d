"""A Python client of ``graphql-transport-ws``: says what it is told to, hears one message at a time."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

PROTOCOL = "graphql-transport-ws"
ITEMS = """subscription($after: String, $held: [String!], $mine: Boolean, $ids: [ID!]) {
  doubleListItemChanged(after: $after, held: $held, mine: $mine, ids: $ids) {
    kind id event cursor doubleListItem { id title status version } } }"""
WAIT = 10


class Socket:
    def __init__(
        self, url: str, token: str | None = None, *, origin: str | None = None, protocol: str | None = PROTOCOL
    ):
        self._connecting = connect(url, subprotocols=[protocol] if protocol else None, origin=origin)
        self._token = token
        self.raw: ClientConnection

    async def __aenter__(self) -> Self:
        self.raw = await self._connecting
        if self._token is not None:
            await self.say(type="connection_init", payload={"Authorization": f"Bearer {self._token}"})
            assert await self.hear() == {"type": "connection_ack"}
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.raw.close()

    async def say(self, **message: Any) -> None:
        await self.raw.send(json.dumps(message))

    async def hear(self) -> dict[str, Any]:
        async with asyncio.timeout(WAIT):
            found: dict[str, Any] = json.loads(await self.raw.recv())
        return found

    async def subscribe(self, query: str = ITEMS, key: str = "1", **variables: Any) -> None:
        await self.say(type="subscribe", id=key, payload={"query": query, "variables": variables})

    async def update(self) -> dict[str, Any]:
        """The next update of any subscription."""
        message = await self.hear()
        assert message["type"] == "next", message
        assert "errors" not in message["payload"], message
        (found,) = message["payload"]["data"].values()
        return found

    async def closed(self) -> tuple[int, str]:
        """Code and reason, once the hub has closed; what it says before is passed over."""
        async with asyncio.timeout(WAIT):
            try:
                while True:
                    await self.raw.recv()
            except ConnectionClosed:
                return self.raw.close_code or 0, self.raw.close_reason or ""

    async def settled(self) -> None:
        """Returns once the hub has handled all that was said before."""
        await self.say(type="ping")
        assert await self.hear() == {"type": "pong"}
