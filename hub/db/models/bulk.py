"""Bulk exports: what was asked, how far it is, and which of its links were used."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.codes import BulkStatus
from hub.db.base import Base, Keyed, code_list


class BulkOperation(Keyed, Base):
    """One export of a client. ``attempt`` is the fencing token: it grows whenever a worker takes the work up.

    ``token_id`` and ``token_scopes`` are of the token it was asked with; ``rights`` what the client held when the
    work was taken up; ``home_path`` where its acts are filed for the auditor; ``expires_at`` when the file goes.
    """

    __tablename__ = "bulk_operation"
    __table_args__ = (
        Index("ix_bulk_operation_client", "client_id", "created_at", "id"),
        Index("ix_bulk_operation_status", "status", "created_at"),
    )

    client_id: Mapped[str] = mapped_column(String(100))
    organization_id: Mapped[UUID] = mapped_column()
    home_path: Mapped[str] = mapped_column(String(200))
    token_id: Mapped[str] = mapped_column(String(100))
    token_scopes: Mapped[list[str]] = mapped_column(ARRAY(String(60)))
    query: Mapped[str] = mapped_column(Text)
    field: Mapped[str] = mapped_column(String(100))
    purpose: Mapped[str] = mapped_column(String(200))
    status: Mapped[BulkStatus] = mapped_column(code_list(BulkStatus, "status"))
    row_count: Mapped[int] = mapped_column(BigInteger, default=0)
    byte_count: Mapped[int] = mapped_column(BigInteger, default=0)
    masked: Mapped[list[str]] = mapped_column(ARRAY(String(200)), default=list)
    rights: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    error_code: Mapped[str | None] = mapped_column(String(60))
    created_at: Mapped[datetime] = mapped_column()
    started_at: Mapped[datetime | None] = mapped_column()
    completed_at: Mapped[datetime | None] = mapped_column()
    expires_at: Mapped[datetime | None] = mapped_column()
    attempt: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column()


class BulkLinkUse(Base):
    """A download link that was used: it opens the file once."""

    __tablename__ = "bulk_link_use"

    operation_id: Mapped[UUID] = mapped_column(ForeignKey("bulk_operation.id", ondelete="CASCADE"), primary_key=True)
    nonce: Mapped[str] = mapped_column(String(40), primary_key=True)
    used_at: Mapped[datetime] = mapped_column()
