"""Liaisons that can be reached, a mail server and a gateway for text messages, and the worker between."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import pytest
from sqlalchemy import select, update

from connectors.kit.keyed import Instants
from connectors.sandbox.notification.mail import SandboxMail
from connectors.sandbox.notification.sms import SandboxSms
from hub.alerts.raising import Raised, raise_alert
from hub.canonical.codes import AlertKind, AlertSeverity, Channel
from hub.config import Settings
from hub.core.clock import SHANGHAI
from hub.core.ids import new_id
from hub.db.models import CoordinationBody, Liaison
from hub.delivery import destinations
from hub.notification.composing import notify
from hub.organizations.liaisons import seal_email, seal_phone
from hub.runtime import Runtime, egress_guard
from hub.worker import delivering
from hub.workflow.rows import within
from tests.support.client import ISSUER
from tests.support.court import lay_down
from tests.support.hooks import LOOPBACK
from tests.support.world import COUNTY, World


@dataclass
class Post:
    """What leaves the hub for persons."""

    world: World
    runtime: Runtime
    mail: SandboxMail
    sms: SandboxSms
    instants: Instants

    def at(self, month: int, day: int, hour: int = 10, minute: int = 0) -> None:
        self.world.clock.now = datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)

    async def open(self, channel: Channel, unit: str = "county.office") -> object:
        system = self.mail if channel is Channel.EMAIL else self.sms
        given = destinations.Destination(
            channel=channel,
            organization_id=self.world.organizations[unit],
            url=system.url,
            account="hub@wenxian.test" if channel is Channel.EMAIL else self.sms.account,
            secret="" if channel is Channel.EMAIL else self.sms.secret,
        )
        async with self.world.sessions.system("test") as session:
            guard = egress_guard(self.runtime.settings.delivery)
            return await destinations.register(session, self.world.keyring, guard, given, clock=self.world.clock)

    async def liaison(self, unit: str, *, phone: str = "", email: str = "") -> None:
        """A new primary liaison; the former one has left."""
        today = self.world.clock().date()
        async with self.world.sessions.system("test") as session:
            body = await session.scalar(select(CoordinationBody).filter_by(id=self.world.bodies["county"]))
            unit_id = self.world.organizations[f"county.{unit}"]
            await session.execute(update(Liaison).filter_by(organization_id=unit_id).values(valid_to=today))
            made = Liaison(
                id=new_id(),
                body_id=body.id,
                organization_id=unit_id,
                person_name="李联络",
                post="大队长",
                valid_from=today,
                **within(body),
            )
            if phone:
                seal_phone(made, phone, self.world.keyring)
            if email:
                seal_email(made, email, self.world.keyring)
            session.add(made)

    async def alert(self, unit: str, due_on: date, *, offset: int = 0, kind: AlertKind = AlertKind.OVERDUE) -> None:
        """An alert about the body to a unit, raised as the sweep does."""
        told = Raised(
            kind=kind,
            severity=AlertSeverity.WARNING,
            due_on=due_on,
            offset=offset,
            units=(self.world.organizations[f"county.{unit}"],),
        )
        async with self.world.sessions.system("test") as session:
            body = await session.scalar(select(CoordinationBody).filter_by(id=self.world.bodies["county"]))
            await raise_alert(session, body, body.name, told, self.world.clock())

    async def policy(self, **values: object) -> None:
        async with self.world.sessions.system("test") as session:
            await lay_down(
                session, self.world, COUNTY, {f"notification.{name}": value for name, value in values.items()}
            )

    async def work(self) -> int:
        """Messages and their deliveries; how many messages were made."""
        async with self.world.sessions.system("test") as session:
            made = await notify(session, self.runtime.policy, self.world.clock())
        async with delivering(self.runtime, self.instants) as runner:
            await runner._dispatcher.look(asyncio.Event())
            await runner._dispatcher.settle()
        return made

    @property
    def texts(self) -> list[tuple[str, str]]:
        return list(self.sms.messages.values())


@pytest.fixture
def systems(world: World) -> Iterator[tuple[SandboxMail, SandboxSms]]:
    with SandboxMail() as mail, SandboxSms(world.clock) as sms:
        yield mail, sms


@pytest.fixture
async def runtime(world: World) -> Runtime:
    settings = Settings(issuer=ISSUER, quota_capacity=10**9, delivery=LOOPBACK, _env_file=None)
    return Runtime.over(world.sessions, settings, world.keyring, world.clock)


@pytest.fixture
def post(world: World, runtime: Runtime, systems: tuple[SandboxMail, SandboxSms]) -> Post:
    return Post(world, runtime, *systems, Instants(world.clock))
