"""Audit entries: append-only, read by auditors only."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.core.ids import new_id
from hub.db.base import Base


class AuditEvent(Base):
    """Who did or was refused what. Holds keys and codes, never personal data or query text."""

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_order", "at", "id"),
        Index("ix_audit_event_target", "target_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column()
    event: Mapped[str] = mapped_column(String(60))
    outcome: Mapped[str] = mapped_column(String(20))
    jurisdiction_path: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(100))
    organization_id: Mapped[UUID | None] = mapped_column()
    on_behalf_of_id: Mapped[UUID | None] = mapped_column()
    target_kind: Mapped[str | None] = mapped_column(String(40))
    target_id: Mapped[UUID | None] = mapped_column()
    reason: Mapped[str | None] = mapped_column(String(200))
    purpose: Mapped[str | None] = mapped_column(String(200))
    correlation_id: Mapped[str] = mapped_column(String(64))
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB)
