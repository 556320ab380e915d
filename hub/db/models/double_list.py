"""双清单: lists, items, parties, confirmations, adjustments, progress reports."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.codes import (
    AdjustmentStatus,
    DeadlineKind,
    DoubleListStatus,
    ItemStatus,
    LinkageArea,
    ListSide,
    PartyCapacity,
)
from hub.db.base import Base, Staged, Tenanted, Timestamped, Versioned, code_list

NO_DUE_DATE = date(9999, 12, 31)
"""``due_sort`` of an item without a due date: sorts after every dated one and keeps the keyset free of nulls."""


class DoubleList(Tenanted, Staged, Versioned, Base):
    """One list per jurisdiction and year."""

    __tablename__ = "double_list"
    __table_args__ = (
        ForeignKeyConstraint(["body_id", "tenant_id"], ["coordination_body.id", "coordination_body.tenant_id"]),
        UniqueConstraint("jurisdiction_id", "year", "tenant_id"),
        Index("ix_double_list_order", "year", "id"),
    )

    year: Mapped[int] = mapped_column()
    body_id: Mapped[UUID] = mapped_column()
    status: Mapped[DoubleListStatus] = mapped_column(code_list(DoubleListStatus, "status"))
    revision: Mapped[int] = mapped_column(default=0)
    approved_meeting_id: Mapped[UUID | None] = mapped_column()
    approved_at: Mapped[datetime | None] = mapped_column()


class DoubleListItem(Tenanted, Staged, Versioned, Base):
    """One annual item. ``unresolved`` lists what the notice import could not understand; it blocks ``submit``.

    ``deadline_basis`` is the computed answer to "why is this due": rule, clause, pack version, steps.
    """

    __tablename__ = "double_list_item"
    __table_args__ = (
        ForeignKeyConstraint(["list_id", "tenant_id"], ["double_list.id", "double_list.tenant_id"]),
        UniqueConstraint("list_id", "code", "tenant_id"),
        Index(
            "uq_double_list_item_notice",
            "jurisdiction_id",
            "year",
            "notice_digest",
            "notice_item_no",
            "tenant_id",
            unique=True,
            postgresql_where=text("notice_digest IS NOT NULL"),
        ),
        Index("ix_double_list_item_due", "due_sort", "id"),
        Index("ix_double_list_item_list_due", "list_id", "due_sort", "id"),
        Index("ix_double_list_item_list_code", "list_id", "code", "id"),
        Index("ix_double_list_item_status", "status", "due_sort", "id"),
        Index("ix_double_list_item_year", "year", "due_sort", "id"),
        Index("ix_double_list_item_lead", "lead_organization_id", "due_sort", "id"),
        Index(
            "ix_double_list_item_title_trgm", "title", postgresql_using="gin", postgresql_ops={"title": "gin_trgm_ops"}
        ),
    )

    list_id: Mapped[UUID] = mapped_column()
    year: Mapped[int] = mapped_column()
    side: Mapped[ListSide] = mapped_column(code_list(ListSide, "side"))
    code: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    content: Mapped[str] = mapped_column(Text)
    area: Mapped[LinkageArea] = mapped_column(code_list(LinkageArea, "area"))
    lead_organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    cooperating_organization_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    proposer_organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    deadline_kind: Mapped[DeadlineKind | None] = mapped_column(code_list(DeadlineKind, "deadline_kind"))
    due_on: Mapped[date | None] = mapped_column()
    due_at: Mapped[datetime | None] = mapped_column()
    due_sort: Mapped[date] = mapped_column(default=NO_DUE_DATE)
    due_provisional: Mapped[bool] = mapped_column(default=False)
    recurrence: Mapped[str | None] = mapped_column(String(200))
    deadline_basis: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    next_report_on: Mapped[date | None] = mapped_column()
    next_report_provisional: Mapped[bool] = mapped_column(default=False)
    report_basis: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    deliverables: Mapped[list[str]] = mapped_column(JSONB, default=list)
    kpis: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    progress_percent: Mapped[int] = mapped_column(default=0)
    status: Mapped[ItemStatus] = mapped_column(code_list(ItemStatus, "status"))
    source_clause: Mapped[str | None] = mapped_column(String(200))
    source_document_no: Mapped[str | None] = mapped_column(String(100))
    notice_digest: Mapped[str | None] = mapped_column(String(64))
    notice_item_no: Mapped[str | None] = mapped_column(String(40))
    edited: Mapped[bool] = mapped_column(default=False)
    unresolved: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    resolution_id: Mapped[UUID | None] = mapped_column()
    dispute_note: Mapped[str | None] = mapped_column(Text)
    decision_note: Mapped[str | None] = mapped_column(Text)
    carried_from_id: Mapped[UUID | None] = mapped_column()
    completed_at: Mapped[datetime | None] = mapped_column()


class DoubleListItemParty(Timestamped, Base):
    """Audience of an item, with the sort keys of the usual list: "my items" starts here."""

    __tablename__ = "double_list_item_party"
    __table_args__ = (
        ForeignKeyConstraint(["item_id", "tenant_id"], ["double_list_item.id", "double_list_item.tenant_id"]),
        Index("ix_double_list_item_party_mine", "organization_id", "due_sort", "item_id", "capacity"),
        Index("ix_double_list_item_party_list", "list_id", "organization_id"),
    )

    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    capacity: Mapped[PartyCapacity] = mapped_column(code_list(PartyCapacity, "capacity"))
    list_id: Mapped[UUID] = mapped_column()
    due_sort: Mapped[date] = mapped_column()
    jurisdiction_path: Mapped[str] = mapped_column(String(200))


class ItemConfirmation(Tenanted, Timestamped, Base):
    """A unit's agreement or dispute while its item is in coordination."""

    __tablename__ = "item_confirmation"
    __table_args__ = (
        ForeignKeyConstraint(["item_id", "tenant_id"], ["double_list_item.id", "double_list_item.tenant_id"]),
        UniqueConstraint("item_id", "organization_id", "tenant_id"),
    )

    item_id: Mapped[UUID] = mapped_column()
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    confirmed: Mapped[bool] = mapped_column()
    dispute: Mapped[str | None] = mapped_column(Text)


class ItemAdjustment(Tenanted, Versioned, Base):
    """A requested change of an item in progress. Deadline or lead changes need the convenor."""

    __tablename__ = "item_adjustment"
    __table_args__ = (
        ForeignKeyConstraint(["item_id", "tenant_id"], ["double_list_item.id", "double_list_item.tenant_id"]),
        Index("ix_item_adjustment_item_id", "item_id", "id"),
    )

    item_id: Mapped[UUID] = mapped_column()
    reason: Mapped[str] = mapped_column(Text)
    changes: Mapped[dict[str, Any]] = mapped_column(JSONB)
    needs_convenor: Mapped[bool] = mapped_column()
    status: Mapped[AdjustmentStatus] = mapped_column(code_list(AdjustmentStatus, "status"))
    requested_by_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    decided_at: Mapped[datetime | None] = mapped_column()
    decision_note: Mapped[str | None] = mapped_column(Text)


class ProgressReport(Tenanted, Timestamped, Base):
    """进展报告 on an item. ``recorded_by_id`` differs from the reporter when the office records for a unit."""

    __tablename__ = "progress_report"
    __table_args__ = (
        ForeignKeyConstraint(["item_id", "tenant_id"], ["double_list_item.id", "double_list_item.tenant_id"]),
        Index("ix_progress_report_item", "item_id", "reported_at", "id"),
    )

    item_id: Mapped[UUID] = mapped_column()
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    period: Mapped[str | None] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    progress_percent: Mapped[int | None] = mapped_column()
    kpi_values: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    reported_at: Mapped[datetime] = mapped_column()
