"""What other systems hand in: batches, their messages, and what came of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.exchange_codes import (
    BatchKind,
    BatchStatus,
    CaseListKind,
    ConnectorCondition,
    InboxStatus,
    IssueKind,
    ReconciliationOutcome,
    SnapshotDecision,
)
from hub.core.keyring import Sealed
from hub.db.base import Base, Keyed, code_list
from hub.db.types import Encrypted

_WAITING = text("state = 'RECEIVED'")


class Provided:
    """Whose data it is: the organisation that handed it in, and where that is filed."""

    source: Mapped[str] = mapped_column(String(60))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    jurisdiction_path: Mapped[str] = mapped_column(String(200))


class InboxBatch(Keyed, Provided, Base):
    """A delivery with its receipt. ``manifest`` holds no personal data; ``reasons`` are why it was refused whole.

    ``settled_at``: no message of it waits any more, and what came of them was told to the source.
    """

    __tablename__ = "inbox_batch"
    __table_args__ = (
        Index("uq_inbox_batch_accepted", "source", "number", unique=True, postgresql_where=text("status = 'ACCEPTED'")),
        Index("ix_inbox_batch_order", "received_at", "id"),
        Index("ix_inbox_batch_digest", "source", "digest"),
    )

    number: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[BatchKind | None] = mapped_column(code_list(BatchKind, "kind"))
    status: Mapped[BatchStatus] = mapped_column(code_list(BatchStatus, "status"))
    receipt_number: Mapped[str] = mapped_column(String(40), unique=True)
    digest: Mapped[str] = mapped_column(String(64))
    manifest: Mapped[str] = mapped_column(Text)
    lists: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    declared_rows: Mapped[int] = mapped_column(BigInteger)
    accepted_rows: Mapped[int] = mapped_column(BigInteger)
    unchanged_rows: Mapped[int] = mapped_column(BigInteger)
    duplicate_rows: Mapped[int] = mapped_column(BigInteger)
    faulty_rows: Mapped[int] = mapped_column(BigInteger)
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    sent_at: Mapped[datetime | None] = mapped_column()
    received_at: Mapped[datetime] = mapped_column()
    settled_at: Mapped[datetime | None] = mapped_column()


class InboxMessage(Keyed, Provided, Base):
    """One message, inserted once by (source, message id, version); ``revision`` counts mends by a person.

    ``body_sealed`` is the row as it was sent, as JSON; null for what must not be kept: state secrets, and what has
    been settled for longer than policy keeps it. ``digest`` is the hexadecimal SHA-256 of those bytes. ``attempt`` is
    the fencing token of the lease.
    """

    __tablename__ = "inbox_message"
    __table_args__ = (
        UniqueConstraint("source", "message_id", "version", "revision"),
        Index("ix_inbox_message_waiting", "business_key", "source", "position", postgresql_where=_WAITING),
        Index("ix_inbox_message_next", "position", postgresql_where=_WAITING),
        Index("ix_inbox_message_batch_id", "batch_id", "state"),
        Index("ix_inbox_message_order", "state", "received_at", "id"),
        Index("ix_inbox_message_match_id", "match_id", postgresql_where=text("match_id is not null")),
        Index("ix_inbox_message_kept", "settled_at", postgresql_where=text("body_sealed is not null")),
    )

    tenant_id: Mapped[UUID] = mapped_column()
    message_id: Mapped[str] = mapped_column(String(120))
    version: Mapped[int] = mapped_column()
    revision: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    batch_id: Mapped[UUID] = mapped_column(ForeignKey("inbox_batch.id"))
    list_kind: Mapped[CaseListKind] = mapped_column(code_list(CaseListKind, "list_kind"))
    file: Mapped[str] = mapped_column(String(200))
    row_number: Mapped[int] = mapped_column(BigInteger)
    business_key: Mapped[str] = mapped_column(String(200))
    body_sealed: Mapped[Sealed | None] = mapped_column(Encrypted)
    digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[InboxStatus] = mapped_column(code_list(InboxStatus, "state"))
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    match_id: Mapped[UUID | None] = mapped_column()
    attempt: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column()
    received_at: Mapped[datetime] = mapped_column()
    settled_at: Mapped[datetime | None] = mapped_column()


class InboxRefusal(Keyed, Provided, Base):
    """Evidence of a message refused at the door: its id had come before with other content."""

    __tablename__ = "inbox_refusal"

    message_id: Mapped[str] = mapped_column(String(120))
    version: Mapped[int] = mapped_column()
    batch_id: Mapped[UUID] = mapped_column(ForeignKey("inbox_batch.id"), index=True)
    file: Mapped[str] = mapped_column(String(200))
    row_number: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str] = mapped_column(String(64))
    known_digest: Mapped[str] = mapped_column(String(64))
    body_sealed: Mapped[Sealed | None] = mapped_column(Encrypted)
    at: Mapped[datetime] = mapped_column()


class SnapshotPortion(Keyed, Base):
    """What a full snapshot has, by the keys of a portion of it, until it has been compared; a key may come twice. No
    row for each key and no foreign key: a million of them would cost more than the comparison."""

    __tablename__ = "snapshot_portion"
    __table_args__ = (Index("ix_snapshot_portion_batch", "batch_id", "list_kind"),)

    batch_id: Mapped[UUID] = mapped_column()
    list_kind: Mapped[CaseListKind] = mapped_column(code_list(CaseListKind, "list_kind"))
    business_keys: Mapped[list[str]] = mapped_column(ARRAY(Text))


class Reconciliation(Keyed, Provided, Base):
    """A full snapshot compared with the mirror: how many entries there were on each side, how many it lacked."""

    __tablename__ = "reconciliation"
    __table_args__ = (UniqueConstraint("batch_id", "list_kind"), Index("ix_reconciliation_order", "at", "id"))

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("inbox_batch.id"))
    list_kind: Mapped[CaseListKind] = mapped_column(code_list(CaseListKind, "list_kind"))
    as_of: Mapped[datetime] = mapped_column()
    at: Mapped[datetime] = mapped_column()
    mirror_rows: Mapped[int] = mapped_column(BigInteger)
    snapshot_rows: Mapped[int] = mapped_column(BigInteger)
    missing_rows: Mapped[int] = mapped_column(BigInteger)
    ended_rows: Mapped[int] = mapped_column(BigInteger)
    allowed_percent: Mapped[int] = mapped_column()
    outcome: Mapped[ReconciliationOutcome] = mapped_column(code_list(ReconciliationOutcome, "outcome"))
    decision: Mapped[SnapshotDecision | None] = mapped_column(code_list(SnapshotDecision, "decision"))
    decision_reason: Mapped[str | None] = mapped_column(Text)
    decision_evidence: Mapped[str | None] = mapped_column(Text)
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    decided_at: Mapped[datetime | None] = mapped_column()


class DataQualityIssue(Keyed, Provided, Base):
    """Something about a source that a person should look into; ``about`` holds numbers and keys only."""

    __tablename__ = "data_quality_issue"
    __table_args__ = (
        UniqueConstraint("source", "kind", "about"),
        Index("ix_data_quality_issue_order", "first_seen_at", "id"),
    )

    kind: Mapped[IssueKind] = mapped_column(code_list(IssueKind, "kind"))
    about: Mapped[str] = mapped_column(String(200))
    occurrences: Mapped[int] = mapped_column(BigInteger)
    first_seen_at: Mapped[datetime] = mapped_column()
    last_seen_at: Mapped[datetime] = mapped_column()
    resolved_at: Mapped[datetime | None] = mapped_column()


class ConnectorState(Keyed, Provided, Base):
    """How a connector stands. ``card`` is what it says of itself; ``stale_at`` when its silence becomes too long."""

    __tablename__ = "connector_state"
    __table_args__ = (UniqueConstraint("source"), Index("ix_connector_state_order", "name", "id"))

    name: Mapped[str] = mapped_column(String(200))
    card: Mapped[dict[str, Any]] = mapped_column(JSONB)
    condition: Mapped[ConnectorCondition] = mapped_column(code_list(ConnectorCondition, "condition"))
    failure_code: Mapped[str | None] = mapped_column(String(60))
    last_polled_at: Mapped[datetime] = mapped_column()
    last_success_at: Mapped[datetime | None] = mapped_column()
    last_batch: Mapped[int | None] = mapped_column(BigInteger)
    stale_at: Mapped[datetime | None] = mapped_column()
