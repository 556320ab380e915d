"""What systems of holders answered: each message once, applied or set aside."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.holding import AnswerOutcome
from hub.core.keyring import Sealed
from hub.db.base import Base, Keyed, code_list
from hub.db.types import Encrypted


class HolderAnswer(Keyed, Base):
    """One message of a holder's system; ``digest`` is the hexadecimal SHA-256 of its bytes, ``reasons`` are codes and
    sentences without any value of it. What was set aside is kept sealed for a time, so that a person can look."""

    __tablename__ = "holder_answer"
    __table_args__ = (
        UniqueConstraint("endpoint_id", "digest"),
        Index("ix_holder_answer_kept", "received_at", postgresql_where=text("content_sealed is not null")),
    )

    tenant_id: Mapped[UUID] = mapped_column()
    jurisdiction_path: Mapped[str] = mapped_column(String(200))
    endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("webhook_endpoint.id"))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    order_id: Mapped[UUID | None] = mapped_column()
    order_number: Mapped[str | None] = mapped_column(String(45))
    digest: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[AnswerOutcome] = mapped_column(code_list(AnswerOutcome, "outcome"))
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    content_sealed: Mapped[Sealed | None] = mapped_column(Encrypted)
    received_at: Mapped[datetime] = mapped_column()
