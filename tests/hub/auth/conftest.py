"""Two counties under one city, a few organisations, and clients of theirs; the OAuth routes on a real app."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc import jws
from joserfc.jwk import ECKey, RSAKey
from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.applications import Starlette

from hub.access.scopes import Scope
from hub.auth.auth_server import AuthServer
from hub.auth.client_rules import ClientAuthMethod
from hub.auth.clients import create_client
from hub.canonical.codes import JurisdictionLevel, OrganizationKind, OrganizationLevel, SuperiorKind
from hub.core.ids import new_id
from hub.core.keyring import KeyRing
from hub.core.principal import RoleName
from hub.db.models import AuditEvent, Jurisdiction, Organization, OrganizationFunction, OrganizationSuperior
from hub.db.session import Sessions
from hub.db.target import DatabaseRole
from tests.support.clock import MovableClock

ISSUER = "http://127.0.0.1:8000"
CITY, COUNTY, OTHER = "410800", "410825", "410881"
START = date(2026, 1, 1)
DEPARTMENT_SCOPES = (Scope.DOUBLELIST_READ, Scope.TASK_READ, Scope.TASK_REPORT)


@dataclass(frozen=True)
class World:
    """Keys of organisations by name, and how to add to what they are."""

    sessions: Sessions
    jurisdictions: Mapping[str, UUID]
    organizations: dict[str, UUID]

    def path(self, code: str) -> str:
        return f"{CITY}/" if code == CITY else f"{CITY}/{code}/"

    async def give(self, name: str, role: RoleName, code: str = COUNTY, *, since=START, until=None) -> None:
        async with self.sessions.system("test") as session:
            session.add(
                OrganizationFunction(
                    organization_id=self.organizations[name],
                    jurisdiction_id=self.jurisdictions[code],
                    role=role,
                    valid_from=since,
                    valid_to=until,
                )
            )

    async def subordinate(self, name: str, superior: str) -> None:
        async with self.sessions.system("test") as session:
            session.add(
                OrganizationSuperior(
                    organization_id=self.organizations[name],
                    superior_id=self.organizations[superior],
                    kind=SuperiorKind.BUSINESS,
                    depth=1,
                )
            )


@pytest.fixture
async def world(sessions: Sessions) -> World:
    """housing and taxation are departments of the county, court its court, bureau a city office above housing."""
    tenant = new_id()
    places = {code: new_id() for code in (CITY, COUNTY, OTHER)}
    units = {"housing": COUNTY, "taxation": COUNTY, "court": COUNTY, "bureau": CITY, "abroad": OTHER}
    world = World(sessions, places, {name: new_id() for name in units})
    async with sessions.system("test") as session:
        for code, key in places.items():
            session.add(
                Jurisdiction(
                    id=key,
                    code=code,
                    name=f"地区{code}",
                    short_name=code,
                    level=JurisdictionLevel.PREFECTURE if code == CITY else JurisdictionLevel.COUNTY,
                    parent_id=None if code == CITY else places[CITY],
                    tenant_id=tenant,
                    path=world.path(code),
                )
            )
            await session.flush()
        for name, code in units.items():
            session.add(
                Organization(
                    id=world.organizations[name],
                    name=f"机构{name}",
                    short_name=name,
                    sort_key=name,
                    kind=OrganizationKind.COURT if name == "court" else OrganizationKind.GOV_DEPARTMENT,
                    level=OrganizationLevel.COUNTY,
                    jurisdiction_id=places[code],
                    jurisdiction_path=world.path(code),
                )
            )
    await world.give("housing", RoleName.MEMBER_DEPARTMENT)
    await world.give("taxation", RoleName.MEMBER_DEPARTMENT)
    await world.give("court", RoleName.COURT)
    await world.subordinate("housing", "bureau")
    return world


@pytest.fixture
def auth(sessions: Sessions, keyring: KeyRing, clock: MovableClock) -> AuthServer:
    return AuthServer.create(sessions, keyring, ISSUER, clock)


@pytest.fixture
async def http(auth: AuthServer) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(Starlette(routes=auth.routes))
    async with httpx.AsyncClient(transport=transport, base_url=ISSUER) as client:
        yield client


@dataclass(frozen=True)
class Registered:
    """A client of the tests with what proves it."""

    client_id: str
    secret: str | None = None
    key: ECKey | RSAKey | None = None

    @property
    def basic(self) -> tuple[str, str]:
        return self.client_id, self.secret or ""


Register = Callable[..., Awaitable[Registered]]


@pytest.fixture
def register(world: World, clock: MovableClock) -> Register:
    """Create a client of an organisation of the world; with ``key`` it authenticates by private_key_jwt."""

    async def create(
        client_id: str = "housing-system",
        organization: str = "housing",
        *,
        scopes: tuple[str, ...] = DEPARTMENT_SCOPES,
        roles: tuple[RoleName, ...] = (),
        key: ECKey | RSAKey | None = None,
    ) -> Registered:
        async with world.sessions.system("test") as session:
            issued = await create_client(
                session,
                client_id=client_id,
                organization_id=world.organizations[organization],
                name=client_id,
                scopes=scopes,
                roles=roles,
                auth_method=ClientAuthMethod.PRIVATE_KEY_JWT if key else ClientAuthMethod.CLIENT_SECRET_BASIC,
                jwks={"keys": [key.as_dict(private=False)]} if key else None,
                at=clock(),
            )
        return Registered(client_id, issued.secret, key)

    return create


GetToken = Callable[..., Awaitable[str]]


@pytest.fixture
def get_token(http: httpx.AsyncClient) -> GetToken:
    async def get(client: Registered, **form: str) -> str:
        answer = await http.post("/oauth/token", data={"grant_type": "client_credentials", **form}, auth=client.basic)
        assert answer.status_code == 200, answer.text
        token: str = answer.json()["access_token"]
        return token

    return get


Assert = Callable[..., dict[str, str]]


@pytest.fixture
def assertion(clock: MovableClock) -> Assert:
    """Form parameters of a client assertion; ``claims`` and ``header`` override, a value of None removes."""

    def build(
        client: Registered,
        *,
        key: ECKey | RSAKey | None = None,
        alg: str = "ES256",
        header: Mapping[str, Any] | None = None,
        **claims: Any,
    ) -> dict[str, str]:
        now = int(clock().timestamp())
        said = {
            "iss": client.client_id,
            "sub": client.client_id,
            "aud": ISSUER,
            "iat": now,
            "exp": now + 60,
            "jti": str(new_id()),
        } | claims
        signer = key or client.key
        assert signer is not None
        payload = json.dumps({name: value for name, value in said.items() if value is not None})
        text = jws.serialize_compact({"alg": alg, **(header or {})}, payload, signer, algorithms=[alg])
        return {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": text,
        }

    return build


Forge = Callable[..., str]


@pytest.fixture
def forge() -> Forge:
    """A compact JWS with any header and claims; the signature is whatever ``sign`` makes of the signing input."""

    def build(
        header: Mapping[str, Any] | bytes, claims: Mapping[str, Any] | bytes, sign: Callable[[bytes], bytes]
    ) -> str:
        parts = [part if isinstance(part, bytes) else json.dumps(part).encode() for part in (header, claims)]
        signing_input = b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)
        return (signing_input + b"." + base64.urlsafe_b64encode(sign(signing_input)).rstrip(b"=")).decode()

    return build


AuditLog = Callable[[], Awaitable[list[AuditEvent]]]


@pytest.fixture
def audit_log(sessions: Sessions) -> AuditLog:
    """Every audit entry about tokens, clients and keys, oldest first."""

    async def read() -> list[AuditEvent]:
        async with sessions.system("test") as session:
            return list(await session.scalars(select(AuditEvent).order_by(AuditEvent.id)))

    return read


@pytest.fixture
def make_key() -> Callable[[], ECKey]:
    return lambda: ECKey.generate_key("P-256")


Sign = Callable[[bytes], bytes]


@pytest.fixture
def es256() -> Callable[[ECKey], Sign]:
    """ES256 by hand (RFC 7518 §3.4), for headers that a library would refuse to sign."""

    def signer(key: ECKey) -> Sign:
        def sign(signing_input: bytes) -> bytes:
            private = key.private_key
            assert private is not None
            r, s = decode_dss_signature(private.sign(signing_input, ec.ECDSA(SHA256())))
            return r.to_bytes(32) + s.to_bytes(32)

        return sign

    return signer


@pytest.fixture
def system_statements(engines: Mapping[DatabaseRole, AsyncEngine]) -> Iterator[list[str]]:
    """Every statement the background role sends while the test runs."""
    sent: list[str] = []

    def note(*call: Any) -> None:
        sent.append(call[2].lower())

    engine = engines[DatabaseRole.SYSTEM].sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)
