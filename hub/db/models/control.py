"""Asset controls: what is controlled for a court, and each order about it with what the holder did."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Numeric,
    String,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.control_codes import AssetClass, AssetControlStatus, ControlAction, ControlOrderStatus, ControlResult
from hub.canonical.execution_codes import QueryType, ReturnReason
from hub.core.keyring import Sealed
from hub.db.base import Base, Staged, Tenanted, Versioned, code_list
from hub.db.models.ordered import Ordered
from hub.db.types import Encrypted

_OPEN_CONTROL = "status in ('QUEUED', 'CONTROLLED', 'RENEWED')"
_OPEN_ORDER = "status in ('PENDING_APPROVAL', 'DISPATCHED', 'ACCEPTED')"
_MONEY = Numeric(17, 2)


class AssetControl(Tenanted, Staged, Versioned, Base):
    """One asset controlled for one court. ``asset_index`` is the keyed blind index of holder and asset, by which the
    queue of an asset is known; ``asset_sealed`` is the item as the holder answered it, with whom it belongs to;
    ``control_number`` is the number of the order that began it."""

    __tablename__ = "asset_control"
    __table_args__ = (
        UniqueConstraint("tenant_id", "control_number"),
        ForeignKeyConstraint(["case_id", "tenant_id"], ["legal_case.id", "legal_case.tenant_id"]),
        ForeignKeyConstraint(["query_id", "tenant_id"], ["execution_query.id", "execution_query.tenant_id"]),
        ForeignKeyConstraint(["execution_order_id", "tenant_id"], ["execution_order.id", "execution_order.tenant_id"]),
        Index("ix_asset_control_order", "created_at", "id"),
        Index("ix_asset_control_asset", "tenant_id", "asset_index"),
        Index("ix_asset_control_open", "ends_on", "id", postgresql_where=text(_OPEN_CONTROL)),
    )

    control_number: Mapped[str] = mapped_column(String(45))
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    holder_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    case_id: Mapped[UUID] = mapped_column()
    case_number: Mapped[str] = mapped_column(String(64))
    query_id: Mapped[UUID] = mapped_column()
    execution_order_id: Mapped[UUID] = mapped_column()
    subject_id: Mapped[UUID] = mapped_column()
    target_index: Mapped[bytes] = mapped_column(LargeBinary)
    requester_id: Mapped[UUID] = mapped_column()
    co_handler_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    query_type: Mapped[QueryType] = mapped_column(code_list(QueryType, "query_type"))
    asset_class: Mapped[AssetClass] = mapped_column(code_list(AssetClass, "asset_class"))
    asset_index: Mapped[bytes] = mapped_column(LargeBinary)
    asset_sealed: Mapped[Sealed | None] = mapped_column(Encrypted)
    status: Mapped[AssetControlStatus] = mapped_column(code_list(AssetControlStatus, "status"))
    queue_number: Mapped[int | None] = mapped_column(BigInteger)
    months: Mapped[int | None] = mapped_column()
    currency: Mapped[str] = mapped_column(String(3))
    amount_requested: Mapped[Decimal | None] = mapped_column(_MONEY)
    amount_controlled: Mapped[Decimal | None] = mapped_column(_MONEY)
    amount_excess: Mapped[Decimal | None] = mapped_column(_MONEY)
    amount_transferred: Mapped[Decimal] = mapped_column(_MONEY, default=Decimal(0))
    over_controlled: Mapped[bool] = mapped_column(default=False)
    starts_on: Mapped[date | None] = mapped_column()
    ends_on: Mapped[date | None] = mapped_column()
    ended_on: Mapped[date | None] = mapped_column()
    sent_at: Mapped[datetime | None] = mapped_column()


class ControlOrder(Ordered, Tenanted, Staged, Versioned, Base):
    """One order of the court about one control, numbered in the holder's form, and what the holder did."""

    __tablename__ = "control_order"
    __table_args__ = (
        UniqueConstraint("tenant_id", "order_number"),
        ForeignKeyConstraint(["control_id", "tenant_id"], ["asset_control.id", "asset_control.tenant_id"]),
        Index("ix_control_order_control_id", "control_id", "id"),
        Index("ix_control_order_order", "due_on", "id"),
        Index("ix_control_order_open", "due_at", "id", postgresql_where=text(_OPEN_ORDER)),
    )

    control_id: Mapped[UUID] = mapped_column()
    holder_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    order_number: Mapped[str] = mapped_column(String(45))
    original_number: Mapped[str | None] = mapped_column(String(45))
    action: Mapped[ControlAction] = mapped_column(code_list(ControlAction, "action"))
    status: Mapped[ControlOrderStatus] = mapped_column(code_list(ControlOrderStatus, "status"))
    months: Mapped[int | None] = mapped_column()
    currency: Mapped[str] = mapped_column(String(3))
    amount_requested: Mapped[Decimal | None] = mapped_column(_MONEY)
    due_on: Mapped[date] = mapped_column()
    due_at: Mapped[datetime] = mapped_column()
    due_provisional: Mapped[bool] = mapped_column()
    deadline_basis: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    urge_count: Mapped[int] = mapped_column(default=0)
    urged_at: Mapped[datetime | None] = mapped_column()
    return_reason: Mapped[ReturnReason | None] = mapped_column(code_list(ReturnReason, "return_reason"))
    return_note: Mapped[str | None] = mapped_column(Text)
    return_contact_sealed: Mapped[Sealed | None] = mapped_column(Encrypted)
    result: Mapped[ControlResult | None] = mapped_column(code_list(ControlResult, "result"))
    reason: Mapped[str | None] = mapped_column(Text)
    amount_controlled: Mapped[Decimal | None] = mapped_column(_MONEY)
    amount_excess: Mapped[Decimal | None] = mapped_column(_MONEY)
    starts_on: Mapped[date | None] = mapped_column()
    ends_on: Mapped[date | None] = mapped_column()
    answered_at: Mapped[datetime | None] = mapped_column()
