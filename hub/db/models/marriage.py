"""Marriage information that a court shares: a batch for each month, its items with sealed parties."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.marriage import (
    MarriageBatchStatus,
    MarriageCorrection,
    MarriageReceipt,
    MarriageRecordKind,
    MarriageSettlement,
)
from hub.core.keyring import Sealed
from hub.db.base import Base, Staged, Tenanted, Timestamped, Versioned, code_list
from hub.db.types import Encrypted

_ONCE = "corrects_id is null and withdrawn_at is null"


class MarriageBatch(Tenanted, Staged, Versioned, Base):
    """What a court shares of one month (``2026-05``). ``digest`` is the SHA-256 (hex) of the items as they travel;
    ``sends`` counts how often it was handed over; counts are of receipts, ``discrepancy`` is what did not tie out."""

    __tablename__ = "marriage_batch"
    __table_args__ = (
        UniqueConstraint("tenant_id", "court_id", "month"),
        UniqueConstraint("tenant_id", "number"),
        Index("ix_marriage_batch_order", "month", "id"),
        Index("ix_marriage_batch_receiver", "receiver_id", "status"),
    )

    number: Mapped[str] = mapped_column(String(40))
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    receiver_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    month: Mapped[str] = mapped_column(String(7))
    status: Mapped[MarriageBatchStatus] = mapped_column(code_list(MarriageBatchStatus, "status"))
    due_on: Mapped[date] = mapped_column()
    item_count: Mapped[int | None] = mapped_column()
    digest: Mapped[str | None] = mapped_column(String(64))
    sends: Mapped[int] = mapped_column(default=0)
    sealed_at: Mapped[datetime | None] = mapped_column()
    sent_at: Mapped[datetime | None] = mapped_column()
    received_at: Mapped[datetime | None] = mapped_column()
    receipts_due_at: Mapped[datetime | None] = mapped_column()
    processed_at: Mapped[datetime | None] = mapped_column()
    settled_at: Mapped[datetime | None] = mapped_column()
    note: Mapped[str | None] = mapped_column(String(500))
    discrepancy: Mapped[str | None] = mapped_column(String(40))
    updated_count: Mapped[int] = mapped_column(default=0)
    duplicate_count: Mapped[int] = mapped_column(default=0)
    not_found_count: Mapped[int] = mapped_column(default=0)
    conflict_count: Mapped[int] = mapped_column(default=0)
    rejected_count: Mapped[int] = mapped_column(default=0)
    match_percent: Mapped[int | None] = mapped_column()
    update_percent: Mapped[int | None] = mapped_column()


class MarriageItem(Tenanted, Timestamped, Base):
    """One decision. ``parties_sealed`` holds names, identity numbers and the number of the marriage certificate;
    ``couple_index`` is the keyed blind index of both identity numbers, in whichever order they were told."""

    __tablename__ = "marriage_item"
    __table_args__ = (
        ForeignKeyConstraint(["batch_id", "tenant_id"], ["marriage_batch.id", "marriage_batch.tenant_id"]),
        ForeignKeyConstraint(["corrects_id", "tenant_id"], ["marriage_item.id", "marriage_item.tenant_id"]),
        Index("ix_marriage_item_batch_id", "batch_id", "number"),
        Index(
            "uq_marriage_item_decision",
            *("tenant_id", "court_id", "case_number", "couple_index"),
            unique=True,
            postgresql_where=text(_ONCE),
        ),
    )

    batch_id: Mapped[UUID] = mapped_column()
    number: Mapped[int | None] = mapped_column()
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    receiver_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    kind: Mapped[MarriageRecordKind] = mapped_column(code_list(MarriageRecordKind, "kind"))
    case_number: Mapped[str] = mapped_column(String(64))
    effective_on: Mapped[date] = mapped_column()
    parties_sealed: Mapped[Sealed] = mapped_column(Encrypted)
    party_a_masked: Mapped[str] = mapped_column(String(100))
    party_b_masked: Mapped[str] = mapped_column(String(100))
    couple_index: Mapped[bytes] = mapped_column(LargeBinary)
    document_digest: Mapped[str] = mapped_column(String(64))
    corrects_id: Mapped[UUID | None] = mapped_column()
    correction: Mapped[MarriageCorrection | None] = mapped_column(code_list(MarriageCorrection, "correction"))
    receipt: Mapped[MarriageReceipt | None] = mapped_column(code_list(MarriageReceipt, "receipt"))
    receipt_reason: Mapped[str | None] = mapped_column(String(200))
    receipted_at: Mapped[datetime | None] = mapped_column()
    settlement: Mapped[MarriageSettlement | None] = mapped_column(code_list(MarriageSettlement, "settlement"))
    settlement_note: Mapped[str | None] = mapped_column(String(500))
    settled_at: Mapped[datetime | None] = mapped_column()
    withdrawn_at: Mapped[datetime | None] = mapped_column()
