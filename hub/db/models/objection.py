"""Objections to listings (异议), by their subjects."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.objection_codes import ObjectionKind, ObjectionStatus, RemarkKind
from hub.db.base import Base, Staged, Tenanted, Timestamped, Versioned, code_list


class CreditObjection(Tenanted, Staged, Versioned, Base):
    """An objection of the unit that a listing is of. Nothing here changes the listing: only its court's message does.
    ``due_on`` is the day by which the next step is owed, by the rule of ``due_clause``."""

    __tablename__ = "credit_objection"
    __table_args__ = (
        ForeignKeyConstraint(["record_id", "tenant_id"], ["dishonesty_record.id", "dishonesty_record.tenant_id"]),
        Index("ix_credit_objection_order", "created_at", "id"),
        Index("ix_credit_objection_court_id", "court_id", "created_at", "id"),
        Index("ix_credit_objection_organization_id", "organization_id", "created_at", "id"),
        Index(
            "uq_credit_objection_open",
            "record_id",
            "kind",
            "tenant_id",
            unique=True,
            postgresql_where=text("status in ('FILED', 'SOURCE_ASKED', 'UPHELD', 'RECONSIDERING')"),
        ),
    )

    kind: Mapped[ObjectionKind] = mapped_column(code_list(ObjectionKind, "kind"))
    status: Mapped[ObjectionStatus] = mapped_column(code_list(ObjectionStatus, "status"))
    record_id: Mapped[UUID] = mapped_column()
    case_number: Mapped[str] = mapped_column(String(64))
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    grounds: Mapped[str] = mapped_column(Text)
    evidence_digest: Mapped[str | None] = mapped_column(String(64))
    due_on: Mapped[date | None] = mapped_column()
    due_clause: Mapped[str | None] = mapped_column(String(300))
    due_provisional: Mapped[bool] = mapped_column(default=False)
    decision: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime | None] = mapped_column()
    corrected_at: Mapped[datetime | None] = mapped_column()


class ListingRemark(Tenanted, Timestamped, Base):
    """What the credit office added to a listing, for its court; the listing itself is as its court tells it."""

    __tablename__ = "listing_remark"
    __table_args__ = (
        ForeignKeyConstraint(["record_id", "tenant_id"], ["dishonesty_record.id", "dishonesty_record.tenant_id"]),
        Index("ix_listing_remark_order", "created_at", "id"),
        Index("ix_listing_remark_court_id", "court_id", "created_at", "id"),
    )

    kind: Mapped[RemarkKind] = mapped_column(code_list(RemarkKind, "kind"))
    record_id: Mapped[UUID] = mapped_column()
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    note: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(server_default=text("1"))
