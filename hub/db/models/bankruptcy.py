"""Bankruptcies that a court coordinates with the government, their matters, and plans to keep disposals peaceful."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.bankruptcy_codes import (
    BankruptcyMatterStatus,
    BankruptcyMatterType,
    BankruptcyOutcome,
    BankruptcyStatus,
    PetitionRisk,
    StabilityStatus,
)
from hub.db.base import Base, Staged, Tenanted, Versioned, code_list


class BankruptcyCoordination(Tenanted, Staged, Versioned, Base):
    """One bankruptcy case of a court. ``owner_ids``: the units that own a matter of it, and therefore see it."""

    __tablename__ = "bankruptcy_coordination"
    __table_args__ = (
        UniqueConstraint("court_id", "case_number", "tenant_id"),
        Index("ix_bankruptcy_coordination_order", "accepted_on", "id"),
        Index("ix_bankruptcy_coordination_debtor_uscc", "debtor_uscc"),
    )

    status: Mapped[BankruptcyStatus] = mapped_column(code_list(BankruptcyStatus, "status"))
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    owner_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    case_number: Mapped[str] = mapped_column(String(64))
    debtor_name: Mapped[str] = mapped_column(String(200))
    debtor_uscc: Mapped[str] = mapped_column(String(18))
    accepted_on: Mapped[date] = mapped_column()
    ruling_no: Mapped[str] = mapped_column(String(100))
    ruling_digest: Mapped[str] = mapped_column(String(64))
    administrator: Mapped[str] = mapped_column(String(200))
    assetless: Mapped[bool] = mapped_column()
    sham_review: Mapped[str] = mapped_column(Text)
    assign_by: Mapped[date | None] = mapped_column()
    assign_basis: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    measures_no: Mapped[str | None] = mapped_column(String(100))
    measures: Mapped[str | None] = mapped_column(Text)
    reviewed_at: Mapped[datetime | None] = mapped_column()
    outcome: Mapped[BankruptcyOutcome | None] = mapped_column(code_list(BankruptcyOutcome, "outcome"))
    outcome_on: Mapped[date | None] = mapped_column()
    outcome_no: Mapped[str | None] = mapped_column(String(100))
    outcome_digest: Mapped[str | None] = mapped_column(String(64))
    closed_at: Mapped[datetime | None] = mapped_column()


class BankruptcyMatter(Tenanted, Staged, Versioned, Base):
    """What one bankruptcy needs of one unit. ``handle_by`` is the day the government set,
    ``due_on`` that of the present step; ``return_reason`` is of the
    owner who declines and of the court that sends back."""

    __tablename__ = "bankruptcy_matter"
    __table_args__ = (
        ForeignKeyConstraint(
            ["coordination_id", "tenant_id"], ["bankruptcy_coordination.id", "bankruptcy_coordination.tenant_id"]
        ),
        UniqueConstraint("coordination_id", "number", "tenant_id"),
        Index("ix_bankruptcy_matter_order", "created_at", "id"),
        Index("ix_bankruptcy_matter_owner_id", "owner_id", "created_at", "id"),
        Index("ix_bankruptcy_matter_due_on", "due_on"),
    )

    coordination_id: Mapped[UUID] = mapped_column()
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    number: Mapped[int] = mapped_column()
    type: Mapped[BankruptcyMatterType] = mapped_column(code_list(BankruptcyMatterType, "type"))
    status: Mapped[BankruptcyMatterStatus] = mapped_column(code_list(BankruptcyMatterStatus, "status"))
    title: Mapped[str] = mapped_column(String(200))
    content: Mapped[str] = mapped_column(Text)
    method: Mapped[str | None] = mapped_column(Text)
    handle_by: Mapped[date | None] = mapped_column()
    due_on: Mapped[date | None] = mapped_column()
    due_basis: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    assigned_at: Mapped[datetime | None] = mapped_column()
    accepted_at: Mapped[datetime | None] = mapped_column()
    result: Mapped[str | None] = mapped_column(Text)
    result_evidence: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    return_reason: Mapped[str | None] = mapped_column(Text)
    urge_count: Mapped[int] = mapped_column()
    urged_on: Mapped[date | None] = mapped_column()
    urge_note: Mapped[str | None] = mapped_column(Text)
    settled_at: Mapped[datetime | None] = mapped_column()


class StabilityPlan(Tenanted, Staged, Versioned, Base):
    """维稳方案 of a disposal of real estate: study of the petition risk, plan, and the local body that answers."""

    __tablename__ = "stability_plan"
    __table_args__ = (
        ForeignKeyConstraint(["matter_id", "tenant_id"], ["bankruptcy_matter.id", "bankruptcy_matter.tenant_id"]),
        UniqueConstraint("matter_id", "tenant_id"),
        Index("ix_stability_plan_order", "created_at", "id"),
    )

    matter_id: Mapped[UUID] = mapped_column()
    proposer_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    responsible_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    status: Mapped[StabilityStatus] = mapped_column(code_list(StabilityStatus, "status"))
    risk: Mapped[PetitionRisk] = mapped_column(code_list(PetitionRisk, "risk"))
    risk_study: Mapped[str] = mapped_column(Text)
    plan: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date | None] = mapped_column()
    due_basis: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    approved_at: Mapped[datetime | None] = mapped_column()
    return_reason: Mapped[str | None] = mapped_column(Text)
