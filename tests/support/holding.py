"""Holders with systems of their own: registered as an operator does, told and asked by the worker's own rounds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from connectors.kit.keyed import Instants
from connectors.sandbox.holders.ends import CLIENT
from connectors.sandbox.holders.street import TWELVE, HolderStreet
from hub import channels
from hub.canonical.codes import Channel, OrganizationKind
from hub.config import Settings
from hub.db import models
from hub.delivery import destinations
from hub.holders.collecting import Collecting
from hub.holders.naming import told_events
from hub.runtime import Runtime, egress_guard
from hub.worker import delivering
from tests.support.client import ISSUER, ClientOf
from tests.support.events import until_readable
from tests.support.hooks import LOOPBACK
from tests.support.inquiry import Inquiry
from tests.support.world import COUNTY, MEMBER, World, _add_unit


@dataclass
class Holding:
    """``endpoints`` by the holder's name; the organisation of a holder is ``county.<name>``."""

    inquiry: Inquiry
    street: HolderStreet
    endpoints: dict[str, UUID] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.runtime, self.world = self.inquiry.runtime, self.inquiry.world
        self.systems = channels.holder_systems(self.runtime)
        self.collecting: Collecting = channels.collecting(self.runtime, self.systems)

    async def open(self, names: Iterable[str] | None = None) -> None:
        """An organisation and a destination for every holder of the street."""
        guard = egress_guard(self.runtime.settings.delivery)
        await self.deliver()
        async with self.world.sessions.system("test") as session:
            for name in names or self.street.holders:
                unit = f"county.{name}"
                if unit not in self.world.organizations:
                    _add_unit(self.world, session, unit, COUNTY, name, OrganizationKind.PUBLIC_INSTITUTION, MEMBER)
                    await session.flush()
                given = destinations.Destination(
                    channel=Channel.HOLDER,
                    organization_id=self.world.organizations[unit],
                    url=self.street.url_of(name),
                    account=CLIENT,
                    secret=self.street.secret_of(name),
                    shape=self.street.holders[name].shape.name,
                    seal_key=self.street.holders[name].seal_key,
                    query_types=tuple(self.street.holders[name].shape.query_types),
                    event_types=told_events(
                        controls=self.street.holders[name].shape.control is not None,
                        lookouts=self.street.holders[name].shape.lookout is not None,
                    ),
                )
                self.endpoints[name] = await destinations.register(
                    session, self.world.keyring, guard, given, clock=self.world.clock
                )

    async def deliver(self) -> None:
        """What the worker does with what was committed."""
        await until_readable(self.world.sessions)
        async with delivering(self.runtime, Instants(self.world.clock), self.systems) as runner:
            await runner.drain(asyncio.Event())

    async def collect(self) -> int:
        """One round of the ferries and of the worker."""
        self.street.work()
        found = await self.collecting.round()
        self.street.work()
        return found

    async def exchange(self) -> int:
        await self.deliver()
        return await self.collect()

    async def answers(self) -> list[models.HolderAnswer]:
        return await self.inquiry.rows(select(models.HolderAnswer).order_by(models.HolderAnswer.id))


def runtime_at(world: World, folder: Path) -> Runtime:
    """With the folders of holders in ``folder``, and leave to reach this machine."""
    settings = Settings(issuer=ISSUER, quota_capacity=10**9, delivery=LOOPBACK, holders=folder, _env_file=None)
    return Runtime.over(world.sessions, settings, world.keyring, world.clock)


@asynccontextmanager
async def holders_at(
    world: World, client_of: ClientOf, runtime: Runtime, names: Iterable[str] = TWELVE
) -> AsyncIterator[Holding]:
    """A court that asks, and holders that listen."""
    inquiry, folder = Inquiry(world, client_of, runtime), runtime.settings.holders_folder
    await inquiry.prepare(folder / "ferry")
    with HolderStreet(names, folder, world.clock, by_itself=False) as street:
        street.start()
        made = Holding(inquiry, street)
        await made.open()
        yield made
