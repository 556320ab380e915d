"""Everything built once and closed once; opened by web, worker, CLI and tests alike."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from hub.access.coverage import row_scope
from hub.audit.reads import ReadRecord
from hub.auth.auth_server import AuthServer
from hub.config import Settings
from hub.core.clock import Clock, system_clock
from hub.core.keyring import KeyRing
from hub.db.engine import open_engine
from hub.db.session import Sessions
from hub.db.target import DatabaseRole, DatabaseTarget
from hub.events.stream import EventStream
from hub.policy.store import PolicyStore
from hub.workflow.gate import Gate


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
    events: EventStream

    @classmethod
    def over(cls, sessions: Sessions, settings: Settings, keyring: KeyRing, clock: Clock) -> Runtime:
        """Everything over a session door that somebody else opens and closes."""
        policy = PolicyStore()
        return cls(
            settings=settings,
            sessions=sessions,
            keyring=keyring,
            clock=clock,
            policy=policy,
            gate=Gate(sessions, clock, policy, keyring),
            auth=AuthServer.create(sessions, keyring, settings.issuer_url, clock),
            reads=ReadRecord(sessions, clock),
            events=EventStream(
                sessions, poll_seconds=settings.streams.poll_seconds, waiting=settings.streams.waiting_events
            ),
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
            app = open_engine(target.url(DatabaseRole.APP), pool_size=settings.database_pool, name=f"{name}-app")
            stack.push_async_callback(app.dispose)
            system = open_engine(target.url(DatabaseRole.SYSTEM), pool_size=4, name=f"{name}-system")
            stack.push_async_callback(system.dispose)
            sessions = Sessions(app, system, row_scope, pool_size=settings.database_pool)
            stack.push_async_callback(sessions.aclose)
            runtime = cls.over(sessions, settings, keyring, clock)
            stack.push_async_callback(runtime.reads.aclose)
            stack.push_async_callback(runtime.events.aclose)
            yield runtime
