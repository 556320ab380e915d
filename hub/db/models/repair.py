"""Credit repairs (信用修复) of listings, with the periods that run in them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.repair_codes import (
    ClockOrigin,
    PerformanceKind,
    RepairClock,
    RepairPath,
    RepairStatus,
    Severity,
    StopStatus,
)
from hub.db.base import Base, Staged, Tenanted, Versioned, code_list


class CreditRepair(Tenanted, Staged, Versioned, Base):
    """One repair of one listing. ``court_id`` recognised it and decides; ``applicant_id`` entered it: the subject's
    unit, the credit office for whoever came to its window, or the court. A closing has one repair however often it is
    pushed."""

    __tablename__ = "credit_repair"
    __table_args__ = (
        ForeignKeyConstraint(["record_id", "tenant_id"], ["dishonesty_record.id", "dishonesty_record.tenant_id"]),
        Index("ix_credit_repair_order", "created_at", "id"),
        Index("ix_credit_repair_court_id", "court_id", "created_at", "id"),
        Index("ix_credit_repair_organization_id", "organization_id", "created_at", "id"),
        Index(
            "uq_credit_repair_closure",
            "record_id",
            "closed_on",
            "tenant_id",
            unique=True,
            postgresql_where=text("path = 'COURT_PUSH'"),
        ),
        Index(
            "uq_credit_repair_open",
            "record_id",
            "tenant_id",
            unique=True,
            postgresql_where=text(
                "status in ('INITIATED', 'RETURNED_INCOMPLETE', 'ACCEPTED', 'VERIFYING', 'APPROVED', 'SHIELDED')"
            ),
        ),
    )

    path: Mapped[RepairPath] = mapped_column(code_list(RepairPath, "path"))
    status: Mapped[RepairStatus] = mapped_column(code_list(RepairStatus, "status"))
    severity: Mapped[Severity] = mapped_column(code_list(Severity, "severity"))
    record_id: Mapped[UUID] = mapped_column()
    case_number: Mapped[str] = mapped_column(String(64))
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    applicant_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    performance: Mapped[PerformanceKind | None] = mapped_column(code_list(PerformanceKind, "performance"))
    closed_on: Mapped[date | None] = mapped_column()
    pushed_at: Mapped[datetime | None] = mapped_column()
    document_no: Mapped[str | None] = mapped_column(String(100))
    document_name: Mapped[str | None] = mapped_column(String(200))
    document_digest: Mapped[str | None] = mapped_column(String(64))
    commitment: Mapped[str | None] = mapped_column(Text)
    missing: Mapped[list[str]] = mapped_column(ARRAY(Text))
    decision_reason: Mapped[str | None] = mapped_column(Text)
    remedy: Mapped[str | None] = mapped_column(Text)
    objection: Mapped[str | None] = mapped_column(Text)
    end_reason: Mapped[str | None] = mapped_column(Text)
    shielded_at: Mapped[datetime | None] = mapped_column()
    completed_at: Mapped[datetime | None] = mapped_column()
    restored_at: Mapped[datetime | None] = mapped_column()


class CreditRepairClock(Base):
    """A period of a repair, counted from ``anchor_on`` by the rule of ``clause``."""

    __tablename__ = "credit_repair_clock"
    __table_args__ = (
        ForeignKeyConstraint(["repair_id", "tenant_id"], ["credit_repair.id", "credit_repair.tenant_id"]),
        Index("ix_credit_repair_clock_running", "due_on", postgresql_where=text("met_on is null")),
    )

    repair_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[RepairClock] = mapped_column(code_list(RepairClock, "kind"), primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column()
    anchor_on: Mapped[date] = mapped_column()
    due_on: Mapped[date] = mapped_column()
    clause: Mapped[str] = mapped_column(String(300))
    origin: Mapped[ClockOrigin] = mapped_column(code_list(ClockOrigin, "origin"))
    provisional: Mapped[bool] = mapped_column()
    met_on: Mapped[date | None] = mapped_column()


class PublicationStop(Tenanted, Staged, Versioned, Base):
    """A publisher (tax authority, credit platform) asked to stop publishing upon a ruling of reorganisation."""

    __tablename__ = "publication_stop"
    __table_args__ = (
        ForeignKeyConstraint(["repair_id", "tenant_id"], ["credit_repair.id", "credit_repair.tenant_id"]),
        UniqueConstraint("repair_id", "publisher_id", "tenant_id"),
        Index("ix_publication_stop_order", "created_at", "id"),
    )

    repair_id: Mapped[UUID] = mapped_column()
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    publisher_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    status: Mapped[StopStatus] = mapped_column(code_list(StopStatus, "status"))
    case_number: Mapped[str] = mapped_column(String(64))
    due_on: Mapped[date] = mapped_column()
    due_basis: Mapped[dict[str, Any]] = mapped_column(JSONB)
    receipt_no: Mapped[str | None] = mapped_column(String(100))
    evaluation: Mapped[str | None] = mapped_column(Text)
    stopped_on: Mapped[date | None] = mapped_column()
