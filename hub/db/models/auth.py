"""OAuth clients with their quotas, connections and trusted documents, signing keys, spent assertions,
signatures let in, revoked tokens.

Only the role ``hub_system`` may touch them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Double, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.core.keyring import Sealed
from hub.db.base import Base, Keyed, Timestamped
from hub.db.types import Encrypted


class OAuthClient(Timestamped, Base):
    """A client belongs to one organisation. ``roles`` narrows the organisation's functions; empty means all of them."""

    __tablename__ = "oauth_client"

    client_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    auth_method: Mapped[str] = mapped_column(String(40))
    secret_hash: Mapped[str | None] = mapped_column(String(200))
    jwks: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(String(60)))
    roles: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    disabled_at: Mapped[datetime | None] = mapped_column()


class ClientQuota(Base):
    """The bucket of a client: ``available`` units at ``restored_at``. No capacity or rate of its own means the
    installation's. Without a foreign key: taking from a bucket must not lock the client.
    """

    __tablename__ = "client_quota"

    client_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    available: Mapped[float] = mapped_column(Double)
    restored_at: Mapped[datetime] = mapped_column()
    capacity: Mapped[int | None] = mapped_column()
    restore_rate: Mapped[int | None] = mapped_column()


class ConnectionLease(Base):
    """How many lasting connections of a client a web process holds, until ``expires_at`` unless renewed."""

    __tablename__ = "connection_lease"

    client_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    process_id: Mapped[UUID] = mapped_column(primary_key=True)
    held: Mapped[int] = mapped_column()
    expires_at: Mapped[datetime] = mapped_column()


class TrustedDocument(Keyed, Base):
    """A published GraphQL document, for one client or (without) for every client. ``document_id`` is its digest."""

    __tablename__ = "trusted_document"
    __table_args__ = (UniqueConstraint("document_id", "client_id", postgresql_nulls_not_distinct=True),)

    document_id: Mapped[str] = mapped_column(String(80))
    client_id: Mapped[str | None] = mapped_column(ForeignKey("oauth_client.client_id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime] = mapped_column()


class SigningKey(Keyed, Timestamped, Base):
    """ES256 key of the authorization server; the private part sealed. ``kid`` is its RFC 7638 thumbprint.

    Published from creation, signs from ``active_from``, leaves the JWKS at ``retired_at``.
    """

    __tablename__ = "signing_key"

    kid: Mapped[str] = mapped_column(String(60), unique=True)
    public_jwk: Mapped[dict[str, Any]] = mapped_column(JSONB)
    private_sealed: Mapped[Sealed] = mapped_column(Encrypted)
    active_from: Mapped[datetime] = mapped_column()
    retired_at: Mapped[datetime | None] = mapped_column()


class UsedAssertion(Base):
    """``jti`` of a client assertion already accepted (RFC 7523 §3)."""

    __tablename__ = "used_assertion"
    __table_args__ = (Index("ix_used_assertion_expires_at", "expires_at"),)

    client_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    jti: Mapped[str] = mapped_column(String(200), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column()


class UsedSignature(Base):
    """Signed headers already let in: who signed, for which service, at which instant (milliseconds since 1970)."""

    __tablename__ = "used_signature"
    __table_args__ = (Index("ix_used_signature_expires_at", "expires_at"),)

    requester: Mapped[str] = mapped_column(String(64), primary_key=True)
    service: Mapped[str] = mapped_column(String(64), primary_key=True)
    instant: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    expires_at: Mapped[datetime] = mapped_column()


class RevokedToken(Base):
    """``jti`` of an access token revoked before its expiry (RFC 7009)."""

    __tablename__ = "revoked_token"
    __table_args__ = (Index("ix_revoked_token_expires_at", "expires_at"),)

    jti: Mapped[str] = mapped_column(String(100), primary_key=True)
    client_id: Mapped[str] = mapped_column(String(100))
    expires_at: Mapped[datetime] = mapped_column()
