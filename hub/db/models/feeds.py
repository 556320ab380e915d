"""Rows of the hub's own that other systems are fed, and what they said of each."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.exchange_codes import CaseListKind, FeedState
from hub.db.base import Base, Keyed, code_list
from hub.db.models.inbox import Provided


class FeedRow(Keyed, Provided, Base):
    """A mirrored row as a system was told of it last; ``source`` is the system's, ``record_id`` the mirrored row's.

    ``basis`` is the mirrored row's ``updated_at`` that ``body`` was made from, ``digest`` the hexadecimal SHA-256 of
    ``body``, which holds no personal data. Rows handed over together have one ``push_key``; an answer to an earlier one
    says nothing of what was sent since.
    """

    __tablename__ = "feed_row"
    __table_args__ = (
        UniqueConstraint("source", "record_id"),
        Index("ix_feed_row_state", "source", "state", "push_key"),
        Index("ix_feed_row_order", "basis", "id"),
    )

    list_kind: Mapped[CaseListKind] = mapped_column(code_list(CaseListKind, "list_kind"))
    record_id: Mapped[UUID] = mapped_column()
    basis: Mapped[datetime] = mapped_column()
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)
    digest: Mapped[str] = mapped_column(String(64))
    push_key: Mapped[UUID] = mapped_column()
    state: Mapped[FeedState] = mapped_column(code_list(FeedState, "state"))
    reason: Mapped[str | None] = mapped_column(String(200))
    attempts: Mapped[int] = mapped_column()
    sent_at: Mapped[datetime | None] = mapped_column()
    answered_at: Mapped[datetime | None] = mapped_column()


class FeedPosition(Base):
    """How far the changes of a mirror (its table) have been looked at for a system, while these are its ``lists``.

    Rows up to ``seen_at`` and ``seen_id`` in the order of their change; cases and subjects changed up to ``others_at``.
    """

    __tablename__ = "feed_position"

    source: Mapped[str] = mapped_column(String(60), primary_key=True)
    mirror: Mapped[str] = mapped_column(String(60), primary_key=True)
    lists: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    seen_at: Mapped[datetime] = mapped_column()
    seen_id: Mapped[UUID] = mapped_column()
    others_at: Mapped[datetime] = mapped_column()
