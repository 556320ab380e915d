"""Events on their way to departments' systems: endpoints, their secrets, deliveries, and what is taken up next."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.codes import Channel, DeliveryFault, DeliveryStatus, EndpointReason, EndpointStatus
from hub.core.keyring import Sealed
from hub.db.base import Base, Keyed, code_list
from hub.db.types import Encrypted


class WebhookEndpoint(Keyed, Base):
    """Where an organisation wants to be told of which events. It hears what ``client_id`` may read.

    By its ``channel`` it may be another destination, which an operator registers and no client sees: the list
    interface of a bank, a gateway for e-mail or text messages, the system of a holder; ``account`` is who the hub is
    there. A holder's has a ``shape`` in which it writes, the public key of its seal (PEM), and the ``query_types`` that
    it answers.

    It hears what transactions from ``since_transaction`` in ``since_epoch`` on tell: those that were under way when it
    was registered, and later ones; what had happened by then it reads.

    ``failures`` in a row since ``failing_since``; nothing is sent before ``open_until`` (circuit breaker).
    """

    __tablename__ = "webhook_endpoint"
    __table_args__ = (
        Index("ix_webhook_endpoint_own", "organization_id", "created_at", "id"),
        CheckConstraint(
            "(channel = 'WEBHOOK') = (client_id <> '') and (channel = 'WEBHOOK') = (account is null)", "of_channel"
        ),
        CheckConstraint(
            "(channel = 'HOLDER') = (shape is not null) and (shape is null) = (seal_key is null)", "of_holder"
        ),
    )

    tenant_id: Mapped[UUID] = mapped_column()
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    jurisdiction_id: Mapped[UUID] = mapped_column(ForeignKey("jurisdiction.id"))
    jurisdiction_path: Mapped[str] = mapped_column(String(200))
    channel: Mapped[Channel] = mapped_column(code_list(Channel, "channel"), default=Channel.WEBHOOK)
    client_id: Mapped[str] = mapped_column(String(100), default="")
    account: Mapped[str | None] = mapped_column(String(200))
    url: Mapped[str] = mapped_column(String(2000))
    shape: Mapped[str | None] = mapped_column(String(40))
    seal_key: Mapped[str | None] = mapped_column(Text)
    query_types: Mapped[list[str] | None] = mapped_column(ARRAY(String(40)))
    event_types: Mapped[list[str]] = mapped_column(ARRAY(String(80)))
    status: Mapped[EndpointStatus] = mapped_column(code_list(EndpointStatus, "status"))
    status_reason: Mapped[EndpointReason | None] = mapped_column(code_list(EndpointReason, "status_reason"))
    failures: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None] = mapped_column()
    open_until: Mapped[datetime | None] = mapped_column()
    since_epoch: Mapped[int] = mapped_column(server_default=text("begin_event_epoch()"))
    since_transaction: Mapped[int] = mapped_column(
        BigInteger, server_default=text("(pg_snapshot_xmin(pg_current_snapshot())::text)::bigint")
    )
    created_at: Mapped[datetime] = mapped_column()
    updated_at: Mapped[datetime] = mapped_column()
    version: Mapped[int] = mapped_column(default=1)


class WebhookSecret(Keyed, Base):
    """Signing secret of an endpoint; the newest signs, the one before it too until ``previous_until``."""

    __tablename__ = "webhook_secret"
    __table_args__ = (Index("ix_webhook_secret_endpoint", "endpoint_id", "id"),)

    endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("webhook_endpoint.id"))
    sealed: Mapped[Sealed] = mapped_column(Encrypted)
    issued_at: Mapped[datetime] = mapped_column()
    previous_until: Mapped[datetime | None] = mapped_column()


class Delivery(Keyed, Base):
    """One event for one endpoint. ``(epoch, transaction_id, number)`` is its position, the order within a ``key``.

    ``first_attempt_at`` starts the retry budget anew after a replay.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("endpoint_id", "event_id"),
        Index(
            "ix_delivery_waiting",
            "endpoint_id",
            "key",
            "epoch",
            "transaction_id",
            "number",
            postgresql_where=text("status = 'WAITING'"),
        ),
        Index("ix_delivery_own", "organization_id", "created_at", "id"),
        Index("ix_delivery_order", "created_at", "id"),
        Index("ix_delivery_dead", "endpoint_id", "id", postgresql_where=text("status = 'DEAD'")),
        Index("ix_delivery_orders", "endpoint_id", "object_id", postgresql_where=text("event_type = 'execorder.sent'")),
        Index("ix_delivery_ended", "ended_at", postgresql_where=text("ended_at IS NOT NULL")),
    )

    tenant_id: Mapped[UUID] = mapped_column()
    endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("webhook_endpoint.id"))
    organization_id: Mapped[UUID] = mapped_column()
    jurisdiction_path: Mapped[str] = mapped_column(String(200))
    event_id: Mapped[UUID] = mapped_column()
    event_type: Mapped[str] = mapped_column(String(80))
    schema_version: Mapped[int] = mapped_column()
    key: Mapped[str] = mapped_column(String(100))
    object_id: Mapped[UUID] = mapped_column()
    ids: Mapped[dict[str, Any]] = mapped_column(JSONB)
    epoch: Mapped[int] = mapped_column()
    transaction_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int] = mapped_column(BigInteger)
    event_at: Mapped[datetime] = mapped_column()
    status: Mapped[DeliveryStatus] = mapped_column(code_list(DeliveryStatus, "status"))
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column()
    first_attempt_at: Mapped[datetime | None] = mapped_column()
    attempted_at: Mapped[datetime | None] = mapped_column()
    next_attempt_at: Mapped[datetime | None] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()
    fault: Mapped[DeliveryFault | None] = mapped_column(code_list(DeliveryFault, "fault"))
    http_status: Mapped[int | None] = mapped_column(SmallInteger)


class DeliveryLane(Base):
    """The waiting deliveries of one key of one endpoint, which are sent one after the other.

    The lane may be taken up at ``due_at``: a worker that takes it pushes that to the end of its lease. ``fence`` grows
    each time; only the worker that holds its last value may write what came of it. ``owner`` is who holds it.
    """

    __tablename__ = "delivery_lane"
    __table_args__ = (Index("ix_delivery_lane_due", "endpoint_id", "due_at"),)

    endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("webhook_endpoint.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    due_at: Mapped[datetime] = mapped_column()
    fence: Mapped[int] = mapped_column(BigInteger, default=0)
    owner: Mapped[str | None] = mapped_column(String(100))


class EventReader(Base):
    """How far a reader of the outbox has come, and when it last looked."""

    __tablename__ = "event_reader"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    epoch: Mapped[int] = mapped_column()
    transaction_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int] = mapped_column(BigInteger)
    read_at: Mapped[datetime] = mapped_column()
