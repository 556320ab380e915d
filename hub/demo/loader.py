"""Loads the demonstration into an empty database: one transaction, so that it is there whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from hub.access.coverage import grantable_scopes
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.auth.clients import create_client
from hub.auth.trusted_documents import Publication, publish
from hub.core.clock import Clock, local_date
from hub.core.keyring import KeyRing
from hub.core.principal import Principal, RoleName
from hub.db.models import Jurisdiction
from hub.db.session import Sessions, SystemSession, WriteSession
from hub.demo.acting import SUBJECT
from hub.demo.files import DATA, load_demo
from hub.demo.register import Client
from hub.demo.registering import Keys, Registering
from hub.demo.working import Working
from hub.demo.world import DemoWorld
from hub.policy.store import PolicyStore
from hub.workflow.unit import Unit

PORTAL_DOCUMENT = "portal.graphql"
LOADER = Principal(subject=SUBJECT, organization_id=None)


@dataclass(frozen=True, slots=True)
class DemoClient:
    """An OAuth client of the demonstration with its secret, as shown to whoever runs it."""

    client_id: str
    client_secret: str
    organization: str
    jurisdiction_code: str
    roles: tuple[str, ...]
    scopes: tuple[str, ...]


async def is_empty(sessions: Sessions) -> bool:
    """Whether nothing has been entered yet."""
    async with sessions.system(SUBJECT) as session:
        return await session.scalar(select(Jurisdiction.id).limit(1)) is None


async def load_demonstration(
    sessions: Sessions, keyring: KeyRing, *, clock: Clock, on_progress: Callable[[str], None] = lambda _: None
) -> tuple[DemoClient, ...]:
    """Load everything, dated into the year of the clock; returns the clients with their new secrets."""
    now = clock()
    world = load_demo(local_date(now).year)
    async with sessions.system(SUBJECT) as session:
        registering = Registering(session, world, Keys(), now)
        await registering.write(keyring)
        on_progress(f"区划 {len(world.jurisdictions)} 个，单位 {len(world.units)} 个 (jurisdictions, organisations)")
        unit = Unit(WriteSession(session), LOADER, now, PolicyStore(), keyring)
        await Working(unit, registering, now).play()
        count = sum(len(each.items) for each in world.lists)
        on_progress(f"清单事项 {count} 项，会议 {len(world.meetings)} 次 (items, meetings)")
        clients = [await _client(session, world, registering.keys, each, now) for each in world.clients]
        on_progress(f"客户端 {len(clients)} 个 (OAuth clients)")
        text = (DATA / PORTAL_DOCUMENT).read_text(encoding="utf-8")
        await publish(session, [Publication("PublicFigures, Viewer", text)], at=now, by=LOADER)
        await record(session, LOADER, AuditAction.DEMO_LOADED, at=now, target=Target("Demonstration", None, ""))
    return tuple(clients)


async def _client(session: SystemSession, world: DemoWorld, keys: Keys, client: Client, at: datetime) -> DemoClient:
    scopes = [scope.value for scope in client.scopes]
    if RoleName.JOINT_MEETING_OFFICE in client.roles:
        scopes = sorted(scope.value for scope in grantable_scopes(client.roles))
    issued = await create_client(
        session,
        client_id=client.client_id,
        organization_id=keys.unit(client.organization),
        name=world.unit(client.organization).name,
        scopes=scopes,
        roles=client.roles,
        at=at,
        by=LOADER,
    )
    assert issued.secret is not None
    return DemoClient(
        client_id=client.client_id,
        client_secret=issued.secret,
        organization=world.unit(client.organization).name,
        jurisdiction_code=client.jurisdiction,
        roles=tuple(role.value for role in client.roles),
        scopes=tuple(scopes),
    )
