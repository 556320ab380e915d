"""Everything built once and closed once; opened by web, worker, CLI and tests alike."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.orm import configure_mappers

from hub.access.coverage import row_scope
from hub.audit.reads import ReadRecord
from hub.audit.usage import UsageRecord
from hub.auth.auth_server import AuthServer
from hub.auth.connections import Connections
from hub.auth.quota import Quota
from hub.auth.tokens import AccessToken
from hub.bulk.queue import Job
from hub.config import DeliverySettings, Settings
from hub.core.clock import Clock, system_clock
from hub.core.egress.addresses import AddressGuard, networks_of
from hub.core.keyring import KeyRing
from hub.core.principal import Principal
from hub.credit.checks.checker import Checker
from hub.credit.checks.journal import Journal
from hub.db.engine import TimeLimits, open_engine
from hub.db.notices import Notifier
from hub.db.session import Sessions
from hub.db.target import DatabaseRole, DatabaseTarget
from hub.events.stream import EventStream
from hub.policy.store import PolicyStore
from hub.workflow.gate import Gate


def egress_guard(settings: DeliverySettings) -> AddressGuard:
    """Where this installation may send."""
    return AddressGuard(networks_of(settings.networks), plain_http=settings.plain_http)


@dataclass(frozen=True, slots=True)
class Runtime:
    settings: Settings
    sessions: Sessions
    keyring: KeyRing
    clock: Clock
    policy: PolicyStore
    gate: Gate
    auth: AuthServer
    reads: ReadRecord
    usage: UsageRecord
    quota: Quota
    events: EventStream
    notifier: Notifier
    connections: Connections
    checks: Checker

    async def bulk_holder(self, job: Job) -> Principal | None:
        """The client behind an export as it stands now."""
        now = self.clock()
        token = AccessToken(job.client_id, job.organization_id, job.token_scopes, job.token_id, now, now)
        found = await self.auth.authenticator.principal_now(token)
        return None if found is None else replace(found, purpose=job.purpose)

    async def webhook_holder(self, client_id: str, organization_id: UUID) -> Principal | None:
        """The client behind a webhook endpoint as it stands now, with every scope it may have."""
        return await self.auth.authenticator.client_now(client_id, organization_id)

    async def end_connections(self) -> None:
        """End every subscription with a word to its client; returns once the connections are closed."""
        await self.events.aclose()
        await self.connections.none_open()

    @classmethod
    def over(cls, sessions: Sessions, settings: Settings, keyring: KeyRing, clock: Clock) -> Runtime:
        """Everything over a session door that somebody else opens and closes."""
        policy = PolicyStore()
        notifier = Notifier(sessions)
        gate = Gate(sessions, clock, policy, keyring, egress_guard(settings.delivery), notifier.ring)
        return cls(
            settings=settings,
            sessions=sessions,
            keyring=keyring,
            clock=clock,
            policy=policy,
            gate=gate,
            auth=AuthServer.create(sessions, keyring, settings.issuer_url, clock),
            reads=ReadRecord(sessions, clock),
            usage=UsageRecord(sessions),
            quota=Quota(sessions, settings, clock),
            events=EventStream(
                sessions, poll_seconds=settings.streams.poll_seconds, waiting=settings.streams.waiting_events
            ),
            notifier=notifier,
            connections=Connections(sessions, settings.streams),
            checks=Checker(sessions, keyring, policy, clock, Journal(sessions)),
        )

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        settings: Settings,
        target: DatabaseTarget,
        keyring: KeyRing,
        *,
        clock: Clock = system_clock,
        name: str = "hub",
    ) -> AsyncIterator[Runtime]:
        async with AsyncExitStack() as stack:
            limits = TimeLimits(settings.statement_timeout, settings.pool_wait)
            size = settings.database_pool
            app = open_engine(target.url(DatabaseRole.APP), pool_size=size, name=f"{name}-app", limits=limits)
            stack.push_async_callback(app.dispose)
            system = open_engine(target.url(DatabaseRole.SYSTEM), pool_size=4, name=f"{name}-system", limits=limits)
            stack.push_async_callback(system.dispose)
            sessions = Sessions(app, system, row_scope, pool_size=size, limits=limits)
            stack.push_async_callback(sessions.aclose)
            runtime = cls.over(sessions, settings, keyring, clock)
            stack.push_async_callback(runtime.reads.aclose)
            stack.push_async_callback(runtime.usage.aclose)
            stack.push_async_callback(runtime.connections.aclose)
            stack.push_async_callback(runtime.events.aclose)
            stack.push_async_callback(runtime.notifier.aclose)
            stack.push_async_callback(runtime.checks.journal.aclose)
            yield runtime


def stay_loaded() -> None:
    """What is loaded by now stays for good: no collection needs to walk it again, in the middle of somebody's request
    or of a million rows. Mappers are configured first; else the first that meets a model waits for all of them."""
    configure_mappers()
    gc.collect()
    gc.freeze()
