"""协调请求: direct contact first, the office when it fails."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.codes import CoordinationStatus, PartyCapacity, RoutePath
from hub.db.base import Base, Staged, Tenanted, Timestamped, Versioned, code_list


class CoordinationRequest(Tenanted, Staged, Versioned, Base):
    __tablename__ = "coordination_request"
    __table_args__ = (
        Index("ix_coordination_request_order", "created_at", "id"),
        Index("ix_coordination_request_item_id", "item_id"),
    )

    from_organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    counterpart_organization_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    route: Mapped[RoutePath] = mapped_column(code_list(RoutePath, "route"))
    subject: Mapped[str] = mapped_column(String(200))
    attempted_direct_contact: Mapped[bool] = mapped_column()
    dispute_summary: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(Text)
    item_id: Mapped[UUID | None] = mapped_column()
    meeting_id: Mapped[UUID | None] = mapped_column()
    escalated_at: Mapped[datetime | None] = mapped_column()
    status: Mapped[CoordinationStatus] = mapped_column(code_list(CoordinationStatus, "status"))


class CoordinationRequestParty(Timestamped, Base):
    __tablename__ = "coordination_request_party"
    __table_args__ = (
        ForeignKeyConstraint(
            ["request_id", "tenant_id"], ["coordination_request.id", "coordination_request.tenant_id"]
        ),
        Index("ix_coordination_request_party_mine", "organization_id", "request_id"),
    )

    request_id: Mapped[UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    capacity: Mapped[PartyCapacity] = mapped_column(code_list(PartyCapacity, "capacity"))
    jurisdiction_path: Mapped[str] = mapped_column(String(200))
