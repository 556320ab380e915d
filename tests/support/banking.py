"""Courts, banks and the worker between them, on real sockets."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from connectors.kit.keyed import Instants
from connectors.sandbox.bank.system import SandboxBank
from hub import channels
from hub.canonical.codes import Channel, OrganizationKind, OrganizationLevel
from hub.core.ids import new_id
from hub.db.models import Broadcast, Delivery, Jurisdiction, Organization
from hub.delivery import destinations
from hub.delivery.banks.acknowledging import chase
from hub.delivery.banks.planning import plan
from hub.delivery.watching import alarms, figures
from hub.runtime import Runtime, egress_guard
from hub.worker import delivering
from tests.support.court import Court
from tests.support.world import World


@dataclass
class Banking:
    """Courts, banks and the worker between them."""

    world: World
    runtime: Runtime
    court: Court
    neighbour: Court
    instants: Instants

    async def open(self, bank: SandboxBank, place: str, secret: str | None = None) -> UUID:
        async with self.world.sessions.system("test") as session:
            path = await session.scalar(select(Jurisdiction.path).where(Jurisdiction.code == place))
            owner = Organization(
                id=new_id(),
                name=f"{place}银行{bank.url[-5:]}",
                short_name="银行",
                sort_key="bank",
                kind=OrganizationKind.FINANCIAL_INSTITUTION,
                level=OrganizationLevel.COUNTY,
                jurisdiction_id=self.world.jurisdictions[place],
                jurisdiction_path=path,
            )
            session.add(owner)
            await session.flush()
            given = destinations.Destination(
                channel=Channel.BANK,
                organization_id=owner.id,
                url=bank.url,
                account=bank.account,
                secret=secret or bank.secret,
            )
            guard = egress_guard(self.runtime.settings.delivery)
            return await destinations.register(session, self.world.keyring, guard, given, clock=self.world.clock)

    async def tell(self) -> int:
        """One round of the worker; how many broadcasts were made."""
        async with self.world.sessions.system("test") as session:
            made = await plan(session, self.runtime.policy, self.world.clock())
        await self.deliver()
        return made

    async def deliver(self) -> None:
        async with delivering(self.runtime, self.instants) as runner:
            await runner._dispatcher.look(asyncio.Event())
            await runner._dispatcher.settle()

    async def ask(self) -> int:
        return await channels.acknowledging(self.runtime, self.instants).round()

    async def chase(self) -> int:
        async with self.world.sessions.system("test") as session:
            chased = await chase(session, self.runtime.policy, self.world.clock())
        await self.deliver()
        return chased

    async def alarms(self) -> list[str]:
        async with self.world.sessions.system("test") as session:
            raised = await alarms(session, self.runtime.policy, await figures(session, self.world.clock()))
        return [each.code for each in raised if each.code not in ("ALARM_READER_SILENT", "ALARM_JOB_SILENT")]

    async def broadcasts(self, endpoint: UUID) -> list[Broadcast]:
        async with self.world.sessions.system("test") as session:
            rows = select(Broadcast).where(Broadcast.endpoint_id == endpoint).order_by(Broadcast.number)
            return list(await session.scalars(rows))

    async def deliveries(self, endpoint: UUID) -> list[tuple[str, str]]:
        async with self.world.sessions.system("test") as session:
            rows = await session.execute(
                select(Delivery.event_type, Delivery.status)
                .where(Delivery.endpoint_id == endpoint)
                .order_by(Delivery.transaction_id, Delivery.number)
            )
            return [(kind.removeprefix("bank."), status.value) for kind, status in rows]
