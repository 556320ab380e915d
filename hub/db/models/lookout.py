"""Lookouts: persons and vehicles that the police watch out for, and each time one was met."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.control_codes import LookoutHitStatus, LookoutOutcome, LookoutStatus, LookoutTarget
from hub.canonical.execution_codes import ReturnReason
from hub.core.keyring import Sealed
from hub.db.base import Base, Staged, Tenanted, Versioned, code_list
from hub.db.models.ordered import Ordered
from hub.db.types import Encrypted

_OPEN = "status in ('PENDING_APPROVAL', 'SENT', 'ACTIVE', 'WITHDRAWING')"


class LookoutOrder(Ordered, Tenanted, Staged, Versioned, Base):
    """A watch of the police for one person or vehicle. ``target_sealed`` tells whom or what, ``contact_sealed`` the
    court's duty contact; ``measures`` are codes of ``LookoutMeasure``."""

    __tablename__ = "lookout_order"
    __table_args__ = (
        UniqueConstraint("tenant_id", "lookout_number"),
        ForeignKeyConstraint(["case_id", "tenant_id"], ["legal_case.id", "legal_case.tenant_id"]),
        ForeignKeyConstraint(["subject_id", "tenant_id"], ["subject.id", "subject.tenant_id"]),
        Index("ix_lookout_order_order", "created_at", "id"),
        Index("ix_lookout_order_open", "status", "id", postgresql_where=text(_OPEN)),
    )

    lookout_number: Mapped[str] = mapped_column(String(45))
    police_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    target_kind: Mapped[LookoutTarget] = mapped_column(code_list(LookoutTarget, "target_kind"))
    target_sealed: Mapped[Sealed | None] = mapped_column(Encrypted)
    contact_sealed: Mapped[Sealed | None] = mapped_column(Encrypted)
    measures: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    area: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date] = mapped_column()
    valid_to: Mapped[date] = mapped_column()
    status: Mapped[LookoutStatus] = mapped_column(code_list(LookoutStatus, "status"))
    return_reason: Mapped[ReturnReason | None] = mapped_column(code_list(ReturnReason, "return_reason"))
    return_note: Mapped[str | None] = mapped_column(Text)
    return_contact_sealed: Mapped[Sealed | None] = mapped_column(Encrypted)
    activated_at: Mapped[datetime | None] = mapped_column()
    withdrawal_reason: Mapped[str | None] = mapped_column(Text)
    withdrawal_asked_at: Mapped[datetime | None] = mapped_column()
    withdrawal_due_at: Mapped[datetime | None] = mapped_column()
    withdrawal_confirmed_at: Mapped[datetime | None] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()


class LookoutHit(Tenanted, Staged, Versioned, Base):
    """Once that a target was met. ``place_sealed`` is where, a whereabouts that no list shows."""

    __tablename__ = "lookout_hit"
    __table_args__ = (
        ForeignKeyConstraint(["lookout_id", "tenant_id"], ["lookout_order.id", "lookout_order.tenant_id"]),
        Index("ix_lookout_hit_lookout_id", "lookout_id", "id"),
    )

    lookout_id: Mapped[UUID] = mapped_column()
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    police_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    met_at: Mapped[datetime] = mapped_column()
    place_sealed: Mapped[Sealed | None] = mapped_column(Encrypted)
    police_unit: Mapped[str] = mapped_column(String(200))
    after_withdrawal: Mapped[bool] = mapped_column()
    status: Mapped[LookoutHitStatus] = mapped_column(code_list(LookoutHitStatus, "status"))
    notified_at: Mapped[datetime] = mapped_column()
    dispatched_at: Mapped[datetime | None] = mapped_column()
    arrived_at: Mapped[datetime | None] = mapped_column()
    concluded_at: Mapped[datetime | None] = mapped_column()
    outcome: Mapped[LookoutOutcome | None] = mapped_column(code_list(LookoutOutcome, "outcome"))
    outcome_note: Mapped[str | None] = mapped_column(Text)
