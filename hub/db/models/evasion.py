"""Clues to refusing or evading enforcement: that one was referred, and apart from it what it says and of whom."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.evasion_codes import ClueEvidenceKind, ClueRefusal, EvasionClueStatus
from hub.core.keyring import Sealed
from hub.db.base import Base, Staged, Tenanted, Timestamped, Versioned, code_list
from hub.db.types import Encrypted

STANDING = "status in ('SENT', 'RECEIVED', 'RETURNED', 'ACCEPTED', 'FILED')"
WAITING = "status in ('SENT', 'RECEIVED', 'RETURNED', 'ACCEPTED')"


class EvasionClue(Tenanted, Staged, Versioned, Base):
    """A clue between one court and one police unit alone, never shown to ``debtor_id``. ``due_on`` is by when whoever
    has it in hand is to act; ``round`` counts how often material was handed over."""

    __tablename__ = "evasion_clue"
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "tenant_id"], ["legal_case.id", "legal_case.tenant_id"]),
        ForeignKeyConstraint(["subject_id", "tenant_id"], ["subject.id", "subject.tenant_id"]),
        CheckConstraint("police_id <> coalesce(debtor_id, court_id)", name="not_of_the_police"),
        Index(
            "uq_evasion_clue_standing",
            *("case_id", "subject_id", "tenant_id"),
            unique=True,
            postgresql_where=text(STANDING),
        ),
        Index("ix_evasion_clue_order", "created_at", "id"),
        Index("ix_evasion_clue_debtor_id", "debtor_id"),
        Index("ix_evasion_clue_waiting", "due_on", "id", postgresql_where=text(WAITING)),
    )

    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    police_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    debtor_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    case_id: Mapped[UUID] = mapped_column()
    subject_id: Mapped[UUID] = mapped_column()
    case_number: Mapped[str] = mapped_column(String(64))
    conducts: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    signed_by: Mapped[str] = mapped_column(String(100))
    status: Mapped[EvasionClueStatus] = mapped_column(code_list(EvasionClueStatus, "status"))
    round: Mapped[int] = mapped_column()
    due_on: Mapped[date | None] = mapped_column()
    due_basis: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    received_at: Mapped[datetime | None] = mapped_column()
    received_by: Mapped[str | None] = mapped_column(String(100))
    returned_at: Mapped[datetime | None] = mapped_column()
    accepted_at: Mapped[datetime | None] = mapped_column()
    refusal: Mapped[ClueRefusal | None] = mapped_column(code_list(ClueRefusal, "refusal"))
    filed_on: Mapped[date | None] = mapped_column()
    urged_count: Mapped[int] = mapped_column()
    urged_at: Mapped[datetime | None] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()


class EvasionClueStep(Tenanted, Timestamped, Base):
    """What one side told the other with a step: facts, reasons and numbers of documents, sealed; never altered."""

    __tablename__ = "evasion_clue_step"
    __table_args__ = (
        ForeignKeyConstraint(["clue_id", "tenant_id"], ["evasion_clue.id", "evasion_clue.tenant_id"]),
        UniqueConstraint("clue_id", "number", "tenant_id"),
    )

    clue_id: Mapped[UUID] = mapped_column()
    number: Mapped[int] = mapped_column()
    event: Mapped[str] = mapped_column(String(40))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    taken_at: Mapped[datetime] = mapped_column()
    content_sealed: Mapped[Sealed] = mapped_column(Encrypted)


class EvasionClueEvidence(Tenanted, Timestamped, Base):
    """A document of the court's; ``digest`` is the SHA-256 of its content, which is sealed."""

    __tablename__ = "evasion_clue_evidence"
    __table_args__ = (
        ForeignKeyConstraint(["clue_id", "tenant_id"], ["evasion_clue.id", "evasion_clue.tenant_id"]),
        UniqueConstraint("clue_id", "digest", "tenant_id"),
    )

    clue_id: Mapped[UUID] = mapped_column()
    round: Mapped[int] = mapped_column()
    number: Mapped[int] = mapped_column()
    kind: Mapped[ClueEvidenceKind] = mapped_column(code_list(ClueEvidenceKind, "kind"))
    filename: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    content_sealed: Mapped[Sealed] = mapped_column(Encrypted)
