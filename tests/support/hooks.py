"""Endpoints and deliveries, as their owners and the worker handle them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select

from connectors.kit.keyed import Instants
from hub.config import DeliverySettings
from hub.core.ids import decode_node_id
from hub.core.workflow import Note
from hub.db.models import Delivery, DoubleListItem, ExchangeEntry, WebhookEndpoint
from hub.delivery import endpoints, secrets
from hub.events.outbox import publish
from hub.runtime import Runtime
from hub.worker import delivering
from hub.workflow.gate import Request
from tests.support.client import ClientOf
from tests.support.events import until_readable
from tests.support.world import World

LOOPBACK = DeliverySettings(
    networks=("127.0.0.1/32",), plain_http=True, connect_seconds=0.5, total_seconds=0.6, lease_seconds=60
)


@dataclass
class Hooks:
    """Endpoints and deliveries, as their owners and the worker handle them."""

    world: World
    runtime: Runtime
    client_of: ClientOf
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def register(self, key: str, url: str, *types: str) -> UUID:
        await self.client_of(key)
        draft = endpoints.WebhookEndpointDraft(url=url, event_types=types or ("doublelistitem.*",))
        made = await self.act(key, lambda unit: endpoints.register(unit, draft))
        await self.work()
        return made

    async def act(self, key: str, action: Any) -> UUID:
        return await self.runtime.gate.perform(self.world[key], Request("test", "webhook:manage"), action)

    async def change(
        self, key: str, act: Any, endpoint: UUID, content: Any = Note(), version: int | None = None
    ) -> None:
        async def action(unit: Any) -> UUID:
            await act(unit, endpoint, content, expected_version=version)
            return endpoint

        await self.act(key, action)

    async def rotate(self, key: str, endpoint: UUID) -> None:
        asked = endpoints.WebhookSecretRotation(webhook_endpoint_id=endpoint)
        await self.act(key, lambda unit: endpoints.rotate(unit, asked))

    async def work(self) -> None:
        """Read and send all that can be, as a worker does, once other databases' transactions let it."""
        await until_readable(self.world.sessions)
        async with delivering(self.runtime, Instants(self.runtime.clock)) as runner:
            await runner.drain(self.stopping)

    async def touch(self, item: str, name: str = "edited", times: int = 1) -> None:
        """Events about an item without any change of it."""
        key = decode_node_id(item)[1]
        async with self.world.sessions.system("test") as session:
            tenant = await session.scalar(select(DoubleListItem.tenant_id).where(DoubleListItem.id == key))
            for number in range(times):
                await publish(
                    session,
                    tenant_id=tenant,
                    type_=f"doublelistitem.{name}",
                    key=f"DoubleListItem:{key}",
                    ids={"id": str(key), "version": number + 1},
                )

    async def deliveries(self, endpoint: UUID | None = None) -> list[Delivery]:
        statement = select(Delivery).order_by(Delivery.transaction_id, Delivery.number)
        async with self.world.sessions.system("test") as session:
            found = await session.scalars(statement if endpoint is None else statement.filter_by(endpoint_id=endpoint))
            return list(found)

    async def endpoint(self, key: UUID) -> WebhookEndpoint:
        async with self.world.sessions.system("test") as session:
            return (await session.scalars(select(WebhookEndpoint).where(WebhookEndpoint.id == key))).one()

    async def secret(self, key: UUID) -> str:
        async with self.world.sessions.system("test") as session:
            found = await secrets.newest(session, self.world.keyring, key)
        assert found is not None
        return found

    async def log(self) -> list[ExchangeEntry]:
        """Attempts in the exchange log, oldest first."""
        async with self.world.sessions.system("test") as session:
            rows = await session.scalars(select(ExchangeEntry).filter_by(step="SENT").order_by(ExchangeEntry.id))
            return list(rows)
