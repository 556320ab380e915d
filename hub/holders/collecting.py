"""Asking the holders' systems for their answers, all at once: who is away or slow keeps nobody else waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

import structlog
from sqlalchemy import select

from hub.canonical.codes import Channel, EndpointStatus
from hub.canonical.connector import Unreachable
from hub.canonical.holding import Arrival, HolderSystem
from hub.core.keyring import KeyRing
from hub.db.models import WebhookEndpoint
from hub.db.session import Sessions
from hub.delivery.secrets import newest
from hub.holders.taking import JOB, Taking

log = structlog.get_logger("hub.holders")


@dataclass(frozen=True, slots=True)
class Collecting:
    """One per worker process; several may collect at once, a message is applied once. ``under_way`` are the holders
    that are being asked: one that is slow is asked again when it is through, the others every time."""

    sessions: Sessions
    keyring: KeyRing
    taking: Taking
    system: Callable[[WebhookEndpoint, str], HolderSystem]
    under_way: dict[UUID, asyncio.Task[int]] = field(default_factory=dict)

    async def run(self, seconds: float, stopping: asyncio.Event) -> None:
        """Ask every so many seconds until stopped; what is under way then is finished first."""
        while not stopping.is_set():
            try:
                await self._begin()
            except Exception as error:
                log.exception("holders not asked", kind=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), seconds)
        await asyncio.gather(*self.under_way.values())

    async def round(self) -> int:
        """Ask once; how many messages came in."""
        return sum(await asyncio.gather(*await self._begin()))

    async def _begin(self) -> list[asyncio.Task[int]]:
        async with self.sessions.system(JOB) as session:
            served = (WebhookEndpoint.channel == Channel.HOLDER, WebhookEndpoint.status == EndpointStatus.ACTIVE)
            endpoints = list(await session.scalars(select(WebhookEndpoint).where(*served)))
            secrets = {each.id: await newest(session, self.keyring, each.id) or "" for each in endpoints}
        begun = []
        for each in endpoints:
            if each.id not in self.under_way:
                task = self.under_way[each.id] = asyncio.create_task(self._quietly(each, secrets[each.id]))
                begun.append(task)
        return begun

    async def _quietly(self, endpoint: WebhookEndpoint, secret: str) -> int:
        try:
            return await self._collect(endpoint, secret)
        except Exception as error:
            log.exception("answers not collected", endpoint=str(endpoint.id), kind=type(error).__name__)
            return 0
        finally:
            del self.under_way[endpoint.id]

    async def _collect(self, endpoint: WebhookEndpoint, secret: str) -> int:
        system, count = self.system(endpoint, secret), 0
        arrivals = system.arrivals()
        try:
            while (arrival := await asyncio.to_thread(_next, arrivals)) is not None:
                count += await self._take(endpoint, system, arrival)
        except Unreachable as away:
            log.warning("holder not asked", endpoint=str(endpoint.id), code=away.code)
        return count

    async def _take(self, endpoint: WebhookEndpoint, system: HolderSystem, arrival: Arrival) -> int:
        """Take one message in; one that cannot be now stays at the holder's and keeps none of the others waiting."""
        reading = await asyncio.to_thread(system.read, arrival.content)
        try:
            receipt = await self.taking.take(endpoint, reading, arrival.content)
        except Exception as error:
            log.exception("answer not taken", endpoint=str(endpoint.id), kind=type(error).__name__)
            return 0
        await asyncio.to_thread(system.acknowledge, arrival, receipt)
        return 1


def _next(arrivals: Iterator[Arrival]) -> Arrival | None:
    return next(arrivals, None)
