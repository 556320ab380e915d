"""Asking the holders' systems for their answers, all at once: who is away or slow keeps nobody else waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import structlog
from sqlalchemy import Select, exists, select, tuple_

from hub.canonical.codes import Channel, DeliveryStatus, EndpointStatus
from hub.canonical.connector import Unreachable
from hub.canonical.holding import Arrival, HolderSystem
from hub.core.keyring import KeyRing
from hub.db.models import Delivery, ExecutionOrder, WebhookEndpoint
from hub.db.session import Sessions
from hub.delivery.orders import SENT
from hub.delivery.secrets import newest
from hub.holders.taking import JOB, Taking
from hub.inquiry.order_workflow import WAITING

log = structlog.get_logger("hub.holders")

AT_ONCE = 200
"""Orders of one holder asked about in one round; the next round asks about the next."""
Place = tuple[date, UUID]


@dataclass(frozen=True, slots=True)
class Collecting:
    """One per worker process; several may collect at once, a message is applied once. ``_places`` is how far each
    holder's orders were gone through."""

    sessions: Sessions
    keyring: KeyRing
    taking: Taking
    system: Callable[[WebhookEndpoint, str], HolderSystem]
    _places: dict[UUID, Place] = field(default_factory=dict)

    async def round(self) -> int:
        """How many messages came in."""
        async with self.sessions.system(JOB) as session:
            served = (WebhookEndpoint.channel == Channel.HOLDER, WebhookEndpoint.status == EndpointStatus.ACTIVE)
            endpoints = list(await session.scalars(select(WebhookEndpoint).where(*served)))
            secrets = {each.id: await newest(session, self.keyring, each.id) or "" for each in endpoints}
        counts = await asyncio.gather(*(self._quietly(each, secrets[each.id]) for each in endpoints))
        return sum(counts)

    async def _quietly(self, endpoint: WebhookEndpoint, secret: str) -> int:
        try:
            return await self._collect(endpoint, secret)
        except Exception as error:
            log.exception("answers not collected", endpoint=str(endpoint.id), kind=type(error).__name__)
            return 0

    async def _collect(self, endpoint: WebhookEndpoint, secret: str) -> int:
        system, count = self.system(endpoint, secret), 0
        arrivals = system.arrivals(await self._numbers(endpoint))
        try:
            while (arrival := await asyncio.to_thread(_next, arrivals)) is not None:
                await self._take(endpoint, system, arrival)
                count += 1
        except Unreachable as away:
            log.warning("holder not asked", endpoint=str(endpoint.id), code=away.code)
        return count

    async def _take(self, endpoint: WebhookEndpoint, system: HolderSystem, arrival: Arrival) -> None:
        reading = await asyncio.to_thread(system.read, arrival.content)
        receipt = await self.taking.take(endpoint, reading, arrival.content)
        await asyncio.to_thread(system.acknowledge, arrival, receipt)

    async def _numbers(self, endpoint: WebhookEndpoint) -> list[str]:
        async with self.sessions.system(JOB) as session:
            statement = waiting(endpoint, self._places.get(endpoint.id)).limit(AT_ONCE)
            rows = (await session.execute(statement)).tuples().all()
        if len(rows) == AT_ONCE:
            self._places[endpoint.id] = rows[-1][1:]
        else:
            self._places.pop(endpoint.id, None)
        return [number for number, *_ in rows]


def _next(arrivals: Iterator[Arrival]) -> Arrival | None:
    return next(arrivals, None)


def waiting(endpoint: WebhookEndpoint, behind: Place | None) -> Select[str, date, UUID]:
    """Orders that the holder's system was told and has not answered, the most urgent first."""
    row = ExecutionOrder
    told = exists().where(
        Delivery.endpoint_id == endpoint.id,
        Delivery.object_id == row.id,
        Delivery.event_type == SENT,
        Delivery.status == DeliveryStatus.DELIVERED,
    )
    statement = (
        select(row.order_number, row.due_on, row.id)
        .where(row.holder_id == endpoint.organization_id, row.status.in_(WAITING), told)
        .order_by(row.due_on, row.id)
    )
    return statement if behind is None else statement.where(tuple_(row.due_on, row.id) > behind)
