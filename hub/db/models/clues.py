"""Fund clues: that one was asked for or told, and apart from it what it says of a debtor's money."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.execution_codes import QueryUrgency
from hub.canonical.fund_codes import ClueDecline, ClueMoney, FundClueStatus, FundUsability
from hub.core.keyring import Sealed
from hub.db.base import Base, Staged, Tenanted, Timestamped, Versioned, code_list
from hub.db.types import Encrypted

_OPEN = "status in ('REQUESTED', 'ASSIGNED', 'PUSHED', 'RECEIVED')"


class FundClue(Tenanted, Staged, Versioned, Base):
    """A clue to money of a public body, between one court and finance alone: never shown to ``debtor_id``.
    ``requested_by_court`` tells what was asked for from what finance told unasked. Amounts in fen (0.01 yuan)."""

    __tablename__ = "fund_clue"
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "tenant_id"], ["legal_case.id", "legal_case.tenant_id"]),
        CheckConstraint("finance_id <> debtor_id", name="not_of_finance"),
        Index("ix_fund_clue_order", "created_at", "id"),
        Index("ix_fund_clue_debtor_id", "debtor_id"),
        Index("ix_fund_clue_open", "status", "id", postgresql_where=text(_OPEN)),
    )

    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    finance_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    debtor_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    case_id: Mapped[UUID | None] = mapped_column()
    case_number: Mapped[str] = mapped_column(String(64))
    requested_by_court: Mapped[bool] = mapped_column()
    urgency: Mapped[QueryUrgency] = mapped_column(code_list(QueryUrgency, "urgency"))
    purpose_text: Mapped[str | None] = mapped_column(String(500))
    status: Mapped[FundClueStatus] = mapped_column(code_list(FundClueStatus, "status"))
    due_on: Mapped[date | None] = mapped_column()
    due_basis: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    answered_at: Mapped[datetime | None] = mapped_column()
    decline_reason: Mapped[ClueDecline | None] = mapped_column(code_list(ClueDecline, "decline_reason"))
    answer_note: Mapped[str | None] = mapped_column(Text)
    verify_by: Mapped[date | None] = mapped_column()
    verified_at: Mapped[datetime | None] = mapped_column()
    used_fen: Mapped[int | None] = mapped_column(BigInteger)
    outcome_note: Mapped[str | None] = mapped_column(Text)
    ended_at: Mapped[datetime | None] = mapped_column()


class FundClueItem(Tenanted, Timestamped, Base):
    """One sum of money that finance knows of. ``account_sealed`` is the account, opened on record alone."""

    __tablename__ = "fund_clue_item"
    __table_args__ = (
        ForeignKeyConstraint(["clue_id", "tenant_id"], ["fund_clue.id", "fund_clue.tenant_id"]),
        Index("ix_fund_clue_item_clue_id", "clue_id", "number"),
    )

    clue_id: Mapped[UUID] = mapped_column()
    number: Mapped[int] = mapped_column()
    kind: Mapped[ClueMoney] = mapped_column(code_list(ClueMoney, "kind"))
    usability: Mapped[FundUsability] = mapped_column(code_list(FundUsability, "usability"))
    budget_item: Mapped[str | None] = mapped_column(String(200))
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    expected_on: Mapped[date | None] = mapped_column()
    note: Mapped[str | None] = mapped_column(Text)
    account_sealed: Mapped[Sealed | None] = mapped_column(Encrypted)
