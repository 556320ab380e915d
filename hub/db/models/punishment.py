"""Joint punishment: measures on listings, feedback and interceptions, who carries out what, overdue lists."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.exchange_codes import CheckMode
from hub.canonical.punishment_codes import (
    MeasureEnding,
    MeasureLevel,
    MeasureStatus,
    MeasureTarget,
    OverdueListCapacity,
    OverdueListStatus,
    PunishmentField,
)
from hub.db.base import Base, Staged, Tenanted, Timestamped, Versioned, code_list

_MEASURE = ["joint_punishment_measure.id", "joint_punishment_measure.tenant_id"]
_LIST = ["overdue_list.id", "overdue_list.tenant_id"]


class MeasureAssignment(Tenanted, Versioned, Base):
    """Which organisation carries out a measure of the catalogue in a jurisdiction; ``valid_to`` is its last day.
    ``settled_at``: what it carried out has gone to ``successor_id`` or another, or was named as nobody's."""

    __tablename__ = "measure_assignment"
    __table_args__ = (
        Index(
            "uq_measure_assignment_standing",
            "jurisdiction_id",
            "code",
            "organization_id",
            "tenant_id",
            unique=True,
            postgresql_where=text("valid_to IS NULL"),
        ),
        Index("ix_measure_assignment_order", "code", "id"),
    )

    code: Mapped[str] = mapped_column(String(20))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    issuer_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    clause: Mapped[str] = mapped_column(String(300))
    valid_from: Mapped[date] = mapped_column()
    valid_to: Mapped[date | None] = mapped_column()
    successor_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    end_reason: Mapped[str | None] = mapped_column(String(300))
    settled_at: Mapped[datetime | None] = mapped_column()


class JointPunishmentMeasure(Tenanted, Staged, Versioned, Base):
    """A measure of the catalogue on one listing, carried out by one organisation. What the catalogue said of it then
    is kept here, so that a later version changes nothing.

    ``subject_organization_id`` is the listed unit where the hub knows it; ``ending`` what of the listing ended it.
    ``orphaned_on``: since when nobody is to carry it out, its implementer having ended without a successor.
    """

    __tablename__ = "joint_punishment_measure"
    __table_args__ = (
        ForeignKeyConstraint(["record_id", "tenant_id"], ["dishonesty_record.id", "dishonesty_record.tenant_id"]),
        Index(
            "uq_joint_punishment_measure_standing",
            "record_id",
            "code",
            "target",
            "person_name",
            "implementer_id",
            "tenant_id",
            unique=True,
            postgresql_where=text("ending IS NULL AND status NOT IN ('DROPPED', 'DECLINED')"),
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_joint_punishment_measure_record", "record_id"),
        Index("ix_joint_punishment_measure_order", "created_at", "id"),
        Index("ix_joint_punishment_measure_mine", "implementer_id", "created_at", "id"),
        Index("ix_joint_punishment_measure_due", "lift_due_at", postgresql_where=text("status = 'LIFTING'")),
        Index("ix_joint_punishment_measure_orphaned", "orphaned_on", postgresql_where=text("orphaned_on is not null")),
    )

    record_id: Mapped[UUID] = mapped_column()
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    subject_organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    implementer_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    status: Mapped[MeasureStatus] = mapped_column(code_list(MeasureStatus, "status"))
    catalogue_version: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    field: Mapped[PunishmentField] = mapped_column(code_list(PunishmentField, "field"))
    legal_basis: Mapped[str] = mapped_column(String(300))
    clause: Mapped[str | None] = mapped_column(String(300))
    level: Mapped[MeasureLevel] = mapped_column(code_list(MeasureLevel, "level"))
    target: Mapped[MeasureTarget] = mapped_column(code_list(MeasureTarget, "target"))
    person_name: Mapped[str | None] = mapped_column(String(100))
    match_mode: Mapped[CheckMode] = mapped_column(code_list(CheckMode, "match_mode"))
    automatic: Mapped[bool] = mapped_column(default=False)
    needs_approval: Mapped[bool] = mapped_column(default=False)
    overdue_list_id: Mapped[UUID | None] = mapped_column()
    notice_id: Mapped[UUID | None] = mapped_column()
    ordered_at: Mapped[datetime | None] = mapped_column()
    in_force_on: Mapped[date | None] = mapped_column()
    order_number: Mapped[str | None] = mapped_column(String(100))
    reason: Mapped[str | None] = mapped_column(Text)
    reason_basis: Mapped[str | None] = mapped_column(String(300))
    interception_count: Mapped[int] = mapped_column(default=0)
    feedback_count: Mapped[int] = mapped_column(default=0)
    award_restriction_id: Mapped[UUID | None] = mapped_column()
    ending: Mapped[MeasureEnding | None] = mapped_column(code_list(MeasureEnding, "ending"))
    lift_requested_at: Mapped[datetime | None] = mapped_column()
    lift_due_on: Mapped[date | None] = mapped_column()
    lift_due_at: Mapped[datetime | None] = mapped_column()
    lift_due_provisional: Mapped[bool] = mapped_column(default=False)
    deadline_basis: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    urge_count: Mapped[int] = mapped_column(default=0)
    escalation_level: Mapped[int] = mapped_column(default=0)
    lifted_at: Mapped[datetime | None] = mapped_column()
    receipt_number: Mapped[str | None] = mapped_column(String(100))
    receipt_digest: Mapped[str | None] = mapped_column(String(64))
    lifted_by: Mapped[str | None] = mapped_column(String(100))
    verified_at: Mapped[datetime | None] = mapped_column()
    annulled_at: Mapped[datetime | None] = mapped_column()
    orphaned_on: Mapped[date | None] = mapped_column()


class MeasureHandover(Tenanted, Base):
    """That a measure went from one implementer to another, and why; never altered."""

    __tablename__ = "measure_handover"
    __table_args__ = (
        ForeignKeyConstraint(["measure_id", "tenant_id"], _MEASURE),
        Index("ix_measure_handover_measure", "measure_id"),
    )

    measure_id: Mapped[UUID] = mapped_column()
    from_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    to_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    reason: Mapped[str] = mapped_column(Text)
    handed_at: Mapped[datetime] = mapped_column()


class PunishmentFeedback(Tenanted, Timestamped, Base):
    """What an implementer tells of a measure in force (惩戒反馈)."""

    __tablename__ = "punishment_feedback"
    __table_args__ = (
        ForeignKeyConstraint(["measure_id", "tenant_id"], _MEASURE),
        Index("ix_punishment_feedback_measure", "measure_id"),
    )

    measure_id: Mapped[UUID] = mapped_column()
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    text: Mapped[str] = mapped_column(Text)
    score_delta: Mapped[int | None] = mapped_column()
    interview_id: Mapped[UUID | None] = mapped_column()
    reported_at: Mapped[datetime] = mapped_column()


class MeasureInterception(Tenanted, Timestamped, Base):
    """An interception that rested on a measure. ``affected_at``: the listing was revoked, the decision is to be seen
    again."""

    __tablename__ = "measure_interception"
    __table_args__ = (
        ForeignKeyConstraint(["measure_id", "tenant_id"], _MEASURE),
        UniqueConstraint("measure_id", "interception_id", "tenant_id"),
        Index("ix_measure_interception_order", "at", "id"),
    )

    measure_id: Mapped[UUID] = mapped_column()
    interception_id: Mapped[UUID] = mapped_column(ForeignKey("interception.id"))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    at: Mapped[datetime] = mapped_column()
    affected_at: Mapped[datetime | None] = mapped_column()


class OverdueList(Tenanted, Staged, Versioned, Base):
    """逾期未整改名单: compiled by the credit office with the court, approved by the government, then acted upon."""

    __tablename__ = "overdue_list"
    __table_args__ = (Index("ix_overdue_list_order", "created_at", "id"),)

    status: Mapped[OverdueListStatus] = mapped_column(code_list(OverdueListStatus, "status"))
    issuer_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    title: Mapped[str] = mapped_column(String(200))
    clause: Mapped[str | None] = mapped_column(String(300))
    signed_by: Mapped[str | None] = mapped_column(String(100))
    signer_post: Mapped[str | None] = mapped_column(String(100))
    approved_at: Mapped[datetime | None] = mapped_column()
    return_reason: Mapped[str | None] = mapped_column(Text)
    delivered_at: Mapped[datetime | None] = mapped_column()


class OverdueListParty(Timestamped, Base):
    """Who may see a list: its issuer, the courts of its entries, from its delivery on those who act upon it. A court
    confirms what is its own, an implementer reports what it did; the financial office circulates it to banks."""

    __tablename__ = "overdue_list_party"
    __table_args__ = (
        ForeignKeyConstraint(["list_id", "tenant_id"], _LIST),
        Index("ix_overdue_list_party_mine", "organization_id", "list_id"),
    )

    list_id: Mapped[UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    capacity: Mapped[OverdueListCapacity] = mapped_column(code_list(OverdueListCapacity, "capacity"))
    jurisdiction_path: Mapped[str] = mapped_column(String(200))
    confirmed_at: Mapped[datetime | None] = mapped_column()
    reported_at: Mapped[datetime | None] = mapped_column()
    circulated_at: Mapped[datetime | None] = mapped_column()
    report: Mapped[str | None] = mapped_column(Text)


class OverdueListEntry(Tenanted, Timestamped, Base):
    """A listed unit that did not put things right in time; ``notice_id`` is the order it let pass."""

    __tablename__ = "overdue_list_entry"
    __table_args__ = (
        ForeignKeyConstraint(["list_id", "tenant_id"], _LIST),
        UniqueConstraint("list_id", "record_id", "tenant_id"),
        Index("ix_overdue_list_entry_record", "record_id"),
    )

    list_id: Mapped[UUID] = mapped_column()
    record_id: Mapped[UUID] = mapped_column()
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    notice_id: Mapped[UUID] = mapped_column()
