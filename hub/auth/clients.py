"""The register of OAuth clients: each belongs to one organisation and holds scopes its functions can carry."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.auth.client_keys import accept_jwks
from hub.auth.client_rules import ClientAuthMethod, find_owner, is_client_id, name_reasons, right_reasons
from hub.auth.client_secrets import hash_secret, new_secret
from hub.auth.quota import locked_quota
from hub.config import Settings
from hub.core.errors import Reason, Refused, refuse_if
from hub.core.principal import Principal, RoleName
from hub.db.models import OAuthClient, Organization
from hub.db.session import SystemSession

OPERATOR = Principal(subject="system:operator", organization_id=None)


@dataclass(frozen=True, slots=True)
class IssuedSecret:
    """A new client's credentials. The secret exists nowhere else; None when the client has keys of its own."""

    client_id: str
    secret: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class ClientSummary:
    """What an operator sees of a client; no secret, no hash."""

    client_id: str
    name: str
    organization_id: UUID
    organization: str
    auth_method: ClientAuthMethod
    scopes: tuple[str, ...]
    roles: tuple[RoleName, ...]
    disabled_at: datetime | None


async def create_client(
    session: SystemSession,
    *,
    client_id: str,
    organization_id: UUID,
    name: str,
    scopes: Collection[str],
    roles: Collection[RoleName] = (),
    auth_method: ClientAuthMethod = ClientAuthMethod.CLIENT_SECRET_BASIC,
    jwks: Mapping[str, Any] | None = None,
    at: datetime,
    by: Principal = OPERATOR,
) -> IssuedSecret:
    """Register a client; ``roles`` narrows the organisation's functions, none named means all of them.

    Raises ``Refused``: CLIENT_ORGANIZATION_UNKNOWN, CLIENT_JWKS_REQUIRED, CLIENT_JWKS_UNEXPECTED, JWKS_*, or together
    CLIENT_ID_INVALID, TEXT_*, CLIENT_ROLE_NOT_HELD, CLIENT_SCOPES_EMPTY, SCOPE_UNKNOWN and SCOPE_NOT_GRANTABLE (one per
    scope); then CLIENT_EXISTS.
    """
    owner = await find_owner(session, organization_id, at)
    keys = _keys_for(auth_method, jwks)
    refuse_if(
        [
            *(() if is_client_id(client_id) else (Reason("CLIENT_ID_INVALID", ("clientId",)),)),
            *name_reasons(name),
            *right_reasons(owner, scopes, roles),
        ]
    )
    secret = new_secret() if auth_method is ClientAuthMethod.CLIENT_SECRET_BASIC else None
    created = await session.scalar(
        insert(OAuthClient)
        .values(
            client_id=client_id,
            organization_id=organization_id,
            name=name.strip(),
            auth_method=auth_method.value,
            secret_hash=await hash_secret(secret) if secret else None,
            jwks=keys,
            scopes=sorted(set(scopes)),
            roles=sorted({role.value for role in roles}),
        )
        .on_conflict_do_nothing()
        .returning(OAuthClient.client_id)
    )
    if created is None:
        raise Refused(Reason("CLIENT_EXISTS", ("clientId",)))
    await _record(session, AuditAction.CLIENT_CREATED, client_id, owner.path, by=by, at=at)
    return IssuedSecret(client_id, secret)


async def rotate_secret(
    session: SystemSession, *, client_id: str, at: datetime, by: Principal = OPERATOR
) -> IssuedSecret:
    """Replace the secret; the old one is refused from the commit on. Tokens already issued run out by themselves.

    Raises ``Refused`` (CLIENT_UNKNOWN, CLIENT_HAS_KEYS).
    """
    client, path = await locked_client(session, client_id)
    if client.auth_method != ClientAuthMethod.CLIENT_SECRET_BASIC:
        raise Refused(Reason("CLIENT_HAS_KEYS", ("clientId",)))
    secret = new_secret()
    await _change(session, client_id, secret_hash=await hash_secret(secret))
    await _record(session, AuditAction.CLIENT_ROTATED, client_id, path, by=by, at=at)
    return IssuedSecret(client_id, secret)


async def replace_jwks(
    session: SystemSession, *, client_id: str, jwks: Mapping[str, Any], at: datetime, by: Principal = OPERATOR
) -> None:
    """Replace the public keys of a ``private_key_jwt`` client (send old and new together to rotate without a gap).

    Raises ``Refused`` (CLIENT_UNKNOWN, CLIENT_JWKS_UNEXPECTED, JWKS_*).
    """
    client, path = await locked_client(session, client_id)
    await _change(session, client_id, jwks=_keys_for(ClientAuthMethod(client.auth_method), jwks))
    await _record(session, AuditAction.CLIENT_ROTATED, client_id, path, by=by, at=at)


async def disable_client(session: SystemSession, *, client_id: str, at: datetime, by: Principal = OPERATOR) -> None:
    """Refuse the client from now on, its living tokens too. Disabling twice changes nothing.

    Raises ``Refused`` (CLIENT_UNKNOWN).
    """
    client, path = await locked_client(session, client_id)
    if client.disabled_at is None:
        await _change(session, client_id, disabled_at=at)
        await _record(session, AuditAction.CLIENT_DISABLED, client_id, path, by=by, at=at)


async def set_quota(
    session: SystemSession,
    *,
    client_id: str,
    capacity: int | None,
    restore_rate: int | None,
    settings: Settings,
    at: datetime,
    by: Principal = OPERATOR,
) -> None:
    """Give a client a bucket of its own; None is the installation's. Felt by every process within one lease.

    Raises ``Refused`` (CLIENT_UNKNOWN).
    """
    _, path = await locked_client(session, client_id)
    row = await locked_quota(session, client_id, capacity or settings.quota_capacity, at)
    row.capacity, row.restore_rate = capacity, restore_rate
    row.available = min(row.available, capacity or settings.quota_capacity)
    await _record(session, AuditAction.CLIENT_QUOTA_SET, client_id, path, by=by, at=at)


async def list_clients(session: SystemSession) -> Sequence[ClientSummary]:
    """Every client with its organisation, by client id."""
    rows = await session.execute(
        select(OAuthClient, Organization.name)
        .join(Organization, Organization.id == OAuthClient.organization_id)
        .order_by(OAuthClient.client_id)
    )
    return [
        ClientSummary(
            client_id=client.client_id,
            name=client.name,
            organization_id=client.organization_id,
            organization=organization,
            auth_method=ClientAuthMethod(client.auth_method),
            scopes=tuple(client.scopes),
            roles=tuple(RoleName(role) for role in client.roles),
            disabled_at=client.disabled_at,
        )
        for client, organization in rows
    ]


def _keys_for(method: ClientAuthMethod, jwks: Mapping[str, Any] | None) -> dict[str, Any] | None:
    match method, jwks:
        case ClientAuthMethod.CLIENT_SECRET_BASIC, None:
            return None
        case ClientAuthMethod.CLIENT_SECRET_BASIC, _:
            raise Refused(Reason("CLIENT_JWKS_UNEXPECTED", ("jwks",)))
        case _, None:
            raise Refused(Reason("CLIENT_JWKS_REQUIRED", ("jwks",)))
        case _, document:
            return accept_jwks(document)


async def locked_client(session: SystemSession, client_id: str) -> tuple[OAuthClient, str]:
    """The client, locked until the transaction ends, and the path of its organisation.

    Raises ``Refused`` (CLIENT_UNKNOWN).
    """
    found = await session.execute(
        select(OAuthClient, Organization.jurisdiction_path)
        .join(Organization, Organization.id == OAuthClient.organization_id)
        .where(OAuthClient.client_id == (client_id if is_client_id(client_id) else ""))
        .with_for_update(of=OAuthClient)
    )
    row = found.one_or_none()
    if row is None:
        raise Refused(Reason("CLIENT_UNKNOWN", ("clientId",)))
    return row[0], row[1]


async def _change(session: SystemSession, client_id: str, **values: object) -> None:
    await session.execute(update(OAuthClient).where(OAuthClient.client_id == client_id).values(**values))


async def _record(
    session: SystemSession, action: AuditAction, client_id: str, path: str, *, by: Principal, at: datetime
) -> None:
    target = Target(kind="oauth_client", id=None, path=path)
    await record(session, by, action, at=at, target=target, detail={"clientId": client_id})
