"""Complaints about public bodies, and what is told to the public of cases."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.integrity_codes import ComplaintStatus, PublicityKind, PublicityStatus
from hub.core.keyring import Sealed
from hub.db.base import Base, Staged, Tenanted, Timestamped, Versioned, code_list
from hub.db.types import Encrypted


class IntegrityComplaint(Tenanted, Staged, Versioned, Base):
    """A complaint about a public body. ``summary`` is what the body reads, from ``handed_at`` on; who complained, and
    in what words, stands in ``IntegrityComplainant``."""

    __tablename__ = "integrity_complaint"
    __table_args__ = (
        Index("ix_integrity_complaint_order", "registered_on", "id"),
        Index("ix_integrity_complaint_organization", "organization_id", "registered_on", "id"),
    )

    status: Mapped[ComplaintStatus] = mapped_column(code_list(ComplaintStatus, "status"))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    receiver_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    channel: Mapped[str] = mapped_column(String(100))
    registered_on: Mapped[date] = mapped_column()
    summary: Mapped[str] = mapped_column(Text)
    demand: Mapped[str | None] = mapped_column(Text)
    handed_at: Mapped[datetime | None] = mapped_column()
    due_on: Mapped[date | None] = mapped_column()
    due_basis: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    answer: Mapped[str | None] = mapped_column(Text)
    answer_evidence: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    return_reason: Mapped[str | None] = mapped_column(Text)
    finding: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(Text)
    closed_at: Mapped[datetime | None] = mapped_column()


class IntegrityComplainant(Tenanted, Timestamped, Base):
    """Who complained (same id as the complaint) and in what words; sealed, for the office that received it alone."""

    __tablename__ = "integrity_complainant"
    __table_args__ = (
        ForeignKeyConstraint(["id", "tenant_id"], ["integrity_complaint.id", "integrity_complaint.tenant_id"]),
    )

    receiver_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    name_sealed: Mapped[Sealed] = mapped_column(Encrypted)
    contact_sealed: Mapped[Sealed] = mapped_column(Encrypted)
    statement_sealed: Mapped[Sealed] = mapped_column(Encrypted)


class PublicityItem(Tenanted, Staged, Versioned, Base):
    """What is told to the public of a case (典型案例, 整改案例) or at a press conference. ``record_id`` is the listing
    it is about: revoked or confidential, it is not told."""

    __tablename__ = "publicity_item"
    __table_args__ = (Index("ix_publicity_item_order", "published_on", "id"),)

    kind: Mapped[PublicityKind] = mapped_column(code_list(PublicityKind, "kind"))
    status: Mapped[PublicityStatus] = mapped_column(code_list(PublicityStatus, "status"))
    proposer_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    cooperating_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    record_id: Mapped[UUID | None] = mapped_column()
    title: Mapped[str] = mapped_column(String(200))
    theme: Mapped[str] = mapped_column(String(100))
    content: Mapped[str] = mapped_column(Text)
    held_on: Mapped[date | None] = mapped_column()
    review_note: Mapped[str | None] = mapped_column(Text)
    reviewed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    approved_by: Mapped[str | None] = mapped_column(String(100))
    approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    clause: Mapped[str | None] = mapped_column(String(200))
    published_on: Mapped[date | None] = mapped_column()
    withdraw_reason: Mapped[str | None] = mapped_column(Text)
