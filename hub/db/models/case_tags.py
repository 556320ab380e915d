"""What courts call their cases, and each time they said so."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.evasion_codes import CaseTagKind, CaseTagOrigin, CaseTagStatus
from hub.db.base import Base, Tenanted, Timestamped, Versioned, code_list


class CaseTag(Tenanted, Versioned, Base):
    """A court's tag on its case. ``label`` and ``clause`` are what the policy of that day says of it; ``told_at`` is
    when the court said so."""

    __tablename__ = "case_tag"
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "tenant_id"], ["legal_case.id", "legal_case.tenant_id"]),
        UniqueConstraint("case_id", "kind", "tenant_id"),
        Index("ix_case_tag_order", "tagged_on", "id"),
        Index("ix_case_tag_court", "court_id", "kind"),
        Index("ix_case_tag_organs", "id", postgresql_where=text("kind = 'ADMINISTRATIVE_ORGAN'")),
    )

    case_id: Mapped[UUID] = mapped_column()
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    kind: Mapped[CaseTagKind] = mapped_column(code_list(CaseTagKind, "kind"))
    status: Mapped[CaseTagStatus] = mapped_column(code_list(CaseTagStatus, "status"))
    origin: Mapped[CaseTagOrigin] = mapped_column(code_list(CaseTagOrigin, "origin"))
    label: Mapped[str] = mapped_column(String(100))
    clause: Mapped[str | None] = mapped_column(String(200))
    ground: Mapped[str | None] = mapped_column(String(500))
    tagged_on: Mapped[date] = mapped_column()
    told_at: Mapped[datetime] = mapped_column()
    withdrawn_on: Mapped[date | None] = mapped_column()
    withdrawal_reason: Mapped[str | None] = mapped_column(String(500))


class CaseTagging(Tenanted, Timestamped, Base):
    """That a court said which tags its case has. ``confirmed_at`` is when it last said the same; ``late`` what came
    after something newer and changed nothing."""

    __tablename__ = "case_tagging"
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "tenant_id"], ["legal_case.id", "legal_case.tenant_id"]),
        Index(
            "uq_case_tagging_message",
            *("case_id", "told_at", "tenant_id"),
            unique=True,
            postgresql_where=text("origin = 'MESSAGE'"),
        ),
        Index("ix_case_tagging_case_id", "case_id"),
    )

    case_id: Mapped[UUID] = mapped_column()
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    kinds: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    ground: Mapped[str | None] = mapped_column(String(500))
    origin: Mapped[CaseTagOrigin] = mapped_column(code_list(CaseTagOrigin, "origin"))
    told_at: Mapped[datetime] = mapped_column()
    confirmed_at: Mapped[datetime] = mapped_column()
    late: Mapped[bool] = mapped_column()
