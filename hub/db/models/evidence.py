"""The exchange log: entries, their place in the chain, seals, stamps. Nothing here is ever changed or taken away."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.core.ids import new_id
from hub.core.keyring import Sealed
from hub.db.base import Base, Keyed
from hub.db.types import Encrypted


class ExchangeEntry(Base):
    """One step of one message. Holds keys, codes and digests, never personal data. Digests are hexadecimal SHA-256.

    ``response_digest`` is of what the other side answered, where the hub was the one that asked.
    """

    __tablename__ = "exchange_entry"
    __table_args__ = (
        Index("ix_exchange_entry_message_id", "message_id"),
        Index("ix_exchange_entry_own", "organization_id", "at", "id"),
        Index("ix_exchange_entry_order", "at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    message_id: Mapped[UUID] = mapped_column()
    partition: Mapped[str] = mapped_column(String(20))
    step: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column()
    subject: Mapped[str] = mapped_column(String(100))
    organization_id: Mapped[UUID | None] = mapped_column()
    on_behalf_of_id: Mapped[UUID | None] = mapped_column()
    jurisdiction_path: Mapped[str] = mapped_column(String(200))
    operation: Mapped[str] = mapped_column(String(80))
    target_id: Mapped[UUID | None] = mapped_column()
    outcome: Mapped[str] = mapped_column(String(20))
    request_digest: Mapped[str] = mapped_column(String(64))
    response_digest: Mapped[str | None] = mapped_column(String(64))
    idempotency_key: Mapped[str | None] = mapped_column(String(128))
    legal_basis: Mapped[str | None] = mapped_column(String(200))
    purpose: Mapped[str | None] = mapped_column(String(200))
    correlation_id: Mapped[str] = mapped_column(String(64))


class ExchangePending(Base):
    """Entries that wait for their place in the chain; the sealing job takes them out."""

    __tablename__ = "exchange_pending"

    entry_id: Mapped[UUID] = mapped_column(ForeignKey("exchange_entry.id"), primary_key=True)


class ExchangeLink(Base):
    """Place of an entry in the chain of its partition."""

    __tablename__ = "exchange_link"
    __table_args__ = (UniqueConstraint("entry_id"),)

    partition: Mapped[str] = mapped_column(String(20), primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("exchange_entry.id"))
    algorithm: Mapped[str] = mapped_column(String(20))
    previous: Mapped[str] = mapped_column(String(128))
    hash: Mapped[str] = mapped_column(String(128))


class ExchangeSeal(Keyed, Base):
    """A signed batch of links: ``statement`` is a compact JWS (RFC 7515) over the Merkle root and the chain's head."""

    __tablename__ = "exchange_seal"
    __table_args__ = (UniqueConstraint("partition", "first_sequence"),)

    partition: Mapped[str] = mapped_column(String(20))
    first_sequence: Mapped[int] = mapped_column(BigInteger)
    last_sequence: Mapped[int] = mapped_column(BigInteger)
    kid: Mapped[str] = mapped_column(String(100))
    statement: Mapped[str] = mapped_column(Text)
    sealed_at: Mapped[datetime] = mapped_column()


class ExchangeStamp(Base):
    """Time-stamp token (RFC 3161) over a seal's statement."""

    __tablename__ = "exchange_stamp"

    seal_id: Mapped[UUID] = mapped_column(ForeignKey("exchange_seal.id"), primary_key=True)
    token: Mapped[bytes] = mapped_column(LargeBinary)
    stamped_at: Mapped[datetime] = mapped_column()


class EvidenceKey(Keyed, Base):
    """Key that signs seals; kept for ever, since old seals are verified with it. The private part is sealed."""

    __tablename__ = "evidence_key"

    kid: Mapped[str] = mapped_column(String(100), unique=True)
    algorithm: Mapped[str] = mapped_column(String(20))
    public_jwk: Mapped[dict[str, Any]] = mapped_column(JSONB)
    private_sealed: Mapped[Sealed] = mapped_column(Encrypted)
    active_from: Mapped[datetime] = mapped_column()
