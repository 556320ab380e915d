"""Performance plans of public bodies: instalments, the budget they stand in, what was paid, and former versions."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.fund_codes import PerformancePlanStatus
from hub.db.base import Base, Staged, Tenanted, Timestamped, Versioned, code_list

_RUNNING = "status in ('CONFIRMED', 'BUDGETED', 'PAYING', 'DEFAULTED')"
_OPEN = "status in ('DRAFT', 'CONFIRMED', 'BUDGETED', 'PAYING', 'DEFAULTED')"


class PerformancePlan(Tenanted, Staged, Versioned, Base):
    """How a public body performs a judgment by instalments. ``edition`` counts what the court fixed, ``handed_in``
    is the latest that the system of finance has; amounts in fen."""

    __tablename__ = "performance_plan"
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "tenant_id"], ["legal_case.id", "legal_case.tenant_id"]),
        CheckConstraint("paid_fen <= amount_fen", name="paid_within_plan"),
        Index("ix_performance_plan_order", "created_at", "id"),
        Index("ix_performance_plan_running", "status", "id", postgresql_where=text(_RUNNING)),
        Index("uq_performance_plan_open", "case_id", "debtor_id", unique=True, postgresql_where=text(_OPEN)),
    )

    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    finance_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    debtor_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    proposer_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    case_id: Mapped[UUID] = mapped_column()
    case_number: Mapped[str] = mapped_column(String(64))
    status: Mapped[PerformancePlanStatus] = mapped_column(code_list(PerformancePlanStatus, "status"))
    edition: Mapped[int] = mapped_column()
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    paid_fen: Mapped[int] = mapped_column(BigInteger)
    note: Mapped[str | None] = mapped_column(Text)
    budget_due_on: Mapped[date | None] = mapped_column()
    handed_in: Mapped[int | None] = mapped_column()


class PlanInstalment(Tenanted, Timestamped, Base):
    """One instalment in force. A changed plan writes its instalments anew; the former stand in ``PlanEdition``."""

    __tablename__ = "plan_instalment"
    __table_args__ = (
        ForeignKeyConstraint(["plan_id", "tenant_id"], ["performance_plan.id", "performance_plan.tenant_id"]),
        UniqueConstraint("plan_id", "number", "tenant_id"),
        CheckConstraint("paid_fen between 0 and amount_fen", name="paid_within_instalment"),
    )

    plan_id: Mapped[UUID] = mapped_column()
    number: Mapped[int] = mapped_column()
    due_on: Mapped[date] = mapped_column()
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    paid_fen: Mapped[int] = mapped_column(BigInteger)
    dropped_in: Mapped[int | None] = mapped_column()


class PlanPayment(Tenanted, Timestamped, Base):
    """A payment towards an instalment; never altered. ``voucher`` is its number at the treasury."""

    __tablename__ = "plan_payment"
    __table_args__ = (
        ForeignKeyConstraint(["plan_id", "tenant_id"], ["performance_plan.id", "performance_plan.tenant_id"]),
        UniqueConstraint("plan_id", "voucher", "tenant_id"),
    )

    plan_id: Mapped[UUID] = mapped_column()
    instalment_number: Mapped[int] = mapped_column()
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    paid_on: Mapped[date] = mapped_column()
    voucher: Mapped[str] = mapped_column(String(60))
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))


class BudgetArrangement(Tenanted, Timestamped, Base):
    """An entry of a year's budget for a plan; ``position`` is its order within the plan. Counts while it is of the
    plan's ``edition``, or of a former one whose year was not changed (``dropped_in`` is null)."""

    __tablename__ = "budget_arrangement"
    __table_args__ = (
        ForeignKeyConstraint(["plan_id", "tenant_id"], ["performance_plan.id", "performance_plan.tenant_id"]),
        UniqueConstraint("plan_id", "position", "tenant_id"),
    )

    plan_id: Mapped[UUID] = mapped_column()
    position: Mapped[int] = mapped_column()
    edition: Mapped[int] = mapped_column()
    fiscal_year: Mapped[int] = mapped_column()
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    budget_item: Mapped[str] = mapped_column(String(200))
    document_number: Mapped[str] = mapped_column(String(100))
    dropped_in: Mapped[int | None] = mapped_column()


class PlanEdition(Tenanted, Timestamped, Base):
    """What a plan said in one edition, and why it was made; never altered."""

    __tablename__ = "plan_edition"
    __table_args__ = (
        ForeignKeyConstraint(["plan_id", "tenant_id"], ["performance_plan.id", "performance_plan.tenant_id"]),
        UniqueConstraint("plan_id", "edition", "tenant_id"),
    )

    plan_id: Mapped[UUID] = mapped_column()
    edition: Mapped[int] = mapped_column()
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str | None] = mapped_column(Text)
    made_by_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    instalments: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
