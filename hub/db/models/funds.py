"""Funds that aid bankruptcies and relieve applicants in hardship, by fiscal year. Amounts in fen (0.01 yuan)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.bankruptcy_codes import DisbursementStatus, FundKind, FundPurpose, ReliefClaim
from hub.core.keyring import Sealed
from hub.db.base import Base, Staged, Tenanted, Timestamped, Versioned, code_list
from hub.db.types import Encrypted


class FundAccount(Tenanted, Versioned, Base):
    """A fund of one fiscal year, kept by ``holder_id``. ``approved_fen``: what is approved and not cancelled, paid or
    not; it never exceeds the budget."""

    __tablename__ = "fund_account"
    __table_args__ = (
        UniqueConstraint("jurisdiction_id", "kind", "fiscal_year", "tenant_id"),
        CheckConstraint("paid_fen >= 0 AND paid_fen <= approved_fen AND approved_fen <= budget_fen", name="balance"),
        Index("ix_fund_account_order", "fiscal_year", "id"),
    )

    kind: Mapped[FundKind] = mapped_column(code_list(FundKind, "kind"))
    fiscal_year: Mapped[int] = mapped_column()
    holder_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    budget_fen: Mapped[int] = mapped_column(BigInteger)
    approved_fen: Mapped[int] = mapped_column(BigInteger)
    paid_fen: Mapped[int] = mapped_column(BigInteger)
    basis: Mapped[str] = mapped_column(String(200))


class FundDisbursement(Tenanted, Staged, Versioned, Base):
    """A payment that a court applies for. ``approved_fen`` may be less than ``amount_fen``."""

    __tablename__ = "fund_disbursement"
    __table_args__ = (
        ForeignKeyConstraint(["account_id", "tenant_id"], ["fund_account.id", "fund_account.tenant_id"]),
        ForeignKeyConstraint(
            ["coordination_id", "tenant_id"], ["bankruptcy_coordination.id", "bankruptcy_coordination.tenant_id"]
        ),
        CheckConstraint("amount_fen > 0 AND approved_fen > 0 AND approved_fen <= amount_fen", name="amounts"),
        Index("ix_fund_disbursement_order", "created_at", "id"),
        Index("ix_fund_disbursement_account_id", "account_id", "created_at", "id"),
    )

    account_id: Mapped[UUID] = mapped_column()
    kind: Mapped[FundKind] = mapped_column(code_list(FundKind, "kind"))
    purpose: Mapped[FundPurpose] = mapped_column(code_list(FundPurpose, "purpose"))
    claim: Mapped[ReliefClaim | None] = mapped_column(code_list(ReliefClaim, "claim"))
    status: Mapped[DisbursementStatus] = mapped_column(code_list(DisbursementStatus, "status"))
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    holder_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    coordination_id: Mapped[UUID | None] = mapped_column()
    case_number: Mapped[str] = mapped_column(String(64))
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    approved_fen: Mapped[int | None] = mapped_column(BigInteger)
    grounds: Mapped[str] = mapped_column(Text)
    applied_by: Mapped[str] = mapped_column(String(200))
    decided_by: Mapped[str | None] = mapped_column(String(200))
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    decided_at: Mapped[datetime | None] = mapped_column()
    reason: Mapped[str | None] = mapped_column(Text)
    due_on: Mapped[date | None] = mapped_column()
    due_basis: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    voucher_no: Mapped[str | None] = mapped_column(String(100))
    voucher_digest: Mapped[str | None] = mapped_column(String(64))
    paid_on: Mapped[date | None] = mapped_column()


class ReliefApplicant(Tenanted, Timestamped, Base):
    """The applicant in hardship (same id as the disbursement); sealed, for the court and the holder of the fund."""

    __tablename__ = "relief_applicant"
    __table_args__ = (
        ForeignKeyConstraint(["id", "tenant_id"], ["fund_disbursement.id", "fund_disbursement.tenant_id"]),
        Index("ix_relief_applicant_identity_index", "identity_index"),
    )

    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    holder_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    name_sealed: Mapped[Sealed] = mapped_column(Encrypted)
    identity_sealed: Mapped[Sealed] = mapped_column(Encrypted)
    identity_index: Mapped[bytes] = mapped_column(LargeBinary)
