"""Events leaving the domain, and the memory of mutations already done."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, String, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.core.ids import new_id
from hub.db.base import Base


class OutboxEvent(Base):
    """``{id, type, schemaVersion, key, ids}``: ids only; the receiver re-reads by its own right. ``ids`` names
    by ``id`` the row it is about: who reads events could not go on behind one that does not.

    ``(epoch, transaction_id, number)`` is the event's position: the epoch of the database, the writing transaction, and
    the order within it.
    """

    __tablename__ = "outbox_event"
    __table_args__ = (
        CheckConstraint("(ids ->> 'id') is not null", name="id"),
        Index("ix_outbox_event_key", "key", "id"),
        Index("ix_outbox_event_position", "epoch", "transaction_id", "number", unique=True),
        Index("ix_outbox_event_created_at", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    tenant_id: Mapped[UUID] = mapped_column()
    type: Mapped[str] = mapped_column(String(80))
    schema_version: Mapped[int] = mapped_column(default=1)
    key: Mapped[str] = mapped_column(String(100))
    ids: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    epoch: Mapped[int] = mapped_column(server_default=text("begin_event_epoch()"))
    transaction_id: Mapped[int] = mapped_column(BigInteger, server_default=text("(pg_current_xact_id()::text)::bigint"))
    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True))


class EventEpoch(Base):
    """A time in which transaction ids only grew: a restored database begins another with its first event.

    ``origin`` tells the cluster, its timeline, the database and the table. Of this epoch, events up to and with the
    position ``(forgotten_transaction, forgotten_number)`` may be deleted.
    """

    __tablename__ = "event_epoch"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    origin: Mapped[str] = mapped_column(String(100))
    began_at: Mapped[datetime] = mapped_column(server_default=func.now())
    forgotten_transaction: Mapped[int] = mapped_column(BigInteger, server_default="0")
    forgotten_number: Mapped[int] = mapped_column(BigInteger, server_default="0")


class IdempotencyRecord(Base):
    """The outcome of a mutation, by client and key; another body under the same key is refused."""

    __tablename__ = "idempotency_record"
    __table_args__ = (Index("ix_idempotency_record_created_at", "created_at"),)

    subject: Mapped[str] = mapped_column(String(100), primary_key=True)
    key: Mapped[str] = mapped_column(String(128), primary_key=True)
    request_digest: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
