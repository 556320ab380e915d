"""Evaluation by a third party: what it gets to see, and, apart from it, who is who and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.integrity_codes import CreditGrade, EngagementStatus
from hub.db.base import Base, Staged, Tenanted, Timestamped, Versioned, code_list


class IntegrityEngagement(Tenanted, Staged, Versioned, Base):
    """One evaluation of bodies by one evaluator, by one version of its standard."""

    __tablename__ = "integrity_engagement"
    __table_args__ = (Index("ix_integrity_engagement_order", "created_at", "id"),)

    status: Mapped[EngagementStatus] = mapped_column(code_list(EngagementStatus, "status"))
    commissioner_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    evaluator_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    standard_version: Mapped[str] = mapped_column(String(100))
    bodies: Mapped[int] = mapped_column()
    note: Mapped[str | None] = mapped_column(Text)


class EvaluationExtract(Tenanted, Versioned, Base):
    """A body as the evaluator sees it: a pseudonym of this engagement, its kind, bands instead of numbers."""

    __tablename__ = "evaluation_extract"
    __table_args__ = (
        UniqueConstraint("engagement_id", "pseudonym", "tenant_id"),
        ForeignKeyConstraint(
            ["engagement_id", "tenant_id"], ["integrity_engagement.id", "integrity_engagement.tenant_id"]
        ),
    )

    engagement_id: Mapped[UUID] = mapped_column()
    evaluator_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    commissioner_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    pseudonym: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(40))
    figures: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    score: Mapped[int | None] = mapped_column()
    remark: Mapped[str | None] = mapped_column(Text)


class IntegrityEvaluation(Tenanted, Timestamped, Base):
    """Which body a pseudonym stands for; once attached, the score and grade in its file."""

    __tablename__ = "integrity_evaluation"
    __table_args__ = (
        UniqueConstraint("engagement_id", "organization_id", "tenant_id"),
        ForeignKeyConstraint(
            ["engagement_id", "tenant_id"], ["integrity_engagement.id", "integrity_engagement.tenant_id"]
        ),
        Index("ix_integrity_evaluation_body", "organization_id", "attached_at"),
    )

    engagement_id: Mapped[UUID] = mapped_column()
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    commissioner_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    pseudonym: Mapped[str] = mapped_column(String(16))
    standard_version: Mapped[str] = mapped_column(String(100))
    score: Mapped[int | None] = mapped_column()
    grade: Mapped[CreditGrade | None] = mapped_column(code_list(CreditGrade, "grade"))
    attached_at: Mapped[datetime | None] = mapped_column()
