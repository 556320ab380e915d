"""Linkage matters, the tasks under all origins, alerts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.codes import AlertKind, AlertSeverity, MatterStatus, PartyCapacity, TaskOrigin, TaskStatus
from hub.db.base import Base, Staged, Tenanted, Timestamped, Versioned, code_list


class LinkageMatter(Tenanted, Staged, Versioned, Base):
    """联动事项: proposed by a unit through the office, approved by the leading group."""

    __tablename__ = "linkage_matter"
    __table_args__ = (
        ForeignKeyConstraint(["body_id", "tenant_id"], ["coordination_body.id", "coordination_body.tenant_id"]),
        Index("ix_linkage_matter_order", "created_at", "id"),
    )

    body_id: Mapped[UUID] = mapped_column()
    title: Mapped[str] = mapped_column(String(200))
    content: Mapped[str] = mapped_column(Text)
    proposer_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    lead_organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    cooperating_organization_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    due_on: Mapped[date | None] = mapped_column()
    status: Mapped[MatterStatus] = mapped_column(code_list(MatterStatus, "status"))
    decision_note: Mapped[str | None] = mapped_column(Text)
    resolution_id: Mapped[UUID | None] = mapped_column()
    task_id: Mapped[UUID | None] = mapped_column()


class LinkageMatterParty(Timestamped, Base):
    __tablename__ = "linkage_matter_party"
    __table_args__ = (
        ForeignKeyConstraint(["matter_id", "tenant_id"], ["linkage_matter.id", "linkage_matter.tenant_id"]),
        Index("ix_linkage_matter_party_mine", "organization_id", "matter_id"),
    )

    matter_id: Mapped[UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    capacity: Mapped[PartyCapacity] = mapped_column(code_list(PartyCapacity, "capacity"))
    jurisdiction_path: Mapped[str] = mapped_column(String(200))


class LinkageTask(Tenanted, Staged, Versioned, Base):
    """联动任务: one engine under resolutions, matters, key issues and notices."""

    __tablename__ = "linkage_task"
    __table_args__ = (
        Index("ix_linkage_task_due", "due_sort", "id"),
        Index("ix_linkage_task_origin", "origin_id"),
        Index("ix_linkage_task_lead", "lead_organization_id", "due_sort", "id"),
    )

    origin: Mapped[TaskOrigin] = mapped_column(code_list(TaskOrigin, "origin"))
    origin_id: Mapped[UUID | None] = mapped_column()
    title: Mapped[str] = mapped_column(String(200))
    content: Mapped[str] = mapped_column(Text)
    lead_organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    cooperating_organization_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    due_on: Mapped[date | None] = mapped_column()
    due_at: Mapped[datetime | None] = mapped_column()
    due_sort: Mapped[date] = mapped_column()
    due_provisional: Mapped[bool] = mapped_column(default=False)
    deadline_basis: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    status: Mapped[TaskStatus] = mapped_column(code_list(TaskStatus, "status"))
    urge_count: Mapped[int] = mapped_column(default=0)
    report: Mapped[str | None] = mapped_column(Text)
    return_reason: Mapped[str | None] = mapped_column(Text)


class LinkageTaskParty(Timestamped, Base):
    __tablename__ = "linkage_task_party"
    __table_args__ = (
        ForeignKeyConstraint(["task_id", "tenant_id"], ["linkage_task.id", "linkage_task.tenant_id"]),
        Index("ix_linkage_task_party_mine", "organization_id", "due_sort", "task_id"),
    )

    task_id: Mapped[UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    capacity: Mapped[PartyCapacity] = mapped_column(code_list(PartyCapacity, "capacity"))
    due_sort: Mapped[date] = mapped_column()
    jurisdiction_path: Mapped[str] = mapped_column(String(200))


class Alert(Tenanted, Timestamped, Base):
    """An alert raised once per target, recipient, kind and day count; overdue itself is derived, never stored."""

    __tablename__ = "alert"
    __table_args__ = (
        UniqueConstraint("target_id", "organization_id", "kind", "due_on", "offset_days", "tenant_id"),
        Index("ix_alert_mine", "organization_id", "raised_at", "id"),
        Index("ix_alert_order", "raised_at", "id"),
    )

    kind: Mapped[AlertKind] = mapped_column(code_list(AlertKind, "kind"))
    severity: Mapped[AlertSeverity] = mapped_column(code_list(AlertSeverity, "severity"))
    target_kind: Mapped[str] = mapped_column(String(40))
    target_id: Mapped[UUID] = mapped_column()
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    title: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date | None] = mapped_column()
    offset_days: Mapped[int] = mapped_column(default=0)
    clause: Mapped[str | None] = mapped_column(String(200))
    raised_at: Mapped[datetime] = mapped_column()
