"""What follows when a notice is not heeded: awards restricted, interviews, referrals; and the periodic reports."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.supervision_codes import (
    InterviewStatus,
    PeriodicReportKind,
    PeriodicReportStatus,
    ReferralKind,
)
from hub.db.base import Base, Staged, Tenanted, Timestamped, Versioned, code_list


class AwardRestriction(Tenanted, Versioned, Base):
    """A unit gets no award of a year (取消评先评优资格) until it is lifted; one that stands for a unit and year."""

    __tablename__ = "award_restriction"
    __table_args__ = (
        Index("ix_award_restriction_order", "created_at", "id"),
        Index(
            "uq_award_restriction_standing",
            "organization_id",
            "year",
            "tenant_id",
            unique=True,
            postgresql_where=text("lifted_at IS NULL"),
        ),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    year: Mapped[int] = mapped_column()
    issuer_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    notice_id: Mapped[UUID] = mapped_column()
    reason: Mapped[str] = mapped_column(Text)
    clause: Mapped[str | None] = mapped_column(String(200))
    lifted_at: Mapped[datetime | None] = mapped_column()
    lift_reason: Mapped[str | None] = mapped_column(Text)


class Interview(Tenanted, Staged, Versioned, Base):
    """失信约谈: the head of a unit is called in; minutes are kept."""

    __tablename__ = "interview"
    __table_args__ = (Index("ix_interview_order", "planned_on", "id"),)

    status: Mapped[InterviewStatus] = mapped_column(code_list(InterviewStatus, "status"))
    interviewer_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    notice_id: Mapped[UUID | None] = mapped_column()
    subject: Mapped[str] = mapped_column(String(200))
    planned_on: Mapped[date] = mapped_column()
    place: Mapped[str | None] = mapped_column(String(200))
    held_on: Mapped[date | None] = mapped_column()
    attendee: Mapped[str | None] = mapped_column(String(100))
    attendee_post: Mapped[str | None] = mapped_column(String(100))
    minutes: Mapped[str | None] = mapped_column(Text)
    cancel_reason: Mapped[str | None] = mapped_column(Text)


class Referral(Tenanted, Timestamped, Base):
    """What was pushed to a discipline or organisation department. It alone reads it; the sender keeps the receipt."""

    __tablename__ = "referral"

    kind: Mapped[ReferralKind] = mapped_column(code_list(ReferralKind, "kind"))
    sender_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    receiver_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    notice_id: Mapped[UUID | None] = mapped_column()
    title: Mapped[str] = mapped_column(String(200))
    content: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(String(200))


class ReferralReceipt(Tenanted, Versioned, Base):
    """Receipt of the referral with the same id: that it was sent and received, and the digest of what it said."""

    __tablename__ = "referral_receipt"
    __table_args__ = (Index("ix_referral_receipt_order", "sent_at", "id"),)

    kind: Mapped[ReferralKind] = mapped_column(code_list(ReferralKind, "kind"))
    sender_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    receiver_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    digest: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime] = mapped_column()
    received_at: Mapped[datetime | None] = mapped_column()
    received_by: Mapped[str | None] = mapped_column(String(100))


class PeriodicReport(Tenanted, Staged, Versioned, Base):
    """A report of one period. Its numbers stand as at ``cutoff_at``; a correction is a further ``edition`` and leaves
    the earlier one as it was.

    A period without anything is reported too: ``figures`` of zeros, no ``entries``.
    """

    __tablename__ = "periodic_report"
    __table_args__ = (
        UniqueConstraint("kind", "issuer_id", "period", "edition", "tenant_id"),
        Index("ix_periodic_report_due", "due_on", "id"),
    )

    kind: Mapped[PeriodicReportKind] = mapped_column(code_list(PeriodicReportKind, "kind"))
    status: Mapped[PeriodicReportStatus] = mapped_column(code_list(PeriodicReportStatus, "status"))
    issuer_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    recipient_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    period: Mapped[str] = mapped_column(String(10))
    period_from: Mapped[date] = mapped_column()
    period_to: Mapped[date] = mapped_column()
    edition: Mapped[int] = mapped_column()
    title: Mapped[str] = mapped_column(String(200))
    cutoff_at: Mapped[datetime] = mapped_column()
    due_on: Mapped[date] = mapped_column()
    due_at: Mapped[datetime] = mapped_column()
    due_provisional: Mapped[bool] = mapped_column(default=False)
    deadline_basis: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    figures: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    entries: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    correction_reason: Mapped[str | None] = mapped_column(Text)
    signed_by: Mapped[str | None] = mapped_column(String(100))
    issued_at: Mapped[datetime | None] = mapped_column()


class PeriodicReportParty(Timestamped, Base):
    """Who may see a report: its issuer, and its recipients once it is issued."""

    __tablename__ = "periodic_report_party"
    __table_args__ = (
        ForeignKeyConstraint(["report_id", "tenant_id"], ["periodic_report.id", "periodic_report.tenant_id"]),
        Index("ix_periodic_report_party_mine", "organization_id", "due_on", "report_id"),
    )

    report_id: Mapped[UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    jurisdiction_path: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date] = mapped_column()
