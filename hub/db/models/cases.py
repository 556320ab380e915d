"""Cases and their parties, as their courts tell them: a mirror only."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.exchange_codes import (
    CaseListKind,
    CasePartyRole,
    CaseProcedure,
    Confidentiality,
    MirrorCapacity,
    MirrorStatus,
)
from hub.db.base import Base, Tenanted, Timestamped, code_list
from hub.db.models.mirrored import Mirrored, Sourced


class LegalCase(Tenanted, Sourced, Timestamped, Base):
    """``case_number`` is unique within its court (法〔2015〕137号). What its source dates latest wins."""

    __tablename__ = "legal_case"
    __table_args__ = (
        UniqueConstraint("tenant_id", "court_id", "case_number"),
        Index("ix_legal_case_changed", "updated_at", postgresql_where=text("updated_at > created_at")),
    )

    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    case_number: Mapped[str] = mapped_column(String(64))
    procedure: Mapped[CaseProcedure | None] = mapped_column(code_list(CaseProcedure, "procedure"))
    cause: Mapped[str | None] = mapped_column(String(200))
    filed_on: Mapped[date | None] = mapped_column()
    closed_on: Mapped[date | None] = mapped_column()
    confidentiality: Mapped[Confidentiality] = mapped_column(code_list(Confidentiality, "confidentiality"))


class CaseListEntry(Tenanted, Mirrored, Timestamped, Base):
    """A public body's place on a list of its court: 未结 or 终本. Amounts in fen (0.01 yuan)."""

    __tablename__ = "case_list_entry"
    __table_args__ = (
        UniqueConstraint("tenant_id", "source", "source_key"),
        ForeignKeyConstraint(["case_id", "tenant_id"], ["legal_case.id", "legal_case.tenant_id"]),
        ForeignKeyConstraint(["subject_id", "tenant_id"], ["subject.id", "subject.tenant_id"]),
        Index("ix_case_list_entry_order", "listed_on", "id"),
        Index("ix_case_list_entry_updated_at", "updated_at", "id"),
        Index("ix_case_list_entry_case_id", "case_id"),
        Index("ix_case_list_entry_subject_id", "subject_id"),
        Index(
            "ix_case_list_entry_content",
            "source",
            "content_digest",
            postgresql_where=text("status = 'ACTIVE'"),
        ),
    )

    list_kind: Mapped[CaseListKind] = mapped_column(code_list(CaseListKind, "list_kind"))
    status: Mapped[MirrorStatus] = mapped_column(code_list(MirrorStatus, "status"))
    case_id: Mapped[UUID] = mapped_column()
    subject_id: Mapped[UUID] = mapped_column()
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    case_number: Mapped[str] = mapped_column(String(64))
    role: Mapped[CasePartyRole] = mapped_column(code_list(CasePartyRole, "role"))
    government_subject: Mapped[bool] = mapped_column()
    claim_amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    listed_on: Mapped[date] = mapped_column()


class CaseListEntryParty(Timestamped, Base):
    __tablename__ = "case_list_entry_party"
    __table_args__ = (
        ForeignKeyConstraint(["entry_id", "tenant_id"], ["case_list_entry.id", "case_list_entry.tenant_id"]),
        Index("ix_case_list_entry_party_mine", "organization_id", "listed_on", "entry_id"),
    )

    entry_id: Mapped[UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    capacity: Mapped[MirrorCapacity] = mapped_column(code_list(MirrorCapacity, "capacity"))
    jurisdiction_path: Mapped[str] = mapped_column(String(200))
    listed_on: Mapped[date] = mapped_column()
