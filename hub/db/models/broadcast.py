"""Lists told to banks: each broadcast with its acknowledgement, and what each bank was last told of each record."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.codes import Acknowledgement, BroadcastKind
from hub.db.base import Base, Keyed, code_list


class Broadcast(Keyed, Base):
    """The ``number``-th list to one bank. ``digest`` is the hexadecimal SHA-256 of its rows as last sent; ``reasons``
    are what the bank says of rows it could not take: codes, no content.

    ``chased_at`` is when it was last asked for the acknowledgement, ``chases`` how often.
    """

    __tablename__ = "broadcast"
    __table_args__ = (
        UniqueConstraint("endpoint_id", "number"),
        Index("ix_broadcast_silent", "endpoint_id", "number", postgresql_where=text("acknowledged_at IS NULL")),
    )

    tenant_id: Mapped[UUID] = mapped_column()
    endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("webhook_endpoint.id"))
    number: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[BroadcastKind] = mapped_column(code_list(BroadcastKind, "kind"))
    listed_rows: Mapped[int] = mapped_column()
    lifted_rows: Mapped[int] = mapped_column()
    made_at: Mapped[datetime] = mapped_column()
    digest: Mapped[str | None] = mapped_column(String(64))
    chases: Mapped[int] = mapped_column(default=0)
    chased_at: Mapped[datetime | None] = mapped_column()
    acknowledged_at: Mapped[datetime | None] = mapped_column()
    acknowledgement: Mapped[Acknowledgement | None] = mapped_column(code_list(Acknowledgement, "acknowledgement"))
    refused_rows: Mapped[int] = mapped_column(default=0)
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)


class BroadcastRow(Base):
    """What a bank was last told of a record, and in which broadcast; ``lifted`` when it is off the list.

    ``digest`` is the hexadecimal SHA-256 of what was to be told of it.
    """

    __tablename__ = "broadcast_row"
    __table_args__ = (Index("ix_broadcast_row_broadcast_id", "broadcast_id", "record_id"),)

    endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("webhook_endpoint.id"), primary_key=True)
    record_id: Mapped[UUID] = mapped_column(primary_key=True)
    broadcast_id: Mapped[UUID] = mapped_column(ForeignKey("broadcast.id"))
    digest: Mapped[str] = mapped_column(String(64))
    lifted: Mapped[bool] = mapped_column()
