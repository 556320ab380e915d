"""Signing keys of the authorization server: ES256, private parts sealed in the database, shared by every worker.

A new key is published at once and signs only after a lead time, longer than anybody may cache the JWKS; the old one
stays published until the last token it signed has expired.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from joserfc.jwk import ECKey
from sqlalchemy import ColumnElement, func, insert, or_, select, update

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.auth.tokens import LEEWAY, LIFETIME
from hub.core.ids import new_id
from hub.core.keyring import KeyRing, Sealed
from hub.core.principal import Principal
from hub.db.models import SigningKey
from hub.db.session import SystemSession

LEAD = timedelta(minutes=15)
_AUTHOR = Principal(subject="system:oauth", organization_id=None)
_ADVISORY_LOCK = 0x4855_4B45


@dataclass(frozen=True, slots=True)
class PublishedKey:
    """A key of the JWKS. ``sealed`` is opened only to sign."""

    kid: str
    public_jwk: dict[str, Any]
    public: ECKey = field(repr=False)
    sealed: Sealed = field(repr=False)
    active_from: datetime
    retired_at: datetime | None

    def published(self, at: datetime) -> bool:
        return self.retired_at is None or at < self.retired_at


async def ensure_signing_key(session: SystemSession, keyring: KeyRing, *, at: datetime) -> bool:
    """Create the first signing key when no published one may sign; safe to race. Returns whether it did."""
    await _lock(session)
    if choose_signing_key(await load_keys(session, at=at), at=at) is not None:
        return False
    await _add_key(session, keyring, active_from=at, at=at, by=_AUTHOR)
    return True


async def rotate_signing_key(
    session: SystemSession,
    keyring: KeyRing,
    *,
    at: datetime,
    lead: timedelta = LEAD,
    compromised: bool = False,
    by: Principal = _AUTHOR,
) -> PublishedKey:
    """Publish a new key that signs after ``lead``, and set the day of retirement of its predecessors.

    ``compromised`` makes the new key sign at once and withdraws every other: their tokens are refused within seconds.
    """
    await _lock(session)
    active_from = at if compromised else at + lead
    retired_at = at if compromised else active_from + LIFETIME + LEEWAY * 2
    affected: ColumnElement[bool] = SigningKey.retired_at.is_(None)
    if compromised:
        affected = or_(affected, SigningKey.retired_at > at)
    await session.execute(update(SigningKey).where(affected).values(retired_at=retired_at))
    return await _add_key(session, keyring, active_from=active_from, at=at, by=by)


async def load_keys(session: SystemSession, *, at: datetime) -> Sequence[PublishedKey]:
    """Keys published at ``at``, oldest first."""
    rows = await session.scalars(
        select(SigningKey)
        .where(or_(SigningKey.retired_at.is_(None), SigningKey.retired_at > at))
        .order_by(SigningKey.active_from, SigningKey.id)
    )
    return [
        PublishedKey(
            kid=row.kid,
            public_jwk=row.public_jwk,
            public=ECKey.import_key(row.public_jwk),
            sealed=row.private_sealed,
            active_from=row.active_from,
            retired_at=row.retired_at,
        )
        for row in rows
    ]


def choose_signing_key(keys: Iterable[PublishedKey], *, at: datetime) -> PublishedKey | None:
    """The newest key whose time to sign has come."""
    ready = [key for key in keys if key.active_from <= at and key.published(at)]
    return ready[-1] if ready else None


def jwks_document(keys: Iterable[PublishedKey], *, at: datetime) -> dict[str, Any]:
    """JWK Set (RFC 7517 §5) of the keys published at ``at``, those still waiting to sign included."""
    return {"keys": [key.public_jwk for key in keys if key.published(at)]}


def open_private_key(keyring: KeyRing, key: PublishedKey) -> ECKey:
    """The private half. Raises ``KeyRingError`` when the key ring no longer holds the master key."""
    return ECKey.import_key(keyring.open(key.sealed, context=_context(key.kid)))


async def _lock(session: SystemSession) -> None:
    await session.execute(select(func.pg_advisory_xact_lock(_ADVISORY_LOCK)))


async def _add_key(
    session: SystemSession, keyring: KeyRing, *, active_from: datetime, at: datetime, by: Principal
) -> PublishedKey:
    key = ECKey.generate_key("P-256")
    kid = key.thumbprint()
    public_jwk = dict(key.as_dict(private=False, kid=kid, use="sig", alg="ES256"))
    sealed = keyring.seal(key.as_pem(private=True).decode(), context=_context(kid))
    row_id = new_id()
    await session.execute(
        insert(SigningKey).values(
            id=row_id, kid=kid, public_jwk=public_jwk, private_sealed=sealed, active_from=active_from
        )
    )
    target = Target(kind="signing_key", id=row_id, path="")
    await record(session, by, AuditAction.KEY_ROTATED, at=at, target=target, detail={"kid": kid})
    return PublishedKey(kid, public_jwk, ECKey.import_key(public_jwk), sealed, active_from, None)


def _context(kid: str) -> str:
    return f"signing_key.private_sealed:{kid}"
